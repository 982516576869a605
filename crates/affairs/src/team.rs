//! 班子结构: what a slate changes in every organisation that it touches.

use crate::Result;
use crate::known::about_many;
use crate::procedure::ProposedItem;
use institution::{Fact, Subject};
use registry::post::Seat;
use registry::{Desk, Organisation, Person, Post, organisation, post, tenure};
use vocabulary::{Id, Value};

/// One organisation before and after the slate takes effect.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TeamImpact {
    pub organisation: Id<Organisation>,
    pub name: String,
    pub before: Team,
    pub after: Team,
}

/// 领导班子 on one day, each figure with the people behind it.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
pub struct Team {
    pub members: Vec<TeamMember>,
    /// 职数: of the whole team where it is fixed, else of its posts together.
    pub seats: i64,
    /// 空缺 of the posts; below zero when over.
    pub vacant: i64,
    /// 平均年龄 in tenths of a year: 453 is 45.3; None when no birth is known.
    pub average_age_tenths: Option<i64>,
    pub under_36: Figure,
    pub women: Figure,
    pub minority: Figure,
    pub non_party: Figure,
    /// 最高学历 by its group: 研究生, 大学, 大专 …, in the order of the code table.
    pub education: Vec<Share>,
    /// 专业类别; one person may count in several.
    pub specialities: Vec<Share>,
    /// Posts without enough people: title and how many are missing.
    pub vacancies: Vec<(String, i64)>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TeamMember {
    pub person: Id<Person>,
    pub name: String,
    pub post: String,
    /// 周岁; None when no birth is on record.
    pub age: Option<i64>,
    /// Not in the other picture: comes with the slate, or leaves with it.
    pub changes: bool,
}

/// A count and who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize)]
pub struct Figure {
    pub count: usize,
    pub people: Vec<Id<Person>>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    pub name: String,
    pub figure: Figure,
}

/// Every organisation that the slate touches, in the order of the tree.
pub fn impact(desk: &Desk, items: &[ProposedItem]) -> Result<Vec<TeamImpact>> {
    let mut touched: Vec<Id<Organisation>> = Vec::new();
    for item in items {
        if let Some(post) = item.post {
            touched.push(post::find(desk, post)?.organisation);
        }
        for tenure in tenure::current(desk, item.person)?
            .iter()
            .filter(|t| item.leaves.contains(&t.id))
        {
            let of_post = tenure.row.post.map(|p| post::find(desk, Id::new(p))).transpose()?;
            touched.extend(of_post.map(|s| s.organisation).or(tenure.row.organisation.map(Id::new)));
        }
    }
    let mut units = organisation::all(desk)?;
    units.retain(|u| touched.contains(&u.id));
    units.iter().map(|unit| of_unit(desk, unit, items)).collect()
}

/// 班子结构 of one organisation as it stands.
pub fn team(desk: &Desk, organisation: Id<Organisation>) -> Result<Team> {
    let unit = organisation::find(desk, organisation)?;
    Ok(of_unit(desk, &unit, &[])?.before)
}

fn of_unit(desk: &Desk, unit: &organisation::Unit, items: &[ProposedItem]) -> Result<TeamImpact> {
    let seats: Vec<Seat> = post::of(desk, unit.id)?.into_iter().filter(|s| s.leading).collect();
    let numbers: Vec<Id<Post>> = seats.iter().map(|s| s.id).collect();
    let holders = post::holders(desk, &numbers)?;
    let mut before = Vec::new();
    let mut after = Vec::new();
    for seat in &seats {
        for holder in holders.iter().filter(|h| h.post == seat.id) {
            before.push((seat, holder.person));
            if !items.iter().any(|i| i.leaves.contains(&holder.tenure)) {
                after.push((seat, holder.person));
            }
        }
        after.extend(
            items
                .iter()
                .filter(|i| i.post == Some(seat.id))
                .map(|i| (seat, i.person)),
        );
    }
    let mut people: Vec<i64> = before.iter().chain(&after).map(|(_, p)| p.number()).collect();
    people.sort_unstable();
    people.dedup();
    let faces = faces(desk, &people)?;
    Ok(TeamImpact {
        organisation: unit.id,
        name: unit.name.clone(),
        before: picture(desk, unit, &seats, &before, &after, &faces),
        after: picture(desk, unit, &seats, &after, &before, &faces),
    })
}

/// What the figures need of one person.
struct Face {
    person: Id<Person>,
    name: String,
    age: Option<i64>,
    woman: bool,
    minority: bool,
    non_party: bool,
    education: Option<String>,
    specialities: Vec<String>,
}

const FACTS: [&str; 7] = [
    "name",
    "age",
    "sex",
    "ethnicity",
    "party",
    "education",
    "education.major_group",
];

fn faces(desk: &Desk, people: &[i64]) -> Result<Vec<Face>> {
    let dictionary = desk.dictionary();
    let facts: Vec<&Fact> = FACTS.iter().filter_map(|id| dictionary.fact(id)).collect();
    let group = |table: &str, group: &str| -> Vec<&str> {
        dictionary.table(table).map(|t| t.within(group)).unwrap_or_default()
    };
    let (minorities, outside) = (group("ethnicity", "少数民族"), group("party", "党外"));
    let rows = about_many(desk, Subject::Official, people, &facts, desk.day())?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let text = |at: usize| row.values.get(at).and_then(Option::as_ref).and_then(Value::as_text);
            let is_in = |at: usize, names: &[&str]| text(at).is_some_and(|t| names.contains(&t));
            Face {
                person: Id::new(row.number),
                name: text(0).unwrap_or_default().to_owned(),
                age: row.values.get(1).and_then(Option::as_ref).and_then(Value::number),
                woman: text(2) == Some("女"),
                minority: is_in(3, &minorities),
                non_party: is_in(4, &outside),
                education: text(5).map(str::to_owned),
                specialities: text(6)
                    .map(|t| t.split('、').map(str::to_owned).collect())
                    .unwrap_or_default(),
            }
        })
        .collect())
}

