//! One duty from owed to done: late, excused, refused, asked about.

use super::world::worlds;
use affairs::duty::{self, Attendee, Completion, Photo};
use registry::{Actor, AsOf, Role, Sees};
use vocabulary::{Outcome, day};

const THEME: &str = "party-life/theme-day";

#[test]
fn what_is_handed_in_is_done_and_what_is_handed_in_after_its_day_is_late_with_both_days() {
    for (db, mut w) in worlds() {
        let unit = w.branch.number();
        w.on(day!(2026 - 03 - 28));
        assert_eq!(w.standing(THEME, unit, "2026-03-27"), "逾期", "{db}");
        assert_eq!(w.standing(THEME, unit, "2026-02-27"), "未办", "{db}");
        let outcome = w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 28)));
        assert!(matches!(outcome, Outcome::Done(_)), "{db}: {outcome:?}");
        assert_eq!(w.standing(THEME, unit, "2026-03-27"), "逾期补办", "{db}");
        let held = w.read(|desk| duty::held(desk, duty::find(desk, THEME)?, unit, "2026-03-27")).unwrap();
        assert_eq!((held.on.as_str(), held.due.as_str(), held.late, held.present()), ("2026-03-28", "2026-03-27", true, 8), "{db}");
        let again = w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 28)));
        assert_eq!(again.refusals(), ["done-already"], "{db}");
        // What was known the day before does not know of it.
        let before = AsOf { day: None, known_on: Some(day!(2026 - 03 - 27)) };
        let known = w.office.read(&registry::Actor::program(), before, |desk| duty::held(desk, duty::find(desk, THEME)?, unit, "2026-03-27")).unwrap();
        assert!(known.is_none(), "{db}");
    }
}

#[test]
fn a_day_to_come_a_day_too_early_and_a_day_too_late_are_refused() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 20));
        assert_eq!(w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 26))).refusals(), ["day-ahead"], "{db}");
        assert_eq!(w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 10))).refusals(), ["too-early"], "{db}");
        assert_eq!(w.hand_in(&w.theme_day("2026-02-27", day!(2026 - 03 - 19))).refusals(), ["too-late"], "{db}");
    }
}

#[test]
fn who_is_no_member_that_day_is_not_on_the_roll_and_absence_has_a_reason() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let mut given = w.theme_day("2026-03-27", day!(2026 - 03 - 27));
        given.roll.push(Attendee::here(w.person("冯立").number(), "冯立"));
        given.roll[1] = Attendee::away(given.roll[1].person.unwrap(), &given.roll[1].name.clone(), "");
        given.roll.remove(2);
        let outcome = w.hand_in(&given);
        assert_eq!(outcome.refusals(), ["not-on-roll", "absent-without-reason", "not-told"], "{db}");
        let Outcome::Refused(findings) = outcome else { panic!() };
        assert!(findings.iter().all(|f| f.citation.article.as_deref() == Some("第十六条")), "{db}");
        let last = given.roll.len() - 1;
        given.roll[last].guest = true;
        given.roll[1].why = "外出务工".into();
        given.roll.insert(2, w.theme_day("2026-03-27", day!(2026 - 03 - 27)).roll[2].clone());
        assert!(w.hand_in(&given).done().is_some(), "{db}: a guest may be there");
        // The absentee makes it up, not before it was held and not in the future.
        let (unit, away) = (w.branch.number(), given.roll[1].person.unwrap());
        let early = w.office.write(&registry::Actor::program(), |desk| duty::make_up(desk, duty::find(desk, THEME)?, unit, "2026-03-27", away, day!(2026 - 03 - 26)));
        assert!(early.is_err(), "{db}");
        w.write(|desk| duty::make_up(desk, duty::find(desk, THEME)?, unit, "2026-03-27", away, day!(2026 - 03 - 28)));
        let held = w.read(|desk| duty::held(desk, duty::find(desk, THEME)?, unit, "2026-03-27")).unwrap();
        assert_eq!(held.roll.iter().find(|a| a.person == Some(away)).and_then(|a| a.made_up), Some(day!(2026 - 03 - 28)), "{db}");
    }
}

