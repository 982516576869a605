//! What the years left on record: appraisals, awards, sanctions, and the texts that the form prints of them.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::life::Life;
use crate::month::Month;
use crate::notable::Mark;
use crate::post::Grade;
use crate::row;
use crate::tree::department::Staff;
use vocabulary::Day;

/// Grades of the last five years, oldest first.
fn grades(life: &Life, chance: &mut Chance) -> Vec<(i32, &'static str)> {
    let this = i32::from(life.now.day.year());
    let last = life.m.until.map_or(this - 1, |m| m.year().min(this) - 1);
    let first = (this - 5).max(life.m.joined.year());
    let share = if life.seat.grade.is_leader() { 19 } else { 16 };
    (first..=last)
        .map(|year| {
            let grade = if year == life.m.joined.year() {
                "不定等次"
            } else if life.mark == Mark::Sanctioned && year == this - 1 {
                "基本称职"
            } else if chance.percent(share) {
                "优秀"
            } else {
                chance.weighted(&[("称职", 982), ("基本称职", 9), ("不称职", 1), ("不定等次", 8)])
            };
            (year, grade)
        })
        .collect()
}

struct Honour {
    name: String,
    kind: &'static str,
    organ: &'static str,
    day: Day,
}

pub fn write(book: &mut Book, life: &Life, chance: &mut Chance) {
    if life.mark == Mark::Sparse {
        return;
    }
    let grades = if life.staff == Staff::Village { Vec::new() } else { grades(life, chance) };
    for (year, grade) in &grades {
        book.add(Table::Appraisal, row![life.id, i64::from(*year), *grade, format!("{year}-12-31")]);
    }
    let mut texts = honours(book, life, &grades, chance);
    texts.extend(sanction(book, life, chance));
    let on_form = life.seat.grade.is_leader() || life.seat.grade == Grade::Section || !texts.is_empty();
    if on_form {
        let text = if texts.is_empty() { "无".to_owned() } else { format!("{}。", texts.join("；")) };
        book.add(Table::FormText, row![life.id, "JiangChengQingKuang", text]);
        let years: Vec<String> = grades.iter().rev().take(3).rev().map(|(year, grade)| format!("{year}年年度考核{grade}")).collect();
        if !years.is_empty() {
            book.add(Table::FormText, row![life.id, "NianDuKaoHeJieGuo", format!("{}。", years.join("；"))]);
        }
    }
}

/// Three excellent years in a row are a third-class merit; one in six has another honour.
fn honours(book: &mut Book, life: &Life, grades: &[(i32, &'static str)], chance: &mut Chance) -> Vec<String> {
    let mut out = Vec::new();
    for three in grades.windows(3).filter(|w| w.iter().all(|(_, g)| *g == "优秀")).take(1) {
        let year = three[2].0 + 1;
        out.push(Honour { name: "因连续三年年度考核优秀记三等功".into(), kind: "三等功", organ: "中共青云县委、青云县人民政府", day: Month::new(year, 4).day(20) });
    }
    let party = life.party == "中共党员";
    if chance.percent(if life.seat.grade.is_leader() { 30 } else { 11 }) {
        let since = life.m.joined.plus(24);
        let until = life.m.until.unwrap_or(life.now.ceiling);
        let month = since.plus(chance.between(0, since.months_to(until).max(0))).min(until);
        let party = party && life.party_joined.is_some_and(|joined| joined < month);
        let (name, kind, organ) = match chance.below(6) {
            0 if party => ("全县优秀共产党员", "优秀共产党员", "中共青云县委"),
            1 if party => ("全县优秀党务工作者", "优秀党务工作者", "中共青云县委"),
            2 => ("云岭市先进工作者", "市级荣誉称号", "云岭市人民政府"),
            3 if (2016..2022).contains(&month.year()) => ("全县脱贫攻坚先进个人", "县级荣誉称号", "青云县人民政府"),
            3 if month.year() >= 2022 => ("全县乡村振兴先进个人", "县级荣誉称号", "青云县人民政府"),
            3 => ("全县先进工作者", "县级荣誉称号", "青云县人民政府"),
            4 => ("防汛抢险及时奖励", "及时奖励", "青云县人民政府"),
            _ => ("年度考核嘉奖", "嘉奖", "青云县人民政府"),
        };
        // The county does not honour those who lead it.
        if since < until && life.m.reached[2].is_none_or(|leads| month < leads) {
            out.push(Honour { name: name.into(), kind, organ, day: life.calendar.day(month) });
        }
    }
    out.retain(|h| h.day < life.now.day);
    out.sort_by_key(|h| h.day);
    let sentence = |h: &Honour| {
        let (year, month) = (h.day.year(), h.day.month());
        if h.kind == "三等功" { format!("{year}年{month}月{}", h.name) } else { format!("{year}年{month}月获“{}”", h.name) }
    };
    out.iter()
        .map(|h| {
            let date = if Month::of(h.day) >= life.calendar.exact_from { h.day.to_string() } else { Month::of(h.day).date().to_string() };
            book.add(Table::Award, row![life.id, &h.name, h.kind, life.here(h.organ), date]);
            sentence(h)
        })
        .collect()
}

/// (name, months of influence, weight)
const SANCTIONS: &[((&str, i32), u32)] =
    &[(("党内警告", 12), 6), (("党内严重警告", 18), 3), (("政务警告", 6), 5), (("政务记过", 12), 4), (("诫勉", 6), 6), (("政务记大过", 18), 1)];

/// About one in a hundred; influence of some still lasts.
fn sanction(book: &mut Book, life: &Life, chance: &mut Chance) -> Option<String> {
    let (kind, months, day) = if life.mark == Mark::Sanctioned {
        ("党内警告", 12, life.now.day.plus_months(-7))
    } else {
        let hit = chance.permille(11);
        let (kind, months) = chance.weighted(SANCTIONS);
        let kind = if life.party != "中共党员" && kind.starts_with("党内") { "政务警告" } else { kind };
        let month = life.now.ceiling.plus(-chance.between(1, 40));
        if !hit || life.seat.notable.is_some() || month < life.m.joined || life.m.until.is_some_and(|u| u < month) {
            return None;
        }
        (kind, months, life.calendar.day(month))
    };
    let organ = if kind == "诫勉" { "中共青云县委组织部" } else { "青云县纪委监委" };
    book.add(Table::Sanction, row![life.id, kind, kind, life.here(organ), day.to_string(), day.plus_months(months).to_string()]);
    Some(format!("{}年{}月受{kind}", day.year(), day.month()) + if kind == "诫勉" { "" } else { "处分" })
}
