//! 照片: the picture on a record.

use crate::desk::Happened;
use crate::part::finding;
use crate::{Desk, Person, person};
use exchange::PhotoKind;
use exchange::picture::{self, Unfit};
use sha2::{Digest, Sha256};
use vocabulary::{Findings, Id, Outcome, Weight};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// jpeg png bmp gif
    pub kind: String,
    /// SHA-256 of the bytes.
    pub checksum: String,
    pub bytes: Vec<u8>,
}

/// The photo as known at the desk's moment. A stranger's record is not found; a record without photo has none.
pub fn of(desk: &Desk, id: Id<Person>) -> crate::Result<Option<Photo>> {
    person::find(desk, id)?;
    let known = desk.question_of_rows().known_filter("p");
    let sql = format!("select p.kind, p.checksum, p.bytes from photos p where p.person = $1 and {known} order by p.id desc limit 1");
    let row = desk.first(&sql, &[id.number().into()])?;
    Ok(row.map(|r| Photo { kind: r.text(0).into(), checksum: r.text(1).into(), bytes: r.bytes(2).unwrap_or_default().to_vec() }))
}

/// Larger pictures are refused: the form prints one of 112 × 140 points. Bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// A new picture in the place of the old one. Refused: what is no picture, and what is too large.
pub fn change(desk: &mut Desk, id: Id<Person>, bytes: &[u8], basis: &str) -> crate::Result<Outcome<i64>> {
    let name = person::find(desk, id)?.row.name;
    let refused = |rule: &str, says: &str| Ok(Outcome::Refused(Findings::new(vec![finding(Weight::Refuse, rule, says.into(), "换一张 jpg 或 png 照片")])));
    if bytes.is_empty() {
        return refused("photo-missing", "没有选择照片");
    }
    if bytes.len() > LARGEST {
        return refused("photo-too-large", "照片大于 2 兆字节");
    }
    let kind = match kind(bytes) {
        Ok(kind) => kind,
        Err(Unfit::Unknown) => return refused("photo-unreadable", "这个文件不是照片"),
        Err(unfit) => return refused("photo-unreadable", &format!("照片{unfit}")),
    };
    let bytes = &crate::picture::bare(bytes)[..];
    let basis = if basis.trim().is_empty() { String::new() } else { format!("。依据：{}", basis.trim()) };
    let entry = desk.record(Happened { act: "photo.change", subject: "person", number: Some(id.number()), says: format!("更换{name}的照片{basis}") })?;
    desk.execute("update photos set superseded = $1 where person = $2 and superseded is null", &[entry.into(), id.number().into()])?;
    let checksum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let row = desk.insert(
        "photos",
        &["person", "kind", "checksum", "bytes", "entered"],
        &[id.number().into(), kind.into(), checksum.into(), bytes.into(), entry.into()],
    )?;
    desk.touch(id);
    Ok(Outcome::Done(row))
}

/// What a file of forms may bring, and nothing else.
fn kind(bytes: &[u8]) -> Result<&'static str, Unfit> {
    Ok(match picture::kind(bytes)? {
        PhotoKind::Jpeg => "jpeg",
        PhotoKind::Png => "png",
        PhotoKind::Bmp => "bmp",
        PhotoKind::Gif => "gif",
    })
}
