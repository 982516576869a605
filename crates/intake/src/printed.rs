//! 自己填的表: what our own form of a person says today, read back as a file would be. A file that says the same says
//! nothing new, so a form that we filled in and that comes back changes only what was edited in it.

use crate::wanted::{Reading, Wanted};
use crate::Result;
use document::Layout;
use document::appointment_form::lrmx;
use exchange::{Options, PersonRecord};
use registry::Desk;
use vocabulary::Id;

/// Elements that tell of the sheet and not of the person: who filled it in, when, for whom.
const SHEET: [&str; 4] = ["ChengBaoDanWei", "TianBiaoRen", "TianBiaoShiJian", "JiSuanNianLingShiJian"];

/// Does the record come of a form? Only those are held against ours.
pub(crate) fn is_form(record: &PersonRecord) -> bool {
    record.proposal.is_some()
}

/// What our form of this person would say; `None` for somebody whom the desk does not see.
pub(crate) fn of(desk: &Desk, reading: &Reading, person: i64) -> Result<Option<Wanted>> {
    let mut form = match affairs::form::appointment_form(desk, Id::new(person), None, Layout::Reform2025) {
        Ok(form) => form,
        Err(affairs::Error::Registry(registry::Error::NotFound(_))) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    // The photo is compared by its own bytes.
    form.photo = None;
    let read = exchange::read_bytes("本系统.lrmx", lrmx(&form).as_bytes(), &Options::default())?;
    let told = read.files.into_iter().flat_map(|f| f.people).next();
    Ok(told.map(|record| reading.wanted(record)))
}

/// The record without what its sheet says of itself, unless a sheet of somebody else is kept already.
pub(crate) fn without_sheet(wanted: &mut Wanted, kept: &[registry::dated::Stored<registry::rows::FormText>]) {
    wanted.texts.retain(|said| !SHEET.contains(&said.row.field.as_str()) || kept.iter().any(|k| k.row.field == said.row.field));
}
