//! 干部: one person's page, the photo, the history of a field, and changing the basic information.

mod edit;
mod history;
mod photo;
mod record;
mod sample;
mod show;
mod story;

pub use edit::{EditPage, create as update, new as edit};
pub use history::{HistoryPage, show as history};
pub use photo::show as photo;
pub use record::Record;
pub use sample::{bare_official, official};
pub use show::{OfficialPage, show};
