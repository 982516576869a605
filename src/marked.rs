//! 导出登记 at the command line: noted before the file is written, sealed and counted after.

use crate::Stop;
use crate::acting::Acting;
use document::Mark;
use registry::Office;
use registry::rights::{self, Begun, Marked};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Notes the export; without the note there is no file.
pub fn begin(office: &Office, acting: &Acting, what: &str, format: &str) -> Result<Marked, Stop> {
    // What was asked is the line that was typed, without the name of the program.
    let address: Vec<String> = std::env::args().skip(1).collect();
    office.write(&acting.actor, |desk| Ok(rights::begin(desk, &Begun { what, address: &address.join(" "), format, purpose: "", ticket: None })?))
}

/// Seals a file that is whole, and notes how much left.
pub fn end(office: &Office, acting: &Acting, marked: &Marked, lines: usize, path: &Path) -> Result<(), Stop> {
    let bytes = std::fs::read(path)?;
    let sealed = Mark::of(marked.key).seal(bytes.clone());
    if sealed != bytes {
        std::fs::write(path, &sealed)?;
    }
    count(office, acting, marked, lines, &sealed)
}

/// The same for what went to the terminal or into a pipe.
pub fn count(office: &Office, acting: &Acting, marked: &Marked, lines: usize, bytes: &[u8]) -> Result<(), Stop> {
    let checksum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    office.write(&acting.actor, |desk| Ok(rights::end(desk, marked.number, lines as u64, bytes.len() as u64, &checksum)?))
}
