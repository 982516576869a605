//! 变更记录: what a field said, since when we knew it, from where; what is no longer held is struck through, never gone.

use super::record::Record;
use super::show::name_of;
use crate::{Answer, Ctx, Page, Sample};
use axum::extract::{Path, Query};
use registry::{Desk, Person, Result, journal, person};
use serde::{Deserialize, Serialize};
use vocabulary::Id;

/// So many journal entries are shown.
const MOST: i64 = 100;

#[derive(Deserialize)]
pub struct Asked {
    field: Option<String>,
}

/// One field that changed, or that was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub label: &'static str,
    pub values: Vec<Held>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Held {
    pub value: String,
    pub learned: String,
    pub origin: String,
    /// The day since when it is no longer held.
    pub until: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    pub id: Id<Person>,
    pub name: String,
    /// Only this field.
    pub only: Option<&'static str>,
    pub fields: Vec<Field>,
    pub entries: Vec<journal::Entry>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Person>>, Query(asked): Query<Asked>) -> Answer {
    // The name alone of what changed is S1; what it was and is may be protected, so the whole page stands behind the purpose.
    if asked.field.as_deref().is_none_or(|f| matches!(f, "id_number" | "health" | "remark" | "spouse_emigrated" | "children_emigrated" | "has_children")) {
        c.opened(id, &[crate::access::HISTORY]).await?;
    }
    let page = c.read(move |desk| Ok(HistoryPage::of(desk, id, asked.field.as_deref())?)).await?;
    c.part("officials/history_part.html", &page)
}

impl HistoryPage {
    fn of(desk: &Desk, id: Id<Person>, field: Option<&str>) -> Result<HistoryPage> {
        let name = name_of(desk, id)?;
        let record = Record::of(desk, id)?;
        let columns: Vec<&str> = match field {
            Some(field) => vec![field],
            None => <registry::rows::Details as registry::dated::Noun>::COLUMNS.to_vec(),
        };
        let fields = columns.into_iter().filter_map(|column| {
            let label = person::field_name(column)?;
            let runs = record.runs(column);
            let values: Vec<Held> = runs
                .into_iter()
                .rev()
                .map(|run| Held {
                    learned: record.learned(run.entered),
                    origin: record.origin(run.entered),
                    until: run.until.map(|n| record.learned(n)),
                    value: run.value,
                })
                .collect();
            (field.is_some() || values.len() > 1).then_some(Field { label, values })
        });
        let entries = if field.is_none() { journal::about(desk, "person", id.number(), MOST)? } else { vec![] };
        Ok(HistoryPage { id, name, only: field.and_then(person::field_name), fields: fields.collect(), entries })
    }
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "officials/history.html";
    fn samples() -> Vec<Sample<Self>> {
        let held = |value: &str, until: Option<&str>| Held {
            value: value.into(),
            learned: "2026-11-02".into(),
            origin: "2026-11-02 由“李明.lrmx”导入".into(),
            until: until.map(str::to_owned),
        };
        let entry = journal::Entry {
            number: 7,
            at: "2026-11-22T09:00:00+08:00".into(),
            actor: "王主任".into(),
            act: "person.revise".into(),
            says: "修改李明的基本信息：出生年月".into(),
            source: None,
        };
        let field = Field { label: "出生年月", values: vec![held("1982-04", None), held("1982-06", Some("2026-11-22"))] };
        let page = HistoryPage { id: Id::new(7), name: "李明".into(), only: None, fields: vec![field], entries: vec![entry] };
        let empty = HistoryPage { fields: vec![], entries: vec![], ..page.clone() };
        vec![Sample::usual(page.clone()), Sample::empty(empty), Sample::another_day(HistoryPage { only: Some("出生年月"), ..page })]
    }
}
