//! 到龄: when somebody's office ends by age, so that nobody of the county sits longer.

use crate::month::Month;

/// 到龄年月 after the reform of 2025, in the arithmetic of the fact `retirement.day`.
/// 《国务院关于渐进式延迟法定退休年龄的办法》 (第一条).
pub fn month_of(born: Month, limit: i32) -> Month {
    let old = born.plus(12 * limit);
    let number = Month::new(2025, 1).months_to(old) + 1;
    if number < 1 || limit >= 63 {
        return old;
    }
    let delay = if limit == 50 { ((number - 1) / 2 + 1).min(60) } else { ((number - 1) / 4 + 1).min(36) };
    old.plus(delay)
}

/// 改革前任职年龄界限 where the record says nothing.
pub fn limit(female: bool) -> i32 {
    if female { 55 } else { 60 }
}

/// The latest month of birth of somebody who has reached the limit by `month`.
pub fn born_to_retire_in(month: Month, limit: i32) -> Month {
    let latest = month.plus(-12 * limit);
    (0..=60).map(|delay| latest.plus(-delay)).find(|born| month_of(*born, limit) <= month).unwrap_or(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_is_one_month_for_four() {
        assert_eq!(month_of(Month::new(1965, 1), 60), Month::new(2025, 2));
        assert_eq!(month_of(Month::new(1964, 12), 60), Month::new(2024, 12));
        assert_eq!(month_of(Month::new(1971, 11), 55), Month::new(2027, 5));
        for n in 0..80 {
            let month = Month::new(2025, 3).plus(n);
            let born = born_to_retire_in(month, 55);
            assert!((0..=1).contains(&month_of(born, 55).months_to(month)));
        }
    }
}
