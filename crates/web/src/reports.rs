//! 总结、专报: what writes itself; on the page every figure opens its rows, and the same words as Word and PDF.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, answer};
use affairs::case;
use affairs::report::{self, Piece, Written, WrittenSection};
use axum::extract::{Path, Query};
use document::Fonts;
use registry::{AsOf, Desk};
use serde::{Deserialize, Serialize};
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub reports: Vec<Line>,
    /// Campaigns with a monthly bulletin: institution and what it is called.
    pub bulletins: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub href: String,
    pub title: String,
    pub says: String,
    pub institution: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReportPage {
    #[serde(flatten)]
    pub written: Written,
    pub before: Day,
    pub after: Option<Day>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
}

/// 双向评价, behind a report's figures: what was said of whom; not by whom.
#[derive(Clone, Debug, Serialize)]
pub struct RatingsPage {
    pub title: String,
    pub from: Day,
    pub until: Day,
    /// The one organisation that was asked about.
    pub unit: String,
    pub said: Vec<case::Said>,
}

#[derive(Deserialize)]
pub struct Between {
    from: String,
    until: String,
    unit: Option<i64>,
}

pub async fn ratings(c: Ctx, Path(system): Path<String>, Query(asked): Query<Between>) -> Answer {
    let day = |text: &str| text.parse::<Day>().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01")));
    let (from, until) = (day(&asked.from)?, day(&asked.until)?);
    let page = c
        .read(move |desk| {
            let mut said = case::said_between(desk, &system, from, until)?;
            said.retain(|s| asked.unit.is_none_or(|u| s.unit == u));
            let title = desk.book.institution(&system).map(|i| i.title.to_string()).unwrap_or_default();
            let unit = asked.unit.and_then(|_| said.first()).map(|s| s.name.clone()).unwrap_or_default();
            Ok(RatingsPage { title, from, until, unit, said })
        })
        .await?;
    c.page(&page)
}

pub async fn list(c: Ctx) -> Answer {
    let page = c
        .read(|desk| {
            let line = |r: &institution::report::Report| Line {
                href: format!("/reports/{}", r.key),
                title: r.title.to_string(),
                says: r.says.to_string(),
                institution: r.key.split('/').next().and_then(|id| desk.book.institution(id)).map(|i| i.title.to_string()).unwrap_or_default(),
            };
            let bulletins = affairs::campaign::all(desk).map(|(i, c)| (i.id.to_string(), c.short.to_string())).collect();
            Ok(ListPage { reports: report::reports(desk).into_iter().map(line).collect(), bulletins })
        })
        .await?;
    c.page(&page)
}

/// The report of the period that holds `from`, as things stood on its last day; of one that runs, as they stand today.
async fn written(c: &Ctx, key: String, from: &str) -> Result<(Written, Day, Option<Day>), Stop> {
    let today = c.day();
    let asked = match from {
        "" => None,
        text => Some(text.parse::<Day>().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01")))?),
    };
    let name = key.clone();
    let period = c.read(move |desk| Ok(report::find(desk, &name)?.period)).await?;
    let from = report::start(period, asked.unwrap_or(today));
    if from > today {
        return Err(Stop::Wrong(format!("{from} 还没有到")));
    }
    let last = report::end(period, from);
    let as_of = if last < today { AsOf { day: Some(last), ..c.as_of } } else { c.as_of };
    let (app, actor) = (c.app.clone(), c.actor.clone());
    let work = move |desk: &Desk| Ok::<_, Stop>(report::write(desk, report::find(desk, &key)?, from)?);
    let found = blocking(move || app.office.read(&actor, as_of, work)).await?;
    let next = report::step(period, from, 1);
    Ok((found, report::step(period, from, -1), (next <= today).then_some(next)))
}

pub async fn show(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Answer {
    let (written, before, after) = written(&c, format!("{institution}/{id}"), &asked.from).await?;
    c.page(&ReportPage { written, before, after })
}

/// `2026-07-01.docx`, `2026-07-01.pdf`
pub async fn file(c: Ctx, Path((institution, id, file)): Path<(String, String, String)>) -> Answer {
    let (from, kind) = match file.rsplit_once('.') {
        Some((from, kind @ ("pdf" | "docx"))) => (from.to_owned(), kind.to_owned()),
        _ => return Err(Stop::NotFound("这种格式的总结".into())),
    };
    let (written, ..) = written(&c, format!("{institution}/{id}"), &from).await?;
    let name = format!("{}（{}）", written.title, written.of);
    let paper = written.paper(&c.app.settings.office_name);
    let pdf = kind == "pdf";
    let bytes = blocking(move || Ok(if pdf { document::paper::pdf(Fonts::of_site()?, &paper)? } else { document::paper::docx(&paper)? })).await?;
    if pdf {
        return Ok(answer::shown(&format!("{name}.pdf"), "application/pdf", bytes));
    }
    Ok(answer::file(&format!("{name}.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes))
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "reports/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |title: &str| Line { href: "/reports/party-life/half-year".into(), title: title.into(), says: "数字从记录里来。".into(), institution: "党的组织生活".into() };
        let page = |reports| ListPage { reports, bulletins: vec![("rectification".into(), "整顿".into())] };
        vec![Sample::usual(page(vec![line("组织工作半年总结")])), Sample::empty(page(vec![])), Sample::overfull(page((0..40).map(|_| line(crate::samples::LONG_TITLE)).collect())), Sample::reader(page(vec![line("组织工作半年总结")]))]
    }
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "reports/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let words = |text: &str| Piece { text: text.into(), href: None };
        let number = |n: &str| Piece { text: n.into(), href: Some("/duties/rows/party-life/theme-day?from=2026-07-01&until=2026-11-22&which=owed".into()) };
        let section = |rows: usize, name: &str| WrittenSection {
            heading: "一、组织生活".into(),
            pieces: vec![words("应开主题党日 "), number("1240"), words(" 次，缺 "), number("0"), words(" 次。")],
            heads: ["单位", "应办", "缺"].map(str::to_owned).to_vec(),
            rows: (0..rows).map(|_| vec![words(name), number("120"), number("3")]).collect(),
        };
        let page = |section: WrittenSection| ReportPage {
            written: Written { key: "party-life/half-year".into(), title: "组织工作半年总结".into(), of: "2026年下半年".into(), from: vocabulary::day!(2026 - 07 - 01), last: vocabulary::day!(2026 - 11 - 22), sections: vec![section.clone(), section] },
            before: vocabulary::day!(2026 - 01 - 01),
            after: None,
        };
        let usual = page(section(2, "青云镇"));
        vec![Sample::usual(usual.clone()), Sample::empty(page(section(0, ""))), Sample::overfull(page(section(60, crate::samples::LONG_TITLE))), Sample::another_day(usual)]
    }
}

impl Page for RatingsPage {
    const TEMPLATE: &'static str = "reports/ratings.html";
    fn samples() -> Vec<Sample<Self>> {
        let said = |name: &str| case::Said { period: "2026H2".into(), unit: 9, name: name.into(), word: "好".into() };
        let page = |said| RatingsPage { title: "吹哨报到".into(), from: vocabulary::day!(2026 - 01 - 01), until: vocabulary::day!(2026 - 11 - 22), unit: String::new(), said };
        let usual = page(vec![said("县住房和城乡建设局"), said("县水利局")]);
        vec![Sample::usual(usual.clone()), Sample::usual(RatingsPage { unit: "县水利局".into(), ..usual.clone() }), Sample::empty(page(vec![])), Sample::overfull(page((0..60).map(|_| said(crate::samples::LONG_TITLE)).collect())), Sample::another_day(usual)]
    }
}
