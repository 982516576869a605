//! 周期: when something is due. Days are computed once for a cadence, never for each unit.

use crate::{Calendar, Length};
use vocabulary::{Day, day::days_in_month};

/// How a duty recurs.
#[derive(Clone, Debug)]
pub enum Cadence {
    /// Fixed days of some months: the 7th; the 27th of a quarter's last month; 1 July.
    Days { days: Vec<u8>, months: Vec<u8>, moved: Option<Moved> },
    /// 1 Monday … 7 Sunday.
    Weekly { weekday: u8, moved: Option<Moved> },
    /// At least so many in each period.
    AtLeast { count: u16, per: Per },
    /// Within so long after the day that a fact tells.
    After { fact: usize, within: Length },
    /// So long before the day that a fact tells runs out.
    Before { fact: usize, ahead: Length },
    /// Every year on the day of a fact: a political birthday.
    Anniversary { fact: usize },
    /// Within so long after something happened that was entered as an event of this kind.
    Event { kind: std::sync::Arc<str>, within: Length },
}

/// 遇节假日: where a fixed day goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    Next,
    Previous,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Per {
    Week,
    Month,
    TwoMonths,
    Quarter,
    Half,
    Year,
}

/// 一次: one occurrence of a duty, the same for every unit that owes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Slot {
    pub due: Day,
    /// Names it in the rows of what was done: `2026-03-07`, `2026-03/2`.
    pub key: String,
    pub opens: Day,
    /// Last day on which it can be made up.
    pub closes: Day,
    /// The year whose working days are not entered, so that the day could not be moved.
    pub unsure: Option<i16>,
}

/// 事实区间: units whose fact lies between these days (both included) are in the state that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRange {
    pub fact: usize,
    pub key: FactKey,
    pub from: Day,
    pub to: Day,
}

/// How the occurrence of a unit is named after its fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKey {
    /// By the date itself as it is on record.
    Whole,
    /// By this year; only month and day of the range count.
    Year(i16),
}

impl Per {
    pub fn says(self) -> &'static str {
        match self {
            Per::Week => "每周",
            Per::Month => "每月",
            Per::TwoMonths => "每两月",
            Per::Quarter => "每季度",
            Per::Half => "每半年",
            Per::Year => "每年",
        }
    }
    fn months(self) -> i32 {
        match self {
            Per::Week => 0,
            Per::Month => 1,
            Per::TwoMonths => 2,
            Per::Quarter => 3,
            Per::Half => 6,
            Per::Year => 12,
        }
    }
    /// First day of the period that `day` lies in.
    pub fn start(self, day: Day) -> Day {
        if self == Per::Week {
            return day.plus_days(1 - i64::from(day.weekday()));
        }
        let back = (i32::from(day.month()) - 1) % self.months();
        let month = first_of_month(day).plus_months(-back);
        month
    }
    pub fn end(self, start: Day) -> Day {
        if self == Per::Week { start.plus_days(6) } else { start.plus_months(self.months()).plus_days(-1) }
    }
    /// `2026-03`, `2026Q2`, `2026H1`, `2026`.
    pub fn key(self, start: Day) -> String {
        let (y, m) = (start.year(), start.month());
        match self {
            Per::Week => format!("{start}w"),
            Per::Month => format!("{y}-{m:02}"),
            Per::TwoMonths => format!("{y}-{m:02}+"),
            Per::Quarter => format!("{y}Q{}", (m - 1) / 3 + 1),
            Per::Half => format!("{y}H{}", (m - 1) / 6 + 1),
            Per::Year => format!("{y}"),
        }
    }
}

fn first_of_month(day: Day) -> Day {
    day.plus_days(1 - i64::from(day.day()))
}

impl Cadence {
    /// Is it the same day for every unit?
    pub fn is_common(&self) -> bool {
        matches!(self, Cadence::Days { .. } | Cadence::Weekly { .. } | Cadence::AtLeast { .. })
    }
    /// The fact whose day counts, when every unit has a day of its own.
    pub fn fact(&self) -> Option<usize> {
        match self {
            Cadence::After { fact, .. } | Cadence::Before { fact, .. } | Cadence::Anniversary { fact } => Some(*fact),
            _ => None,
        }
    }

