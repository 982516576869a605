//! 程序材料: written here or filed as they came.

use crate::{Item, Procedure, Result};
use registry::Desk;
use vocabulary::{Id, Outcome};

/// A paper to be put on file at the present step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewPaper {
    /// Id of `papers.toml`.
    pub kind: String,
    /// None: for the whole slate.
    pub item: Option<Id<Item>>,
    /// Empty: the title of its kind.
    pub title: String,
    pub file_name: Option<String>,
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
    pub content: Option<String>,
}

/// A paper on file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FiledPaper {
    pub id: i64,
    pub step: String,
    pub item: Option<Id<Item>>,
    pub kind: String,
    pub title: String,
    pub file_name: Option<String>,
    pub actor: String,
    /// Moment of filing.
    pub at: String,
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
    pub content: Option<String>,
}

impl NewPaper {
    pub fn text(kind: &str, content: &str) -> NewPaper {
        NewPaper {
            kind: kind.to_owned(),
            item: None,
            title: String::new(),
            file_name: None,
            bytes: None,
            content: Some(content.to_owned()),
        }
    }
    pub fn file(kind: &str, file_name: &str, bytes: Vec<u8>) -> NewPaper {
        NewPaper {
            kind: kind.to_owned(),
            item: None,
            title: String::new(),
            file_name: Some(file_name.to_owned()),
            bytes: Some(bytes),
            content: None,
        }
    }
    pub fn of(mut self, item: Id<Item>) -> NewPaper {
        self.item = Some(item);
        self
    }
}

/// Files a paper at the present step.
pub fn file(_desk: &mut Desk, _id: Id<Procedure>, _paper: &NewPaper) -> Result<Outcome<i64>> { todo!() }
/// All papers on file, in the order of filing, without their bytes.
pub fn papers(_desk: &Desk, _id: Id<Procedure>) -> Result<Vec<FiledPaper>> { todo!() }
/// One paper with its bytes.
pub fn paper(_desk: &Desk, _id: Id<Procedure>, _paper: i64) -> Result<FiledPaper> { todo!() }
