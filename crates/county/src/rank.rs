//! 职务层次 and 职级: both ladders, with dates.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::life::Life;
use crate::month::Month;
use crate::notable::Mark;
use crate::post::Grade;
use crate::row;
use crate::tree::department::Staff;

/// 公务员职务与职级并行 began here.
const PARALLEL: Month = Month::new(2019, 6);

const CIVIL: [&str; 9] = ["二级科员", "一级科员", "四级主任科员", "三级主任科员", "二级主任科员", "一级主任科员", "四级调研员", "三级调研员", "二级调研员"];
const POLICE: [&str; 9] = ["二级警员", "一级警员", "四级警长", "三级警长", "二级警长", "一级警长", "四级高级警长", "三级高级警长", "二级高级警长"];
const ENFORCEMENT: [&str; 9] = ["二级行政执法员", "一级行政执法员", "四级主办", "三级主办", "二级主办", "一级主办", "四级高级主办", "三级高级主办", "二级高级主办"];
const JUDGE: [&str; 5] = ["五级法官", "四级法官", "三级法官", "二级法官", "一级法官"];
const PROSECUTOR: [&str; 5] = ["五级检察官", "四级检察官", "三级检察官", "二级检察官", "一级检察官"];

fn ladder(staff: Staff, grade: Grade) -> Option<&'static [&'static str]> {
    match staff {
        Staff::Civil | Staff::Body | Staff::Participating | Staff::None => Some(&CIVIL),
        Staff::Police => Some(&POLICE),
        Staff::Enforcement if grade == Grade::Staff => Some(&ENFORCEMENT),
        Staff::Enforcement => Some(&CIVIL),
        Staff::Judge => Some(&JUDGE),
        Staff::Prosecutor => Some(&PROSECUTOR),
        Staff::Institution | Staff::Teacher | Staff::Doctor | Staff::Company | Staff::Village => None,
    }
}

pub fn write(book: &mut Book, life: &Life, chance: &mut Chance) {
    if !life.has_level() {
        return;
    }
    levels(book, life);
    if let Some(names) = ladder(life.staff, life.seat.grade) {
        grades(book, life, names, chance);
    } else if life.staff == Staff::Institution {
        let rank = if life.seat.grade >= Grade::Deputy { "八级职员" } else { "九级职员" };
        book.add(Table::Rank, row![life.id, "职级", rank, None::<&str>, life.calendar.date(life.m.joined.plus(12)).to_string(), None::<&str>]);
    }
}

fn levels(book: &mut Book, life: &Life) {
    let end = life.m.until.unwrap_or(life.now.ceiling);
    let mut held: Vec<(&str, Month)> = vec![("科员级", life.m.joined.plus(12).min(life.m.reached[0].unwrap_or(end)))];
    if held[0].1 >= end {
        held = vec![("试用期人员", life.m.joined)];
    }
    for (at, level) in ["乡科级副职", "乡科级正职", "县处级副职", "县处级正职"].into_iter().enumerate() {
        held.extend(life.m.reached[at].map(|month| (level, month)));
    }
    for (at, (level, from)) in held.iter().enumerate() {
        let until = held.get(at + 1).map(|(_, month)| *month).or(life.m.until);
        let exact = |month: Month| life.day_of(month).to_string();
        book.add(Table::Rank, row![life.id, "职务层次", *level, None::<&str>, exact(*from), until.map(exact)]);
    }
}

/// 职级: at the start of the ladder what service had earned, then a step every two to four years, and what the office lifts to.
fn grades(book: &mut Book, life: &Life, names: &[&'static str], chance: &mut Chance) {
    let mut from = PARALLEL.max(life.m.joined.plus(12));
    let end = life.m.until.unwrap_or(life.now.ceiling);
    if from >= end {
        return;
    }
    let served = life.m.joined.months_to(from) / 12;
    let mut at = match served {
        ..3 => 1,
        3..8 => 2,
        8..15 => 3,
        15..22 => 4,
        _ => 5,
    };
    at = usize::max(at - 1, lift(life, from)).min(names.len() - 1);
    loop {
        // 任四级主任科员以上 rarely goes by quickly: 职数 are few.
        let wait = chance.between(24, if at >= 3 { 70 } else { 42 });
        let next = from.plus(wait);
        let raised = (at + 1).max(lift(life, next)).min(names.len() - 1);
        let highest = if life.seat.grade.is_leader() { 7 } else { 5 };
        let punished = life.mark == Mark::Sanctioned && next > life.now.ceiling.plus(-12);
        let goes_on = next < end && !punished && raised > at && raised <= highest.max(lift(life, next));
        let until = if goes_on { Some(next) } else { life.m.until };
        book.add(
            Table::Rank,
            row![life.id, "职级", names[at], None::<&str>, life.day_of(from).to_string(), until.map(|m| life.day_of(m).to_string())],
        );
        if !goes_on {
            return;
        }
        (at, from) = (raised, next);
    }
}

/// The least 职级 that a 领导职务 brings.
fn lift(life: &Life, on: Month) -> usize {
    let reached = life.m.reached.iter().filter(|r| r.is_some_and(|m| m <= on)).count();
    [0, 2, 4, 6, 8][reached]
}
