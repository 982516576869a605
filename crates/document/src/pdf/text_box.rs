//! 格: text in a place of fixed size.

use super::leaf::Leaf;
use super::measure::Area;
use super::text::{Line, Measured};
use crate::font::{Face, Fonts};
use crate::table::Align;

/// Where text stands between the upper and the lower edge; nothing on the form hangs from the top.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Vertical {
    Middle,
    Bottom,
}

/// How text is set into an area that does not grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextBox<'a> {
    pub area: Area,
    pub face: Face,
    /// Sizes to try, largest first. Unit: points.
    pub sizes: &'a [f32],
    /// Distance of baselines, in sizes.
    pub leading: f32,
    pub align: Align,
    /// A text of several lines stands left, though a short one is centred: the editor's rule for small cells.
    pub left_when_wrapped: bool,
    pub vertical: Vertical,
    /// Kept free left and right. Unit: points.
    pub padding: (f32, f32),
}

/// What became of the text.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Setting {
    pub size: f32,
    pub clipped: bool,
    pub missing: Vec<char>,
}

/// Ink above the baseline, in sizes: the square of a Chinese character.
pub(crate) const ASCENT: f32 = 0.88;

impl TextBox<'_> {
    /// Takes the largest size at which all of `text` fits; at the smallest, cuts the end and puts `…`.
    pub fn draw(&self, fonts: &Fonts, leaf: &mut Leaf, text: &str) -> Setting {
        let text = text.trim_end();
        let mut setting = Setting::default();
        if text.is_empty() {
            return setting;
        }
        let area = self.inside();
        let mut paragraphs: Vec<Measured> = text.lines().map(|p| Measured::of(fonts, self.face, p)).collect();
        paragraphs.iter().for_each(|p| p.missing(&mut setting.missing));
        let (size, mut lines) = self.fit(&paragraphs);
        setting.size = size;
        let holds = ((area.height + 0.01) / (size * self.leading)).max(1.0) as usize;
        if lines.len() > holds {
            setting.clipped = true;
            let ellipsis = Measured::of(fonts, self.face, "…");
            clip(&mut paragraphs, &mut lines, holds, &ellipsis, area.width / size);
        }
        self.paint(leaf, &paragraphs, &lines, area, size);
        setting
    }

    /// The size that [`TextBox::draw`] would take, and whether the text wraps at it: for Word, which does not shrink.
    pub fn size_for(&self, fonts: &Fonts, text: &str) -> (f32, bool) {
        let paragraphs: Vec<Measured> = text
            .trim_end()
            .lines()
            .map(|p| Measured::of(fonts, self.face, p))
            .collect();
        let (size, lines) = self.fit(&paragraphs);
        (size, lines.len() > paragraphs.len())
    }

    fn inside(&self) -> Area {
        self.area.inset(self.padding.0, self.padding.1)
    }

    fn fit(&self, paragraphs: &[Measured]) -> (f32, Vec<(usize, Line)>) {
        let area = self.inside();
        let mut fitted = (0.0, Vec::new());
        // A short value stays on one line rather than drop its last character, as long as the size hardly changes.
        if let (Align::Center, Some(&largest)) = (self.align, self.sizes.first()) {
            for &size in self.sizes.iter().take_while(|size| **size >= largest * 0.84) {
                let lines = broken(paragraphs, area.width / size);
                if lines.len() == paragraphs.len() && lines.len() as f32 * size * self.leading <= area.height + 0.01 {
                    return (size, lines);
                }
            }
        }
        for &size in self.sizes {
            fitted = (size, broken(paragraphs, area.width / size));
            if fitted.1.len() as f32 * size * self.leading <= area.height + 0.01 {
                break;
            }
        }
        fitted
    }

    fn paint(&self, leaf: &mut Leaf, paragraphs: &[Measured], lines: &[(usize, Line)], area: Area, size: f32) {
        let leading = size * self.leading;
        let height = lines.len() as f32 * leading;
        let top = match self.vertical {
            Vertical::Middle => area.y + (area.height - height) / 2.0,
            Vertical::Bottom => area.bottom() - height,
        };
        let wrapped = lines.len() > paragraphs.len();
        let align = if wrapped && self.left_when_wrapped {
            Align::Left
        } else {
            self.align
        };
        for (row, (paragraph, line)) in lines.iter().enumerate() {
            let slack = area.width - line.width * size;
            let x = match align {
                Align::Left => area.x,
                Align::Center => area.x + slack / 2.0,
                Align::Right => area.right() - line.width * size,
            };
            let baseline = top + row as f32 * leading + (leading - size) / 2.0 + ASCENT * size;
            leaf.line(&paragraphs[*paragraph], *line, x, baseline, size, 0.0);
        }
    }
}

/// All lines with the number of their paragraph.
fn broken(paragraphs: &[Measured], width: f32) -> Vec<(usize, Line)> {
    let of = |(number, paragraph): (usize, &Measured)| {
        paragraph
            .lines(width, 0.0)
            .into_iter()
            .map(move |line| (number, line))
            .collect::<Vec<_>>()
    };
    paragraphs.iter().enumerate().flat_map(of).collect()
}

/// Keeps `holds` lines and ends the last of them with an ellipsis. `width` in em.
pub(crate) fn clip(
    paragraphs: &mut [Measured],
    lines: &mut Vec<(usize, Line)>,
    holds: usize,
    ellipsis: &Measured,
    width: f32,
) {
    lines.truncate(holds);
    let Some((paragraph, line)) = lines.last_mut() else {
        return;
    };
    let letters = &mut paragraphs[*paragraph].letters;
    letters.truncate(line.until);
    let wide = |letters: &[super::text::Letter]| letters.iter().map(|l| l.shape.advance).sum::<f32>();
    while letters.len() > line.from && wide(&letters[line.from..]) + ellipsis.width() > width {
        letters.pop();
    }
    letters.extend(ellipsis.letters.iter().copied());
    line.until = letters.len();
    line.width = wide(&letters[line.from..]);
}

/// One character a line, from top to bottom, spread over the middle of the area: the labels at the left of the form.
pub(crate) fn draw_vertical(fonts: &Fonts, leaf: &mut Leaf, area: Area, face: Face, size: f32, text: &str) {
    let measured = Measured::of(fonts, face, text);
    let count = measured.letters.len().max(1) as f32;
    // Labels breathe, but two characters do not drift apart to the ends of a tall cell.
    let pitch = (area.height / (count + 1.0))
        .min(size * 2.4)
        .max((area.height / count).min(size * 1.1));
    let top = area.y + (area.height - pitch * count) / 2.0;
    for (row, letter) in measured.letters.iter().enumerate() {
        let x = area.x + (area.width - letter.shape.advance * size) / 2.0;
        let baseline = top + row as f32 * pitch + (pitch - size) / 2.0 + ASCENT * size;
        leaf.letters(&[*letter], x, baseline, size, 0.0);
    }
}
