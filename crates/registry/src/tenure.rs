//! 任职: beginning and ending, never overwriting.

use crate::dated::{self, Stored};
use crate::desk::Happened;
use crate::rows::{RankHeld, ResumeLine, Tenure};
use crate::{Desk, Error, Person, Post, Result, person, post};
use vocabulary::{Citation, Date, Day, Finding, Findings, Id, Outcome, Weight};

/// 任命: who goes to which post from which day, by which paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub person: Id<Person>,
    pub post: Id<Post>,
    pub from: Day,
    pub paper: String,
    /// Code appointment_way.
    pub way: Option<String>,
    pub probation_until: Option<Day>,
    pub main: bool,
}

/// Begins a tenure. Refused when the post's seats are all taken on that day, or the person already holds it.
pub fn begin(desk: &mut Desk, appointment: &Appointment) -> Result<Outcome<i64>> {
    let who = person::find(desk, appointment.person)?;
    let seat = post::find(desk, appointment.post)?;
    let holders = post::holders(desk, &[seat.id])?;
    let mut findings = Vec::new();
    if holders.iter().any(|h| h.person == appointment.person) {
        findings.push(refusal("already-holds-the-post", format!("{}已任{}", who.row.name, seat.title), "无须再次任职"));
    } else if holders.len() as i64 >= seat.seats {
        let names: Vec<&str> = holders.iter().map(|h| h.name.as_str()).collect();
        let says = format!("{}职数为 {}，现任 {} 人（{}），没有空缺", seat.title, seat.seats, holders.len(), names.join("、"));
        findings.push(refusal("no-seat-left", says, "先免去现任，或先调整职数"));
    }
    if !findings.is_empty() {
        return Ok(Outcome::Refused(Findings::new(findings)));
    }
    let says = format!("{}任{}，自{}起", who.row.name, seat.title, appointment.from);
    let entry = desk.record(Happened { act: "tenure.begin", subject: "person", number: Some(appointment.person.number()), says })?;
    let tenure = Tenure {
        post: Some(seat.id.number()),
        organisation: Some(seat.organisation.number()),
        title: seat.title.clone(),
        kind: "任职".into(),
        role: seat.role.clone(),
        leading: Some(seat.leading),
        level: seat.level.clone(),
        main: appointment.main,
        order_no: seat.order_no,
        way: appointment.way.clone(),
        paper: Some(appointment.paper.clone()).filter(|p| !p.is_empty()),
        end_paper: None,
        end_reason: None,
        probation_until: appointment.probation_until.map(Date::from),
        from_day: appointment.from.into(),
        until_day: None,
    };
    let id = dated::add(desk, appointment.person, &tenure, entry)?;
    if appointment.main {
        level_follows(desk, appointment.person, seat.level.as_deref(), appointment.from.into(), Some(appointment.paper.clone()).filter(|p| !p.is_empty()), entry)?;
    }
    resume_follows(desk, appointment.person, &seat.title, appointment.from.into(), entry)?;
    Ok(Outcome::Done(id))
}

/// Ends a tenure on `until` (the first day on which it is no more). Refuses an end before its beginning.
pub fn end(desk: &mut Desk, person: Id<Person>, tenure: i64, until: Day, paper: &str, reason: &str) -> Result<Outcome<i64>> {
    let who = person::find(desk, person)?;
    let all = dated::of::<Tenure>(desk, person)?;
    let old = all.iter().find(|t| t.id == tenure).ok_or_else(|| Error::Changed(format!("{}的任职", who.row.name)))?;
    if until < old.row.from_day.earliest() {
        let says = format!("免去{}的时间 {until} 早于任职时间 {}", old.row.title, old.row.from_day);
        return Ok(Outcome::Refused(Findings::new(vec![refusal("ends-before-it-begins", says, "核对免职时间")])));
    }
    let says = format!("免去{}{}职务，自{until}起", who.row.name, old.row.title);
    let entry = desk.record(Happened { act: "tenure.end", subject: "person", number: Some(person.number()), says })?;
    let mut row = old.row.clone();
    row.until_day = Some(until.into());
    row.end_paper = Some(paper.to_owned()).filter(|p| !p.is_empty());
    row.end_reason = Some(reason.to_owned()).filter(|r| !r.is_empty());
    dated::replace(desk, tenure, person, &row, entry).map(Outcome::Done)
}

/// The tenures that last on the desk's day.
pub fn current(desk: &Desk, person: Id<Person>) -> Result<Vec<Stored<Tenure>>> {
    let day = desk.day();
    let mut all = dated::of::<Tenure>(desk, person)?;
    all.retain(|t| t.row.kind == "任职" && t.row.from_day.earliest() <= day && t.row.until_day.is_none_or(|u| u.earliest() > day));
    all.sort_by_key(|t| (!t.row.main, t.row.order_no));
    Ok(all)
}

/// A post of another level ends the level held and begins the new one.
pub(crate) fn level_follows(desk: &mut Desk, person: Id<Person>, level: Option<&str>, from: Date, paper: Option<String>, entry: i64) -> Result<()> {
    let Some(level) = level else { return Ok(()) };
    let held = dated::of::<RankHeld>(desk, person)?;
    let open = held.iter().find(|r| r.row.ladder == "职务层次" && r.row.until_day.is_none());
    // A post that began before the level that is held belongs to the past.
    if open.is_some_and(|r| r.row.rank == level || r.row.from_day.earliest() > from.earliest()) {
        return Ok(());
    }
    if let Some(open) = open {
        let mut ended = open.row.clone();
        ended.until_day = Some(from);
        dated::replace(desk, open.id, person, &ended, entry)?;
    }
    let new = RankHeld { ladder: "职务层次".into(), rank: level.into(), paper, from_day: from, until_day: None };
    dated::add(desk, person, &new, entry)?;
    Ok(())
}

/// Does the 简历 end before `from`, so that it can go on from there?
pub(crate) fn resume_may_follow(desk: &Desk, person: Id<Person>, from: Date) -> Result<bool> {
    let lines = dated::of::<ResumeLine>(desk, person)?;
    Ok(lines.iter().filter(|l| l.row.kind != "说明").all(|l| [l.row.from_day, l.row.until_day].into_iter().flatten().all(|d| d.earliest() <= from.earliest())))
}

/// The 简历 goes on: its open line ends where the new one begins.
pub(crate) fn resume_follows(desk: &mut Desk, person: Id<Person>, title: &str, from: Date, entry: i64) -> Result<()> {
    let lines = dated::of::<ResumeLine>(desk, person)?;
    let mut order = 0;
    for line in &lines {
        order = order.max(line.row.order_no);
        if line.row.kind != "说明" && line.row.until_day.is_none() && line.row.from_day.is_some() {
            let mut ended = line.row.clone();
            ended.until_day = month(from);
            dated::withdraw::<ResumeLine>(desk, line.id, person, entry)?;
            dated::add(desk, person, &ended, entry)?;
        }
    }
    let line = ResumeLine {
        order_no: order + 1,
        kind: "工作".into(),
        from_day: month(from),
        until_day: None,
        text: title.to_owned(),
        notes: String::new(),
    };
    dated::add(desk, person, &line, entry)?;
    Ok(())
}

/// The 简历 knows months; a date known to the year stays so.
fn month(date: Date) -> Option<Date> {
    date.month().map_or(Some(date), |month| Date::month_of(date.year(), month))
}

fn refusal(rule: &str, says: String, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says,
        citation: Citation { document: "党政领导干部选拔任用工作条例".into(), article: None, item: None },
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }
}
