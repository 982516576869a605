//! 回执: what the reporter sees with number and code, and what the reporter may do: rate, and ask again.

use super::record::find_unrestricted;
use super::report::code_hash;
use super::{reporter, system};
use crate::{Case, Error, Result};
use institution::case::{Act, Deed, Stage, judge, judge::Around};
use registry::Desk;
use vocabulary::{Id, Moment, Outcome};

/// The case as its reporter follows it: no name of anybody who works on it, but what is done and when it is due.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Followed {
    pub id: Id<Case>,
    pub receipt: String,
    pub noun: String,
    pub words: String,
    pub reported: Moment,
    pub stage: Stage,
    pub stage_says: &'static str,
    pub due: Option<Moment>,
    pub late: bool,
    pub paused: bool,
    pub steps: Vec<Step>,
    pub answer: Option<String>,
    pub rating: Option<String>,
    pub ratings: Vec<String>,
    pub may_rate: bool,
    pub may_reopen: bool,
    pub photos: usize,
    /// How often somebody looked up who reported.
    pub looks: i64,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Step {
    pub at: Moment,
    pub says: String,
}

/// The case that number and code open; the same words for a number that is not there and for a wrong code.
pub(super) fn opened(desk: &Desk, receipt: &str, code: &str) -> Result<Id<Case>> {
    let wrong = || Error::NotFound("这个回执，请核对回执号和查询码".into());
    let digits: String = receipt.chars().filter(char::is_ascii_digit).collect();
    let id: i64 = digits.parse().map_err(|_| wrong())?;
    let row = desk.first("select key, code, system from cases where id = $1", &[id.into()])?.ok_or_else(wrong)?;
    let given: String = code.chars().filter(char::is_ascii_digit).collect();
    if code_hash(row.text(0), &given) != row.text(1) {
        return Err(wrong());
    }
    Ok(Id::new(id))
}

pub fn followed(desk: &Desk, receipt: &str, code: &str) -> Result<Followed> {
    let id = opened(desk, receipt, code)?;
    let record = find_unrestricted(desk, id)?;
    let (_, system) = system(desk, &record.system)?;
    let life = &record.life;
    let clock = life.running();
    let can = |act: Act, word: &str| {
        let deed = Deed { word: word.into(), says: "…".into(), ..Deed::new(act, desk.moment) };
        !judge(system, &desk.book.calendar, life, &deed, Around { role: "resident", ..Around::default() }).refuse()
    };
    let ratings: Vec<String> = system.ratings.iter().map(ToString::to_string).collect();
    Ok(Followed {
        id,
        noun: system.noun.to_string(),
        words: record.words.clone(),
        reported: record.reported,
        stage: life.stage,
        stage_says: for_reporter(life.stage),
        due: clock.and_then(|c| c.due_moment()).filter(|_| life.stage.waits()),
        late: clock.is_some_and(|c| c.timeliness(desk.moment, system.soon_hours).is_late()),
        paused: life.paused,
        steps: record.deeds.iter().filter_map(step).collect(),
        answer: life.rounds.iter().rev().map(|r| r.answer.clone()).find(|a| !a.is_empty()),
        rating: life.rating().map(str::to_owned),
        may_rate: ratings.first().is_some_and(|r| can(Act::Rate, r)),
        may_reopen: can(Act::Reopen, ""),
        ratings,
        photos: super::files(desk, id)?.iter().filter(|f| f.deed.is_none()).count(),
        looks: reporter::looks(desk, &record.receipt)?,
        receipt: record.receipt,
    })
}

fn for_reporter(stage: Stage) -> &'static str {
    match stage {
        Stage::Unsorted => "已收到，正在看",
        Stage::Sorted => "已受理，正在安排",
        Stage::Whistled => "已通知有关部门",
        Stage::Working => "正在办理",
        Stage::Replied => "已办理，正在答复您",
        Stage::Answered => "已答复，请您评价",
        Stage::Rated => "谢谢您的评价",
        Stage::Closed => "已办结",
        Stage::Merged => "同一件事已有人反映，合在一起办，答复会告诉您",
    }
}

fn step(deed: &Deed) -> Option<Step> {
    let says = match deed.act {
        Act::Report => "收到您反映的事".to_owned(),
        Act::Whistle => "通知了有关部门".to_owned(),
        Act::Claim => "有关部门开始办理".to_owned(),
        Act::Answer => "答复了您".to_owned(),
        Act::Rate => format!("您评价：{}", deed.word),
        Act::Reopen => "您要求重新办理".to_owned(),
        Act::Raise => "已报上一级办理".to_owned(),
        Act::Merge => "与同一件事合在一起办".to_owned(),
        Act::Pause if deed.part.is_none() => format!("暂停：{}", deed.says),
        Act::Resume if deed.part.is_none() => "继续办理".to_owned(),
        Act::Extend if deed.part.is_none() => format!("延期：{}", deed.says),
        Act::Connect => "与合适的一件对接，正在联系".to_owned(),
        Act::Disconnect => "这次对接没有成，还会再找".to_owned(),
        Act::SignOff => "办结".to_owned(),
        _ => return None,
    };
    Some(Step { at: deed.at, says })
}

/// 评价, 重办: what only who holds the receipt may say.
pub fn heard(desk: &mut Desk, receipt: &str, code: &str, act: Act, word: &str, says: &str) -> Result<Outcome<i64>> {
    let id = opened(desk, receipt, code)?;
    let record = find_unrestricted(desk, id)?;
    let system = system(desk, &record.system)?.1;
    let deed = Deed { word: word.trim().into(), says: says.trim().chars().take(1_000).collect(), actor: "反映人".into(), ..Deed::new(act, desk.moment) };
    let findings = judge(system, &desk.book.calendar, &record.life, &deed, Around { role: "resident", ..Around::default() });
    if findings.refuse() {
        return Ok(Outcome::Refused(findings));
    }
    Ok(Outcome::Done(super::act::write(desk, &record, &deed, system)?))
}
