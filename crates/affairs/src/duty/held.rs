//! 已办: what was handed in of one occurrence, and what is published of a unit.

use super::{Attendee, mark};
use crate::{Error, Fields, Result};
use institution::Duty;
use registry::Desk;
use vocabulary::Day;

/// What is on file.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Held {
    pub mark: i64,
    pub duty: String,
    pub title: String,
    pub occurrence: String,
    /// done excused
    pub kind: String,
    pub on: String,
    pub at_time: Option<String>,
    pub person: Option<String>,
    pub due: String,
    pub late: bool,
    /// Label and text, in the institution's order.
    pub fields: Vec<(String, String)>,
    pub explained: String,
    pub actor: String,
    pub at: String,
    pub roll: Vec<Attendee>,
    /// Number, field label and name.
    pub files: Vec<(i64, String, String)>,
}

impl Held {
    pub fn should(&self) -> usize {
        self.roll.iter().filter(|a| !a.guest).count()
    }
    pub fn present(&self) -> usize {
        self.roll.iter().filter(|a| !a.guest && a.present).count()
    }
}

/// What this unit handed in of this occurrence; nothing when it did not.
pub fn held(desk: &Desk, duty: &Duty, unit: i64, occurrence: &str) -> Result<Option<Held>> {
    super::unit(desk, duty.of, unit)?;
    let Some(slot) = mark::slot_number(desk, &duty.key, occurrence)? else { return Ok(None) };
    let known = desk.question_of_rows().known_filter("m");
    let row = desk.first(&format!("select m.id from duty_marks m where m.slot = $1 and m.unit = $2 and {known}"), &[slot.into(), unit.into()])?;
    row.map(|r| one(desk, duty, r.int(0), occurrence)).transpose()
}

/// The system whose case a problem on file did not become, because nobody at the place or above it holds such cases:
/// `吹哨报到`. Nothing when there was no problem, or it became one.
pub fn unheard(desk: &Desk, duty: &Duty, held: &Held) -> Result<Option<String>> {
    let Some(problem) = &duty.problem else { return Ok(None) };
    let told = duty.field(&problem.field).is_some_and(|f| held.fields.iter().any(|(label, text)| *label == *f.label && !text.trim().is_empty()));
    if !told || !crate::case::brought_by(desk, held.mark)?.is_empty() {
        return Ok(None);
    }
    Ok(Some(crate::case::system(desk, &problem.system)?.0.title.to_string()))
}

/// The page of what was handed in, for who may see whose duty it is, and what it was: `到党建联系点 2026-11-03`. Who went is
/// not said.
pub fn address_of(desk: &Desk, mark: i64) -> Result<Option<(String, String)>> {
    let sql = "select o.duty, o.occurrence, m.unit, m.on_day from duty_marks m join duty_occurrences o on o.id = m.slot where m.id = $1";
    let Some(row) = desk.first(sql, &[mark.into()])? else { return Ok(None) };
    let Some(duty) = desk.book.duty(row.text(0)) else { return Ok(None) };
    if super::unit(desk, duty.of, row.int(2)).is_err() {
        return Ok(None);
    }
    let address = format!("/duties/{}/{}/{}?of={}", super::subject_id(duty.of), row.int(2), duty.key, row.text(1));
    Ok(Some((address, format!("{} {}", duty.title, row.text(3)))))
}

fn one(desk: &Desk, duty: &Duty, mark: i64, occurrence: &str) -> Result<Held> {
    let question = desk.question_of_rows();
    let known = question.known_filter("n");
    let sql = format!(
        "select m.kind, m.on_day, m.at_time, n.name, m.due, m.data, m.explained, m.actor, m.at
           from duty_marks m left join person_details n on n.person = m.person and {known} where m.id = $1"
    );
    let row = desk.one(&sql, &[mark.into()])?;
    let data: Fields = serde_json::from_str(row.text(5)).map_err(|_| Error::Corrupt { table: "duty_marks", row: mark, column: "data" })?;
    let fields = duty.fields.iter().filter_map(|f| data.get(&*f.id).map(|t| (f.label.to_string(), t.clone()))).collect();
    let r = question.known_filter("r");
    let roll = desk.rows(&format!("select r.person, r.name, r.present, r.why, r.kind, r.made_up from duty_roll r where r.mark = $1 and {r} order by r.order_no"), &[mark.into()])?;
    let f = question.known_filter("f");
    let files = desk.rows(&format!("select f.id, f.field, f.name from duty_files f where f.mark = $1 and {f} order by f.id"), &[mark.into()])?;
    Ok(Held {
        mark,
        duty: duty.key.to_string(),
        title: duty.title.to_string(),
        occurrence: occurrence.to_owned(),
        kind: row.text(0).into(),
        on: row.text(1).into(),
        at_time: row.opt_string(2),
        person: row.opt_string(3),
        due: row.text(4).into(),
        late: row.text(0) == "done" && row.text(1) > row.text(4),
        fields,
        explained: row.text(6).into(),
        actor: row.text(7).into(),
        at: row.text(8).into(),
        roll: roll
            .iter()
            .map(|r| Attendee {
                person: r.opt_int(0),
                name: r.text(1).into(),
                present: r.yes(2),
                why: r.text(3).into(),
                guest: r.text(4) == "列席",
                made_up: r.opt_text(5).and_then(|t| t.parse().ok()),
            })
            .collect(),
        files: files.iter().map(|f| (f.int(0), duty.field(f.text(1)).map_or_else(|| f.text(1).to_owned(), |d| d.label.to_string()), f.text(2).to_owned())).collect(),
    })
}

/// The branch, and the group in it, to which whoever sits at the desk belongs: number and name.
pub fn own_branch(desk: &Desk) -> Result<Vec<(i64, String)>> {
    let Some(person) = desk.actor.person else { return Ok(vec![]) };
    let question = desk.question_of_rows();
    let (d, b) = (question.now_filter("d"), question.known_filter("b"));
    let sql = format!(
        "select b.branch, b.name from members m join member_details d on d.member = m.id and {d}
           join branch_details b on (b.branch = d.branch or b.branch = d.grouped) and {b} where m.person = $1 order by b.branch"
    );
    Ok(desk.rows(&sql, &[person.number().into()])?.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect())
}

/// Whose published life this is: a unit that the desk sees, or the branch to which whoever sits there belongs.
pub fn published_by(desk: &Desk, of: institution::Subject, unit: i64) -> Result<String> {
    if of == institution::Subject::Branch
        && let Some((_, name)) = own_branch(desk)?.into_iter().find(|(branch, _)| *branch == unit)
    {
        return Ok(name);
    }
    Ok(super::unit(desk, of, unit)?.title)
}

/// 公开: what one unit did of the duties that its institution publishes, newest first. Members see their own branch's.
pub fn published(desk: &Desk, of: institution::Subject, unit: i64, since: Day) -> Result<Vec<Held>> {
    published_by(desk, of, unit)?;
    let known = desk.question_of_rows().known_filter("m");
    let sql = format!(
        "select m.id, o.duty, o.occurrence from duty_marks m join duty_occurrences o on o.id = m.slot
          where m.unit = $1 and m.kind = 'done' and m.on_day >= $2 and {known} order by m.on_day desc, m.id desc limit 60"
    );
    let mut out = Vec::new();
    for row in desk.rows(&sql, &[unit.into(), since.to_string().into()])? {
        if let Some(duty) = desk.book.duty(row.text(1)).filter(|d| d.published && d.of == of) {
            out.push(one(desk, duty, row.int(0), row.text(2))?);
        }
    }
    Ok(out)
}

