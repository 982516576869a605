//! 来源文件: the files that values came from, kept so that a doubted value can be looked up.

use crate::{Desk, Result, Source};
use store::Param;
use vocabulary::Id;

/// A file that is about to bring values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSource<'a> {
    /// As people know it.
    pub name: &'a str,
    /// lrmx, lrm, national_workbook, roster, csv, archive, folder
    pub kind: &'a str,
    /// SHA-256 of the bytes, lower-case hex.
    pub checksum: &'a str,
    /// None for a folder, and for what is too large to keep.
    pub bytes: Option<&'a [u8]>,
}

/// A file that was taken in before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Taken {
    pub id: Id<Source>,
    pub name: String,
    /// Moment.
    pub received: String,
}

/// Keeps the file. The journal entry of the import names it from then on ([`Desk::brought_by`]).
pub fn keep(desk: &mut Desk, new: &NewSource) -> Result<Id<Source>> {
    let values: [Param; 5] =
        [new.name.into(), new.kind.into(), new.checksum.into(), desk.moment.to_string().into(), new.bytes.into()];
    desk.insert("sources", &["name", "kind", "checksum", "received", "bytes"], &values).map(Id::new)
}

/// The same bytes, when they were taken in before; the first time of several.
pub fn with_checksum(desk: &Desk, checksum: &str) -> Result<Option<Taken>> {
    let row = desk.first("select id, name, received from sources where checksum = $1 order by id limit 1", &[checksum.into()])?;
    Ok(row.map(|r| Taken { id: Id::new(r.int(0)), name: r.text(1).into(), received: r.text(2).into() }))
}

/// The file itself, with its name, for whoever doubts a value. None when its bytes were not kept.
pub fn bytes(desk: &Desk, id: Id<Source>) -> Result<Option<(String, Vec<u8>)>> {
    let row = desk.first("select name, bytes from sources where id = $1", &[id.number().into()])?;
    Ok(row.and_then(|r| r.bytes(1).map(|b| (r.text(0).to_owned(), b.to_vec()))))
}
