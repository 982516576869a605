//! 清单: a line for each case that one may see, with where it stands and when it is due.

use super::{Record, sight, system};
use crate::{Case, Result};
use institution::case::life::Timeliness;
use institution::case::{Due, Stage};
use registry::Desk;
use std::collections::BTreeMap;
use store::Param;
use vocabulary::{Day, Id, Moment};

/// Not signed off since it was last reopened, as things stood.
pub(super) fn open(desk: &Desk) -> String {
    let (x, y) = (by_then(desk, "x"), by_then(desk, "y"));
    format!(
        "not exists (select 1 from case_deeds x where x.case_id = c.id and x.act = 'sign_off' and {x}
          and not exists (select 1 from case_deeds y where y.case_id = c.id and y.act = 'reopen' and y.id > x.id and {y}))"
    )
}

/// The first moment that the desk does not ask about; none today.
pub(super) fn after(desk: &Desk) -> Option<Moment> {
    let days = [desk.as_of.day, desk.as_of.known_on];
    days.into_iter().flatten().filter(|day| *day < desk.today).map(|day| Moment::at_start_of(day.next())).min()
}

/// The moment by which clocks are read: now, or the end of the day that is asked about.
pub(super) fn now(desk: &Desk) -> Moment {
    after(desk).map_or(desk.moment, |after| Moment(after.0 - 1))
}

/// What had happened by then, of a row of `case_deeds`.
pub(super) fn by_then(desk: &Desk, deed: &str) -> String {
    after(desk).map_or_else(|| "1 = 1".to_owned(), |after| format!("{deed}.at < '{after}'"))
}

/// What is asked for. Empty: everything that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub system: Option<String>,
    pub class: Option<String>,
    pub stage: Option<Stage>,
    /// Only what is late, or due soon.
    pub late: bool,
    pub soon: bool,
    /// Place or department, by number; what lies below counts.
    pub place: Option<i64>,
    pub unit: Option<i64>,
    /// Reported within these days, `[from, until)`; closed ones are then shown too.
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub closed: bool,
    /// One of the counted things of [`super::figures`].
    pub counted: Option<String>,
    /// Only those in whose field this was filled in last.
    pub said: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    pub id: Id<Case>,
    pub receipt: String,
    pub noun: String,
    pub class: String,
    pub place: Named,
    pub place_words: String,
    pub words: String,
    pub way: String,
    pub reported: Moment,
    pub stage: Stage,
    pub stage_says: &'static str,
    pub due: Option<Moment>,
    pub timeliness: Timeliness,
    pub timeliness_says: &'static str,
    pub holder: String,
    /// Departments of the round that runs: name, and whether it has claimed and replied.
    pub parts: Vec<PartLine>,
    pub reopened: bool,
    pub merged: usize,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct PartLine {
    pub number: i64,
    pub unit: Named,
    pub leads: bool,
    pub claimed: bool,
    pub replied: bool,
    pub returned: bool,
    /// The clock that runs for the department: of the claim, then of the reply.
    pub due: Option<Moment>,
    pub timeliness: Timeliness,
    pub timeliness_says: &'static str,
    /// This actor answers for the department.
    pub mine: bool,
}

/// Names of organisations by number, read once.
pub(super) fn names(desk: &Desk) -> Result<BTreeMap<i64, (String, String)>> {
    let sql = "select organisation, short_name, path from organisation_details where superseded is null order by until_day is null, from_day";
    Ok(desk.rows(sql, &[])?.iter().map(|r| (r.int(0), (r.text(1).to_owned(), r.text(2).to_owned()))).collect())
}

pub(super) fn records(desk: &Desk, filter: &Filter) -> Result<Vec<Record>> {
    let mut params: Vec<Param> = Vec::new();
    let mut tests = vec![sight(desk)?.visible(desk, &mut params)];
    let mut test = |text: &str, param: Param| {
        params.push(param);
        tests.push(text.replace("$?", &format!("${}", params.len())));
    };
    if let Some(id) = &filter.system {
        test("c.system = $?", id.as_str().into());
    }
    if let Some(place) = filter.place {
        test(
            "c.place in (select o.organisation from organisation_details o where o.superseded is null and o.path like $?)",
            format!("%/{place}/%").into(),
        );
    }
    if let Some(unit) = filter.unit {
        test(&format!("c.id in (select u.case_id from case_deeds u where u.act = 'whistle' and u.unit = $? and {})", by_then(desk, "u")), unit.into());
    }
    if let Some(from) = filter.from {
        test("c.reported >= $?", Moment::at_start_of(from).to_string().into());
    }
    if let Some(until) = filter.until {
        test("c.reported < $?", Moment::at_start_of(until).to_string().into());
    }
    if !filter.closed && filter.from.is_none() {
        tests.push(open(desk));
    }
    super::record::load(desk, &tests.join(" and "), &params, "")
}

/// Lines in the order of need: late first, then what is due next, then the newest.
pub fn lines(desk: &Desk, filter: &Filter) -> Result<Vec<Line>> {
    let names = names(desk)?;
    let sight = sight(desk)?;
    let mut out = Vec::new();
    for record in records(desk, filter)? {
        if filter.class.is_some() && record.life.class != filter.class {
            continue;
        }
        if filter.counted.as_deref().is_some_and(|c| !super::figures::counts(desk, &record, filter.unit, c)) {
            continue;
        }
        if filter.said.as_ref().is_some_and(|(field, text)| super::figures::filled(&record, field) != Some(text)) {
            continue;
        }
        let line = line(desk, record, &names, &sight)?;
        let keeps = filter.stage.is_none_or(|s| s == line.stage)
            && (!filter.late || line.timeliness.is_late() || line.parts.iter().any(|p| p.mine && p.timeliness.is_late()))
            && (!filter.soon || line.timeliness == Timeliness::Soon);
        if keeps {
            out.push(line);
        }
    }
    out.sort_by_key(|l| (l.stage == Stage::Closed, !l.stage.waits(), l.due.is_none(), l.due, std::cmp::Reverse(l.id)));
    Ok(out)
}

