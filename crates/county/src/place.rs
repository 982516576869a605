//! Places: towns with their villages, and where people come from. All invented.

use crate::chance::Chance;

/// A town: name, kind, how many communities it has in a full county.
pub struct Town {
    pub name: &'static str,
    pub kind: &'static str,
    pub communities: usize,
}

const fn town(name: &'static str, kind: &'static str, communities: usize) -> Town {
    Town { name, kind, communities }
}

/// The twelve; a smaller county has the first few. 40 communities together.
pub const TOWNS: [Town; 12] = [
    town("青云镇", "镇", 8),
    town("石桥镇", "镇", 2),
    town("柳河镇", "镇", 2),
    town("城南街道", "街道", 15),
    town("白沙镇", "镇", 2),
    town("龙泉镇", "镇", 2),
    town("枫林镇", "镇", 2),
    town("双溪镇", "镇", 2),
    town("马鞍镇", "镇", 1),
    town("望江镇", "镇", 2),
    town("清水乡", "乡", 1),
    town("松岭乡", "乡", 1),
];

const VILLAGE_HEADS: &[&str] = &[
    "大王庄", "石门", "李家湾", "上坪", "下坪", "老鹰岩", "桃花", "新民", "红星", "前进", "东风", "杨树沟", "水磨", "南坡", "北坡", "西河", "东河", "双庙", "古井",
    "长坡", "茶园", "竹林", "梨树坪", "龙潭", "凤凰", "黄土岭", "白果树", "三岔口", "马家坪", "陈家院", "柏树", "团结", "胜利", "和平", "建新", "光明", "向阳",
    "高桥", "铁佛", "青龙",
];
const COMMUNITY_HEADS: &[&str] = &["滨河", "文化路", "新华", "幸福里", "学府", "朝阳", "广场", "解放路", "工农", "站前", "体育场", "锦绣", "迎宾", "南苑", "北苑"];

/// Village `number` of `town`: no two alike in one town (40 heads, step 7 is coprime to 40).
pub fn village(town: usize, number: usize) -> String {
    format!("{}村", VILLAGE_HEADS[(town * 11 + number * 7) % VILLAGE_HEADS.len()])
}
pub fn community(town: usize, number: usize) -> String {
    format!("{}社区", COMMUNITY_HEADS[(town * 4 + number) % COMMUNITY_HEADS.len()])
}

const ELSEWHERE: &[&str] = &["云岭清溪", "云岭白石", "云岭安平", "江州东湖", "江州北岭", "临江西河", "临江南浦", "平川长乐"];

/// 籍贯: as a rule from here.
pub fn native(chance: &mut Chance, county: &str) -> String {
    if chance.percent(68) { format!("云岭{}", county.trim_end_matches('县')) } else { chance.pick(ELSEWHERE).to_owned() }
}

/// 第二县, 第三县 …: the other counties of 云岭市.
pub fn county_name(index: usize) -> String {
    if index == 0 { "青云县".into() } else { format!("第{}县", numeral(index + 1)) }
}

/// A counting number below one thousand in characters.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (n / 100 % 10, n / 10 % 10, n % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out += DIGITS[hundreds];
        out += "百";
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => out += "零",
        0 => {}
        1 if hundreds == 0 => out += "十",
        t => {
            out += DIGITS[t];
            out += "十";
        }
    }
    out + DIGITS[ones]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_count_in_characters() {
        assert_eq!(county_name(1), "第二县");
        assert_eq!(county_name(10), "第十一县");
        assert_eq!(county_name(199), "第二百县");
        assert_eq!(county_name(108), "第一百零九县");
    }

    #[test]
    fn no_town_has_two_villages_of_one_name() {
        for town in 0..12 {
            let mut names: Vec<String> = (0..20).map(|n| village(town, n)).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), 20);
        }
    }
}
