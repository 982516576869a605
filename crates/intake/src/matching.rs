//! 认人: who on record a record of the file means. By number of our own, by ID number, else by name and birth.

use crate::preview::Candidate;
use crate::{Choices, Result};
use exchange::PersonRecord;
use exchange::field::person as f;
use registry::dated;
use registry::rows::{Details, Tenure};
use registry::{Desk, Person};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Param;
use vocabulary::{Id, identity};

/// What a record says of who it is.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub number: u32,
    pub own: Option<i64>,
    pub name: String,
    pub id_number: Option<String>,
    /// `1985-04`
    pub born: Option<String>,
    /// Unit or post, to tell apart people of one name.
    pub unit: String,
}

impl Who {
    pub fn of(number: u32, record: &PersonRecord) -> Who {
        let told = record.id_number().and_then(|id| identity::read(id).ok());
        let born = record.fields.value(f::BORN).filter(|b| b.len() >= 7).and_then(|b| b.get(..7)).map(str::to_owned);
        let unit = [f::ORGANISATION, f::POST, f::POST_SHORT].iter().find_map(|id| record.fields.value(id)).unwrap_or("");
        Who {
            number,
            own: record.own_id,
            name: record.name().trim().to_owned(),
            id_number: record.id_number().filter(|id| !id.is_empty()).map(str::to_owned),
            born: born.or_else(|| told.map(|t| t.born.to_string().chars().take(7).collect())),
            unit: unit.to_owned(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Match {
    Person(i64),
    New,
    /// Cannot be told apart, why, and who it may be.
    Ambiguous(String, Vec<Candidate>),
}

/// Somebody on record who may be meant.
#[derive(Clone, Debug)]
struct Known {
    person: i64,
    name: String,
    born: Option<String>,
    id_number: Option<String>,
}

/// Between the first look and the last: who may be meant.
enum Maybe {
    Sure(Match),
    /// The unit may tell them apart.
    Among(String, Vec<i64>),
    /// Only a person can say; the unit does not help.
    Ask(String, Vec<i64>),
}

pub(crate) fn decide(desk: &Desk, people: &[Who], choices: &Choices) -> Result<HashMap<u32, Match>> {
    let known = look_up(desk, people, choices)?;
    let maybe: Vec<(&Who, Maybe)> = people.iter().map(|who| (who, known.who(who, choices))).collect();
    let unsure: BTreeSet<i64> = maybe.iter().flat_map(|(_, m)| match m {
        Maybe::Among(_, ids) | Maybe::Ask(_, ids) => ids.clone(),
        Maybe::Sure(_) => vec![],
    }).collect();
    let candidates = candidates(desk, &unsure.into_iter().collect::<Vec<_>>())?;
    let of = |ids: &[i64]| ids.iter().filter_map(|id| candidates.get(id).cloned()).collect::<Vec<_>>();
    Ok(maybe.into_iter().map(|(who, maybe)| {
        let decided = match maybe {
            Maybe::Sure(decided) => decided,
            Maybe::Ask(because, ids) => Match::Ambiguous(because, of(&ids)),
            Maybe::Among(because, ids) => {
                let among = of(&ids);
                let mut fits = among.iter().filter(|c| same_unit(&who.unit, &c.post));
                match (fits.next(), fits.next()) {
                    (Some(one), None) => Match::Person(one.person),
                    _ => Match::Ambiguous(because, among),
                }
            }
        };
        (who.number, decided)
    }).collect())
}

#[derive(Default)]
struct OnRecord {
    by_id_number: HashMap<String, Vec<Known>>,
    by_name: HashMap<String, Vec<Known>>,
    numbers: BTreeSet<i64>,
}

fn look_up(desk: &Desk, people: &[Who], choices: &Choices) -> Result<OnRecord> {
    let mut known = OnRecord::default();
    let texts = |of: fn(&Who) -> Option<&String>| -> BTreeSet<&String> { people.iter().filter_map(of).collect() };
    for row in by(desk, "id_number_index", &texts(|w| w.id_number.as_ref()))? {
        known.by_id_number.entry(row.id_number.clone().unwrap_or_default()).or_default().push(row);
    }
    for row in by(desk, "name", &texts(|w| Some(&w.name).filter(|n| !n.is_empty())))? {
        known.by_name.entry(row.name.clone()).or_default().push(row);
    }
    let said: Vec<i64> = people.iter().filter_map(|w| choices.same_as.get(&w.number).copied().or(w.own)).collect();
    for chunk in said.chunks(500) {
        let sql = format!("select id from persons where id in ({})", crate::held::list(chunk));
        known.numbers.extend(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)));
    }
    Ok(known)
}

fn by(desk: &Desk, column: &str, values: &BTreeSet<&String>) -> Result<Vec<Known>> {
    let filter = desk.question_of_rows().known_filter("d");
    let mut out = Vec::new();
    for chunk in values.iter().collect::<Vec<_>>().chunks(500) {
        let places: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select d.person, d.name, d.born, d.id_number from person_details d where d.{column} in ({}) and {filter} order by d.person",
            places.join(", "),
        );
        let asked = |v: &String| if column == "id_number_index" { registry::sealing::id_number_index(desk.keys, v) } else { v.clone() };
        let params: Vec<Param> = chunk.iter().map(|v| asked(v).into()).collect();
        for row in desk.rows(&sql, &params)? {
            out.push(Known { person: row.int(0), name: row.text(1).into(), born: row.opt_string(2), id_number: row.opt_string(3) });
        }
    }
    Ok(out)
}

impl OnRecord {
    fn who(&self, who: &Who, choices: &Choices) -> Maybe {
        if let Some(person) = choices.same_as.get(&who.number).filter(|p| self.numbers.contains(p)) {
            return Maybe::Sure(Match::Person(*person));
        }
        if choices.treat_as_new.contains(&who.number) {
            return Maybe::Sure(Match::New);
        }
        if let Some(person) = who.own.filter(|p| self.numbers.contains(p)) {
            return Maybe::Sure(Match::Person(person));
        }
        let same_number = who.id_number.as_ref().and_then(|id| self.by_id_number.get(id)).map_or(&[][..], Vec::as_slice);
        match same_number {
            [one] if one.name == who.name || who.name.is_empty() => return Maybe::Sure(Match::Person(one.person)),
            [one] => return Maybe::Ask(format!("身份证号与在册的{}相同，而姓名不同", one.name), vec![one.person]),
            [] => {}
            several => return Maybe::Ask(format!("在册有 {} 人用这个身份证号", several.len()), several.iter().map(|k| k.person).collect()),
        }
        self.by_name_and_birth(who, choices)
    }

