//! Members: moved by letter, paid by month.

use crate::duty::world::worlds;
use registry::{branch, member};
use vocabulary::{Outcome, day};

#[test]
fn the_old_branch_manages_until_the_new_one_has_received() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let id = w.members[3];
        assert_eq!(w.write(|desk| Ok(member::send(desk, id, w.branch)?)).refusals(), ["same-branch"], "{db}");
        let letter = w.write(|desk| Ok(member::send(desk, id, w.small)?)).done().unwrap();
        assert_eq!(w.write(|desk| Ok(member::send(desk, id, w.small)?)).refusals(), ["transfer-under-way"], "{db}");
        let of = |w: &crate::duty::world::World, b, day| w.read(|desk| Ok(member::of(desk, b, day)?.len()));
        assert_eq!((of(&w, w.branch, day!(2026 - 05 - 10)), of(&w, w.small, day!(2026 - 05 - 10))), (8, 1), "{db}");
        w.on(day!(2026 - 05 - 20));
        w.write(|desk| Ok(member::receive(desk, letter, None)?));
        assert_eq!((of(&w, w.branch, day!(2026 - 05 - 20)), of(&w, w.small, day!(2026 - 05 - 20))), (7, 2), "{db}");
        // A roll of the day before still names the member in the old branch.
        assert_eq!((of(&w, w.branch, day!(2026 - 05 - 19)), of(&w, w.small, day!(2026 - 05 - 19))), (8, 1), "{db}");
        assert!(w.office.write(&registry::Actor::program(), |desk| member::receive(desk, letter, None)).is_err(), "{db}: received once");
        let letters = w.read(|desk| Ok(member::transfers(desk, w.small)?));
        assert_eq!((letters.len(), letters[0].received_on.as_deref()), (1, Some("2026-05-20")), "{db}");
    }
}

#[test]
fn dues_are_paid_once_a_month_and_not_ahead_of_the_year() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let id = w.members[0];
        let pay = |month: &str, amount| w.write(|desk| Ok(member::pay(desk, id, month, amount)?));
        assert!(matches!(pay("2026-04", 1050), Outcome::Done(_)), "{db}");
        assert_eq!(pay("2026-04", 1050).refusals(), ["paid-already"], "{db}");
        assert_eq!(pay("2027-01", 1050).refusals(), ["month-ahead"], "{db}");
        assert_eq!(pay("四月", 0).refusals(), ["month-unreadable", "amount"], "{db}");
        assert_eq!(w.read(|desk| Ok(member::paid(desk, w.branch, 2026)?)), [(id, "2026-04".to_owned())], "{db}");
    }
}

#[test]
fn an_election_gives_a_new_term_and_a_new_committee() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 12 - 20));
        let new = [(w.person("吴桂"), "书记".to_owned()), (w.person("王大山"), "组织委员".to_owned())];
        w.write(|desk| Ok(branch::elect(desk, w.branch, day!(2026 - 12 - 18).into(), &new)?));
        let seats = w.read(|desk| Ok(branch::committee(desk, w.branch)?));
        assert_eq!(seats.iter().map(|s| (s.name.as_str(), s.role.as_str())).collect::<Vec<_>>(), [("吴桂", "书记"), ("王大山", "组织委员")], "{db}");
        let before = w.read(|desk| Ok(branch::committee_on(desk, w.branch, day!(2026 - 12 - 01))?));
        assert_eq!((before.len(), before[0].name.as_str()), (5, "王大山"), "{db}");
        assert_eq!(w.read(|desk| Ok(branch::find(desk, w.branch)?.elected_on)), Some(day!(2026 - 12 - 18).into()), "{db}");
    }
}

#[test]
fn points_never_fall_below_nothing_and_a_voucher_is_taken_once() {
    use affairs::points;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let id = w.members[0];
        assert_eq!(w.write(|desk| points::earn(desk, id, 0, "")).refusals(), ["points", "reason"], "{db}");
        w.write(|desk| points::earn(desk, id, 200, "参加清洁家园")).done().unwrap();
        assert_eq!(w.write(|desk| points::exchange(desk, id, 201, "维修券20元", "城关维修铺", "AB12")).refusals(), ["not-enough"], "{db}");
        w.write(|desk| points::exchange(desk, id, 150, "维修券20元", "城关维修铺", "AB12")).done().unwrap();
        assert_eq!(w.read(|desk| points::balance(desk, id)), 50, "{db}");
        let sum = w.read(|desk| Ok(desk.one("select cast(sum(points) as bigint) from point_lines", &[])?.int(0)));
        assert_eq!(sum, 0, "{db}: double entry");
        let seen = w.read(|desk| points::voucher(desk, "ab12")).unwrap();
        assert_eq!((seen.goods.as_str(), seen.points, seen.spent_at.as_deref()), ("维修券20元", 150, None), "{db}");
        assert!(!format!("{seen:?}").contains("王大山"), "{db}: the partner does not see whose it is");
        // Two tills at the same moment.
        let answers: Vec<bool> = std::thread::scope(|s| {
            let go = || w.office.write(&registry::Actor::program(), |desk| points::spend(desk, "AB12")).map(|o| o.done().is_some()).unwrap_or(false);
            let threads: Vec<_> = (0..4).map(|_| s.spawn(go)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|a| **a).count(), 1, "{db}: {answers:?}");
        assert_eq!(w.write(|desk| points::spend(desk, "AB12")).refusals(), ["spent"], "{db}");
    }
}

