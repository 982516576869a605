//! 学历学位: what was learnt before work and beside it.

use crate::book::{Book, Table};
use crate::chance::Chance;
use crate::milestone::{Milestones, School};
use crate::month::Month;
use crate::row;
use crate::tree::department::Staff;

/// One course of study.
#[derive(Clone, Debug)]
pub struct Study {
    pub full_time: bool,
    pub education: &'static str,
    pub degree: Option<String>,
    pub school: &'static str,
    pub major: Option<&'static str>,
    pub group: Option<&'static str>,
    pub started: Month,
    pub finished: Month,
}

/// (major, code major_group, field of the degree)
pub type Major = (&'static str, &'static str, &'static str);

const MAJORS: &[(Major, u32)] = &[
    (("汉语言文学", "文史宣传", "文学"), 14),
    (("行政管理", "党政管理", "管理学"), 14),
    (("法学", "法律", "法学"), 12),
    (("会计学", "经济", "管理学"), 9),
    (("经济学", "经济", "经济学"), 7),
    (("农学", "农业", "农学"), 7),
    (("土木工程", "规划建设", "工学"), 7),
    (("计算机科学与技术", "信息技术", "工学"), 8),
    (("思想政治教育", "党政管理", "法学"), 6),
    (("工商管理", "企业管理", "管理学"), 5),
    (("环境工程", "生态环境", "工学"), 4),
    (("水利水电工程", "水利交通", "工学"), 4),
    (("英语", "文史宣传", "文学"), 4),
    (("公共事业管理", "党政管理", "管理学"), 4),
    (("园林", "农业", "农学"), 3),
    (("数学与应用数学", "其他专业", "理学"), 4),
];
pub const AGRONOMY: Major = ("农学", "农业", "农学");
const LAW: Major = ("法学", "法律", "法学");
const MEDICINE: &[Major] = &[("临床医学", "医药卫生", "医学"), ("护理学", "医药卫生", "医学"), ("药学", "医药卫生", "理学"), ("中医学", "医药卫生", "医学")];
const TEACHING: &[Major] = &[
    ("汉语言文学", "文史宣传", "文学"), ("数学与应用数学", "其他专业", "理学"), ("英语", "文史宣传", "文学"), ("教育学", "教育", "教育学"),
    ("体育教育", "教育", "教育学"), ("物理学", "其他专业", "理学"),
];

const ECONOMIC: &[&str] = &["江州财经学院", "云岭大学", "江州大学"];
const TECHNICAL: &[&str] = &["临江理工学院", "云岭大学"];
const GENERAL: &[&str] = &["云岭大学", "江州大学", "云岭师范大学"];

fn school_of(level: School, major: &Major, chance: &mut Chance) -> &'static str {
    match (level, major.1) {
        (School::Middle, _) => "青云县中学",
        (School::High, _) => "青云县第一中学",
        (School::Secondary, "农业") => "云岭市农业学校",
        (School::Secondary, "医药卫生") => "云岭市卫生学校",
        (School::Secondary, "经济" | "企业管理") => "云岭市财贸学校",
        (School::Secondary, "规划建设" | "水利交通" | "信息技术" | "生态环境") => "云岭市工业学校",
        (School::Secondary, _) => "云岭市师范学校",
        (School::College, "医药卫生") => "云岭医学高等专科学校",
        (School::College, "经济" | "企业管理") => "云岭财经专科学校",
        (School::College, "教育" | "其他专业" | "文史宣传") => "江州师范高等专科学校",
        (School::College, _) => "云岭职业技术学院",
        _ if major.2 == "军事学" => "江州陆军学院",
        (_, "农业") => "云岭农业大学",
        (_, "医药卫生") => "云岭医科大学",
        (_, "教育" | "其他专业") => "云岭师范大学",
        (_, "经济" | "企业管理") => chance.pick(ECONOMIC),
        (_, "规划建设" | "水利交通" | "信息技术" | "生态环境") => chance.pick(TECHNICAL),
        _ => chance.pick(GENERAL),
    }
}

fn major(staff: Staff, key: &str, chance: &mut Chance) -> Major {
    match staff {
        Staff::Doctor => chance.pick(MEDICINE),
        Staff::Teacher => chance.pick(TEACHING),
        Staff::Judge | Staff::Prosecutor if chance.percent(85) => LAW,
        Staff::Police if chance.percent(60) => ("侦查学", "法律", "法学"),
        _ if key.contains("农业") && chance.percent(55) => AGRONOMY,
        _ => chance.weighted(MAJORS),
    }
}

