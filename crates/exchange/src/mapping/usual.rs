//! The facts that rosters usually hold, and the head wordings met for them.

use super::{KnownFact, Shape};
use crate::record::field::person as f;

/// Fact, its name, wordings beside the name, shape of its values.
const USUAL: [(&str, &str, &[&str], Shape); 46] = [
    (f::NAME, "姓名", &["名字", "干部姓名", "人员姓名"], Shape::Text),
    (
        f::ID_NUMBER,
        "身份证号",
        &[
            "身份证",
            "身份证号码",
            "公民身份号码",
            "公民身份证号",
            "证件号码",
            "身份号码",
        ],
        Shape::IdNumber,
    ),
    (f::SEX, "性别", &[], Shape::Text),
    (
        f::BORN,
        "出生年月",
        &["出生日期", "出生时间", "生日", "出生", "出生年月日"],
        Shape::Date,
    ),
    (f::ETHNICITY, "民族", &[], Shape::Text),
    (f::NATIVE_PLACE, "籍贯", &[], Shape::Text),
    (f::BIRTH_PLACE, "出生地", &[], Shape::Text),
    (f::GROWN_PLACE, "成长地", &[], Shape::Text),
    (f::HEALTH, "健康状况", &["身体状况"], Shape::Text),
    (
        f::JOINED_WORK,
        "参加工作时间",
        &["参加工作", "参工时间", "工作时间", "参加工作年月", "参加工作日期"],
        Shape::Date,
    ),
    (
        f::PARTY_TEXT,
        "入党时间",
        &["入党年月", "入党时间文字", "加入中国共产党时间", "入党日期"],
        Shape::Text,
    ),
    (f::PARTY, "政治面貌", &["党派", "政治面目"], Shape::Text),
    (f::SECOND_PARTY, "第二党派", &[], Shape::Text),
    (f::THIRD_PARTY, "第三党派", &[], Shape::Text),
    (
        f::SPECIALITY,
        "熟悉专业有何专长",
        &["熟悉专业有何特长", "专长", "特长", "熟悉专业"],
        Shape::Text,
    ),
    (
        f::QUALIFICATION,
        "专业技术职务",
        &["职称", "技术职称", "专业技术职称", "专业技术资格"],
        Shape::Text,
    ),
    (
        f::POST,
        "现任职务",
        &[
            "职务",
            "单位及职务",
            "工作单位及职务",
            "现工作单位及职务",
            "现任工作单位及职务",
            "现工作单位及职务全称",
            "现职务",
            "单位职务",
        ],
        Shape::Text,
    ),
    (f::POST_SHORT, "现工作单位及职务简称", &["职务简称"], Shape::Text),
    (
        f::POST_SINCE,
        "任现职时间",
        &["任现职务时间", "任职时间", "任现职年月", "现职务任职时间"],
        Shape::Date,
    ),
    (
        f::LEVEL,
        "现职务层次",
        &["职务层次", "职务级别", "行政级别", "现任职务层次"],
        Shape::Text,
    ),
    (
        f::LEVEL_SINCE,
        "任现职务层次时间",
        &[
            "任同职级时间",
            "任现级时间",
            "任职务层次时间",
            "任同级时间",
            "任现职级时间职务",
        ],
        Shape::Date,
    ),
    (f::RANK, "现职级", &["职级", "职级名称", "现任职级"], Shape::Text),
    (
        f::RANK_SINCE,
        "任现职级时间",
        &["任职级时间", "晋升职级时间", "现职级时间"],
        Shape::Date,
    ),
    (
        f::OFFICIAL_KIND,
        "人员类别",
        &["人员身份", "身份类别", "身份"],
        Shape::Text,
    ),
    (
        f::OFFICIAL_STATE,
        "人员管理状态",
        &["人员状态", "管理状态", "在职状态"],
        Shape::Text,
    ),
    (f::MANAGED_BY, "管理类别", &["干部管理类别", "管理权限"], Shape::Text),
    (
        f::ORGANISATION,
        "统计关系所在单位",
        &[
            "单位",
            "工作单位",
            "所在单位",
            "单位名称",
            "单位归口",
            "部门",
            "所属单位",
            "现工作单位",
        ],
        Shape::Text,
    ),
    (
        f::BASE_EXPERIENCE,
        "是否具有两年以上基层工作经历",
        &["两年以上基层工作经历", "基层工作经历"],
        Shape::Yes,
    ),
    (f::GRADE, "级别", &["工资级别"], Shape::Text),
    (
        f::ESTABLISHMENT,
        "编制类型",
        &["编制性质", "编制", "编制类别"],
        Shape::Text,
    ),
    (f::CIVIL_QUALIFICATION, "专业技术类公务员任职资格", &[], Shape::Text),
    (f::REGISTERED, "公务员登记时间", &["登记时间"], Shape::Date),
    (f::REMARK, "备注", &["说明"], Shape::Text),
    (
        f::RESUME_TEXT,
        "简历",
        &["工作简历", "个人简历", "学习工作简历", "主要简历"],
        Shape::Text,
    ),
    (f::AWARDS_TEXT, "奖惩情况", &["奖惩综述", "奖惩"], Shape::Text),
    (
        f::APPRAISALS_TEXT,
        "年度考核结果",
        &[
            "年度考核",
            "考核结果",
            "年度考核结果综述",
            "年度考核情况",
            "近三年年度考核结果",
        ],
        Shape::Text,
    ),
    (
        f::FULL_TIME,
        "全日制学历",
        &["全日制教育学历", "全日制教育", "第一学历", "全日制"],
        Shape::Text,
    ),
    (
        f::FULL_TIME_DEGREE,
        "全日制学位",
        &["全日制教育学位", "第一学位"],
        Shape::Text,
    ),
    (
        f::FULL_TIME_SCHOOL,
        "全日制毕业院校系及专业",
        &[
            "全日制教育毕业院校系及专业",
            "全日制教育毕业院校及专业",
            "全日制院校及专业",
            "全日制毕业院校",
            "全日制教育毕业院校",
            "全日制学校专业",
        ],
        Shape::Text,
    ),
    (
        f::IN_SERVICE,
        "在职学历",
        &["在职教育学历", "在职教育", "后续学历"],
        Shape::Text,
    ),
    (f::IN_SERVICE_DEGREE, "在职学位", &["在职教育学位"], Shape::Text),
    (
        f::IN_SERVICE_SCHOOL,
        "在职毕业院校系及专业",
        &[
            "在职教育毕业院校系及专业",
            "在职教育毕业院校及专业",
            "在职院校及专业",
            "在职毕业院校",
            "在职教育毕业院校",
            "在职学校专业",
        ],
        Shape::Text,
    ),
    (
        f::RETIRES,
        "到龄年月",
        &["到龄时间", "退休时间", "到龄退休时间", "退休年月"],
        Shape::Date,
    ),
    (
        f::FORMER_AGE_LIMIT,
        "改革前任职年龄界限",
        &["任职年龄界限"],
        Shape::Text,
    ),
    (f::RECRUITED, "录用时间", &["考录时间"], Shape::Date),
    (f::SELECTED_SINCE, "进入选调生时间", &["选调时间"], Shape::Date),
];

/// Head wordings met in rosters, by the names of [`crate::field::person`]. The dictionary's own list can stand in its
/// place or beside it in [`super::guess`].
pub fn usual_facts() -> Vec<KnownFact> {
    USUAL
        .iter()
        .map(|(id, name, aliases, shape)| KnownFact {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            shape: *shape,
        })
        .collect()
}
