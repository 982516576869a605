//! 逐条: the occurrences behind a figure, each of which opens.

use super::row::Row;
use super::sample;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::duty;
use axum::extract::{Path, Query};
use institution::Subject;
use registry::Desk;
use serde::{Deserialize, Serialize};
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct RowsPage {
    pub title: String,
    pub from: Day,
    pub until: Day,
    /// 应办 按期 补办 免办 缺
    pub which: String,
    pub place: String,
    /// The other figures of the same days.
    pub others: Vec<(String, String)>,
    pub rows: Vec<Row>,
    pub total: usize,
}

#[derive(Deserialize)]
pub struct Asked {
    from: String,
    until: String,
    which: String,
    #[serde(default)]
    below: String,
    /// An organisation's number: only what it owes, or what the party organisation in it owes.
    unit: Option<i64>,
}

/// Listed on one page.
const SHOWN: usize = 500;

pub async fn show(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Answer {
    let page = c.read(move |desk| RowsPage::of(desk, &format!("{institution}/{id}"), &asked)).await?;
    c.page(&page)
}

impl RowsPage {
    fn of(desk: &Desk, key: &str, asked: &Asked) -> Result<RowsPage, Stop> {
        let day = |text: &str| text.parse::<Day>().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01")));
        let (from, until) = (day(&asked.from)?, day(&asked.until)?);
        // A year of a county: more would be asked of the whole past.
        if until < from || until.number() - from.number() > 400 {
            return Err(Stop::Wrong("起止日期写反了，或相隔超过一年".into()));
        }
        let d = duty::find(desk, key)?;
        let units = registry::organisation::all(desk)?;
        let unit = asked.unit.and_then(|n| units.iter().find(|u| u.id.number() == n));
        let below = match unit {
            Some(unit) => Some(unit.path.clone()),
            None => Some(asked.below.clone()).filter(|b| b.len() > 1 && b.bytes().all(|b| b.is_ascii_digit() || b == b'/')),
        };
        let mut all = duty::rows(desk, d, from, until, &asked.which, below.as_deref())?;
        if let Some(unit) = unit {
            // Only of itself, not of what lies below.
            let own: Vec<i64> = match d.of {
                Subject::Branch => registry::branch::of(desk, unit.id)?.iter().map(|b| b.id.number()).collect(),
                Subject::Organisation => vec![unit.id.number()],
                _ => all.iter().map(|o| o.unit).collect(),
            };
            all.retain(|o| own.contains(&o.unit));
        }
        let place = below.as_ref().and_then(|path| units.iter().find(|u| u.path == *path)).map(|u| u.short_name.clone()).unwrap_or_default();
        let tail = match (asked.unit, &below) {
            (Some(n), _) => format!("&unit={n}"),
            (None, Some(path)) => format!("&below={path}"),
            (None, None) => String::new(),
        };
        let link = |which: &str| format!("/duties/rows/{key}?from={from}&until={until}&which={which}{tail}");
        Ok(RowsPage {
            title: d.title.to_string(),
            which: duty::WHICH.iter().find(|(w, _)| *w == asked.which).map_or("", |(_, says)| says).to_owned(),
            others: duty::WHICH.iter().filter(|(w, _)| *w != asked.which).map(|(w, says)| ((*says).to_owned(), link(w))).collect(),
            total: all.len(),
            rows: all.iter().take(SHOWN).map(Row::of).collect(),
            from,
            until,
            place,
        })
    }
}

impl Page for RowsPage {
    const TEMPLATE: &'static str = "duties/behind.html";
    fn samples() -> Vec<Sample<Self>> {
        use institution::duty::Standing;
        let page = |rows: Vec<Row>| RowsPage {
            title: "主题党日".into(),
            from: vocabulary::day!(2026 - 07 - 01),
            until: vocabulary::day!(2026 - 11 - 22),
            which: "缺".into(),
            place: "青云镇".into(),
            others: vec![("应办".into(), "/duties/rows/party-life/theme-day?from=2026-07-01&until=2026-11-22&which=owed".into())],
            total: rows.len(),
            rows,
        };
        let row = |title: &str| sample::row("主题党日", title, Standing::Missed);
        let usual = page(vec![row("青云镇大王庄村党支部")]);
        vec![Sample::usual(usual.clone()), Sample::empty(page(vec![])), Sample::overfull(page((0..60).map(|_| row(crate::samples::LONG_TITLE)).collect())), Sample::another_day(usual)]
    }
}
