//! 预览中的一条: a record of the file as the page shows it, with what was chosen about it.

use exchange::{Fault, Place};
use intake::{Candidate, Choices, Preview, RecordPreview, UnitPreview, Verdict};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub number: u32,
    pub name: String,
    pub born: Option<String>,
    pub post: String,
    pub place: String,
    pub verdict: Verdict,
    pub says: &'static str,
    pub because: Option<String>,
    pub person: Option<i64>,
    pub candidates: Vec<Candidate>,
    pub changes: Vec<Line>,
    pub brings: Vec<(String, u32)>,
    pub absent: Vec<String>,
    pub faults: Vec<FaultLine>,
    /// The whole of it is to be written.
    pub taken: bool,
    /// Whom it was said to be: a person's number, or `new`.
    pub who: String,
}

/// One difference.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: String,
    pub noun: String,
    pub field: String,
    pub old: Option<String>,
    pub new: String,
    pub place: String,
    pub taken: bool,
}

/// One fault with its place, as a table shows it.
#[derive(Clone, Debug, Serialize)]
pub struct FaultLine {
    pub file: String,
    pub sheet: String,
    pub row: Option<u32>,
    pub column: String,
    pub value: String,
    pub says: String,
    pub right: String,
    pub error: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownUnit {
    pub number: u32,
    pub name: String,
    pub parent: Option<String>,
    pub says: &'static str,
    pub changes: Vec<Line>,
    pub taken: bool,
}

impl Shown {
    pub fn of(record: &RecordPreview, choices: &Choices) -> Shown {
        let number = record.number;
        let who = match (choices.same_as.get(&number), choices.treat_as_new.contains(&number)) {
            (Some(person), _) => person.to_string(),
            (None, true) => "new".into(),
            (None, false) => String::new(),
        };
        Shown {
            number,
            name: record.name.clone(),
            born: record.born.clone(),
            post: record.post.clone(),
            place: record.place.to_string(),
            verdict: record.verdict,
            says: record.verdict.says(),
            because: record.because.clone(),
            person: record.person,
            candidates: record.candidates.clone(),
            changes: lines(&record.changes, choices),
            brings: record.brings.clone(),
            absent: record.absent.clone(),
            faults: record.faults.iter().map(FaultLine::of).collect(),
            taken: !choices.leave_out.contains(&number.to_string()),
            who,
        }
    }
}

fn lines(changes: &[intake::Change], choices: &Choices) -> Vec<Line> {
    let line = |change: &intake::Change| Line {
        id: change.id.clone(),
        noun: change.noun.clone(),
        field: change.field.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
        place: inside(&change.place),
        taken: !choices.leave_out.contains(&change.id),
    };
    changes.iter().map(line).collect()
}

impl ShownUnit {
    pub fn of(unit: &UnitPreview, choices: &Choices) -> ShownUnit {
        ShownUnit {
            number: unit.number,
            name: unit.name.clone(),
            parent: unit.parent.clone(),
            says: unit.verdict.says(),
            changes: lines(&unit.changes, choices),
            taken: !choices.leave_out.contains(&format!("u{}", unit.number)),
        }
    }
}

impl FaultLine {
    pub fn of(fault: &Fault) -> FaultLine {
        let place = &fault.place;
        let inner = Place { file: "".into(), sheet: None, row: None, ..place.clone() };
        FaultLine {
            file: place.file.to_string(),
            sheet: place.sheet.as_deref().unwrap_or_default().to_owned(),
            row: place.row,
            column: inner.to_string().trim().to_owned(),
            value: fault.value.clone(),
            says: quoted(&fault.says),
            right: quoted(&fault.would_be_right),
            error: fault.is_error(),
        }
    }
}

/// What the terminal marks with backticks, a page sets in quotation marks.
fn quoted(text: &str) -> String {
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (n, part) in parts.enumerate() {
        out.push(if n % 2 == 0 { '“' } else { '”' });
        out.push_str(part);
    }
    out
}

/// The place without the file, which stands above already.
fn inside(place: &Place) -> String {
    Place { file: "".into(), ..place.clone() }.to_string().trim().to_owned()
}

/// How many people and units would be written, with what was left out.
pub fn taken(preview: &Preview, choices: &Choices) -> (u32, u32) {
    let some = |changes: &[intake::Change]| changes.iter().any(|c| !choices.leave_out.contains(&c.id));
    let takes = |number: &str, verdict: Verdict, changes: &[intake::Change]| {
        !choices.leave_out.contains(number) && (verdict == Verdict::New || (verdict == Verdict::Changes && some(changes)))
    };
    let people = preview.records.iter().filter(|r| takes(&r.number.to_string(), r.verdict, &r.changes)).count();
    let units = preview.units.iter().filter(|u| takes(&format!("u{}", u.number), u.verdict, &u.changes)).count();
    (u32::try_from(people).unwrap_or(u32::MAX), u32::try_from(units).unwrap_or(u32::MAX))
}

/// How many were told apart since the file was last compared.
pub fn told_apart(preview: &Preview, choices: &Choices) -> u32 {
    let told = |r: &&RecordPreview| {
        r.verdict == Verdict::Ambiguous && (choices.same_as.contains_key(&r.number) || choices.treat_as_new.contains(&r.number))
    };
    u32::try_from(preview.records.iter().filter(told).count()).unwrap_or(u32::MAX)
}
