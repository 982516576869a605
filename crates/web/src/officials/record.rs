//! 一个人的全部记录: what the person's page, the person's own page and its history read, in one look.

use registry::dated::{self, Noun, Stored};
use registry::rows::{Appraisal, Award, Details, Education, FormText, Qualification, RankHeld, Relative, ResumeLine, Sanction, Tenure, Training};
use registry::{Desk, Person, Result, origin, person};
use serde::Serialize;
use std::collections::BTreeMap;
use vocabulary::{Date, Day, Id, Value};

/// Rows of one noun: what we hold to be true, and what we held before.
pub struct Rows<T> {
    pub now: Vec<Stored<T>>,
    /// Corrected or withdrawn; a row that only got its end is not among them.
    pub before: Vec<Stored<T>>,
}

impl<T: Noun + Clone> Rows<T> {
    /// Rows that had begun on the desk's day. `same`: the one only took the other's place with its end.
    fn of(desk: &Desk, id: Id<Person>, began: impl Fn(&T) -> Option<Date>, same: impl Fn(&T, &T) -> bool) -> Result<Rows<T>> {
        let known = desk.known().unwrap_or(i64::MAX);
        let mut all = dated::history::<T>(desk, id)?;
        all.retain(|r| began(&r.row).is_none_or(|from| from.earliest() <= desk.day()));
        let (now, before): (Vec<_>, Vec<_>) =
            all.into_iter().filter(|r| r.entered <= known).partition(|r| r.superseded.is_none_or(|s| s > known));
        let before = before.into_iter().filter(|old| !now.iter().any(|new| same(&old.row, &new.row))).collect();
        Ok(Rows { now, before })
    }
    fn entered(&self, into: &mut Vec<i64>) {
        into.extend(self.now.iter().chain(&self.before).map(|r| r.entered));
        into.extend(self.before.iter().filter_map(|r| r.superseded));
    }
}

pub struct Record {
    pub id: Id<Person>,
    pub details: Stored<Details>,
    /// Every version of the basic information, oldest first.
    pub versions: Vec<Stored<Details>>,
    pub tenures: Rows<Tenure>,
    pub ranks: Rows<RankHeld>,
    pub educations: Rows<Education>,
    pub qualifications: Rows<Qualification>,
    pub appraisals: Rows<Appraisal>,
    pub awards: Rows<Award>,
    pub sanctions: Rows<Sanction>,
    pub trainings: Rows<Training>,
    pub relatives: Rows<Relative>,
    pub resume: Vec<Stored<ResumeLine>>,
    /// What a file brought beside all this, by the name of its column.
    pub kept: Rows<FormText>,
    facts: BTreeMap<&'static str, Value>,
    origins: BTreeMap<i64, origin::Origin>,
}

/// Facts that the page shows and the rows alone do not tell.
const FACTS: &[&str] = &[
    "age", "post", "post.since", "organisation", "organisation.ref", "level", "level.since", "rank", "rank.since", "party", "party.joined", "photo",
    "work_years", "education.full_time", "education.in_service", "qualification", "training.hours_year", "retirement.day", "probation.until",
    "term.until", "sanction.open", "sanction.until", "reserve", "reserve.since", "special_post",
];

impl Record {
    /// Not found when the desk may not see this person.
    pub fn of(desk: &Desk, id: Id<Person>) -> Result<Record> {
        let details = person::find(desk, id)?;
        let known = desk.known().unwrap_or(i64::MAX);
        let mut versions = dated::history::<Details>(desk, id)?;
        versions.retain(|v| v.entered <= known);
        let facts = registry::facts::about::about_one(desk, institution::Subject::Official, id.number(), FACTS)?;
        let facts = facts.map(|row| FACTS.iter().copied().zip(row.values).filter_map(|(id, v)| Some((id, v?))).collect()).unwrap_or_default();
        let mut record = Record {
            id,
            details,
            versions,
            tenures: Rows::of(desk, id, |t: &Tenure| Some(t.from_day), |a: &Tenure, b: &Tenure| a.title == b.title && a.from_day == b.from_day)?,
            ranks: Rows::of(desk, id, |r: &RankHeld| Some(r.from_day), |a: &RankHeld, b: &RankHeld| a.rank == b.rank && a.from_day == b.from_day)?,
            educations: Rows::of(desk, id, |e: &Education| e.from_day, |a: &Education, b: &Education| a == b)?,
            qualifications: Rows::of(desk, id, |q: &Qualification| q.from_day, |a: &Qualification, b: &Qualification| a.name == b.name && a.from_day == b.from_day)?,
            appraisals: Rows::of(desk, id, |a: &Appraisal| Some(a.from_day), |a: &Appraisal, b: &Appraisal| a == b)?,
            awards: Rows::of(desk, id, |a: &Award| a.from_day, |a: &Award, b: &Award| a == b)?,
            sanctions: Rows::of(desk, id, |s: &Sanction| Some(s.from_day), |a: &Sanction, b: &Sanction| a == b)?,
            trainings: Rows::of(desk, id, |t: &Training| Some(t.from_day), |a: &Training, b: &Training| a == b)?,
            relatives: Rows::of(desk, id, |_| None, |a: &Relative, b: &Relative| a == b)?,
            resume: dated::of(desk, id)?,
            kept: Rows::of(desk, id, |_| None, |a: &FormText, b: &FormText| a == b)?,
            facts,
            origins: BTreeMap::new(),
        };
        record.hide_what_came_later(desk.day());
        for texts in [&mut record.kept.now, &mut record.kept.before] {
            texts.retain(|t| intake::kept_label(&t.row.field).is_some());
        }
        record.origins = origin::of(desk, &record.entered())?;
        Ok(record)
    }

