//! 双向评价 of a year or any other days: what was said in the half-years that lie in them, for reports.

use super::line::names;
use super::mutual::half_year;
use super::{Rated, sight, system};
use crate::Result;
use registry::Desk;
use std::collections::BTreeMap;
use std::sync::Arc;
use vocabulary::Day;

/// One thing that was said of an organisation; who said it is not told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    /// `2026H2`
    pub period: String,
    pub unit: i64,
    pub name: String,
    pub word: String,
}

/// The words of a system's ratings, in its order.
pub fn words_of<'a>(desk: &Desk<'a, '_>, id: &str) -> Result<&'a [Arc<str>]> {
    Ok(&system(desk, id)?.1.ratings)
}

/// Everything that was said in the half-years that have a day in `[from, last]`, by half-year and organisation.
pub fn said_between(desk: &Desk, id: &str, from: Day, last: Day) -> Result<Vec<Said>> {
    let words = words_of(desk, id)?;
    let sight = sight(desk)?;
    let names = names(desk)?;
    let ((first, ..), (end, ..)) = (half_year(from), half_year(last));
    let known = desk.question_of_rows().known_filter("r");
    // As it was said by the desk's day.
    let sql = format!("select r.period, r.rated, r.word from mutual_ratings r where r.period >= $1 and r.period <= $2 and substr(r.at, 1, 10) <= $3 and {known} order by r.period, r.rated, r.id");
    let rows = desk.rows(&sql, &[first.into(), end.into(), desk.day().to_string().into()])?;
    let mine = |unit: i64| sight.whole || sight.unit == Some(unit);
    let said = rows.iter().filter(|r| mine(r.int(1)) && words.iter().any(|w| **w == *r.text(2))).map(|r| Said {
        period: r.text(0).into(),
        unit: r.int(1),
        name: names.get(&r.int(1)).map_or_else(String::new, |(n, _)| n.clone()),
        word: r.text(2).into(),
    });
    Ok(said.collect())
}

/// The same counted, by organisation.
pub fn rated_between(desk: &Desk, id: &str, from: Day, last: Day) -> Result<Vec<Rated>> {
    let words = words_of(desk, id)?;
    let mut by: BTreeMap<i64, Rated> = BTreeMap::new();
    for said in said_between(desk, id, from, last)? {
        let one = by.entry(said.unit).or_insert_with(|| Rated { id: said.unit, name: said.name, counts: vec![0; words.len()] });
        if let Some(at) = words.iter().position(|w| **w == *said.word) {
            one.counts[at] += 1;
        }
    }
    Ok(by.into_values().collect())
}
