//! How long: the length of several periods together.

use crate::{Day, Period};

/// 累计月数: whole months covered by `periods` up to `day`. Overlaps count once; a period that begins where
/// another ends continues it; the months of separate stretches are added. Unit: whole months.
/// Counting: 民法典第二百零一、二百零二条 (the starting day is not counted, a month ends on its same-numbered day).
pub fn months_covered(periods: impl IntoIterator<Item = Period>, day: Day) -> i32 {
    stretches(periods, day).iter().map(|(from, until)| from.months_until(*until)).sum()
}

/// The union of `periods` up to `day`, as separate stretches in order.
pub fn stretches(periods: impl IntoIterator<Item = Period>, day: Day) -> Vec<(Day, Day)> {
    let mut all: Vec<(Day, Day)> = periods
        .into_iter()
        .map(|p| (p.from().earliest(), p.until().map_or(day, |u| u.earliest()).min(day)))
        .filter(|(from, until)| from < until)
        .collect();
    all.sort();
    let mut union: Vec<(Day, Day)> = Vec::with_capacity(all.len());
    for (from, until) in all {
        match union.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => union.push((from, until)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    fn period(from: Day, until: Day) -> Period {
        Period::since(from).ending(until).unwrap()
    }

    #[test]
    fn two_posts_at_once_count_once() {
        let a = period(day!(2018 - 03 - 01), day!(2021 - 03 - 01));
        let b = period(day!(2020 - 03 - 01), day!(2022 - 03 - 01));
        assert_eq!(months_covered([a, b], day!(2026 - 11 - 22)), 48);
    }

    #[test]
    fn separate_stretches_are_added_and_the_future_does_not_count() {
        let a = period(day!(2018 - 03 - 01), day!(2018 - 09 - 01));
        let b = Period::since(day!(2026 - 01 - 15));
        assert_eq!(months_covered([a, b], day!(2026 - 11 - 22)), 6 + 10);
        assert_eq!(months_covered([b], day!(2025 - 11 - 22)), 0);
    }
}
