//! A date known to the day, the month, or only the year: what a file says, no more.

use crate::day::{Day, NotADay};
use std::fmt;
use std::str::FromStr;

/// 日期（可只到年、月）. Written `1982`, `1982-04` or `1982-04-17`; the length is the precision, and
/// shorter text sorts before what it contains, so the database compares these texts as they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8, // 0: not known
    day: u8,   // 0: not known
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Precision {
    Year,
    Month,
    Day,
}

impl Date {
    pub const fn year_only(year: i16) -> Option<Date> {
        if year < 1000 || year > 9999 { None } else { Some(Date { year, month: 0, day: 0 }) }
    }
    pub const fn month_of(year: i16, month: u8) -> Option<Date> {
        if year < 1000 || year > 9999 || month < 1 || month > 12 {
            None
        } else {
            Some(Date { year, month, day: 0 })
        }
    }
    pub const fn year(self) -> i16 {
        self.year
    }
    pub const fn month(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }
    pub const fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day it can be: what sorting and spans count from.
    pub const fn earliest(self) -> Day {
        let month = if self.month == 0 { 1 } else { self.month };
        let day = if self.day == 0 { 1 } else { self.day };
        match Day::of(self.year, month, day) {
            Some(d) => d,
            None => panic!("a Date is made only from valid parts"),
        }
    }
    /// The last day it can be.
    pub const fn latest(self) -> Day {
        if self.day != 0 {
            return self.earliest();
        }
        let month = if self.month == 0 { 12 } else { self.month };
        match Day::of(self.year, month, crate::day::days_in_month(self.year, month)) {
            Some(d) => d,
            None => panic!("a Date is made only from valid parts"),
        }
    }
    /// The day itself, when it is known to the day.
    pub const fn exact(self) -> Option<Day> {
        if self.day == 0 { None } else { Some(self.earliest()) }
    }

    /// Reads what offices write: `198204`, `19820417`, `1982.04`, `1982.4.17`, `1982-04-17`, `1982/4`,
    /// `1982年4月`, `1982`. Refuses an impossible month or day (`198213`) instead of guessing.
    pub fn read(text: &str) -> Result<Date, NotADay> {
        let bad = || NotADay(text.trim().to_owned());
        let mut parts: Vec<String> = vec![String::new()];
        for c in text.trim().chars() {
            let c = match c {
                '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
                other => other,
            };
            match c {
                '0'..='9' => parts.last_mut().expect("never empty").push(c),
                '.' | '-' | '/' | '年' | '月' | '．' | '－' | '·' | '。' => parts.push(String::new()),
                '日' | ' ' => {}
                _ => return Err(bad()),
            }
        }
        while parts.len() > 1 && parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        let number = |s: &str| s.parse::<i16>().map_err(|_| bad());
        let (y, m, d) = match parts.as_slice() {
            [one] => match one.len() {
                4 => (number(one)?, 0, 0),
                6 => (number(&one[..4])?, number(&one[4..])?, 0),
                8 => (number(&one[..4])?, number(&one[4..6])?, number(&one[6..])?),
                _ => return Err(bad()),
            },
            [y, m] if y.len() == 4 && matches!(m.len(), 1 | 2) => (number(y)?, number(m)?, 0),
            [y, m, d] if y.len() == 4 && matches!(m.len(), 1 | 2) && matches!(d.len(), 1 | 2) => {
                (number(y)?, number(m)?, number(d)?)
            }
            _ => return Err(bad()),
        };
        let date = match (one_or_none(&parts), m, d) {
            (true, _, _) => Date::year_only(y),
            (_, m, 0) if parts_have_day(&parts) || m == 0 => None,
            (_, m, 0) => Date::month_of(y, m as u8),
            (_, m, d) => Day::of(y, m as u8, d as u8).map(Date::from),
        };
        date.ok_or_else(bad)
    }

    /// `1982.04` as the forms print it (year alone stays a year, the day is left out).
    pub fn dotted_month(self) -> String {
        if self.month == 0 { format!("{:04}", self.year) } else { format!("{:04}.{:02}", self.year, self.month) }
    }
    /// `198204` or `19820417`: how `.lrmx` and the national workbook write it.
    pub fn compact(self) -> String {
        self.to_string().replace('-', "")
    }
}

/// Was only a year written?
fn one_or_none(parts: &[String]) -> bool {
    parts.len() == 1 && parts[0].len() == 4
}
/// Was a day written (even `00`)?
fn parts_have_day(parts: &[String]) -> bool {
    parts.len() == 3 || (parts.len() == 1 && parts[0].len() == 8)
}

impl From<Day> for Date {
    fn from(d: Day) -> Date {
        Date { year: d.year(), month: d.month(), day: d.day() }
    }
}
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision() {
            Precision::Year => write!(f, "{:04}", self.year),
            Precision::Month => write!(f, "{:04}-{:02}", self.year, self.month),
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day),
        }
    }
}
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Date {
    type Err = NotADay;
    /// Only the stored form; [`Date::read`] takes what offices write.
    fn from_str(text: &str) -> Result<Date, NotADay> {
        match text.len() {
            4 | 7 => {
                let date = Date::read(text)?;
                if date.to_string() == text { Ok(date) } else { Err(NotADay(text.to_owned())) }
            }
            _ => text.parse::<Day>().map(Date::from),
        }
    }
}
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    #[test]
    fn every_way_an_office_writes_a_month_is_one_date() {
        for text in ["198204", "1982.04", "1982.4", "1982-04", "1982/4", "1982年4月", " 1982年04月 ", "１９８２.０４"] {
            assert_eq!(Date::read(text).map(|d| d.to_string()), Ok("1982-04".into()), "{text}");
        }
        for text in ["19820417", "1982.04.17", "1982-4-17", "1982年4月17日"] {
            assert_eq!(Date::read(text), Ok(day!(1982 - 04 - 17).into()), "{text}");
        }
        assert_eq!(Date::read("1982").map(|d| d.to_string()), Ok("1982".into()));
    }

    #[test]
    fn an_impossible_date_is_refused_not_mended() {
        for text in ["198213", "19820431", "1982.00", "19820400", "82.04", "民建", "", "2004.10.", "1982040"] {
            let read = Date::read(text);
            if text == "2004.10." {
                assert!(read.is_ok(), "a trailing dot says nothing");
            } else {
                assert!(read.is_err(), "{text}: {read:?}");
            }
        }
    }

    #[test]
    fn shorter_text_sorts_before_what_it_contains() {
        let year: Date = "2019".parse().unwrap();
        let month: Date = "2019-03".parse().unwrap();
        let exact: Date = "2019-03-01".parse().unwrap();
        assert!(year < month && month < exact);
        assert!(year.to_string() < month.to_string() && month.to_string() < exact.to_string());
        assert_eq!(year.latest(), day!(2019 - 12 - 31));
        assert_eq!(month.latest(), day!(2019 - 03 - 31));
    }
}
