//! 补录历史: what many units did before the program came, taken over in one transaction with one entry.

use super::{Attendee, Owed, mark, roll};
use crate::{Fields, Result};
use registry::desk::Happened;
use registry::Desk;
use std::collections::HashMap;
use store::Param;
use vocabulary::Day;

/// So many days back the rolls are taken over with what was done.
const ROLLS_OF_DAYS: i64 = 45;

/// How one occurrence was done, as the old books say.
#[derive(Clone, Debug)]
pub struct Given {
    pub on: Day,
    pub at: Option<String>,
    pub person: Option<i64>,
    pub fields: Fields,
    /// Who was away, and why, of those whom the roll names.
    pub away: Vec<(usize, &'static str)>,
}

/// Takes over what `choose` says of each occurrence; answers how many. The rolls name whoever belonged there that day.
pub fn plant(desk: &mut Desk, owed: &[Owed], says: &str, mut choose: impl FnMut(&Owed) -> Option<Given>) -> Result<usize> {
    let entry = desk.record(Happened { act: "duty.plant", subject: "duty", number: None, says: says.to_owned() })?;
    let (actor, moment) = (desk.actor.shown.clone(), desk.moment.to_string());
    let columns = ["slot", "unit", "kind", "on_day", "at_time", "person", "due", "data", "explained", "actor", "at", "entered"];
    let mut count = 0;
    let mut slots: HashMap<(&str, &str), i64> = HashMap::new();
    for o in owed.iter().filter(|o| o.mark.is_none()) {
        let Some(given) = choose(o) else { continue };
        let slot = match slots.get(&(&*o.duty, o.slot.key.as_str())) {
            Some(slot) => *slot,
            None => {
                let slot = mark::number_slot(desk, &o.duty, &o.slot.key)?;
                slots.insert((&o.duty, &o.slot.key), slot);
                slot
            }
        };
        let data = serde_json::to_string(&given.fields).unwrap_or_else(|_| "{}".into());
        let values: [Param; 12] = [
            slot.into(),
            o.unit.into(),
            "done".into(),
            given.on.to_string().into(),
            given.at.into(),
            given.person.into(),
            o.slot.due.to_string().into(),
            data.into(),
            "".into(),
            (&actor).into(),
            (&moment).into(),
            entry.into(),
        ];
        let mark = desk.insert("duty_marks", &columns, &values)?;
        let duty = super::find(desk, &o.duty)?;
        // The rolls of older meetings are in their own books.
        let recent = given.on >= desk.today.plus_days(-ROLLS_OF_DAYS);
        let mut people: Vec<Attendee> = if recent { roll::expected(desk, duty, o.unit, given.on)? } else { vec![] };
        for (who, why) in &given.away {
            if let Some(a) = people.get_mut(*who) {
                (a.present, a.why) = (false, (*why).to_owned());
            }
        }
        for (order, a) in people.iter().enumerate() {
            let values = [mark.into(), (order as i64 + 1).into(), a.person.into(), (&a.name).into(), "应到".into(), a.present.into(), (&a.why).into(), entry.into()];
            desk.insert("duty_roll", &["mark", "order_no", "person", "name", "kind", "present", "why", "entered"], &values)?;
        }
        count += 1;
    }
    Ok(count)
}