fn picture(
    desk: &Desk,
    unit: &organisation::Unit,
    seats: &[Seat],
    held: &[(&Seat, Id<Person>)],
    other: &[(&Seat, Id<Person>)],
    faces: &[Face],
) -> Team {
    let mut members: Vec<TeamMember> = Vec::new();
    let mut of: Vec<&Face> = Vec::new();
    for (seat, person) in held {
        let Some(face) = faces.iter().find(|f| f.person == *person) else {
            continue;
        };
        members.push(TeamMember {
            person: *person,
            name: face.name.clone(),
            post: seat.title.clone(),
            age: face.age,
            changes: !other.iter().any(|(s, p)| s.id == seat.id && p == person),
        });
        // Who holds two posts is one head.
        if !of.iter().any(|f| f.person == *person) {
            of.push(face);
        }
    }
    let posts: i64 = seats.iter().map(|s| s.seats).sum();
    let ages: Vec<i64> = of.iter().filter_map(|f| f.age).collect();
    let count = |test: &dyn Fn(&Face) -> bool| figure(&of, test);
    let vacancies = seats
        .iter()
        .map(|s| {
            (
                s.title.clone(),
                s.seats - held.iter().filter(|(h, _)| h.id == s.id).count() as i64,
            )
        })
        .filter(|(_, missing)| *missing > 0)
        .collect();
    let mut specialities: Vec<String> = of.iter().flat_map(|f| f.specialities.iter().cloned()).collect();
    specialities.sort();
    specialities.dedup();
    Team {
        seats: unit.team_size.unwrap_or(posts),
        vacant: posts - held.len() as i64,
        average_age_tenths: (!ages.is_empty())
            .then(|| (ages.iter().sum::<i64>() * 10 + ages.len() as i64 / 2) / ages.len() as i64),
        under_36: count(&|f| f.age.is_some_and(|age| age < 36)),
        women: count(&|f| f.woman),
        minority: count(&|f| f.minority),
        non_party: count(&|f| f.non_party),
        education: education(desk, &of),
        specialities: specialities
            .into_iter()
            .map(|name| Share {
                figure: count(&|f| f.specialities.contains(&name)),
                name,
            })
            .collect(),
        vacancies,
        members,
    }
}

fn figure(of: &[&Face], test: &dyn Fn(&Face) -> bool) -> Figure {
    let people: Vec<Id<Person>> = of.iter().filter(|f| test(f)).map(|f| f.person).collect();
    Figure {
        count: people.len(),
        people,
    }
}

/// By the first group of the code, highest first; what is not on record last.
fn education(desk: &Desk, of: &[&Face]) -> Vec<Share> {
    let mut groups: Vec<String> = Vec::new();
    let table = desk.dictionary().table("education");
    let group = |name: &str| {
        let code = table.and_then(|t| t.code(name));
        code.and_then(|c| c.groups.first())
            .map_or_else(|| name.to_owned(), |g| g.to_string())
    };
    for code in table.map(|t| t.values.as_slice()).unwrap_or_default() {
        let name = group(&code.name);
        if !groups.contains(&name) {
            groups.push(name);
        }
    }
    let mut shares: Vec<Share> = groups
        .into_iter()
        .map(|name| Share {
            figure: figure(of, &|f| f.education.as_deref().map(group).as_ref() == Some(&name)),
            name,
        })
        .collect();
    shares.push(Share {
        name: "未登记".into(),
        figure: figure(of, &|f| f.education.is_none()),
    });
    shares.retain(|s| s.figure.count > 0);
    shares
}
