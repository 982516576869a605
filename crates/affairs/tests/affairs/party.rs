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
        w.write(|desk| Ok(member::receive(desk, letter, None)?)).done().unwrap();
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
        w.on(day!(2026 - 05 - 31));
        let id = w.members[0];
        let earn = |w: &crate::duty::world::World, item: &str, on| w.write(|desk| points::earn(desk, id, item, on));
        let exchange = |w: &crate::duty::world::World, goods: &str, code: &str| w.write(|desk| points::exchange(desk, id, goods, code));
        earn(&w, "points/volunteer", day!(2026 - 05 - 09)).done().unwrap();
        earn(&w, "points/theme-day", day!(2026 - 05 - 27)).done().unwrap();
        assert_eq!(exchange(&w, "points/repair", "AB12").refusals(), ["not-enough"], "{db}");
        exchange(&w, "points/wash", "AB12").done().unwrap();
        assert_eq!(w.read(|desk| points::balance(desk, id)), 10, "{db}");
        let sum = w.read(|desk| Ok(desk.one("select cast(sum(points) as bigint) from point_lines", &[])?.int(0)));
        assert_eq!(sum, 0, "{db}: double entry");
        let seen = w.read(|desk| points::voucher(desk, "ab12")).unwrap();
        assert_eq!((seen.goods.as_str(), seen.partner.as_str(), seen.points, seen.until.as_str(), seen.spent_at.as_deref()), ("日用品一份", "城关便民超市", 20, "2026-11-27", None), "{db}");
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
fn points_are_earned_by_the_list_up_to_its_limits_and_the_refusal_names_the_article() {
    use affairs::points;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 06 - 02));
        let (id, other) = (w.members[0], w.members[1]);
        let earn = |w: &crate::duty::world::World, item: &str, on| w.write(|desk| points::earn(desk, id, item, on));
        assert_eq!(earn(&w, "points/nothing", day!(2026 - 05 - 04)).refusals(), ["item"], "{db}");
        assert_eq!(earn(&w, "points/clean-up", day!(2026 - 06 - 03)).refusals(), ["day-ahead"], "{db}");
        assert_eq!(earn(&w, "points/clean-up", day!(2025 - 12 - 31)).refusals(), ["not-in-force"], "{db}");
        let first = earn(&w, "points/clean-up", day!(2026 - 05 - 04)).done().unwrap();
        earn(&w, "points/clean-up", day!(2026 - 05 - 11)).done().unwrap();
        let Outcome::Refused(said) = earn(&w, "points/clean-up", day!(2026 - 05 - 31)) else { panic!("{db}") };
        let said: Vec<_> = said.into_iter().map(|f| (f.rule, f.citation.to_string(), f.says)).collect();
        assert_eq!(said[0].0, "item-month", "{db}");
        assert!(said[0].1.contains("青云县党员积分管理办法（演示）") && said[0].1.contains('五'), "{db}: {said:?}");
        assert!(said[0].2.contains("已有 60 分"), "{db}: {said:?}");
        // Another month, another member: counted anew.
        earn(&w, "points/clean-up", day!(2026 - 06 - 01)).done().unwrap();
        w.write(|desk| points::earn(desk, other, "points/clean-up", day!(2026 - 05 - 31))).done().unwrap();
        // All items together.
        earn(&w, "points/volunteer", day!(2026 - 05 - 20)).done().unwrap();
        earn(&w, "points/theme-day", day!(2026 - 05 - 27)).done().unwrap();
        assert_eq!(earn(&w, "points/volunteer", day!(2026 - 05 - 21)).refusals(), ["all-month"], "{db}");
        // What was taken back counts no more, is taken back once, and with a reason.
        let undo = |w: &crate::duty::world::World, number, why: &str| w.write(|desk| points::undo(desk, id, number, why));
        assert_eq!(undo(&w, first, " ").refusals(), ["why"], "{db}");
        undo(&w, first, "没有到场").done().unwrap();
        assert_eq!(undo(&w, first, "没有到场").refusals(), ["undone"], "{db}");
        assert_eq!(w.read(|desk| points::balance(desk, id)), 90, "{db}");
        earn(&w, "points/clean-up", day!(2026 - 05 - 31)).done().unwrap();
        let lines = w.read(|desk| points::lines(desk, id));
        assert_eq!(lines.iter().filter(|l| l.undone).map(|l| (l.reason.as_str(), l.points)).collect::<Vec<_>>(), [("撤回：参加清洁家园", -30), ("参加清洁家园", 30)], "{db}");
    }
}

