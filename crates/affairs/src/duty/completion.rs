//! 办理: one occurrence handed in with its evidence. Refused with every reason at once; nothing is written then.

use super::{Attendee, Photo, clash, file, mark, owed, refusal, roll, unit};
use crate::case::{self, Report};
use crate::{Fields, Result};
use institution::duty::{DutyField, FieldKind, Standing};
use institution::{Duty, Kind};
use registry::desk::Happened;
use registry::Desk;
use vocabulary::{Citation, Day, Finding, Findings, Outcome};

/// What is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub duty: String,
    pub unit: i64,
    /// `2026-03-07`; empty: the first one that is still owed on the day (for "at least so many").
    pub occurrence: String,
    /// When it was held.
    pub on: Day,
    /// `14:30`, for visits.
    pub at: Option<String>,
    /// Who went, for visits.
    pub person: Option<i64>,
    pub fields: Fields,
    pub roll: Vec<Attendee>,
    pub photos: Vec<Photo>,
    /// The answer to what was asked.
    pub explained: String,
}

impl Completion {
    pub fn of(duty: &str, unit: i64, occurrence: &str, on: Day) -> Completion {
        Completion {
            duty: duty.into(),
            unit,
            occurrence: occurrence.into(),
            on,
            at: None,
            person: None,
            fields: Fields::new(),
            roll: vec![],
            photos: vec![],
            explained: String::new(),
        }
    }
    pub fn field(mut self, id: &str, text: &str) -> Completion {
        self.fields.insert(id.into(), text.into());
        self
    }
    pub fn visit(mut self, person: i64, at: &str) -> Completion {
        self.person = Some(person);
        self.at = Some(at.into());
        self
    }
}

/// Hands it in. The answer is the number of what is now on file.
pub fn complete(desk: &mut Desk, given: &Completion) -> Result<Outcome<i64>> {
    let duty = super::find(desk, &given.duty)?;
    let who = unit::unit(desk, duty.of, given.unit)?;
    if !super::may_do(desk, duty, given.unit)? {
        return Err(crate::Error::NotFound("这项任务".into()));
    }
    let Some(slot) = slot_of(desk, duty, &who, given)? else {
        let says = format!("{}在 {} 前后没有要办的“{}”", who.title, given.on, duty.title);
        return Ok(Outcome::Refused(Findings::new(vec![refusal("not-owed", says, &duty.source, "核对日期，或从任务列表里打开")])));
    };
    let mut found: Vec<Finding> = Vec::new();
    if let Some((rule, says, next)) = duty.cannot_count(&slot.slot, given.on, desk.today) {
        found.push(refusal(rule, says, &duty.source, next));
    }
    match slot.standing {
        Standing::Done | Standing::Late => found.push(refusal("done-already", format!("这一次已经办理（{}）", slot.done_on.map_or_else(String::new, |d| d.to_string())), &duty.source, "无须再填；填错的，在这一页撤回后重填")),
        Standing::Excused => found.push(refusal("excused", "这一次已批准免办".into(), &duty.source, "无须再填")),
        _ => {}
    }
    found.extend(wrong_fields(duty, given));
    found.extend(roll::wrong(desk, duty, given.unit, given.on, &given.roll)?);
    if duty.visit {
        if given.person.is_none() {
            found.push(refusal("who-went", "没有写是谁去的".into(), &duty.source, "选择走访人"));
        }
        if given.at.as_deref().and_then(clash::minutes).is_none() {
            found.push(refusal("hour", "没有写到达时间".into(), &duty.source, "写成 14:30"));
        }
    }
    if found.is_empty() {
        found.extend(clash::question(desk, duty, given.unit, given)?);
    }
    let report = if found.is_empty() { brought(desk, duty, &who, given)? } else { None };
    if let Some(report) = &report {
        found.extend(case::missing(desk, report)?);
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let mark = write(desk, duty, &who, &slot, given)?;
    if let Some(report) = report {
        // Taken back and handed in again, the same problem is the same case.
        if case::is_known(desk, mark, &report.words)? {
            return Ok(Outcome::Done(mark));
        }
        if let Outcome::Refused(findings) = case::report(desk, &Report { visit: Some(mark), ..report })? {
            return Err(crate::Error::Undone(findings.iter().map(|f| f.says.clone()).collect::<Vec<_>>().join("；")));
        }
    }
    Ok(Outcome::Done(mark))
}

/// The occurrence that is meant: the named one, or the first that is not on file on that day.
fn slot_of(desk: &Desk, duty: &Duty, who: &super::Unit, given: &Completion) -> Result<Option<super::Owed>> {
    let (from, to) = (given.on.plus_days(-400), given.on.plus_days(400));
    let mut all = owed::owed(desk, &[duty], std::slice::from_ref(who), from, to)?;
    all.retain(|o| {
        if given.occurrence.is_empty() {
            o.slot.opens <= given.on && given.on <= o.slot.closes && o.mark.is_none()
        } else {
            o.slot.key == given.occurrence
        }
    });
    Ok(all.into_iter().next())
}

fn wrong_fields(duty: &Duty, given: &Completion) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for field in &duty.fields {
        let mut refuse = |field: &DutyField, says: String, next: &str| found.push(refusal(&format!("field.{}", field.id), says, &duty.source, next));
        if field.kind == FieldKind::Photo {
            let photos = given.photos.iter().filter(|p| p.field == *field.id);
            if field.required && photos.clone().count() == 0 {
                refuse(field, format!("没有附“{}”", field.label), "拍照或选择文件");
            }
            for photo in photos {
                if photo.bytes.len() > file::MOST_BYTES {
                    let size = photo.bytes.len() / 1024 / 1024;
                    refuse(field, format!("“{}”有 {size} 兆，太大", photo.name), "用手机的普通画质重拍，或压缩到 8 兆以内");
                } else if file::kind(&photo.bytes).is_none() {
                    refuse(field, format!("“{}”不是照片，也不是 PDF", photo.name), "选择 JPG、PNG 或 PDF");
                }
            }
            continue;
        }
        found.extend(wrong_text(field, given.fields.get(&*field.id).map_or("", String::as_str), &duty.source));
    }
    if found.is_empty() {
        let number = |id: &str| given.fields.get(id).and_then(|t| t.trim().parse::<i64>().ok()).unwrap_or(0);
        for (n, check) in duty.checks.iter().enumerate().filter(|(_, c)| !c.holds(number)) {
            found.push(refusal(&format!("check.{}", n + 1), format!("数字对不上：{}", check.says), &duty.source, "核对数字后再提交"));
        }
    }
    for id in given.fields.keys().filter(|id| duty.field(id).is_none()) {
        found.push(refusal("no-such-field", format!("“{}”没有填写项 `{id}`", duty.title), &duty.source, "刷新页面后再填"));
    }
    found
}

