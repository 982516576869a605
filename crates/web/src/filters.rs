//! What templates may call: dates, ages and numbers as the office writes them, and addresses.

use crate::assets::Assets;
use crate::href;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, State};
use std::sync::Arc;
use vocabulary::{Date, Day};

pub fn add(environment: &mut Environment<'static>, assets: Arc<Assets>) {
    environment.add_filter("date", date);
    environment.add_filter("date_words", date_words);
    environment.add_filter("period", |text: &str| period(text));
    environment.add_filter("month", month);
    environment.add_filter("age", age);
    environment.add_filter("number", number);
    environment.add_filter("dash", dash);
    environment.add_filter("encode", |text: &str| href::encode(text));
    environment.add_function("to", to);
    environment.add_function("once", crate::once::key);
    environment.add_function("asset", move |name: &str| assets.address(name));
}

fn read(value: &Value) -> Option<Date> {
    value.as_str().and_then(|text| text.get(..10).unwrap_or(text).parse().ok())
}

/// `2026-11-22` in tables, as precise as it is known; `—` when it is not.
fn date(value: &Value) -> String {
    read(value).map_or_else(|| dash(value), |d| d.to_string())
}

/// `2026年11月22日` in sentences.
fn date_words(value: &Value) -> String {
    let Some(date) = read(value) else { return dash(value) };
    let mut words = format!("{}年", date.year());
    if let Some(month) = date.month() {
        words.push_str(&format!("{month}月"));
    }
    if let Some(day) = date.exact() {
        words.push_str(&format!("{}日", day.day()));
    }
    words
}

/// `2026年下半年` for `2026H2`, `2026年第三季度` for `2026Q3`; a day or a month as [`date_words`].
fn period(text: &str) -> String {
    let words = |year: &str, what: &str, which: &[&str]| {
        let which = which.get(what.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{year}年{which}"))
    };
    let half = text.split_once('H').and_then(|(year, half)| words(year, half, &["上半年", "下半年"]));
    let quarter = || text.split_once('Q').and_then(|(year, quarter)| words(year, quarter, &["第一季度", "第二季度", "第三季度", "第四季度"]));
    half.or_else(quarter).unwrap_or_else(|| date_words(&Value::from(text)))
}

/// `1982.04` as the forms write it.
fn month(value: &Value) -> String {
    read(value).map_or_else(|| dash(value), Date::dotted_month)
}

/// Full years (周岁) on the day asked about, or on `on`; `—` when no birth is on record.
fn age(state: &State, value: &Value, options: Kwargs) -> Result<String, Error> {
    let on: Option<String> = options.get("on")?;
    options.assert_all_used()?;
    let on = on.or_else(|| state.lookup("frame").and_then(|f| f.get_attr("day").ok()).and_then(|d| d.as_str().map(str::to_owned)));
    let day: Option<Day> = on.and_then(|d| d.parse().ok());
    Ok(match (read(value), day) {
        (Some(born), Some(day)) => (born.earliest().months_until(day) / 12).to_string(),
        _ => "—".into(),
    })
}

/// `12,345`
fn number(value: &Value) -> String {
    let Some(n) = value.as_i64() else { return dash(value) };
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// What is not on record is a dash, never empty space that looks forgotten.
fn dash(value: &Value) -> String {
    let text = if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() };
    if text.is_empty() { "—".into() } else { text }
}

/// An address of ours that keeps the day asked about, unless it names a day of its own.
fn to(state: &State, path: &str) -> String {
    if path.contains("as_of=") {
        return path.to_owned();
    }
    let carry = state.lookup("frame").and_then(|f| f.get_attr("carry").ok());
    href::with(path, carry.as_ref().and_then(Value::as_str).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_precisely_as_they_are_known() {
        let words = |text: &str| date_words(&Value::from(text));
        assert_eq!(words("2026-11-22"), "2026年11月22日");
        assert_eq!(words("2026-11"), "2026年11月");
        assert_eq!(["2026H2", "2026Q3", "2026-11", "2026H3"].map(period), ["2026年下半年", "2026年第三季度", "2026年11月", "2026H3"]);
        assert_eq!(month(&Value::from("1982-04-17")), "1982.04");
        assert_eq!(month(&Value::from(())), "—");
        assert_eq!(date(&Value::from("民建")), "民建");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(&Value::from(1234567)), "1,234,567");
        assert_eq!(number(&Value::from(-42)), "-42");
    }
}