#[test]
fn goods_run_out_and_a_voucher_that_was_not_used_is_taken_back() {
    use affairs::points;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 31));
        let id = w.members[0];
        for on in [day!(2026 - 05 - 04), day!(2026 - 05 - 11)] {
            w.write(|desk| points::earn(desk, id, "points/clean-up", on)).done().unwrap();
        }
        let exchange = |w: &crate::duty::world::World, code: &str| w.write(|desk| points::exchange(desk, id, "points/wash", code));
        assert_eq!(w.write(|desk| points::exchange(desk, id, "points/clean-up", "X")).refusals(), ["goods"], "{db}: what is earned is not bought");
        exchange(&w, "AAAA").done().unwrap();
        exchange(&w, "BBBB").done().unwrap();
        assert_eq!(exchange(&w, "CCCC").refusals(), ["most-month"], "{db}");
        let moves: Vec<i64> = w.read(|desk| points::lines(desk, id)).iter().map(|l| l.id).collect();
        w.write(|desk| points::spend(desk, "AAAA")).done().unwrap();
        let undo = |w: &crate::duty::world::World, number| w.write(|desk| points::undo(desk, id, number, "登记错了"));
        assert_eq!(undo(&w, moves[1]).refusals(), ["spent"], "{db}: used at the shop");
        assert_eq!(undo(&w, moves[2]).refusals(), ["spent-already"], "{db}: its points went on vouchers");
        undo(&w, moves[0]).done().unwrap();
        assert_eq!(w.write(|desk| points::spend(desk, "BBBB")).refusals(), ["taken-back"], "{db}");
        assert_eq!(w.read(|desk| points::balance(desk, id)), 40, "{db}");
        exchange(&w, "CCCC").done().unwrap();
        assert!(w.office.write(&registry::Actor::program(), |desk| points::undo(desk, w.members[1], moves[2], "别人的")).is_err(), "{db}");
        assert_eq!(w.read(|desk| Ok(desk.one("select cast(sum(points) as bigint) from point_lines", &[])?.int(0))), 0, "{db}");
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

#[test]
fn a_letter_to_another_town_tells_its_receiver_the_letter_and_nothing_more_until_it_is_received() {
    use registry::branch::NewParty;
    use registry::organisation::{self, NewUnit};
    use registry::{Actor, AsOf, Role, Sees};
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let (far, path) = w.write(|desk| {
            let root = organisation::named(desk, "青云县")?.unwrap().id;
            let town = organisation::add(desk, NewUnit { parent: Some(root), name: "柳河镇".into(), kind: Some("镇".into()), from_day: Some(day!(1990 - 01 - 01).into()), ..NewUnit::default() })?;
            let new = NewParty { parent: None, organisation: town, name: "柳河镇机关党支部".into(), kind: "党支部".into(), elected_on: None, term_years: None, order_no: 1, from_day: day!(1990 - 01 - 01).into() };
            Ok((branch::add(desk, &new)?, organisation::find(desk, town)?.path))
        });
        let receiver = Actor { role: Role::BranchSecretary, shown: "柳河书记".into(), sees: Sees::Below(path), person: None, ..Actor::program() };
        let id = w.members[3];
        // The sender sees nothing of the other town but where a letter can go.
        let send = |to| w.office.write(&w.secretary(), |desk| member::send(desk, id, to));
        assert!(w.office.read(&w.secretary(), AsOf::default(), |desk| branch::find(desk, far)).is_err(), "{db}");
        let letter = send(far).unwrap().done().unwrap();
        let as_receiver = |desk: &registry::Desk| -> Result<(), registry::Error> {
            let letters = member::transfers(desk, far)?;
            assert_eq!((letters.len(), letters[0].name.as_str(), letters[0].from.as_str()), (1, "赵强", "大王庄村党支部"), "{db}");
            assert!(member::find(desk, id).is_err() && member::of(desk, far, desk.day())?.is_empty(), "{db}: the member is not theirs yet");
            assert!(registry::person::find(desk, w.person("赵强")).is_err(), "{db}: nor the person");
            Ok(())
        };
        w.office.read(&receiver, AsOf::default(), as_receiver).unwrap();
        // Another secretary receives nothing that is not addressed to their branch.
        let stranger = Actor { sees: Sees::Below("/9999/".into()), ..receiver.clone() };
        assert!(w.office.write(&stranger, |desk| member::receive(desk, letter, None)).is_err(), "{db}");
        let kin = Actor { recused: vec![w.person("赵强")], ..receiver.clone() };
        assert_eq!(w.office.write(&kin, |desk| member::receive(desk, letter, None)).unwrap().refusals(), ["recused"], "{db}");
        w.office.write(&receiver, |desk| member::receive(desk, letter, None)).unwrap().done().unwrap();
        let name = w.office.read(&receiver, AsOf::default(), |desk| Ok::<_, registry::Error>(member::find(desk, id)?.name)).unwrap();
        assert_eq!(name, "赵强", "{db}");
        assert!(w.office.read(&w.secretary(), AsOf::default(), |desk| member::find(desk, id)).is_err(), "{db}: the old branch has no more of it");
    }
}

