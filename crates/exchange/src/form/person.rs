//! The texts of a form become one person.

use super::{Form, Member};
use crate::record::field::person as f;
use crate::values::{empty, identity, name, one_line, party, school, several_lines, when};
use crate::{Cell, EducationRecord, FamilyRecord, Fault, PersonRecord, Proposal, Text};

/// Elements that are plain texts of one line.
const LINES: [(&str, &str); 16] = [
    ("JiGuan", f::NATIVE_PLACE),
    ("ChuShengDi", f::BIRTH_PLACE),
    ("JianKangZhuangKuang", f::HEALTH),
    ("ZhuanYeJiShuZhiWu", f::QUALIFICATION),
    ("ShuXiZhuanYeYouHeZhuanChang", f::SPECIALITY),
    ("QuanRiZhiJiaoYu_XueLi", f::FULL_TIME),
    ("QuanRiZhiJiaoYu_XueWei", f::FULL_TIME_DEGREE),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", f::FULL_TIME_SCHOOL),
    ("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", f::FULL_TIME_DEGREE_SCHOOL),
    ("ZaiZhiJiaoYu_XueLi", f::IN_SERVICE),
    ("ZaiZhiJiaoYu_XueWei", f::IN_SERVICE_DEGREE),
    ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", f::IN_SERVICE_SCHOOL),
    ("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", f::IN_SERVICE_DEGREE_SCHOOL),
    ("XianRenZhiWu", f::POST),
    ("GaiGeQianRenZhiNianLingJieXian", f::FORMER_AGE_LIMIT),
    ("RuDangShiJian", f::PARTY_TEXT),
];
const DATES: [(&str, &str); 3] = [
    ("ChuShengNianYue", f::BORN),
    ("CanJiaGongZuoShiJian", f::JOINED_WORK),
    ("DaoLingNianYue", f::RETIRES),
];
/// ED and IL together: with one of these in the work text, the age is not printed.
const DEPARTED: [&str; 6] = ["去世", "死亡", "逝世", "已逝", "已故", "病故"];

pub(crate) fn person(mut form: Form) -> PersonRecord {
    let mut person = PersonRecord {
        place: form.place.clone(),
        ..PersonRecord::default()
    };
    person.faults.append(&mut form.faults);
    basics(&form, &mut person);
    political(&form, &mut person);
    for (element, id) in LINES {
        if let Some((text, place)) = form.get(element) {
            person.fields.set(id, &one_line(text), text, place.clone());
        }
    }
    person.educations = educations(&form);
    long_texts(&form, &mut person);
    proposal(&form, &mut person);
    for member in &form.family {
        person.family.extend(family(member, &mut person.faults));
    }
    person.photo = form.photo.take().or_else(|| {
        let (text, place) = form.get("ZhaoPian")?;
        super::from_base64(text, place, &mut person.faults)
    });
    person.extra = form.extra;
    identity::check(&mut person);
    if person.name().is_empty() {
        let place = form.place.at_element("XingMing");
        person.faults.push(Fault::error(place, "", "没有姓名", "请填写姓名"));
    }
    person
}

fn basics(form: &Form, person: &mut PersonRecord) {
    if let Some((text, place)) = form.get("XingMing") {
        person
            .fields
            .set(f::NAME, &name::tidy(&one_line(text)), text, place.clone());
    }
    if let Some((text, place)) = form.get("ShenFenZheng") {
        let number = vocabulary::identity::tidy(&one_line(text));
        person.fields.set(f::ID_NUMBER, &number, text, place.clone());
    }
    if let Some((text, place)) = form.get("XingBie") {
        person.sex(text, place);
    }
    if let Some((text, place)) = form.get("MinZu") {
        person.ethnicity(text, place);
    }
    for (element, id) in DATES {
        if let Some((text, place)) = form.get(element) {
            person.date(id, text, place);
        }
    }
}

fn political(form: &Form, person: &mut PersonRecord) {
    let mut named = None;
    if let Some((text, place)) = form.get("ZhengZhiMianMao") {
        let value = one_line(text);
        let value = party::name(&value).unwrap_or(&value);
        person.fields.set(f::PARTY, value, text, place.clone());
        named = (!value.is_empty()).then(|| value.to_owned());
    }
    let Some((text, place)) = form.get("RuDangShiJian") else {
        return;
    };
    person.party_text(text, place, named.as_deref());
}

/// Full-time and in-service, each one record, or two when the degree comes from elsewhere.
fn educations(form: &Form) -> Vec<EducationRecord> {
    let mut all = Vec::new();
    for (prefix, full_time) in [("QuanRiZhiJiaoYu", true), ("ZaiZhiJiaoYu", false)] {
        let text = |part: &str| {
            let (text, place) = form.get(&format!("{prefix}_{part}"))?;
            let tidy = several_lines(text);
            (!tidy.trim().is_empty()).then(|| Cell::new(tidy.trim().to_owned(), place.clone()))
        };
        let (name, degree) = (text("XueLi"), text("XueWei"));
        let (school, degree_school) = (text("XueLi_BiYeYuanXiaoXi"), text("XueWei_BiYeYuanXiaoXi"));
        all.extend(education_pair(full_time, name, degree, school, degree_school));
    }
    all
}

