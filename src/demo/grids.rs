//! 网格 and 网格员: the first town's communities and some of four other towns, three grids each, each looked after by a member
//! of the community's own branch.

use crate::Stop;
use affairs::case;
use registry::charge::{self, Taker};
use registry::organisation::{self, NewUnit, Unit};
use registry::{Actor, Desk, Office, Organisation, Person};
use vocabulary::{Day, Id};

/// The kind of organisation, and the charge of who looks after one.
const GRID: &str = "网格";
const WORKER: &str = "网格员";

/// Of the other towns, so many, with so many of their communities: enough to compare, few enough to plant at once.
const TOWNS: usize = 4;
const COMMUNITIES: usize = 2;

/// A county whose institutions have no grids is left as it is.
pub fn plant(office: &Office) -> Result<(), Stop> {
    let known = office.book.institution("grid").and_then(|i| i.cases.as_ref()).is_some_and(|s| s.level_of(GRID).is_some());
    if !known {
        return Ok(());
    }
    Ok(office.write(&Actor::program(), |desk| {
        let since = Day::of(desk.today.year(), 1, 5).unwrap_or(desk.today).min(desk.today);
        for community in communities(desk)? {
            let workers = members(desk, community.id)?;
            for (n, digit) in ["一", "二", "三"].into_iter().enumerate() {
                let name = format!("{}第{digit}{GRID}", community.name);
                let new = NewUnit { parent: Some(community.id), name: name.clone(), short_name: name, kind: Some(GRID.into()), order_no: n as i64 + 1, from_day: Some(since.into()), ..NewUnit::default() };
                let grid = organisation::add(desk, new)?;
                if let Some(worker) = workers.get(n) {
                    charge::begin(desk, WORKER, &Taker::Person(*worker), grid, since)?;
                }
            }
        }
        Ok::<_, affairs::Error>(())
    })?)
}

/// All of the first town, then the first of each other town that has any.
fn communities(desk: &Desk) -> Result<Vec<case::Unit>, affairs::Error> {
    let Some(first) = case::unit_named(desk, "青云镇")? else { return Ok(vec![]) };
    let of = |path: &str| case::places(desk, &["社区"], Some(path));
    let mut all = of(&first.path)?;
    let is_town = |u: &Unit| u.id != first.id && u.kind.as_deref().is_some_and(|k| ["镇", "乡", "街道"].contains(&k));
    let mut others = Vec::new();
    for town in organisation::all(desk)?.into_iter().filter(is_town) {
        others.push(of(&town.path)?);
    }
    for some in others.into_iter().filter(|some| !some.is_empty()).take(TOWNS) {
        all.extend(some.into_iter().take(COMMUNITIES));
    }
    Ok(all)
}

/// Who could walk its grids: members of the branches that the community has.
fn members(desk: &Desk, community: Id<Organisation>) -> Result<Vec<Id<Person>>, affairs::Error> {
    let sql = "select distinct m.person from members m
                 join member_details d on d.member = m.id and d.superseded is null and d.until_day is null
                 join branch_details b on b.branch = d.branch and b.superseded is null and b.organisation = $1
                order by m.person limit 3";
    Ok(desk.rows(sql, &[community.number().into()])?.iter().map(|r| Id::new(r.int(0))).collect())
}
