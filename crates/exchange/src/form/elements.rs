//! The elements of `.lrmx`, and what the printed form calls them.

/// Element and its name on the form. The last two came with the form of 2025.
const ELEMENTS: [(&str, &str); 36] = [
    ("XingMing", "姓名"),
    ("XingBie", "性别"),
    ("ChuShengNianYue", "出生年月"),
    ("MinZu", "民族"),
    ("JiGuan", "籍贯"),
    ("ChuShengDi", "出生地"),
    ("RuDangShiJian", "入党时间"),
    ("CanJiaGongZuoShiJian", "参加工作时间"),
    ("JianKangZhuangKuang", "健康状况"),
    ("ZhuanYeJiShuZhiWu", "专业技术职务"),
    ("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长"),
    ("QuanRiZhiJiaoYu_XueLi", "全日制学历"),
    ("QuanRiZhiJiaoYu_XueWei", "全日制学位"),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "全日制学历院校系及专业"),
    ("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "全日制学位院校系及专业"),
    ("ZaiZhiJiaoYu_XueLi", "在职学历"),
    ("ZaiZhiJiaoYu_XueWei", "在职学位"),
    ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "在职学历院校系及专业"),
    ("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "在职学位院校系及专业"),
    ("XianRenZhiWu", "现任职务"),
    ("NiRenZhiWu", "拟任职务"),
    ("NiMianZhiWu", "拟免职务"),
    ("JianLi", "简历"),
    ("JiangChengQingKuang", "奖惩情况"),
    ("NianDuKaoHeJieGuo", "年度考核结果"),
    ("RenMianLiYou", "任免理由"),
    ("ChengBaoDanWei", "呈报单位"),
    ("JiSuanNianLingShiJian", "计算年龄时间"),
    ("TianBiaoShiJian", "填表时间"),
    ("TianBiaoRen", "填表人"),
    ("ShenFenZheng", "身份证"),
    ("ZhaoPian", "照片"),
    ("Version", "版本"),
    ("ZhengZhiMianMao", "政治面貌"),
    ("DaoLingNianYue", "到龄年月"),
    ("GaiGeQianRenZhiNianLingJieXian", "改革前任职年龄界限"),
];

/// Elements of a family member; three of them are also elements of the person.
const FAMILY: [(&str, &str); 5] = [
    ("ChengWei", "称谓"),
    ("XingMing", "姓名"),
    ("ChuShengRiQi", "出生日期"),
    ("ZhengZhiMianMao", "政治面貌"),
    ("GongZuoDanWeiJiZhiWu", "工作单位及职务"),
];

/// Is it an element of the person that holds text?
pub(crate) fn is_known(name: &str) -> bool {
    ELEMENTS.iter().any(|(element, _)| *element == name)
}
pub(crate) fn is_family_leaf(name: &str) -> bool {
    FAMILY.iter().any(|(element, _)| *element == name)
}
/// Does it hold text only?
pub(crate) fn is_leaf(name: &str) -> bool {
    is_known(name) || is_family_leaf(name)
}

/// What people call it: `简历`, `家庭成员第 2 人 出生日期`; the name itself when nobody knows it.
pub(crate) fn label(element: &str) -> String {
    if let Some((_, label)) = ELEMENTS.iter().find(|(name, _)| *name == element) {
        return (*label).to_owned();
    }
    let Some(item) = element.strip_prefix("JiaTingChengYuan/Item[") else {
        return element.to_owned();
    };
    let (number, rest) = item.split_once(']').unwrap_or((item, ""));
    let field = rest.trim_start_matches('/');
    let label = FAMILY
        .iter()
        .find(|(name, _)| *name == field)
        .map_or(field, |(_, label)| label);
    format!("家庭成员第 {number} 人 {label}").trim_end().to_owned()
}
