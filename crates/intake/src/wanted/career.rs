//! 任职: rows of A02.

use super::rank::{early, end_is_faulty, ends_early};
use super::{PostText, Reading, Said, Wanted};
use crate::index::Placed;
use exchange::field::person as f;
use exchange::{Fault, PersonRecord, TenureRecord};
use registry::rows::Tenure;

pub(crate) fn read(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    for (order, one) in (1..).zip(&record.tenures) {
        tenure(reading, one, order, wanted);
    }
    one_main(wanted);
    let post = record.fields.get(f::POST).or_else(|| record.fields.get("post.title"));
    wanted.post = post.map(|field| PostText { text: field.value.clone(), place: field.place.clone(), since: record.fields.date(f::POST_SINCE) });
}

fn tenure(reading: &Reading, one: &TenureRecord, order: i64, wanted: &mut Wanted) {
    let post = one.post.as_ref().map_or("", |p| p.value.trim());
    let unit = one.organisation.as_ref().map_or("", |o| o.value.trim());
    if post.is_empty() {
        wanted.faults.push(Fault::error(one.place.clone(), unit, "任职没有职务名称，这一条没有导入", "填写职务名称"));
        return;
    }
    let Some(from) = &one.from else {
        wanted.faults.push(Fault::error(one.place.clone(), post, "任职没有任职时间，这一条没有导入", "填写任职时间，如 201903"));
        return;
    };
    if end_is_faulty(&mut wanted.faults, &one.place) {
        return;
    }
    let until_day = one.until.as_ref().map(|u| u.value);
    if ends_early(from.value, until_day) {
        wanted.faults.push(early(&one.place, post, "免职时间", "任职时间"));
        return;
    }
    if one.in_office.as_ref().is_some_and(|i| !i.value) && until_day.is_none() {
        wanted.faults.push(Fault::error(one.place.clone(), post, "任职状态是“已免”而没有免职时间，这一条没有导入", "填写免职时间"));
        return;
    }
    let placed = placed(reading, unit, post);
    let short = placed.organisation.and_then(|o| reading.index.short_name(o)).unwrap_or(unit);
    let title = match placed.post {
        Some(known) => known.title.clone(),
        None if post.starts_with(short) || short.is_empty() => post.to_owned(),
        None => format!("{short}{post}"),
    };
    let text = |cell: &exchange::Text| cell.as_ref().map(|c| c.value.clone());
    let role = reading.coding.cell("member_kind", &one.member_kind, &mut wanted.faults);
    let row = Tenure {
        post: placed.post.map(|p| p.id),
        organisation: placed.organisation,
        kind: if post.contains("挂职") { "挂职" } else { "任职" }.into(),
        role: role.or_else(|| placed.post.and_then(|p| p.role.clone())),
        leading: one.leading_post.as_ref().map(|l| l.value).or_else(|| placed.post.map(|p| p.leading)),
        level: placed.post.and_then(|p| p.level.clone()),
        main: one.main.as_ref().is_some_and(|m| m.value),
        order_no: one.post_order.as_ref().map(|o| i64::from(o.value)).filter(|n| *n > 0).unwrap_or(order),
        way: reading.coding.cell("appointment_way", &one.chosen_by, &mut wanted.faults),
        paper: text(&one.paper),
        end_paper: text(&one.end_paper),
        end_reason: text(&one.change_reason).filter(|_| until_day.is_some()),
        probation_until: None,
        from_day: from.value,
        until_day,
        title,
    };
    let mut said = Said::new(row, &one.place);
    said.silent = match (one.main.is_some(), one.post_order.is_some()) {
        (true, true) => &[],
        (true, false) => &["order_no"],
        (false, true) => &["main"],
        (false, false) => &["main", "order_no"],
    };
    wanted.tenures.push(said);
}

/// The organisation by its own cell; only when that is unknown, by the head of unit and post together.
fn placed<'r>(reading: &Reading<'r>, unit: &str, post: &str) -> Placed<'r> {
    let whole = format!("{unit}{post}");
    match reading.index.named(unit).or_else(|| reading.index.at_head(unit).filter(|(_, rest)| rest.is_empty()).map(|(id, _)| id)) {
        Some(organisation) => {
            let post = reading.index.post_in(organisation, post).or_else(|| reading.index.place(&whole, None).post);
            Placed { organisation: Some(organisation), post }
        }
        None => reading.index.place(&whole, None),
    }
}

/// A person has one 主职务 at a time: without a mark it is the first open one.
fn one_main(wanted: &mut Wanted) {
    let open = |s: &&mut Said<Tenure>| s.row.until_day.is_none();
    if wanted.tenures.iter_mut().filter(open).any(|s| s.row.main) {
        return;
    }
    if let Some(first) = wanted.tenures.iter_mut().filter(open).min_by_key(|s| s.row.order_no) {
        first.row.main = true;
    }
}
