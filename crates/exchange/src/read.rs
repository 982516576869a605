//! The doors: a path or bytes in, records out.

mod archive;
mod folder;
mod one;

use crate::{Error, FileRead, Item, Options, Progress, Result};
use std::io::{Cursor, Read, Seek};
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
pub fn read_path(path: &Path, options: &Options, progress: &mut dyn FnMut(&Progress)) -> Result<Reading> {
    let mut hands = Hands::new(options, progress, None);
    hands.path(path)?;
    Ok(hands.reading)
}

/// As [`read_path`], but people and units are handed over one by one and not kept: a hundred thousand fit in little memory.
/// `each` may stop the reading, which then ends with [`Error::Stopped`].
pub fn visit_path(
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&Progress),
    each: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Reading> {
    let mut hands = Hands::new(options, progress, Some(each));
    hands.path(path)?;
    Ok(hands.reading)
}

/// Reads an uploaded file. An archive gives one [`FileRead`] for each file in it; what could not be read stands beside.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Reading> {
    let mut silent = |_: &Progress| {};
    let mut hands = Hands::new(options, &mut silent, None);
    hands.top(name, &mut Cursor::new(bytes), bytes.len() as u64, None)?;
    Ok(hands.reading)
}

pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A photo's file name and bytes.
pub(crate) type NamedPhoto<'a> = Option<(&'a str, Vec<u8>)>;

/// What a reading needs at hand.
pub(crate) struct Hands<'a> {
    pub options: &'a Options,
    progress: &'a mut dyn FnMut(&Progress),
    /// None: people and units are kept in their [`FileRead`].
    each: Option<&'a mut dyn FnMut(Item) -> ControlFlow<()>>,
    pub reading: Reading,
}

impl<'a> Hands<'a> {
    fn new(
        options: &'a Options,
        progress: &'a mut dyn FnMut(&Progress),
        each: Option<&'a mut dyn FnMut(Item) -> ControlFlow<()>>,
    ) -> Hands<'a> {
        Hands {
            options,
            progress,
            each,
            reading: Reading::default(),
        }
    }
    /// Hands one record over, or keeps it.
    pub fn hand(&mut self, file: &mut FileRead, item: Item) -> Result<()> {
        match (&mut self.each, item) {
            (Some(each), item) => match each(item) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Error::Stopped),
            },
            (None, Item::Unit(unit)) => {
                file.units.push(*unit);
                Ok(())
            }
            (None, Item::Person(person)) => {
                file.people.push(*person);
                Ok(())
            }
        }
    }
    pub fn tell(&mut self, file: &str, done: u64, total: Option<u64>) {
        (self.progress)(&Progress {
            file: file.to_owned(),
            done,
            total,
        });
    }
    /// A file of several: what it suffers from does not stop the others.
    pub fn among_others(&mut self, result: Result<()>) -> Result<()> {
        match result {
            Err(Error::Stopped) => Err(Error::Stopped),
            Err(error) => {
                self.reading.unread.push(error);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}
