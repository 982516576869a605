//! 青云县, an invented county: organisations, posts, people and their lives, for tests, demonstrations and measurements.
//!
//! [`plant`] fills an empty database. The same plan gives the same bytes. 青云县 has up to 5,000 people; more people
//! live in further counties of 云岭市 (第二县, 第三县 …) and change nothing in 青云县. No name, number or face belongs
//! to anybody: ID numbers are of region 990000, which does not exist, and faces are drawn.
//!
//! # People who are always there
//!
//! Their lives do not change with the seed; nobody else in 青云县 has their names.
//!
//! | name | who | for |
//! |---|---|---|
//! | 沈文涛 | 县委书记 since 2021-07-16, born 1973-05 | standing committee 1 |
//! | 何静 | 县委副书记、县长 since 2021-07-20, woman, born 1976-09 | standing committee 2 |
//! | 韩东升 | 县委副书记 since 2021-08-10, born 1975-02 | standing committee 3 |
//! | 高远 | 县委常委、常务副县长 since 2021-08-10, born 1977-11 | standing committee 4 |
//! | 郑国栋 | 县委常委、县纪委书记、县监委主任 since 2020-12-08, born 1974-08 | standing committee 5 |
//! | 王建国 | 县委常委、县委组织部部长 since 2021-09-03, born 1976-03 | standing committee 6, chief of the office |
//! | 苏敏 | 县委常委、县委宣传部部长 since 2022-03-11, woman, born 1979-06 | standing committee 7 |
//! | 马德林 | 县委常委、县委统战部部长 since 2021-08-10, 回族, born 1975-12 | standing committee 8 |
//! | 单志远 | 县委常委、县委政法委书记 since 2021-08-10, born 1974-10 | standing committee 9, reads shan |
//! | 仇卫东 | 县委常委 since 2022-08-19 (人武部), born 1980-01 | standing committee 10, reads qiu |
//! | 尉迟明 | 县委常委、县委办公室主任 since 2023-03-07, born 1981-04 | standing committee 11, compound surname |
//! | 李明 | 青云镇副镇长 since 2023-06-01 (乡科级副职 since then), born 1985-04-12 | proposals |
//! | 陈晓燕 | 青云镇党委委员、组织委员 since 2021-06-11, woman, born 1990-08 | 优秀年轻干部 |
//! | 阿依古丽·买买提 | 县文旅局副局长 since 2019-10, woman, 维吾尔族, 无党派, born 1983-07 | 女少非 |
//! | 赵海波 | 县农业农村局局长 since 2021-06-25, 农学, born 1978-02 | agriculture |
//! | 周喆 | 县发展和改革局副局长 since 2022-09-14, born 1988-11 | rare character |
//! | 刘志强 | 县交通运输局副局长 since 2017-08, 党内警告 seven months before the day, influence twelve | open sanction |
//! | 孙丽华 | 县统计局局长 since 2017-11, woman, reaches 到龄 two months after the day's month | 到龄 |
//! | 钱进 | 县财政局副局长, probation ends 40 days after the day, born 1989-12 | 试用期 |
//! | 郑伟 | 石桥镇 staff: born 1988 (year only), no ID number, no study, no party, no appraisals | sparse record |
//!
//! # What is deliberately so
//!
//! - Villages' posts are not `leading`: they are no 领导职务 of the civil-service law. Staff below the heads of
//!   sections hold no post: their tenure names only the organisation.
//! - A past tenure names its post only if a seat was free then; otherwise the title alone remembers it.
//! - About three records in a hundred contradict themselves (see `oddity`).

mod book;
mod career;
mod chance;
mod correction;
mod details;
mod error;
mod family;
mod life;
mod membership;
mod milestone;
mod month;
mod name;
mod notable;
mod number;
mod oddity;
pub mod party;
mod photo;
mod place;
mod post;
mod rank;
mod record;
mod resume;
mod retirement;
mod schooling;
mod seat;
mod tenure;
#[cfg(test)]
mod test;
mod training;
mod tree;

pub use error::{Error, Result};
pub use name::spell;

