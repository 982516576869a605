//! Reads TOML and keeps where everything stood, so that a fault can point at it.

mod fields;
mod node;

pub(crate) use fields::{Fields, as_date};
pub(crate) use node::{Key, Node, Shape};

use crate::fault::{Fault, Spot, nearest};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

/// One file being read, and what was found wrong in it so far.
pub(crate) struct Sheet {
    pub file: Arc<str>,
    source: Arc<miette::NamedSource<Arc<str>>>,
    faults: RefCell<Vec<Fault>>,
}

impl Sheet {
    pub fn new(file: &str, text: &str) -> Sheet {
        let source = miette::NamedSource::new(file, Arc::<str>::from(text)).with_language("toml");
        Sheet { file: file.into(), source: Arc::new(source), faults: RefCell::default() }
    }

    /// The whole file as one table; None (and a fault) when it is no TOML.
    pub fn parse(&self) -> Option<Node> {
        match toml_edit::Document::parse(&**self.source.inner()) {
            Ok(document) => Some(Node::of_table(document.as_table(), 0..0, self)),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                self.fault(at, format!("不是合法的 TOML：{}", error.message()), None, None);
                None
            }
        }
    }

    pub fn fault(&self, at: Range<usize>, says: String, mend: Option<String>, help: Option<&str>) {
        self.faults.borrow_mut().push(Fault::at(self.spot(at), says, mend, help));
    }
    pub fn spot(&self, at: Range<usize>) -> Spot {
        Spot { file: self.file.clone(), source: self.source.clone(), at }
    }

    /// A fault whose mend is the nearest of `known`.
    pub fn unknown<'a>(
        &self,
        at: Range<usize>,
        says: String,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
        help: Option<&str>,
    ) {
        let mend = nearest(written, known).map(|near| format!("是不是 `{near}`？"));
        self.fault(at, says, mend, help);
    }

    pub fn text(&self) -> &str {
        self.source.inner()
    }
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }
}
