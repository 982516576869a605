//! Rows that wait for their person: in memory while they are few, else in a nameless scratch file.

use super::sheet::Kind;
use crate::roster::CellKind;
use crate::workbook::Raw;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// Up to here rows stay in memory. Bytes.
const IN_MEMORY: usize = 48 << 20;
/// No row ends a chain at this place.
const NONE: u64 = u64::MAX;

/// A row laid aside.
pub(super) struct Held {
    pub kind: Kind,
    pub row: u32,
    pub cells: Vec<Raw>,
}

struct Chain {
    last: u64,
    first: (Kind, u32),
}

/// Each row names the place of the one before it of the same person, so the index holds one number a person.
pub(super) struct Aside {
    scratch: PathBuf,
    memory: Vec<u8>,
    file: Option<BufWriter<File>>,
    written: u64,
    chains: HashMap<Box<str>, Chain>,
}

impl Aside {
    pub fn new(scratch: PathBuf) -> Aside {
        Aside {
            scratch,
            memory: Vec::new(),
            file: None,
            written: 0,
            chains: HashMap::new(),
        }
    }

    pub fn put(&mut self, key: &str, kind: Kind, row: u32, cells: &[Raw]) -> Result<()> {
        let before = self.chains.get(key).map_or(NONE, |c| c.last);
        let mut record = Vec::with_capacity(256);
        record.extend(before.to_le_bytes());
        record.push(kind.number());
        record.extend(row.to_le_bytes());
        record.extend((cells.len() as u16).to_le_bytes());
        for cell in cells {
            record.extend(cell.column.to_le_bytes());
            record.push(match cell.kind {
                CellKind::Text => 0,
                CellKind::Number => 1,
                CellKind::Date => 2,
            });
            record.extend((cell.text.len() as u32).to_le_bytes());
            record.extend(cell.text.as_bytes());
        }
        let at = self.written;
        self.write(&(record.len() as u32).to_le_bytes())?;
        self.write(&record)?;
        match self.chains.get_mut(key) {
            Some(chain) => chain.last = at,
            None => {
                self.chains.insert(
                    key.into(),
                    Chain {
                        last: at,
                        first: (kind, row),
                    },
                );
            }
        }
        Ok(())
    }

    /// The person's rows in the order in which they were laid aside; they are gone then.
    pub fn take(&mut self, key: &str) -> Result<Vec<Held>> {
        let mut held = Vec::new();
        let mut at = self.chains.remove(key).map_or(NONE, |c| c.last);
        while at != NONE {
            let record = self.read(at)?;
            let Some((before, row)) = parse(&record) else { break };
            held.push(row);
            // Chains only lead back.
            at = if before < at { before } else { NONE };
        }
        held.reverse();
        Ok(held)
    }

    /// Who was never asked for: key, sheet and row of the first row, in the order of the file.
    pub fn left(&self) -> Vec<(String, Kind, u32)> {
        let mut left: Vec<_> = self
            .chains
            .iter()
            .map(|(key, c)| (key.to_string(), c.first.0, c.first.1))
            .collect();
        left.sort_by_key(|(_, kind, row)| (kind.number(), *row));
        left
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.written += bytes.len() as u64;
        if let Some(file) = &mut self.file {
            return file.write_all(bytes);
        }
        self.memory.extend_from_slice(bytes);
        if self.memory.len() > IN_MEMORY {
            let mut file = BufWriter::new(nameless(&self.scratch)?);
            file.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.file = Some(file);
        }
        Ok(())
    }

    fn read(&mut self, at: u64) -> Result<Vec<u8>> {
        let Some(writer) = &mut self.file else {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let length = number(&self.memory, at) as usize;
            return Ok(self.memory.get(at + 4..at + 4 + length).unwrap_or(&[]).to_vec());
        };
        writer.flush()?;
        let file = writer.get_mut();
        file.seek(SeekFrom::Start(at))?;
        let mut length = [0_u8; 4];
        file.read_exact(&mut length)?;
        let mut record = vec![0_u8; u32::from_le_bytes(length) as usize];
        file.read_exact(&mut record)?;
        Ok(record)
    }
}

/// A file that nobody else can open and that vanishes with us: it holds people's data.
fn nameless(folder: &std::path::Path) -> Result<File> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "zhiren-{}-{}.rows",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let path = folder.join(name);
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    // On Unix the name can go at once; elsewhere the system's own cleaning of temporary files must do.
    let _ = std::fs::remove_file(&path);
    Ok(file)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|b| b.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

/// Place of the row before, and the row.
fn parse(record: &[u8]) -> Option<(u64, Held)> {
    let (before, rest) = record.split_first_chunk::<8>()?;
    let (kind, rest) = rest.split_first()?;
    let (row, rest) = rest.split_first_chunk::<4>()?;
    let (count, mut rest) = rest.split_first_chunk::<2>()?;
    let mut cells = Vec::new();
    for _ in 0..u16::from_le_bytes(*count) {
        let (column, tail) = rest.split_first_chunk::<2>()?;
        let (kind, tail) = tail.split_first()?;
        let (length, tail) = tail.split_first_chunk::<4>()?;
        let (text, tail) = tail.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        cells.push(Raw {
            column: u16::from_le_bytes(*column),
            text: String::from_utf8_lossy(text).into_owned(),
            kind: match kind {
                1 => CellKind::Number,
                2 => CellKind::Date,
                _ => CellKind::Text,
            },
        });
        rest = tail;
    }
    let held = Held {
        kind: Kind::of_number(*kind)?,
        row: u32::from_le_bytes(*row),
        cells,
    };
    Some((u64::from_le_bytes(*before), held))
}
