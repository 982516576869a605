//! 台账表: what `components/ledger_table.html` draws. Rows are lean, since a page shows many.

use serde::Serialize;

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// First column: stays when the table scrolls sideways.
    Name,
    Text,
    /// To the right, figures of one width.
    Number,
    Date,
    /// A word with a colour beside it.
    Mark,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    pub label: String,
    pub kind: Setting,
    /// Where a click on the head leads.
    pub sort: Option<String>,
    /// `ascending` or `descending`, when it is sorted by this one.
    pub sorted: Option<&'static str>,
}

impl Column {
    pub fn new(label: impl Into<String>, kind: Setting) -> Column {
        Column { label: label.into(), kind, sort: None, sorted: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// `refuse`, `warn`, `done`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<&'static str>,
}

impl Cell {
    pub fn text(text: impl ToString) -> Cell {
        Cell { text: text.to_string(), ..Cell::default() }
    }
    /// Nothing on record is a dash.
    pub fn maybe<T: ToString>(value: Option<T>) -> Cell {
        Cell::text(value.map_or_else(|| "—".to_owned(), |v| v.to_string()))
    }
    pub fn link(text: impl ToString, href: impl Into<String>) -> Cell {
        Cell { text: text.to_string(), href: Some(href.into()), tone: None }
    }
    pub fn toned(mut self, tone: &'static str) -> Cell {
        self.tone = Some(tone);
        self
    }
}

/// A line, or the heading of a group when `heading` is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    pub number: i64,
    pub cells: Vec<Cell>,
    pub heading: Option<String>,
    pub count: Option<i64>,
}

impl Row {
    pub fn of(number: i64, cells: Vec<Cell>) -> Row {
        Row { number, cells, ..Row::default() }
    }
    pub fn group(heading: impl Into<String>, count: i64) -> Row {
        Row { heading: Some(heading.into()), count: Some(count), ..Row::default() }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// For who cannot see it.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Totals under the columns.
    pub foot: Vec<Cell>,
    /// Name of the check boxes, when rows can be chosen.
    pub choose: Option<&'static str>,
    pub dense: bool,
}
