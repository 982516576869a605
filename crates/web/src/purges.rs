//! 清除: what may be kept no longer, what was asked and decided, what is held. Numbers and rules, nobody's record.

use crate::answer::see;
use crate::ctx::blocking;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use registry::purge::{self, Asked, Basis, Due, Held, Hold, Purge, Scope, Subject};
use serde::{Deserialize, Serialize};
use vocabulary::{Id, Outcome};

const MOST: i64 = 200;

#[derive(Clone, Debug, Serialize)]
pub struct PurgesPage {
    pub due: Vec<Due>,
    pub asked: Vec<Asked>,
    pub held: Vec<Held>,
    pub may_ask: bool,
    pub rules: Vec<(&'static str, &'static str)>,
    pub form: Typed,
}

#[derive(Clone, Debug, Serialize)]
pub struct PurgePage {
    pub purge: Asked,
    pub may_decide: bool,
    /// Who sits here asked for it.
    pub mine: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct AskPage {
    pub due: Option<Due>,
    pub rule: String,
    pub bases: Vec<(&'static str, &'static str)>,
    pub form: Typed,
}

#[derive(Deserialize)]
pub struct Whom {
    #[serde(default)]
    rule: String,
}

async fn page(c: &Ctx, form: Typed) -> Result<PurgesPage, Stop> {
    let (due, asked, held) = c.read(|desk| Ok((purge::due(desk)?, purge::latest(desk, MOST)?, purge::held(desk)?))).await?;
    let rules = purge::rules().iter().map(|r| (r.id.as_str(), r.title.as_str())).collect();
    Ok(PurgesPage { due, asked, held, may_ask: c.may("purge.ask"), rules, form })
}

pub async fn list(c: Ctx) -> Answer {
    let page = page(&c, Typed::default()).await?;
    c.page(&page)
}

pub async fn show(c: Ctx, Path(id): Path<Id<Purge>>) -> Answer {
    let account = c.actor.account.map_or(0, |a| a.number());
    let (purge, mine) = c.read(move |desk| Ok((purge::find(desk, id)?, purge::asked_by(desk, id)? == account))).await?;
    let waits = purge.agreed.is_none();
    c.page(&PurgePage { may_decide: waits && !mine && c.may("purge.confirm"), mine, purge })
}

fn bases() -> Vec<(&'static str, &'static str)> {
    Basis::ALL.map(|b| (b.id(), b.says())).to_vec()
}

async fn ask_page(c: &Ctx, rule: String, mut form: Typed) -> Result<AskPage, Stop> {
    let all = c.read(|desk| Ok(purge::due(desk)?)).await?;
    let due = all.into_iter().find(|d| d.rule == rule);
    if let Some(due) = &due {
        form.values.entry("basis".into()).or_insert_with(|| due.basis.into());
    }
    Ok(AskPage { due, rule, bases: bases(), form })
}

pub async fn new(c: Ctx, Query(whom): Query<Whom>) -> Answer {
    let page = ask_page(&c, whom.rule, Typed::default()).await?;
    c.page(&page)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let rule = form.text("rule").to_owned();
    let person = if rule.is_empty() { form.number::<i64>("person", "干部编号") } else { None };
    if rule.is_empty() && person.is_none() && form.is_right() {
        form.mistake("person", "请写干部编号");
    }
    let (basis, reason) = (Basis::from_id(form.text("basis")), form.required("reason", "理由"));
    if form.is_right() {
        let scope = person.map_or_else(|| Scope::Rule(rule.clone()), |n| Scope::Person(Id::new(n)));
        match c.write(move |desk| Ok(purge::ask(desk, &scope, basis, &reason)?)).await? {
            Outcome::Done(id) => return Ok(see(&format!("/purges/{id}"))),
            Outcome::Refused(findings) => {
                for finding in findings {
                    let field = match finding.rule.as_str() {
                        "purge-basis" => "basis",
                        "purge-reason" | "purge-reason-names" => "reason",
                        _ => "person",
                    };
                    form.mistake(field, format!("{}（{}）", finding.says, finding.citation));
                }
            }
        }
    }
    let page = ask_page(&c, rule, form.typed()).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub async fn decide(c: Ctx, Path(id): Path<Id<Purge>>, form: Form) -> Answer {
    let (agreed, reason) = (form.text("agreed") == "1", form.text("reason").to_owned());
    match c.write(move |desk| Ok(purge::decide(desk, id, agreed, &reason)?)).await? {
        Outcome::Done(()) => {
            let app = c.app.clone();
            if agreed {
                blocking(move || Ok(app.office.purged()?)).await?;
            }
            Ok(see(&format!("/purges/{id}")))
        }
        Outcome::Refused(findings) => Err(Stop::refused("这项清除不能这样确认。", findings)),
    }
}

pub async fn hold(c: Ctx, form: Form) -> Answer {
    let (kind, number) = (form.text("subject").to_owned(), form.text("number").trim().parse::<i64>().unwrap_or(0));
    let subject = match kind.as_str() {
        "person" => Subject::Person(Id::new(number)),
        "case" => Subject::Case(number),
        rule => Subject::Rule(rule.to_owned()),
    };
    let reason = form.text("why").to_owned();
    match c.write(move |desk| Ok(purge::hold(desk, &subject, &reason)?)).await? {
        Outcome::Done(_) => Ok(see("/purges")),
        Outcome::Refused(findings) => {
            for finding in findings {
                form.mistake(if finding.rule == "hold-reason" { "why" } else { "number" }, finding.says);
            }
            let page = page(&c, form.typed()).await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

pub async fn lift(c: Ctx, Path(id): Path<Id<Hold>>, _: Form) -> Answer {
    c.write(move |desk| Ok(purge::lift(desk, id)?)).await?;
    Ok(see("/purges"))
}

fn sample(agreed: Option<bool>) -> Asked {
    Asked {
        id: Id::new(3),
        title: "离任满三年者的家庭成员".into(),
        person: None,
        until: "2026-11-22".into(),
        basis: Basis::PeriodOver.says(),
        reason: "保存期限届满，按年度清理".into(),
        rows: 128,
        asker: "组织部 何部长".into(),
        at: "2026-11-22T09:30:00+08:00".into(),
        agreed,
        decider: agreed.map(|_| "安全管理员 沈静".into()),
        decided: agreed.map(|_| "2026-11-23T10:00:00+08:00".into()),
        decision: agreed.map(|_| String::new()),
        entry: agreed.map(|_| 4211),
    }
}

fn sample_due() -> Due {
    Due {
        rule: "relatives",
        title: "离任满三年者的家庭成员",
        basis: "period_over",
        basis_says: Basis::PeriodOver.says(),
        until: "2023-11-22".into(),
        rows: 128,
        tables: vec![("relatives".into(), 128)],
        waiting: false,
    }
}

impl Page for PurgesPage {
    const TEMPLATE: &'static str = "purges/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let rules: Vec<_> = purge::rules().iter().map(|r| (r.id.as_str(), r.title.as_str())).collect();
        let held = Held { id: Id::new(1), says: "第 57 号干部".into(), reason: "诉讼尚未结束".into(), shown: "组织部 何部长".into(), at: "2026-11-20T09:00:00+08:00".into() };
        let empty = PurgesPage { due: vec![], asked: vec![], held: vec![], may_ask: false, rules: rules.clone(), form: Typed::default() };
        let usual = PurgesPage {
            due: vec![sample_due(), Due { waiting: true, ..sample_due() }],
            asked: vec![sample(None), sample(Some(true)), sample(Some(false))],
            held: vec![held],
            may_ask: true,
            rules,
            form: Typed::default(),
        };
        let long = Asked { reason: crate::samples::LONG_TITLE.repeat(3), ..sample(None) };
        let overfull = PurgesPage { asked: vec![long; 40], ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(overfull)]
    }
}
impl Page for PurgePage {
    const TEMPLATE: &'static str = "purges/show.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::usual(PurgePage { purge: sample(None), may_decide: true, mine: false }),
            Sample::with("mine", PurgePage { purge: sample(None), may_decide: false, mine: true }),
            Sample::with("done", PurgePage { purge: sample(Some(true)), may_decide: false, mine: false }),
        ]
    }
}
impl Page for AskPage {
    const TEMPLATE: &'static str = "purges/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let form = Form::new(vec![]);
        form.mistake("person", "还有现任职务，记录应当保存");
        vec![
            Sample::usual(AskPage { due: Some(sample_due()), rule: "relatives".into(), bases: bases(), form: Typed::default() }),
            Sample::with("person", AskPage { due: None, rule: String::new(), bases: bases(), form: form.typed() }),
        ]
    }
}
