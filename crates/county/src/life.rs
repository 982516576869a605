//! One person: everything drawn, then everything written.

use crate::book::{Book, Table};
use crate::career::{self, Offices, Step};
use crate::chance::{Chance, For};
use crate::milestone::{self, Milestones, Now};
use crate::month::{Calendar, Month};
use crate::name::{self, Named};
use crate::notable::{self, Mark};
use crate::number::Numbers;
use crate::oddity::{self, Oddity};
use crate::photo::Gallery;
use crate::post::Grade;
use crate::schooling::{self, Study};
use crate::seat::{Seat, State};
use crate::tree::department::Staff;
use crate::{book, details, family, membership, rank, record, resume, row, tenure, training};
use vocabulary::Date;

/// A drawn life, read by every noun that writes rows of it.
pub struct Life<'a> {
    pub id: i64,
    pub county: &'a str,
    pub name: String,
    pub ethnicity: &'static str,
    pub seat: &'a Seat,
    pub staff: Staff,
    pub m: Milestones,
    pub steps: Vec<Step>,
    pub studies: Vec<Study>,
    /// Code party; empty when nothing is on record.
    pub party: &'static str,
    pub party_joined: Option<Month>,
    pub oddity: Option<Oddity>,
    pub mark: Mark,
    pub calendar: Calendar,
    pub now: Now,
}

/// What lives are written with.
pub struct Desk<'a> {
    pub book: &'a mut Book,
    pub numbers: &'a mut Numbers,
    pub gallery: &'a Gallery,
    /// People up to this number have a photo.
    pub photos: i64,
    pub strokes: fn(&str) -> String,
}

/// Where in the county a life is drawn.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub seed: u64,
    pub county: usize,
    pub county_name: &'a str,
    pub now: Now,
    /// Number of the seat within the county.
    pub number: usize,
}

impl At<'_> {
    pub fn chance(&self, seat: &Seat, what: For) -> Chance {
        match seat.notable {
            Some(notable) => Chance::of(0, 0, what, 1_000_000 + notable.number()),
            None => Chance::of(self.seed, self.county, what, self.number as u64),
        }
    }
}

/// Draws the life of `seat` and writes all of its rows; answers the person's number.
pub fn live(desk: &mut Desk, offices: &mut Offices, at: At, seat: &Seat, milestones: Milestones) -> i64 {
    let mut chance = at.chance(seat, For::Life);
    let id = desk.book.add(Table::Person, row![]);
    let mut life = draw(offices, at, seat, milestones, id, &mut chance);
    if let Some(oddity) = life.oddity {
        oddity.bend(&mut life.m, &mut life.studies, &mut life.steps, &mut life.party_joined);
    }
    let has_children = family::write(desk.book, &life, &mut chance);
    details::write(desk, offices, &life, has_children, &mut chance);
    tenure::write(desk.book, offices, &life, &mut chance);
    resume::write(desk.book, id, life.county, &life.studies, &life.steps, life.oddity);
    if life.mark != Mark::Sparse {
        rank::write(desk.book, &life, &mut chance);
        schooling::write(desk.book, id, &life.studies);
        photo(desk, &life, &mut chance);
    }
    membership::write(desk.book, &life, &mut chance);
    record::write(desk.book, &life, &mut chance);
    training::write(desk.book, &life, &mut chance);
    id
}

fn draw<'a>(offices: &mut Offices, at: At<'a>, seat: &'a Seat, m: Milestones, id: i64, chance: &mut Chance) -> Life<'a> {
    let named = named(seat, &m, chance);
    // The committee decides once a month: whoever moved in that month moved on that day, so that offices change hands.
    let calendar = Calendar { exact_from: at.now.ceiling.plus(-30), salt: at.county as u64 };
    let unit = &offices.units[seat.unit];
    let (staff, key) = (milestone::staff(unit.staff, &m, at.now), unit.key.clone());
    let mark = seat.notable.map_or(Mark::None, |n| n.mark);
    let steps = match seat.notable {
        Some(_) => career::written(offices, seat, at.now),
        None => career::draw(offices, seat, &m, calendar, at.now, chance),
    };
    let end = m.until.unwrap_or(at.now.ceiling);
    let studies = if mark == Mark::Sparse { Vec::new() } else { schooling::draw(&m, staff, &key, seat.notable.map(|n| n.major), end, chance) };
    let (party, party_joined) = membership::draw(seat, staff, &m, at.now, chance);
    let oddity = oddity::draw(chance).filter(|_| seat.notable.is_none() && seat.state == State::Serving);
    Life {
        id, county: at.county_name, name: named.name, ethnicity: named.ethnicity, seat, staff, m, steps, studies, party, party_joined, oddity, mark,
        calendar, now: at.now,
    }
}

fn named(seat: &Seat, m: &Milestones, chance: &mut Chance) -> Named {
    if let Some(notable) = seat.notable {
        return Named { name: notable.name.to_owned(), ethnicity: notable.ethnicity };
    }
    loop {
        let named = name::draw(chance, m.female, i32::from(m.born.year()));
        if !notable::is_taken(&named.name) {
            return named;
        }
    }
}

fn photo(desk: &mut Desk, life: &Life, chance: &mut Chance) {
    let portrait = desk.gallery.of(life.m.female, chance.below(1 << 20));
    if life.id <= desk.photos {
        desk.book.add(Table::Photo, row![life.id, portrait.kind, &portrait.checksum, book::bytes(&portrait.bytes)]);
    }
}

impl Life<'_> {
    /// The date of something in `month`: that of the step which began then, if one did.
    pub fn day_of(&self, month: Month) -> Date {
        let step = self.steps.iter().find(|s| Month::of(s.from.earliest()) == month);
        step.map_or_else(|| self.calendar.date(month), |s| s.from)
    }
    /// A sentence about 青云县, said of this county.
    pub fn here(&self, text: &str) -> String {
        if self.county == "青云县" { text.to_owned() } else { text.replace("青云县", self.county) }
    }
    pub fn age(&self) -> i32 {
        Month::of(self.m.born).months_to(self.now.ceiling) / 12
    }
    /// Villages, and staff of schools, hospitals and companies, stand outside the levels of the civil service.
    pub fn has_level(&self) -> bool {
        match self.staff {
            Staff::Village => false,
            Staff::Teacher | Staff::Doctor | Staff::Company => self.seat.grade != Grade::Staff,
            _ => true,
        }
    }
    pub fn is_leader(&self) -> bool {
        self.seat.grade.is_leader()
    }
    pub fn is_young_official(&self) -> bool {
        self.age() <= 35 && self.seat.state == State::Serving && !matches!(self.staff, Staff::Village | Staff::Teacher | Staff::Doctor) && self.seat.grade <= Grade::Deputy
    }
}
