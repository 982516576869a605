//! The frame of a life: birth, end of study, first work, each step up, and when today's post began.

use crate::chance::Chance;
use crate::month::Month;
use crate::post::Grade;
use crate::retirement;
use crate::seat::{Seat, State};
use crate::tree::Unit;
use crate::tree::department::Staff;
use vocabulary::Day;

/// How far somebody went to school before working.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum School {
    Middle,
    High,
    Secondary,
    College,
    University,
    Master,
}

impl School {
    /// Age at the end, and how long it took.
    pub fn ends_at(self) -> i32 {
        match self {
            School::Middle => 16,
            School::High => 18,
            School::Secondary => 19,
            School::College => 21,
            School::University => 22,
            School::Master => 25,
        }
    }
    pub fn years(self) -> i32 {
        match self {
            School::University => 4,
            _ => 3,
        }
    }
}

/// 人生节点.
#[derive(Clone, Copy, Debug)]
pub struct Milestones {
    pub female: bool,
    pub born: Day,
    pub school: School,
    pub finished: Month,
    pub joined: Month,
    /// First month at 乡科级副职, 乡科级正职, 县处级副职, 县处级正职.
    pub reached: [Option<Month>; 4],
    pub since: Month,
    /// Out of office from here.
    pub until: Option<Month>,
    /// 改革前任职年龄界限, where it is not the one of the sex.
    pub limit: Option<i32>,
}

/// The days between which lives run: nothing happens after `ceiling`, so that all of it was known when it was entered.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    pub day: Day,
    pub ceiling: Month,
}

const LADDER: [Grade; 4] = [Grade::Deputy, Grade::Chief, Grade::CountyDeputy, Grade::CountyChief];
/// Least age, least months since the step below (or since the first day of work), and what is usual on top of them.
const STEPS: [(i32, i32, i32); 4] = [(27, 54, 84), (30, 24, 60), (36, 36, 60), (41, 36, 60)];

pub fn draw(seat: &Seat, unit: &Unit, now: Now, chance: &mut Chance) -> Milestones {
    let female = chance.percent(women(seat, unit));
    let limit = (female && seat.grade >= Grade::CountyDeputy).then_some(60);
    let top = LADDER.iter().position(|g| *g == seat.grade);
    let out = (seat.state != State::Serving).then(|| now.ceiling.plus(-chance.between(1, 50)));
    let end = out.unwrap_or(now.ceiling);

    let mut born = match seat.state {
        State::Retired => retirement::born_to_retire_in(end, limit.unwrap_or(retirement::limit(female))),
        _ => end.plus(-12 * age(seat, unit, chance) - chance.between(0, 11)),
    };
    while seat.state == State::Serving && retirement::month_of(born, limit.unwrap_or(retirement::limit(female))) <= Month::of(now.day).plus(1) {
        born = born.plus(chance.between(3, 14));
    }
    let mut school = schooling(seat, unit, born.year(), chance);
    let wait = if unit.is_village() { chance.between(6, 48) } else if chance.percent(15) { chance.between(5, 17) } else { chance.between(0, 3) };
    // Too young for the seat: less school first, then an earlier birth.
    loop {
        let (finished, joined) = start(born, school, wait);
        let floors = floors(born, joined, top);
        let earliest = floors.last().copied().unwrap_or(joined.plus(2));
        if earliest.plus(2) <= end {
            let reached = climb(&floors, end, chance);
            let at_level = reached[top.unwrap_or(0)].filter(|_| top.is_some()).unwrap_or(joined);
            let since = current_since(seat, unit, at_level, end, chance);
            let day = 1 + chance.below(28) as u8;
            return Milestones { female, born: born.day(day), school, finished, joined, reached, since, until: out, limit };
        }
        if school == School::Master {
            school = School::University;
        } else {
            born = born.plus(-12);
        }
    }
}

/// A judge or prosecutor begins as a clerk, and is a civil servant like others for six years.
pub fn staff(staff: Staff, m: &Milestones, now: Now) -> Staff {
    let new = m.joined.months_to(now.ceiling) < 72;
    if new && matches!(staff, Staff::Judge | Staff::Prosecutor) { Staff::Civil } else { staff }
}

