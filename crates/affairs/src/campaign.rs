//! 专项: the organisations on a year's list, those who look after each, acceptance with its consequences, and the monthly
//! bulletin that writes itself and names who falls short. Which list that is, its levels and its steps are data of
//! `[campaign]` in `matter.toml`.

use crate::duty::{self, refusal};
use crate::matter::{self, Brief, State};
use crate::task::{self, Light, Task};
use crate::{Error, Fields, Result};
use document::Paper;
use document::paper::{Block, PaperTable, Signature};
use institution::campaign::{Level, Taker as Takes};
use institution::duty::Standing;
use institution::{Campaign, Institution, Step, Subject};
use registry::charge::{self, Held, Taker};
use registry::{Charge, Desk, organisation, person};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Day, Finding, Findings, Id, Outcome};

/// The institutions that keep a year's list, in the order of the book.
pub fn all<'a>(desk: &Desk<'a, '_>) -> impl Iterator<Item = (&'a Institution, &'a Campaign)> {
    desk.book.institutions.iter().filter_map(|i| Some((i, i.campaign.as_ref()?)))
}

pub fn find<'a>(desk: &Desk<'a, '_>, id: &str) -> Result<&'a Campaign> {
    desk.book.institution(id).and_then(|i| i.campaign.as_ref()).ok_or_else(|| Error::NotFound(format!("专项“{id}”")))
}

/// One organisation on the list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Listed {
    pub matter: Brief,
    pub name: String,
    /// The organisation above it.
    pub above: String,
    /// Title of the present step; 办结 or 未通过 at the end.
    pub at: String,
    pub lights: [usize; 4],
    /// Levels without anybody.
    pub lacking: Vec<String>,
    pub released: bool,
}

impl Listed {
    /// Was it put on the list? Not when it was withdrawn or a meeting voted against it.
    fn counts(&self, campaign: &Campaign) -> bool {
        match &self.matter.ended {
            Some((result, _)) if result == matter::WITHDRAWN => false,
            Some((result, _)) if result == matter::FAILED => campaign.passes.as_ref().is_some_and(|p| self.matter.done.iter().any(|(s, _)| *s == *p.step)),
            _ => true,
        }
    }
}

/// The day on which those who look after it were let go, if they were.
fn released_on<'b>(brief: &'b Brief, campaign: &Campaign) -> Option<&'b str> {
    let step = campaign.released_by.as_deref()?;
    brief.done.iter().find(|(s, _)| s == step).map(|(_, on)| on.as_str())
}

/// The list of a year.
pub fn listed(desk: &Desk, id: &str, year: i64) -> Result<Vec<Listed>> {
    let campaign = find(desk, id)?;
    let tasks = task::of_institution(desk, id, year)?;
    let units: BTreeMap<i64, organisation::Unit> = organisation::all(desk)?.into_iter().map(|u| (u.id.number(), u)).collect();
    let mut held: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for c in charge::all(desk)? {
        held.entry(c.place.number()).or_default().insert(c.kind);
    }
    let mut lights: BTreeMap<i64, [usize; 4]> = BTreeMap::new();
    for t in &tasks {
        if let Some(matter) = t.matter {
            lights.entry(matter).or_default()[t.light as usize] += 1;
        }
    }
    let mut out = Vec::new();
    for matter in matter::list(desk, id, Some(year))? {
        let Some(unit) = units.get(&matter.unit.number()) else { continue };
        let above = unit.parent.and_then(|p| units.get(&p.number())).map(|u| u.short_name.clone()).unwrap_or_default();
        let released = released_on(&matter, campaign).is_some();
        let open = matter.ended.is_none() && !released;
        let has = held.get(&matter.unit.number());
        let lacking = campaign.levels.iter().filter(|l| open && has.is_none_or(|h| !h.contains(&*l.kind))).map(|l| l.kind.to_string()).collect();
        out.push(Listed {
            name: unit.short_name.clone(),
            above,
            at: matter.at.clone(),
            lights: lights.get(&matter.id.number()).copied().unwrap_or_default(),
            lacking,
            released,
            matter,
        });
    }
    Ok(out)
}

