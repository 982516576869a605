//! 学历学位.

use super::{Reading, Said, Wanted};
use exchange::field::person as f;
use exchange::{Cell, EducationRecord, Fault, Field, PersonRecord, Place};
use registry::rows::Education;

pub(crate) fn read(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    for one in &record.educations {
        listed(reading, record, one, wanted);
    }
    if record.educations.is_empty() {
        for mode in MODES {
            columns(reading, record, &mode, wanted);
        }
    }
    printed_once(reading, wanted);
    for id in ["education", "degree"] {
        if let Some(field) = record.fields.get(id).filter(|_| wanted.educations.is_empty()) {
            let right = "分“全日制教育”“在职教育”两栏填写";
            wanted.faults.push(Fault::finding(field.place.clone(), &field.value, "没有说明是全日制还是在职，没有登记", right));
        }
    }
}

struct Mode {
    name: &'static str,
    education: &'static str,
    degrees: [&'static str; 2],
    schools: [&'static str; 2],
}
const MODES: [Mode; 2] = [
    Mode {
        name: "全日制",
        education: f::FULL_TIME,
        degrees: [f::FULL_TIME_DEGREE, "degree.full_time"],
        schools: [f::FULL_TIME_SCHOOL, "education.full_time_text"],
    },
    Mode {
        name: "在职",
        education: f::IN_SERVICE,
        degrees: [f::IN_SERVICE_DEGREE, "degree.in_service"],
        schools: [f::IN_SERVICE_SCHOOL, "education.in_service_text"],
    },
];

/// A row of A08 or a half of the form.
fn listed(reading: &Reading, record: &PersonRecord, one: &EducationRecord, wanted: &mut Wanted) {
    let Some(full_time) = &one.full_time else {
        let value = one.name.as_ref().map_or("", |n| n.value.as_str());
        wanted.faults.push(Fault::error(one.place.clone(), value, "学历学位没有写教育类别，这一条没有导入", "应为 全日制 或 在职"));
        return;
    };
    let mode = if full_time.value { &MODES[0] } else { &MODES[1] };
    let education = reading.coding.first("education", [&one.name, &one.listed], &mut wanted.faults);
    let degree = degree_of(reading, [one.degree.as_ref(), one.degree_listed.as_ref()]);
    if education.is_none() && degree.is_none() {
        return;
    }
    // The form's own wording of the school, when this row came out of the form.
    let of_form = |id: &str| record.fields.get(id).filter(|field| one.school.as_ref().is_some_and(|s| s.place == field.place));
    let degree_school = if full_time.value { f::FULL_TIME_DEGREE_SCHOOL } else { f::IN_SERVICE_DEGREE_SCHOOL };
    let school_text = mode.schools.iter().copied().chain([degree_school]).find_map(of_form).map(|field| field.value.clone());
    let major = one.major.as_ref().map(|c| c.value.clone()).filter(|m| !m.is_empty());
    let row = Education {
        mode: mode.name.into(),
        education,
        degree,
        school: one.school.as_ref().map(|c| c.value.clone()).filter(|s| !s.is_empty()),
        major_group: group(reading, one.major_kind.as_ref(), major.as_deref()),
        major,
        school_text,
        started: one.from.as_ref().map(|d| d.value),
        from_day: one.until.as_ref().or(one.degree_on.as_ref()).map(|d| d.value),
        highest: one.printed.as_ref().is_some_and(|p| p.value) || is_form(&one.place),
    };
    let mut said = Said::new(row, &one.place);
    if one.printed.is_none() && !is_form(&one.place) {
        said.silent = &["highest"];
    }
    wanted.educations.push(said);
}

/// Columns of a roster.
fn columns(reading: &Reading, record: &PersonRecord, mode: &Mode, wanted: &mut Wanted) {
    let education = record.fields.get(mode.education);
    let degree = mode.degrees.iter().find_map(|id| record.fields.get(id));
    let school = mode.schools.iter().find_map(|id| record.fields.get(id));
    let Some(first) = education.or(degree) else { return };
    let as_cell = |field: &Field| Cell::new(field.value.clone(), field.place.clone());
    let row = Education {
        mode: mode.name.into(),
        education: education.and_then(|e| reading.coding.read("education", &e.value, &e.place, &mut wanted.faults)),
        degree: degree_of(reading, [degree.map(as_cell).as_ref(), None]),
        school: None,
        major: None,
        major_group: group(reading, None, school.map(|s| s.value.as_str())),
        school_text: school.map(|s| s.value.clone()),
        started: None,
        from_day: None,
        highest: true,
    };
    if row.education.is_some() || row.degree.is_some() {
        wanted.educations.push(Said::new(row, &first.place));
    }
}

/// The table's name of a degree, or the wording itself: there are more degrees than any table holds.
fn degree_of(reading: &Reading, cells: [Option<&Cell<String>>; 2]) -> Option<String> {
    let named = cells.iter().flatten().find_map(|c| reading.coding.maybe("degree", &c.value));
    named.or_else(|| cells.iter().flatten().map(|c| c.value.trim().to_owned()).find(|t| !t.is_empty()))
}

/// 专业类别: said, else by the keyword that the major names (the table's aliases, the longest found decides).
fn group(reading: &Reading, said: Option<&Cell<String>>, major: Option<&str>) -> Option<String> {
    if let Some(name) = said.and_then(|c| reading.coding.maybe("major_group", &c.value)) {
        return Some(name);
    }
    let major = major?;
    let table = reading.coding.dictionary.table("major_group")?;
    let words = table.values.iter().flat_map(|c| c.aliases.iter().map(move |a| (a, c)));
    words.filter(|(a, _)| major.contains(&***a)).max_by_key(|(a, _)| a.len()).map(|(_, c)| c.name.to_string())
}

fn is_form(place: &Place) -> bool {
    place.sheet.is_none() && place.element.is_some()
}

/// One row a mode is printed: when the file marks none, the highest education.
fn printed_once(reading: &Reading, wanted: &mut Wanted) {
    let table = reading.coding.dictionary.table("education");
    let height = |e: &Education| e.education.as_deref().and_then(|n| table?.code(n)?.height).unwrap_or(0);
    for mode in MODES {
        let of_mode = |s: &&mut Said<Education>| s.row.mode == mode.name;
        if wanted.educations.iter_mut().filter(of_mode).any(|s| s.row.highest) {
            continue;
        }
        if let Some(best) = wanted.educations.iter_mut().filter(of_mode).max_by_key(|s| height(&s.row)) {
            best.row.highest = true;
        }
    }
}
