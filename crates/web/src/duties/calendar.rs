//! 月历: my duties on the days of a month.

use super::row::Row;
use super::sample;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use axum::extract::Query;
use institution::duty::Standing;
use registry::Desk;
use serde::{Deserialize, Serialize};
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    pub day: u8,
    pub inside: bool,
    pub today: bool,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CalendarPage {
    pub title: String,
    pub before: String,
    pub after: String,
    pub weeks: Vec<Vec<Cell>>,
    pub count: usize,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let day = c.day();
    let first = format!("{}-01", asked.month).parse::<Day>().unwrap_or(day.plus_days(1 - i64::from(day.day())));
    let page = c.read(move |desk| CalendarPage::of(desk, first)).await?;
    c.page(&page)
}

impl CalendarPage {
    fn of(desk: &Desk, first: Day) -> Result<CalendarPage, Stop> {
        let (from, to) = span(first);
        let owed = affairs::duty::mine(desk, from, to)?;
        let rows = owed.iter().map(|o| (o.slot.due, Row::of(o))).collect();
        Ok(CalendarPage::with(first, desk.day(), rows))
    }

    fn with(first: Day, today: Day, rows: Vec<(Day, Row)>) -> CalendarPage {
        let (from, to) = span(first);
        let month = |d: Day| format!("{}-{:02}", d.year(), d.month());
        let cell = |day: Day| Cell {
            day: day.day(),
            inside: month(day) == month(first),
            today: day == today,
            rows: rows.iter().filter(|(due, _)| *due == day).map(|(_, r)| r.clone()).collect(),
        };
        let days: Vec<Cell> = (from.number()..=to.number()).map(|n| cell(Day::from_number(n))).collect();
        CalendarPage {
            title: format!("{}年{}月", first.year(), first.month()),
            before: month(first.plus_months(-1)),
            after: month(first.plus_months(1)),
            weeks: days.chunks(7).map(<[Cell]>::to_vec).collect(),
            count: rows.len(),
        }
    }
}

/// Whole weeks, Monday first.
fn span(first: Day) -> (Day, Day) {
    let last = first.plus_months(1).plus_days(-1);
    (first.plus_days(1 - i64::from(first.weekday())), last.plus_days(7 - i64::from(last.weekday())))
}

impl Page for CalendarPage {
    const TEMPLATE: &'static str = "duties/calendar.html";
    fn samples() -> Vec<Sample<Self>> {
        let (first, today) = (vocabulary::day!(2026 - 11 - 01), vocabulary::day!(2026 - 11 - 22));
        let row = |due: Day, s| (due, sample::row("主题党日", "青云镇大王庄村党支部", s));
        let usual = CalendarPage::with(first, today, vec![row(vocabulary::day!(2026 - 11 - 09), Standing::Overdue), row(vocabulary::day!(2026 - 11 - 27), Standing::Open)]);
        let full = (0..20).map(|_| (vocabulary::day!(2026 - 11 - 27), sample::row(crate::samples::LONG_TITLE, crate::samples::LONG_NAME, Standing::Open))).collect();
        vec![Sample::usual(usual.clone()), Sample::empty(CalendarPage::with(first, today, vec![])), Sample::overfull(CalendarPage::with(first, today, full)), Sample::another_day(usual)]
    }
}
