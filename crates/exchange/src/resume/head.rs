//! The dated head of a line: `2001.09--2005.07  `, in every way that people write it.

use vocabulary::Date;

/// Every dash and wave met between two dates, and the words for it.
const SEPARATORS: [char; 14] = [
    '-', '—', '–', '－', '―', '─', '−', '‐', '〜', '～', '~', '∼', '至', '到',
];
/// Words that say a line lasts.
const LASTS: [&str; 4] = ["至今", "今", "现在", "迄今"];
/// This many blanks after the dash leave the end open: the official wording has nine.
const OPEN_BLANKS: usize = 5;

/// What stands before the text of a line.
#[derive(Debug, PartialEq)]
pub(super) enum Start<'a> {
    /// From, until (None with `open`), and the text after.
    Dated {
        from: Date,
        until: Option<Date>,
        open: bool,
        text: &'a str,
    },
    /// It looks dated, but one of the dates does not exist.
    Impossible { date: String },
    /// A line that begins otherwise.
    Undated,
}

/// Reads the head of a trimmed line.
pub(super) fn start(line: &str) -> Start<'_> {
    let Some((first, rest)) = date_text(line) else {
        return Start::Undated;
    };
    let Some(rest) = separator(blanks(rest).1) else {
        return Start::Undated;
    };
    let (skipped, after) = blanks(rest);
    let until = if skipped >= OPEN_BLANKS { None } else { date_text(after) };
    let Ok(from) = Date::read(&first) else {
        return Start::Impossible { date: first };
    };
    match until {
        Some((second, text)) => match Date::read(&second) {
            Ok(until) => Start::Dated {
                from,
                until: Some(until),
                open: false,
                text: text.trim(),
            },
            Err(_) => Start::Impossible { date: second },
        },
        None => {
            let lasts = LASTS
                .iter()
                .find_map(|word| after.strip_prefix(word))
                .filter(|_| skipped < OPEN_BLANKS);
            // `今年起……` is text, `至今` followed by a blank or nothing is the end of the line's dates.
            let text = lasts
                .filter(|t| t.is_empty() || t.starts_with(char::is_whitespace))
                .unwrap_or(after);
            Start::Dated {
                from,
                until: None,
                open: true,
                text: text.trim(),
            }
        }
    }
}

/// How many blanks, and what follows.
fn blanks(text: &str) -> (usize, &str) {
    let rest = text.trim_start();
    (text.chars().count() - rest.chars().count(), rest)
}

/// What follows a run of separators; None when there is none.
fn separator(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(SEPARATORS);
    (rest.len() < text.len() && !text.starts_with("到任")).then_some(unless_lasts(text, rest))
}

/// `至今` directly after the date: 至 is not the dash, the two together are the end.
fn unless_lasts<'a>(text: &'a str, rest: &'a str) -> &'a str {
    if rest.starts_with('今') && text.starts_with('至') {
        text
    } else {
        rest
    }
}

/// A date at the start, digits plain: `1982`, `1982.08`, `198208`, `1982年8月`, `1982.08.15`; and what follows.
fn date_text(text: &str) -> Option<(String, &str)> {
    let (digits, rest) = digits(text);
    match digits.len() {
        6 | 8 => Some((digits, rest)),
        4 => Some(match part(rest) {
            Some((month, rest)) => match part(rest) {
                Some((day, rest)) => (format!("{digits}.{month}.{day}"), unit(rest, '日')),
                None => (format!("{digits}.{month}"), unit(rest, '月')),
            },
            None => (digits, unit(rest, '年')),
        }),
        _ => None,
    }
}

/// A dot (or 年, 月, a slash, one hyphen) and one or two digits not followed by a third.
fn part(text: &str) -> Option<(String, &str)> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    if !matches!(mark, '.' | '．' | '。' | '·' | '/' | '-' | '年' | '月') {
        return None;
    }
    let (digits, rest) = digits(chars.as_str());
    matches!(digits.len(), 1 | 2).then_some((digits, rest))
}

fn unit(text: &str, word: char) -> &str {
    text.strip_prefix(word).unwrap_or(text)
}

/// Leading digits, full-width ones made plain.
fn digits(text: &str) -> (String, &str) {
    let mut plain = String::new();
    let mut rest = text;
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => c,
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            _ => break,
        };
        plain.push(digit);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    (plain, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        match start(line) {
            Start::Dated {
                from,
                until,
                open,
                text,
            } => {
                format!(
                    "{from}|{}|{open}|{text}",
                    until.map_or("-".to_owned(), |u| u.to_string())
                )
            }
            Start::Impossible { date } => format!("impossible {date}"),
            Start::Undated => "undated".to_owned(),
        }
    }

    #[test]
    fn every_dash_and_every_date_is_one_line() {
        let wild = [
            "2001.09--2005.07  青云大学学习",
            "2001.09——2005.07 青云大学学习",
            "200109-200507青云大学学习",
            "2001.9—2005.7　青云大学学习",
            "2001年9月至2005年7月 青云大学学习",
            "2001.09～2005.07青云大学学习",
            "２００１.０９－２００５.０７ 青云大学学习",
            "2001.09 -- 2005.07 青云大学学习",
            "2001/09~2005/07 青云大学学习",
            "2001-09--2005-07  青云大学学习",
            "2001.09–2005.07，青云大学学习",
        ];
        for line in wild {
            assert_eq!(
                read(line).replace('，', ""),
                "2001-09|2005-07|false|青云大学学习",
                "{line}"
            );
        }
    }

    #[test]
    fn the_open_line_lasts() {
        for line in [
            "2019.03--         青云县委书记",
            "2019.03--至今 青云县委书记",
            "2019.03至今  青云县委书记",
            "2019.03-- 青云县委书记",
            "2019年3月—今 青云县委书记",
            "2019.03--青云县委书记",
        ] {
            assert_eq!(read(line), "2019-03|-|true|青云县委书记", "{line}");
        }
        assert_eq!(
            read("2019.03--         2020年起主持工作"),
            "2019-03|-|true|2020年起主持工作"
        );
    }

    #[test]
    fn what_is_not_a_head_is_text() {
        assert_eq!(read("2003年被评为先进"), "undated");
        assert_eq!(read("（其间：2010.09--2012.07在青云大学学习）"), "undated");
        assert_eq!(read("1982.13--1985.07 学习"), "impossible 1982.13");
        assert_eq!(read("1982--1985  学习"), "1982|1985|false|学习");
    }
}
