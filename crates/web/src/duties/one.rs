//! 一次任务: the evidence form while it is owed, what is on file afterwards.

use super::row::Row;
use super::sample;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::duty::{self, Asked as Excused, Attendee, Held};
use axum::extract::{Path, Query};
use institution::duty::{DutyField, FieldKind, Standing};
use institution::{Duty, Subject};
use registry::{Desk, person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Day, Finding};

#[derive(Clone, Debug, Serialize)]
pub struct OnePage {
    pub row: Row,
    pub says: String,
    pub source: String,
    pub cadence: String,
    pub opens: String,
    pub fields: Vec<DutyField>,
    pub visit: bool,
    /// Who may have gone, when somebody did: number and name.
    pub goers: Vec<(String, String)>,
    pub roll: Vec<Attendee>,
    pub has_roll: bool,
    pub form: Typed,
    pub findings: Vec<Finding>,
    /// Must a question be answered?
    pub asked: bool,
    pub held: Option<Held>,
    /// Cases that it brought, to their end.
    pub brought: Vec<affairs::case::Brought>,
    /// The system that nobody at the place or above it works by: a problem on file became no case.
    pub unheard: Option<String>,
    /// What was handed in and taken back.
    pub withdrawn: Vec<duty::Withdrawn>,
    /// May what is on file be taken back?
    pub may_withdraw: bool,
    pub excuses: Vec<Excused>,
    pub reasons: Vec<String>,
    pub approver: String,
    pub published: String,
    /// Where the written notice is made; empty when the duty has none.
    pub letter: String,
    pub may: bool,
    pub action: String,
    pub draft_at: Option<String>,
}

#[derive(Deserialize)]
pub struct Of {
    pub of: String,
}

pub(super) type Named = (String, i64, String, String);

pub async fn show(c: Ctx, Path(named): Path<Named>, Query(of): Query<Of>) -> Answer {
    let may_write = c.as_of == registry::AsOf::default();
    let writes_letters = c.may("duty.report");
    let mut page = c.read(move |desk| OnePage::of(desk, &named, &of.of, may_write)).await?;
    if !writes_letters {
        page.letter.clear();
    }
    c.page(&page)
}

