//! 星级: every organisation of the kinds that an institution rates, with its stars and the reasons for each that is gone.
//! Computed from the records each time; what is listed is decided by the meetings of the matter.

use crate::duty::{self, unit};
use crate::{Error, Result, case, matter};
use institution::stars::{Deduction, Stars, When};
use institution::{Fact, Subject};
use registry::{Desk, Organisation, organisation};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Day, Id, Truth};

/// Why stars are gone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    pub says: String,
    pub stars: i64,
    /// What was found: `缺 4 次`.
    pub saw: String,
    /// The rows.
    pub href: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Rated {
    pub unit: Id<Organisation>,
    pub name: String,
    pub path: String,
    pub stars: i64,
    pub reasons: Vec<Reason>,
    /// 建议: few stars, or needed for the share.
    pub suggested: bool,
    /// Its matter of the year, when it stands on the list already.
    pub listed: Option<i64>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Rating {
    pub title: String,
    /// The year of the list; the records are those of the year before.
    pub year: i64,
    pub most: i64,
    pub rated: Vec<Rated>,
    /// How many the share comes to, rounded up.
    pub target: usize,
    /// By number of stars, from the most down.
    pub counts: Vec<(i64, usize)>,
}

/// The list of `year` of an institution that rates.
pub fn rate(desk: &Desk, id: &str, year: i64) -> Result<Rating> {
    let stars = desk.book.institution(id).and_then(|i| i.stars.as_ref()).ok_or_else(|| Error::NotFound(format!("制度“{id}”的星级")))?;
    let units: Vec<organisation::Unit> = organisation::all(desk)?.into_iter().filter(|u| u.kind.as_deref().is_some_and(|k| stars.kinds.iter().any(|s| **s == *k))).collect();
    let places = Places::of(desk, &units)?;
    let mut reasons: BTreeMap<i64, Vec<Reason>> = BTreeMap::new();
    for line in &stars.deductions {
        for (unit, saw, href) in found(desk, line, year, &places)? {
            if places.units.contains(&unit) {
                reasons.entry(unit).or_default().push(Reason { says: line.says.to_string(), stars: line.stars, saw, href });
            }
        }
    }
    let listed: BTreeMap<i64, i64> = matter::list(desk, id, Some(year))?.into_iter().map(|b| (b.unit.number(), b.id.number())).collect();
    let mut rated: Vec<Rated> = units
        .into_iter()
        .map(|u| {
            let reasons = reasons.remove(&u.id.number()).unwrap_or_default();
            let left = stars.most - reasons.iter().map(|r| r.stars).sum::<i64>();
            Rated { listed: listed.get(&u.id.number()).copied(), unit: u.id, name: u.short_name, path: u.path, stars: left.max(0), reasons, suggested: false }
        })
        .collect();
    rated.sort_by(|a, b| (a.stars, std::cmp::Reverse(a.reasons.len()), &a.path).cmp(&(b.stars, std::cmp::Reverse(b.reasons.len()), &b.path)));
    let target = share(stars, rated.len());
    // Whoever has too few stars, and then the worst of the rest up to the share; nobody who has them all.
    for (n, r) in rated.iter_mut().enumerate() {
        r.suggested = r.stars < stars.list_below || (n < target && r.stars < stars.most);
    }
    let counts = (0..=stars.most).rev().map(|n| (n, rated.iter().filter(|r| r.stars == n).count())).collect();
    Ok(Rating { title: stars.title.to_string(), year, most: stars.most, rated, target, counts })
}

fn share(stars: &Stars, all: usize) -> usize {
    let (part, of) = stars.share;
    usize::try_from((all as i64 * part + of - 1) / of).unwrap_or(0)
}

/// The organisations that are rated, and the party organisations in them.
struct Places {
    units: BTreeSet<i64>,
    /// Number of the party organisation → number of the organisation.
    branches: BTreeMap<i64, i64>,
}

impl Places {
    fn of(desk: &Desk, units: &[organisation::Unit]) -> Result<Places> {
        let units: BTreeSet<i64> = units.iter().map(|u| u.id.number()).collect();
        let branches = registry::branch::all(desk)?.into_iter().map(|b| (b.id.number(), b.organisation.number())).filter(|(_, o)| units.contains(o)).collect();
        Ok(Places { units, branches })
    }
    /// The rated organisation that a unit of a subject stands for.
    fn organisation(&self, of: Subject, unit: i64) -> Option<i64> {
        match of {
            Subject::Organisation => Some(unit),
            Subject::Branch => self.branches.get(&unit).copied(),
            _ => None,
        }
    }
}

/// Whom one line takes stars from: the organisation, what was seen, and where the rows are.
fn found(desk: &Desk, line: &Deduction, year: i64, places: &Places) -> Result<Vec<(i64, String, String)>> {
    let year16 = i16::try_from(year).map_err(|_| Error::Wrong(format!("{year}年")))?;
    let day = |y: i16, m, d| Day::of(y, m, d).unwrap_or(desk.today);
    let (from, to) = (day(year16 - 1, 1, 1), day(year16 - 1, 12, 31));
    let mut out: BTreeMap<i64, (String, String)> = BTreeMap::new();
    match &line.when {
        When::Holds { of, condition } => {
            let mut read = Vec::new();
            condition.facts(&mut read);
            read.sort_unstable();
            read.dedup();
            let facts: Vec<&Fact> = read.into_iter().map(|f| &desk.book.dictionary.facts[f]).collect();
            let test = condition.prepare(desk.dictionary());
            for u in unit::select(desk, *of, &facts, "1 = 1", vec![])? {
                if let (Truth::True, Some(place)) = (test.evaluate(&u.facts), places.organisation(*of, u.number)) {
                    let saw = facts.iter().filter_map(|f| Some(format!("{} {}", f.name, u.facts.get(f.index)?))).collect::<Vec<_>>().join("，");
                    let page = if *of == Subject::Branch { "party" } else { "organisations" };
                    out.entry(place).or_insert((saw, format!("/{page}/{}", u.number)));
                }
            }
        }
        When::Lacking { duty, at_least } => {
            let d = duty::find(desk, duty)?;
            let mut lacking: BTreeMap<i64, i64> = BTreeMap::new();
            for o in duty::rows(desk, d, from, to, "lacking", None)? {
                if let Some(place) = places.organisation(d.of, o.unit) {
                    *lacking.entry(place).or_default() += 1;
                }
            }
            for (place, n) in lacking.into_iter().filter(|(_, n)| n >= at_least) {
                out.insert(place, (format!("缺 {n} 次"), format!("/duties/rows/{duty}?from={from}&until={to}&which=lacking&unit={place}")));
            }
        }
        When::Below { duty, field, below } => {
            let d = duty::find(desk, duty)?;
            let sql = format!(
                "select m.unit, m.data, o.occurrence from duty_marks m join duty_occurrences o on o.id = m.slot
                  where o.duty = $1 and m.kind = 'done' and m.on_day between $2 and $3 and {} order by m.on_day, m.id",
                desk.question_of_rows().known_filter("m")
            );
            let params = [(&**duty).into(), from.to_string().into(), day(year16, 12, 31).min(desk.day()).to_string().into()];
            // The latest answer counts.
            for row in desk.rows(&sql, &params)? {
                let fields: crate::Fields = serde_json::from_str(row.text(1)).unwrap_or_default();
                let Some(place) = places.organisation(d.of, row.int(0)) else { continue };
                out.remove(&place);
                if let Some(n) = fields.get(&**field).and_then(|t| t.trim().parse::<i64>().ok()).filter(|n| n < below) {
                    let label = d.field(field).map_or_else(String::new, |f| f.label.to_string());
                    out.insert(place, (format!("{label} {n}"), format!("/duties/{}/{}/{duty}?of={}", duty::subject_id(d.of), row.int(0), row.text(2))));
                }
            }
        }
        When::Cases { system, counted, at_least } => {
            let filter = case::Filter { system: Some(system.to_string()), from: Some(from), until: Some(to.next()), closed: true, counted: Some(counted.to_string()), ..case::Filter::default() };
            let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
            for l in case::lines(desk, &filter)? {
                *counts.entry(l.place.id).or_default() += 1;
            }
            for (place, n) in counts.into_iter().filter(|(_, n)| n >= at_least) {
                out.insert(place, (format!("{n} 件"), format!("/cases?system={system}&from={from}&until={}&counted={counted}&place={place}", to.next())));
            }
        }
        When::Matter { institution, step, field, is, years } => {
            let first = day(year16 - i16::try_from(*years).unwrap_or(1), 1, 1);
            let asked = matter::Asked { step: Some(step.to_string()), from: Some(first), until: Some(day(year16, 12, 31)), ..matter::Asked::default() };
            for row in matter::ledger(desk, institution, &asked)?.rows {
                let state = matter::state(desk, row.id)?;
                let value = state.steps.iter().find(|s| s.id == **step).and_then(|s| s.fields.iter().find(|f| f.id == **field));
                if let Some(v) = value.filter(|v| v.value == **is) {
                    out.insert(row.unit, (format!("{}：{}", v.label, v.value), matter::address(row.id)));
                }
            }
        }
    }
    Ok(out.into_iter().map(|(unit, (saw, href))| (unit, saw, href)).collect())
}
