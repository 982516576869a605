//! 党组织 of the planted county: committees, branches and groups out of who works where, their members and committees,
//! leaders' contact points. Reads what [`crate::plant`] wrote; the same county gives the same party.

use crate::Result;
use std::collections::BTreeMap;
use store::{Param, Tx};
use vocabulary::Day;

/// What was planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartyPlanted {
    pub branches: i64,
    pub members: i64,
    pub charges: i64,
}

struct Unit {
    id: i64,
    parent: Option<i64>,
    path: String,
    short: String,
    kind: String,
}

struct Comrade {
    person: i64,
    kind: &'static str,
    joined: Option<String>,
    /// Chiefs first, then as posts are ordered.
    rank: (i64, i64),
}

/// A branch with so many members has groups of about this size.
const GROUPED_FROM: usize = 16;
const GROUP: usize = 10;

/// Fills the party tables of a planted county. `entered` is the journal number of the planting.
pub fn plant(tx: &mut Tx, day: Day, entered: i64) -> Result<PartyPlanted> {
    let units = units(tx)?;
    let mut people = comrades(tx)?;
    let mut out = PartyPlanted::default();
    let mut committee_of: BTreeMap<i64, i64> = BTreeMap::new();
    let Some(top) = units.iter().find(|u| u.kind == "县委") else { return Ok(out) };
    let root = branch(tx, &mut out, None, top, "中共青云县委员会", "党委", Some(("2021-07-16", 5)), entered)?;
    committee_of.insert(top.id, root);
    for unit in units.iter().filter(|u| matches!(u.kind.as_str(), "镇" | "乡" | "街道")) {
        let name = format!("{}{}", unit.short, if unit.kind == "街道" { "党工委" } else { "党委" });
        let id = branch(tx, &mut out, Some(root), unit, &name, "党委", (unit.kind != "街道").then_some(("2021-06-11", 5)), entered)?;
        committee_of.insert(unit.id, id);
    }
    for unit in &units {
        let Some(mut members) = people.remove(&unit.id) else { continue };
        members.sort_by_key(|c| (c.rank, c.person));
        let parent = unit.parent.and_then(|p| committee_of.get(&p)).copied().unwrap_or(root);
        let parent = committee_of.get(&unit.id).copied().unwrap_or(parent);
        let base = matches!(unit.kind.as_str(), "村" | "社区");
        let years = if base { 5 } else { 3 };
        // Terms began in the months before; a few have run out and nobody noticed.
        let back = if base { 66 - (unit.id % 30) as i32 } else { 4 + (unit.id * 7 % 34) as i32 };
        let elected = day.plus_months(-back).to_string();
        let name = format!("{}{}", unit.short, if committee_of.contains_key(&unit.id) { "机关党支部" } else { "党支部" });
        let id = branch(tx, &mut out, Some(parent), unit, &name, "党支部", Some((&elected, years)), entered)?;
        let seats = if members.len() >= 7 { 5 } else if members.len() >= 4 { 3 } else { 1 };
        let roles = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员"];
        let formal: Vec<i64> = members.iter().filter(|c| c.kind == "正式党员").map(|c| c.person).collect();
        for (person, role) in formal.iter().zip(roles).take(seats) {
            sit(tx, id, *person, role, &elected, entered)?;
        }
        let mut groups = Vec::new();
        if members.len() >= GROUPED_FROM {
            for n in 0..members.len() / GROUP {
                let name = format!("{name}第{}党小组", ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"].get(n).copied().unwrap_or("十一"));
                let group = branch(tx, &mut out, Some(id), unit, &name, "党小组", None, entered)?;
                if let Some(leader) = members.get(n + seats) {
                    sit(tx, group, leader.person, "组长", &elected, entered)?;
                }
                groups.push(group);
            }
        }
        for (n, comrade) in members.iter().enumerate() {
            let group = (!groups.is_empty()).then(|| groups[n % groups.len()]);
            member(tx, &mut out, id, group, unit, comrade, day, entered)?;
        }
    }
    contact_points(tx, &units, day, entered, &mut out)?;
    for table in ["branches", "branch_details", "members", "member_details", "charges", "charge_details"] {
        tx.continue_ids(table)?;
    }
    Ok(out)
}

fn units(tx: &mut Tx) -> Result<Vec<Unit>> {
    let sql = "select organisation, parent, path, short_name, coalesce(kind, '') from organisation_details
                where superseded is null and until_day is null order by order_no, organisation";
    Ok(tx.rows(sql, &[])?.iter().map(|r| Unit { id: r.int(0), parent: r.opt_int(1), path: r.text(2).into(), short: r.text(3).into(), kind: r.text(4).into() }).collect())
}

/// Party members in work, by the organisation of their main tenure.
fn comrades(tx: &mut Tx) -> Result<BTreeMap<i64, Vec<Comrade>>> {
    let sql = "select t.organisation, t.person, m.party, m.from_day, t.role, t.order_no
                 from tenures t
                 join person_details d on d.person = t.person and d.superseded is null and d.official_state = '现职'
                 join memberships m on m.person = t.person and m.superseded is null and m.until_day is null and m.party in ('中共党员', '预备党员')
                where t.superseded is null and t.until_day is null and t.main = 1 and t.organisation is not null
                order by t.organisation, t.person, t.id";
    let mut out: BTreeMap<i64, Vec<Comrade>> = BTreeMap::new();
    let mut last = 0;
    for r in tx.rows(sql, &[])? {
        if r.int(1) == last {
            continue;
        }
        last = r.int(1);
        let chief = if r.opt_text(4) == Some("正职") { 0 } else { 1 };
        let kind = if r.text(2) == "预备党员" { "预备党员" } else { "正式党员" };
        // A party date known to the month stands for its first day in the roll of birthdays.
        let joined = r.opt_text(3).filter(|t| t.len() >= 7).map(|t| if t.len() == 7 { format!("{t}-01") } else { t.to_owned() });
        out.entry(r.int(0)).or_default().push(Comrade { person: r.int(1), kind, joined, rank: (chief, r.int(5)) });
    }
    Ok(out)
}

#[allow(clippy::too_many_arguments, reason = "the columns of one row")]
fn branch(tx: &mut Tx, out: &mut PartyPlanted, parent: Option<i64>, unit: &Unit, name: &str, kind: &str, term: Option<(&str, i64)>, entered: i64) -> Result<i64> {
    let id = tx.insert("branches", &["entered"], &[entered.into()])?;
    out.branches += 1;
    let columns = ["branch", "parent", "organisation", "path", "name", "kind", "elected_on", "term_years", "order_no", "from_day", "entered"];
    let values: [Param; 11] = [
        id.into(),
        parent.into(),
        unit.id.into(),
        (&unit.path).into(),
        name.into(),
        kind.into(),
        term.map(|t| t.0).into(),
        term.map(|t| t.1).into(),
        (unit.id * 100 + id % 100).into(),
        "1990".into(),
        entered.into(),
    ];
    tx.insert("branch_details", &columns, &values)?;
    Ok(id)
}

fn sit(tx: &mut Tx, branch: i64, person: i64, role: &str, from: &str, entered: i64) -> Result<()> {
    tx.insert("branch_committee", &["branch", "person", "role", "from_day", "entered"], &[branch.into(), person.into(), role.into(), from.into(), entered.into()])?;
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "the columns of one row")]
fn member(tx: &mut Tx, out: &mut PartyPlanted, branch: i64, group: Option<i64>, unit: &Unit, comrade: &Comrade, day: Day, entered: i64) -> Result<()> {
    let id = tx.insert("members", &["person", "entered"], &[comrade.person.into(), entered.into()])?;
    out.members += 1;
    let since = comrade.joined.as_deref().and_then(|j| j.parse::<Day>().ok());
    let care = match comrade.person % 61 {
        _ if since.is_some_and(|j| j.years_until(day) >= 36) => Some("老党员"),
        7 => Some("生活困难"),
        23 => Some("生病住院"),
        _ => None,
    };
    let fee = 800 + (comrade.person % 9) * 250;
    let columns = ["member", "branch", "grouped", "path", "kind", "joined", "care", "fee", "why", "from_day", "entered"];
    let values: [Param; 11] = [
        id.into(),
        branch.into(),
        group.into(),
        (&unit.path).into(),
        comrade.kind.into(),
        comrade.joined.as_deref().into(),
        care.into(),
        fee.into(),
        "编入".into(),
        comrade.joined.clone().unwrap_or_else(|| "2015".into()).into(),
        entered.into(),
    ];
    tx.insert("member_details", &columns, &values)?;
    Ok(())
}

