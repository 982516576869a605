//! Text to lines.

use super::head::{Start, start};
use super::{Hint, Note, Resume, ResumeLine, check};
use crate::{Fault, Place};

/// 简历 read from its text, and what should be looked at.
///
/// A line that does not begin with dates continues the one before; `（其间：…）` on a line of its own is a note;
/// what follows an empty line is the tail. The original text stays beside.
pub fn parse(text: &str, place: &Place) -> (Resume, Vec<Fault>) {
    let original = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut reading = Reading {
        place,
        lines: Vec::new(),
        tail: Vec::new(),
        faults: Vec::new(),
        after_blank: false,
    };
    for (number, line) in (1..).zip(original.lines()) {
        reading.line(line.trim(), number);
    }
    let Reading {
        mut lines,
        tail,
        mut faults,
        ..
    } = reading;
    for line in &mut lines {
        take_trailing_notes(line);
        line.hint = Hint::of(&line.text);
    }
    check::check(&lines, place, &mut faults);
    (Resume { original, lines, tail }, faults)
}

struct Reading<'a> {
    place: &'a Place,
    lines: Vec<ResumeLine>,
    tail: Vec<String>,
    faults: Vec<Fault>,
    after_blank: bool,
}

impl Reading<'_> {
    fn line(&mut self, line: &str, number: u32) {
        if line.is_empty() {
            self.after_blank = !self.lines.is_empty();
            return;
        }
        let continues_note = self.open_note().is_some_and(ends_midway);
        // An empty line inside an open bracket says nothing.
        self.after_blank &= !continues_note;
        match start(line) {
            Start::Dated {
                from,
                until,
                open,
                text,
            } if !continues_note => {
                self.lines.push(ResumeLine {
                    from: Some(from),
                    until,
                    open,
                    text: text.to_owned(),
                    notes: Vec::new(),
                    hint: Hint::Work,
                    place: self.place.at_line(number),
                });
                self.after_blank = false;
            }
            Start::Impossible { date } if !continues_note => {
                let place = self.place.at_line(number);
                self.faults.push(Fault::error(
                    place,
                    line,
                    format!("简历中的日期 `{date}` 不存在"),
                    "应为 年.月，如 2001.09--2005.07",
                ));
                self.undated(line, number);
                self.after_blank = false;
            }
            _ => self.text(line, number),
        }
    }

    /// Text without dates at its head.
    fn text(&mut self, line: &str, number: u32) {
        if self.lines.last().is_none_or(|l| l.from.is_none()) && self.tail.is_empty() {
            return if self.after_blank && !is_note(line) {
                self.tail.push(line.to_owned())
            } else {
                self.undated(line, number)
            };
        }
        if let Some(note) = self
            .lines
            .last_mut()
            .and_then(open_note_of)
            .filter(|_| !self.after_blank)
        {
            note.push_str(line);
            return;
        }
        if is_note(line) {
            return self.note(line, number);
        }
        match self.lines.last_mut() {
            Some(last) if !self.after_blank && last.from.is_some() && last.notes.is_empty() => {
                join(&mut last.text, line)
            }
            _ => {
                self.after_blank = true;
                self.tail.push(line.to_owned());
            }
        }
    }

    /// A note on its own line; what follows its closing bracket is a line again.
    fn note(&mut self, line: &str, number: u32) {
        let Some(last) = self.lines.last_mut().filter(|l| l.from.is_some()) else {
            return self.undated(line, number);
        };
        let inner = line.get(bracket_length(line)..).unwrap_or("");
        match closing(inner) {
            Some((at, length)) => {
                let text = inner.get(..at).unwrap_or("").trim().to_owned();
                let rest = inner
                    .get(at + length..)
                    .unwrap_or("")
                    .trim_start_matches(['。', '；', ';', ' ', '　']);
                last.notes.push(Note { text, own_line: true });
                if !rest.is_empty() {
                    self.line(rest.trim(), number);
                }
            }
            // Left open: the next lines belong to it. The marker is the missing bracket itself.
            None => last.notes.push(Note {
                text: format!("（{inner}"),
                own_line: true,
            }),
        }
    }

    fn undated(&mut self, line: &str, number: u32) {
        self.lines.push(ResumeLine {
            from: None,
            until: None,
            open: false,
            text: line.to_owned(),
            notes: Vec::new(),
            hint: Hint::Work,
            place: self.place.at_line(number),
        });
    }

    fn open_note(&self) -> Option<&str> {
        let last = self.lines.last()?;
        match last.notes.last() {
            Some(note) => Some(note.text.as_str()).filter(|t| t.starts_with('（') && depth(t) > 0),
            None => last.from.and(Some(last.text.as_str())).filter(|t| depth(t) > 0),
        }
    }
}

