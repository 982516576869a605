//! 任免通知 and 任职谈话记录.

use super::words::{committee_name, listed};
use crate::procedure::{ItemState, facts_of, state};
use crate::{Error, Fields, Item, Procedure, Result};
use document::paper::{AppointmentNotice, Decision, TalkRecord};
use registry::{Desk, post};
use vocabulary::{Day, Id};

/// 任免通知 of all open lines.
pub fn appointment_notice(desk: &Desk, id: Id<Procedure>) -> Result<AppointmentNotice> {
    let state = state(desk, id)?;
    let mut decisions = Vec::new();
    let mut about = Fields::new();
    for item in state.open_items() {
        let facts = facts_of(desk, id, item.id)?;
        decisions.push(decision(desk, item, &facts)?);
        about = facts;
    }
    Ok(AppointmentNotice {
        issuer: committee_name(desk)?,
        number: about.get("appointment.paper").cloned().unwrap_or_default(),
        addressee: String::new(),
        decided_on: in_words(&about, "decision.day"),
        decided_by: "县委常委会会议".into(),
        decisions,
        signed_on: in_words(&about, "appointment.issued"),
    })
}

fn decision(desk: &Desk, item: &ItemState, facts: &Fields) -> Result<Decision> {
    let seat = item.post.map(|p| post::find(desk, p)).transpose()?;
    let promoted = facts.get("proposal.step").is_some_and(|step| {
        desk.dictionary()
            .table("proposal_step")
            .is_some_and(|t| t.within("提任").contains(&step.as_str()))
    });
    let elected = facts.get("appointment.by").is_some_and(|by| by == "选举");
    let tries = seat.is_some_and(|s| s.probation) && promoted && !elected;
    Ok(Decision {
        name: item.name.clone(),
        appointed: item.proposed_post.clone(),
        probation: if tries { "试用期一年".into() } else { String::new() },
        removed: listed(item.leaves.iter().map(|l| l.title.as_str())),
    })
}

/// 任职谈话记录 of one line; what was said is written by whoever held the talk.
pub fn talk_record(desk: &Desk, id: Id<Procedure>, item: Id<Item>) -> Result<TalkRecord> {
    let state = state(desk, id)?;
    let line = state
        .items
        .iter()
        .find(|i| i.id == item)
        .ok_or_else(|| Error::NotFound("方案中的这一行".into()))?;
    let facts = facts_of(desk, id, item)?;
    Ok(TalkRecord {
        title: String::new(),
        person: line.name.clone(),
        post: line.proposed_post.clone(),
        held_on: in_words(&facts, "talk.day"),
        place: String::new(),
        speakers: vec![],
        recorder: String::new(),
        said: vec![],
        answer: vec![],
    })
}

fn in_words(facts: &Fields, id: &str) -> String {
    facts
        .get(id)
        .and_then(|t| t.parse::<Day>().ok())
        .map(Day::in_words)
        .unwrap_or_default()
}
