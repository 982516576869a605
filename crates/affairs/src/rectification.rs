//! 整顿: the villages of a year's list, the four levels that look after each, acceptance with its consequences, and the
//! monthly bulletin that writes itself and names who falls short.

use crate::duty::{self, refusal};
use crate::matter::{self, Brief, Matter};
use crate::task::{self, Light, Task};
use crate::{Fields, Result};
use document::Paper;
use document::paper::{Block, PaperTable, Signature};
use institution::Subject;
use institution::duty::Standing;
use registry::charge::{self, Held};
use registry::{Desk, organisation};
use std::collections::BTreeMap;
use vocabulary::{Day, Findings, Id, Outcome};

/// The folder of the institution whose villages these are.
pub const INSTITUTION: &str = "rectification";
/// 四级包保: every village on the list has all four.
pub const LEVELS: [&str; 4] = ["县级领导包保", "乡镇领导包保", "联建部门", "第一书记"];

/// One village on the list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Village {
    pub matter: Brief,
    pub name: String,
    pub town: String,
    /// Title of the present step; 办结 or 未通过 at the end.
    pub at: String,
    pub lights: [usize; 4],
    /// Levels without anybody.
    pub lacking: Vec<&'static str>,
}

impl Village {
    /// Was it put on the list? Not when it was withdrawn or a meeting voted against it.
    pub fn is_listed(&self) -> bool {
        match &self.matter.ended {
            Some((result, _)) if result == matter::WITHDRAWN => false,
            Some((result, _)) if result == matter::FAILED => self.matter.done.iter().any(|(s, _)| s == "acceptance"),
            _ => true,
        }
    }
}

/// The list of a year.
pub fn villages(desk: &Desk, year: i64) -> Result<Vec<Village>> {
    let Some(institution) = desk.book.institution(INSTITUTION) else { return Ok(vec![]) };
    let tasks = task::of_institution(desk, INSTITUTION, year)?;
    let units: BTreeMap<i64, organisation::Unit> = organisation::all(desk)?.into_iter().map(|u| (u.id.number(), u)).collect();
    let charges = charge::all(desk)?;
    let mut out = Vec::new();
    for matter in matter::list(desk, INSTITUTION, Some(year))? {
        let Some(unit) = units.get(&matter.unit.number()) else { continue };
        let town = unit.parent.and_then(|p| units.get(&p.number())).map(|u| u.short_name.clone()).unwrap_or_default();
        let mut lights = [0; 4];
        for t in tasks.iter().filter(|t| t.matter == Some(matter.id.number())) {
            lights[t.light as usize] += 1;
        }
        let next = institution.matter.iter().find(|s| !matter.done.iter().any(|(id, _)| *id == *s.id)).map(|s| s.title.to_string());
        let at = matter.ended.as_ref().map(|(r, _)| r.clone()).or(next).unwrap_or_default();
        let open = matter.ended.is_none() && !matter.done.iter().any(|(s, _)| s == "sign-off");
        let lacking = LEVELS.into_iter().filter(|level| open && !charges.iter().any(|c| c.place == matter.unit && c.kind == *level)).collect();
        out.push(Village { name: unit.short_name.clone(), town, at, lights, lacking, matter });
    }
    Ok(out)
}

