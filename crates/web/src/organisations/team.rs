//! 班子: who sits together, and what that looks like: ages, education, specialities. Every mark opens its people.

use crate::drawing::bars::{self, Bar, Bars};
use crate::drawing::pyramid::{self, Band, Pyramid};
use crate::href;
use institution::Subject;
use registry::facts::{self, FactRow};
use registry::{Desk, Person, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use vocabulary::{Id, Value};

/// What the picture asks of each member, in this order.
const FACTS: [&str; 12] = [
    "name", "sex", "age", "education", "education.major_group", "post", "post.since", "photo", "level", "party", "township_experience", "ethnicity",
];

/// Upper bounds of the age bands, oldest first, as team reports print them.
const BANDS: [(&str, i64, i64); 7] = [
    ("56 以上", 56, 200),
    ("51–55", 51, 55),
    ("46–50", 46, 50),
    ("41–45", 41, 45),
    ("36–40", 36, 40),
    ("31–35", 31, 35),
    ("30 以下", 0, 30),
];

#[derive(Clone, Debug, Serialize)]
pub struct Member {
    pub id: Id<Person>,
    pub name: String,
    pub sex: String,
    pub age: Option<i64>,
    pub education: String,
    pub major: String,
    pub post: String,
    pub since: String,
    pub photo: bool,
}

/// A number of the team, and its people.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    pub label: &'static str,
    pub count: i64,
    pub href: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Team {
    pub members: Vec<Member>,
    pub average_age: Option<String>,
    pub counts: Vec<Count>,
    pub ages: Pyramid,
    pub education: Bars,
    pub majors: Bars,
}

/// The rows behind a mark: exactly these people.
fn people(ids: &[i64]) -> Option<String> {
    (!ids.is_empty()).then(|| href::ledger(Subject::Official, &serde_json::json!({ "fact": "person.id", "one_of": ids })))
}

fn member_of(row: &FactRow) -> Member {
    let v = &row.values;
    let text = |at: usize| v[at].as_ref().map(Value::to_string).unwrap_or_default();
    Member {
        id: Id::new(row.number),
        name: text(0),
        sex: text(1),
        age: v[2].as_ref().and_then(Value::number),
        education: text(3),
        major: text(4),
        post: text(5),
        since: text(6),
        photo: v[7] == Some(Value::Yes(true)),
    }
}

impl Team {
    /// The team of these people, in the order given.
    pub fn of(desk: &Desk, ids: &[i64]) -> Result<Team> {
        let asked: Vec<_> = FACTS.iter().filter_map(|id| desk.dictionary().fact(id)).collect();
        let rows = facts::about(desk, Subject::Official, ids, &asked)?;
        let members: Vec<Member> = rows.iter().map(member_of).collect();
        Ok(if members.is_empty() { Team::default() } else { Team::drawn(members, &rows) })
    }

    fn drawn(members: Vec<Member>, rows: &[FactRow]) -> Team {
        let text = |v: &Option<Value>| v.as_ref().map(Value::to_string).unwrap_or_default();
        let counted = |label, test: &dyn Fn(&[Option<Value>]) -> bool| {
            let ids: Vec<i64> = rows.iter().filter(|r| test(&r.values)).map(|r| r.number).collect();
            Count { label, count: ids.len() as i64, href: people(&ids).unwrap_or_default() }
        };
        let counts = vec![
            counted("人", &|_| true),
            counted("女", &|v| text(&v[1]) == "女"),
            counted("少数民族", &|v| v[11].is_some() && text(&v[11]) != "汉族"),
            counted("党外", &|v| v[9].is_some() && !text(&v[9]).contains("中共")),
            counted("35 岁以下", &|v| v[2].as_ref().and_then(Value::number).is_some_and(|age| age <= 35)),
            counted("有乡镇经历", &|v| v[10] == Some(Value::Yes(true))),
        ];
        let ages: Vec<i64> = members.iter().filter_map(|m| m.age).collect();
        let average = (!ages.is_empty()).then(|| format!("{:.1}", ages.iter().sum::<i64>() as f64 / ages.len() as f64));
        Team {
            average_age: average,
            counts,
            ages: pyramid::draw("班子年龄结构", bands(&members)),
            education: bars::draw("班子学历结构", tally(&members, |m| vec![m.education.clone()])),
            majors: bars::draw("班子专业结构", tally(&members, |m| m.major.split('、').map(str::to_owned).collect())),
            members,
        }
    }
}

/// A made-up team of five.
pub fn sample() -> Team {
    let row = |n: i64, name: &str, sex: &str, age: i64| {
        let text = |t: &str| Some(Value::text(t));
        let values = vec![
            text(name), text(sex), Some(age.into()), text("大学"), text("农学类、法学类"), text("青云镇副镇长"), text("2021-07"),
            Some(true.into()), text("乡科级副职"), text("中共党员"), Some(true.into()), text("汉族"),
        ];
        FactRow { number: n, values }
    };
    let rows = [row(1, "李明", "男", 52), row(2, "王芳", "女", 38), row(3, crate::samples::LONG_NAME, "男", 47), row(4, "赵强", "男", 33), row(5, "陈静", "女", 39)];
    Team::drawn(rows.iter().map(member_of).collect(), &rows)
}

fn bands(members: &[Member]) -> Vec<Band> {
    let within = |sex: &str, low: i64, high: i64| -> Vec<i64> {
        let fits = |m: &&Member| m.sex == sex && m.age.is_some_and(|age| (low..=high).contains(&age));
        members.iter().filter(fits).map(|m| m.id.number()).collect()
    };
    let mut bands: Vec<Band> = BANDS
        .iter()
        .map(|(label, low, high)| {
            let (men, women) = (within("男", *low, *high), within("女", *low, *high));
            Band {
                label: (*label).into(),
                men: men.len() as i64,
                women: women.len() as i64,
                men_href: people(&men),
                women_href: people(&women),
            }
        })
        .collect();
    // Empty bands at both ends say nothing; between others they do.
    let full = |b: &Band| b.men + b.women > 0;
    let first = bands.iter().position(full).unwrap_or(0);
    let last = bands.iter().rposition(full).map_or(0, |n| n + 1);
    bands.truncate(last);
    bands.split_off(first.min(last))
}

/// Counts by what `of` answers, most frequent first; nothing on record is said as such.
fn tally(members: &[Member], of: impl Fn(&Member) -> Vec<String>) -> Vec<Bar> {
    let mut groups: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for member in members {
        for mut label in of(member) {
            if label.is_empty() {
                label = "没有记录".into();
            }
            groups.entry(label).or_default().push(member.id.number());
        }
    }
    let mut all: Vec<Bar> = groups.into_iter().map(|(label, ids)| Bar { label, count: ids.len() as i64, href: people(&ids) }).collect();
    all.sort_by_key(|bar| (bar.label == "没有记录", -bar.count));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: i64, sex: &str, age: i64) -> Member {
        Member {
            id: Id::new(id),
            name: "李明".into(),
            sex: sex.into(),
            age: Some(age),
            education: "大学".into(),
            major: "法学类、农学类".into(),
            post: String::new(),
            since: String::new(),
            photo: false,
        }
    }

    #[test]
    fn every_member_is_in_one_band_and_empty_ends_are_left_out() {
        let members = [member(1, "男", 38), member(2, "女", 52), member(3, "男", 47)];
        let bands = bands(&members);
        let labels: Vec<_> = bands.iter().map(|b| (b.label.as_str(), b.men, b.women)).collect();
        assert_eq!(labels, [("51–55", 0, 1), ("46–50", 1, 0), ("41–45", 0, 0), ("36–40", 1, 0)]);
        assert!(bands[0].men_href.is_none() && bands[0].women_href.as_ref().is_some_and(|h| h.contains("%5B2%5D")));
    }

    #[test]
    fn who_has_two_specialities_counts_in_both() {
        let bars = tally(&[member(1, "男", 38)], |m| m.major.split('、').map(str::to_owned).collect());
        assert_eq!(bars.iter().map(|b| b.label.as_str()).collect::<Vec<_>>(), ["农学类", "法学类"]);
    }
}
