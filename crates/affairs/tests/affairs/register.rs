//! 名册: what organisations keep a list of, from a day until a day.

use crate::duty::world::{World, worlds};
use affairs::register::{self, Asked, RegisterEntry};
use affairs::{Error, Fields};
use registry::{Actor, AsOf, Organisation, Role, Sees};
use vocabulary::{Day, Id, Outcome, day};

const TEAMS: &str = "volunteering/teams";

fn filled(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
}

fn repairs(people: &str) -> Fields {
    filled(&[("name", "邻里修修队"), ("does", "家电维修"), ("lead", "赵强"), ("people", people), ("phone", "13800000000")])
}

fn added(w: &World, unit: Id<Organisation>, from: Day, fields: &Fields) -> Outcome<Id<RegisterEntry>> {
    w.write(|desk| register::add(desk, TEAMS, unit, from, fields))
}

/// Names in the list on `day`.
fn listed(w: &World, day: Day, asked: &Asked) -> Vec<String> {
    let as_of = AsOf { day: Some(day), ..AsOf::default() };
    w.office.read(&Actor::program(), as_of, |desk| register::list(desk, TEAMS, asked)).unwrap().into_iter().map(|e| e.title).collect()
}

#[test]
fn an_entry_is_added_changed_and_ended_from_a_day_on_and_the_day_before_still_says_what_was() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let id = added(&w, w.village, day!(2026 - 03 - 01), &repairs("12")).done().unwrap();
        assert_eq!(listed(&w, day!(2026 - 02 - 28), &Asked::default()), Vec::<String>::new(), "{db}: not yet");
        let change = |w: &World, from, fields: &Fields| w.write(|desk| register::change(desk, id, from, fields, &[]));
        assert_eq!(change(&w, day!(2026 - 02 - 28), &repairs("15")).refusals(), ["before"], "{db}");
        assert_eq!(change(&w, day!(2026 - 05 - 21), &repairs("十五")).refusals(), ["field.people", "day-ahead"], "{db}: all at once");
        // What is protected is left empty: it stays.
        let mut more = repairs("15");
        more.insert("name".into(), "邻里修修服务队".into());
        more.remove("phone");
        change(&w, day!(2026 - 05 - 01), &more).done().unwrap();
        let now = w.read(|desk| register::find(desk, id, true));
        assert_eq!((now.title.as_str(), now.data["people"].as_str(), now.guarded["phone"].as_str(), now.from_day.as_str()), ("邻里修修服务队", "15", "13800000000", "2026-05-01"), "{db}");
        assert_eq!(listed(&w, day!(2026 - 04 - 30), &Asked::default()), ["邻里修修队"], "{db}");
        assert_eq!(listed(&w, day!(2026 - 05 - 01), &Asked::default()), ["邻里修修服务队"], "{db}");
        let end = |w: &World, until, why: &str| w.write(|desk| register::end(desk, id, until, why));
        assert_eq!(end(&w, day!(2026 - 05 - 01), "").refusals(), ["until", "why"], "{db}");
        end(&w, day!(2026 - 05 - 15), "并入镇里的队").done().unwrap();
        assert_eq!(end(&w, day!(2026 - 05 - 16), "又一次").refusals(), ["ended"], "{db}");
        assert_eq!((listed(&w, day!(2026 - 05 - 14), &Asked::default()).len(), listed(&w, day!(2026 - 05 - 15), &Asked::default()).len()), (1, 0), "{db}");
        assert_eq!(listed(&w, day!(2026 - 05 - 15), &Asked { ended: true, ..Asked::default() }), ["邻里修修服务队"], "{db}: once, as it last stood");
        // What we knew before it was ended is still known as it was.
        let history = w.read(|desk| register::history(desk, id));
        assert_eq!(history.iter().filter(|p| p.superseded.is_none()).map(|p| (p.from_day.as_str(), p.until_day.as_deref())).collect::<Vec<_>>(), [("2026-05-01", Some("2026-05-15")), ("2026-03-01", Some("2026-05-01"))], "{db}");
        assert_eq!(history.iter().filter(|p| p.superseded.is_some()).count(), 2, "{db}: what gave way stays legible");
    }
}

