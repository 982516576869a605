//! A mapped roster becomes people.

use super::{Mapping, Shape};
use crate::form::education_pair;
use crate::record::field::person as f;
use crate::roster::{CellKind, RosterRow, RosterTable};
use crate::values::twice::Seen;
use crate::values::{date, identity, name, one_line, party};
use crate::{Cell, Fault, PersonRecord, Place};
use std::ops::ControlFlow;

/// Hands over one person a row; answers with the faults of the table itself.
///
/// A row without name and number is passed over: silently when nearly empty (totals, signatures), else with a finding.
pub fn apply(
    table: &RosterTable,
    mapping: &Mapping,
    each: &mut dyn FnMut(PersonRecord) -> ControlFlow<()>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if mapping.column_of(f::NAME).is_none() && mapping.column_of(f::ID_NUMBER).is_none() {
        let right = "请在列对应中指定哪一列是姓名";
        faults.push(Fault::error(
            table.place.at_row(table.head_row),
            "",
            "没有姓名列，也没有身份证号列",
            right,
        ));
        return faults;
    }
    let mut seen = Seen::default();
    let months: Vec<bool> = mapping
        .columns
        .iter()
        .map(|c| dates_are_months(table, usize::from(c.column)))
        .collect();
    for row in &table.rows {
        let mut person = person(table, mapping, &months, row);
        if person.name().is_empty() && person.id_number().is_none() && person.own_id.is_none() {
            let filled = (0..row.width()).filter(|c| !row.cell(*c).trim().is_empty()).count();
            if filled > 3 {
                let says = "这一行没有姓名和身份证号，没有读取";
                faults.push(Fault::finding(
                    table.place.at_row(row.row),
                    row.cell(0),
                    says,
                    "如是人员，请补姓名",
                ));
            }
            continue;
        }
        seen.check(&mut person);
        if each(person).is_break() {
            break;
        }
    }
    faults
}

/// Date cells all on the first of a month are months: the spreadsheet added the day.
fn dates_are_months(table: &RosterTable, column: usize) -> bool {
    let mut dates = table
        .rows
        .iter()
        .filter(|r| r.kind(column) == CellKind::Date)
        .take(200)
        .peekable();
    dates.peek().is_some() && dates.all(|r| r.cell(column).ends_with("-01"))
}

fn person(table: &RosterTable, mapping: &Mapping, months: &[bool], row: &RosterRow) -> PersonRecord {
    let place = table.place.at_row(row.row);
    let mut person = PersonRecord {
        place: place.clone(),
        ..PersonRecord::default()
    };
    if let Some(column) = table.own.as_ref().and_then(|o| o.people_column) {
        let mark = row.cell(usize::from(column)).trim();
        person.own_id = mark.strip_prefix("person:").and_then(|n| n.trim().parse().ok());
    }
    let mut party_text = None;
    let mut last = Vec::new();
    for (column, months) in mapping.columns.iter().zip(months) {
        let Some(fact) = &column.fact else { continue };
        let text = row.cell(usize::from(column.column));
        if text.trim().is_empty() {
            continue;
        }
        let place = place.at_column(column.column, &column.head.as_str().into());
        if is_formula_error(text) {
            person
                .faults
                .push(Fault::error(place, text, "公式出错，没有值", "请把公式结果改成文字"));
            continue;
        }
        let kind = row.kind(usize::from(column.column));
        let text = if *months && kind == CellKind::Date {
            text.get(..7).unwrap_or(text)
        } else {
            text
        };
        match fact.as_str() {
            f::PARTY_TEXT => party_text = Some((text, place)),
            f::RESUME_TEXT | f::APPRAISALS_TEXT | f::AWARDS_TEXT => last.push((fact.as_str(), text, place)),
            _ => person.put(fact, column.shape, text, kind, &place),
        }
    }
    if let Some((text, place)) = party_text {
        person.fields.set(f::PARTY_TEXT, &one_line(text), text, place.clone());
        let named = person.fields.value(f::PARTY).map(str::to_owned);
        person.party_text(text, &place, named.as_deref());
    }
    for (fact, text, place) in last {
        match fact {
            f::RESUME_TEXT => person.resume_text(text, &place),
            f::APPRAISALS_TEXT => person.appraisals_text(text, &place),
            _ => person
                .fields
                .set(f::AWARDS_TEXT, &crate::values::several_lines(text), text, place),
        }
    }
    educations(&mut person);
    identity::check(&mut person);
    person
}

