//! 是不是同一条: when a row of the file speaks of a row on record, and what its columns are called.

use registry::dated::Noun;
use registry::person;
use registry::rows::{
    Appraisal, Award, Details, Education, FormText, Membership, PoolEntry, Qualification, RankHeld, Relative, Sanction, Tenure,
};
use vocabulary::Date;

pub(crate) trait Alike: Noun + Clone {
    const NOUN: &'static str;
    /// Are rows that the file does not mention worth a line?
    const TELLS_ABSENT: bool = false;
    /// 0: another row. The higher, the surer.
    fn alike(&self, held: &Self) -> u32;
    /// What the row is called; empty where there is only one.
    fn label(&self) -> String;
    /// The whole row in a few words, for a line that adds it.
    fn told(&self) -> String {
        self.label()
    }
    /// What people call a column; None for what only follows from the column before it.
    fn column(column: &str) -> Option<&'static str>;
}

/// The same day, as far as both know it.
fn same_day(a: Option<Date>, b: Option<Date>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            let (a, b) = (a.to_string(), b.to_string());
            a.starts_with(&b) || b.starts_with(&a)
        }
        _ => false,
    }
}

fn period(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (from, until) => {
            let text = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("（{}至{}）", text(from), until.map_or("今".to_owned(), |u| u.to_string()))
        }
    }
}

impl Alike for Details {
    const NOUN: &'static str = "基本信息";
    fn alike(&self, _: &Self) -> u32 {
        1
    }
    fn label(&self) -> String {
        String::new()
    }
    fn column(column: &str) -> Option<&'static str> {
        person::field_name(column)
    }
}

impl Alike for Tenure {
    const NOUN: &'static str = "任职";
    fn alike(&self, held: &Self) -> u32 {
        let from = same_day(Some(self.from_day), Some(held.from_day));
        let title = self.title == held.title || (self.post.is_some() && self.post == held.post);
        match (title, from) {
            (true, true) => 10,
            (true, false) if self.until_day.is_none() && held.until_day.is_none() => 5,
            // A title written otherwise: the same place, the same days.
            (false, true) if self.organisation.is_some() && self.organisation == held.organisation && self.until_day.is_none() == held.until_day.is_none() => 3,
            _ => 0,
        }
    }
    fn label(&self) -> String {
        self.title.clone()
    }
    fn told(&self) -> String {
        format!("{}{}", self.title, period(Some(self.from_day), self.until_day))
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "post" => "对应岗位",
            "organisation" => "任职机构",
            "title" => "职务名称",
            "kind" => "任职方式",
            "role" => "成员类别",
            "leading" => "领导职务",
            "level" => "职务层次",
            "main" => "主职务",
            "order_no" => "职务排序",
            "way" => "选拔任用方式",
            "paper" => "任职文号",
            "end_paper" => "免职文号",
            "end_reason" => "免职原因",
            "probation_until" => "试用期满",
            "from_day" => "任职时间",
            "until_day" => "免职时间",
            _ => return None,
        })
    }
}

impl Alike for RankHeld {
    const NOUN: &'static str = "职务职级";
    fn alike(&self, held: &Self) -> u32 {
        if self.ladder != held.ladder || self.rank != held.rank {
            0
        } else if same_day(Some(self.from_day), Some(held.from_day)) {
            10
        } else if self.until_day.is_none() && held.until_day.is_none() {
            5
        } else {
            0
        }
    }
    fn label(&self) -> String {
        self.rank.clone()
    }
    fn told(&self) -> String {
        format!("{}{}", self.rank, period(Some(self.from_day), self.until_day))
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "ladder" => "类别",
            "rank" => "职务职级",
            "paper" => "批准文号",
            "from_day" => "任职时间",
            "until_day" => "终止时间",
            _ => return None,
        })
    }
}

impl Alike for Membership {
    const NOUN: &'static str = "政治面貌";
    fn alike(&self, held: &Self) -> u32 {
        // Another party in the place of the one held: 预备党员 becomes 中共党员.
        if self.party == held.party { 10 } else { 1 }
    }
    fn label(&self) -> String {
        self.party.clone()
    }
    fn told(&self) -> String {
        format!("{}{}", self.party, period(self.from_day, self.until_day))
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "party" => "政治面貌",
            "from_day" => "入党时间",
            "until_day" => "终止时间",
            _ => return None,
        })
    }
}

impl Alike for Education {
    const NOUN: &'static str = "学历学位";
    fn alike(&self, held: &Self) -> u32 {
        if self.mode != held.mode {
            return 0;
        }
        let schools = [&self.school, &self.school_text].iter().any(|s| s.is_some() && (**s == held.school || **s == held.school_text));
        let degree = self.degree.is_some() && self.degree == held.degree;
        let base = match (&self.education, &held.education) {
            (Some(a), Some(b)) if a == b => 10,
            (Some(_), Some(_)) => return 0,
            (None, _) | (_, None) if degree => 6,
            _ => return 0,
        };
        base + if schools { 5 } else { 0 } + if degree { 3 } else { 0 }
    }
    fn label(&self) -> String {
        let name = self.education.as_ref().or(self.degree.as_ref()).cloned().unwrap_or_default();
        format!("{}{name}", self.mode)
    }
    fn told(&self) -> String {
        let parts = [&self.education, &self.degree, &self.school_text, &self.school, &self.major];
        let parts: Vec<&str> = parts.iter().filter_map(|p| p.as_deref()).collect();
        format!("{} {}", self.mode, parts.join(" "))
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "mode" => "教育类别",
            "education" => "学历",
            "degree" => "学位",
            "school" => "毕业院校系",
            "major" => "专业",
            "major_group" => "专业类别",
            "school_text" => "毕业院校系及专业",
            "started" => "入学时间",
            "from_day" => "毕业时间",
            "highest" => "表上所列",
            _ => return None,
        })
    }
}

