//! 在册: what is on record of the people of one batch, one statement a noun.

use crate::Result;
use crate::wanted::Wanted;
use registry::dated::{self, Noun, Stored};
use registry::rows::{
    Appraisal, Award, Details, Education, FormText, Membership, PoolEntry, Qualification, RankHeld, Relative, ResumeLine, Sanction, Tenure,
};
use registry::Desk;
use std::collections::HashMap;

/// One person's rows as we hold them now. Nouns that no record of the batch mentions are not read.
pub(crate) struct Held {
    pub details: Stored<Details>,
    pub tenures: Vec<Stored<Tenure>>,
    pub resume: Vec<Stored<ResumeLine>>,
    pub ranks: Vec<Stored<RankHeld>>,
    pub memberships: Vec<Stored<Membership>>,
    pub educations: Vec<Stored<Education>>,
    pub qualifications: Vec<Stored<Qualification>>,
    pub appraisals: Vec<Stored<Appraisal>>,
    pub awards: Vec<Stored<Award>>,
    pub sanctions: Vec<Stored<Sanction>>,
    pub relatives: Vec<Stored<Relative>>,
    pub pools: Vec<Stored<PoolEntry>>,
    pub texts: Vec<Stored<FormText>>,
    /// Row and checksum.
    pub photo: Option<(i64, String)>,
}

pub(crate) fn load(desk: &Desk, people: &[i64], wanted: &[&Wanted]) -> Result<HashMap<i64, Held>> {
    let mut held: HashMap<i64, Held> = HashMap::with_capacity(people.len());
    for details in dated::of_many::<Details>(desk, people)? {
        held.insert(details.person.number(), Held::new(details));
    }
    let any = |mentioned: fn(&Wanted) -> bool| wanted.iter().any(|w| mentioned(w));
    // Tenures also say of which unit somebody is.
    spread::<Tenure>(desk, people, &mut held, |h| &mut h.tenures)?;
    if any(|w| w.resume.is_some()) {
        spread::<ResumeLine>(desk, people, &mut held, |h| &mut h.resume)?;
    }
    if any(|w| !w.ranks.is_empty() || !w.undated_ranks.is_empty()) {
        spread::<RankHeld>(desk, people, &mut held, |h| &mut h.ranks)?;
    }
    if any(|w| !w.memberships.is_empty()) {
        spread::<Membership>(desk, people, &mut held, |h| &mut h.memberships)?;
    }
    if any(|w| !w.educations.is_empty()) {
        spread::<Education>(desk, people, &mut held, |h| &mut h.educations)?;
    }
    if any(|w| !w.qualifications.is_empty()) {
        spread::<Qualification>(desk, people, &mut held, |h| &mut h.qualifications)?;
    }
    if any(|w| !w.appraisals.is_empty()) {
        spread::<Appraisal>(desk, people, &mut held, |h| &mut h.appraisals)?;
    }
    if any(|w| !w.awards.is_empty()) {
        spread::<Award>(desk, people, &mut held, |h| &mut h.awards)?;
    }
    if any(|w| !w.sanctions.is_empty()) {
        spread::<Sanction>(desk, people, &mut held, |h| &mut h.sanctions)?;
    }
    if any(|w| !w.relatives.is_empty()) {
        spread::<Relative>(desk, people, &mut held, |h| &mut h.relatives)?;
    }
    if any(|w| !w.pools.is_empty() || !w.undated_ranks.is_empty()) {
        spread::<PoolEntry>(desk, people, &mut held, |h| &mut h.pools)?;
    }
    if any(|w| !w.texts.is_empty()) {
        spread::<FormText>(desk, people, &mut held, |h| &mut h.texts)?;
    }
    if any(|w| w.photo.is_some()) {
        photos(desk, people, &mut held)?;
    }
    Ok(held)
}

fn spread<T: Noun>(desk: &Desk, people: &[i64], held: &mut HashMap<i64, Held>, of: fn(&mut Held) -> &mut Vec<Stored<T>>) -> Result<()> {
    for row in dated::of_many::<T>(desk, people)? {
        if let Some(person) = held.get_mut(&row.person.number()) {
            of(person).push(row);
        }
    }
    Ok(())
}

fn photos(desk: &Desk, people: &[i64], held: &mut HashMap<i64, Held>) -> Result<()> {
    for chunk in people.chunks(500) {
        let sql = format!("select id, person, checksum from photos where superseded is null and person in ({})", list(chunk));
        for row in desk.rows(&sql, &[])? {
            if let Some(person) = held.get_mut(&row.int(1)) {
                person.photo = Some((row.int(0), row.text(2).to_owned()));
            }
        }
    }
    Ok(())
}

/// Numbers for an `in (…)`.
pub(crate) fn list(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(", ")
}

/// Tables whose rows say that a person's record has changed.
const TABLES: [&str; 14] = [
    "person_details", "photos", "tenures", "resume_lines", "ranks", "memberships", "educations", "qualifications", "appraisals", "awards",
    "sanctions", "relatives", "pools", "form_texts",
];

/// Those of `people` whose rows somebody changed after journal number `since`.
pub(crate) fn changed_since(desk: &Desk, people: &[i64], since: i64) -> Result<Vec<i64>> {
    let mut changed = Vec::new();
    for chunk in people.chunks(500) {
        let list = list(chunk);
        let of = |table: &&str| format!("select person from {table} where person in ({list}) and (entered > {since} or superseded > {since})");
        let sql = TABLES.iter().map(of).collect::<Vec<_>>().join(" union ");
        changed.extend(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)));
    }
    Ok(changed)
}

impl Held {
    fn new(details: Stored<Details>) -> Held {
        Held {
            details,
            tenures: vec![],
            resume: vec![],
            ranks: vec![],
            memberships: vec![],
            educations: vec![],
            qualifications: vec![],
            appraisals: vec![],
            awards: vec![],
            sanctions: vec![],
            relatives: vec![],
            pools: vec![],
            texts: vec![],
            photo: None,
        }
    }

    /// Tenures that last, first the main one.
    pub fn open_tenures(&self) -> Vec<&Tenure> {
        open(&self.tenures)
    }
}

pub(crate) fn open(tenures: &[Stored<Tenure>]) -> Vec<&Tenure> {
    let mut open: Vec<&Tenure> = tenures.iter().map(|t| &t.row).filter(|t| t.until_day.is_none() && t.kind == "任职").collect();
    open.sort_by_key(|t| (!t.main, t.order_no));
    open
}
