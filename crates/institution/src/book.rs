//! 制度汇编: everything under `institutions/`, read and checked together.

use crate::Dictionary;
use crate::fault::Faults;
use std::collections::BTreeMap;
use std::path::Path;

/// The files by path inside `institutions/`: `facts.toml`, `selection/rules.toml`.
pub type Files = BTreeMap<String, String>;

/// The whole of `institutions/`, checked: what does not load is a fault, never left out in silence.
#[derive(Debug, Default)]
pub struct Book {
    pub dictionary: Dictionary,
}

/// The folder cannot be read, or what stands in it is faulty.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("读不到 `{path}`：{why}")]
    Unreadable { path: String, why: std::io::Error },
    #[error(transparent)]
    Faulty(#[from] Faults),
}

impl Book {
    /// Reads every `.toml` under `folder` (`institutions/`).
    pub fn from_dir(folder: &Path) -> Result<Book, Error> {
        Ok(Book::from_files(&files_under(folder)?)?)
    }

    /// The same from texts that the program carries. Keys are paths inside `institutions/`.
    pub fn from_files(files: &Files) -> Result<Book, Faults> {
        let (dictionary, faults) =
            Dictionary::read(named(files, "facts.toml"), named(files, "codes.toml"));
        if faults.is_empty() { Ok(Book { dictionary }) } else { Err(Faults(faults)) }
    }
}

fn named<'a>(files: &'a Files, path: &'a str) -> (&'a str, &'a str) {
    (path, files.get(path).map_or("", String::as_str))
}

/// Every `.toml` under `folder`, by its path inside, with `/` between the parts.
pub fn files_under(folder: &Path) -> Result<Files, Error> {
    let mut files = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let unreadable = |why| Error::Unreadable { path: next.display().to_string(), why };
        for entry in std::fs::read_dir(&next).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|why| Error::Unreadable { path: path.display().to_string(), why })?;
                let inside = path.strip_prefix(folder).unwrap_or(&path);
                let name: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
                files.insert(name.join("/"), text);
            }
        }
    }
    Ok(files)
}
