//! 姓名的拼音、简拼、笔画: what search and sorting need of a name.

use pinyin::ToPinyin;

/// Surnames that are read otherwise than the character alone; the longest that fits wins.
const SURNAMES: &[(&str, &str)] = &[
    ("尉迟", "yu chi"), ("万俟", "mo qi"), ("长孙", "zhang sun"), ("单于", "chan yu"), ("澹台", "tan tai"),
    ("单", "shan"), ("仇", "qiu"), ("解", "xie"), ("查", "zha"), ("曾", "zeng"), ("朴", "piao"), ("区", "ou"),
    ("任", "ren"), ("盖", "ge"), ("召", "shao"), ("乐", "yue"), ("折", "she"), ("黑", "he"), ("繁", "po"),
    ("员", "yun"), ("燕", "yan"), ("华", "hua"), ("宁", "ning"), ("翟", "zhai"), ("覃", "qin"), ("缪", "miao"),
];

/// Pinyin with blanks, lower case, and its initials: `("zhang san", "zs")`. Characters without pinyin stand for themselves.
pub fn spell(name: &str) -> (String, String) {
    let mut syllables: Vec<String> = Vec::new();
    let mut rest = name.trim();
    let surname = SURNAMES.iter().filter(|(s, _)| rest.starts_with(s)).max_by_key(|(s, _)| s.len());
    if let Some((written, read)) = surname {
        syllables.extend(read.split(' ').map(str::to_owned));
        rest = &rest[written.len()..];
    }
    let mut other = String::new();
    for c in rest.chars() {
        match c.to_pinyin() {
            Some(p) => {
                if !other.is_empty() {
                    syllables.push(std::mem::take(&mut other));
                }
                syllables.push(p.plain().replace('ü', "v"));
            }
            None if c.is_alphanumeric() => other.extend(c.to_lowercase()),
            None => {}
        }
    }
    if !other.is_empty() {
        syllables.push(other);
    }
    let initials = syllables.iter().filter_map(|s| s.chars().next()).collect();
    (syllables.join(" "), initials)
}

/// 姓氏笔画: a text (hexadecimal) that sorts names as the office does, fewer strokes first, by CLDR's stroke collation.
pub fn strokes(name: &str) -> String {
    use icu_collator::{CollatorBorrowed, options::CollatorOptions, options::Strength};
    thread_local! {
        static COLLATOR: Option<CollatorBorrowed<'static>> = {
            let mut options = CollatorOptions::default();
            options.strength = Some(Strength::Primary);
            CollatorBorrowed::try_new(icu_locale_core::locale!("zh-u-co-stroke").into(), options).ok()
        };
    }
    let mut key: Vec<u8> = Vec::new();
    COLLATOR.with(|collator| {
        if let Some(collator) = collator {
            let Ok(_) = collator.write_sort_key_to(name, &mut key);
        }
    });
    key.iter().take(24).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::spell;

    #[test]
    fn fewer_strokes_come_first() {
        let mut names = ["魏三", "王五", "丁一", "李四", "丁二"];
        names.sort_by_key(|n| super::strokes(n));
        assert_eq!(names, ["丁一", "丁二", "王五", "李四", "魏三"]);
    }

    #[test]
    fn a_surname_is_read_as_a_surname() {
        assert_eq!(spell("单国强"), ("shan guo qiang".into(), "sgq".into()));
        assert_eq!(spell("尉迟恭"), ("yu chi gong".into(), "ycg".into()));
        assert_eq!(spell("阿依古丽·买买提").1, "aygl".to_owned() + "mmt");
        assert_eq!(spell("吕律").0, "lv lv");
    }
}
