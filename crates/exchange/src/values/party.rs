//! 入党时间栏: a date, a party's name, or both.

use vocabulary::Date;

/// Full name of each party as the lists write it, and how people shorten it.
const PARTIES: [(&str, &[&str]); 13] = [
    ("中共党员", &["中共", "中国共产党", "中共正式党员", "党员"]),
    ("预备党员", &["中共预备党员", "中共预备", "预备"]),
    ("共青团员", &["团员", "共青团"]),
    ("民革", &["民革党员", "民革会员"]),
    ("民盟", &["民盟盟员"]),
    ("民建", &["民建会员"]),
    ("民进", &["民进会员"]),
    ("农工党", &["农工党党员", "农工", "农工民主党"]),
    ("致公党", &["致公党党员", "致公"]),
    ("九三学社", &["九三", "九三学社社员"]),
    ("台盟", &["台盟盟员"]),
    ("无党派", &["无党派人士", "无党派民主人士"]),
    ("群众", &[]),
];

/// The list's name of a party; None when it is no party's name.
pub(crate) fn name(text: &str) -> Option<&'static str> {
    PARTIES
        .iter()
        .find(|(name, short)| *name == text || short.contains(&text))
        .map(|(name, _)| *name)
}

/// What the cell says. A date alone is a date of joining the Communist Party.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parties {
    /// First, second and third.
    pub parties: Vec<&'static str>,
    pub joined: Option<Date>,
    /// Pieces that are neither date nor party.
    pub unclear: Vec<String>,
}

/// `200108` · `民建` · `民建；民盟` · `200108；民建` · `2001.08中共`.
pub(crate) fn read(text: &str) -> Parties {
    let mut found = Parties::default();
    let pieces = text.split(['；', ';', '，', ',', '、', ' ', '　', '\n', '（', '）', '(', ')']);
    for piece in pieces.map(str::trim).filter(|p| !p.is_empty()) {
        let split = piece
            .char_indices()
            .find(|(_, c)| c.is_alphabetic() && !matches!(c, '年' | '月' | '日'))
            .map_or(piece.len(), |(at, _)| at);
        let (date, word) = piece.split_at_checked(split).unwrap_or((piece, ""));
        if !date.trim().is_empty() {
            match super::date::read(date) {
                Ok(date) if found.joined.is_none() => found.joined = Some(date),
                _ => found.unclear.push(piece.to_owned()),
            }
        }
        let word = word.trim().trim_end_matches("加入");
        if !matches!(word, "" | "入党" | "加入中国共产党") {
            match name(word) {
                Some(name) if !found.parties.contains(&name) => found.parties.push(name),
                Some(_) => {}
                None => found.unclear.push(piece.to_owned()),
            }
        }
    }
    let member = found.parties.iter().any(|p| matches!(*p, "中共党员" | "预备党员"));
    // A single other party with its date is that party's date, but the form's date is by rule the Communist Party's.
    if found.joined.is_some() && !member {
        found.parties.insert(0, "中共党员");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Vec<&'static str>, Option<String>) {
        let read = read(text);
        assert_eq!(read.unclear, Vec::<String>::new());
        (read.parties, read.joined.map(|d| d.to_string()))
    }

    #[test]
    fn a_date_is_the_communist_party_and_a_name_is_a_party() {
        assert_eq!(told("200108"), (vec!["中共党员"], Some("2001-08".into())));
        assert_eq!(told("2001.08"), (vec!["中共党员"], Some("2001-08".into())));
        assert_eq!(told("民建"), (vec!["民建"], None));
        assert_eq!(told("九三"), (vec!["九三学社"], None));
        assert_eq!(told("民建；民盟"), (vec!["民建", "民盟"], None));
        assert_eq!(told("200108；民建"), (vec!["中共党员", "民建"], Some("2001-08".into())));
        assert_eq!(told("2025.08（预备）"), (vec!["预备党员"], Some("2025-08".into())));
        assert_eq!(read("青云党").unclear, ["青云党"]);
        assert_eq!(read("200113").unclear, ["200113"]);
    }
}
