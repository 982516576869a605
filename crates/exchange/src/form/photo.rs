//! 照片: base64 to bytes, and what kind of picture the bytes are.

use crate::picture::{self, Unfit};
use crate::{Fault, Photo, Place};

/// The editor's own limit. Bytes.
const PHOTO_BYTES: usize = 5 << 20;

/// A photo from the text of `ZhaoPian`; a data-URI head is tolerated.
pub(crate) fn from_base64(text: &str, place: &Place, faults: &mut Vec<Fault>) -> Option<Photo> {
    let text = text.trim();
    let text = match text.split_once(";base64,") {
        Some((head, data)) if head.starts_with("data:") => data,
        _ => text,
    };
    if matches!(text, "" | "无" | "null" | "(无)") {
        return None;
    }
    match decode(text) {
        Some(bytes) => from_bytes(bytes, place, faults),
        None => {
            faults.push(Fault::error(
                place.clone(),
                text,
                "照片数据不是有效的编码，没有读取",
                "请在任免表编辑器中重新放入照片",
            ));
            None
        }
    }
}

/// A photo from the bytes of a picture file, told by its first bytes.
pub(crate) fn from_bytes(bytes: Vec<u8>, place: &Place, faults: &mut Vec<Fault>) -> Option<Photo> {
    if bytes.is_empty() {
        return None;
    }
    let mut refuse = |says: &str, right: &str| {
        faults.push(Fault::error(place.clone(), "", says, right));
        None
    };
    if bytes.len() > PHOTO_BYTES {
        return refuse("照片超过 5 MB，没有读取", "请把照片压缩到 5 MB 以内");
    }
    match picture::kind(&bytes) {
        Ok(kind) => Some(Photo {
            kind,
            bytes,
            place: place.clone(),
        }),
        Err(unfit) => {
            let right = match unfit {
                Unfit::Unknown => "应为 jpg 或 png 图片",
                Unfit::Broken => "请重新放入照片",
                Unfit::TooLarge => "照片宽高比 4:5，建议 400×500 像素左右",
            };
            refuse(&format!("照片{unfit}，没有读取"), right)
        }
    }
}

/// Standard base64; blanks and line ends anywhere, padding optional. None when anything else stands in it.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => continue,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(((bits >> count) & 0xff) as u8);
        }
    }
    (count < 6).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_line_ends_and_without_padding() {
        assert_eq!(decode("5byg\n5LiJ").as_deref(), Some("张三".as_bytes()));
        assert_eq!(decode("YQ==").as_deref(), Some(b"a".as_slice()));
        assert_eq!(decode("YQ").as_deref(), Some(b"a".as_slice()));
        assert_eq!(decode("Y!"), None);
        assert_eq!(decode("Y"), None);
    }
}
