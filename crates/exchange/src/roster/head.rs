//! Head wordings, made comparable, and which row is the head.

use crate::workbook::Raw;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Half-width, without blanks, line ends, marks and what stands in brackets: `出生年月\n（岁）` is `出生年月`.
pub(crate) fn tidy(head: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in head.chars() {
        let c = half_width(c);
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0
                || c.is_whitespace()
                || matches!(c, '*' | ':' | '、' | ',' | '.' | '/' | '|' | '-' | '_' | '#' | '"') => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    crate::mapping::usual_facts()
        .iter()
        .flat_map(|fact| fact.aliases.iter().chain([&fact.name]))
        .map(|word| tidy(word))
        .chain(
            [
                "序号",
                "照片",
                "学历",
                "学位",
                "毕业院校系及专业",
                "年龄",
                "备注",
                "全日制教育",
                "在职教育",
                "拟任职务",
            ]
            .map(String::from),
        )
        .collect()
});

/// How many cells of a row are words that heads use.
pub(super) fn score(cells: &[Raw]) -> usize {
    cells.iter().filter(|c| WORDS.contains(&tidy(&c.text))).count()
}