#[test]
fn nobody_is_a_member_twice_and_a_probation_lasts_its_year() {
    use registry::branch::NewParty;
    use registry::member::NewComrade;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let found = |kind: &str, parent, name: &str| {
            let new = NewParty { parent: Some(parent), organisation: w.village, name: name.into(), kind: kind.into(), elected_on: None, term_years: None, order_no: 2, from_day: day!(2026 - 05 - 01).into() };
            w.write(|desk| Ok(branch::found(desk, &new)?))
        };
        assert_eq!(found("党支部", w.branch, "新支部").refusals(), ["under-branch"], "{db}");
        assert_eq!(found("党小组", w.branch, "石门村党支部").refusals(), ["name-taken"], "{db}");
        assert_eq!(found("党小组", w.branch, "").refusals(), ["name"], "{db}");
        let group = found("党小组", w.branch, "第一党小组").done().unwrap();
        assert_eq!(found("党小组", group, "小组的小组").refusals(), ["under-group"], "{db}");
        let new = NewComrade { person: w.person("陈默"), branch: w.branch, grouped: Some(group), kind: "预备党员".into(), joined: Some(day!(2026 - 05 - 01).into()), fee: Some(500), from: day!(2026 - 05 - 01) };
        let enrol = |new: &NewComrade| w.write(|desk| Ok(member::enrol(desk, new)?));
        assert_eq!(enrol(&NewComrade { person: w.person("王大山"), ..new.clone() }).refusals(), ["member-already"], "{db}");
        assert_eq!(enrol(&NewComrade { branch: group, grouped: None, ..new.clone() }).refusals(), ["not-a-branch"], "{db}");
        assert_eq!(enrol(&NewComrade { branch: w.small, ..new.clone() }).refusals(), ["group"], "{db}: another branch's group");
        assert_eq!(enrol(&NewComrade { from: day!(2026 - 05 - 11), ..new.clone() }).refusals(), ["day-ahead"], "{db}");
        assert_eq!(enrol(&NewComrade { joined: Some(day!(2026 - 05 - 02).into()), ..new.clone() }).refusals(), ["joined-later"], "{db}");
        let id = enrol(&new).done().unwrap();
        let confirm = |w: &crate::duty::world::World, on| w.write(|desk| Ok(member::confirm(desk, id, on)?));
        assert_eq!(confirm(&w, day!(2026 - 05 - 10)).refusals(), ["probation"], "{db}");
        w.on(day!(2027 - 05 - 20));
        assert!(confirm(&w, day!(2027 - 05 - 12)).done().is_some(), "{db}");
        assert_eq!(confirm(&w, day!(2027 - 05 - 13)).refusals(), ["not-on-probation"], "{db}");
        assert!(w.write(|desk| Ok(member::change(desk, id, None, Some("生病住院"), Some(800))?)).done().is_some(), "{db}");
        assert_eq!(w.write(|desk| Ok(member::change(desk, id, None, Some("富裕"), Some(-1))?)).refusals(), ["care", "amount"], "{db}");
        let on = |day| w.office.read(&registry::Actor::program(), registry::AsOf::on(day), |desk| member::find(desk, id)).unwrap();
        let told = |c: registry::member::Comrade| (c.kind, c.grouped, c.care, c.fee);
        assert_eq!(told(on(day!(2027 - 05 - 11))), ("预备党员".into(), Some(group), None, Some(500)), "{db}");
        assert_eq!(told(on(day!(2027 - 05 - 12))), ("正式党员".into(), Some(group), None, Some(500)), "{db}");
        assert_eq!(told(on(day!(2027 - 05 - 20))), ("正式党员".into(), None, Some("生病住院".into()), Some(800)), "{db}");
    }
}
