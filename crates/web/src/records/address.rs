//! What is to be changed, as the address says it.

use super::place;
use registry::part::{self, Of, Part, Verb, Whose};

/// A row of a part and a verb. Number 0: somebody or something new, below `under`.
#[derive(Clone, Copy)]
pub struct Asked {
    pub whose: Whose,
    pub part: &'static Part,
    pub row: Option<i64>,
    pub verb: Verb,
    /// The organisation in which the new organisation or post is to stand.
    pub under: Option<i64>,
}

impl Asked {
    pub fn new_row(whose: Whose, part: &str) -> Option<Asked> {
        let part = part::find(whose.of, part).filter(|p| !p.single)?;
        Some(Asked { whose, part, row: None, verb: Verb::Add, under: None })
    }
    pub fn row(whose: Whose, part: &str, row: i64, verb: Option<&str>) -> Option<Asked> {
        let part = part::find(whose.of, part)?;
        let verb = verb.map_or(Some(Verb::Correct), Verb::from_id).filter(|v| part.verbs.contains(v) && *v != Verb::Add)?;
        Some(Asked { whose, part, row: Some(row), verb, under: None })
    }
    pub fn founded(of: Of, under: Option<i64>) -> Asked {
        Asked { whose: Whose { of, number: 0 }, part: of.root(), row: None, verb: Verb::Add, under }
    }

    /// Where the form stands and is sent to; its draft is kept under it.
    pub fn address(&self) -> String {
        let (place, number, verb) = (place(self.whose.of), self.whose.number, self.verb.id());
        match (self.row, number, self.part.single) {
            (None, 0, _) => match self.under {
                Some(under) => format!("/{place}/new?under={under}"),
                None => format!("/{place}/new"),
            },
            (None, ..) => format!("/{place}/{number}/records/{}/new", self.part.id),
            (Some(_), _, true) => format!("/{place}/{number}/edit?verb={verb}"),
            (Some(row), _, false) => format!("/{place}/{number}/records/{}/{row}?verb={verb}", self.part.id),
        }
    }
    /// Where one came from.
    pub fn back(&self) -> String {
        match (self.whose.number, self.under) {
            (0, Some(under)) => format!("/organisations/{under}"),
            (0, None) => format!("/{}", place(self.whose.of)),
            (number, _) if self.part.single => format!("/{}/{number}", place(self.whose.of)),
            (number, _) => format!("/{}/{number}/records#{}", place(self.whose.of), self.part.id),
        }
    }
}
