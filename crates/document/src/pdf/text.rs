//! Text on its way to lines: measured once in em, broken at any size.

use crate::font::{Face, Fonts, Shape};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// One character, measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter {
    pub character: char,
    pub shape: Shape,
    /// May a line end before this letter?
    pub may_break_before: bool,
}

/// One paragraph of text in one face, measured in em.
pub(crate) struct Measured {
    pub letters: Vec<Letter>,
}

/// A line: a range of letters of its paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub from: usize,
    pub until: usize,
    /// Unit: em. Blanks at the end do not count, closing punctuation there counts half.
    pub width: f32,
    pub ends_paragraph: bool,
}

/// 行首禁则 (CLREQ 3.1): may not begin a line.
const NEVER_FIRST: &str = "，。、；：？！）》」』】〕〗〉’”·…—～％‰℃,.;:?!)]}%";
/// 行末禁则: may not end a line.
const NEVER_LAST: &str = "（《「『【〔〖〈‘“([{";
/// Closing marks that fill the left half of their square: at the end of a line the right half may hang out.
const HALF_AT_END: &str = "，。、；：）》」』】〕〗〉’”？！";

/// Variation selectors, joiners and control characters: kept in the text, without a place on paper.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

impl Measured {
    /// `paragraph` without line feeds.
    pub fn of(fonts: &Fonts, face: Face, paragraph: &str) -> Measured {
        // UAX 14 glues Chinese quotation marks to both sides; book marks of the same length break as CLREQ wants.
        let shadow = paragraph.replace(['“', '‘'], "《").replace(['”', '’'], "》");
        let mut allowed = vec![false; paragraph.len() + 1];
        for (at, opportunity) in linebreaks(&shadow) {
            allowed[at] = matches!(opportunity, BreakOpportunity::Allowed | BreakOpportunity::Mandatory);
        }
        let mut letters: Vec<Letter> = Vec::new();
        for (at, character) in paragraph
            .char_indices()
            .filter(|(_, c)| !is_invisible(*c) || *c == '\t')
        {
            let character = if character == '\t' { ' ' } else { character };
            let forbidden = NEVER_FIRST.contains(character)
                || letters
                    .last()
                    .is_some_and(|before| NEVER_LAST.contains(before.character));
            letters.push(Letter {
                character,
                shape: fonts.shape(face, character),
                may_break_before: allowed[at] && !forbidden,
            });
        }
        Measured { letters }
    }

    /// Breaks into lines `width` em wide, the first one `indent` em shorter. A word wider than a line is cut.
    pub fn lines(&self, width: f32, indent: f32) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut from = 0;
        while from < self.letters.len() {
            let room = if lines.is_empty() { width - indent } else { width };
            let until = self.end_of_line(from, room);
            lines.push(self.line(from, until, room));
            from = until;
            // A blank that fell on the break is not carried to the next line; an indent at the start is.
            while from < self.letters.len() && self.letters[from].character == ' ' {
                from += 1;
            }
        }
        match lines.last_mut() {
            Some(last) => last.ends_paragraph = true,
            None => lines.push(Line {
                from: 0,
                until: 0,
                width: 0.0,
                ends_paragraph: true,
            }),
        }
        lines
    }

    fn end_of_line(&self, from: usize, room: f32) -> usize {
        let mut used = 0.0;
        let mut last_break = None;
        for at in from..self.letters.len() {
            let letter = &self.letters[at];
            if at > from && letter.may_break_before {
                last_break = Some(at);
            }
            let needs = if HALF_AT_END.contains(letter.character) {
                letter.shape.advance.min(0.5)
            } else {
                letter.shape.advance
            };
            // A thousandth of an em is rounding, not text.
            if letter.character != ' ' && used + needs > room + 0.001 {
                return last_break.unwrap_or(at.max(from + 1));
            }
            used += letter.shape.advance;
        }
        self.letters.len()
    }

    fn line(&self, from: usize, until: usize, room: f32) -> Line {
        let mut end = until;
        while end > from && self.letters[end - 1].character == ' ' {
            end -= 1;
        }
        let mut width: f32 = self.letters[from..end].iter().map(|l| l.shape.advance).sum();
        // The right half of a closing mark hangs out of a full line.
        if let Some(last) = self.letters[from..end].last()
            && HALF_AT_END.contains(last.character)
            && (until < self.letters.len() || width > room)
        {
            width -= (last.shape.advance - 0.5).max(0.0);
        }
        Line {
            from,
            until: end,
            width,
            ends_paragraph: false,
        }
    }

    /// Unit: em, on one line.
    pub fn width(&self) -> f32 {
        self.letters.iter().map(|l| l.shape.advance).sum()
    }

    /// The characters that no font has, each once.
    pub fn missing(&self, into: &mut Vec<char>) {
        for letter in self.letters.iter().filter(|l| l.shape.missing) {
            if !into.contains(&letter.character) {
                into.push(letter.character);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, width: f32) -> Vec<String> {
        let measured = Measured::of(Fonts::embedded().unwrap(), Face::Song, text);
        let words = |l: &Line| measured.letters[l.from..l.until].iter().map(|l| l.character).collect();
        measured.lines(width, 0.0).iter().map(words).collect()
    }

    #[test]
    fn no_line_begins_with_closing_punctuation() {
        assert_eq!(
            broken("组织部门，负责。", 4.6),
            ["组织部门，", "负责。"],
            "half a comma hangs out"
        );
        assert_eq!(broken("青云县委组织部（县委", 8.0), ["青云县委组织部", "（县委"]);
        assert_eq!(broken("他说“可以办理”。", 6.0), ["他说“可以办", "理”。"]);
        assert_eq!(broken("买买提·吐尔逊", 3.2), ["买买", "提·吐", "尔逊"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        assert!(broken("abcdefghijklmnopqrstuvwxyz", 4.0).len() > 2);
        assert_eq!(broken("", 4.0), [""]);
    }

    proptest::proptest! {
        #[test]
        fn every_letter_stands_on_one_line_and_no_line_is_too_wide(text in "[组织部门，。（）《》“”a-z0-9 ·—-]{0,80}", width in 2.0f32..20.0) {
            let measured = Measured::of(Fonts::embedded().unwrap(), Face::FangSong, &text);
            let lines = measured.lines(width, 0.0);
            let mut next = 0;
            for line in &lines {
                let skipped = &measured.letters[next..line.from];
                proptest::prop_assert!(skipped.iter().all(|l| l.character == ' '));
                proptest::prop_assert!(line.width <= width + 0.01 || line.until - line.from == 1, "{line:?}");
                next = line.until;
            }
            proptest::prop_assert!(measured.letters[next..].iter().all(|l| l.character == ' '));
        }
    }
}
