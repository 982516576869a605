//! 一个机构.

use super::team::Team;
use crate::crumbs as crumb;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, samples};
use axum::extract::Path;
use registry::charge::{self, Held};
use registry::organisation::{self, Unit};
use registry::post::{self, Holder, Seat};
use registry::{Desk, Organisation, Result};
use serde::Serialize;
use vocabulary::Id;

/// A post with who holds it.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    #[serde(flatten)]
    pub seat: Seat,
    pub holders: Vec<Holder>,
    pub vacant: i64,
    /// More people than 职数.
    pub over: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct OrganisationPage {
    pub unit: Unit,
    pub crumbs: Vec<crumb::Crumb>,
    pub children: Vec<Unit>,
    /// 包联责任: who looks after it.
    pub charges: Vec<Held>,
    pub places: Vec<Place>,
    pub seats: i64,
    pub held: i64,
    pub vacant: i64,
    pub team: Team,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Organisation>>) -> Answer {
    let page = c.read(move |desk| Ok(OrganisationPage::of(desk, id)?)).await?;
    c.page(&page)
}

impl OrganisationPage {
    fn of(desk: &Desk, id: Id<Organisation>) -> Result<OrganisationPage> {
        let unit = organisation::find(desk, id)?;
        let seats = post::of(desk, id)?;
        let ids: Vec<_> = seats.iter().map(|s| s.id).collect();
        let mut holders = post::holders(desk, &ids)?;
        let places: Vec<Place> = seats
            .into_iter()
            .map(|seat| {
                let (mine, rest) = std::mem::take(&mut holders).into_iter().partition(|h| h.post == seat.id);
                holders = rest;
                place(seat, mine)
            })
            .collect();
        let mut leaders: Vec<i64> = Vec::new();
        for holder in places.iter().filter(|p| p.seat.leading).flat_map(|p| &p.holders) {
            if !leaders.contains(&holder.person.number()) {
                leaders.push(holder.person.number());
            }
        }
        let mut above = organisation::above(desk, &unit)?;
        above.retain(|u| u.id != id);
        Ok(OrganisationPage {
            crumbs: crumb::crumbs(above),
            children: organisation::children(desk, Some(id))?,
            charges: charge::of(desk, id)?,
            seats: places.iter().map(|p| p.seat.seats).sum(),
            held: places.iter().map(|p| p.holders.len() as i64).sum(),
            vacant: places.iter().map(|p| p.vacant).sum(),
            team: Team::of(desk, &leaders)?,
            unit,
            places,
        })
    }
}

fn place(seat: Seat, holders: Vec<Holder>) -> Place {
    let left = seat.seats - holders.len() as i64;
    Place { vacant: left.max(0), over: (-left).max(0), seat, holders }
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "organisations/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let unit = |id: i64, name: &str| Unit {
            id: Id::new(id),
            parent: None,
            path: format!("/{id}/"),
            name: name.into(),
            short_name: name.into(),
            kind: Some("乡镇".into()),
            level: Some("正科级".into()),
            code: None,
            team_size: Some(9),
            order_no: id,
            from_day: vocabulary::day!(1996 - 1 - 1).into(),
            until_day: None,
        };
        let holder = Holder { post: Id::new(3), person: Id::new(7), tenure: 1, name: samples::LONG_NAME.into(), since: vocabulary::day!(2023 - 6 - 1).into() };
        let held = Held {
            id: Id::new(4),
            kind: "党建联系点".into(),
            person: Some(Id::new(7)),
            organisation: None,
            who: samples::LONG_NAME.into(),
            place: Id::new(5),
            path: "/2/5/".into(),
            placed: "青云镇".into(),
            from_day: "2026-01-05".into(),
            until_day: None,
        };
        let full = OrganisationPage {
            unit: unit(5, "青云镇"),
            crumbs: vec![crumb::Crumb { name: "青云县".into(), href: "/organisations/2".into() }],
            children: vec![unit(6, "青云镇党政办公室")],
            charges: vec![held],
            places: vec![place(samples::seat("青云镇镇长"), vec![holder]), place(samples::seat(samples::LONG_TITLE), vec![])],
            seats: 2,
            held: 1,
            vacant: 1,
            team: super::sample_team(),
        };
        let empty = OrganisationPage { places: vec![], children: vec![], charges: vec![], team: Team::default(), seats: 0, held: 0, vacant: 0, ..full.clone() };
        vec![Sample::usual(full.clone()), Sample::empty(empty), Sample::another_day(full)]
    }
}
