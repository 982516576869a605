//! 显示: how a fact's value stands in a table, on paper, on screen and in a workbook alike.

use institution::{Fact, Kind};
use vocabulary::{Day, Value};

/// The text of a cell as of `day`; empty when nothing is on record.
///
/// `date.age` prints `1972.04（52岁）`, `date.day` the whole date, other dates their month; a count that the
/// precision of a date leaves open prints both ends.
pub fn cell(fact: &Fact, value: Option<&Value>, day: Day) -> String {
    match (value, &*fact.shown) {
        (None, _) => String::new(),
        (Some(Value::Date(date)), "date.age") => {
            let age = date.earliest().months_until(day).max(0) / 12;
            format!("{}（{age}岁）", date.dotted_month())
        }
        (Some(Value::Date(date)), "date.day") => date.to_string(),
        (Some(Value::Date(date)), _) => date.dotted_month(),
        (Some(Value::Yes(yes)), "photo") => if *yes { "有" } else { "" }.into(),
        (Some(value), _) => value.to_string(),
    }
}

/// Does the column hold figures, set to the right?
pub fn is_figure(fact: &Fact) -> bool {
    fact.kind == Kind::Number
}
