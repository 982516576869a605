//! What a file is, told by its first bytes; the name only helps where the bytes leave it open.

use crate::{Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    Lrmx,
    Lrm,
    /// Zip: a new workbook or an archive; the entries tell.
    Zip,
    /// Compound file: an old workbook, or a new one with a password.
    Compound,
    Csv,
    /// A picture: goes with a `.lrm` of the same name.
    Picture,
}

/// `head` are the first bytes, some thousand at least when the file has them.
pub(crate) fn sniff(name: &str, head: &[u8]) -> Result<Sniffed> {
    if head.is_empty() {
        return Err(Error::Empty { name: name.to_owned() });
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Sniffed::Zip);
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Ok(Sniffed::Compound);
    }
    if head.starts_with(&[0xff, 0xd8, 0xff])
        || head.starts_with(b"\x89PNG")
        || head.starts_with(b"GIF8")
        || head.starts_with(b"BM")
    {
        return Ok(Sniffed::Picture);
    }
    let extension = extension(name);
    let text = crate::decode::decode(head).text;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(400).collect::<String>().to_ascii_lowercase();
    if ["<html", "<table", "<!doctype html", "<meta"]
        .iter()
        .any(|tag| lower.starts_with(tag))
        || lower.contains("<html")
    {
        return Err(Error::WebPage { name: name.to_owned() });
    }
    if start.starts_with("<") || extension == "lrmx" {
        return Ok(Sniffed::Lrmx);
    }
    if extension == "lrm" || (start.starts_with('"') && start.matches("\",\"").count() >= 20 && second_is_sex(start)) {
        return Ok(Sniffed::Lrm);
    }
    let binary = head.iter().take(4096).filter(|b| **b == 0).count() > 8
        && !head.starts_with(&[0xff, 0xfe])
        && !head.starts_with(&[0xfe, 0xff]);
    if matches!(extension.as_str(), "csv" | "txt") || (!binary && text.contains([',', '\t'])) {
        return Ok(Sniffed::Csv);
    }
    Err(Error::UnknownKind { name: name.to_owned() })
}

fn second_is_sex(text: &str) -> bool {
    crate::lrm::fields(text)
        .get(1)
        .is_some_and(|s| matches!(*s, "男" | "女"))
}

/// Lower case, without the dot.
pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default()
}

/// A name without its extension, for finding the photo beside a form.
pub(crate) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
