//! 办理情况: what all deeds of a case together amount to. Never stored: read from the deeds each time.
//!
//! How clocks meet (continuing the rules of [`super::timing`]):
//!
//! 10. 全案: the reporter's clock starts with the report, or with the reopening, and ends with the answer. Sorting anew, a
//!     return, a raise or a move to another organisation does not start it again.
//! 11. 各部门: a part has its own clocks from its own whistle: to claim, and to reply. Its reply is never due later than the
//!     whole case; an extension of the part alone does not lengthen the case.
//! 12. A pause of the whole stops every part; a pause of a part stops only that part.
//! 13. 重办 begins a new round with a clock of its own; what the earlier round was, late or not, stays.
//! 14. 并案: the merged cases are due with the earliest of them; nobody waits longer for being merged.
//! 15. 迟 is judged by the deadline that was in force: an answer within the last second is in time.

use super::{Act, Change, Deed, Due, System, Term, due};
use crate::Calendar;
use std::collections::BTreeSet;
use vocabulary::Moment;

/// 环节: where it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Unsorted,
    /// Sorted; nobody is called yet.
    Sorted,
    /// A department has not reported for duty.
    Whistled,
    Working,
    /// Every part has its reply; the reporter has no answer yet.
    Replied,
    Answered,
    Rated,
    Closed,
    Merged,
}

impl Stage {
    pub const ALL: [Stage; 9] = [
        Stage::Unsorted,
        Stage::Sorted,
        Stage::Whistled,
        Stage::Working,
        Stage::Replied,
        Stage::Answered,
        Stage::Rated,
        Stage::Closed,
        Stage::Merged,
    ];
    pub fn says(self) -> &'static str {
        match self {
            Stage::Unsorted => "待分类",
            Stage::Sorted => "待派办",
            Stage::Whistled => "待报到",
            Stage::Working => "办理中",
            Stage::Replied => "待答复",
            Stage::Answered => "待评价",
            Stage::Rated => "待销号",
            Stage::Closed => "已销号",
            Stage::Merged => "已并案",
        }
    }
    pub fn from_words(says: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| s.says() == says)
    }
    /// The reporter still waits for an answer.
    pub fn waits(self) -> bool {
        self < Stage::Answered
    }
}

/// 时限情况
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    InTime,
    Soon,
    Overdue,
    Paused,
    MetInTime,
    MetLate,
    /// 无法判断: a year of the calendar is missing.
    Unknown,
}

impl Timeliness {
    pub fn says(self) -> &'static str {
        match self {
            Timeliness::InTime => "在期限内",
            Timeliness::Soon => "即将到期",
            Timeliness::Overdue => "已超期",
            Timeliness::Paused => "暂停计时",
            Timeliness::MetInTime => "按期",
            Timeliness::MetLate => "逾期",
            Timeliness::Unknown => "无法判断",
        }
    }
    pub fn is_late(self) -> bool {
        matches!(self, Timeliness::Overdue | Timeliness::MetLate)
    }
}

/// A clock and what became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Clock {
    pub started: Moment,
    pub term: Term,
    /// None: the calendar does not know the year.
    pub due: Option<Due>,
    pub met: Option<Moment>,
}

impl Clock {
    pub fn timeliness(&self, now: Moment, soon_hours: i64) -> Timeliness {
        match (self.due, self.met) {
            (None, _) => Timeliness::Unknown,
            (Some(Due::Standing), None) => Timeliness::Paused,
            (Some(Due::Standing), Some(_)) => Timeliness::MetInTime,
            (Some(Due::By(due)), Some(met)) if met <= due => Timeliness::MetInTime,
            (Some(Due::By(_)), Some(_)) => Timeliness::MetLate,
            (Some(Due::By(due)), None) if now > due => Timeliness::Overdue,
            (Some(Due::By(due)), None) if due.0 - now.0 <= soon_hours * 3600 => Timeliness::Soon,
            _ => Timeliness::InTime,
        }
    }
    pub fn due_moment(&self) -> Option<Moment> {
        self.due.and_then(Due::moment)
    }
}

