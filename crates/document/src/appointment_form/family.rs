//! 家庭主要成员及重要社会关系.

use super::age::age_on;
use vocabulary::Date;

/// 亲属: one row of the family table, spelt as the file spells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relative {
    /// 称谓: `妻子`, `长子`.
    pub relation: String,
    pub name: String,
    /// 出生日期: `197304`.
    pub born: String,
    /// 政治面貌.
    pub party: String,
    /// 工作单位及职务; says `已去世` of the dead.
    pub work: String,
}

/// The editor's own list (`Keyword_DepartFamilyMember`), and 病故, which other tools add.
const DEATH_WORDS: [&str; 6] = ["去世", "死亡", "逝世", "已逝", "已故", "病故"];

/// Does 工作单位及职务 say that this person has died?
pub fn has_died(work: &str) -> bool {
    DEATH_WORDS.iter().any(|word| work.contains(word))
}

impl Relative {
    /// 年龄 as printed: empty for the dead and where no birth is on record.
    pub fn printed_age(&self, age_day: &str) -> String {
        if has_died(&self.work) {
            return String::new();
        }
        age_on(&self.born, age_day).map_or_else(String::new, |age| age.to_string())
    }

    fn place(&self) -> u8 {
        let relation = self.relation.trim();
        let is = |names: &[&str]| names.contains(&relation);
        if is(&["妻子", "丈夫", "妻", "夫", "配偶"]) {
            0
        } else if relation.ends_with('子') && !relation.contains('妻')
            || relation.ends_with('女')
            || is(&["儿子", "女儿"])
        {
            if is(&["侄子", "侄女", "外甥女", "孙子", "孙女", "外孙子", "外孙女"]) {
                6
            } else {
                1
            }
        } else if is(&["父亲", "父"]) {
            2
        } else if is(&["母亲", "母"]) {
            3
        } else if is(&["继父", "继母", "养父", "养母"]) {
            4
        } else if is(&["岳父", "岳母", "公公", "婆婆"]) {
            5
        } else {
            6
        }
    }
}

/// 配偶、子女（年长在前）、父、母、继父母、配偶的父母、其他: the usual order of the form; who stands alike keeps place.
pub fn put_in_order(family: &mut [Relative]) {
    let born = |r: &Relative| Date::read(&r.born).ok();
    family.sort_by(|a, b| {
        a.place()
            .cmp(&b.place())
            .then_with(|| match (a.place(), born(a), born(b)) {
                (1, Some(a), Some(b)) => a.cmp(&b),
                _ => std::cmp::Ordering::Equal,
            })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(relation: &str, born: &str, work: &str) -> Relative {
        Relative {
            relation: relation.into(),
            born: born.into(),
            work: work.into(),
            ..Relative::default()
        }
    }

    #[test]
    fn spouse_children_oldest_first_then_parents() {
        let mut family = vec![
            relative("母亲", "194902", ""),
            relative("次女", "200503", ""),
            relative("父亲", "194801", ""),
            relative("哥哥", "197001", ""),
            relative("长子", "200101", ""),
            relative("妻子", "197304", ""),
        ];
        put_in_order(&mut family);
        let order: Vec<&str> = family.iter().map(|r| r.relation.as_str()).collect();
        assert_eq!(order, ["妻子", "长子", "次女", "父亲", "母亲", "哥哥"]);
    }

    #[test]
    fn the_dead_have_no_age() {
        assert_eq!(
            relative("父亲", "194801", "青云县农机厂退休职工（已去世）").printed_age("202611"),
            ""
        );
        assert_eq!(
            relative("父亲", "194801", "青云县农机厂退休职工").printed_age("202611"),
            "78"
        );
        assert_eq!(relative("父亲", "", "").printed_age("202611"), "");
    }
}
