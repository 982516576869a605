//! 任务清单 of a matter, in red, yellow and green; of a campaign also who looks after the organisation and whether they came.

use super::ShowPage;
use crate::duties::Row;
use crate::{Answer, Ctx, Form, Stop, answer};
use affairs::matter::{self, Matter, State};
use affairs::task::{self, Light, NewTask, Task};
use affairs::{campaign, duty};
use axum::extract::Path;
use institution::Subject;
use registry::Desk;
use registry::charge::{self, Held};
use serde::Serialize;
use vocabulary::{Finding, Id, Outcome};

/// What stands below the steps.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// 一村一策, 任务清单
    pub title: String,
    pub tasks: Vec<Task>,
    pub may: bool,
    pub care: Option<Care>,
}

/// Who looks after the organisation.
#[derive(Clone, Debug, Serialize)]
pub struct Care {
    pub title: String,
    pub levels: Vec<String>,
    pub charges: Vec<Held>,
    /// Of the last two months.
    pub visits: Vec<Row>,
    pub may: bool,
}

impl Plan {
    /// None where the institution asks for no tasks. `writes`: may this actor record steps at all; `directs`: and charges?
    pub(super) fn of(desk: &Desk, state: &State, writes: bool, directs: bool) -> Result<Option<Plan>, Stop> {
        let Some(institution) = desk.book.institution(&state.brief.institution).filter(|i| matter::has_tasks(i)) else { return Ok(None) };
        let open = state.brief.ended.is_none();
        let care = institution.campaign.as_ref().filter(|c| !c.levels.is_empty()).map(|c| Care::of(desk, state, c, directs && open)).transpose()?;
        let title = institution.campaign.as_ref().map_or_else(|| "任务清单".to_owned(), |c| c.plan.to_string());
        Ok(Some(Plan { title, tasks: task::of_matter(desk, state.brief.id)?, may: writes && open && matter::may_plan(desk, state), care }))
    }
}

impl Care {
    fn of(desk: &Desk, state: &State, campaign: &institution::Campaign, may: bool) -> Result<Care, Stop> {
        let charges = charge::of(desk, state.brief.unit)?;
        let numbers: Vec<i64> = charges.iter().map(|c| c.id.number()).collect();
        let from = desk.day().plus_months(-2);
        let owed = duty::of_units(desk, Subject::Charge, &duty::units(desk, Subject::Charge, &numbers)?, from, desk.day().plus_days(31))?;
        let visits = owed.iter().rev().filter(|o| *o.institution == *state.brief.institution).map(Row::of).collect();
        Ok(Care { title: campaign.levels_title.to_string(), levels: campaign.levels.iter().map(|l| l.kind.to_string()).collect(), charges, visits, may })
    }
}

/// 怎样发现的: written from the stars where that step is still to be done.
pub(super) fn from_stars(desk: &Desk, state: &State) -> Result<Option<(String, String)>, Stop> {
    let campaign = desk.book.institution(&state.brief.institution).and_then(|i| i.campaign.as_ref());
    let Some(place) = campaign.and_then(|c| c.from_stars.as_ref()) else { return Ok(None) };
    if state.present().is_none_or(|s| *s.id != *place.step) {
        return Ok(None);
    }
    let rating = affairs::stars::rate(desk, &state.brief.institution, state.brief.year)?;
    let own = rating.rated.into_iter().find(|r| r.unit == state.brief.unit);
    Ok(own.map(|r| {
        let why: Vec<String> = r.reasons.iter().map(|x| format!("{}（{}）", x.says, x.saw)).collect();
        (format!("f-{}", place.field), format!("星级评定 {} 星：{}", r.stars, if why.is_empty() { "没有扣星".into() } else { why.join("；") }))
    }))
}

/// A matter that carries tasks, for who may write them.
fn planned(desk: &Desk, id: Id<Matter>) -> Result<State, Stop> {
    let state = matter::state(desk, id)?;
    if desk.book.institution(&state.brief.institution).is_none_or(|i| !matter::has_tasks(i)) {
        return Err(Stop::NotFound("这件事项的任务清单".into()));
    }
    if let Some((result, on)) = &state.brief.ended {
        return Err(Stop::Wrong(format!("这件事项已于 {on} {result}，清单不再改")));
    }
    if !matter::may_plan(desk, &state) {
        return Err(Stop::Forbidden("任务清单由上级党组织填写".into()));
    }
    Ok(state)
}

