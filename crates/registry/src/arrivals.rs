//! 来件: the files that came in of late.

use crate::{Desk, Result, Source};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Arrival {
    pub id: Id<Source>,
    pub name: String,
    /// Moment.
    pub received: String,
    /// Who brought it.
    pub actor: Option<String>,
}

/// The newest files first.
pub fn latest(desk: &Desk, most: usize) -> Result<Vec<Arrival>> {
    let sql = format!(
        "select s.id, s.name, s.received, (select j.actor from journal j where j.source = s.id order by j.id limit 1)
           from sources s order by s.id desc limit {most}"
    );
    let arrival = |r: &store::Row| Arrival { id: Id::new(r.int(0)), name: r.text(1).into(), received: r.text(2).into(), actor: r.opt_string(3) };
    Ok(desk.rows(&sql, &[])?.iter().map(arrival).collect())
}
