//! 干部花名册.

use super::listing::{Listing, column, spread_name};
use crate::Result;
use crate::font::Fonts;
use crate::table::{Align, Row, TableData};

/// 花名册: A4 landscape, one person a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Roster {
    /// Empty for `干部花名册`.
    pub title: String,
    /// `2026年11月22日`.
    pub day: String,
    pub filled_by: String,
    pub groups: Vec<RosterGroup>,
}

/// 单位归口 and its people.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterGroup {
    pub unit: String,
    pub rows: Vec<RosterRow>,
}

/// 一人; dates as printed (`1985.04`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterRow {
    pub name: String,
    pub current_post: String,
    pub sex: String,
    pub ethnicity: String,
    pub native_place: String,
    pub born: String,
    pub work_started: String,
    pub party_joined: String,
    /// 全日制学历, school and major after it.
    pub full_time: String,
    /// 在职学历.
    pub in_service: String,
    /// 任现职时间.
    pub in_post_since: String,
    /// 任同职级时间.
    pub in_rank_since: String,
}

impl Roster {
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>> {
        self.listing().pdf(fonts)
    }
    pub fn docx(&self) -> Result<Vec<u8>> {
        self.listing().docx()
    }

    /// Columns of the 干部名册 in use: shared/reference/formats.md §4.2.
    fn listing(&self) -> Listing {
        let mut rows = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            if !group.unit.is_empty() {
                rows.push(Row::Group(format!("{}（{}人）", group.unit, group.rows.len())));
            }
            for row in &group.rows {
                number += 1;
                let cells = [
                    &number.to_string(),
                    &spread_name(&row.name),
                    &row.current_post,
                    &row.sex,
                    &row.ethnicity,
                    &row.native_place,
                    &row.born,
                    &row.work_started,
                    &row.party_joined,
                    &row.full_time,
                    &row.in_service,
                    &row.in_post_since,
                    &row.in_rank_since,
                ];
                rows.push(Row::Entry {
                    key: String::new(),
                    cells: cells.map(String::clone).to_vec(),
                });
            }
        }
        let title = if self.title.is_empty() {
            "干部花名册"
        } else {
            &self.title
        };
        let columns = vec![
            column("序号", 5, Align::Center),
            column("姓名", 9, Align::Center),
            column("现任职务", 27, Align::Left),
            column("性别", 4, Align::Center),
            column("民族", 8, Align::Center),
            column("籍贯", 9, Align::Center),
            column("出生年月", 9, Align::Center),
            column("参加工作时间", 9, Align::Center),
            column("入党时间", 9, Align::Center),
            column("全日制学历", 21, Align::Left),
            column("在职学历", 21, Align::Left),
            column("任现职时间", 10, Align::Center),
            column("任同职级时间", 10, Align::Center),
        ];
        let filled_by = if self.filled_by.is_empty() {
            String::new()
        } else {
            format!("填表人：{}", self.filled_by)
        };
        Listing {
            secrecy: String::new(),
            left: format!("共{number}人"),
            note: filled_by,
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
