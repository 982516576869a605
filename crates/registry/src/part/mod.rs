//! 记载的部分: what a record is made of, said once for all — its columns, how each is typed, what may be done with a row.
//!
//! A person's tenures and a person's relatives are changed by the same few verbs; what differs is data here, and at
//! most three small functions of the part itself. Forms, previews, journal sentences and undoing read it.

mod career;
mod details;
mod family;
pub mod held;
pub mod reading;
mod resume;
mod schooling;
mod seat;
mod service;
mod tenure;
mod unit;

use crate::{Desk, Organisation, Person, Post, Result, organisation, person, post};
use std::collections::BTreeMap;
use store::Param;
use vocabulary::{Citation, Finding, Id, Weight};

/// Whose record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Person,
    Organisation,
    Post,
}

/// What is done with a row. 更正 and 变更 are told apart: what was wrong all along, and what is so from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// 登记: something that the record does not say yet.
    Add,
    /// 更正: the record was wrong.
    Correct,
    /// 变更: it was right until a day, and is otherwise from then on.
    Change,
    /// 截止: it is so no more from a day on.
    End,
    /// 撤回: it never was so.
    Withdraw,
}

/// How a column is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    Text,
    Long,
    /// Known to the year, the month or the day.
    Date,
    Number,
    /// Yes, or not.
    Box,
    /// Yes, no, or not on record.
    YesNo,
    /// A code table of the dictionary.
    Code(&'static str),
    /// One of these words.
    One(&'static [&'static str]),
    Post,
    Organisation,
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub column: &'static str,
    pub label: &'static str,
    pub control: Control,
    pub required: bool,
    pub hint: &'static str,
}

/// The values of a row by their columns; a column that is not there says nothing.
pub type Values = BTreeMap<&'static str, Param>;

/// What a part adds of its own.
#[derive(Clone, Copy)]
pub struct Own {
    /// Fills what follows from what was typed.
    pub complete: fn(&Desk, Whose, &mut Values) -> Result<()>,
    /// What stands against the row, or should be looked at.
    pub check: fn(&Desk, &Intended) -> Result<Vec<Finding>>,
    /// What else has to be written with it, under the same journal entry.
    pub follow: fn(&mut Desk, &Intended, i64) -> Result<()>,
}

impl Own {
    pub const NOTHING: Own = Own { complete: |_, _, _| Ok(()), check: |_, _| Ok(vec![]), follow: |_, _, _| Ok(()) };
}

/// Whose row: a person, an organisation or a post, by number. 0 while it is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose {
    pub of: Of,
    pub number: i64,
}

/// A row as it is about to be written.
pub struct Intended<'a> {
    pub part: &'static Part,
    pub whose: Whose,
    pub verb: Verb,
    /// The row that it takes the place of.
    pub old: Option<&'a held::Held>,
    /// Empty when the row is withdrawn.
    pub new: &'a Values,
}

#[derive(Clone, Copy)]
pub struct Part {
    /// In addresses: `tenures`.
    pub id: &'static str,
    /// In the journal: `tenure` of `tenure.correct`.
    pub noun: &'static str,
    pub title: &'static str,
    pub of: Of,
    pub table: &'static str,
    /// All columns of its own.
    pub columns: &'static [&'static str],
    pub order: &'static str,
    /// Does the table say which row a row corrects?
    pub corrects: bool,
    /// Exactly one row holds at a time, which is the subject itself.
    pub single: bool,
    pub fields: &'static [Field],
    pub verbs: &'static [Verb],
    /// The columns that name a row in a sentence.
    pub named_by: &'static [&'static str],
    pub own: Own,
}

const PERSON: &[&Part] = &[
    &details::PART, &tenure::PART, &career::RANKS, &career::MEMBERSHIPS, &schooling::EDUCATIONS, &career::QUALIFICATIONS, &service::APPRAISALS,
    &service::AWARDS, &service::SANCTIONS, &schooling::TRAININGS, &family::PART, &resume::PART, &career::POOLS,
];
const ORGANISATION: &[&Part] = &[&unit::PART];
const POST: &[&Part] = &[&seat::PART];

/// The parts of a record, in the order in which people read them; the first is the subject itself.
pub fn all(of: Of) -> &'static [&'static Part] {
    match of {
        Of::Person => PERSON,
        Of::Organisation => ORGANISATION,
        Of::Post => POST,
    }
}

pub fn find(of: Of, id: &str) -> Option<&'static Part> {
    all(of).iter().copied().find(|p| p.id == id)
}

impl Of {
    pub const ALL: [Of; 3] = [Of::Person, Of::Organisation, Of::Post];

