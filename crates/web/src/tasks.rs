//! 重点任务清单: every line of the organisations' lists and plans, red first; a list of one's own beside them.

use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::task::{self, Light, NewTask, Task};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use registry::{Desk, organisation};
use serde::{Deserialize, Serialize};
use vocabulary::{Day, Finding, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub lines: Vec<Line>,
    /// Word, label, tone, number; the figure opens its lines.
    pub lights: Vec<(String, String, String, usize)>,
    pub light: String,
    /// What else was asked, in words: the institution and the days.
    pub asked: String,
    pub total: usize,
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub may: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    #[serde(flatten)]
    pub task: Task,
    pub unit_name: String,
    pub says: &'static str,
    pub tone: &'static str,
    /// The plan that it belongs to.
    pub href: Option<String>,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    light: String,
    /// Only the plans of this institution.
    #[serde(default)]
    of: String,
    /// Only what was finished within these days.
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// Listed on one page.
const SHOWN: usize = 300;

pub async fn list(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| ListPage::of(desk, &asked, may)).await?;
    c.page(&page)
}

fn tone(light: Light) -> &'static str {
    match light {
        Light::Red => "refuse",
        Light::Yellow => "warn",
        Light::Green => "done",
        Light::Done => "plain",
    }
}

impl ListPage {
    fn of(desk: &Desk, asked: &Asked, may: bool) -> Result<ListPage, Stop> {
        let light = asked.light.as_str();
        let day = |text: &str| text.parse::<Day>().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01")));
        let done = if asked.from.is_empty() || asked.until.is_empty() { None } else { Some((day(&asked.from)?, day(&asked.until)?)) };
        let of = Some(asked.of.as_str()).filter(|of| !of.is_empty());
        let asks = task::Asked { light: None, of: of.map(Into::into), done };
        let mut words: Vec<String> = of.and_then(|of| desk.book.institution(of)).map(|i| i.title.to_string()).into_iter().collect();
        words.extend(done.map(|(from, until)| format!("{from} 至 {until} 完成的")));
        let all: Vec<Task> = task::all(desk)?.into_iter().filter(|t| asks.fits(t)).collect();
        let units = organisation::all(desk)?;
        let wanted = Light::from_id(light);
        let lights = Light::ALL.iter().map(|(id, says, l)| ((*id).to_owned(), (*says).to_owned(), tone(*l).to_owned(), all.iter().filter(|t| t.light == *l).count())).collect();
        // Without a light: what is still to be done.
        let mut fits: Vec<Task> = all.into_iter().filter(|t| wanted.map_or(t.light != Light::Done, |l| t.light == l)).collect();
        fits.sort_by_key(|t| (t.light as usize, t.due, t.id));
        let total = fits.len();
        let line = |t: Task| Line {
            unit_name: units.iter().find(|u| u.id.number() == t.unit).map(|u| u.short_name.clone()).unwrap_or_default(),
            says: Light::ALL.iter().find(|(.., l)| *l == t.light).map_or("", |(_, says, _)| says),
            tone: tone(t.light),
            href: t.matter.map(|m| affairs::matter::address(vocabulary::Id::new(m))),
            task: t,
        };
        Ok(ListPage {
            lines: fits.into_iter().take(SHOWN).map(line).collect(),
            lights,
            light: light.to_owned(),
            asked: words.join("，"),
            total,
            form: Typed::with([("on", desk.today.to_string())]),
            findings: vec![],
            may,
        })
    }

