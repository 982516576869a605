//! 期限: a length as the law writes it, never converted into another unit.

use crate::Calendar;
use crate::calendar::YearNotEntered;
use crate::reading::Fields;
use std::fmt;
use vocabulary::Day;

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    WorkingDays(u16),
    /// Calendar days.
    Days(u16),
    Months(u16),
    Years(u16),
}

impl Length {
    /// The last day of the period that begins with what happened on `day`. The starting day is not counted; months and
    /// years end on the same-numbered day or the month's last (民法典第二百零一、二百零二条).
    pub fn after(self, day: Day, calendar: &Calendar) -> Result<Day, YearNotEntered> {
        Ok(match self {
            Length::WorkingDays(n) => calendar.add_working_days(day, n)?,
            Length::Days(n) => day.plus_days(i64::from(n)),
            Length::Months(n) => day.plus_months(i32::from(n)),
            Length::Years(n) => day.plus_months(i32::from(n) * 12),
        })
    }

    /// Exactly one of `working_days`, `days`, `months`, `years`; None (and a fault) otherwise.
    pub(crate) fn read(fields: &Fields) -> Option<Length> {
        let number = |key| {
            let n = fields.maybe_number(key)?;
            let fits = u16::try_from(n).ok();
            if fits.is_none() {
                fields.sheet.fault(fields.at.clone(), format!("`{key}` 不能是 {n}"), None, None);
            }
            fits
        };
        let units = [
            number("working_days").map(Length::WorkingDays),
            number("days").map(Length::Days),
            number("months").map(Length::Months),
            number("years").map(Length::Years),
        ];
        let mut found: Vec<Length> = units.into_iter().flatten().collect();
        if found.len() != 1 {
            let says = "期限应写一个单位：working_days、days、months 或 years".to_owned();
            fields.sheet.fault(fields.at.clone(), says, None, Some("各单位不换算"));
        }
        found.pop()
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Length::WorkingDays(n) => write!(f, "{n}个工作日"),
            Length::Days(n) => write!(f, "{n}日"),
            Length::Months(n) => write!(f, "{n}个月"),
            Length::Years(n) => write!(f, "{n}年"),
        }
    }
}
