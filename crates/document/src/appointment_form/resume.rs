//! 简历: dated segments with a hanging indent.

use super::geometry::RESUME_SIZES;
use crate::font::{Face, Fonts};
use crate::pdf::text::{Line, Measured};
use crate::pdf::text_box::{ASCENT, Setting, clip};
use crate::pdf::{Area, Leaf};

/// One line of the résumé's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Segment {
    /// `2001.09--2005.07` and what was done then.
    Dated {
        when: String,
        what: String,
    },
    /// Goes on under the text of the segment above: a 其间 note.
    Under(String),
    /// Flush left: the memberships after the empty line, or text without dates.
    Flush(String),
    Gap,
}

/// Distance of lines, in sizes.
const LEADING: f32 = 1.28;

/// Reads what editors write (formats.md §1.3) and writes the dates one way: `2001.09--2005.07`, open end `2020.03--`.
pub(super) fn read(resume: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut hangs = false;
    for line in resume.trim_end().lines() {
        let line = line.trim();
        if line.is_empty() {
            if !segments.is_empty() {
                segments.push(Segment::Gap);
            }
            hangs = false;
        } else if let Some((when, what)) = dated(line) {
            segments.push(Segment::Dated { when, what });
            hangs = true;
        } else if hangs {
            segments.push(Segment::Under(line.to_owned()));
        } else {
            segments.push(Segment::Flush(line.to_owned()));
        }
    }
    segments
}

/// `2001.09——2005.07 在…` → (`2001.09--2005.07`, `在…`).
fn dated(line: &str) -> Option<(String, String)> {
    let (from, rest) = month(line)?;
    let dashes = ['-', '—', '–', '－', '―', '〜', '～', '~', '至', '─'];
    let after = rest.trim_start().trim_start_matches(dashes);
    if after.len() == rest.trim_start().len() {
        return None;
    }
    let after = after.trim_start();
    match month(after) {
        Some((until, what)) => Some((format!("{from}--{until}"), what.trim().to_owned())),
        None => {
            let what = after.strip_prefix("今").map_or(after, str::trim_start);
            Some((format!("{from}--"), what.to_owned()))
        }
    }
}

