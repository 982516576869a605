//! 文书: facts in, paper out. This room never sees the database.

pub mod appointment_form;
pub mod error;
pub mod font;
pub mod mark;
pub mod paper;
pub mod pdf;
pub mod remark;
pub mod table;
mod word;

pub use appointment_form::{AppointmentForm, Education, FileKind, FormStyle, Layout, Printed, Relative};
pub use error::{Error, Result};
pub use mark::Mark;
pub use font::{Borrowed, Face, Fonts};
pub use paper::{Block, Paper, PaperTable, Signature};
pub use remark::{Remark, RemarkKind};
pub use table::{Align, Column, Format, Kind, Row, TableData};
