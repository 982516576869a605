//! 资格审查: every rule about one person and one post on one day, with where each value was read.

mod origin;
mod passed;
mod proposed;

pub(crate) use origin::give_origins;
pub use passed::{Passed, passed};
pub(crate) use proposed::{Known, Proposed, known};

use crate::known::{in_force, state};
use crate::{Error, Fields, Result};
use institution::rule::JudgedByPeople;
use institution::{Book, Dictionary, FactSet, Institution};
use registry::{Desk, Person, Post};
use vocabulary::{Day, Findings, Id, Value};

/// The institution by which people are examined for posts when none is named.
pub const SELECTION: &str = "selection";

/// What the rules say, and from what.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Examination {
    pub institution: String,
    pub title: String,
    pub version: String,
    pub on: Day,
    /// Heaviest first; each `Saw` has its origin.
    pub findings: Findings,
    /// The facts that were read or stated, in the dictionary's order.
    pub facts: Vec<UsedFact>,
    /// What the machine does not judge.
    pub judged_by_people: Vec<JudgedByPeople>,
}

/// One fact that the examination used.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct UsedFact {
    pub id: String,
    pub name: String,
    pub value: Value,
    /// Where it was said, for what no table of the registry holds; the findings tell the rest.
    pub origin: Option<String>,
}

/// Examines `person` for `post` under `selection`, as things were on `on`; `given` is laid over what is on record.
///
/// A fact that is missing is neither a pass nor a fail: its rules answer 无法判断 and name it.
pub fn examine(desk: &Desk, person: Id<Person>, post: Id<Post>, on: Day, given: &Fields) -> Result<Examination> {
    examine_under(desk, SELECTION, person, post, on, given)
}

/// The same under another institution.
pub fn examine_under(
    desk: &Desk,
    institution: &str,
    person: Id<Person>,
    post: Id<Post>,
    on: Day,
    given: &Fields,
) -> Result<Examination> {
    let institution = in_force(desk, institution, on)?;
    let mut known = known(desk, institution, &Proposed::alone(person, Some(post), on))?;
    let wrong = known.lay_over(desk.dictionary(), given, "本次填写");
    if !wrong.is_empty() {
        return Err(Error::Wrong(wrong.join("；")));
    }
    let mut examination = run(institution, desk.dictionary(), &known.facts, on);
    give_origins(desk, person, &known, &mut examination.findings)?;
    for fact in &mut examination.facts {
        fact.origin = desk
            .dictionary()
            .fact(&fact.id)
            .and_then(|f| known.said.get(&f.index).cloned());
    }
    Ok(examination)
}

/// Examines facts that somebody states: a JSON object fact id → text, number, yes or no.
pub fn examine_facts(book: &Book, institution: &str, facts: &serde_json::Value, on: Day) -> Result<Examination> {
    let institution = book
        .institutions
        .iter()
        .find(|i| &*i.id == institution && i.in_force.holds_on(on))
        .ok_or_else(|| Error::NotInForce(on, institution.to_owned()))?;
    let serde_json::Value::Object(object) = facts else {
        return Err(Error::Wrong("事实文件应是一个 JSON 对象：{\"事实编号\": 值}".into()));
    };
    let stated: Fields = object
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(id, value)| {
            (
                id.clone(),
                value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            )
        })
        .collect();
    let mut set = FactSet::new(&book.dictionary);
    let wrong = state(&book.dictionary, &mut set, &stated);
    if !wrong.is_empty() {
        return Err(Error::Wrong(wrong.join("；")));
    }
    Ok(run(institution, &book.dictionary, &set, on))
}

fn run(institution: &Institution, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Examination {
    let findings = institution.examine(dictionary, facts, on);
    let needed = institution.facts_needed();
    let used = institution.derive(facts, on);
    Examination {
        institution: institution.id.to_string(),
        title: institution.title.to_string(),
        version: institution.version.to_string(),
        on,
        findings,
        facts: used
            .known()
            .filter(|(index, _)| needed.contains(index))
            .map(|(index, value)| UsedFact {
                id: dictionary.facts[index].id.to_string(),
                name: dictionary.facts[index].name_on(on),
                value: value.clone(),
                origin: None,
            })
            .collect(),
        judged_by_people: institution.judged_by_people.clone(),
    }
}
