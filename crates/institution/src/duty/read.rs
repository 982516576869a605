//! Reads `duties.toml`.

use super::{Approver, Cadence, Check, Duty, DutyExample, DutyField, Excuse, FieldKind, Moved, Per, Problem, Roll, RollOf};
use crate::condition::Condition;
use crate::dictionary::load::subject_of;
use crate::dictionary::{Dictionary, Kind, Subject};
use crate::length::Length;
use crate::paper::{Paper, Piece};
use crate::reading::{Fields, Node, Shape, Sheet};
use crate::rule::fact_index;
use crate::source::{InForce, citation, in_force, known_id};
use std::sync::Arc;

const MOVED: [(&str, Moved); 2] = [("next", Moved::Next), ("previous", Moved::Previous)];
const PER: [(&str, Per); 6] = [
    ("week", Per::Week),
    ("month", Per::Month),
    ("two_months", Per::TwoMonths),
    ("quarter", Per::Quarter),
    ("half", Per::Half),
    ("year", Per::Year),
];
const ROLLS: [(&str, RollOf); 3] = [("members", RollOf::Members), ("committee", RollOf::Committee), ("team", RollOf::Team)];
const KINDS: [(&str, FieldKind); 7] = [
    ("text", FieldKind::Text),
    ("lines", FieldKind::Lines),
    ("number", FieldKind::Number),
    ("date", FieldKind::Date),
    ("yes_no", FieldKind::YesNo),
    ("choice", FieldKind::Choice),
    ("photo", FieldKind::Photo),
];

pub(crate) fn read_duties(sheet: &Sheet, institution: &str, dictionary: &Dictionary, papers: &[Paper], otherwise: InForce) -> (Vec<Duty>, Vec<DutyExample>) {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "任务文件", sheet)) else { return Default::default() };
    let mut duties: Vec<Duty> = Vec::new();
    for fields in file.rows("duty", "任务") {
        if let Some(duty) = read_duty(&fields, institution, dictionary, papers, otherwise) {
            if duties.iter().any(|d| d.id == duty.id) {
                sheet.fault(fields.at.clone(), format!("任务 `{}` 写了两次", duty.id), None, None);
            }
            duties.push(duty);
        }
        fields.finish();
    }
    let examples = file.rows("example", "例").into_iter().filter_map(|f| DutyExample::read(f, dictionary, &duties)).collect();
    file.finish();
    (duties, examples)
}

