//! One file of whatever kind.

use super::{Hands, NamedPhoto, ReadSeek};
use crate::guard::Packed;
use crate::roster::read as roster;
use crate::sniff::{Sniffed, sniff};
use crate::workbook::Book;
use crate::{Error, FileKind, FileRead, Item, Result, guard, lrm, lrmx, national};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::{Read, SeekFrom};

impl Hands<'_> {
    /// A file that may be an archive.
    pub(super) fn top(
        &mut self,
        name: &str,
        reader: &mut dyn ReadSeek,
        size: u64,
        photo: NamedPhoto<'_>,
    ) -> Result<()> {
        if size > self.options.file_bytes {
            let limit = format!("{} MB", self.options.file_bytes >> 20);
            return Err(Error::TooLarge {
                name: name.to_owned(),
                what: "文件大小",
                limit,
            });
        }
        let kind = sniff(name, &head(name, reader)?)?;
        if kind == Sniffed::Zip {
            let archive = guard::open(name, &mut *reader, self.options)?;
            match guard::packed(&archive) {
                Packed::Workbook => {}
                Packed::Document => return Err(Error::UnknownKind { name: name.to_owned() }),
                Packed::Archive => return self.archive(name, archive, size),
            }
        }
        self.one(name, kind, reader, size, photo)
    }

    /// A file that is no archive.
    pub(super) fn one(
        &mut self,
        name: &str,
        kind: Sniffed,
        reader: &mut dyn ReadSeek,
        size: u64,
        photo: NamedPhoto<'_>,
    ) -> Result<()> {
        if matches!(kind, Sniffed::Lrmx | Sniffed::Lrm) && size > self.options.form_bytes {
            let limit = format!("{} MB", self.options.form_bytes >> 20);
            return Err(Error::TooLarge {
                name: name.to_owned(),
                what: "任免审批表",
                limit,
            });
        }
        let sha256 = digest(name, reader)?;
        let mut file = FileRead {
            kind: FileKind::Csv,
            name: name.to_owned(),
            sha256,
            people: Vec::new(),
            units: Vec::new(),
            faults: Vec::new(),
            rosters: Vec::new(),
        };
        match kind {
            Sniffed::Lrmx => {
                file.kind = FileKind::Lrmx;
                let (people, faults) = lrmx::read(name, &whole(name, reader)?)?;
                file.faults = faults;
                for person in people {
                    self.hand(&mut file, Item::Person(Box::new(person)))?;
                }
            }
            Sniffed::Lrm => {
                file.kind = FileKind::Lrm;
                let (person, faults) = lrm::read(name, &whole(name, reader)?, photo)?;
                file.faults = faults;
                self.hand(&mut file, Item::Person(Box::new(person)))?;
            }
            Sniffed::Csv => roster::csv(name, &whole(name, reader)?, &mut file)?,
            Sniffed::Zip => {
                let mut archive = guard::open(name, &mut *reader, self.options)?;
                guard::check_workbook(name, &mut archive, size, self.options)?;
                drop(archive);
                rewind(name, reader)?;
                self.workbook(Book::open_new(name, reader)?, &mut file)?;
            }
            Sniffed::Compound => {
                if is_encrypted(&whole(name, reader)?) {
                    return Err(Error::Password { name: name.to_owned() });
                }
                rewind(name, reader)?;
                self.workbook(Book::open_old(name, reader)?, &mut file)?;
            }
            Sniffed::Picture => return Err(Error::UnknownKind { name: name.to_owned() }),
        }
        self.reading.files.push(file);
        Ok(())
    }

    fn workbook<R: ReadSeek>(&mut self, mut book: Book<R>, file: &mut FileRead) -> Result<()> {
        if national::is_national(&book.sheets()) {
            file.kind = FileKind::NationalWorkbook;
            return national::read(&mut book, file, self);
        }
        file.kind = FileKind::Workbook;
        roster::workbook(&mut book, file)
    }
}

/// A new workbook with a password is an old-style container around an encrypted package.
fn is_encrypted(bytes: &[u8]) -> bool {
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(package.len()).any(|w| w == package)
}

fn broken(name: &str) -> impl Fn(std::io::Error) -> Error {
    let name = name.to_owned();
    move |cause| Error::Unreadable {
        name: name.clone(),
        cause,
    }
}

pub(super) fn rewind(name: &str, reader: &mut dyn ReadSeek) -> Result<()> {
    reader.seek(SeekFrom::Start(0)).map(|_| ()).map_err(broken(name))
}

/// The first 64 KiB, and the reader back at its start.
pub(super) fn head(name: &str, reader: &mut dyn ReadSeek) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    (&mut *reader)
        .take(1 << 16)
        .read_to_end(&mut head)
        .map_err(broken(name))?;
    rewind(name, reader)?;
    Ok(head)
}

fn whole(name: &str, reader: &mut dyn ReadSeek) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(broken(name))?;
    Ok(bytes)
}

fn digest(name: &str, reader: &mut dyn ReadSeek) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let count = reader.read(&mut buffer).map_err(broken(name))?;
        if count == 0 {
            break;
        }
        hasher.update(buffer.get(..count).unwrap_or(&[]));
    }
    rewind(name, reader)?;
    Ok(hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}
