//! 一个台账的页面.

use super::cells::{Cells, Heading, Row, behind, setting};
use super::definition::{subject_id, unit_of};
use super::view::{Address, View};
use crate::Stop;
use crate::access::Control;
use institution::condition::Operator;
use institution::ledger::Total;
use institution::{Condition, Dictionary, Fact};
use registry::answers::Answers;
use registry::ledger::{self, Enquiry, Group, Totalled};
use registry::{Desk, saved};
use serde::Serialize;
use vocabulary::Value;

/// Rows of one page.
pub const PAGE: usize = 50;

#[derive(Serialize)]
pub struct LedgerPage {
    pub name: String,
    pub title: String,
    pub says: String,
    /// `official`, `post`, `organisation`
    pub of: &'static str,
    pub count: i64,
    /// `人`, `个`
    pub unit: &'static str,
    pub chips: Vec<Chip>,
    /// Words of the office as typed, and what the form around them carries.
    pub q: String,
    pub hidden: Vec<(String, String)>,
    pub columns: Vec<Head>,
    pub rows: Vec<Row>,
    pub foot: Vec<Figure>,
    pub group: Option<String>,
    /// How many rows stand above the next ones.
    pub shown: usize,
    pub next: Option<String>,
    pub dense: bool,
    pub links: Links,
    /// The whole enquiry as JSON, to be saved.
    pub definition: String,
    pub own: bool,
    /// Protected columns were left out; a purpose brings them back.
    pub access: Option<Control>,
}

/// A test in force, or a word that was not understood.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chip {
    pub label: String,
    /// What was typed, when the chip says it in other words.
    pub typed: Option<String>,
    pub remove: String,
    /// Where it can be changed; empty for words, which are changed in their box.
    pub change: String,
    pub understood: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub label: String,
    /// `name`, `text`, `wide`, `code`, `number`, `date`
    pub set: &'static str,
    pub sort: String,
    pub sorted: Option<&'static str>,
}

/// 合计
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub label: String,
    pub text: String,
    /// The rows behind it.
    pub href: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Links {
    pub change: String,
    pub columns: String,
    pub dense: String,
    pub clear: String,
    pub workbook: String,
    pub text: String,
    pub pdf: String,
}

/// What the registry answers for one page.
pub struct Found {
    pub count: i64,
    pub lines: Vec<ledger::Line>,
    /// Value of the group in the row above the first one shown.
    pub above: Option<Option<Value>>,
    pub groups: Option<std::sync::Arc<[Group]>>,
    pub totals: std::sync::Arc<[Totalled]>,
    /// What people state to their own records.
    pub stated: std::collections::HashMap<i64, Vec<String>>,
}

/// The facts of a line: the columns, what their links need, and the group's.
pub fn facts(dictionary: &Dictionary, enquiry: &Enquiry) -> Vec<usize> {
    let mut facts = enquiry.columns.clone();
    let more = behind(dictionary, &enquiry.columns).into_iter().chain(enquiry.group);
    for fact in more {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    facts
}

/// At most five statements when nothing is remembered, three when it is.
pub fn find(desk: &Desk, answers: &Answers, view: &View) -> Result<Found, Stop> {
    let mut asked = view.asked();
    let remembered = answers.at(desk)?;
    let numbers = remembered.numbers(&asked)?;
    let totals = remembered.totals(&asked, &view.definition.totals)?;
    let groups = asked.group.map(|by| remembered.groups(&asked, by)).transpose()?;
    asked.columns = facts(desk.dictionary(), &asked);
    let from = view.from.min(numbers.len());
    // One row more, above: does the group go on?
    let begin = if groups.is_some() { from.saturating_sub(1) } else { from };
    let mut lines = ledger::lines(desk, &asked, &numbers[begin..numbers.len().min(from + PAGE)])?;
    let above = (begin < from && !lines.is_empty()).then(|| {
        let line = lines.remove(0);
        grouped(&line, &asked).cloned()
    });
    let people: Vec<i64> = if asked.of == institution::Subject::Official { lines.iter().map(|l| l.number).collect() } else { vec![] };
    let stated = registry::rights::marks(desk, &people)?;
    Ok(Found { count: numbers.len() as i64, lines, above, groups, totals, stated })
}

fn grouped<'l>(line: &'l ledger::Line, asked: &Enquiry) -> Option<&'l Value> {
    let at = asked.columns.iter().position(|c| Some(*c) == asked.group)?;
    line.values.get(at).and_then(Option::as_ref)
}

