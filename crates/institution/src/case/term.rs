//! 时限: a length with its own clock, never converted into another unit.

use crate::reading::Fields;
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// 工作小时: runs only within office hours of working days.
    WorkingHours(u16),
    /// 小时: runs day and night.
    Hours(u16),
    /// 工作日; 0 is 当日.
    WorkingDays(u16),
    /// 日, as the calendar has them.
    Days(u16),
}

impl Term {
    /// Reads `{ working_days = 3 }` under `key`; None when the key is not there.
    pub(crate) fn maybe(fields: &Fields, key: &'static str) -> Option<Term> {
        let table = Fields::of(fields.maybe(key)?, "时限", fields.sheet)?;
        let term = Term::read(&table);
        table.finish();
        term
    }

    /// Exactly one unit; None (and a fault) otherwise.
    pub(crate) fn read(table: &Fields) -> Option<Term> {
        let number = |key| {
            let n = table.maybe_number(key)?;
            let fits = u16::try_from(n).ok();
            if fits.is_none() {
                table.sheet.fault(table.at.clone(), format!("`{key}` 不能是 {n}"), None, None);
            }
            fits
        };
        let units = [
            number("working_hours").map(Term::WorkingHours),
            number("hours").map(Term::Hours),
            number("working_days").map(Term::WorkingDays),
            number("days").map(Term::Days),
        ];
        let mut found: Vec<Term> = units.into_iter().flatten().collect();
        if found.len() != 1 {
            let says = "时限应写一个单位：working_hours、hours、working_days 或 days".to_owned();
            table.sheet.fault(table.at.clone(), says, None, Some("各单位不换算"));
        }
        found.pop()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::WorkingHours(n) => write!(f, "{n}个工作小时"),
            Term::Hours(n) => write!(f, "{n}小时"),
            Term::WorkingDays(0) => f.write_str("当日"),
            Term::WorkingDays(n) => write!(f, "{n}个工作日"),
            Term::Days(n) => write!(f, "{n}日"),
        }
    }
}
