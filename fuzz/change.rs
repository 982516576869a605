//! How bytes are changed: bits, pieces moved, doubled and cut, words of the format put in.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub struct Changer<'w> {
    chance: ChaCha8Rng,
    words: &'w [&'w str],
}

/// Longer inputs only take longer.
const LONGEST: usize = 200_000;

impl<'w> Changer<'w> {
    pub fn new(seed: u64, words: &'w [&'w str]) -> Changer<'w> {
        Changer { chance: ChaCha8Rng::seed_from_u64(seed), words }
    }

    fn below(&mut self, most: usize) -> usize {
        self.chance.random_range(0..most.max(1))
    }

    /// One of `seeds`, changed one to eight times.
    pub fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let pick = self.below(seeds.len());
        let mut bytes = seeds[pick].clone();
        for _ in 0..1 + self.below(8) {
            let (length, at) = (bytes.len(), self.below(bytes.len()));
            match self.below(9) {
                0 if length > 0 => bytes[at] ^= 1 << self.below(8),
                1 if length > 0 => bytes[at] = self.chance.random(),
                2 => bytes.truncate(at),
                3 => {
                    let end = (at + self.below(64)).min(length);
                    bytes.drain(at..end);
                }
                4 => {
                    let end = (at + self.below(400)).min(length);
                    let piece = bytes[at.min(end)..end].to_vec();
                    let times = 1 + self.below(20);
                    for _ in 0..times {
                        bytes.splice(at.min(bytes.len())..at.min(bytes.len()), piece.iter().copied());
                    }
                }
                5 => {
                    let other = self.below(seeds.len());
                    let from = self.below(seeds[other].len());
                    let end = (from + self.below(300)).min(seeds[other].len());
                    bytes.splice(at..at, seeds[other][from.min(end)..end].iter().copied());
                }
                6 if !self.words.is_empty() => {
                    let word = self.words[self.below(self.words.len())];
                    bytes.splice(at..at, word.bytes());
                }
                7 => {
                    let odd: [&[u8]; 8] = [&[0], &[0xff, 0xfe], &[0xef, 0xbb, 0xbf], b"\r\n", "\u{202e}".as_bytes(), "𠮷".as_bytes(), &[0x81, 0x30, 0x81], b"99999999999999999999"];
                    let piece = odd[self.below(odd.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
                _ => bytes.reverse(),
            }
            bytes.truncate(LONGEST);
        }
        bytes
    }
}
