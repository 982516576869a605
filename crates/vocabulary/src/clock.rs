//! The only place that asks the machine what time it is.

use crate::Day;
use std::fmt;

/// 时刻: seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Moment(pub i64);

/// China keeps one time zone, without summer time: UTC+8.
const CHINA_SECONDS: i64 = 8 * 3600;

impl Moment {
    /// The day in China.
    pub fn day(self) -> Day {
        Day::from_number((self.0 + CHINA_SECONDS).div_euclid(86_400))
    }
    /// Midnight in China at the start of `day`.
    pub fn at_start_of(day: Day) -> Moment {
        Moment(day.number() * 86_400 - CHINA_SECONDS)
    }
}
impl fmt::Display for Moment {
    /// `2026-11-22T14:05:09+08:00`, the form that the database keeps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = (self.0 + CHINA_SECONDS).rem_euclid(86_400);
        write!(f, "{}T{:02}:{:02}:{:02}+08:00", self.day(), s / 3600, s / 60 % 60, s % 60)
    }
}

/// 时钟: handed in, so that a test or a demo can stand on any day.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    Machine,
    /// Stands still at this moment.
    Fixed(Moment),
}

impl Clock {
    pub fn on(day: Day) -> Clock {
        Clock::Fixed(Moment(Moment::at_start_of(day).0 + 9 * 3600))
    }
    pub fn now(self) -> Moment {
        match self {
            Clock::Fixed(moment) => moment,
            Clock::Machine => {
                #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
                let now = std::time::SystemTime::now();
                let since = now.duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
                Moment(i64::try_from(since).unwrap_or(i64::MAX))
            }
        }
    }
    pub fn today(self) -> Day {
        self.now().day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        let midnight = Moment::at_start_of(day!(2026 - 11 - 22));
        assert_eq!(midnight.day(), day!(2026 - 11 - 22));
        assert_eq!(Moment(midnight.0 - 1).day(), day!(2026 - 11 - 21));
        assert_eq!(midnight.to_string(), "2026-11-22T00:00:00+08:00");
    }
}
