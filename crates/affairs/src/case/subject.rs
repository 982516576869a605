//! 被反映人: who is named in a report, so that neither they nor their line handle it or learn who reported.

use crate::{Case, Result};
use registry::{Desk, Organisation, Person};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Subject {
    pub person: Option<Id<Person>>,
    pub organisation: Option<Id<Organisation>>,
    pub name: String,
    /// Named as the subject; otherwise only found in the text.
    pub told: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct NewSubject {
    pub person: Option<i64>,
    pub organisation: Option<i64>,
    pub told: bool,
}

/// Notes who is named, inside an operation whose journal entry is `entry`. Naming once more changes nothing.
pub fn name(desk: &mut Desk, case: Id<Case>, subject: NewSubject, entry: i64) -> Result<()> {
    let known = desk.first(
        "select 1 from case_subjects where case_id = $1 and coalesce(person, 0) = $2 and coalesce(organisation, 0) = $3 and told >= $4",
        &[case.number().into(), subject.person.unwrap_or(0).into(), subject.organisation.unwrap_or(0).into(), subject.told.into()],
    )?;
    if known.is_none() {
        let values = [case.number().into(), subject.person.into(), subject.organisation.into(), subject.told.into(), entry.into()];
        desk.insert("case_subjects", &["case_id", "person", "organisation", "told", "entered"], &values)?;
    }
    Ok(())
}

pub fn subjects(desk: &Desk, case: Id<Case>) -> Result<Vec<Subject>> {
    let rows = desk.rows(
        "select s.person, s.organisation, s.told, coalesce(p.name, o.short_name, '')
           from case_subjects s
           left join person_details p on p.person = s.person and p.superseded is null
           left join organisation_details o on o.organisation = s.organisation and o.superseded is null and o.until_day is null
          where s.case_id = $1 order by s.told desc, s.id",
        &[case.number().into()],
    )?;
    Ok(rows
        .iter()
        .map(|r| Subject { person: r.opt_int(0).map(Id::new), organisation: r.opt_int(1).map(Id::new), name: r.text(3).into(), told: r.yes(2) })
        .collect())
}

/// Everybody of a name that stands in what the reporter said about whom: too many are kept away rather than too few.
pub(super) fn told(desk: &Desk, words: &str) -> Result<Vec<i64>> {
    if words.trim().is_empty() {
        return Ok(vec![]);
    }
    let sql = "select person from person_details where superseded is null and length(name) > 1 and replace($1, name, '') <> $1";
    Ok(desk.rows(sql, &[words.into()])?.iter().map(|r| r.int(0)).collect())
}

/// Holders of posts in the place and above it whose name stands in the text.
pub(super) fn found(desk: &Desk, path: &str, words: &str) -> Result<Vec<i64>> {
    let numbers: Vec<&str> = path.split('/').filter(|n| !n.is_empty()).collect();
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select distinct t.person, p.name from tenures t
           join person_details p on p.person = t.person and p.superseded is null
          where t.superseded is null and t.until_day is null and t.organisation in ({})",
        numbers.join(", ")
    );
    let named = |row: &store::Row| row.text(1).chars().count() > 1 && words.contains(row.text(1));
    Ok(desk.rows(&sql, &[])?.iter().filter(|r| named(r)).map(|r| r.int(0)).collect())
}

/// Paths of every organisation that a named person serves in, and of every organisation named.
pub(super) fn lines(desk: &Desk, case: Id<Case>) -> Result<Vec<String>> {
    let sql = "select o.path from case_subjects s
           left join tenures t on t.person = s.person and t.superseded is null and t.until_day is null
           join organisation_details o on o.organisation = coalesce(s.organisation, t.organisation) and o.superseded is null
          where s.case_id = $1";
    Ok(desk.rows(sql, &[case.number().into()])?.iter().map(|r| r.text(0).to_owned()).collect())
}
