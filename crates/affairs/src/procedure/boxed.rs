//! 票箱与步骤: a step that is counted from a secret vote. What came out of the box stands over whatever was typed.

use super::gate::refusal;
use super::line::{Lines, is_asked, takes_roll};
use super::recorded::Recorded;
use super::{Missing, MissingKind, Vote, step};
use crate::ballot::{self, Asked, Ballot, Opening, Roll, Shown};
use crate::{Fields, Item, Procedure, Result};
use institution::Step;
use institution::procedure::StepBallot;
use registry::{Account, Desk, person, post};
use vocabulary::{Finding, Findings, Id, Outcome};

/// The ballot of a step; of several the last.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Boxed {
    pub ballot: Id<Ballot>,
    pub title: String,
    pub closed: bool,
    /// What it came to, line by line, as texts by fact id; empty while it is open, and where the rule of the vote keeps
    /// the counts back.
    pub counted: Vec<(Id<Item>, Fields)>,
}

/// A vote that could be opened at the present step.
#[derive(Clone, Debug)]
pub struct Boxing {
    pub opening: Opening,
    /// 民主推荐（会议推荐）
    pub kind: String,
    /// The roll of the meeting says who votes; else whoever opens it does.
    pub by_roll: bool,
}

/// Reads what the boxes of this procedure say into its steps.
pub(crate) fn read(desk: &Desk, recorded: &mut Recorded) -> Result<()> {
    if recorded.institution.steps.iter().all(|s| s.ballot.is_none()) {
        return Ok(());
    }
    let sql = "select id, step from ballots where procedure = $1 order by id";
    for row in desk.rows(sql, &[recorded.id.number().into()])? {
        let Some(at) = recorded.at(row.text(1)) else { continue };
        let boxed = of(desk, &recorded.institution.steps[at], Id::new(row.int(0)))?;
        recorded.steps[at].boxed = Some(boxed);
    }
    for entered in &mut recorded.steps {
        let votes: Vec<Vote> = entered.boxed.iter().flat_map(|b| &b.counted).filter_map(|(item, fields)| vote(*item, fields)).collect();
        entered.votes.retain(|v| !votes.iter().any(|counted| counted.item == v.item));
        entered.votes.extend(votes);
    }
    Ok(())
}

fn vote(item: Id<Item>, fields: &Fields) -> Option<Vote> {
    let count = |fact: &str| fields.get(fact)?.parse().ok();
    Some(Vote { item, agree: count("vote.agree")?, against: count("vote.against")?, defer: count("vote.defer")? })
}

fn of(desk: &Desk, step: &Step, id: Id<Ballot>) -> Result<Boxed> {
    let found = ballot::find(desk, id)?;
    let mut boxed = Boxed { ballot: id, title: found.title.clone(), closed: found.closed.is_some(), counted: vec![] };
    let (Some(rule), Some(closed), Some(published)) = (&step.ballot, found.closed, ballot::publish(desk, id)?) else { return Ok(boxed) };
    let at = desk.one("select at from journal where id = $1", &[closed.into()])?;
    let day = at.text(0).get(..10).unwrap_or_default().to_owned();
    for (item, row) in found.items.iter().zip(&published.items) {
        if let Some(line) = item.line {
            boxed.counted.push((line, facts(desk, rule, &row.shown, &day)));
        }
    }
    Ok(boxed)
}

fn facts(desk: &Desk, rule: &StepBallot, shown: &Shown, day: &str) -> Fields {
    let id = |fact: usize| desk.dictionary().facts[fact].id.to_string();
    let mut fields: Fields = rule.sets.iter().map(|(fact, value)| (id(*fact), value.to_string())).collect();
    fields.extend(rule.day.map(|fact| (id(fact), day.to_owned())));
    if let Shown::Counts(counts) = shown {
        fields.extend(rule.counts.iter().filter_map(|(answer, fact)| Some((id(*fact), counts.get(*answer)?.to_string()))));
        fields.extend(rule.valid.map(|fact| (id(fact), counts.iter().sum::<i64>().to_string())));
    }
    fields
}

/// A vote that goes on holds the step.
pub(crate) fn missing(recorded: &Recorded, at: usize, found: &mut Vec<Missing>) {
    let Some(boxed) = recorded.steps[at].boxed.as_ref().filter(|b| !b.closed) else { return };
    let says = format!("投票“{}”还没有结束", boxed.title);
    let finding = refusal("ballot-open", says, &recorded.institution.steps[at].source, "结束投票并开箱");
    found.push(Missing { kind: MissingKind::Meeting, item: None, name: None, finding });
}

