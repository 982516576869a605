//! 照片与佐证: pictures and papers of a case. Only kinds that a browser shows without running anything.

use super::report::hex;
use super::{find, record};
use crate::{Case, Error, Result};
use registry::Desk;
use registry::desk::Happened;
use sha2::{Digest, Sha256};
use vocabulary::Id;

/// Larger ones are refused kindly; the page makes photos smaller before it sends them.
pub const BYTES_MOST: usize = 8 << 20;
/// The reporter may add so many.
const FROM_REPORTER: i64 = 6;

#[derive(Clone, Debug, Default)]
pub struct NewFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct File {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub deed: Option<i64>,
    pub at: String,
    pub actor: String,
}

/// What the bytes are, by their first bytes; the name is not believed.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        _ => None,
    }
}

pub(super) fn keep(desk: &mut Desk, case: Id<Case>, deed: Option<i64>, new: &NewFile) -> Result<i64> {
    if new.bytes.len() > BYTES_MOST {
        return Err(Error::Wrong(format!("照片有 {} MB，最多 {} MB；请缩小后再传", new.bytes.len() >> 20, BYTES_MOST >> 20)));
    }
    let Some(kind) = kind(&new.bytes) else {
        return Err(Error::Wrong("只收 JPG、PNG 照片和 PDF 文件".into()));
    };
    let bytes = registry::picture::bare(&new.bytes);
    let says = format!("附上{}", if kind == "application/pdf" { "文件" } else { "照片" });
    let entry = desk.record_entrusted(Happened { act: "case.file", subject: "case", number: Some(case.number()), says })?;
    let name: String = new.name.chars().filter(|c| !c.is_control() && !"/\\<>\"".contains(*c)).take(80).collect();
    let values = [
        case.number().into(),
        deed.into(),
        name.into(),
        kind.into(),
        hex(&Sha256::digest(&bytes)).into(),
        bytes.as_slice().into(),
        desk.moment.to_string().into(),
        desk.actor.shown.as_str().into(),
        entry.into(),
    ];
    Ok(desk.insert("case_files", &["case_id", "deed", "name", "kind", "checksum", "bytes", "at", "actor", "entered"], &values)?)
}

/// A photo from the reporter, who has shown number and code.
pub fn attach(desk: &mut Desk, receipt: &str, code: &str, new: &NewFile) -> Result<i64> {
    let id = super::receipt::opened(desk, receipt, code)?;
    let count = desk.one("select count(*) from case_files where case_id = $1 and deed is null", &[id.number().into()])?;
    if count.int(0) >= FROM_REPORTER {
        return Err(Error::Wrong(format!("最多补 {FROM_REPORTER} 张照片，已经收到了")));
    }
    // The same photo once more (a phone that did not hear the answer) is the photo that is there.
    let sum = hex(&Sha256::digest(registry::picture::bare(&new.bytes)));
    let known = desk.first("select id from case_files where case_id = $1 and checksum = $2", &[id.number().into(), sum.into()])?;
    match known {
        Some(row) => Ok(row.int(0)),
        None => keep(desk, id, None, new),
    }
}

/// What is on file, without the bytes; the case must be visible or opened by its receipt.
pub fn files(desk: &Desk, case: Id<Case>) -> Result<Vec<File>> {
    let rows = desk.rows("select id, name, kind, deed, at, actor from case_files where case_id = $1 order by id", &[case.number().into()])?;
    let file = |r: &store::Row| File { id: r.int(0), name: r.text(1).into(), kind: r.text(2).into(), deed: r.opt_int(3), at: r.text(4).into(), actor: r.text(5).into() };
    Ok(rows.iter().map(file).collect())
}

/// Kind, name and bytes of one file of a case that this desk may see.
pub fn file(desk: &Desk, case: Id<Case>, number: i64) -> Result<(String, String, Vec<u8>)> {
    let seen: record::Record = find(desk, case)?;
    let row = desk.first("select kind, name, bytes from case_files where id = $1 and case_id = $2", &[number.into(), seen.id.number().into()])?;
    let row = row.ok_or_else(|| Error::NotFound("这个文件".into()))?;
    Ok((row.text(0).into(), row.text(1).into(), row.bytes(2).unwrap_or_default().to_vec()))
}
