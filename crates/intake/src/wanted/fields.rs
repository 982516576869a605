//! 各项的去处: which single values of a record have a place of their own, and which are kept as text.

use exchange::field::person as f;

/// Values without a table of their own: kept among the form's texts as `field:<id>`, so that an export can give them back.
pub(crate) const KEPT: [&str; 11] = [
    f::POST_SHORT,
    f::BASE_EXPERIENCE,
    f::GRADE,
    f::ESTABLISHMENT,
    f::CIVIL_QUALIFICATION,
    f::REGISTERED,
    f::RECRUITED_BY_EXAM,
    f::RECRUITED,
    f::SELECTED_GRADUATE,
    f::SELECTED_SINCE,
    f::RETIRES,
];

/// The heading of a kept value (`field:grade`): what forms and workbooks call it. `None` for any other text.
pub fn kept_label(field: &str) -> Option<&'static str> {
    Some(match field.strip_prefix("field:")? {
        f::POST_SHORT => "工作单位及职务简称",
        f::BASE_EXPERIENCE => "两年以上基层工作经历",
        f::GRADE => "级别",
        f::ESTABLISHMENT => "编制类型",
        f::CIVIL_QUALIFICATION => "专业技术类公务员任职资格",
        f::REGISTERED => "公务员登记时间",
        f::RECRUITED_BY_EXAM => "是否考录",
        f::RECRUITED => "录用时间",
        f::SELECTED_GRADUATE => "是否选调生",
        f::SELECTED_SINCE => "进入选调生时间",
        f::RETIRES => "到龄年月",
        _ => return None,
    })
}

/// Values that become columns or rows, by the names of records and of the dictionary.
const TAKEN: [&str; 57] = [
    f::NAME,
    f::ID_NUMBER,
    f::SEX,
    f::BORN,
    f::ETHNICITY,
    f::NATIVE_PLACE,
    f::BIRTH_PLACE,
    f::GROWN_PLACE,
    "growth_place",
    f::HEALTH,
    f::JOINED_WORK,
    f::PARTY_TEXT,
    f::PARTY,
    f::PARTY_JOINED,
    f::SECOND_PARTY,
    f::THIRD_PARTY,
    f::SPECIALITY,
    f::QUALIFICATION,
    f::POST,
    "post.title",
    f::LEVEL,
    f::LEVEL_SINCE,
    f::RANK,
    f::RANK_SINCE,
    f::POST_SINCE,
    f::OFFICIAL_KIND,
    f::OFFICIAL_STATE,
    f::MANAGED_BY,
    f::ORGANISATION,
    f::REMARK,
    f::RESUME_TEXT,
    f::AWARDS_TEXT,
    f::APPRAISALS_TEXT,
    f::FULL_TIME,
    f::FULL_TIME_DEGREE,
    f::FULL_TIME_SCHOOL,
    f::FULL_TIME_DEGREE_SCHOOL,
    f::IN_SERVICE,
    f::IN_SERVICE_DEGREE,
    f::IN_SERVICE_SCHOOL,
    f::IN_SERVICE_DEGREE_SCHOOL,
    "degree.full_time",
    "degree.in_service",
    "education.full_time_text",
    "education.in_service_text",
    f::FORMER_AGE_LIMIT,
    "retirement_limit",
    "family.spouse_emigrated",
    "family.children_emigrated",
    "appraisal.grade_1",
    "appraisal.grade_2",
    "appraisal.grade_3",
    "appraisal.grade_4",
    "appraisal.grade_5",
    "reserve",
    "reserve.since",
    "person.id",
];

/// May a column of a roster be taken for this fact? What is computed cannot be brought by a file.
pub(crate) fn fills(fact: &str) -> bool {
    TAKEN.contains(&fact) || KEPT.contains(&fact) || fact.starts_with("year.") || fact.starts_with("appraisal.year_")
}
