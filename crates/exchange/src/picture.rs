//! 图片: what kind of picture bytes are, and whether one may open them. Asked alike of what a file brings and of what is
//! handed in by itself.

use crate::PhotoKind;
use image::{ImageFormat, ImageReader};
use std::io::Cursor;

/// A picture larger than this is no portrait but an attempt to fill memory. Pixels.
const PIXELS: u64 = 60_000_000;

/// Why bytes are no picture for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("不是能识别的图片")]
    Unknown,
    #[error("已损坏")]
    Broken,
    #[error("的像素大得不合常理")]
    TooLarge,
}

/// By its first bytes and what its head says; a name says nothing. No pixel is read.
pub fn kind(bytes: &[u8]) -> Result<PhotoKind, Unfit> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Unfit::Unknown)?;
    let kind = match reader.format() {
        Some(ImageFormat::Jpeg) => PhotoKind::Jpeg,
        Some(ImageFormat::Png) => PhotoKind::Png,
        Some(ImageFormat::Bmp) => PhotoKind::Bmp,
        Some(ImageFormat::Gif) => PhotoKind::Gif,
        _ => return Err(Unfit::Unknown),
    };
    match reader.into_dimensions() {
        Ok((width, height)) if u64::from(width) * u64::from(height) > PIXELS => Err(Unfit::TooLarge),
        Ok((0, _) | (_, 0)) | Err(_) => Err(Unfit::Broken),
        Ok(_) => Ok(kind),
    }
}