#[test]
fn the_last_deed_is_taken_back_once_with_a_reason() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let id = added(&w, w.village, day!(2026 - 03 - 01), &repairs("12")).done().unwrap();
        let undo = |w: &World, why: &str| w.write(|desk| register::undo(desk, id, why));
        w.write(|desk| register::change(desk, id, day!(2026 - 05 - 01), &repairs("15"), &[])).done().unwrap();
        w.write(|desk| register::end(desk, id, day!(2026 - 05 - 10), "解散")).done().unwrap();
        assert_eq!(undo(&w, " ").refusals(), ["why"], "{db}");
        let anew = added(&w, w.village, day!(2026 - 05 - 12), &repairs("9")).done().unwrap();
        assert_eq!(undo(&w, "没有解散").refusals(), ["there-already"], "{db}: not two of one name");
        w.write(|desk| register::undo(desk, anew, "登记重了")).done().unwrap();
        undo(&w, "没有解散").done().unwrap();
        let now = w.read(|desk| register::find(desk, id, true));
        assert_eq!((now.until_day, now.data["people"].as_str(), now.guarded["phone"].as_str()), (None, "15", "13800000000"), "{db}");
        assert_eq!(undo(&w, "再撤").refusals(), ["undone"], "{db}");
        // A change of the very first day is a correction: one period, and taken back it is as it was.
        let other = added(&w, w.other, day!(2026 - 03 - 01), &repairs("8")).done().unwrap();
        w.write(|desk| register::change(desk, other, day!(2026 - 03 - 01), &repairs("9"), &[])).done().unwrap();
        let standing = |w: &World| w.read(|desk| register::history(desk, other)).into_iter().filter(|p| p.superseded.is_none()).map(|p| p.data["people"].clone()).collect::<Vec<_>>();
        assert_eq!(standing(&w), ["9"], "{db}");
        w.write(|desk| register::undo(desk, other, "原来没有错")).done().unwrap();
        assert_eq!(standing(&w), ["8"], "{db}");
        // An entry that should not be there at all.
        let third = w.write(|desk| register::add(desk, TEAMS, w.town, day!(2026 - 05 - 20), &repairs("3"))).done().unwrap();
        w.write(|desk| register::undo(desk, third, "登到别的单位了")).done().unwrap();
        assert_eq!(listed(&w, day!(2026 - 05 - 20), &Asked { ended: true, ..Asked::default() }).len(), 2, "{db}");
        assert!(matches!(w.office.read(&Actor::program(), AsOf::default(), |desk| register::find(desk, third, false)), Err(Error::NotFound(_))), "{db}");
    }
}

#[test]
fn a_village_sees_and_writes_its_own_and_the_telephone_is_sealed_and_shown_only_when_asked_for() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        added(&w, w.village, day!(2026 - 03 - 01), &repairs("12")).done().unwrap();
        added(&w, w.other, day!(2026 - 03 - 01), &filled(&[("name", "石门清洁队"), ("does", "打扫"), ("lead", "冯立")])).done().unwrap();
        assert_eq!(added(&w, w.village, day!(2026 - 04 - 01), &repairs("13")).refusals(), ["there-already"], "{db}");
        let below = w.read(|desk| Ok(registry::organisation::find(desk, w.other)?.path));
        assert_eq!(listed(&w, day!(2026 - 05 - 20), &Asked { below: Some(below.clone()), ..Asked::default() }), ["石门清洁队"], "{db}");
        assert_eq!(listed(&w, day!(2026 - 05 - 20), &Asked::default()).len(), 2, "{db}: over the tree");
        let counts = |asked: &Asked| w.read(|desk| register::count(desk, TEAMS, asked));
        assert_eq!((counts(&Asked::default()), counts(&Asked { below: Some(below.clone()), ..Asked::default() })), (2, 1), "{db}");
        let secretary = w.secretary();
        let own = w.office.read(&secretary, AsOf::default(), |desk| register::list(desk, TEAMS, &Asked::default())).unwrap();
        assert_eq!(own.iter().map(|e| e.title.as_str()).collect::<Vec<_>>(), ["邻里修修队"], "{db}");
        assert!(own[0].guarded.is_empty(), "{db}: not asked for");
        let asked = Asked { guarded: true, ..Asked::default() };
        assert_eq!(w.office.read(&secretary, AsOf::default(), |desk| register::list(desk, TEAMS, &asked)).unwrap()[0].guarded["phone"], "13800000000", "{db}");
        let elsewhere = w.office.write(&secretary, |desk| register::add(desk, TEAMS, w.other, day!(2026 - 05 - 01), &repairs("3")));
        assert!(elsewhere.is_err(), "{db}: another's is not theirs");
        let leader = Actor { role: Role::Appraiser, sees: Sees::Below(below), ..secretary.clone() };
        let refused = w.office.write(&leader, |desk| register::add(desk, TEAMS, w.other, day!(2026 - 05 - 01), &repairs("3"))).unwrap();
        assert_eq!(refused.refusals(), ["who"], "{db}: the file says who writes");
        // On the disk the number is not to be read; everything else is.
        let mut rows = Vec::new();
        let kept = |row| {
            rows.push(row);
            Ok::<(), store::Error>(())
        };
        w.office.store.read(|tx| tx.each_as_kept("select data, guarded from register_details where guarded is not null", &[], kept)).unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|r| r.text(0).contains("家电维修") && !r.text(1).contains("13800000000")), "{db}: {rows:?}");
    }
}