/// Every member of the county committee is in touch with two villages.
fn contact_points(tx: &mut Tx, units: &[Unit], day: Day, entered: i64, out: &mut PartyPlanted) -> Result<()> {
    let leaders = leaders(tx, "县委")?;
    let villages: Vec<&Unit> = units.iter().filter(|u| u.kind == "村").collect();
    let from = Day::of(day.year(), 1, 1).unwrap_or(day);
    for (n, (person, name)) in leaders.iter().enumerate() {
        for k in 0..2usize {
            let Some(village) = villages.get((n * 17 + k * 101 + 5) % villages.len().max(1)) else { continue };
            charge(tx, out, "党建联系点", Some(*person), None, name, village, from, entered)?;
        }
    }
    Ok(())
}

/// Who holds a post in an organisation of this kind, in order.
fn leaders(tx: &mut Tx, kind: &str) -> Result<Vec<(i64, String)>> {
    let sql = "select t.person, n.name from tenures t
                 join organisation_details o on o.organisation = t.organisation and o.superseded is null and o.kind = $1
                 join person_details n on n.person = t.person and n.superseded is null
                where t.superseded is null and t.until_day is null and t.post is not null order by t.order_no, t.id";
    let mut all: Vec<(i64, String)> = tx.rows(sql, &[kind.into()])?.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|(p, _)| seen.insert(*p));
    Ok(all)
}

#[allow(clippy::too_many_arguments, reason = "the columns of one row")]
fn charge(tx: &mut Tx, out: &mut PartyPlanted, kind: &str, person: Option<i64>, department: Option<i64>, who: &str, place: &Unit, from: Day, entered: i64) -> Result<i64> {
    let id = tx.insert("charges", &["entered"], &[entered.into()])?;
    out.charges += 1;
    let columns = ["charge", "kind", "person", "organisation", "who", "place", "path", "placed", "from_day", "entered"];
    let values: [Param; 10] = [
        id.into(),
        kind.into(),
        person.into(),
        department.into(),
        who.into(),
        place.id.into(),
        (&place.path).into(),
        (&place.short).into(),
        from.to_string().into(),
        entered.into(),
    ];
    tx.insert("charge_details", &columns, &values)?;
    Ok(id)
}
