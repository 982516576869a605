//! 可以要求更正的内容: every noun of a record, its fields as people call them, and how one is mended through the rows.

use crate::dated::{self, Noun};
use crate::register::Layer;
use crate::rows::{Appraisal, Award, Details, Education, Membership, Qualification, RankHeld, Relative, ResumeLine, Sanction, Tenure, Training};
use crate::{Desk, Error, Person, Result, person};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use vocabulary::{Date, Id};

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Text,
    Date,
    Number,
    /// Code table of the dictionary.
    Code(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub column: &'static str,
    pub label: &'static str,
    pub takes: Takes,
    /// Must an entry that is added have it?
    pub needed: bool,
}

/// One noun of a record.
#[derive(Clone, Copy, Debug)]
pub struct NounOf {
    pub table: &'static str,
    pub title: &'static str,
    /// Fact id that ledgers mark, or how such ids begin; the column itself for basic information.
    pub fact: &'static str,
    pub fields: &'static [Field],
    /// What an added entry holds besides the fields, as JSON.
    blank: &'static str,
}

const fn text(column: &'static str, label: &'static str) -> Field {
    Field { column, label, takes: Takes::Text, needed: false }
}
const fn date(column: &'static str, label: &'static str) -> Field {
    Field { column, label, takes: Takes::Date, needed: false }
}
const fn number(column: &'static str, label: &'static str) -> Field {
    Field { column, label, takes: Takes::Number, needed: true }
}
const fn code(column: &'static str, label: &'static str, table: &'static str) -> Field {
    Field { column, label, takes: Takes::Code(table), needed: false }
}
const fn needed(field: Field) -> Field {
    Field { needed: true, ..field }
}

/// In the order of the page.
pub const NOUNS: &[NounOf] = &[
    NounOf {
        table: "person_details",
        title: "基本信息",
        fact: "",
        fields: &[
            needed(text("name", "姓名")),
            code("sex", "性别", "sex"),
            date("born", "出生年月"),
            text("id_number", "身份证号"),
            code("ethnicity", "民族", "ethnicity"),
            text("native_place", "籍贯"),
            text("birth_place", "出生地"),
            text("growth_place", "成长地"),
            date("joined_work", "参加工作时间"),
            text("party_text", "入党时间文字"),
            text("health", "健康状况"),
            text("speciality", "熟悉专业有何专长"),
            code("official_kind", "人员类别", "official_kind"),
            code("official_state", "人员管理状态", "official_state"),
            code("managed_by", "管理类别", "managed_by"),
        ],
        blank: "{}",
    },
    NounOf {
        table: "tenures",
        title: "任职",
        fact: "post",
        fields: &[needed(text("title", "职务")), needed(date("from_day", "任职时间")), date("until_day", "免职时间"), text("paper", "任职文号")],
        blank: r#"{"kind":"任职","main":false,"order_no":99}"#,
    },
    NounOf {
        table: "ranks",
        title: "职务层次与职级",
        fact: "rank",
        fields: &[needed(text("ladder", "序列")), needed(text("rank", "名称")), needed(date("from_day", "起始时间")), date("until_day", "截止时间"), text("paper", "文号")],
        blank: "{}",
    },
    NounOf {
        table: "memberships",
        title: "政治面貌",
        fact: "party",
        fields: &[needed(code("party", "政治面貌", "party")), date("from_day", "加入时间"), date("until_day", "截止时间")],
        blank: "{}",
    },
    NounOf {
        table: "educations",
        title: "学历学位",
        fact: "education",
        fields: &[
            needed(text("mode", "教育类别（全日制、在职）")),
            code("education", "学历", "education"),
            text("degree", "学位"),
            text("school_text", "毕业院校系及专业"),
            date("from_day", "毕业时间"),
        ],
        blank: r#"{"highest":false}"#,
    },
    NounOf {
        table: "qualifications",
        title: "专业技术职务",
        fact: "qualification",
        fields: &[needed(text("name", "名称")), text("way", "取得途径"), date("from_day", "取得时间")],
        blank: "{}",
    },
    NounOf {
        table: "appraisals",
        title: "年度考核",
        fact: "appraisal",
        fields: &[number("year", "年度"), needed(code("grade", "结果", "appraisal_grade"))],
        blank: "{}",
    },
    NounOf {
        table: "awards",
        title: "奖励",
        fact: "award",
        fields: &[needed(text("name", "奖励名称")), text("organ", "批准机关"), date("from_day", "批准时间")],
        blank: "{}",
    },
    NounOf {
        table: "trainings",
        title: "教育培训",
        fact: "training",
        fields: &[needed(text("name", "班次")), needed(text("kind", "方式")), number("hours", "学时"), text("organ", "主办单位"), needed(date("from_day", "开始时间"))],
        blank: r#"{"days":0}"#,
    },
    NounOf {
        table: "resume_lines",
        title: "简历",
        fact: "resume",
        fields: &[date("from_day", "起"), date("until_day", "止"), needed(text("text", "内容"))],
        blank: r#"{"kind":"工作","order_no":999,"notes":""}"#,
    },
    NounOf {
        table: "sanctions",
        title: "惩戒",
        fact: "sanction",
        fields: &[needed(text("name", "名称")), text("organ", "决定机关"), needed(date("from_day", "生效时间")), date("until_day", "影响期满")],
        blank: "{}",
    },
    NounOf {
        table: "relatives",
        title: "家庭主要成员及重要社会关系",
        fact: "relatives",
        fields: &[needed(text("relation", "称谓")), needed(text("name", "姓名")), date("born", "出生年月"), text("party", "政治面貌"), needed(text("work", "工作单位及职务"))],
        blank: r#"{"order_no":99}"#,
    },
];

