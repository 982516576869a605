//! 首页: what waits for me, what runs out soon, where posts are vacant, what came in.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, answer, href};
use affairs::duty;
use institution::{Condition, Subject};
use registry::arrivals::{self, Arrival};
use registry::Role;
use registry::expiring::{self, Ahead};
use registry::ledger::{self, Enquiry};
use registry::{Desk, Error, Result, journal, rights, ticket};
use serde::Serialize;
use serde_json::json;

/// The soonest of each kind that are named; the figure opens the rest.
const SOONEST: usize = 4;

/// A number that opens its rows.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub label: &'static str,
    pub count: i64,
    pub href: String,
    pub tone: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct Soon {
    pub label: &'static str,
    pub href: String,
    #[serde(flatten)]
    pub ahead: Ahead,
}

/// Something that somebody waits for me to do.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    pub says: String,
    pub href: String,
    pub due: Option<vocabulary::Day>,
    pub late: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    pub waiting: Vec<Waiting>,
    /// 今日提醒: the one digest of the day.
    pub digest: Vec<String>,
    pub figures: Vec<Figure>,
    pub soon: Vec<Soon>,
    pub arrivals: Vec<Arrival>,
    pub entries: Vec<journal::Entry>,
}

pub async fn show(c: Ctx) -> Answer {
    if c.actor.role == Role::BranchSecretary {
        return Ok(answer::see("/duties"));
    }
    if c.actor.role == Role::Recorded {
        return Ok(answer::see("/me"));
    }
    if !policy::may_ever(c.actor.role, policy::action("ledger.see")) {
        return Ok(answer::see(first_page(c.actor.role)));
    }
    let whole = c.actor.role.of_the_office() && c.actor.whole();
    let personal = c.may("ledger.purpose");
    let account = c.actor.account;
    let approves = c.may("ticket.approve");
    let previews = if c.may("import.run") { Waiting::previews(&c).await? } else { vec![] };
    let mut page = c
        .read(move |desk| {
            let mut page = HomePage::of(desk, whole)?;
            if !personal {
                page.without_personal();
            }
            page.digest = match account.map(|a| duty::digest_kept(desk, a)).transpose()?.flatten() {
                Some(kept) => kept.lines,
                None => duty::digest(desk)?.lines,
            };
            if whole {
                page.waiting = affairs::procedure::waiting(desk)?.into_iter().map(Waiting::of).collect();
                page.waiting.extend(Waiting::decisions(desk, approves)?);
            }
            Ok(page)
        })
        .await?;
    page.waiting.extend(previews);
    // The day's first look keeps the day's one digest; what is kept is what was told, and is counted as a demand.
    if let (Some(account), false, true) = (account, page.digest.is_empty(), c.as_of == registry::AsOf::default()) {
        crate::duties::keep_digest(&c, account).await?;
    }
    c.page(&page)
}

/// Where those begin who have no lists of officials.
fn first_page(role: Role) -> &'static str {
    match role {
        Role::Auditor | Role::AuditAdmin => "/journal",
        Role::SecurityAdmin => "/accounts",
        Role::CommunityWorker | Role::Liaison | Role::Delegate => "/cases",
        _ => "/access",
    }
}

impl Waiting {
    fn plain(says: String, href: String) -> Waiting {
        Waiting { says, href, due: None, late: false }
    }

    /// Uploads whose preview was looked at and not yet taken in.
    async fn previews(c: &Ctx) -> std::result::Result<Vec<Waiting>, crate::Stop> {
        let (staging, account) = (crate::imports::staging(&c.app), c.actor.account.map_or(0, |a| a.number()));
        crate::ctx::blocking(move || Ok(staging.waiting(account).into_iter().map(|s| Waiting::plain(format!("导入“{}”等待确认", s.name), format!("/imports/{}", s.id))).collect())).await
    }

    /// What only this desk's word moves on: corrections asked for, tickets, absences.
    fn decisions(desk: &Desk, approves: bool) -> std::result::Result<Vec<Waiting>, crate::Stop> {
        let mut out = Vec::new();
        let open = rights::waiting(desk, 0)?.open;
        if let Some(first) = open.first() {
            let says = format!("权利台有 {} 件申请等待答复，最早的是{}的“{}”", open.len(), first.name, first.label);
            out.push(Waiting { due: first.due, late: first.overdue, ..Waiting::plain(says, "/rights".into()) });
        }
        if approves {
            let tickets = ticket::latest(desk, 200)?.into_iter().filter(|t| t.state == "待批" && Some(t.reader) != desk.actor.account);
            out.extend(tickets.map(|t| Waiting::plain(format!("查阅单待批：{}查阅{}", t.reader_shown, t.name), format!("/tickets/{}", t.id))));
        }
        let excuses = duty::waiting_excuses(desk)?.into_iter().filter(|e| e.here).count();
        if excuses > 0 {
            out.push(Waiting::plain(format!("{excuses} 份免办申请等待批准"), "/duties/excuses".into()));
        }
        Ok(out)
    }

