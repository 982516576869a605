//! 本人所见: layer A of one's own record, field by field, as the register of columns says.

use super::entry::{self, NOUNS, said};
use super::statement::{self, Statement};
use crate::consultation::PROCEDURE;
use crate::register::{self, Layer};
use crate::{Desk, Person, Result, Role};
use serde::Serialize;
use vocabulary::Id;

/// One noun of the record.
#[derive(Clone, Debug, Serialize)]
pub struct OwnPart {
    pub table: &'static str,
    pub title: &'static str,
    /// Empty for a part that is shown only on request (layer B).
    pub entries: Vec<OwnEntry>,
    /// Layer B: shown at the office, on request.
    pub on_request: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct OwnEntry {
    pub number: i64,
    pub headline: String,
    pub values: Vec<OwnValue>,
    /// Statements to the whole entry.
    pub statements: Vec<Statement>,
}

#[derive(Clone, Debug, Serialize)]
pub struct OwnValue {
    pub column: &'static str,
    pub label: &'static str,
    pub value: String,
    pub statements: Vec<Statement>,
}

/// 谁看过: by category, as the person is told it. The name of who read stays with the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Looked {
    pub day: String,
    /// 组织部干部
    pub role: &'static str,
    pub parts: String,
    pub purpose: String,
}

pub fn looked(desk: &Desk, person: Id<Person>, most: i64) -> Result<Vec<Looked>> {
    let rows = desk.rows(
        "select c.at, a.role, c.parts, c.purpose
           from consultations c
           join consulted d on d.consultation = c.id
           left join accounts a on a.id = c.account
          where d.person = $1 order by c.id desc limit $2",
        &[person.number().into(), most.into()],
    )?;
    let read = |row: &store::Row| {
        let mut parts: Vec<String> = serde_json::from_str(row.text(2)).unwrap_or_default();
        for part in parts.iter_mut().filter(|part| *part == PROCEDURE) {
            *part = "工作需要的内容".to_owned();
        }
        let role = Role::from_id(row.text(1)).unwrap_or(Role::Program);
        Looked { day: row.text(0).get(..10).unwrap_or_default().to_owned(), role: role.says(), parts: parts.join("、"), purpose: row.text(3).into() }
    };
    Ok(rows.iter().map(read).collect())
}

/// The whole of layer A, and the titles of layer B. Layer C is not even named.
pub fn parts(desk: &Desk, person: Id<Person>) -> Result<Vec<OwnPart>> {
    let statements = statement::of(desk, person)?;
    let mut out = Vec::new();
    for noun in NOUNS {
        let layer = noun.layer();
        if layer == Layer::C {
            continue;
        }
        let mut part = OwnPart { table: noun.table, title: noun.title, entries: vec![], on_request: layer == Layer::B };
        if layer == Layer::A {
            for held in entry::held(desk, person, noun.table)? {
                let to = |field: Option<&str>| -> Vec<Statement> {
                    statements.iter().filter(|s| s.is_about(noun.table, held.number, field)).cloned().collect()
                };
                let values = noun.fields.iter().filter(|f| register::layer(noun.table, f.column) == Layer::A).map(|f| OwnValue {
                    column: f.column,
                    label: f.label,
                    value: said(held.values.get(f.column)),
                    statements: to(Some(f.column)),
                });
                part.entries.push(OwnEntry { number: held.number, headline: noun.headline(&held.values), values: values.collect(), statements: to(None) });
            }
        }
        out.push(part);
    }
    Ok(out)
}