pub fn noun(table: &str) -> Option<&'static NounOf> {
    NOUNS.iter().find(|n| n.table == table)
}

impl NounOf {
    pub fn field(&self, column: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.column == column)
    }
    /// The layer of the whole noun; its columns may say their own.
    pub fn layer(&self) -> Layer {
        crate::register::layer(self.table, self.fields[0].column)
    }
    /// One entry in a few words: its first two fields.
    pub fn headline(&self, values: &Map<String, Json>) -> String {
        let shown: Vec<String> = self.fields.iter().take(2).map(|f| said(values.get(f.column))).filter(|t| !t.is_empty()).collect();
        shown.join(" ")
    }
    /// What ledgers mark when this field is disputed.
    pub fn marked_fact(&self, field: Option<&str>) -> String {
        if self.fact.is_empty() { field.unwrap_or("name").to_owned() } else { self.fact.to_owned() }
    }
}

/// A row as it is held today.
#[derive(Clone, Debug)]
pub struct Held {
    pub number: i64,
    pub entered: i64,
    pub values: Map<String, Json>,
}

/// A value as people read it.
pub(crate) fn said(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(n)) => n.to_string(),
        Some(Json::Bool(yes)) => if *yes { "是" } else { "否" }.into(),
        _ => String::new(),
    }
}

/// Does the same work for the noun of a table, whose type stands in for `$T`.
macro_rules! for_noun {
    ($table:expr, $T:ident => $body:expr) => {
        match $table {
            "person_details" => { type $T = Details; $body }
            "tenures" => { type $T = Tenure; $body }
            "ranks" => { type $T = RankHeld; $body }
            "memberships" => { type $T = Membership; $body }
            "educations" => { type $T = Education; $body }
            "qualifications" => { type $T = Qualification; $body }
            "appraisals" => { type $T = Appraisal; $body }
            "awards" => { type $T = Award; $body }
            "trainings" => { type $T = Training; $body }
            "resume_lines" => { type $T = ResumeLine; $body }
            "sanctions" => { type $T = Sanction; $body }
            "relatives" => { type $T = Relative; $body }
            other => Err(Error::NotFound(format!("记录的这一部分（{other}）"))),
        }
    };
}