/// 列入名单 of this year; refused when it is of another kind.
pub fn list(desk: &mut Desk, id: &str, unit: &organisation::Unit) -> Result<Outcome<Id<matter::Matter>>> {
    let campaign = find(desk, id)?;
    if !campaign.kinds.iter().any(|k| unit.kind.as_deref() == Some(&**k)) {
        let says = format!("{}不是{}", unit.short_name, campaign.kinds.join("或"));
        return Ok(Outcome::Refused(Findings::new(vec![refusal("kind", says, &campaign.source, "核对单位")])));
    }
    let year = i64::from(desk.today.year());
    matter::open(desk, id, unit.id, &campaign.names.replace("{}", &unit.short_name), year, None)
}

/// What a step of a listed organisation asks besides what every step asks.
pub(crate) fn unfit(desk: &Desk, campaign: &Campaign, state: &State, step: &Step, fields: &Fields) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if campaign.levels_by.as_deref() == Some(&*step.id) {
        let held = charge::of(desk, state.brief.unit)?;
        let lacking: Vec<&str> = campaign.levels.iter().map(|l| &*l.kind).filter(|l| !held.iter().any(|c| c.kind == *l)).collect();
        if !lacking.is_empty() {
            found.push(refusal("levels", format!("还没有明确：{}", lacking.join("、")), &step.source, format!("{}都要落实到人、到单位", campaign.levels_title)));
        }
    }
    let passed = campaign.passes.as_ref().is_some_and(|p| *p.step == *step.id && says_yes(fields, &p.field));
    if passed {
        found.extend(matter::tasks_open(desk, state.brief.id, step, "逐项登记完成和佐证，或验收不通过")?);
    }
    Ok(found)
}

fn says_yes(fields: &Fields, field: &str) -> bool {
    fields.get(field).is_some_and(|t| t.trim() == "是")
}

/// What follows from a step: who does not pass stays on next year's list and the leaders stay; who is signed off lets them go.
pub(crate) fn follow(desk: &mut Desk, campaign: &Campaign, state: &State, step: &str, on: Day, fields: &Fields) -> Result<Outcome<()>> {
    let brief = &state.brief;
    if campaign.turns_down(step, |field| says_yes(fields, field)) {
        matter::end(desk, brief.id, matter::FAILED, on)?;
        // 包保领导不调、联建部门不换、第一书记不撤: the charges go on as they are.
        // Where it stands on next year's list already, it stays there.
        let _ = matter::open(desk, &brief.institution, brief.unit, &brief.title, brief.year + 1, Some(brief.id))?;
        return Ok(Outcome::Done(()));
    }
    if campaign.released_by.as_deref() == Some(step) {
        let needed = needed_elsewhere(desk, brief)?;
        for held in charge::of(desk, brief.unit)?.into_iter().filter(|c| campaign.level(&c.kind).is_some() && !needed.contains(&*c.kind)) {
            charge::end(desk, held.id, on.max(day_of(&held)), "验收通过，已经销号")?;
        }
    }
    Ok(Outcome::Done(()))
}

/// Levels that another list which the organisation still stands on asks for: they are not let go.
fn needed_elsewhere(desk: &Desk, brief: &Brief) -> Result<BTreeSet<String>> {
    let mut needed = BTreeSet::new();
    for (institution, campaign) in all(desk) {
        let stands = |b: &Brief| b.unit == brief.unit && b.id != brief.id && b.ended.is_none() && released_on(b, campaign).is_none();
        if matter::list(desk, &institution.id, None)?.iter().any(stands) {
            needed.extend(campaign.levels.iter().map(|l| l.kind.to_string()));
        }
    }
    Ok(needed)
}