    /// On the day asked, an end that came later was still to come.
    fn hide_what_came_later(&mut self, day: Day) {
        let later = |until: &mut Option<Date>| *until = until.filter(|u| u.earliest() <= day);
        self.tenures.now.iter_mut().for_each(|t| later(&mut t.row.until_day));
        self.ranks.now.iter_mut().for_each(|r| later(&mut r.row.until_day));
        self.resume.retain(|l| l.row.from_day.is_none_or(|from| from.earliest() <= day));
        self.resume.iter_mut().for_each(|l| later(&mut l.row.until_day));
    }

    fn entered(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.versions.iter().flat_map(|v| [Some(v.entered), v.superseded]).flatten().collect();
        self.tenures.entered(&mut all);
        self.ranks.entered(&mut all);
        self.educations.entered(&mut all);
        self.qualifications.entered(&mut all);
        self.appraisals.entered(&mut all);
        self.awards.entered(&mut all);
        self.sanctions.entered(&mut all);
        self.trainings.entered(&mut all);
        self.relatives.entered(&mut all);
        self.kept.entered(&mut all);
        all
    }

    pub fn fact(&self, id: &str) -> Option<&Value> {
        self.facts.get(id)
    }
    pub fn text(&self, id: &str) -> Option<String> {
        self.fact(id).map(Value::to_string)
    }
    pub fn date(&self, id: &str) -> Option<Date> {
        if let Some(Value::Date(date)) = self.fact(id) { Some(*date) } else { None }
    }
    pub fn yes(&self, id: &str) -> bool {
        self.fact(id) == Some(&Value::Yes(true))
    }

    /// `2026-11-22 由“张三.lrmx”导入`
    pub fn origin(&self, entered: i64) -> String {
        self.origins.get(&entered).map(|o| o.says.clone()).unwrap_or_default()
    }
    /// Every origin of what the record says, the latest first.
    pub fn origins(&self) -> Vec<String> {
        let mut all: Vec<String> = self.origins.values().map(|o| o.says.clone()).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.dedup();
        all
    }
    /// The day on which journal number `entered` was written.
    pub fn learned(&self, entered: i64) -> String {
        self.origins.get(&entered).map(|o| o.day.clone()).unwrap_or_default()
    }

    /// The versions of one column, oldest first, each with the journal number that brought it; a run of equal values is one.
    pub fn runs(&self, column: &str) -> Vec<Run> {
        let Some(at) = Details::COLUMNS.iter().position(|c| *c == column) else { return vec![] };
        let mut out: Vec<Run> = Vec::new();
        for version in &self.versions {
            let value = shown(&version.row.params()[at]);
            match out.last_mut() {
                Some(last) if last.value == value => last.until = version.superseded,
                _ => out.push(Run { value, entered: version.entered, until: version.superseded }),
            }
        }
        out
    }

    /// Where the value that `column` has now was first said.
    pub fn column_origin(&self, column: &str) -> String {
        self.runs(column).last().map(|run| self.origin(run.entered)).unwrap_or_default()
    }
}

/// One value of a field over the time in which we held it to be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub value: String,
    pub entered: i64,
    /// Journal number that replaced it.
    pub until: Option<i64>,
}

fn shown(param: &store::Param) -> String {
    match param {
        store::Param::Null => String::new(),
        store::Param::Int(n) => n.to_string(),
        store::Param::Text(text) => text.to_string(),
        store::Param::Bytes(_) => String::new(),
    }
}