    async fn again(c: &Ctx, typed: Typed, findings: Vec<Finding>) -> Answer {
        let page = c
            .read(move |desk| {
                let mut page = ListPage::of(desk, &Asked::default(), true)?;
                (page.form, page.findings) = (typed, findings);
                Ok(page)
            })
            .await?;
        c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

async fn wrong(c: &Ctx, says: &str) -> Result<Vec<Finding>, Stop> {
    wrongs(c, vec![says.to_owned()]).await
}

async fn wrongs(c: &Ctx, says: Vec<String>) -> Result<Vec<Finding>, Stop> {
    let citation = c.read(|desk| Ok(task::source(desk))).await?;
    let finding = |says: String| Finding {
        rule: "typed".into(),
        weight: vocabulary::Weight::Refuse,
        says,
        citation: citation.clone(),
        saw: vec![],
        due: None,
        next: Some("改正后再提交".into()),
        unsure: false,
    };
    Ok(says.into_iter().map(finding).collect())
}

/// 加一项: on an organisation's own list.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let typed = form.typed();
    let due = form.day("due", "时限");
    let unread = due.is_none() && !form.text("due").trim().is_empty();
    // Without a unit and a day the list cannot look at the rest: all that is missing is said at once.
    let Some(due) = due.filter(|_| !form.text("unit").trim().is_empty()) else {
        let asked = [("unit", "单位"), ("problem", "问题"), ("measure", "措施"), ("owner", "责任人"), ("due", "时限")];
        let missing = asked.iter().filter(|(field, _)| form.text(field).trim().is_empty()).map(|(_, label)| format!("没有填写{label}"));
        let says = missing.chain(unread.then(|| "时限读不懂，请写成 2026-11-22".to_owned())).collect();
        return ListPage::again(&c, typed, wrongs(&c, says).await?).await;
    };
    let name = form.text("unit").to_owned();
    let (problem, measure, owner) = (form.text("problem").to_owned(), form.text("measure").to_owned(), form.text("owner").to_owned());
    let asked = name.clone();
    let Some(unit) = c.read(move |desk| Ok(organisation::named(desk, &asked)?.map(|u| u.id))).await? else {
        return ListPage::again(&c, typed, wrong(&c, &format!("没有找到单位“{name}”，请写机构简称")).await?).await;
    };
    match c.write(move |desk| Ok(task::add(desk, &NewTask { unit, matter: None, problem, measure, owner, due })?)).await? {
        Outcome::Done(_) => Ok(answer::see("/tasks")),
        Outcome::Refused(findings) => ListPage::again(&c, typed, findings.into_iter().collect()).await,
    }
}

/// 完成: with what shows it.
pub async fn finish(c: Ctx, Path(id): Path<i64>, form: Form) -> Answer {
    let typed = form.typed();
    let Some(on) = form.day("on", "完成日期") else { return ListPage::again(&c, typed, wrong(&c, "完成日期读不懂，请写成 2026-11-22").await?).await };
    let evidence = form.text("evidence").to_owned();
    let outcome = c
        .write(move |desk| {
            // Only what this desk may see.
            if !task::all(desk)?.iter().any(|t| t.id == id) {
                return Err(Stop::NotFound("这项任务".into()));
            }
            Ok(task::finish(desk, id, on, &evidence)?)
        })
        .await?;
    match outcome {
        Outcome::Done(()) => Ok(answer::see("/tasks")),
        Outcome::Refused(findings) => ListPage::again(&c, typed, findings.into_iter().collect()).await,
    }
}

/// 完成 what one answers for oneself, from one's own list.
pub async fn finish_own(c: Ctx, Path(id): Path<i64>, form: Form) -> Answer {
    let on = form.day("on", "完成日期").ok_or_else(|| Stop::Wrong("完成日期读不懂，请写成 2026-11-22".into()))?;
    let evidence = form.text("evidence").to_owned();
    let outcome = c
        .write(move |desk| {
            if !task::mine(desk)?.iter().any(|t| t.id == id) {
                return Err(Stop::NotFound("这项任务".into()));
            }
            Ok(task::finish(desk, id, on, &evidence)?)
        })
        .await?;
    match outcome {
        Outcome::Done(()) => Ok(answer::see("/duties")),
        Outcome::Refused(findings) => Err(Stop::refused("没有登记完成。", findings)),
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "tasks/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let day = vocabulary::day!(2026 - 11 - 20);
        let line = |light: Light, problem: &str| Line {
            task: Task { id: 4, unit: 90, matter: (light == Light::Green).then_some(3), path: "/2/90/".into(), problem: problem.into(), measure: "完成村级活动场所改造".into(), owner: "镇党委 李强".into(), owner_person: Some(7), owner_unit: None, institution: None, due: day, done_on: (light == Light::Done).then_some(day), evidence: String::new(), light },
            unit_name: "青云镇大王庄村".into(),
            says: "超过时限",
            tone: tone(light),
            href: (light == Light::Green).then(|| "/matters/3".into()),
        };
        let lights = vec![("red".into(), "超过时限".into(), "refuse".into(), 1), ("yellow".into(), "临近时限".into(), "warn".into(), 1), ("green".into(), "正在办理".into(), "done".into(), 1), ("done".into(), "已完成".into(), "plain".into(), 12)];
        let page = |problem: &str, n: usize| ListPage {
            lines: (0..n).flat_map(|_| [line(Light::Red, problem), line(Light::Yellow, problem), line(Light::Green, problem)]).collect(),
            lights: lights.clone(),
            light: String::new(),
            asked: String::new(),
            total: n * 3,
            form: Typed::with([("on", "2026-11-22".to_owned())]),
            findings: vec![],
            may: true,
        };
        let usual = page("活动场所漏雨", 1);
        let refused = ListPage { findings: crate::samples::findings(), ..usual.clone() };
        let part = ListPage { light: "done".into(), asked: "软弱涣散村党组织整顿，2026-10-01 至 2026-10-31 完成的".into(), ..usual.clone() };
        vec![Sample::usual(part), Sample::usual(usual.clone()), Sample::usual(refused), Sample::empty(page("", 0)), Sample::overfull(page(crate::samples::LONG_TITLE, 30)), Sample::another_day(ListPage { may: false, ..usual.clone() }), Sample::reader(ListPage { may: false, ..usual })]
    }
}
