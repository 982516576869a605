//! 匹配: what is offered where somebody asks, and who asks where something is offered. Which classes match, and which words
//! mean the same, is data of `case.toml`; the reason stands beside each.

use super::record::find_unrestricted;
use super::{Filter, Record, find, unit};
use crate::{Case, Result};
use institution::case::{Act, Deed, Fit, Side, System};
use registry::{Desk, Organisation};
use std::collections::BTreeMap;
use vocabulary::{Day, Id};

/// A case that fits, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fitting {
    pub id: Id<Case>,
    pub receipt: String,
    pub class: String,
    pub words: String,
    pub place: String,
    /// 同一镇街, by its name; empty elsewhere.
    pub near: String,
    /// What both name.
    pub shared: Vec<String>,
}

/// A case to which another is connected.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Connected {
    pub id: Id<Case>,
    pub receipt: String,
    pub class: String,
    pub words: String,
    pub since: Option<Day>,
}

/// Places by number, each with the organisation over it at the level that counts as near.
struct Near<'s> {
    kinds: &'s [std::sync::Arc<str>],
    known: BTreeMap<i64, (String, String)>,
}

impl Near<'_> {
    /// Name of the place, and of what lies over it at the level.
    fn of(&mut self, desk: &Desk, place: Id<Organisation>) -> Result<(String, String)> {
        if let Some(found) = self.known.get(&place.number()) {
            return Ok(found.clone());
        }
        let here = unit::find(desk, place)?;
        let (name, mut at) = (here.name.clone(), Some(here));
        let near = loop {
            match at {
                Some(unit) if self.kinds.contains(&unit.kind.as_str().into()) => break unit.name,
                Some(unit) => at = unit.parent.map(|above| unit::find(desk, above)).transpose()?,
                None => break String::new(),
            }
        };
        self.known.insert(place.number(), (name.clone(), near.clone()));
        Ok((name, near))
    }
}

/// Open cases of this desk's sight that fit `record`: those of the same street first, then those that name more of the
/// same, then the newest.
pub fn fitting(desk: &Desk, record: &Record, most: usize) -> Result<Vec<Fitting>> {
    let system = super::system(desk, &record.system)?.1;
    let Some(class) = record.life.class.as_deref().filter(|_| open(record)) else { return Ok(vec![]) };
    let Some(rule) = system.matching(class) else { return Ok(vec![]) };
    let kinds = system.levels.iter().find(|l| l.title == rule.near).map_or(&[][..], |l| &l.kinds);
    let mut near = Near { kinds, known: BTreeMap::new() };
    let own = near.of(desk, record.place)?.1;
    let mut out: Vec<(Fit, Fitting)> = Vec::new();
    for other in super::line::records(desk, &Filter { system: Some(record.system.clone()), ..Filter::default() })? {
        let Some(theirs) = other.life.class.as_deref().filter(|_| other.id != record.id && open(&other) && !record.life.connected.contains(&other.id.number())) else { continue };
        let (place, street) = near.of(desk, other.place)?;
        let fit = system.fit(Side { class, words: &record.words, near: &own }, Side { class: theirs, words: &other.words, near: &street });
        if let Some(fit) = fit {
            let found = Fitting {
                id: other.id,
                class: title(system, theirs),
                receipt: other.receipt,
                words: other.words,
                place,
                near: if fit.near { street } else { String::new() },
                shared: fit.shared.clone(),
            };
            out.push((fit, found));
        }
    }
    out.sort_by_key(|(fit, found)| (!fit.near, std::cmp::Reverse(fit.shared.len()), std::cmp::Reverse(found.id.number())));
    out.truncate(most);
    Ok(out.into_iter().map(|(_, found)| found).collect())
}

/// What it is connected to and this desk may see.
pub fn connected(desk: &Desk, record: &Record) -> Result<Vec<Connected>> {
    let system = super::system(desk, &record.system)?.1;
    let mut out = Vec::new();
    for number in &record.life.connected {
        let Ok(other) = find(desk, Id::new(*number)) else { continue };
        let since = record.deeds.iter().rev().find(|d| d.act == Act::Connect && d.into == Some(*number)).map(|d| d.at.day());
        out.push(Connected { id: other.id, class: title(system, other.life.class.as_deref().unwrap_or_default()), receipt: other.receipt, words: other.words, since });
    }
    Ok(out)
}

fn title(system: &System, class: &str) -> String {
    system.class(class).map(|c| c.title.to_string()).unwrap_or_default()
}

fn open(record: &Record) -> bool {
    record.life.stage.waits() && record.life.merged_into.is_none()
}

/// The same deed on the other of the two.
pub(super) fn on_the_other(desk: &mut Desk, record: &Record, deed: &Deed, system: &System) -> Result<()> {
    let Some(other) = deed.into else { return Ok(()) };
    let other = find_unrestricted(desk, Id::new(other))?;
    let mirrored = Deed { into: Some(record.id.number()), at: deed.at.max(other.life.last), ..deed.clone() };
    super::act::write(desk, &other, &mirrored, system)?;
    Ok(())
}
