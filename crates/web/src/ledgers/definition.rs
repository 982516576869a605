//! 台账从哪里来: shipped with an institution, saved by the office, or begun just now.

use crate::Stop;
use institution::ledger::{Counted, Total};
use institution::{Book, Condition, Dictionary, Ledger, Subject};
use registry::ledger::{Enquiry, Sort};
use registry::saved::SavedLedger;
use serde_json::json;

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

    pub fn saved(dictionary: &Dictionary, ledger: SavedLedger) -> Definition {
        let totals = usual_totals(dictionary, ledger.enquiry.of);
        Definition {
            name: ledger.name,
            title: ledger.title,
            says: String::new(),
            enquiry: ledger.enquiry,
            labels: vec![],
            totals,
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
        own.map(|l| Definition::saved(&book.dictionary, l)).ok_or_else(|| Stop::NotFound("这个台账".into()))
    }

    /// The heading of a column on `day`.
    pub fn label(&self, dictionary: &Dictionary, fact: usize, day: vocabulary::Day) -> String {
        let own = self.labels.iter().find(|(f, _)| *f == fact).map(|(_, label)| label.clone());
        own.unwrap_or_else(|| dictionary.facts[fact].name_on(day))
    }
}

/// Figures that an office asks of any list.
fn usual_totals(dictionary: &Dictionary, of: Subject) -> Vec<Total> {
    let rows = |label: &str| Total { label: label.into(), count: Counted::Rows };
    let sum = |label: &str, id: &str| dictionary.fact(id).map(|f| Total { label: label.into(), count: Counted::Sum(f.index) });
    let within = |label: &str, tests: serde_json::Value| {
        Condition::from_json(dictionary, &tests).ok().map(|c| Total { label: label.into(), count: Counted::Where(c) })
    };
    let mut totals = vec![rows(unit_of(of).0)];
    match of {
        Subject::Official => {
            totals.extend(within("女", json!({"fact": "sex", "is": "女"})));
            totals.extend(within("少数民族", json!({"fact": "ethnicity", "within": "少数民族"})));
            totals.extend(within("党外", json!({"fact": "party", "within": "党外"})));
            totals.extend(dictionary.fact("age").map(|f| Total { label: "平均年龄".into(), count: Counted::Average(f.index) }));
        }
        Subject::Post => {
            totals.extend(sum("职数", "seat.seats"));
            totals.extend(sum("实有", "seat.holders"));
            totals.extend(sum("空缺", "seat.vacant"));
        }
        Subject::Branch => totals.extend(sum("党员", "branch.members")),
        Subject::Member | Subject::Charge => {}
        _ => {
            totals.extend(sum("职数", "unit.seats"));
            totals.extend(sum("实有", "unit.holders"));
        }
    }
    totals
}

/// What is counted, and its measure word: `人数`, `人`.
pub fn unit_of(of: Subject) -> (&'static str, &'static str) {
    match of {
        Subject::Post => ("岗位", "个"),
        Subject::Organisation => ("机构", "个"),
        Subject::Branch => ("党组织", "个"),
        Subject::Member => ("党员", "人"),
        Subject::Charge => ("包联责任", "项"),
        _ => ("人数", "人"),
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
