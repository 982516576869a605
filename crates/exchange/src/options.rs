//! Limits under which a file is read.

use std::path::PathBuf;

/// 读取选项: each has a default that works.
#[derive(Clone, Debug)]
pub struct Options {
    /// Largest file on disk or upload. Bytes.
    pub file_bytes: u64,
    /// Largest `.lrmx` or `.lrm`: a photo of 5 MB is 7 MB as base64. Bytes.
    pub form_bytes: u64,
    /// Files in one folder or archive.
    pub entries: usize,
    /// All entries of an archive together, unpacked. Bytes.
    pub unpacked_bytes: u64,
    /// Unpacked to packed, beyond the first 16 MiB.
    pub ratio: u64,
    /// Longest run of text in one cell of a workbook. Bytes; the spreadsheet itself allows 32,767 characters.
    pub cell_bytes: u64,
    /// Where rows wait while a large workbook is read; the file has no name there and is gone after.
    pub scratch: PathBuf,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            file_bytes: 512 << 20,
            form_bytes: 16 << 20,
            entries: 20_000,
            unpacked_bytes: 2 << 30,
            ratio: 200,
            cell_bytes: 1 << 20,
            scratch: std::env::temp_dir(),
        }
    }
}