impl LedgerPage {
    pub fn of(dictionary: &Dictionary, view: &View, found: &Found, day: vocabulary::Day, carry: &str) -> LedgerPage {
        let address = view.address(dictionary, carry);
        let mut asked = view.asked();
        let columns = asked.columns.len();
        asked.columns = facts(dictionary, &asked);
        let cells = Cells::new(dictionary, asked.of, day, carry, &asked.columns, columns);
        let mut rows = Vec::with_capacity(found.lines.len() + 8);
        let mut above = found.above.clone();
        for line in &found.lines {
            if let Some(groups) = &found.groups {
                let value = grouped(line, &asked);
                if above.as_ref().is_none_or(|a| a.as_ref() != value) {
                    rows.push(heading(dictionary, view, &address, groups, value));
                    above = Some(value.cloned());
                }
            }
            let mut row = cells.row(line);
            if let Some(stated) = found.stated.get(&line.number) {
                cells.note(&mut row, stated);
            }
            rows.push(row);
        }
        let shown = view.from + found.lines.len();
        let more = (shown as i64) < found.count && !found.lines.is_empty();
        let export = |format: &str| address.below("export", &[("format", format)]);
        LedgerPage {
            name: view.definition.name.clone(),
            title: view.definition.title.clone(),
            says: view.definition.says.clone(),
            of: subject_id(asked.of),
            count: found.count,
            unit: unit_of(asked.of).1,
            chips: chips(dictionary, view, &address),
            q: view.q.clone(),
            hidden: address.hidden(&["q"]),
            columns: heads(dictionary, view, &address, day),
            rows,
            foot: figures(dictionary, view, &address, &found.totals),
            group: asked.group.map(|g| view.definition.label(dictionary, g, day)),
            shown,
            next: more.then(|| address.with(&[("from", &shown.to_string())])),
            dense: view.dense,
            links: Links {
                change: address.below("change", &[]),
                columns: address.below("columns", &[]),
                dense: address.with(&[("dense", if view.dense { "" } else { "1" })]),
                clear: if address.pairs.is_empty() { String::new() } else { crate::href::with(&address.path, carry) },
                workbook: export("xlsx"),
                text: export("csv"),
                pdf: export("pdf"),
            },
            definition: saved::to_json(dictionary, &view.asked()).to_string(),
            own: view.definition.own,
            access: None,
        }
    }
}

fn all(parts: Vec<Condition>) -> String {
    Condition::All(parts).to_json().to_string()
}

fn chips(dictionary: &Dictionary, view: &View, address: &Address) -> Vec<Chip> {
    let parts = view.parts();
    let mut chips: Vec<Chip> = (0..parts.len())
        .map(|at| {
            let rest: Vec<_> = parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, p)| p.clone()).collect();
            Chip {
                label: parts[at].in_words(dictionary),
                typed: None,
                remove: address.with(&[("where", &all(rest))]),
                change: format!("{}#line-{at}", address.below("change", &[])),
                understood: true,
            }
        })
        .collect();
    for word in &view.enquiry.words {
        let rest: Vec<&str> = view.enquiry.words.iter().filter(|w| *w != word).map(String::as_str).collect();
        let rest = if rest.is_empty() { " ".to_owned() } else { rest.join(" ") };
        let remove = address.with(&[("words", &rest)]);
        chips.push(Chip { label: word.clone(), remove, ..Chip::default() });
    }
    for (at, piece) in view.pieces.iter().enumerate() {
        let rest: Vec<&str> = view.pieces.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, p)| p.text.as_str()).collect();
        let understood = piece.condition.is_some();
        chips.push(Chip {
            typed: (understood && piece.chip != piece.text).then(|| piece.text.clone()),
            label: piece.chip.clone(),
            remove: address.with(&[("q", &rest.join(" "))]),
            change: String::new(),
            understood,
        });
    }
    chips
}

fn heads(dictionary: &Dictionary, view: &View, address: &Address, day: vocabulary::Day) -> Vec<Head> {
    let head = |(at, fact): (usize, &usize)| {
        let by = view.enquiry.sort.first().filter(|s| s.fact == *fact);
        let id = &dictionary.facts[*fact].id;
        let next = if by.is_some_and(|s| !s.descending) { format!("-{id}") } else { id.to_string() };
        Head {
            label: view.definition.label(dictionary, *fact, day),
            set: setting(&dictionary.facts[*fact], at == 0),
            sort: address.with(&[("sort", &next)]),
            sorted: by.map(|s| if s.descending { "descending" } else { "ascending" }),
        }
    };
    view.enquiry.columns.iter().enumerate().map(head).collect()
}

/// The address of the view with one more test.
fn narrowed(view: &View, address: &Address, test: Condition) -> String {
    let mut parts = view.parts().to_vec();
    if !parts.contains(&test) {
        parts.push(test);
    }
    address.with(&[("where", &all(parts))])
}

fn heading(dictionary: &Dictionary, view: &View, address: &Address, groups: &[Group], value: Option<&Value>) -> Row {
    let Some(fact) = view.enquiry.group.map(|g| &dictionary.facts[g]) else { return Row::default() };
    let label = match value {
        Some(value) => format!("{value}{}", fact.unit),
        None => format!("（{}）", fact.unknown),
    };
    let count = groups.iter().find(|g| g.value.as_ref() == value).map_or(0, |g| g.count);
    let href = narrowed(view, address, same(fact, value));
    Row { heading: Some(Heading { label, count, href }), ..Row::default() }
}

/// The test for one value of a fact.
fn same(fact: &Fact, value: Option<&Value>) -> Condition {
    Condition::test(fact, value.map_or(Operator::Known(false), |v| Operator::Is(v.clone())))
}

fn figures(dictionary: &Dictionary, view: &View, address: &Address, totals: &[Totalled]) -> Vec<Figure> {
    let figure = |(total, n): (&Total, &Totalled)| {
        let href = total.count.rows(dictionary).map_or_else(|| address.with(&[]), |rows| narrowed(view, address, rows));
        Figure { label: total.label.to_string(), text: affairs::form::figure(dictionary, total, *n), href }
    };
    view.definition.totals.iter().zip(totals).map(figure).collect()
}