/// One record when degree and education share a school (the second school empty or the same), else two.
pub(crate) fn education_pair(
    full_time: bool,
    name: Text,
    degree: Text,
    school: Text,
    degree_school: Text,
) -> Vec<EducationRecord> {
    let elsewhere = match (&school, &degree_school) {
        (Some(a), Some(b)) => {
            empty::one_line(&a.value) != empty::one_line(&b.value) && name.is_some() && degree.is_some()
        }
        _ => false,
    };
    let record = |name: Text, degree: Text, school: Text| {
        let place = name
            .as_ref()
            .or(degree.as_ref())
            .or(school.as_ref())
            .map(|c| c.place.clone())?;
        let mut record = EducationRecord {
            full_time: Some(Cell::new(full_time, place.clone())),
            name: name.map(flat),
            degree: degree.map(flat),
            place,
            ..EducationRecord::default()
        };
        if let Some(school) = school {
            let (at, major) = school::split(&school.value);
            record.major = major.map(|m| Cell::new(m, school.place.clone()));
            record.school = Some(Cell::new(at, school.place));
        }
        Some(record)
    };
    if elsewhere {
        [record(name, None, school), record(None, degree, degree_school)]
            .into_iter()
            .flatten()
            .collect()
    } else {
        record(name, degree, school.or(degree_school)).into_iter().collect()
    }
}

fn flat(cell: Cell<String>) -> Cell<String> {
    Cell::new(one_line(&cell.value), cell.place)
}

fn long_texts(form: &Form, person: &mut PersonRecord) {
    if let Some((text, place)) = form.get("JiangChengQingKuang") {
        person
            .fields
            .set(f::AWARDS_TEXT, &several_lines(text), text, place.clone());
    }
    if let Some((text, place)) = form.get("NianDuKaoHeJieGuo") {
        person.appraisals_text(text, place);
    }
    if let Some((text, place)) = form.get("JianLi") {
        person.resume_text(text, place);
    }
}

fn proposal(form: &Form, person: &mut PersonRecord) {
    let line = |element: &str| {
        let (text, place) = form.get(element)?;
        let value = if element == "RenMianLiYou" {
            several_lines(text)
        } else {
            one_line(text)
        };
        (!value.is_empty()).then(|| Cell::new(value, place.clone()))
    };
    let mut faults = Vec::new();
    let mut day = |element: &str| {
        let (text, place) = form.get(element)?;
        when(&one_line(text), place, &mut faults)
    };
    let proposal = Proposal {
        age_on: day("JiSuanNianLingShiJian"),
        filled_on: day("TianBiaoShiJian"),
        appoint: line("NiRenZhiWu"),
        remove: line("NiMianZhiWu"),
        reason: line("RenMianLiYou"),
        reported_by: line("ChengBaoDanWei"),
        filled_by: line("TianBiaoRen"),
    };
    person.faults.append(&mut faults);
    if let (Some(by), Some(unit)) = (&proposal.filled_by, &proposal.reported_by)
        && by.value == unit.value
    {
        person.faults.push(Fault::finding(
            by.place.clone(),
            &by.value,
            "填表人与呈报单位相同，可能是导出软件填错了",
            "填表人应为人名",
        ));
    }
    person.proposal = (!proposal.is_empty()).then_some(proposal);
}

/// None when nothing but blanks was written of the member.
fn family(member: &Member, faults: &mut Vec<Fault>) -> Option<FamilyRecord> {
    let line = |element: &str| {
        let (text, place) = member.get(element)?;
        let value = one_line(text);
        (!value.is_empty()).then(|| Cell::new(value, place.clone()))
    };
    let mut record = FamilyRecord {
        place: member.place.clone(),
        relation: line("ChengWei"),
        name: line("XingMing").map(|c| Cell::new(name::tidy(&c.value), c.place)),
        party: line("ZhengZhiMianMao"),
        work: line("GongZuoDanWeiJiZhiWu"),
        ..FamilyRecord::default()
    };
    if let Some((text, place)) = member.get("ChuShengRiQi") {
        record.born = when(&one_line(text), place, faults);
    }
    record.departed = record.work.as_ref().is_some_and(|w| is_departed(&w.value));
    let empty = record.relation.is_none() && record.name.is_none() && record.work.is_none();
    if !empty && record.relation.is_none() {
        faults.push(Fault::finding(
            record.place.clone(),
            "",
            "家庭成员没有称谓",
            "如 妻子、儿子、父亲",
        ));
    }
    (!empty).then_some(record)
}

/// Does the work text say that the person has died?
pub(crate) fn is_departed(work: &str) -> bool {
    DEPARTED.iter().any(|word| work.contains(word))
}
