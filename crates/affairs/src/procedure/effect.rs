//! 生效: what a completed step changes in the registry, in the same transaction.

use super::line::Lines;
use super::recorded::{self, Line, Recorded};
use crate::{Error, Item, Procedure, Result};
use institution::FactSet;
use registry::rows::{RankHeld, Tenure};
use registry::tenure::Appointment;
use registry::{Desk, dated, post, tenure};
use vocabulary::{Date, Day, Finding, Id, Outcome, Value};

/// A tenure that the procedure began, ended or confirmed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Effected {
    pub item: Id<Item>,
    pub step: String,
    /// `任职`, `免职`, `转正`, `不胜任免职`
    pub kind: String,
    pub tenure: i64,
    pub on: Day,
}

/// What the procedure has changed in the registry so far.
pub fn effects(desk: &Desk, id: Id<Procedure>) -> Result<Vec<Effected>> {
    let sql = "select item, step, kind, tenure, on_day from procedure_effects where procedure = $1 order by id";
    desk.rows(sql, &[id.number().into()])?
        .iter()
        .map(|row| {
            Ok(Effected {
                item: Id::new(row.int(0)),
                step: row.text(1).to_owned(),
                kind: row.text(2).to_owned(),
                tenure: row.int(3),
                on: recorded::day(row, 4, "procedure_effects", "on_day")?,
            })
        })
        .collect()
}

/// 任职起算日 of a line: what the institution derives from the authority that appoints. A line that only removes ends on
/// the same day as the decision it is in.
pub(crate) fn begins(desk: &Desk, facts: &FactSet) -> Option<Day> {
    date(desk, facts, "tenure.begins")
}

fn date(desk: &Desk, facts: &FactSet, id: &str) -> Option<Day> {
    match facts.get(desk.dictionary().fact(id)?.index)? {
        Value::Date(date) => date.exact(),
        _ => None,
    }
}

/// What forbids the appointment: no day, a day to come, a seat taken, an end before its beginning. Asked before anything
/// is written, because a refusal writes nothing.
pub(crate) fn hindrances(
    desk: &Desk,
    recorded: &Recorded,
    lines: &Lines,
    refuse: &dyn Fn(&str, String, &str) -> Finding,
) -> Result<Vec<(Option<Id<Item>>, Finding)>> {
    let mut found = Vec::new();
    for line in recorded.open_lines() {
        let Some((_, facts)) = lines.get(line.id) else { continue };
        match begins(desk, facts) {
            None => found.push((
                Some(line.id),
                refuse(
                    "tenure-begins",
                    "任职起算日还不能确定".into(),
                    "填写任职决定方式和相应日期",
                ),
            )),
            Some(day) if day > desk.today => {
                let says = format!("任职起算日 {day} 还没有到");
                found.push((Some(line.id), refuse("tenure-begins", says, "到那一天再办理")));
            }
            Some(day) => {
                for held in dated::of::<Tenure>(desk, line.person)?
                    .iter()
                    .filter(|t| line.leaves.contains(&t.id))
                {
                    if held.row.from_day.earliest() > day {
                        let says = format!("拟免的{}自 {} 起任，晚于 {day}", held.row.title, held.row.from_day);
                        found.push((
                            Some(line.id),
                            refuse("ends-before-it-begins", says, "核对拟免职务和日期"),
                        ));
                    }
                }
                let still = dated::of::<Tenure>(desk, line.person)?;
                for gone in line
                    .leaves
                    .iter()
                    .filter(|id| !still.iter().any(|t| t.id == **id && t.row.until_day.is_none()))
                {
                    let says = format!("拟免的职务（任职记录 {gone}）已被修改或已免去");
                    found.push((Some(line.id), refuse("leaves-changed", says, "撤回这一行，重新提出")));
                }
            }
        }
    }
    found.extend(seats(desk, recorded, refuse)?);
    Ok(found)
}

fn seats(
    desk: &Desk,
    recorded: &Recorded,
    refuse: &dyn Fn(&str, String, &str) -> Finding,
) -> Result<Vec<(Option<Id<Item>>, Finding)>> {
    let mut found = Vec::new();
    let lines: Vec<&Line> = recorded.open_lines().collect();
    let leaving: Vec<i64> = lines.iter().flat_map(|l| l.leaves.iter().copied()).collect();
    for line in &lines {
        let Some(id) = line.post else { continue };
        let seat = post::find(desk, id)?;
        let staying: Vec<_> = post::holders(desk, &[id])?
            .into_iter()
            .filter(|h| !leaving.contains(&h.tenure))
            .collect();
        // Of several lines for one post, the later ones find the seats of the earlier ones taken.
        let before = lines
            .iter()
            .filter(|l| l.post == Some(id) && l.order_no <= line.order_no)
            .count() as i64;
        if staying.iter().any(|h| h.person == line.person) {
            found.push((
                Some(line.id),
                refuse(
                    "already-holds-the-post",
                    format!("本人已任{}", seat.title),
                    "撤回这一行",
                ),
            ));
        } else if staying.len() as i64 + before > seat.seats {
            let names: Vec<&str> = staying.iter().map(|h| h.name.as_str()).collect();
            let says = format!(
                "{}职数为 {}，现任{}，没有空缺",
                seat.title,
                seat.seats,
                names.join("、")
            );
            found.push((Some(line.id), refuse("no-seat-left", says, "先免去现任，或先调整职数")));
        }
    }
    Ok(found)
}

