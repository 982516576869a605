//! One file of the corpus, and what must come out of it.

use std::path::Path;

#[derive(Default)]
pub struct Case {
    /// Under `fixtures/corpus`, the quirk in its name.
    pub path: String,
    bytes: Vec<u8>,
    /// None: a companion, read with another file.
    names: Option<Vec<String>>,
    fields: Vec<(String, String)>,
    counts: Vec<(String, i64)>,
    faults: Vec<String>,
    unread: Vec<String>,
    error: Option<String>,
}

impl Case {
    /// A file that must give these people.
    pub fn new(path: &str, bytes: impl Into<Vec<u8>>, names: &[&str]) -> Case {
        let names = Some(names.iter().map(|n| (*n).to_owned()).collect());
        Case {
            path: path.to_owned(),
            bytes: bytes.into(),
            names,
            ..Case::default()
        }
    }
    /// A file that lies beside another.
    pub fn companion(path: &str, bytes: impl Into<Vec<u8>>) -> Case {
        Case {
            path: path.to_owned(),
            bytes: bytes.into(),
            ..Case::default()
        }
    }
    /// A folder; its files are other cases or companions.
    pub fn folder(path: &str, names: &[&str]) -> Case {
        Case::new(path, Vec::new(), names)
    }
    /// A value of the first person.
    pub fn field(mut self, id: &str, value: &str) -> Case {
        self.fields.push((id.to_owned(), value.to_owned()));
        self
    }
    /// How many of something the first person has: `family`, `tenures`, `extra`, `photo`, `lines`, `gaps`…
    pub fn count(mut self, what: &str, number: i64) -> Case {
        self.counts.push((what.to_owned(), number));
        self
    }
    /// One fault, by a piece of its sentence. All faults must be named.
    pub fn fault(mut self, says: &str) -> Case {
        self.faults.push(says.to_owned());
        self
    }
    pub fn unread(mut self, says: &str) -> Case {
        self.unread.push(says.to_owned());
        self
    }
    pub fn error(mut self, says: &str) -> Case {
        self.error = Some(says.to_owned());
        self
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    pub fn set_names(&mut self, names: &[&str]) {
        self.names = Some(names.iter().map(|n| (*n).to_owned()).collect());
    }

    pub fn write(&self, root: &Path) -> std::io::Result<()> {
        let path = root.join(&self.path);
        if self.path.ends_with('/') {
            return std::fs::create_dir_all(path);
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, &self.bytes)
    }

    pub fn expected(&self) -> Option<toml::Table> {
        let names = self.names.as_ref()?;
        let mut table = toml::Table::new();
        let list = |all: &[String]| toml::Value::Array(all.iter().cloned().map(toml::Value::String).collect());
        if let Some(error) = &self.error {
            table.insert("error".into(), error.clone().into());
            return Some(table);
        }
        table.insert("names".into(), list(names));
        if !self.faults.is_empty() {
            table.insert("faults".into(), list(&self.faults));
        }
        if !self.unread.is_empty() {
            table.insert("unread".into(), list(&self.unread));
        }
        if !self.fields.is_empty() {
            let fields: toml::Table = self
                .fields
                .iter()
                .map(|(id, value)| (id.clone(), value.clone().into()))
                .collect();
            table.insert("fields".into(), fields.into());
        }
        if !self.counts.is_empty() {
            let counts: toml::Table = self
                .counts
                .iter()
                .map(|(what, n)| (what.clone(), (*n).into()))
                .collect();
            table.insert("counts".into(), counts.into());
        }
        Some(table)
    }
}
