//! When something was so.

use crate::{Date, Day};

/// 期间: `[from, until)`, half open; `until` is empty while it lasts. Cannot end before it starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Period {
    from: Date,
    until: Option<Date>,
}

/// A period that would end before it begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("结束时间 `{until}` 早于开始时间 `{from}`")]
pub struct EndsBeforeItBegins {
    pub from: Date,
    pub until: Date,
}

impl Period {
    pub fn since(from: impl Into<Date>) -> Period {
        Period { from: from.into(), until: None }
    }
    /// Refuses only what is surely wrong: `2019` to `2019-03` may be right.
    pub fn between(from: Date, until: Option<Date>) -> Result<Period, EndsBeforeItBegins> {
        match until {
            Some(until) if until.latest() < from.earliest() => Err(EndsBeforeItBegins { from, until }),
            _ => Ok(Period { from, until }),
        }
    }
    pub fn ending(self, until: impl Into<Date>) -> Result<Period, EndsBeforeItBegins> {
        Period::between(self.from, Some(until.into()))
    }
    pub fn from(self) -> Date {
        self.from
    }
    pub fn until(self) -> Option<Date> {
        self.until
    }
    /// Is `day` inside, dates counted from their earliest day?
    pub fn contains(self, day: Day) -> bool {
        self.from.earliest() <= day && self.until.is_none_or(|u| u.earliest() > day)
    }
    /// Does `next` begin where this one ends?
    pub fn meets(self, next: Period) -> bool {
        self.until.is_some_and(|u| u.earliest() == next.from.earliest())
    }
    pub fn overlaps(self, other: Period) -> bool {
        self.until.is_none_or(|u| u.earliest() > other.from.earliest())
            && other.until.is_none_or(|u| u.earliest() > self.from.earliest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    #[test]
    fn neighbours_touch_and_do_not_overlap() {
        let first = Period::since(day!(2021 - 03 - 01)).ending(day!(2024 - 03 - 01)).unwrap();
        let next = Period::since(day!(2024 - 03 - 01));
        assert!(first.contains(day!(2021 - 03 - 01)) && !first.contains(day!(2024 - 03 - 01)));
        assert!(first.meets(next) && !first.overlaps(next));
    }

    #[test]
    fn a_period_never_ends_before_it_begins() {
        assert!(Period::since(day!(2021 - 03 - 01)).ending(day!(2021 - 02 - 28)).is_err());
        let year: Date = "2021".parse().unwrap();
        assert!(Period::since(day!(2021 - 03 - 01)).ending(year).is_ok(), "the year may end later");
    }
}
