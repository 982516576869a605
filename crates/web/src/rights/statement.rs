//! 本人说明: one's own words to an entry.

use super::own::oneself;
use crate::ctx::pairs;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer, samples};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::rights;
use serde::Serialize;

/// Longest statement, in characters.
const LONGEST: usize = 1_000;

#[derive(Clone, Debug, Serialize)]
pub struct StatementPage {
    pub noun: String,
    pub number: i64,
    pub field: String,
    pub label: String,
    pub value: String,
    pub form: Typed,
}

fn meant(get: impl Fn(&str) -> String) -> Result<(String, i64, Option<String>), Stop> {
    let number = get("number").parse().map_err(|_| Stop::NotFound("这条记录".into()))?;
    Ok((get("noun"), number, Some(get("field")).filter(|f| !f.is_empty())))
}

/// `/me/statements/new?noun=tenures&number=5`
pub async fn new(c: Ctx) -> Answer {
    let (mine, person) = oneself(&c)?;
    let query = pairs(&c.asked.query);
    let (noun, number, field) = meant(|name| query.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default())?;
    let page = mine
        .read(move |desk| {
            let named = rights::named(desk, person, &noun, Some(number), field.as_deref())?;
            Ok(StatementPage { noun, number, field: field.unwrap_or_default(), label: named.label, value: named.value, form: Typed::default() })
        })
        .await?;
    c.page(&page)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let (mine, person) = oneself(&c)?;
    let (noun, number, field) = meant(|name| form.text(name).to_owned())?;
    let text = form.required("text", "说明");
    if text.chars().count() > LONGEST {
        form.mistake("text", format!("说明至多 {LONGEST} 字，现有 {} 字", text.chars().count()));
    }
    if !form.is_right() {
        let page = mine
            .read(move |desk| {
                let named = rights::named(desk, person, &noun, Some(number), field.as_deref())?;
                Ok(StatementPage { noun, number, field: field.unwrap_or_default(), label: named.label, value: named.value, form: form.typed() })
            })
            .await?;
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    mine.write(move |desk| Ok(rights::state(desk, &noun, number, field.as_deref(), &text)?)).await?;
    Ok(answer::see("/me"))
}

pub async fn drop(c: Ctx, Path(id): Path<i64>) -> Answer {
    let (mine, _) = oneself(&c)?;
    mine.write(move |desk| Ok(rights::take_back(desk, id)?)).await?;
    Ok(answer::see("/me"))
}

impl Page for StatementPage {
    const TEMPLATE: &'static str = "rights/statement.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = StatementPage { noun: "tenures".into(), number: 5, field: String::new(), label: "任职“青云镇镇长”".into(), value: "青云镇镇长".into(), form: Typed::default() };
        let mut wrong = StatementPage { label: samples::LONG_TITLE.into(), ..usual.clone() };
        wrong.form.mistakes.push(crate::form::Mistake { field: "text".into(), says: "请填写说明".into() });
        vec![Sample::reader(usual), Sample::overfull(wrong)]
    }
}
