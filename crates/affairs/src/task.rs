//! 任务清单: problems with measures, owners and dates. Red, yellow and green are read from dates and evidence.

use crate::duty::refusal;
use crate::matter::Matter;
use crate::{Error, Result};
use institution::TaskLists;
use registry::desk::Happened;
use registry::{Desk, Organisation, Role, organisation, person};
use std::sync::Arc;
use vocabulary::{Citation, Day, Findings, Id, Outcome};

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Task {
    pub id: i64,
    pub unit: i64,
    pub matter: Option<i64>,
    pub path: String,
    pub problem: String,
    pub measure: String,
    pub owner: String,
    /// Who that is, where the registry knows the name.
    pub owner_person: Option<i64>,
    pub owner_unit: Option<i64>,
    /// Of the matter whose plan it belongs to.
    pub institution: Option<String>,
    pub due: Day,
    pub done_on: Option<Day>,
    pub evidence: String,
    pub light: Light,
}

/// 红黄绿
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 红: due and not done.
    Red,
    /// 黄: due soon.
    Yellow,
    /// 绿: on its way.
    Green,
    /// 完成, with evidence.
    Done,
}

impl Light {
    /// The word in addresses and institutions' files, and how the page says it.
    pub const ALL: [(&'static str, &'static str, Light); 4] = [("red", "超过时限", Light::Red), ("yellow", "临近时限", Light::Yellow), ("green", "正在办理", Light::Green), ("done", "已完成", Light::Done)];

    pub fn from_id(id: &str) -> Option<Light> {
        Light::ALL.iter().find(|(i, ..)| *i == id).map(|(.., l)| *l)
    }

    /// `soon` days before its date a task turns yellow.
    pub fn of(due: Day, done_on: Option<Day>, today: Day, soon: i64) -> Light {
        match done_on {
            Some(on) if on <= today => Light::Done,
            _ if due < today => Light::Red,
            _ if due <= today.plus_days(soon) => Light::Yellow,
            _ => Light::Green,
        }
    }
}

/// Which lines of the lists; everything when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub light: Option<Light>,
    /// The institution whose plans they stand on.
    pub of: Option<Arc<str>>,
    /// Finished within these days, both included.
    pub done: Option<(Day, Day)>,
}

impl Asked {
    pub fn fits(&self, t: &Task) -> bool {
        self.light.is_none_or(|l| t.light == l)
            && self.of.as_deref().is_none_or(|of| t.institution.as_deref() == Some(of))
            && self.done.is_none_or(|(from, until)| t.done_on.is_some_and(|on| from <= on && on <= until))
    }
}

/// A new line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    pub unit: Id<Organisation>,
    pub matter: Option<Id<Matter>>,
    pub problem: String,
    pub measure: String,
    pub owner: String,
    pub due: Day,
}

/// What the lists go by; of an institution with a file of its own, that one.
fn rules<'a>(desk: &Desk<'a, '_>, institution: Option<&str>) -> Option<&'a TaskLists> {
    let own = institution.and_then(|id| desk.book.institution(id)).and_then(|i| i.tasks.as_ref());
    let today = desk.today;
    own.or_else(|| desk.book.institutions.iter().filter(|i| i.in_force.holds_on(today) && i.matter.is_empty()).find_map(|i| i.tasks.as_ref()))
}

/// What the organisations' own lists go by.
pub fn source(desk: &Desk) -> Citation {
    rules(desk, None).map_or_else(|| Citation { document: "任务清单".into(), article: None, item: None }, |r| r.source.clone())
}

/// Who is meant by a name that was typed: a person or an organisation that the registry knows, and how it is written then.
/// Words that nobody is called stay words. A name that several people have is asked about.
fn owner(desk: &Desk, typed: &str) -> Result<std::result::Result<(String, Option<i64>, Option<i64>), String>> {
    let typed = typed.trim();
    if let Some(unit) = organisation::named(desk, typed)? {
        return Ok(Ok((unit.short_name, None, Some(unit.id.number()))));
    }
    // 镇党委 李强: the office may stand before the name.
    let name = typed.rsplit([' ', '　']).next().unwrap_or(typed);
    match person::who(desk, name) {
        Ok(id) => {
            let known = person::find(desk, id)?.row.name;
            let shown = if name == known { typed.to_owned() } else { known };
            Ok(Ok((shown, Some(id.number()), None)))
        }
        Err(registry::Error::NotFound(_)) => Ok(Ok((typed.to_owned(), None, None))),
        Err(registry::Error::Wrong(says)) => Ok(Err(says)),
        Err(other) => Err(other.into()),
    }
}