/// `1982.08…` or `198208…` at the start, written `1982.08`.
fn month(text: &str) -> Option<(String, &str)> {
    let digits = |t: &str, n: usize| t.len() >= n && t.as_bytes()[..n].iter().all(u8::is_ascii_digit);
    if !digits(text, 4) {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let rest = rest.strip_prefix(['.', '．', '-', '/', '年']).unwrap_or(rest);
    if !digits(rest, 2) {
        return None;
    }
    let (month, rest) = rest.split_at(2);
    Some((format!("{year}.{month}"), rest.strip_prefix('月').unwrap_or(rest)))
}

/// The résumé at one size: each line with its paragraph and how far it stands in (em).
struct Fitted {
    lines: Vec<(usize, Line, f32)>,
    /// The dates: paragraph, and the line beside which they stand.
    dates: Vec<(usize, usize)>,
}

/// A résumé read and measured, ready for any size.
struct Prepared {
    segments: Vec<Segment>,
    texts: Vec<Measured>,
    dates: Vec<Option<Measured>>,
    /// How far the text stands in. Unit: em.
    hang: f32,
}

impl Prepared {
    fn of(fonts: &Fonts, face: Face, resume: &str) -> Prepared {
        let segments = read(resume);
        let words = |s: &Segment| match s {
            Segment::Dated { what, .. } => what.clone(),
            Segment::Under(text) | Segment::Flush(text) => text.clone(),
            Segment::Gap => String::new(),
        };
        let date = |s: &Segment| match s {
            Segment::Dated { when, .. } => Some(Measured::of(fonts, face, when)),
            _ => None,
        };
        Prepared {
            texts: segments.iter().map(|s| Measured::of(fonts, face, &words(s))).collect(),
            dates: segments.iter().map(date).collect(),
            // Two half-width blanks follow the dates; an open end is as wide as a closed one.
            hang: Measured::of(fonts, face, "0000.00--0000.00  ").width(),
            segments,
        }
    }

    /// The largest of the editor's sizes that holds it, or the smallest.
    fn fit(&self, area: Area) -> (f32, Fitted) {
        let mut fitted = (
            0.0,
            Fitted {
                lines: Vec::new(),
                dates: Vec::new(),
            },
        );
        for size in RESUME_SIZES {
            fitted = (size, fit(&self.segments, &self.texts, self.hang, area.width / size));
            if fitted.1.lines.len() as f32 * size * LEADING <= area.height {
                break;
            }
        }
        fitted
    }
}

/// The size for Word, and how far the text hangs (em).
pub(super) fn size_for(fonts: &Fonts, face: Face, area: Area, resume: &str) -> (f32, f32) {
    let prepared = Prepared::of(fonts, face, resume);
    (prepared.fit(area).0, prepared.hang)
}

/// Sets the résumé into `area` at the largest of the editor's sizes that holds it.
pub(super) fn draw(fonts: &Fonts, leaf: &mut Leaf, face: Face, area: Area, resume: &str) -> Setting {
    let mut prepared = Prepared::of(fonts, face, resume);
    let mut setting = Setting::default();
    if prepared.segments.is_empty() {
        return setting;
    }
    prepared.texts.iter().for_each(|t| t.missing(&mut setting.missing));
    let (size, mut fitted) = prepared.fit(area);
    let leading = size * LEADING;
    let holds = (area.height / leading) as usize;
    setting.size = size;
    if fitted.lines.len() > holds {
        setting.clipped = true;
        cut(fonts, face, &mut prepared.texts, &mut fitted, holds, area.width / size);
    }
    let top = area.y + (area.height - fitted.lines.len() as f32 * leading) / 2.0;
    let baseline = |row: usize| top + row as f32 * leading + (leading - size) / 2.0 + ASCENT * size;
    for (row, (segment, line, stands_in)) in fitted.lines.iter().enumerate() {
        leaf.line(
            &prepared.texts[*segment],
            *line,
            area.x + stands_in * size,
            baseline(row),
            size,
            0.0,
        );
    }
    for (segment, row) in fitted.dates {
        if let Some(when) = &prepared.dates[segment] {
            leaf.letters(&when.letters, area.x, baseline(row), size, 0.0);
        }
    }
    setting
}

fn fit(segments: &[Segment], texts: &[Measured], hang: f32, width: f32) -> Fitted {
    let mut fitted = Fitted {
        lines: Vec::new(),
        dates: Vec::new(),
    };
    for (number, (segment, text)) in segments.iter().zip(texts).enumerate() {
        let stands_in = match segment {
            Segment::Dated { .. } => {
                fitted.dates.push((number, fitted.lines.len()));
                hang
            }
            Segment::Under(_) => hang,
            Segment::Flush(_) | Segment::Gap => 0.0,
        };
        fitted.lines.extend(
            text.lines(width - stands_in, 0.0)
                .into_iter()
                .map(|line| (number, line, stands_in)),
        );
    }
    fitted
}

fn cut(fonts: &Fonts, face: Face, texts: &mut [Measured], fitted: &mut Fitted, holds: usize, width: f32) {
    let ellipsis = Measured::of(fonts, face, "…");
    fitted.lines.truncate(holds);
    fitted.dates.retain(|(_, row)| *row < holds);
    if let Some((segment, line, stands_in)) = fitted.lines.last_mut() {
        let mut one = vec![(*segment, *line)];
        clip(texts, &mut one, 1, &ellipsis, width - *stands_in);
        *line = one[0].1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_segment_is_read() {
        for line in [
            "2001.09--2005.07  青云大学中文系学习",
            "2001.09——2005.07青云大学中文系学习",
            "200109-200507 青云大学中文系学习",
            "2001.09～2005.07　青云大学中文系学习",
            "2001年09月至2005年07月 青云大学中文系学习",
        ] {
            let expected = Segment::Dated {
                when: "2001.09--2005.07".into(),
                what: "青云大学中文系学习".into(),
            };
            assert_eq!(read(line), [expected], "{line}");
        }
        let open = Segment::Dated {
            when: "2020.03--".into(),
            what: "青云镇镇长".into(),
        };
        assert_eq!(read("2020.03--         青云镇镇长"), [open]);
    }

    #[test]
    fn notes_hang_and_memberships_stand_flush() {
        let segments =
            read("2001.09--2005.07  学习\r\n（其间：2003.03--2003.06县委党校学习）\r\n\r\n青云县第十四届党代表\r\n");
        assert!(matches!(&segments[1], Segment::Under(note) if note.starts_with("（其间")));
        assert_eq!(
            segments[2..],
            [Segment::Gap, Segment::Flush("青云县第十四届党代表".into())]
        );
    }
}
