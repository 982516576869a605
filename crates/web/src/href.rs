//! Addresses that more than one page links to.

use institution::Subject;

/// A part of an address, safe after `?` and between `/`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// `path` with `query` (already encoded pairs) behind it.
pub fn with(path: &str, query: &str) -> String {
    match (query.is_empty(), path.contains('?')) {
        (true, _) => path.to_owned(),
        (false, true) => format!("{path}&{query}"),
        (false, false) => format!("{path}?{query}"),
    }
}

pub fn official(id: impl std::fmt::Display) -> String {
    format!("/officials/{id}")
}

/// The rows behind a figure: an unsaved ledger whose tests stand in the address as JSON.
/// `/ledgers/new?of=official&where={"fact":"sex","is":"女"}`, percent-encoded.
pub fn ledger(of: Subject, tests: &serde_json::Value) -> String {
    let of = match of {
        Subject::Official => "official",
        Subject::Post => "post",
        Subject::Organisation => "organisation",
        Subject::Proposal => "proposal",
        Subject::Procedure => "procedure",
        Subject::Branch => "branch",
        Subject::Member => "member",
        Subject::Charge => "charge",
    };
    format!("/ledgers/new?of={of}&where={}", encode(&tests.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_links_to_its_rows() {
        let tests = serde_json::json!({"fact": "sex", "is": "女"});
        assert_eq!(ledger(Subject::Official, &tests), "/ledgers/new?of=official&where=%7B%22fact%22%3A%22sex%22%2C%22is%22%3A%22%E5%A5%B3%22%7D");
        assert_eq!(with("/a?b=1", "c=2"), "/a?b=1&c=2");
        assert_eq!(with("/a", ""), "/a");
    }
}