/// Every row that is held of one noun.
pub(crate) fn held(desk: &Desk, person: Id<Person>, table: &str) -> Result<Vec<Held>> {
    for_noun!(table, T => dated::of::<T>(desk, person)?.into_iter().map(|s| {
        let values = match serde_json::to_value(&s.row) { Ok(Json::Object(map)) => map, _ => Map::new() };
        Ok(Held { number: s.id, entered: s.entered, values })
    }).collect())
}

/// The row that an entry names, if it is still held.
pub(crate) fn one(desk: &Desk, person: Id<Person>, table: &str, number: i64) -> Result<Held> {
    held(desk, person, table)?.into_iter().find(|h| h.number == number).ok_or_else(|| Error::Changed("这条记录".into()))
}

/// Texts as typed become values as stored; every one that cannot be read is told with its label.
pub(crate) fn values(noun: &NounOf, typed: &BTreeMap<String, String>) -> std::result::Result<Map<String, Json>, Vec<(String, String)>> {
    let (mut out, mut wrong) = (Map::new(), Vec::new());
    for (column, text) in typed {
        let Some(field) = noun.field(column) else {
            wrong.push((column.clone(), format!("没有“{column}”这一项")));
            continue;
        };
        let text = text.trim();
        let value = match field.takes {
            _ if text.is_empty() => Json::Null,
            Takes::Text | Takes::Code(_) => text.into(),
            Takes::Date => match Date::read(text) {
                Ok(date) => date.to_string().into(),
                Err(_) => {
                    wrong.push((column.clone(), format!("{}“{text}”读不懂，请写成 1982-04 或 1982-04-17", field.label)));
                    continue;
                }
            },
            Takes::Number => match text.parse::<i64>() {
                Ok(n) => n.into(),
                Err(_) => {
                    wrong.push((column.clone(), format!("{}“{text}”读不懂，请填数字", field.label)));
                    continue;
                }
            },
        };
        out.insert(column.clone(), value);
    }
    if wrong.is_empty() { Ok(out) } else { Err(wrong) }
}

/// Mends one row through the rows' own way: the old one is superseded, nothing is lost.
pub(crate) fn mend(desk: &mut Desk, person: Id<Person>, table: &str, number: i64, change: &Map<String, Json>, entry: i64) -> Result<()> {
    let mut values = one(desk, person, table, number)?.values;
    values.extend(change.clone());
    if table == "person_details" {
        let details: Details = read(values)?;
        return person::revise(desk, person, number, details, entry);
    }
    for_noun!(table, T => {
        let row: T = read(values)?;
        if T::CORRECTS {
            dated::replace(desk, number, person, &row, entry)?;
        } else {
            dated::withdraw::<T>(desk, number, person, entry)?;
            dated::add(desk, person, &row, entry)?;
        }
        Ok(())
    })
}

/// A missing entry.
pub(crate) fn add(desk: &mut Desk, person: Id<Person>, noun: &NounOf, change: &Map<String, Json>, entry: i64) -> Result<()> {
    let mut values: Map<String, Json> = serde_json::from_str(noun.blank).unwrap_or_default();
    values.extend(change.clone());
    if noun.table == "appraisals" {
        let year = values.get("year").and_then(Json::as_i64).unwrap_or_default();
        values.insert("from_day".into(), format!("{year:04}-12-31").into());
    }
    for_noun!(noun.table, T => {
        for column in T::COLUMNS {
            values.entry((*column).to_owned()).or_insert(Json::Null);
        }
        let row: T = read(values)?;
        dated::add(desk, person, &row, entry)?;
        Ok(())
    })
}

/// An entry that is not theirs.
pub(crate) fn remove(desk: &mut Desk, person: Id<Person>, table: &str, number: i64, entry: i64) -> Result<()> {
    if table == "person_details" {
        return Err(Error::Wrong("基本信息只能逐项更正，不能整条删去".into()));
    }
    for_noun!(table, T => dated::withdraw::<T>(desk, number, person, entry))
}

fn read<T: serde::de::DeserializeOwned>(values: Map<String, Json>) -> Result<T> {
    serde_json::from_value(Json::Object(values)).map_err(|why| Error::Wrong(format!("更正后的内容不完整，无法写入（{why}）")))
}