fn is_formula_error(text: &str) -> bool {
    matches!(
        text.trim(),
        "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!"
    )
}

impl PersonRecord {
    /// One cell of a roster by its fact and shape.
    pub(crate) fn put(&mut self, fact: &str, shape: Shape, text: &str, kind: CellKind, place: &Place) {
        let value = one_line(text);
        match (fact, shape) {
            _ if value.is_empty() => {}
            (f::NAME, _) => self.fields.set(f::NAME, &name::tidy(&value), text, place.clone()),
            (f::SEX, _) => self.sex(text, place),
            (f::ETHNICITY, _) => self.ethnicity(text, place),
            (f::PARTY, _) => self
                .fields
                .set(f::PARTY, party::name(&value).unwrap_or(&value), text, place.clone()),
            (_, Shape::IdNumber) => {
                let number = vocabulary::identity::tidy(value.trim_start_matches('\''));
                if kind == CellKind::Number && number.len() > 15 {
                    let says = "身份证号存成了数字，后几位已被表格改成 0，没有读取";
                    self.faults
                        .push(Fault::error(place.clone(), text, says, "请把这一列设为文本后重新填写"));
                } else {
                    self.fields.set(fact.to_owned(), &number, text, place.clone());
                }
            }
            (_, Shape::Date) if kind == CellKind::Number => match date::read_number(&value) {
                Ok(date) => self.fields.set(fact.to_owned(), &date.to_string(), text, place.clone()),
                Err(wrong) => self
                    .faults
                    .push(Fault::error(place.clone(), text, wrong.says, wrong.would_be_right)),
            },
            (_, Shape::Date) => self.date(fact.to_owned(), text, place),
            (_, Shape::Yes) => match yes(&value) {
                Some(yes) => self
                    .fields
                    .set(fact.to_owned(), if yes { "是" } else { "否" }, text, place.clone()),
                None => self
                    .faults
                    .push(Fault::error(place.clone(), text, "看不出是或否", "应为 是 或 否")),
            },
            (_, Shape::Number) if value.parse::<f64>().is_err() => {
                self.faults
                    .push(Fault::error(place.clone(), text, "不是数字", "应为阿拉伯数字"));
            }
            _ => self.fields.set(fact.to_owned(), &value, text, place.clone()),
        }
    }
}

/// 是、否 and the ways people write them.
pub(crate) fn yes(value: &str) -> Option<bool> {
    match value {
        "是" | "有" | "√" | "1" | "Y" | "y" | "true" | "TRUE" => Some(true),
        "否" | "无" | "×" | "0" | "N" | "n" | "false" | "FALSE" => Some(false),
        _ => None,
    }
}

fn educations(person: &mut PersonRecord) {
    for (full_time, ids) in [
        (
            true,
            [
                f::FULL_TIME,
                f::FULL_TIME_DEGREE,
                f::FULL_TIME_SCHOOL,
                f::FULL_TIME_DEGREE_SCHOOL,
            ],
        ),
        (
            false,
            [
                f::IN_SERVICE,
                f::IN_SERVICE_DEGREE,
                f::IN_SERVICE_SCHOOL,
                f::IN_SERVICE_DEGREE_SCHOOL,
            ],
        ),
    ] {
        let cell = |id: &str| {
            let field = person.fields.get(id)?;
            let text = field.written.as_deref().unwrap_or(&field.value).trim().to_owned();
            Some(Cell::new(text, field.place.clone()))
        };
        let [name, degree, school, degree_school] = ids.map(cell);
        person
            .educations
            .extend(education_pair(full_time, name, degree, school, degree_school));
    }
}
