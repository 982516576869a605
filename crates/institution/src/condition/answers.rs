//! 答案: what sixty-four tests answered, as bits.

use vocabulary::Truth;

/// A test that is in neither is unknown, so that fresh room is cleared memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub yes: u64,
    pub no: u64,
}

impl Answers {
    /// So many of them hold the answers to `tests`.
    pub fn room(tests: usize) -> usize {
        tests.div_ceil(64)
    }
    /// Which of many holds a test's answer, and where in it.
    #[inline]
    pub fn place(number: usize) -> (usize, u32) {
        (number / 64, (number % 64) as u32)
    }
    #[inline]
    pub fn truth(&self, place: u32) -> Truth {
        Truth::surely(self.yes >> place & 1 == 1, self.no >> place & 1 == 1)
    }
    #[inline]
    pub fn note(&mut self, place: u32, truth: Truth) {
        match truth {
            Truth::True => self.yes |= 1 << place,
            Truth::False => self.no |= 1 << place,
            Truth::Unknown => {}
        }
    }
    #[inline]
    pub fn add(&mut self, more: Answers) {
        self.yes |= more.yes;
        self.no |= more.no;
    }
}
