//! 干部: one person's page, the photo and the history of a field. What is changed is in `records`.

mod history;
mod photo;
mod record;
mod sample;
mod show;
mod story;

pub use history::{HistoryPage, show as history};
pub use photo::show as photo;
pub use record::Record;
pub use sample::{bare_official, official};
pub use show::{OfficialPage, Soon, show};
