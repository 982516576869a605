//! Chance that repeats: every person draws from a stream of her own, so that nobody's life hangs on her neighbour's.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// 机缘: one stream of draws. The arithmetic is our own, so a new version of a library cannot change a life.
pub struct Chance(ChaCha8Rng);

/// What a stream is for; two streams of one person never meet.
#[derive(Clone, Copy)]
pub enum For {
    Milestones = 1,
    Life = 2,
    Tree = 3,
    Vacancy = 4,
    Correction = 5,
}

impl Chance {
    pub fn of(seed: u64, county: usize, what: For, number: u64) -> Chance {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(county as u64).to_le_bytes());
        key[16..24].copy_from_slice(&(what as u64).to_le_bytes());
        key[24..].copy_from_slice(&number.to_le_bytes());
        Chance(ChaCha8Rng::from_seed(key))
    }

    /// 0 … `count` − 1; 0 when there is nothing to choose from.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.0.next_u64()) * count as u128) >> 64) as usize
    }
    /// `low` … `high`, both included; `low` when they are the wrong way round.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        if high <= low { low } else { low + self.below((high - low + 1) as usize) as i32 }
    }
    /// Between, with the middle more likely than the ends.
    pub fn about(&mut self, low: i32, high: i32) -> i32 {
        (self.between(low, high) + self.between(low, high)) / 2
    }
    pub fn percent(&mut self, share: u32) -> bool {
        self.permille(share * 10)
    }
    pub fn permille(&mut self, share: u32) -> bool {
        (self.below(1000) as u32) < share
    }
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
    /// Picks by weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let total: u32 = list.iter().map(|(_, w)| w).sum();
        let mut at = self.below(total as usize) as u32;
        for (value, weight) in list {
            if at < *weight {
                return *value;
            }
            at -= weight;
        }
        list[0].0
    }
}