/// A note whose bracket is still open: it keeps the bracket as its first character until the resume is finished.
fn open_note_of(line: &mut ResumeLine) -> Option<&mut String> {
    line.notes
        .last_mut()
        .map(|n| &mut n.text)
        .filter(|t| t.starts_with('（') && depth(t) > 0)
}

fn ends_midway(text: &str) -> bool {
    text.ends_with(['：', ':', '；', ';', '，', ',', '、'])
}

fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '(')
}
fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')')
}
fn bracket_length(text: &str) -> usize {
    text.chars().next().filter(|c| is_bracket(*c)).map_or(0, char::len_utf8)
}

/// `（其间：…`, `(期间…`.
fn is_note(text: &str) -> bool {
    let length = bracket_length(text);
    length > 0 && text.get(length..).is_some_and(begins_note)
}
fn begins_note(inner: &str) -> bool {
    let inner = inner.trim_start();
    inner.starts_with("其间") || inner.starts_with("期间")
}

/// Opening minus closing brackets.
fn depth(text: &str) -> i32 {
    text.chars()
        .map(|c| i32::from(is_bracket(c)) - i32::from(is_closing(c)))
        .sum()
}

/// Where the bracket that was opened just before `inner` closes, and the length of the closing bracket.
fn closing(inner: &str) -> Option<(usize, usize)> {
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        depth += i32::from(is_bracket(c)) - i32::from(is_closing(c));
        if depth == 0 {
            return Some((at, c.len_utf8()));
        }
    }
    None
}

/// Two halves of a wrapped line; a blank only between two Latin words or numbers.
fn join(text: &mut String, more: &str) {
    let plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if plain(text.chars().last()) && plain(more.chars().next()) {
        text.push(' ');
    }
    text.push_str(more);
}

/// Moves `（其间：…）` at the end of the text into the notes, and closes a note that was never closed.
fn take_trailing_notes(line: &mut ResumeLine) {
    for note in &mut line.notes {
        if let Some(open) = note.text.strip_prefix('（') {
            note.text = match closing(open) {
                Some((at, length)) => {
                    let rest = open.get(at + length..).unwrap_or("");
                    format!("{}{}", open.get(..at).unwrap_or(""), rest.trim_end_matches(is_closing))
                }
                None => open.to_owned(),
            };
            note.text = balanced(note.text.trim());
        }
    }
    if line.from.is_none() {
        return;
    }
    // A bracket that the text forgot to close would swallow what is printed after it.
    for _ in 0..depth(&line.text) {
        line.text.push('）');
    }
    let mut found = Vec::new();
    while let Some((before, inner)) = trailing_note(&line.text) {
        found.push(Note {
            text: inner.to_owned(),
            own_line: false,
        });
        line.text = before.trim_end().to_owned();
    }
    found.reverse();
    found.append(&mut line.notes);
    line.notes = found;
}

/// The text before a last bracket that is a note, and the note without its brackets.
fn trailing_note(text: &str) -> Option<(&str, &str)> {
    let end = text.len() - text.chars().last().filter(|c| is_closing(*c))?.len_utf8();
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        depth += i32::from(is_closing(c)) - i32::from(is_bracket(c));
        if depth == 0 {
            let inner = text.get(at + c.len_utf8()..end)?.trim();
            return begins_note(inner).then_some((text.get(..at)?, inner));
        }
    }
    None
}

/// Drops closing brackets that close nothing, adds those that are missing.
fn balanced(text: &str) -> String {
    let mut depth = 0;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let step = i32::from(is_bracket(c)) - i32::from(is_closing(c));
        if depth + step < 0 {
            continue;
        }
        depth += step;
        out.push(c);
    }
    for _ in 0..depth {
        out.push('）');
    }
    out
}