#[test]
fn a_telephone_is_removed_when_it_is_asked_for_and_what_stood_before_stays_on_record() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let id = added(&w, w.village, day!(2026 - 03 - 01), &repairs("12")).done().unwrap();
        let change = |w: &World, id, from, fields: &Fields, removed: &[&str]| {
            let removed: Vec<String> = removed.iter().map(|r| (*r).to_owned()).collect();
            w.write(|desk| register::change(desk, id, from, fields, &removed))
        };
        let seen = |w: &World, day: Day| {
            let as_of = AsOf { day: Some(day), ..AsOf::default() };
            w.office.read(&Actor::program(), as_of, |desk| register::find(desk, id, true)).unwrap()
        };
        let mut none = repairs("");
        assert_eq!(change(&w, id, day!(2026 - 05 - 10), &none, &["phone", "people"]).refusals(), ["field.phone", "no-such-field"], "{db}: only what is protected, and not what is typed in the same breath");
        none.remove("phone");
        change(&w, id, day!(2026 - 05 - 10), &none, &["phone"]).done().unwrap();
        let now = seen(&w, day!(2026 - 05 - 20));
        assert_eq!((now.guarded.get("phone"), now.data.get("people"), now.data["lead"].as_str()), (None, None, "赵强"), "{db}: the number of people was left empty");
        assert_eq!(seen(&w, day!(2026 - 05 - 09)).guarded["phone"], "13800000000", "{db}: until that day it was theirs");
        let past = w.read(|desk| register::history(desk, id));
        assert!(past.iter().any(|p| p.superseded.as_deref().is_some_and(|s| s.ends_with("，去掉队长电话"))), "{db}: {past:?}");
        assert_eq!(change(&w, id, day!(2026 - 05 - 11), &none, &["phone"]).refusals(), ["field.phone"], "{db}: there is none any more");
        w.write(|desk| register::undo(desk, id, "队长还在用")).done().unwrap();
        assert_eq!(seen(&w, day!(2026 - 05 - 20)).guarded["phone"], "13800000000", "{db}: taken back, it stands again");
        // Where the register requires it, an entry without it does not stand.
        let liaison = filled(&[("name", "王大山"), ("post", "村支书"), ("phone", "13900000000")]);
        let liaison = w.write(|desk| register::add(desk, "whistle-and-report/liaisons", w.village, day!(2026 - 05 - 01), &liaison)).done().unwrap();
        assert_eq!(change(&w, liaison, day!(2026 - 05 - 10), &filled(&[("name", "王大山"), ("post", "村支书")]), &["phone"]).refusals(), ["field.phone"], "{db}");
    }
}

#[test]
fn a_second_register_is_a_file_and_a_volunteer_belongs_to_a_team_that_is_there() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let keys: Vec<String> = w.read(|desk| Ok(register::registers(desk).map(|r| r.key.to_string()).collect()));
        assert_eq!(keys, ["volunteering/teams", "volunteering/volunteers", "whistle-and-report/liaisons"], "{db}");
        let add = |w: &World, key: &str, pairs: &[(&str, &str)]| w.write(|desk| register::add(desk, key, w.village, day!(2026 - 05 - 01), &filled(pairs)));
        assert_eq!(add(&w, "volunteering/volunteers", &[("name", "周勤"), ("team", "邻里修修队"), ("party", "是")]).refusals(), ["field.team"], "{db}");
        added(&w, w.town, day!(2026 - 03 - 01), &repairs("12")).done().unwrap();
        add(&w, "volunteering/volunteers", &[("name", "周勤"), ("team", "邻里修修队"), ("party", "是")]).done().unwrap();
        assert_eq!(add(&w, "whistle-and-report/liaisons", &[("name", "王大山"), ("post", "村支书")]).refusals(), ["field.phone"], "{db}");
        assert!(add(&w, "whistle-and-report/liaisons", &[("name", "王大山"), ("post", "村支书"), ("phone", "13900000000")]).done().is_some(), "{db}");
        assert_eq!(add(&w, "whistle-and-report/liaisons", &[("name", "李小河"), ("post", "村委"), ("phone", "13900000001"), ("wage", "1")]).refusals(), ["no-such-field"], "{db}");
    }
}
