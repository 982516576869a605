//! 自己的台账: a workbook that one of our ledgers wrote, edited and brought back. Only cells that were edited count.

use crate::Result;
use exchange::roster::{RosterRow, RosterTable};
use institution::{Fact, Subject};
use registry::cell::cell;
use registry::{Desk, facts};
use std::collections::HashMap;
use vocabulary::Value;

/// People compared at once.
const BATCH: usize = 500;
/// How the lines under an exported list begin.
const MARKS: [&str; 3] = ["导出编号 ", "本人有说明：", "合计："];
/// How a ledger's own lines of sums begin.
const SUMS: [&str; 4] = ["合计", "小计", "共计", "平均"];

/// The same table with every cell blank that still reads as the record does today, and without lines of sums.
pub(crate) fn edited(desk: &Desk, table: &RosterTable) -> Result<RosterTable> {
    let (Some(own), Some(people)) = (&table.own, table.own.as_ref().and_then(|o| o.people_column)) else {
        let mut out = table.clone();
        out.rows.retain(|row| !is_mark(row));
        return Ok(out);
    };
    let known: Vec<(usize, &Fact)> = own
        .facts
        .iter()
        .enumerate()
        .filter_map(|(at, id)| Some((at, desk.dictionary().fact(id.as_deref()?)?)))
        .filter(|(_, fact)| fact.subject == Subject::Official)
        .collect();
    let asked: Vec<&Fact> = known.iter().map(|(_, fact)| *fact).collect();
    let mut out = table.clone();
    out.rows.clear();
    for rows in table.rows.chunks(BATCH) {
        let numbers: Vec<i64> = rows.iter().filter_map(|r| number(r, people)).collect();
        let told: HashMap<i64, Vec<Option<Value>>> =
            facts::about(desk, Subject::Official, &numbers, &asked)?.into_iter().map(|r| (r.number, r.values)).collect();
        for row in rows {
            match number(row, people).and_then(|n| told.get(&n)) {
                Some(values) => out.rows.push(only_edits(desk, row, &known, values)),
                None if is_sum(row) => {}
                None => out.rows.push(row.clone()),
            }
        }
    }
    Ok(out)
}

fn number(row: &RosterRow, people: u16) -> Option<i64> {
    row.cell(usize::from(people)).trim().strip_prefix("person:")?.trim().parse().ok()
}

/// The line under an exported list that says who took it out, or what its totals are: nobody's record.
fn is_mark(row: &RosterRow) -> bool {
    let mut filled = (0..row.width()).map(|c| row.cell(c).trim()).filter(|c| !c.is_empty());
    let first = filled.next().unwrap_or_default();
    MARKS.iter().any(|m| first.starts_with(m)) && filled.next().is_none()
}

/// A line that sums up, or that names a group of lines.
fn is_sum(row: &RosterRow) -> bool {
    let mut filled = (0..row.width()).map(|c| row.cell(c).trim()).filter(|c| !c.is_empty());
    filled.next().is_none_or(|first| SUMS.iter().any(|s| first.starts_with(s)) || filled.next().is_none())
}

fn only_edits(desk: &Desk, row: &RosterRow, known: &[(usize, &Fact)], values: &[Option<Value>]) -> RosterRow {
    let unchanged = |at: usize| {
        known.iter().position(|(column, _)| *column == at).is_some_and(|i| {
            let fact = known[i].1;
            // The name stays: it tells people of whom a line speaks.
            &*fact.id != "name" && row.cell(at).trim() == cell(fact, values.get(i).and_then(Option::as_ref), desk.day()).trim()
        })
    };
    let cells: Vec<(&str, exchange::roster::CellKind)> =
        (0..row.width()).map(|at| (if unchanged(at) { "" } else { row.cell(at) }, row.kind(at))).collect();
    RosterRow::new(row.row, cells)
}