impl Alike for Qualification {
    const NOUN: &'static str = "专业技术职务";
    fn alike(&self, held: &Self) -> u32 {
        if self.name != held.name {
            0
        } else if same_day(self.from_day, held.from_day) {
            10
        } else {
            5
        }
    }
    fn label(&self) -> String {
        self.name.clone()
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "name" => "资格名称",
            "way" => "取得资格途径",
            "from_day" => "获得资格日期",
            "until_day" => "终止时间",
            _ => return None,
        })
    }
}

impl Alike for Appraisal {
    const NOUN: &'static str = "年度考核";
    fn alike(&self, held: &Self) -> u32 {
        if self.year == held.year { 10 } else { 0 }
    }
    fn label(&self) -> String {
        format!("{}年度", self.year)
    }
    fn told(&self) -> String {
        self.grade.clone()
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "year" => "年度",
            "grade" => "考核结果",
            "from_day" => "日期",
            _ => return None,
        })
    }
}

/// Awards and sanctions alike: name, and day as far as known.
fn alike_by_name(name: (&str, Option<Date>), held: (&str, Option<Date>)) -> u32 {
    if name.0 != held.0 {
        0
    } else if same_day(name.1, held.1) {
        10
    } else if name.1.is_none() || held.1.is_none() {
        5
    } else {
        0
    }
}

impl Alike for Award {
    const NOUN: &'static str = "奖励";
    fn alike(&self, held: &Self) -> u32 {
        alike_by_name((&self.name, self.from_day), (&held.name, held.from_day))
    }
    fn label(&self) -> String {
        self.name.clone()
    }
    fn told(&self) -> String {
        let day = self.from_day.map(|d| d.to_string()).unwrap_or_default();
        format!("{} {day} {}", self.name, self.organ.as_deref().unwrap_or("")).trim().to_owned()
    }
    fn column(column: &str) -> Option<&'static str> {
        sanction_column(column)
    }
}

impl Alike for Sanction {
    const NOUN: &'static str = "处分处理";
    fn alike(&self, held: &Self) -> u32 {
        alike_by_name((&self.name, Some(self.from_day)), (&held.name, Some(held.from_day)))
    }
    fn label(&self) -> String {
        self.name.clone()
    }
    fn told(&self) -> String {
        format!("{}{}", self.name, period(Some(self.from_day), self.until_day))
    }
    fn column(column: &str) -> Option<&'static str> {
        sanction_column(column)
    }
}

fn sanction_column(column: &str) -> Option<&'static str> {
    Some(match column {
        "name" => "名称",
        "kind" => "种类",
        "organ" => "批准机关",
        "from_day" => "批准日期",
        "until_day" => "影响期满或撤销日期",
        _ => return None,
    })
}

impl Alike for Relative {
    const NOUN: &'static str = "家庭成员";
    const TELLS_ABSENT: bool = true;
    fn alike(&self, held: &Self) -> u32 {
        match (self.name == held.name && !self.name.is_empty(), self.relation == held.relation) {
            (true, true) => 10,
            // 儿子 becomes 长子 when a second is born.
            (true, false) => 4,
            (false, true) if self.name.is_empty() && held.name.is_empty() => 6,
            _ => 0,
        }
    }
    fn label(&self) -> String {
        format!("{}{}", self.relation, self.name)
    }
    fn told(&self) -> String {
        let born = self.born.map(|b| b.to_string()).unwrap_or_default();
        format!("{} {} {born} {} {}", self.relation, self.name, self.party.as_deref().unwrap_or(""), self.work).split_whitespace().collect::<Vec<_>>().join(" ")
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "relation" => "称谓",
            "name" => "姓名",
            "born" => "出生日期",
            "party" => "政治面貌",
            "work" => "工作单位及职务",
            "order_no" => "排序",
            _ => return None,
        })
    }
}

impl Alike for PoolEntry {
    const NOUN: &'static str = "后备入库";
    fn alike(&self, held: &Self) -> u32 {
        if self.kind != held.kind {
            0
        } else if same_day(Some(self.from_day), Some(held.from_day)) {
            10
        } else if held.until_day.is_none() {
            5
        } else {
            0
        }
    }
    fn label(&self) -> String {
        self.kind.clone()
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "kind" => "类型",
            "from_day" => "入库时间",
            "until_day" => "出库时间",
            _ => return None,
        })
    }
}

impl Alike for FormText {
    const NOUN: &'static str = "表上文字";
    fn alike(&self, held: &Self) -> u32 {
        if self.field == held.field { 10 } else { 0 }
    }
    fn label(&self) -> String {
        match self.field.as_str() {
            "JiangChengQingKuang" => "奖惩情况",
            "NianDuKaoHeJieGuo" => "年度考核结果",
            "NiRenZhiWu" => "拟任职务",
            "NiMianZhiWu" => "拟免职务",
            "RenMianLiYou" => "任免理由",
            "ChengBaoDanWei" => "呈报单位",
            "TianBiaoRen" => "填表人",
            "TianBiaoShiJian" => "填表时间",
            "JiSuanNianLingShiJian" => "计算年龄时间",
            other => return kept_name(other).to_owned(),
        }
        .to_owned()
    }
    fn told(&self) -> String {
        crate::change::cut(&self.text)
    }
    fn column(column: &str) -> Option<&'static str> {
        Some(match column {
            "field" => "栏目",
            "text" => "文字",
            _ => return None,
        })
    }
}

/// `field:grade` and `extra:DangNeiZhiWu` in office words.
fn kept_name(field: &str) -> &str {
    crate::kept_label(field).unwrap_or_else(|| field.split_once(':').map_or(field, |(_, id)| id))
}
