//! Cases, at a street with one community and three departments, on both databases.

mod matching;
mod mutual;
mod named;
mod protection;
mod street;
mod unknown;
mod walk;
mod year;
