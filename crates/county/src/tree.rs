//! 机构: the tree of one county, in the order in which papers list it.

pub mod department;

use crate::book::{Book, Table};
use crate::place::{self, TOWNS};
use crate::row;
use department::{Department, Staff};

/// One organisation.
#[derive(Debug)]
pub struct Unit {
    pub id: i64,
    pub parent: Option<i64>,
    pub path: String,
    pub name: String,
    pub short: String,
    /// The short name that the same organisation has in 青云县: 县委组织部.
    pub key: String,
    pub kind: &'static str,
    pub level: &'static str,
    pub staff: Staff,
    /// 局长 部长 …; empty where the posts are their own.
    pub chief: &'static str,
    pub deputies: i64,
    /// How much of the county's remaining people works here.
    pub weight: u32,
    /// 领导职数, known once the posts are.
    pub team: Option<i64>,
}

impl Unit {
    /// 镇、乡、街道.
    pub fn is_town(&self) -> bool {
        matches!(self.kind, "镇" | "乡" | "街道")
    }
    pub fn is_village(&self) -> bool {
        matches!(self.kind, "村" | "社区")
    }
}

/// How much of the full county stands: everything for 5,000 people, a kernel for a few hundred.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub towns: usize,
    pub departments: usize,
    pub villages: usize,
    pub schools: usize,
    pub hospitals: usize,
}

const FULL: u64 = 5_000;
/// 11 towns have 19 villages each and the first one more: 210.
const VILLAGES: usize = 19;

impl Size {
    pub fn for_people(people: u64) -> Size {
        let part = |least: usize, full: usize| least + (full - least) * people.min(FULL).saturating_sub(300) as usize / (FULL - 300) as usize;
        Size {
            towns: part(3, TOWNS.len()),
            departments: part(12, department::DEPARTMENTS.len()),
            villages: part(2, VILLAGES),
            schools: part(1, department::SCHOOLS.len()),
            hospitals: part(1, department::HOSPITALS.len()),
        }
    }
}

/// Builds units in tree order, giving numbers as it goes.
pub struct Growing<'a> {
    pub units: Vec<Unit>,
    county: String,
    /// The county's place among all.
    index: usize,
    next: i64,
    city: Option<&'a str>,
}

pub fn grow(index: usize, first: i64, size: Size, city: Option<&str>) -> Vec<Unit> {
    let mut growing = Growing { units: Vec::with_capacity(400), county: place::county_name(index), index, next: first, city };
    let root = growing.root();
    for leading in department::LEADING {
        growing.department(root, leading);
    }
    let mut departments: Vec<&Department> = department::DEPARTMENTS.iter().collect();
    // What a small county keeps stands first in `need`; the tree keeps the order of the table.
    departments.sort_by_key(|d| d.need);
    departments.truncate(size.departments);
    for department in department::DEPARTMENTS.iter().filter(|d| departments.iter().any(|k| k.short == d.short)) {
        let at = growing.department(root, department);
        match department.short {
            "县教育体育局" => growing.services(at, &department::SCHOOLS[..size.schools], size.towns),
            "县卫生健康局" => growing.services(at, &department::HOSPITALS[..size.hospitals], size.towns),
            _ => {}
        }
    }
    for town in 0..size.towns {
        growing.town(root, town, size);
    }
    growing.units
}

