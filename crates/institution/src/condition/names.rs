//! A few code names, found fast: by their ends, which say all of a short one.

use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    all: Box<[(Mark, Arc<str>)]>,
    /// Places in `all`, counted from 1, where a name's mark leads or right after; 0 is free. A power of two.
    leads: Box<[u32]>,
}

impl Names {
    pub fn of(names: impl IntoIterator<Item = Arc<str>>) -> Names {
        let all: Box<[(Mark, Arc<str>)]> = names.into_iter().map(|name| (Mark::of(&name), name)).collect();
        let mut leads = vec![0; (all.len() * 2).next_power_of_two()];
        for (place, (mark, _)) in (1..).zip(&all) {
            let mut at = mark.lead(leads.len());
            while leads[at] != 0 {
                at = (at + 1) % leads.len();
            }
            leads[at] = place;
        }
        Names { all, leads: leads.into() }
    }
    pub fn all(&self) -> impl Iterator<Item = &Arc<str>> {
        self.all.iter().map(|(_, name)| name)
    }
    #[inline]
    pub fn place(&self, name: &str) -> Option<usize> {
        if self.leads.is_empty() {
            return None;
        }
        let wanted = Mark::of(name);
        let mut at = wanted.lead(self.leads.len());
        loop {
            let place = self.leads[at].checked_sub(1)? as usize;
            let (mark, known) = &self.all[place];
            if *mark == wanted && (name.len() <= Mark::WHOLE || **known == *name) {
                return Some(place);
            }
            at = (at + 1) & (self.leads.len() - 1);
        }
    }
    #[inline]
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }
}

/// The first and the last eight bytes and the length: all of `乡科级正职`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    first: u64,
    last: u64,
    length: usize,
}

impl Mark {
    /// Names as long as this are told apart by their marks alone. Unit: bytes.
    const WHOLE: usize = 16;

    #[inline]
    fn of(name: &str) -> Mark {
        let bytes = name.as_bytes();
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
        };
        Mark { first, last, length: bytes.len() }
    }
    #[inline]
    fn lead(&self, size: usize) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(21) ^ self.length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 40) as usize & (size - 1)
    }
}

/// Heights of an ordered table by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heights {
    names: Names,
    heights: Box<[i64]>,
}

impl Heights {
    pub fn of(table: Option<&crate::Table>) -> Heights {
        let codes = table.into_iter().flat_map(|t| &t.values).filter_map(|c| Some((c.name.clone(), c.height?)));
        let (names, heights): (Vec<_>, Vec<_>) = codes.unzip();
        Heights { names: Names::of(names), heights: heights.into() }
    }
    #[inline]
    pub fn of_name(&self, name: &str) -> Option<i64> {
        self.names.place(name).map(|place| self.heights[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_at_its_place_and_no_other_is() {
        let long = ["中共青云县委组织部干部监督科一", "中共青云县委组织部干部监督科二", "中共青云县委宣传部干部监督科一"];
        let all: Vec<String> = (0..400).map(|n| format!("{n}")).chain(["男", "女", "", "乡科级正职", "乡科级副职"].map(str::to_owned)).chain(long.map(str::to_owned)).collect();
        let names = Names::of(all.iter().map(|n| Arc::from(n.as_str())));
        for (place, name) in all.iter().enumerate() {
            assert_eq!(names.place(name), Some(place), "{name}");
        }
        for other in ["400", "县处级正职", "中共青云县委组织部纪检监督科一", "男男", "\0"] {
            assert_eq!(names.place(other), None, "{other}");
        }
        assert_eq!(Names::default().place("男"), None);
        assert_eq!(Names::of([]).place("男"), None);
    }
}
