//! A few code names, found fast: most differ in their last letters, so those are compared first.

use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Box<[(u64, Arc<str>)]>);

impl Names {
    pub fn of(names: impl IntoIterator<Item = Arc<str>>) -> Names {
        Names(names.into_iter().map(|name| (mark(&name), name)).collect())
    }
    #[inline]
    pub fn place(&self, name: &str) -> Option<usize> {
        let wanted = mark(name);
        self.0.iter().position(|(mark, known)| *mark == wanted && **known == *name)
    }
    #[inline]
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }
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
