//! Lines to the official wording.

use super::{Resume, ResumeLine};
use std::fmt::Write;

impl Resume {
    /// `2001.09--2005.07` and two blanks; after the dash of the open line seven blanks stand for the date and two more;
    /// notes in full-width brackets; the tail after an empty line.
    pub fn print(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            line.print_into(&mut out);
        }
        if !self.tail.is_empty() {
            out.push('\n');
            for paragraph in &self.tail {
                let _ = writeln!(out, "{paragraph}");
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

impl ResumeLine {
    fn print_into(&self, out: &mut String) {
        let start = out.len();
        if let Some(from) = self.from {
            let _ = match self.until {
                Some(until) => write!(out, "{}--{}  ", from.dotted_month(), until.dotted_month()),
                None => write!(out, "{}--{}", from.dotted_month(), " ".repeat(9)),
            };
        }
        out.push_str(&self.text);
        for note in self.notes.iter().filter(|n| !n.own_line) {
            let _ = write!(out, "（{}）", note.text);
        }
        out.truncate(out.trim_end().len().max(start));
        out.push('\n');
        for note in self.notes.iter().filter(|n| n.own_line) {
            let _ = writeln!(out, "（{}）", note.text);
        }
    }
}