#[test]
fn a_meeting_without_half_of_its_members_is_no_meeting() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 09));
        let unit = w.branch.number();
        let mut given = Completion::of("party-life/committee-meeting", unit, "2026-03-07", day!(2026 - 03 - 09)).field("agenda", "一").field("decisions", "二");
        given.roll = w.roll("party-life/committee-meeting", unit, given.on);
        assert_eq!(given.roll.len(), 5, "{db}");
        for a in given.roll.iter_mut().take(3) {
            (a.present, a.why) = (false, "外出".into());
        }
        assert_eq!(w.hand_in(&given).refusals(), ["quorum"], "{db}");
        given.roll[0].present = true;
        assert!(w.hand_in(&given).done().is_some(), "{db}");
        assert_eq!(w.standing("party-life/committee-meeting", unit, "2026-03-07"), "按期", "{db}: the 7th was a Saturday, it went to the 9th");
    }
}

#[test]
fn evidence_is_asked_for_and_a_photo_is_a_photo() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let mut given = w.theme_day("2026-03-27", day!(2026 - 03 - 27));
        given.fields.remove("theme");
        given.fields.insert("colour".into(), "红".into());
        let photo = |bytes: Vec<u8>| Photo { field: "photo".into(), name: "a.jpg".into(), bytes };
        let huge = [&[0xFF, 0xD8, 0xFF][..], &vec![0; 9 * 1024 * 1024]].concat();
        given.photos = vec![photo(huge), photo(b"<script>".to_vec())];
        let refused = w.hand_in(&given);
        assert_eq!(refused.refusals(), ["field.theme", "field.photo", "field.photo", "no-such-field"], "{db}");
        let mut given = w.theme_day("2026-03-27", day!(2026 - 03 - 27));
        given.photos = vec![photo(vec![0xFF, 0xD8, 0xFF, 1, 2, 3])];
        let mark = w.hand_in(&given).done().unwrap();
        let held = w.read(|desk| duty::held(desk, duty::find(desk, THEME)?, w.branch.number(), "2026-03-27")).unwrap();
        let (name, kind, bytes) = w.read(|desk| duty::photo(desk, mark, held.files[0].0));
        assert_eq!((name.as_str(), kind.as_str(), bytes.len()), ("a.jpg", "image/jpeg", 6), "{db}");
    }
}

#[test]
fn one_person_at_two_places_within_the_hour_is_asked_and_not_accused() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 02 - 10));
        let who = w.person("王建国").number();
        let visit = |charge: i64, at: &str| Completion::of("care/contact-point", charge, "2026Q1/1", day!(2026 - 02 - 10)).field("did", "座谈").visit(who, at);
        assert!(w.hand_in(&visit(w.point.number(), "14:00")).done().is_some(), "{db}");
        let mut second = visit(w.second_point.number(), "14：30");
        let Outcome::Refused(asked) = w.hand_in(&second) else { panic!("{db}: nothing was asked") };
        assert_eq!(asked.rules(), ["two-places"], "{db}");
        assert!(asked.has(vocabulary::Weight::Warn), "{db}: a question, not a refusal");
        second.explained = "两村相邻，步行十分钟".into();
        assert!(w.hand_in(&second).done().is_some(), "{db}");
        let later = w.read(|desk| duty::held(desk, duty::find(desk, "care/contact-point")?, w.second_point.number(), "2026Q1/1")).unwrap();
        assert_eq!(later.explained, "两村相邻，步行十分钟", "{db}");
    }
}