    /// The occurrences that are due in `[from, to]`; empty for units with days of their own.
    pub fn slots(&self, from: Day, to: Day, opens: i64, make_up: Option<i64>, calendar: &Calendar) -> Vec<Slot> {
        let slot = |nominal: Day, key: String, opens: Day, moved: Option<Moved>| {
            let (due, unsure) = move_day(nominal, moved, calendar);
            Slot { due, key, opens: opens.min(due), closes: due.plus_days(make_up.unwrap_or(0)), unsure }
        };
        let mut out = Vec::new();
        match self {
            // A holiday moves a day by a fortnight at most.
            Cadence::Days { days, months, moved } => {
                let mut month = first_of_month(from.plus_days(-20));
                while month <= to.plus_days(20) {
                    if months.is_empty() || months.contains(&month.month()) {
                        for day in days {
                            let last = days_in_month(month.year(), month.month());
                            let nominal = month.plus_days(i64::from((*day).min(last)) - 1);
                            out.push(slot(nominal, nominal.to_string(), nominal.plus_days(-opens), *moved));
                        }
                    }
                    month = month.plus_months(1);
                }
            }
            Cadence::Weekly { weekday, moved } => {
                let mut day = Per::Week.start(from.plus_days(-20)).plus_days(i64::from(*weekday) - 1);
                while day <= to.plus_days(20) {
                    out.push(slot(day, day.to_string(), day.plus_days(-opens), *moved));
                    day = day.plus_days(7);
                }
            }
            Cadence::AtLeast { count, per } => {
                let mut start = per.start(from);
                while start <= to {
                    let end = per.end(start);
                    for n in 1..=*count {
                        out.push(slot(end, format!("{}/{n}", per.key(start)), start, None));
                    }
                    start = end.next();
                }
            }
            _ => {}
        }
        out.retain(|s| s.due >= from && s.due <= to);
        out.sort();
        out
    }

    /// The occurrence of a unit whose fact is `date`, for `year` when it recurs yearly.
    pub fn slot_of(&self, date: &vocabulary::Date, year: i16, opens: i64, make_up: Option<i64>, calendar: &Calendar) -> Option<Slot> {
        let day = date.earliest();
        let (due, key, from) = match self {
            Cadence::After { within, .. } => (after(*within, day, calendar), date.to_string(), day),
            Cadence::Before { ahead, .. } => {
                let due = before(*ahead, day);
                (due, date.to_string(), due.plus_days(-opens))
            }
            Cadence::Anniversary { .. } => {
                let due = anniversary(day, year)?;
                (due, year.to_string(), due.plus_days(-opens))
            }
            _ => return None,
        };
        Some(Slot { due, key, opens: from.min(due), closes: due.plus_days(make_up.unwrap_or(0)), unsure: None })
    }

    /// Which days of the fact put a unit's occurrence due into `[from, to]`. Longer dates are later, so that two ends do.
    pub fn ranges(&self, from: Day, to: Day, calendar: &Calendar) -> Vec<FactRange> {
        match self {
            Cadence::After { fact, within } => between(*fact, from, to, |d| after(*within, d, calendar)),
            Cadence::Before { fact, ahead } => between(*fact, from, to, |d| before(*ahead, d)),
            Cadence::Anniversary { fact } => (from.year()..=to.year())
                .filter_map(|year| {
                    let first = Day::of(year, 1, 1)?.max(from);
                    let last = Day::of(year, 12, 31)?.min(to);
                    // 29 February is kept on the 28th when there is none.
                    let last = if last.month() == 2 && last.day() == 28 && days_in_month(year, 2) == 28 { Day::of(2024, 2, 29)? } else { last };
                    Some(FactRange { fact: *fact, key: FactKey::Year(year), from: first, to: last })
                })
                .collect(),
            _ => vec![],
        }
    }

    /// What an office calls it.
    pub fn says(&self) -> String {
        match self {
            Cadence::Days { days, months, .. } => {
                let days: Vec<String> = days.iter().map(|d| format!("{d}日")).collect();
                match months.as_slice() {
                    [] => format!("每月{}", days.join("、")),
                    [3, 6, 9, 12] => format!("每季度末月{}", days.join("、")),
                    some => format!("每年{}月{}", some.iter().map(u8::to_string).collect::<Vec<_>>().join("、"), days.join("、")),
                }
            }
            Cadence::Weekly { weekday, .. } => {
                format!("每周{}", ["一", "二", "三", "四", "五", "六", "日"][usize::from(*weekday).clamp(1, 7) - 1])
            }
            Cadence::AtLeast { count, per } => format!("{}至少 {count} 次", per.says()),
            Cadence::After { within, .. } | Cadence::Event { within, .. } => format!("事后{within}内"),
            Cadence::Before { ahead, .. } => format!("到期前{ahead}"),
            Cadence::Anniversary { .. } => "每年当日".into(),
        }
    }
}