/// Completes a step. The plan needs its tasks and all four levels; who does not pass stays on next year's list and the
/// leaders stay; who is signed off lets them go.
pub fn complete(desk: &mut Desk, id: Id<Matter>, step: &str, on: Day, fields: &Fields) -> Result<Outcome<()>> {
    let state = matter::state(desk, id)?;
    let source = state.steps.iter().find(|s| s.id == step).map(|s| s.source.clone()).unwrap_or_default();
    let citation = desk.book.institution(INSTITUTION).and_then(|i| i.matter.iter().find(|s| &*s.id == step)).map(|s| s.source.clone());
    let citation = citation.ok_or_else(|| crate::Error::NotFound(format!("这一步{source}")))?;
    let passed = fields.get("passed").is_some_and(|t| t.trim() == "是");
    let mut found = Vec::new();
    if step == "plan" {
        if task::of_matter(desk, id)?.is_empty() {
            found.push(refusal("no-tasks", "一村一策里还没有问题和措施".into(), &citation, "先在清单里写明问题、措施、责任人和时限"));
        }
        let held = charge::of(desk, state.brief.unit)?;
        let lacking: Vec<&str> = LEVELS.into_iter().filter(|l| !held.iter().any(|c| c.kind == *l)).collect();
        if !lacking.is_empty() {
            found.push(refusal("levels", format!("还没有明确：{}", lacking.join("、")), &citation, "四级包保都要落实到人、到单位"));
        }
    }
    if step == "acceptance" && passed {
        let open: Vec<Task> = task::of_matter(desk, id)?.into_iter().filter(|t| t.light != Light::Done).collect();
        if let Some(first) = open.first() {
            let says = format!("还有 {} 项问题没有销掉，例如“{}”", open.len(), first.problem);
            found.push(refusal("tasks-open", says, &citation, "逐项登记完成和佐证，或验收不通过"));
        }
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let outcome = matter::complete(desk, id, step, on, fields)?;
    if let Outcome::Refused(findings) = outcome {
        return Ok(Outcome::Refused(findings));
    }
    if step == "acceptance" && !passed {
        matter::end(desk, id, "未通过", on)?;
        // 包保领导不调、联建部门不换、第一书记不撤: the charges go on as they are.
        let brief = &state.brief;
        return Ok(match matter::open(desk, INSTITUTION, brief.unit, &brief.title, brief.year + 1, Some(id))? {
            Outcome::Done(_) => Outcome::Done(()),
            Outcome::Refused(findings) => Outcome::Refused(findings),
        });
    }
    if step == "sign-off" {
        for held in charge::of(desk, state.brief.unit)?.into_iter().filter(|c| LEVELS.contains(&c.kind.as_str())) {
            charge::end(desk, held.id, on.max(day_of(&held)), "验收通过，已经销号")?;
        }
    }
    Ok(Outcome::Done(()))
}

/// Takes back the last step. A sign-off let the leaders go, which does not come back by itself.
pub fn undo(desk: &mut Desk, id: Id<Matter>, step: &str, why: &str) -> Result<Outcome<()>> {
    let state = matter::state(desk, id)?;
    if step == "sign-off" && state.last().is_some_and(|s| s.id == step) {
        let source = desk.book.institution(INSTITUTION).map(|i| i.source.clone()).ok_or_else(|| crate::Error::NotFound("整顿制度".into()))?;
        let finding = refusal("signed-off", "销号时包保责任已经解除".into(), &source, "确需继续整顿的，下一年重新列入");
        return Ok(Outcome::Refused(Findings::new(vec![finding])));
    }
    matter::undo(desk, id, step, why)
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
    /// `2026-10`
    pub month: String,
    pub from: Day,
    pub until: Day,
    pub villages: usize,
    pub signed_off: usize,
    pub visits: Vec<Visits>,
    pub short: Vec<Short>,
    pub tasks: [usize; 4],
    pub red: Vec<Task>,
}

/// Everything that the bulletin of a month says, from the rows as they stood on the desk's day; of a month that still runs,
/// up to yesterday. A desk that asks of the month's last day says the same for ever.
pub fn bulletin(desk: &Desk, first: Day) -> Result<Bulletin> {
    let end = first.plus_months(1).plus_days(-1);
    let last = if desk.day() < desk.today { end.min(desk.day()) } else { end.min(desk.today.plus_days(-1)) };
    let until = last.max(first);
    let year = i64::from(first.year());
    let listed: Vec<Village> = villages(desk, year)?.into_iter().filter(Village::is_listed).collect();
    let charges: BTreeMap<i64, Held> = charge::all_on(desk, until)?.into_iter().map(|c| (c.id.number(), c)).collect();
    let (mut visits, mut short) = (Vec::new(), Vec::new());
    for d in duty::in_force(desk, until).filter(|d| *d.institution == *INSTITUTION && d.of == Subject::Charge) {
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
    let tasks = task::of_institution(desk, INSTITUTION, year)?;
    let mut lights = [0; 4];
    for t in &tasks {
        lights[t.light as usize] += 1;
    }
    let signed = |v: &&Village| v.matter.done.iter().any(|(s, on)| s == "sign-off" && on.as_str() <= last.to_string().as_str());
    Ok(Bulletin {
        month: first.to_string()[..7].to_owned(),
        from: first,
        until: last,
        villages: listed.len(),
        signed_off: listed.iter().filter(signed).count(),
        visits,
        short,
        tasks: lights,
        red: tasks.into_iter().filter(|t| t.light == Light::Red).collect(),
    })
}

impl Bulletin {
    /// As the office sends it out.
    pub fn paper(&self, office: &str) -> Paper {
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
            Block::Paragraph(format!("截至{}，{year}年列入整顿的村党组织 {} 个，已销号 {} 个。一村一策共 {} 项，已完成 {} 项，临近时限 {} 项，超过时限 {} 项。", self.until.in_words(), self.villages, self.signed_off, self.tasks.iter().sum::<usize>(), self.tasks[3], self.tasks[1], self.tasks[0])),
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
            title: format!("软弱涣散村党组织整顿工作通报\n（{year}年{month}月）"),
            blocks,
            signature: Some(Signature::of(office, self.until.next().in_words())),
            ..Paper::default()
        }
    }
}
