//! 整顿名单: this year's villages, where each stands, what is red.

use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::matter::{self, Brief};
use affairs::rectification::{INSTITUTION, Village, villages};
use axum::extract::Query;
use registry::{Desk, organisation};
use serde::{Deserialize, Serialize};
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub year: i64,
    pub villages: Vec<Village>,
    /// How many villages there are, for the share.
    pub all: usize,
    pub signed_off: usize,
    pub month: String,
    pub may: bool,
}

#[derive(Deserialize)]
pub struct Asked {
    year: Option<i64>,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| ListPage::of(desk, asked.year, may)).await?;
    c.page(&page)
}

impl ListPage {
    fn of(desk: &Desk, year: Option<i64>, may: bool) -> Result<ListPage, Stop> {
        let year = year.unwrap_or(i64::from(desk.day().year()));
        let all = organisation::all(desk)?.iter().filter(|u| matches!(u.kind.as_deref(), Some("村" | "社区"))).count();
        let villages = villages(desk, year)?;
        let signed_off = villages.iter().filter(|v| v.matter.done.iter().any(|(s, _)| s == "sign-off")).count();
        let first = desk.day().plus_days(1 - i64::from(desk.day().day()));
        Ok(ListPage { year, villages, all, signed_off, month: first.to_string()[..7].to_owned(), may })
    }
}

/// 列入名单: a village by its name.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let name = form.text("village").to_owned();
    let outcome = c
        .write(move |desk| {
            let unit = organisation::named(desk, &name)?.ok_or_else(|| Stop::Wrong(format!("没有找到“{name}”，请写机构简称，例如 青云镇大王庄村")))?;
            if !matches!(unit.kind.as_deref(), Some("村" | "社区")) {
                return Err(Stop::Wrong(format!("{}不是村或社区", unit.short_name)));
            }
            let year = i64::from(desk.today.year());
            Ok(matter::open(desk, INSTITUTION, unit.id, &format!("{}党组织整顿", unit.short_name), year, None)?)
        })
        .await?;
    match outcome {
        Outcome::Done(id) => Ok(answer::see(&format!("/rectification/{id}"))),
        Outcome::Refused(findings) => Err(Stop::refused("没有列入。", findings)),
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "rectification/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let village = |name: &str, lacking: Vec<&'static str>| Village {
            matter: Brief { id: Id::new(3), institution: INSTITUTION.into(), title: format!("{name}党组织整顿"), unit: Id::new(90), path: "/2/90/".into(), year: 2026, follows: Some(Id::new(1)), opened: "2026-02-01".into(), ended: None, why: None, done: vec![] },
            name: name.into(),
            town: "青云镇".into(),
            at: "验收".into(),
            lights: [1, 2, 3, 4],
            lacking,
        };
        let usual = ListPage { year: 2026, villages: vec![village("青云镇大王庄村", vec![]), village("石桥镇石门村", vec!["第一书记"])], all: 210, signed_off: 0, month: "2026-11".into(), may: true };
        let full = ListPage { villages: (0..40).map(|_| village(crate::samples::LONG_TITLE, vec!["第一书记", "联建部门"])).collect(), ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::empty(ListPage { villages: vec![], ..usual.clone() }), Sample::overfull(full), Sample::another_day(ListPage { may: false, ..usual.clone() }), Sample::reader(ListPage { may: false, ..usual })]
    }
}
