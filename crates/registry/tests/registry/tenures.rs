//! Beginning and ending: seats are counted, periods touch, the ledgers follow.

use registry::tenure::{Appointment, begin, current, end};
use registry::{Actor, AsOf, post, testing};
use vocabulary::day;

use crate::office::{somebody, town};

#[test]
fn a_post_without_a_seat_left_refuses_and_says_who_sits_there() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let town = town(desk)?;
                let (first, second) = (somebody(desk, "李明", Some("1985-04"))?, somebody(desk, "赵海波", Some("1979-01"))?);
                let go = |person| Appointment {
                    person,
                    post: town.chief,
                    from: day!(2026 - 11 - 01),
                    paper: "青组干〔2026〕1号".into(),
                    way: None,
                    probation_until: None,
                    main: true,
                };
                let tenure = begin(desk, &go(first))?.done().expect("a free seat");
                let refused = begin(desk, &go(second))?;
                assert_eq!(refused.refusals(), ["no-seat-left"], "{database}");
                assert_eq!(begin(desk, &go(first))?.refusals(), ["already-holds-the-post"], "{database}");
                let early = end(desk, first, tenure, day!(2026 - 10 - 31), "", "")?;
                assert_eq!(early.refusals(), ["ends-before-it-begins"], "{database}");
                assert!(end(desk, first, tenure, day!(2026 - 11 - 20), "青组干〔2026〕2号", "交流")?.done().is_some());
                assert!(begin(desk, &go(second))?.done().is_some(), "{database}: the seat is free again");
                Ok::<_, registry::Error>(())
            })
            .unwrap();
    }
}

#[test]
fn the_day_a_tenure_ends_is_the_first_day_without_it() {
    for (database, office, _guard) in testing::offices() {
        let program = Actor::program();
        let (person, chief) = office
            .write(&program, |desk| {
                let town = town(desk)?;
                let person = somebody(desk, "李明", Some("1985-04"))?;
                let appointment = Appointment {
                    person,
                    post: town.chief,
                    from: day!(2024 - 03 - 01),
                    paper: String::new(),
                    way: None,
                    probation_until: Some(day!(2025 - 03 - 01)),
                    main: true,
                };
                let tenure = begin(desk, &appointment)?.done().expect("begun");
                assert!(end(desk, person, tenure, day!(2026 - 03 - 01), "", "")?.done().is_some());
                Ok::<_, registry::Error>((person, town.chief))
            })
            .unwrap();
        let holds = |day| {
            office
                .read(&program, AsOf::on(day), |desk| Ok::<_, registry::Error>((current(desk, person)?.len(), post::holders(desk, &[chief])?.len())))
                .unwrap()
        };
        assert_eq!(holds(day!(2024 - 02 - 29)), (0, 0), "{database}");
        assert_eq!(holds(day!(2024 - 03 - 01)), (1, 1), "{database}");
        assert_eq!(holds(day!(2026 - 02 - 28)), (1, 1), "{database}");
        assert_eq!(holds(day!(2026 - 03 - 01)), (0, 0), "{database}");
    }
}
