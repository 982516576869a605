//! All at once: the counts of the database are those of the list, unit by unit.

use super::world::worlds;
use affairs::duty::{self, Outcome, Tally};
use institution::Subject;
use institution::duty::Standing;
use vocabulary::day;

#[test]
fn what_is_counted_of_all_is_what_is_listed_of_each() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 27));
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 27))).done().unwrap();
        w.on(day!(2026 - 04 - 10));
        let mut seen = 0;
        w.read(|desk| {
            for of in [Subject::Branch, Subject::Charge, Subject::Member, Subject::Organisation] {
                let question = desk.question_of_rows();
                let numbers: Vec<i64> = desk.rows(&format!("select {} from {}", question.id(of), question.from(of)), &[])?.iter().map(|r| r.int(0)).collect();
                let units = duty::units(desk, of, &numbers)?;
                for d in desk.book.duties().filter(|d| d.of == of) {
                    let (from, to) = (day!(2026 - 01 - 01), day!(2026 - 04 - 09));
                    let listed: Vec<_> = duty::of_units(desk, of, &units, from, to)?.into_iter().filter(|o| o.duty == d.key).collect();
                    let late = listed.iter().filter(|o| o.standing == Standing::Overdue).count() as i64;
                    let counted: i64 = duty::count(desk, d, "/")?.values().sum();
                    assert_eq!(counted, late, "{db}: {} overdue", d.key);
                    assert_eq!(duty::overdue(desk, d, None, 500)?.len() as i64, late, "{db}: {} list", d.key);
                    let mut all = Tally::default();
                    for t in duty::tally(desk, d, from, to, "/")?.into_values() {
                        all.add(t);
                    }
                    let n = |s: Standing| listed.iter().filter(|o| o.standing == s).count() as i64;
                    let native = Tally { owed: listed.len() as i64, done: n(Standing::Done), late: n(Standing::Late), excused: n(Standing::Excused) };
                    assert_eq!(all, native, "{db}: {}", d.key);
                    for outcome in Outcome::ALL {
                        let rows = duty::listed(desk, d, outcome, from, to, None, 500)?;
                        assert_eq!(rows.len() as i64, all.of(outcome), "{db}: the rows behind {} of {}", outcome.id(), d.key);
                    }
                    seen += listed.len();
                }
            }
            Ok(())
        });
        assert!(seen >= 20, "{db}: {seen} occurrences compared");
    }
}

#[test]
fn the_counts_go_by_the_tree() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 30));
        let (town, village) = w.read(|desk| Ok((registry::organisation::find(desk, w.town)?.path, registry::organisation::find(desk, w.village)?.path)));
        let key = "party-life/theme-day";
        let counts = w.read(|desk| duty::count(desk, duty::find(desk, key)?, &town));
        assert_eq!(counts.values().sum::<i64>(), 2, "{db}: {counts:?}");
        assert_eq!(counts.get(&village), Some(&1), "{db}: {counts:?}");
        let below = w.read(|desk| duty::overdue(desk, duty::find(desk, key)?, Some(&village), 10));
        assert_eq!(below.len(), 1, "{db}");
        assert_eq!(below[0].unit_title, "大王庄村党支部", "{db}");
    }
}

#[test]
fn a_birthday_is_owed_on_its_day_and_a_term_is_noticed_six_months_ahead() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 07 - 03));
        let owed = w.read(|desk| duty::overdue(desk, duty::find(desk, "care/political-birthday")?, None, 50));
        assert_eq!(owed.len(), 8, "{db}: joined on 1 July");
        assert!(owed.iter().all(|o| o.occurrence == "2026" && o.due == day!(2026 - 07 - 01)), "{db}");
        let notice = w.read(|desk| duty::overdue(desk, duty::find(desk, "party-life/term-notice")?, None, 50));
        assert_eq!(notice.len(), 1, "{db}: {notice:?}");
        assert_eq!((notice[0].due, notice[0].occurrence.as_str()), (day!(2026 - 06 - 20), "2026-12-20"), "{db}");
    }
}
