//! 通报: one month, every figure a link to its rows; as PDF and Word as well.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, answer};
use affairs::campaign::{self, Bulletin, Short, Visits, bulletin};
use axum::extract::{Path, Query};
use document::Fonts;
use serde::{Deserialize, Serialize};
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct BulletinPage {
    #[serde(flatten)]
    pub bulletin: Bulletin,
    /// 整顿
    pub short_title: String,
    /// 个村党组织
    pub unit: String,
    pub before: String,
    pub after: Option<String>,
    /// The day of which the rows behind the figures are asked: a month that is over is seen as it stood at its end.
    pub as_of: Option<Day>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
}

fn first(month: &str, today: Day) -> Result<Day, Stop> {
    if month.is_empty() {
        return Ok(today.plus_days(1 - i64::from(today.day())).plus_months(-1));
    }
    format!("{month}-01").parse().map_err(|_| Stop::Wrong(format!("月份“{month}”读不懂，请写成 2026-10")))
}

/// The bulletin of a month, as things stood on its last day; of the month that runs, as they stand.
async fn written(c: &Ctx, id: &str, from: Day) -> Result<(Bulletin, Option<Day>), Stop> {
    if from > c.day() {
        return Err(Stop::Wrong(format!("{from} 还没有到")));
    }
    let last = from.plus_months(1).plus_days(-1);
    let over = last < c.day();
    let id = id.to_owned();
    let found = c.read_on(c.as_of_end(last), move |desk| Ok(bulletin(desk, &id, from)?)).await?;
    Ok((found, over.then_some(last)))
}

pub async fn show(c: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let from = first(&asked.month, c.day())?;
    let (found, as_of) = written(&c, &id, from).await?;
    let (short_title, unit) = c.read(move |desk| Ok(campaign::find(desk, &id).map(|c| (c.short.to_string(), c.unit.to_string()))?)).await?;
    let month = |d: Day| d.to_string()[..7].to_owned();
    let next = from.plus_months(1);
    let after = (next <= c.day()).then(|| month(next));
    c.page(&BulletinPage { bulletin: found, short_title, unit, before: month(from.plus_months(-1)), after, as_of })
}

/// `/campaigns/rectification/bulletin/2026-10.pdf`
pub async fn file(c: Ctx, Path((id, file)): Path<(String, String)>) -> Answer {
    let (month, pdf) = match file.rsplit_once('.') {
        Some((month, "pdf")) => (month.to_owned(), true),
        Some((month, "docx")) => (month.to_owned(), false),
        _ => return Err(Stop::NotFound("这种格式的通报".into())),
    };
    let from = first(&month, c.day())?;
    let office = c.app.settings.office_name.clone();
    let found = written(&c, &id, from).await?.0;
    let (paper, short) = c.read(move |desk| Ok(campaign::find(desk, &id).map(|c| (found.paper(c, &office), c.short.to_string()))?)).await?;
    let bytes = blocking(move || Ok(if pdf { document::paper::pdf(Fonts::of_site()?, &paper)? } else { document::paper::docx(&paper)? })).await?;
    let name = format!("{short}工作通报{month}");
    if pdf {
        return Ok(answer::shown(&format!("{name}.pdf"), "application/pdf", bytes));
    }
    Ok(answer::file(&format!("{name}.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes))
}

impl Page for BulletinPage {
    const TEMPLATE: &'static str = "campaigns/bulletin.html";
    fn samples() -> Vec<Sample<Self>> {
        let short = |who: &str| Short { charge: 9, kind: "乡镇领导包保".into(), who: who.into(), place: "青云镇大王庄村".into(), owed: 4, done: 2, late: 1 };
        let page = |n: usize, who: &str| BulletinPage {
            bulletin: Bulletin {
                id: "rectification".into(),
                month: "2026-10".into(),
                from: vocabulary::day!(2026 - 10 - 01),
                until: vocabulary::day!(2026 - 10 - 31),
                listed: 21,
                signed_off: 3,
                visits: vec![
                    Visits { duty: "rectification/county-leader-visit".into(), title: "县级领导包保走访".into(), owed: 21, done: 19, late: 1, excused: 0, lacking: 1 },
                    Visits { duty: "rectification/town-leader-visit".into(), title: "乡镇领导包保走访".into(), owed: 84, done: 80, late: 2, excused: 0, lacking: 2 },
                ],
                short: (0..n).map(|_| short(who)).collect(),
                tasks: [2, 5, 20, 31],
                red: vec![],
            },
            short_title: "整顿".into(),
            unit: "个村党组织".into(),
            before: "2026-09".into(),
            after: Some("2026-11".into()),
            as_of: Some(vocabulary::day!(2026 - 10 - 31)),
        };
        vec![Sample::usual(page(2, "李强")), Sample::empty(page(0, "")), Sample::overfull(page(60, crate::samples::LONG_NAME))]
    }
}
