//! 专项: the year's list of any institution that keeps one, its stars, its monthly bulletin. The pages know no institution
//! by name.

mod bulletin;
mod list;
mod stars;

pub use bulletin::{BulletinPage, file as bulletin_file, show as bulletin};
pub use list::{AllPage, ListPage, all, create, show as list};
pub use stars::{StarsPage, show as stars};
