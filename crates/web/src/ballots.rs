//! 投票: opened by the office, cast on a phone, closed once, its result shown as its rule allows.

mod new;
mod paper;

pub use new::{BallotNewPage, create, new};
pub use paper::{PaperPage, cast, paper};

use crate::answer::see;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::ballot::{self, Ballot, Found, Published, Shown, published};
use axum::extract::Path;
use serde::Serialize;
use vocabulary::{Id, Outcome};

const MOST: i64 = 100;
/// Turnout is told from so many on.
const TURNOUT_FROM: usize = 5;

/// A ballot in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: Id<Ballot>,
    pub title: String,
    pub opened: String,
    pub closed: bool,
    /// Stands on the roll and may still vote.
    pub may_vote: bool,
    pub voted: bool,
    pub may_see: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct BallotsPage {
    pub ballots: Vec<Line>,
    pub may_open: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct BallotPage {
    pub id: Id<Ballot>,
    pub title: String,
    pub kind: String,
    /// The procedure whose step is counted from it.
    pub procedure: Option<Id<affairs::Procedure>>,
    pub opened: String,
    pub closed: bool,
    pub items: Vec<String>,
    /// 应投
    pub roll: usize,
    /// 已投; nothing while it are few.
    pub voted: Option<usize>,
    pub may_close: bool,
    pub result: Option<Published>,
    /// What does not fit in the box.
    pub faults: Vec<String>,
    pub mistakes: Vec<String>,
}

fn line(desk: &registry::Desk, found: Found, role_sees: bool) -> affairs::Result<Line> {
    let voter = found.voter(desk.actor.account);
    Ok(Line {
        may_vote: voter.is_some() && found.closed.is_none(),
        voted: voter.is_some_and(|v| v.voted),
        may_see: role_sees && ballot::may(desk, &found)?.see,
        id: found.id,
        closed: found.closed.is_some(),
        title: found.title,
        opened: found.opened,
    })
}

pub async fn list(c: Ctx) -> Answer {
    let (whole, account) = (c.may("ballot.open") && c.actor.whole(), c.actor.account);
    let sees = c.may("ballot.see");
    let ballots = c
        .read(move |desk| {
            let found = match account {
                Some(account) if !whole => ballot::mine(desk, account, MOST)?,
                _ => ballot::latest(desk, MOST)?,
            };
            let mut lines = Vec::new();
            for found in found {
                // What one may neither see nor vote in is not told either.
                let (on_roll, may) = (found.voter(account).is_some(), ballot::may(desk, &found)?.see);
                if on_roll || may {
                    lines.push(line(desk, found, sees)?);
                }
            }
            Ok(lines)
        })
        .await?;
    c.page(&BallotsPage { ballots, may_open: c.may_now("ballot.open") })
}

async fn page(c: &Ctx, id: Id<Ballot>, mistakes: Vec<String>) -> Result<BallotPage, Stop> {
    let may_close = c.may_now("ballot.open");
    c.read(move |desk| {
        let found = ballot::find(desk, id)?;
        let may = ballot::may(desk, &found)?;
        if !may.see {
            return Err(Stop::NotFound("这次投票".into()));
        }
        let voted = Some(found.voted()).filter(|n| *n >= TURNOUT_FROM || found.closed.is_some());
        Ok(BallotPage {
            id,
            kind: found.rule.title.to_string(),
            procedure: found.procedure.as_ref().map(|(p, _)| *p),
            opened: found.opened.clone(),
            closed: found.closed.is_some(),
            items: found.items.iter().map(|i| i.label.clone()).collect(),
            roll: found.roll.len(),
            voted,
            may_close: may_close && may.close && found.closed.is_none(),
            result: ballot::publish(desk, id)?,
            faults: ballot::check(desk, id)?,
            title: found.title,
            mistakes,
        })
    })
    .await
}

pub async fn show(c: Ctx, Path(id): Path<Id<Ballot>>) -> Answer {
    let page = page(&c, id, vec![]).await?;
    c.page(&page)
}

/// 结束投票并开箱
pub async fn close(c: Ctx, Path(id): Path<Id<Ballot>>, _: Form) -> Answer {
    let closed = c.write(move |desk| {
        if !ballot::may(desk, &ballot::find(desk, id)?)?.close {
            return Err(Stop::NotFound("这次投票".into()));
        }
        Ok(ballot::close(desk, id)?)
    });
    match closed.await? {
        Outcome::Done(()) => Ok(see(&format!("/ballots/{id}"))),
        Outcome::Refused(why) => {
            let mistakes = why.iter().map(|f| format!("{}（{}）。{}", f.says, f.citation, f.next.as_deref().unwrap_or(""))).collect();
            let page = page(&c, id, mistakes).await?;
            c.page_as(axum::http::StatusCode::CONFLICT, &page)
        }
    }
}

impl Page for BallotsPage {
    const TEMPLATE: &'static str = "ballots/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |id, closed, may_vote| Line { id: Id::new(id), title: "青云镇领导班子2026年度民主测评".into(), opened: "2026-11-20".into(), closed, may_vote, voted: false, may_see: true };
        vec![
            Sample::usual(BallotsPage { ballots: vec![line(2, false, true), line(1, true, false)], may_open: true }),
            Sample::empty(BallotsPage { ballots: vec![], may_open: false }),
        ]
    }
}

impl Page for BallotPage {
    const TEMPLATE: &'static str = "ballots/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |label: &str, shown| published::Row { label: label.into(), shown };
        let result = Published {
            valid: Some(23),
            answers: ["优秀", "称职", "基本称职", "不称职"].map(Into::into).to_vec(),
            items: vec![row("冯建平", Shown::Counts(vec![12, 8, 2, 1])), row("罗晓梅", Shown::MostlyThis("优秀".into())), row("唐敏", Shown::Hidden)],
            groups: vec![("领导班子成员".into(), vec![row("冯建平", Shown::Counts(vec![4, 4, 1, 0]))])],
            comments: vec!["抓落实的办法多，下村入户还可以再多一些".into()],
            says: vec!["意见过于集中或人数较少的，不公布票数：否则能推出个别人的意见".into()],
        };
        let open = BallotPage {
            id: Id::new(1),
            title: "青云镇领导班子2026年度民主测评".into(),
            kind: "民主测评".into(),
            procedure: None,
            opened: "2026-11-20".into(),
            closed: false,
            items: vec!["冯建平".into(), "罗晓梅".into()],
            roll: 23,
            voted: None,
            may_close: true,
            result: None,
            faults: vec![],
            mistakes: vec![],
        };
        let broken = BallotPage { faults: vec!["名册上 7 人已投，票箱里 6 张，日志记下 7 张".into()], mistakes: vec!["对不上，不能开箱".into()], ..open.clone() };
        vec![
            Sample::usual(BallotPage { procedure: Some(Id::new(1)), closed: true, may_close: false, voted: Some(23), result: Some(result), ..open.clone() }),
            Sample::empty(open),
            Sample::overfull(broken),
        ]
    }
}
