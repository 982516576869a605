//! What the cells of a column look like.

use super::Shape;
use crate::roster::RosterTable;
use crate::values::{date, list, one_line};

/// How many values of a column are looked at.
const LOOKED_AT: usize = 60;

/// Counts of one column's first values.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Looks {
    pub values: usize,
    pub id_numbers: usize,
    pub dates: usize,
    pub numbers: usize,
    pub yes_or_no: usize,
    pub sexes: usize,
    pub ethnicities: usize,
    pub names: usize,
}

pub(super) fn looks(table: &RosterTable, column: usize) -> Looks {
    let mut looks = Looks::default();
    for row in &table.rows {
        let value = one_line(row.cell(column));
        if value.is_empty() {
            continue;
        }
        looks.values += 1;
        looks.id_numbers += usize::from(is_id_number(&value));
        looks.dates += usize::from(date::read(&value).is_ok());
        looks.numbers += usize::from(value.parse::<f64>().is_ok());
        looks.yes_or_no += usize::from(matches!(value.as_str(), "是" | "否" | "有" | "√"));
        looks.sexes += usize::from(matches!(value.as_str(), "男" | "女"));
        let full = format!("{value}族");
        looks.ethnicities += usize::from(
            [value.as_str(), full.as_str()]
                .iter()
                .any(|v| list::find("ethnicity", v) == known(v)),
        );
        looks.names += usize::from(is_name(&value));
        if looks.values >= LOOKED_AT {
            break;
        }
    }
    looks
}

fn known(value: &str) -> list::Found {
    match list::find("ethnicity", value) {
        list::Found::Wording(word) if word != "其他" && word == value => list::Found::Wording(word),
        _ => list::Found::Table("\0"),
    }
}

fn is_id_number(value: &str) -> bool {
    let tidy = vocabulary::identity::tidy(value);
    matches!(tidy.len(), 15 | 18) && tidy.bytes().take(tidy.len() - 1).all(|b| b.is_ascii_digit())
}

fn is_name(value: &str) -> bool {
    let name = crate::values::name::tidy(value);
    (2..=4).contains(&name.chars().count()) && name.chars().all(|c| !c.is_ascii() && c.is_alphabetic())
}

impl Looks {
    /// How many values have this shape; None when any text would do.
    pub fn fitting(&self, shape: Shape, fact: &str) -> Option<usize> {
        match (shape, fact) {
            (Shape::IdNumber, _) => Some(self.id_numbers),
            (Shape::Date, _) => Some(self.dates),
            (Shape::Number, _) => Some(self.numbers),
            (Shape::Yes, _) => Some(self.yes_or_no),
            (_, "sex") => Some(self.sexes),
            (_, "ethnicity") => Some(self.ethnicities),
            _ => None,
        }
    }
    /// Nearly all of them, and enough to tell.
    pub fn nearly_all(&self, count: usize) -> bool {
        self.values >= 1 && count * 10 >= self.values * 8
    }
    pub fn hardly_any(&self, count: usize) -> bool {
        self.values >= 3 && count * 10 <= self.values * 2
    }
}
