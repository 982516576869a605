//! A field of a part as the form shows it.

use registry::Desk;
use registry::part::{Control, Field};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub name: &'static str,
    pub label: &'static str,
    /// text textarea select check, or pick.
    pub kind: &'static str,
    pub options: Vec<String>,
    pub required: bool,
    pub hint: &'static str,
    /// Where suggestions come from.
    pub from: &'static str,
}

pub fn shown(desk: &Desk, field: &Field) -> Shown {
    let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let (kind, options, from) = match field.control {
        Control::Text | Control::Date | Control::Number => ("text", vec![], ""),
        Control::Long => ("textarea", vec![], ""),
        Control::Box => ("check", vec![], ""),
        Control::YesNo => ("select", words(&["是", "否"]), ""),
        Control::One(all) => ("select", words(all), ""),
        Control::Code(table) => {
            let table = desk.dictionary().table(table);
            ("select", table.map(|t| t.values.iter().map(|c| c.name.to_string()).collect()).unwrap_or_default(), "")
        }
        Control::Post => ("pick", vec![], "/pick/posts"),
        Control::Organisation => ("pick", vec![], "/pick/organisations"),
    };
    Shown { name: field.column, label: field.label, kind, options, required: field.required, hint: field.hint, from }
}
