//! Printed papers, compared with pictures that people have looked at. One program: every test crate is linked apart.

mod exchange;
mod forms;
mod papers;
mod picture;
mod samples;
mod tables;
