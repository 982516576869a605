//! Dates as offices write them.

use vocabulary::{Date, Day};

/// What is wrong with a date, and what would be right.
pub(crate) struct NotADate {
    pub says: String,
    pub would_be_right: &'static str,
}

const RIGHT: &str = "应为 6 位或 8 位日期，如 198204 或 19820417";

/// Reads `198204`, `1982.04`, `1982.04（44岁）`, `1982-04-01 00:00:00`, `1982年4月生`; precision as written.
pub(crate) fn read(text: &str) -> Result<Date, NotADate> {
    let bare = bare(text);
    Date::read(bare)
        .or_else(|_| Date::read(&bare.replace(['、', '，', ',', '—', '–', '_'], ".")))
        .map_err(|_| NotADate {
            says: why(bare),
            would_be_right: RIGHT,
        })
}

/// A number cell: `198204` and `19820417` are dates, `1982.04` too; `1982.1` may be January or October.
pub(crate) fn read_number(text: &str) -> Result<Date, NotADate> {
    if let Some((year, month)) = text.split_once('.')
        && year.len() == 4
        && month.len() == 1
    {
        return Err(NotADate {
            says: format!("数字 {text} 分不清是 {year} 年 1 月还是 10 月（表格会去掉小数末尾的 0）"),
            would_be_right: "请把单元格设为文本，写成 1982.01 或 1982.10",
        });
    }
    read(text)
}

/// Without age in brackets, time of day, and words after the date.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.split(['（', '(', '\n', '\r', 'T']).next().unwrap_or(text).trim();
    let text = match text.split_once(' ') {
        Some((date, time)) if time.contains(':') => date,
        _ => text,
    };
    text.trim_end_matches(['生', '入', '起', '；', ';', '，', ','])
        .trim_end_matches("出生")
        .trim()
}

/// Names the part that does not exist.
fn why(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, until: usize| digits.get(from..until).and_then(|p| p.parse::<u8>().ok());
    if digits.len() == text.chars().count() && matches!(digits.len(), 6 | 8) {
        let year = digits.get(..4).and_then(|y| y.parse::<i16>().ok()).unwrap_or(0);
        match (part(4, 6), part(6, 8)) {
            (Some(0), _) => return "不是有效的日期：没有写月份（月为 00）".to_owned(),
            (Some(month), _) if month > 12 => return format!("不是有效的日期：没有 {month} 月"),
            (Some(_), Some(0)) => return "不是有效的日期：没有写日（日为 00）".to_owned(),
            (Some(month), Some(day)) if Day::of(year, month, day).is_none() => {
                return format!("不是有效的日期：{year} 年 {month} 月没有 {day} 日");
            }
            _ => {}
        }
    }
    "不是有效的日期".to_owned()
}

/// Years in which nobody on file can have been born, joined or begun.
pub(crate) fn is_unlikely(date: Date) -> bool {
    !(1900..=2100).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_dates_are_read() {
        for text in [
            "198204",
            "1982.04",
            "1982.04\n（44岁）",
            "1982.04(44岁)",
            "1982年4月生",
            "1982-04",
            "1982,04",
        ] {
            assert_eq!(
                read(text).map(|d| d.to_string()).ok(),
                Some("1982-04".to_owned()),
                "{text}"
            );
        }
        assert_eq!(
            read("1982-04-17 00:00:00").map(|d| d.to_string()).ok(),
            Some("1982-04-17".to_owned())
        );
    }

    #[test]
    fn what_does_not_exist_is_named() {
        let says = |text: &str| read(text).err().map(|e| e.says).unwrap_or_default();
        assert_eq!(says("198213"), "不是有效的日期：没有 13 月");
        assert_eq!(says("19820431"), "不是有效的日期：1982 年 4 月没有 31 日");
        assert_eq!(says("19820400"), "不是有效的日期：没有写日（日为 00）");
        assert!(read_number("1982.1").is_err_and(|e| e.says.contains("10 月")));
        assert!(read_number("1982.04").is_ok());
    }
}
