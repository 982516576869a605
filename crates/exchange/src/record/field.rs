//! Single-valued facts of a person or unit, by the dictionary's names.

use crate::Place;
use std::borrow::Cow;

/// 事实名: the dictionary's id, `born`, `party.joined`.
pub type FieldId = Cow<'static, str>;

/// 一项: one fact as a file states it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Field {
    pub id: FieldId,
    /// Tidied: dates as `1982-04`, yes and no as `是` and `否`, blanks trimmed, never empty.
    pub value: String,
    /// As the file wrote it, when that differs from `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    pub place: Place,
}

/// 各项: at most one value for each id, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<Field>);

impl Fields {
    pub fn get(&self, id: &str) -> Option<&Field> {
        self.0.iter().find(|f| f.id == id)
    }
    pub fn value(&self, id: &str) -> Option<&str> {
        self.get(id).map(|f| f.value.as_str())
    }
    /// The date of a field that holds one.
    pub fn date(&self, id: &str) -> Option<vocabulary::Date> {
        self.value(id).and_then(|v| v.parse().ok())
    }
    /// Sets or replaces; an empty value is left out.
    pub fn set(&mut self, id: impl Into<FieldId>, value: &str, written: &str, place: Place) {
        let id = id.into();
        if value.is_empty() {
            return;
        }
        let written = (written != value).then(|| written.to_owned());
        let field = Field {
            id,
            value: value.to_owned(),
            written,
            place,
        };
        match self.0.iter_mut().find(|f| f.id == field.id) {
            Some(old) => *old = field,
            None => self.0.push(field),
        }
    }
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.0.iter()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Names used in [`crate::PersonRecord::fields`]. Values are texts; those marked 日期 are `YYYY[-MM[-DD]]`.
pub mod person {
    pub const NAME: &str = "name";
    pub const ID_NUMBER: &str = "id_number";
    pub const SEX: &str = "sex";
    /// 出生年月，日期
    pub const BORN: &str = "born";
    pub const ETHNICITY: &str = "ethnicity";
    pub const NATIVE_PLACE: &str = "native_place";
    pub const BIRTH_PLACE: &str = "birth_place";
    /// 成长地
    pub const GROWN_PLACE: &str = "grown_place";
    pub const HEALTH: &str = "health";
    /// 参加工作时间，日期
    pub const JOINED_WORK: &str = "joined_work";
    /// 入党时间栏的文字：`200108`、`民建`、`200108；民建`
    pub const PARTY_TEXT: &str = "party.text";
    /// 政治面貌
    pub const PARTY: &str = "party";
    /// 入党时间，日期
    pub const PARTY_JOINED: &str = "party.joined";
    pub const SECOND_PARTY: &str = "party.second";
    pub const THIRD_PARTY: &str = "party.third";
    /// 熟悉专业有何专长
    pub const SPECIALITY: &str = "speciality";
    /// 专业技术职务
    pub const QUALIFICATION: &str = "qualification";
    /// 现任职务、现工作单位及职务全称
    pub const POST: &str = "post";
    /// 现工作单位及职务简称
    pub const POST_SHORT: &str = "post.short";
    /// 现职务层次
    pub const LEVEL: &str = "level";
    /// 任现职务层次时间，日期
    pub const LEVEL_SINCE: &str = "level.since";
    /// 现职级
    pub const RANK: &str = "rank";
    /// 任现职级时间，日期
    pub const RANK_SINCE: &str = "rank.since";
    /// 任现职时间，日期
    pub const POST_SINCE: &str = "post.since";
    /// 人员类别
    pub const OFFICIAL_KIND: &str = "official_kind";
    /// 人员管理状态
    pub const OFFICIAL_STATE: &str = "official_state";
    /// 管理类别
    pub const MANAGED_BY: &str = "managed_by";
    /// 统计关系所在单位
    pub const ORGANISATION: &str = "organisation";
    /// 是否具有两年以上基层工作经历：`是`、`否`
    pub const BASE_EXPERIENCE: &str = "base_experience";
    /// 级别（一级至二十七级）
    pub const GRADE: &str = "grade";
    /// 编制类型
    pub const ESTABLISHMENT: &str = "establishment";
    /// 专业技术类公务员任职资格
    pub const CIVIL_QUALIFICATION: &str = "civil_qualification";
    /// 公务员登记时间，日期
    pub const REGISTERED: &str = "registered";
    pub const REMARK: &str = "remark";
    /// 简历原文
    pub const RESUME_TEXT: &str = "resume.text";
    /// 奖惩综述
    pub const AWARDS_TEXT: &str = "awards.text";
    /// 年度考核结果综述
    pub const APPRAISALS_TEXT: &str = "appraisals.text";
    /// 全日制学历
    pub const FULL_TIME: &str = "education.full_time";
    /// 全日制学位
    pub const FULL_TIME_DEGREE: &str = "education.full_time.degree";
    /// 全日制学历的院校系及专业
    pub const FULL_TIME_SCHOOL: &str = "education.full_time.school";
    /// 全日制学位的院校系及专业
    pub const FULL_TIME_DEGREE_SCHOOL: &str = "education.full_time.degree_school";
    /// 在职学历
    pub const IN_SERVICE: &str = "education.in_service";
    /// 在职学位
    pub const IN_SERVICE_DEGREE: &str = "education.in_service.degree";
    /// 在职学历的院校系及专业
    pub const IN_SERVICE_SCHOOL: &str = "education.in_service.school";
    /// 在职学位的院校系及专业
    pub const IN_SERVICE_DEGREE_SCHOOL: &str = "education.in_service.degree_school";
    /// 到龄年月，日期（2025 年新表）
    pub const RETIRES: &str = "retires";
    /// 改革前任职年龄界限（2025 年新表），原文
    pub const FORMER_AGE_LIMIT: &str = "former_age_limit";
    /// 是否考录：`是`、`否`
    pub const RECRUITED_BY_EXAM: &str = "recruited_by_exam";
    /// 录用时间，日期
    pub const RECRUITED: &str = "recruited";
    /// 是否选调生：`是`、`否`
    pub const SELECTED_GRADUATE: &str = "selected_graduate";
    /// 进入选调生时间，日期
    pub const SELECTED_SINCE: &str = "selected_since";

