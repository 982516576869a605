//! 干部任免建议方案: the paper that the meeting sees.

use super::appointment::{born, facts};
use super::words::{listed, office_name};
use crate::procedure::{ItemState, ProposedItem, State, state};
use crate::team::{Team, TeamImpact};
use crate::{Procedure, Result, impact};
use document::paper::{Slate, SlateGroup, SlateRow};
use registry::{Desk, organisation, post};
use vocabulary::{Date, Id};

/// 干部任免建议方案 of the lines that are still open, grouped by the organisation of the proposed post.
pub fn slate(desk: &Desk, id: Id<Procedure>) -> Result<Slate> {
    let state = state(desk, id)?;
    let mut groups: Vec<SlateGroup> = Vec::new();
    for item in state.open_items() {
        let head = match item.post {
            Some(post) => organisation::find(desk, post::find(desk, post)?.organisation)?.name,
            None => "免职".to_owned(),
        };
        let row = row(desk, item)?;
        match groups.iter_mut().find(|g| g.head == head) {
            Some(group) => group.rows.push(row),
            None => groups.push(SlateGroup { head, rows: vec![row] }),
        }
    }
    Ok(Slate {
        title: String::new(),
        office: office_name(desk)?,
        day: desk.today.in_words(),
        groups,
        note: note(desk, &state)?,
    })
}

fn row(desk: &Desk, item: &ItemState) -> Result<SlateRow> {
    let [education, qualification] = facts(desk, item.person, ["education", "qualification"])?;
    Ok(SlateRow {
        name: item.name.clone(),
        born: born(desk, item.person)?.map(Date::dotted_month).unwrap_or_default(),
        education_and_title: listed([education.as_str(), qualification.as_str()]),
        current_post: item.current_post.clone(),
        proposal: proposal(item),
        opinion: String::new(),
    })
}

/// `任青云镇镇长，免青云镇副镇长`
pub(super) fn proposal(item: &ItemState) -> String {
    let removed = listed(item.leaves.iter().map(|l| l.title.as_str()));
    match (item.proposed_post.as_str(), removed.as_str()) {
        ("", removed) => format!("免{removed}"),
        (post, "") => format!("任{post}"),
        (post, removed) => format!("任{post}，免{removed}"),
    }
}

/// The slate's lines as they were proposed, for the teams' pictures.
pub(super) fn proposed(state: &State) -> Vec<ProposedItem> {
    state
        .open_items()
        .map(|i| ProposedItem {
            person: i.person,
            post: i.post,
            leaves: i.leaves.iter().map(|l| l.tenure).collect(),
            reason: i.reason.clone(),
            exception: i.exception.clone(),
            facts: i.facts.clone(),
        })
        .collect()
}

/// What the slate changes in the teams, one sentence an organisation.
fn note(desk: &Desk, state: &State) -> Result<String> {
    let teams = impact(desk, &proposed(state))?;
    Ok(teams.iter().map(sentence).collect::<Vec<_>>().join("\n"))
}

fn sentence(team: &TeamImpact) -> String {
    let age = |t: &Team| {
        t.average_age_tenths
            .map_or("—".to_owned(), |a| format!("{}.{}", a / 10, a % 10))
    };
    let (b, a) = (&team.before, &team.after);
    format!(
        "{}：班子 {} 人调整为 {} 人（职数 {}），平均年龄 {} 岁调整为 {} 岁；35岁以下 {} 人，女 {} 人，党外 {} 人，少数民族 {} 人。",
        team.name,
        b.members.len(),
        a.members.len(),
        a.seats,
        age(b),
        age(a),
        a.under_36.count,
        a.women.count,
        a.non_party.count,
        a.minority.count,
    )
}
