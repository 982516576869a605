//! What a zip holds, counted before anyone trusts it.

use crate::{Error, Options, Result};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Below this nothing is called a bomb. Bytes.
const HARMLESS: u64 = 16 << 20;

/// What kind of zip it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packed {
    Workbook,
    /// A text document or slides: the same container, nothing of ours in it.
    Document,
    Archive,
}

pub(crate) fn packed<R: Read + Seek>(archive: &ZipArchive<R>) -> Packed {
    if archive.index_for_name("xl/workbook.xml").is_some() {
        Packed::Workbook
    } else if archive.index_for_name("[Content_Types].xml").is_some() {
        Packed::Document
    } else {
        Packed::Archive
    }
}

/// Opens a zip; a broken directory is a damaged file.
pub(crate) fn open<R: Read + Seek>(name: &str, reader: R, options: &Options) -> Result<ZipArchive<R>> {
    let archive = ZipArchive::new(reader).map_err(|_| Error::Damaged {
        name: name.to_owned(),
        what: "压缩结构读不出来".to_owned(),
    })?;
    if archive.len() > options.entries {
        return Err(Error::TooLarge {
            name: name.to_owned(),
            what: "文件个数",
            limit: format!("{} 个", options.entries),
        });
    }
    Ok(archive)
}

/// Unpacks every part of a workbook once without keeping it, because declared sizes may lie.
/// Counted: all bytes, their ratio to the packed size, and the longest text without a tag (a cell).
pub(crate) fn check_workbook<R: Read + Seek>(
    name: &str,
    archive: &mut ZipArchive<R>,
    packed: u64,
    options: &Options,
) -> Result<()> {
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 1 << 16];
    for index in 0..archive.len() {
        let mut entry = entry(name, archive, index)?;
        let is_xml = entry.name().is_ok_and(|n| n.to_ascii_lowercase().ends_with(".xml"));
        let mut since_tag = 0_u64;
        loop {
            let count = entry.read(&mut buffer).map_err(|_| damaged(name))?;
            if count == 0 {
                break;
            }
            total += count as u64;
            over(name, total, packed, options)?;
            let read = buffer.get(..count).unwrap_or(&[]);
            if is_xml {
                since_tag = longest_text(name, read, since_tag, options)?;
            }
        }
    }
    Ok(())
}

/// One entry, with an encrypted one told apart.
pub(crate) fn entry<'a, R: Read + Seek>(
    name: &str,
    archive: &'a mut ZipArchive<R>,
    index: usize,
) -> Result<zip::read::ZipFile<'a, R>> {
    archive.by_index(index).map_err(|error| {
        if error.to_string().to_lowercase().contains("password") {
            Error::Password { name: name.to_owned() }
        } else {
            damaged(name)
        }
    })
}

pub(crate) fn damaged(name: &str) -> Error {
    Error::Damaged {
        name: name.to_owned(),
        what: "压缩内容读不出来".to_owned(),
    }
}

/// Refuses what unpacks beyond all measure.
pub(crate) fn over(name: &str, unpacked: u64, packed: u64, options: &Options) -> Result<()> {
    if unpacked > options.unpacked_bytes {
        let limit = format!("{} MB", options.unpacked_bytes >> 20);
        return Err(Error::TooLarge {
            name: name.to_owned(),
            what: "展开后",
            limit,
        });
    }
    if unpacked > HARMLESS && unpacked / packed.max(1) > options.ratio {
        let what = format!("展开后超过原来的 {} 倍", options.ratio);
        return Err(Error::Bomb {
            name: name.to_owned(),
            what,
        });
    }
    Ok(())
}

/// Bytes since the last tag, over the pieces of one part.
fn longest_text(name: &str, read: &[u8], mut since: u64, options: &Options) -> Result<u64> {
    for piece in read.split_inclusive(|b| *b == b'<') {
        since += piece.len() as u64;
        if since > options.cell_bytes {
            let what = format!("一个单元格的文字超过 {} KB", options.cell_bytes >> 10);
            return Err(Error::Bomb {
                name: name.to_owned(),
                what,
            });
        }
        if piece.ends_with(b"<") {
            since = 0;
        }
    }
    Ok(since)
}
