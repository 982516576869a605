//! 干部任免建议方案: what the committee sees.

use super::listing::{Listing, column, spread_name};
use crate::Result;
use crate::font::Fonts;
use crate::table::{Align, Row, TableData};

/// 建议方案: A4 landscape, marked 注意保密.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slate {
    /// Empty for `干部任免建议方案`.
    pub title: String,
    /// 呈报单位.
    pub office: String,
    /// `2026年11月22日`.
    pub day: String,
    pub groups: Vec<SlateGroup>,
    /// 说明, under the table.
    pub note: String,
}

/// 一、县直单位: people under one head; the head may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SlateGroup {
    pub head: String,
    pub rows: Vec<SlateRow>,
}

/// 一人.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SlateRow {
    pub name: String,
    /// `1985.04`.
    pub born: String,
    /// 学历职称.
    pub education_and_title: String,
    pub current_post: String,
    /// 拟任免职务: `任…，免…`.
    pub proposal: String,
    /// 讨论意见; empty to be written at the meeting.
    pub opinion: String,
}

impl Slate {
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>> {
        self.listing().pdf(fonts)
    }
    pub fn docx(&self) -> Result<Vec<u8>> {
        self.listing().docx()
    }

    /// People are numbered through, whatever group they stand in.
    fn listing(&self) -> Listing {
        let mut rows = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            if !group.head.is_empty() {
                rows.push(Row::Group(group.head.clone()));
            }
            for row in &group.rows {
                number += 1;
                let cells = [
                    &number.to_string(),
                    &spread_name(&row.name),
                    &row.born,
                    &row.education_and_title,
                    &row.current_post,
                    &row.proposal,
                    &row.opinion,
                ];
                rows.push(Row::Entry {
                    key: String::new(),
                    cells: cells.map(String::clone).to_vec(),
                });
            }
        }
        let title = if self.title.is_empty() {
            "干部任免建议方案"
        } else {
            &self.title
        };
        let columns = vec![
            column("序号", 6, Align::Center),
            column("姓名", 10, Align::Center),
            column("出生年月", 10, Align::Center),
            column("学历职称", 16, Align::Center),
            column("现任职务", 34, Align::Left),
            column("拟任免职务", 34, Align::Left),
            column("讨论意见", 14, Align::Center),
        ];
        let office = if self.office.is_empty() {
            String::new()
        } else {
            format!("呈报单位：{}", self.office)
        };
        Listing {
            secrecy: "注意保密".to_owned(),
            left: office,
            note: self.note.clone(),
            data: TableData {
                title: title.to_owned(),
                subtitle: self.day.clone(),
                subject: String::new(),
                columns,
                ..TableData::default()
            },
            rows,
        }
    }
}
