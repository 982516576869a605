//! 家庭主要成员及重要社会关系, in the order of the form: spouse, children, father, mother.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::life::Life;
use crate::month::Month;
use crate::name;
use crate::notable::Mark;
use crate::row;
use crate::tree::department::Staff;

struct Relative {
    relation: &'static str,
    name: String,
    born: Month,
    party: &'static str,
    work: String,
}

const WORKS: &[&str] = &["青云县第一中学教师", "青云县人民医院职工", "青云县财政局干部", "云岭市自由职业", "青云县青云镇个体工商户", "国网青云县供电公司职工", "青云县税务局干部", "中国农业银行青云县支行职员"];
const ELDERS: &[&str] = &["青云县青云镇村民", "青云县石桥镇退休教师", "青云县粮食局退休职工", "青云县供销社退休职工", "青云县柳河镇村民"];

/// Whether there are children on record.
pub fn write(book: &mut Book, life: &Life, chance: &mut Chance) -> bool {
    if life.mark == Mark::Sparse {
        return false;
    }
    let born = Month::of(life.m.born);
    let age = born.months_to(life.now.ceiling) / 12;
    let married = age >= 25 && chance.percent(if age < 32 { 70 } else { 94 });
    let mut relatives = Vec::with_capacity(5);
    let mut children = 0;
    if married {
        let spouse = spouse(life, born, chance);
        let father = if life.m.female { spouse.name.clone() } else { life.name.clone() };
        let young = if life.m.female { born } else { spouse.born };
        relatives.push(spouse);
        for child in offspring(life, &father, young, chance) {
            relatives.push(child);
            children += 1;
        }
    }
    relatives.extend(parents(life, born, chance));
    for (order, r) in (1i64..).zip(relatives) {
        book.add(Table::Relative, row![life.id, r.relation, r.name, r.born.date().to_string(), r.party, life.here(&r.work), order]);
    }
    children > 0
}

fn spouse(life: &Life, born: Month, chance: &mut Chance) -> Relative {
    let drawn = name::draw(chance, !life.m.female, born.year());
    let work = if life.staff == Staff::Village && chance.percent(70) { "在家务农".into() } else { chance.pick(WORKS).to_owned() };
    Relative {
        relation: if life.m.female { "丈夫" } else { "妻子" },
        name: drawn.name,
        born: born.plus(chance.between(-36, 36) + if life.m.female { -12 } else { 12 }),
        party: if chance.percent(35) { "中共党员" } else { "群众" },
        work,
    }
}

/// One child or two, born while the mother was 23 to 36, oldest first.
fn offspring(life: &Life, father: &str, mother_born: Month, chance: &mut Chance) -> Vec<Relative> {
    let count = chance.weighted(&[(0, 8), (1, 62), (2, 30)]);
    let first = mother_born.plus(12 * 23 + chance.between(0, 80));
    let mut out: Vec<Relative> = Vec::new();
    let girls: Vec<bool> = (0..count).map(|_| chance.percent(49)).collect();
    for (at, girl) in girls.iter().enumerate() {
        let born = first.plus(at as i32 * chance.between(26, 60));
        if born > life.now.ceiling {
            break;
        }
        let alike = girls.iter().filter(|g| *g == girl).count() > 1;
        let relation = match (girl, alike, at) {
            (false, false, _) => "儿子",
            (true, false, _) => "女儿",
            (false, true, 0) => "长子",
            (false, true, _) => "次子",
            (true, true, 0) => "长女",
            (true, true, _) => "次女",
        };
        let age = born.months_to(life.now.ceiling) / 12;
        let (party, work) = match age {
            ..3 => ("群众", "婴幼儿".into()),
            3..6 => ("群众", "青云县幼儿园幼儿".into()),
            6..12 => ("群众", "青云县实验小学学生".into()),
            12..18 => ("群众", "青云县第一中学学生".into()),
            18..22 => ("共青团员", "云岭大学学生".into()),
            _ => (if chance.percent(25) { "中共党员" } else { "群众" }, chance.pick(WORKS).to_owned()),
        };
        out.push(Relative { relation, name: name::child_of(chance, father, *girl, born.year()), born, party, work });
    }
    out
}

fn parents(life: &Life, born: Month, chance: &mut Chance) -> Vec<Relative> {
    let of = |chance: &mut Chance, relation: &'static str, name: String, born: Month| {
        let age = born.months_to(life.now.ceiling) / 12;
        let dead = chance.percent(match age {
            ..65 => 4,
            65..75 => 14,
            75..85 => 45,
            _ => 80,
        });
        let elder = chance.pick(ELDERS);
        let work = if age < 58 { chance.pick(WORKS) } else { elder };
        let work = if dead { format!("{work}（已去世）") } else { work.to_owned() };
        Relative { relation, name, born, party: if chance.percent(22) { "中共党员" } else { "群众" }, work }
    };
    let father_born = born.plus(-12 * chance.between(22, 31) - chance.between(0, 11));
    let mother_born = born.plus(-12 * chance.between(20, 29) - chance.between(0, 11));
    let father_name = name::father_of(chance, &life.name, father_born.year());
    let father = of(chance, "父亲", father_name, father_born);
    let mother_name = name::draw(chance, true, mother_born.year()).name;
    let mother = of(chance, "母亲", mother_name, mother_born);
    vec![father, mother]
}
