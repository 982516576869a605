//! 一条记载: a row of any part, by its columns.

use super::{Part, Values, Whose};
use crate::{Desk, Error, Person, Result};
use store::{Param, Row};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub id: i64,
    pub corrects: Option<i64>,
    /// Journal number since when we hold it to be true, and until when.
    pub entered: i64,
    pub superseded: Option<i64>,
    pub values: Values,
}

fn select(part: &Part) -> String {
    let corrects = if part.corrects { "t.corrects" } else { "null" };
    let columns: Vec<String> = part.columns.iter().map(|c| format!("t.{c}")).collect();
    format!("select t.id, {corrects}, t.entered, t.superseded, {} from {} t", columns.join(", "), part.table)
}

fn held(part: &Part, row: &Row) -> Held {
    let value = |(at, column): (usize, &&'static str)| (*column, row.param(at + 4).clone());
    Held {
        id: row.int(0),
        corrects: row.opt_int(1),
        entered: row.int(2),
        superseded: row.opt_int(3),
        values: part.columns.iter().enumerate().map(value).collect(),
    }
}

fn rows(desk: &Desk, part: &Part, whose: Whose, test: &str) -> Result<Vec<Held>> {
    let sql = format!("{} where t.{} = $1 and {test} order by {}", select(part), whose.of.subject(), part.order);
    Ok(desk.rows(&sql, &[whose.number.into()])?.iter().map(|row| held(part, row)).collect())
}

/// What we hold to be true now, past and present.
pub fn of(desk: &Desk, part: &Part, whose: Whose) -> Result<Vec<Held>> {
    rows(desk, part, whose, "t.superseded is null")
}

/// What was corrected or withdrawn as well.
pub fn history(desk: &Desk, part: &Part, whose: Whose) -> Result<Vec<Held>> {
    rows(desk, part, whose, "1 = 1")
}

/// One row, also when it is held no more.
pub fn find(desk: &Desk, part: &Part, whose: Whose, id: i64) -> Result<Held> {
    rows(desk, part, whose, &format!("t.id = {id}"))?.pop().ok_or_else(|| Error::NotFound(format!("这条{}记载", part.title)))
}

/// Rows of this subject that journal entry `entry` brought, and those that it took away.
pub fn of_entry(desk: &Desk, part: &Part, whose: Whose, entry: i64) -> Result<(Vec<Held>, Vec<Held>)> {
    let all = rows(desk, part, whose, &format!("(t.entered = {entry} or t.superseded = {entry})"))?;
    Ok(all.into_iter().partition(|r| r.entered == entry))
}

/// What took the place of `row`, and of that, up to what is held now; none when it was withdrawn.
pub fn successor(desk: &Desk, part: &Part, whose: Whose, row: &Held) -> Result<Option<Held>> {
    let all = history(desk, part, whose)?;
    let mut now = row.clone();
    while let Some(gone) = now.superseded {
        // A table that does not say which row a row corrects: what came with the same entry and the same name.
        let fits = |r: &&Held| if part.corrects { r.corrects == Some(now.id) } else { r.entered == gone && part.name_of(&r.values) == part.name_of(&now.values) };
        match all.iter().find(fits) {
            Some(next) => now = next.clone(),
            None => return Ok(None),
        }
    }
    Ok(Some(now))
}

pub(crate) fn insert(desk: &mut Desk, part: &Part, whose: Whose, values: &Values, entry: i64, corrects: Option<i64>) -> Result<i64> {
    let (mut columns, mut params) = (vec![whose.of.subject()], vec![Param::from(whose.number)]);
    for column in part.columns {
        columns.push(column);
        params.push(values.get(column).cloned().unwrap_or(Param::Null));
    }
    if part.corrects {
        columns.push("corrects");
        params.push(corrects.into());
    }
    columns.push("entered");
    params.push(entry.into());
    desk.insert(part.table, &columns, &params)
}

/// We no longer hold the row to be true. Refuses when somebody was faster.
pub(crate) fn supersede(desk: &mut Desk, part: &Part, whose: Whose, id: i64, entry: i64) -> Result<()> {
    let sql = format!("update {} set superseded = $1 where id = $2 and {} = $3 and superseded is null", part.table, whose.of.subject());
    if desk.execute(&sql, &[entry.into(), id.into(), whose.number.into()])? != 1 {
        return Err(Error::Changed(format!("这条{}记载", part.title)));
    }
    Ok(())
}

/// People whose kept answers hang on this subject are asked anew before the commit.
pub(crate) fn touch(desk: &Desk, whose: Whose) -> Result<()> {
    let sql = match whose.of {
        super::Of::Person => {
            desk.touch(Id::<Person>::new(whose.number));
            return Ok(());
        }
        super::Of::Post => format!("select distinct person from tenures where post = {} and superseded is null", whose.number),
        super::Of::Organisation => {
            let below = format!("select d.organisation from organisation_details d where d.superseded is null and replace(d.path, '/{}/', '') <> d.path", whose.number);
            format!("select person from tenures where superseded is null and organisation in ({below}) union select person from person_details where superseded is null and unit in ({below})")
        }
    };
    for row in desk.rows(&sql, &[])? {
        desk.touch(Id::<Person>::new(row.int(0)));
    }
    Ok(())
}
