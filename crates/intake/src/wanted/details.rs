//! 基本信息 and 政治面貌.

use super::{Reading, Said, Wanted};
use exchange::field::person as f;
use exchange::{Field, PersonRecord};
use registry::rows::Membership;
use registry::spelling;
use vocabulary::Date;

pub(crate) fn read(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    names(record, wanted);
    texts(record, wanted);
    dates(record, wanted);
    codes(reading, record, wanted);
    answers(record, wanted);
    unit(reading, record, wanted);
    memberships(reading, record, wanted);
}

fn names(record: &PersonRecord, wanted: &mut Wanted) {
    let Some(field) = record.fields.get(f::NAME) else { return };
    wanted.details.name = field.value.trim().to_owned();
    (wanted.details.pinyin, wanted.details.initials) = spelling::spell(&wanted.details.name);
    wanted.details.strokes = spelling::strokes(&wanted.details.name);
    wanted.places.push(("name", field.place.clone()));
}

fn texts(record: &PersonRecord, wanted: &mut Wanted) {
    let d = &mut wanted.details;
    for (column, ids, slot) in [
        ("id_number", [f::ID_NUMBER, f::ID_NUMBER], &mut d.id_number),
        ("native_place", [f::NATIVE_PLACE, f::NATIVE_PLACE], &mut d.native_place),
        ("birth_place", [f::BIRTH_PLACE, f::BIRTH_PLACE], &mut d.birth_place),
        ("growth_place", [f::GROWN_PLACE, "growth_place"], &mut d.growth_place),
        ("health", [f::HEALTH, f::HEALTH], &mut d.health),
        ("speciality", [f::SPECIALITY, f::SPECIALITY], &mut d.speciality),
        ("remark", [f::REMARK, f::REMARK], &mut d.remark),
    ] {
        if let Some(field) = ids.iter().find_map(|id| record.fields.get(id)) {
            *slot = Some(field.value.clone());
            wanted.places.push((column, field.place.clone()));
        }
    }
    // 入党时间 is kept as text only when it says more than a date.
    if let Some(field) = record.fields.get(f::PARTY_TEXT)
        && Date::read(&field.value).is_err()
    {
        d.party_text = Some(field.value.clone());
        wanted.places.push(("party_text", field.place.clone()));
    }
}

fn dates(record: &PersonRecord, wanted: &mut Wanted) {
    let d = &mut wanted.details;
    for (column, id, slot) in [("born", f::BORN, &mut d.born), ("joined_work", f::JOINED_WORK, &mut d.joined_work)] {
        if let (Some(field), Some(date)) = (record.fields.get(id), record.fields.date(id)) {
            *slot = Some(date);
            wanted.places.push((column, field.place.clone()));
        }
    }
}

fn codes(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    let d = &mut wanted.details;
    for (column, table, id, slot) in [
        ("sex", "sex", f::SEX, &mut d.sex),
        ("ethnicity", "ethnicity", f::ETHNICITY, &mut d.ethnicity),
        ("official_kind", "official_kind", f::OFFICIAL_KIND, &mut d.official_kind),
        ("official_state", "official_state", f::OFFICIAL_STATE, &mut d.official_state),
        ("managed_by", "managed_by", f::MANAGED_BY, &mut d.managed_by),
    ] {
        let Some(field) = record.fields.get(id) else { continue };
        // The reader of the file has looked into the standard's list; what our table does not hold is told once.
        let (says, place) = (field.value.as_str(), &field.place);
        wanted.faults.retain(|fault| !(reading.coding.maybe(table, says).is_none() && fault.place == *place && !fault.is_error()));
        if let Some(name) = reading.coding.read(table, says, place, &mut wanted.faults) {
            *slot = Some(name);
            wanted.places.push((column, place.clone()));
        }
    }
}

fn answers(record: &PersonRecord, wanted: &mut Wanted) {
    let d = &mut wanted.details;
    let yes = |field: &Field| match field.value.as_str() {
        "是" => Some(true),
        "否" => Some(false),
        _ => None,
    };
    for (column, id, slot) in [
        ("spouse_emigrated", "family.spouse_emigrated", &mut d.spouse_emigrated),
        ("children_emigrated", "family.children_emigrated", &mut d.children_emigrated),
    ] {
        if let Some(field) = record.fields.get(id)
            && let Some(answer) = yes(field)
        {
            *slot = Some(answer);
            wanted.places.push((column, field.place.clone()));
        }
    }
    // `改革前任职年龄界限为60岁`
    if let Some(field) = record.fields.get(f::FORMER_AGE_LIMIT).or_else(|| record.fields.get("retirement_limit")) {
        let digits: String = field.value.chars().filter(char::is_ascii_digit).collect();
        if let Some(limit) = digits.parse().ok().filter(|n| [50, 55, 60, 63, 65, 66].contains(n)) {
            d.retirement_limit = Some(limit);
            wanted.places.push(("retirement_limit", field.place.clone()));
        }
    }
}

fn unit(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    let Some(field) = record.fields.get(f::ORGANISATION) else { return };
    let found = reading.index.named(&field.value).or_else(|| reading.index.at_head(&field.value).filter(|(_, rest)| rest.is_empty()).map(|(id, _)| id));
    match found {
        Some(id) => wanted.unit = Some((id, field.place.clone())),
        None => wanted.faults.push(exchange::Fault::finding(
            field.place.clone(),
            &field.value,
            "机构表里没有这个单位，没有登记统计关系所在单位",
            "先在“机构”里设立，或按机构表的名称、简称填写",
        )),
    }
}

fn memberships(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    let joined = record.fields.get(f::PARTY_JOINED);
    for id in [f::PARTY, f::SECOND_PARTY, f::THIRD_PARTY] {
        let Some(field) = record.fields.get(id) else { continue };
        let Some(party) = reading.coding.read("party", &field.value, &field.place, &mut wanted.faults) else { continue };
        let communist = matches!(party.as_str(), "中共党员" | "预备党员");
        let from_day = joined.filter(|_| communist).and_then(|j| j.value.parse().ok());
        wanted.memberships.push(Said::new(Membership { party, from_day, until_day: None }, &field.place));
    }
    // A date alone is the Communist Party's.
    if let (true, Some(joined)) = (wanted.memberships.is_empty() && record.fields.get(f::PARTY).is_none(), joined) {
        let row = Membership { party: "中共党员".into(), from_day: joined.value.parse().ok(), until_day: None };
        wanted.memberships.push(Said::new(row, &joined.place));
    }
}
