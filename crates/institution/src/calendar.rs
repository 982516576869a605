//! 工作日历: which days are worked, by year, from `institutions/calendar.toml`.

use crate::reading::{Fields, Sheet, as_date};
use std::collections::{BTreeMap, HashSet};
use vocabulary::{Citation, Date, Day};

/// The office's calendar. A year that is not entered is never guessed.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Is the day after the starting day day 1 (the law's way, 民法典第二百零一条), or the starting day itself?
    pub count_from: CountFrom,
    /// 办公时间, seconds of the day, in order: `[08:30, 12:00)`, `[13:30, 18:00)`.
    hours: Vec<(i64, i64)>,
    years: BTreeMap<i16, Year>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountFrom {
    #[default]
    NextDay,
    SameDay,
}

#[derive(Clone, Debug)]
struct Year {
    off: HashSet<Day>,
    work: HashSet<Day>,
    #[allow(dead_code, reason = "read so that a year without its notice does not load")]
    source: Citation,
}

/// 未录入的年份: the calendar of this year is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}年工作日安排尚未录入")]
pub struct YearNotEntered(pub i16);

impl Calendar {
    pub fn is_working_day(&self, day: Day) -> Result<bool, YearNotEntered> {
        let year = self.years.get(&day.year()).ok_or(YearNotEntered(day.year()))?;
        // Weekends rest unless the yearly notice moves work onto them (放假办法第七条).
        Ok(year.work.contains(&day) || (day.weekday() <= 5 && !year.off.contains(&day)))
    }

    /// The last day of a period of `count` working days that starts with what happened on `day`.
    ///
    /// With [`CountFrom::NextDay`] the starting day is not counted: 2026-09-18 and 5 give 2026-09-24.
    pub fn add_working_days(&self, day: Day, count: u16) -> Result<Day, YearNotEntered> {
        let mut left = count;
        let mut at = day;
        if self.count_from == CountFrom::SameDay && left > 0 && self.is_working_day(at)? {
            left -= 1;
        }
        while left > 0 {
            at = at.next();
            if self.is_working_day(at)? {
                left -= 1;
            }
        }
        Ok(at)
    }

    /// Working days after `from` up to and with `to`; zero when `to` is not later.
    pub fn working_days_between(&self, from: Day, to: Day) -> Result<u16, YearNotEntered> {
        let mut count = 0;
        let mut at = from;
        while at < to {
            at = at.next();
            count += u16::from(self.is_working_day(at)?);
        }
        Ok(count)
    }

    /// 办公时间 of every working day; empty when the file does not say.
    pub fn hours(&self) -> &[(i64, i64)] {
        &self.hours
    }
    /// 下班: the second of the day at which office hours end; the day's last when no hours are entered.
    pub fn close_of_business(&self) -> i64 {
        self.hours.last().map_or(86_399, |(_, until)| *until)
    }

    /// The years that are entered.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.keys().copied()
    }

    pub(crate) fn read(sheet: &Sheet) -> Calendar {
        let mut calendar = Calendar::default();
        let root = sheet.parse();
        let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "工作日历", sheet)) else { return calendar };
        let conventions = [("next_day", CountFrom::NextDay), ("same_day", CountFrom::SameDay)];
        calendar.count_from = file.choice("count_from", &conventions).unwrap_or_default();
        calendar.hours = office_hours(&file);
        for fields in file.rows("year", "年份") {
            let number = fields.need("year").and_then(|_| fields.maybe_number("year"));
            let off = days_off(&fields);
            let work = work_weekends(&fields);
            if let (Some(number), Some(source)) = (number, crate::source::citation(&fields)) {
                let number = i16::try_from(number).unwrap_or_default();
                for day in off.iter().chain(&work).filter(|d| d.year() != number) {
                    fields.sheet.fault(fields.at.clone(), format!("{day} 不在 {number} 年"), None, None);
                }
                calendar.years.insert(number, Year { off, work, source });
            }
            fields.finish();
        }
        file.finish();
        calendar
    }
}

/// `hours = [{ from = "08:30", until = "12:00" }]`
fn office_hours(file: &Fields) -> Vec<(i64, i64)> {
    let clock = |fields: &Fields, key| {
        let text = fields.text(key);
        let read = text.split_once(':').and_then(|(h, m)| Some(h.parse::<i64>().ok()? * 3600 + m.parse::<i64>().ok()? * 60));
        if read.is_none_or(|s| s > 86_400) {
            fields.sheet.fault(fields.at.clone(), format!("`{text}` 不是时刻，应写成 \"08:30\""), None, None);
        }
        read.unwrap_or_default()
    };
    let mut hours: Vec<(i64, i64)> = Vec::new();
    for span in file.rows("hours", "办公时间") {
        let (from, until) = (clock(&span, "from"), clock(&span, "until"));
        if until <= from || hours.last().is_some_and(|(_, last)| from < *last) {
            span.sheet.fault(span.at.clone(), "办公时间应按先后写，不能交叉".into(), None, None);
        } else {
            hours.push((from, until));
        }
        span.finish();
    }
    hours
}

/// `off = [{ from = 2026-01-01, until = 2026-01-03 }]`; both days included, as the notice writes them.
fn days_off(fields: &Fields) -> HashSet<Day> {
    let mut off = HashSet::new();
    for span in fields.rows("off", "放假") {
        if let (Some(from), Some(to)) = (span.day("from"), span.day("until")) {
            let mut day = from;
            while day <= to {
                off.insert(day);
                day = day.next();
            }
        }
        span.finish();
    }
    off
}

fn work_weekends(fields: &Fields) -> HashSet<Day> {
    let mut work = HashSet::new();
    if let Some(crate::reading::Node { shape: crate::reading::Shape::List(list), .. }) = fields.maybe("work") {
        for node in list {
            match as_date(node).and_then(Date::exact) {
                Some(day) if day.weekday() > 5 => {
                    work.insert(day);
                }
                _ => {
                    let says = format!("`work` 里应是要上班的周末，这里是{}", node.described());
                    fields.sheet.fault(node.at.clone(), says, None, None);
                }
            }
        }
    }
    work
}
