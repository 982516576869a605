//! Wordings of the national workbook's drop-down lists, and the code tables behind them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The lists of V2017.01 (no code) and the GB and ZB tables behind them (with code); regions and majors left out.
const DATA: &str = include_str!("../../data/lists.tsv");

#[derive(Default)]
struct List {
    wordings: HashMap<&'static str, &'static str>,
    names: HashMap<&'static str, &'static str>,
    codes: HashMap<&'static str, &'static str>,
}

static LISTS: LazyLock<HashMap<&'static str, List>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, List> = HashMap::new();
    for line in DATA.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let mut parts = line.split('\t');
        if let (Some(list), Some(name), Some(code)) = (parts.next(), parts.next(), parts.next()) {
            let list = lists.entry(list).or_default();
            if code.is_empty() {
                list.wordings.insert(name, name);
            } else {
                list.names.insert(name, name);
                list.codes.entry(code).or_insert(name);
            }
        }
    }
    lists
});

/// How a value was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The list's own wording.
    Wording(&'static str),
    /// A name or a code of the code table; the list itself writes it otherwise.
    Table(&'static str),
    Nowhere,
}

/// By wording first, then by the code table's name, then by its code: numbers differ between tools.
pub(crate) fn find(list: &str, value: &str) -> Found {
    let Some(list) = LISTS.get(list) else {
        return Found::Nowhere;
    };
    if let Some(word) = list.wordings.get(value) {
        Found::Wording(word)
    } else if let Some(name) = list.names.get(value).or_else(|| list.codes.get(value)) {
        Found::Table(name)
    } else {
        Found::Nowhere
    }
}

/// Some wordings of a short list, to say what would be right.
pub(crate) fn sample(list: &str) -> String {
    let mut words: Vec<&str> = DATA
        .lines()
        .filter_map(|l| l.strip_prefix(list)?.strip_prefix('\t')?.strip_suffix('\t'))
        .take(7)
        .collect();
    let more = words.len() == 7;
    words.truncate(6);
    format!("{}{}", words.join("、"), if more { "等" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_first_then_name_then_code() {
        assert_eq!(
            find("unit_level", "中央、国家级（正）"),
            Found::Wording("中央、国家级（正）")
        );
        assert_eq!(find("party", "06"), Found::Table("民建"));
        assert_eq!(find("official_kind", "公务员"), Found::Wording("公务员"));
        assert_eq!(find("sex", "男"), Found::Wording("男"));
        assert_eq!(find("ethnicity", "青云族"), Found::Nowhere);
        assert_eq!(sample("in_office"), "已免、在任");
        assert!(sample("education").ends_with("等"));
    }
}
