//! 我的记录: what is written about me, field by field, who looked at it, and what I can do about it, in plain words.

use crate::officials::{OfficialPage, Record};
use crate::page::Sample;
use crate::rights::oneself;
use crate::{Answer, Ctx, Page, Stop, samples};
use axum::extract::Path;
use registry::Role;
use registry::rights::{self, Correction, Looked, OwnEntry, OwnPart, OwnValue, Stage, Statement};
use serde::Serialize;
use vocabulary::{Day, Id};

/// Looks that are listed; older ones are told at the office.
const LOOKED: i64 = 200;

/// Layer A of the register of columns, always; of layer B only that it is there; of layer C nothing.
#[derive(Clone, Debug, Serialize)]
pub struct MyPage {
    pub name: String,
    pub photo: bool,
    pub post: Option<String>,
    pub timeline: crate::drawing::timeline::Timeline,
    pub soon: Vec<crate::officials::Soon>,
    pub own: Vec<OwnPart>,
    pub corrections: Vec<Mine>,
    pub looked: Vec<Looked>,
    /// Who entered what, by day.
    pub origins: Vec<String>,
}

/// One of my requests.
#[derive(Clone, Debug, Serialize)]
pub struct Mine {
    pub id: String,
    pub label: String,
    pub stage: &'static str,
    pub due: Option<Day>,
    pub overdue: bool,
}

impl Mine {
    fn of(c: &Correction) -> Mine {
        Mine { id: c.id.to_string(), label: c.label.clone(), stage: c.stage.says(), due: c.due, overdue: c.overdue }
    }
}

pub async fn show(c: Ctx) -> Answer {
    let (mine, id) = oneself(&c)?;
    let page = mine
        .read(move |desk| {
            let origins = Record::of(desk, id)?.origins();
            let mut page = MyPage::of(OfficialPage::of(desk, id)?);
            page.own = rights::parts(desk, id)?;
            page.corrections = rights::mine(desk, id)?.iter().map(Mine::of).collect();
            page.looked = rights::looked(desk, id, LOOKED)?;
            page.origins = origins;
            Ok(page)
        })
        .await?;
    c.page(&page)
}

/// My own picture.
pub async fn photo(c: Ctx) -> Answer {
    if c.actor.role != Role::Recorded && c.actor.person.is_none() {
        return Err(Stop::NotFound("照片".into()));
    }
    let (mine, id) = oneself(&c)?;
    crate::officials::photo(mine, Path(id)).await
}

impl MyPage {
    fn of(mut record: OfficialPage) -> MyPage {
        record.soon.retain(|s| s.says != "影响期满");
        MyPage {
            name: record.name,
            photo: record.photo,
            post: record.post,
            timeline: record.timeline,
            soon: record.soon,
            own: vec![],
            corrections: vec![],
            looked: vec![],
            origins: vec![],
        }
    }
}

fn sample_parts(text: &str, entries: usize) -> Vec<OwnPart> {
    let statement = Statement {
        id: 1,
        person: Id::new(7),
        noun: "person_details".into(),
        number: Some(7),
        field: Some("born".into()),
        label: "出生年月".into(),
        fact: "born".into(),
        text: "户口簿为 1985 年 6 月。".into(),
        stated_on: "2026-11-02".into(),
    };
    let value = |label, column, value: &str, statements: Vec<Statement>| OwnValue { column, label, value: value.into(), statements };
    let details = OwnEntry {
        number: 7,
        headline: "李明 男".into(),
        values: vec![value("姓名", "name", text, vec![]), value("出生年月", "born", "1985-04", vec![statement.clone()]), value("健康状况", "health", "", vec![])],
        statements: vec![],
    };
    let tenure = OwnEntry { number: 9, headline: format!("{text} 2021-03"), values: vec![value("职务", "title", text, vec![])], statements: vec![statement] };
    vec![
        OwnPart { table: "person_details", title: "基本信息", entries: vec![details], on_request: false },
        OwnPart { table: "tenures", title: "任职", entries: vec![tenure; entries], on_request: false },
        OwnPart { table: "awards", title: "奖励", entries: vec![], on_request: false },
        OwnPart { table: "sanctions", title: "惩戒", entries: vec![], on_request: true },
    ]
}

impl Page for MyPage {
    const TEMPLATE: &'static str = "me/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let mine = |stage: Stage, overdue| Mine { id: "3".into(), label: "出生年月".into(), stage: stage.says(), due: stage.waits().then_some(vocabulary::day!(2026 - 11 - 30)), overdue };
        let looked = Looked { day: "2026-11-20".into(), role: "组织部干部", parts: "奖惩、考核".into(), purpose: "干部任免".into() };
        let mut usual = MyPage::of(samples::official("李明", 4));
        usual.own = sample_parts("青云镇党委副书记、镇长", 2);
        usual.corrections = vec![mine(Stage::Waiting, true), mine(Stage::Refused, false)];
        usual.looked = vec![looked.clone()];
        usual.origins = vec!["2026-11-02 由“李明.lrmx”导入".to_owned()];
        let mut full = MyPage::of(samples::official(samples::LONG_NAME, 40));
        full.own = sample_parts(samples::LONG_TITLE, 40);
        full.looked = vec![looked; 60];
        vec![Sample::reader(usual), Sample::empty(MyPage::of(samples::bare_official())), Sample::overfull(full)]
    }
}
