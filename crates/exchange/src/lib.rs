//! 交换: files that offices exchange become neutral records, with the place of every value.
//!
//! No database here: [`read_path`] and [`read_bytes`] give [`FileRead`]s; a roster becomes people through a
//! [`mapping::Mapping`]. What a whole file suffers from is an [`Error`]; what one value suffers from is a [`Fault`].

mod decode;
mod error;
mod fault;
mod form;
mod guard;
mod lrm;
mod lrmx;
pub mod mapping;
mod national;
mod options;
pub mod picture;
mod place;
mod read;
pub mod record;
pub mod resume;
pub mod roster;
#[cfg(feature = "sample")]
pub mod sample;
mod sniff;
pub mod texts;
mod values;
mod workbook;

pub use error::{Error, Result};
pub use fault::{Fault, FaultWeight};
pub use options::Options;
pub use place::{Cell, Column, Place};
pub use read::{Reading, read_bytes, read_path, visit_path};
pub use record::*;
