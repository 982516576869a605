//! 导入过的文件: what each import changed, and whom.

use crate::person::Brief;
use crate::{Desk, Error, Result, Source, person};
use vocabulary::Id;

/// One import, as the list of imports shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Import {
    pub source: Id<Source>,
    pub name: String,
    /// lrmx, lrm, national_workbook, roster, csv, archive, folder
    pub kind: String,
    /// Moment.
    pub at: String,
    pub actor: String,
    /// `导入“批次.zip”：新增 12 人，…`
    pub says: String,
    /// Journal number.
    pub entry: i64,
    /// Are the bytes kept, so that the file can be looked at again?
    pub kept: bool,
}

const COLUMNS: &str = "s.id, s.name, s.kind, j.at, j.actor, j.says, j.id, case when s.bytes is null then 0 else 1 end";

fn import(row: &store::Row) -> Import {
    Import {
        source: Id::new(row.int(0)),
        name: row.text(1).into(),
        kind: row.text(2).into(),
        at: row.text(3).into(),
        actor: row.text(4).into(),
        says: row.text(5).into(),
        entry: row.int(6),
        kept: row.yes(7),
    }
}

/// Imports, the newest first, from the `skip`th on.
pub fn imports(desk: &Desk, skip: usize, most: usize) -> Result<Vec<Import>> {
    let sql = format!(
        "select {COLUMNS} from journal j join sources s on s.id = j.source
          where j.subject = 'source' and j.act = 'import.apply' order by j.id desc limit {most} offset {skip}"
    );
    Ok(desk.rows(&sql, &[])?.iter().map(import).collect())
}

pub fn count(desk: &Desk) -> Result<i64> {
    let sql = "select count(*) from journal where subject = 'source' and act = 'import.apply'";
    Ok(desk.one(sql, &[])?.int(0))
}

pub fn find(desk: &Desk, id: Id<Source>) -> Result<Import> {
    let sql = format!("select {COLUMNS} from journal j join sources s on s.id = j.source where s.id = $1 and j.act = 'import.apply' order by j.id limit 1");
    let row = desk.first(&sql, &[id.number().into()])?;
    row.as_ref().map(import).ok_or_else(|| Error::NotFound("这次导入".into()))
}

/// Whom an import brought, and whose record it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Brought {
    pub new: Vec<Brief>,
    pub new_count: i64,
    pub changed: Vec<Brief>,
    pub changed_count: i64,
}

/// Tables whose rows are about a person.
const TABLES: [&str; 14] = [
    "person_details", "photos", "tenures", "resume_lines", "ranks", "memberships", "educations", "qualifications", "appraisals", "awards",
    "sanctions", "relatives", "pools", "form_texts",
];

/// People of one journal entry, at most `most` of each kind by name; the counts are of all.
pub fn people(desk: &Desk, entry: i64, most: usize) -> Result<Brought> {
    let new = format!("select id as person from persons where entered = {entry}");
    let of = |table: &&str| format!("select person from {table} where entered = {entry} or superseded = {entry}");
    let any = TABLES.iter().map(of).collect::<Vec<_>>().join(" union ");
    let changed = format!("select person from ({any}) a where person not in ({new})");
    let briefs = |of: &str| -> Result<Vec<Brief>> {
        let numbers = desk.rows(&format!("select person from ({of}) p order by person limit {most}"), &[])?;
        let mut out = Vec::with_capacity(numbers.len());
        for row in &numbers {
            out.extend(brief(desk, row.int(0))?);
        }
        Ok(out)
    };
    let count = |of: &str| -> Result<i64> { Ok(desk.one(&format!("select count(*) from ({of}) p"), &[])?.int(0)) };
    Ok(Brought { new_count: count(&new)?, new: briefs(&new)?, changed_count: count(&changed)?, changed: briefs(&changed)? })
}

/// None when the person is not to be seen any more.
fn brief(desk: &Desk, number: i64) -> Result<Option<Brief>> {
    let stored = match person::find(desk, Id::new(number)) {
        Ok(stored) => stored,
        Err(Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let post = crate::tenure::current(desk, stored.person)?.into_iter().map(|t| t.row.title).collect::<Vec<_>>().join("、");
    let details = stored.row;
    Ok(Some(Brief {
        id: stored.person,
        name: details.name,
        sex: details.sex.unwrap_or_default(),
        born: details.born.map(|b| b.to_string()).unwrap_or_default(),
        post,
    }))
}