/// What somebody studied: always the school before work, and for half of those without a degree one beside it.
pub fn draw(m: &Milestones, staff: Staff, key: &str, fixed: Option<Major>, end: Month, chance: &mut Chance) -> Vec<Study> {
    let major = fixed.unwrap_or_else(|| major(staff, key, chance));
    let (education, degree) = match m.school {
        School::Middle => ("初中", None),
        School::High => ("高中", None),
        School::Secondary => ("中专", None),
        School::College => ("大专", None),
        School::University => ("大学", Some(format!("{}学士", major.2))),
        School::Master => ("研究生", Some(format!("{}硕士", major.2))),
    };
    let known = m.school >= School::Secondary;
    let mut out = Vec::with_capacity(2);
    if m.school == School::Master {
        let finished = m.finished.plus(-36);
        out.push(Study {
            full_time: true,
            education: "大学",
            degree: Some(format!("{}学士", major.2)),
            school: school_of(School::University, &major, chance),
            major: Some(major.0),
            group: Some(major.1),
            started: finished.plus(-46),
            finished,
        });
    }
    out.push(Study {
        full_time: true,
        education,
        degree,
        school: school_of(m.school, &major, chance),
        major: known.then_some(major.0),
        group: known.then_some(major.1),
        started: m.finished.plus(-12 * m.school.years() + 2),
        finished: m.finished,
    });
    let started = m.joined.plus(chance.between(30, 120));
    let started = Month::new(started.year(), 9);
    if m.school < School::University && staff != Staff::Village && chance.percent(62) && started.plus(40) < end {
        out.push(beside_work(started, if m.school == School::Secondary && chance.percent(40) { School::College } else { School::University }, chance));
    } else if staff == Staff::Village && m.school < School::College && chance.percent(35) && started.plus(40) < end {
        out.push(beside_work(started, School::College, chance));
    } else if m.school == School::University && !matches!(staff, Staff::Teacher | Staff::Doctor) && chance.percent(12) && started.plus(40) < end {
        out.push(beside_work(started, School::Master, chance));
    }
    out
}

fn beside_work(started: Month, level: School, chance: &mut Chance) -> Study {
    let party_school = chance.percent(50);
    let (education, school, (major, group, field)) = match (level, party_school) {
        (School::College, _) => ("大专", "云岭开放大学", chance.pick(&[("行政管理", "党政管理", "管理学"), ("农村行政管理", "农业", "管理学")])),
        (School::Master, true) => ("省委党校研究生", "省委党校", ("公共管理", "党政管理", "")),
        (School::Master, false) => ("研究生", "云岭大学", ("公共管理", "党政管理", "")),
        (_, true) => ("省委党校大学", "省委党校", chance.pick(&[("经济管理", "经济", ""), ("公共管理", "党政管理", ""), ("法律", "法律", "")])),
        (_, false) => ("大学", "云岭大学", chance.pick(&[("行政管理", "党政管理", "管理学"), ("法学", "法律", "法学"), ("会计学", "经济", "管理学")])),
    };
    let degree = match (level, party_school, chance.percent(30)) {
        (School::Master, false, _) => Some("公共管理硕士".to_owned()),
        (School::University, false, true) => Some(format!("{field}学士")),
        _ => None,
    };
    Study { full_time: false, education, degree, school, major: Some(major), group: Some(group), started, finished: started.plus(34) }
}

pub fn write(book: &mut Book, person: i64, studies: &[Study]) {
    for (at, study) in studies.iter().enumerate() {
        // The form prints the highest of each mode; they are drawn in order.
        let highest = !studies[at + 1..].iter().any(|later| later.full_time == study.full_time);
        let printed = study.major.map(|m| format!("{}{m}专业", study.school));
        let mode = if study.full_time { "全日制" } else { "在职" };
        book.add(
            Table::Education,
            row![
                person, mode, study.education, study.degree.as_deref(), study.major.map(|_| study.school), study.major, study.group, printed,
                study.started.date().to_string(), study.finished.date().to_string(), highest
            ],
        );
    }
}
