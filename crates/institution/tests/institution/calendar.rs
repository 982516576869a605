//! Working days, as the yearly notices move them.

use crate::book;
use vocabulary::day;

#[test]
fn a_notice_posted_on_a_friday_before_a_working_sunday_ends_on_thursday() {
    let calendar = &book().calendar;
    assert_eq!(calendar.add_working_days(day!(2026 - 9 - 18), 5), Ok(day!(2026 - 9 - 24)));
    assert_eq!(calendar.add_working_days(day!(2026 - 2 - 13), 5), Ok(day!(2026 - 2 - 27)));
    assert_eq!(calendar.add_working_days(day!(2026 - 9 - 29), 15), Ok(day!(2026 - 10 - 26)), "函询的答复期限");
    assert_eq!(calendar.working_days_between(day!(2026 - 9 - 18), day!(2026 - 9 - 24)), Ok(5));
}

#[test]
fn a_year_that_is_not_entered_is_refused() {
    let missing = book().calendar.add_working_days(day!(2026 - 12 - 29), 5).unwrap_err();
    assert_eq!(missing.to_string(), "2027年工作日安排尚未录入");
}

#[test]
fn weekends_rest_unless_the_notice_says_otherwise() {
    let working = |day| book().calendar.is_working_day(day).unwrap();
    assert!(working(day!(2026 - 9 - 20)), "a Sunday made a working day");
    assert!(!working(day!(2026 - 9 - 19)));
    assert!(!working(day!(2026 - 9 - 25)), "中秋");
    assert!(working(day!(2026 - 9 - 28)));
}
