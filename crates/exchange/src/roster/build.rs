//! From rows to a table: titles, heads in one to three rows, merged cells filled down, our own marks.

use super::head::score;
use super::{CellKind, Head, OwnLedger, RosterRow, RosterTable};
use crate::place::Column;
use crate::workbook::Raw;
use crate::{Fault, Place};
use calamine::Dimensions;
use std::collections::HashMap;
use std::sync::Arc;

/// The heads stand among the first rows, under at most this many lines of title.
const SEARCHED: usize = 30;
const HEAD_ROWS: usize = 3;

pub(super) struct Builder {
    place: Place,
    /// Merged regions over rows: first row to (column, last row).
    down: HashMap<u32, Vec<(u16, u32)>>,
    /// Merged regions over columns: first row to (first, last column).
    across: HashMap<u32, Vec<(u16, u16)>>,
    filling: HashMap<u16, (u32, Raw)>,
    first: Vec<(u32, Vec<Raw>)>,
    table: Option<RosterTable>,
    faults: Vec<Fault>,
}

impl Builder {
    pub fn new(place: Place, merged: &[Dimensions]) -> Builder {
        let mut down: HashMap<u32, Vec<(u16, u32)>> = HashMap::new();
        let mut across: HashMap<u32, Vec<(u16, u16)>> = HashMap::new();
        for region in merged {
            let ((top, left), (bottom, right)) = (region.start, region.end);
            let (Ok(left), Ok(right)) = (u16::try_from(left), u16::try_from(right)) else {
                continue;
            };
            if left == right && bottom > top {
                down.entry(top + 1).or_default().push((left, bottom + 1));
            } else if right > left {
                across.entry(top + 1).or_default().push((left, right));
            }
        }
        Builder {
            place,
            down,
            across,
            filling: HashMap::new(),
            first: Vec::new(),
            table: None,
            faults: Vec::new(),
        }
    }

    /// Takes one row; cells by column, some missing.
    pub fn row(&mut self, number: u32, cells: &mut Vec<Raw>) {
        cells.sort_by_key(|c| c.column);
        if self.table.is_some() {
            self.data(number, cells);
            return;
        }
        self.first.push((number, std::mem::take(cells)));
        if self.first.len() >= SEARCHED {
            self.begin();
        }
    }

    pub fn finish(mut self) -> (Option<RosterTable>, Vec<Fault>) {
        if self.table.is_none() {
            self.begin();
        }
        let table = self.table.filter(|t| !t.rows.is_empty());
        if table.is_none() {
            self.faults.clear();
        }
        (table, self.faults)
    }

    /// Finds the heads among the first rows, and takes what is below them as data.
    fn begin(&mut self) {
        let first = std::mem::take(&mut self.first);
        let own = first
            .iter()
            .position(|(_, cells)| cells.iter().any(|c| c.text.trim().starts_with("fact:")));
        let best = (0..first.len())
            .rev()
            .max_by_key(|i| first.get(*i).map_or(0, |(_, cells)| score(cells)));
        let known = best.filter(|i| first.get(*i).is_some_and(|(_, cells)| score(cells) >= 2));
        let wide = first
            .iter()
            .enumerate()
            .position(|(i, (_, cells))| cells.len() >= 2 && Some(i) != own);
        let Some(mut top) = known
            .or(own.and_then(|at| (at + 1 < first.len()).then_some(at + 1)))
            .or(wide)
        else {
            return;
        };
        // A row of groups above: `全日制教育` over 学历 and 学位.
        let mut last = top;
        while top > 0 && last - top + 1 < HEAD_ROWS && self.is_group_row(&first, top) && Some(top - 1) != own {
            top -= 1;
        }
        while last + 1 < first.len()
            && last - top + 1 < HEAD_ROWS
            && self.is_sub_row(&first, top, last + 1)
            && Some(last + 1) != own
        {
            last += 1;
        }
        let rows: Vec<&(u32, Vec<Raw>)> = first.get(top..=last).unwrap_or(&[]).iter().collect();
        let heads = self.heads(&rows);
        let head_row = rows.last().map_or(0, |(number, _)| *number);
        let titles = first
            .iter()
            .take(top)
            .enumerate()
            .filter(|(i, _)| Some(*i) != own)
            .map(|(_, (_, cells))| cells.iter().map(|c| c.text.trim()).collect::<Vec<_>>().join(" "))
            .collect();
        if known.is_none() && own.is_none() {
            let says = format!("没有认出表头，暂以第 {head_row} 行为表头");
            self.faults.push(Fault::finding(
                self.place.at_row(head_row),
                "",
                says,
                "请在列对应中逐列指定",
            ));
        }
        let own_marks = own
            .and_then(|at| first.get(at))
            .map(|(_, cells)| own_ledger(cells, heads.len()));
        let place = self.place.clone();
        self.table = Some(RosterTable {
            place,
            titles,
            head_row,
            heads,
            rows: Vec::new(),
            own: own_marks,
        });
        for (index, (number, mut cells)) in first.into_iter().enumerate() {
            if index > last && Some(index) != own {
                self.data(number, &mut cells);
            }
        }
    }

    /// Is the row above `top` a row of groups over it? Only when cells merged over columns say so.
    fn is_group_row(&self, first: &[(u32, Vec<Raw>)], top: usize) -> bool {
        let Some((number, cells)) = top.checked_sub(1).and_then(|i| first.get(i)) else {
            return false;
        };
        let merged_down = self.down.get(number).is_some_and(|d| !d.is_empty());
        let groups = self.across.get(number).map_or(0, Vec::len);
        merged_down && groups > 0 && cells.len() > groups
    }

