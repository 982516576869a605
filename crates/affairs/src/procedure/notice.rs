//! 公示: its last day, counted in working days; a year that is not entered is not guessed.

use institution::{Dictionary, FactSet, Institution};
use registry::Desk;
use vocabulary::{Day, Value, Weight};

/// 公示期
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NoticePeriod {
    pub posted: Option<Day>,
    /// The earliest day on which it may end.
    pub least_until: Option<Day>,
    pub last_day: Option<Day>,
    /// Working days from posting to the last day.
    pub working_days: Option<u16>,
    /// Why nothing can be counted: `2027年工作日安排尚未录入`.
    pub cannot: Option<String>,
}

/// The period as recorded and as the institution counts it.
pub(crate) fn period(desk: &Desk, institution: &Institution, step: &str, known: &FactSet, on: Day) -> NoticePeriod {
    let dictionary = desk.dictionary();
    let all = institution.derive(known, on);
    let posted = date(dictionary, &all, "notice.posted");
    let least_until = date(dictionary, &all, "notice.least_until");
    let last_day = date(dictionary, &all, "notice.last_day");
    let cannot = (posted.is_some() && least_until.is_none()).then(|| {
        let findings = institution.examine_step(dictionary, known, on, step);
        let unjudged = findings.iter().filter(|f| f.weight == Weight::CannotJudge);
        let why = unjudged
            .filter_map(|f| f.next.clone())
            .find(|n| n.contains("工作日安排"));
        why.unwrap_or_else(|| "公示期还不能计算".to_owned())
    });
    let working_days = posted
        .zip(last_day)
        .and_then(|(from, to)| desk.book.calendar.working_days_between(from, to).ok());
    NoticePeriod {
        posted,
        least_until,
        last_day,
        working_days,
        cannot,
    }
}

pub(crate) fn date(dictionary: &Dictionary, facts: &FactSet, id: &str) -> Option<Day> {
    match facts.get(dictionary.fact(id)?.index)? {
        Value::Date(date) => date.exact(),
        _ => None,
    }
}
