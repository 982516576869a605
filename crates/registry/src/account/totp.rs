//! 动态码: RFC 6238 with HMAC-SHA-1, six digits, thirty seconds, as every authenticator app reads it.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use vocabulary::Moment;

const STEP_SECONDS: i64 = 30;
/// So many steps before and after the present one are read too: clocks differ.
const DRIFT: i64 = 1;
const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The key that phone and office share: 160 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Vec<u8>);

impl Key {
    pub fn new() -> Key {
        let bytes: [u8; 20] = rand::random();
        Key(bytes.to_vec())
    }
    pub fn from_bytes(bytes: &[u8]) -> Key {
        Key(bytes.to_vec())
    }

    /// Base32, as it is typed into an app by hand.
    pub fn written(&self) -> String {
        let (mut out, mut held, mut bits) = (String::new(), 0u32, 0);
        for byte in &self.0 {
            held = held << 8 | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                out.push(char::from(SIGNS[(held >> bits & 31) as usize]));
            }
        }
        if bits > 0 {
            out.push(char::from(SIGNS[(held << (5 - bits) & 31) as usize]));
        }
        out
    }

    /// None when a sign is no Base32.
    pub fn read(text: &str) -> Option<Key> {
        let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0);
        for sign in text.bytes().filter(|b| *b != b' ' && *b != b'=') {
            let value = SIGNS.iter().position(|s| *s == sign.to_ascii_uppercase())?;
            held = held << 5 | u32::try_from(value).ok()?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                out.push((held >> bits & 255) as u8);
            }
        }
        Some(Key(out))
    }

    /// The code of one time step.
    pub fn code(&self, step: i64) -> String {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let sum = mac.finalize().into_bytes();
        let at = usize::from(sum[19] & 15);
        let number = u32::from_be_bytes([sum[at] & 127, sum[at + 1], sum[at + 2], sum[at + 3]]);
        format!("{:06}", number % 1_000_000)
    }

    /// The time step that `typed` belongs to, when that is now, just past or about to come, and later than `last`.
    pub fn step_of(&self, typed: &str, now: Moment, last: i64) -> Option<i64> {
        let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
        let present = now.0.div_euclid(STEP_SECONDS);
        // Every code is compared, so that the time taken tells nothing.
        let fits = |step: &i64| typed.len() == 6 && same(&self.code(*step), &typed);
        (present - DRIFT..=present + DRIFT).filter(fits).filter(|step| *step > last).last()
    }

    /// What an app reads from the picture.
    pub fn address(&self, account: &str, office: &str) -> String {
        let office = encode(office);
        format!("otpauth://totp/{office}:{}?secret={}&issuer={office}", encode(account), self.written())
    }
}

impl Default for Key {
    fn default() -> Key {
        Key::new()
    }
}

fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() || b"-._~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of its eight digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let key = Key::from_bytes(b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130")] {
            assert_eq!(key.code(seconds / 30), code, "{seconds}");
        }
        assert_eq!(key.written(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(Key::read(&key.written().to_lowercase()) == Some(key));
        assert!(Key::read("1").is_none());
    }

    #[test]
    fn a_code_is_good_one_step_to_each_side_and_once() {
        let key = Key::from_bytes(b"12345678901234567890");
        let now = Moment(1_800_000_015);
        let step = now.0 / 30;
        for (offset, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            assert_eq!(key.step_of(&key.code(step + offset), now, 0).is_some(), good, "{offset}");
        }
        assert_eq!(key.step_of(&key.code(step), now, step), None, "the same step again");
        assert_eq!(key.step_of(&key.code(step - 1), now, step), None, "an earlier step after a later one");
        assert_eq!(key.step_of(&format!("{} ", key.code(step)), now, 0), Some(step), "blanks do no harm");
        assert_eq!(key.step_of("", now, 0), None);
    }
}
