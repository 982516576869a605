//! 政治面貌, and the pools that people are in.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::life::Life;
use crate::milestone::{Milestones, Now};
use crate::month::Month;
use crate::notable::Mark;
use crate::post::Grade;
use crate::row;
use crate::seat::Seat;
use crate::tree::department::Staff;
use vocabulary::Date;

/// Party and month of joining: about 85 of a hundred are in the Party, joined between 18 and 35.
pub fn draw(seat: &Seat, staff: Staff, m: &Milestones, now: Now, chance: &mut Chance) -> (&'static str, Option<Month>) {
    if let Some(notable) = seat.notable {
        let joined = notable.party_joined.parse::<Date>().ok().map(|d| Month::of(d.earliest()));
        return (notable.party, joined);
    }
    let share = match (seat.grade, staff) {
        (Grade::Village, _) => 98,
        (_, Staff::Teacher | Staff::Doctor) if seat.grade == Grade::Staff => 80,
        (Grade::Staff, _) => 93,
        (Grade::Section | Grade::Service, _) => 95,
        _ => 97,
    };
    let born = Month::of(m.born);
    let joined = born.plus(18 * 12 + 4 + chance.about(0, 15 * 12));
    let end = m.until.unwrap_or(now.ceiling);
    if chance.percent(share) && joined <= end {
        return (if joined.months_to(now.ceiling) < 12 { "预备党员" } else { "中共党员" }, Some(joined));
    }
    let age = born.months_to(now.ceiling) / 12;
    let other = chance.weighted(&[("群众", 72), ("民盟", 5), ("民建", 4), ("民进", 4), ("农工党", 4), ("九三学社", 3), ("民革", 2), ("致公党", 1), ("无党派", 5)]);
    match other {
        _ if age < 28 => ("共青团员", Some(born.plus(15 * 12))),
        "群众" | "无党派" => (other, None),
        party => (party, Some(born.plus(12 * 30 + chance.between(0, 48)).min(end))),
    }
}

pub fn write(book: &mut Book, life: &Life, chance: &mut Chance) {
    if !life.party.is_empty() {
        let joined = life.party_joined.map(|m| m.date().to_string());
        book.add(Table::Membership, row![life.id, life.party, joined, None::<&str>]);
    }
    qualification(book, life, chance);
    pool(book, life, chance);
}

/// 优秀年轻干部: about one young official in fourteen; some were taken out again. 后备干部: for the villages.
fn pool(book: &mut Book, life: &Life, chance: &mut Chance) {
    let drawn = chance.permille(70);
    let from = life.now.ceiling.plus(-chance.between(2, 34));
    let out = chance.percent(14).then(|| from.plus(12)).filter(|until| *until < life.now.ceiling);
    let kind = match life.staff {
        Staff::Village if life.age() < 42 && life.seat.notable.is_none() => "后备干部",
        _ => "优秀年轻干部",
    };
    let fits = kind == "后备干部" || life.is_young_official();
    if life.mark == Mark::Pool || (drawn && fits && from > life.m.joined.plus(12) && life.seat.notable.is_none()) {
        let out = out.filter(|_| life.mark != Mark::Pool);
        book.add(Table::Pool, row![life.id, kind, life.calendar.date(from).to_string(), out.map(|m| life.calendar.date(m).to_string())]);
    }
}

/// 专业技术职务, held since some years after the first day of work.
fn qualification(book: &mut Book, life: &Life, chance: &mut Chance) {
    let years = life.m.joined.months_to(life.now.ceiling) / 12;
    let step = match years {
        ..5 => 0,
        5..13 => 1,
        13..23 => chance.between(1, 2),
        _ => chance.between(1, 3),
    } as usize;
    let agriculture = life.studies.iter().any(|s| s.group == Some("农业"));
    let name = match life.staff {
        Staff::Teacher => ["二级教师", "一级教师", "高级教师", "高级教师"][step],
        Staff::Doctor if life.steps.last().is_some_and(|s| s.title.ends_with("护士")) => ["护士", "护师", "主管护师", "副主任护师"][step],
        Staff::Doctor => ["医师", "主治医师", "副主任医师", "主任医师"][step],
        Staff::Village | Staff::Judge | Staff::Prosecutor | Staff::Police => return,
        _ if agriculture && chance.percent(34) => ["助理农艺师", "农艺师", "高级农艺师", "高级农艺师"][step],
        _ if chance.percent(6) => chance.pick(&["会计师", "工程师", "经济师", "统计师", "政工师", "中学一级教师"]),
        _ => return,
    };
    if life.mark == Mark::Sparse || years < 2 {
        return;
    }
    let from = life.m.joined.plus(12 + step as i32 * 60).min(life.now.ceiling.plus(-6));
    let way = if step >= 2 { "评审" } else { "考试" };
    book.add(Table::Qualification, row![life.id, name, way, from.date().to_string()]);
}
