//! 任前公示.

use super::appointment::{born, facts};
use super::words::{month_in_words, office_name, place, setting};
use crate::procedure::{ItemState, State, state};
use crate::{Error, Procedure, Result};
use document::paper::{Candidate, Exception, PublicNotice};
use registry::Desk;
use vocabulary::Id;

/// 任前公示 of the lines that are promoted. Refuses while the day of posting is not noted: without it there is no period.
pub fn public_notice(desk: &Desk, id: Id<Procedure>) -> Result<PublicNotice> {
    let state = state(desk, id)?;
    let step = state.steps.iter().find(|s| s.notice.is_some());
    let notice = step
        .and_then(|s| s.notice.as_ref())
        .ok_or_else(|| Error::NotFound("公示这一步".into()))?;
    if let Some(why) = &notice.cannot {
        return Err(Error::Wrong(format!("公示期不能计算：{why}")));
    }
    let (Some(posted), Some(last)) = (notice.posted, notice.last_day) else {
        return Err(Error::Wrong("请先登记公示开始日".into()));
    };
    let mut candidates = Vec::new();
    for item in state.open_items().filter(|i| i.post.is_some()) {
        if is_promoted(desk, &state, item)? {
            candidates.push(candidate(desk, item)?);
        }
    }
    Ok(PublicNotice {
        place: place(desk)?,
        title: String::new(),
        period: format!("{}至{}", posted.in_words(), last.in_words()),
        working_days: notice.working_days.unwrap_or_default(),
        candidates,
        office: office_name(desk)?,
        phones: setting(desk, "notice_phones")?
            .map_or_else(|| vec!["12380".into()], |t| t.split('、').map(str::to_owned).collect()),
        mail: setting(desk, "notice_mail")?.unwrap_or_default(),
        address: setting(desk, "notice_address")?.unwrap_or_default(),
        signed_by: office_name(desk)?,
        signed_on: posted.in_words(),
    })
}

/// Who moves on the same level is not given notice of.
fn is_promoted(desk: &Desk, state: &State, item: &ItemState) -> Result<bool> {
    let facts = crate::procedure::facts_of(desk, state.id, item.id)?;
    let table = desk.dictionary().table("proposal_step");
    Ok(facts
        .get("proposal.step")
        .is_none_or(|step| table.is_none_or(|t| t.within("提任").contains(&step.as_str()))))
}

fn candidate(desk: &Desk, item: &ItemState) -> Result<Candidate> {
    let [sex, ethnicity, party, schooling] = facts(desk, item.person, ["sex", "ethnicity", "party", "education"])?;
    let kind = item.facts.get("exception.kind").cloned().unwrap_or_default();
    let reason = [kind.as_str(), item.reason.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join("；");
    Ok(Candidate {
        name: item.name.clone(),
        sex,
        ethnicity,
        born: born(desk, item.person)?.map(month_in_words).unwrap_or_default(),
        party,
        schooling,
        current_post: item.current_post.clone(),
        proposed_post: item.proposed_post.clone(),
        exception: (!item.exception.is_empty()).then(|| Exception {
            facts: item.exception.clone(),
            reason,
        }),
    })
}
