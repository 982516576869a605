//! 岗位: what it asks, who holds it, who held it.

use crate::crumbs::{Crumb, crumbs};
use crate::drawing::timeline::{Lane, Stretch, Timeline, draw};
use crate::page::Sample;
use crate::{Answer, Ctx, Page, samples};
use axum::extract::Path;
use registry::post::{self, Seat};
use registry::succession::{self, Holding};
use registry::{Desk, Post, Result, organisation};
use serde::Serialize;
use vocabulary::{Day, Id};

#[derive(Clone, Debug, Serialize)]
pub struct PostPage {
    pub seat: Seat,
    pub crumbs: Vec<Crumb>,
    pub holdings: Vec<Holding>,
    pub now: Vec<Holding>,
    pub vacant: i64,
    pub timeline: Timeline,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Post>>) -> Answer {
    let page = c.read(move |desk| Ok(PostPage::of(desk, id)?)).await?;
    c.page(&page)
}

impl PostPage {
    fn of(desk: &Desk, id: Id<Post>) -> Result<PostPage> {
        let seat = post::find(desk, id)?;
        let unit = organisation::find(desk, seat.organisation)?;
        let above = crumbs(organisation::above(desk, &unit)?);
        Ok(PostPage::with(seat, above, succession::of(desk, id)?, desk.day()))
    }

    fn with(seat: Seat, crumbs: Vec<Crumb>, holdings: Vec<Holding>, day: Day) -> PostPage {
        let holds = |h: &&Holding| h.from.earliest() <= day && h.until.is_none_or(|u| u.earliest() > day);
        let now: Vec<Holding> = holdings.iter().filter(holds).cloned().collect();
        let stretches = holdings.iter().filter(|h| h.from.earliest() <= day).map(|h| Stretch {
            label: h.name.clone(),
            from: h.from,
            until: h.until,
            title: format!("{}\n{} {}", h.name, h.from, h.until.map_or_else(|| "至今".into(), |u| format!("至 {u}"))),
            kind: if h.kind == "任职" { "post" } else { "part" },
            struck: false,
        });
        let timeline = draw(vec![Lane { label: "历任", stretches: stretches.collect() }], vec![], day);
        PostPage { vacant: (seat.seats - now.len() as i64).max(0), seat, crumbs, holdings, now, timeline }
    }
}

impl Page for PostPage {
    const TEMPLATE: &'static str = "posts/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let holding = |name: &str, from: i16, until: Option<i16>| Holding {
            person: Id::new(i64::from(from)),
            name: name.into(),
            from: vocabulary::Date::year_only(from).unwrap_or(vocabulary::day!(2020 - 1 - 1).into()),
            until: until.and_then(vocabulary::Date::year_only),
            kind: "任职".into(),
            paper: Some("青任〔2021〕7号".into()),
            end_reason: until.map(|_| "交流任职".into()),
            entered: 1,
        };
        let day = vocabulary::day!(2026 - 11 - 22);
        let usual = vec![holding("李明", 2021, None), holding("王芳", 2016, Some(2021))];
        let full = (1980..2020).map(|y| holding(samples::LONG_NAME, y, Some(y + 1))).collect();
        let page = |holdings| PostPage::with(samples::seat("青云镇镇长"), vec![], holdings, day);
        vec![Sample::usual(page(usual.clone())), Sample::empty(page(vec![])), Sample::overfull(page(full)), Sample::another_day(page(usual))]
    }
}
