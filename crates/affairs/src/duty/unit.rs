//! 主体: what can owe a duty, by number and name. One place knows how each kind is found and called.

use crate::Result;
use institution::{Fact, FactSet, Subject};
use registry::facts::{Question, about::Shape};
use registry::{Desk, Organisation};
use store::Param;
use vocabulary::{Day, Id};

/// One unit that may owe something.
#[derive(Clone, Debug)]
pub struct Unit {
    pub subject: Subject,
    pub number: i64,
    /// 石门村党支部; 王建国包保石门村
    pub title: String,
    pub path: String,
    /// First day on which it stood, as its row says: nothing is owed before.
    pub since: Day,
    pub facts: FactSet,
}

/// The word for a subject in addresses.
pub fn subject_id(of: Subject) -> &'static str {
    match of {
        Subject::Branch => "branch",
        Subject::Member => "member",
        Subject::Charge => "charge",
        Subject::Organisation => "organisation",
        Subject::Post => "post",
        _ => "official",
    }
}
pub fn subject_of(id: &str) -> Option<Subject> {
    [Subject::Branch, Subject::Member, Subject::Charge, Subject::Organisation, Subject::Post, Subject::Official].into_iter().find(|s| subject_id(*s) == id)
}

/// SQL of a unit's name and of the path that places it, beside the `from` of its subject.
pub(crate) fn titled(question: &Question, of: Subject) -> (String, String) {
    match of {
        Subject::Charge => ("(d.who || '：' || d.placed)".into(), "d.path".into()),
        Subject::Branch => ("d.name".into(), "d.path".into()),
        Subject::Member => (question.value(of, "member.name"), "d.path".into()),
        Subject::Organisation => ("d.short_name".into(), "d.path".into()),
        Subject::Post => ("d.title".into(), question.value(of, "seat.organisation_path")),
        _ => (question.value(of, "name"), question.value(of, "organisation.path")),
    }
}

/// The organisation where this subject is: what a charge looks after, where a branch or a member belongs, the organisation
/// itself; none of a post or a person.
pub(crate) fn place(desk: &Desk, of: Subject, number: i64) -> Result<Option<Id<Organisation>>> {
    Ok(match of {
        Subject::Charge => Some(registry::charge::find(desk, Id::new(number))?.place),
        Subject::Branch => Some(registry::branch::find(desk, Id::new(number))?.organisation),
        Subject::Member => {
            let branch = registry::member::find(desk, Id::new(number))?.branch;
            Some(registry::branch::find(desk, branch)?.organisation)
        }
        Subject::Organisation => Some(Id::new(number)),
        _ => None,
    })
}

fn since(of: Subject) -> &'static str {
    if of == Subject::Official { "(select min(t.from_day) from tenures t where t.person = s.id and t.superseded is null)" } else { "d.from_day" }
}

/// Units for which the SQL test holds, with these facts, as of the desk's day.
pub(crate) fn select(desk: &Desk, of: Subject, facts: &[&Fact], test: &str, params: Vec<Param>) -> Result<Vec<Unit>> {
    select_on(desk, desk.day(), of, facts, test, params)
}

pub(crate) fn select_on(desk: &Desk, day: Day, of: Subject, facts: &[&Fact], test: &str, params: Vec<Param>) -> Result<Vec<Unit>> {
    let mut question = Question::new(desk.dictionary(), day, desk.known(), false);
    question.params.extend(params);
    let (shape, mut columns) = Shape::select(&question, facts, 4);
    let (title, path) = titled(&question, of);
    let mut all = vec![question.id(of).to_owned(), title, path.clone(), since(of).to_owned()];
    all.append(&mut columns);
    let mut visible = question.visible(of, desk.actor);
    if let (Subject::Member, Some(person)) = (of, desk.actor.person) {
        // Whoever sits here is no stranger to themselves, wherever their branch is.
        visible = format!("({visible} or {})", oneself(person.number()));
    }
    let sql = format!("select {} from {} where {test} and {visible} order by {path}, 1", all.join(", "), question.from(of));
    let early = Day::of(1949, 10, 1).unwrap_or(desk.today);
    Ok(desk
        .rows(&sql, &question.params)?
        .iter()
        .map(|row| {
            let mut set = FactSet::new(desk.dictionary());
            for (fact, value) in facts.iter().zip(shape.values(row)) {
                set.set(fact.index, value);
            }
            let since = row.opt_text(3).and_then(|t| t.parse::<vocabulary::Date>().ok()).map_or(early, |d| d.earliest());
            Unit {
                subject: of,
                number: row.int(0),
                title: row.opt_text(1).unwrap_or_default().to_owned(),
                path: row.opt_text(2).unwrap_or_default().to_owned(),
                since,
                facts: set,
            }
        })
        .collect())
}

/// The membership of this person.
pub(super) fn oneself(person: i64) -> String {
    format!("d.member in (select m.id from members m where m.person = {person})")
}

/// Every fact that the duties of this subject read.
pub(crate) fn facts_of<'a>(desk: &Desk<'a, '_>, of: Subject) -> Vec<&'a Fact> {
    let mut found = Vec::new();
    for duty in desk.book.duties().filter(|d| d.of == of) {
        duty.owes.facts(&mut found);
        found.extend(duty.cadence.fact());
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|f| &desk.book.dictionary.facts[f]).collect()
}

/// These units with what their duties read; those that the desk may not see are missing.
pub fn units(desk: &Desk, of: Subject, numbers: &[i64]) -> Result<Vec<Unit>> {
    units_on(desk, desk.day(), of, numbers)
}

/// The same as they stood on `day`: those that are no more today as well.
pub fn units_on(desk: &Desk, day: Day, of: Subject, numbers: &[i64]) -> Result<Vec<Unit>> {
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let id = desk.question_of_rows().id(of);
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    select_on(desk, day, of, &facts_of(desk, of), &format!("{id} in ({})", list.join(", ")), vec![])
}

pub fn unit(desk: &Desk, of: Subject, number: i64) -> Result<Unit> {
    units(desk, of, &[number])?.pop().ok_or_else(|| crate::Error::NotFound("承担这项任务的单位或人".into()))
}