/// What is wrong with a text that was filled in; photos are looked at by their bytes.
pub(crate) fn wrong_text(field: &DutyField, text: &str, source: &Citation) -> Option<Finding> {
    let refuse = |says: String, next: &str| Some(refusal(&format!("field.{}", field.id), says, source, next));
    let text = text.trim();
    if text.is_empty() {
        return if field.required { refuse(format!("没有填写“{}”", field.label), "填写后再提交") } else { None };
    }
    let kind = match field.kind {
        FieldKind::Number => Kind::Number,
        FieldKind::Date => Kind::Date,
        FieldKind::YesNo => Kind::YesNo,
        _ => Kind::Text,
    };
    if let Err(why) = crate::known::read_plain(kind, text) {
        return refuse(format!("“{}”{why}", field.label), "改正后再提交");
    }
    if field.kind == FieldKind::Choice && !field.options.iter().any(|o| &**o == text) {
        return refuse(format!("“{}”没有“{text}”这一项", field.label), "从列表中选择");
    }
    None
}

/// 带回的问题: the report that the visit makes (its number comes when it is written), of whoever holds such cases at the place or above it; none where nobody does.
fn brought(desk: &Desk, duty: &Duty, who: &super::Unit, given: &Completion) -> Result<Option<Report>> {
    let Some(problem) = &duty.problem else { return Ok(None) };
    let words = given.fields.get(&*problem.field).map_or("", |t| t.trim());
    let place = match (words.is_empty(), unit::place(desk, duty.of, given.unit)?) {
        (false, Some(place)) => case::holder_above(desk, &problem.system, place)?,
        _ => None,
    };
    Ok(place.map(|place| Report {
        system: problem.system.to_string(),
        way: problem.way.to_string(),
        words: words.to_owned(),
        place: Some(place),
        place_words: who.title.clone(),
        visit: Some(0),
        ..Report::default()
    }))
}

fn write(desk: &mut Desk, duty: &Duty, who: &super::Unit, owed: &super::Owed, given: &Completion) -> Result<i64> {
    let late = if given.on > owed.slot.due { format!("，应于{}，逾期补办", owed.slot.due) } else { String::new() };
    let says = format!("{}办理“{}”（{}）{late}", who.title, duty.title, given.on);
    let entry = desk.noted(Happened { act: "duty.complete", subject: super::subject_id(duty.of), number: Some(given.unit), says })?;
    let slot = mark::number_slot(desk, &duty.key, &owed.slot.key)?;
    let data: Fields = given.fields.iter().filter(|(_, t)| !t.trim().is_empty()).map(|(k, t)| (k.clone(), t.trim().to_owned())).collect();
    let data = serde_json::to_string(&data).unwrap_or_else(|_| "{}".into());
    let (actor, moment) = (desk.actor.shown.clone(), desk.moment.to_string());
    let at = given.at.as_deref().and_then(clash::minutes).map(|m| format!("{:02}:{:02}", m / 60, m % 60));
    let values = [
        slot.into(),
        given.unit.into(),
        "done".into(),
        given.on.to_string().into(),
        at.into(),
        given.person.into(),
        owed.slot.due.to_string().into(),
        data.into(),
        given.explained.trim().into(),
        actor.into(),
        moment.into(),
        entry.into(),
    ];
    let columns = ["slot", "unit", "kind", "on_day", "at_time", "person", "due", "data", "explained", "actor", "at", "entered"];
    let mark = desk.insert("duty_marks", &columns, &values).map_err(faster)?;
    for (order, a) in given.roll.iter().enumerate() {
        let kind = if a.guest { "列席" } else { "应到" };
        let values = [mark.into(), (order as i64 + 1).into(), a.person.into(), (&a.name).into(), kind.into(), a.present.into(), a.why.trim().into(), entry.into()];
        desk.insert("duty_roll", &["mark", "order_no", "person", "name", "kind", "present", "why", "entered"], &values)?;
    }
    for photo in &given.photos {
        file::put(desk, mark, photo, entry)?;
    }
    Ok(mark)
}

/// The unique index let another one of the same occurrence pass first.
pub(super) fn faster(error: registry::Error) -> registry::Error {
    match error {
        registry::Error::Store(e) if e.is_conflict() => registry::Error::Changed("这一次任务".into()),
        other => other,
    }
}
