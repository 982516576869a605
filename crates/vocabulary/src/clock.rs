//! The only place that asks the machine what time it is.

use crate::Day;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

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
    /// Seconds since midnight in China.
    pub fn second_of_day(self) -> i64 {
        (self.0 + CHINA_SECONDS).rem_euclid(86_400)
    }
    /// `11月22日 14:05`, for lists where the year is plain.
    pub fn short(self) -> String {
        let (day, s) = (self.day(), self.second_of_day());
        format!("{}月{}日 {:02}:{:02}", day.month(), day.day(), s / 3600, s / 60 % 60)
    }
}
impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl std::str::FromStr for Moment {
    type Err = crate::day::NotADay;
    /// The stored form, or `2026-11-22 14:05` as data files write it; always China's time.
    fn from_str(text: &str) -> Result<Moment, Self::Err> {
        let bad = || crate::day::NotADay(text.to_owned());
        let day: Day = text.get(..10).ok_or_else(bad)?.parse()?;
        let rest = text.get(10..).unwrap_or_default().trim_end_matches("+08:00");
        let mut seconds = 0;
        let parts: Vec<&str> = rest.trim_start_matches(['T', ' ']).split(':').collect();
        for (part, (unit, most)) in parts.iter().zip([(3600, 24), (60, 60), (1, 60)]) {
            let number: i64 = part.parse().ok().filter(|n| (0..most).contains(n)).ok_or_else(bad)?;
            seconds += number * unit;
        }
        if parts.len() > 3 || parts.len() < 2 {
            return Err(bad());
        }
        Ok(Moment(Moment::at_start_of(day).0 + seconds))
    }
}
impl fmt::Display for Moment {
    /// `2026-11-22T14:05:09+08:00`, the form that the database keeps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.second_of_day();
        write!(f, "{}T{:02}:{:02}:{:02}+08:00", self.day(), s / 3600, s / 60 % 60, s % 60)
    }
}

/// 时钟: handed in, so that a test or a demo can stand on any day.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    Machine,
    /// Stands still at this moment.
    Fixed(Moment),
    /// Moved by hand, seconds: for tests in which time passes.
    Hand(&'static AtomicI64),
}

impl Clock {
    pub fn on(day: Day) -> Clock {
        Clock::Fixed(Moment(Moment::at_start_of(day).0 + 9 * 3600))
    }
    pub fn now(self) -> Moment {
        match self {
            Clock::Fixed(moment) => moment,
            Clock::Hand(seconds) => Moment(seconds.load(Ordering::Relaxed)),
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

    #[test]
    fn a_moment_is_read_back_as_it_was_written() {
        let moment = Moment(Moment::at_start_of(day!(2026 - 11 - 22)).0 + 50_709);
        assert_eq!(moment.to_string().parse(), Ok(moment));
        assert_eq!("2026-11-22 14:05".parse(), Ok(Moment(moment.0 - 9)));
        for wrong in ["2026-11-22", "2026-11-22 25:00", "2026-11-22 14:05:09:01", "十一月"] {
            assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
        }
    }
}
