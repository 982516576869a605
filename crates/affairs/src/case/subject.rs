//! 被反映人: who is named in a report, so that neither they nor their line handle it or learn who reported.

use super::unit::Unit;
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

/// What people write where nobody is meant.
const NOBODY: [&str; 7] = ["无", "没有", "不知道", "不清楚", "不详", "没", "空"];

/// Who must not handle a report at `place`: everybody and every organisation that stands in what the reporter said about
/// whom; where those words match nobody on record, the place itself, so that the level above opens it and reads them; and
/// whoever of the place's line stands in the text.
pub(super) fn of_report(desk: &Desk, place: &Unit, named: &str, words: &str) -> Result<Vec<NewSubject>> {
    let named = named.trim().trim_end_matches(['。', '.', '，']);
    let named = if NOBODY.contains(&named) { "" } else { named };
    let told = told(desk, named)?;
    let mut units = told_units(desk, &place.path, named)?;
    if units.is_empty() && told.is_empty() && !named.is_empty() {
        units.push(place.id.number());
    }
    let found = found(desk, &place.path, words)?;
    let persons = told.iter().map(|p| NewSubject { person: Some(*p), organisation: None, told: true });
    let organisations = units.into_iter().map(|o| NewSubject { person: None, organisation: Some(o), told: true });
    let others = found.into_iter().filter(|p| !told.contains(p)).map(|p| NewSubject { person: Some(p), organisation: None, told: false });
    Ok(persons.chain(organisations).chain(others).collect())
}

/// Organisations whose name stands in the words; of names within names the longer. Those of the same town also by the name
/// that people there use, `滨河社区` for `青云镇滨河社区`.
fn told_units(desk: &Desk, path: &str, words: &str) -> Result<Vec<i64>> {
    if words.is_empty() {
        return Ok(vec![]);
    }
    let above = path.trim_end_matches('/').rsplit_once('/').map_or_else(|| "/".to_owned(), |(above, _)| format!("{above}/"));
    let rows = desk.rows(
        "select d.organisation, d.name, d.short_name, d.path, coalesce(p.short_name, '') from organisation_details d
           left join organisation_details p on p.organisation = d.parent and p.superseded is null and p.until_day is null
          where d.superseded is null and d.until_day is null",
        &[],
    )?;
    let mut found: Vec<(i64, String)> = Vec::new();
    for row in &rows {
        let local = row.text(2).strip_prefix(row.text(4)).filter(|_| row.text(3).starts_with(&above)).unwrap_or("");
        let names = [row.text(1), row.text(2), local].into_iter().filter(|n| n.chars().count() > 2 && words.contains(n));
        if let Some(longest) = names.max_by_key(|n| n.len()) {
            found.push((row.int(0), longest.to_owned()));
        }
    }
    let longer = |name: &str| found.iter().any(|(_, other)| other.len() > name.len() && other.contains(name));
    Ok(found.iter().filter(|(_, name)| !longer(name)).map(|(id, _)| *id).collect())
}

/// The reporter's own words of whom it is about; empty when nobody was named.
pub fn words(desk: &Desk, case: Id<Case>) -> Result<String> {
    Ok(desk.one("select named from cases where id = $1", &[case.number().into()])?.text(0).to_owned())
}

/// Everybody of a name that stands in what the reporter said about whom: too many are kept away rather than too few.
fn told(desk: &Desk, words: &str) -> Result<Vec<i64>> {
    if words.trim().is_empty() {
        return Ok(vec![]);
    }
    let sql = "select person from person_details where superseded is null and length(name) > 1 and replace($1, name, '') <> $1";
    Ok(desk.rows(sql, &[words.into()])?.iter().map(|r| r.int(0)).collect())
}

/// Holders of posts in the place and above it whose name stands in the text.
fn found(desk: &Desk, path: &str, words: &str) -> Result<Vec<i64>> {
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
