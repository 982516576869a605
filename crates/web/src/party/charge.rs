//! 一项包联责任: who looks after what, visits owed and made.

use crate::duties::Row;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::duty;
use axum::extract::Path;
use institution::Subject;
use registry::charge::{self, Held};
use registry::{Charge, Desk};
use serde::Serialize;
use vocabulary::{Day, Id};

#[derive(Clone, Debug, Serialize)]
pub struct ChargePage {
    pub charge: Held,
    pub owed: Vec<Row>,
    pub may: bool,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Charge>>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| ChargePage::of(desk, id, may)).await?;
    c.page(&page)
}

impl ChargePage {
    fn of(desk: &Desk, id: Id<Charge>, may: bool) -> Result<ChargePage, Stop> {
        let charge = charge::find(desk, id)?;
        let units = duty::units(desk, Subject::Charge, &[id.number()])?;
        let begin = Day::of(desk.day().year(), 1, 1).unwrap_or(desk.day());
        let owed = duty::of_units(desk, Subject::Charge, &units, begin, desk.day().plus_days(40))?;
        Ok(ChargePage { charge, owed: owed.iter().rev().map(Row::of).collect(), may })
    }
}

impl Page for ChargePage {
    const TEMPLATE: &'static str = "party/charge.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |who: &str| ChargePage {
            charge: Held {
                id: Id::new(9),
                kind: "县级领导包保".into(),
                person: Some(Id::new(7)),
                organisation: None,
                who: who.into(),
                place: Id::new(90),
                path: "/2/90/".into(),
                placed: "青云镇大王庄村".into(),
                from_day: "2026-03-01".into(),
                until_day: None,
            },
            owed: vec![crate::duties::sample_row()],
            may: true,
        };
        let usual = page("王建国");
        vec![Sample::usual(usual.clone()), Sample::empty(ChargePage { owed: vec![], ..usual.clone() }), Sample::overfull(page(crate::samples::LONG_NAME)), Sample::another_day(ChargePage { may: false, ..usual })]
    }
}
