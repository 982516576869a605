//! 外部身份: who somewhere else is which account here. It only names an account; rights are given here.

use crate::desk::Happened;
use crate::{Account, Desk, Error, Result};
use vocabulary::Id;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 统一身份认证 (OpenID Connect)
    Oidc,
    /// 目录 (LDAP)
    Ldap,
}

impl Kind {
    pub fn id(self) -> &'static str {
        match self {
            Kind::Oidc => "oidc",
            Kind::Ldap => "ldap",
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Kind::Oidc => "统一身份认证",
            Kind::Ldap => "目录账号",
        }
    }
}

/// 对应: an account and its name elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: String,
    pub issuer: String,
    pub subject: String,
}

/// The account that this subject of this issuer is.
pub fn account_of(desk: &Desk, kind: Kind, issuer: &str, subject: &str) -> Result<Option<Id<Account>>> {
    let row = desk.first(
        "select e.account from external_logins e join accounts a on a.id = e.account and a.closed is null
          where e.kind = $1 and e.issuer = $2 and e.subject = $3 and e.superseded is null",
        &[kind.id().into(), issuer.into(), subject.into()],
    )?;
    Ok(row.map(|r| Id::new(r.int(0))))
}

/// What `account` is called there.
pub fn subject_of(desk: &Desk, kind: Kind, issuer: &str, account: Id<Account>) -> Result<Option<String>> {
    let row = desk.first(
        "select subject from external_logins where account = $1 and kind = $2 and issuer = $3 and superseded is null",
        &[account.number().into(), kind.id().into(), issuer.into()],
    )?;
    Ok(row.and_then(|r| r.opt_string(0)))
}

pub fn of(desk: &Desk, account: Id<Account>) -> Result<Vec<Link>> {
    let rows = desk.rows("select kind, issuer, subject from external_logins where account = $1 and superseded is null order by id", &[account.number().into()])?;
    Ok(rows.iter().map(|r| Link { kind: r.text(0).into(), issuer: r.text(1).into(), subject: r.text(2).into() }).collect())
}

/// Says who an account is elsewhere. One subject is one account.
pub fn link(desk: &mut Desk, account: Id<Account>, kind: Kind, issuer: &str, subject: &str) -> Result<()> {
    if account_of(desk, kind, issuer, subject)?.is_some() {
        return Err(Error::Wrong(format!("{}“{subject}”已经对应了一个账户", kind.says())));
    }
    let says = format!("对应到{}“{subject}”", kind.says());
    let entry = desk.record(Happened { act: "account.link", subject: "account", number: Some(account.number()), says })?;
    desk.execute(
        "update external_logins set superseded = $1 where account = $2 and kind = $3 and issuer = $4 and superseded is null",
        &[entry.into(), account.number().into(), kind.id().into(), issuer.into()],
    )?;
    desk.insert(
        "external_logins",
        &["account", "kind", "issuer", "subject", "entered"],
        &[account.number().into(), kind.id().into(), issuer.into(), subject.into(), entry.into()],
    )?;
    Ok(())
}
