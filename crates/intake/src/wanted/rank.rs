//! 职务层次、职级、考核、职称、奖惩、后备.

use super::{Reading, Said, Undated, Wanted};
use exchange::field::person as f;
use exchange::{AwardRecord, Fault, LevelKind, Nature, PersonRecord, Place};
use registry::rows::{Appraisal, Award, PoolEntry, Qualification, RankHeld, Sanction};
use vocabulary::Date;

pub(crate) fn read(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    listed_ranks(reading, record, wanted);
    for (ladder, table, id, since) in [("职务层次", "level", f::LEVEL, f::LEVEL_SINCE), ("职级", "rank", f::RANK, f::RANK_SINCE)] {
        let Some(field) = record.fields.get(id) else { continue };
        let Some(rank) = reading.coding.read(table, &field.value, &field.place, &mut wanted.faults) else { continue };
        if wanted.ranks.iter().any(|r| r.row.ladder == ladder && r.row.rank == rank && r.row.until_day.is_none()) {
            continue;
        }
        match record.fields.date(since) {
            Some(from_day) => wanted.ranks.push(Said::new(RankHeld { ladder: ladder.into(), rank, paper: None, from_day, until_day: None }, &field.place)),
            None => wanted.undated_ranks.push(Undated { ladder, rank, place: field.place.clone() }),
        }
    }
    appraisals(reading, record, wanted);
    qualifications(record, wanted);
    for award in &record.awards {
        award_or_sanction(reading, award, wanted);
    }
    pools(record, wanted);
}

fn listed_ranks(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    for level in &record.levels {
        let (ladder, table) = match level.kind {
            LevelKind::Level => ("职务层次", "level"),
            LevelKind::Rank => ("职级", "rank"),
        };
        let Some(rank) = reading.coding.read(table, &level.name.value, &level.name.place, &mut wanted.faults) else { continue };
        let Some(from) = &level.from else {
            wanted.faults.push(Fault::error(level.place.clone(), &level.name.value, format!("{ladder}没有批准日期，这一条没有导入"), "填写批准日期，如 201903"));
            continue;
        };
        if end_is_faulty(&mut wanted.faults, &level.place) {
            continue;
        }
        let until_day = level.until.as_ref().map(|u| u.value);
        if ends_early(from.value, until_day) {
            wanted.faults.push(early(&level.place, &level.name.value, "终止日期", "批准日期"));
            continue;
        }
        if level.holds.as_ref().is_some_and(|h| !h.value) && until_day.is_none() {
            wanted.faults.push(Fault::error(level.place.clone(), &level.name.value, format!("{ladder}已免而没有终止日期，这一条没有导入"), "填写终止日期"));
            continue;
        }
        let paper = level.paper.as_ref().map(|p| p.value.clone());
        wanted.ranks.push(Said::new(RankHeld { ladder: ladder.into(), rank, paper, from_day: from.value, until_day }, &level.place));
    }
}

fn appraisals(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    let listed = record.appraisals.iter().map(|a| (i64::from(a.year), a.grade.as_str(), &a.place));
    let this_year = i64::from(reading.today.year());
    let columns = (1..=5).filter_map(|back| {
        let field = record.fields.get(&format!("appraisal.grade_{back}"))?;
        Some((this_year - back, field.value.as_str(), &field.place))
    });
    let mut rows: Vec<Said<Appraisal>> = Vec::new();
    for (year, wording, place) in listed.chain(columns) {
        let Some(grade) = reading.coding.read("appraisal_grade", wording, place, &mut wanted.faults) else { continue };
        let Some(from_day) = i16::try_from(year).ok().and_then(|y| vocabulary::Day::of(y, 12, 31)).map(Date::from) else { continue };
        match rows.iter().find(|r| r.row.year == year) {
            Some(first) if first.row.grade != grade => {
                let says = format!("{year}年度考核前面写的是{}，这里又是{grade}，按前面的导入", first.row.grade);
                wanted.faults.push(Fault::finding(place.clone(), wording, says, "同一年度只有一个结果"));
            }
            Some(_) => {}
            None => rows.push(Said::new(Appraisal { year, grade, from_day }, place)),
        }
    }
    wanted.appraisals = rows;
}