#[test]
fn an_excuse_has_a_reason_of_the_institution_and_somebody_else_approves() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 07 - 28));
        let (unit, key) = (w.branch.number(), "2026-07-27");
        let secretary = w.secretary();
        let ask = |reason: &str| w.office.write(&secretary, |desk| duty::ask_excuse(desk, THEME, unit, key, reason, "连日大雨")).unwrap();
        assert_eq!(ask("太忙").refusals(), ["reason"], "{db}");
        let id = ask("抢险救灾").done().unwrap();
        assert_eq!(ask("抢险救灾").refusals(), ["asked-already"], "{db}");
        let by_the_secretary = w.office.write(&secretary, |desk| duty::decide_excuse(desk, id, true, "")).unwrap();
        assert_eq!(by_the_secretary.refusals(), ["approver", "own-application"], "{db}: the level above approves");
        assert_eq!(w.write(|desk| duty::decide_excuse(desk, id, false, "")).refusals(), ["opinion"], "{db}");
        assert!(w.write(|desk| duty::decide_excuse(desk, id, true, "")).done().is_some(), "{db}");
        assert_eq!(w.standing(THEME, unit, key), "免办", "{db}");
        assert!(w.read(|desk| duty::waiting_excuses(desk)).is_empty(), "{db}");
    }
}

#[test]
fn a_secretary_hands_in_for_the_own_branch_and_finds_no_other() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let secretary = w.secretary();
        let own = w.theme_day("2026-03-27", day!(2026 - 03 - 27));
        assert!(w.office.write(&secretary, |desk| duty::complete(desk, &own)).unwrap().done().is_some(), "{db}");
        let strange = Completion { unit: w.small.number(), ..own };
        assert!(w.office.write(&secretary, |desk| duty::complete(desk, &strange)).is_err(), "{db}");
        let mine = w.office.read(&secretary, AsOf::default(), |desk| duty::mine(desk, day!(2026 - 03 - 01), day!(2026 - 03 - 31))).unwrap();
        assert!(mine.iter().all(|o| o.unit_title != "石门村党支部") && mine.len() > 3, "{db}: {}", mine.len());
    }
}

#[test]
fn what_was_handed_in_wrongly_is_taken_back_with_a_reason_and_owed_again() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let unit = w.branch.number();
        let secretary = w.secretary();
        let withdraw = |why: &str| w.office.write(&secretary, |desk| duty::withdraw(desk, THEME, unit, "2026-03-27", why)).unwrap();
        assert_eq!(withdraw("填错").refusals(), ["not-done"], "{db}");
        let before = w.standing(THEME, unit, "2026-03-27");
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 26))).done().unwrap();
        assert_eq!(w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 27))).refusals(), ["done-already"], "{db}");
        assert_eq!(withdraw("  ").refusals(), ["why"], "{db}");
        let stranger = registry::Actor { sees: registry::Sees::Nothing, person: None, ..w.secretary() };
        assert!(w.office.write(&stranger, |desk| duty::withdraw(desk, THEME, unit, "2026-03-27", "填错")).is_err(), "{db}");
        assert!(withdraw("日期填错").done().is_some(), "{db}");
        assert_eq!(w.standing(THEME, unit, "2026-03-27"), before, "{db}: owed again");
        let back = w.read(|desk| duty::withdrawn(desk, duty::find(desk, THEME)?, unit, "2026-03-27"));
        assert_eq!((back.len(), back[0].on.as_str(), back[0].by.as_str()), (1, "2026-03-26", "王大山"), "{db}");
        assert!(back[0].says.contains("日期填错") && back[0].fields.iter().any(|(_, t)| t == "清洁家园"), "{db}: {back:?}");
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 27))).done().unwrap();
        let held = w.read(|desk| duty::held(desk, duty::find(desk, THEME)?, unit, "2026-03-27")).unwrap();
        assert_eq!(held.on, "2026-03-27", "{db}");
        let tally = w.read(|desk| duty::tally(desk, duty::find(desk, THEME)?, day!(2026 - 03 - 01), day!(2026 - 03 - 28), "/"));
        assert_eq!(tally.values().map(|t| t.done + t.late).sum::<i64>(), 1, "{db}");
    }
}

