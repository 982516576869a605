//! 照片: flat drawn portraits, a few dozen variants, so that no picture shows anybody who lives.

use crate::error::Result;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const WIDTH: u32 = 96;
const HEIGHT: u32 = 120;

/// One picture that many people share.
pub struct Portrait {
    pub kind: &'static str,
    pub checksum: String,
    pub bytes: Arc<[u8]>,
}

/// All portraits: those of men first, then those of women.
pub struct Gallery(Vec<Portrait>);

const SKINS: [[u8; 3]; 3] = [[238, 205, 175], [228, 190, 158], [214, 172, 138]];
const COATS: [[u8; 3]; 3] = [[44, 56, 84], [58, 58, 62], [92, 42, 46]];
const GROUNDS: [[u8; 3]; 2] = [[196, 216, 236], [236, 240, 244]];
const PER_SEX: usize = SKINS.len() * COATS.len() * GROUNDS.len() * 2;

impl Gallery {
    pub fn draw() -> Result<Gallery> {
        (0..PER_SEX * 2).map(portrait).collect::<Result<_>>().map(Gallery)
    }
    pub fn of(&self, female: bool, variant: usize) -> &Portrait {
        &self.0[usize::from(female) * PER_SEX + variant % PER_SEX]
    }
}

fn portrait(number: usize) -> Result<Portrait> {
    let (female, variant) = (number >= PER_SEX, number % PER_SEX);
    let image = paint(female, variant);
    // A few are PNG, as offices send them.
    let png = variant % 9 == 8;
    let mut bytes = Vec::with_capacity(4096);
    if png {
        image::codecs::png::PngEncoder::new(&mut bytes).write_image(&image, WIDTH, HEIGHT, ExtendedColorType::Rgb8)?;
    } else {
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 72).write_image(&image, WIDTH, HEIGHT, ExtendedColorType::Rgb8)?;
    }
    let checksum = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    Ok(Portrait { kind: if png { "png" } else { "jpeg" }, checksum, bytes: bytes.into() })
}

fn paint(female: bool, variant: usize) -> RgbImage {
    let skin = SKINS[variant % 3];
    let coat = COATS[variant / 3 % 3];
    let ground = GROUNDS[variant / 9 % 2];
    let hair = if variant / 18 == 0 { [34, 30, 30] } else { [88, 84, 82] };
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (x, y) = (x as i32 - 48, y as i32);
        let inside = |cx: i32, cy: i32, rx: i32, ry: i32| {
            let (dx, dy) = (x - cx, y - cy);
            dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry
        };
        let collar = y > 84 && x.abs() * 2 < 112 - y;
        let colour = match () {
            () if inside(0, 53, 18, 24) && (y > 38 + x * x / 60) => match () {
                () if inside(-7, 53, 3, 2) || inside(7, 53, 3, 2) => [40, 36, 36],
                () if inside(0, 67, 5, 2) => [186, 104, 96],
                () => skin,
            },
            () if inside(0, 45, 21, 23) && y < 56 => hair,
            () if female && inside(0, 56, 24, 30) && y < 82 => hair,
            () if x.abs() < 8 && (70..88).contains(&y) => skin,
            () if collar => [245, 245, 245],
            () if inside(0, 124, 42, 42) => coat,
            () => ground,
        };
        Rgb(colour)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portrait_is_small_and_can_be_read() {
        let gallery = Gallery::draw().unwrap();
        for portrait in &gallery.0 {
            assert!(portrait.bytes.len() <= 4096, "{} bytes", portrait.bytes.len());
            let read = image::load_from_memory(&portrait.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (WIDTH, HEIGHT), "4:5, as the form asks");
        }
        assert_ne!(gallery.of(true, 3).checksum, gallery.of(false, 3).checksum);
    }
}
