//! 年度名单 of a campaign: who stands on it, where each is, what is red; and the campaigns that there are.

use crate::form::{Mistake, Typed};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::campaign::{self, Listed};
use affairs::matter::{self, Brief};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use registry::{Desk, organisation};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub id: String,
    pub title: String,
    pub short: String,
    /// 个村党组织
    pub unit: String,
    pub kinds: Vec<String>,
    pub levels_title: String,
    pub year: i64,
    pub listed: Vec<Listed>,
    /// How many organisations of these kinds there are, for the share.
    pub all: usize,
    pub released: usize,
    /// Does the institution rate by stars?
    pub stars: bool,
    /// Reports that write themselves: address and title.
    pub reports: Vec<(String, String)>,
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub may: bool,
}

#[derive(Deserialize)]
pub struct Asked {
    year: Option<i64>,
}

/// 专项: one is opened at once, of several one is chosen.
#[derive(Clone, Debug, Serialize)]
pub struct AllPage {
    pub campaigns: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: String,
    pub title: String,
    pub summary: String,
    /// 个村党组织
    pub unit: String,
    pub listed: usize,
    pub released: usize,
    pub red: usize,
}

pub async fn all(c: Ctx) -> Answer {
    let page = c.read(AllPage::of).await?;
    match page.campaigns.as_slice() {
        [one] => Ok(answer::see(&format!("/campaigns/{}", one.id))),
        _ => c.page(&page),
    }
}

impl AllPage {
    fn of(desk: &Desk) -> Result<AllPage, Stop> {
        let year = i64::from(desk.day().year());
        let mut campaigns = Vec::new();
        for (institution, campaign) in campaign::all(desk) {
            let listed = campaign::listed(desk, &institution.id, year)?;
            campaigns.push(Line {
                id: institution.id.to_string(),
                title: campaign.title.to_string(),
                summary: institution.summary.to_string(),
                unit: campaign.unit.to_string(),
                released: listed.iter().filter(|l| l.released).count(),
                red: listed.iter().map(|l| l.lights[0]).sum(),
                listed: listed.len(),
            });
        }
        Ok(AllPage { campaigns })
    }
}

pub async fn show(c: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| ListPage::of(desk, &id, asked.year, may)).await?;
    c.page(&page)
}

impl ListPage {
    fn of(desk: &Desk, id: &str, year: Option<i64>, may: bool) -> Result<ListPage, Stop> {
        let campaign = campaign::find(desk, id)?;
        let year = year.unwrap_or(i64::from(desk.day().year()));
        let fits = |u: &organisation::Unit| campaign.kinds.iter().any(|k| u.kind.as_deref() == Some(&**k));
        let listed = campaign::listed(desk, id, year)?;
        let institution = desk.book.institution(id);
        Ok(ListPage {
            id: id.to_owned(),
            title: campaign.title.to_string(),
            short: campaign.short.to_string(),
            unit: campaign.unit.to_string(),
            kinds: campaign.kinds.iter().map(|k| k.to_string()).collect(),
            levels_title: campaign.levels_title.to_string(),
            year,
            all: organisation::all(desk)?.into_iter().filter(fits).count(),
            released: listed.iter().filter(|l| l.released).count(),
            stars: institution.is_some_and(|i| i.stars.is_some()),
            reports: institution.iter().flat_map(|i| &i.reports).map(|r| (format!("/reports/{}", r.key), r.title.to_string())).collect(),
            listed,
            form: Typed::default(),
            findings: vec![],
            may,
        })
    }
}

/// 列入名单: an organisation by its name. What is wrong is told beside what was typed.
pub async fn create(c: Ctx, Path(id): Path<String>, form: Form) -> Answer {
    let name = form.required("unit", "单位");
    let (campaign, called) = (id.clone(), name.clone());
    let mut typed = form.typed();
    let mut found = vec![];
    if form.is_right() {
        let outcome = c
            .write(move |desk| {
                let Some(unit) = organisation::named(desk, &called)? else { return Ok(None) };
                Ok(Some(campaign::list(desk, &campaign, &unit)?))
            })
            .await?;
        match outcome {
            Some(Outcome::Done(id)) => return Ok(answer::see(&matter::address(id))),
            Some(Outcome::Refused(findings)) => found = findings.into_iter().collect(),
            None => typed.mistakes.push(Mistake { field: "unit".into(), says: format!("没有找到“{name}”，请写机构简称，例如 青云镇大王庄村") }),
        }
    }
    let page = c.read(move |desk| ListPage::of(desk, &id, None, true)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &ListPage { form: typed, findings: found, ..page })
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "campaigns/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let one = |name: &str, lacking: &[&str]| Listed {
            matter: Brief { id: Id::new(3), institution: "rectification".into(), title: format!("{name}党组织整顿"), unit: Id::new(90), path: "/2/90/".into(), year: 2026, follows: Some(Id::new(1)), opened: "2026-02-01".into(), ended: None, why: None, done: vec![], at: "验收".into(), due: None, overdue: false },
            name: name.into(),
            above: "青云镇".into(),
            at: "验收".into(),
            lights: [1, 2, 3, 4],
            lacking: lacking.iter().map(|l| (*l).to_owned()).collect(),
            released: false,
        };
        let usual = ListPage {
            id: "rectification".into(),
            title: "软弱涣散村党组织整顿".into(),
            short: "整顿".into(),
            unit: "个村党组织".into(),
            kinds: vec!["村".into(), "社区".into()],
            levels_title: "四级包保".into(),
            year: 2026,
            listed: vec![one("青云镇大王庄村", &[]), one("石桥镇石门村", &["第一书记"])],
            all: 210,
            released: 0,
            stars: true,
            reports: vec![("/reports/rectification/special".into(), "软弱涣散村党组织整顿专报".into())],
            form: Typed::default(),
            findings: vec![],
            may: true,
        };
        let full = ListPage { listed: (0..40).map(|_| one(crate::samples::LONG_TITLE, &["第一书记", "联建部门"])).collect(), ..usual.clone() };
        let mut wrong = ListPage { form: Typed::with([("unit", "大王".to_owned())]), ..usual.clone() };
        wrong.form.mistakes = vec![Mistake { field: "unit".into(), says: "没有找到“大王”，请写机构简称，例如 青云镇大王庄村".into() }];
        let refused = ListPage { findings: crate::samples::findings(), ..wrong.clone() };
        vec![
            Sample::usual(usual.clone()),
            Sample::usual(wrong),
            Sample::usual(refused),
            Sample::empty(ListPage { listed: vec![], ..usual.clone() }),
            Sample::overfull(full),
            Sample::another_day(ListPage { may: false, ..usual.clone() }),
            Sample::reader(ListPage { may: false, ..usual }),
        ]
    }
}

impl Page for AllPage {
    const TEMPLATE: &'static str = "campaigns/all.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |title: &str| Line { id: "rectification".into(), title: title.into(), summary: "三会审定、一村一策、四级包保。".into(), unit: "个村党组织".into(), listed: 21, released: 3, red: 2 };
        vec![
            Sample::usual(AllPage { campaigns: vec![line("软弱涣散村党组织整顿"), line("老旧小区“五治”")] }),
            Sample::empty(AllPage { campaigns: vec![] }),
            Sample::overfull(AllPage { campaigns: (0..30).map(|_| line(crate::samples::LONG_TITLE)).collect() }),
        ]
    }
}
