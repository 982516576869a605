//! 到会: whom the roll names, and what is wrong with a roll that was handed in.

use super::{mark, refusal};
use crate::{Error, Result};
use institution::duty::RollOf;
use institution::{Duty, Subject};
use registry::desk::Happened;
use registry::{Desk, branch, member, post};
use vocabulary::{Day, Finding, Id};

/// One line of the roll.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attendee {
    /// Who it is in the registry; empty for a guest.
    pub person: Option<i64>,
    pub name: String,
    pub present: bool,
    /// Why absent.
    pub why: String,
    /// 列席: may be there, does not count.
    pub guest: bool,
    /// 补课
    #[serde(default)]
    pub made_up: Option<Day>,
}

impl Attendee {
    pub fn here(person: i64, name: &str) -> Attendee {
        Attendee { person: Some(person), name: name.into(), present: true, why: String::new(), guest: false, made_up: None }
    }
    pub fn away(person: i64, name: &str, why: &str) -> Attendee {
        Attendee { present: false, why: why.into(), ..Attendee::here(person, name) }
    }
}

/// Who should be there on `day`; empty when the duty has no roll.
pub fn expected(desk: &Desk, duty: &Duty, unit: i64, day: Day) -> Result<Vec<Attendee>> {
    let Some(roll) = &duty.roll else { return Ok(vec![]) };
    let here = |person: i64, name: &str| Attendee::here(person, name);
    Ok(match (roll.of, duty.of) {
        (RollOf::Members, Subject::Branch) => member::of(desk, Id::new(unit), day)?.iter().map(|m| here(m.person.number(), &m.name)).collect(),
        (RollOf::Committee, Subject::Branch) => branch::committee_on(desk, Id::new(unit), day)?.iter().map(|m| here(m.person.number(), &m.name)).collect(),
        (RollOf::Team, Subject::Organisation) => {
            let seats = post::of(desk, Id::new(unit))?;
            let posts: Vec<_> = seats.iter().filter(|s| s.leading).map(|s| s.id).collect();
            let mut all: Vec<Attendee> = post::holders(desk, &posts)?.iter().map(|h| here(h.person.number(), &h.name)).collect();
            all.dedup_by_key(|a| a.person);
            all
        }
        _ => vec![],
    })
}

/// Everything that is wrong with a roll: strangers, absentees without a reason, too few.
pub(super) fn wrong(desk: &Desk, duty: &Duty, unit: i64, day: Day, given: &[Attendee]) -> Result<Vec<Finding>> {
    let Some(roll) = &duty.roll else { return Ok(vec![]) };
    let should = expected(desk, duty, unit, day)?;
    let mut found = Vec::new();
    let strangers: Vec<&str> = given.iter().filter(|g| !g.guest && !should.iter().any(|s| s.person == g.person && g.person.is_some())).map(|g| g.name.as_str()).collect();
    if !strangers.is_empty() {
        let says = format!("{}在 {day} 不在应到名单里", strangers.join("、"));
        found.push(refusal("not-on-roll", says, &duty.source, "核对名单：当日尚未编入或已经转出的，改为列席或删去"));
    }
    let twice = given.iter().enumerate().any(|(n, g)| g.person.is_some() && given[..n].iter().any(|b| b.person == g.person));
    if twice {
        found.push(refusal("twice-on-roll", "到会名单里同一个人写了两次".into(), &duty.source, "删去重复的一行"));
    }
    let silent: Vec<&str> = given.iter().filter(|g| !g.present && !g.guest && g.why.trim().is_empty()).map(|g| g.name.as_str()).collect();
    if !silent.is_empty() {
        found.push(refusal("absent-without-reason", format!("{}缺席，没有写原因", silent.join("、")), &duty.source, "写明因病、外出或请假等原因"));
    }
    let left: Vec<&str> = should.iter().filter(|s| !given.iter().any(|g| g.person == s.person)).map(|s| s.name.as_str()).collect();
    if !left.is_empty() {
        let some = left.iter().take(5).copied().collect::<Vec<_>>().join("、");
        let more = if left.len() > 5 { format!("等 {} 人", left.len()) } else { String::new() };
        found.push(refusal("not-told", format!("{some}{more}是否到会没有填写"), &duty.source, "逐人填写到会或缺席"));
    }
    if let Some((part, of)) = roll.quorum {
        let present = given.iter().filter(|g| g.present && !g.guest).count() as i64;
        let all = should.len() as i64;
        let enough = if roll.more { present * of > all * part } else { present * of >= all * part };
        if !enough {
            let word = if roll.more { "超过" } else { "不少于" };
            let says = format!("应到 {all} 人，实到 {present} 人，{word}{part}/{of}才能开会");
            found.push(refusal("quorum", says, &duty.source, "到会人数不够，会议应改期召开"));
        }
    }
    Ok(found)
}

/// 补课: an absentee made up on `day` what was held.
pub fn make_up(desk: &mut Desk, duty: &Duty, unit: i64, occurrence: &str, person: i64, day: Day) -> Result<()> {
    if day > desk.today {
        return Err(Error::Wrong(format!("补课日期 {day} 还没有到")));
    }
    let slot = mark::slot_number(desk, &duty.key, occurrence)?.unwrap_or(-1);
    let row = desk.first(
        "select r.id, r.mark, r.order_no, r.name, r.kind, r.why, m.on_day from duty_marks m join duty_roll r on r.mark = m.id and r.superseded is null
          where m.slot = $1 and m.unit = $2 and m.superseded is null and r.person = $3 and r.present = 0 and r.made_up is null",
        &[slot.into(), unit.into(), person.into()],
    )?;
    let row = row.ok_or_else(|| Error::Wrong("名单里没有这名缺席的人，或已经补课".into()))?;
    if day.to_string().as_str() < row.text(6) {
        return Err(Error::Wrong(format!("补课日期 {day} 早于开展的日子 {}", row.text(6))));
    }
    let says = format!("{}补学“{}”（{occurrence}）", row.text(3), duty.title);
    let entry = desk.noted(Happened { act: "duty.make_up", subject: super::subject_id(duty.of), number: Some(unit), says })?;
    desk.execute("update duty_roll set superseded = $1 where id = $2", &[entry.into(), row.int(0).into()])?;
    let columns = ["mark", "order_no", "person", "name", "kind", "present", "why", "made_up", "entered"];
    let values = [row.int(1).into(), row.int(2).into(), person.into(), row.text(3).into(), row.text(4).into(), 0.into(), row.text(5).into(), day.to_string().into(), entry.into()];
    desk.insert("duty_roll", &columns, &values)?;
    Ok(())
}
