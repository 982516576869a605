//! 格: how a value stands in a table, on the screen, in a workbook and on paper alike.

use institution::{Dictionary, Fact, Kind, Subject};
use registry::ledger::Line;
use serde::Serialize;
use vocabulary::{Day, Value};

/// What stands in a cell. A plain text is by far the most frequent, and is written as nothing but itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    Text(String),
    Linked { href: String, text: String },
    Toned { tone: &'static str, text: String },
    /// The person states something to it; leads to their record.
    Noted { noted: bool, href: String, text: String },
}

/// One row as the template draws it; a heading opens a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    pub number: i64,
    pub cells: Vec<Cell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Heading {
    pub label: String,
    pub count: i64,
    /// The members, by themselves.
    pub href: String,
}

/// As files write it; a dash is no record.
pub fn text(fact: &Fact, value: Option<&Value>, day: Day) -> String {
    let text = registry::cell::cell(fact, value, day);
    if text.is_empty() { "—".into() } else { text }
}

/// Full-width characters.
const WIDE: u8 = 12;

/// How a column is set.
pub fn setting(fact: &Fact, first: bool) -> &'static str {
    match fact.kind {
        _ if first => "name",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Code | Kind::YesNo => "code",
        // What the paper gives much room needs it on the screen too.
        Kind::Text if fact.width >= WIDE => "wide",
        Kind::Text | Kind::Reference => "text",
    }
}

/// Facts that a row needs besides its columns, so that its cells can lead somewhere.
pub fn behind(dictionary: &Dictionary, columns: &[usize]) -> Vec<usize> {
    let shown = |id: &str| dictionary.fact(id).is_some_and(|f| columns.contains(&f.index));
    let wanted = [("seat.organisation", "seat.organisation_ref"), ("organisation", "organisation.ref"), ("post.title", "post.ref")];
    wanted.iter().filter(|(id, _)| shown(id)).filter_map(|(_, r)| dictionary.fact(r)).map(|f| f.index).collect()
}

/// Turns lines into cells.
pub struct Cells<'d> {
    dictionary: &'d Dictionary,
    of: Subject,
    day: Day,
    carry: &'d str,
    /// The facts of a line, in order: columns first, what stands behind them after.
    facts: &'d [usize],
    columns: usize,
    /// For each column, the place in the line of what it opens.
    opens: Vec<Opens>,
}

#[derive(Clone, Copy)]
enum Opens {
    Nothing,
    /// The row itself.
    Row,
    Organisation(usize),
    Post(usize),
}

impl<'d> Cells<'d> {
    pub fn new(dictionary: &'d Dictionary, of: Subject, day: Day, carry: &'d str, facts: &'d [usize], columns: usize) -> Cells<'d> {
        let place = |id: &str| dictionary.fact(id).and_then(|f| facts.iter().position(|i| *i == f.index));
        let opens = |(at, fact): (usize, &usize)| match &*dictionary.facts[*fact].id {
            "name" | "seat.name" | "seat.names" | "seat.holders" | "unit.name" => Opens::Row,
            "seat.organisation" => place("seat.organisation_ref").map_or(Opens::Nothing, Opens::Organisation),
            "organisation" => place("organisation.ref").map_or(Opens::Nothing, Opens::Organisation),
            "post.title" => place("post.ref").map_or(Opens::Nothing, Opens::Post),
            _ if at == 0 => Opens::Row,
            _ => Opens::Nothing,
        };
        let opens = facts[..columns].iter().enumerate().map(opens).collect();
        Cells { dictionary, of, day, carry, facts, columns, opens }
    }

    pub fn row(&self, line: &Line) -> Row {
        let cells = (0..self.columns).map(|at| self.cell(line, at)).collect();
        Row { number: line.number, cells, heading: None }
    }

    fn cell(&self, line: &Line, at: usize) -> Cell {
        let fact = &self.dictionary.facts[self.facts[at]];
        let value = line.values.get(at).and_then(Option::as_ref);
        let text = text(fact, value, self.day);
        let number = |place: usize| line.values.get(place).and_then(Option::as_ref).and_then(Value::number);
        let path = match self.opens[at] {
            Opens::Nothing => None,
            Opens::Row if value.is_none() && at > 0 => None,
            Opens::Row => Some(self.path(line.number)),
            Opens::Organisation(place) => number(place).map(|n| format!("/organisations/{n}")),
            Opens::Post(place) => number(place).map(|n| format!("/posts/{n}")),
        };
        match (path, tone(fact, value)) {
            (Some(path), _) => Cell::Linked { href: crate::href::with(&path, self.carry), text },
            (None, Some(tone)) => Cell::Toned { tone, text },
            (None, None) => Cell::Text(text),
        }
    }

    /// Marks what the person states something to: `stated` are beginnings of fact ids.
    pub fn note(&self, row: &mut Row, stated: &[String]) {
        for (at, cell) in row.cells.iter_mut().enumerate() {
            let id = &*self.dictionary.facts[self.facts[at]].id;
            let about = |fact: &String| id == fact || id.strip_prefix(fact.as_str()).is_some_and(|rest| rest.starts_with('.'));
            if stated.iter().any(about) {
                let text = match cell {
                    Cell::Text(text) | Cell::Linked { text, .. } | Cell::Toned { text, .. } | Cell::Noted { text, .. } => std::mem::take(text),
                };
                *cell = Cell::Noted { noted: true, href: crate::href::with(&crate::href::official(row.number), self.carry), text };
            }
        }
    }

    fn path(&self, number: i64) -> String {
        match self.of {
            Subject::Post => format!("/posts/{number}"),
            Subject::Organisation => format!("/organisations/{number}"),
            Subject::Branch => format!("/party/{number}"),
            Subject::Member => format!("/party/members/{number}"),
            Subject::Charge => format!("/charges/{number}"),
            _ => crate::href::official(number),
        }
    }
}

/// A vacancy waits for somebody, a seat too many for a decision.
fn tone(fact: &Fact, value: Option<&Value>) -> Option<&'static str> {
    match (&*fact.id, value) {
        ("seat.vacant" | "unit.vacant", Some(Value::Number(n))) if *n > 0 => Some("warn"),
        ("seat.vacant" | "unit.vacant", Some(Value::Number(n))) if *n < 0 => Some("refuse"),
        ("seat.over", Some(Value::Number(n))) if *n > 0 => Some("refuse"),
        ("sanction.open", Some(Value::Yes(true))) => Some("refuse"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{Date, day};

    #[test]
    fn a_birth_is_shown_with_the_age_on_the_day_asked() {
        let book = registry::testing::book();
        let born = book.dictionary.fact("born").unwrap();
        let value = Value::Date(Date::read("1985-04-12").unwrap());
        assert_eq!(text(born, Some(&value), day!(2026 - 4 - 11)), "1985.04（40岁）");
        assert_eq!(text(born, Some(&value), day!(2026 - 4 - 12)), "1985.04（41岁）");
        assert_eq!(text(born, None, day!(2026 - 4 - 12)), "—");
    }
}