use book::Book;
use career::Offices;
use chance::For;
use life::{At, Desk};
use milestone::{Milestones, Now};
use month::Month;
use number::Numbers;
use photo::Gallery;
use seat::Seat;
use store::Tx;
use tree::Size;
use tree::department::Staff;
use vocabulary::{Day, Moment};

/// What to plant.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many people; 300 is a small county, 5,000 the whole of 青云县, up to 2,000,000.
    pub people: u64,
    pub seed: u64,
    /// The day on which the county stands.
    pub day: Day,
    /// When it is planted: the journal's entries lie in the three weeks before.
    pub moment: Moment,
    /// 姓氏笔画: the sort key of a name.
    pub strokes: fn(&str) -> String,
}

impl Plan {
    /// 5,000 people on `day`, with empty stroke keys.
    pub fn on(day: Day) -> Plan {
        let moment = Moment(Moment::at_start_of(day).0 + 9 * 3600);
        Plan { people: PEOPLE_OF_A_COUNTY, seed: 1, day, moment, strokes: |_| String::new() }
    }
}

/// What was planted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Planted {
    pub counties: u64,
    pub organisations: u64,
    pub posts: u64,
    pub people: u64,
    pub rows: u64,
    pub corrections: u64,
    /// Journal number that entered everything but the corrections.
    pub entered: i64,
}

const PEOPLE_OF_A_COUNTY: u64 = 5_000;
/// A further county of fewer people would be no county.
const SMALLEST: u64 = 400;
/// Lives end three weeks before the day, when they were entered.
const ENTERED_DAYS_BEFORE: i64 = 20;
/// In a large database only the first people have a photo.
const ALL_HAVE_PHOTOS: u64 = 10_000;
const FIRST_PHOTOS: i64 = 2_000;

/// 栽种: fills an empty, migrated database. `progress` hears how many people of how many are done.
pub fn plant(tx: &mut Tx, plan: &Plan, progress: &mut dyn FnMut(u64, u64)) -> Result<Planted> {
    refuse(tx, plan)?;
    let now = Now { day: plan.day, ceiling: Month::of(plan.day.plus_days(-ENTERED_DAYS_BEFORE - 1)).plus(-1) };
    let shares = shares(plan.people);
    let entered = journal(tx, plan, shares.len())?;
    let gallery = Gallery::draw()?;
    let mut book = Book::new(entered);
    let mut numbers = Numbers::default();
    let city = (shares.len() > 1).then_some("云岭市");
    tree::write_city(&mut book, city);
    // 1 is the city's number, whether it stands or not: 青云县 has the same numbers either way.
    let (mut next_unit, mut next_post, mut done) = (2, 1, 0);
    for (index, people) in shares.iter().enumerate() {
        let mut planting = Planting { plan, now, index, book: &mut book, numbers: &mut numbers, gallery: &gallery, city, next_unit, next_post };
        planting.county(tx, *people, &mut |n| progress(done + n, plan.people))?;
        (next_unit, next_post) = (planting.next_unit, planting.next_post);
        done += people;
    }
    book.close(tx)?;
    let corrections = correction::mend(tx, plan, (shares[0] as i64 / 6).max(60), shares[0] as i64)?;
    progress(plan.people, plan.people);
    Ok(Planted {
        counties: shares.len() as u64,
        organisations: (next_unit - 2) as u64 + u64::from(city.is_some()),
        posts: (next_post - 1) as u64,
        people: plan.people,
        rows: book.written() + corrections,
        corrections,
        entered,
    })
}

fn refuse(tx: &mut Tx, plan: &Plan) -> Result<()> {
    if plan.day.year() < 2024 {
        return Err(Error::TooEarly(plan.day));
    }
    if plan.people > 2_000_000 {
        return Err(Error::TooMany(plan.people));
    }
    for table in ["persons", "organisations"] {
        if tx.first(&format!("select id from {table} limit 1"), &[])?.is_some() {
            return Err(Error::NotEmpty);
        }
    }
    Ok(())
}

