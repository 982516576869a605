//! 没有录入的列: what a file says and the registry has no place for, named by sheet and head, so that nobody believes it kept.

use exchange::field::unit as u;
use exchange::{Fault, PersonRecord, Place, UnitRecord};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a unit's row is read for; the other columns of B01 have no place.
const OF_A_UNIT: [&str; 7] = [u::NAME, u::SHORT_NAME, u::CODE, u::KIND, u::LEVEL, u::CHIEF_LEADERS, u::DEPUTY_LEADERS];

#[derive(Default)]
pub(crate) struct NotTaken {
    /// Heads by file and sheet, in the order of their columns.
    heads: BTreeMap<(Arc<str>, Arc<str>), BTreeMap<u16, Arc<str>>>,
}

impl NotTaken {
    pub fn unit(&mut self, record: &UnitRecord) {
        for field in record.fields.iter().filter(|f| !OF_A_UNIT.contains(&&*f.id)) {
            self.at(&field.place);
        }
    }

    pub fn person(&mut self, record: &PersonRecord) {
        for one in &record.tenures {
            self.cell(&one.leading_member);
            self.cell(&one.team_order);
            self.cell(&one.exceptional);
            self.cell(&one.printed);
        }
        for one in &record.awards {
            self.cell(&one.by_level);
            self.cell(&one.by_kind);
            self.cell(&one.at_level);
        }
        for one in &record.qualifications {
            self.cell(&one.board);
        }
    }

    fn cell<T>(&mut self, cell: &Option<exchange::Cell<T>>) {
        if let Some(cell) = cell {
            self.at(&cell.place);
        }
    }

    fn at(&mut self, place: &Place) {
        if let (Some(sheet), Some(column)) = (&place.sheet, &place.column) {
            self.heads.entry((place.file.clone(), sheet.clone())).or_default().entry(column.number).or_insert_with(|| column.head.clone());
        }
    }

    /// One finding a sheet.
    pub fn faults(self) -> Vec<Fault> {
        let says = |((file, sheet), heads): ((Arc<str>, Arc<str>), BTreeMap<u16, Arc<str>>)| {
            let heads: Vec<String> = heads.into_values().map(|h| h.to_string()).collect();
            let says = format!("有 {} 列没有对应的登记项，没有录入：{}", heads.len(), heads.join("、"));
            Fault::finding(Place::file(&file).in_sheet(&sheet), "", says, "需要留存的写进备注，或保存好原文件")
        };
        self.heads.into_iter().map(says).collect()
    }
}
