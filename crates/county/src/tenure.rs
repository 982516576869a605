//! 任职: the rows of a career.

use crate::book::{Book, Table};
use crate::career::{Offices, Step};
use crate::chance::Chance;
use crate::life::Life;
use crate::notable::Mark;
use crate::post::Grade;
use crate::row;
use crate::seat::State;
use crate::tree::department::Staff;
use vocabulary::Date;

pub fn write(book: &mut Book, offices: &Offices, life: &Life, chance: &mut Chance) {
    let mut highest = Grade::Village;
    for (at, step) in life.steps.iter().enumerate().filter(|(_, s)| s.kind.is_some()) {
        let post = step.post.map(|at| &offices.posts[at]);
        let promoted = step.grade > highest && step.grade.is_leader();
        highest = highest.max(step.grade);
        let probation = post.filter(|p| promoted && p.probation).map(|_| year_after(step.from).to_string());
        let elected = post.is_some_and(|p| p.term.is_some());
        let way = if elected { Some("选任") } else { step.leading.then_some("委任") };
        let next = life.steps[at + 1..].iter().find(|s| !s.beside);
        let level = step.grade.level().filter(|_| life.has_level() || step.grade > Grade::Staff);
        let paper = step.grade.is_leader().then(|| paper(life, step.from));
        let end_paper = step.until.filter(|_| step.grade.is_leader()).map(|until| self::paper(life, until));
        let reason = step.until.map(|_| reason(life, step, next));
        book.add(
            Table::Tenure,
            row![
                life.id, post.map(|p| p.id), step.unit.map(|u| offices.units[u].id), &step.title, step.kind, step.role, step.leading, level,
                !step.beside, 1 + i64::from(step.beside), way, paper, end_paper, reason, probation, step.from.to_string(),
                step.until.map(|u| u.to_string())
            ],
        );
    }
    posting(book, offices, life, chance);
}

fn year_after(from: Date) -> Date {
    match from.exact() {
        Some(day) => day.plus_months(12).into(),
        None => Date::month_of(from.year() + 1, from.month().unwrap_or(1)).unwrap_or(from),
    }
}

/// 青委干〔2023〕46号: the same paper for all who moved in that month of that year.
fn paper(life: &Life, date: Date) -> String {
    let year = i64::from(date.year());
    let number = i64::from(date.month().unwrap_or(1)) * 6 + year % 6;
    let head = if life.seat.grade >= Grade::CountyDeputy { "云委干" } else { "青委干" };
    format!("{head}〔{year}〕{number}号")
}

fn reason(life: &Life, step: &Step, next: Option<&Step>) -> &'static str {
    match (next, life.seat.state) {
        (Some(next), _) if next.grade > step.grade => "晋升",
        (Some(_), _) => "交流",
        (None, State::Retired) => "离退休",
        (None, State::Dead) => "死亡",
        (None, _) => "交流",
    }
}

/// 驻村第一书记: about one in twenty-five of the departments' people, for two years.
fn posting(book: &mut Book, offices: &Offices, life: &Life, chance: &mut Chance) {
    let village = chance.below(offices.units.len());
    let from = life.now.ceiling.plus(-chance.between(1, 21));
    let drawn = chance.permille(40);
    let civil = matches!(life.staff, Staff::Civil | Staff::Body | Staff::Participating) && !offices.units[life.seat.unit].is_town();
    let fits = civil && life.seat.grade <= Grade::Section && life.seat.state == State::Serving && life.mark == Mark::None && from > life.m.joined.plus(24);
    let Some(unit) = offices.units[village..].iter().chain(&offices.units[..village]).find(|u| u.kind == "村") else { return };
    if drawn && fits {
        book.add(
            Table::Tenure,
            row![
                life.id, None::<i64>, unit.id, format!("{}驻村第一书记", unit.short), "挂职", "其他成员", false, None::<&str>, false, 3i64, None::<&str>,
                None::<&str>, None::<&str>, None::<&str>, None::<&str>, life.calendar.date(from).to_string(), None::<&str>
            ],
        );
    }
}
