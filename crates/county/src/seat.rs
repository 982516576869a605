//! Who there is to be: one seat for every person of a county, in paper order.

use crate::chance::{Chance, For};
use crate::error::{Error, Result};
use crate::notable::{self, Notable};
use crate::post::{Grade, Post};
use crate::tree::Unit;
use crate::tree::department::Staff;

/// Where somebody stands today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Serving,
    Retired,
    Left,
    Dead,
}

/// The place of one person.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    pub unit: usize,
    pub post: Option<usize>,
    /// A second post held with the first: 县委常委 who is 组织部部长.
    pub second: Option<usize>,
    pub grade: Grade,
    pub state: State,
    /// One of the named people of 青云县.
    pub notable: Option<&'static Notable>,
}

/// (first post, its seat, second post): 县委 and its members' other offices.
const JOINED: &[(&str, &str, i64, &str, &str)] = &[
    ("县委", "副书记", 0, "县政府", "县长"),
    ("县委", "常委", 0, "县政府", "常务副县长"),
    ("县委", "常委", 1, "县纪委监委", "书记、主任"),
    ("县委", "常委", 2, "县委组织部", "部长"),
    ("县委", "常委", 3, "县委宣传部", "部长"),
    ("县委", "常委", 4, "县委统战部", "部长"),
    ("县委", "常委", 5, "县委政法委", "书记"),
    ("县委", "常委", 7, "县委办公室", "主任"),
    ("县政府", "副县长", 0, "县公安局", "局长"),
];

/// Exactly `people` seats; about four in a hundred leading seats stay empty.
pub fn all(seed: u64, county: usize, people: u64, units: &[Unit], posts: &[Post]) -> Result<Vec<Seat>> {
    let seated: Vec<Seat> = (0..posts.len()).flat_map(|at| of_post(seed, county, at, units, posts)).collect();
    let staff_named: Vec<Seat> = if county == 0 { notable::without_post(units) } else { Vec::new() };
    let gone = people / 33;
    let fixed = (seated.len() + staff_named.len()) as u64 + gone;
    let least = fixed + u64::from(units.iter().any(|u| u.weight > 0));
    if people < least {
        return Err(Error::TooFew { asked: people, least });
    }
    let mut seats = seated;
    seats.extend(staff_named);
    seats.extend(staff(people - fixed, units));
    // Stable: leaders before staff within an organisation, organisations in tree order.
    seats.sort_by_key(|s| s.unit);
    seats.extend(gone_people(seed, county, gone, units, posts));
    Ok(seats)
}

fn of_post(seed: u64, county: usize, at: usize, units: &[Unit], posts: &[Post]) -> Vec<Seat> {
    let post = &posts[at];
    let key = &units[post.unit].key;
    if JOINED.iter().any(|(_, _, _, unit, name)| unit == key && *name == post.name) {
        return Vec::new();
    }
    let mut seats = Vec::new();
    for number in 0..post.seats {
        let notable = if county == 0 { notable::in_seat(key, &post.name, number) } else { None };
        let joined = JOINED.iter().find(|(unit, name, n, _, _)| unit == key && *name == post.name && *n == number);
        let mut chance = Chance::of(seed, county, For::Vacancy, (at * 16) as u64 + number as u64);
        let never_empty = notable.is_some() || joined.is_some() || key == "县委" || post.grade == Grade::CountyChief;
        if !never_empty && chance.permille(43) {
            continue;
        }
        let second = joined.and_then(|(_, _, _, unit, name)| posts.iter().position(|p| p.name == *name && units[p.unit].key == *unit));
        seats.push(Seat { unit: post.unit, post: Some(at), second, grade: post.grade, state: State::Serving, notable });
    }
    seats
}

/// Spreads `people` over the organisations by weight.
fn staff(people: u64, units: &[Unit]) -> Vec<Seat> {
    let total: u64 = units.iter().map(|u| u64::from(u.weight)).sum();
    let mut seats = Vec::with_capacity(people as usize);
    let mut weight = 0;
    for (at, unit) in units.iter().enumerate().filter(|(_, u)| u.weight > 0) {
        weight += u64::from(unit.weight);
        let until = (people * weight / total) as usize;
        seats.resize(until, Seat { unit: at, post: None, second: None, grade: Grade::Staff, state: State::Serving, notable: None });
    }
    seats
}

/// People who are no longer in office but whose record the county keeps.
fn gone_people(seed: u64, county: usize, count: u64, units: &[Unit], posts: &[Post]) -> Vec<Seat> {
    let homes: Vec<usize> = (0..units.len()).filter(|u| matches!(units[*u].staff, Staff::Civil | Staff::Enforcement)).collect();
    (0..count)
        .map(|n| {
            let mut chance = Chance::of(seed, county, For::Tree, n);
            let state = chance.weighted(&[(State::Retired, 78), (State::Left, 18), (State::Dead, 4)]);
            let unit = chance.pick(&homes);
            let grade = chance.weighted(&[(Grade::Staff, 40), (Grade::Section, 15), (Grade::Deputy, 28), (Grade::Chief, 17)]);
            let has = |g| posts.iter().any(|p| p.unit == unit && p.grade == g);
            Seat { unit, post: None, second: None, grade: if has(grade) { grade } else { Grade::Staff }, state, notable: None }
        })
        .collect()
}
