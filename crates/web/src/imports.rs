//! 导入: files come in, are laid beside the record, and nothing is written before somebody has seen what would change.

mod apply;
mod choose;
mod columns;
mod done;
mod list;
mod preview;
mod sample;
mod shown;
mod upload;
mod waiting;

pub use apply::create as apply;
pub use choose::create as choose;
pub use columns::{ColumnsPage, create as map, show as columns};
pub use done::{DonePage, file, show as taken};
pub use list::{ImportsPage, show as list};
pub use preview::{PreviewPage, show as preview};
pub use upload::create as upload;
pub use waiting::{drop, staging};
