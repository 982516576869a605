//! The sheets of the template and their heads.

use crate::workbook::Raw;
use crate::{Fault, Place};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Units,
    People,
    Tenures,
    Levels,
    Qualifications,
    Educations,
    Awards,
    Appraisals,
    Family,
    Entry,
}

const KINDS: [(&str, Kind); 10] = [
    ("B01", Kind::Units),
    ("A01", Kind::People),
    ("A02", Kind::Tenures),
    ("A05", Kind::Levels),
    ("A06", Kind::Qualifications),
    ("A08", Kind::Educations),
    ("A14", Kind::Awards),
    ("A15", Kind::Appraisals),
    ("A36", Kind::Family),
    ("A99Z1", Kind::Entry),
];

impl Kind {
    pub fn of(sheet: &str) -> Option<Kind> {
        KINDS
            .iter()
            .find(|(prefix, _)| sheet.trim().starts_with(prefix))
            .map(|(_, kind)| *kind)
    }
    pub fn number(self) -> u8 {
        KINDS
            .iter()
            .zip(0..)
            .find(|((_, kind), _)| *kind == self)
            .map_or(0, |(_, n)| n)
    }
    pub fn of_number(number: u8) -> Option<Kind> {
        KINDS.get(usize::from(number)).map(|(_, kind)| *kind)
    }
    /// The heads of the empty template.
    pub fn heads(self) -> &'static [&'static str] {
        match self {
            Kind::Units => &[
                "机构名称",
                "机构简称",
                "机构编码",
                "所在政区",
                "隶属关系",
                "机构级别",
                "机构类别",
                "法人单位标识",
                "行政编制数",
                "事业编制数（参照）",
                "事业编制数（非参照）",
                "工勤编制数",
                "其他编制数",
                "参照公务员法管理审批时间",
                "参照公务员法管理审批文号",
                "内设机构领导职数",
                "正职领导职数",
                "副职领导职数",
                "备注",
                "同级排序号",
            ],
            Kind::People => &[
                "姓名",
                "身份证号",
                "性别",
                "出生年月",
                "籍贯",
                "出生地",
                "成长地",
                "民族",
                "健康状况",
                "参加工作时间",
                "入党时间文字",
                "政治面貌",
                "入党时间",
                "第二党派",
                "第三党派",
                "人员类别",
                "人员管理状态",
                "管理类别",
                "熟悉专业有何特长",
                "现工作单位及职务全称",
                "现工作单位及职务简称",
                "现职务层次",
                "任现职务层次时间",
                "现职级",
                "任现职级时间",
                "专业技术职务",
                "是否具有两年以上基层工作经历",
                "统计关系所在单位",
                "简历",
                "奖惩综述",
                "年度考核结果综述",
                "级别",
                "编制类型",
                "专业技术类公务员任职资格",
                "公务员登记时间",
                "备注",
            ],
            Kind::Tenures => &[
                "姓名",
                "身份证号",
                "任职机构名称",
                "是否领导成员",
                "成员类别",
                "职务名称",
                "是否领导职务",
                "职务排序",
                "集体内排序",
                "任职时间",
                "任职文号",
                "选拔任用方式",
                "是否破格提拔",
                "任职状态",
                "免职时间",
                "免职文号",
                "职务变动原因综述",
                "职务输出标识",
                "主职务",
            ],
            Kind::Levels => &[
                "姓名",
                "身份证号",
                "类别（职务层次、职级标志）",
                "职务层次（职级）",
                "批准日期",
                "批准文号",
                "终止日期",
                "状态",
            ],
            Kind::Qualifications => &[
                "姓名",
                "身份证号",
                "专业技术资格代码",
                "专业技术资格名称",
                "获得资格日期",
                "取得资格途径",
                "评委会或考试名称",
                "输出标识",
            ],
            Kind::Educations => &[
                "姓名",
                "身份证号",
                "学历名称",
                "学历代码",
                "学位名称",
                "学位代码",
                "入学时间",
                "毕（肄）业时间",
                "学位授予时间",
                "学校（单位）名称",
                "所学专业名称",
                "所学专业类别",
                "教育类别",
                "学制年限",
                "输出标识",
            ],
            Kind::Awards => &[
                "姓名",
                "身份证号",
                "奖惩名称",
                "奖惩名称代码",
                "批准日期",
                "批准机关",
                "批准机关级别",
                "受奖惩时职务层次",
                "撤销日期",
                "批准机关性质",
            ],
            Kind::Appraisals => &["姓名", "身份证号", "考核结论", "考核年度"],
            Kind::Family => &[
                "姓名",
                "身份证号",
                "家庭成员姓名",
                "称谓",
                "出生日期",
                "政治面貌",
                "工作单位及职务",
                "排序",
            ],
            Kind::Entry => &[
                "姓名",
                "身份证号",
                "是否考录",
                "录用时间",
                "是否选调生",
                "进入选调生时间",
            ],
        }
    }
}

