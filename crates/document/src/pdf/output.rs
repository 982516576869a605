//! Leaves become a PDF file.

use super::leaf::{Leaf, Mark};
use super::measure::Area;
use crate::font::Fonts;
use crate::{Error, Result};
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};

/// A PDF being written. A finished page is kept compressed; the fonts are cut down to the used characters at the end.
/// The same pages always give the same bytes: no clock and no chance goes in.
pub(crate) struct Pdf<'a> {
    fonts: &'a Fonts,
    document: Document,
    pages: usize,
}

impl<'a> Pdf<'a> {
    pub fn new(fonts: &'a Fonts, title: &str) -> Pdf<'a> {
        let settings = SerializeSettings {
            enable_tagging: false,
            ..SerializeSettings::default()
        };
        let mut document = Document::new_with(settings);
        let metadata = Metadata::new()
            .title(title.to_owned())
            .language("zh-CN".to_owned())
            .creator("知人".to_owned());
        document.set_metadata(metadata);
        Pdf {
            fonts,
            document,
            pages: 0,
        }
    }

    pub fn pages(&self) -> usize {
        self.pages
    }

    pub fn add(&mut self, leaf: Leaf) -> Result<()> {
        let settings = PageSettings::from_wh(leaf.width, leaf.height)
            .ok_or_else(|| Error::Pdf(format!("页面尺寸 {}×{} 无效", leaf.width, leaf.height)))?;
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in leaf.marks {
            paint(self.fonts, &mut surface, mark);
        }
        surface.finish();
        page.finish();
        self.pages += 1;
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<u8>> {
        self.document.finish().map_err(|e| Error::Pdf(format!("{e:?}")))
    }
}

fn paint(fonts: &Fonts, surface: &mut Surface, mark: Mark) {
    match mark {
        Mark::Text {
            x,
            baseline,
            size,
            typeface,
            glyphs,
            text,
        } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(0)));
            let font = fonts.typeface(typeface).font.clone();
            surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, font, &text, size, false);
        }
        Mark::Frame { area, width } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                width,
                ..Stroke::default()
            }));
            if let Some(path) = rectangle(area) {
                surface.draw_path(&path);
            }
        }
        Mark::Ground { area, lightness } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(lightness)));
            if let Some(path) = rectangle(area) {
                surface.draw_path(&path);
            }
        }
        Mark::Picture { area, picture } => {
            let (Some(window), Some(size)) = (rectangle(area), Size::from_wh(picture.width, picture.height)) else {
                return;
            };
            let (x, y) = (
                area.x + (area.width - picture.width) / 2.0,
                area.y + (area.height - picture.height) / 2.0,
            );
            surface.push_clip_path(&window, &FillRule::NonZero);
            surface.push_transform(&Transform::from_translate(x, y));
            surface.draw_image(picture.image, size);
            surface.pop();
            surface.pop();
        }
    }
}

fn fill(lightness: u8) -> Fill {
    Fill {
        paint: luma::Color::new(lightness).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn rectangle(area: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}
