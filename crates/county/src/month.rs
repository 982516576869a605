//! The step in which lives are reckoned.

use vocabulary::{Date, Day};

/// 月: one calendar month; `plus` and `months_to` are plain counting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Month(i32);

impl Month {
    /// `month` 1–12.
    pub const fn new(year: i32, month: i32) -> Month {
        Month(year * 12 + month - 1)
    }
    pub fn of(day: Day) -> Month {
        Month::new(i32::from(day.year()), i32::from(day.month()))
    }
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }
    /// 1–12.
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }
    pub const fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }
    pub const fn months_to(self, later: Month) -> i32 {
        later.0 - self.0
    }
    pub fn date(self) -> Date {
        Date::month_of(self.year() as i16, self.number() as u8).unwrap_or_else(|| self.day(1).into())
    }
    /// That day of the month, or its last.
    pub fn day(self, day: u8) -> Day {
        let (year, month) = (self.year() as i16, self.number() as u8);
        let last = vocabulary::day::days_in_month(year, month);
        Day::of(year, month, day.clamp(1, last)).unwrap_or(Day::from_number(0))
    }
    /// `2019.03`, as a résumé prints it.
    pub fn dotted(self) -> String {
        format!("{:04}.{:02}", self.year(), self.number())
    }
}

/// How a county's months become dates: the last years to the day, what lies before to the month.
#[derive(Clone, Copy)]
pub struct Calendar {
    pub exact_from: Month,
    pub salt: u64,
}

impl Calendar {
    pub fn date(self, month: Month) -> Date {
        if month < self.exact_from { month.date() } else { self.day(month).into() }
    }
    /// Always the same day for the same county and month.
    pub fn day(self, month: Month) -> Day {
        let mixed = (self.salt ^ (month.0 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        month.day(1 + ((mixed >> 33) % 28) as u8)
    }
}
