//! 图片里的附注: what a camera writes beside the picture (where, when, by whose phone) is not asked for and not kept. The
//! picture itself is not touched; which way up it is stays.

/// The picture without its tags: of a JPEG without Exif, XMP, comments and whatever stands behind its end, of a PNG without
/// texts and time. What is no such picture, or cannot be followed to its end, comes back as it is.
pub fn bare(bytes: &[u8]) -> Vec<u8> {
    let stripped = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => png(bytes),
        _ => None,
    };
    stripped.unwrap_or_else(|| bytes.to_vec())
}

const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;

/// Does the segment say how the picture is to be drawn? JFIF, colour profile, Adobe's colour mark, and all that is no remark.
fn draws(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xE0 | 0xEE => true,
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xE1 | 0xE3..=0xEF | 0xFE => false,
        _ => true,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xFF, 0xD8];
    let mut turned = None;
    let mut at = 2;
    loop {
        // A segment may have any number of filling bytes before its name.
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == END {
            out.extend([0xFF, END]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let content = bytes.get(at + 4..at + 2 + length)?;
        if marker == 0xE1 && content.starts_with(b"Exif\0\0") {
            turned = turned.or_else(|| orientation(&content[6..]));
        }
        let draws = draws(marker, content);
        // The one tag that says which way up stands where the others stood, before anything that is drawn.
        if draws && marker != 0xE0 && let Some(way) = turned.take() {
            out.extend(upright(way));
        }
        if draws {
            out.extend(&bytes[at..at + 2 + length]);
        }
        at += 2 + length;
        if marker == SCAN {
            let from = at;
            // Within a scan 0xFF is followed by zero or by a mark to begin anew; anything else ends it.
            while !(*bytes.get(at)? == 0xFF && !matches!(*bytes.get(at + 1)?, 0 | 0xD0..=0xD7)) {
                at += 1;
            }
            out.extend(&bytes[from..at]);
        }
    }
}

/// 2 to 8: how the picture is to be turned; nothing when it stands upright or does not say.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0\x2a" => true,
        b"II\x2a\0" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let four = [*tiff.get(4)?, *tiff.get(5)?, *tiff.get(6)?, *tiff.get(7)?];
    let first = (if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }) as usize;
    for entry in 0..usize::from(two(first)?) {
        let at = first.checked_add(2 + entry * 12)?;
        if two(at)? == 0x0112 {
            return u8::try_from(two(at + 8)?).ok().filter(|way| (2..=8).contains(way));
        }
    }
    None
}

/// An Exif segment with that one tag.
fn upright(way: u8) -> Vec<u8> {
    let mut out = vec![0xFF, 0xE1, 0, 34];
    out.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    out.extend([way, 0, 0, 0, 0, 0, 0]);
    out
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes[..8].to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?) as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            out.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        at += chunk.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    }

    fn exif(big: bool, way: u8) -> Vec<u8> {
        let head: &[u8] = if big { b"MM\0\x2a\0\0\0\x08\0\x02" } else { b"II\x2a\0\x08\0\0\0\x02\0" };
        let tag = |number: u16, value: u16| {
            let two = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
            let one: [u8; 4] = if big { [0, 0, 0, 1] } else { [1, 0, 0, 0] };
            [&two(number)[..], &two(3), &one, &two(value), &[0, 0]].concat()
        };
        [b"Exif\0\0", head, &tag(0x0100, 9), &tag(0x0112, u16::from(way)), b"\0\0\0\0GPS 36.1 117.2"].concat()
    }

    fn photo(exif: &[u8]) -> Vec<u8> {
        [
            &[0xFF, 0xD8][..],
            &segment(0xE0, b"JFIF\0 and so on"),
            &segment(0xE1, exif),
            &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<gps>117.2</gps>"),
            &segment(0xFE, b"taken by phone 13800000000"),
            &segment(0xDB, b"table"),
            &segment(SCAN, b"scan"),
            &[1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4],
            &segment(SCAN, b"second"),
            &[5, 6],
            &[0xFF, END],
            b"a film behind the picture, with its place",
        ]
        .concat()
    }

    #[test]
    fn a_photo_tells_nothing_but_its_picture_and_which_way_up_it_is() {
        for (big, way) in [(true, 6), (false, 3), (true, 1), (false, 1)] {
            let photo = photo(&exif(big, way));
            let bare = bare(&photo);
            let tells = |word: &str| bare.windows(word.len()).any(|w| w == word.as_bytes());
            assert!(!tells("GPS") && !tells("gps") && !tells("13800000000") && !tells("film"));
            assert!(tells("JFIF") && tells("table") && tells("second") && bare.ends_with(&[5, 6, 0xFF, END]));
            let at = bare.windows(6).position(|w| w == b"Exif\0\0");
            assert_eq!(at.and_then(|at| orientation(&bare[at + 6..])), (way > 1).then_some(way));
            assert_eq!(super::bare(&bare), bare, "once is enough");
        }
    }

    #[test]
    fn a_drawing_keeps_its_chunks_without_the_texts() {
        let chunk = |kind: &[u8; 4], content: &[u8]| [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], kind, content, b"crc!"].concat();
        let before = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", b"head"), chunk(b"tEXt", b"Author 13800000000"), chunk(b"eXIf", b"GPS"), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")].concat();
        let after = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", b"head"), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")].concat();
        assert_eq!(bare(&[&before[..], b"and a tail"].concat()), after);
        assert_eq!(bare(&after), after);
    }

    #[test]
    fn what_cannot_be_followed_to_its_end_comes_back_as_it_is() {
        let whole = photo(&exif(true, 6));
        for length in 0..whole.len() - 45 {
            let cut = &whole[..length];
            assert_eq!(bare(cut), cut, "{length}");
        }
        for other in [&b"GIF89a"[..], b"%PDF-1.7", b"BM", b""] {
            assert_eq!(bare(other), other);
        }
    }
}
