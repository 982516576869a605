//! Names: how they are drawn, and how they are spelt.

mod table;

use crate::chance::Chance;
use pinyin::ToPinyin;

/// 姓名拼音: `zhang san` and `zs`. Surnames that read differently as surnames read rightly; `·` is left out, and a
/// character that no table knows stands for itself.
pub fn spell(name: &str) -> (String, String) {
    let mut syllables: Vec<String> = Vec::with_capacity(4);
    let compound = table::COMPOUND_SPELT.iter().find(|(surname, _)| name.starts_with(surname) && name.len() > surname.len());
    let rest = match compound {
        Some((surname, spelt)) => {
            syllables.extend(spelt.split(' ').map(str::to_owned));
            &name[surname.len()..]
        }
        None => name,
    };
    let single = !name.contains('·') && compound.is_none();
    for (at, letter) in rest.chars().enumerate().filter(|(_, c)| c.is_alphanumeric()) {
        let as_surname = table::SINGLE_SPELT.iter().find(|(surname, _)| single && at == 0 && *surname == letter);
        let known = as_surname.or_else(|| table::RARE_SPELT.iter().find(|(rare, _)| *rare == letter));
        syllables.push(match (known, letter.to_pinyin()) {
            (Some((_, spelt)), _) => (*spelt).to_owned(),
            (None, Some(spelt)) => spelt.plain().replace('ü', "v"),
            (None, None) => letter.to_lowercase().to_string(),
        });
    }
    let initials = syllables.iter().filter_map(|s| s.chars().next()).collect();
    (syllables.join(" "), initials)
}

/// A family's surname, by frequency; one in eighty is a compound one.
pub fn surname(chance: &mut Chance) -> &'static str {
    chance.weighted(table::SURNAMES)
}

/// A given name that fits sex and generation; about one in sixty has a rare character.
pub fn given(chance: &mut Chance, female: bool, born: i32) -> String {
    if chance.permille(16) {
        let rare = chance.pick(table::RARE);
        return if chance.percent(50) { rare.to_owned() } else { format!("{}{rare}", chance.pick(&["子", "文", "思", "宇", "明"])) };
    }
    let style = match (female, born) {
        (false, ..1978) => &table::MEN_BEFORE,
        (false, _) => &table::MEN_SINCE,
        (true, ..1978) => &table::WOMEN_BEFORE,
        (true, _) => &table::WOMEN_SINCE,
    };
    if chance.percent(22) {
        return chance.pick(style.alone).to_owned();
    }
    format!("{}{}", chance.pick(style.first), chance.pick(style.second))
}

/// Who somebody is by birth: people and name.
pub struct Named {
    pub name: String,
    pub ethnicity: &'static str,
}

/// One in ten belongs to a minority; some of their names have a `·`, some have no surname.
pub fn draw(chance: &mut Chance, female: bool, born: i32) -> Named {
    let ethnicity = if chance.percent(10) { chance.weighted(table::MINORITIES) } else { "汉族" };
    let name = match ethnicity {
        "维吾尔族" | "哈萨克族" => dotted(chance, female),
        "藏族" => format!("{}{}", chance.pick(table::TIBETAN), chance.pick(table::TIBETAN_SECOND)),
        _ => format!("{}{}", surname(chance), given(chance, female, born)),
    };
    Named { name, ethnicity }
}

fn dotted(chance: &mut Chance, female: bool) -> String {
    let own = if female { chance.pick(table::UYGHUR_WOMEN) } else { chance.pick(table::UYGHUR_MEN) };
    format!("{own}·{}", chance.pick(table::UYGHUR_MEN))
}

/// The father of `name`: her surname, or the name behind the `·`.
pub fn father_of(chance: &mut Chance, name: &str, born: i32) -> String {
    match name.split_once('·') {
        Some((_, father)) => format!("{father}·{}", chance.pick(table::UYGHUR_MEN)),
        None => format!("{}{}", surname_of(name), given(chance, false, born)),
    }
}

/// A child whose father is `father`.
pub fn child_of(chance: &mut Chance, father: &str, female: bool, born: i32) -> String {
    match father.split_once('·') {
        Some((own, _)) => {
            let given = if female { chance.pick(table::UYGHUR_WOMEN) } else { chance.pick(table::UYGHUR_MEN) };
            format!("{given}·{own}")
        }
        None => format!("{}{}", surname_of(father), given(chance, female, born)),
    }
}

fn surname_of(name: &str) -> &str {
    if let Some((compound, _)) = table::COMPOUND_SPELT.iter().find(|(s, _)| name.starts_with(s)) {
        return compound;
    }
    &name[..name.chars().next().map_or(0, char::len_utf8)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::For;

    #[test]
    fn a_surname_reads_as_a_surname() {
        for (name, spelt, initials) in [
            ("张三", "zhang san", "zs"),
            ("单志远", "shan zhi yuan", "szy"),
            ("仇卫东", "qiu wei dong", "qwd"),
            ("解晓红", "xie xiao hong", "xxh"),
            ("查文", "zha wen", "zw"),
            ("曾国强", "zeng guo qiang", "zgq"),
            ("尉迟明", "yu chi ming", "ycm"),
            ("吕布", "lv bu", "lb"),
            ("周喆", "zhou zhe", "zz"),
            ("阿依古丽·买买提", "a yi gu li mai mai ti", "ayglmmt"),
        ] {
            assert_eq!(spell(name), (spelt.into(), initials.into()), "{name}");
        }
    }

    #[test]
    fn every_drawn_name_can_be_spelt() {
        for n in 0..3000 {
            let mut chance = Chance::of(1, 0, For::Life, n);
            let named = draw(&mut chance, n % 2 == 0, 1960 + (n % 45) as i32);
            let (spelt, initials) = spell(&named.name);
            assert!(spelt.bytes().all(|b| b.is_ascii_lowercase() || b == b' '), "{}: {spelt}", named.name);
            assert_eq!(spelt.split(' ').count(), initials.len(), "{}", named.name);
        }
    }
}
