//! 文书: facts in, paper out. This room never sees the database.

pub mod appointment_form;
pub mod error;
pub mod paper;
pub mod remark;
pub mod table;

pub use appointment_form::{AppointmentForm, Education, Layout, Relative};
pub use error::{Error, Result};
pub use paper::{Block, Paper, PaperTable, Signature};
pub use remark::{Remark, RemarkKind};
pub use table::{Align, Column, Format, Kind, Row, TableData};
