//! The one thing that is stored twice never differs from the rows.

use institution::{Fact, Subject};
use registry::facts::standing;
use registry::{Actor, AsOf, Office, testing};
use vocabulary::{Clock, Value, day};

use crate::office::{date, held, odd_people, somebody};

/// What the standing table answers, and what the rows answer.
fn both(office: &Office) -> (Vec<Vec<Option<Value>>>, Vec<Vec<Option<Value>>>) {
    office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let facts: Vec<&Fact> = desk.dictionary().of(Subject::Official).collect();
            let ids: Vec<i64> = desk.rows("select id from persons order by id", &[])?.iter().map(|r| r.int(0)).collect();
            let kept = registry::facts::about(desk, Subject::Official, &ids, &facts)?;
            let mut question = desk.question_of_rows();
            let (shape, select) = registry::facts::about::Shape::select(&question, &facts, 0);
            let visible = question.visible(Subject::Official, desk.actor);
            let sql = format!("select {} from {} where {visible} order by s.id", select.join(", "), question.from(Subject::Official));
            let asked: Vec<_> = desk.rows(&sql, &[])?.iter().map(|row| shape.values(row)).collect();
            Ok::<_, registry::Error>((kept.into_iter().map(|r| r.values).collect(), asked))
        })
        .expect("answers")
}

#[test]
fn todays_kept_answers_equal_the_rows_after_every_kind_of_write() {
    for (database, office, _guard) in testing::offices() {
        let town = odd_people(&office);
        let (kept, rows) = both(&office);
        assert_eq!(kept.len(), 60, "{database}");
        assert_eq!(kept, rows, "{database}: after adding people");
        office
            .write(&Actor::program(), |desk| {
                let id = somebody(desk, "周喆", Some("1990-02"))?;
                let entry = crate::office::entry(desk)?;
                registry::dated::add(desk, id, &held(Some(town.chief), Some(town.town), "青云镇镇长", "2026-11", None), entry)?;
                Ok::<_, registry::Error>(())
            })
            .unwrap();
        let (kept, rows) = both(&office);
        assert_eq!(kept, rows, "{database}: after an appointment");
        office.store.write(|tx| standing::rebuild(tx, &office.book.dictionary, office.today())).unwrap();
        assert_eq!(both(&office).0, kept, "{database}: the rebuild command says the same");
    }
}

#[test]
fn when_the_day_turns_what_begins_and_ends_that_day_is_right() {
    for (database, mut office, _guard) in testing::offices() {
        odd_people(&office);
        office
            .write(&Actor::program(), |desk| {
                let id = somebody(desk, "钱进", Some("1988-01-31"))?;
                let entry = crate::office::entry(desk)?;
                let mut tenure = held(None, None, "县委办公室副主任", "2026-12", None);
                tenure.probation_until = Some(date("2026-12-20"));
                registry::dated::add(desk, id, &tenure, entry)?;
                Ok::<_, registry::Error>(())
            })
            .unwrap();
        for day in [day!(2026 - 11 - 30), day!(2026 - 12 - 01), day!(2026 - 12 - 20), day!(2026 - 12 - 31), day!(2027 - 01 - 01)] {
            office.clock = Clock::on(day);
            office.turn_the_day().unwrap();
            let (kept, rows) = both(&office);
            assert_eq!(kept, rows, "{database}: on {day}");
        }
    }
}
