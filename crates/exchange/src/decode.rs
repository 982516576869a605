//! Bytes to text: UTF-8, UTF-16 with a mark, or GB18030, told by the bytes and not by what the file declares.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How a file turned out to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Utf8,
    Utf16,
    Gb18030,
}

/// Text and how it was written; `lost` counts the bytes that no encoding explains.
pub(crate) struct Decoded {
    pub text: String,
    pub written: Written,
    pub lost: usize,
}

/// Valid UTF-8 is taken as such, since hardly any GBK text of more than a few characters is valid UTF-8 by chance.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, used, bad) = encoding.decode(bytes);
        let written = if used == UTF_16LE || used == UTF_16BE {
            Written::Utf16
        } else {
            Written::Utf8
        };
        let lost = if bad { replaced(&text) } else { 0 };
        // A file with a UTF-8 mark may still hold GBK bytes.
        if !bad || written == Written::Utf16 {
            return Decoded {
                text: text.into_owned(),
                written,
                lost,
            };
        }
        return better(bytes.get(3..).unwrap_or(&[]));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: text.to_owned(),
            written: Written::Utf8,
            lost: 0,
        },
        Err(_) => better(bytes),
    }
}

/// Decodes `.lrm`, which is always GBK unless it says otherwise.
pub(crate) fn decode_gb18030(bytes: &[u8]) -> Decoded {
    let decoded = decode(bytes);
    if decoded.written != Written::Utf8 || decoded.lost == 0 {
        decoded
    } else {
        better(bytes)
    }
}

/// Whichever of UTF-8 and GB18030 loses less.
fn better(bytes: &[u8]) -> Decoded {
    let utf8 = UTF_8.decode_without_bom_handling(bytes).0;
    let gbk = GB18030.decode_without_bom_handling(bytes).0;
    let (lost8, lost_gbk) = (replaced(&utf8), replaced(&gbk));
    if lost_gbk < lost8 {
        Decoded {
            text: gbk.into_owned(),
            written: Written::Gb18030,
            lost: lost_gbk,
        }
    } else {
        Decoded {
            text: utf8.into_owned(),
            written: Written::Utf8,
            lost: lost8,
        }
    }
}

fn replaced(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

/// Takes out what no form may hold: control characters (tabs and line ends stay), U+FFFD, marks inside the text.
/// Answers with how many characters went.
pub(crate) fn clean(text: &str) -> (String, usize) {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}');
    let marks = |c: char| matches!(c, '\u{feff}' | '\u{200b}');
    let gone = text.chars().filter(|c| bad(*c)).count();
    (text.chars().filter(|c| !bad(*c) && !marks(*c)).collect(), gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_how_they_are_written() {
        let (gbk, _, _) = GB18030.encode("青云县委组织部张三");
        assert_eq!(decode(&gbk).text, "青云县委组织部张三");
        assert_eq!(decode(&gbk).written, Written::Gb18030);
        assert_eq!(decode("\u{feff}张三".as_bytes()).text, "张三");
        assert_eq!(decode("张三".as_bytes()).written, Written::Utf8);
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("张三".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(&utf16).text, "张三");
    }
}