/// Where each head of the template stands in this file; people move, add and drop columns.
pub(super) struct Columns {
    place: Place,
    row: u32,
    known: Vec<(&'static str, u16)>,
    heads: Vec<Arc<str>>,
    missing: Vec<&'static str>,
    strange: Vec<(u16, Arc<str>)>,
}

/// Without blanks, brackets of one width.
fn plain(head: &str) -> String {
    head.chars()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

impl Columns {
    pub fn looks_like_heads(kind: Kind, cells: &[Raw]) -> bool {
        cells
            .iter()
            .filter(|c| kind.heads().contains(&plain(&c.text).as_str()))
            .count()
            >= 3
    }

    pub fn of(kind: Kind, place: &Place, row: u32, cells: &[Raw]) -> Columns {
        let width = cells.iter().map(|c| usize::from(c.column) + 1).max().unwrap_or(0);
        let mut columns = Columns {
            place: place.clone(),
            row,
            known: Vec::new(),
            heads: vec!["".into(); width],
            missing: Vec::new(),
            strange: Vec::new(),
        };
        for cell in cells {
            let head = plain(&cell.text);
            let shared: Arc<str> = cell.text.trim().into();
            if let Some(slot) = columns.heads.get_mut(usize::from(cell.column)) {
                *slot = shared.clone();
            }
            match kind.heads().iter().find(|h| plain(h) == head) {
                Some(known) if columns.known.iter().all(|(k, _)| k != known) => {
                    columns.known.push((known, cell.column))
                }
                _ if head.is_empty() => {}
                _ => columns.strange.push((cell.column, shared)),
            }
        }
        columns.missing = kind
            .heads()
            .iter()
            .copied()
            .filter(|h| columns.known.iter().all(|(k, _)| k != h))
            .collect();
        columns
    }

    pub fn place(&self) -> &Place {
        &self.place
    }
    pub fn column(&self, head: &str) -> Option<u16> {
        self.known
            .iter()
            .find(|(known, _)| *known == head)
            .map(|(_, column)| *column)
    }
    pub fn at(&self, row: u32, column: u16) -> Place {
        match self.heads.get(usize::from(column)) {
            Some(head) => self.place.at_row(row).at_column(column, head),
            None => self.place.at_row(row),
        }
    }

    /// Missing and unknown heads; an empty sheet suffers from nothing.
    pub fn faults(&self) -> Vec<Fault> {
        if self.heads.is_empty() {
            return Vec::new();
        }
        let place = self.place.at_row(self.row);
        let mut faults = Vec::new();
        if !self.missing.is_empty() {
            let says = format!("缺少列：{}", self.missing.join("、"));
            faults.push(Fault::finding(
                place.clone(),
                "",
                says,
                "请使用信息采集表 V2017.01 的表头；缺的列按没有填处理",
            ));
        }
        for (column, head) in &self.strange {
            let place = place.at_column(*column, head);
            faults.push(Fault::finding(
                place,
                head,
                "采集表里没有这一列，没有读取",
                "请用模板的表头名称",
            ));
        }
        faults
    }
}
