//! The doors: a path or bytes in, records out.

use crate::{Error, FileRead, Item, Options, Progress, Result};
use std::ops::ControlFlow;
use std::path::Path;

/// 一次读取: what was read, and which files could not be.
#[derive(Debug, Default)]
pub struct Reading {
    /// One for each file; of an archive or folder, each file in it.
    pub files: Vec<FileRead>,
    /// Files of an archive or folder that could not be read; the others were.
    pub unread: Vec<Error>,
}

/// Reads a file, a folder or an archive wholly into memory: one [`FileRead`] for each file in it.
pub fn read_path(
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Reading> {
    let _ = (path, options, progress);
    Err(Error::Stopped)
}

/// As [`read_path`], but people and units are handed over one by one and not kept: a hundred thousand fit in little memory.
/// `each` may stop the reading.
pub fn visit_path(
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&Progress),
    each: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Reading> {
    let _ = (path, options, progress, each);
    Err(Error::Stopped)
}

/// Reads an uploaded file. An archive gives one [`FileRead`] for each file in it; what could not be read stands beside.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Reading> {
    let _ = (name, bytes, options);
    Err(Error::Stopped)
}