pub fn add(desk: &mut Desk, new: &NewTask) -> Result<Outcome<i64>> {
    let unit = organisation::find(desk, new.unit)?;
    let source = source(desk);
    let mut found = Vec::new();
    for (text, label) in [(&new.problem, "问题"), (&new.measure, "措施"), (&new.owner, "责任人")] {
        if text.trim().is_empty() {
            found.push(refusal("task-incomplete", format!("没有填写{label}"), &source, "一项任务要有问题、措施、责任人和时限"));
        }
    }
    if new.due < desk.today {
        found.push(refusal("due-past", format!("时限 {} 已经过去", new.due), &source, "写今天以后的日期"));
    }
    let known = owner(desk, &new.owner)?;
    if let Err(says) = &known {
        found.push(refusal("owner", format!("责任人：{says}"), &source, "写编号，任务才到得了本人的清单"));
    }
    let (true, Ok((shown, owner_person, owner_unit))) = (found.is_empty(), known) else { return Ok(Outcome::Refused(Findings::new(found))) };
    let says = format!("{}任务清单加入：{}（{shown}，{}前）", unit.short_name, new.problem.trim(), new.due);
    let entry = desk.record(Happened { act: "task.add", subject: "organisation", number: Some(new.unit.number()), says })?;
    let id = desk.insert("tasks", &["unit", "matter", "entered"], &[new.unit.number().into(), new.matter.map(|m| m.number()).into(), entry.into()])?;
    let row = Details { path: unit.path, problem: new.problem.trim().into(), measure: new.measure.trim().into(), owner: shown, owner_person, owner_unit, due: new.due, done_on: None, evidence: String::new() };
    write(desk, id, row, entry)?;
    Ok(Outcome::Done(id))
}

/// A row of `task_details`.
struct Details {
    path: String,
    problem: String,
    measure: String,
    owner: String,
    owner_person: Option<i64>,
    owner_unit: Option<i64>,
    due: Day,
    done_on: Option<Day>,
    evidence: String,
}

fn write(desk: &mut Desk, id: i64, row: Details, entry: i64) -> Result<()> {
    let columns = ["task", "path", "problem", "measure", "owner", "owner_person", "owner_unit", "due", "done_on", "evidence", "entered"];
    let values = [
        id.into(),
        row.path.into(),
        row.problem.into(),
        row.measure.into(),
        row.owner.into(),
        row.owner_person.into(),
        row.owner_unit.into(),
        row.due.to_string().into(),
        row.done_on.map(|d| d.to_string()).into(),
        row.evidence.into(),
        entry.into(),
    ];
    desk.insert("task_details", &columns, &values)?;
    Ok(())
}

