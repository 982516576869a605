//! One font file, opened: which characters it has and how wide they are.

use crate::{Error, Result};
use krilla::text::Font;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, raw::FileRef};

/// A font ready to measure and to draw with. Borrows its bytes for good: they are the program's own, or a site's font
/// that is read once.
pub struct Typeface {
    pub(crate) font: Font,
    /// Full name, as `pdffonts` will show it or nearly so.
    pub(crate) name: String,
    characters: Charmap<'static>,
    advances: GlyphMetrics<'static>,
    units: f32,
}

impl Typeface {
    /// Opens the font called `name` (family or full name, any language) out of a file that may hold several.
    pub(super) fn named(bytes: &'static [u8], name: &str) -> Result<Typeface> {
        Typeface::find(bytes, &[name]).ok_or_else(|| Error::Font(name.to_owned()))
    }

    /// The first font in the file that bears one of `names`.
    pub(super) fn find(bytes: &'static [u8], names: &[&str]) -> Option<Typeface> {
        let fonts: Vec<FontRef<'static>> = match FileRef::new(bytes).ok()? {
            FileRef::Font(font) => vec![font],
            FileRef::Collection(many) => many.iter().flatten().collect(),
        };
        let (index, font) = fonts
            .into_iter()
            .enumerate()
            .find(|(_, font)| bears_one_of(font, names))?;
        let name = font
            .localized_strings(StringId::POSTSCRIPT_NAME)
            .english_or_first()?
            .to_string();
        let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some(Typeface {
            font: Font::new(bytes.into(), u32::try_from(index).ok()?)?,
            name,
            characters: font.charmap(),
            advances,
            units,
        })
    }

    /// The glyph and its advance in em; `None` when the font does not have the character.
    pub(crate) fn glyph(&self, character: char) -> Option<(u32, f32)> {
        let glyph = self.characters.map(character).filter(|g| g.to_u32() != 0)?;
        Some((glyph.to_u32(), self.advance(glyph)))
    }

    /// The box that stands for a character without a shape.
    pub(crate) fn missing_glyph(&self) -> (u32, f32) {
        (0, self.advance(GlyphId::NOTDEF))
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        self.advances.advance_width(glyph).unwrap_or(self.units) / self.units
    }
}

fn bears_one_of(font: &FontRef<'static>, names: &[&str]) -> bool {
    [
        StringId::FAMILY_NAME,
        StringId::FULL_NAME,
        StringId::TYPOGRAPHIC_FAMILY_NAME,
        StringId::POSTSCRIPT_NAME,
    ]
    .into_iter()
    .flat_map(|id| font.localized_strings(id))
    .any(|name| names.contains(&name.to_string().as_str()))
}
