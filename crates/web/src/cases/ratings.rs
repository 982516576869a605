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
    pub title: String,
    pub system: String,
    pub period: String,
    pub until: Day,
    pub ratings: Vec<String>,
    pub counterparts: Vec<Counterpart>,
    pub summary: Vec<Rated>,
    pub may: bool,
    pub refused: Vec<Finding>,
}

pub async fn show(c: Ctx) -> Answer {
    allowed(&c)?;
    let page = c.read(RatingsPage::of).await?;
    c.page(&page)
}

impl RatingsPage {
    fn of(desk: &Desk) -> Result<RatingsPage, Stop> {
        // The first system that both sides work in: the county's own may stand beside it.
        let found = case::systems(desk).find(|(_, s)| !s.ratings.is_empty() && case::may_rate(s, desk.actor.role)).or_else(|| case::systems(desk).next());
        let Some((institution, system)) = found else { return Err(Stop::NotFound("可以评价的事项".into())) };
        let (period, _, until) = case::half_year(desk.today);
        let id = institution.id.to_string();
        Ok(RatingsPage {
            title: institution.title.to_string(),
            ratings: system.ratings.iter().map(ToString::to_string).collect(),
            counterparts: case::counterparts(desk, &id)?,
            summary: case::rating_summary(desk, &id)?,
            may: case::may_rate(system, desk.actor.role),
            refused: vec![],
            system: id,
            period,
            until: until.plus_days(-1),
        })
    }
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    allowed(&c)?;
    let (system, word, says) = (form.text("system").to_owned(), form.text("word").to_owned(), form.text("says").to_owned());
    let rated: i64 = form.number("rated", "单位").unwrap_or(0);
    match c.write(move |desk| Ok(case::rate_unit(desk, &system, rated, &word, &says)?)).await? {
        Outcome::Done(()) => Ok(see("/cases/ratings")),
        Outcome::Refused(findings) => {
            let page = c.read(RatingsPage::of).await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &RatingsPage { refused: findings.into_iter().collect(), ..page })
        }
    }
}

impl Page for RatingsPage {
    const TEMPLATE: &'static str = "cases/ratings.html";
    fn samples() -> Vec<Sample<Self>> {
        let other = Counterpart { id: 9, name: "县住房和城乡建设局".into(), cases: 12, word: None, says: String::new() };
        let usual = RatingsPage {
            title: "吹哨报到".into(),
            system: "whistle-and-report".into(),
            period: "2026H2".into(),
            until: day!(2026 - 12 - 31),
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
