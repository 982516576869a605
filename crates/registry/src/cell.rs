//! 显示: how a fact's value stands in a table, on paper, on screen and in a workbook alike.

use institution::{Fact, Kind};
use vocabulary::{Date, Day, Value};

/// The text of a cell as of `day`; empty when nothing is on record.
///
/// `date.age` prints `1972.04（52岁）`, `date.day` the whole date, other dates their month; a count that the
/// precision of a date leaves open prints both ends.
pub fn cell(fact: &Fact, value: Option<&Value>, day: Day) -> String {
    match (value, &*fact.shown) {
        (None, _) => String::new(),
        (Some(Value::Date(date)), "date.age") => {
            let age = date.earliest().years_until(day);
            format!("{}（{age}岁）", date.dotted_month())
        }
        (Some(Value::Date(date)), "date.day") => date.to_string(),
        (Some(Value::Date(date)), _) => month(*date),
        (Some(value), _) => value.to_string(),
    }
}

fn month(date: Date) -> String {
    let text = date.to_string();
    text.get(..7).map_or(text.clone(), str::to_owned)
}

/// Does the column hold figures, set to the right?
pub fn is_figure(fact: &Fact) -> bool {
    fact.kind == Kind::Number
}
