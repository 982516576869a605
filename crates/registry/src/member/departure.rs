//! 离开: a membership ends here: transferred out of the county, left or removed from the party, deceased.

use super::{Kept, find, holding, refusal};
use crate::amendment::{self, Amendment};
use crate::desk::Happened;
use crate::part::{self, Of, Values, Verb, Whose, held};
use crate::{Branch, Desk, Error, Member, Person, Result};
use std::sync::Arc;
use store::Param;
use vocabulary::{Day, Findings, Id, Outcome};

/// How a membership ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Code membership_ending.
    pub ending: String,
    /// First day on which it is no more.
    pub on: Day,
    /// 文号
    pub document: String,
}

/// Who was of a branch and is no more.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Departed {
    pub name: String,
    pub ending: String,
    pub on: String,
    pub document: Option<String>,
}

/// 出党: the group of endings after which nobody is a party member on record.
const OUT: &str = "出党";
/// The group of endings that rest on no paper of the party's.
const NO_PAPER: &str = "无须文号";
/// 政治面貌 of who is in no party.
const NO_PARTY: &str = "群众";

fn groups(desk: &Desk, ending: &str) -> Option<Vec<Arc<str>>> {
    desk.dictionary().table("membership_ending")?.values.iter().find(|v| *v.name == *ending).map(|v| v.groups.clone())
}

/// 终止: the membership and its seats end on that day; who left the party is no party member on record from then on.
pub fn end(desk: &mut Desk, id: Id<Member>, departure: &Departure) -> Result<Outcome<()>> {
    let who = find(desk, id)?;
    let (on, document) = (departure.on, departure.document.trim());
    let groups = groups(desk, &departure.ending);
    let is = |group: &str| groups.iter().flatten().any(|g| **g == *group);
    let mut found = Vec::new();
    if groups.is_none() {
        found.push(refusal("ending", "没有选择终止的原因".into(), "从列表中选择"));
    }
    if document.is_empty() && !is(NO_PAPER) {
        found.push(refusal("document", "没有填写文号".into(), "写介绍信编号，或上级党委批复、处分决定的文号"));
    }
    // 退党、除名、开除 are decided above the branch and change what is on record of the person.
    if is(OUT) && !desk.actor.may_write() {
        found.push(refusal("office", format!("{}由组织部凭批复登记", departure.ending), "把批复报组织部"));
    }
    if on > desk.today {
        found.push(refusal("day-ahead", format!("日期 {on} 还没有到"), "到了那一天再登记"));
    }
    if on.to_string() <= who.from_day {
        found.push(refusal("before-last", format!("日期 {on} 不在现在这条记录的 {} 之后", who.from_day), "核对日期"));
    }
    if desk.first("select id from member_transfers where member = $1 and received_on is null and refused is null and superseded is null", &[id.number().into()])?.is_some() {
        found.push(refusal("transfer-under-way", format!("{}的组织关系正在转接，尚未接收", who.name), "由接收方接收或退回以后再登记"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    if is(OUT)
        && let Some(findings) = leaves_the_party(desk, who.person, on, &format!("{}，{document}", departure.ending))?
    {
        return Ok(Outcome::Refused(findings));
    }
    let paper = if document.is_empty() { String::new() } else { format!("，{document}") };
    let says = format!("{}的组织关系终止：{}（{on}{paper}）", who.name, departure.ending);
    let entry = desk.record(Happened { act: "member.end", subject: "branch", number: Some(who.branch.number()), says })?;
    let (old, from, kept) = holding(desk, id)?;
    desk.execute("update member_details set superseded = $1 where id = $2", &[entry.into(), old.into()])?;
    let kept = Kept { ending: Some(departure.ending.clone()), document: Some(document.to_owned()).filter(|d| !d.is_empty()), ..kept };
    kept.write(desk, id.number(), &from, Some(&on.to_string()), Some(old), entry)?;
    crate::branch::unseat(desk, None, Some(who.person), on, entry)?;
    Ok(Outcome::Done(()))
}

/// 政治面貌 on record: what the party's was ends, and the person is in no party. What stands against it, if anything does.
fn leaves_the_party(desk: &mut Desk, person: Id<Person>, on: Day, basis: &str) -> Result<Option<Findings>> {
    let Some(of_party) = part::find(Of::Person, "memberships") else { return Ok(None) };
    let whose = Whose::person(person);
    let ours = |party: &str| desk.dictionary().table("party").is_some_and(|t| t.values.iter().any(|v| *v.name == *party && v.groups.iter().any(|g| **g == *"中共")));
    let text = |values: &Values, column: &str| part::reading::shown(values.get(column));
    let rows: Vec<_> = held::of(desk, of_party, whose)?.into_iter().filter(|row| text(&row.values, "until_day").is_empty() && ours(&text(&row.values, "party"))).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    for row in &rows {
        let ending = Amendment { part: of_party, whose, verb: Verb::End, row: Some(row.id), values: Values::new(), on: Some(on.into()), basis: basis.to_owned() };
        if let Outcome::Refused(findings) = amendment::make(desk, &ending)? {
            return Ok(Some(findings));
        }
    }
    let values = Values::from([("party", Param::from(NO_PARTY)), ("from_day", Param::from(on.to_string()))]);
    let after = Amendment { part: of_party, whose, verb: Verb::Add, row: None, values, on: None, basis: basis.to_owned() };
    match amendment::make(desk, &after)? {
        Outcome::Done(_) => Ok(None),
        // What was ended above goes back with the transaction.
        Outcome::Refused(findings) => Err(Error::Wrong(findings.into_iter().map(|f| f.says).collect::<Vec<_>>().join("；"))),
    }
}

/// Who left this branch for good, latest first.
pub fn departed(desk: &Desk, branch: Id<Branch>) -> Result<Vec<Departed>> {
    let question = desk.question_of_rows();
    let (known, d) = (question.known_filter("n"), question.known_filter("d"));
    let sql = format!(
        "select n.name, d.ending, d.until_day, d.document from member_details d
           join members m on m.id = d.member join person_details n on n.person = m.person and {known}
          where d.branch = $1 and d.ending is not null and d.until_day <= $2 and {d} order by d.until_day desc, d.id desc limit 50"
    );
    let rows = desk.rows(&sql, &[branch.number().into(), desk.day().to_string().into()])?;
    Ok(rows.iter().map(|r| Departed { name: r.text(0).into(), ending: r.text(1).into(), on: r.text(2).into(), document: r.opt_string(3) }).collect())
}
