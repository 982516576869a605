//! 一村一策: steps in order, the plan in red, yellow and green, who looks after the village and whether they came.

use crate::duties::Row;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::matter::{self, Brief, FieldState, Matter, State, StepState};
use affairs::rectification::{self, LEVELS};
use affairs::task::{self, Light, NewTask, Task};
use affairs::{Fields, duty};
use axum::extract::Path;
use axum::http::StatusCode;
use institution::Subject;
use registry::charge::{self, Held, Taker};
use registry::{Desk, organisation, person};
use serde::Serialize;
use vocabulary::{Day, Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct VillagePage {
    pub state: State,
    pub name: String,
    pub tasks: Vec<Task>,
    pub charges: Vec<Held>,
    pub visits: Vec<Row>,
    pub levels: [&'static str; 4],
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub may: bool,
    /// The next year's matter is not this one: where it came from.
    pub came_from: Option<String>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Matter>>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| VillagePage::of(desk, id, may)).await?;
    c.page(&page)
}

impl VillagePage {
    fn of(desk: &Desk, id: Id<Matter>, may: bool) -> Result<VillagePage, Stop> {
        let state = matter::state(desk, id)?;
        let charges = charge::of(desk, state.brief.unit)?;
        let numbers: Vec<i64> = charges.iter().map(|c| c.id.number()).collect();
        let from = desk.day().plus_months(-2);
        let owed = duty::of_units(desk, Subject::Charge, &duty::units(desk, Subject::Charge, &numbers)?, from, desk.day().plus_days(31))?;
        let own = owed.iter().rev().filter(|o| &*o.institution == rectification::INSTITUTION);
        Ok(VillagePage {
            name: organisation::find(desk, state.brief.unit)?.short_name,
            tasks: task::of_matter(desk, id)?,
            visits: own.map(Row::of).collect(),
            charges,
            levels: LEVELS,
            form: Typed::with([("on", desk.today.to_string()), ("f-origin", origin(desk, &state, may)?)]),
            findings: vec![],
            may,
            came_from: state.brief.follows.map(|f| format!("/rectification/{f}")),
            state,
        })
    }
}

/// 怎样发现的: written from the stars where the screening is still to be done.
fn origin(desk: &Desk, state: &State, may: bool) -> Result<String, Stop> {
    if !may || state.present().is_none_or(|s| s.id != "screening") {
        return Ok(String::new());
    }
    let rating = affairs::stars::rate(desk, rectification::INSTITUTION, state.brief.year)?;
    let own = rating.rated.into_iter().find(|r| r.unit == state.brief.unit);
    Ok(own.map_or_else(String::new, |r| {
        let why: Vec<String> = r.reasons.iter().map(|x| format!("{}（{}）", x.says, x.saw)).collect();
        format!("星级评定 {} 星：{}", r.stars, if why.is_empty() { "没有扣星".into() } else { why.join("；") })
    }))
}

/// 完成一步.
pub async fn step(c: Ctx, Path((id, step)): Path<(Id<Matter>, String)>, form: Form) -> Answer {
    let on = form.day("on", "日期");
    let fields: Fields = form.typed().values.into_iter().filter_map(|(k, v)| k.strip_prefix("f-").map(|k| (k.to_owned(), v))).collect();
    let Some(on) = on else { return Err(Stop::Wrong("日期读不懂，请写成 2026-11-22".into())) };
    let typed = form.typed();
    match c.write(move |desk| Ok(rectification::complete(desk, id, &step, on, &fields)?)).await? {
        Outcome::Done(()) => Ok(answer::see(&format!("/rectification/{id}"))),
        Outcome::Refused(findings) => {
            let page = c
                .read(move |desk| {
                    let mut page = VillagePage::of(desk, id, true)?;
                    page.form = typed;
                    page.findings = findings.into_iter().collect();
                    Ok(page)
                })
                .await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// 清单加一项.
pub async fn task(c: Ctx, Path(id): Path<Id<Matter>>, form: Form) -> Answer {
    let due = form.day("due", "时限").ok_or_else(|| Stop::Wrong("时限读不懂，请写成 2026-11-22".into()))?;
    let (problem, measure, owner) = (form.text("problem").to_owned(), form.text("measure").to_owned(), form.text("owner").to_owned());
    let outcome = c
        .write(move |desk| {
            let unit = matter::state(desk, id)?.brief.unit;
            Ok(task::add(desk, &NewTask { unit, matter: Some(id), problem, measure, owner, due })?)
        })
        .await?;
    told(outcome, id, "没有加入清单。")
}

/// 销掉一项.
pub async fn finish(c: Ctx, Path((id, task)): Path<(Id<Matter>, i64)>, form: Form) -> Answer {
    let on = form.day("on", "完成日期").ok_or_else(|| Stop::Wrong("完成日期读不懂，请写成 2026-11-22".into()))?;
    let evidence = form.text("evidence").to_owned();
    let outcome = c
        .write(move |desk| {
            // Only what stands on this village's plan, which this desk may see.
            matter::state(desk, id)?;
            if !task::of_matter(desk, id)?.iter().any(|t| t.id == task) {
                return Err(Stop::NotFound("这项任务".into()));
            }
            Ok(task::finish(desk, task, on, &evidence)?)
        })
        .await?;
    told(outcome, id, "没有登记完成。")
}

/// 明确包保: a person or a department by name.
pub async fn charge(c: Ctx, Path(id): Path<Id<Matter>>, form: Form) -> Answer {
    let (kind, who) = (form.text("kind").to_owned(), form.text("who").to_owned());
    let from = form.day("from", "起始日期");
    c.write(move |desk| {
        let unit = matter::state(desk, id)?.brief.unit;
        if !LEVELS.contains(&kind.as_str()) {
            return Err(Stop::Wrong("请选择包保层级".into()));
        }
        let taker = if kind == "联建部门" {
            let found = organisation::named(desk, &who)?.ok_or_else(|| Stop::Wrong(format!("没有找到部门“{who}”")))?;
            Taker::Department(found.id)
        } else {
            Taker::Person(person::who(desk, &who)?)
        };
        let from = from.unwrap_or(desk.today);
        charge::begin(desk, &kind, &taker, unit, from)?;
        Ok(())
    })
    .await?;
    Ok(answer::see(&format!("/rectification/{id}")))
}

fn told<T>(outcome: Outcome<T>, id: Id<Matter>, says: &str) -> Answer {
    match outcome {
        Outcome::Done(_) => Ok(answer::see(&format!("/rectification/{id}"))),
        Outcome::Refused(findings) => Err(Stop::refused(says, findings)),
    }
}

impl Page for VillagePage {
    const TEMPLATE: &'static str = "rectification/village.html";
    fn samples() -> Vec<Sample<Self>> {
        let day: Day = vocabulary::day!(2026 - 06 - 30);
        let task = |light, problem: &str| Task { id: 1, unit: 90, matter: Some(3), path: "/2/90/".into(), problem: problem.into(), measure: "补选支部书记".into(), owner: "镇党委 李强".into(), owner_person: None, owner_unit: None, institution: Some("rectification".into()), due: day, done_on: (light == Light::Done).then_some(day), evidence: "六月二十日选出".into(), light };
        let field = |id: &str, label: &str, kind| FieldState { id: id.into(), label: label.into(), hint: "".into(), required: true, kind, value: "".into() };
        let step = |id: &str, title: &str, done: bool, present: bool| StepState {
            id: id.into(),
            title: title.into(),
            who: "镇党委".into(),
            says: String::new(),
            source: "《整顿工作方案》二".into(),
            done_on: done.then(|| "2026-02-10".into()),
            actor: done.then(|| "王主任".into()),
            fields: vec![FieldState { value: if done { "46".into() } else { String::new() }, ..field("should", "应到", institution::Kind::Number) }, field("passed", "是否通过", institution::Kind::YesNo), field("say", "情况", institution::Kind::Text)],
            others: false,
            present,
            withdrawn: vec![],
        };
        let held = |who: &str| Held { id: Id::new(9), kind: "县级领导包保".into(), person: Some(Id::new(7)), organisation: None, who: who.into(), place: Id::new(90), path: "/2/90/".into(), placed: "青云镇大王庄村".into(), from_day: "2026-03-01".into(), until_day: None };
        let page = |problem: &str, who: &str, n: usize| VillagePage {
            state: State {
                brief: Brief { id: Id::new(3), institution: "rectification".into(), title: "青云镇大王庄村党组织整顿".into(), unit: Id::new(90), path: "/2/90/".into(), year: 2026, follows: Some(Id::new(1)), opened: "2026-02-01".into(), ended: None, why: None, done: vec![] },
                steps: vec![step("screening", "排查", true, false), step("village-meeting", "村党员和村民代表会议评议", false, true), step("town-meeting", "镇党委会研究", false, false)],
            },
            name: "青云镇大王庄村".into(),
            tasks: (0..n).flat_map(|_| [task(Light::Red, problem), task(Light::Yellow, problem), task(Light::Green, problem), task(Light::Done, problem)]).collect(),
            charges: vec![held(who)],
            visits: vec![crate::duties::sample_row()],
            levels: LEVELS,
            form: Typed::with([("on", "2026-11-22".to_owned())]),
            findings: vec![],
            may: true,
            came_from: Some("/rectification/1".into()),
        };
        let usual = page("支部书记空缺半年", "王建国", 1);
        let refused = VillagePage { findings: crate::samples::findings(), ..usual.clone() };
        let reader = VillagePage { may: false, ..usual.clone() };
        let empty = VillagePage { tasks: vec![], charges: vec![], visits: vec![], came_from: None, ..usual.clone() };
        vec![Sample::usual(usual), Sample::usual(refused), Sample::empty(empty), Sample::overfull(page(crate::samples::LONG_TITLE, crate::samples::LONG_NAME, 30)), Sample::reader(reader)]
    }
}

