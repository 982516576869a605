//! 表册: 任免审批表 of one and of many, and 花名册.

mod batch;
mod one;
mod roster;

pub use batch::{BatchPage, PrintedPage, create, file as printed_file, new as batch, show as printed};
pub use one::show as one;
pub use roster::{chosen, show as roster};

use crate::Stop;
use document::{AppointmentForm, Layout};
use registry::consultation::Consultation;
use registry::rights::Marked;
use registry::{Desk, Person};
use std::borrow::Cow;
use vocabulary::Id;

pub const PDF: &str = "application/pdf";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const LRMX: &str = "application/xml";
pub const ZIP: &str = "application/zip";

/// A form holds what is protected: each one is noted, for the purpose that forms have.
pub fn note(desk: &Desk, people: &[Id<Person>], form: &str) -> Result<(), Stop> {
    let purpose = policy::Purpose::Appointment.says();
    desk.consulted(&Consultation { people, parts: &[form], class: policy::Class::S2, purpose, ticket: None })?;
    Ok(())
}

/// `2025` unless `old` is asked for.
pub fn layout(text: &str) -> Result<Layout, Stop> {
    match text {
        "" | "2025" => Ok(Layout::Reform2025),
        "old" => Ok(Layout::Old),
        other => Err(Stop::Wrong(format!("没有“{other}”这一版任免审批表，请选择 2025 或 old"))),
    }
}

/// 明记 at the foot of the form, before what the person states.
pub fn mark(form: &mut AppointmentForm, marked: &Marked) {
    form.foot = [marked.visible.as_str(), form.foot.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("　");
}

/// Numbers out of the address: `id=3&id=5`.
pub fn numbers(query: &str) -> Vec<i64> {
    crate::ctx::pairs(query).into_iter().filter(|(name, _)| name == "id").filter_map(|(_, n)| n.parse().ok()).collect()
}

/// `任免审批表.pdf` → `pdf`; another form is not known here.
pub fn ending<'f>(file: &'f str, form: &str) -> Result<Cow<'f, str>, Stop> {
    let (name, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    if name == form { Ok(Cow::Borrowed(ending)) } else { Err(Stop::NotFound(format!("表格“{name}”"))) }
}
