//! A look at what is S2 or above is an entry of the journal, or there is no look.

use crate::office::somebody;
use institution::Class;
use registry::testing::offices;
use registry::{Actor, AsOf, Consultation, Desk, Error, Person, consultation, journal, person};
use vocabulary::Id;

fn look(desk: &Desk, people: &[Id<Person>]) -> Result<i64, Error> {
    desk.consulted(&Consultation { people, parts: &["奖惩", "家庭"], class: Class::S3, purpose: "干部任免", ticket: None })
}

#[test]
fn who_looked_at_a_record_and_why_is_told_afterwards() {
    for (name, office, _guard) in offices() {
        let program = Actor::program();
        let (li, zhang) = office.write(&program, |desk| Ok::<_, Error>((somebody(desk, "李明", None)?, somebody(desk, "张敏", None)?))).unwrap();
        let reader = Actor { shown: "周敏".into(), role: registry::Role::Auditor, ..Actor::program() };
        let head = office.head();
        let seen = office.consult(&reader, AsOf::default(), |desk| {
            look(desk, &[li])?;
            look(desk, &[li, zhang])?;
            person::find(desk, li)
        });
        assert_eq!(seen.unwrap().row.name, "李明", "{name}");
        let written = office.store.read(|tx| tx.one("select written from journal_tree", &[])).unwrap().int(0);
        assert_eq!(written, head, "{name}: nor does what a second program would ask");
        assert_eq!(office.head(), head, "{name}: what answers are remembered by does not move with a look");
        office
            .read(&program, AsOf::default(), |desk| {
                let of_li = consultation::of_person(desk, li, 10)?;
                assert_eq!(of_li.len(), 2, "{name}");
                assert_eq!((of_li[1].actor.as_str(), of_li[1].purpose.as_str(), of_li[1].class.as_str()), ("周敏", "干部任免", "S3"));
                assert_eq!(of_li[1].parts, ["奖惩", "家庭"]);
                assert_eq!((of_li[0].people, consultation::of_person(desk, zhang, 10)?.len()), (2, 1), "{name}");
                let newest = &journal::latest(desk, 1)?[0];
                assert_eq!(newest.says, "查阅2 人的奖惩、家庭（干部任免）", "{name}");
                assert!(newest.number > head, "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn nothing_is_shown_when_the_look_cannot_be_noted() {
    for (name, office, _guard) in offices() {
        let program = Actor::program();
        let li = office.write(&program, |desk| somebody(desk, "李明", None)).unwrap();
        let on_a_reading_desk = office.read(&program, AsOf::default(), |desk| {
            look(desk, &[li])?;
            person::find(desk, li)
        });
        assert!(on_a_reading_desk.is_err(), "{name}");
        office.store.write(|tx| tx.batch("drop table consulted")).unwrap();
        let entries = |office: &registry::Office| office.store.read(|tx| tx.one("select count(*) from journal", &[])).unwrap().int(0);
        let before = entries(&office);
        let without_a_place_to_note_it = office.consult(&program, AsOf::default(), |desk| {
            look(desk, &[li])?;
            person::find(desk, li)
        });
        assert!(without_a_place_to_note_it.is_err(), "{name}");
        assert_eq!(entries(&office), before, "{name}: half a note is no note");
    }
}