/// What lies below an organisation, by those directly under it: a town's communities, a community's grids.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Below {
    pub id: i64,
    pub name: String,
    /// It is the organisation itself.
    pub own: bool,
    pub open: usize,
    pub late: usize,
    pub soon: usize,
    /// When the oldest was reported that is still open.
    pub oldest: Option<Moment>,
    /// Who looks after it, where its level says by which charge.
    pub kept_by: Vec<String>,
}

/// The lines counted by who is directly under `root`, or under the whole county; the one with the most that is late first.
pub fn below(desk: &Desk, lines: &[Line], root: Option<i64>) -> Result<Vec<Below>> {
    let names = names(desk)?;
    let root = root.or_else(|| names.values().map(|(_, path)| path).min_by_key(|path| path.len()).and_then(|path| path.trim_matches('/').parse().ok()));
    let Some((root, above)) = root.and_then(|id| Some((id, names.get(&id)?.1.as_str()))) else { return Ok(vec![]) };
    let mut group_of: BTreeMap<i64, Option<i64>> = BTreeMap::new();
    let mut out: BTreeMap<i64, Below> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.stage != Stage::Closed) {
        let group = *group_of.entry(line.place.id).or_insert_with(|| {
            let rest = names.get(&line.place.id)?.1.strip_prefix(above)?;
            Some(rest.split('/').next().and_then(|n| n.parse().ok()).unwrap_or(root))
        });
        let Some(id) = group else { continue };
        let of = out.entry(id).or_insert_with(|| Below { id, own: id == root, name: names.get(&id).map_or_else(String::new, |(n, _)| n.clone()), ..Below::default() });
        of.open += 1;
        of.late += usize::from(line.is_late());
        of.soon += usize::from(line.is_soon());
        of.oldest = Some(of.oldest.map_or(line.reported, |old| old.min(line.reported)));
    }
    let places: Vec<Id<_>> = out.keys().map(|id| Id::new(*id)).collect();
    for held in super::keepers(desk, &places)? {
        if let Some(of) = out.get_mut(&held.place.number()) {
            of.kept_by.push(held.who);
        }
    }
    let mut out: Vec<Below> = out.into_values().collect();
    out.sort_by_key(|b| (b.own, std::cmp::Reverse((b.late, b.open)), b.id));
    Ok(out)
}

impl Line {
    /// The case, or a department's part of it, is over its time.
    pub fn is_late(&self) -> bool {
        self.timeliness == Timeliness::Overdue || self.parts.iter().any(|p| p.timeliness == Timeliness::Overdue && !p.returned)
    }
    pub fn is_soon(&self) -> bool {
        self.timeliness == Timeliness::Soon || self.parts.iter().any(|p| p.timeliness == Timeliness::Soon && !p.returned)
    }
}

/// The line of one case that is read already.
pub fn one_line(desk: &Desk, record: Record) -> Result<Line> {
    line(desk, record, &names(desk)?, &sight(desk)?)
}

pub(super) fn line(desk: &Desk, record: Record, names: &BTreeMap<i64, (String, String)>, sight: &super::Sight) -> Result<Line> {
    let (_, system) = system(desk, &record.system)?;
    let now = now(desk);
    let name = |id: i64| names.get(&id).map_or_else(|| "已撤销的机构".to_owned(), |(n, _)| n.clone());
    let mut clock = record.life.running();
    if let Some(clock) = &mut clock {
        clock.due = record.due;
    }
    let timeliness = clock.map_or(Timeliness::InTime, |c| c.timeliness(now, system.soon_hours));
    let parts = record
        .life
        .parts_now()
        .map(|part| {
            let clock = if part.claim.met.is_none() { part.claim } else { part.reply };
            let timeliness = clock.timeliness(now, system.soon_hours);
            PartLine {
                number: part.number,
                unit: Named { id: part.unit, name: name(part.unit) },
                leads: part.leads,
                claimed: part.claim.met.is_some(),
                replied: part.reply.met.is_some(),
                returned: part.returned.is_some(),
                due: clock.due_moment(),
                timeliness,
                timeliness_says: timeliness.says(),
                mine: names.get(&part.unit).is_some_and(|(_, path)| !sight.whole && sight.covers(path)),
            }
        })
        .collect();
    Ok(Line {
        id: record.id,
        receipt: record.receipt,
        noun: system.noun.to_string(),
        class: record.life.class.as_deref().and_then(|c| system.class(c)).map(|c| c.title.to_string()).unwrap_or_default(),
        place: Named { id: record.place.number(), name: name(record.place.number()) },
        place_words: record.place_words,
        words: record.words,
        way: record.way,
        reported: record.reported,
        stage: record.life.stage,
        stage_says: record.life.stage.says(),
        due: record.due.and_then(Due::moment).filter(|_| record.life.stage.waits()),
        timeliness,
        timeliness_says: timeliness.says(),
        holder: record.life.holder.map(name).unwrap_or_default(),
        parts,
        reopened: record.life.round > 1,
        merged: record.merged.len(),
    })
}