fn qualifications(record: &PersonRecord, wanted: &mut Wanted) {
    for one in &record.qualifications {
        let Some(name) = one.name.as_ref().or(one.listed.as_ref()) else { continue };
        let row = Qualification {
            name: name.value.clone(),
            way: one.way.as_ref().map(|w| w.value.clone()),
            from_day: one.on.as_ref().map(|d| d.value),
            until_day: None,
        };
        wanted.qualifications.push(Said::new(row, &one.place));
    }
    if let Some(field) = record.fields.get(f::QUALIFICATION)
        && !wanted.qualifications.iter().any(|q| q.row.name == field.value)
    {
        let row = Qualification { name: field.value.clone(), way: None, from_day: None, until_day: None };
        wanted.qualifications.push(Said::new(row, &field.place));
    }
}

fn award_or_sanction(reading: &Reading, one: &AwardRecord, wanted: &mut Wanted) {
    let Some(name) = one.name.as_ref().or(one.listed.as_ref()) else { return };
    let wordings: Vec<&str> = [&one.listed, &one.name].into_iter().flatten().map(|c| c.value.as_str()).collect();
    let kind_in = |table: &str| wordings.iter().find_map(|w| reading.coding.maybe(table, w));
    let organ = one.by.as_ref().map(|b| b.value.clone());
    let from_day = one.on.as_ref().map(|d| d.value);
    let revoked = one.revoked.as_ref().map(|d| d.value);
    let sanction = one.nature == Some(Nature::Sanction) || (one.nature.is_none() && kind_in("sanction_kind").is_some());
    if !sanction {
        let row = Award { name: name.value.clone(), kind: kind_in("award_kind"), organ, from_day, until_day: revoked };
        wanted.awards.push(Said::new(row, &one.place));
        return;
    }
    if end_is_faulty(&mut wanted.faults, &one.place) {
        return;
    }
    let Some(from_day) = from_day else {
        wanted.faults.push(Fault::error(one.place.clone(), &name.value, "处分没有批准日期，这一条没有导入", "填写批准日期，如 202403"));
        return;
    };
    let kind = kind_in("sanction_kind");
    let months = kind.as_deref().and_then(|k| reading.coding.dictionary.table("sanction_kind")?.code(k)?.months);
    let until_day = revoked.or_else(|| months.and_then(|m| later(from_day, m)));
    if ends_early(from_day, until_day) {
        wanted.faults.push(early(&one.place, &name.value, "撤销日期", "批准日期"));
        return;
    }
    if until_day.is_none() {
        wanted.faults.push(Fault::finding(one.place.clone(), &name.value, "这种处分没有固定的影响期，影响期满先空着", "在本人记录里补填影响期满日期"));
    }
    wanted.sanctions.push(Said::new(Sanction { name: name.value.clone(), kind, organ, from_day, until_day }, &one.place));
}

fn pools(record: &PersonRecord, wanted: &mut Wanted) {
    let Some(field) = record.fields.get("reserve").filter(|r| !matches!(r.value.as_str(), "否" | "无")) else { return };
    match record.fields.date("reserve.since") {
        Some(from_day) => {
            let kind = if field.value.contains("后备") { "后备干部" } else { "优秀年轻干部" };
            wanted.pools.push(Said::new(PoolEntry { kind: kind.into(), from_day, until_day: None }, &field.place));
        }
        None => wanted.undated_ranks.push(Undated { ladder: "入库", rank: "优秀年轻干部".into(), place: field.place.clone() }),
    }
}

/// `months` later, to the precision of the date.
fn later(from: Date, months: i64) -> Option<Date> {
    let day = from.earliest().plus_months(i32::try_from(months).ok()?);
    match from.precision() {
        vocabulary::date::Precision::Day => Some(day.into()),
        _ => Date::month_of(day.year(), day.month()),
    }
}

pub(super) fn ends_early(from: Date, until: Option<Date>) -> bool {
    vocabulary::Period::between(from, until).is_err()
}

/// An end that could not be read or stands before the beginning: the row would wrongly last. It is refused, and the
/// fault of its cell says so.
pub(super) fn end_is_faulty(faults: &mut [Fault], row: &Place) -> bool {
    let of_end = |f: &&mut Fault| {
        let head = f.place.column.as_ref().map_or("", |c| c.head.trim());
        f.is_error() && f.place.sheet == row.sheet && f.place.row == row.row && row.row.is_some() && ENDS.contains(&head)
    };
    match faults.iter_mut().find(of_end) {
        Some(fault) => {
            fault.says.push_str("，这一条没有导入");
            true
        }
        None => false,
    }
}
const ENDS: [&str; 3] = ["免职时间", "终止日期", "撤销日期"];

pub(super) fn early(place: &Place, value: &str, end: &str, begin: &str) -> Fault {
    Fault::error(place.clone(), value, format!("{end}早于{begin}，这一条没有导入"), "请核对两个日期")
}
