//! 来件: the file that somebody wants to import, and how it is read.

use crate::{Error, Result};
use exchange::{Item, Options, Progress, Reading};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// A file, folder or archive on disk, or an upload still in memory.
#[derive(Clone, Copy, Debug)]
pub enum Offered<'a> {
    Path(&'a Path),
    Bytes { name: &'a str, bytes: &'a [u8] },
}

/// Larger files are imported, but their bytes are not kept in the database. Bytes.
const KEPT_BYTES: u64 = 256 << 20;

impl Offered<'_> {
    /// File name as people know it.
    pub fn name(&self) -> String {
        match self {
            Offered::Path(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Offered::Bytes { name, .. } => (*name).to_owned(),
        }
    }

    /// SHA-256 of the bytes, lower-case hex; of a folder, over the checksums of the files in it.
    pub(crate) fn checksum(&self) -> Result<String> {
        match self {
            Offered::Bytes { bytes, .. } => Ok(hex(&Sha256::digest(bytes))),
            Offered::Path(path) => checksum_of(path).map_err(|cause| Error::Unreadable { name: self.name(), cause }),
        }
    }

    /// The bytes that the registry keeps beside the values; None for a folder and for what is too large.
    pub(crate) fn kept_bytes(&self) -> Result<Option<Vec<u8>>> {
        let unreadable = |cause| Error::Unreadable { name: self.name(), cause };
        match self {
            Offered::Bytes { bytes, .. } => Ok(Some(bytes.to_vec())),
            Offered::Path(path) if path.is_dir() => Ok(None),
            Offered::Path(path) => {
                let length = std::fs::metadata(path).map_err(unreadable)?.len();
                if length > KEPT_BYTES {
                    return Ok(None);
                }
                std::fs::read(path).map(Some).map_err(unreadable)
            }
        }
    }

    /// Hands over units and people one by one; rosters and faults of files stand in the answer.
    pub(crate) fn visit(&self, progress: &mut dyn FnMut(&Progress), each: &mut dyn FnMut(Item) -> ControlFlow<()>) -> Result<Reading> {
        let options = Options::default();
        match self {
            Offered::Path(path) => Ok(exchange::visit_path(path, &options, progress, each)?),
            Offered::Bytes { name, bytes } => {
                let mut reading = exchange::read_bytes(name, bytes, &options)?;
                for file in &mut reading.files {
                    let units = file.units.drain(..).map(|u| Item::Unit(Box::new(u)));
                    let people = file.people.drain(..).map(|p| Item::Person(Box::new(p)));
                    for item in units.chain(people) {
                        if each(item).is_break() {
                            return Err(exchange::Error::Stopped.into());
                        }
                    }
                }
                Ok(reading)
            }
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn checksum_of(path: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    if path.is_dir() {
        let mut each = Vec::new();
        for entry in std::fs::read_dir(path)? {
            each.push(checksum_of(&entry?.path())?);
        }
        each.sort_unstable();
        hash.update(each.join("\n"));
        return Ok(hex(&hash.finalize()));
    }
    let mut file = std::fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}