/// Letting those who look after it go does not come back by itself.
pub(crate) fn kept(campaign: &Campaign, step: &str) -> Option<Finding> {
    let released = campaign.released_by.as_deref() == Some(step) && !campaign.levels.is_empty();
    released.then(|| refusal("signed-off", "销号时包保责任已经解除".into(), &campaign.source, "确需继续的，下一年重新列入"))
}

/// 明确一级: a person or a department by name; a name that nobody has, or several have, is told.
pub fn charge(desk: &mut Desk, campaign: &Campaign, unit: Id<registry::Organisation>, kind: &str, who: &str, from: Day) -> Result<Id<Charge>> {
    let Level { taker, .. } = campaign.level(kind).ok_or_else(|| registry::Error::Wrong("请选择包保层级".into()))?;
    let taker = match taker {
        Takes::Department => {
            let found = organisation::named(desk, who)?.ok_or_else(|| registry::Error::Wrong(format!("没有找到部门“{who}”，请写机构简称")))?;
            Taker::Department(found.id)
        }
        Takes::Person => Taker::Person(person::who(desk, who)?),
    };
    Ok(charge::begin(desk, kind, &taker, unit, from)?)
}

fn day_of(held: &Held) -> Day {
    held.from_day.parse::<vocabulary::Date>().map_or(Day::from_number(0), |d| d.earliest().next())
}

/// Somebody who did not go as often as owed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Short {
    pub charge: i64,
    pub kind: String,
    pub who: String,
    pub place: String,
    pub owed: usize,
    pub done: usize,
    pub late: usize,
}

/// What one duty of those who look after villages came to in the month; each number has its rows under `/duties/rows`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Visits {
    /// `rectification/county-leader-visit`
    pub duty: String,
    pub title: String,
    pub owed: usize,
    pub done: usize,
    pub late: usize,
    pub excused: usize,
    pub lacking: usize,
}

/// 通报: one month's figures, each with the rows behind it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Bulletin {
    /// Institution
    pub id: String,
    /// `2026-10`
    pub month: String,
    pub from: Day,
    pub until: Day,
    pub listed: usize,
    pub signed_off: usize,
    pub visits: Vec<Visits>,
    pub short: Vec<Short>,
    pub tasks: [usize; 4],
    pub red: Vec<Task>,
}

/// Everything that the bulletin of a month says, from the rows as they stood on the desk's day; of a month that still runs,
/// up to yesterday. A desk that asks of the month's last day says the same for ever.
pub fn bulletin(desk: &Desk, id: &str, first: Day) -> Result<Bulletin> {
    let campaign = find(desk, id)?;
    let end = first.plus_months(1).plus_days(-1);
    let last = if desk.day() < desk.today { end.min(desk.day()) } else { end.min(desk.today.plus_days(-1)) };
    let until = last.max(first);
    let year = i64::from(first.year());
    let listed: Vec<Listed> = listed(desk, id, year)?.into_iter().filter(|l| l.counts(campaign)).collect();
    let charges: BTreeMap<i64, Held> = charge::all_on(desk, until)?.into_iter().map(|c| (c.id.number(), c)).collect();
    let (mut visits, mut short) = (Vec::new(), Vec::new());
    for d in duty::in_force(desk, until).filter(|d| *d.institution == *id && d.of == Subject::Charge) {
        let mut of_duty = Visits { duty: d.key.to_string(), title: d.title.to_string(), ..Visits::default() };
        let mut by_charge: BTreeMap<i64, Short> = BTreeMap::new();
        for o in duty::rows(desk, d, first, last, "owed", None)? {
            let held = charges.get(&o.unit);
            let one = by_charge.entry(o.unit).or_insert_with(|| Short {
                charge: o.unit,
                kind: held.map_or_else(|| d.title.to_string(), |c| c.kind.clone()),
                who: held.map_or_else(|| o.unit_title.clone(), |c| c.who.clone()),
                place: held.map_or_else(String::new, |c| c.placed.clone()),
                owed: 0,
                done: 0,
                late: 0,
            });
            of_duty.owed += 1;
            one.owed += 1;
            match o.standing {
                Standing::Done => (of_duty.done, one.done) = (of_duty.done + 1, one.done + 1),
                Standing::Late => (of_duty.late, one.late) = (of_duty.late + 1, one.late + 1),
                Standing::Excused => (of_duty.excused, one.owed) = (of_duty.excused + 1, one.owed - 1),
                _ => of_duty.lacking += 1,
            }
        }
        short.extend(by_charge.into_values().filter(|s| s.done + s.late < s.owed));
        visits.push(of_duty);
    }
    let of_listed = |t: &Task| t.matter.is_some_and(|m| listed.iter().any(|l| l.matter.id.number() == m));
    let tasks: Vec<Task> = task::of_institution(desk, id, year)?.into_iter().filter(of_listed).collect();
    let mut lights = [0; 4];
    for t in &tasks {
        lights[t.light as usize] += 1;
    }
    let until_day = last.to_string();
    let signed = |l: &&Listed| released_on(&l.matter, campaign).is_some_and(|on| on <= until_day.as_str());
    Ok(Bulletin {
        id: id.to_owned(),
        month: first.to_string()[..7].to_owned(),
        from: first,
        until: last,
        listed: listed.len(),
        signed_off: listed.iter().filter(signed).count(),
        visits,
        short,
        tasks: lights,
        red: tasks.into_iter().filter(|t| t.light == Light::Red).collect(),
    })
}

