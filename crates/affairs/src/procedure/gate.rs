//! 关口: everything that stands between a step and its completion, as a list for the page.

use super::line::{Lines, is_asked, takes_votes};
use super::recorded::{Line, Recorded};
use super::{AnswerKind, effect, meeting};
use crate::examine::{Known, give_origins};
use crate::{Item, Result};
use institution::procedure::Effect;
use institution::FactSet;
use registry::{Desk, person};
use vocabulary::{Citation, Day, Finding, Findings, Id, Value, Weight};

/// What is missing, and of which line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Missing {
    pub kind: MissingKind,
    /// None: of the whole slate.
    pub item: Option<Id<Item>>,
    /// Whose line it is.
    pub name: Option<String>,
    /// Sentence, citation, what was seen, what to do next.
    pub finding: Finding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// A paper is not on file.
    Paper,
    /// A field is not filled.
    Field,
    /// A rule of the step, or one about the person, refuses or cannot be judged.
    Rule,
    /// A warning has no reason, an approval is not on file.
    Answer,
    /// The step's own condition.
    Gate,
    /// Roll, recusal, votes.
    Meeting,
    /// The day is not there yet, or not in the order of the steps.
    Day,
    /// What takes effect cannot: no seat left.
    Seat,
}

/// A refusal of the engine itself.
pub(crate) fn refusal(rule: &str, says: String, citation: &Citation, next: &str) -> Finding {
    Finding {
        rule: rule.to_owned(),
        weight: Weight::Refuse,
        says,
        citation: citation.clone(),
        saw: vec![],
        due: None,
        next: Some(next.to_owned()).filter(|n| !n.is_empty()),
        unsure: false,
    }
}

/// All that is missing as one refusal; a line's own findings begin with its name.
pub(crate) fn as_findings(missing: Vec<Missing>) -> Findings {
    let named = |m: Missing| match m.name {
        Some(name) => Finding {
            says: format!("{name}：{}", m.finding.says),
            ..m.finding
        },
        None => m.finding,
    };
    Findings::new(missing.into_iter().map(named).collect())
}

/// What stands between step `at` and its completion on `on`.
pub(crate) fn missing(desk: &Desk, recorded: &Recorded, lines: &Lines, at: usize, on: Day) -> Result<Vec<Missing>> {
    let step = &recorded.institution.steps[at];
    let entered = &recorded.steps[at];
    let mut found = Vec::new();
    days(desk, recorded, at, on, &mut found);
    meeting::missing(desk, recorded, lines, step, entered, &mut found)?;
    super::boxed::missing(recorded, at, &mut found);
    for line in recorded.open_lines() {
        let Some((known, all)) = lines.get(line.id) else {
            continue;
        };
        if !is_asked(step, line, all, desk) {
            continue;
        }
        of_line(desk, recorded, line, (known, all), at, on, &mut found)?;
    }
    if step.effect == Some(Effect::Appoint) {
        let refuse = |rule: &str, says: String, next: &str| refusal(rule, says, &step.source, next);
        for (item, finding) in effect::hindrances(desk, recorded, lines, &refuse)? {
            found.push(Missing {
                kind: MissingKind::Seat,
                item,
                name: None,
                finding,
            });
        }
    }
    gather(desk, recorded, found)
}

/// The day: not to come, and not before the step before it.
fn days(desk: &Desk, recorded: &Recorded, at: usize, on: Day, found: &mut Vec<Missing>) {
    let step = &recorded.institution.steps[at];
    let mut push = |says: String, next: &str| {
        let finding = refusal("day-in-order", says, &step.source, next);
        found.push(Missing {
            kind: MissingKind::Day,
            item: None,
            name: None,
            finding,
        });
    };
    if on > desk.today {
        push(format!("{on} 还没有到，不能登记为已完成"), "到那一天再登记");
    }
    let before = recorded.institution.steps.iter().zip(&recorded.steps).take(at);
    let last = before
        .filter_map(|(s, e)| e.done.as_ref().map(|d| (d.on, s)))
        .max_by_key(|(day, _)| *day);
    if let Some((day, earlier)) = last
        && on < day
    {
        push(
            format!(
                "“{}”在 {day} 完成，“{}”不能早于它（现为 {on}）",
                earlier.title, step.title
            ),
            "核对日期",
        );
    }
}

