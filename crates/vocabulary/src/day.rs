//! One calendar day, and the arithmetic of law on it.

use std::fmt;
use std::str::FromStr;

/// 日: one day of the Gregorian calendar. Written `2024-06-01`, which is also how the database keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day {
    year: i16,
    month: u8,
    day: u8,
}

/// One comparison instead of three: rules ask it for every person.
impl Ord for Day {
    #[inline]
    fn cmp(&self, other: &Day) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
impl PartialOrd for Day {
    #[inline]
    fn partial_cmp(&self, other: &Day) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A day that does not exist, with the text that named it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` 不是有效的日期")]
pub struct NotADay(pub String);

/// `day!(2024-06-01)`: a day known when the program is written.
#[macro_export]
macro_rules! day {
    ($y:literal-$m:literal-$d:literal) => {
        $crate::Day::of($y, $m, $d).expect("a real day")
    };
}

pub const fn is_leap(year: i16) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// How many days `month` (1–12) of `year` has.
pub const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Day {
    /// None when the calendar has no such day. Years 1000–9999, so that text sorts as time.
    pub const fn of(year: i16, month: u8, day: u8) -> Option<Day> {
        if year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Day { year, month, day })
    }
    pub const fn year(self) -> i16 {
        self.year
    }
    pub const fn month(self) -> u8 {
        self.month
    }
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Rises with the day.
    const fn key(self) -> i32 {
        (self.year as i32) << 16 | (self.month as i32) << 8 | self.day as i32
    }

    /// Days since 1970-01-01 (may be negative). Howard Hinnant's civil-from-days arithmetic.
    pub const fn number(self) -> i64 {
        let y = if self.month <= 2 { self.year as i64 - 1 } else { self.year as i64 };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let m = self.month as i64;
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + self.day as i64 - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146097 + doe - 719468
    }

    /// The day with this number; the inverse of [`Day::number`].
    pub const fn from_number(number: i64) -> Day {
        let z = number + 719468;
        let era = z.div_euclid(146097);
        let doe = z.rem_euclid(146097);
        let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
        let year = (yoe + era * 400 + if month <= 2 { 1 } else { 0 }) as i16;
        Day { year, month, day }
    }

    pub const fn plus_days(self, days: i64) -> Day {
        Day::from_number(self.number() + days)
    }
    pub const fn next(self) -> Day {
        self.plus_days(1)
    }

    /// The same-numbered day `months` later, or that month's last day when there is none
    /// (民法典第二百零二条). Negative counts go back.
    pub const fn plus_months(self, months: i32) -> Day {
        let total = self.year as i32 * 12 + self.month as i32 - 1 + months;
        let year = total.div_euclid(12) as i16;
        let month = (total.rem_euclid(12) + 1) as u8;
        let last = days_in_month(year, month);
        Day { year, month, day: if self.day > last { last } else { self.day } }
    }

    /// 满几个月: whole months from `self` to `to`, the starting day not counted (民法典第二百零一、二百零二条).
    /// Zero when `to` is not later.
    pub const fn months_until(self, to: Day) -> i32 {
        let full = (to.year as i32 - self.year as i32) * 12 + to.month as i32 - self.month as i32;
        let short = to.day < self.day && to.day < days_in_month(to.year, to.month);
        let months = full - short as i32;
        if months < 0 { 0 } else { months }
    }

    /// 周岁、整年: whole years from `self` to `to`; zero when `to` is not later.
    pub const fn years_until(self, to: Day) -> i32 {
        self.months_until(to) / 12
    }

    /// 1 Monday … 7 Sunday.
    pub const fn weekday(self) -> u8 {
        ((self.number() + 3).rem_euclid(7) + 1) as u8
    }

    /// `2026年11月22日`, for sentences and papers.
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Day {
    type Err = NotADay;
    /// Only the full ISO form; what offices write otherwise is read by [`crate::Date::read`].
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let bad = || NotADay(text.to_owned());
        if text.len() != 10 || !text.is_ascii() || &text[4..5] != "-" || &text[7..8] != "-" {
            return Err(bad());
        }
        let number = |s: &str| s.parse::<i16>().map_err(|_| bad());
        Day::of(number(&text[..4])?, number(&text[5..7])? as u8, number(&text[8..])? as u8).ok_or_else(bad)
    }
}
impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_inverse_over_eight_centuries() {
        for n in -300_000..60_000 {
            let d = Day::from_number(n);
            assert_eq!(d.number(), n);
            assert_eq!(Day::of(d.year, d.month, d.day), Some(d));
            assert!(d > Day::from_number(n - 1));
        }
        assert_eq!(day!(1970 - 01 - 01).number(), 0);
        assert_eq!(day!(2026 - 11 - 22).weekday(), 7);
    }

    #[test]
    fn a_month_ends_on_the_same_numbered_day_or_the_last() {
        assert_eq!(day!(2024 - 01 - 31).plus_months(1), day!(2024 - 02 - 29));
        assert_eq!(day!(2024 - 01 - 31).months_until(day!(2024 - 02 - 28)), 0);
        assert_eq!(day!(2024 - 01 - 31).months_until(day!(2024 - 02 - 29)), 1);
        assert_eq!(day!(2024 - 12 - 01).months_until(day!(2026 - 11 - 22)), 23);
        assert_eq!(day!(2024 - 11 - 01).months_until(day!(2026 - 11 - 22)), 24);
        assert_eq!(day!(1990 - 02 - 28).years_until(day!(2026 - 11 - 22)), 36);
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_by_name() {
        assert_eq!("2025-02-29".parse::<Day>(), Err(NotADay("2025-02-29".into())));
        assert!("2025-2-9".parse::<Day>().is_err());
    }
}
