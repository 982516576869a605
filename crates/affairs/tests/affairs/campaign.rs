//! A village from the list to acceptance, not passed, kept for the next year, passed and signed off; its bulletin.

use crate::duty::world::{World, worlds};
use crate::own::OwnSystem;
use affairs::duty::{self, Completion};
use affairs::matter::{self, Matter};
use affairs::campaign::{self, Bulletin};
use affairs::task::{self, NewTask};
use affairs::Fields;
use registry::charge::{self, Taker};
use vocabulary::{Day, Id, Outcome, day};

fn step(w: &World, id: Id<Matter>, step: &str, on: Day, fields: &[(&str, &str)]) -> Outcome<()> {
    let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
    w.write(|desk| matter::complete(desk, id, step, on, &fields))
}

fn done(w: &World, id: Id<Matter>, name: &str, on: Day, fields: &[(&str, &str)]) {
    let outcome = step(w, id, name, on, fields);
    assert!(outcome.refusals().is_empty(), "{name}: {outcome:?}");
}

const VOTE: [(&str, &str); 3] = [("should", "46"), ("present", "41"), ("agree", "40")];

const INSTITUTION: &str = "rectification";

/// The four levels, as the file says them.
fn levels(w: &World) -> Vec<String> {
    w.read(|desk| Ok(campaign::find(desk, INSTITUTION)?.levels.iter().map(|l| l.kind.to_string()).collect()))
}

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
        assert_eq!(w.read(|desk| campaign::bulletin(desk, INSTITUTION, day!(2026 - 02 - 01))).listed, 0, "{db}: it was not listed");
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
    for level in levels(w) {
        let level = level.as_str();
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
        let found = w.read(|desk| campaign::bulletin(desk, INSTITUTION, day!(2026 - 03 - 01)));
        assert_eq!(found.listed, 1, "{db}");
        let visits = |found: &Bulletin, n: usize| (found.visits[n].title.clone(), found.visits[n].owed, found.visits[n].done, found.visits[n].late, found.visits[n].lacking);
        assert_eq!(visits(&found, 0), ("县级领导包保走访".into(), 1, 0, 1, 0), "{db}: done late");
        assert_eq!(visits(&found, 1), ("乡镇领导包保走访".into(), 4, 3, 0, 1), "{db}");
        // As things stood on the last day of March it is always the same, whatever is made up or finished later.
        let march = || w.office.read(&registry::Actor::program(), registry::AsOf::on(day!(2026 - 03 - 31)), |desk| campaign::bulletin(desk, INSTITUTION, day!(2026 - 03 - 01))).unwrap();
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
        let paper = w.read(|desk| Ok(found.paper(campaign::find(desk, INSTITUTION)?, "青云县委组织部")));
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
        assert_eq!(w.read(|desk| Ok(charge::of(desk, w.village)?.into_iter().filter(|c| levels(&w).contains(&c.kind)).count())), 4, "{db}: 包保领导不调");
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
        assert_eq!(w.read(|desk| Ok(charge::of(desk, w.village)?.into_iter().filter(|c| levels(&w).contains(&c.kind)).count())), 0, "{db}");
        assert!(task > 0);
        let list = w.read(|desk| campaign::listed(desk, INSTITUTION, 2027));
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
        let meeting = |speakers: &'static str, recused: &'static str, present: &'static str| [("chief", "李强"), ("speakers", speakers), ("recused", recused), ("should", "9"), ("present", present), ("agree", "6"), ("decision", "同意")];
        assert_eq!(go("meeting", &meeting("李强、王芳、张伟", "", "8")).refusals(), ["chief-last"], "{db}");
        assert_eq!(go("meeting", &meeting("李强、王芳、李强", "", "8")).refusals(), ["chief-last"], "{db}: the chief spoke first as well");
        assert_eq!(go("meeting", &meeting("王芳、张伟、李强", "张伟", "8")).refusals(), ["recused-spoke"], "{db}");
        assert_eq!(go("meeting", &meeting("王芳、李强", "张伟", "5")).refusals(), ["count"], "{db}: six of five");
        assert!(go("meeting", &meeting("王芳、李强", "张伟", "8")).done().is_some(), "{db}");
        // What was decided goes on a list with its owner and date; the end comes when all of it is done.
        assert_eq!(go("assign", &[("supervisor", "周敏")]).refusals(), ["no-tasks"], "{db}");
        let new = NewTask { unit: w.town, matter: Some(id), problem: "完成招标".into(), measure: "公开招标".into(), owner: "王芳".into(), due: day!(2026 - 06 - 30) };
        let task = w.write(|desk| task::add(desk, &new)).done().unwrap();
        assert!(go("assign", &[("supervisor", "周敏")]).done().is_some(), "{db}");
        assert_eq!(go("follow-up", &[("done", "已开工")]).refusals(), ["tasks-open"], "{db}");
        w.write(|desk| task::finish(desk, task, day!(2026 - 04 - 20), "合同已签")).done().unwrap();
        assert!(go("follow-up", &[("done", "已开工")]).done().is_some(), "{db}");
        assert_eq!(w.read(|desk| matter::state(desk, id)).brief.ended.map(|(r, _)| r), Some("办结".into()), "{db}");
    }
}

