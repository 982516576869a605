//! The year of 2026 played through by a handed-in clock: meetings held, put off, missed; figures at its end.

use super::world::{BEGIN, worlds};
use affairs::duty::{self, Completion, Tally};
use institution::Subject;
use institution::duty::Standing;
use vocabulary::{Day, day};

/// The secretary of 大王庄村 is diligent, the one of 石门村 keeps only the quarters.
#[test]
fn a_year_of_party_life_and_its_figures() {
    for (db, mut w) in worlds() {
        let (branch, small) = (w.branch.number(), w.small.number());
        // What is owed is asked once a month; each is held on its day, with the clock standing there.
        let mut month = BEGIN;
        while month <= day!(2026 - 12 - 31) {
            w.on(month);
            let last = month.plus_months(1).plus_days(-1);
            let mut owed = w.read(|desk| duty::of_units(desk, Subject::Branch, &duty::units(desk, Subject::Branch, &[branch, small])?, month, last));
            owed.sort_by_key(|o| o.slot.due);
            for o in owed.iter().filter(|o| o.unit == branch || o.duty.ends_with("members-meeting")) {
                // The flood weeks of July: nothing is held, the theme day is made up on 5 August.
                if (day!(2026 - 07 - 20)..=day!(2026 - 08 - 02)).contains(&o.slot.due) {
                    continue;
                }
                w.on(o.slot.due);
                assert_eq!(w.standing(&o.duty, o.unit, &o.slot.key), Standing::Open.says(), "{db}: {} {}", o.duty, o.slot.key);
                hold(&w, &o.duty, o.unit, &o.slot.key, o.slot.due);
            }
            if month == day!(2026 - 08 - 01) {
                w.on(day!(2026 - 08 - 05));
                hold(&w, "party-life/theme-day", branch, "2026-07-27", day!(2026 - 08 - 05));
            }
            month = month.plus_months(1);
        }
        w.on(day!(2027 - 01 - 05));
        let figures = |key: &str| {
            let mut all = Tally::default();
            for t in w.read(|desk| duty::tally(desk, duty::find(desk, key)?, BEGIN, day!(2026 - 12 - 31), "/")).into_values() {
                all.add(t);
            }
            (all.owed, all.done, all.late, all.lacking())
        };
        assert_eq!(figures("party-life/committee-meeting"), (12, 12, 0, 0), "{db}: only the branch with a committee of three owes it");
        assert_eq!(figures("party-life/theme-day"), (24, 11, 1, 12), "{db}");
        assert_eq!(figures("party-life/members-meeting"), (8, 8, 0, 0), "{db}");
        assert_eq!(figures("party-life/lecture"), (8, 4, 0, 4), "{db}");
        assert_eq!(figures("party-life/group-meeting"), (0, 0, 0, 0), "{db}");
        assert_eq!(figures("party-life/organisation-life"), (2, 1, 0, 1), "{db}");
        assert_eq!(figures("care/contact-point"), (8, 0, 0, 8), "{db}: two points, nobody went");
        // The same question on a day of the past answers as it was then.
        let july = registry::AsOf::on(day!(2026 - 07 - 31));
        let then = w.office.read(&registry::Actor::program(), july, |desk| duty::count(desk, duty::find(desk, "party-life/theme-day")?, "/")).unwrap();
        assert_eq!(then.values().sum::<i64>(), 2, "{db}: on 31 July both; one of them made it up on 5 August");
    }
}

fn hold(w: &super::world::World, key: &str, unit: i64, occurrence: &str, on: Day) {
    let mut given = Completion::of(key, unit, occurrence, on);
    let fields: Vec<(String, String)> = w.read(|desk| {
        let d = duty::find(desk, key)?;
        Ok(d.fields.iter().filter(|f| f.required).map(|f| (f.id.to_string(), if f.kind == institution::duty::FieldKind::Number { "3".into() } else { f.options.first().map_or("照议程开展".into(), ToString::to_string) })).collect())
    });
    given.fields.extend(fields);
    given.roll = w.roll(key, unit, on);
    let outcome = w.hand_in(&given);
    assert!(outcome.refusals().is_empty(), "{key} {occurrence} {on}: {outcome:?}");
}
