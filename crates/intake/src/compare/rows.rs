//! 逐行比对: rows of one noun, paired, and the columns that differ.

use super::One;
use super::alike::Alike;
use crate::change::{Table, Write};
use crate::wanted::Said;
use exchange::Place;
use registry::dated::Stored;
use store::Param;

pub(crate) fn table<T: registry::dated::Noun>() -> Table {
    Table { name: T::TABLE, columns: T::COLUMNS, corrects: T::CORRECTS }
}

impl One<'_> {
    /// `held` is None for a new person: then every row is brought without lines. `places` say where single columns stand.
    pub(super) fn rows<T: Alike>(&mut self, said: Vec<Said<T>>, held: Option<&[Stored<T>]>, places: &[(&'static str, Place)]) {
        let Some(held) = held else {
            for one in &said {
                self.brings(T::NOUN);
                self.compared.writes.push(Write::Put { table: table::<T>(), replaces: None, params: one.row.params() });
            }
            return;
        };
        let pairs = pairs(&said, held);
        for (one, partner) in said.iter().zip(&pairs) {
            match partner.and_then(|at| held.get(at)) {
                Some(old) => self.differing(one, old, places),
                None => self.added(one),
            }
        }
        if T::TELLS_ABSENT && !said.is_empty() {
            for (at, old) in held.iter().enumerate() {
                if !pairs.contains(&Some(at)) {
                    self.compared.absent.push(format!("{}：{}", T::NOUN, old.row.label()));
                }
            }
        }
    }

    fn added<T: Alike>(&mut self, said: &Said<T>) {
        let id = format!("{}:{}:{}", self.number, T::TABLE, said.row.label());
        if self.line(id, T::NOUN, said.row.label(), None, said.row.told(), &said.place) {
            self.compared.writes.push(Write::Put { table: table::<T>(), replaces: None, params: said.row.params() });
        }
    }

    fn differing<T: Alike>(&mut self, said: &Said<T>, old: &Stored<T>, places: &[(&'static str, Place)]) {
        let (was, new) = (old.row.params(), said.row.params());
        let mut merged = was.clone();
        let mut taken = false;
        for ((column, slot), new) in T::COLUMNS.iter().zip(&mut merged).zip(new) {
            let Some(name) = T::column(column) else {
                // Pinyin and the like follow the column before them.
                if taken && !is_empty(&new) {
                    *slot = new;
                }
                continue;
            };
            taken = false;
            if is_empty(&new) || said.silent.contains(column) || says_no_more(&new, slot) {
                continue;
            }
            let label = old.row.label();
            let (id, field) = if label.is_empty() {
                (format!("{}:{column}", self.number), name.to_owned())
            } else {
                (format!("{}:{}:{label}:{column}", self.number, T::TABLE), format!("{label} · {name}"))
            };
            let place = places.iter().find(|(c, _)| c == column).map_or(&said.place, |(_, p)| p);
            let (shown_old, shown_new) = (self.shown(column, slot), self.shown(column, &new).unwrap_or_default());
            if self.line(id, T::NOUN, field, shown_old, shown_new, place) {
                *slot = new;
                taken = true;
            }
        }
        if merged != was {
            self.compared.writes.push(Write::Put { table: table::<T>(), replaces: Some(old.id), params: merged });
        }
    }
}

/// Not said. A file that leaves a cell empty takes nothing away.
fn is_empty(param: &Param) -> bool {
    match param {
        Param::Null => true,
        Param::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The same, or the same month where the record knows the day.
fn says_no_more(new: &Param, old: &Param) -> bool {
    match (new, old) {
        (Param::Text(new), Param::Text(old)) => new == old || (coarser_date(new, old)),
        _ => new == old,
    }
}

fn coarser_date(new: &str, old: &str) -> bool {
    let date = |t: &str| matches!(t.len(), 4 | 7 | 10) && t.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    old.len() > new.len() && old.starts_with(new) && date(new) && date(old)
}

/// For each row said, the row on record that it speaks of: the most alike first, none twice.
pub(super) fn pairs<T: Alike>(said: &[Said<T>], held: &[Stored<T>]) -> Vec<Option<usize>> {
    let mut scored: Vec<(u32, usize, usize)> = Vec::new();
    for (i, one) in said.iter().enumerate() {
        for (j, old) in held.iter().enumerate() {
            let score = one.row.alike(&old.row);
            if score > 0 {
                scored.push((score, i, j));
            }
        }
    }
    scored.sort_by_key(|(score, i, j)| (std::cmp::Reverse(*score), *i, *j));
    let mut pairs = vec![None; said.len()];
    let mut taken = vec![false; held.len()];
    for (_, i, j) in scored {
        if let (Some(slot @ None), Some(free @ false)) = (pairs.get_mut(i), taken.get_mut(j)) {
            *slot = Some(j);
            *free = true;
        }
    }
    pairs
}
