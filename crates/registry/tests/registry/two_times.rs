//! When it was so, and when we learned it.

use registry::rows::{Details, RankHeld};
use registry::{Actor, AsOf, dated, person, testing};
use vocabulary::{Clock, day};

use crate::office::{date, somebody, town};

#[test]
fn a_corrected_birth_month_is_known_only_from_the_day_it_was_corrected() {
    for (database, mut office, _guard) in testing::offices() {
        let program = Actor::program();
        office.clock = Clock::on(day!(2026 - 03 - 02));
        let id = office.write(&program, |desk| { town(desk)?; somebody(desk, "李明", Some("1985-04")) }).unwrap();
        office.clock = Clock::on(day!(2026 - 06 - 10));
        office
            .write(&program, |desk| {
                let old = person::find(desk, id)?;
                person::amend(desk, id, old.id, Details { born: Some(date("1985-05")), ..old.row })
            })
            .unwrap();
        let born = |known_on| {
            office.read(&program, AsOf { day: None, known_on }, |desk| Ok::<_, registry::Error>(person::find(desk, id)?.row.born)).unwrap()
        };
        assert_eq!(born(None), Some(date("1985-05")), "{database}");
        assert_eq!(born(Some(day!(2026 - 06 - 09))), Some(date("1985-04")), "{database}");
        assert_eq!(born(Some(day!(2026 - 06 - 10))), Some(date("1985-05")), "{database}");
        let before = office.read(&program, AsOf { day: None, known_on: Some(day!(2026 - 03 - 01)) }, |desk| person::find(desk, id));
        assert!(before.is_err(), "{database}: nobody knew of him then");
    }
}

#[test]
fn a_rank_entered_late_was_so_before_we_knew_it() {
    for (database, mut office, _guard) in testing::offices() {
        let program = Actor::program();
        office.clock = Clock::on(day!(2026 - 03 - 02));
        let id = office.write(&program, |desk| somebody(desk, "陈晓燕", Some("1990-08"))).unwrap();
        office.clock = Clock::on(day!(2026 - 09 - 01));
        office
            .write(&program, |desk| {
                let entry = crate::office::entry(desk)?;
                let rank = RankHeld { ladder: "职级".into(), rank: "四级主任科员".into(), paper: None, from_day: date("2026-02"), until_day: None };
                dated::add(desk, id, &rank, entry)
            })
            .unwrap();
        let rank = |day, known_on| {
            office
                .read(&program, AsOf { day: Some(day), known_on }, |desk| {
                    let fact = desk.dictionary().fact("rank").expect("in the dictionary");
                    Ok::<_, registry::Error>(person::facts_of(desk, id, &[fact])?.and_then(|r| r.values[0].clone()).map(|v| v.to_string()))
                })
                .unwrap()
        };
        let april = day!(2026 - 04 - 01);
        assert_eq!(rank(april, None).as_deref(), Some("四级主任科员"), "{database}: so in April, as we know today");
        assert_eq!(rank(april, Some(april)), None, "{database}: in April we did not know");
        assert_eq!(rank(day!(2026 - 01 - 31), None), None, "{database}: not yet so in January");
    }
}

#[test]
fn the_second_of_two_editors_is_told_and_nothing_is_overwritten() {
    for (database, office, _guard) in testing::offices() {
        let program = Actor::program();
        let id = office.write(&program, |desk| somebody(desk, "王建国", Some("1972-04"))).unwrap();
        let seen = office.read(&program, AsOf::default(), |desk| person::find(desk, id)).unwrap();
        let health = |text: &str| Details { health: Some(text.into()), ..seen.row.clone() };
        office.write(&program, |desk| person::amend(desk, id, seen.id, health("健康"))).unwrap();
        let second = office.write(&program, |desk| person::amend(desk, id, seen.id, health("一般")));
        assert!(matches!(second, Err(registry::Error::Changed(_))), "{database}: {second:?}");
        let now = office.read(&program, AsOf::default(), |desk| person::find(desk, id)).unwrap();
        assert_eq!(now.row.health.as_deref(), Some("健康"), "{database}");
    }
}
