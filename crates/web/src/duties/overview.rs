//! 全县任务: who is overdue today by duty and by part of the tree, this year's figures, and what our demands cost the base.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::duty::{self, Burden, Outcome, Overdue, Tally};
use axum::extract::{Path, Query};
use registry::{Desk, organisation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub duty: String,
    pub title: String,
    pub institution: String,
    pub cadence: String,
    pub overdue: i64,
    /// What the year owed and what became of it: word of the address and count.
    pub year: Vec<(&'static str, i64)>,
    /// Hours that filling in cost this year.
    pub hours: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct OverviewPage {
    pub lines: Vec<Line>,
    pub overdue: i64,
    pub hours: i64,
    pub waiting: usize,
    /// 提醒也是负担: this year's digests.
    pub burden: Burden,
    pub year: i16,
}

#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub name: String,
    pub count: i64,
    pub href: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct OverduePage {
    pub title: String,
    /// `逾期`, `2026年按期`
    pub what: String,
    pub says: String,
    pub here: String,
    pub parts: Vec<Part>,
    pub total: i64,
    pub rows: Vec<Late>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Late {
    #[serde(flatten)]
    pub overdue: Overdue,
    pub href: String,
}

#[derive(Deserialize)]
pub struct Below {
    #[serde(default)]
    below: String,
    /// A column of the year; empty: what is overdue today.
    #[serde(default)]
    what: String,
}

/// Listed on one page.
const SHOWN: usize = 200;

pub async fn show(c: Ctx) -> Answer {
    let page = c.read(OverviewPage::of).await?;
    c.page(&page)
}

pub async fn overdue(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Below>) -> Answer {
    let page = c.read(move |desk| OverduePage::of(desk, &format!("{institution}/{id}"), &asked)).await?;
    c.page(&page)
}

impl OverviewPage {
    fn of(desk: &Desk) -> Result<OverviewPage, Stop> {
        let day = desk.day();
        let begin = Day::of(day.year(), 1, 1).unwrap_or(day);
        let mut lines = Vec::new();
        for d in duty::in_force(desk, day) {
            let overdue = duty::count(desk, d, "/")?.values().sum();
            let mut year = Tally::default();
            for tally in duty::tally(desk, d, begin, day.plus_days(-1), "/")?.into_values() {
                year.add(tally);
            }
            let title = desk.book.institution(&d.institution).map(|i| i.title.to_string()).unwrap_or_default();
            let hours = (year.done + year.late) * d.minutes / 60;
            let year = Outcome::ALL.map(|o| (o.id(), year.of(o))).to_vec();
            lines.push(Line { duty: d.key.to_string(), title: d.title.to_string(), institution: title, cadence: d.cadence.says(), overdue, year, hours });
        }
        Ok(OverviewPage {
            overdue: lines.iter().map(|l| l.overdue).sum(),
            hours: lines.iter().map(|l| l.hours).sum(),
            waiting: duty::waiting_excuses(desk)?.len(),
            burden: duty::burden(desk, begin, day)?,
            year: day.year(),
            lines,
        })
    }
}

impl OverduePage {
    fn of(desk: &Desk, key: &str, asked: &Below) -> Result<OverduePage, Stop> {
        let below = asked.below.as_str();
        let d = duty::find(desk, key)?;
        let fits = below.starts_with('/') && below.ends_with('/') && below.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        let units = organisation::all(desk)?;
        // Without a place: the parts of what this desk may see from its top.
        let top = units.iter().map(|u| u.path.as_str()).min_by_key(|p| p.len()).unwrap_or("/").to_owned();
        let here = if fits && below.len() > 1 { below.to_owned() } else { top };
        let name = |path: &str| units.iter().find(|u| u.path == path).map(|u| u.short_name.clone());
        let outcome = Outcome::from_id(&asked.what);
        let begin = Day::of(desk.day().year(), 1, 1).unwrap_or(desk.day());
        let yesterday = desk.day().plus_days(-1);
        let counts: BTreeMap<String, i64> = match outcome {
            Some(outcome) => duty::tally(desk, d, begin, yesterday, &here)?.into_iter().map(|(part, t)| (part, t.of(outcome))).filter(|(_, n)| *n > 0).collect(),
            None => duty::count(desk, d, &here)?,
        };
        let parts = counts.iter().map(|(path, n)| Part {
            name: name(path).unwrap_or_else(|| "本级".into()),
            count: *n,
            href: format!("/duties/overview/{key}?below={path}{}", outcome.map(|o| format!("&what={}", o.id())).unwrap_or_default()),
        });
        let parts: Vec<Part> = parts.collect();
        let listed = match outcome {
            Some(outcome) => duty::listed(desk, d, outcome, begin, yesterday, Some(&here), SHOWN)?,
            None => duty::overdue(desk, d, Some(&here), SHOWN)?,
        };
        let rows = listed.into_iter().map(|o| {
            let href = format!("/duties/{}/{}/{key}?of={}", duty::subject_id(d.of), o.unit, crate::href::encode(&o.occurrence));
            Late { overdue: o, href }
        });
        Ok(OverduePage {
            title: d.title.to_string(),
            what: outcome.map_or("逾期".into(), |o| format!("{}年{}", desk.day().year(), o.says())),
            says: d.says.to_string(),
            here: name(&here).unwrap_or_default(),
            total: counts.values().sum(),
            rows: rows.collect(),
            parts,
        })
    }
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "duties/overview.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |title: &str, overdue| Line {
            duty: "party-life/theme-day".into(),
            title: title.into(),
            institution: "党的组织生活".into(),
            cadence: "每月27日".into(),
            overdue,
            year: vec![("owed", 3000), ("done", 2800), ("late", 120), ("excused", 9), ("lacking", 71)],
            hours: 389,
        };
        let usual = OverviewPage { lines: vec![line("主题党日", 23), line("支部委员会会议", 0)], overdue: 23, hours: 778, waiting: 2, burden: Burden { digests: 310, lines: 820, accounts: 24, most_a_day: 1 }, year: 2026 };
        let full = OverviewPage { lines: (0..40).map(|n| line(crate::samples::LONG_TITLE, n)).collect(), ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::empty(OverviewPage { lines: vec![], overdue: 0, hours: 0, waiting: 0, burden: Burden::default(), ..usual.clone() }), Sample::overfull(full), Sample::another_day(usual)]
    }
}

impl Page for OverduePage {
    const TEMPLATE: &'static str = "duties/overdue.html";
    fn samples() -> Vec<Sample<Self>> {
        let late = |title: &str| Late {
            overdue: Overdue { due: vocabulary::day!(2026 - 11 - 09), unit: 12, unit_title: title.into(), path: "/2/90/".into(), occurrence: "2026-11-07".into() },
            href: "/duties/branch/12/party-life/committee-meeting?of=2026-11-07".into(),
        };
        let part = |name: &str| Part { name: name.into(), count: 3, href: "/duties/overview/party-life/committee-meeting?below=/2/90/".into() };
        let usual = OverduePage { title: "支部委员会会议".into(), what: "逾期".into(), says: "研究支部重要事项。".into(), here: "青云县".into(), parts: vec![part("青云镇"), part("石桥镇")], total: 6, rows: vec![late("青云镇大王庄村党支部")] };
        let full = OverduePage { rows: (0..200).map(|_| late(crate::samples::LONG_TITLE)).collect(), total: 900, ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::empty(OverduePage { parts: vec![], total: 0, rows: vec![], ..usual }), Sample::overfull(full)]
    }
}