/// 一个部门的一份
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Part {
    /// Number of its whistle.
    pub number: i64,
    pub unit: i64,
    pub leads: bool,
    pub round: u32,
    pub claim: Clock,
    pub reply: Clock,
    pub returned: Option<Moment>,
    pub paused: bool,
    /// What the department said it did.
    pub says: String,
}

impl Part {
    /// Still theirs: not given back.
    pub fn is_live(&self) -> bool {
        self.returned.is_none()
    }
    pub fn is_open(&self) -> bool {
        self.is_live() && self.reply.met.is_none()
    }
}

/// 一轮: from the report or a reopening to the answer and its rating.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Round {
    pub clock: Option<Clock>,
    pub answered_by: Option<i64>,
    pub answer: String,
    pub rating: Option<String>,
}

/// The whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Life {
    pub stage: Stage,
    pub reported: Moment,
    pub class: Option<String>,
    /// Who holds it now.
    pub holder: Option<i64>,
    /// Everybody who ever held it or was called: they keep sight of it.
    pub seen_by: BTreeSet<i64>,
    /// Number of the round that runs, from 1.
    pub round: u32,
    pub rounds: Vec<Round>,
    /// 分类 owed, when the system says so.
    pub sorting: Option<Clock>,
    pub parts: Vec<Part>,
    pub paused: bool,
    pub extended: u32,
    pub merged_into: Option<i64>,
    /// Cases to which it is connected: what one asks for, the other offers.
    pub connected: BTreeSet<i64>,
    pub closed: Option<Moment>,
    pub last: Moment,
}