    fn by_name_and_birth(&self, who: &Who, choices: &Choices) -> Maybe {
        let namesakes = self.by_name.get(&who.name).map_or(&[][..], Vec::as_slice);
        let ids = |people: &[&Known]| people.iter().map(|k| k.person).collect::<Vec<_>>();
        let Some(born) = &who.born else {
            let all: Vec<&Known> = namesakes.iter().collect();
            return match namesakes {
                [] => Maybe::Sure(Match::New),
                [one] if choices.name_is_enough => Maybe::Sure(Match::Person(one.person)),
                [_] => Maybe::Among("没有出生年月和身份证号，只有姓名相同".into(), ids(&all)),
                several => Maybe::Among(format!("没有出生年月和身份证号，在册有 {} 人同名", several.len()), ids(&all)),
            };
        };
        let same_birth: Vec<&Known> = namesakes.iter().filter(|k| k.born.as_ref().is_none_or(|b| b.starts_with(born.as_str()) || born.starts_with(b.as_str()))).collect();
        // Two sound ID numbers that differ are two people, whatever their names.
        let other_number = |k: &&&Known| matches!((&k.id_number, &who.id_number), (Some(a), Some(b)) if a != b);
        let (others, possible): (Vec<&Known>, Vec<&Known>) = same_birth.iter().copied().partition(|k| other_number(&k));
        let sound = |id: &Option<String>| id.as_ref().is_some_and(|id| identity::read(id).is_ok());
        match possible.as_slice() {
            [one] if one.born.is_some() => Maybe::Sure(Match::Person(one.person)),
            [] => {
                let doubtful: Vec<&Known> = others.into_iter().filter(|k| !sound(&k.id_number) || !sound(&who.id_number)).collect();
                if doubtful.is_empty() {
                    Maybe::Sure(Match::New)
                } else {
                    Maybe::Ask("姓名、出生年月相同而身份证号不同，且有一个身份证号不合规则".into(), ids(&doubtful))
                }
            }
            [_] => Maybe::Among("在册的同名人没有出生年月".into(), ids(&possible)),
            several => Maybe::Among(format!("在册有 {} 人姓名、出生年月相同", several.len()), ids(several)),
        }
    }
}

/// People to choose among, as a page lists them.
fn candidates(desk: &Desk, people: &[i64]) -> Result<BTreeMap<i64, Candidate>> {
    let mut out = BTreeMap::new();
    if people.is_empty() {
        return Ok(out);
    }
    let tenures = dated::of_many::<Tenure>(desk, people)?;
    for details in dated::of_many::<Details>(desk, people)? {
        let id: Id<Person> = details.person;
        let own: Vec<_> = tenures.iter().filter(|t| t.person == id).cloned().collect();
        let titles: Vec<&str> = crate::held::open(&own).iter().map(|t| t.title.as_str()).collect();
        let row = details.row;
        let id_ends = row.id_number.as_deref().and_then(|n| n.get(n.len().saturating_sub(4)..)).map(str::to_owned);
        let born = row.born.map(|b| b.to_string());
        out.insert(id.number(), Candidate { person: id.number(), name: row.name, sex: row.sex, born, id_ends, post: titles.join("、") });
    }
    Ok(out)
}

/// Does the unit of the file stand in the post on record, or the post begin the unit's text?
fn same_unit(unit: &str, post: &str) -> bool {
    let unit = unit.trim();
    !unit.is_empty() && !post.is_empty() && (post.contains(unit) || unit.contains(post) || unit.split('、').any(|u| post.split('、').any(|p| p == u)))
}
