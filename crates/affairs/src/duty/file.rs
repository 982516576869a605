//! 佐证文件: photos and scans.

use crate::{Error, Result};
use registry::Desk;
use sha2::{Digest, Sha256};

/// A photo as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// No phone's photo is larger, after what the page does to it; a scan neither.
pub(super) const MOST_BYTES: usize = 8 * 1024 * 1024;

/// What it is, by its first bytes; names and told types are not believed.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        _ => None,
    }
}

pub(super) fn put(desk: &mut Desk, mark: i64, photo: &Photo, entry: i64) -> Result<()> {
    let kind = kind(&photo.bytes).unwrap_or("application/octet-stream");
    let bytes = registry::picture::bare(&photo.bytes);
    let checksum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let values = [mark.into(), (&photo.field).into(), (&photo.name).into(), kind.into(), checksum.into(), bytes.as_slice().into(), entry.into()];
    desk.insert("duty_files", &["mark", "field", "name", "kind", "checksum", "bytes", "entered"], &values)?;
    Ok(())
}

/// The file, its name and kind; whoever may see the unit may see it.
pub fn photo(desk: &Desk, mark: i64, id: i64) -> Result<(String, String, Vec<u8>)> {
    let row = desk
        .first(
            "select f.name, f.kind, f.bytes, o.duty, m.unit from duty_files f join duty_marks m on m.id = f.mark
               join duty_occurrences o on o.id = m.slot where f.id = $1 and f.mark = $2 and f.superseded is null",
            &[id.into(), mark.into()],
        )?
        .ok_or_else(|| Error::NotFound("这份佐证".into()))?;
    let duty = super::find(desk, row.text(3))?;
    super::unit(desk, duty.of, row.int(4))?;
    Ok((row.text(0).into(), row.text(1).into(), row.bytes(2).unwrap_or_default().to_vec()))
}
