//! 教育培训: classes and hours of the last five years. Most leaders reach 90 hours a year, some do not.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::life::Life;
use crate::month::Month;
use crate::notable::Mark;
use crate::post::Grade;
use crate::row;
use crate::tree::department::Staff;
use vocabulary::Day;

const CLASSES: &[&str] = &["科级干部进修班", "理论学习轮训班", "中青年干部培训班", "乡村振兴专题培训班", "基层治理专题培训班", "年轻干部能力提升班"];
const TOPICS: &[&str] = &["党风廉政建设专题学习", "安全生产专题培训", "数字政务业务培训", "保密教育培训", "法治专题讲座"];

pub fn write(book: &mut Book, life: &Life, chance: &mut Chance) {
    if life.m.until.is_some() || life.mark == Mark::Sparse {
        return;
    }
    let this = i32::from(life.now.day.year());
    let first = (this - 4).max(life.m.joined.year() + 1);
    for year in first..=this {
        match (life.staff, life.seat.grade) {
            (Staff::Village, _) if chance.percent(70) => class(book, life, year, "村（社区）党组织书记培训班", 3, chance),
            (Staff::Teacher | Staff::Doctor, Grade::Staff) if chance.percent(50) => online(book, life, year, "专业技术人员继续教育", chance.between(60, 96), chance),
            (Staff::Village | Staff::Teacher | Staff::Doctor, Grade::Village | Grade::Staff) => {}
            (_, Grade::Staff) => {
                online(book, life, year, "干部网络学院年度学习", chance.between(50, 100), chance);
                if chance.percent(30) {
                    topic(book, life, year, chance);
                }
            }
            _ => leader(book, life, year, chance),
        }
    }
}

fn leader(book: &mut Book, life: &Life, year: i32, chance: &mut Chance) {
    let diligent = chance.percent(86);
    let hours = if diligent { chance.between(58, 84) } else { chance.between(12, 40) };
    online(book, life, year, "干部网络学院年度学习", hours, chance);
    if diligent || chance.percent(30) {
        let days = chance.weighted(&[(5, 70), (10, 20), (30, 4), (3, 6)]);
        let name = chance.pick(CLASSES);
        class(book, life, year, name, days, chance);
    }
    if chance.percent(25) {
        topic(book, life, year, chance);
    }
}

/// A month of `year`, early enough to be over.
fn month(life: &Life, year: i32, least: i32, chance: &mut Chance) -> Option<Month> {
    let last = if year == i32::from(life.now.day.year()) { life.now.ceiling.number().min(11) } else { 11 };
    let possible = Month::new(year, 1) <= life.now.ceiling && last >= least;
    possible.then(|| Month::new(year, chance.between(least, last)))
}

fn class(book: &mut Book, life: &Life, year: i32, name: &str, days: i32, chance: &mut Chance) {
    let Some(month) = month(life, year, 3, chance) else { return };
    let organ = if days >= 10 { "云岭市委党校" } else { "青云县委党校" };
    let from = month.day(1 + chance.below(20) as u8);
    add(book, life, (name, organ, "脱产"), (days * 8, days), from, from.plus_days(i64::from(days) - 1).min(life.now.day));
}
fn online(book: &mut Book, life: &Life, year: i32, name: &str, hours: i32, chance: &mut Chance) {
    let Some(month) = month(life, year, 6, chance) else { return };
    let from = Month::new(year, 1).day(4);
    add(book, life, (name, "云岭干部网络学院", "网络"), (hours, 0), from, month.day(28));
}
fn topic(book: &mut Book, life: &Life, year: i32, chance: &mut Chance) {
    let Some(month) = month(life, year, 2, chance) else { return };
    let from = month.day(1 + chance.below(26) as u8);
    let name = chance.pick(TOPICS);
    add(book, life, (name, "青云县委组织部", "其他"), (8, 1), from, from);
}

fn add(book: &mut Book, life: &Life, (name, organ, kind): (&str, &str, &str), (hours, days): (i32, i32), from: Day, until: Day) {
    book.add(
        Table::Training,
        row![life.id, name, life.here(organ), kind, i64::from(hours), i64::from(days), from.to_string(), until.to_string()],
    );
}
