//! 目录: the password is the directory's (LDAP), for accounts that say who they are there.

use crate::Stop;
use ldap3::{LdapConn, LdapConnSettings, LdapError, LdapResult, Scope, SearchEntry, ldap_escape};
use std::time::Duration;

/// `[login.ldap]` of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ldap {
    /// `ldaps://dir.example:636`, or `ldap://` on this machine or with `starttls`.
    pub url: String,
    pub starttls: bool,
    /// Who looks names up; empty: anybody may.
    pub bind_dn: String,
    pub bind_password: String,
    /// Below which entry people are.
    pub base: String,
    /// `(uid={name})`
    pub filter: String,
}

const TIMEOUT: Duration = Duration::from_secs(8);
/// The directory's word for "wrong name or password".
const WRONG: u32 = 49;

/// Is it the password of `subject`? Exactly one entry must be theirs.
pub fn fits(ldap: &Ldap, subject: &str, password: &str) -> Result<bool, Stop> {
    // A directory takes an empty password for "nobody in particular" and says yes.
    if password.is_empty() || subject.is_empty() {
        return Ok(false);
    }
    ask(ldap, subject, password).map_err(|why| {
        tracing::warn!(%why, "the directory cannot be asked");
        Stop::Wrong("单位目录现在连不上，请稍后再试".into())
    })
}

fn ask(ldap: &Ldap, subject: &str, password: &str) -> Result<bool, LdapError> {
    let settings = LdapConnSettings::new().set_conn_timeout(TIMEOUT).set_starttls(ldap.starttls);
    let mut directory = LdapConn::with_settings(settings, &ldap.url)?;
    if !ldap.bind_dn.is_empty() {
        directory.with_timeout(TIMEOUT).simple_bind(&ldap.bind_dn, &ldap.bind_password)?.success()?;
    }
    let filter = ldap.filter.replace("{name}", &ldap_escape(subject));
    let (entries, _) = directory.with_timeout(TIMEOUT).search(&ldap.base, Scope::Subtree, &filter, vec!["1.1"])?.success()?;
    let right = match entries.as_slice() {
        [entry] => {
            let dn = SearchEntry::construct(entry.clone()).dn;
            match directory.with_timeout(TIMEOUT).simple_bind(&dn, password)? {
                LdapResult { rc: 0, .. } => !dn.is_empty(),
                LdapResult { rc: WRONG, .. } => false,
                other => {
                    other.success()?;
                    false
                }
            }
        }
        // Nobody, or several: then nobody is meant.
        _ => false,
    };
    directory.unbind().ok();
    Ok(right)
}
