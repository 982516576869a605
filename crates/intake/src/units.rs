//! 单位: B01 of the national workbook becomes new organisations, or changes of those on record.

use crate::change::Change;
use crate::coding::Coding;
use crate::index::Index;
use crate::preview::{UnitPreview, Verdict};
use crate::{Choices, Result};
use exchange::{Fault, UnitRecord, field::unit as f};
use registry::Desk;
use registry::organisation::Unit;
use vocabulary::{Date, Id};

/// A unit compared, and what it is to become.
pub(crate) struct ExaminedUnit {
    pub preview: UnitPreview,
    /// New ones stand under a number of our own (negative) until they are written.
    pub unit: Option<Unit>,
}

pub(crate) fn examine(desk: &Desk, index: &mut Index, records: Vec<UnitRecord>, choices: &Choices) -> Result<Vec<ExaminedUnit>> {
    let coding = Coding { dictionary: desk.dictionary() };
    let today = Date::from(desk.today);
    let mut last_order = index.units.values().map(|u| u.order_no).max().unwrap_or(0);
    let mut out = Vec::with_capacity(records.len());
    for record in records {
        index.met += 1;
        let number = index.met;
        last_order += 1;
        let examined = one(index, &coding, record, number, choices, (today, last_order));
        if let (Some(unit), Verdict::New) = (&examined.unit, examined.preview.verdict) {
            index.add_unit(unit.clone());
        }
        out.push(examined);
    }
    Ok(out)
}

fn one(index: &Index, coding: &Coding, mut record: UnitRecord, number: u32, choices: &Choices, (today, order): (Date, i64)) -> ExaminedUnit {
    let mut faults = std::mem::take(&mut record.faults);
    let name = record.name().unwrap_or("").to_owned();
    let mut preview =
        UnitPreview { number, name: name.clone(), place: record.place.clone(), verdict: Verdict::Refused, parent: None, changes: vec![], faults: vec![] };
    let whole = format!("u{number}");
    if name.is_empty() || choices.leaves_out(&whole) {
        preview.verdict = if name.is_empty() { Verdict::Refused } else { Verdict::LeftOut };
        preview.faults = faults;
        return ExaminedUnit { preview, unit: None };
    }
    let text = |id: &str| record.fields.value(id).map(str::to_owned);
    let code = text(f::CODE);
    let known = code.as_deref().and_then(|c| index.coded(c)).or_else(|| index.named(&name));
    let said = Said {
        name,
        short_name: text(f::SHORT_NAME),
        kind: coded(coding, &record, "organisation_kind", f::KIND, &mut faults),
        level: coded(coding, &record, "organisation_level", f::LEVEL, &mut faults),
        team_size: seats(&record),
        code,
    };
    preview.faults = faults;
    match known.and_then(|id| index.units.get(&id)) {
        Some(held) => {
            let mut unit = held.clone();
            preview.changes = said.compare(&mut unit, &record, &whole, choices);
            let changed = preview.changes.iter().any(|c| !c.left_out);
            preview.verdict = if changed { Verdict::Changes } else { Verdict::Same };
            ExaminedUnit { preview, unit: changed.then_some(unit) }
        }
        None => {
            let parent = parent_of(index, &said);
            preview.parent = parent.map(|p| p.short_name.clone());
            preview.verdict = Verdict::New;
            let unit = said.new_unit(-i64::from(number), parent, today, order);
            ExaminedUnit { preview, unit: Some(unit) }
        }
    }
}

/// What the file says of a unit; None is not said.
struct Said {
    name: String,
    short_name: Option<String>,
    kind: Option<String>,
    level: Option<String>,
    team_size: Option<i64>,
    code: Option<String>,
}

impl Said {
    fn compare(self, unit: &mut Unit, record: &UnitRecord, whole: &str, choices: &Choices) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut line = |field: &str, id: &str, old: Option<String>, new: String| {
            if old.as_deref() == Some(new.as_str()) {
                return false;
            }
            let line = format!("{whole}:{id}");
            let left_out = choices.leaves_out(&line);
            let place = record.fields.get(id).map_or_else(|| record.place.clone(), |f| f.place.clone());
            changes.push(Change { id: line, noun: "机构".into(), field: field.into(), old, new, place, left_out });
            !left_out
        };
        if line("机构名称", f::NAME, Some(unit.name.clone()), self.name.clone()) {
            unit.name = self.name;
        }
        if let Some(new) = self.short_name
            && line("机构简称", f::SHORT_NAME, Some(unit.short_name.clone()), new.clone())
        {
            unit.short_name = new;
        }
        for (field, id, new, slot) in [
            ("机构类别", f::KIND, self.kind, &mut unit.kind),
            ("机构级别", f::LEVEL, self.level, &mut unit.level),
            ("机构编码", f::CODE, self.code, &mut unit.code),
        ] {
            if let Some(new) = new
                && line(field, id, slot.clone(), new.clone())
            {
                *slot = Some(new);
            }
        }
        if let Some(new) = self.team_size
            && line("领导职数", f::CHIEF_LEADERS, unit.team_size.map(|n| n.to_string()), new.to_string())
        {
            unit.team_size = Some(new);
        }
        changes
    }

    fn new_unit(self, id: i64, parent: Option<&Unit>, today: Date, order: i64) -> Unit {
        Unit {
            id: Id::new(id),
            parent: parent.map(|p| p.id),
            path: format!("{}{id}/", parent.map_or("/", |p| p.path.as_str())),
            short_name: self.short_name.unwrap_or_else(|| self.name.clone()),
            name: self.name,
            kind: self.kind,
            level: self.level,
            code: self.code,
            team_size: self.team_size,
            // The file counts among siblings, we over the whole tree: the order of its rows is taken.
            order_no: order,
            from_day: today,
            until_day: None,
        }
    }
}

/// By the code's longest known beginning (`001.001` above `001.001.00A`), then by a name that stands before this one's,
/// then the one organisation at the top.
fn parent_of<'i>(index: &'i Index, said: &Said) -> Option<&'i Unit> {
    let by_code = said.code.as_deref().and_then(|code| {
        let mut rest = code;
        loop {
            (rest, _) = rest.rsplit_once('.')?;
            if let Some(id) = index.coded(rest) {
                return Some(id);
            }
        }
    });
    let by_name = || index.at_head(&said.name).filter(|(_, rest)| !rest.is_empty()).map(|(id, _)| id);
    let top = || {
        let mut tops = index.units.values().filter(|u| u.parent.is_none());
        tops.next().filter(|_| tops.next().is_none()).map(|u| u.id.number())
    };
    by_code.or_else(by_name).or_else(top).and_then(|id| index.units.get(&id))
}

fn coded(coding: &Coding, record: &UnitRecord, table: &str, id: &str, faults: &mut Vec<Fault>) -> Option<String> {
    let field = record.fields.get(id)?;
    coding.read(table, &field.value, &field.place, faults)
}

fn number_of(record: &UnitRecord, id: &str) -> Option<i64> {
    record.fields.value(id)?.parse().ok()
}

/// 领导职数 of the team: chiefs and deputies together.
fn seats(record: &UnitRecord) -> Option<i64> {
    match (number_of(record, f::CHIEF_LEADERS), number_of(record, f::DEPUTY_LEADERS)) {
        (None, None) => None,
        (chiefs, deputies) => Some(chiefs.unwrap_or(0) + deputies.unwrap_or(0)).filter(|n| *n > 0),
    }
}
