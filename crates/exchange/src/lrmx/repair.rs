//! Makes XML of what string templates wrote: loose `&` and `<`, home-made escapes.

/// The mended text, and how much was mended.
pub(super) struct Repaired {
    pub text: String,
    /// `&` and `<` that stood as they are.
    pub loose: usize,
    /// `&1lt;` `&1gt;` `&1amp;`: one exporter's own escapes.
    pub leaked: usize,
}

const LEAKED: [(&str, &str); 5] = [
    ("&1lt;", "&lt;"),
    ("&1gt;", "&gt;"),
    ("&1amp;", "&amp;"),
    ("&1quot;", "&quot;"),
    ("&1apos;", "&apos;"),
];

/// Only escapes; a `<` stays when it begins a tag with a Latin name, a comment, CDATA or an instruction.
pub(super) fn repair(text: &str) -> Repaired {
    let mut done = Repaired {
        text: String::with_capacity(text.len() + 64),
        loose: 0,
        leaked: 0,
    };
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        done.text.push_str(before);
        let length = if from.starts_with('<') {
            done.markup(from)
        } else {
            done.reference(from)
        };
        rest = from.get(length.max(1)..).unwrap_or("");
    }
    done.text.push_str(rest);
    done
}

impl Repaired {
    /// Copies one piece of markup, or escapes the bracket; answers with the bytes used.
    fn markup(&mut self, from: &str) -> usize {
        match markup_length(from) {
            Some(length) => {
                self.text.push_str(from.get(..length).unwrap_or(""));
                length
            }
            None => {
                self.text.push_str("&lt;");
                self.loose += 1;
                1
            }
        }
    }

    fn reference(&mut self, from: &str) -> usize {
        if let Some((wrong, right)) = LEAKED.iter().find(|(wrong, _)| from.starts_with(wrong)) {
            self.text.push_str(right);
            self.leaked += 1;
            return wrong.len();
        }
        match reference_length(from) {
            Some(length) => {
                self.text.push_str(from.get(..length).unwrap_or(""));
                length
            }
            None => {
                self.text.push_str("&amp;");
                self.loose += 1;
                1
            }
        }
    }
}

fn markup_length(from: &str) -> Option<usize> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if let Some(inner) = from.strip_prefix(open) {
            return inner.find(close).map(|at| open.len() + at + close.len());
        }
    }
    let name_from = if from.starts_with("</") { 2 } else { 1 };
    let inner = from.get(name_from..)?;
    let name = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
        .unwrap_or(inner.len());
    let first = inner.chars().next()?;
    if name == 0 || name > 64 || !(first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    let after = inner.get(name..)?;
    let end = after.find(['<', '>'])?;
    let attributes = after.get(..end)?.trim_end_matches('/').trim();
    let closed = after.get(end..)?.starts_with('>');
    let plain = attributes.is_empty() || (attributes.contains('=') && attributes.matches(['"', '\'']).count() % 2 == 0);
    (closed && plain && end < 1024).then_some(name_from + name + end + 1)
}

/// `&amp;` and its like, `&#8226;`; not the characters that XML forbids.
fn reference_length(from: &str) -> Option<usize> {
    let end = from.get(..from.len().min(12)).or_else(|| short(from))?.find(';')?;
    let name = from.get(1..end)?;
    let fine = match name.strip_prefix('#') {
        None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok()
                .and_then(char::from_u32)
                .is_some_and(|c| c >= ' ' || matches!(c, '\t' | '\n' | '\r'))
        }
    };
    fine.then_some(end + 1)
}

/// At most twelve bytes, cut between characters.
fn short(text: &str) -> Option<&str> {
    let end = (1..=12).rev().find(|n| text.is_char_boundary(*n))?;
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_signs_are_escaped_and_tags_stay() {
        let mended = |t: &str| repair(t).text;
        assert_eq!(mended("<A>甲 & 乙 <3 年</A>"), "<A>甲 &amp; 乙 &lt;3 年</A>");
        assert_eq!(
            mended("<A>甲&1lt;乙&1gt;&amp;&#8226;&#0;</A>"),
            "<A>甲&lt;乙&gt;&amp;&#8226;&amp;#0;</A>"
        );
        assert_eq!(mended("<A>业绩<优秀>&nbsp;</A>"), "<A>业绩&lt;优秀>&amp;nbsp;</A>");
        assert_eq!(
            mended("<?xml version=\"1.0\"?><A/><!-- < & --><![CDATA[<&]]>"),
            "<?xml version=\"1.0\"?><A/><!-- < & --><![CDATA[<&]]>"
        );
        assert_eq!(mended("<A"), "&lt;A");
        assert_eq!(mended("&张三李四王五"), "&amp;张三李四王五");
    }
}
