//! 任务清单: problems with measures, owners and dates. Red, yellow and green are read from dates and evidence.

use crate::duty::refusal;
use crate::matter::Matter;
use crate::{Error, Result};
use registry::desk::Happened;
use registry::{Desk, Organisation, organisation};
use vocabulary::{Citation, Day, Findings, Id, Outcome};

/// How many days before its date a task turns yellow.
const SOON: i64 = 15;

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

    pub fn of(due: Day, done_on: Option<Day>, today: Day) -> Light {
        match done_on {
            Some(_) => Light::Done,
            None if due < today => Light::Red,
            None if due <= today.plus_days(SOON) => Light::Yellow,
            None => Light::Green,
        }
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

/// What the lists go by.
pub fn source() -> Citation {
    Citation { document: "青云县重点任务清单管理办法（演示）".into(), article: None, item: None }
}

pub fn add(desk: &mut Desk, new: &NewTask) -> Result<Outcome<i64>> {
    let unit = organisation::find(desk, new.unit)?;
    let mut found = Vec::new();
    for (text, label) in [(&new.problem, "问题"), (&new.measure, "措施"), (&new.owner, "责任人")] {
        if text.trim().is_empty() {
            found.push(refusal("task-incomplete", format!("没有填写{label}"), &source(), "一项任务要有问题、措施、责任人和时限"));
        }
    }
    if new.due < desk.today {
        found.push(refusal("due-past", format!("时限 {} 已经过去", new.due), &source(), "写今天以后的日期"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}任务清单加入：{}（{}，{}前）", unit.short_name, new.problem.trim(), new.owner.trim(), new.due);
    let entry = desk.record(Happened { act: "task.add", subject: "organisation", number: Some(new.unit.number()), says })?;
    let id = desk.insert("tasks", &["unit", "matter", "entered"], &[new.unit.number().into(), new.matter.map(|m| m.number()).into(), entry.into()])?;
    write(desk, id, &unit.path, (&new.problem, &new.measure, &new.owner), new.due, None, "", entry)?;
    Ok(Outcome::Done(id))
}

#[allow(clippy::too_many_arguments, reason = "the columns of one row")]
fn write(desk: &mut Desk, id: i64, path: &str, texts: (&str, &str, &str), due: Day, done: Option<Day>, evidence: &str, entry: i64) -> Result<()> {
    let columns = ["task", "path", "problem", "measure", "owner", "due", "done_on", "evidence", "entered"];
    let values = [id.into(), path.into(), texts.0.trim().into(), texts.1.trim().into(), texts.2.trim().into(), due.to_string().into(), done.map(|d| d.to_string()).into(), evidence.trim().into(), entry.into()];
    desk.insert("task_details", &columns, &values)?;
    Ok(())
}

/// 完成: with what shows it, not in the future.
pub fn finish(desk: &mut Desk, id: i64, on: Day, evidence: &str) -> Result<Outcome<()>> {
    let task = list(desk, "t.id = $1", vec![id.into()])?.pop().ok_or_else(|| Error::NotFound("这项任务".into()))?;
    let mut found = Vec::new();
    if task.done_on.is_some() {
        found.push(refusal("done-already", "这项任务已经完成".into(), &source(), "无须再填"));
    }
    if evidence.trim().is_empty() {
        found.push(refusal("no-evidence", "没有写明完成的佐证".into(), &source(), "写明做到了什么程度、凭什么看得出"));
    }
    if on > desk.today {
        found.push(refusal("day-ahead", format!("完成日期 {on} 还没有到"), &source(), "完成以后再填"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let entry = desk.record(Happened { act: "task.finish", subject: "organisation", number: Some(task.unit), says: format!("完成任务：{}（{on}）", task.problem) })?;
    desk.execute("update task_details set superseded = $1 where task = $2 and superseded is null", &[entry.into(), id.into()])?;
    write(desk, id, &task.path, (&task.problem, &task.measure, &task.owner), task.due, Some(on), evidence, entry)?;
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

fn list(desk: &Desk, test: &str, params: Vec<store::Param>) -> Result<Vec<Task>> {
    let known = desk.question_of_rows().known_filter("d");
    let sql = format!(
        "select t.id, t.unit, t.matter, d.path, d.problem, d.measure, d.owner, d.due, d.done_on, d.evidence
           from tasks t join task_details d on d.task = t.id and {known} where {test} order by d.due, t.id"
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
                light: Light::of(due, done_on, desk.day()),
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
        let light = |due, done| Light::of(due, done, today);
        assert_eq!(light(day!(2026 - 06 - 09), None), Light::Red);
        assert_eq!(light(day!(2026 - 06 - 10), None), Light::Yellow);
        assert_eq!(light(day!(2026 - 06 - 25), None), Light::Yellow);
        assert_eq!(light(day!(2026 - 06 - 26), None), Light::Green);
        assert_eq!(light(day!(2026 - 06 - 01), Some(day!(2026 - 06 - 09))), Light::Done);
    }
}