#[test]
fn a_membership_ends_on_paper_and_who_left_the_party_is_none_of_it_on_record() {
    use registry::member::Departure;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let departure = |ending: &str, on, document: &str| Departure { ending: ending.into(), on, document: document.into() };
        let end = |at: usize, d: &Departure| w.write(|desk| Ok(member::end(desk, w.members[at], d)?));
        assert_eq!(end(2, &departure("想走", day!(2026 - 05 - 11), "")).refusals(), ["ending", "document", "day-ahead"], "{db}");
        assert_eq!(end(2, &departure("转出县外", day!(2020 - 01 - 01), "组介1号")).refusals(), ["before-last"], "{db}");
        let as_secretary = w.office.write(&w.secretary(), |desk| member::end(desk, w.members[2], &departure("除名", day!(2026 - 05 - 09), "青组〔2026〕3号"))).unwrap();
        assert_eq!(as_secretary.refusals(), ["office"], "{db}");
        let letter = w.write(|desk| Ok(member::send(desk, w.members[2], w.small)?)).done().unwrap();
        assert_eq!(end(2, &departure("除名", day!(2026 - 05 - 09), "青组〔2026〕3号")).refusals(), ["transfer-under-way"], "{db}");
        w.write(|desk| Ok(member::receive(desk, letter, Some("不符合"))?)).done().unwrap();
        let person = w.person("张云");
        w.write(|desk| {
            let entry = desk.record(registry::desk::Happened { act: "person.add", subject: "person", number: Some(person.number()), says: "录入".into() })?;
            let columns = ["person", "party", "from_day", "entered"];
            desk.insert("memberships", &columns, &[person.number().into(), "中共党员".into(), "2007-07-01".into(), entry.into()])?;
            Ok(())
        });
        end(2, &departure("除名", day!(2026 - 05 - 09), "青组〔2026〕3号")).done().unwrap();
        let rows = w.read(|desk| Ok(desk.rows("select party, from_day, until_day from memberships where person = $1 and superseded is null order by id", &[person.number().into()])?.iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned(), r.opt_string(2))).collect::<Vec<_>>()));
        assert_eq!(rows, [("中共党员".into(), "2007-07-01".into(), Some("2026-05-09".into())), ("群众".into(), "2026-05-09".into(), None)], "{db}");
        // The seat on the committee went with it; the day before, everything was as it was.
        let seats = |day| w.read(|desk| Ok(branch::committee_on(desk, w.branch, day)?.iter().any(|s| s.name == "张云")));
        assert_eq!((seats(day!(2026 - 05 - 08)), seats(day!(2026 - 05 - 09))), (true, false), "{db}");
        let count = |day| w.read(|desk| Ok(member::of(desk, w.branch, day)?.len()));
        assert_eq!((count(day!(2026 - 05 - 08)), count(day!(2026 - 05 - 09))), (8, 7), "{db}");
        let gone = w.read(|desk| Ok(member::departed(desk, w.branch)?));
        assert_eq!((gone.len(), gone[0].name.as_str(), gone[0].ending.as_str(), gone[0].document.as_deref()), (1, "张云", "除名", Some("青组〔2026〕3号")), "{db}");
        // A death needs no paper of the party's.
        w.office.write(&w.secretary(), |desk| member::end(desk, w.members[6], &departure("去世", day!(2026 - 05 - 01), ""))).unwrap().done().unwrap();
        // Who comes back is entered anew.
        let again = member::NewComrade { person: w.person("张云"), branch: w.small, grouped: None, kind: "正式党员".into(), joined: None, fee: None, from: day!(2026 - 05 - 10) };
        assert!(w.write(|desk| Ok(member::enrol(desk, &again)?)).done().is_some(), "{db}");
    }
}

