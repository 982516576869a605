//! 公民身份号码 of people who do not exist: region 990000 belongs to nobody, the check digit is right.

use std::collections::HashMap;
use vocabulary::{Day, identity};

/// Gives each number once. One small entry for each birthday and sex.
#[derive(Default)]
pub struct Numbers {
    given: HashMap<(i64, bool), u64>,
}

impl Numbers {
    /// The next number for this birthday; its last-but-one digit is odd for men.
    pub fn next(&mut self, born: Day, female: bool) -> String {
        let count = self.given.entry((born.number(), female)).or_default();
        // A step without a common divisor with 500 meets every order once; the start differs from day to day.
        let order = (*count * 137 + born.number().unsigned_abs() * 61) % 500 * 2 + u64::from(!female);
        *count += 1;
        let first = format!("990000{:04}{:02}{:02}{order:03}", born.year(), born.month(), born.day());
        let check = identity::check_digit(&first).unwrap_or('0');
        format!("{first}{check}")
    }
}

#[cfg(test)]
#[allow(clippy::zero_prefixed_literal, reason = "a day reads as it is written")]
mod tests {
    use super::*;
    use vocabulary::day;

    #[test]
    fn five_hundred_twins_have_five_hundred_numbers() {
        let mut numbers = Numbers::default();
        let mut given: Vec<String> = (0..500).map(|_| numbers.next(day!(1985 - 04 - 12), true)).collect();
        for number in &given {
            let told = identity::read(number).unwrap();
            assert_eq!((told.born, told.female), (day!(1985 - 04 - 12), true));
        }
        given.sort();
        given.dedup();
        assert_eq!(given.len(), 500);
    }
}
