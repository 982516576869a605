//! What an ID number tells beside the birth date and sex on file.

use crate::record::field::person as f;
use crate::{Fault, PersonRecord};
use vocabulary::identity;

/// Findings on the ID number; fills a missing birth date from it and says so.
///
/// Never an error: 18 digits with a wrong check digit exist on genuine old cards, and 15-digit numbers still occur.
pub(crate) fn check(person: &mut PersonRecord) {
    let Some(number) = person.fields.get(f::ID_NUMBER).cloned() else {
        return;
    };
    let place = number.place.clone();
    let told = match identity::read(&number.value) {
        Ok(told) => told,
        Err(fault) => {
            person.faults.push(Fault::finding(
                place,
                &number.value,
                fault.to_string(),
                "请对照身份证核对",
            ));
            return;
        }
    };
    if number.value.chars().count() == 15 {
        person.faults.push(Fault::finding(
            place.clone(),
            &number.value,
            "这是老的 15 位身份证号",
            "请补为 18 位",
        ));
    }
    match person.fields.get(f::BORN) {
        None => {
            let born = told.born.to_string();
            person.faults.push(Fault::finding(
                place.clone(),
                &number.value,
                format!("没有填出生年月，按身份证号补为 {born}"),
                "请核对后在原表填上出生年月",
            ));
            person.fields.set(f::BORN, &born, "", place.clone());
        }
        Some(field) => {
            let agrees = field
                .value
                .parse::<vocabulary::Date>()
                .is_ok_and(|d| d.earliest() <= told.born && told.born <= d.latest());
            if !agrees {
                let says = format!("身份证号中的出生日期 {} 与出生年月 {} 不一致", told.born, field.value);
                person.faults.push(Fault::finding(
                    field.place.clone(),
                    &field.value,
                    says,
                    "请核对出生年月与身份证号",
                ));
            }
        }
    }
    if let Some(sex) = person.fields.get(f::SEX) {
        let by_number = if told.female { "女" } else { "男" };
        if matches!(sex.value.as_str(), "男" | "女") && sex.value != by_number {
            let says = format!("身份证号第 17 位表示{by_number}，与性别{}不一致", sex.value);
            person.faults.push(Fault::finding(
                sex.place.clone(),
                &sex.value,
                says,
                "请核对性别与身份证号",
            ));
        }
    }
}