fn read_duty(fields: &Fields, institution: &str, dictionary: &Dictionary, papers: &[Paper], otherwise: InForce) -> Option<Duty> {
    let sheet = fields.sheet;
    let id = fields.text("id");
    fields.need("of");
    let of = subject_of(fields, "of");
    if matches!(of, Some(Subject::Proposal | Subject::Procedure)) {
        sheet.fault(fields.at.clone(), "拟任事项和程序不是任务的主体".into(), None, Some("可以写：official、post、organisation、branch、member、charge"));
    }
    let owes = match fields.maybe("where") {
        Some(node) => Condition::read(node, dictionary, sheet)?,
        None => Condition::All(vec![]),
    };
    let mut read = Vec::new();
    owes.facts(&mut read);
    for fact in read.into_iter().map(|f| &dictionary.facts[f]).filter(|f| Some(f.subject) != of) {
        sheet.fault(fields.at.clone(), format!("任务 `{id}` 的条件用到了别的主体的事实 `{}`", fact.id), None, None);
    }
    let cadence = fields.need("cadence").and_then(|node| read_cadence(node, sheet, dictionary));
    let source = citation(fields);
    let form: Vec<DutyField> = fields.rows("fields", "填写项").into_iter().map(read_field).collect();
    let mut checks = Vec::new();
    for row in fields.rows("checks", "核对") {
        let numbers: Vec<_> = form.iter().filter(|f| f.kind == FieldKind::Number).map(|f| f.id.clone()).collect();
        checks.extend(Check::read(&row, &numbers));
        row.finish();
    }
    let problem = read_problem(fields, &form);
    let duty = Duty {
        key: format!("{institution}/{id}").into(),
        institution: institution.into(),
        title: fields.text("title"),
        owes,
        who: fields.text("who"),
        own: fields.yes("own"),
        opens: fields.maybe_number("opens_days_before").unwrap_or(0),
        make_up: fields.maybe_number("make_up_days"),
        excuse: fields.maybe("excuse").and_then(|n| read_excuse(n, sheet)),
        published: fields.yes("published"),
        roll: fields.maybe("roll").and_then(|n| read_roll(n, sheet)),
        visit: fields.yes("visit"),
        fields: form,
        problem,
        letter: known_id(fields, "letter", "材料", papers.iter().map(|p| &*p.id)),
        checks,
        minutes: fields.maybe_number("minutes").unwrap_or(0),
        in_force: in_force(fields, otherwise),
        says: fields.maybe_text("says").unwrap_or_default(),
        of: of?,
        cadence: cadence?,
        source: source?,
        id,
    };
    if let Some(paper) = duty.letter.as_ref().and_then(|id| papers.iter().find(|p| p.id == *id)) {
        let facts = paper.text.iter().flatten().filter_map(|p| if let Piece::Fact(f) = p { Some(*f) } else { None }).chain(paper.required.iter().copied());
        for fact in facts.map(|f| &dictionary.facts[f]).filter(|f| f.subject != duty.of) {
            sheet.fault(fields.at.clone(), format!("函 `{}` 用到了别的主体的事实 `{}`", paper.id, fact.id), None, None);
        }
        if paper.text.is_empty() {
            sheet.fault(fields.at.clone(), format!("函 `{}` 没有正文（text）", paper.id), None, Some("在 papers.toml 里逐段写 text"));
        }
    }
    if duty.own && duty.of != Subject::Member {
        sheet.fault(fields.at.clone(), format!("任务 `{}` 写了 own，它的主体不是 member", duty.id), None, Some("本人看得见的任务是党员自己的；干部本人的写 of = \"official\""));
    }
    if let Some(fact) = duty.cadence.fact().map(|f| &dictionary.facts[f]) {
        if fact.subject != duty.of || fact.kind != Kind::Date {
            sheet.fault(fields.at.clone(), format!("周期的事实 `{}` 应是任务主体自己的日期", fact.id), None, None);
        }
    }
    for (n, field) in duty.fields.iter().enumerate() {
        if duty.fields[..n].iter().any(|f| f.id == field.id) {
            sheet.fault(fields.at.clone(), format!("填写项 `{}` 写了两次", field.id), None, None);
        }
    }
    Some(duty)
}

/// `problem = { field = "problem", system = "whistle-and-report", way = "领导走访" }`; system and way are looked at when all
/// institutions are read.
fn read_problem(fields: &Fields, form: &[DutyField]) -> Option<Problem> {
    let table = Fields::of(fields.maybe("problem")?, "带回的问题", fields.sheet)?;
    table.need("field");
    let texts = form.iter().filter(|f| matches!(f.kind, FieldKind::Text | FieldKind::Lines)).map(|f| &*f.id);
    let field = known_id(&table, "field", "文字填写项", texts);
    let problem = Problem { system: table.text("system"), way: table.text("way"), field: field? };
    table.finish();
    Some(problem)
}

