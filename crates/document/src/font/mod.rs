//! 字库: which font draws which character of which face.

mod embedded;
mod face;
mod typeface;

pub use face::Face;
pub use typeface::Typeface;

use crate::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The environment variable that names the directory of a site's licensed fonts.
pub const DIRECTORY_VARIABLE: &str = "ZHIREN_FONTS";

/// Every font at hand, and for each face the order in which they are asked for a character.
pub struct Fonts {
    typefaces: Vec<Typeface>,
    /// By [`Face`] in the order of [`Face::ALL`]: indexes into `typefaces`, the chosen one first.
    chains: [Vec<usize>; 5],
}

/// One character's shape: index of the typeface, glyph, advance in em.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Shape {
    pub typeface: usize,
    pub glyph: u32,
    pub advance: f32,
    pub missing: bool,
}

/// A character that its face does not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Borrowed {
    pub character: char,
    /// The typeface that draws it instead; `None`: nobody has it, a box is drawn.
    pub drawn_by: Option<String>,
}

impl Fonts {
    /// The free fonts that the program carries. Parsed on first use, once.
    pub fn embedded() -> Result<&'static Fonts> {
        static EMBEDDED: OnceLock<std::result::Result<Fonts, String>> = OnceLock::new();
        once(&EMBEDDED, || Fonts::with(&[]))
    }

    /// The fonts of this site: those in the directory named by `ZHIREN_FONTS`, then the embedded ones.
    pub fn of_site() -> Result<&'static Fonts> {
        static OF_SITE: OnceLock<std::result::Result<Fonts, String>> = OnceLock::new();
        match std::env::var_os(DIRECTORY_VARIABLE) {
            None => Fonts::embedded(),
            Some(directory) => once(&OF_SITE, || Fonts::with_directory(Path::new(&directory))),
        }
    }

    /// A site's licensed fonts win over the free ones of the same face; files that are no fonts are passed over.
    /// Their bytes stay in memory for good, so a program calls this once.
    pub fn with_directory(directory: &Path) -> Result<Fonts> {
        let failed = |cause| Error::FontDirectory(directory.display().to_string(), cause);
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(directory).map_err(failed)? {
            files.push(entry.map_err(failed)?.path());
        }
        files.sort();
        let is_font = |path: &PathBuf| {
            let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
            extension.is_some_and(|e| ["ttf", "otf", "ttc", "otc"].contains(&e.as_str()))
        };
        let mut contents: Vec<&'static [u8]> = Vec::new();
        for file in files.into_iter().filter(is_font) {
            contents.push(Box::leak(std::fs::read(file).map_err(failed)?.into_boxed_slice()));
        }
        Fonts::with(&contents)
    }

    fn with(site: &[&'static [u8]]) -> Result<Fonts> {
        let mut typefaces = vec![
            Typeface::named(embedded::NOTO_SERIF, "Noto Serif CJK SC")?,
            Typeface::named(embedded::NOTO_SERIF_BOLD, "Noto Serif CJK SC Bold")?,
            Typeface::named(embedded::FANDOL_FANG, "FandolFang R")?,
            Typeface::named(embedded::FANDOL_HEI, "FandolHei")?,
            Typeface::named(embedded::FANDOL_KAI, "FandolKai")?,
        ];
        let chains = Face::ALL.map(|face| {
            let free = match face {
                Face::Song => vec![0],
                Face::FangSong => vec![2, 0],
                Face::Hei => vec![3, 0],
                Face::Kai => vec![4, 0],
                Face::XiaoBiaoSong => vec![1, 0],
            };
            let licensed = face
                .site_names()
                .iter()
                .find_map(|n| site.iter().find_map(|b| Typeface::find(b, &[n])));
            let Some(licensed) = licensed else { return free };
            typefaces.push(licensed);
            [vec![typefaces.len() - 1], free].concat()
        });
        Ok(Fonts { typefaces, chains })
    }

    pub(crate) fn typeface(&self, index: usize) -> &Typeface {
        &self.typefaces[index]
    }

    fn chain(&self, face: Face) -> &[usize] {
        &self.chains[face as usize]
    }

    /// The first typeface of the face's chain that has `character`; a box when none has.
    pub(crate) fn shape(&self, face: Face, character: char) -> Shape {
        let chain = self.chain(face);
        if let Some(typeface) = self.figures_for(face, character)
            && let Some((glyph, advance)) = self.typefaces[typeface].glyph(character)
        {
            return Shape {
                typeface,
                glyph,
                advance,
                missing: false,
            };
        }
        for &typeface in chain {
            if let Some((glyph, advance)) = self.typefaces[typeface].glyph(character) {
                return Shape {
                    typeface,
                    glyph,
                    advance,
                    missing: false,
                };
            }
        }
        let typeface = chain.last().copied().unwrap_or_default();
        let (glyph, advance) = self.typefaces[typeface].missing_glyph();
        Shape {
            typeface,
            glyph,
            advance,
            missing: true,
        }
    }

    /// Fandol's 仿宋 and 楷体 carry letters and figures without serifs, too heavy beside them: Noto's stand in.
    fn figures_for(&self, face: Face, character: char) -> Option<usize> {
        let free = matches!((face, self.chain(face)), (Face::FangSong | Face::Kai, [2 | 4, ..]));
        (free && character.is_ascii()).then_some(0)
    }

    /// 印前检查: the characters of `text` that another typeface lends to `face`, or that nobody has; each once, in
    /// order of first appearance.
    pub fn preflight(&self, face: Face, text: &str) -> Vec<Borrowed> {
        let own = self.chain(face).first().copied().unwrap_or_default();
        let mut borrowed: Vec<Borrowed> = Vec::new();
        let is_drawn = |c: &char| !crate::pdf::text::is_invisible(*c) && !c.is_whitespace() && !c.is_ascii();
        for character in text.chars().filter(is_drawn) {
            let shape = self.shape(face, character);
            if (shape.missing || shape.typeface != own) && borrowed.iter().all(|b| b.character != character) {
                let drawn_by = (!shape.missing).then(|| self.typefaces[shape.typeface].name.clone());
                borrowed.push(Borrowed { character, drawn_by });
            }
        }
        borrowed
    }
}

