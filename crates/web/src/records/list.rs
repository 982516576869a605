//! 全部记载: every row of every part with what can be done with it.

use super::address::Asked;
use super::{allowed, place};
use crate::page::Sample;
use crate::{Answer, Ctx, Page};
use axum::extract::Path;
use registry::part::{self, Control, Of, Verb, Whose, held, reading};
use registry::{Desk, Result};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct RecordsPage {
    pub name: String,
    pub subject: String,
    pub parts: Vec<Section>,
    /// 照片
    pub photo: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub id: &'static str,
    pub title: &'static str,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Line>,
    pub add: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub name: String,
    pub cells: Vec<String>,
    /// Verb and address.
    pub acts: Vec<(&'static str, String)>,
}

/// So many columns stand beside each other; the rest is in the form.
const MOST: usize = 6;

pub async fn show(c: Ctx, Path(number): Path<i64>) -> Answer {
    allowed(&c)?;
    let whose = Whose { of: super::of(&c), number };
    let page = c.read(move |desk| Ok(RecordsPage::of(desk, whose)?)).await?;
    c.page(&page)
}

impl RecordsPage {
    fn of(desk: &Desk, whose: Whose) -> Result<RecordsPage> {
        let name = whose.name(desk)?;
        let mut parts = Vec::new();
        for part in part::all(whose.of) {
            parts.push(section(desk, part, whose)?);
        }
        Ok(RecordsPage { name, subject: format!("/{}/{}", place(whose.of), whose.number), parts, photo: whose.of == Of::Person })
    }
}

fn section(desk: &Desk, part: &'static part::Part, whose: Whose) -> Result<Section> {
    let shown = |f: &&part::Field| !matches!(f.control, Control::Box | Control::Post | Control::Long) && !matches!(f.column, "order_no" | "id_number");
    let fields: Vec<&part::Field> = part.fields.iter().filter(shown).take(MOST).collect();
    let mut rows = Vec::new();
    for row in held::of(desk, part, whose)? {
        let ended = !reading::shown(row.values.get("until_day")).is_empty();
        let act = |verb: &Verb| (verb.says(), Asked { whose, part, row: Some(row.id), verb: *verb, under: None }.address());
        rows.push(Line {
            name: part.name_of(&row.values),
            cells: fields.iter().map(|f| reading::said(desk, f, row.values.get(f.column))).collect::<Result<_>>()?,
            acts: part.verbs.iter().filter(|v| **v != Verb::Add && !(ended && v.needs_day())).map(act).collect(),
        });
    }
    let add = (!part.single).then(|| Asked { whose, part, row: None, verb: Verb::Add, under: None }.address());
    Ok(Section { id: part.id, title: part.title, heads: fields.iter().map(|f| f.label).collect(), rows, add })
}

impl Page for RecordsPage {
    const TEMPLATE: &'static str = "records/list.html";
    fn samples() -> Vec<Sample<Self>> {
        super::sample::lists()
    }
}
