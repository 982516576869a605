//! A village from the list to acceptance, not passed, kept for the next year, passed and signed off; its bulletin.

use crate::duty::world::{World, worlds};
use affairs::duty::{self, Completion};
use affairs::matter::{self, Matter};
use affairs::rectification::{self, INSTITUTION, LEVELS};
use affairs::task::{self, NewTask};
use affairs::Fields;
use registry::charge::{self, Taker};
use vocabulary::{Day, Id, Outcome, day};

fn step(w: &World, id: Id<Matter>, step: &str, on: Day, fields: &[(&str, &str)]) -> Outcome<()> {
    let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
    w.write(|desk| rectification::complete(desk, id, step, on, &fields))
}

fn done(w: &World, id: Id<Matter>, name: &str, on: Day, fields: &[(&str, &str)]) {
    let outcome = step(w, id, name, on, fields);
    assert!(outcome.refusals().is_empty(), "{name}: {outcome:?}");
}

const VOTE: [(&str, &str); 3] = [("should", "46"), ("present", "41"), ("agree", "40")];

fn listed(w: &World, year: i64) -> Id<Matter> {
    w.write(|desk| matter::open(desk, INSTITUTION, w.village, "大王庄村党组织整顿", year, None)).done().unwrap()
}

#[test]
fn no_meeting_is_skipped_and_a_vote_that_fails_lists_nobody() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 02 - 20));
        let id = listed(&w, 2026);
        assert_eq!(w.write(|desk| matter::open(desk, INSTITUTION, w.village, "大王庄村党组织整顿", 2026, None)).refusals(), ["opened-already"], "{db}");
        let screening = [("origin", "星级评定一星"), ("kind", "弱"), ("problem", "班子不齐")];
        assert_eq!(step(&w, id, "county-meeting", day!(2026 - 02 - 10), &VOTE).refusals(), ["out-of-order"], "{db}");
        assert_eq!(step(&w, id, "screening", day!(2026 - 02 - 21), &screening).refusals(), ["day-ahead"], "{db}");
        assert_eq!(step(&w, id, "screening", day!(2026 - 02 - 01), &screening[..1]).refusals(), ["field.kind", "field.problem"], "{db}");
        done(&w, id, "screening", day!(2026 - 02 - 01), &screening);
        assert_eq!(step(&w, id, "village-meeting", day!(2026 - 01 - 30), &VOTE).refusals(), ["before-last"], "{db}");
        let vote = |p: &'static str, a: &'static str| [("should", "46"), ("present", p), ("agree", a)];
        assert_eq!(step(&w, id, "village-meeting", day!(2026 - 02 - 05), &vote("22", "22")).refusals(), ["quorum"], "{db}");
        assert_eq!(step(&w, id, "village-meeting", day!(2026 - 02 - 05), &vote("40", "41")).refusals(), ["count"], "{db}");
        done(&w, id, "village-meeting", day!(2026 - 02 - 05), &vote("40", "23"));
        assert_eq!(w.read(|desk| matter::state(desk, id)).brief.ended.map(|(r, _)| r).as_deref(), Some("未通过"), "{db}: half is not more than half");
        assert_eq!(step(&w, id, "town-meeting", day!(2026 - 02 - 09), &VOTE).refusals(), ["ended"], "{db}");
        w.on(day!(2026 - 03 - 01));
        assert_eq!(w.read(|desk| rectification::bulletin(desk, day!(2026 - 02 - 01))).villages, 0, "{db}: it was not listed");
        let id = listed(&w, 2026);
        w.on(day!(2026 - 03 - 02));
        done(&w, id, "screening", day!(2026 - 02 - 01), &screening);
        done(&w, id, "village-meeting", day!(2026 - 02 - 05), &vote("40", "24"));
        done(&w, id, "town-meeting", day!(2026 - 02 - 09), &VOTE);
        done(&w, id, "county-meeting", day!(2026 - 02 - 12), &VOTE);
        assert_eq!(step(&w, id, "plan", day!(2026 - 02 - 20), &[("summary", "三星")]).refusals(), ["no-tasks", "levels"], "{db}");
    }
}

/// The village with its plan and all four levels, in March.
fn planned(w: &mut World) -> (Id<Matter>, i64) {
    w.on(day!(2026 - 03 - 01));
    let id = listed(w, 2026);
    done(w, id, "screening", day!(2026 - 02 - 01), &[("origin", "星级评定一星"), ("kind", "弱"), ("problem", "班子不齐")]);
    for (name, on) in [("village-meeting", day!(2026 - 02 - 05)), ("town-meeting", day!(2026 - 02 - 09)), ("county-meeting", day!(2026 - 02 - 12))] {
        done(w, id, name, on, &VOTE);
    }
    let new = NewTask { unit: w.village, matter: Some(id), problem: "支部书记空缺".into(), measure: "选任".into(), owner: "镇党委副书记".into(), due: day!(2026 - 05 - 31) };
    let task = w.write(|desk| task::add(desk, &new)).done().unwrap();
    let (leader, other) = (w.person("王建国"), w.person("陈默"));
    for level in LEVELS {
        let taker = match level {
            "联建部门" => Taker::Department(w.town),
            "乡镇领导包保" => Taker::Person(other),
            _ => Taker::Person(leader),
        };
        w.write(|desk| Ok(charge::begin(desk, level, &taker, w.village, day!(2026 - 03 - 01))?));
    }
    done(w, id, "plan", day!(2026 - 03 - 01), &[("summary", "三星")]);
    (id, task)
}