/// 任职: ends what is left and begins what is new, all lines in one go. [`hindrances`] was empty.
pub(crate) fn appoint(desk: &mut Desk, recorded: &Recorded, lines: &Lines, step: &str, paper: &str) -> Result<()> {
    let mut days = Vec::new();
    for line in recorded.open_lines() {
        let facts = lines
            .get(line.id)
            .map(|(_, all)| all)
            .ok_or_else(|| Error::Undone("方案的行不在".into()))?;
        let day = begins(desk, facts).ok_or_else(|| Error::Undone("任职起算日不明".into()))?;
        days.push((line, day, facts.clone()));
    }
    for (line, day, _) in &days {
        let reason = if line.reason.is_empty() {
            "职务调整"
        } else {
            &line.reason
        };
        for left in &line.leaves {
            let ended = whole(tenure::end(desk, line.person, *left, *day, paper, reason)?)?;
            effected(desk, recorded.id, step, line.id, "免职", ended, *day)?;
        }
    }
    for (line, day, facts) in &days {
        let Some(seat) = line.post.map(|id| post::find(desk, id)).transpose()? else {
            continue;
        };
        let text = |id: &str| {
            desk.dictionary()
                .fact(id)
                .and_then(|f| facts.get(f.index))
                .and_then(Value::as_text)
        };
        let promoted = text("proposal.step").is_some_and(|step| is_promotion(desk, step));
        let elected = text("appointment.by") == Some("选举");
        let probation = (seat.probation && promoted && !elected)
            .then(|| date(desk, facts, "probation.ends").unwrap_or_else(|| day.plus_months(12)));
        let keeps_main = tenure::current(desk, line.person)?.iter().any(|t| t.row.main);
        let appointment = Appointment {
            person: line.person,
            post: seat.id,
            from: *day,
            paper: paper.to_owned(),
            way: Some(if elected { "选任" } else { "委任" }.into()),
            probation_until: probation,
            main: !keeps_main,
        };
        let begun = whole(tenure::begin(desk, &appointment)?)?;
        effected(desk, recorded.id, step, line.id, "任职", begun, *day)?;
    }
    Ok(())
}

/// 提任, as the code table of 拟任类型 groups it.
pub(crate) fn is_promotion(desk: &Desk, step: &str) -> bool {
    desk.dictionary()
        .table("proposal_step")
        .is_some_and(|t| t.within("提任").contains(&step))
}

/// 转正 of the lines that are still open; those that end with this step lose the post they tried
/// （试用期满不胜任的，免去试任职务，一般按试任前层次安排：条例第四十二条）.
pub(crate) fn confirm(desk: &mut Desk, recorded: &Recorded, step: &str, failed: &[Id<Item>], on: Day) -> Result<()> {
    let begun: Vec<Effected> = recorded.effects.iter().filter(|e| e.kind == "任职").cloned().collect();
    for effect in begun {
        let line = recorded.line(effect.item)?;
        if failed.contains(&effect.item) {
            let ended = whole(tenure::end(
                desk,
                line.person,
                effect.tenure,
                on,
                "",
                "试用期考核不胜任",
            )?)?;
            effected(desk, recorded.id, step, effect.item, "不胜任免职", ended, on)?;
            former_level(desk, line, effect.on, on)?;
        } else if line.ended.is_none() {
            effected(desk, recorded.id, step, effect.item, "转正", effect.tenure, on)?;
        }
    }
    Ok(())
}

/// The level that began with the tried post ends; the one before it goes on.
fn former_level(desk: &mut Desk, line: &Line, began: Day, on: Day) -> Result<()> {
    let held = dated::of::<RankHeld>(desk, line.person)?;
    let levels = || held.iter().filter(|r| r.row.ladder == "职务层次");
    let tried = levels().find(|r| r.row.until_day.is_none() && r.row.from_day == Date::from(began));
    let former = levels().find(|r| r.row.until_day == Some(Date::from(began)));
    let (Some(tried), Some(former)) = (tried, former) else {
        return Ok(());
    };
    let entry = desk.record(registry::desk::Happened {
        act: "rank.return",
        subject: "person",
        number: Some(line.person.number()),
        says: format!("试用期考核不胜任，职务层次恢复为{}", former.row.rank),
    })?;
    let mut ended = tried.row.clone();
    ended.until_day = Some(on.into());
    dated::replace(desk, tried.id, line.person, &ended, entry)?;
    let again = RankHeld {
        from_day: on.into(),
        until_day: None,
        paper: None,
        ..former.row.clone()
    };
    dated::add(desk, line.person, &again, entry)?;
    Ok(())
}

/// A refusal at this point would leave half of the slate written: the whole transaction goes back instead.
fn whole(outcome: Outcome<i64>) -> Result<i64> {
    match outcome {
        Outcome::Done(number) => Ok(number),
        Outcome::Refused(findings) => {
            let says: Vec<String> = findings.into_iter().map(|f| f.says).collect();
            Err(Error::Undone(says.join("；")))
        }
    }
}

fn effected(
    desk: &mut Desk,
    id: Id<Procedure>,
    step: &str,
    item: Id<Item>,
    kind: &str,
    tenure: i64,
    on: Day,
) -> Result<()> {
    let entry = recorded::head(desk, id)?;
    let values = [
        id.number().into(),
        step.into(),
        item.number().into(),
        kind.into(),
        tenure.into(),
        on.to_string().into(),
        entry.into(),
    ];
    desk.insert(
        "procedure_effects",
        &["procedure", "step", "item", "kind", "tenure", "on_day", "entered"],
        &values,
    )?;
    Ok(())
}