    /// As the journal says it.
    pub fn subject(self) -> &'static str {
        match self {
            Of::Person => "person",
            Of::Organisation => "organisation",
            Of::Post => "post",
        }
    }
    /// The part that is the subject itself.
    pub fn root(self) -> &'static Part {
        all(self)[0]
    }
    /// Where the numbers are given out.
    pub(crate) fn roots(self) -> &'static str {
        match self {
            Of::Person => "persons",
            Of::Organisation => "organisations",
            Of::Post => "posts",
        }
    }
}

impl Whose {
    pub fn person(id: Id<Person>) -> Whose {
        Whose { of: Of::Person, number: id.number() }
    }
    pub fn organisation(id: Id<Organisation>) -> Whose {
        Whose { of: Of::Organisation, number: id.number() }
    }
    pub fn post(id: Id<Post>) -> Whose {
        Whose { of: Of::Post, number: id.number() }
    }
    /// What people call the subject. Not found when the desk may not see it.
    pub fn name(self, desk: &Desk) -> Result<String> {
        Ok(match self.of {
            Of::Person => person::find(desk, Id::new(self.number))?.row.name,
            Of::Organisation => organisation::find(desk, Id::new(self.number))?.name,
            Of::Post => post::find(desk, Id::new(self.number))?.title,
        })
    }
}

impl Verb {
    pub fn says(self) -> &'static str {
        match self {
            Verb::Add => "登记",
            Verb::Correct => "更正",
            Verb::Change => "变更",
            Verb::End => "截止",
            Verb::Withdraw => "撤回",
        }
    }
    pub fn id(self) -> &'static str {
        match self {
            Verb::Add => "add",
            Verb::Correct => "correct",
            Verb::Change => "change",
            Verb::End => "end",
            Verb::Withdraw => "withdraw",
        }
    }
    pub fn from_id(id: &str) -> Option<Verb> {
        [Verb::Add, Verb::Correct, Verb::Change, Verb::End, Verb::Withdraw].into_iter().find(|v| v.id() == id)
    }
    /// Must say since when.
    pub fn needs_day(self) -> bool {
        matches!(self, Verb::Change | Verb::End)
    }
    /// Must say on what it rests: what was held to be true is given up.
    pub fn needs_basis(self) -> bool {
        matches!(self, Verb::Correct | Verb::Withdraw)
    }
}

impl Part {
    pub fn field(&self, column: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.column == column)
    }
    /// Does a row of it last for a period?
    pub fn lasts(&self) -> bool {
        self.columns.contains(&"until_day") && self.verbs.contains(&Verb::End)
    }
    /// The fields that `verb` asks for: an end needs no more than its paper and reason, a withdrawal nothing of the row.
    pub fn fields_for(&self, verb: Verb) -> Vec<&'static Field> {
        let ending = |f: &&Field| f.column.starts_with("end_");
        let dated = |f: &&Field| f.column == "from_day" || f.column == "until_day";
        self.fields
            .iter()
            .filter(|f| match verb {
                Verb::Add | Verb::Correct => true,
                Verb::Change => !ending(f) && !dated(f),
                Verb::End => ending(f),
                Verb::Withdraw => false,
            })
            .collect()
    }
    /// `青云镇副镇长`: what names a row in a sentence.
    pub fn name_of(&self, values: &Values) -> String {
        self.named_by.iter().map(|c| reading::shown(values.get(c))).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

const fn field(column: &'static str, label: &'static str, control: Control) -> Field {
    let hint = match control {
        Control::Date => "如 1982-04 或 1982-04-17",
        _ => "",
    };
    Field { column, label, control, required: false, hint }
}
const fn needed(column: &'static str, label: &'static str, control: Control) -> Field {
    Field { required: true, ..field(column, label, control) }
}

fn text(values: &Values, column: &str) -> Option<String> {
    match values.get(column) {
        Some(Param::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}
fn number(values: &Values, column: &str) -> Option<i64> {
    match values.get(column) {
        Some(Param::Int(n)) => Some(*n),
        _ => None,
    }
}
fn date(values: &Values, column: &str) -> Option<vocabulary::Date> {
    text(values, column)?.parse().ok()
}
/// Gives `column` a value when it has none.
fn otherwise(values: &mut Values, column: &'static str, value: impl Into<Param>) {
    if matches!(values.get(column), None | Some(Param::Null)) {
        values.insert(column, value.into());
    }
}

/// What a record's own rules say against a row.
pub(crate) fn finding(weight: Weight, rule: &str, says: String, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight,
        says,
        citation: Citation { document: "干部人事档案工作条例".into(), article: None, item: None },
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }
}