impl Life {
    /// The reporter's clock of the round that runs; None while no class says how long.
    pub fn clock(&self) -> Option<Clock> {
        self.rounds.last().and_then(|r| r.clock)
    }
    /// Parts of the round that runs, given back or not.
    pub fn parts_now(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| p.round == self.round)
    }
    pub fn part(&self, number: i64) -> Option<&Part> {
        self.parts.iter().find(|p| p.number == number)
    }
    pub fn rating(&self) -> Option<&str> {
        self.rounds.last().and_then(|r| r.rating.as_deref())
    }
    pub fn answered(&self) -> Option<Moment> {
        self.clock().and_then(|c| c.met)
    }
    /// The clock that runs now: of the answer, or of the sorting while there is no class.
    pub fn running(&self) -> Option<Clock> {
        self.clock().or(self.sorting)
    }

    /// Reads the deeds, in the order in which they were written. None without a report.
    pub fn of(system: &System, calendar: &Calendar, deeds: &[Deed]) -> Option<Life> {
        let report = deeds.first().filter(|d| d.act == Act::Report)?;
        let mut life = Life {
            stage: Stage::Unsorted,
            reported: report.at,
            class: None,
            holder: report.unit,
            seen_by: report.unit.into_iter().collect(),
            round: 1,
            rounds: vec![],
            sorting: None,
            parts: vec![],
            paused: false,
            extended: 0,
            merged_into: None,
            connected: BTreeSet::new(),
            closed: None,
            last: report.at,
        };
        let starts: Vec<Moment> = deeds.iter().filter(|d| matches!(d.act, Act::Report | Act::Reopen)).map(|d| d.at).collect();
        life.rounds = starts.iter().map(|_| Round { clock: None, answered_by: None, answer: String::new(), rating: None }).collect();
        let mut answered: Vec<Option<Moment>> = vec![None; starts.len()];
        let mut sorted = None;
        for deed in deeds {
            life.last = life.last.max(deed.at);
            let round = life.round as usize - 1;
            match deed.act {
                Act::Report | Act::Note | Act::Extend => {}
                Act::Sort => {
                    life.class = Some(deed.word.clone());
                    sorted = sorted.or(Some(deed.at));
                }
                Act::Whistle => life.parts.push(Part {
                    number: deed.number,
                    unit: deed.unit.unwrap_or_default(),
                    leads: deed.leads,
                    round: life.round,
                    // The terms are set below, when the class is known.
                    claim: Clock { started: deed.at, term: Term::WorkingDays(0), due: None, met: None },
                    reply: Clock { started: deed.at, term: Term::WorkingDays(0), due: None, met: None },
                    returned: None,
                    paused: false,
                    says: String::new(),
                }),
                Act::Claim => with(&mut life, deed, |p| p.claim.met = p.claim.met.or(Some(deed.at))),
                Act::Return => with(&mut life, deed, |p| p.returned = Some(deed.at)),
                Act::Reply => with(&mut life, deed, |p| {
                    p.claim.met = p.claim.met.or(Some(deed.at));
                    p.reply.met = Some(deed.at);
                    p.says.clone_from(&deed.says);
                }),
                Act::Answer => {
                    answered[round] = answered[round].or(Some(deed.at));
                    life.rounds[round].answer.clone_from(&deed.says);
                    life.rounds[round].answered_by = deed.by;
                }
                Act::Rate => life.rounds[round].rating = Some(deed.word.clone()),
                Act::Reopen => {
                    life.round += 1;
                    life.closed = None;
                    // Who asks again is heard alone, whatever it was merged into.
                    life.merged_into = None;
                    life.paused = false;
                }
                Act::SignOff => life.closed = Some(deed.at),
                Act::Raise | Act::Move => {
                    if deed.act == Act::Move && deed.part.is_some() {
                        with(&mut life, deed, |p| p.unit = deed.unit.unwrap_or(p.unit));
                    } else {
                        life.holder = deed.unit.or(life.holder);
                    }
                }
                Act::Pause | Act::Resume => {
                    let stands = deed.act == Act::Pause;
                    match deed.part {
                        None => life.paused = stands,
                        Some(_) => with(&mut life, deed, |p| p.paused = stands),
                    }
                }
                Act::Merge => life.merged_into = deed.into,
                Act::Connect => life.connected.extend(deed.into),
                Act::Disconnect => {
                    deed.into.map(|other| life.connected.remove(&other));
                }
            }
            life.seen_by.extend(deed.unit);
        }
        if let Some(term) = system.sort_within {
            life.sorting = Some(Clock { started: report.at, term, due: due(calendar, report.at, term, &[]).ok(), met: sorted });
        }
        if let Some(class) = life.class.as_deref().and_then(|c| system.class(c)) {
            for (at, start) in starts.iter().enumerate() {
                let again = system.reopened_answer_within.filter(|_| at > 0);
                let term = again.unwrap_or(class.answer_within);
                let until = starts.get(at + 1).copied();
                let changes = changes(deeds, None, *start, until);
                let clock = Clock { started: *start, term, due: due(calendar, *start, term, &changes).ok(), met: answered[at] };
                life.rounds[at].clock = Some(clock);
                for part in life.parts.iter_mut().filter(|p| p.round as usize == at + 1) {
                    clocks(part, class.claim_within, term, clock, deeds, until, calendar);
                }
            }
        }
        if let Some(start) = starts.last() {
            // Also while no class says how long: it is extended once all the same.
            life.extended = deeds.iter().filter(|d| d.act == Act::Extend && d.part.is_none() && d.at >= *start).count() as u32;
        }
        life.stage = life.standing();
        Some(life)
    }

    fn standing(&self) -> Stage {
        let round = &self.rounds[self.round as usize - 1];
        let answered = round.clock.is_some_and(|c| c.met.is_some());
        if self.closed.is_some() {
            return Stage::Closed;
        }
        match (answered, &round.rating) {
            (true, Some(_)) => return Stage::Rated,
            (true, None) => return Stage::Answered,
            _ => {}
        }
        if self.merged_into.is_some() {
            return Stage::Merged;
        }
        if self.class.is_none() {
            return Stage::Unsorted;
        }
        let mut live = self.parts_now().filter(|p| p.is_live()).peekable();
        if live.peek().is_none() {
            return Stage::Sorted;
        }
        let live: Vec<&Part> = live.collect();
        if live.iter().any(|p| p.claim.met.is_none()) {
            Stage::Whistled
        } else if live.iter().any(|p| p.reply.met.is_none()) {
            Stage::Working
        } else {
            Stage::Replied
        }
    }
}