/// 清单加一项.
pub async fn task(c: Ctx, Path(id): Path<Id<Matter>>, form: Form) -> Answer {
    let (problem, measure, owner) = (form.required("problem", "问题"), form.required("measure", "措施"), form.required("owner", "责任人"));
    form.required("due", "时限");
    let due = form.day("due", "时限");
    let Some(due) = due.filter(|_| form.is_right()) else { return ShowPage::again(&c, id, form, vec![]).await };
    let outcome = c
        .write(move |desk| {
            let unit = planned(desk, id)?.brief.unit;
            Ok(task::add(desk, &NewTask { unit, matter: Some(id), problem, measure, owner, due })?)
        })
        .await?;
    told(&c, id, form, outcome).await
}

/// 销掉一项.
pub async fn finish(c: Ctx, Path((id, task)): Path<(Id<Matter>, i64)>, form: Form) -> Answer {
    form.required("done_on", "完成日期");
    let on = form.day("done_on", "完成日期");
    let Some(on) = on.filter(|_| form.is_right()) else { return ShowPage::again(&c, id, form, vec![]).await };
    let evidence = form.text("evidence").to_owned();
    let outcome = c
        .write(move |desk| {
            // Only what stands on this matter's list, which this desk may see.
            planned(desk, id)?;
            if !task::of_matter(desk, id)?.iter().any(|t| t.id == task) {
                return Err(Stop::NotFound("这项任务".into()));
            }
            Ok(task::finish(desk, task, on, &evidence)?)
        })
        .await?;
    told(&c, id, form, outcome).await
}

/// 明确包保: a person or a department by name.
pub async fn charge(c: Ctx, Path(id): Path<Id<Matter>>, form: Form) -> Answer {
    let (kind, who) = (form.required("kind", "层级"), form.required("who", "姓名或部门"));
    let from = form.day("from", "起始日期");
    if !form.is_right() {
        return ShowPage::again(&c, id, form, vec![]).await;
    }
    let written = c
        .write(move |desk| {
            let state = planned(desk, id)?;
            let campaign = campaign::find(desk, &state.brief.institution)?;
            let from = from.unwrap_or(desk.today);
            match campaign::charge(desk, campaign, state.brief.unit, &kind, &who, from) {
                Ok(_) => Ok(None),
                // A name that nobody has, or several have.
                Err(affairs::Error::Registry(registry::Error::Wrong(says))) => Ok(Some(says)),
                Err(affairs::Error::Registry(registry::Error::NotFound(what))) => Ok(Some(format!("没有找到{what}"))),
                Err(other) => Err(other.into()),
            }
        })
        .await?;
    match written {
        None => Ok(answer::see(&matter::address(id))),
        Some(says) => {
            form.mistake("who", says);
            ShowPage::again(&c, id, form, vec![]).await
        }
    }
}

async fn told<T>(c: &Ctx, id: Id<Matter>, form: Form, outcome: Outcome<T>) -> Answer {
    match outcome {
        Outcome::Done(_) => Ok(answer::see(&matter::address(id))),
        Outcome::Refused(findings) => ShowPage::again(c, id, form, findings.into_iter().collect::<Vec<Finding>>()).await,
    }
}

impl Plan {
    pub(super) fn sample(problem: &str, n: usize) -> Plan {
        let day = vocabulary::day!(2026 - 06 - 30);
        let task = |light, problem: &str| Task { id: 1, unit: 90, matter: Some(3), path: "/2/90/".into(), problem: problem.into(), measure: "补选支部书记".into(), owner: "镇党委 李强".into(), owner_person: None, owner_unit: None, institution: Some("rectification".into()), due: day, done_on: (light == Light::Done).then_some(day), evidence: "六月二十日选出".into(), light };
        let held = Held { id: Id::new(9), kind: "县级领导包保".into(), person: Some(Id::new(7)), organisation: None, who: "王建国".into(), place: Id::new(90), path: "/2/90/".into(), placed: "青云镇大王庄村".into(), from_day: "2026-03-01".into(), until_day: None };
        let some = |held: Held| if n == 0 { vec![] } else { vec![held] };
        Plan {
            title: "一村一策".into(),
            tasks: (0..n).flat_map(|_| Light::ALL.map(|(.., light)| task(light, problem))).collect(),
            may: true,
            care: Some(Care {
                title: "四级包保".into(),
                levels: vec!["县级领导包保".into(), "联建部门".into()],
                charges: some(held),
                visits: if n == 0 { vec![] } else { vec![crate::duties::sample_row()] },
                may: true,
            }),
        }
    }
}
