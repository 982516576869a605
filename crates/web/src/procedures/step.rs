//! 正在办的一步: its form, its papers, and what is missing as links to the fields.

use super::values::BLANK_MEMBERS;
use super::values::{of_field, of_item};
use affairs::Item;
use affairs::procedure::{Boxed, Missing, MissingKind, NoticePeriod, State, StepState};
use institution::{Dictionary, Kind};
use serde::Serialize;
use vocabulary::{Citation, Day, Finding, Id, Weight};

#[derive(Clone, Debug, Serialize)]
pub struct StepForm {
    pub id: String,
    pub title: String,
    pub who: String,
    pub says: String,
    pub source: Citation,
    pub due: Option<Day>,
    pub overdue: bool,
    pub effect: Option<&'static str>,
    pub notice: Option<NoticePeriod>,
    pub fields: Vec<Field>,
    pub papers: Vec<PaperAsked>,
    pub takes_roll: bool,
    pub takes_votes: bool,
    /// May a secret vote be held, and which is it?
    pub takes_ballot: bool,
    pub boxed: Option<Boxed>,
    /// Lines of the roll, the empty ones included.
    pub members: usize,
    pub items: Vec<ItemBrief>,
    pub missing: Vec<Lack>,
    /// Findings that are answered here: with a reason, an approval, or the facts themselves.
    pub questions: Vec<QuestionAsked>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Its name in the form: `f.inspection.from`.
    pub name: String,
    pub label: String,
    /// text, date, number, yes_no, select
    pub kind: &'static str,
    pub required: bool,
    pub hint: String,
    pub choices: Vec<String>,
    pub suggested: Option<String>,
    /// Names of the fields for single lines, when there are several.
    pub each: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ItemBrief {
    pub id: Id<Item>,
    pub name: String,
    pub proposal: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PaperAsked {
    pub kind: String,
    pub title: String,
    pub says: String,
    /// Can it be made here?
    pub made: bool,
    pub on_file: Vec<(i64, Option<Id<Item>>)>,
}

/// One thing missing, and where to mend it.
#[derive(Clone, Debug, Serialize)]
pub struct Lack {
    pub says: String,
    pub href: String,
    pub next: Option<String>,
    pub weight: Weight,
}

#[derive(Clone, Debug, Serialize)]
pub struct QuestionAsked {
    pub place: String,
    pub item: Option<Id<Item>>,
    pub name: String,
    pub finding: Finding,
    /// 理由, 批准 or 补充事实
    pub kind: &'static str,
    /// Facts that are asked: name of the field, label, kind, choices.
    pub facts: Vec<Field>,
}

/// Counted from the roll and the votes, so not asked a second time.
const COUNTED: [&str; 7] = [
    "meeting.should_attend", "meeting.present", "meeting.recusal_needed", "meeting.recused", "vote.agree", "vote.against", "vote.defer",
];

impl StepForm {
    /// `derived`: facts that the institution counts itself, which nobody is asked for.
    pub fn of(state: &State, step: &StepState, dictionary: &Dictionary, derived: &[usize]) -> StepForm {
        let open: Vec<_> = state.open_items().collect();
        let each = |id: &str| match open.len() {
            0 | 1 => vec![],
            _ => open.iter().map(|i| (of_item(i.id, id), i.name.clone())).collect(),
        };
        let counted = |fact: &Option<String>| step.takes_roll && fact.as_deref().is_some_and(|f| COUNTED.contains(&f));
        // What comes out of a box is asked of nobody.
        let from_box = |fact: &Option<String>| {
            let boxed = step.boxed.iter().flat_map(|b| &b.counted);
            fact.as_ref().is_some_and(|f| boxed.clone().any(|(_, facts)| facts.contains_key(f)))
        };
        let asked = step.fields.iter().filter(|f| !counted(&f.fact) && !from_box(&f.fact));
        StepForm {
            id: step.id.clone(),
            title: step.title.clone(),
            who: step.who.clone(),
            says: step.says.clone(),
            source: step.source.clone(),
            due: step.due,
            overdue: step.overdue,
            effect: step.effect,
            notice: step.notice.clone(),
            fields: asked
                .map(|f| Field {
                    name: of_field(&f.id),
                    label: f.label.clone(),
                    kind: control(f.kind),
                    required: f.required,
                    hint: f.hint.clone(),
                    choices: f.choices.clone(),
                    suggested: f.suggested.clone(),
                    each: each(&f.id),
                })
                .collect(),
            papers: step
                .papers
                .iter()
                .map(|p| PaperAsked {
                    kind: p.kind.clone(),
                    title: p.title.clone(),
                    says: p.says.clone(),
                    made: p.made_as != "filed",
                    on_file: p.on_file.clone(),
                })
                .collect(),
            takes_roll: step.takes_roll,
            takes_votes: step.takes_votes,
            takes_ballot: step.takes_ballot,
            boxed: step.boxed.clone(),
            members: step.roll.len() + BLANK_MEMBERS,
            items: open
                .iter()
                .map(|i| {
                    let proposal = if i.proposed_post.is_empty() { "免职".to_owned() } else { format!("拟任{}", i.proposed_post) };
                    ItemBrief { id: i.id, name: i.name.clone(), proposal }
                })
                .collect(),
            missing: step.missing.iter().map(|m| lack(m, step)).collect(),
            questions: step.missing.iter().filter_map(|m| question(m, step, dictionary, derived)).collect(),
        }
    }
}

fn control(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Number | Kind::Reference => "number",
        Kind::Date => "date",
        Kind::YesNo => "yes_no",
        Kind::Code => "select",
    }
}

fn place(missing: &Missing) -> String {
    let item = missing.item.map(|i| i.to_string()).unwrap_or_default();
    format!("answer-{item}-{}", missing.finding.rule)
}

/// Where on the page the lack is mended.
fn lack(missing: &Missing, step: &StepState) -> Lack {
    let rule = &missing.finding.rule;
    let own = rule.strip_prefix(&step.id).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
    let field_of = |fact: &str| step.fields.iter().find(|f| f.fact.as_deref() == Some(fact)).map(|f| format!("#{}", of_field(&f.id)));
    let seen = || missing.finding.saw.iter().find_map(|s| field_of(&s.fact));
    let href = match missing.kind {
        MissingKind::Paper => format!("#paper-{own}"),
        MissingKind::Field => step.fields.iter().find(|f| f.id == own).map(|f| format!("#{}", of_field(&f.id))).or_else(seen).unwrap_or("#step".into()),
        MissingKind::Answer => format!("#{}", place(missing)),
        MissingKind::Rule | MissingKind::Gate => match seen() {
            Some(href) => href,
            None if missing.finding.weight == Weight::CannotJudge => format!("#{}", place(missing)),
            None => "#slate".into(),
        },
        MissingKind::Meeting if rule.starts_with("votes") => "#votes".into(),
        MissingKind::Meeting if rule == "ballot-open" => "#box".into(),
        MissingKind::Meeting => "#roll".into(),
        MissingKind::Day => "#done_on".into(),
        MissingKind::Seat => "#slate".into(),
    };
    let says = match &missing.name {
        Some(name) => format!("{name}：{}", missing.finding.says),
        None => missing.finding.says.clone(),
    };
    // A field or a paper that lacks says itself what to do.
    let next = missing.finding.next.clone().filter(|_| !matches!(missing.kind, MissingKind::Field | MissingKind::Paper) && !href.starts_with("#f."));
    Lack { says, href, next, weight: missing.finding.weight }
}

/// What an attempt was refused for, as links to the fields of the form that was sent.
pub fn links(findings: &[Finding], step: &StepForm) -> Vec<Lack> {
    let field = |id: &str| step.fields.iter().find(|f| f.name == of_field(id)).map(|f| format!("#{}", f.name));
    let href = |finding: &Finding| {
        let own = finding.rule.strip_prefix(&step.id).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        let named = match finding.rule.as_str() {
            "roll-missing" | "meeting-recusal" => Some("#roll".to_owned()),
            "votes-missing" | "votes-add-up" | "votes-from-box" => Some("#votes".to_owned()),
            "ballot-open" => Some("#box".to_owned()),
            "day-in-order" | "done_on" => Some("#done_on".to_owned()),
            _ if step.papers.iter().any(|p| p.kind == own) => Some(format!("#paper-{own}")),
            _ => field(own),
        };
        let asked = || step.questions.iter().find(|q| q.finding.rule == finding.rule).map(|q| format!("#{}", q.place));
        let seen = || finding.saw.iter().find_map(|s| field(&s.fact));
        named.or_else(asked).or_else(seen).unwrap_or("#slate".into())
    };
    let lack = |finding: &Finding| Lack { says: finding.says.clone(), href: href(finding), next: None, weight: finding.weight };
    findings.iter().map(lack).collect()
}

/// A finding that people answer outside the step's own fields.
fn question(missing: &Missing, step: &StepState, dictionary: &Dictionary, derived: &[usize]) -> Option<QuestionAsked> {
    let counted = |fact: &str| dictionary.fact(fact).is_none_or(|f| derived.contains(&f.index));
    let asked_above = |fact: &str| counted(fact) || step.fields.iter().any(|f| f.fact.as_deref() == Some(fact));
    let lacks: Vec<_> = missing.finding.saw.iter().filter(|s| s.value.is_none() && !asked_above(&s.fact)).collect();
    let kind = match (missing.kind, missing.finding.weight) {
        (MissingKind::Answer, Weight::NeedsApproval) => "批准",
        (MissingKind::Answer, _) => "理由",
        (MissingKind::Rule | MissingKind::Gate, Weight::CannotJudge) if !lacks.is_empty() => "补充事实",
        _ => return None,
    };
    let asked = lacks.iter().filter_map(|s| dictionary.fact(&s.fact));
    let facts = asked.map(|fact| Field {
        name: format!("fact.{}", fact.id),
        label: fact.name.to_string(),
        kind: control(fact.kind),
        required: false,
        hint: String::new(),
        choices: dictionary.table_of(fact).map(|t| t.values.iter().map(|c| c.name.to_string()).collect()).unwrap_or_default(),
        suggested: None,
        each: vec![],
    });
    Some(QuestionAsked {
        place: place(missing),
        item: missing.item,
        name: missing.name.clone().unwrap_or_default(),
        finding: missing.finding.clone(),
        kind,
        facts: if kind == "补充事实" { facts.collect() } else { vec![] },
    })
}
