//! 单位: organisations as cases need them. Whom one may call is not a question of whose people one sees, so these look-ups
//! ask for names only and for every organisation.

use crate::{Error, Result};
use registry::{Desk, Organisation};
use store::Row;
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    pub id: Id<Organisation>,
    pub parent: Option<Id<Organisation>>,
    pub path: String,
    pub name: String,
    pub kind: String,
    /// No longer there.
    pub ended: bool,
}

const SELECT: &str = "select d.organisation, d.parent, d.path, d.short_name, d.kind, d.until_day from organisation_details d where d.superseded is null";

fn read(row: &Row) -> Unit {
    Unit {
        id: Id::new(row.int(0)),
        parent: row.opt_int(1).map(Id::new),
        path: row.text(2).into(),
        name: row.text(3).into(),
        kind: row.text(4).into(),
        ended: row.opt_text(5).is_some(),
    }
}

/// As it is now, or as it was last.
pub fn find(desk: &Desk, id: Id<Organisation>) -> Result<Unit> {
    let sql = format!("{SELECT} and d.organisation = $1 order by d.until_day is not null, d.from_day desc limit 1");
    let row = desk.first(&sql, &[id.number().into()])?;
    row.as_ref().map(read).ok_or_else(|| Error::NotFound("这个机构".into()))
}

/// By its name, short or full.
pub fn named(desk: &Desk, name: &str) -> Result<Option<Unit>> {
    let sql = format!("{SELECT} and d.until_day is null and (d.short_name = $1 or d.name = $1) order by length(d.path), d.order_no limit 1");
    Ok(desk.first(&sql, &[name.into()])?.as_ref().map(read))
}

/// By the name that it had when it ended.
pub fn once_named(desk: &Desk, name: &str) -> Result<Option<Unit>> {
    let sql = format!("{SELECT} and d.until_day is not null and (d.short_name = $1 or d.name = $1) order by d.until_day desc limit 1");
    Ok(desk.first(&sql, &[name.into()])?.as_ref().map(read))
}

/// Organisations whose name has these words in it, the shortest first; `kinds` empty is every kind.
pub fn search(desk: &Desk, words: &str, kinds: &[&str], most: usize) -> Result<Vec<Unit>> {
    let kinds = if kinds.is_empty() { String::new() } else { format!("and d.kind in ({})", quoted(kinds)) };
    let sql = format!(
        "{SELECT} and d.until_day is null {kinds} and (replace(d.name, $1, '') <> d.name or replace(d.short_name, $1, '') <> d.short_name)
          order by length(d.short_name), d.order_no limit {most}"
    );
    Ok(desk.rows(&sql, &[words.into()])?.iter().map(read).collect())
}

/// Where a resident can say that it is: every organisation of the lowest level, in the order of the tree.
pub fn places(desk: &Desk, kinds: &[&str], below: Option<&str>) -> Result<Vec<Unit>> {
    let sql = format!("{SELECT} and d.until_day is null and d.kind in ({}) and d.path like $1 order by d.order_no", quoted(kinds));
    Ok(desk.rows(&sql, &[format!("{}%", below.unwrap_or("/")).into()])?.iter().map(read).collect())
}

/// Kinds are words of an institution file; a quote in one would end the text.
pub(super) fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|w| format!("'{}'", w.replace('\'', "''"))).collect();
    words.join(", ")
}

/// 没有联络员: nobody has an account that answers for this department.
pub fn lacks_liaison(desk: &Desk, unit: Id<Organisation>) -> Result<bool> {
    let sql = "select 1 from accounts a where a.role = 'liaison' and a.scope = $1 and a.closed is null limit 1";
    Ok(desk.first(sql, &[unit.number().into()])?.is_none())
}
