//! 双向评价: rate those with whom one had cases this half-year; the office sees the summary.

use super::allowed;
use crate::answer::see;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::case::{self, Counterpart, Rated};
use axum::http::StatusCode;
use registry::Desk;
use serde::Serialize;
use vocabulary::{Day, Finding, Outcome, day};

#[derive(Clone, Debug, Serialize)]
pub struct RatingsPage {
    /// The half-year now, in which is rated, and its last day.
    pub period: String,
    pub until: Day,
    /// The half-year whose summary is shown, and all there are.
    pub shown: String,
    pub periods: Vec<String>,
    pub ratings: Vec<String>,
    pub counterparts: Vec<Counterpart>,
    pub summary: Vec<Rated>,
    pub may: bool,
    pub refused: Vec<Finding>,
}

pub async fn show(c: Ctx) -> Answer {
    allowed(&c)?;
    let asked = crate::ctx::pairs(&c.asked.query).into_iter().find(|(n, _)| n == "period").map(|(_, v)| v);
    let page = c.read(move |desk| RatingsPage::of(desk, asked)).await?;
    c.page(&page)
}

impl RatingsPage {
    fn of(desk: &Desk, asked: Option<String>) -> Result<RatingsPage, Stop> {
        let (period, _, until) = case::half_year(desk.today);
        let periods = case::rating_periods(desk)?;
        let shown = asked.filter(|p| periods.contains(p)).unwrap_or_else(|| period.clone());
        Ok(RatingsPage {
            ratings: case::rating_words(desk).iter().map(ToString::to_string).collect(),
            counterparts: case::counterparts(desk)?,
            summary: case::rating_summary(desk, &shown)?,
            may: case::may_rate(desk),
            refused: vec![],
            until: until.plus_days(-1),
            period,
            shown,
            periods,
        })
    }
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    allowed(&c)?;
    let (word, says) = (form.text("word").to_owned(), form.text("says").to_owned());
    let rated: i64 = form.number("rated", "单位").unwrap_or(0);
    match c.write(move |desk| Ok(case::rate_unit(desk, rated, &word, &says)?)).await? {
        Outcome::Done(()) => Ok(see("/cases/ratings")),
        Outcome::Refused(findings) => {
            let page = c.read(|desk| RatingsPage::of(desk, None)).await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &RatingsPage { refused: findings.into_iter().collect(), ..page })
        }
    }
}

impl Page for RatingsPage {
    const TEMPLATE: &'static str = "cases/ratings.html";
    fn samples() -> Vec<Sample<Self>> {
        let other = Counterpart { id: 9, name: "县住房和城乡建设局".into(), cases: 12, word: None, says: String::new() };
        let usual = RatingsPage {
            period: "2026H2".into(),
            until: day!(2026 - 12 - 31),
            shown: "2026H2".into(),
            periods: vec!["2026H2".into(), "2026H1".into()],
            ratings: ["好", "较好", "一般", "较差"].map(str::to_owned).to_vec(),
            counterparts: vec![other.clone(), Counterpart { id: 10, word: Some("好".into()), says: "随叫随到".into(), ..other }],
            summary: vec![Rated { id: 9, name: "县住房和城乡建设局".into(), counts: vec![20, 5, 1, 0] }],
            may: true,
            refused: vec![],
        };
        let empty = RatingsPage { counterparts: vec![], summary: vec![], ..usual.clone() };
        let refused = RatingsPage { refused: crate::samples::findings(), ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample { name: "refused", ..Sample::usual(refused) }]
    }
}