fn read_cadence(node: &Node, sheet: &Sheet, dictionary: &Dictionary) -> Option<Cadence> {
    let table = Fields::of(node, "周期", sheet)?;
    let moved = table.choice("moved", &MOVED);
    let cadence = if table.key("days").is_some() {
        let months = match table.maybe("months") {
            Some(Node { shape: Shape::Text(word), .. }) if &**word == "quarter_end" => vec![3, 6, 9, 12],
            Some(node) => numbers(node, sheet, 1..=12),
            None => vec![],
        };
        let days = table.need("days").map(|n| numbers(n, sheet, 1..=31)).unwrap_or_default();
        Some(Cadence::Days { days, months, moved })
    } else if table.key("weekday").is_some() {
        let weekday = table.maybe_number("weekday").unwrap_or(1);
        if !(1..=7).contains(&weekday) {
            sheet.fault(node.at.clone(), format!("`weekday` 是 1（周一）到 7（周日），不是 {weekday}"), None, None);
        }
        Some(Cadence::Weekly { weekday: weekday.clamp(1, 7) as u8, moved })
    } else if table.key("at_least").is_some() {
        let count = table.maybe_number("at_least").unwrap_or(0);
        if !(1..=60).contains(&count) {
            sheet.fault(node.at.clone(), format!("`at_least` 不能是 {count}"), None, None);
        }
        table.need("every");
        let per = table.choice("every", &PER)?;
        Some(Cadence::AtLeast { count: count.clamp(1, 60) as u16, per })
    } else if let Some(kind) = table.maybe_text("after_event") {
        Length::read(&table).map(|within| Cadence::Event { kind, within })
    } else if table.key("after").is_some() {
        let fact = fact_index(&table, "after", dictionary);
        let within = Length::read(&table);
        fact.zip(within).map(|(fact, within)| Cadence::After { fact, within })
    } else if table.key("before").is_some() {
        let fact = fact_index(&table, "before", dictionary);
        let ahead = Length::read(&table);
        if let Some(Length::WorkingDays(_)) = ahead {
            sheet.fault(node.at.clone(), "到期前的期限写 days、months 或 years".into(), None, None);
        }
        fact.zip(ahead).map(|(fact, ahead)| Cadence::Before { fact, ahead })
    } else if table.key("each_year_on").is_some() {
        fact_index(&table, "each_year_on", dictionary).map(|fact| Cadence::Anniversary { fact })
    } else {
        let help = "可以写：days（和 months）、weekday、at_least 和 every、after、after_event、before、each_year_on";
        sheet.fault(node.at.clone(), "读不懂这个周期".into(), None, Some(help));
        None
    };
    table.finish();
    cadence
}

fn numbers(node: &Node, sheet: &Sheet, fits: std::ops::RangeInclusive<i64>) -> Vec<u8> {
    let Shape::List(list) = &node.shape else {
        sheet.fault(node.at.clone(), format!("应是一列数，这里是{}", node.described()), None, None);
        return vec![];
    };
    let mut out = Vec::new();
    for node in list {
        match node.shape {
            Shape::Number(n) if fits.contains(&n) => out.push(n as u8),
            _ => sheet.fault(node.at.clone(), format!("应是 {} 到 {} 的数", fits.start(), fits.end()), None, None),
        }
    }
    out
}

fn read_excuse(node: &Node, sheet: &Sheet) -> Option<Excuse> {
    let table = Fields::of(node, "免办", sheet)?;
    let by = match table.maybe("by") {
        Some(_) => table.choice("by", &[("office", Approver::Office), ("above", Approver::Above), ("branch", Approver::Branch)])?,
        None => Approver::default(),
    };
    let excuse = Excuse { reasons: table.texts("reasons"), approver: table.text("approver"), by };
    table.finish();
    Some(excuse)
}

fn read_roll(node: &Node, sheet: &Sheet) -> Option<Roll> {
    let table = Fields::of(node, "到会", sheet)?;
    table.need("of");
    let part = |key| {
        let text: Arc<str> = table.maybe_text(key)?;
        let read = text.split_once('/').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
        if read.is_none_or(|(_, b): (i64, i64)| b == 0) {
            sheet.fault(node.at.clone(), format!("`{key}` 写成 \"1/2\"，这里是 \"{text}\""), None, None);
            return None;
        }
        read
    };
    let (least, more) = (part("at_least"), part("more_than"));
    let roll = table.choice("of", &ROLLS).map(|of| Roll { of, quorum: least.or(more), more: more.is_some(), absentees_make_up: table.yes("absentees_make_up") });
    table.finish();
    roll
}

pub(crate) fn read_field(fields: Fields) -> DutyField {
    fields.need("type");
    let field = DutyField {
        id: fields.text("id"),
        label: fields.text("label"),
        kind: fields.choice("type", &KINDS).unwrap_or(FieldKind::Text),
        required: fields.yes("required"),
        hint: fields.maybe_text("hint").unwrap_or_default(),
        options: fields.texts("options"),
    };
    if field.kind == FieldKind::Choice && field.options.is_empty() {
        fields.need("options");
    }
    fields.finish();
    field
}
