//! What can be said of a subject, and how sure a test on it can be.

use crate::{Date, Day};
use std::fmt;
use std::sync::Arc;

/// One value of a fact. Unknown is `None` of `Option<Value>`: never 0, never "no".
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Value {
    Text(Arc<str>),
    Number(i64),
    /// A count that a date's precision leaves open: `at` counts from the earliest day; the truth lies in `low..=high`.
    Between { at: i64, low: i64, high: i64 },
    Date(Date),
    Yes(bool),
}

impl Value {
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }
    /// The lowest and highest number it can be; `None` for what is no number.
    pub fn bounds(&self) -> Option<(i64, i64)> {
        match self {
            Value::Number(n) => Some((*n, *n)),
            Value::Between { low, high, .. } => Some((*low, *high)),
            _ => None,
        }
    }
    pub fn number(&self) -> Option<i64> {
        match self {
            Value::Number(n) => Some(*n),
            Value::Between { at, .. } => Some(*at),
            _ => None,
        }
    }
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::text(text)
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Number(n)
    }
}
impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Yes(yes)
    }
}
impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value::Date(day.into())
    }
}
impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Number(n) => write!(f, "{n}"),
            Value::Between { low, high, .. } => write!(f, "{low}～{high}"),
            Value::Date(date) => write!(f, "{date}"),
            Value::Yes(true) => f.write_str("是"),
            Value::Yes(false) => f.write_str("否"),
        }
    }
}

/// 真、假、无法判断: Kleene's three values, the same that SQL keeps as 1, 0 and null.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::True, _) | (_, Truth::True) => Truth::True,
            (Truth::False, Truth::False) => Truth::False,
            _ => Truth::Unknown,
        }
    }
    /// True when surely so, False when surely not, Unknown between.
    pub fn surely(yes: bool, no: bool) -> Truth {
        if yes {
            Truth::True
        } else if no {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}
impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}
impl From<bool> for Truth {
    fn from(yes: bool) -> Truth {
        if yes { Truth::True } else { Truth::False }
    }
}
