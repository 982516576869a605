//! 谁看着: who looks after the places of a level, by the charge that the level names. A level that names none shows nobody.

use super::systems;
use crate::Result;
use registry::charge::{self, Held};
use registry::{Desk, Organisation};
use vocabulary::Id;

/// Of these places, on the desk's day.
pub fn keepers(desk: &Desk, places: &[Id<Organisation>]) -> Result<Vec<Held>> {
    let kinds: Vec<&str> = systems(desk).flat_map(|(_, s)| &s.levels).filter_map(|l| l.charge.as_deref()).collect();
    if kinds.is_empty() {
        return Ok(vec![]);
    }
    Ok(charge::of_places(desk, places)?.into_iter().filter(|held| kinds.contains(&&*held.kind)).collect())
}
