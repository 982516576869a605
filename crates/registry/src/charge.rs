//! 包联责任: who looks after which place: 包保, 联建, 第一书记, 党建联系点.

use crate::desk::Happened;
use crate::{Charge, Desk, Error, Organisation, Person, Result, organisation};
use institution::Subject;
use store::{Param, Row};
use vocabulary::{Day, Id};

/// One charge on the day asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Held {
    pub id: Id<Charge>,
    /// Code charge_kind.
    pub kind: String,
    pub person: Option<Id<Person>>,
    pub organisation: Option<Id<Organisation>>,
    pub who: String,
    pub place: Id<Organisation>,
    pub path: String,
    pub placed: String,
    pub from_day: String,
    pub until_day: Option<String>,
}

/// Who takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taker {
    Person(Id<Person>),
    Department(Id<Organisation>),
}

fn held(row: &Row) -> Held {
    Held {
        id: Id::new(row.int(0)),
        kind: row.text(1).into(),
        person: row.opt_int(2).map(Id::new),
        organisation: row.opt_int(3).map(Id::new),
        who: row.text(4).into(),
        place: Id::new(row.int(5)),
        path: row.text(6).into(),
        placed: row.text(7).into(),
        from_day: row.text(8).into(),
        until_day: row.opt_string(9),
    }
}

fn select(desk: &Desk, test: &str, params: Vec<Param>) -> Result<Vec<Held>> {
    select_on(desk, desk.day(), test, params)
}

fn select_on(desk: &Desk, day: Day, test: &str, params: Vec<Param>) -> Result<Vec<Held>> {
    let mut question = crate::facts::Question::new(desk.dictionary(), day, desk.known(), false);
    question.params.extend(params);
    let visible = question.visible(Subject::Charge, desk.actor);
    let sql = format!(
        "select d.charge, d.kind, d.person, d.organisation, d.who, d.place, d.path, d.placed, d.from_day, d.until_day
           from {} where {test} and {visible} order by d.path, d.kind, d.charge",
        question.from(Subject::Charge)
    );
    Ok(desk.rows(&sql, &question.params)?.iter().map(held).collect())
}

pub fn find(desk: &Desk, id: Id<Charge>) -> Result<Held> {
    select(desk, &format!("d.charge = {id}"), vec![])?.pop().ok_or_else(|| Error::NotFound("这项包联责任".into()))
}

/// Those of a place, on the day asked.
pub fn of(desk: &Desk, place: Id<Organisation>) -> Result<Vec<Held>> {
    select(desk, &format!("d.place = {place}"), vec![])
}

/// Those of several places.
pub fn of_places(desk: &Desk, places: &[Id<Organisation>]) -> Result<Vec<Held>> {
    if places.is_empty() {
        return Ok(vec![]);
    }
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    select(desk, &format!("d.place in ({})", places.join(", ")), vec![])
}

/// Those that one person holds.
pub fn of_person(desk: &Desk, person: Id<Person>) -> Result<Vec<Held>> {
    select(desk, &format!("d.person = {person}"), vec![])
}

/// All that may be seen.
pub fn all(desk: &Desk) -> Result<Vec<Held>> {
    all_on(desk, desk.day())
}

/// The same as they stood on `day`.
pub fn all_on(desk: &Desk, day: Day) -> Result<Vec<Held>> {
    select_on(desk, day, "1 = 1", vec![])
}

/// 明确责任: `taker` looks after `place` from `from` on.
pub fn begin(desk: &mut Desk, kind: &str, taker: &Taker, place: Id<Organisation>, from: Day) -> Result<Id<Charge>> {
    let unit = organisation::find(desk, place)?;
    let (person, department, who) = match taker {
        Taker::Person(id) => (Some(id.number()), None, crate::person::find(desk, *id)?.row.name),
        Taker::Department(id) => (None, Some(id.number()), organisation::find(desk, *id)?.short_name),
    };
    let says = format!("{who}：{kind}，{}，自{from}起", unit.short_name);
    let entry = desk.record(Happened { act: "charge.begin", subject: "organisation", number: Some(place.number()), says })?;
    let id = desk.insert("charges", &["entered"], &[entry.into()])?;
    let values = [
        id.into(),
        kind.into(),
        person.into(),
        department.into(),
        who.into(),
        place.number().into(),
        unit.path.into(),
        unit.short_name.into(),
        from.to_string().into(),
        entry.into(),
    ];
    desk.insert("charge_details", &["charge", "kind", "person", "organisation", "who", "place", "path", "placed", "from_day", "entered"], &values)?;
    Ok(Id::new(id))
}

/// 解除责任 on `until`, the first day on which it is no more.
pub fn end(desk: &mut Desk, id: Id<Charge>, until: Day, why: &str) -> Result<()> {
    let old = find(desk, id)?;
    let says = format!("{}不再承担{}的{}：{why}", old.who, old.placed, old.kind);
    let entry = desk.record(Happened { act: "charge.end", subject: "organisation", number: Some(old.place.number()), says })?;
    let row = desk.one("select id from charge_details where charge = $1 and superseded is null", &[id.number().into()])?.int(0);
    desk.execute("update charge_details set superseded = $1 where id = $2", &[entry.into(), row.into()])?;
    let values = [
        id.number().into(),
        old.kind.into(),
        old.person.map(|p| p.number()).into(),
        old.organisation.map(|o| o.number()).into(),
        old.who.into(),
        old.place.number().into(),
        old.path.into(),
        old.placed.into(),
        old.from_day.into(),
        until.to_string().into(),
        row.into(),
        entry.into(),
    ];
    let columns = ["charge", "kind", "person", "organisation", "who", "place", "path", "placed", "from_day", "until_day", "corrects", "entered"];
    desk.insert("charge_details", &columns, &values)?;
    Ok(())
}