const HEAD: &str = r#"
id = "five-cures"
title = "治村“五治”"
systems = ["X2"]
version = "2026-01"
in_force = { from = 2026-01-01 }
filed_by = "青云镇"
review_by = 2027-01-01
summary = "一年一份名单，列出问题，包到部门，验收解除。"
source = { document = "青云镇“五治”工作方案" }
"#;
const STEPS: &str = r#"
[campaign]
title = "“五治”专项"
short = "五治"
unit = "个村"
kinds = ["村"]
names = "{}五治"
plan = "五治清单"
levels = [{ kind = "联建部门", taker = "department" }]
levels_by = "plan"
passes = "check.good"
released_by = "close"
source = { document = "青云镇“五治”工作方案", article = "三" }

[[step]]
id = "found"
title = "排查"
who = { says = "镇", above = true }
source = { document = "青云镇“五治”工作方案", article = "二" }
fields = [
  { id = "what", label = "问题", type = "text", required = true },
  { id = "urgent", label = "是不是急事", type = "yes_no", required = true },
]
[[step]]
id = "hearing"
title = "听取意见"
after = "found"
unless = "found.urgent"
who = { says = "村" }
source = { document = "青云镇“五治”工作方案", article = "二" }
fields = [{ id = "said", label = "意见", type = "text", required = true }]
[[step]]
id = "plan"
title = "立清单"
after = "hearing"
within = { after = "found", working_days = 3, only_if = "found.urgent" }
tasks = "listed"
who = { says = "镇" }
source = { document = "青云镇“五治”工作方案", article = "三" }
fields = [{ id = "aim", label = "目标", type = "text", required = true }]
[[step]]
id = "check"
title = "验收"
after = "plan"
who = { says = "镇" }
source = { document = "青云镇“五治”工作方案", article = "四" }
fields = [{ id = "good", label = "是否通过", type = "yes_no", required = true }]
[[step]]
id = "close"
title = "解除"
after = "check"
who = { says = "镇" }
source = { document = "青云镇“五治”工作方案", article = "四" }
fields = [{ id = "number", label = "文号", type = "text", required = true }]
"#;
const OWED: &str = r#"
[[duty]]
id = "look"
title = "五治周查"
of = "organisation"
where = { all = [{ fact = "unit.kind", is = "村" }, { fact = "unit.five_cures", at_least = 1 }] }
who = "包村干部"
cadence = { weekday = 3, moved = "next" }
make_up_days = 3
minutes = 5
source = { document = "青云镇“五治”工作方案", article = "三" }
fields = [{ id = "seen", label = "看到的情况", type = "lines", required = true }]

[[example]]
name = "名单上的村每周看一次"
duty = "look"
on = 2026-03-05
facts = { "unit.kind" = "村", "unit.five_cures" = 1 }
expect = { "2026-03-04" = "overdue", "2026-03-11" = "ahead" }
"#;
const FACT: &str = r#"
[[fact]]
id = "unit.five_cures"
name = "五治名单上的村"
type = "number"
unit = "个"
group = "班子"
purpose = "五治周查由谁承担"
matters = { institution = "five-cures", until = "close" }
"#;