/// A leader whose branch lies elsewhere than the organisation they lead.
#[test]
fn a_leader_finds_their_own_branch_life_and_reports_when_away_but_registers_nothing() {
    const LIVES: &str = "party-life/two-lives";
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let who = w.person("周勤");
        let own = w.members[5].number();
        w.write(|desk| {
            let seat = registry::post::NewSeat { name: "镇长".into(), title: "青云镇镇长".into(), role: Some("正职".into()), leading: true, level: Some("乡科级正职".into()), seats: 1, from_day: Some(day!(2000 - 01 - 01).into()), ..Default::default() };
            let post = registry::post::add(desk, w.town, seat)?;
            let appointment = registry::tenure::Appointment { person: who, post, from: day!(2025 - 01 - 01), paper: String::new(), way: None, probation_until: None, main: true };
            registry::tenure::begin(desk, &appointment)?.done().unwrap();
            Ok(())
        });
        let elsewhere = w.read(|desk| Ok(registry::organisation::find(desk, w.other)?.path));
        let leader = registry::Actor { role: registry::Role::Leader, shown: "周勤".into(), sees: registry::Sees::Below(elsewhere), person: Some(who), ..registry::Actor::program() };
        let mine = w.office.read(&leader, registry::AsOf::default(), |desk| duty::mine(desk, day!(2026 - 01 - 01), day!(2026 - 04 - 30))).unwrap();
        let lives: Vec<_> = mine.iter().filter(|o| &*o.duty == LIVES).map(|o| (o.unit, o.slot.key.clone())).collect();
        assert!(lives.contains(&(own, "2026Q1/1".to_owned())), "{db}: {lives:?}");
        assert!(mine.iter().all(|o| o.unit != own || &*o.duty == LIVES), "{db}: what the branch owes its members is the branch's");
        let ask = w.office.write(&leader, |desk| duty::ask_excuse(desk, LIVES, own, "2026Q1/1", "因公外出", "省里培训")).unwrap();
        assert!(ask.done().is_some(), "{db}");
        let given = Completion::of(LIVES, own, "2026Q1/1", day!(2026 - 03 - 28)).field("what", "主题党日");
        assert!(w.office.write(&leader, |desk| duty::complete(desk, &given)).is_err(), "{db}: the branch registers");
        let other = w.members[6].number();
        assert!(w.office.write(&leader, |desk| duty::ask_excuse(desk, LIVES, other, "2026Q1/1", "病假", "")).is_err(), "{db}: of others nothing");
        // An ordinary member sees what their own branch publishes, and no other branch's.
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 27))).done().unwrap();
        let member = registry::Actor { role: registry::Role::Recorded, sees: registry::Sees::Oneself(w.person("张云")), person: Some(w.person("张云")), ..registry::Actor::program() };
        let shown = |branch: vocabulary::Id<registry::Branch>| w.office.read(&member, registry::AsOf::default(), |desk| duty::published(desk, institution::Subject::Branch, branch.number(), day!(2026 - 01 - 01)));
        let own = shown(w.branch).unwrap();
        assert!(own.len() == 1 && own[0].should() == 8, "{db}: {own:?}");
        assert!(shown(w.small).is_err(), "{db}");
    }
}

#[test]
fn the_letter_to_a_branch_past_its_term_says_its_own_days_and_an_election_ends_what_it_owes() {
    const OVER: &str = "party-life/term-over";
    for (db, mut w) in worlds() {
        w.on(day!(2027 - 02 - 10));
        let unit = w.branch.number();
        let paper = w.read(|desk| duty::letter(desk, duty::find(desk, OVER)?, unit, "青云镇党委"));
        let text = format!("{paper:?}");
        assert!(text.contains("大王庄村党支部：") && text.contains("2021年12月20日选举产生") && text.contains("2026年12月20日届满") && text.contains("2027年2月10日"), "{db}: {text}");
        let elsewhere = w.office.read(&registry::Actor::program(), AsOf::default(), |desk| duty::letter(desk, duty::find(desk, THEME)?, unit, "青云镇党委"));
        assert!(elsewhere.is_err(), "{db}: a duty without a letter");
        assert_eq!(w.standing(OVER, unit, "2026-12-20"), "逾期", "{db}");
        let owing = |w: &super::world::World| w.read(|desk| duty::overdue(desk, duty::find(desk, OVER)?, None, 50)).len();
        assert_eq!(owing(&w), 1, "{db}: the other branch is within its term");
        w.write(|desk| Ok(registry::branch::elect(desk, w.branch, day!(2027 - 02 - 05).into(), &[])?));
        assert_eq!(owing(&w), 0, "{db}");
    }
}

