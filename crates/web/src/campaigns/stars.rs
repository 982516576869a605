//! 星级: computed, with its reasons, worst first; from here a village goes on the list that the meetings decide.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::campaign;
use affairs::stars::{Rated, Rating, Reason, rate};
use axum::extract::{Path, Query};
use registry::Desk;
use serde::{Deserialize, Serialize};
use vocabulary::Id;

#[derive(Clone, Debug, Serialize)]
pub struct StarsPage {
    #[serde(flatten)]
    pub rating: Rating,
    pub id: String,
    /// 整顿
    pub short: String,
    pub suggested: usize,
    pub may: bool,
}

#[derive(Deserialize)]
pub struct Asked {
    year: Option<i64>,
}

pub async fn show(c: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| StarsPage::of(desk, &id, asked.year, may)).await?;
    c.page(&page)
}

impl StarsPage {
    fn of(desk: &Desk, id: &str, year: Option<i64>, may: bool) -> Result<StarsPage, Stop> {
        let this = i64::from(desk.day().year());
        let year = year.unwrap_or(this);
        if !(this - 10..=this + 1).contains(&year) {
            return Err(Stop::Wrong(format!("{year}年没有星级")));
        }
        let rating = rate(desk, id, year)?;
        // Who goes on a list goes on this year's.
        Ok(StarsPage { id: id.to_owned(), short: campaign::find(desk, id)?.short.to_string(), suggested: rating.rated.iter().filter(|r| r.suggested).count(), may: may && year == this, rating })
    }
}

impl Page for StarsPage {
    const TEMPLATE: &'static str = "campaigns/stars.html";
    fn samples() -> Vec<Sample<Self>> {
        let reason = |says: &str| Reason { says: says.into(), stars: 1, saw: "缺 4 次".into(), href: "/duties/rows/party-life/theme-day?from=2025-01-01&until=2025-12-31&which=lacking&unit=90".into() };
        let rated = |name: &str, stars: i64| Rated { unit: Id::new(90), name: name.into(), path: "/2/90/".into(), stars, reasons: (stars < 5).then(|| reason("一年缺主题党日三次以上")).into_iter().collect(), suggested: stars < 2, listed: (stars == 1).then_some(3) };
        let page = |all: Vec<Rated>| StarsPage {
            id: "rectification".into(),
            short: "整顿".into(),
            suggested: 1,
            rating: Rating { title: "村党组织星级".into(), year: 2026, most: 5, target: 1, counts: (0..=5).rev().map(|n| (n, all.iter().filter(|r| r.stars == n).count())).collect(), rated: all },
            may: true,
        };
        let usual = page(vec![rated("青云镇大王庄村", 1), rated("石桥镇石门村", 0), rated("石桥镇柳树村", 5)]);
        vec![Sample::usual(usual.clone()), Sample::empty(page(vec![])), Sample::overfull(page((0..40).map(|_| rated(crate::samples::LONG_TITLE, 2)).collect())), Sample::reader(StarsPage { may: false, ..usual })]
    }
}