impl Bulletin {
    /// As the office sends it out.
    pub fn paper(&self, campaign: &Campaign, office: &str) -> Paper {
        let (year, month) = self.month.split_once('-').unwrap_or(("", ""));
        let month = month.trim_start_matches('0');
        let visits = PaperTable {
            heads: ["任务", "应到", "按期", "补到", "批准免到", "未到"].map(str::to_owned).to_vec(),
            widths: vec![4, 2, 2, 2, 2, 2],
            rows: self
                .visits
                .iter()
                .map(|v| std::iter::once(v.title.clone()).chain([v.owed, v.done, v.late, v.excused, v.lacking].map(|n| n.to_string())).collect())
                .collect(),
        };
        let mut blocks = vec![
            Block::Heading { level: 1, text: "一、总体情况".into() },
            Block::Paragraph(format!("截至{}，{year}年列入{}的有 {} {}，已销号 {} 个。{}共 {} 项，已完成 {} 项，临近时限 {} 项，超过时限 {} 项。", self.until.in_words(), campaign.short, self.listed, campaign.unit, self.signed_off, campaign.plan, self.tasks.iter().sum::<usize>(), self.tasks[3], self.tasks[1], self.tasks[0])),
            Block::Heading { level: 1, text: "二、包保走访".into() },
            Block::Table(visits),
            Block::Heading { level: 1, text: "三、没有达到要求的".into() },
        ];
        if self.short.is_empty() {
            blocks.push(Block::Paragraph("各级包保责任人本月走访次数全部达到要求。".into()));
        }
        for s in &self.short {
            blocks.push(Block::Paragraph(format!("{}（{}，{}）：应到 {} 次，实到 {} 次。", s.who, s.kind, s.place, s.owed, s.done + s.late)));
        }
        if !self.red.is_empty() {
            blocks.push(Block::Heading { level: 1, text: "四、超过时限的问题".into() });
            for t in &self.red {
                blocks.push(Block::Paragraph(format!("{}（责任人{}，时限{}）。", t.problem, t.owner, t.due.in_words())));
            }
        }
        Paper {
            title: format!("{}工作通报\n（{year}年{month}月）", campaign.title),
            blocks,
            signature: Some(Signature::of(office, self.until.next().in_words())),
            ..Paper::default()
        }
    }
}