/// People of each county: 青云县 first and full, the others alike.
fn shares(people: u64) -> Vec<u64> {
    let first = people.min(PEOPLE_OF_A_COUNTY);
    let rest = people - first;
    if rest < SMALLEST {
        return vec![people];
    }
    let counties = rest.div_ceil(PEOPLE_OF_A_COUNTY);
    let mut out = vec![first];
    out.extend((0..counties).map(|n| rest * (n + 1) / counties - rest * n / counties));
    out
}

fn journal(tx: &mut Tx, plan: &Plan, counties: usize) -> Result<i64> {
    let at = Moment(plan.moment.0 - ENTERED_DAYS_BEFORE * 86_400);
    let says = match counties {
        1 => format!("录入虚拟的青云县：{} 人", plan.people),
        n => format!("录入虚拟的云岭市：{n} 个县，{} 人", plan.people),
    };
    let id = tx.insert(
        "journal",
        &["at", "actor", "act", "subject", "says"],
        &[at.to_string().into(), "程序".into(), "county.plant".into(), "county".into(), says.into()],
    )?;
    Ok(id)
}

/// One county at work.
struct Planting<'a> {
    plan: &'a Plan,
    now: Now,
    index: usize,
    book: &'a mut Book,
    numbers: &'a mut Numbers,
    gallery: &'a Gallery,
    city: Option<&'static str>,
    next_unit: i64,
    next_post: i64,
}

impl Planting<'_> {
    fn county(&mut self, tx: &mut Tx, people: u64, progress: &mut dyn FnMut(u64)) -> Result<()> {
        let mut units = tree::grow(self.index, self.next_unit, Size::for_people(people), self.city);
        let mut posts = post::all(&mut units, self.next_post);
        self.next_unit += units.len() as i64;
        self.next_post += posts.len() as i64;
        tree::write(self.book, &units);
        post::write(self.book, &units, &posts);
        let seats = seat::all(self.plan.seed, self.index, people, &units, &posts)?;
        let county_name = units[0].name.clone();
        let at = At { seed: self.plan.seed, county: self.index, county_name: &county_name, now: self.now, number: 0 };
        let milestones = self.milestones(at, &seats, &units, &mut posts);
        let first_post: Vec<usize> = (0..=units.len()).map(|u| posts.partition_point(|p| p.unit < u)).collect();
        let of = |fits: fn(&tree::Unit) -> bool| (0..units.len()).filter(|u| fits(&units[*u])).collect::<Vec<_>>();
        let civil = of(|u| matches!(u.staff, Staff::Civil | Staff::Enforcement | Staff::Body) && !u.is_town());
        let towns = of(tree::Unit::is_town);
        let mut offices = Offices { units: &units, posts: &mut posts, first_post: &first_post, civil: &civil, towns: &towns };
        let photos = if self.plan.people <= ALL_HAVE_PHOTOS { i64::MAX } else { FIRST_PHOTOS };
        for (number, (seat, milestones)) in seats.iter().zip(milestones).enumerate() {
            let mut desk = Desk { book: self.book, numbers: self.numbers, gallery: self.gallery, photos, strokes: self.plan.strokes };
            life::live(&mut desk, &mut offices, At { number, ..at }, seat, milestones);
            if self.book.is_full() {
                self.book.flush(tx)?;
                progress(number as u64 + 1);
            }
        }
        Ok(())
    }

    /// First everybody's frame and today's seats, so that yesterday's holders find what was free.
    fn milestones(&self, at: At, seats: &[Seat], units: &[tree::Unit], posts: &mut [post::Post]) -> Vec<Milestones> {
        let frame = |(number, seat): (usize, &Seat)| match seat.notable {
            Some(notable) => notable.milestones(self.now),
            None => milestone::draw(seat, &units[seat.unit], self.now, &mut At { number, ..at }.chance(seat, For::Milestones)),
        };
        let out: Vec<Milestones> = seats.iter().enumerate().map(frame).collect();
        for (seat, m) in seats.iter().zip(&out) {
            for held in [seat.post, seat.second].into_iter().flatten() {
                // The dates of named people are not those of the committee: a month between keeps them apart.
                posts[held].claim(m.since.plus(-i32::from(seat.notable.is_some())), self.now.ceiling.plus(1200));
            }
        }
        out
    }
}
