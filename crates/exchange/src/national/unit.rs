//! B01 单位.

use super::row::Row;
use crate::record::field::unit as u;
use crate::{Fault, UnitRecord};

const LISTED: [(&str, &str, &str); 4] = [
    ("隶属关系", u::SUBORDINATION, "subordination"),
    ("机构级别", u::LEVEL, "unit_level"),
    ("机构类别", u::KIND, "unit_kind"),
    ("法人单位标识", u::STANDING, "standing"),
];
const TEXTS: [(&str, &str); 6] = [
    ("机构名称", u::NAME),
    ("机构简称", u::SHORT_NAME),
    ("机构编码", u::CODE),
    ("所在政区", u::REGION),
    ("参照公务员法管理审批文号", u::CIVIL_PAPER),
    ("备注", u::REMARK),
];
/// Numbers of places and leaders: 0 is zero there, the template leaves these cells empty.
const NUMBERS: [(&str, &str); 9] = [
    ("行政编制数", u::ADMINISTRATIVE_PLACES),
    ("事业编制数（参照）", u::CIVIL_INSTITUTION_PLACES),
    ("事业编制数（非参照）", u::INSTITUTION_PLACES),
    ("工勤编制数", u::WORKER_PLACES),
    ("其他编制数", u::OTHER_PLACES),
    ("内设机构领导职数", u::INNER_LEADERS),
    ("正职领导职数", u::CHIEF_LEADERS),
    ("副职领导职数", u::DEPUTY_LEADERS),
    ("同级排序号", u::ORDER),
];

pub(super) fn read(row: &mut Row<'_>) -> UnitRecord {
    let mut unit = UnitRecord {
        place: row.place(),
        ..UnitRecord::default()
    };
    for (head, id) in TEXTS {
        if let Some(cell) = row.text(head) {
            unit.fields.set(id, &cell.value, &cell.value, cell.place);
        }
    }
    for (head, id, list) in LISTED {
        let written = row.raw(head).map(|c| c.text.clone()).unwrap_or_default();
        if let Some(cell) = row.listed(head, list) {
            unit.fields.set(id, &cell.value, &written, cell.place);
        }
    }
    for (head, id) in NUMBERS {
        if let Some(cell) = row.number(head, false) {
            let number = cell.value.to_string();
            unit.fields.set(id, &number, &number, cell.place);
        }
    }
    if let Some(cell) = row.day("参照公务员法管理审批时间") {
        let day = cell.value.to_string();
        unit.fields.set(u::CIVIL_APPROVED, &day, &day, cell.place);
    }
    unit.faults.append(&mut row.faults);
    if unit.name().is_none() {
        unit.faults
            .push(Fault::error(row.at("机构名称"), "", "没有机构名称", "请填写机构全称"));
    }
    unit
}

#[cfg(feature = "sample")]
pub(crate) fn head_of_unit_field(id: &str) -> Option<&'static str> {
    let plain = TEXTS
        .iter()
        .chain(&NUMBERS)
        .find(|(_, field)| *field == id)
        .map(|(head, _)| *head);
    plain.or_else(|| {
        LISTED
            .iter()
            .find(|(_, field, _)| *field == id)
            .map(|(head, _, _)| *head)
    })
}
