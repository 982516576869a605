//! 图: geometry of what `components/{timeline,bars,pyramid}.html` draw as SVG. Every mark can open the rows behind it.

pub mod bars;
pub mod pyramid;
pub mod timeline;

/// Width of a text at font size 12, in the drawing's units: a Chinese character is as wide as it is high.
pub(crate) fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 6.6 } else { 12.0 }).sum()
}

/// As much of `text` as fits into `room`, with `…` when some is left out.
pub(crate) fn clip(text: &str, room: f32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 12.0;
    for c in text.chars() {
        used += if c.is_ascii() { 6.6 } else { 12.0 };
        if used > room {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// One decimal is enough for a screen, and keeps pages small.
pub(crate) fn round(x: f32) -> f32 {
    (x * 10.0).round() / 10.0
}
