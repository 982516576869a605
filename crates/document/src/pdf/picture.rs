//! 照片: any picture that an office keeps, made small enough to print a thousand of them.

use super::measure::Area;
use crate::{Error, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use krilla::image::Image;
use std::io::Cursor;

/// A picture scaled to cover an area; what stands out is cut off on painting. Unit: points.
pub(crate) struct Picture {
    pub image: Image,
    pub width: f32,
    pub height: f32,
}

/// A jpeg below this many bytes goes in as it is: 300 dots an inch on the 36 mm of the form take about 60 kB.
const SMALL_JPEG: usize = 160 * 1024;
/// Larger pictures are scaled to this many dots an inch.
const DOTS_PER_INCH: f32 = 300.0;
/// Photos of the form stand 4:5.
pub(crate) const PHOTO_RATIO: f32 = 4.0 / 5.0;

impl Picture {
    /// Covers `area`, cut alike on both sides.
    pub fn covering(bytes: &[u8], area: Area) -> Result<Picture> {
        let (jpeg, width, height) = as_jpeg(bytes, area)?;
        let image = Image::from_jpeg(jpeg.into(), true).map_err(Error::Photo)?;
        let scale = (area.width / width as f32).max(area.height / height as f32);
        Ok(Picture {
            image,
            width: width as f32 * scale,
            height: height as f32 * scale,
        })
    }
}

/// The largest 4:5 area inside `cell`, centred.
pub(crate) fn photo_area(cell: Area) -> Area {
    let width = cell.width.min(cell.height * PHOTO_RATIO);
    let height = width / PHOTO_RATIO;
    Area::new(
        cell.x + (cell.width - width) / 2.0,
        cell.y + (cell.height - height) / 2.0,
        width,
        height,
    )
}

/// The picture as jpeg, with its size in dots.
pub(crate) fn as_jpeg(bytes: &[u8], area: Area) -> Result<(Vec<u8>, u32, u32)> {
    let unreadable = |e: image::ImageError| Error::Photo(reason(&e).to_owned());
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let small_jpeg = reader.format() == Some(ImageFormat::Jpeg) && bytes.len() <= SMALL_JPEG;
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().map_err(unreadable)?;
    if width == 0 || height == 0 {
        return Err(Error::Photo("尺寸为零".to_owned()));
    }
    if small_jpeg && orientation == image::metadata::Orientation::NoTransforms {
        return Ok((bytes.to_vec(), width, height));
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    let dots = |points: f32| (points / 72.0 * DOTS_PER_INCH).ceil() as u32;
    let (most_wide, most_high) = (dots(area.width) * 3 / 2, dots(area.height) * 3 / 2);
    if picture.width() > most_wide || picture.height() > most_high {
        picture = picture.thumbnail(most_wide, most_high);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut jpeg = Vec::new();
    on_white(&picture)
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 88))
        .map_err(unreadable)?;
    Ok((jpeg, width, height))
}

/// The picture as png, cut to 4:5 and 200 dots an inch of `area`: the only kind that Word files take from us.
pub(crate) fn as_png(bytes: &[u8], area: Area) -> Result<(Vec<u8>, u32, u32)> {
    let unreadable = |e: image::ImageError| Error::Photo(reason(&e).to_owned());
    let mut decoder = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()?
        .into_decoder()
        .map_err(unreadable)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    let width = (area.width / 72.0 * 200.0).round() as u32;
    let height = (area.height / 72.0 * 200.0).round() as u32;
    let cut = on_white(&picture).resize_to_fill(width, height, image::imageops::FilterType::Triangle);
    let mut png = Vec::new();
    cut.write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .map_err(unreadable)?;
    Ok((png, width, height))
}

/// A see-through picture lies on white paper.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut paper = image::RgbImage::new(picture.width(), picture.height());
    for (dot, seen) in paper.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [r, g, b, a] = seen.0.map(u16::from);
        dot.0 = [r, g, b].map(|c| ((c * a + 255 * (255 - a)) / 255) as u8);
    }
    DynamicImage::ImageRgb8(paper)
}

fn reason(error: &image::ImageError) -> &'static str {
    match error {
        image::ImageError::Unsupported(_) => "不是 JPEG、PNG、BMP 或 GIF 图片",
        image::ImageError::Limits(_) => "图片过大",
        _ => "图片已损坏",
    }
}
