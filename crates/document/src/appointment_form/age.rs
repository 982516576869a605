//! Dates and ages as the form prints them.

use vocabulary::{Date, Day};

/// `197204` → `1972.04`; text that is no date (`民建`) stays as it is, and so does every part between `；`.
pub fn dotted(text: &str) -> String {
    let part = |part: &str| Date::read(part).map_or_else(|_| part.trim().to_owned(), Date::dotted_month);
    text.split(['；', ';']).map(part).collect::<Vec<_>>().join("；")
}

/// 周岁 on `age_day`, both as the file spells them; `None` when one of them is no date or the birth lies later.
///
/// A form knows months: who was born in April is one year older from April on, whatever the days say.
pub fn age_on(born: &str, age_day: &str) -> Option<i32> {
    let (born, day) = (Date::read(born).ok()?, Date::read(age_day).ok()?);
    let first_of_month = |d: Date| Day::of(d.year(), d.month().unwrap_or(1), 1);
    match (born.exact(), day.exact()) {
        (Some(born), Some(day)) if born <= day => Some(born.years_until(day)),
        (Some(_), Some(_)) => None,
        _ => match (first_of_month(born)?, first_of_month(day)?) {
            (born, day) if born <= day => Some(born.years_until(day)),
            _ => None,
        },
    }
}

/// `1972.04` over `（52岁）`, the two lines of the birth cell; the second is left out when no age can be counted.
pub fn birth_and_age(born: &str, age_day: &str) -> String {
    match age_on(born, age_day) {
        Some(age) => format!("{}\n（{age}岁）", dotted(born)),
        None => dotted(born),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_birth_cell_has_a_dotted_month_and_the_age() {
        assert_eq!(birth_and_age("197204", "202411"), "1972.04\n（52岁）");
        assert_eq!(birth_and_age("19721123", "20241122"), "1972.11\n（51岁）");
        assert_eq!(
            birth_and_age("19721130", "202411"),
            "1972.11\n（52岁）",
            "a month counts as a month"
        );
        assert_eq!(birth_and_age("197204", ""), "1972.04");
    }

    #[test]
    fn what_is_no_date_is_printed_as_it_is() {
        assert_eq!(dotted("200108；民建"), "2001.08；民建");
        assert_eq!(dotted("无党派"), "无党派");
    }
}
