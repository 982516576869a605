//! A side of the form while it is drawn: cells, and what was noticed.

use super::geometry::{BASE_SIZE, INNER, LEADING, READABLE, SIZES};
use super::style::FormStyle;
use crate::font::Fonts;
use crate::pdf::text_box::{Setting, draw_vertical};
use crate::pdf::{A4, Area, Leaf, TWIP, TextBox, Vertical};
use crate::remark::{Remark, RemarkKind};
use crate::table::Align;

pub(super) struct Sheet<'a> {
    pub fonts: &'a Fonts,
    pub style: FormStyle,
    pub leaf: Leaf,
    /// Whose form: goes into every remark.
    pub of: &'a str,
    pub remarks: &'a mut Vec<Remark>,
}

impl<'a> Sheet<'a> {
    pub fn new(fonts: &'a Fonts, style: FormStyle, of: &'a str, remarks: &'a mut Vec<Remark>) -> Sheet<'a> {
        Sheet {
            fonts,
            style,
            leaf: Leaf::new(A4),
            of,
            remarks,
        }
    }

    pub fn remark(&mut self, field: &str, kind: RemarkKind) {
        self.remarks.push(Remark {
            of: self.of.to_owned(),
            field: field.to_owned(),
            kind,
        });
    }

    pub fn frame(&mut self, area: Area) {
        self.leaf.frame(area, INNER);
    }

    /// A framed label. The lines of `text` are the form's own; one that is too wide is drawn smaller.
    pub fn label(&mut self, area: Area, text: &str) {
        self.frame(area);
        let text_box = TextBox {
            face: self.style.label,
            padding: (0.5, 0.5),
            ..short_value(area)
        };
        text_box.draw(self.fonts, &mut self.leaf, text);
    }

    /// A framed label with one character a line.
    pub fn vertical_label(&mut self, area: Area, text: &str) {
        self.frame(area);
        draw_vertical(self.fonts, &mut self.leaf, area, self.style.label, BASE_SIZE, text);
    }

    /// Text without a frame; what was clipped or is missing becomes a remark on `field`.
    pub fn text(&mut self, field: &str, text: &str, text_box: TextBox<'_>) {
        let setting = TextBox {
            face: self.style.value,
            ..text_box
        }
        .draw(self.fonts, &mut self.leaf, text);
        self.notice(field, setting);
    }

    /// A framed value.
    pub fn value(&mut self, field: &str, text: &str, text_box: TextBox<'_>) {
        self.frame(text_box.area);
        self.text(field, text, text_box);
    }

    pub fn notice(&mut self, field: &str, setting: Setting) {
        if setting.clipped {
            self.remark(field, RemarkKind::Clipped);
        } else if setting.size > 0.0 && setting.size < READABLE {
            self.remark(
                field,
                RemarkKind::Small {
                    tenths: (setting.size * 10.0).round() as u16,
                },
            );
        }
        if !setting.missing.is_empty() {
            self.remark(field, RemarkKind::Missing(setting.missing));
        }
    }
}

/// Short cells: centred, left once the text wraps (the editor's `A4.config`).
pub(super) fn short_value(area: Area) -> TextBox<'static> {
    TextBox {
        area,
        face: crate::font::Face::Song,
        sizes: &SIZES,
        leading: LEADING,
        align: Align::Center,
        left_when_wrapped: true,
        vertical: Vertical::Middle,
        padding: (2.0, 2.0),
    }
}

/// Posts and long texts: left, 5 points in.
pub(super) fn long_value(area: Area) -> TextBox<'static> {
    TextBox {
        align: Align::Left,
        padding: (5.0, 2.0),
        ..short_value(area)
    }
}

/// An area measured in twips from the page's corner.
pub(super) fn twips(x: u16, y: u16, width: u16, height: u16) -> Area {
    Area::new(
        f32::from(x) * TWIP,
        f32::from(y) * TWIP,
        f32::from(width) * TWIP,
        f32::from(height) * TWIP,
    )
}