/// `letter/pdf`, `letter/docx`: the written notice to whoever owes it.
pub async fn letter(c: Ctx, Path((subject, unit, institution, id, kind)): Path<(String, i64, String, String, String)>) -> Answer {
    let pdf = match kind.as_str() {
        "pdf" => true,
        "docx" => false,
        _ => return Err(Stop::NotFound("这种格式的函".into())),
    };
    let office = c.app.settings.office_name.clone();
    let (name, bytes) = c
        .read(move |desk| {
            let duty = named(desk, &(subject, unit, institution, id))?;
            let paper = duty::letter(desk, duty, unit, &office)?;
            let name = format!("{}{}", paper.addressee.as_deref().unwrap_or_default().trim_end_matches('：'), paper.title);
            Ok((name, if pdf { document::paper::pdf(document::Fonts::of_site()?, &paper)? } else { document::paper::docx(&paper)? }))
        })
        .await?;
    if pdf {
        return Ok(answer::shown(&format!("{name}.pdf"), "application/pdf", bytes));
    }
    Ok(answer::file(&format!("{name}.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes))
}

/// 撤回 what was handed in.
pub async fn withdraw(c: Ctx, Path(name): Path<Named>, Query(of): Query<Of>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let (address, outcome) = c
        .write(move |desk| {
            let duty = named(desk, &name)?;
            let address = duty::one(desk, duty, name.1, &of.of)?.address();
            Ok((address, duty::withdraw(desk, &duty.key, name.1, &of.of, &why)?))
        })
        .await?;
    match outcome {
        vocabulary::Outcome::Done(()) => Ok(answer::see(&address)),
        vocabulary::Outcome::Refused(findings) => Err(Stop::refused("没有撤回。", findings)),
    }
}

/// The evidence itself.
pub async fn photo(c: Ctx, Path((mark, id)): Path<(i64, i64)>) -> Answer {
    let (name, kind, bytes) = c.read(move |desk| Ok(duty::photo(desk, mark, id)?)).await?;
    let kind = match kind.as_str() {
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        "application/pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
    Ok(answer::shown(&name, kind, bytes))
}

/// The duty that an address names; the subject must be the duty's own.
pub(super) fn named<'a>(desk: &Desk<'a, '_>, (subject, _, institution, id): &Named) -> Result<&'a Duty, Stop> {
    let duty = duty::find(desk, &format!("{institution}/{id}"))?;
    if duty::subject_of(subject) != Some(duty.of) {
        return Err(Stop::NotFound("这项任务".into()));
    }
    Ok(duty)
}

impl OnePage {
    pub(super) fn of(desk: &Desk, name: &Named, of: &str, may_write: bool) -> Result<OnePage, Stop> {
        let duty = named(desk, name)?;
        let owed = duty::one(desk, duty, name.1, of)?;
        let held = duty::held(desk, duty, name.1, of)?;
        let settled = held.is_some();
        let may = may_write && duty::may_do(desk, duty, name.1)?;
        let address = owed.address();
        let draft = match desk.actor.account.filter(|_| may && !settled) {
            Some(account) => registry::draft::of(desk, account, &address)?,
            None => None,
        };
        let values: BTreeMap<String, String> = draft.as_ref().map(|d| d.content.clone()).unwrap_or_default();
        let mut form = Typed { values, mistakes: vec![] };
        form.values.entry("on".into()).or_insert_with(|| desk.today.min(owed.slot.due).max(owed.slot.opens).to_string());
        let on = form.values["on"].parse::<Day>().unwrap_or(desk.today);
        let roll = if settled { vec![] } else { filled(duty::expected(desk, duty, name.1, on)?, &form) };
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        Ok(OnePage {
            says: duty.says.to_string(),
            source: duty.source.to_string(),
            cadence: duty.cadence.says(),
            opens: owed.slot.opens.to_string(),
            fields: duty.fields.clone(),
            visit: duty.visit,
            goers: if duty.visit { goers(desk, duty, name.1)? } else { vec![] },
            has_roll: duty.roll.is_some(),
            roll,
            form,
            findings: vec![],
            asked: false,
            may_withdraw: may && held.as_ref().is_some_and(|h| h.kind == "done"),
            brought: held.as_ref().map_or(Ok(vec![]), |h| affairs::case::brought_by(desk, h.mark))?,
            unheard: held.as_ref().map_or(Ok(None), |h| duty::unheard(desk, duty, h))?,
            withdrawn: duty::withdrawn(desk, duty, name.1, of)?,
            held,
            excuses: duty::excuses_of(desk, &duty.key, name.1)?.into_iter().filter(|e| e.occurrence == of).collect(),
            reasons: duty.excuse.as_ref().map(|e| e.reasons.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            approver: duty.excuse.as_ref().map(|e| e.approver.to_string()).unwrap_or_default(),
            published: if duty.published { format!("/duties/published/{}/{}", name.0, name.1) } else { String::new() },
            letter: duty.letter.as_ref().map(|_| format!("{path}/letter")).unwrap_or_default(),
            may: may && matches!(owed.standing, Standing::Open | Standing::Overdue | Standing::Ahead),
            row: Row::of(&owed),
            action: format!("{path}?{query}"),
            draft_at: draft.map(|d| d.at[..16].replace('T', " ")),
        })
    }
}

/// The roll as it was ticked before.
fn filled(mut roll: Vec<Attendee>, form: &Typed) -> Vec<Attendee> {
    for a in &mut roll {
        let Some(person) = a.person else { continue };
        if let Some(said) = form.values.get(&format!("roll-{person}")) {
            a.present = said == "present";
        }
        a.why = form.values.get(&format!("why-{person}")).cloned().unwrap_or_default();
    }
    roll
}

/// Whoever can have made the visit: the one charged, or the branch's committee.
fn goers(desk: &Desk, duty: &Duty, number: i64) -> Result<Vec<(String, String)>, Stop> {
    let mut out: Vec<(String, String)> = Vec::new();
    match duty.of {
        Subject::Charge => {
            let charge = registry::charge::find(desk, vocabulary::Id::new(number))?;
            if let Some(p) = charge.person {
                out.push((p.to_string(), charge.who));
            }
        }
        Subject::Member => {
            let comrade = registry::member::find(desk, vocabulary::Id::new(number))?;
            out.extend(registry::branch::committee(desk, comrade.branch)?.into_iter().map(|s| (s.person.to_string(), format!("{}（{}）", s.name, s.role))));
        }
        Subject::Branch => out.extend(registry::branch::committee(desk, vocabulary::Id::new(number))?.into_iter().map(|s| (s.person.to_string(), format!("{}（{}）", s.name, s.role)))),
        _ => {}
    }
    if let Some(me) = desk.actor.person.filter(|me| !out.iter().any(|(p, _)| *p == me.to_string())) {
        if let Ok(found) = person::find(desk, me) {
            out.push((me.to_string(), found.row.name));
        }
    }
    Ok(out)
}

impl Page for OnePage {
    const TEMPLATE: &'static str = "duties/one.html";
    fn samples() -> Vec<Sample<Self>> {
        let field = |id: &str, label: &str, kind, required| DutyField { id: id.into(), label: label.into(), kind, required, hint: "".into(), options: vec!["谈心谈话".into(), "上门".into()] };
        let page = |standing, held: Option<Held>, roll: Vec<Attendee>| OnePage {
            row: sample::row("主题党日", "青云镇大王庄村党支部", standing),
            says: "每月相对固定一天，组织党员集中学习。".into(),
            source: "《中国共产党支部工作条例（试行）》第十六条".into(),
            cadence: "每月27日".into(),
            opens: "2026-11-17".into(),
            fields: vec![
                field("theme", "主题", FieldKind::Text, true),
                field("done", "做了什么", FieldKind::Lines, true),
                field("how", "方式", FieldKind::Choice, false),
                field("money", "投入资金（元）", FieldKind::Number, false),
                field("when", "日期", FieldKind::Date, false),
                field("yes", "是否公开", FieldKind::YesNo, false),
                field("photo", "活动照片", FieldKind::Photo, false),
            ],
            visit: true,
            goers: vec![("7".into(), "王建国".into())],
            has_roll: true,
            roll,
            form: Typed::with([("on", "2026-11-22".to_owned())]),
            findings: vec![],
            asked: false,
            may_withdraw: held.is_some(),
            brought: held.iter().flat_map(|_| [(3, true), (4, false)]).map(|(n, opens)| affairs::case::Brought { id: vocabulary::Id::new(n), receipt: format!("CS000000{n}"), noun: "诉求".into(), stage: "办理中", opens }).collect(),
            unheard: None,
            withdrawn: vec![sample::withdrawn()],
            held,
            excuses: vec![],
            reasons: vec!["抢险救灾".into()],
            approver: "上级党委".into(),
            published: "/duties/published/branch/12".into(),
            letter: "/duties/branch/12/party-life/term-over/letter".into(),
            may: true,
            action: "/duties/branch/12/party-life/theme-day?of=2026-11-27".into(),
            draft_at: Some("2026-11-22 20:11".into()),
        };
        let usual = page(Standing::Open, None, vec![Attendee::here(1, "李明"), Attendee::away(2, "王芳", "外出务工")]);
        let full = (0..60).map(|n| Attendee::here(n, crate::samples::LONG_NAME)).collect();
        let asked = OnePage { findings: crate::samples::findings(), asked: true, ..usual.clone() };
        let done = page(Standing::Done, Some(sample::held()), vec![]);
        let unheard = OnePage { brought: vec![], unheard: Some("吹哨报到".into()), ..done.clone() };
        let reader = OnePage { may: false, may_withdraw: false, held: Some(sample::held()), ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(page(Standing::Ahead, None, vec![])), Sample::overfull(page(Standing::Overdue, None, full)), Sample::usual(asked), Sample::usual(done), Sample::usual(unheard), Sample::reader(reader)]
    }
}
