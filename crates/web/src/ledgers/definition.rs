//! 台账从哪里来: shipped with an institution, saved by the office, or begun just now.

use crate::Stop;
use institution::ledger::Total;
use institution::{Book, Condition, Dictionary, Ledger, Subject};
use registry::ledger::{Enquiry, Sort};
pub use registry::saved::unit_of;
use registry::saved::{SavedLedger, usual_totals};

/// A ledger before the address says how to look at it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name in addresses; `new` for one that nobody has saved.
    pub name: String,
    pub title: String,
    pub says: String,
    pub enquiry: Enquiry,
    /// Headings that the ledger itself words, by fact.
    pub labels: Vec<(usize, String)>,
    pub totals: Vec<Total>,
    /// Saved by the office, so it can be taken off the list.
    pub own: bool,
}

/// The name of a ledger that nobody has saved.
pub const NEW: &str = "new";

impl Definition {
    pub fn shipped(ledger: &Ledger) -> Definition {
        let sort = ledger.sort.iter().map(|s| Sort { fact: s.fact, descending: s.descending }).collect();
        let enquiry = Enquiry {
            of: ledger.of,
            tests: ledger.filter.clone().unwrap_or(Condition::All(vec![])),
            words: vec![],
            columns: ledger.columns.iter().map(|c| c.fact).collect(),
            sort,
            group: ledger.group,
        };
        Definition {
            name: ledger.id.to_string(),
            title: ledger.title.to_string(),
            says: ledger.says.to_string(),
            enquiry,
            labels: ledger.columns.iter().filter_map(|c| Some((c.fact, c.label.as_ref()?.to_string()))).collect(),
            totals: ledger.totals.clone(),
            own: false,
        }
    }

    pub fn saved(ledger: SavedLedger) -> Definition {
        Definition {
            name: ledger.name,
            title: ledger.title,
            says: String::new(),
            enquiry: ledger.enquiry,
            labels: ledger.labels,
            totals: ledger.totals,
            own: true,
        }
    }

    /// Everybody of a kind, in the usual columns and order.
    pub fn begun(dictionary: &Dictionary, of: Subject) -> Definition {
        let indexes = |ids: &[&str]| ids.iter().filter_map(|id| dictionary.fact(id)).map(|f| f.index).collect::<Vec<_>>();
        let (title, columns, sort): (_, &[&str], &[&str]) = match of {
            Subject::Post => (
                "岗位",
                &["seat.organisation", "seat.name", "seat.level", "seat.seats", "seat.holders", "seat.vacant", "seat.names"],
                &["seat.organisation_order", "seat.order"],
            ),
            Subject::Organisation => {
                ("机构", &["unit.name", "unit.kind", "unit.level", "unit.seats", "unit.holders", "unit.vacant"], &["unit.order"])
            }
            Subject::Branch => (
                "党组织",
                &["branch.name", "branch.kind", "branch.organisation", "branch.secretary", "branch.members", "branch.elected", "branch.term_until"],
                &["branch.order"],
            ),
            Subject::Member => (
                "党员",
                &["member.name", "member.branch", "member.kind", "member.joined", "member.years", "member.care"],
                &["member.branch_ref"],
            ),
            Subject::Charge => (
                "包联责任",
                &["charge.place", "charge.kind", "charge.who", "charge.since"],
                &["charge.place_ref", "charge.kind"],
            ),
            _ => (
                "干部",
                &["name", "sex", "born", "education", "post", "level", "level.since", "party"],
                &["organisation.order", "post.order", "name.strokes"],
            ),
        };
        let sort = indexes(sort).into_iter().map(|fact| Sort { fact, descending: false }).collect();
        let enquiry = Enquiry { of, tests: Condition::All(vec![]), words: vec![], columns: indexes(columns), sort, group: None };
        Definition {
            name: NEW.into(),
            title: format!("{title}查询"),
            says: String::new(),
            enquiry,
            labels: vec![],
            totals: usual_totals(dictionary, of),
            own: false,
        }
    }

    /// What the address `/ledgers/{name}` names; a begun one is asked of `of`.
    pub fn find(book: &Book, saved: Vec<SavedLedger>, name: &str, of: Subject) -> Result<Definition, Stop> {
        if name == NEW {
            return Ok(Definition::begun(&book.dictionary, of));
        }
        if let Some(ledger) = book.ledger(name) {
            return Ok(Definition::shipped(ledger));
        }
        let own = saved.into_iter().find(|l| l.name == name);
        own.map(Definition::saved).ok_or_else(|| Stop::NotFound("这个台账".into()))
    }

    /// The heading of a column on `day`.
    pub fn label(&self, dictionary: &Dictionary, fact: usize, day: vocabulary::Day) -> String {
        let own = self.labels.iter().find(|(f, _)| *f == fact).map(|(_, label)| label.clone());
        own.unwrap_or_else(|| dictionary.facts[fact].name_on(day))
    }
}

pub fn subject_id(of: Subject) -> &'static str {
    match of {
        Subject::Post => "post",
        Subject::Organisation => "organisation",
        Subject::Branch => "branch",
        Subject::Member => "member",
        Subject::Charge => "charge",
        _ => "official",
    }
}

/// Only what stands in tables can be listed.
pub fn subject(id: &str) -> Result<Subject, Stop> {
    match id {
        "" | "official" => Ok(Subject::Official),
        "post" => Ok(Subject::Post),
        "organisation" => Ok(Subject::Organisation),
        "branch" => Ok(Subject::Branch),
        "member" => Ok(Subject::Member),
        "charge" => Ok(Subject::Charge),
        other => Err(Stop::Wrong(format!("台账只列干部、岗位、机构、党组织、党员和包联责任，没有“{other}”"))),
    }
}
