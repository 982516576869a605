//! 恢复到某一号: what a record was when the journal ended at number S.
//!
//! | table has | then |
//! |---|---|
//! | `entered`, or another column in [`BEGINNINGS`] | rows entered later are left out |
//! | `superseded`, or another column in [`ENDINGS`] | a number beyond S is taken back: the row is in force again |
//! | a row of its own above it that is left out | left out with it (`consulted` with its consultation) |
//! | the journal's tree | leaves of the entries that stay; its inner nodes are computed anew |
//! | neither (settings, drafts) | as it was when the backup was made: it says nothing about anybody |
//!
//! Not dated, and therefore as in the backup: an account's present password and factors. An account opened after S is
//! gone, one closed after S is open again: whoever restores looks through the accounts (docs/operating).

use crate::Result;
use std::collections::HashSet;
use std::io::Read;
use store::archive::{self, Seal};
use store::{Param, Table};

/// Columns besides `entered` that hold the journal number with which a row came.
pub const BEGINNINGS: &[(&str, &str)] = &[("journal", "id"), ("consultations", "entry")];

/// Columns besides `superseded` that hold the journal number at which something ended.
pub const ENDINGS: &[(&str, &str)] = &[("accounts", "closed"), ("ballots", "closed")];

/// Tables that carry no journal number, with the reason why a cut leaves them as they are.
pub const UNDATED: &[(&str, &str)] = &[
    ("settings", "what the program knows of itself"),
    ("drafts", "typed and not yet sent: no record of anybody"),
    ("consulted", "goes with its consultation"),
    ("export_files", "goes with its export"),
    ("browsers", "who had logged in where: decides nothing about a record"),
    ("sign_ins", "a history of the door, by the machine's clock"),
    ("duty_occurrences", "numbers given to days, good for ever"),
    ("duty_digests", "letters that were made and sent"),
    ("duty_feeds", "addresses of calendars"),
    ("purges", "what was lawfully purged stays purged, whatever is restored"),
    ("purge_decisions", "goes with its purge"),
    ("purged_rows", "goes with its purge"),
];

/// Heads of the journal's tree and what was looked through: those of a larger tree are left out.
const SIZED: &[&str] = &["checkpoints", "verifications"];
/// Inner nodes of the tree, which the journal grows again from the leaves that stay.
const GROWN: &[&str] = &["journal_tree", "journal_tiles"];

/// What a backup's journal says about where to cut.
#[derive(Debug, Default)]
pub struct Cut {
    pub known: i64,
    /// Leaves of the journal's tree up to there; none when the whole backup is taken.
    leaves: Option<i64>,
    /// Files that only later entries brought.
    later_sources: HashSet<i64>,
}

impl Cut {
    /// The cut at journal number `known`, or (`moment`) after the last entry of that moment.
    pub fn find(from: &mut dyn Read, seal: Option<&dyn Seal>, known: Option<i64>, moment: Option<&str>) -> Result<Cut> {
        let mut entries: Vec<(i64, String, Option<i64>)> = Vec::new();
        let mut positions: Vec<(i64, i64)> = Vec::new();
        archive::rows(from, seal, "journal", &mut |table, row| {
            let int = |column: &str| match table.at(column).map(|at| &row[at]) {
                Some(Param::Int(n)) => Some(*n),
                _ => None,
            };
            let at = match table.at("at").map(|at| &row[at]) {
                Some(Param::Text(text)) => text.to_string(),
                _ => String::new(),
            };
            let id = int("id").unwrap_or(0);
            entries.push((id, at, int("source")));
            positions.extend(int("position").map(|position| (id, position)));
        })?;
        let by_moment = || moment.and_then(|m| entries.iter().filter(|(_, at, _)| at.as_str() <= m).map(|(id, ..)| *id).max());
        let known = known.or_else(by_moment).unwrap_or(0);
        let of = |before: bool| -> HashSet<i64> {
            entries.iter().filter(|(id, ..)| (*id <= known) == before).filter_map(|(_, _, source)| *source).collect()
        };
        let later_sources = of(false).difference(&of(true)).copied().collect();
        let whole = entries.iter().all(|(id, ..)| *id <= known);
        let leaves = positions.iter().filter(|(id, _)| *id <= known).map(|(_, position)| position + 1).max().unwrap_or(0);
        Ok(Cut { known, later_sources, leaves: (!whole).then_some(leaves) })
    }

    /// Changes `row` to what it was; `false` when it was not there yet.
    pub fn row(&self, table: &Table, row: &mut [Param]) -> bool {
        let later = |at: Option<usize>, row: &[Param]| matches!(at.map(|at| &row[at]), Some(Param::Int(n)) if *n > self.known);
        let beginnings = BEGINNINGS.iter().filter(|(name, _)| *name == table.name).map(|(_, column)| *column);
        if std::iter::once("entered").chain(beginnings).any(|column| later(table.at(column), row)) {
            return false;
        }
        if table.name == "sources"
            && let Some(Param::Int(id)) = table.at("id").map(|at| &row[at])
            && self.later_sources.contains(id)
        {
            return false;
        }
        if let Some(leaves) = self.leaves {
            let larger = matches!(table.at("size").map(|at| &row[at]), Some(Param::Int(size)) if *size > leaves);
            if GROWN.contains(&table.name.as_str()) || (SIZED.contains(&table.name.as_str()) && larger) {
                return false;
            }
        }
        let endings = ENDINGS.iter().filter(|(name, _)| *name == table.name).map(|(_, column)| *column);
        for column in std::iter::once("superseded").chain(endings) {
            if let Some(at) = table.at(column)
                && later(Some(at), row)
            {
                row[at] = Param::Null;
            }
        }
        true
    }

    /// Does a cut know what to do with this table?
    pub fn knows(table: &Table) -> bool {
        table.at("entered").is_some()
            || table.name == "sources"
            || SIZED.contains(&table.name.as_str())
            || GROWN.contains(&table.name.as_str())
            || BEGINNINGS.iter().any(|(name, _)| *name == table.name)
            || UNDATED.iter().any(|(name, _)| *name == table.name)
    }
}