/// Rules, fields, papers, the step's condition, and what of the examination has not been answered.
fn of_line(
    desk: &Desk,
    recorded: &Recorded,
    line: &Line,
    (known, all): (&Known, &FactSet),
    at: usize,
    on: Day,
    found: &mut Vec<Missing>,
) -> Result<()> {
    let institution = recorded.institution;
    let step = &institution.steps[at];
    let entered = &recorded.steps[at];
    let mut findings = institution.gate(
        desk.dictionary(),
        &known.facts,
        on,
        &step.id,
        &entered.papers_of(line.id),
    );
    give_origins(desk, line.person, known, &mut findings)?;
    let prefix = format!("{}.", step.id);
    let unfilled: Vec<String> = findings.iter().filter_map(|f| f.rule.strip_prefix(&prefix)).map(str::to_owned).collect();
    // A rule that only waits for a field of this step: the field says so already.
    let only_waits = |finding: &Finding| {
        finding.weight == Weight::CannotJudge && !finding.saw.is_empty() && finding.saw.iter().all(|saw| unfilled.contains(&saw.fact))
    };
    for finding in findings {
        if !finding.rule.starts_with(&prefix) && only_waits(&finding) {
            continue;
        }
        let own = finding
            .rule
            .strip_prefix(&*step.id)
            .and_then(|rest| rest.strip_prefix('.'));
        let kind = match own {
            Some("gate") => MissingKind::Gate,
            Some(id) if step.papers.iter().any(|p| &**p == id) => MissingKind::Paper,
            Some(_) => MissingKind::Field,
            // Rules about a proposal have nothing to say of who is only removed.
            None if line.post.is_none() && finding.weight == Weight::CannotJudge => continue,
            None => MissingKind::Rule,
        };
        push_unanswered(recorded, line, all, kind, finding, on, found);
    }
    for field in step.fields.iter().filter(|f| f.required && f.fact.is_none()) {
        if entered
            .fields_of(line.id)
            .get(&*field.id)
            .is_none_or(|t| t.trim().is_empty())
        {
            let next = format!("请在“{}”填写{}", step.title, field.label);
            let finding = refusal(
                &format!("{}.{}", step.id, field.id),
                format!("“{}”尚未填写", field.label),
                &step.source,
                &next,
            );
            found.push(Missing {
                kind: MissingKind::Field,
                item: Some(line.id),
                name: None,
                finding,
            });
        }
    }
    if line.post.is_none() || !is_before_effect(recorded, at) {
        return Ok(());
    }
    let discussed = is_discussed(desk, recorded, at);
    let mut about = institution.examine(desk.dictionary(), &known.facts, on);
    give_origins(desk, line.person, known, &mut about)?;
    for finding in about {
        if finding.weight == Weight::Refuse || discussed {
            push_unanswered(recorded, line, all, MissingKind::Rule, finding, on, found);
        }
    }
    Ok(())
}

/// Refusals and what cannot be judged always; warnings and approvals until they are answered; what is merely due, never.
fn push_unanswered(
    recorded: &Recorded,
    line: &Line,
    all: &FactSet,
    kind: MissingKind,
    mut finding: Finding,
    on: Day,
    found: &mut Vec<Missing>,
) {
    let kind = match finding.weight {
        Weight::Refuse | Weight::CannotJudge => kind,
        Weight::Due => return,
        Weight::Warn | Weight::NeedsApproval => {
            if is_answered(recorded, line, all, &finding, on) {
                return;
            }
            let who = recorded
                .institution
                .rule(&finding.rule, on)
                .and_then(|r| r.overridable_by.clone());
            let next = match (&who, finding.weight) {
                (Some(who), Weight::NeedsApproval) => format!("报{who}批准，并登记批准"),
                (Some(who), _) => format!("写明理由，由{who}研究"),
                (None, _) => "写明理由".to_owned(),
            };
            finding.next = Some(match finding.next {
                Some(own) => format!("{own}；{next}"),
                None => next,
            });
            MissingKind::Answer
        }
    };
    found.push(Missing {
        kind,
        item: Some(line.id),
        name: None,
        finding,
    });
}

/// Is the reason or the approval on file, as an answer or in the fact that the rule names for it?
fn is_answered(recorded: &Recorded, line: &Line, all: &FactSet, finding: &Finding, on: Day) -> bool {
    let given = line.answers.iter().any(|a| {
        let enough = match finding.weight {
            Weight::NeedsApproval => a.kind == AnswerKind::Approval,
            _ => a.kind != AnswerKind::Facts,
        };
        a.rule == finding.rule && enough
    });
    let recorded_in = recorded.institution.rule(&finding.rule, on).and_then(|r| r.recorded_in);
    given
        || recorded_in
            .and_then(|fact| all.get(fact))
            .is_some_and(|v| *v != Value::Yes(false))
}

/// From the step that votes on, everything that was found must have been answered.
fn is_discussed(desk: &Desk, recorded: &Recorded, at: usize) -> bool {
    let steps = &recorded.institution.steps;
    steps
        .iter()
        .position(|s| takes_votes(s, desk))
        .is_none_or(|vote| at >= vote)
}

/// Whether the appointment has yet to take effect when step `at` is completed; after it the proposal is no longer asked.
fn is_before_effect(recorded: &Recorded, at: usize) -> bool {
    let effect = recorded
        .institution
        .steps
        .iter()
        .position(|s| s.effect == Some(Effect::Appoint));
    effect.is_none_or(|effect| at <= effect)
}

/// Names the lines; what is missing of every line alike is said once, of the whole slate.
fn gather(desk: &Desk, recorded: &Recorded, all: Vec<Missing>) -> Result<Vec<Missing>> {
    let open: Vec<&Line> = recorded.open_lines().collect();
    let mut out: Vec<Missing> = Vec::new();
    for mut missing in all {
        let alike = |m: &Missing| m.finding.rule == missing.finding.rule && m.finding.says == missing.finding.says;
        let of_slate = matches!(missing.kind, MissingKind::Paper | MissingKind::Field);
        if of_slate && open.len() > 1 {
            if out
                .iter()
                .any(|m| alike(m) && (m.item.is_none() || m.item == missing.item))
            {
                continue;
            }
            if let Some(first) = out.iter_mut().find(|m| alike(m)) {
                // Said of a second line as well: it is the slate that lacks it.
                first.item = None;
                first.name = None;
                continue;
            }
        }
        if let (Some(item), true) = (missing.item, open.len() > 1) {
            missing.name = Some(person::find(desk, recorded.line(item)?.person)?.row.name);
        }
        out.push(missing);
    }
    out.sort_by_key(|m| (m.item.map(|i| i.number()), m.finding.weight));
    Ok(out)
}
