//! 查阅单: asked for by one, approved by another, shown to both and to the second reader.

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use policy::Purpose;
use registry::ticket::{self, PARTS, Shown, Ticket, Wish};
use registry::{Desk, person};
use serde::{Deserialize, Serialize};
use vocabulary::{Id, Outcome};

const MOST: i64 = 200;

#[derive(Clone, Debug, Serialize)]
pub struct TicketsPage {
    pub tickets: Vec<Shown>,
    pub may_ask: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct TicketPage {
    pub ticket: Shown,
    pub may_decide: bool,
    pub may_withdraw: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct AskPage {
    pub person: i64,
    pub name: String,
    pub parts: Vec<(&'static str, bool)>,
    pub purposes: Vec<(&'static str, &'static str)>,
    pub companions: Vec<(i64, String)>,
    pub latest: vocabulary::Day,
    pub form: Typed,
}

#[derive(Deserialize)]
pub struct Asked {
    person: Option<i64>,
}

pub async fn list(c: Ctx) -> Answer {
    let tickets = c.read(|desk| Ok(ticket::latest(desk, MOST)?)).await?;
    c.page(&TicketsPage { tickets, may_ask: c.may("ticket.ask") })
}

pub async fn show(c: Ctx, Path(id): Path<Id<Ticket>>) -> Answer {
    let ticket = c.read(move |desk| Ok(ticket::find(desk, id)?)).await?;
    let waits = ticket.state == "待批";
    let mine = c.actor.account == Some(ticket.reader);
    c.page(&TicketPage { may_decide: waits && !mine && c.may("ticket.approve"), may_withdraw: mine && matches!(ticket.state, "待批" | "有效"), ticket })
}

impl AskPage {
    fn of(desk: &Desk, person: i64, form: Typed, chosen: &[String]) -> Result<AskPage, Stop> {
        let name = if person == 0 { String::new() } else { person::find(desk, Id::new(person))?.row.name };
        Ok(AskPage {
            person,
            name,
            parts: PARTS.map(|p| (p, chosen.iter().any(|c| c == p))).to_vec(),
            purposes: Purpose::ALL.map(|p| (p.id(), p.says())).to_vec(),
            companions: ticket::companions(desk)?.into_iter().map(|(id, shown)| (id.number(), shown)).collect(),
            latest: desk.today.plus_days(ticket::DAYS_MOST),
            form,
        })
    }
}

pub async fn new(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let person = asked.person.unwrap_or(0);
    let page = c.read(move |desk| AskPage::of(desk, person, Typed::default(), &[])).await?;
    c.page(&page)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let mut person: i64 = form.number("person", "干部编号").unwrap_or(0);
    if person == 0 {
        let who = form.required("who", "查阅谁的记录");
        if !who.is_empty() {
            let found = c.read(move |desk| Ok(person::who(desk, &who))).await?;
            match found {
                Ok(id) => person = id.number(),
                Err(why @ (registry::Error::NotFound(_) | registry::Error::Wrong(_))) => form.mistake("who", why.to_string()),
                Err(why) => return Err(why.into()),
            }
        }
    }
    let parts: Vec<String> = form.many("part").map(str::to_owned).collect();
    let wish = Wish {
        person: Id::new(person),
        purpose: Purpose::from_id(form.text("purpose")),
        reason: form.text("reason").to_owned(),
        parts: parts.clone(),
        second: form.number::<i64>("second", "另一位查阅人").map(Id::new),
        until: form.day("until", "用到哪一天"),
    };
    if form.is_right() {
        match c.write(move |desk| Ok(ticket::ask(desk, &wish)?)).await? {
            Outcome::Done(id) => return Ok(see(&format!("/tickets/{id}"))),
            Outcome::Refused(findings) => {
                for finding in findings {
                    form.mistake(field(&finding.rule), format!("{}（{}）", finding.says, finding.citation));
                }
            }
        }
    }
    let typed = form.typed();
    let page = c.read(move |desk| AskPage::of(desk, person, typed, &parts)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The field that a refusal is about.
fn field(rule: &str) -> &'static str {
    match rule {
        "ticket-purpose" => "purpose",
        "ticket-reason" => "reason",
        "ticket-parts" => "part",
        "ticket-until" => "until",
        _ => "second",
    }
}

pub async fn decide(c: Ctx, Path(id): Path<Id<Ticket>>, form: Form) -> Answer {
    let (agreed, reason) = (form.text("agreed") == "1", form.text("reason").to_owned());
    match c.write(move |desk| Ok(ticket::decide(desk, id, agreed, &reason)?)).await? {
        Outcome::Done(()) => Ok(see(&format!("/tickets/{id}"))),
        Outcome::Refused(findings) => Err(Stop::refused("这张查阅单不能这样审批。", findings)),
    }
}

pub async fn withdraw(c: Ctx, Path(id): Path<Id<Ticket>>) -> Answer {
    match c.write(move |desk| Ok(ticket::withdraw(desk, id)?)).await? {
        Outcome::Done(()) => Ok(see(&format!("/tickets/{id}"))),
        Outcome::Refused(findings) => Err(Stop::refused("这张查阅单不能撤回。", findings)),
    }
}

fn sample(state: &'static str) -> Shown {
    Shown {
        id: Id::new(3),
        person: Id::new(7),
        name: "李明".into(),
        purpose: Purpose::Appointment.says(),
        reason: "拟任人选考察，核对家庭成员和奖惩情况".into(),
        parts: vec!["家庭".into(), "奖惩".into()],
        reader: Id::new(1),
        reader_shown: "组织部 周敏".into(),
        second: Id::new(2),
        second_shown: "组织部 陈涛".into(),
        until: "2026-12-06".into(),
        at: "2026-11-22T09:30:00+08:00".into(),
        agreed: (state == "有效").then_some(true),
        decider: (state == "有效").then(|| "组织部 何部长".into()),
        decision: None,
        ended: None,
        state,
    }
}

impl Page for TicketsPage {
    const TEMPLATE: &'static str = "tickets/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let long = Shown { reason: crate::samples::LONG_TITLE.repeat(3), name: crate::samples::LONG_NAME.into(), ..sample("待批") };
        vec![
            Sample::usual(TicketsPage { tickets: vec![sample("待批"), sample("有效"), sample("已过期")], may_ask: true }),
            Sample::empty(TicketsPage { tickets: vec![], may_ask: false }),
            Sample::overfull(TicketsPage { tickets: vec![long; 40], may_ask: true }),
        ]
    }
}
impl Page for TicketPage {
    const TEMPLATE: &'static str = "tickets/show.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::usual(TicketPage { ticket: sample("待批"), may_decide: true, may_withdraw: false }),
            Sample::with("valid", TicketPage { ticket: sample("有效"), may_decide: false, may_withdraw: true }),
        ]
    }
}
impl Page for AskPage {
    const TEMPLATE: &'static str = "tickets/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = AskPage {
            person: 7,
            name: "李明".into(),
            parts: PARTS.map(|p| (p, p == "家庭")).to_vec(),
            purposes: Purpose::ALL.map(|p| (p.id(), p.says())).to_vec(),
            companions: vec![(2, "组织部 陈涛".into())],
            latest: vocabulary::day!(2026 - 12 - 22),
            form: Typed::default(),
        };
        let form = Form::new(vec![]);
        form.mistake("purpose", "请从七种用途中选一种");
        let wrong = AskPage { person: 0, name: String::new(), companions: vec![], form: form.typed(), ..page.clone() };
        vec![Sample::usual(page), Sample::with("wrong", wrong)]
    }
}
