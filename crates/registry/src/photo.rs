//! 照片: the picture on a record.

use crate::{Desk, Person, Result, person};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// jpeg png bmp gif
    pub kind: String,
    /// SHA-256 of the bytes.
    pub checksum: String,
    pub bytes: Vec<u8>,
}

/// The photo as known at the desk's moment. A stranger's record is not found; a record without photo has none.
pub fn of(desk: &Desk, id: Id<Person>) -> Result<Option<Photo>> {
    person::find(desk, id)?;
    let known = desk.question_of_rows().known_filter("p");
    let sql = format!("select p.kind, p.checksum, p.bytes from photos p where p.person = $1 and {known} order by p.id desc limit 1");
    let row = desk.first(&sql, &[id.number().into()])?;
    Ok(row.map(|r| Photo { kind: r.text(0).into(), checksum: r.text(1).into(), bytes: r.bytes(2).unwrap_or_default().to_vec() }))
}
