//! 会议: roll, recusals and votes must be there and must agree before a decision counts.

use super::gate::refusal;
use super::line::{Lines, is_asked, takes_roll, takes_votes};
use super::recorded::{Entered, Recorded};
use super::{Missing, MissingKind, vote};
use crate::{Item, Result};
use institution::Step;
use registry::Desk;
use vocabulary::Id;

/// Roll, recusals and votes of a step that takes them.
pub(crate) fn missing(
    desk: &Desk,
    recorded: &Recorded,
    lines: &Lines,
    step: &Step,
    entered: &Entered,
    found: &mut Vec<Missing>,
) -> Result<()> {
    let mut push = |item: Option<Id<Item>>, rule: &str, says: String, next: &str| {
        let finding = refusal(rule, says, &step.source, next);
        found.push(Missing {
            kind: MissingKind::Meeting,
            item,
            name: None,
            finding,
        });
    };
    if takes_roll(step, desk) && entered.roll.is_empty() {
        push(
            None,
            "roll-missing",
            "到会名单尚未登记".into(),
            "登记应到会成员和到会情况",
        );
    }
    for hint in vote::concerned(desk, recorded, &entered.roll)? {
        let there = entered.roll.iter().any(|m| m.name == hint.name && m.present);
        let recused = entered
            .recusals
            .iter()
            .any(|r| r.item == hint.item && r.name == hint.name);
        if there && !recused {
            let says = format!("讨论涉及{}（{}），{}应当回避", hint.name, hint.reason, hint.name);
            push(
                Some(hint.item),
                "meeting-recusal",
                says,
                "登记回避；仅是同名的，核对家庭成员记录",
            );
        }
    }
    if !takes_votes(step, desk) {
        return Ok(());
    }
    let boxed = |item| entered.boxed.iter().flat_map(|b| &b.counted).any(|(line, _)| *line == item);
    for line in &recorded.lines {
        // Who is not agreed to is counted like everybody: a line that this meeting ends keeps its votes.
        let open = line.ended.is_none() && lines.get(line.id).is_some_and(|(_, all)| is_asked(step, line, all, desk));
        match (entered.vote(line.id), entered.attendance(line.id)) {
            (None, _) if !open => {}
            (None, _) => push(
                Some(line.id),
                "votes-missing",
                "表决结果尚未登记".into(),
                "登记同意、不同意、缓议票数",
            ),
            // Who was there and put no paper into the box has not voted.
            (Some(v), Some((_, present))) if boxed(line.id) && v.agree + v.against + v.defer <= present => {}
            (Some(v), Some((_, present))) if v.agree + v.against + v.defer != present => {
                let sum = v.agree + v.against + v.defer;
                let says = format!(
                    "表决 {sum} 票（同意 {}、不同意 {}、缓议 {}）与到会并参加表决的 {present} 人不符",
                    v.agree, v.against, v.defer
                );
                push(Some(line.id), "votes-add-up", says, "核对票数、到会名单和回避");
            }
            _ => {}
        }
    }
    Ok(())
}
