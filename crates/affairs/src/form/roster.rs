//! 干部花名册.

use super::appointment::facts;
use crate::Result;
use document::paper::{Roster, RosterGroup, RosterRow};
use registry::{Desk, Person, person};
use vocabulary::{Date, Id};

/// 干部花名册, grouped by organisation in the order in which the people are given.
pub fn roster(desk: &Desk, people: &[Id<Person>]) -> Result<Roster> {
    let mut groups: Vec<RosterGroup> = Vec::new();
    for id in people {
        let (unit, row) = row(desk, *id)?;
        match groups.iter_mut().find(|g| g.unit == unit) {
            Some(group) => group.rows.push(row),
            None => groups.push(RosterGroup { unit, rows: vec![row] }),
        }
    }
    Ok(Roster {
        title: String::new(),
        day: desk.day().in_words(),
        filled_by: desk.actor.shown.clone(),
        groups,
    })
}

fn row(desk: &Desk, id: Id<Person>) -> Result<(String, RosterRow)> {
    let details = person::find(desk, id)?.row;
    let ids = [
        "organisation",
        "post",
        "party",
        "party.joined",
        "education.full_time",
        "education.full_time_text",
        "education.in_service",
        "education.in_service_text",
        "post.since",
        "level.since",
    ];
    let [
        unit,
        post,
        party,
        joined,
        full,
        full_text,
        service,
        service_text,
        post_since,
        level_since,
    ] = facts(desk, id, ids)?;
    let month = |text: &str| text.parse::<Date>().map(Date::dotted_month).unwrap_or_default();
    let ours = desk
        .dictionary()
        .table("party")
        .is_some_and(|t| t.within("中共").contains(&party.as_str()));
    let row = RosterRow {
        name: details.name,
        current_post: post,
        sex: details.sex.unwrap_or_default(),
        ethnicity: details.ethnicity.unwrap_or_default(),
        native_place: details.native_place.unwrap_or_default(),
        born: details.born.map(Date::dotted_month).unwrap_or_default(),
        work_started: details.joined_work.map(Date::dotted_month).unwrap_or_default(),
        party_joined: if ours { month(&joined) } else { party },
        full_time: format!("{full}{full_text}"),
        in_service: format!("{service}{service_text}"),
        in_post_since: month(&post_since),
        in_rank_since: month(&level_since),
    };
    Ok((unit, row))
}
