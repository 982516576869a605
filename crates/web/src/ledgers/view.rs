//! 台账的地址: how a ledger is looked at stands wholly in its address, so that it can be sent to a colleague.
//!
//! | pair | says |
//! |---|---|
//! | `of` | `official`, `post`, `organisation`; only for `/ledgers/new` |
//! | `where` | the tests as JSON, instead of the ledger's own |
//! | `q` | words of the office, besides the tests |
//! | `words` | free words, instead of the ledger's own |
//! | `columns` `sort` `group` | facts by id; `-` before one sorts it downwards, `-` alone is no group |
//! | `dense` `from` | how close the lines stand, and from which row |

use super::definition::{Definition, subject_id};
use crate::ctx::pairs;
use crate::{Stop, href};
use institution::{Book, Condition, Dictionary, Operator, Piece, Subject, Test};
use registry::ledger::{Enquiry, Sort};
use registry::saved;

/// A ledger as it is looked at.
#[derive(Clone, Debug)]
pub struct View {
    pub definition: Definition,
    /// Tests, free words, columns, order and group; the words of the office are not yet among the tests.
    pub enquiry: Enquiry,
    /// Words of the office as typed.
    pub q: String,
    pub pieces: Vec<Piece>,
    pub dense: bool,
    /// First row shown.
    pub from: usize,
    /// Names of what was left out because it is protected.
    pub withheld: Vec<String>,
}

impl View {
    pub fn read(book: &Book, definition: Definition, query: &str) -> Result<View, Stop> {
        let dictionary = &book.dictionary;
        let mut view = View {
            enquiry: definition.enquiry.clone(),
            definition,
            q: String::new(),
            pieces: vec![],
            dense: false,
            from: 0,
            withheld: vec![],
        };
        let ticked: Vec<usize> = pairs(query)
            .iter()
            .filter(|(name, _)| name == "c")
            .map(|(_, id)| index(dictionary, id))
            .collect::<Result<_, Stop>>()?;
        for (name, text) in pairs(query) {
            let enquiry = &mut view.enquiry;
            match name.as_str() {
                "where" if !text.is_empty() => enquiry.tests = tests(dictionary, &text)?,
                "words" => enquiry.words = split(&text),
                "columns" if !text.is_empty() => {
                    enquiry.columns = text.split(',').map(|id| index(dictionary, id)).collect::<Result<_, Stop>>()?;
                }
                "sort" if !text.is_empty() => {
                    let sort = |s: &str| Ok(Sort { fact: index(dictionary, s.trim_start_matches('-'))?, descending: s.starts_with('-') });
                    enquiry.sort = text.split(',').map(sort).collect::<Result<_, Stop>>()?;
                }
                "group" if !text.is_empty() => enquiry.group = if text == "-" { None } else { Some(index(dictionary, &text)?) },
                "q" => view.q = text.trim().to_owned(),
                "dense" => view.dense = !text.is_empty(),
                "from" => view.from = text.parse().unwrap_or(0),
                _ => {}
            }
        }
        if !ticked.is_empty() {
            view.enquiry.columns = ticked;
        }
        let mut seen = Vec::new();
        view.enquiry.columns.retain(|c| !seen.contains(c) && { seen.push(*c); true });
        view.pieces = book.understand(&view.q).into_iter().map(|p| of_subject(p, dictionary, view.enquiry.of)).collect();
        // Reads it back whole: a fact of another subject is named here.
        saved::from_json(dictionary, &saved::to_json(dictionary, &view.asked()))?;
        Ok(view)
    }

    /// Each test that must hold, the address's own ones only.
    pub fn parts(&self) -> &[Condition] {
        match &self.enquiry.tests {
            Condition::All(parts) => parts,
            one => std::slice::from_ref(one),
        }
    }

    /// What is asked of the registry: the tests, and the words of the office among them.
    pub fn asked(&self) -> Enquiry {
        let mut enquiry = self.enquiry.clone();
        let mut parts = self.parts().to_vec();
        for piece in &self.pieces {
            match &piece.condition {
                Some(condition) => parts.push(condition.clone()),
                None => enquiry.words.push(piece.text.clone()),
            }
        }
        enquiry.tests = Condition::All(parts);
        enquiry.in_groups()
    }

