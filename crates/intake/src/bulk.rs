//! 成批写入: the rows of one batch of people, one insert a table.

use crate::Result;
use crate::change::{Table, Write};
use registry::Desk;
use std::collections::BTreeMap;
use store::Param;

/// Rows that wait for their insert.
#[derive(Default)]
pub(crate) struct Bulk {
    persons: Vec<Vec<Param>>,
    rows: BTreeMap<Table, Vec<Vec<Param>>>,
    withdrawn: Vec<(Table, i64, i64)>,
}

impl Bulk {
    pub fn person(&mut self, id: i64, entry: i64) {
        self.persons.push(vec![id.into(), entry.into()]);
    }

    pub fn take(&mut self, person: i64, write: Write, entry: i64) {
        match write {
            Write::Withdraw { table, id } => self.withdrawn.push((table, id, person)),
            Write::Put { table, replaces, params } => {
                let mut row: Vec<Param> = Vec::with_capacity(params.len() + 3);
                row.push(person.into());
                row.extend(params);
                if table.corrects {
                    row.push(replaces.into());
                }
                row.push(entry.into());
                self.withdrawn.extend(replaces.map(|id| (table, id, person)));
                self.rows.entry(table).or_default().push(row);
            }
        }
    }

    /// Withdraws, then inserts. Refuses when a row that is to be replaced is no longer held: somebody was faster.
    pub fn flush(&mut self, desk: &mut Desk, entry: i64) -> Result<()> {
        for (table, id, person) in self.withdrawn.drain(..) {
            let sql = format!("update {} set superseded = $1 where id = $2 and person = $3 and superseded is null", table.name);
            if desk.execute(&sql, &[entry.into(), id.into(), person.into()])? != 1 {
                return Err(registry::Error::Changed("导入涉及的一条记录".into()).into());
            }
        }
        if !self.persons.is_empty() {
            desk.tx().insert_all("persons", &["id", "entered"], &mut self.persons.drain(..))?;
        }
        for (table, rows) in std::mem::take(&mut self.rows) {
            let mut columns = vec!["person"];
            columns.extend(table.columns);
            columns.extend(table.corrects.then_some("corrects"));
            columns.push("entered");
            desk.tx().insert_all(table.name, &columns, &mut rows.into_iter())?;
        }
        Ok(())
    }
}