/// 带走的问题: what a leader writes down on a visit is a case at the place, once, and the leader follows it to its end.
#[test]
fn a_problem_from_a_visit_becomes_a_case_that_both_know_of() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 02 - 10));
        let leader = w.person("王建国");
        // Whoever went takes no reports themselves.
        let seat = Actor { account: None, shown: "王建国".into(), role: Role::Recorded, sees: Sees::Oneself(leader), person: Some(leader), recused: vec![] };
        let visit = |occurrence: &str, problem: &str| Completion::of("care/contact-point", w.point.number(), occurrence, w.office.today()).field("did", "座谈").field("problem", problem).visit(leader.number(), "09:30");
        let hand_in = |given: &Completion| w.office.write(&seat, |desk| duty::complete(desk, given)).unwrap();
        let all = || w.read(|desk| affairs::case::lines(desk, &affairs::case::Filter { closed: true, ..Default::default() }));
        let long = hand_in(&visit("2026Q1/1", &"渠".repeat(2_001)));
        assert_eq!(long.refusals(), ["too-long"], "{db}: nothing is written of either");
        assert!(all().is_empty() && w.standing("care/contact-point", w.point.number(), "2026Q1/1") != "按期", "{db}");
        let mark = hand_in(&visit("2026Q1/1", " 灌渠年久失修 ")).done().unwrap();
        let lines = all();
        assert_eq!(lines.iter().map(|l| (l.words.as_str(), l.place.name.as_str(), l.way.as_str(), l.stage_says)).collect::<Vec<_>>(), [("灌渠年久失修", "大王庄村", "领导走访", "待分类")], "{db}");
        let brought = w.office.read(&seat, AsOf::default(), |desk| affairs::case::brought_by(desk, mark)).unwrap();
        assert_eq!(brought.iter().map(|b| (b.receipt.clone(), b.stage, b.opens)).collect::<Vec<_>>(), [(lines[0].receipt.clone(), "待分类", false)], "{db}: seen to its end, not opened");
        let back = w.read(|desk| duty::address_of(desk, affairs::case::visit_of(desk, lines[0].id)?.unwrap())).unwrap();
        assert_eq!(back, (format!("/duties/charge/{}/care/contact-point?of=2026Q1/1", w.point), "到党建联系点 2026-02-10".into()), "{db}");

        // Taken back and handed in again it is the same case; another problem is another one.
        for (problem, count) in [("灌渠年久失修", 1), ("灌渠年久失修，桥也塌了", 2)] {
            assert!(w.write(|desk| duty::withdraw(desk, "care/contact-point", w.point.number(), "2026Q1/1", "时间填错")).done().is_some(), "{db}");
            let mark = hand_in(&visit("2026Q1/1", problem)).done().unwrap();
            assert_eq!((all().len(), w.read(|desk| affairs::case::brought_by(desk, mark)).len()), (count, count), "{db}: {problem}");
        }
        // Nothing brought, nothing opened.
        let quiet = Completion::of("care/contact-point", w.second_point.number(), "2026Q1/1", day!(2026 - 02 - 10)).field("did", "座谈").visit(leader.number(), "15:00");
        assert!(hand_in(&quiet).done().is_some() && all().len() == 2, "{db}");
    }
}