/// Votes that somebody typed beside a box.
pub(crate) fn typed_beside(recorded: &Recorded, at: usize, votes: &[Vote]) -> Option<Finding> {
    let (boxed, step) = (recorded.steps[at].boxed.as_ref()?, &recorded.institution.steps[at]);
    let counted = |item| boxed.counted.iter().find(|(line, _)| *line == item).and_then(|(line, fields)| vote(*line, fields));
    let beside = votes.iter().any(|v| if boxed.closed { counted(v.item).is_some_and(|c| c != *v) } else { true });
    let next = if boxed.closed { "票数以开箱结果为准，不能改填" } else { "结束投票并开箱，票数由票箱计出" };
    beside.then(|| refusal("votes-from-box", format!("“{}”的票数由票箱“{}”计出", step.title, boxed.title), &step.source, next))
}

/// What a vote at the present step `step` would be about, and by whom.
pub fn boxing(desk: &Desk, id: Id<Procedure>, step: &str) -> Result<Outcome<Boxing>> {
    let recorded = Recorded::find(desk, id)?;
    let at = match step::present(desk, &recorded, step, None)? {
        Outcome::Done(at) => at,
        Outcome::Refused(findings) => return Ok(Outcome::Refused(findings)),
    };
    let (institution, here) = (recorded.institution, &recorded.institution.steps[at]);
    let refuse = |rule: &str, says: String, next: &str| Ok(Outcome::Refused(Findings::new(vec![refusal(rule, says, &here.source, next)])));
    let rule = here.ballot.as_ref().and_then(|b| institution.ballots.iter().find(|k| k.id == b.kind));
    let Some(rule) = rule else {
        return refuse("no-ballot", format!("“{}”不用票箱", here.title), "");
    };
    if let Some(boxed) = recorded.steps[at].boxed.as_ref().filter(|b| !b.closed) {
        return refuse("ballot-open", format!("投票“{}”还没有结束", boxed.title), "结束投票并开箱");
    }
    let lines = Lines::read(desk, &recorded, desk.today)?;
    let mut items = Vec::new();
    for line in recorded.open_lines().filter(|l| lines.get(l.id).is_some_and(|(_, all)| is_asked(here, l, all, desk))) {
        let name = person::find(desk, line.person)?.row.name;
        let proposed = match line.post {
            Some(seat) => format!("拟任{}", post::find(desk, seat)?.title),
            None => "拟免职".to_owned(),
        };
        items.push(Asked { person: Some(line.person), line: Some(line.id), label: format!("{name}（{proposed}）") });
    }
    let by_roll = takes_roll(here, desk);
    let voters = match by_roll {
        false => vec![],
        true if recorded.steps[at].roll.is_empty() => return refuse("roll-missing", "到会名单尚未登记".into(), "登记应到会成员、到会情况和回避，再发起投票"),
        true => {
            let (voters, without) = of_roll(desk, &recorded, at, &items)?;
            if !without.is_empty() {
                let says = format!("{}没有账户，不能在票箱里投票", without.join("、"));
                return refuse("ballot-no-account", says, "先开账户；或者用纸质选票，登记票数");
            }
            voters
        }
    };
    let opening = Opening {
        institution: institution.id.to_string(),
        kind: rule.id.to_string(),
        title: format!("{}（{}）", recorded.title, here.title),
        items,
        voters,
        procedure: Some((id, step.to_owned())),
    };
    Ok(Outcome::Done(Boxing { opening, kind: rule.title.to_string(), by_roll }))
}

/// Who is present and has an account; and the names of those who have none.
fn of_roll(desk: &Desk, recorded: &Recorded, at: usize, items: &[Asked]) -> Result<(Vec<Roll>, Vec<String>)> {
    let entered = &recorded.steps[at];
    let (mut voters, mut none) = (Vec::new(), Vec::new());
    for member in entered.roll.iter().filter(|m| m.present) {
        let sql = "select id from accounts where person = $1 and closed is null order by id";
        let account = member.person.map(|p| desk.first(sql, &[p.number().into()])).transpose()?.flatten();
        let Some(account) = account else {
            none.push(member.name.clone());
            continue;
        };
        let recused = |item: &Asked| entered.recusals.iter().any(|r| Some(r.item) == item.line && r.name == member.name);
        let without = items.iter().enumerate().filter(|(_, item)| recused(item)).map(|(at, _)| at).collect();
        voters.push(Roll { account: Id::<Account>::new(account.int(0)), group: String::new(), without });
    }
    Ok((voters, none))
}
