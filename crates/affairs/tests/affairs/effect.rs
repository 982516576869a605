//! What an appointment changes at once.

use crate::county::counties;
use affairs::procedure;
use institution::Subject;
use registry::facts::about::about_one;
use vocabulary::{Value, day};

#[test]
fn an_appointment_ends_one_tenure_and_begins_another_in_one_transaction() {
    for (database, mut county) in counties() {
        let id = county.opened(vec![county.proposed("陈晓燕", "县农业农村局副局长")]);
        county.walk(id, "appointment");
        let (day, appointment) = county.usual(id, "appointment");
        county.on(day);
        let before = county.office.head();
        county.done(id, "appointment", &appointment);
        assert!(county.office.head() > before);

        let held = county.read(|desk| {
            Ok(registry::dated::of::<registry::rows::Tenure>(
                desk,
                county.person("陈晓燕"),
            )?)
        });
        let old = held.iter().find(|t| t.row.title == "青云镇党委组织委员").unwrap();
        let new = held.iter().find(|t| t.row.title == "县农业农村局副局长").unwrap();
        // Decided by the committee: from the day of the decision, not of the paper.
        assert_eq!(
            old.row.until_day.map(|d| d.to_string()).as_deref(),
            Some("2026-09-17"),
            "{database}"
        );
        assert_eq!(new.row.from_day.to_string(), "2026-09-17");
        assert_eq!(new.row.probation_until, None, "平级转任 has no probation");

        // The standing table, the vacancies and the level are right at once.
        let person = county.person("陈晓燕").number();
        let fact = |subject, number, id: &str| {
            county
                .read(|desk| Ok(about_one(desk, subject, number, &[id])?))
                .unwrap()
                .values[0]
                .clone()
        };
        assert_eq!(
            fact(Subject::Official, person, "post"),
            Some(Value::text("县农业农村局副局长"))
        );
        assert_eq!(
            fact(Subject::Post, county.post("青云镇党委组织委员").number(), "seat.vacant"),
            Some(Value::Number(1))
        );
        assert_eq!(
            fact(
                Subject::Post,
                county.post("县农业农村局副局长").number(),
                "seat.holders"
            ),
            Some(Value::Number(1))
        );
        assert_eq!(
            fact(Subject::Official, person, "level"),
            Some(Value::text("乡科级副职"))
        );
        // 平级转任: notice and probation are not asked.
        let state = county.state(id);
        assert_eq!(state.step("notice").unwrap().status, procedure::Status::NotAsked);
        assert_eq!(state.step("probation").unwrap().status, procedure::Status::NotAsked);
        assert_eq!(state.ended.map(|e| e.kind).as_deref(), Some("办结"));
    }
}

#[test]
fn a_seat_taken_meanwhile_refuses_the_appointment_and_nothing_is_written() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "appointment");
        let (day, appointment) = county.usual(id, "appointment");
        county.on(day);
        // Two others take the two seats by another way.
        for name in ["李明", "陈晓燕"] {
            let taken = registry::tenure::Appointment {
                person: county.person(name),
                post: county.post("县农业农村局副局长"),
                from: day!(2026 - 09 - 20),
                paper: String::new(),
                way: None,
                probation_until: None,
                main: false,
            };
            county
                .write(|desk| Ok(registry::tenure::begin(desk, &taken)?))
                .done()
                .unwrap();
        }
        let outcome = county.complete(id, "appointment", &appointment);
        assert!(outcome.refusals().contains(&"no-seat-left"), "{:?}", outcome.refusals());
        assert_eq!(
            county.current("周喆")[0].1,
            "青云镇政府科员",
            "the old post was not ended"
        );
    }
}

#[test]
fn more_people_than_seats_are_refused_when_proposed() {
    for (_, county) in counties() {
        let outcome = county.open(vec![county.proposed("李明", "县农业农村局局长")]);
        assert_eq!(outcome.refusals(), ["within-seats"]);
    }
}
