//! 条目: the canonical form of one entry of the journal. JSON with its names in alphabetical order, without spaces, in
//! UTF-8, so that a stranger's program writes the same bytes.
//!
//! What is said of a person (sentence, number of the record, details) is the payload. The leaf holds only its commitment
//! H(salt ‖ payload): when salt and payload are deleted the leaf stands as before, and nobody can find out what it hid.

use crate::{Hash, Profile, hex, tree};
use std::fmt::Write;

/// What stays: when, who, which act on which noun, and the commitment to the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// Place in the tree, from 0.
    pub position: u64,
    /// Number of the entry in the journal.
    pub entry: i64,
    /// Moment, `2026-11-22T14:05:09+08:00`.
    pub at: &'a str,
    pub actor: &'a str,
    pub act: &'a str,
    pub subject: &'a str,
    /// Number of the file that it came from.
    pub source: Option<i64>,
    pub commitment: Hash,
}

/// What a lawful purge may take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload<'a> {
    pub number: Option<i64>,
    pub says: &'a str,
    /// JSON as it was written, or nothing; committed to letter by letter.
    pub detail: Option<&'a str>,
}

impl Payload<'_> {
    pub fn canonical(&self) -> String {
        let mut out = String::with_capacity(self.says.len() + self.detail.map_or(0, str::len) + 48);
        out.push_str("{\"detail\":");
        match self.detail {
            Some(detail) => text(&mut out, detail),
            None => out.push_str("null"),
        }
        out.push_str(",\"number\":");
        number(&mut out, self.number);
        out.push_str(",\"says\":");
        text(&mut out, self.says);
        out.push('}');
        out
    }
    pub fn commitment(&self, profile: Profile, salt: &[u8]) -> Hash {
        profile.hash(&[salt, self.canonical().as_bytes()])
    }
}

impl Leaf<'_> {
    pub fn canonical(&self) -> String {
        let mut out = String::with_capacity(256);
        out.push_str("{\"act\":");
        text(&mut out, self.act);
        out.push_str(",\"actor\":");
        text(&mut out, self.actor);
        out.push_str(",\"at\":");
        text(&mut out, self.at);
        let _ = write!(out, ",\"commitment\":\"{}\",\"entry\":{},\"position\":{},\"source\":", hex(&self.commitment), self.entry, self.position);
        number(&mut out, self.source);
        out.push_str(",\"subject\":");
        text(&mut out, self.subject);
        out.push_str(",\"v\":1}");
        out
    }
    pub fn hash(&self, profile: Profile) -> Hash {
        tree::leaf_hash(profile, self.canonical().as_bytes())
    }
}

/// A fresh salt.
pub fn salt() -> [u8; 32] {
    rand::random()
}

fn number(out: &mut String, n: Option<i64>) {
    match n {
        Some(n) => {
            let _ = write!(out, "{n}");
        }
        None => out.push_str("null"),
    }
}

/// A JSON text: only quotes, backslashes and control characters are escaped.
pub fn text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