/// The day of a period's end; calendar days stand in where the working days of a year are not entered.
pub(crate) fn after(within: Length, day: Day, calendar: &Calendar) -> Day {
    within.after(day, calendar).unwrap_or_else(|_| match within {
        Length::WorkingDays(n) => day.plus_days(i64::from(n) * 7 / 5 + 2),
        other => other.after(day, calendar).unwrap_or(day),
    })
}

fn before(ahead: Length, day: Day) -> Day {
    match ahead {
        Length::WorkingDays(n) | Length::Days(n) => day.plus_days(-i64::from(n)),
        Length::Months(n) => day.plus_months(-i32::from(n)),
        Length::Years(n) => day.plus_months(-12 * i32::from(n)),
    }
}

fn anniversary(day: Day, year: i16) -> Option<Day> {
    (day.year() < year).then(|| Day::of(year, day.month(), day.day()).or_else(|| Day::of(year, day.month(), 28))).flatten()
}

/// The days `d` with `due(d)` in `[from, to]`, found by halving: `due` never goes back.
fn between(fact: usize, from: Day, to: Day, due: impl Fn(Day) -> Day) -> Vec<FactRange> {
    let (low, high) = (from.plus_days(-4000), to.plus_days(4000));
    let first = |holds: &dyn Fn(Day) -> bool| {
        let (mut a, mut b) = (low.number(), high.number());
        while a < b {
            let middle = a + (b - a) / 2;
            if holds(Day::from_number(middle)) { b = middle } else { a = middle + 1 }
        }
        Day::from_number(a)
    };
    let begin = first(&|d| due(d) >= from);
    let end = first(&|d| due(d) > to).plus_days(-1);
    if end < begin { vec![] } else { vec![FactRange { fact, key: FactKey::Whole, from: begin, to: end }] }
}

fn move_day(day: Day, moved: Option<Moved>, calendar: &Calendar) -> (Day, Option<i16>) {
    let Some(moved) = moved else { return (day, None) };
    let step = if moved == Moved::Next { 1 } else { -1 };
    let mut at = day;
    loop {
        match calendar.is_working_day(at) {
            Ok(true) => return (at, None),
            Ok(false) => at = at.plus_days(step),
            // 未录入的年份不猜: the day stays where the institution put it, and says so.
            Err(missing) => return (day, Some(missing.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::day;

    #[test]
    fn a_period_opens_with_its_first_day_and_is_due_on_its_last() {
        let slots = Cadence::AtLeast { count: 2, per: Per::Quarter }.slots(day!(2026 - 01 - 01), day!(2026 - 12 - 31), 0, Some(15), &Calendar::default());
        assert_eq!(slots.len(), 8);
        assert_eq!((slots[2].key.as_str(), slots[2].opens, slots[2].due, slots[2].closes), ("2026Q2/1", day!(2026 - 04 - 01), day!(2026 - 06 - 30), day!(2026 - 07 - 15)));
    }

    #[test]
    fn a_day_that_a_month_lacks_is_its_last() {
        let cadence = Cadence::Days { days: vec![31], months: vec![], moved: None };
        let due: Vec<String> = cadence.slots(day!(2026 - 02 - 01), day!(2026 - 04 - 30), 3, None, &Calendar::default()).iter().map(|s| s.due.to_string()).collect();
        assert_eq!(due, ["2026-02-28", "2026-03-31", "2026-04-30"]);
    }

    #[test]
    fn the_range_of_a_fact_holds_exactly_the_days_that_are_due_in_it() {
        let calendar = Calendar::default();
        let cadence = Cadence::Before { fact: 0, ahead: Length::Months(6) };
        let range = &cadence.ranges(day!(2026 - 08 - 30), day!(2026 - 08 - 31), &calendar)[0];
        let due = |d: Day| before(Length::Months(6), d);
        for n in -40..40 {
            let d = day!(2027 - 02 - 28).plus_days(n);
            let inside = d >= range.from && d <= range.to;
            assert_eq!(inside, (day!(2026 - 08 - 30)..=day!(2026 - 08 - 31)).contains(&due(d)), "{d}");
        }
    }

    #[test]
    fn a_birthday_on_the_29th_of_february_is_kept_on_the_28th() {
        let cadence = Cadence::Anniversary { fact: 0 };
        let joined = vocabulary::Date::from(day!(2004 - 02 - 29));
        assert_eq!(cadence.slot_of(&joined, 2026, 0, None, &Calendar::default()).map(|s| s.due), Some(day!(2026 - 02 - 28)));
        let range = cadence.ranges(day!(2026 - 02 - 28), day!(2026 - 02 - 28), &Calendar::default());
        assert_eq!((range[0].from.month(), range[0].to.day()), (2, 29));
    }
}