    /// Is row `at` the lower part of the heads that begin at `top`?
    fn is_sub_row(&self, first: &[(u32, Vec<Raw>)], top: usize, at: usize) -> bool {
        let (Some((top_number, upper)), Some((number, cells))) = (first.get(top), first.get(at)) else {
            return false;
        };
        if score(cells) == 0 {
            return false;
        }
        let merged_over = self
            .down
            .get(top_number)
            .is_some_and(|d| d.iter().any(|(_, until)| until >= number));
        let grouped = self.across.get(top_number).is_some_and(|a| !a.is_empty());
        // Without merged cells (CSV): the lower row holds only head words, and none under 姓名.
        let name = upper
            .iter()
            .find(|c| super::head::tidy(&c.text) == "姓名")
            .map(|c| c.column);
        let nothing_under_name = name.is_some_and(|column| cells.iter().all(|c| c.column != column));
        (merged_over && grouped) || (nothing_under_name && score(cells) == cells.len())
    }

    /// The heads of one to three rows, joined.
    fn heads(&self, rows: &[&(u32, Vec<Raw>)]) -> Vec<Head> {
        let width = rows
            .iter()
            .flat_map(|(_, cells)| cells.iter().map(|c| c.column))
            .max()
            .map_or(0, |c| usize::from(c) + 1);
        let mut parts: Vec<Vec<String>> = vec![Vec::new(); width];
        let lowest = rows.len().saturating_sub(1);
        for (depth, (number, cells)) in rows.iter().enumerate() {
            let mut at = HashMap::new();
            for cell in cells {
                at.insert(cell.column, one_line(&cell.text));
            }
            for cell in cells.iter().filter(|_| depth < lowest) {
                let merged = self
                    .across
                    .get(number)
                    .and_then(|a| a.iter().find(|(from, _)| *from == cell.column));
                let until = match merged {
                    Some((_, until)) => *until,
                    // Without merged cells a group reaches to the next head of its row, if lower heads stand there.
                    None if self.across.is_empty() && self.down.is_empty() => reach(cell.column, cells, rows, depth),
                    None => cell.column,
                };
                for column in cell.column + 1..=until {
                    at.entry(column).or_insert_with(|| one_line(&cell.text));
                }
            }
            for (column, text) in at {
                if let Some(parts) = parts.get_mut(usize::from(column))
                    && parts.last() != Some(&text)
                {
                    parts.push(text);
                }
            }
        }
        (0..).zip(parts).map(|(number, parts)| head(number, &parts)).collect()
    }

    fn data(&mut self, number: u32, cells: &mut Vec<Raw>) {
        self.fill_down(number, cells);
        let Some(table) = &mut self.table else { return };
        let width = cells.last().map_or(0, |c| usize::from(c.column) + 1);
        let mut row = vec![("", CellKind::Text); width];
        for cell in cells.iter() {
            if let Some(slot) = row.get_mut(usize::from(cell.column)) {
                *slot = (cell.text.as_str(), cell.kind);
            }
        }
        let repeated = table.heads.iter().filter(|h| !h.column.head.is_empty()).count() > 1
            && table
                .heads
                .iter()
                .all(|h| row.get(usize::from(h.column.number)).map_or("", |c| c.0.trim()) == &*h.column.head);
        let row = RosterRow::new(number, row);
        if !row.is_blank() && !repeated {
            table.rows.push(row);
        }
    }

    /// Cells merged over rows hold their value only in the first: 单位 over its people.
    fn fill_down(&mut self, number: u32, cells: &mut Vec<Raw>) {
        if self.down.is_empty() {
            return;
        }
        for (column, (until, value)) in &self.filling {
            if number <= *until && cells.iter().all(|c| c.column != *column) {
                cells.push(value.clone());
            }
        }
        cells.sort_by_key(|c| c.column);
        self.filling.retain(|_, (until, _)| *until > number);
        for (column, until) in self.down.get(&number).into_iter().flatten() {
            if let Some(cell) = cells.iter().find(|c| c.column == *column) {
                self.filling.insert(*column, (*until, cell.clone()));
            }
        }
    }
}

/// How far a group without merged cells reaches to the right.
fn reach(column: u16, cells: &[Raw], rows: &[&(u32, Vec<Raw>)], depth: usize) -> u16 {
    let next = cells
        .iter()
        .map(|c| c.column)
        .filter(|c| *c > column)
        .min()
        .unwrap_or(u16::MAX);
    let below = rows.get(depth + 1).map_or(&[][..], |(_, cells)| cells.as_slice());
    if below.iter().all(|c| c.column != column) {
        return column;
    }
    below
        .iter()
        .map(|c| c.column)
        .filter(|c| *c > column && *c < next)
        .max()
        .unwrap_or(column)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().concat()
}

fn head(number: u16, parts: &[String]) -> Head {
    let text: Arc<str> = parts.join(" ").into();
    let group = (parts.len() > 1).then(|| parts.first().cloned()).flatten();
    Head {
        column: Column { number, head: text },
        group,
    }
}

/// `fact:<id>` in a hidden row; the column of `person:<n>` is the one marked `person`, or the first.
fn own_ledger(cells: &[Raw], width: usize) -> OwnLedger {
    let width = cells.last().map_or(width, |c| width.max(usize::from(c.column) + 1));
    let mut facts = vec![None; width];
    let mut people_column = None;
    for cell in cells {
        let text = cell.text.trim();
        if let (Some(id), Some(slot)) = (text.strip_prefix("fact:"), facts.get_mut(usize::from(cell.column))) {
            *slot = Some(id.trim().to_owned());
        } else if text.starts_with("person") {
            people_column = Some(cell.column);
        }
    }
    let first_free = facts.first().is_some_and(Option::is_none);
    OwnLedger {
        people_column: people_column.or(first_free.then_some(0)),
        facts,
    }
}
