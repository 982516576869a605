//! 整顿: the list of villages, one village with its steps, plan and visits, the monthly bulletin.

mod bulletin;
mod list;
mod stars;
mod village;

pub use bulletin::{BulletinPage, file as bulletin_file, show as bulletin};
pub use list::{ListPage, create, show as list};
pub use stars::{StarsPage, show as stars};
pub use village::{VillagePage, charge, finish, show as village, step, task};
