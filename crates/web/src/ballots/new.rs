//! 发起投票: which rule, on what, by whom. For a step of a procedure rule and paper stand already, for a meeting the roll too.

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::Procedure;
use affairs::ballot::{self, Asked, Opening, Roll};
use affairs::procedure::{self, Boxing};
use axum::http::StatusCode;
use registry::{Account, Desk};
use serde::Serialize;
use std::collections::BTreeSet;
use vocabulary::{Findings, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct BallotNewPage {
    /// `selection/assessment` and what people call it.
    pub kinds: Vec<(String, String)>,
    pub voters: Vec<Eligible>,
    pub step: Option<OfStep>,
    pub form: Typed,
}

/// Somebody who can log in.
#[derive(Clone, Debug, Serialize)]
pub struct Eligible {
    pub account: i64,
    pub shown: String,
    pub role: String,
    pub chosen: bool,
}

/// The step that is to be counted from the box.
#[derive(Clone, Debug, Serialize)]
pub struct OfStep {
    pub procedure: Id<Procedure>,
    pub step: String,
    pub kind: String,
    pub items: Vec<String>,
    pub by_roll: bool,
    /// Why it cannot be opened now.
    pub refused: Vec<String>,
}

/// `7` and `discussion`, when a step is meant.
type Of = Option<(Id<Procedure>, String)>;

fn said(findings: &Findings) -> Vec<String> {
    findings.iter().map(|f| format!("{}（{}）。{}", f.says, f.citation, f.next.as_deref().unwrap_or(""))).collect()
}

impl BallotNewPage {
    fn of(desk: &Desk, of: &Of, mut form: Typed, chosen: &BTreeSet<i64>) -> Result<BallotNewPage, Stop> {
        let kinds = desk.book.institutions.iter().flat_map(|i| i.ballots.iter().map(move |b| (format!("{}/{}", i.id, b.id), b.title.to_string())));
        let mut page = BallotNewPage { kinds: kinds.collect(), voters: vec![], step: None, form: Typed::default() };
        let mut roll: Option<BTreeSet<i64>> = None;
        if let Some((procedure, step)) = of {
            let mut of_step = OfStep { procedure: *procedure, step: step.clone(), kind: String::new(), items: vec![], by_roll: false, refused: vec![] };
            match procedure::boxing(desk, *procedure, step)? {
                Outcome::Done(Boxing { opening, kind, by_roll }) => {
                    form.values.entry("title".into()).or_insert(opening.title);
                    of_step.items = opening.items.into_iter().map(|i| i.label).collect();
                    roll = by_roll.then(|| opening.voters.iter().map(|v| v.account.number()).collect());
                    (of_step.kind, of_step.by_roll) = (kind, by_roll);
                }
                Outcome::Refused(why) => of_step.refused = said(&why),
            }
            page.step = Some(of_step);
        }
        for (account, shown, role) in eligible(desk)? {
            if roll.as_ref().is_none_or(|r| r.contains(&account)) {
                let chosen = roll.is_some() || chosen.contains(&account);
                page.voters.push(Eligible { account, shown, role: role.says().into(), chosen });
            }
        }
        page.form = form;
        Ok(page)
    }
}

/// Administrators stand apart from the business, and so from its votes.
fn eligible(desk: &Desk) -> Result<Vec<(i64, String, registry::Role)>, Stop> {
    let sql = "select id, shown, role from accounts where closed is null and role not in ('auditor', 'system_admin', 'security_admin', 'audit_admin') order by role, shown";
    let rows = desk.rows(sql, &[])?;
    Ok(rows.iter().filter_map(|r| Some((r.int(0), r.text(1).to_owned(), registry::Role::from_id(r.text(2))?))).collect())
}

fn of_texts(procedure: &str, step: &str) -> Of {
    let number = procedure.parse().ok().map(Id::new)?;
    (!step.is_empty()).then(|| (number, step.to_owned()))
}

pub async fn new(c: Ctx) -> Answer {
    let asked = crate::ctx::pairs(&c.asked.query);
    let text = |name: &str| asked.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    let of = of_texts(text("procedure"), text("step"));
    let page = c.read(move |desk| BallotNewPage::of(desk, &of, Typed::default(), &BTreeSet::new())).await?;
    c.page(&page)
}

/// What the form says, when it is no step's: rule and paper are typed.
fn typed_opening(form: &Form, title: &str) -> Opening {
    let (institution, kind) = form.text("kind").split_once('/').map(|(i, k)| (i.to_owned(), k.to_owned())).unwrap_or_default();
    if kind.is_empty() {
        form.mistake("kind", "请选一种投票");
    }
    let lines = form.text("items").lines().map(str::trim).filter(|l| !l.is_empty());
    let items = lines.map(|label| Asked { label: label.to_owned(), ..Asked::default() }).collect();
    Opening { institution, kind, title: title.to_owned(), items, ..Opening::default() }
}

fn open(desk: &mut Desk, of: &Of, typed: Opening, chosen: &BTreeSet<i64>) -> Result<Outcome<Id<ballot::Ballot>>, Stop> {
    let mut opening = typed;
    let mut by_roll = false;
    if let Some((procedure, step)) = of {
        match procedure::boxing(desk, *procedure, step)? {
            Outcome::Done(boxing) => {
                by_roll = boxing.by_roll;
                opening = Opening { title: opening.title, ..boxing.opening };
            }
            Outcome::Refused(why) => return Ok(Outcome::Refused(why)),
        }
    }
    if !by_roll {
        let there = eligible(desk)?;
        let chosen = there.into_iter().filter(|(account, ..)| chosen.contains(account));
        opening.voters = chosen.map(|(account, _, role)| Roll { account: Id::<Account>::new(account), group: role.says().to_owned(), without: vec![] }).collect();
    }
    Ok(ballot::open(desk, &opening)?)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let title = form.required("title", "名称");
    let of = of_texts(form.text("procedure"), form.text("step"));
    let chosen: BTreeSet<i64> = form.many("voter").filter_map(|v| v.parse().ok()).collect();
    let typed = if of.is_some() { Opening { title, ..Opening::default() } } else { typed_opening(&form, &title) };
    if form.is_right() {
        let (voters, step) = (chosen.clone(), of.clone());
        match c.write(move |desk| open(desk, &step, typed, &voters)).await? {
            Outcome::Done(id) => return Ok(see(&format!("/ballots/{id}"))),
            Outcome::Refused(why) => {
                for finding in why.iter() {
                    let field = match finding.rule.as_ref() {
                        "ballot-items" => "items",
                        "ballot-voters" | "ballot-no-account" => "voter",
                        _ => "title",
                    };
                    form.mistake(field, format!("{}（{}）", finding.says, finding.citation));
                }
            }
        }
    }
    let typed = form.typed();
    let page = c.read(move |desk| BallotNewPage::of(desk, &of, typed, &chosen)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl Page for BallotNewPage {
    const TEMPLATE: &'static str = "ballots/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let voter = |account, shown: &str| Eligible { account, shown: shown.into(), role: "单位负责人".into(), chosen: account == 1 };
        let page = BallotNewPage {
            kinds: vec![("selection/assessment".into(), "民主测评".into())],
            voters: vec![voter(1, "青云镇 冯建平"), voter(2, "青云镇 罗晓梅")],
            step: None,
            form: Typed::default(),
        };
        let step = OfStep { procedure: Id::new(1), step: "discussion".into(), kind: "党委（党组）票决".into(), items: vec!["李明（拟任青云镇镇长）".into()], by_roll: true, refused: vec![] };
        let refused = OfStep { refused: vec!["到会名单尚未登记。登记应到会成员、到会情况和回避，再发起投票".into()], items: vec![], ..step.clone() };
        vec![
            Sample::usual(page.clone()),
            Sample { name: "step", ..Sample::usual(BallotNewPage { step: Some(step), ..page.clone() }) },
            Sample { name: "refused", ..Sample::usual(BallotNewPage { step: Some(refused), voters: vec![], ..page.clone() }) },
            Sample::empty(BallotNewPage { voters: vec![], ..page }),
        ]
    }
}