fn women(seat: &Seat, unit: &Unit) -> u32 {
    match (seat.grade, unit.staff) {
        (Grade::CountyChief | Grade::CountyDeputy, _) => 20,
        (Grade::Chief, _) => 19,
        (Grade::Deputy, _) => 29,
        (Grade::Village, _) => 24,
        (_, Staff::Teacher | Staff::Doctor) => 40,
        (_, Staff::Police) => 14,
        _ => 30,
    }
}

fn age(seat: &Seat, unit: &Unit, chance: &mut Chance) -> i32 {
    match (seat.grade, unit.is_town()) {
        (Grade::CountyChief, _) => chance.about(47, 57),
        (Grade::CountyDeputy, _) => chance.about(40, 57),
        (Grade::Chief, true) => chance.about(35, 52),
        (Grade::Chief, false) => chance.about(38, 58),
        (Grade::Deputy, true) if chance.percent(27) => chance.about(28, 35),
        (Grade::Deputy, true) => chance.about(36, 52),
        (Grade::Deputy, false) => chance.about(32, 58),
        (Grade::Section | Grade::Service, _) => chance.about(29, 57),
        (Grade::Village, _) => chance.about(26, 59),
        (Grade::Staff, _) => {
            let (low, high) = chance.weighted(&[((23, 30), 33), ((31, 41), 37), ((42, 58), 30)]);
            chance.between(low, high)
        }
    }
}

fn schooling(seat: &Seat, unit: &Unit, born: i32, chance: &mut Chance) -> School {
    use School::{College, High, Master, Middle, Secondary, University};
    if unit.is_village() {
        let young = born >= 1988;
        return chance.weighted(if young { &[(University, 22), (College, 48), (Secondary, 20), (High, 10)] } else { &[(College, 14), (Secondary, 26), (High, 40), (Middle, 20)] });
    }
    let up = u32::from(seat.grade.is_leader()) * 6;
    match born {
        ..1975 => chance.weighted(&[(Secondary, 36), (College, 38), (University, 24 + up), (Master, 1)]),
        1975..1985 => chance.weighted(&[(Secondary, 14), (College, 30), (University, 50 + up), (Master, 5)]),
        _ => chance.weighted(&[(College, 10), (University, 76), (Master, 13 + up)]),
    }
}

fn start(born: Month, school: School, wait: i32) -> (Month, Month) {
    let finished = Month::new(born.year() + school.ends_at() + i32::from(born.number() >= 9), 7);
    (finished, finished.plus(wait))
}

/// The earliest month of every step up to the top one.
fn floors(born: Month, joined: Month, top: Option<usize>) -> Vec<Month> {
    let Some(top) = top else { return Vec::new() };
    let mut below = joined;
    let mut out = Vec::new();
    for (age, months, _) in &STEPS[..=top] {
        below = born.plus(12 * age).max(below.plus(*months));
        out.push(below);
    }
    out
}

/// From the top step down: how long at the level, then how long the level below lasted.
fn climb(floors: &[Month], end: Month, chance: &mut Chance) -> [Option<Month>; 4] {
    let mut reached = [None; 4];
    // A third has come up in the last years, so that some are on probation.
    let back = if chance.percent(34) { chance.between(2, 44) } else { chance.about(2, 110) };
    let mut above = end.plus(-back);
    for (at, floor) in floors.iter().enumerate().rev() {
        let month = above.max(*floor);
        reached[at] = Some(month);
        if at > 0 {
            let (_, least, usual) = STEPS[at];
            above = month.plus(-least - chance.between(0, usual));
        }
    }
    reached
}

/// Elected town teams began with the election of 2021 or filled a seat since; others move every few years.
fn current_since(seat: &Seat, unit: &Unit, at_level: Month, end: Month, chance: &mut Chance) -> Month {
    let longest = if seat.grade == Grade::Staff { 150 } else if unit.is_village() { 66 } else { 72 };
    let back = if seat.grade == Grade::Staff { chance.between(2, longest) } else { chance.about(1, longest) };
    let since = end.plus(-back);
    // Whoever stands close to the step up took this post with it.
    let service = matches!(unit.staff, Staff::Teacher | Staff::Doctor) && seat.grade == Grade::Deputy;
    if service || since < at_level.plus(14) { at_level } else { since }
}
