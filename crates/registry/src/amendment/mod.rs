//! 改动: one change to a record, of any part, by one of five verbs. Done in the transaction of its desk: a preview does
//! the very same and is not committed.

pub mod changed;
mod sentence;
pub mod undo;

use crate::desk::Happened;
use crate::part::held::{self, Held};
use crate::part::{self, Intended, Of, Part, Values, Verb, Whose};
use crate::{Desk, Error, Person, Result, consistency};
use store::Param;
use vocabulary::{Date, Finding, Findings, Id, Outcome, Weight};

/// What somebody wants changed.
#[derive(Clone)]
pub struct Amendment {
    pub part: &'static Part,
    /// Number 0: a new person, organisation or post.
    pub whose: Whose,
    pub verb: Verb,
    /// The row as she saw it; none for [`Verb::Add`].
    pub row: Option<i64>,
    /// What was typed; columns that are not there stay as they are.
    pub values: Values,
    /// The day from which it is otherwise, or no more.
    pub on: Option<Date>,
    /// 依据: the paper or the reason that it rests on.
    pub basis: String,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Made {
    /// Journal number.
    pub entry: i64,
    pub whose: Whose,
    /// What should be looked at; nothing of it forbids.
    pub findings: Findings,
}

/// Makes the change. `Err(Changed)` when the row is not any more what she saw.
pub fn make(desk: &mut Desk, amendment: &Amendment) -> Result<Outcome<Made>> {
    let part = amendment.part;
    let old = seen(desk, amendment)?;
    let mut whose = amendment.whose;
    let founds = whose.number == 0;
    let name = if founds { part.name_of(&amendment.values) } else { whose.name(desk)? };
    let before = said_against(desk, whose)?;

    let mut new = wanted(amendment, old.as_ref());
    if founds {
        // The number is needed before the row is complete: an organisation's path holds it. Its entry follows below.
        whose.number = desk.insert(whose.of.roots(), &["entered"], &[0.into()])?;
    }
    if amendment.verb != Verb::Withdraw {
        (part.own.complete)(desk, whose, &mut new)?;
    }
    let intended = Intended { part, whose, verb: amendment.verb, old: old.as_ref(), new: &new };
    let mut findings = formal(desk, amendment, &intended)?;
    findings.extend((part.own.check)(desk, &intended)?);
    if findings.iter().any(|f| f.weight == Weight::Refuse) {
        return refused(desk, founds, whose, findings);
    }

    let says = sentence::of(desk, amendment, &intended, &name)?;
    let act = format!("{}.{}", part.noun, amendment.verb.id());
    let entry = desk.record(Happened { act: &act, subject: whose.of.subject(), number: Some(whose.number), says })?;
    if founds {
        let sql = format!("update {} set entered = $1 where id = $2", whose.of.roots());
        desk.execute(&sql, &[entry.into(), whose.number.into()])?;
    }
    write(desk, amendment, &intended, entry)?;
    (part.own.follow)(desk, &intended, entry)?;
    held::touch(desk, whose)?;
    // What the part has said itself, or what comes up several times over, is told once.
    for finding in said_against(desk, whose)? {
        let said = before.iter().any(|b| b.rule == finding.rule && b.says == finding.says) || findings.iter().any(|f| f.rule == finding.rule);
        if !said {
            findings.push(finding);
        }
    }
    Ok(Outcome::Done(Made { entry, whose, findings: Findings::new(findings) }))
}

/// Nothing remains of a subject that was refused.
fn refused(desk: &mut Desk, founds: bool, whose: Whose, findings: Vec<Finding>) -> Result<Outcome<Made>> {
    if founds {
        desk.execute(&format!("delete from {} where id = $1", whose.of.roots()), &[whose.number.into()])?;
    }
    Ok(Outcome::Refused(Findings::new(findings)))
}

/// The row that she saw, when it still holds.
fn seen(desk: &Desk, amendment: &Amendment) -> Result<Option<Held>> {
    let Some(row) = amendment.row else { return Ok(None) };
    let old = held::find(desk, amendment.part, amendment.whose, row)?;
    if old.superseded.is_some() {
        return Err(Error::Changed(format!("这条{}记载", amendment.part.title)));
    }
    Ok(Some(old))
}

/// What the row is to say: the old one with what was typed over it.
fn wanted(amendment: &Amendment, old: Option<&Held>) -> Values {
    let mut new = old.map(|o| o.values.clone()).unwrap_or_default();
    new.extend(amendment.values.iter().map(|(c, v)| (*c, v.clone())));
    let on = amendment.on.map(|d| Param::from(d.to_string()));
    match (amendment.verb, on) {
        (Verb::End, Some(on)) => {
            new.insert("until_day", on);
        }
        (Verb::Change, Some(on)) if periods(amendment.part) => {
            new.insert("from_day", on);
            new.insert("until_day", Param::Null);
        }
        _ => {}
    }
    new
}

/// Does a change leave the old row behind with its end?
fn periods(part: &Part) -> bool {
    part.columns.contains(&"until_day") && part.columns.contains(&"from_day")
}

/// What every part asks alike.
fn formal(desk: &Desk, amendment: &Amendment, intended: &Intended) -> Result<Vec<Finding>> {
    let (part, verb) = (amendment.part, amendment.verb);
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(part::finding(Weight::Refuse, rule, says, next));
    if !part.verbs.contains(&verb) {
        refuse("verb-not-for-part", format!("{}不能{}", part.title, verb.says()), "改用别的办法");
    }
    if verb.needs_basis() && amendment.basis.trim().is_empty() {
        refuse("basis-missing", format!("{}须写明依据", verb.says()), "写明依据的材料或原因，如“档案原件”“录入错误”");
    }
    if verb.needs_day() && amendment.on.is_none() {
        refuse("day-missing", format!("{}须写明自何时起", verb.says()), "填写起始时间");
    }
    if matches!(verb, Verb::Add | Verb::Correct) {
        for (last, says) in part::reading::backwards(part, intended.new) {
            refuse("ends-before-it-begins", says, &format!("核对{}", part.field(last).map_or("时间", |f| f.label)));
        }
    }
    let old = intended.old.map(|o| &o.values);
    let day = |values: Option<&Values>, column: &str| -> Option<Date> { part::reading::shown(values?.get(column)).parse().ok() };
    if let (Some(on), Some(from), true) = (amendment.on, day(old, "from_day"), verb.needs_day())
        && on.latest() < from.earliest()
    {
        refuse("ends-before-it-begins", format!("{}时间 {on} 早于起始时间 {from}", verb.says()), "核对时间");
    }
    if let (Verb::End, Some(until)) = (verb, day(old, "until_day")) {
        refuse("already-ended", format!("已于 {until} 截止"), "时间记错了就更正");
    }
    if let (Some(old), Verb::Correct | Verb::Change) = (intended.old, verb) {
        let same = |c: &str| old.values.get(c).unwrap_or(&Param::Null) == intended.new.get(c).unwrap_or(&Param::Null);
        let day_alone = |c: &str| verb == Verb::Change && ["from_day", "until_day"].contains(&c);
        if part.columns.iter().all(|c| day_alone(c) || same(c)) {
            refuse("nothing-changes", "没有改动任何内容".into(), "改了内容再保存");
        }
    }
    if verb == Verb::Add && !part.single {
        let typed = |h: &Held| part.fields.iter().filter(|f| f.column != "order_no").all(|f| h.values.get(f.column).unwrap_or(&Param::Null) == intended.new.get(f.column).unwrap_or(&Param::Null));
        if held::of(desk, part, intended.whose)?.iter().any(typed) {
            refuse("already-recorded", format!("已有同样的一条{}记载", part.title), "不必重复登记");
        }
    }
    Ok(found)
}

fn write(desk: &mut Desk, amendment: &Amendment, intended: &Intended, entry: i64) -> Result<()> {
    let (part, whose) = (intended.part, intended.whose);
    let Some(old) = intended.old else {
        held::insert(desk, part, whose, intended.new, entry, None)?;
        return Ok(());
    };
    held::supersede(desk, part, whose, old.id, entry)?;
    match amendment.verb {
        Verb::Withdraw => {}
        Verb::Change if periods(part) => {
            let mut ended = old.values.clone();
            ended.insert("until_day", intended.new.get("from_day").cloned().unwrap_or(Param::Null));
            held::insert(desk, part, whose, &ended, entry, Some(old.id))?;
            held::insert(desk, part, whose, intended.new, entry, None)?;
        }
        _ => {
            held::insert(desk, part, whose, intended.new, entry, Some(old.id))?;
        }
    }
    Ok(())
}

/// 三龄两历一身份 before and after: what a change brings up is told with it.
fn said_against(desk: &Desk, whose: Whose) -> Result<Vec<Finding>> {
    if whose.of != Of::Person || whose.number == 0 {
        return Ok(vec![]);
    }
    match consistency::check(desk, Id::<Person>::new(whose.number)) {
        Ok(findings) => Ok(findings.into_iter().filter(|f| f.weight == Weight::Warn).collect()),
        Err(Error::NotFound(_)) => Ok(vec![]),
        Err(error) => Err(error),
    }
}
