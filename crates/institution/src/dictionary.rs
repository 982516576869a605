//! 事实字典: every fact that the office knows, named once (`institutions/facts.toml`, code tables in
//! `institutions/codes.toml`).

pub(crate) mod load;

use std::collections::HashMap;
use std::sync::Arc;
use vocabulary::Day;

/// What a fact is said of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 干部
    Official,
    /// 岗位
    Post,
    /// 机构
    Organisation,
    /// 拟任事项: one person proposed for one post on one day
    Proposal,
    /// 选任程序: one running procedure, what its steps recorded
    Procedure,
    /// 党组织: committee, branch, group
    Branch,
    /// 党员, in the organisation that they belong to
    Member,
    /// 包联责任: somebody (a leader, a department) who looks after a place
    Charge,
}

/// Shape of a fact's value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    Number,
    Date,
    YesNo,
    /// A name out of a code table.
    Code,
    /// A number that belongs to a row of ours and opens it (post, organisation); shown by another fact.
    Reference,
}

pub use policy::{Class, Layer};

/// One fact of the dictionary.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Fact {
    /// Position in the dictionary: fact sets are vectors indexed by it.
    pub index: usize,
    pub id: Arc<str>,
    pub name: Arc<str>,
    pub aliases: Vec<Arc<str>>,
    pub subject: Subject,
    pub kind: Kind,
    /// `岁`, `月`, `人`; empty when there is none.
    pub unit: Arc<str>,
    /// Code table id, for `Kind::Code`.
    pub table: Option<Arc<str>>,
    pub class: Class,
    pub layer: Layer,
    /// Why the office keeps it, in a few words.
    pub purpose: Arc<str>,
    /// How long it is kept: `在职期间及离任后长期`.
    pub retention: Arc<str>,
    /// Group heading in pickers: `基本情况`, `任职`, `学历`.
    pub group: Arc<str>,
    /// What no record means, in words, for the reader.
    pub unknown: Arc<str>,
    /// Item of the national workbook: `A0107`.
    pub national: Option<Arc<str>>,
    /// Element of `.lrmx`: `ChuShengNianYue`.
    pub form: Option<Arc<str>>,
    /// How a cell shows it: `date.month`, `date.age`, `number`, `text`; see GLOSSARY.
    pub shown: Arc<str>,
    /// 事项 of an organisation and of those below it that are still running: the fact is their number.
    pub matters: Option<RunningMatters>,
    /// Another fact by which a list sorts instead of by this one's text (stroke order, post order).
    pub sorted_by: Option<Arc<str>>,
    /// Width in a printed table, in full-width characters.
    pub width: u8,
}

/// The matters that a fact counts: those of an institution that have neither ended nor reached a step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RunningMatters {
    pub institution: Arc<str>,
    pub until: Option<Arc<str>>,
}

/// A code table: names that a value may take; a name is our code.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Table {
    pub id: Arc<str>,
    pub name: Arc<str>,
    /// `GB3304`, `ZB64`; empty for our own.
    pub standard: Arc<str>,
    /// Do its values have an order (`at_least` allowed)?
    pub ordered: bool,
    pub values: Vec<Code>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Code {
    pub name: Arc<str>,
    pub code: Arc<str>,
    /// Height in an ordered table: higher is more. Equal heights are equal rank.
    pub height: Option<i64>,
    /// `within` asks for these: `大学` is in `本科`.
    pub groups: Vec<Arc<str>>,
    /// Other wordings and other tools' spelling, read but never written.
    pub aliases: Vec<Arc<str>>,
    /// Length that the value itself carries, in months: the influence period of a sanction (影响期).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<i64>,
}

/// The dictionary and its code tables, checked: ids are unique, tables exist.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Dictionary {
    pub facts: Vec<Fact>,
    pub tables: Vec<Table>,
    #[serde(skip)]
    pub(crate) by_id: HashMap<Arc<str>, usize>,
    #[serde(skip)]
    pub(crate) table_by_id: HashMap<Arc<str>, usize>,
}

impl Dictionary {
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.by_id.get(id).map(|i| &self.facts[*i])
    }
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.table_by_id.get(id).map(|i| &self.tables[*i])
    }
    /// The code table of a code fact.
    pub fn table_of(&self, fact: &Fact) -> Option<&Table> {
        fact.table.as_deref().and_then(|id| self.table(id))
    }
    pub fn of(&self, subject: Subject) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |f| f.subject == subject)
    }
}

impl Fact {
    /// The name as it reads on `day`: `{year-1}年度考核` is `2025年度考核` in 2026.
    pub fn name_on(&self, day: Day) -> String {
        let mut name = self.name.to_string();
        while let (Some(from), Some(to)) = (name.find("{year"), name.find('}')) {
            let back: i16 = name[from + 5..to].trim_start_matches('-').parse().unwrap_or(0);
            name.replace_range(from..=to, &(day.year() - back).to_string());
        }
        name
    }
}

impl Table {
    pub fn code(&self, name: &str) -> Option<&Code> {
        self.values.iter().find(|c| &*c.name == name)
    }
    /// The value that a file's wording means: name first, then alias, then code number.
    pub fn read(&self, wording: &str) -> Option<&Code> {
        let wording = wording.trim();
        self.code(wording)
            .or_else(|| self.values.iter().find(|c| c.aliases.iter().any(|a| &**a == wording)))
            .or_else(|| self.values.iter().find(|c| &*c.code == wording))
    }
    /// The value one of whose aliases is mentioned in `text`; the longest alias decides: `法学` in `宪法学与行政法学`.
    pub fn mentioned_in(&self, text: &str) -> Option<&Code> {
        let length = |code: &Code| {
            let words = std::iter::once(&code.name).chain(&code.aliases);
            words.filter(|w| text.contains(&***w)).map(|w| w.len()).max()
        };
        let found = self.values.iter().filter_map(|c| length(c).map(|l| (l, c)));
        // The first of equal length wins, so that the table's order decides.
        found.fold(None, |best: Option<(usize, &Code)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, code)| code)
    }
    /// Names whose height is at least that of `name`, and those lower; `None` when `name` is not in the table.
    pub fn split_at(&self, name: &str) -> Option<(Vec<&str>, Vec<&str>)> {
        let height = self.code(name)?.height?;
        let (mut high, mut low) = (Vec::new(), Vec::new());
        for code in &self.values {
            match code.height {
                Some(h) if h >= height => high.push(&*code.name),
                Some(_) => low.push(&*code.name),
                None => {}
            }
        }
        Some((high, low))
    }
    /// Names that belong to `group` (or are called so themselves).
    pub fn within(&self, group: &str) -> Vec<&str> {
        self.values
            .iter()
            .filter(|c| &*c.name == group || c.groups.iter().any(|g| &**g == group))
            .map(|c| &*c.name)
            .collect()
    }
}