#[test]
fn a_campaign_of_files_alone_is_listed_planned_let_go_and_owes_its_own_duty() {
    for (db, mut w) in worlds() {
        w.office.book = OwnSystem { id: "five-cures", files: &[("institution.toml", HEAD), ("matter.toml", STEPS), ("duties.toml", OWED)], facts: FACT }.book();
        w.on(day!(2026 - 03 - 02));
        let list = |w: &World, unit: Id<registry::Organisation>| w.write(|desk| campaign::list(desk, "five-cures", &registry::organisation::find(desk, unit)?));
        assert_eq!(list(&w, w.town).refusals(), ["kind"], "{db}");
        let id = list(&w, w.village).done().unwrap();
        let owes = |w: &World| w.read(|desk| duty::overdue(desk, duty::find(desk, "five-cures/look")?, None, 9)).into_iter().map(|o| o.unit_title).collect::<Vec<_>>();
        // A branch that has its seat in the town does not speak for the town.
        let path = w.read(|desk| Ok(registry::organisation::find(desk, w.town)?.path));
        let of_the_town = |role| registry::Actor { role, sees: registry::Sees::Below(path.clone()), shown: "镇里".into(), ..registry::Actor::program() };
        let urgent: Fields = [("what", "河道堆垃圾"), ("urgent", "是")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        let found = |role| w.office.write(&of_the_town(role), |desk| matter::complete(desk, id, "found", day!(2026 - 03 - 02), &urgent)).unwrap();
        assert_eq!(found(registry::Role::BranchSecretary).refusals(), ["of-the-office"], "{db}");
        assert!(found(registry::Role::Leader).done().is_some(), "{db}");
        assert_eq!(w.office.write(&of_the_town(registry::Role::BranchSecretary), |desk| Ok::<_, affairs::Error>(matter::may_plan(desk, &matter::state(desk, id)?))).unwrap(), false, "{db}");
        // An urgent one skips the hearing and has its day: three working days after Monday 2 March.
        let seen = w.read(|desk| matter::state(desk, id));
        assert_eq!((seen.present().unwrap().id.as_str(), seen.brief.due, seen.brief.overdue), ("plan", Some(day!(2026 - 03 - 05)), false), "{db}");
        assert!(seen.steps[1].skipped, "{db}");
        w.on(day!(2026 - 03 - 06));
        assert_eq!(owes(&w), ["大王庄村"], "{db}: of Wednesday, by the county's own fact");
        let line = w.read(|desk| campaign::listed(desk, "five-cures", 2026)).remove(0);
        assert_eq!((line.at.as_str(), line.lacking.clone(), line.matter.overdue), ("立清单", vec!["联建部门".to_owned()], true), "{db}");
        assert_eq!(step(&w, id, "plan", day!(2026 - 03 - 06), &[("aim", "清完")]).refusals(), ["no-tasks", "levels"], "{db}");
        let new = NewTask { unit: w.village, matter: Some(id), problem: "垃圾".into(), measure: "清".into(), owner: "村委会".into(), due: day!(2026 - 03 - 20) };
        let task = w.write(|desk| task::add(desk, &new)).done().unwrap();
        let charge = |kind: &str, who: &str| w.office.write(&registry::Actor::program(), |desk| {
            let of = campaign::find(desk, "five-cures")?;
            campaign::charge(desk, of, w.village, kind, who, day!(2026 - 03 - 06))
        });
        assert!(charge("第一书记", "王建国").is_err() && charge("联建部门", "王建国").is_err(), "{db}: a level of another campaign, a person for a department");
        let town = w.read(|desk| Ok(registry::organisation::find(desk, w.town)?.short_name));
        charge("联建部门", &town).unwrap();
        done(&w, id, "plan", day!(2026 - 03 - 06), &[("aim", "清完")]);
        assert!(w.read(|desk| matter::state(desk, id)).steps[2].late, "{db}: a day late, and it says so");
        w.write(|desk| task::finish(desk, task, day!(2026 - 03 - 06), "照片")).done().unwrap();
        done(&w, id, "check", day!(2026 - 03 - 06), &[("good", "是")]);
        listed(&w, 2026);
        done(&w, id, "close", day!(2026 - 03 - 06), &[("number", "1号")]);
        assert_eq!(owes(&w), ["大王庄村"], "{db}: on Wednesday it stood on the list");
        w.on(day!(2026 - 03 - 12));
        assert!(owes(&w).is_empty(), "{db}: a week later it does not");
        assert!(w.read(|desk| Ok(charge::of(desk, w.village)?)).iter().any(|c| c.kind == "联建部门"), "{db}: the other list that it stands on needs it still");
        assert_eq!(w.write(|desk| matter::undo(desk, id, "close", "填错")).refusals(), ["signed-off"], "{db}");
        let text = w.read(|desk| Ok(format!("{:?}", campaign::bulletin(desk, "five-cures", day!(2026 - 03 - 01))?.paper(campaign::find(desk, "five-cures")?, "青云镇"))));
        assert!(text.contains("“五治”专项工作通报") && text.contains("列入五治的有 1 个村，已销号 1 个。五治清单共 1 项"), "{db}: {text}");

        // One that is no emergency is heard first, and owes no day.
        let other = list(&w, w.other).done().unwrap();
        done(&w, other, "found", day!(2026 - 03 - 06), &[("what", "乱搭"), ("urgent", "否")]);
        let seen = w.read(|desk| matter::state(desk, other));
        assert_eq!((seen.present().unwrap().id.as_str(), seen.brief.due), ("hearing", None), "{db}");
    }
}
