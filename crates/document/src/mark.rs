//! 暗记: what names the exporter of a file that has been sorted again, cut and saved by another program.
//!
//! Every longer Chinese text of an export ends in a blank or does not, as a keyed hash of the export and of the text itself
//! decides. Nobody sees it, nothing that reads the table minds (imports cut blanks off), the same text has the same ending
//! everywhere in one file, and neither the order of the rows nor the place of a column matters. Two exports of the same
//! rows agree in half of their texts; sixty texts name one exporter among thousands.

use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The mark of one export.
#[derive(Clone, PartialEq, Eq)]
pub struct Mark {
    key: [u8; 32],
}

impl std::fmt::Debug for Mark {
    /// The key is what makes the mark; it is not printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mark")
    }
}

/// How a file's texts agree with one export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub agree: usize,
    /// Different texts that can carry a mark.
    pub of: usize,
}

impl Agreement {
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.agree as f64 / self.of as f64 }
    }
}

/// Shorter texts are names and codes, which people compare and look up.
const SHORTEST: usize = 4;
/// Fewer texts than this prove nothing.
pub const ENOUGH: usize = 20;

/// The share that must agree. Another export agrees with half by chance: with eighteen of twenty one time in five thousand,
/// with eighty of a hundred one time in a thousand million, so many texts may have lost more of theirs on the way.
fn sure(texts: usize) -> f64 {
    if texts >= 100 { 0.8 } else { 0.9 }
}

/// Can this text carry a mark?
fn carries(text: &str) -> bool {
    text.chars().count() >= SHORTEST && text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

impl Mark {
    pub fn of(key: [u8; 32]) -> Mark {
        Mark { key }
    }

    fn bit(&self, text: &str) -> bool {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(text.as_bytes());
        hash.finalize()[0] & 1 == 1
    }

    /// The text as this export writes it.
    pub fn dress<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let bare = text.trim();
        if !carries(bare) || !self.bit(bare) { Cow::Borrowed(text) } else { Cow::Owned(format!("{bare} ")) }
    }

    /// How the texts of a file agree with this export; a text that occurs often counts once, as it mostly stands.
    pub fn agreement(&self, texts: &Texts) -> Agreement {
        let agree = texts.0.iter().filter(|(bare, blank)| (**blank > 0) == self.bit(bare)).count();
        Agreement { agree, of: texts.0.len() }
    }

    /// Sixteen hexadecimal digits that stand behind the end of a PDF or in the comment of a package.
    pub fn code(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(b"file");
        hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
    }

    /// A finished PDF, `.docx`, `.xlsx` or `.zip` with the code behind it; other files stay as they are.
    pub fn seal(&self, mut file: Vec<u8>) -> Vec<u8> {
        let words = format!("zhiren:{}", self.code());
        if file.starts_with(b"%PDF-") {
            file.extend_from_slice(format!("%{words}\n").as_bytes());
        } else if file.starts_with(b"PK") {
            // The last record of a package is 22 bytes when it has no comment; its last two say how long the comment is.
            let end = file.len().saturating_sub(22);
            if file[end..].starts_with(b"PK\x05\x06") && file.ends_with(&[0, 0]) {
                let at = file.len() - 2;
                file.truncate(at);
                file.extend_from_slice(&(words.len() as u16).to_le_bytes());
                file.extend_from_slice(words.as_bytes());
            }
        }
        file
    }

    /// Does this file end in the code?
    pub fn sealed(&self, file: &[u8]) -> bool {
        let tail = &file[file.len().saturating_sub(256)..];
        let words = format!("zhiren:{}", self.code());
        tail.windows(words.len()).any(|w| w == words.as_bytes())
    }
}

/// Different texts of a file, and whether each mostly ends in a blank.
#[derive(Clone, Debug, Default)]
pub struct Texts(BTreeMap<String, i64>);

impl Texts {
    pub fn add(&mut self, text: &str) {
        let bare = text.trim();
        if carries(bare) {
            let blank = text.ends_with([' ', '\u{a0}']);
            *self.0.entry(bare.to_owned()).or_default() += if blank { 1 } else { -1 };
        }
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Which of the exports a file comes from: the best one, when it agrees nearly wholly and no other comes near. `Err` is how
/// the best two agree.
pub fn attribute(marks: &[Mark], texts: &Texts) -> Result<(usize, Agreement), Vec<(usize, Agreement)>> {
    let mut all: Vec<(usize, Agreement)> = marks.iter().enumerate().map(|(at, m)| (at, m.agreement(texts))).collect();
    all.sort_by(|a, b| b.1.agree.cmp(&a.1.agree));
    let second = all.get(1).map_or(0.0, |(_, a)| a.share());
    match all.first() {
        Some((at, best)) if texts.len() >= ENOUGH && best.share() >= sure(texts.len()) && second <= sure(texts.len()) - 0.05 => Ok((*at, *best)),
        _ => Err(all.into_iter().take(2).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(n: u8) -> Mark {
        Mark::of([n; 32])
    }

    #[test]
    fn fifty_exports_are_told_apart_from_a_third_of_the_rows_in_any_order() {
        let posts: Vec<String> = (0..300).map(|n| format!("青云镇第{n}村党支部书记")).collect();
        let marks: Vec<Mark> = (0..50).map(mark).collect();
        for (number, mark) in marks.iter().enumerate() {
            let mut texts = Texts::default();
            posts.iter().rev().step_by(3).for_each(|p| texts.add(&mark.dress(p)));
            assert_eq!(attribute(&marks, &texts).unwrap().0, number);
        }
    }

    #[test]
    fn a_cleaned_or_foreign_file_is_blamed_on_nobody() {
        let marks: Vec<Mark> = (0..50).map(mark).collect();
        let mut bare = Texts::default();
        (0..300).for_each(|n| bare.add(&format!("青云镇第{n}村党支部书记")));
        assert!(attribute(&marks, &bare).is_err());
        let mut few = Texts::default();
        (0..10).for_each(|n| few.add(&marks[3].dress(&format!("青云镇第{n}村党支部书记"))));
        assert!(attribute(&marks, &few).is_err(), "ten texts prove nothing");
    }

    #[test]
    fn names_numbers_and_dates_are_left_alone() {
        let all = |text: &str| (0..64).all(|n| mark(n).dress(text) == text);
        assert!(all("李明") && all("欧阳青") && all("990000198504120023") && all("2026-11-22") && all(""));
        assert!(!all("青云镇党委书记"));
    }

    #[test]
    fn a_file_that_is_no_table_carries_the_code_behind_its_end() {
        let pdf = mark(7).seal(b"%PDF-1.7 ... %%EOF\n".to_vec());
        assert!(mark(7).sealed(&pdf) && !mark(8).sealed(&pdf));
        let mut empty_zip = b"PK\x05\x06".to_vec();
        empty_zip.extend([0; 18]);
        let sealed = mark(7).seal(empty_zip);
        assert!(mark(7).sealed(&sealed));
        assert_eq!(u16::from_le_bytes([sealed[20], sealed[21]]) as usize, sealed.len() - 22);
    }
}
