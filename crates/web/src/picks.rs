//! 选人选岗: search as you type, inside a form. A click fills the field; without scripts the typed name is read on sending.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, samples};
use axum::extract::Query;
use registry::person::{self, Brief};
use registry::organisation::{self, Unit};
use registry::post::{self, Seat};
use registry::{Desk, Error, Person, Post, Result};
use serde::{Deserialize, Serialize};
use vocabulary::Id;

const SHOWN: usize = 8;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// A post and who is in it.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    pub seat: Seat,
    /// `现任李明`, `空缺`
    pub held: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct PickPage {
    pub q: String,
    pub people: Vec<Brief>,
    pub posts: Vec<Place>,
    pub units: Vec<Unit>,
}

pub async fn people(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = c
        .read(move |desk| {
            let q = asked.q.trim();
            let people = if q.is_empty() { vec![] } else { person::search(desk, q, SHOWN)? };
            Ok(PickPage { q: q.to_owned(), people, ..PickPage::default() })
        })
        .await?;
    c.part("procedures/picked.html", &page)
}

pub async fn posts(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = c
        .read(move |desk| {
            let q = asked.q.trim();
            Ok(PickPage { q: q.to_owned(), posts: if q.is_empty() { vec![] } else { places(desk, q)? }, ..PickPage::default() })
        })
        .await?;
    c.part("procedures/picked.html", &page)
}

pub async fn organisations(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = c
        .read(move |desk| {
            let q = asked.q.trim();
            let units = if q.is_empty() { vec![] } else { organisation::search(desk, q, SHOWN)? };
            Ok(PickPage { q: q.to_owned(), units, ..PickPage::default() })
        })
        .await?;
    c.part("procedures/picked.html", &page)
}

pub fn places(desk: &Desk, words: &str) -> Result<Vec<Place>> {
    let seats = post::search(desk, words, SHOWN)?;
    let numbers: Vec<Id<Post>> = seats.iter().map(|s| s.id).collect();
    let holders = post::holders(desk, &numbers)?;
    let held = |seat: &Seat| {
        let names: Vec<&str> = holders.iter().filter(|h| h.post == seat.id).map(|h| h.name.as_str()).collect();
        let short = usize::try_from(seat.seats).unwrap_or(0).saturating_sub(names.len());
        match (names.is_empty(), short) {
            (true, _) => format!("空缺 {short}"),
            (false, 0) => format!("现任{}", names.join("、")),
            (false, short) => format!("现任{}，空缺 {short}", names.join("、")),
        }
    };
    Ok(seats.into_iter().map(|seat| Place { held: held(&seat), seat }).collect())
}

/// What a typed word means: one, or those among whom she must choose.
#[derive(Clone, Debug)]
pub enum Meant<T, C> {
    Nobody,
    One(T),
    Several(Vec<C>),
}

/// The person that was picked, or the only one whom the words can mean.
pub fn person(desk: &Desk, picked: Option<i64>, words: &str) -> Result<Meant<(Id<Person>, String), Brief>> {
    if let Some(number) = picked.filter(|n| *n > 0) {
        let id = Id::new(number);
        match person::find(desk, id) {
            Ok(found) if words.is_empty() || words.starts_with(&found.row.name) => return Ok(Meant::One((id, found.row.name))),
            Ok(_) | Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    if words.is_empty() {
        return Ok(Meant::Nobody);
    }
    let mut found = person::search(desk, words, SHOWN)?;
    let same = found.iter().filter(|b| b.name == words).count();
    if same > 0 {
        found.retain(|b| b.name == words);
    }
    Ok(match found.as_slice() {
        [] => Meant::Nobody,
        [one] => Meant::One((one.id, one.name.clone())),
        _ => Meant::Several(found),
    })
}

/// The same for a post.
pub fn post(desk: &Desk, picked: Option<i64>, words: &str) -> Result<Meant<Seat, Place>> {
    if let Some(number) = picked.filter(|n| *n > 0) {
        match post::find(desk, Id::new(number)) {
            Ok(seat) if words.is_empty() || words == seat.title => return Ok(Meant::One(seat)),
            Ok(_) | Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    if words.is_empty() {
        return Ok(Meant::Nobody);
    }
    let mut found = places(desk, words)?;
    if found.iter().filter(|p| p.seat.title == words).count() == 1 {
        found.retain(|p| p.seat.title == words);
    }
    Ok(match found.len() {
        0 => Meant::Nobody,
        1 => Meant::One(found.swap_remove(0).seat),
        _ => Meant::Several(found),
    })
}

impl Page for PickPage {
    const TEMPLATE: &'static str = "procedures/pick_page.html";
    fn samples() -> Vec<Sample<Self>> {
        let people = <crate::search::SearchPage as Page>::samples();
        let of = |sample: usize| people.get(sample).map(|s| s.page.people.clone()).unwrap_or_default();
        let place = Place { seat: samples::seat("青云镇镇长"), held: "空缺 1".into() };
        let usual = PickPage { q: "李".into(), people: of(0), posts: vec![place.clone()], units: vec![] };
        let long = Place { seat: samples::seat(samples::LONG_TITLE), held: format!("现任{}", samples::LONG_NAME) };
        let full = PickPage { q: "李".into(), people: of(2), posts: vec![long; 8], units: vec![] };
        vec![Sample::usual(usual), Sample::empty(PickPage::default()), Sample::overfull(full)]
    }
}
