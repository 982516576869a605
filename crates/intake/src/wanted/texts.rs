//! 家庭成员, 表上的文字 and 照片.

use super::{Photo, Reading, Said, Wanted};
use exchange::field::person as f;
use exchange::{PersonRecord, PhotoKind, Place};
use registry::rows::{FormText, Relative};
use sha2::{Digest, Sha256};

pub(crate) fn read(_: &Reading, record: &mut PersonRecord, wanted: &mut Wanted) {
    relatives(record, wanted);
    forms(record, wanted);
    if let Some(photo) = record.photo.take().filter(|p| !p.bytes.is_empty()) {
        let kind = match photo.kind {
            PhotoKind::Jpeg => "jpeg",
            PhotoKind::Png => "png",
            PhotoKind::Bmp => "bmp",
            PhotoKind::Gif => "gif",
        };
        let checksum = crate::offered::hex(&Sha256::digest(&photo.bytes));
        wanted.photo = Some(Photo { kind, checksum, bytes: photo.bytes, place: photo.place });
    }
}

fn relatives(record: &PersonRecord, wanted: &mut Wanted) {
    for (order, one) in (1..).zip(&record.family) {
        let text = |cell: &exchange::Text| cell.as_ref().map(|c| c.value.clone()).unwrap_or_default();
        let row = Relative {
            relation: text(&one.relation),
            name: text(&one.name),
            born: one.born.as_ref().map(|d| d.value),
            party: one.party.as_ref().map(|c| c.value.clone()),
            work: text(&one.work),
            order_no: one.order.as_ref().map(|o| i64::from(o.value)).filter(|n| *n > 0).unwrap_or(order),
        };
        let mut said = Said::new(row, &one.place);
        said.silent = match (said.row.work.is_empty(), one.order.is_some()) {
            (true, true) => &["work"],
            (true, false) => &["work", "order_no"],
            (false, true) => &[],
            (false, false) => &["order_no"],
        };
        wanted.relatives.push(said);
    }
}

/// Texts that the form prints as written, what the form proposes, and what has no column of its own.
fn forms(record: &PersonRecord, wanted: &mut Wanted) {
    let mut push = |field: String, text: &str, place: &Place| {
        if !text.trim().is_empty() {
            wanted.texts.push(Said::new(FormText { field, text: text.to_owned() }, place));
        }
    };
    for (element, id) in [("JiangChengQingKuang", f::AWARDS_TEXT), ("NianDuKaoHeJieGuo", f::APPRAISALS_TEXT)] {
        if let Some(field) = record.fields.get(id) {
            push(element.into(), &field.value, &field.place);
        }
    }
    if let Some(proposal) = &record.proposal {
        let texts = [
            ("NiRenZhiWu", &proposal.appoint),
            ("NiMianZhiWu", &proposal.remove),
            ("RenMianLiYou", &proposal.reason),
            ("ChengBaoDanWei", &proposal.reported_by),
            ("TianBiaoRen", &proposal.filled_by),
        ];
        for (element, cell) in texts {
            if let Some(cell) = cell {
                push(element.into(), &cell.value, &cell.place);
            }
        }
        for (element, cell) in [("JiSuanNianLingShiJian", &proposal.age_on), ("TianBiaoShiJian", &proposal.filled_on)] {
            if let Some(cell) = cell {
                push(element.into(), &cell.value.compact(), &cell.place);
            }
        }
    }
    for id in super::fields::KEPT {
        if let Some(field) = record.fields.get(id) {
            push(format!("field:{id}"), &field.value, &field.place);
        }
    }
    for extra in &record.extra {
        push(format!("extra:{}", extra.element), &extra.raw, &record.place);
    }
}
