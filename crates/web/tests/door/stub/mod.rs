//! Small servers that stand in for a county's own: a provider of logins and a directory.

pub mod directory;
pub mod provider;
