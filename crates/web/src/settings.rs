//! What the program tells its door.

use std::path::PathBuf;

/// Each key has a default that works on one machine of the office.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose office it is, as the top bar says it.
    pub office_name: String,
    /// A folder of page templates that is read instead of the program's own; environment `ZHIREN_TEMPLATES`.
    pub templates: Option<PathBuf>,
    /// The browser may send the session only over https. Switch on when a proxy with a certificate stands in front.
    pub https: bool,
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
            staging: std::env::temp_dir().join("zhiren-staging"),
            form_bytes: 2 << 20,
            upload_bytes: 512 << 20,
        }
    }
}
