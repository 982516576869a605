//! 制度汇编: everything under `institutions/`, read and checked together.

use crate::editions::Editions;
use crate::fault::{Fault, Faults};
use crate::institution::Institution;
use crate::ledger::Ledger;
use crate::reading::Sheet;
use crate::words::{Piece, Words};
use crate::{Calendar, Dictionary};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The files by path inside `institutions/`: `facts.toml`, `selection/rules.toml`.
pub type Files = BTreeMap<String, String>;

/// The whole of `institutions/`, checked: what does not load is a fault, never left out in silence.
#[derive(Debug, Default)]
pub struct Book {
    pub dictionary: Dictionary,
    pub calendar: Arc<Calendar>,
    /// By folder name.
    pub institutions: Vec<Institution>,
    pub words: Words,
    /// Earlier editions that running procedures began under.
    pub editions: Editions,
}

/// The folder cannot be read, or what stands in it is faulty.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Error {
    #[error("读不到 `{path}`：{why}")]
    Unreadable { path: String, why: std::io::Error },
    #[error(transparent)]
    #[diagnostic(transparent)]
    Faulty(#[from] Faults),
}

impl Book {
    /// Reads every `.toml` under `folder` (`institutions/`).
    pub fn from_dir(folder: &Path) -> Result<Book, Error> {
        Ok(Book::from_files(&files_under(folder)?)?)
    }

    /// The same from texts that the program carries. Keys are paths inside `institutions/`.
    pub fn from_files(files: &Files) -> Result<Book, Faults> {
        let (book, faults) = Book::read(files);
        if faults.is_empty() { Ok(book) } else { Err(Faults(faults)) }
    }

    /// As much as can be read, and every fault.
    pub(crate) fn read(files: &Files) -> (Book, Vec<Fault>) {
        let text = |name: &str| files.get(name).map_or("", String::as_str);
        let (dictionary, mut faults) = Dictionary::read(
            ("institutions/facts.toml", text("facts.toml")),
            ("institutions/codes.toml", text("codes.toml")),
        );
        let sheet = Sheet::new("institutions/calendar.toml", text("calendar.toml"));
        let calendar = Arc::new(Calendar::read(&sheet));
        faults.extend(sheet.into_faults());
        let sheet = Sheet::new("institutions/words.toml", text("words.toml"));
        let words = Words::read(&sheet, &dictionary);
        faults.extend(sheet.into_faults());
        let mut institutions = Vec::new();
        for path in files.keys() {
            if let Some(folder) = path.strip_suffix("/institution.toml") {
                institutions.extend(Institution::read(folder, files, &dictionary, calendar.clone(), &mut faults));
            }
        }
        let book = Book { dictionary, calendar, institutions, words, editions: Editions::default() };
        faults.extend(crate::across::faults(&book));
        (book, faults)
    }

    pub fn institution(&self, id: &str) -> Option<&Institution> {
        self.institutions.iter().find(|i| &*i.id == id)
    }
    pub fn duties(&self) -> impl Iterator<Item = &crate::Duty> {
        self.institutions.iter().flat_map(|i| &i.duties)
    }
    /// By its key: `party-life/committee-meeting`.
    pub fn duty(&self, key: &str) -> Option<&crate::Duty> {
        self.duties().find(|d| &*d.key == key)
    }
    /// 名册 of every institution.
    pub fn registers(&self) -> impl Iterator<Item = &crate::register::Register> {
        self.institutions.iter().flat_map(|i| &i.registers)
    }
    /// By its key: `volunteering/teams`.
    pub fn register(&self, key: &str) -> Option<&crate::register::Register> {
        self.registers().find(|r| &*r.key == key)
    }
    /// 得分项 of every institution.
    pub fn earnings(&self) -> impl Iterator<Item = (&crate::points::Points, &crate::points::Earning)> {
        self.institutions.iter().filter_map(|i| i.points.as_ref()).flat_map(|p| p.earnings.iter().map(move |e| (p, e)))
    }
    /// 兑换项 of every institution.
    pub fn goods(&self) -> impl Iterator<Item = (&crate::points::Points, &crate::points::Goods)> {
        self.institutions.iter().filter_map(|i| i.points.as_ref()).flat_map(|p| p.goods.iter().map(move |g| (p, g)))
    }
    pub fn ledgers(&self) -> impl Iterator<Item = &Ledger> {
        self.institutions.iter().flat_map(|i| &i.ledgers)
    }
    pub fn ledger(&self, id: &str) -> Option<&Ledger> {
        self.ledgers().find(|l| &*l.id == id)
    }
    /// Reads what was typed into the search box; see [`Words::understand`].
    pub fn understand(&self, text: &str) -> Vec<Piece> {
        self.words.understand(text, &self.dictionary)
    }
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
