//! The marks that an implementation's SQL may hold, and what they become.
//!
//! | mark | becomes |
//! |---|---|
//! | `{id}` | the subject's number |
//! | `{day}` `{year}` | the day asked, as text; its year, as number |
//! | `{month_ago_60}` `{thirty_six_years_ago}` | days before it |
//! | `[now t]` | row `t` was so on the day, as known then: the one place where the two times are written |
//! | `[past t]` | row `t` had begun by the day (it may have ended), as known then |
//! | `[known t]` | row `t` as known then, whatever its days |
//! | `[fact x]` | another fact of the same subject |
//! | `[group table name]` | `('a', 'b')`: the codes of a group |
//! | `[height table expr]` | the height of a code in its ordered table |

use super::question::Question;
use institution::Subject;

pub fn expand(question: &Question, subject: Subject, sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        let (close, brace) = if rest.as_bytes()[at] == b'[' { (']', false) } else { ('}', true) };
        let Some(end) = rest[at..].find(close) else { break };
        let mark = &rest[at + 1..at + end];
        out.push_str(&if brace { word(question, subject, mark) } else { phrase(question, subject, mark) });
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn word(question: &Question, subject: Subject, mark: &str) -> String {
    match mark {
        "id" => question.id(subject).to_owned(),
        "day" => format!("'{}'", question.day),
        "year" => question.day.year().to_string(),
        "month_ago_60" => format!("'{}'", question.day.plus_months(-60)),
        "thirty_six_years_ago" => format!("'{}'", question.day.plus_months(-36 * 12)),
        other => unreachable!("no mark {{{other}}}"),
    }
}

fn phrase(question: &Question, subject: Subject, mark: &str) -> String {
    let mut parts = mark.splitn(3, ' ');
    let (verb, first, second) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    match verb {
        "now" => format!("{} and {} and {}", begun(question, first), lasting(question, first), known(question, first)),
        "past" => format!("{} and {}", begun(question, first), known(question, first)),
        "known" => known(question, first),
        "fact" => question.value(subject, first),
        "group" => {
            let names = question.dictionary.table(first).map(|t| t.within(second)).unwrap_or_default();
            let quoted: Vec<String> = names.iter().map(|n| quote(n)).collect();
            if quoted.is_empty() { "(null)".into() } else { format!("({})", quoted.join(", ")) }
        }
        "height" => height(question, first, second),
        other => unreachable!("no mark [{other} …]"),
    }
}

fn begun(question: &Question, t: &str) -> String {
    format!("({t}.from_day is null or {t}.from_day <= '{}')", question.day)
}
fn lasting(question: &Question, t: &str) -> String {
    format!("({t}.until_day is null or {t}.until_day > '{}')", question.day)
}
pub fn known(question: &Question, t: &str) -> String {
    match question.known {
        None => format!("{t}.superseded is null"),
        Some(k) => format!("{t}.entered <= {k} and ({t}.superseded is null or {t}.superseded > {k})"),
    }
}

fn height(question: &Question, table: &str, expr: &str) -> String {
    let mut out = format!("(case {expr}");
    if let Some(table) = question.dictionary.table(table) {
        for code in &table.values {
            if let Some(h) = code.height {
                out.push_str(&format!(" when {} then {h}", quote(&code.name)));
            }
        }
    }
    out.push_str(" else -1 end)");
    out
}

/// A text of ours as an SQL literal.
pub fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