impl Growing<'_> {
    fn root(&mut self) -> usize {
        let name = self.county.clone();
        self.push(None, name.clone(), name, "", "其他机构", "县处级", Staff::None)
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of one row, called three times")]
    fn push(&mut self, parent: Option<usize>, name: String, short: String, key: &str, kind: &'static str, level: &'static str, staff: Staff) -> usize {
        let id = self.next;
        self.next += 1;
        let (parent, above) = match parent {
            Some(p) => (Some(self.units[p].id), self.units[p].path.clone()),
            None if self.city.is_some() => (Some(1), "/1/".into()),
            None => (None, "/".into()),
        };
        let path = format!("{above}{id}/");
        self.units.push(Unit {
            id, parent, path, name, short, key: key.into(), kind, level, staff, chief: "", deputies: 0, weight: 0, team: None,
        });
        self.units.len() - 1
    }

    /// In 青云县 people say 县财政局; elsewhere the county is named.
    fn here(&self, short: &str) -> String {
        if self.index == 0 { short.to_owned() } else { short.replacen('县', &self.county, 1) }
    }

    fn department(&mut self, root: usize, d: &Department) -> usize {
        let name = d.name.replace('@', &self.county);
        let at = self.push(Some(root), name, self.here(d.short), d.short, d.kind, d.level, d.staff);
        let unit = &mut self.units[at];
        (unit.chief, unit.deputies, unit.weight) = (d.chief, d.deputies, d.weight);
        at
    }

    /// Schools or hospitals, those of the county and those of its towns.
    fn services(&mut self, above: usize, list: &[Department], towns: usize) {
        for service in list {
            if let Some(town) = service.short.strip_prefix('#') {
                let (number, rest) = town.split_at(town.find('|').unwrap_or(0));
                let Some(place) = number.parse::<usize>().ok().filter(|n| *n < towns).map(|n| TOWNS[n].name) else { continue };
                let short = format!("{place}{}", rest.trim_start_matches('|'));
                let named = Department { short: "", ..*service };
                let at = self.department(above, &named);
                let unit = &mut self.units[at];
                unit.name = format!("{}{short}", self.county);
                unit.short = short.clone();
                unit.key = short;
            } else {
                self.department(above, service);
            }
        }
    }

    fn town(&mut self, root: usize, number: usize, size: Size) {
        let town = &TOWNS[number];
        let full = format!("{}{}", self.county, town.name);
        let short = if self.index == 0 { town.name.to_owned() } else { full.clone() };
        let at = self.push(Some(root), full, short, town.name, town.kind, "乡科级", Staff::Civil);
        self.units[at].weight = if number == 0 { 60 } else { 40 };
        let villages = if town.kind == "街道" { 0 } else { size.villages + usize::from(number == 0 && size.villages == VILLAGES) };
        let communities = (town.communities * size.villages).div_ceil(VILLAGES);
        for village in 0..villages {
            self.village(at, number, place::village(number, village), "村");
        }
        for community in 0..communities {
            self.village(at, number, place::community(number, community), "社区");
        }
    }

    fn village(&mut self, at: usize, number: usize, own: String, kind: &'static str) {
        let full = format!("{}{}{own}", self.county, TOWNS[number].name);
        let short = format!("{}{own}", self.units[at].short);
        let key = format!("{}{own}", TOWNS[number].name);
        self.push(Some(at), full, short, &key, kind, "其他级别", Staff::Village);
    }
}

/// The city above several counties: organisation 1, a number that is left free when there is one county.
pub fn write_city(book: &mut Book, city: Option<&str>) {
    match city {
        Some(name) => {
            let id = book.add(Table::Organisation, row![]);
            book.add(
                Table::OrganisationDetail,
                row![id, None::<i64>, format!("/{id}/"), name, name, "其他机构", "厅局级", "001", None::<i64>, 1, SINCE],
            );
        }
        None => {
            book.skip(Table::Organisation);
            book.skip(Table::OrganisationDetail);
        }
    }
}

/// Since when organisations and posts stand: before anybody's first day.
pub const SINCE: &str = "1960";

pub fn write(book: &mut Book, units: &[Unit]) {
    for unit in units {
        book.add(Table::Organisation, row![]);
        let code = format!("001.{:03}.{:03}", unit.id / 1000, unit.id % 1000);
        book.add(
            Table::OrganisationDetail,
            row![
                unit.id, unit.parent, &unit.path, &unit.name, &unit.short, unit.kind, unit.level, code, unit.team,
                unit.id, SINCE
            ],
        );
    }
}
