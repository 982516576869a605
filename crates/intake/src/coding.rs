//! 代码: a wording becomes the name of a code table's value; what is in no table is a fault of its cell.

use exchange::{Cell, Fault, Place, Text};
use institution::Dictionary;

pub(crate) struct Coding<'d> {
    pub dictionary: &'d Dictionary,
}

impl Coding<'_> {
    /// The value of table `table` that `wording` means: by name, then alias, then code. None with a fault.
    pub fn read(&self, table: &str, wording: &str, place: &Place, faults: &mut Vec<Fault>) -> Option<String> {
        if wording.trim().is_empty() {
            return None;
        }
        let found = self.maybe(table, wording);
        if found.is_none() {
            let (name, right) = self.table_in_words(table);
            faults.push(Fault::error(place.clone(), wording, format!("“{name}”里没有这一项，这个值没有导入"), right));
        }
        found
    }

    /// The same of a cell that may be missing.
    pub fn cell(&self, table: &str, cell: &Text, faults: &mut Vec<Fault>) -> Option<String> {
        cell.as_ref().and_then(|c| self.read(table, &c.value, &c.place, faults))
    }

    /// The first of several cells that means something; a fault only when none does.
    pub fn first(&self, table: &str, cells: [&Text; 2], faults: &mut Vec<Fault>) -> Option<String> {
        let found = cells.iter().find_map(|c| c.as_ref().and_then(|c| self.maybe(table, &c.value)));
        match (found, cells.iter().find_map(|c| c.as_ref())) {
            (None, Some(Cell { value, place })) => self.read(table, value, place, faults),
            (found, _) => found,
        }
    }

    pub fn maybe(&self, table: &str, wording: &str) -> Option<String> {
        self.dictionary.table(table)?.read(wording).map(|c| c.name.to_string())
    }

    fn table_in_words(&self, table: &str) -> (String, String) {
        let Some(table) = self.dictionary.table(table) else { return (table.to_owned(), String::new()) };
        let names: Vec<&str> = table.values.iter().take(6).map(|c| &*c.name).collect();
        let more = if table.values.len() > 6 { " 等" } else { "" };
        (table.name.to_string(), format!("应为 {}{more}", names.join("、")))
    }
}
