//! The rows of a person's working life: A02, A05, A06, A08, A14, A15, A36, A99Z1.

use super::row::Row;
use super::sheet::Kind;
use crate::{
    AppraisalRecord, AwardRecord, EducationRecord, FamilyRecord, Fault, LevelKind, LevelRecord, Nature, PersonRecord,
    QualificationRecord, TenureRecord,
};

const PRINTED: [&str; 2] = ["输出", "不输出"];
const HOLDS: [&str; 2] = ["在任", "已免"];

pub(super) fn add(kind: Kind, row: &mut Row<'_>, person: &mut PersonRecord) {
    match kind {
        Kind::Tenures => person.tenures.push(tenure(row)),
        Kind::Levels => person.levels.extend(level(row)),
        Kind::Qualifications => person.qualifications.push(qualification(row)),
        Kind::Educations => person.educations.push(education(row)),
        Kind::Awards => person.awards.push(award(row)),
        Kind::Appraisals => person.appraisals.extend(appraisal(row)),
        Kind::Family => person.family.push(family(row)),
        Kind::Entry => super::a01::entry(row, person),
        Kind::Units | Kind::People => {}
    }
    if let Some(name) = row.raw("姓名") {
        let other = crate::values::name::tidy(&name.text);
        if !other.is_empty() && other != person.name() {
            let says = format!("身份证号相同而姓名不同，A01人员 中是{}", person.name());
            row.faults.push(Fault::finding(
                row.at("姓名"),
                &other,
                says,
                "请核对姓名；这一行已归入该身份证号",
            ));
        }
    }
    person.faults.append(&mut row.faults);
}

fn tenure(row: &mut Row<'_>) -> TenureRecord {
    let from = row.day("任职时间");
    let until = row.day("免职时间");
    let in_office = row.either("任职状态", HOLDS);
    if let (Some(true), Some(until)) = (in_office.as_ref().map(|c| c.value), &until) {
        let says = "任职状态是在任，却有免职时间";
        row.faults.push(Fault::finding(
            until.place.clone(),
            &until.value.to_string(),
            says,
            "请核对任职状态和免职时间",
        ));
    }
    let record = TenureRecord {
        place: row.place(),
        organisation: row.text("任职机构名称"),
        post: row.text("职务名称"),
        until: row.ends_after(&from, until, "免职时间"),
        from,
        paper: row.text("任职文号"),
        end_paper: row.text("免职文号"),
        leading_member: row.yes("是否领导成员"),
        member_kind: row.listed("成员类别", "member_kind"),
        leading_post: row.yes("是否领导职务"),
        post_order: row.number("职务排序", true),
        team_order: row.number("集体内排序", true),
        chosen_by: row.listed("选拔任用方式", "chosen_by"),
        exceptional: row.yes("是否破格提拔"),
        in_office,
        change_reason: row.text("职务变动原因综述"),
        printed: row.either("职务输出标识", PRINTED),
        main: row.yes("主职务"),
    };
    if record.organisation.is_none() && record.post.is_none() {
        row.faults.push(Fault::error(
            row.place(),
            "",
            "没有任职机构和职务名称",
            "请填写任职机构名称和职务名称",
        ));
    }
    record
}

/// The first column chooses the ladder, and with it the list of the second.
fn level(row: &mut Row<'_>) -> Option<LevelRecord> {
    let kind = match row.text("类别（职务层次、职级标志）") {
        Some(cell) if cell.value == "职务层次" => LevelKind::Level,
        Some(cell) if cell.value == "享受的职级" || cell.value == "职级" => LevelKind::Rank,
        Some(cell) => {
            row.faults.push(Fault::error(
                cell.place,
                &cell.value,
                "不是下拉表里的用语",
                "应为 职务层次 或 享受的职级",
            ));
            return None;
        }
        None => {
            row.faults.push(Fault::error(
                row.at("类别（职务层次、职级标志）"),
                "",
                "没有填类别",
                "应为 职务层次 或 享受的职级",
            ));
            return None;
        }
    };
    let list = if kind == LevelKind::Level { "level" } else { "rank" };
    let Some(name) = row.listed("职务层次（职级）", list) else {
        row.faults.push(Fault::error(
            row.at("职务层次（职级）"),
            "",
            "没有填职务层次或职级",
            "请从下拉表中选择",
        ));
        return None;
    };
    let from = row.day("批准日期");
    let until = row.day("终止日期");
    Some(LevelRecord {
        place: row.place(),
        kind,
        name,
        paper: row.text("批准文号"),
        until: row.ends_after(&from, until, "终止日期"),
        from,
        holds: row.either("状态", HOLDS),
    })
}

