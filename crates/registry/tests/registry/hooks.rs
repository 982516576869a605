//! 事件订阅 on both databases: what waits is written with the change, in order, and taken by one at a time.

use registry::desk::Happened;
use registry::opening::hook::{self, NewHook, delivery};
use registry::testing::offices;
use registry::{Actor, AsOf, Desk, Error, Result};
use vocabulary::Moment;

fn happened(desk: &mut Desk, act: &str, number: i64) -> Result<i64> {
    desk.record(Happened {
        act,
        subject: "person",
        number: Some(number),
        says: "试".into(),
    })
}

#[test]
fn what_waits_is_written_with_its_change_and_taken_by_one_at_a_time() {
    for (name, office, _guard) in offices() {
        let program = Actor::program();
        let new = |address: &str, kinds: &[&str]| NewHook {
            name: "工资".into(),
            address: address.into(),
            kinds: kinds.iter().map(|k| (*k).to_owned()).collect(),
        };
        let (id, secret) = office
            .write(&program, |desk| {
                hook::make(desk, &new("https://a.example/", &["tenure"]))
            })
            .unwrap();
        let (other, _) = office
            .write(&program, |desk| {
                hook::make(desk, &new("http://127.0.0.1:1/", &["person", "tenure"]))
            })
            .unwrap();
        for (address, kinds) in [
            ("http://a.example/", vec!["tenure"]),
            ("https://a.example/", vec![]),
            ("https://a.example/", vec!["award"]),
        ] {
            let refused = office.write(&program, |desk| hook::make(desk, &new(address, &kinds)));
            assert!(matches!(refused, Err(Error::Wrong(_))), "{name} {address} {kinds:?}");
        }
        let mut kept = String::new();
        office
            .store
            .read(|tx| {
                tx.each_as_kept("select secret from hooks order by id limit 1", &[], |row| {
                    kept = row.text(0).to_owned();
                    Ok::<(), store::Error>(())
                })
            })
            .unwrap();
        assert!(
            !kept.is_empty() && !kept.contains(&secret["whsec_".len()..]),
            "{name}: sealed"
        );

        let now = office.clock.now();
        let at = |seconds: i64| Moment(now.0 + seconds);
        let due = |moment| office.store.read(|tx| delivery::due(tx, moment)).unwrap();
        let take = |hook, moment| office.store.write(|tx| delivery::take(tx, hook, moment)).unwrap();
        assert!(due(now).is_empty(), "{name}");
        let entries = office
            .write(&program, |desk| {
                Ok::<_, Error>([
                    happened(desk, "tenure.begin", 1)?,
                    happened(desk, "person.revise", 2)?,
                    happened(desk, "sanction.add", 3)?,
                ])
            })
            .unwrap();
        let lost = office.write(&program, |desk| {
            happened(desk, "tenure.end", 4)?;
            Err::<(), _>(Error::Wrong("不办了".into()))
        });
        assert!(lost.is_err());
        let waiting = |hook| {
            office
                .read(&program, AsOf::default(), |desk| delivery::list(desk, hook, 10))
                .unwrap()
        };
        assert_eq!(
            waiting(id).iter().map(|d| d.entry).collect::<Vec<_>>(),
            [entries[0]],
            "{name}"
        );
        assert_eq!(
            waiting(other).iter().map(|d| d.entry).collect::<Vec<_>>(),
            [entries[1], entries[0]],
            "{name}"
        );
        assert_eq!(due(now), [id, other], "{name}: one line for each");

        let first = take(other, now).expect("something waits");
        assert!(
            first.body.contains("\"type\":\"tenure.begin\"")
                && first.number.starts_with(&format!("evt_{other}_{}_", entries[0])),
            "{name} {}",
            first.body
        );
        assert!(
            take(other, at(59)).is_none() && due(at(59)) == [id],
            "{name}: it is being sent, and the next one waits for it"
        );
        let again = take(other, at(60)).expect("whoever had it is gone");
        assert_eq!((&again.number, again.tries), (&first.number, 2), "{name}");
        office
            .store
            .write(|tx| delivery::failed(tx, &again, at(60), "对方答复 500"))
            .unwrap();
        assert!(take(other, at(79)).is_none(), "{name}");
        let again = take(other, at(80)).expect("after its wait");
        office
            .store
            .write(|tx| delivery::arrived(tx, again.id, at(80)))
            .unwrap();
        assert!(
            take(other, at(80)).is_some_and(|p| p.body.contains("person.revise")),
            "{name}: then the next"
        );
        office.write(&program, |desk| hook::end(desk, id)).unwrap();
        assert!(
            take(id, at(80)).is_none() && office.write(&program, |desk| hook::end(desk, id)).is_err(),
            "{name}: nothing after the end"
        );
    }
}
