//! Words and signs that mean "nothing here".

/// Collection forms ask people to write `无` where there is nothing; others write a dash or a stroke.
const EMPTY: [&str; 14] = [
    "无",
    "（无）",
    "(无)",
    "无。",
    "—",
    "——",
    "–",
    "-",
    "--",
    "/",
    "／",
    "\\",
    "空",
    "*",
];

/// A value of one line: line ends and tabs become blanks, ends trimmed; an empty word becomes nothing.
pub(crate) fn one_line(text: &str) -> String {
    let line = text
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect::<Vec<_>>();
    // Between Chinese characters a line end is a wrapped line, not a blank.
    let mut out = String::new();
    for piece in line {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(out.chars().last()) && latin(piece.chars().next()) {
            out.push(' ');
        }
        out.push_str(piece);
    }
    if EMPTY.contains(&out.as_str()) {
        String::new()
    } else {
        out
    }
}

/// A value of several lines: line ends `\n`, each line's end trimmed, empty lines at both ends dropped.
pub(crate) fn several_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let joined = lines.join("\n");
    let out = joined.trim_matches('\n').trim_end();
    if EMPTY.contains(&out.trim()) {
        String::new()
    } else {
        out.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["无", " （无） ", "—", "/", "\n    \n", "", "　"] {
            assert_eq!(one_line(text), "", "{text:?}");
            assert_eq!(several_lines(text).trim(), "", "{text:?}");
        }
        assert_eq!(one_line("无党派"), "无党派");
        assert_eq!(one_line("青云县\n  青云镇镇长\n"), "青云县青云镇镇长");
    }
}
