//! Drawn faces: two circles and a shoulder, nobody's portrait.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

fn face(shirt: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(32, 40, |x, y| {
        let (x, y) = (f64::from(x) - 16.0, f64::from(y));
        let inside = |cy: f64, rx: f64, ry: f64| (x / rx).powi(2) + ((y - cy) / ry).powi(2) < 1.0;
        if (x.abs() - 3.0).abs() < 1.0 && (y - 15.0).abs() < 1.0 {
            Rgb([40, 40, 40])
        } else if inside(16.0, 7.0, 9.0) {
            Rgb([236, 206, 180])
        } else if inside(42.0, 14.0, 14.0) {
            Rgb(shirt)
        } else {
            Rgb([120, 160, 210])
        }
    })
}

fn encode(format: ImageFormat, shirt: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    face(shirt)
        .write_to(&mut bytes, format)
        .expect("a small picture can be written");
    bytes.into_inner()
}
pub fn png() -> Vec<u8> {
    encode(ImageFormat::Png, [250, 250, 250])
}
pub fn jpeg() -> Vec<u8> {
    encode(ImageFormat::Jpeg, [30, 40, 70])
}

pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for piece in bytes.chunks(3) {
        let bits = piece.iter().fold(0_u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - piece.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize] as char;
            out.push(if at > piece.len() { '=' } else { letter });
        }
    }
    out
}