    /// The same view as pairs of an address; what is as the ledger itself has it is left out.
    pub fn address(&self, dictionary: &Dictionary, carry: &str) -> Address {
        let (is, was) = (&self.enquiry, &self.definition.enquiry);
        let id = |i: &usize| dictionary.facts[*i].id.to_string();
        let mut address = Address { path: format!("/ledgers/{}", self.definition.name), pairs: vec![], carry: carry.to_owned() };
        let mut put = |name, differs: bool, text: String| {
            if differs {
                address.pairs.push((name, text));
            }
        };
        put("of", self.definition.name == super::definition::NEW && is.of != Subject::Official, subject_id(is.of).into());
        put("where", is.tests != was.tests, is.tests.to_json().to_string());
        // A blank says that there are none; an empty pair is left out.
        put("words", is.words != was.words, if is.words.is_empty() { " ".into() } else { is.words.join(" ") });
        put("q", !self.q.is_empty(), self.q.clone());
        put("columns", is.columns != was.columns, is.columns.iter().map(id).collect::<Vec<_>>().join(","));
        put("sort", is.sort != was.sort, is.sort.iter().map(|s| written(dictionary, *s)).collect::<Vec<_>>().join(","));
        put("group", is.group != was.group, is.group.as_ref().map_or("-".into(), id));
        put("dense", self.dense, "1".into());
        address
    }
}

/// An address of a view, and the same with one thing changed.
#[derive(Clone, Debug)]
pub struct Address {
    pub path: String,
    pub pairs: Vec<(&'static str, String)>,
    /// The day asked about, encoded already.
    pub carry: String,
}

impl Address {
    /// Encoded, with `name` saying `text` instead of what it says now; an empty text leaves it out.
    pub fn with(&self, changes: &[(&'static str, &str)]) -> String {
        let mut out = self.path.clone();
        let kept = self.pairs.iter().filter(|(name, _)| changes.iter().all(|(n, _)| n != name)).map(|(n, t)| (*n, t.as_str()));
        let mut mark = '?';
        for (name, text) in kept.chain(changes.iter().copied()).filter(|(_, text)| !text.is_empty()) {
            out.push(mark);
            out.push_str(name);
            out.push('=');
            out.push_str(&href::encode(text));
            mark = '&';
        }
        href::with(&out, &self.carry)
    }
    /// The same view, of another page under the ledger's: `/ledgers/roster/columns`.
    pub fn below(&self, page: &str, changes: &[(&'static str, &str)]) -> String {
        Address { path: format!("{}/{page}", self.path), ..self.clone() }.with(changes)
    }
    /// What a form must carry as hidden fields so that only its own fields change.
    pub fn hidden(&self, without: &[&str]) -> Vec<(String, String)> {
        let own = self.pairs.iter().filter(|(n, _)| !without.contains(n)).map(|(n, t)| ((*n).to_owned(), t.clone()));
        own.chain(pairs(&self.carry)).collect()
    }
}

pub fn written(dictionary: &Dictionary, sort: Sort) -> String {
    format!("{}{}", if sort.descending { "-" } else { "" }, dictionary.facts[sort.fact].id)
}

fn index(dictionary: &Dictionary, id: &str) -> Result<usize, Stop> {
    dictionary.fact(id).map(|f| f.index).ok_or_else(|| Stop::Wrong(format!("事实字典里没有“{id}”")))
}

fn tests(dictionary: &Dictionary, text: &str) -> Result<Condition, Stop> {
    let json = serde_json::from_str(text).map_err(|_| Stop::Wrong("地址里的条件读不懂，请从台账页面重新选择".into()))?;
    Condition::from_json(dictionary, &json).map_err(Stop::Wrong)
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// The words speak of officials. `乡镇` can be said of posts and organisations as well; what cannot is a free word there.
fn of_subject(mut piece: Piece, dictionary: &Dictionary, of: Subject) -> Piece {
    let kind = match of {
        Subject::Post => "seat.organisation_kind",
        Subject::Organisation => "unit.kind",
        Subject::Branch => "branch.organisation_kind",
        Subject::Charge => "charge.place_kind",
        _ => return piece,
    };
    piece.condition = match (&piece.condition, dictionary.fact(kind)) {
        (Some(Condition::Test(Test { id, is, .. })), Some(fact)) if &**id == "organisation.kind" && !compares(is) => {
            Some(Condition::test(fact, is.clone()))
        }
        _ => None,
    };
    piece.chip = match &piece.condition {
        Some(condition) => condition.in_words(dictionary),
        None => piece.text.clone(),
    };
    piece
}

fn compares(is: &Operator) -> bool {
    matches!(is, Operator::AtLeastFact(..) | Operator::AtMostFact(..) | Operator::IsFact(..))
}