/// 完成: with what shows it, not in the future.
pub fn finish(desk: &mut Desk, id: i64, on: Day, evidence: &str) -> Result<Outcome<()>> {
    let task = list(desk, "t.id = $1", vec![id.into()])?.pop().ok_or_else(|| Error::NotFound("这项任务".into()))?;
    let source = source(desk);
    let mut found = Vec::new();
    if task.done_on.is_some() {
        found.push(refusal("done-already", "这项任务已经完成".into(), &source, "无须再填"));
    }
    if evidence.trim().is_empty() {
        found.push(refusal("no-evidence", "没有写明完成的佐证".into(), &source, "写明做到了什么程度、凭什么看得出"));
    }
    if on > desk.today {
        found.push(refusal("day-ahead", format!("完成日期 {on} 还没有到"), &source, "完成以后再填"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let entry = desk.record(Happened { act: "task.finish", subject: "organisation", number: Some(task.unit), says: format!("完成任务：{}（{on}）", task.problem) })?;
    desk.execute("update task_details set superseded = $1 where task = $2 and superseded is null", &[entry.into(), id.into()])?;
    let row = Details {
        path: task.path,
        problem: task.problem,
        measure: task.measure,
        owner: task.owner,
        owner_person: task.owner_person,
        owner_unit: task.owner_unit,
        due: task.due,
        done_on: Some(on),
        evidence: evidence.trim().into(),
    };
    write(desk, id, row, entry)?;
    Ok(Outcome::Done(()))
}

/// The plan of one matter.
pub fn of_matter(desk: &Desk, matter: Id<Matter>) -> Result<Vec<Task>> {
    list(desk, "t.matter = $1", vec![matter.number().into()])
}

/// The plans of all matters of an institution and year.
pub fn of_institution(desk: &Desk, institution: &str, year: i64) -> Result<Vec<Task>> {
    list(desk, "t.matter in (select m.id from matters m where m.institution = $1 and m.year = $2)", vec![institution.into(), year.into()])
}

/// Every line that this desk may see, soonest first: of the organisations' own lists and of plans alike.
pub fn all(desk: &Desk) -> Result<Vec<Task>> {
    let (low, high) = match desk.actor.own_path() {
        None if desk.actor.whole() => ("/".to_owned(), "0".to_owned()),
        Some(path) => (path.to_owned(), format!("{}0", path.trim_end_matches('/'))),
        None => return Ok(vec![]),
    };
    list(desk, "d.path >= $1 and d.path < $2", vec![low.into(), high.into()])
}

/// 我的: what whoever sits at the desk answers for, in person or for their organisation; open ones and those of late, soonest
/// first.
pub fn mine(desk: &Desk) -> Result<Vec<Task>> {
    let mut tests = Vec::new();
    let mut params = Vec::new();
    if let Some(person) = desk.actor.person {
        tests.push(format!("d.owner_person = {person}"));
    }
    if let (Some(path), Role::UnitHr | Role::Leader | Role::Liaison | Role::CommunityWorker | Role::BranchSecretary) = (desk.actor.own_path(), desk.actor.role) {
        let known = desk.question_of_rows().known_filter("o");
        tests.push(format!("d.owner_unit in (select o.organisation from organisation_details o where o.path = $1 and {known})"));
        params.push(path.into());
    }
    if tests.is_empty() {
        return Ok(vec![]);
    }
    list(desk, &tests.join(" or "), params)
}

fn list(desk: &Desk, test: &str, params: Vec<store::Param>) -> Result<Vec<Task>> {
    let mut known = desk.question_of_rows().known_filter("d");
    if desk.day() < desk.today {
        // Of a day that is past: what stood on the lists by then.
        known.push_str(&format!(" and exists (select 1 from journal j where j.id = t.entered and substr(j.at, 1, 10) <= '{}')", desk.day()));
    }
    let sql = format!(
        "select t.id, t.unit, t.matter, d.path, d.problem, d.measure, d.owner, d.due, d.done_on, d.evidence,
                d.owner_person, d.owner_unit, m.institution
           from tasks t join task_details d on d.task = t.id and {known} left join matters m on m.id = t.matter where ({test}) order by d.due, t.id"
    );
    let rows = desk.rows(&sql, &params)?;
    let corrupt = |row: &store::Row, column| Error::Corrupt { table: "task_details", row: row.int(0), column };
    rows.iter()
        .map(|r| {
            let due = r.text(7).parse().map_err(|_| corrupt(r, "due"))?;
            let done_on = r.opt_text(8).map(|t| t.parse().map_err(|_| corrupt(r, "done_on"))).transpose()?;
            Ok(Task {
                id: r.int(0),
                unit: r.int(1),
                matter: r.opt_int(2),
                path: r.text(3).into(),
                problem: r.text(4).into(),
                measure: r.text(5).into(),
                owner: r.text(6).into(),
                due,
                done_on,
                evidence: r.text(9).into(),
                light: Light::of(due, done_on, desk.day(), rules(desk, r.opt_text(12)).map_or(0, |r| r.soon_days)),
                owner_person: r.opt_int(10),
                owner_unit: r.opt_int(11),
                institution: r.opt_string(12),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::day;

    #[test]
    fn the_light_is_read_from_date_and_completion() {
        let today = day!(2026 - 06 - 10);
        let light = |due, done| Light::of(due, done, today, 15);
        assert_eq!(light(day!(2026 - 06 - 09), None), Light::Red);
        assert_eq!(light(day!(2026 - 06 - 10), None), Light::Yellow);
        assert_eq!(light(day!(2026 - 06 - 25), None), Light::Yellow);
        assert_eq!(light(day!(2026 - 06 - 26), None), Light::Green);
        assert_eq!(light(day!(2026 - 06 - 01), Some(day!(2026 - 06 - 09))), Light::Done);
        assert_eq!(light(day!(2026 - 06 - 01), Some(day!(2026 - 06 - 12))), Light::Red, "of a day before it was done");
    }
}
