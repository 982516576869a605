//! 机构: the tree of organisations, as of the desk's day.

use crate::desk::Happened;
use crate::{Desk, Error, Organisation, Result};
use institution::Subject;
use store::{Param, Row};
use vocabulary::{Date, Id};

/// One organisation on the day asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unit {
    pub id: Id<Organisation>,
    pub parent: Option<Id<Organisation>>,
    /// `/1/5/23/`, from the top down to itself.
    pub path: String,
    pub name: String,
    pub short_name: String,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub code: Option<String>,
    pub team_size: Option<i64>,
    pub order_no: i64,
    pub from_day: Date,
    pub until_day: Option<Date>,
}

/// A new organisation, or what an old one is to be called and be from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewUnit {
    pub parent: Option<Id<Organisation>>,
    pub name: String,
    pub short_name: String,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub code: Option<String>,
    pub team_size: Option<i64>,
    pub order_no: i64,
    pub from_day: Option<Date>,
}

const COLUMNS: &str = "d.organisation, d.parent, d.path, d.name, d.short_name, d.kind, d.level, d.code, d.team_size, d.order_no, d.from_day, d.until_day";

fn unit(row: &Row) -> Result<Unit> {
    let date = |at: usize, column| {
        row.opt_text(at).map(|t| {
            t.parse().map_err(|_| Error::Corrupt { table: "organisation_details", row: row.int(0), column, value: t.into() })
        })
    };
    Ok(Unit {
        id: Id::new(row.int(0)),
        parent: row.opt_int(1).map(Id::new),
        path: row.text(2).into(),
        name: row.text(3).into(),
        short_name: row.text(4).into(),
        kind: row.opt_string(5),
        level: row.opt_string(6),
        code: row.opt_string(7),
        team_size: row.opt_int(8),
        order_no: row.int(9),
        from_day: date(10, "from_day").transpose()?.ok_or_else(|| Error::NotFound("机构的设立时间".into()))?,
        until_day: date(11, "until_day").transpose()?,
    })
}

fn select(desk: &Desk, test: &str, mut params: Vec<Param>, order: &str) -> Result<Vec<Unit>> {
    let mut question = desk.question();
    question.params.append(&mut params);
    let visible = question.visible(Subject::Organisation, desk.actor);
    let sql = format!("select {COLUMNS} from {} where {test} and {visible} order by {order}", question.from(Subject::Organisation));
    desk.rows(&sql, &question.params)?.iter().map(unit).collect()
}

/// The organisation, if this desk may see it.
pub fn find(desk: &Desk, id: Id<Organisation>) -> Result<Unit> {
    select(desk, &format!("s.id = {id}"), vec![], "1")?.pop().ok_or_else(|| Error::NotFound("这个机构".into()))
}

/// Children of `parent` in order; without parent, the tops of what may be seen.
pub fn children(desk: &Desk, parent: Option<Id<Organisation>>) -> Result<Vec<Unit>> {
    let test = parent.map_or("d.parent is null".to_owned(), |p| format!("d.parent = {p}"));
    select(desk, &test, vec![], "d.order_no, s.id")
}

/// Every organisation that may be seen, in the order of the tree.
pub fn all(desk: &Desk) -> Result<Vec<Unit>> {
    select(desk, "1 = 1", vec![], "d.order_no, s.id")
}

/// From the top down to `unit`.
pub fn above(desk: &Desk, unit: &Unit) -> Result<Vec<Unit>> {
    let numbers: Vec<&str> = unit.path.split('/').filter(|p| !p.is_empty()).collect();
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let mut chain = select(desk, &format!("s.id in ({})", numbers.join(", ")), vec![], "1")?;
    chain.sort_by_key(|u| u.path.len());
    Ok(chain)
}

/// By its exact name or short name.
pub fn named(desk: &Desk, name: &str) -> Result<Option<Unit>> {
    let test = "(d.name = $1 or d.short_name = $1)";
    Ok(select(desk, test, vec![name.into()], "length(d.path), d.order_no")?.into_iter().next())
}

pub fn search(desk: &Desk, words: &str, most: usize) -> Result<Vec<Unit>> {
    let order = format!("length(d.name), d.order_no limit {most}");
    select(desk, "(replace(d.name, $1, '') <> d.name or replace(d.short_name, $1, '') <> d.short_name)", vec![words.into()], &order)
}

/// 设立机构.
pub fn add(desk: &mut Desk, new: NewUnit) -> Result<Id<Organisation>> {
    let entry = desk.record(Happened { act: "organisation.add", subject: "organisation", number: None, says: format!("设立{}", new.name) })?;
    add_under(desk, new, entry)
}

/// The same inside another operation whose journal entry is `entry`.
pub fn add_under(desk: &mut Desk, new: NewUnit, entry: i64) -> Result<Id<Organisation>> {
    let above = match new.parent {
        Some(parent) => find(desk, parent)?.path,
        None => "/".into(),
    };
    let id = desk.insert("organisations", &["entered"], &[entry.into()])?;
    details(desk, id, &format!("{above}{id}/"), &new, entry, None)?;
    Ok(Id::new(id))
}

fn details(desk: &mut Desk, id: i64, path: &str, new: &NewUnit, entry: i64, corrects: Option<i64>) -> Result<()> {
    let from = new.from_day.map_or_else(|| desk.today.to_string(), |d| d.to_string());
    let short = if new.short_name.is_empty() { &new.name } else { &new.short_name };
    desk.insert(
        "organisation_details",
        &["organisation", "parent", "path", "name", "short_name", "kind", "level", "code", "team_size", "order_no", "from_day", "corrects", "entered"],
        &[
            id.into(),
            new.parent.map(|p| p.number()).into(),
            path.into(),
            (&new.name).into(),
            short.into(),
            new.kind.as_deref().into(),
            new.level.as_deref().into(),
            new.code.as_deref().into(),
            new.team_size.into(),
            new.order_no.into(),
            from.into(),
            corrects.into(),
            entry.into(),
        ],
    )?;
    Ok(())
}
