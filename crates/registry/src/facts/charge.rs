//! Facts of a charge: who looks after which place. `d` is its details.

use super::{Implementation, asked};

pub const FACTS: &[Implementation] = &[
    asked("charge.ref", "{id}"),
    asked("charge.kind", "d.kind"),
    asked("charge.who", "d.who"),
    asked("charge.place", "d.placed"),
    asked("charge.place_ref", "d.place"),
    asked("charge.place_kind", "(select o.kind from organisation_details o where o.organisation = d.place and [now o] limit 1)"),
    asked("charge.since", "d.from_day"),
];