fn qualification(row: &mut Row<'_>) -> QualificationRecord {
    QualificationRecord {
        place: row.place(),
        listed: row.listed("专业技术资格代码", "qualification"),
        name: row.text("专业技术资格名称"),
        on: row.day("获得资格日期"),
        way: row.listed("取得资格途径", "qualification_way"),
        board: row.text("评委会或考试名称"),
        printed: row.either("输出标识", PRINTED),
    }
}

fn education(row: &mut Row<'_>) -> EducationRecord {
    let from = row.day("入学时间");
    let until = row.day("毕（肄）业时间");
    EducationRecord {
        place: row.place(),
        full_time: row.either("教育类别", ["全日制", "在职"]),
        name: row.text("学历名称"),
        listed: row.listed("学历代码", "education"),
        degree: row.text("学位名称"),
        degree_listed: row.listed("学位代码", "degree"),
        school: row.text("学校（单位）名称"),
        major: row.text("所学专业名称"),
        major_kind: row.text("所学专业类别"),
        until: row.ends_after(&from, until, "毕（肄）业时间"),
        from,
        degree_on: row.day("学位授予时间"),
        years: row.text("学制年限").filter(|c| c.value != "0"),
        printed: row.either("输出标识", PRINTED),
    }
}

fn award(row: &mut Row<'_>) -> AwardRecord {
    let name = row.text("奖惩名称");
    let listed = row.listed("奖惩名称代码", "award");
    let nature = [&listed, &name].into_iter().flatten().find_map(|c| nature(&c.value));
    AwardRecord {
        place: row.place(),
        nature,
        name,
        listed,
        on: row.day("批准日期"),
        by: row.text("批准机关"),
        by_level: row.listed("批准机关级别", "unit_level"),
        by_kind: row.listed("批准机关性质", "approver_kind"),
        at_level: row.listed("受奖惩时职务层次", "level"),
        revoked: row.day("撤销日期"),
    }
}

/// Told by words that only the one or the other has.
pub(crate) fn nature(name: &str) -> Option<Nature> {
    const SANCTIONS: [&str; 14] = [
        "警告",
        "记过",
        "记大过",
        "降级",
        "降职",
        "降一级",
        "降二级",
        "撤职",
        "撤销",
        "开除",
        "察看",
        "处分",
        "惩戒",
        "诫勉",
    ];
    const AWARDS: [&str; 8] = ["奖", "功", "荣誉", "先进", "优秀", "表彰", "模范", "标兵"];
    if SANCTIONS.iter().any(|w| name.contains(w)) || name.contains("降低岗位") {
        Some(Nature::Sanction)
    } else if AWARDS.iter().any(|w| name.contains(w)) {
        Some(Nature::Award)
    } else {
        None
    }
}

fn appraisal(row: &mut Row<'_>) -> Option<AppraisalRecord> {
    let grade = row.listed("考核结论", "appraisal")?;
    let Some(year) = row.text("考核年度") else {
        row.faults.push(Fault::error(
            row.at("考核年度"),
            "",
            "没有填考核年度",
            "应为四位年份，如 2024",
        ));
        return None;
    };
    let digits = year.value.trim_end_matches(['年', '度']);
    match digits.parse::<i16>().ok().filter(|y| (1980..=2100).contains(y)) {
        Some(year) => Some(AppraisalRecord {
            place: row.place(),
            year,
            grade: grade.value,
        }),
        None => {
            row.faults.push(Fault::error(
                year.place,
                &year.value,
                "考核年度不是年份",
                "应为四位年份，如 2024",
            ));
            None
        }
    }
}

fn family(row: &mut Row<'_>) -> FamilyRecord {
    let work = row.text("工作单位及职务");
    FamilyRecord {
        place: row.place(),
        relation: row.listed("称谓", "relation"),
        name: row.text("家庭成员姓名"),
        born: row.day("出生日期"),
        party: row.listed("政治面貌", "party"),
        departed: work.as_ref().is_some_and(|w| crate::form::is_departed(&w.value)),
        work,
        order: row.number("排序", true),
    }
}