#[test]
fn a_branch_is_dissolved_when_its_members_have_somewhere_to_go_and_its_open_duties_a_word() {
    use affairs::dissolution;
    use registry::branch::{Dissolution, NewParty};
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let above = w.read(|desk| Ok(branch::find(desk, w.branch)?.parent.unwrap()));
        let group = w.write(|desk| {
            let new = NewParty { parent: Some(w.branch), organisation: w.village, name: "第一党小组".into(), kind: "党小组".into(), elected_on: None, term_years: None, order_no: 1, from_day: day!(2026 - 01 - 01).into() };
            Ok(branch::add(desk, &new)?)
        });
        w.write(|desk| Ok(member::change(desk, w.members[7], Some(group), None, None)?)).done().unwrap();
        let plain = Dissolution { on: day!(2026 - 05 - 10), ending: String::new(), document: String::new(), to: None, left_open: String::new() };
        let dissolve = |id, d: &Dissolution| w.write(|desk| dissolution::dissolve(desk, id, d));
        assert!(!w.read(|desk| dissolution::open(desk, w.branch)).is_empty(), "{db}");
        assert_eq!(dissolve(w.branch, &plain).refusals(), ["left-open"], "{db}");
        let noted = Dissolution { left_open: "由石门村党支部接着办".into(), ..plain };
        assert_eq!(dissolve(w.branch, &noted).refusals(), ["ending", "document", "members"], "{db}");
        let right = Dissolution { ending: "村合并".into(), document: "青镇党〔2026〕8号".into(), to: Some(w.small), ..noted };
        assert_eq!(dissolve(w.branch, &Dissolution { to: Some(above), ..right.clone() }).refusals(), ["not-a-branch"], "{db}");
        assert_eq!(dissolve(w.branch, &Dissolution { to: Some(w.branch), ..right.clone() }).refusals(), ["same-branch"], "{db}");
        assert_eq!(dissolve(w.branch, &Dissolution { on: day!(2026 - 05 - 09), ..right.clone() }).refusals(), ["moved-later"], "{db}: one was put into a group later");
        assert_eq!(dissolve(above, &Dissolution { to: None, ..right.clone() }).refusals(), ["below"], "{db}");
        let letter = w.write(|desk| Ok(member::send(desk, w.members[0], w.small)?)).done().unwrap();
        assert_eq!(dissolve(w.branch, &right).refusals(), ["letters"], "{db}");
        w.write(|desk| Ok(member::receive(desk, letter, Some("随支部并入"))?)).done().unwrap();
        assert_eq!(dissolve(w.branch, &right).done(), Some(8), "{db}");
        let count = |b, day| w.read(|desk| Ok(member::of(desk, b, day)?.len()));
        assert_eq!((count(w.small, day!(2026 - 05 - 09)), count(w.small, day!(2026 - 05 - 10)), count(w.branch, day!(2026 - 05 - 09)), count(w.branch, day!(2026 - 05 - 10))), (1, 9, 8, 0), "{db}");
        for id in [w.branch, group] {
            assert!(w.office.read(&registry::Actor::program(), registry::AsOf::default(), |desk| branch::find(desk, id)).is_err(), "{db}");
            assert!(w.office.read(&registry::Actor::program(), registry::AsOf::on(day!(2026 - 05 - 09)), |desk| branch::find(desk, id)).is_ok(), "{db}");
        }
        assert!(w.read(|desk| Ok(branch::committee(desk, w.branch)?)).is_empty(), "{db}");
        assert!(w.read(|desk| affairs::duty::units(desk, institution::Subject::Branch, &[w.branch.number()])).is_empty(), "{db}: it owes nothing more");
        let gone = w.read(|desk| Ok(branch::dissolved(desk)?));
        let told = gone.iter().find(|g| g.id == w.branch).unwrap();
        assert_eq!((gone.len(), told.document.as_str(), told.went_to.as_deref(), told.left_open.as_deref()), (2, "青镇党〔2026〕8号", Some("石门村党支部"), Some("由石门村党支部接着办")), "{db}");
        assert_eq!(w.read(|desk| Ok(member::find(desk, w.members[7])?.grouped)), None, "{db}");
    }
}
