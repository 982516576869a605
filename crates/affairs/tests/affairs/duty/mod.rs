//! 任务: one town with two villages, their branches, a leader in touch with one of them.

mod feed;
mod life;
mod many;
mod unknown;
pub mod world;
mod year;
