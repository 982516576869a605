//! What the program tells its door.

use crate::login::ldap::Ldap;
use crate::login::oidc::Oidc;
use registry::account::password::Profile;
use std::path::PathBuf;
use vocabulary::Clock;

/// 第二因素: is it asked of everybody who can look into the records of others?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    Required,
    /// Only where everything is invented; the pages say so.
    DemoOff,
}

/// Each key has a default that works on one machine of the office.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose office it is, as the top bar says it.
    pub office_name: String,
    /// A folder of page templates that is read instead of the program's own; environment `ZHIREN_TEMPLATES`.
    pub templates: Option<PathBuf>,
    /// The browser may send the session only over https. Switch on when a proxy with a certificate stands in front.
    pub https: bool,
    /// A proxy of the office's own stands in front and writes down where requests come from.
    pub behind_proxy: bool,
    /// The address under which browsers know this site, `https://zhiren.example`; passkeys and other logins are bound to it.
    pub origin: String,
    /// Which rule passwords keep.
    pub password_profile: Profile,
    pub second_factor: SecondFactor,
    /// Another provider that says who somebody is.
    pub oidc: Option<Oidc>,
    /// A directory that keeps passwords.
    pub ldap: Option<Ldap>,
    /// The clock of the door, where the office itself stands on another day.
    pub watch: Option<Clock>,
    /// Uploads wait here between preview and import.
    pub staging: PathBuf,
    /// Largest form that is read, bytes.
    pub form_bytes: usize,
    /// Largest upload that is read, bytes.
    pub upload_bytes: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            office_name: "组织部".into(),
            templates: std::env::var_os("ZHIREN_TEMPLATES").map(PathBuf::from),
            https: false,
            behind_proxy: false,
            origin: String::new(),
            password_profile: Profile::Asvs,
            // The program asks for one unless it is told otherwise; this is for trying a page out.
            second_factor: SecondFactor::DemoOff,
            oidc: None,
            ldap: None,
            watch: None,
            staging: std::env::temp_dir().join("zhiren-staging"),
            form_bytes: 2 << 20,
            upload_bytes: 512 << 20,
        }
    }
}

impl Settings {
    pub fn is_demo(&self) -> bool {
        self.second_factor == SecondFactor::DemoOff
    }
}
