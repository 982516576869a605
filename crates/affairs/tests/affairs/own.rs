//! 县里自己的制度: what a county writes beside the shipped files, checked as `check` does and put in force.

use institution::Book;
use std::path::Path;

/// A system that the code has never heard of: a folder of files, and facts of its own.
pub struct OwnSystem<'a> {
    /// The folder's name, which is the institution's id.
    pub id: &'a str,
    /// Name of the file and its text.
    pub files: &'a [(&'a str, &'a str)],
    /// Added to the end of `facts.toml`.
    pub facts: &'a str,
}

impl OwnSystem<'_> {
    /// Everything shipped and this one; a fault in it fails the test with all that `check` says.
    pub fn book(&self) -> Book {
        let mut files = institution::book::files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions")).unwrap();
        for (name, text) in self.files {
            files.insert(format!("{}/{name}", self.id), (*text).into());
        }
        files.get_mut("facts.toml").unwrap().push_str(self.facts);
        let report = institution::check::check_files(&files);
        let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        assert!(report.is_sound(), "{}: {faults:?}", self.id);
        Book::from_files(&files).unwrap()
    }
}
