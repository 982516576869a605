//! 常见密码: is a password one that others would try? Words come from `data/common_passwords.txt` (made by
//! `scripts/common-passwords`) and from the place: product, office, account.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/common_passwords.txt").lines().filter(|w| !w.is_empty()).collect());

/// Shortest word that counts as a part of a password.
const SHORTEST: usize = 4;
const LONGEST: usize = 26;
/// So many signs of a password must be its owner's own, and as many different ones.
const OWN: usize = 6;

pub fn count() -> usize {
    WORDS.len()
}

/// Is too little of `password` left when common words and the words of this place are taken out?
pub fn guessable(password: &str, place: &[String]) -> bool {
    let lower = password.to_lowercase();
    let place: HashSet<String> = place.iter().map(|w| w.to_lowercase()).filter(|w| w.chars().count() >= 2).collect();
    let different: HashSet<char> = lower.chars().collect();
    different.len() < OWN || [lower.clone(), unmasked(&lower)].iter().any(|text| own(text, &place) < OWN)
}

/// `p@ssw0rd` is read as it is meant.
fn unmasked(text: &str) -> String {
    let letter = |c| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// How many signs no word covers, with the words laid as well as can be.
fn own(text: &str, place: &HashSet<String>) -> usize {
    let signs: Vec<char> = text.chars().collect();
    let mut least = vec![usize::MAX; signs.len() + 1];
    least[0] = 0;
    for at in 0..signs.len() {
        let here = least[at];
        // A sign between words is nobody's secret: `qingyun-demo-2026` is three words.
        let weight = usize::from(signs[at].is_alphanumeric());
        least[at + 1] = least[at + 1].min(here + weight);
        for size in 2..=LONGEST.min(signs.len() - at) {
            let word: String = signs[at..at + size].iter().collect();
            if (size >= SHORTEST && WORDS.contains(word.as_str())) || place.contains(&word) {
                least[at + size] = least[at + size].min(here);
            }
        }
    }
    least[signs.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Vec<String> {
        ["zhiren", "知人", "qingyun", "青云", "zhoumin"].map(str::to_owned).to_vec()
    }

    #[test]
    fn the_list_is_long_enough_and_holds_words_that_the_shortest_password_could_be() {
        assert!(count() >= 3_000, "{}", count());
        assert!(WORDS.iter().filter(|w| w.len() >= 12).count() >= 1_000);
    }

    #[test]
    fn what_others_would_try_is_refused_however_it_is_dressed() {
        for bad in [
            "qwertyuiop123456", "1qaz2wsx3edc4rfv", "P@ssw0rd20262026", "qingyun-demo-2026", "Zhiren@123456789", "zhangwei19850101",
            "woaini1314woaini", "aaaaaaaaaaaaaaaa", "ZhouMin@2026!qaz", "青云青云青云青云2026", "woaizhongguo2026!",
        ] {
            assert!(guessable(bad, &place()), "{bad}");
        }
    }

    #[test]
    fn a_sentence_of_ones_own_passes() {
        for good in ["河边三棵柳树只剩一棵了", "seven lamps beside the mill", "Kv9#tulip-Moor-quartz", "zaoshang liudian he doujiang"] {
            assert!(!guessable(good, &place()), "{good}");
        }
    }
}