/// Builds once; a failure is remembered as its words, since errors are not shared.
fn once(cell: &OnceLock<std::result::Result<Fonts, String>>, build: impl FnOnce() -> Result<Fonts>) -> Result<&Fonts> {
    cell.get_or_init(|| build().map_err(|e| e.to_string()))
        .as_ref()
        .map_err(|e| Error::Font(e.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_of_names_are_drawn_by_the_fallback() {
        let fonts = Fonts::embedded().unwrap();
        let borrowed = fonts.preflight(Face::FangSong, "张喆昇翀堃祎玥彧䶮㙓");
        let characters: String = borrowed.iter().map(|b| b.character).collect();
        assert_eq!(characters, "喆昇翀堃祎玥彧䶮㙓");
        assert!(
            borrowed
                .iter()
                .all(|b| b.drawn_by.as_deref() == Some("NotoSerifCJKsc-Regular")),
            "{borrowed:?}"
        );
        assert!(fonts.preflight(Face::Song, "张喆昇翀堃祎玥彧䶮㙓").is_empty());
    }

    #[test]
    fn extension_b_is_drawn_and_a_private_character_is_named() {
        let fonts = Fonts::embedded().unwrap();
        assert!(fonts.preflight(Face::Song, "𠅤𠮷𬭎𫖯𬱖").is_empty());
        assert_eq!(
            fonts.preflight(Face::Song, "张\u{e123}"),
            [Borrowed {
                character: '\u{e123}',
                drawn_by: None
            }]
        );
    }

    #[test]
    fn the_simplified_face_is_taken_out_of_the_collection() {
        let fonts = Fonts::embedded().unwrap();
        let names: Vec<&str> = fonts.typefaces.iter().map(|t| t.name.as_str()).collect();
        let expected = [
            "NotoSerifCJKsc-Regular",
            "NotoSerifCJKsc-Bold",
            "FandolFang-Regular",
            "FandolHei-Regular",
            "FandolKai-Regular",
        ];
        assert_eq!(names, expected);
    }
}