#[test]
fn visits_are_counted_and_the_bulletin_names_who_falls_short() {
    for (db, mut w) in worlds() {
        planned(&mut w);
        w.on(day!(2026 - 04 - 02));
        let charges = w.read(|desk| Ok(charge::of(desk, w.village)?));
        let of = |kind: &str| charges.iter().find(|c| c.kind == kind).unwrap().id.number();
        let who = w.person("陈默").number();
        for (n, on) in [day!(2026 - 03 - 03), day!(2026 - 03 - 10), day!(2026 - 03 - 17)].into_iter().enumerate() {
            let given = Completion::of("rectification/town-leader-visit", of("乡镇领导包保"), "", on).field("seen", "开会").visit(who, "09:00");
            assert!(w.hand_in(&given).done().is_some(), "{db}: visit {n}");
        }
        let leader = Completion::of("rectification/county-leader-visit", of("县级领导包保"), "2026-03/1", day!(2026 - 04 - 02)).field("seen", "看").field("pushed", "办公房").visit(w.person("王建国").number(), "10:00");
        assert!(w.hand_in(&leader).done().is_some(), "{db}");
        w.on(day!(2026 - 04 - 15));
        let found = w.read(|desk| rectification::bulletin(desk, day!(2026 - 03 - 01)));
        assert_eq!(found.villages, 1, "{db}");
        let visits = |found: &rectification::Bulletin, n: usize| (found.visits[n].title.clone(), found.visits[n].owed, found.visits[n].done, found.visits[n].late, found.visits[n].lacking);
        assert_eq!(visits(&found, 0), ("县级领导包保走访".into(), 1, 0, 1, 0), "{db}: done late");
        assert_eq!(visits(&found, 1), ("乡镇领导包保走访".into(), 4, 3, 0, 1), "{db}");
        // As things stood on the last day of March it is always the same, whatever is made up or finished later.
        let march = || w.office.read(&registry::Actor::program(), registry::AsOf::on(day!(2026 - 03 - 31)), |desk| rectification::bulletin(desk, day!(2026 - 03 - 01))).unwrap();
        let then = march();
        assert_eq!((then.until, visits(&then, 0)), (day!(2026 - 03 - 31), ("县级领导包保走访".into(), 1, 0, 0, 1)), "{db}");
        assert_eq!((then.tasks, then.red.len()), ([0, 0, 1, 0], 0), "{db}");
        let all = w.read(|desk| task::all(desk));
        w.write(|desk| task::finish(desk, all[0].id, day!(2026 - 04 - 15), "已选出")).done().unwrap();
        let new = NewTask { unit: w.village, matter: all[0].matter.map(Id::new), problem: "村务不公开".into(), measure: "公开".into(), owner: "镇纪委".into(), due: day!(2026 - 06 - 30) };
        w.write(|desk| task::add(desk, &new)).done().unwrap();
        let again = march();
        assert_eq!((again.tasks, visits(&again, 0), again.short.len()), (then.tasks, visits(&then, 0), then.short.len()), "{db}");
        for v in &then.visits {
            for (which, n) in [("owed", v.owed), ("done", v.done), ("late", v.late), ("excused", v.excused), ("lacking", v.lacking)] {
                let rows = w.office.read(&registry::Actor::program(), registry::AsOf::on(day!(2026 - 03 - 31)), |desk| duty::rows(desk, duty::find(desk, &v.duty)?, then.from, then.until, which, None)).unwrap();
                assert_eq!(rows.len(), n, "{db}: {} {which}", v.duty);
            }
        }
        let short: Vec<_> = found.short.iter().map(|s| (s.kind.as_str(), s.owed, s.done + s.late)).collect();
        assert!(short.contains(&("乡镇领导包保", 4, 3)) && short.contains(&("联建部门", 1, 0)), "{db}: {short:?}");
        assert!(!short.iter().any(|(k, ..)| *k == "县级领导包保"), "{db}: who came late came");
        let paper = found.paper("青云县委组织部");
        let text = format!("{paper:?}");
        assert!(text.contains("陈默（乡镇领导包保，大王庄村）：应到 4 次，实到 3 次") && text.contains("2026年3月"), "{db}: {text}");
        assert_eq!(duty::subject_id(institution::Subject::Charge), "charge");
    }
}