/// Rule 14: the deadline of a case that others were merged into.
pub fn joint_due(own: Option<Due>, merged: impl Iterator<Item = Option<Due>>) -> Option<Due> {
    merged.fold(own, |earliest, other| match (earliest, other) {
        (Some(a), Some(b)) => Some(a.earlier(b)),
        (a, b) => a.or(b),
    })
}

fn with(life: &mut Life, deed: &Deed, change: impl FnOnce(&mut Part)) {
    if let Some(part) = deed.part.and_then(|n| life.parts.iter_mut().find(|p| p.number == n)) {
        change(part);
    }
}

/// What changed the clock of the whole (`part` None) or of one part, in one round.
fn changes(deeds: &[Deed], part: Option<i64>, from: Moment, until: Option<Moment>) -> Vec<(Moment, Change)> {
    let within = |d: &&Deed| d.at >= from && until.is_none_or(|until| d.at <= until) && d.part == part;
    let change = |d: &Deed| match d.act {
        Act::Pause => Some(Change::Pause),
        Act::Resume => Some(Change::Resume),
        Act::Extend => d.term.map(Change::Extend),
        _ => None,
    };
    deeds.iter().filter(within).filter_map(|d| Some((d.at, change(d)?))).collect()
}

fn clocks(part: &mut Part, claim: Term, reply: Term, whole: Clock, deeds: &[Deed], until: Option<Moment>, calendar: &Calendar) {
    let start = part.claim.started;
    // Rule 12: pauses of the whole hold for every part; extensions are each one's own.
    let of_whole = changes(deeds, None, whole.started, until);
    let own = changes(deeds, Some(part.number), start, until);
    let pauses = union_of_pauses(&of_whole, &own);
    part.claim.term = claim;
    part.claim.due = due(calendar, start, claim, &pauses).ok();
    let mut all = pauses;
    all.extend(own.iter().filter(|(_, c)| matches!(c, Change::Extend(_))));
    all.sort_by_key(|(at, _)| *at);
    part.reply.term = reply;
    let alone = due(calendar, start, reply, &all).ok();
    // Rule 11: never later than the whole.
    part.reply.due = match (alone, whole.due) {
        (Some(Due::Standing), _) => Some(Due::Standing),
        (Some(alone), Some(whole)) => Some(alone.earlier(whole)),
        (alone, _) => alone,
    };
}

/// One clock that stands while either of two stands.
fn union_of_pauses(a: &[(Moment, Change)], b: &[(Moment, Change)]) -> Vec<(Moment, Change)> {
    let mut all: Vec<(Moment, Change, usize)> = a.iter().map(|(at, c)| (*at, *c, 0)).chain(b.iter().map(|(at, c)| (*at, *c, 1))).collect();
    all.sort_by_key(|(at, ..)| *at);
    let mut stands = [false, false];
    let mut out = Vec::new();
    for (at, change, whose) in all {
        let before = stands[0] || stands[1];
        match change {
            Change::Pause => stands[whose] = true,
            Change::Resume => stands[whose] = false,
            Change::Extend(_) => continue,
        }
        let after = stands[0] || stands[1];
        if before != after {
            out.push((at, if after { Change::Pause } else { Change::Resume }));
        }
    }
    out
}
