//! 说明与批准: what people answer to a finding before the discussion.

use super::gate::refusal;
use super::recorded::{Recorded, text_of};
use super::step::record;
use crate::known::state;
use crate::{Fields, Item, Procedure, Result};
use institution::FactSet;
use registry::Desk;
use vocabulary::{Day, Findings, Id, Outcome, Weight};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum AnswerKind {
    /// 一般规定不满足的理由
    #[serde(rename = "理由")]
    Reason,
    /// 上级批准
    #[serde(rename = "批准")]
    Approval,
    /// 补充事实: a missing fact is stated by people
    #[serde(rename = "补充事实")]
    Facts,
}

impl AnswerKind {
    pub fn says(self) -> &'static str {
        match self {
            AnswerKind::Reason => "理由",
            AnswerKind::Approval => "批准",
            AnswerKind::Facts => "补充事实",
        }
    }
    pub fn from_says(text: &str) -> Option<AnswerKind> {
        [AnswerKind::Reason, AnswerKind::Approval, AnswerKind::Facts]
            .into_iter()
            .find(|k| k.says() == text)
    }
}

/// One answer to one finding of one line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    pub item: Id<Item>,
    /// Id of the rule that is answered.
    pub rule: String,
    pub kind: AnswerKind,
    /// Who approved, or gave the reason.
    pub approver: String,
    pub reason: String,
    /// What is stated, for [`AnswerKind::Facts`].
    pub facts: Fields,
    pub on: Day,
}

/// Puts an answer on file. A new answer to the same finding takes the place of the old one, which stays readable.
pub fn answer(desk: &mut Desk, id: Id<Procedure>, answer: &Answer) -> Result<Outcome<()>> {
    let recorded = Recorded::find(desk, id)?;
    let line = recorded.line(answer.item)?;
    let mut found = Vec::new();
    let mut refuse =
        |rule: &str, says: String, next: &str| found.push(refusal(rule, says, &recorded.institution.source, next));
    if let Some(ended) = recorded.ended.as_ref().or(line.ended.as_ref()) {
        refuse(
            "procedure-ended",
            format!("已于 {} {}（{}）", ended.on, ended.kind, ended.actor),
            "",
        );
    }
    if answer.on > desk.today {
        refuse("day-to-come", format!("{} 还没有到", answer.on), "核对日期");
    }
    match answer.kind {
        AnswerKind::Facts if answer.facts.is_empty() => {
            refuse("facts-missing", "没有写明补充的事实".into(), "填写缺少的事实")
        }
        AnswerKind::Facts => {}
        _ if answer.reason.trim().is_empty() => refuse("reason-missing", "没有写明理由".into(), "写明理由"),
        AnswerKind::Approval if answer.approver.trim().is_empty() => {
            refuse("approver-missing", "没有写明批准机关".into(), "写明由谁批准");
        }
        _ => {}
    }
    let rule = recorded.institution.rules.iter().find(|r| *r.id == *answer.rule);
    if rule.is_none() && answer.kind != AnswerKind::Facts {
        refuse("no-such-rule", format!("没有规则 `{}`", answer.rule), "刷新页面");
    }
    if let (Some(rule), true) = (rule, answer.kind != AnswerKind::Facts)
        && rule.weight == Weight::Refuse
    {
        // A rule that refuses is met or it is not: a reason does not change it.
        let says = format!("“{}”不能以理由或批准代替", rule.says);
        found.push(refusal(
            &rule.id,
            says,
            &rule.source,
            rule.next.as_deref().unwrap_or(""),
        ));
    }
    let mut facts = FactSet::new(desk.dictionary());
    for why in state(desk.dictionary(), &mut facts, &answer.facts) {
        found.push(refusal(
            "facts-unreadable",
            why,
            &recorded.institution.source,
            "改正后再保存",
        ));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let name = registry::person::find(desk, line.person)?.row.name;
    let says = format!(
        "“{}”{name}：{}（{}）",
        recorded.title,
        answer.kind.says(),
        rule.map_or("", |r| &r.says)
    );
    let journal = record(desk, id, "procedure.answer", says)?;
    // Facts stated for one rule do not take back facts stated for another.
    let sql = "update procedure_answers set superseded = $1
                where procedure = $2 and item = $3 and rule = $4 and kind = $5 and superseded is null";
    let kind = answer.kind.says();
    let (item, rule) = (answer.item.number(), answer.rule.as_str());
    desk.execute(
        sql,
        &[
            journal.into(),
            id.number().into(),
            item.into(),
            rule.into(),
            kind.into(),
        ],
    )?;
    let values = [
        id.number().into(),
        item.into(),
        rule.into(),
        kind.into(),
        answer.approver.trim().into(),
        answer.reason.trim().into(),
        text_of(&answer.facts)?.into(),
        answer.on.to_string().into(),
        desk.actor.shown.as_str().into(),
        journal.into(),
    ];
    let columns = [
        "procedure",
        "item",
        "rule",
        "kind",
        "approver",
        "reason",
        "facts",
        "on_day",
        "actor",
        "entered",
    ];
    desk.insert("procedure_answers", &columns, &values)?;
    Ok(Outcome::Done(()))
}
