//! 时限怎么算: every rule about deadlines of a case, in one place. Worked examples: `institutions/*/case-examples.toml`.
//!
//! 1. 起点: a clock starts at the moment of its event and counts by the second.
//! 2. 工作小时 runs only within office hours of working days; what comes in outside of them starts at the next opening.
//! 3. 小时 runs day and night.
//! 4. 工作日: the day of the event is not counted (民法典第二百零一条; `count_from` of the calendar says otherwise where an
//!    office does); the clock ends at the close of business of the last day counted. 当日 (0) ends at the first close of
//!    business that is still to come.
//! 5. 日: the day of the event is not counted; ends at midnight of the last day, and when that is a day off, of the next
//!    working day (民法典第二百零三条).
//! 6. 暂停: hours keep what had run. A day is counted when the clock runs at its end: the day of a pause is not
//!    counted, the day of going on is. A pause within one day changes no count of days.
//! 7. 延期 starts where the deadline in force ends, with its own unit. Given after that deadline it changes nothing: being
//!    late is not undone.
//! 8. A pause, like an extension, after the deadline changes nothing.
//! 9. A year that is not in the calendar is refused, never guessed.
//!
//! How several clocks meet (parts, merging, reopening) is in [`super::life`].

use super::Term;
use crate::Calendar;
use crate::calendar::{CountFrom, YearNotEntered};
use vocabulary::{Day, Moment};

/// What changes a running clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    Pause,
    Resume,
    Extend(Term),
}

/// When it is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    By(Moment),
    /// 暂停: the clock stands; there is no deadline until it goes on.
    Standing,
}

impl Due {
    pub fn moment(self) -> Option<Moment> {
        match self {
            Due::By(moment) => Some(moment),
            Due::Standing => None,
        }
    }
    /// The earlier of two; one that stands is later than any.
    pub fn earlier(self, other: Due) -> Due {
        self.min(other)
    }
}

/// The deadline of a clock that started at `start`, with everything that happened to it, in order of time.
pub fn due(calendar: &Calendar, start: Moment, term: Term, changes: &[(Moment, Change)]) -> Result<Due, YearNotEntered> {
    let pauses = pauses(start, changes);
    let mut end = run(calendar, start, term, &pauses)?;
    for (at, change) in changes {
        if let (Change::Extend(more), Due::By(deadline)) = (change, end)
            && *at <= deadline
        {
            end = run(calendar, deadline, *more, &pauses)?;
        }
    }
    Ok(end)
}

/// `[from, until)`; the last may be open. Pausing twice is pausing once; going on without a pause is nothing.
type Pauses = Vec<(Moment, Option<Moment>)>;

fn pauses(start: Moment, changes: &[(Moment, Change)]) -> Pauses {
    let mut pauses: Pauses = Vec::new();
    for (at, change) in changes {
        let open = pauses.last().is_some_and(|(_, until)| until.is_none());
        match change {
            Change::Pause if !open => pauses.push((*at, None)),
            Change::Resume if open => {
                if let Some(last) = pauses.last_mut() {
                    last.1 = Some(*at);
                }
            }
            _ => {}
        }
    }
    pauses.retain(|(from, until)| until.is_none_or(|until| until > start && until > *from));
    pauses
}

fn run(calendar: &Calendar, start: Moment, term: Term, pauses: &Pauses) -> Result<Due, YearNotEntered> {
    match term {
        Term::Hours(n) => Ok(consume(i64::from(n) * 3600, [Ok((start, Moment(i64::MAX)))].into_iter(), pauses)?),
        Term::WorkingHours(n) => consume(i64::from(n) * 3600, office_hours(calendar, start), pauses),
        Term::WorkingDays(n) => working_days(calendar, start, n, pauses),
        Term::Days(n) => days(calendar, start, n, pauses),
    }
}

/// Lets `left` seconds run through `open` (spans in order), but not while it is paused.
fn consume(
    mut left: i64,
    open: impl Iterator<Item = Result<(Moment, Moment), YearNotEntered>>,
    pauses: &Pauses,
) -> Result<Due, YearNotEntered> {
    for span in open {
        let (mut from, until) = span?;
        while from < until {
            // The pause that holds at `from`, or the next one that begins within this span.
            let pause = pauses.iter().find(|(_, end)| end.is_none_or(|end| end > from));
            match pause {
                Some((begin, end)) if *begin <= from => match end {
                    None => return Ok(Due::Standing),
                    Some(end) => from = *end,
                },
                other => {
                    let stop = other.map_or(until, |(begin, _)| (*begin).min(until));
                    let runs = stop.0 - from.0;
                    if runs >= left {
                        return Ok(Due::By(Moment(from.0 + left)));
                    }
                    left -= runs;
                    from = stop;
                }
            }
        }
    }
    Ok(Due::Standing)
}

/// Office hours from `start` on.
fn office_hours(calendar: &Calendar, start: Moment) -> impl Iterator<Item = Result<(Moment, Moment), YearNotEntered>> {
    let mut day = start.day();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match calendar.is_working_day(day) {
                Err(missing) => return Some(Err(missing)),
                Ok(true) if at < calendar.hours().len() => {
                    let (from, until) = calendar.hours()[at];
                    at += 1;
                    let midnight = Moment::at_start_of(day).0;
                    let (from, until) = (Moment(midnight + from).max(start), Moment(midnight + until));
                    if from < until {
                        return Some(Ok((from, until)));
                    }
                }
                Ok(_) => {
                    day = day.next();
                    at = 0;
                }
            }
        }
    })
}

fn close(calendar: &Calendar, day: Day) -> Moment {
    Moment(Moment::at_start_of(day).0 + calendar.close_of_business())
}

fn midnight(day: Day) -> Moment {
    Moment(Moment::at_start_of(day.next()).0 - 1)
}

/// Does the clock run at `at`? None: it stands from before `at` and has not gone on.
fn runs(at: Moment, pauses: &Pauses) -> Option<bool> {
    match pauses.iter().find(|(from, until)| *from <= at && until.is_none_or(|until| until > at)) {
        Some((_, None)) => None,
        Some(_) => Some(false),
        None => Some(true),
    }
}

fn working_days(calendar: &Calendar, start: Moment, count: u16, pauses: &Pauses) -> Result<Due, YearNotEntered> {
    let mut day = start.day();
    let mut left = count.max(1);
    // 当日, and an office that counts the first day, begin with the day of the event itself.
    if count > 0 && calendar.count_from == CountFrom::NextDay {
        day = day.next();
    }
    loop {
        if calendar.is_working_day(day)? && close(calendar, day) >= start {
            match runs(close(calendar, day), pauses) {
                None => return Ok(Due::Standing),
                Some(true) => left -= 1,
                Some(false) => {}
            }
            if left == 0 {
                return Ok(Due::By(close(calendar, day)));
            }
        }
        day = day.next();
    }
}

fn days(calendar: &Calendar, start: Moment, count: u16, pauses: &Pauses) -> Result<Due, YearNotEntered> {
    let mut day = start.day();
    let mut left = count;
    while left > 0 {
        day = day.next();
        match runs(midnight(day), pauses) {
            None => return Ok(Due::Standing),
            Some(true) => left -= 1,
            Some(false) => {}
        }
    }
    // The last day is a day off, or the clock stood at its end: the next working day on which it runs.
    loop {
        match runs(midnight(day), pauses) {
            None => return Ok(Due::Standing),
            Some(true) if calendar.is_working_day(day)? => return Ok(Due::By(midnight(day))),
            _ => day = day.next(),
        }
    }
}
