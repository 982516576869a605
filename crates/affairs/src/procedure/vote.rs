//! 到会、回避与表决.

use super::recorded::{Entered, Recorded};
use crate::examine::Known;
use crate::{Item, Result};
use institution::Dictionary;
use registry::rows::Relative;
use registry::{Desk, Organisation, Person, dated, post};
use vocabulary::Id;

/// 应到会的成员: one line of the roll.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    pub person: Option<Id<Person>>,
    pub name: String,
    /// As the minutes print it: `县委副书记`.
    pub post: String,
    pub present: bool,
    /// Why absent.
    pub why: String,
}

/// 回避: this member left while that line was discussed. Counted among those who should attend, not among the present.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Recusal {
    pub item: Id<Item>,
    /// The member's name, as on the roll.
    pub name: String,
    /// `本人`, `配偶` …
    pub reason: String,
}

/// 表决: one line of the slate, counted. Votes add up to the members present for that line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Vote {
    pub item: Id<Item>,
    pub agree: i64,
    pub against: i64,
    pub defer: i64,
}

/// 应到会成员: who holds the leading posts of the deciding body today, all present.
///
/// The body is the organisation whose number stands in the setting `deciding_body`; without it, the county committee
/// (organisations of the kind 县委), whose posts are the seats of its standing committee. Who holds two counts once.
pub fn deciding_body(desk: &Desk) -> Result<Vec<Member>> {
    let set = desk.first("select value from settings where name = $1", &["deciding_body".into()])?;
    let number = set.and_then(|row| row.text(0).trim().parse::<i64>().ok());
    let bodies: Vec<Id<Organisation>> = match number {
        Some(number) => vec![Id::new(number)],
        None => {
            let all = registry::organisation::all(desk)?;
            all.iter()
                .filter(|u| u.kind.as_deref() == Some("县委"))
                .map(|u| u.id)
                .collect()
        }
    };
    let mut members: Vec<Member> = Vec::new();
    for body in bodies {
        let seats: Vec<_> = post::of(desk, body)?.into_iter().filter(|s| s.leading).collect();
        let numbers: Vec<_> = seats.iter().map(|s| s.id).collect();
        let holders = post::holders(desk, &numbers)?;
        for seat in &seats {
            for holder in holders.iter().filter(|h| h.post == seat.id) {
                if !members.iter().any(|m| m.person == Some(holder.person)) {
                    members.push(Member {
                        person: Some(holder.person),
                        name: holder.name.clone(),
                        post: seat.title.clone(),
                        present: true,
                        why: String::new(),
                    });
                }
            }
        }
    }
    Ok(members)
}

/// Members of the roll who concern a line: the candidate, and whoever is on record as a relative of the candidate or has
/// the candidate on record as a relative. Names decide, so people look at each hint.
pub(crate) fn concerned(desk: &Desk, recorded: &Recorded, roll: &[Member]) -> Result<Vec<Recusal>> {
    let mut found = Vec::new();
    for line in recorded.open_lines() {
        let candidate = registry::person::find(desk, line.person)?.row.name;
        let family = dated::of::<Relative>(desk, line.person)?;
        for member in roll {
            let reason = if member.person == Some(line.person) {
                Some("本人".to_owned())
            } else if let Some(relative) = family.iter().find(|r| same_name(&r.row.name, &member.name)) {
                Some(relative.row.relation.clone())
            } else if let Some(person) = member.person {
                let others = dated::of::<Relative>(desk, person)?;
                others
                    .into_iter()
                    .find(|r| same_name(&r.row.name, &candidate))
                    .map(|r| format!("其{}", r.row.relation))
            } else {
                None
            };
            if let Some(reason) = reason {
                found.push(Recusal {
                    item: line.id,
                    name: member.name.clone(),
                    reason,
                });
            }
        }
    }
    Ok(found)
}

fn same_name(a: &str, b: &str) -> bool {
    let tidy = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    !tidy(a).is_empty() && tidy(a) == tidy(b)
}

impl Entered {
    /// 应到、实到 for one line: who was recused should attend but is not counted present.
    pub fn attendance(&self, item: Id<Item>) -> Option<(i64, i64)> {
        if self.roll.is_empty() {
            return None;
        }
        let recused = |m: &Member| {
            self.recusals
                .iter()
                .any(|r| r.item == item && same_name(&r.name, &m.name))
        };
        let present = self.roll.iter().filter(|m| m.present && !recused(m)).count();
        Some((self.roll.len() as i64, present as i64))
    }
}

/// The counted roll and votes become facts of the line; they stand over numbers that were typed.
pub(crate) fn count(dictionary: &Dictionary, entered: &Entered, item: Id<Item>, step: &str, known: &mut Known) {
    if let Some((should, present)) = entered.attendance(item) {
        let origin = format!("{step}到会名单");
        known.set(dictionary, "meeting.should_attend", should, &origin);
        known.set(dictionary, "meeting.present", present, &origin);
        let recused = entered.recusals.iter().any(|r| r.item == item);
        known.set(dictionary, "meeting.recusal_needed", recused, &origin);
        known.set(dictionary, "meeting.recused", recused, &origin);
    }
    if let Some(vote) = entered.vote(item) {
        let origin = format!("{step}表决记录");
        known.set(dictionary, "vote.agree", vote.agree, &origin);
        known.set(dictionary, "vote.against", vote.against, &origin);
        known.set(dictionary, "vote.defer", vote.defer, &origin);
    }
}
