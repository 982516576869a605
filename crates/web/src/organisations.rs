//! 班子与岗位: the tree, and one organisation with its posts and its leadership team on one screen.

mod list;
mod show;
mod team;

pub use list::{ListPage, show as list};
pub use show::{OrganisationPage, show};
pub use team::sample as sample_team;