    fn of(waiting: affairs::procedure::Waiting) -> Waiting {
        let missing = if waiting.missing > 0 { format!("，还缺 {} 项：{}", waiting.missing, waiting.first) } else { String::new() };
        Waiting {
            says: format!("{}（{}）：{}{missing}", waiting.title, waiting.names.join("、"), waiting.step_title),
            href: format!("/procedures/{}", waiting.procedure),
            due: waiting.due,
            late: waiting.overdue,
        }
    }
}

impl HomePage {
    /// How many are within the effect of a sanction or in the pool is an answer about somebody, in a small unit.
    fn without_personal(&mut self) {
        self.figures.retain(|f| !matches!(f.label, "处在影响期" | "优秀年轻干部库"));
        self.soon.retain(|s| s.ahead.kind != expiring::Kind::Sanction);
    }

    fn of(desk: &Desk, whole: bool) -> Result<HomePage> {
        let day = desk.day();
        let soon = expiring::ahead(desk, SOONEST)?
            .into_iter()
            .map(without_names)
            .map(|ahead| Soon { label: ahead.kind.says(), href: href::ledger(Subject::Official, &ahead.kind.tests(day)), ahead });
        Ok(HomePage {
            waiting: vec![],
            digest: vec![],
            figures: vec![
                figure(desk, "现职干部", Subject::Official, json!({ "fact": "official_state", "is": "现职" }), "plain")?,
                figure(desk, "有空缺的岗位", Subject::Post, json!({ "fact": "seat.vacant", "at_least": 1 }), "warn")?,
                figure(desk, "超职数的岗位", Subject::Post, json!({ "fact": "seat.over", "at_least": 1 }), "refuse")?,
                figure(desk, "处在影响期", Subject::Official, json!({ "fact": "sanction.open", "is": true }), "warn")?,
                figure(desk, "优秀年轻干部库", Subject::Official, json!({ "fact": "reserve", "is": true }), "plain")?,
            ],
            soon: soon.collect(),
            arrivals: if whole { arrivals::latest(desk, 5)? } else { vec![] },
            entries: if whole { journal::latest_changes(desk, 8)? } else { vec![] },
        })
    }
}

/// Who is within the effect of a sanction is protected: the first page tells how many, the ledger who, for a purpose.
fn without_names(mut ahead: Ahead) -> Ahead {
    if ahead.kind == expiring::Kind::Sanction {
        ahead.soonest.clear();
    }
    ahead
}

fn figure(desk: &Desk, label: &'static str, of: Subject, tests: serde_json::Value, tone: &'static str) -> Result<Figure> {
    let condition = Condition::from_json(desk.dictionary(), &tests).map_err(Error::Wrong)?;
    let enquiry = Enquiry { of, tests: condition, words: vec![], columns: vec![], sort: vec![], group: None };
    Ok(Figure { label, count: ledger::count(desk, &enquiry)?, href: href::ledger(of, &tests), tone })
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home.html";
    fn samples() -> Vec<Sample<Self>> {
        let expiry = |name: &str, post: &str| expiring::Expiry {
            person: vocabulary::Id::new(7),
            name: name.into(),
            post: post.into(),
            on: Some(vocabulary::day!(2026 - 12 - 31).into()),
        };
        let page = |name: &str, post: &str| HomePage {
            waiting: vec![Waiting { says: "青云镇镇长人选考察：提交考察材料".into(), href: "/procedures/3".into(), due: Some(vocabulary::day!(2026 - 11 - 20)), late: true }],
            digest: vec!["逾期：到党建联系点 1 项".into(), "七天内到期：县级领导包保走访 2 项".into()],
            figures: vec![Figure { label: "现职干部", count: 4_812, href: "/ledgers/roster".into(), tone: "plain" }],
            soon: expiring::Kind::ALL
                .into_iter()
                .map(|kind| Soon { label: kind.says(), href: "/ledgers/new".into(), ahead: Ahead { kind, count: 12, soonest: vec![expiry(name, post)] } })
                .collect(),
            arrivals: vec![Arrival { id: vocabulary::Id::new(1), name: "全县干部.zip".into(), received: "2026-11-22T09:00:00+08:00".into(), actor: Some("王主任".into()) }],
            entries: vec![],
        };
        let empty = HomePage { waiting: vec![], digest: vec![], figures: vec![], soon: vec![], arrivals: vec![], entries: vec![] };
        let usual = page("李明", "青云镇副镇长");
        vec![
            Sample::usual(usual.clone()),
            Sample::empty(empty),
            Sample::overfull(page(crate::samples::LONG_NAME, crate::samples::LONG_TITLE)),
            Sample::another_day(usual.clone()),
            Sample::reader(usual),
        ]
    }
}
