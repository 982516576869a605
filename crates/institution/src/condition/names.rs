//! A few code names, found fast: most differ in their last letters, so those are compared first.

use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    known: Box<[(u64, Arc<str>)]>,
    /// Places of `known` by the high bits of the mark, from 1, with gaps; empty for a handful, which is read through.
    table: Box<[u16]>,
}

/// Up to so many names are compared one after another.
const HANDFUL: usize = 4;

impl Names {
    pub fn of(names: impl IntoIterator<Item = Arc<str>>) -> Names {
        let known: Box<[(u64, Arc<str>)]> = names.into_iter().map(|name| (mark(&name), name)).collect();
        let mut table = Vec::new();
        if known.len() > HANDFUL && known.len() < usize::from(u16::MAX) {
            table = vec![0; (known.len() * 2).next_power_of_two()];
            for (place, (mark, _)) in known.iter().enumerate() {
                let mut at = seat(*mark, table.len());
                while table[at] != 0 {
                    at = (at + 1) % table.len();
                }
                table[at] = place as u16 + 1;
            }
        }
        Names { known, table: table.into() }
    }
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|(_, name)| &**name)
    }
    #[inline]
    pub fn place(&self, name: &str) -> Option<usize> {
        let wanted = mark(name);
        let fits = |place: usize| self.known[place].0 == wanted && same(&self.known[place].1, name);
        if self.table.is_empty() {
            return (0..self.known.len()).find(|place| fits(*place));
        }
        let mut at = seat(wanted, self.table.len());
        loop {
            match usize::from(self.table[at]).checked_sub(1) {
                None => return None,
                Some(place) if fits(place) => return Some(place),
                Some(_) => at = (at + 1) % self.table.len(),
            }
        }
    }
    #[inline]
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }
}

/// The same name? Both have the same mark; up to sixteen bytes (five letters) two looks tell, without a call.
#[inline]
fn same(known: &str, name: &str) -> bool {
    let (known, name) = (known.as_bytes(), name.as_bytes());
    match (known.first_chunk::<8>(), name.first_chunk::<8>()) {
        (Some(a), Some(b)) if known.len() <= 16 => known.len() == name.len() && a == b && known.last_chunk::<8>() == name.last_chunk::<8>(),
        _ => known == name,
    }
}

/// Where the search for a mark begins in a table of `len` seats, a power of two.
#[inline]
fn seat(mark: u64, len: usize) -> usize {
    (mark.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (len - 1)
}

/// The last eight bytes (two letters and a half), and the length: `乡科级正职` and `乡科级副职` differ here.
#[inline]
fn mark(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let tail = match bytes.last_chunk::<8>() {
        Some(tail) => u64::from_le_bytes(*tail),
        None => bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    };
    tail.wrapping_add((bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
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