    /// Ids whose values are dates.
    pub const DATES: [&str; 11] = [
        BORN,
        JOINED_WORK,
        PARTY_JOINED,
        LEVEL_SINCE,
        RANK_SINCE,
        POST_SINCE,
        REGISTERED,
        RETIRES,
        RECRUITED,
        SELECTED_SINCE,
        "appointed",
    ];
}

/// Names used in [`crate::UnitRecord::fields`].
pub mod unit {
    pub const NAME: &str = "name";
    pub const SHORT_NAME: &str = "short_name";
    pub const CODE: &str = "code";
    /// 所在政区
    pub const REGION: &str = "region";
    /// 隶属关系
    pub const SUBORDINATION: &str = "subordination";
    /// 机构级别
    pub const LEVEL: &str = "level";
    /// 机构类别
    pub const KIND: &str = "kind";
    /// 法人单位标识：`法人单位`、`内设机构`、`机构分组`
    pub const STANDING: &str = "standing";
    /// 行政编制数；编制数与职数都是整数，0 是零，不是未填
    pub const ADMINISTRATIVE_PLACES: &str = "places.administrative";
    pub const CIVIL_INSTITUTION_PLACES: &str = "places.civil_institution";
    pub const INSTITUTION_PLACES: &str = "places.institution";
    pub const WORKER_PLACES: &str = "places.worker";
    pub const OTHER_PLACES: &str = "places.other";
    /// 参照公务员法管理审批时间，日期
    pub const CIVIL_APPROVED: &str = "civil_approved";
    pub const CIVIL_PAPER: &str = "civil_paper";
    /// 内设机构领导职数
    pub const INNER_LEADERS: &str = "leaders.inner";
    pub const CHIEF_LEADERS: &str = "leaders.chief";
    pub const DEPUTY_LEADERS: &str = "leaders.deputy";
    pub const REMARK: &str = "remark";
    /// 同级排序号
    pub const ORDER: &str = "order";
}
