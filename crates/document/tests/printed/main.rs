//! Printed papers, compared with pictures that people have looked at. One program: every test crate is linked apart.

mod forms;
mod picture;
mod samples;
