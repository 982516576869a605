//! 放慢: who sends again and again waits longer each time; nothing is lost and nobody is turned away.

use crate::locked;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

/// Forgotten after ten minutes without another.
const FORGOTTEN_AFTER: i64 = 600;
/// The first few come at once.
const FREE: u32 = 3;
const WRONG_MOST: u32 = 5;

#[derive(Default)]
pub struct Pace {
    seen: Mutex<HashMap<String, (u32, i64)>>,
}

impl Pace {
    /// Notes one more from this phone and tells how long it waits.
    pub fn next(&self, phone: &str, now: i64) -> Duration {
        let mut seen = locked(&self.seen);
        seen.retain(|_, (_, last)| now - *last < FORGOTTEN_AFTER);
        let (times, last) = seen.entry(phone.to_owned()).or_insert((0, now));
        (*times, *last) = (*times + 1, now);
        wait(*times)
    }
    /// Has somebody guessed at this receipt too often of late?
    pub fn rests(&self, receipt: &str, now: i64) -> bool {
        locked(&self.seen).get(&format!("receipt:{receipt}")).is_some_and(|(times, last)| *times >= WRONG_MOST && now - last < FORGOTTEN_AFTER)
    }
    pub fn wrong(&self, receipt: &str, now: i64) {
        self.next(&format!("receipt:{receipt}"), now);
    }
}

fn wait(times: u32) -> Duration {
    Duration::from_millis(u64::from(times.saturating_sub(FREE)).saturating_mul(100).min(1_500))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_from_one_phone_are_slowed_and_another_phone_is_not() {
        let pace = Pace::default();
        let waits: Vec<Duration> = (0..50).map(|_| pace.next("a", 0)).collect();
        assert_eq!(waits[..3], [Duration::ZERO; 3]);
        assert!(waits.windows(2).all(|w| w[0] <= w[1]) && waits[49] == Duration::from_millis(1_500));
        assert_eq!(pace.next("b", 0), Duration::ZERO);
        assert_eq!(pace.next("a", FORGOTTEN_AFTER), Duration::ZERO, "ten minutes later it is forgotten");
    }

    #[test]
    fn guessing_at_a_receipt_ends_after_five_wrong_codes() {
        let pace = Pace::default();
        for _ in 0..WRONG_MOST {
            assert!(!pace.rests("CS0000001", 0));
            pace.wrong("CS0000001", 0);
        }
        assert!(pace.rests("CS0000001", 1));
        assert!(!pace.rests("CS0000002", 1) && !pace.rests("CS0000001", FORGOTTEN_AFTER));
    }
}
