//! 机构树.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, href, samples};
use axum::extract::Query;
use institution::Subject;
use registry::organisation::{self, Unit};
use registry::{Desk, Result, facts};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use vocabulary::Value;

/// So many levels below the top are listed; the page of an organisation shows what lies deeper.
const LEVELS: usize = 2;
/// So many results of a search.
const MOST: usize = 60;

#[derive(Deserialize)]
pub struct Asked {
    find: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub level: usize,
    pub seats: i64,
    pub holders: i64,
    pub vacant: i64,
    pub average_age: Option<i64>,
    pub women: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub find: String,
    pub lines: Vec<Line>,
    pub vacancies: String,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let find = asked.find.unwrap_or_default().trim().to_owned();
    let page = c.read(move |desk| Ok(ListPage::of(desk, find)?)).await?;
    c.part("organisations/list_part.html", &page)
}

/// Facts of a unit beside its name, in this order.
const FACTS: [&str; 5] = ["unit.seats", "unit.holders", "unit.vacant", "unit.average_age", "unit.women"];

impl ListPage {
    fn of(desk: &Desk, find: String) -> Result<ListPage> {
        let units: Vec<(Unit, usize)> = if find.is_empty() {
            tree(organisation::all(desk)?)
        } else {
            organisation::search(desk, &find, MOST)?.into_iter().map(|u| (u, 0)).collect()
        };
        let numbers: Vec<i64> = units.iter().map(|(u, _)| u.id.number()).collect();
        let asked: Vec<_> = FACTS.iter().filter_map(|id| desk.dictionary().fact(id)).collect();
        let told: HashMap<i64, Vec<Option<Value>>> =
            facts::about(desk, Subject::Organisation, &numbers, &asked)?.into_iter().map(|r| (r.number, r.values)).collect();
        let lines = units.into_iter().map(|(unit, level)| {
            let number = |at: usize| told.get(&unit.id.number()).and_then(|v| v.get(at)?.as_ref()?.number());
            Line {
                id: unit.id.number(),
                level,
                kind: unit.kind.unwrap_or_default(),
                seats: number(0).unwrap_or(0),
                holders: number(1).unwrap_or(0),
                vacant: number(2).unwrap_or(0),
                average_age: number(3),
                women: number(4).unwrap_or(0),
                name: unit.name,
            }
        });
        let vacancies = href::ledger(Subject::Post, &serde_json::json!({ "fact": "seat.vacant", "at_least": 1 }));
        Ok(ListPage { find, lines: lines.collect(), vacancies })
    }
}

/// Units in the order of the tree with their depth; tops are those whose parent is not to be seen.
fn tree(units: Vec<Unit>) -> Vec<(Unit, usize)> {
    let seen: std::collections::HashSet<i64> = units.iter().map(|u| u.id.number()).collect();
    let mut below: HashMap<Option<i64>, Vec<Unit>> = HashMap::new();
    for unit in units {
        let parent = unit.parent.map(|p| p.number()).filter(|p| seen.contains(p));
        below.entry(parent).or_default().push(unit);
    }
    let mut out = Vec::new();
    walk(&mut below, None, 0, &mut out);
    out
}

fn walk(below: &mut HashMap<Option<i64>, Vec<Unit>>, parent: Option<i64>, level: usize, out: &mut Vec<(Unit, usize)>) {
    if level > LEVELS {
        return;
    }
    for unit in below.remove(&parent).unwrap_or_default() {
        let id = unit.id.number();
        out.push((unit, level));
        walk(below, Some(id), level + 1, out);
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "organisations/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |id: i64, name: &str, level, vacant| Line {
            id,
            name: name.into(),
            kind: "乡镇".into(),
            level,
            seats: 9,
            holders: 9 - vacant,
            vacant,
            average_age: Some(41),
            women: 2,
        };
        let lines = vec![line(1, "青云县", 0, 0), line(2, "中共青云县委组织部", 1, 1), line(3, samples::LONG_TITLE, 2, 3)];
        let page = ListPage { find: String::new(), lines, vacancies: "/ledgers/new".into() };
        let empty = ListPage { find: "没有这个".into(), lines: vec![], ..page.clone() };
        vec![Sample::usual(page.clone()), Sample::empty(empty), Sample::another_day(page)]
    }
}
