//! 变换: values that are kept in another form than they are asked in. The store does not know which form, nor why.

use crate::row::Param;
use crate::{Result, Row};

pub trait Codec: Send + Sync {
    /// Is this column kept in another form?
    fn keeps(&self, table: &str, column: &str) -> bool;
    /// A further column that is written with it, by which equality can be asked.
    fn beside(&self, table: &str, column: &str) -> Option<&'static str>;
    /// The form in which a value is kept.
    fn close(&self, value: &Param) -> Param;
    /// What is written in the further column.
    fn index(&self, table: &str, column: &str, value: &Param) -> Param;
    /// The value as it is asked; what was never closed comes back as it is.
    fn open(&self, value: Param) -> Result<Param>;
}

/// The columns of an insert as they are written: which are closed, and which stand beside.
pub(crate) struct Columns<'c> {
    codec: &'c dyn Codec,
    table: &'c str,
    closed: Vec<usize>,
    beside: Vec<(usize, &'static str)>,
    names: Vec<String>,
}

impl<'c> Columns<'c> {
    pub fn of(codec: &'c dyn Codec, table: &'c str, columns: &[&str]) -> Columns<'c> {
        let closed = (0..columns.len()).filter(|at| codec.keeps(table, columns[*at])).collect();
        let beside = (0..columns.len()).filter_map(|at| codec.beside(table, columns[at]).map(|name| (at, name))).collect();
        Columns { codec, table, closed, beside, names: columns.iter().map(|c| (*c).to_owned()).collect() }
    }
    pub fn is_plain(&self) -> bool {
        self.closed.is_empty() && self.beside.is_empty()
    }
    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).chain(self.beside.iter().map(|(_, name)| *name)).collect()
    }
    pub fn values(&self, mut values: Vec<Param>) -> Vec<Param> {
        let beside: Vec<Param> = self.beside.iter().map(|(at, _)| self.codec.index(self.table, &self.names[*at], &values[*at])).collect();
        for at in &self.closed {
            if values[*at] != Param::Null {
                values[*at] = self.codec.close(&values[*at]);
            }
        }
        values.extend(beside);
        values
    }
}

/// Every value of a row as it is asked.
pub(crate) fn open(codec: &dyn Codec, row: Row) -> Result<Row> {
    let opened: Result<Vec<Param>> = row.0.into_iter().map(|value| codec.open(value)).collect();
    Ok(Row(opened?))
}
