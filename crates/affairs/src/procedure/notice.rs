//! 公示: its last day, counted in working days; a year that is not entered is not guessed.

use vocabulary::Day;

/// 公示期
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NoticePeriod {
    pub posted: Option<Day>,
    /// The earliest day on which it may end.
    pub least_until: Option<Day>,
    pub last_day: Option<Day>,
    /// Why nothing can be counted: `2027年工作日安排尚未录入`.
    pub cannot: Option<String>,
}
