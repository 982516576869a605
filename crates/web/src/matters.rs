//! 事项: what organisations take through the steps of any institution that has them. The page knows no institution by name.

mod account;
mod ledger;
mod plan;

pub use account::{AccountPage, OpenAccountPage, open as open_account, show as account};
pub use ledger::{LedgerPage, show as ledger};
pub use plan::{charge, finish, task};

use crate::form::{Mistake, Typed};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::Fields;
use plan::Plan;
use affairs::matter::{self, Brief, FieldState, Matter, State, StepState};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::{Desk, organisation};
use serde::Serialize;
use vocabulary::{Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub groups: Vec<Group>,
    /// What was typed for the institution that it names.
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub may: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Group {
    pub id: String,
    pub title: String,
    pub summary: String,
    /// The year's list, where the matters are one: there they begin.
    pub list: Option<String>,
    pub matters: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub href: String,
    pub title: String,
    pub unit: String,
    pub at: String,
    /// By when that is owed.
    pub due: Option<vocabulary::Day>,
    pub overdue: bool,
    pub opened: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShowPage {
    pub state: State,
    pub unit: String,
    pub institution: String,
    /// The list of tasks, where the institution asks for one.
    pub plan: Option<Plan>,
    /// The year's list that it stands on, and what that is called.
    pub list: Option<(String, String)>,
    /// The year before, in which it did not pass.
    pub came_from: Option<String>,
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub may: bool,
}

pub async fn list(c: Ctx) -> Answer {
    let may = c.may_now("matter.do");
    let page = c.read(move |desk| ListPage::of(desk, may)).await?;
    c.page(&page)
}

impl ListPage {
    fn of(desk: &Desk, may: bool) -> Result<ListPage, Stop> {
        let units = organisation::all(desk)?;
        let mut groups = Vec::new();
        for institution in matter::institutions(desk) {
            let line = |b: Brief| Line {
                href: matter::address(b.id),
                unit: units.iter().find(|u| u.id == b.unit).map(|u| u.short_name.clone()).unwrap_or_default(),
                at: b.at,
                due: b.due,
                overdue: b.overdue,
                title: b.title,
                opened: b.opened,
            };
            let matters = matter::list(desk, &institution.id, None)?.into_iter().take(100).map(line).collect();
            let list = institution.campaign.as_ref().map(|_| format!("/campaigns/{}", institution.id));
            groups.push(Group { id: institution.id.to_string(), title: institution.title.to_string(), summary: institution.summary.to_string(), list, matters });
        }
        Ok(ListPage { groups, form: Typed::default(), findings: vec![], may })
    }
}

/// 提出: by an organisation's name. What is wrong is told beside what was typed.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let institution = form.text("institution").to_owned();
    let (unit, title) = (form.required("unit", "单位"), form.required("title", "事项名称"));
    let mut typed = form.typed();
    let mut found = vec![];
    if form.is_right() {
        let (name, called) = (institution.clone(), unit.clone());
        let outcome = c
            .write(move |desk| {
                if desk.book.institution(&name).is_some_and(|i| i.campaign.is_some()) {
                    return Err(Stop::Wrong("请在年度名单里列入".into()));
                }
                let Some(unit) = organisation::named(desk, &called)? else { return Ok(None) };
                let year = i64::from(desk.today.year());
                Ok(Some(matter::open(desk, &name, unit.id, &title, year, None)?))
            })
            .await?;
        match outcome {
            Some(Outcome::Done(id)) => return Ok(answer::see(&matter::address(id))),
            Some(Outcome::Refused(findings)) => found = findings.into_iter().collect(),
            None => typed.mistakes.push(Mistake { field: "unit".into(), says: format!("没有找到单位“{unit}”，请写机构简称") }),
        }
    }
    let page = c.read(|desk| ListPage::of(desk, true)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &ListPage { form: typed, findings: found, ..page })
}

pub async fn show(c: Ctx, Path(id): Path<Id<Matter>>) -> Answer {
    let (may, directs) = (c.may_now("matter.do"), c.may_now("duty.direct"));
    let page = c.read(move |desk| ShowPage::of(desk, id, may, directs)).await?;
    c.page(&page)
}

impl ShowPage {
    fn of(desk: &Desk, id: Id<Matter>, may: bool, directs: bool) -> Result<ShowPage, Stop> {
        let state = matter::state(desk, id)?;
        let campaign = desk.book.institution(&state.brief.institution).and_then(|i| i.campaign.as_ref());
        let mut form = Typed::with([("on", desk.today.to_string())]);
        if may {
            form.values.extend(plan::from_stars(desk, &state)?);
        }
        Ok(ShowPage {
            plan: Plan::of(desk, &state, may, directs)?,
            list: campaign.map(|c| (format!("/campaigns/{}?year={}", state.brief.institution, state.brief.year), c.short.to_string())),
            came_from: state.brief.follows.map(matter::address),
            unit: organisation::find(desk, state.brief.unit)?.short_name,
            institution: desk.book.institution(&state.brief.institution).map(|i| i.title.to_string()).unwrap_or_default(),
            form,
            findings: vec![],
            may,
            state,
        })
    }

    /// The page once more, with what was typed and what is wrong with it.
    async fn again(c: &Ctx, id: Id<Matter>, form: Form, findings: Vec<Finding>) -> Answer {
        let (typed, directs) = (form.typed(), c.may_now("duty.direct"));
        let page = c
            .read(move |desk| {
                let mut page = ShowPage::of(desk, id, true, directs)?;
                page.form.values.extend(typed.values);
                (page.form.mistakes, page.findings) = (typed.mistakes, findings);
                Ok(page)
            })
            .await?;
        c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

pub async fn step(c: Ctx, Path((id, step)): Path<(Id<Matter>, String)>, form: Form) -> Answer {
    form.required("on", "日期");
    let Some(on) = form.day("on", "日期") else { return ShowPage::again(&c, id, form, vec![]).await };
    let fields: Fields = form.texts().into_iter().filter_map(|(k, v)| k.strip_prefix("f-").map(|k| (k.to_owned(), v))).collect();
    match c.write(move |desk| Ok(matter::complete(desk, id, &step, on, &fields)?)).await? {
        Outcome::Done(()) => Ok(answer::see(&matter::address(id))),
        Outcome::Refused(findings) => ShowPage::again(&c, id, form, findings.into_iter().collect()).await,
    }
}

/// 撤回 the whole matter, of whatever institution.
pub async fn withdraw(c: Ctx, Path(id): Path<Id<Matter>>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let outcome = c.write(move |desk| Ok(matter::withdraw(desk, id, &why)?)).await?;
    taken_back(outcome, id)
}

/// 撤回 its last step.
pub async fn undo(c: Ctx, Path((id, step)): Path<(Id<Matter>, String)>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let outcome = c.write(move |desk| Ok(matter::undo(desk, id, &step, &why)?)).await?;
    taken_back(outcome, id)
}

fn taken_back(outcome: Outcome<()>, id: Id<Matter>) -> Answer {
    match outcome {
        Outcome::Done(()) => Ok(answer::see(&matter::address(id))),
        Outcome::Refused(findings) => Err(Stop::refused("没有撤回。", findings)),
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "matters/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |title: &str| Line { href: "/matters/3".into(), title: title.into(), unit: "青云镇".into(), at: "会议决定".into(), due: Some(vocabulary::day!(2026 - 11 - 20)), overdue: true, opened: "2026-11-02".into() };
        let group = |matters| Group { id: "decisions".into(), title: "“三重一大”集体决策".into(), summary: "由领导班子集体研究。".into(), list: None, matters };
        let mut listed = group(vec![line("大王庄村党组织整顿")]);
        listed.list = Some("/campaigns/rectification".into());
        let page = |matters| ListPage { groups: vec![group(matters), listed.clone()], form: Typed::default(), findings: vec![], may: true };
        let mut refused = page(vec![]);
        refused.form = Typed::with([("institution", "decisions".to_owned()), ("unit", "青云".to_owned()), ("title", "便民服务中心改造".to_owned())]);
        refused.form.mistakes = vec![Mistake { field: "unit".into(), says: "没有找到单位“青云”，请写机构简称".into() }];
        vec![
            Sample::usual(page(vec![line("便民服务中心改造")])),
            Sample::usual(refused),
            Sample::empty(page(vec![])),
            Sample::overfull(page((0..40).map(|_| line(crate::samples::LONG_TITLE)).collect())),
            Sample::reader(ListPage { may: false, ..page(vec![line("便民服务中心改造")]) }),
        ]
    }
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "matters/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let field = |id: &str, label: &str, kind, value: &str| FieldState { id: id.into(), label: label.into(), hint: "顿号隔开".into(), required: true, kind, options: (id == "speakers").then(|| vec!["李强、王芳、张伟".to_owned()]), value: value.into() };
        let step = |id: &str, title: &str, done: bool, present: bool| StepState {
            id: id.into(),
            title: title.into(),
            who: "领导班子会议".into(),
            says: String::new(),
            source: "《集体决策办法》八".into(),
            done_on: done.then(|| "2026-11-10".into()),
            actor: done.then(|| "王主任".into()),
            fields: vec![field("speakers", "发言次序", institution::Kind::Text, if done { "李强、王芳、张伟" } else { "" }), field("agree", "同意", institution::Kind::Number, if done { "7" } else { "" }), field("until", "时限", institution::Kind::Date, ""), field("yes", "是否", institution::Kind::YesNo, "")],
            due: done.then_some(vocabulary::day!(2026 - 11 - 09)),
            late: done,
            skipped: false,
            others: false,
            present,
            withdrawn: if done { vec![matter::Withdrawn { on: "2026-11-09".into(), actor: "王主任".into(), said: "7，6，5".into(), says: "撤回“会议决定”：票数填错".into(), by: "王主任".into(), at: "2026-11-10T09:20:00+08:00".into() }] } else { vec![] },
        };
        let page = |title: &str| ShowPage {
            state: State {
                brief: Brief { id: Id::new(3), institution: "decisions".into(), title: title.into(), unit: Id::new(90), path: "/2/90/".into(), year: 2026, follows: None, opened: "2026-11-02".into(), ended: None, why: None, done: vec![], at: "会议决定".into(), due: None, overdue: false },
                steps: vec![step("topic", "提出议题", true, false), step("meeting", "会议决定", false, true), step("follow-up", "落实情况", false, false)],
            },
            unit: "青云镇".into(),
            institution: "“三重一大”集体决策".into(),
            plan: None,
            list: None,
            came_from: None,
            form: Typed::with([("on", "2026-11-22".to_owned())]),
            findings: vec![],
            may: true,
        };
        let usual = page("便民服务中心改造");
        let mut withdrawn = usual.clone();
        withdrawn.state.brief.ended = Some(("撤回".into(), "2026-11-20".into()));
        withdrawn.state.brief.why = Some("资金另有来源".into());
        let refused = ShowPage { findings: crate::samples::findings(), ..usual.clone() };
        let planned = |problem: &str, n| ShowPage {
            plan: Some(Plan::sample(problem, n)),
            list: Some(("/campaigns/rectification?year=2026".into(), "整顿".into())),
            came_from: Some("/matters/1".into()),
            ..usual.clone()
        };
        let decided = ShowPage { plan: Some(Plan { title: "任务清单".into(), care: None, ..Plan::sample("", 0) }), ..usual.clone() };
        let empty = planned("", 0);
        vec![Sample::usual(planned("支部书记空缺半年", 1)), Sample::usual(decided), Sample::empty(empty), Sample::overfull(planned(crate::samples::LONG_TITLE, 30)), Sample::usual(usual.clone()), Sample::usual(refused), Sample::usual(withdrawn), Sample::overfull(page(crate::samples::LONG_TITLE)), Sample::reader(ShowPage { may: false, ..usual })]
    }
}
