//! 发起投票: which rule, on what, by whom.

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::ballot::{self, Opening};
use axum::http::StatusCode;
use registry::Desk;
use serde::Serialize;
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct BallotNewPage {
    /// `selection/assessment` and what people call it.
    pub kinds: Vec<(String, String)>,
    pub voters: Vec<Eligible>,
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

impl BallotNewPage {
    fn of(desk: &Desk, form: Typed, chosen: &[i64]) -> Result<BallotNewPage, Stop> {
        let kinds = desk.book.institutions.iter().flat_map(|i| i.ballots.iter().map(move |b| (format!("{}/{}", i.id, b.id), b.title.to_string())));
        // Administrators stand apart from the business, and so from its votes.
        let sql = "select id, shown, role from accounts where closed is null and role not in ('auditor', 'system_admin', 'security_admin', 'audit_admin') order by role, shown";
        let rows = desk.rows(sql, &[])?;
        let voters = rows.iter().map(|r| Eligible {
            account: r.int(0),
            shown: r.text(1).into(),
            role: registry::Role::from_id(r.text(2)).map_or("", registry::Role::says).into(),
            chosen: chosen.contains(&r.int(0)),
        });
        Ok(BallotNewPage { kinds: kinds.collect(), voters: voters.collect(), form })
    }
}

pub async fn new(c: Ctx) -> Answer {
    let page = c.read(|desk| BallotNewPage::of(desk, Typed::default(), &[])).await?;
    c.page(&page)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let (institution, kind) = form.text("kind").split_once('/').map(|(i, k)| (i.to_owned(), k.to_owned())).unwrap_or_default();
    let title = form.required("title", "名称");
    let chosen: Vec<i64> = form.many("voter").filter_map(|v| v.parse().ok()).collect();
    if kind.is_empty() {
        form.mistake("kind", "请选一种投票".to_owned());
    }
    let items: Vec<String> = form.text("items").lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    if form.is_right() {
        let voters = chosen.clone();
        let opened = c
            .write(move |desk| {
                let mut roll = Vec::new();
                for account in voters {
                    let row = desk.first("select role from accounts where id = $1 and closed is null", &[account.into()])?;
                    let group = row.and_then(|r| registry::Role::from_id(r.text(0))).map_or("", registry::Role::says);
                    roll.push((Id::new(account), group.to_owned()));
                }
                let items = items.into_iter().map(|label| (None, label)).collect();
                Ok(ballot::open(desk, &Opening { institution, kind, title, items, voters: roll })?)
            })
            .await?;
        match opened {
            Outcome::Done(id) => return Ok(see(&format!("/ballots/{id}"))),
            Outcome::Refused(why) => {
                for finding in why.iter() {
                    let field = match finding.rule.as_ref() {
                        "ballot-items" => "items",
                        "ballot-voters" => "voter",
                        _ => "title",
                    };
                    form.mistake(field, format!("{}（{}）", finding.says, finding.citation));
                }
            }
        }
    }
    let typed = form.typed();
    let page = c.read(move |desk| BallotNewPage::of(desk, typed, &chosen)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl Page for BallotNewPage {
    const TEMPLATE: &'static str = "ballots/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let voter = |account, shown: &str| Eligible { account, shown: shown.into(), role: "单位负责人".into(), chosen: account == 1 };
        let page = BallotNewPage { kinds: vec![("selection/assessment".into(), "民主测评".into())], voters: vec![voter(1, "青云镇 冯建平"), voter(2, "青云镇 罗晓梅")], form: Typed::default() };
        vec![Sample::usual(page.clone()), Sample::empty(BallotNewPage { voters: vec![], ..page })]
    }
}
