//! 名册: what the columns of a roster are taken for.

use crate::preview::RosterPreview;
use crate::wanted::fields;
use crate::{Choices, Result};
use exchange::mapping::{self, KnownFact, Mapping, Shape};
use exchange::roster::RosterTable;
use institution::{Dictionary, Kind, Subject};
use registry::Desk;

/// Facts that a column may hold: those of the dictionary that a file can fill, and what rosters usually call them.
pub fn known_facts(dictionary: &Dictionary) -> Vec<KnownFact> {
    let mut known = mapping::usual_facts();
    for fact in dictionary.of(Subject::Official) {
        let (id, name) = (fact.id.to_string(), fact.name.to_string());
        let aliases = fact.aliases.iter().map(ToString::to_string);
        match known.iter_mut().find(|k| k.id == id) {
            Some(usual) => {
                for alias in aliases.chain([name]) {
                    if usual.name != alias && !usual.aliases.contains(&alias) {
                        usual.aliases.push(alias);
                    }
                }
            }
            None => {
                let shape = match fact.kind {
                    _ if id == "id_number" => Shape::IdNumber,
                    Kind::Date => Shape::Date,
                    Kind::Number => Shape::Number,
                    Kind::YesNo => Shape::Yes,
                    Kind::Text | Kind::Code | Kind::Reference => Shape::Text,
                };
                known.push(KnownFact { id, name, aliases: aliases.collect(), shape });
            }
        }
    }
    known
}

/// The mapping of this table: said now, else remembered, else guessed.
pub(crate) fn mapped(desk: &Desk, table: &RosterTable, choices: &Choices) -> Result<RosterPreview> {
    let fingerprint = mapping::fingerprint(table);
    let said = choices.mapping(&fingerprint).cloned();
    // What our own ledger wrote says itself what its columns are.
    let remembered = match (&said, &table.own) {
        (None, None) => registry::mapping::remembered(desk, &fingerprint)?.and_then(|json| serde_json::from_str::<Mapping>(&json).ok()),
        _ => None,
    };
    let by_people = said.is_some() || remembered.is_some();
    let mapping = said.or(remembered).unwrap_or_else(|| mapping::guess(table, &known_facts(desk.dictionary())));
    let not_taken = mapping.columns.iter().filter(|c| c.fact.as_deref().is_some_and(|f| !fields::fills(f))).map(|c| c.head.clone()).collect();
    Ok(RosterPreview { place: table.place.clone(), rows: table.rows.len(), mapping, remembered: by_people, not_taken })
}
