//! The person's own row: who somebody is.

use crate::book::Table;
use crate::career::Offices;
use crate::chance::Chance;
use crate::life::{Desk, Life};
use crate::month::Month;
use crate::name;
use crate::notable::Mark;
use crate::oddity::Oddity;
use crate::place;
use crate::post::Grade;
use crate::row;
use crate::seat::State;
use crate::tree::department::Staff;
use vocabulary::Date;

pub fn write(desk: &mut Desk, offices: &Offices, life: &Life, has_children: bool, chance: &mut Chance) {
    let (pinyin, initials) = name::spell(&life.name);
    let strokes = (desk.strokes)(&life.name);
    let sparse = life.mark == Mark::Sparse;
    let native = place::native(chance, life.county);
    let birth_place = if chance.percent(85) { native.clone() } else { place::native(chance, life.county) };
    let health = if chance.permille(985) { "健康" } else { "一般" };
    let born = born(life, chance);
    let number = (!sparse).then(|| id_number(desk, life, chance));
    let emigrated = if chance.permille(994) { 0i64 } else { 1 };
    let known = life.is_leader() && !sparse;
    let unit = (life.m.until.is_some()).then(|| offices.units[life.seat.unit].id);
    let party_text = life.party_joined.filter(|_| is_democratic(life.party)).map(|m| format!("{}；{}", m.date().compact(), life.party));
    desk.book.add(
        Table::PersonDetail,
        row![
            life.id, &life.name, pinyin, initials, strokes, if life.m.female { "女" } else { "男" }, born.to_string(), number,
            (!sparse).then_some(life.ethnicity), (!sparse).then_some(native), (!sparse).then_some(birth_place), (!sparse).then_some(health),
            (!sparse).then(|| life.m.joined.date().to_string()), party_text, speciality(life, chance), official_kind(life), state(life.seat.state),
            managed_by(life), unit, life.m.limit.map(i64::from), known.then_some(emigrated), known.then_some(0i64), (!sparse).then_some(has_children),
        ],
    );
}

fn is_democratic(party: &str) -> bool {
    matches!(party, "民革" | "民盟" | "民建" | "民进" | "农工党" | "致公党" | "九三学社")
}

/// 出生年月: most files say the month, some the day.
fn born(life: &Life, chance: &mut Chance) -> Date {
    let exact = chance.percent(22) && life.seat.notable.is_none();
    match life.mark {
        Mark::Sparse => Date::year_only(life.m.born.year()).unwrap_or(life.m.born.into()),
        _ if exact => life.m.born.into(),
        _ => Month::of(life.m.born).date(),
    }
}

fn id_number(desk: &mut Desk, life: &Life, chance: &mut Chance) -> String {
    let shift = chance.between(3, 26) * if chance.percent(70) { -1 } else { 1 };
    let born = if life.oddity == Some(Oddity::OtherBirth) { life.m.born.plus_months(shift) } else { life.m.born };
    desk.numbers.next(born, life.m.female)
}

fn speciality(life: &Life, chance: &mut Chance) -> Option<&'static str> {
    if !life.is_leader() {
        return None;
    }
    let group = life.studies.iter().rev().find_map(|s| s.group);
    Some(match (group, chance.percent(50)) {
        (Some("农业"), _) => "熟悉农业农村工作，长于农业技术推广",
        (Some("法律"), _) => "熟悉法律和社会治理工作",
        (Some("经济"), _) => "熟悉经济和财务管理工作",
        (Some("规划建设" | "水利交通"), _) => "熟悉规划建设和项目管理工作",
        (Some("信息技术"), _) => "熟悉信息化建设工作",
        (Some("医药卫生"), _) => "熟悉医疗卫生管理工作",
        (Some("文史宣传"), _) => "熟悉文字综合和宣传文化工作",
        (Some("企业管理"), _) => "熟悉经营管理和旅游开发工作",
        (_, true) if life.party == "中共党员" => "熟悉党务工作",
        _ => "熟悉基层和群众工作",
    })
}

fn official_kind(life: &Life) -> &'static str {
    match life.staff {
        Staff::None | Staff::Civil => "综合管理类公务员",
        Staff::Police => "执法勤务警员",
        Staff::Judge => "法官",
        Staff::Prosecutor => "检察官",
        Staff::Enforcement if life.seat.grade == Grade::Staff => "行政执法类公务员",
        Staff::Enforcement => "综合管理类公务员",
        Staff::Body => "参公机关工作人员",
        Staff::Participating => "参公事业单位工作人员",
        Staff::Institution => "事业单位管理人员",
        Staff::Teacher | Staff::Doctor if life.seat.grade == Grade::Staff => "事业单位专业技术人员",
        Staff::Teacher | Staff::Doctor => "事业单位管理人员",
        Staff::Company => "企业管理人员",
        Staff::Village => "村社区干部",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Serving => "现职",
        State::Retired => "离退休",
        State::Left => "调出",
        State::Dead => "已去世",
    }
}

fn managed_by(life: &Life) -> &'static str {
    match life.seat.grade {
        Grade::CountyChief | Grade::CountyDeputy => "市级党委管理",
        Grade::Chief | Grade::Deputy => "县级党委管理",
        _ => "其他管理",
    }
}