#[test]
fn who_does_not_pass_stays_on_next_years_list_and_the_leaders_stay() {
    for (db, mut w) in worlds() {
        let (id, task) = planned(&mut w);
        w.on(day!(2026 - 10 - 20));
        let accept = |passed: &'static str| [("team", "周敏、吴倩"), ("satisfied", "60"), ("evidence", "入户"), ("passed", passed)];
        assert_eq!(step(&w, id, "acceptance", day!(2026 - 10 - 20), &accept("是")).refusals(), ["tasks-open"], "{db}");
        assert_eq!(step(&w, id, "acceptance", day!(2026 - 10 - 20), &[("team", "周敏"), ("satisfied", "60"), ("evidence", "入户"), ("passed", "否")]).refusals(), ["team"], "{db}");
        done(&w, id, "acceptance", day!(2026 - 10 - 20), &accept("否"));
        let next = w.read(|desk| matter::list(desk, INSTITUTION, Some(2027)));
        assert_eq!((next.len(), next[0].follows), (1, Some(id)), "{db}");
        assert_eq!(w.read(|desk| Ok(charge::of(desk, w.village)?.into_iter().filter(|c| LEVELS.contains(&c.kind.as_str())).count())), 4, "{db}: 包保领导不调");
        assert_eq!(step(&w, id, "sign-off", day!(2026 - 10 - 20), &[("number", "1号")]).refusals(), ["ended"], "{db}");

        // The year after it passes, and its leaders are let go.
        w.on(day!(2027 - 03 - 01));
        let again = next[0].id;
        done(&w, again, "screening", day!(2027 - 01 - 10), &[("origin", "上年未通过"), ("kind", "弱"), ("problem", "班子不齐")]);
        for name in ["village-meeting", "town-meeting", "county-meeting"] {
            done(&w, again, name, day!(2027 - 01 - 12), &VOTE);
        }
        let new = NewTask { unit: w.village, matter: Some(again), problem: "书记空缺".into(), measure: "选任".into(), owner: "镇党委".into(), due: day!(2027 - 05 - 31) };
        let own = w.write(|desk| task::add(desk, &new)).done().unwrap();
        done(&w, again, "plan", day!(2027 - 02 - 01), &[("summary", "三星")]);
        assert_eq!(w.write(|desk| task::finish(desk, own, day!(2027 - 02 - 20), "")).refusals(), ["no-evidence"], "{db}");
        assert!(w.write(|desk| task::finish(desk, own, day!(2027 - 02 - 20), "已选出")).done().is_some(), "{db}");
        done(&w, again, "acceptance", day!(2027 - 03 - 01), &accept("是"));
        done(&w, again, "sign-off", day!(2027 - 03 - 01), &[("number", "青组〔2027〕3号")]);
        assert_eq!(w.read(|desk| Ok(charge::of(desk, w.village)?.into_iter().filter(|c| LEVELS.contains(&c.kind.as_str())).count())), 0, "{db}");
        assert!(task > 0);
        let list = w.read(|desk| rectification::villages(desk, 2027));
        assert_eq!((list.len(), list[0].at.as_str()), (1, "回头看"), "{db}");
    }
}

#[test]
fn a_decision_hears_the_chief_last_and_who_is_recused_does_not_speak() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 04 - 20));
        let id = w.write(|desk| matter::open(desk, "decisions", w.town, "便民服务中心改造", 2026, None)).done().unwrap();
        let go = |step: &str, fields: &[(&str, &str)]| {
            let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            w.write(|desk| matter::complete(desk, id, step, day!(2026 - 04 - 20), &fields))
        };
        assert!(go("topic", &[("kind", "重大项目"), ("reason", "年久失修"), ("amount", "120")]).done().is_some(), "{db}");
        assert!(go("papers", &[("sent", "方案、预算"), ("opinions", "无不同意见")]).done().is_some(), "{db}");
        let meeting = |speakers: &'static str, recused: &'static str, present: &'static str| [("chief", "李强"), ("speakers", speakers), ("recused", recused), ("should", "9"), ("present", present), ("agree", "6"), ("decision", "同意"), ("owner", "王芳，六月底")];
        assert_eq!(go("meeting", &meeting("李强、王芳、张伟", "", "8")).refusals(), ["chief-last"], "{db}");
        assert_eq!(go("meeting", &meeting("李强、王芳、李强", "", "8")).refusals(), ["chief-last"], "{db}: the chief spoke first as well");
        assert_eq!(go("meeting", &meeting("王芳、张伟、李强", "张伟", "8")).refusals(), ["recused-spoke"], "{db}");
        assert_eq!(go("meeting", &meeting("王芳、李强", "张伟", "5")).refusals(), ["count"], "{db}: six of five");
        assert!(go("meeting", &meeting("王芳、李强", "张伟", "8")).done().is_some(), "{db}");
        assert!(go("follow-up", &[("done", "已开工")]).done().is_some(), "{db}");
        assert_eq!(w.read(|desk| matter::state(desk, id)).brief.ended.map(|(r, _)| r), Some("办结".into()), "{db}");
    }
}
