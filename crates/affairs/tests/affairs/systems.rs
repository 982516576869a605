//! Systems that are files alone: ledgers and an open account over matters, computed stars, reports whose figures open.

use crate::duty::world::{World, worlds};
use affairs::duty::{self, Completion, Tally};
use affairs::matter::{self, Asked, Matter};
use affairs::task::{self, NewTask};
use affairs::{Fields, report, stars};
use institution::Subject;
use registry::charge::{self, Taker};
use registry::{Actor, AsOf, Organisation, Role, Sees, organisation};
use vocabulary::{Day, Id, Outcome, day};

/// Opens a matter and takes it through these steps, all on one day.
pub fn walked(w: &World, id: &str, unit: Id<Organisation>, title: &str, on: Day, steps: &[(&str, &[(&str, &str)])]) -> Id<Matter> {
    let year = i64::from(on.year());
    let opened = w.write(|desk| matter::open(desk, id, unit, title, year, None)).done().unwrap();
    for (step, fields) in steps {
        let outcome = stepped(w, opened, step, on, fields);
        assert!(outcome.refusals().is_empty(), "{id} {step}: {outcome:?}");
    }
    opened
}

pub fn stepped(w: &World, id: Id<Matter>, step: &str, on: Day, fields: &[(&str, &str)]) -> Outcome<()> {
    let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
    w.write(|desk| matter::complete(desk, id, step, on, &fields))
}

/// A team of volunteers that stands in the register of `unit` from `on` on.
pub fn team(w: &World, unit: Id<Organisation>, name: &str, on: Day) {
    let fields: Fields = [("name", name), ("does", "环境卫生"), ("lead", "王大山")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    w.write(|desk| affairs::register::add(desk, "volunteering/teams", unit, on, &fields)).done().unwrap();
}

pub fn income(w: &World, title: &str, on: Day, amount: &str) {
    walked(w, "fund-income", w.town, title, on, &[("gift", &[("from", "党费返还")]), ("book", &[("amount", amount), ("receipt", "0001")])]);
}

/// Up to the payment: reviewed six days before `on`, and shown for five.
pub fn granted(w: &World, unit: Id<Organisation>, title: &str, on: Day) -> Id<Matter> {
    let id = walked(
        w,
        "relief-fund",
        unit,
        title,
        on.plus_days(-6),
        &[
            ("apply", &[("reason", "因病"), ("asked", "8000")]),
            ("visit", &[("team", "王大山、李小河"), ("found", "属实")]),
            ("review", &[("should", "9"), ("present", "7"), ("agree", "6"), ("granted", "6500")]),
        ],
    );
    let outcome = stepped(w, id, "notice", on, &[("days", "5"), ("objections", "无")]);
    assert!(outcome.refusals().is_empty(), "{outcome:?}");
    id
}

#[test]
fn the_fund_pays_no_more_than_came_in_and_its_account_is_open() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 02));
        income(&w, "年初拨入", day!(2026 - 03 - 02), "10000");
        let refused = stepped(&w, w.write(|desk| matter::open(desk, "fund-income", w.town, "空", 2026, None)).done().unwrap(), "gift", day!(2026 - 03 - 02), &[("from", "单位捐赠")]);
        assert!(refused.done().is_some(), "{db}");
        let first = granted(&w, w.village, "第一户", day!(2026 - 03 - 02));
        let second = granted(&w, w.other, "第二户", day!(2026 - 03 - 02));
        let pay = |id, amount: &str| stepped(&w, id, "pay", day!(2026 - 03 - 02), &[("amount", amount), ("how", "转账 18 号")]);
        assert_eq!(pay(first, "0").refusals(), ["field.amount"], "{db}");
        assert_eq!(pay(first, "-5").refusals(), ["field.amount"], "{db}");
        assert_eq!(pay(first, "6501").refusals(), ["check.1"], "{db}: more than was granted");
        // Two payments at the same moment that are too much together: one passes.
        let fields: Fields = [("amount", "6500"), ("how", "转账 18 号")].iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        let office = &w.office;
        let go = |id: Id<Matter>| office.write(&registry::Actor::program(), |desk| matter::complete(desk, id, "pay", day!(2026 - 03 - 02), &fields)).map(|o| o.done().is_some()).unwrap_or(false);
        let passed: Vec<bool> = std::thread::scope(|s| {
            let threads: Vec<_> = [first, second].into_iter().map(|id| s.spawn({ let go = &go; move || go(id) })).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(passed.iter().filter(|p| **p).count(), 1, "{db}: {passed:?}");
        let unpaid = if passed[0] { second } else { first };
        assert_eq!(pay(unpaid, "6500").refusals(), ["not-enough"], "{db}");
        let open = w.read(|desk| matter::account(desk, "relief-fund"));
        assert_eq!((open.income, open.spent, open.balance), (10_000, 6_500, 3_500), "{db}");
        assert_eq!(open.lines.iter().map(|l| l.amount).sum::<i64>(), open.balance, "{db}");
        let ledger = w.read(|desk| matter::ledger(desk, "relief-fund", &Asked::default()));
        let totals: Vec<(&str, i64)> = ledger.totals.iter().map(|t| (t.label.as_str(), t.value)).collect();
        assert_eq!(totals, [("户申请", 2), ("户评审通过", 2), ("户已发放", 1), ("元", 6_500)], "{db}");
        // The sum opens exactly the matters that it counts.
        let paid = w.read(|desk| matter::ledger(desk, "relief-fund", &Asked { step: Some("pay".into()), ..Asked::default() }));
        assert_eq!(paid.rows.len(), 1, "{db}");
        assert!(w.read(|desk| Ok(matter::account(desk, "alliance").is_err())), "{db}: no account without one");
    }
}

#[test]
fn nobody_is_paid_before_the_notice_is_over_and_nothing_is_left_out_of_it() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 10));
        let reviewed = day!(2026 - 03 - 02);
        let id = walked(
            &w,
            "relief-fund",
            w.village,
            "一户",
            reviewed,
            &[
                ("apply", &[("reason", "因病"), ("asked", "8000")]),
                ("visit", &[("team", "王大山、李小河"), ("found", "属实")]),
                ("review", &[("should", "9"), ("present", "7"), ("agree", "6"), ("granted", "6500")]),
            ],
        );
        let notice = |on: Day, days: &str| stepped(&w, id, "notice", on, &[("days", days), ("objections", "无")]);
        assert_eq!(notice(day!(2026 - 03 - 02), "0").refusals(), ["check.1"], "{db}: no days of notice");
        assert_eq!(notice(day!(2026 - 03 - 06), "5").refusals(), ["too-early"], "{db}");
        assert_eq!(notice(day!(2026 - 03 - 08), "7").refusals(), ["too-early"], "{db}: seven days were announced");
        assert!(notice(day!(2026 - 03 - 09), "7").done().is_some(), "{db}");
    }
}

/// Whoever asks for help for their own neither decides on it nor pays it out: that is written down by those above.
#[test]
fn the_village_that_applies_neither_reviews_nor_pays() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        income(&w, "拨入", day!(2026 - 05 - 01), "9000");
        let on = day!(2026 - 05 - 20);
        let secretary = w.secretary();
        let town = Actor { role: Role::UnitHr, sees: Sees::Below(w.read(|desk| Ok(organisation::find(desk, w.town)?.path))), person: None, ..secretary.clone() };
        let id = w.office.write(&secretary, |desk| matter::open(desk, "relief-fund", w.village, "一户", 2026, None)).unwrap().done().unwrap();
        let go = |who: &Actor, step: &str, on: Day, fields: &[(&str, &str)]| {
            let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            w.office.write(who, |desk| matter::complete(desk, id, step, on, &fields)).unwrap()
        };
        let reviewed = [("should", "9"), ("present", "7"), ("agree", "6"), ("granted", "6500")];
        assert!(go(&secretary, "apply", day!(2026 - 05 - 01), &[("reason", "因病"), ("asked", "8000")]).done().is_some(), "{db}");
        assert!(go(&secretary, "visit", day!(2026 - 05 - 02), &[("team", "王大山、李小河"), ("found", "属实")]).done().is_some(), "{db}");
        assert_eq!(go(&secretary, "review", day!(2026 - 05 - 03), &reviewed).refusals(), ["of-the-office"], "{db}");
        assert!(go(&town, "review", day!(2026 - 05 - 03), &reviewed).done().is_some(), "{db}");
        assert!(go(&secretary, "notice", on, &[("days", "5"), ("objections", "无")]).done().is_some(), "{db}");
        assert_eq!(go(&secretary, "pay", on, &[("amount", "6500"), ("how", "转账")]).refusals(), ["of-the-office"], "{db}");
        assert!(go(&town, "pay", on, &[("amount", "6500"), ("how", "转账")]).done().is_some(), "{db}");
    }
}

#[test]
fn a_matter_and_its_last_step_are_taken_back_with_a_reason_and_stay_legible() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let on = day!(2026 - 05 - 20);
        let topic: &[(&str, &[(&str, &str)])] = &[("topic", &[("kind", "重大项目"), ("reason", "年久失修"), ("amount", "120")]), ("papers", &[("sent", "方案"), ("opinions", "无")])];
        let id = walked(&w, "decisions", w.town, "便民服务中心改造", on, topic);
        let meeting = |agree: &'static str| [("chief", "李强"), ("speakers", "王芳、李强"), ("recused", ""), ("should", "9"), ("present", "8"), ("agree", agree), ("decision", "同意")];
        let undo = |step: &str, why: &str| w.write(|desk| matter::undo(desk, id, step, why));
        let ended = || w.read(|desk| matter::state(desk, id)).brief.ended.map(|(r, _)| r);
        assert_eq!(undo("topic", "填错").refusals(), ["not-last"], "{db}");
        assert!(stepped(&w, id, "meeting", on, &meeting("4")).done().is_some(), "{db}: a vote that fails is on record");
        assert_eq!(ended().as_deref(), Some("未通过"), "{db}");
        assert_eq!(stepped(&w, id, "follow-up", on, &[("done", "已开工")]).refusals(), ["ended"], "{db}");
        assert_eq!(undo("meeting", " ").refusals(), ["why"], "{db}");
        assert!(undo("meeting", "票数抄错").done().is_some(), "{db}");
        let state = w.read(|desk| matter::state(desk, id));
        assert_eq!((state.brief.ended.clone(), state.present().map(|s| s.id.as_str())), (None, Some("meeting")), "{db}");
        let back = &state.present().unwrap().withdrawn;
        assert!(back.len() == 1 && back[0].says.contains("票数抄错") && back[0].said.contains('4'), "{db}: {back:?}");
        assert!(stepped(&w, id, "meeting", on, &meeting("8")).done().is_some(), "{db}");
        let withdraw = |why: &str| w.write(|desk| matter::withdraw(desk, id, why));
        assert_eq!(withdraw("").refusals(), ["why"], "{db}");
        assert!(withdraw("资金另有来源").done().is_some(), "{db}");
        let state = w.read(|desk| matter::state(desk, id));
        assert_eq!((ended().as_deref(), state.brief.why.as_deref()), (Some("撤回"), Some("资金另有来源")), "{db}");
        assert_eq!(withdraw("再来一次").refusals(), ["ended"], "{db}");
        assert_eq!(undo("meeting", "再来一次").refusals(), ["ended"], "{db}");
        // What was taken back may be put forward again; money that went out is not taken back with its matter.
        assert!(w.write(|desk| matter::open(desk, "decisions", w.town, "便民服务中心改造", 2026, None)).done().is_some(), "{db}");
        income(&w, "拨入", on, "9000");
        let paid = granted(&w, w.village, "一户", on);
        assert!(stepped(&w, paid, "pay", on, &[("amount", "4000"), ("how", "转账")]).done().is_some(), "{db}");
        let gift = w.read(|desk| matter::list(desk, "fund-income", None)).remove(0).id;
        assert_eq!(w.write(|desk| matter::undo(desk, gift, "book", "填错")).refusals(), ["spent"], "{db}");
        assert!(w.write(|desk| matter::undo(desk, paid, "pay", "金额填错")).done().is_some(), "{db}");
        assert_eq!(w.read(|desk| matter::account(desk, "relief-fund")).balance, 9_000, "{db}");
        assert!(stepped(&w, paid, "pay", on, &[("amount", "3000"), ("how", "转账")]).done().is_some(), "{db}");
    }
}

#[test]
fn projects_and_volunteers_are_added_up_from_their_matters() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 06 - 01));
        let on = day!(2026 - 06 - 01);
        let project = |title: &str, unit, kind: &str, partner: &str, money: &str| {
            walked(&w, "collective-economy", unit, title, on, &[("plan", &[("kind", kind), ("partner", partner), ("what", "烘干房"), ("planned", "50")]), ("money", &[("amount", money), ("from", "企业投入")])])
        };
        let first = project("粮食烘干房", w.village, "村企共建", "青云米业", "38");
        project("强弱结对", w.other, "强弱结对", "大王庄村", "12");
        for (step, fields) in [("built", vec![("what", "烘干房一座"), ("proof", "镇里验收")]), ("benefit", vec![("income", "6"), ("households", "41")])] {
            assert!(stepped(&w, first, step, on, &fields).done().is_some(), "{db}");
        }
        let ledger = w.read(|desk| matter::ledger(desk, "collective-economy", &Asked::default()));
        assert_eq!(ledger.totals.iter().map(|t| t.value).collect::<Vec<_>>(), [2, 50, 1, 6, 41], "{db}");
        assert_eq!(ledger.rows.iter().map(|r| r.at.as_str()).collect::<Vec<_>>(), ["办结", "建成"], "{db}");
        let below = w.read(|desk| Ok(registry::organisation::find(desk, w.other)?.path));
        let one = w.read(|desk| matter::ledger(desk, "collective-economy", &Asked { below: Some(below.clone()), ..Asked::default() }));
        assert_eq!((one.rows.len(), one.rows[0].cells[1].as_str()), (1, "大王庄村"), "{db}");
        // The team is chosen from the register, not typed: one that stands nowhere is refused.
        let unlisted = w.write(|desk| matter::open(desk, "volunteering", w.village, "扫雪", 2026, None)).done().unwrap();
        let posted: [(&str, &str); 4] = [("team", "青云志愿队"), ("what", "扫雪"), ("when", "2026-06-01"), ("wanted", "20")];
        assert_eq!(stepped(&w, unlisted, "post", on, &posted).refusals(), ["field.team"], "{db}");
        team(&w, w.other, "青云志愿队", on);
        assert_eq!(stepped(&w, unlisted, "post", on, &posted).refusals(), ["field.team"], "{db}: another village's team");
        team(&w, w.town, "青云志愿队", on);
        let asked = w.read(|desk| matter::state(desk, unlisted));
        assert_eq!(asked.present().unwrap().fields[0].options.as_deref(), Some(&["青云志愿队".to_owned()][..]), "{db}: the town's own is offered to its village");
        assert_eq!(stepped(&w, unlisted, "post", on.plus_days(-1), &posted).refusals(), ["field.team"], "{db}: the day before it was there");
        w.write(|desk| matter::withdraw(desk, unlisted, "改期")).done().unwrap();
        walked(
            &w,
            "volunteering",
            w.village,
            "清理河道",
            on,
            &[
                ("post", &[("team", "青云志愿队"), ("what", "清理河道"), ("when", "2026-06-01"), ("wanted", "20")]),
                ("recruited", &[("people", "23")]),
                ("held", &[("people", "21"), ("hours", "63"), ("served", "300"), ("did", "清理两公里")]),
                ("rated", &[("rating", "好")]),
            ],
        );
        let volunteers = w.read(|desk| matter::ledger(desk, "volunteering", &Asked::default()));
        assert_eq!(volunteers.totals.iter().map(|t| t.value).collect::<Vec<_>>(), [1, 21, 63, 300], "{db}");
    }
}

#[test]
fn an_agenda_slip_goes_through_the_alliance_and_its_meetings_are_owed() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 20));
        let community = w.write(|desk| {
            let new = registry::organisation::NewUnit { parent: Some(w.town), name: "东关社区".into(), kind: Some("社区".into()), from_day: Some(day!(1990 - 01 - 01).into()), ..Default::default() };
            Ok(registry::organisation::add(desk, new)?)
        });
        let owed = w.read(|desk| duty::of_units(desk, Subject::Organisation, &duty::units(desk, Subject::Organisation, &[community.number(), w.town.number()])?, day!(2026 - 05 - 01), day!(2026 - 06 - 30)));
        let alliance: Vec<(&str, String)> = owed.iter().filter(|o| &*o.institution == "alliance").map(|o| (&*o.duty, o.slot.key.clone())).collect();
        assert_eq!(
            alliance,
            [
                ("alliance/community-meeting", "2026-05/1".to_owned()),
                ("alliance/community-meeting", "2026-06/1".to_owned()),
                ("alliance/street-meeting", "2026-05+/1".to_owned()),
            ],
            "{db}"
        );
        let held = Completion::of("alliance/community-meeting", community.number(), "", day!(2026 - 05 - 20)).field("units", "县供销社").field("slips", "1").field("urgent", "是").field("agreed", "修路灯");
        assert!(w.hand_in(&held).done().is_some(), "{db}: an urgent one counts for its month");
        w.write(|desk| Ok(charge::begin(desk, "联盟成员单位", &Taker::Department(w.village), community, day!(2026 - 01 - 01))?));
        let slip = walked(&w, "alliance", community, "路灯不亮", day!(2026 - 05 - 20), &[("slip", &[("problem", "路灯"), ("wanted", "供电所"), ("urgent", "是")])]);
        let urgent = w.read(|desk| matter::state(desk, slip));
        assert_eq!((urgent.present().unwrap().id.as_str(), urgent.brief.due), ("meeting", Some(day!(2026 - 05 - 25))), "{db}: no opinions in writing, three working days");
        let calm = walked(&w, "alliance", community, "添座椅", day!(2026 - 05 - 20), &[("slip", &[("problem", "没处坐"), ("wanted", "共建单位"), ("urgent", "否")]), ("opinions", &[("asked", "县供销社"), ("said", "同意")])]);
        assert_eq!(w.read(|desk| matter::state(desk, calm)).brief.due, None, "{db}: it waits for the meeting of the month");
        let meeting = |agree: &'static str| [("should", "8"), ("present", "6"), ("agree", agree), ("agreed", "换灯")];
        assert!(stepped(&w, slip, "meeting", day!(2026 - 05 - 20), &meeting("4")).done().is_some(), "{db}");
        assert_eq!(w.read(|desk| matter::state(desk, slip)).brief.ended.map(|(r, _)| r).as_deref(), Some("未通过"), "{db}: half of the members is not more than half");
        w.write(|desk| matter::undo(desk, slip, "meeting", "同意票数抄错")).done().unwrap();
        assert!(stepped(&w, slip, "meeting", day!(2026 - 05 - 20), &meeting("5")).done().is_some(), "{db}");
    }
}

#[test]
fn who_reports_to_a_community_owes_service_and_a_delegate_is_evaluated_with_numbers_that_add_up() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 12 - 21));
        let reporting = w.write(|desk| Ok(charge::begin(desk, "双报到单位", &Taker::Department(w.town), w.village, day!(2026 - 01 - 01))?)).number();
        let delegate = w.write(|desk| Ok(charge::begin(desk, "党代表", &Taker::Person(w.person("陈默")), w.village, day!(2026 - 01 - 01))?)).number();
        let owed = w.read(|desk| duty::of_units(desk, Subject::Charge, &duty::units(desk, Subject::Charge, &[reporting, delegate])?, day!(2026 - 10 - 01), day!(2026 - 12 - 31)));
        let of = |key: &str| owed.iter().filter(|o| &*o.duty == key).count();
        assert_eq!((of("double-report/unit-service"), of("double-report/member-service"), of("delegates/evaluation"), of("delegates/sit-in")), (1, 0, 1, 1), "{db}");
        assert!(of("delegates/reception-day") >= 12, "{db}: one a week");
        let service = Completion::of("double-report/unit-service", reporting, "2026Q4/1", day!(2026 - 12 - 20)).field("task", "清扫楼道").field("did", "清扫").field("hours", "24").field("people", "8");
        assert!(w.hand_in(&service).done().is_some(), "{db}");
        let evaluation = |present: &str, good: &str| {
            let given = Completion::of("delegates/evaluation", delegate, "2026-12-20", day!(2026 - 12 - 21)).field("should", "60").field("present", present);
            given.field("good", good).field("fairly", "10").field("average", "2").field("poor", "0").field("conclusion", "称职")
        };
        assert_eq!(w.hand_in(&evaluation("45", "40")).refusals(), ["check.1"], "{db}: 52 papers of 45 people");
        assert_eq!(w.hand_in(&evaluation("20", "8")).refusals(), ["check.2"], "{db}: a third of those who should be there");
        assert!(w.hand_in(&evaluation("45", "33")).done().is_some(), "{db}");
        assert_eq!(w.standing("delegates/evaluation", delegate, "2026-12-20"), "按期", "{db}: the 20th was a Sunday");
    }
}

/// So many working days after something happened, for one unit and for all.
#[test]
fn what_happened_is_answered_within_working_days_by_everybody_or_by_the_one_it_was_about() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 09 - 29));
        let early = w.office.write(&registry::Actor::program(), |desk| duty::add_event(desk, "上级重要会议", None, day!(2026 - 09 - 30), "全会"));
        assert!(early.is_err(), "{db}: not before it happened");
        assert!(w.office.write(&registry::Actor::program(), |desk| duty::add_event(desk, "下雨", None, day!(2026 - 09 - 29), "雨")).is_err(), "{db}: nobody waits for it");
        let all = w.write(|desk| duty::add_event(desk, "上级重要会议", None, day!(2026 - 09 - 29), "全会"));
        w.on(day!(2026 - 10 - 20));
        // Ten working days after 29 September run over the holiday and the Saturday that is worked, to 19 October.
        let late = w.read(|desk| duty::overdue(desk, duty::find(desk, "party-life/first-item-urgent")?, None, 9));
        assert_eq!(late.iter().map(|o| (o.unit_title.as_str(), o.due, o.occurrence.clone())).collect::<Vec<_>>(), [("青云镇", day!(2026 - 10 - 19), format!("e{all}"))], "{db}");
        let given = Completion::of("party-life/first-item-urgent", w.town.number(), &format!("e{all}"), day!(2026 - 10 - 20)).field("learned", "全会精神").field("follow_up", "六条");
        assert!(w.hand_in(&given).done().is_some(), "{db}");
        assert_eq!(w.standing("party-life/first-item-urgent", w.town.number(), &format!("e{all}")), "逾期补办", "{db}");
        // One about one town: the other towns owe nothing.
        let about = w.write(|desk| duty::add_event(desk, "整顿重要情况", Some(w.town.number()), day!(2026 - 10 - 16), "书记出缺"));
        let owed = |w: &World| w.read(|desk| duty::of_units(desk, Subject::Organisation, &duty::units(desk, Subject::Organisation, &[w.town.number()])?, day!(2026 - 10 - 01), day!(2026 - 10 - 31)));
        assert!(!owed(&w).iter().any(|o| &*o.duty == "rectification/special-report"), "{db}: no village of the town is on the list");
        w.write(|desk| matter::open(desk, "rectification", w.other, "石门村党组织整顿", 2026, None)).done().unwrap();
        let special: Vec<(String, Day)> = owed(&w).iter().filter(|o| &*o.duty == "rectification/special-report").map(|o| (o.slot.key.clone(), o.slot.due)).collect();
        assert_eq!(special, [(format!("e{about}"), day!(2026 - 10 - 21))], "{db}: Friday, and three working days");
        // And before an expiry: the branch elected on 20 December 2021 for five years is to be reminded by 20 June 2026.
        let notice = w.read(|desk| duty::of_units(desk, Subject::Branch, &duty::units(desk, Subject::Branch, &[w.branch.number()])?, day!(2026 - 06 - 01), day!(2026 - 06 - 30)));
        let notice: Vec<_> = notice.iter().filter(|o| &*o.duty == "party-life/term-notice").map(|o| (o.slot.key.as_str(), o.slot.due)).collect();
        assert_eq!(notice, [("2026-12-20", day!(2026 - 06 - 20))], "{db}");
    }
}

#[test]
fn stars_are_computed_with_their_reasons_and_the_worst_make_up_the_share() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 02 - 10));
        let survey = |unit: Id<Organisation>, satisfied: &str| {
            let given = Completion::of("rectification/survey", unit.number(), "2026-01-15", day!(2026 - 02 - 10)).field("asked", "60").field("satisfied", satisfied).field("said", "路不好走");
            assert!(w.hand_in(&given).done().is_some(), "{db}");
        };
        survey(w.village, "88");
        survey(w.other, "55");
        let rating = w.read(|desk| stars::rate(desk, "rectification", 2026));
        assert_eq!((rating.rated.len(), rating.target), (2, 1), "{db}: a tenth of two villages, rounded up");
        let of = |name: &str| rating.rated.iter().find(|r| r.name == name).unwrap();
        // Nothing was held in 2025: two stars each; the survey takes two more from 石门村.
        assert_eq!((of("大王庄村").stars, of("石门村").stars), (3, 1), "{db}: {rating:?}");
        assert_eq!((of("大王庄村").suggested, of("石门村").suggested), (false, true), "{db}");
        let why: Vec<(&str, &str)> = of("石门村").reasons.iter().map(|r| (r.says.as_str(), r.saw.as_str())).collect();
        assert_eq!(why, [("一年缺主题党日三次以上", "缺 12 次"), ("一年缺党员大会两次以上", "缺 4 次"), ("群众评议满意率不到七成", "满意率（%） 55")], "{db}");
        assert_eq!(rating.counts, [(5, 0), (4, 0), (3, 1), (2, 0), (1, 1), (0, 0)], "{db}");
        // Who fell back within three years has no star at all, whatever else is on record.
        let before = w.write(|desk| matter::open(desk, "rectification", w.village, "大王庄村党组织整顿", 2025, None)).done().unwrap();
        w.write(|desk| {
            let entry = desk.record(registry::desk::Happened { act: "test", subject: "matter", number: None, says: String::new() })?;
            let values = [before.number().into(), "look-back".into(), "2025-11-01".into(), r#"{"seen":"反弹","held":"否"}"#.into(), "".into(), "".into(), entry.into()];
            desk.insert("matter_steps", &["matter", "step", "done_on", "data", "actor", "at", "entered"], &values)?;
            Ok(())
        });
        let again = w.read(|desk| stars::rate(desk, "rectification", 2026));
        assert_eq!((again.rated[0].name.as_str(), again.rated[0].stars, again.rated[0].suggested), ("大王庄村", 0, true), "{db}");
    }
}

#[test]
fn every_figure_of_a_report_opens_exactly_its_rows() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 04 - 28));
        for (occurrence, on) in [("2026-04-27", day!(2026 - 04 - 27))] {
            assert!(w.hand_in(&w.theme_day(occurrence, on)).done().is_some(), "{db}");
        }
        assert!(w.hand_in(&Completion { on: day!(2026 - 04 - 05), ..w.theme_day("2026-03-27", day!(2026 - 04 - 05)) }).done().is_some(), "{db}: made up");
        income(&w, "拨入", day!(2026 - 04 - 28), "9000");
        let paid = granted(&w, w.village, "一户", day!(2026 - 04 - 28));
        assert!(stepped(&w, paid, "pay", day!(2026 - 04 - 28), &[("amount", "4000"), ("how", "转账")]).done().is_some(), "{db}");
        let new = NewTask { unit: w.village, matter: None, problem: "办公房漏雨".into(), measure: "修".into(), owner: "李强".into(), due: day!(2026 - 05 - 30) };
        w.write(|desk| task::add(desk, &new)).done().unwrap();
        w.on(day!(2026 - 07 - 05));
        let from = day!(2026 - 01 - 01);
        let last = AsOf::on(day!(2026 - 06 - 30));
        let half = w.office.read(&registry::Actor::program(), last, |desk| report::write(desk, report::find(desk, "party-life/half-year")?, from)).unwrap();
        assert_eq!(half.of, "2026年上半年", "{db}");
        let text: String = half.sections.iter().flat_map(|s| &s.pieces).map(|p| p.text.as_str()).collect();
        assert!(text.contains("支部主题党日应开 12 次，按期 1 次，补办 1 次，批准免办 0 次，缺 10 次"), "{db}: {text}");
        assert!(text.contains("助困基金到账 9000 元，发放 1 户 4000 元") && text.contains("超过时限 1 项"), "{db}: {text}");
        assert!(!text.contains('{'), "{db}: a place without its figure: {text}");
        for figure in half.sections.iter().flat_map(|s| s.pieces.iter().chain(s.rows.iter().flatten())).filter(|p| p.href.is_some()) {
            let href = figure.href.as_deref().unwrap();
            let Some(rest) = href.strip_prefix("/duties/rows/") else { continue };
            let (key, query) = rest.split_once('?').unwrap();
            let value = |name: &str| query.split('&').find_map(|p| p.strip_prefix(&format!("{name}="))).map(str::to_owned);
            let rows = w.office.read(&registry::Actor::program(), last, |desk| {
                duty::rows(desk, duty::find(desk, key)?, value("from").unwrap().parse().unwrap(), value("until").unwrap().parse().unwrap(), &value("which").unwrap(), value("below").as_deref())
            });
            assert_eq!(rows.unwrap().len().to_string(), figure.text, "{db}: {href}");
        }
        let paper = format!("{:?}", half.paper("青云县委组织部"));
        assert!(paper.contains("组织工作半年总结") && paper.contains("应开 12 次") && paper.contains("2026年6月30日"), "{db}");
        // The special report of a month that runs goes up to today.
        let special = w.read(|desk| report::write(desk, report::find(desk, "rectification/special")?, day!(2026 - 07 - 01)));
        assert_eq!((special.of.as_str(), special.last), ("2026年7月", day!(2026 - 07 - 05)), "{db}");
    }
}

/// Tally and rows are two ways to the same answer, for every duty of every institution.
#[test]
fn the_rows_behind_a_tally_are_as_many_as_it_says() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 04 - 06));
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 04 - 05))).done().unwrap();
        w.write(|desk| matter::open(desk, "rectification", w.other, "石门村党组织整顿", 2026, None)).done().unwrap();
        w.write(|desk| duty::add_event(desk, "上级重要会议", None, day!(2026 - 02 - 01), "全会"));
        w.write(|desk| duty::add_event(desk, "整顿重要情况", Some(w.town.number()), day!(2026 - 04 - 06), "书记出缺"));
        w.on(day!(2026 - 08 - 20));
        let (from, to) = (day!(2026 - 01 - 01), day!(2026 - 08 - 20));
        let mut counted = 0;
        let keys: Vec<String> = w.read(|desk| Ok(duty::in_force(desk, desk.today).map(|d| d.key.to_string()).collect()));
        for key in keys {
            let mut all = Tally::default();
            for t in w.read(|desk| duty::tally(desk, duty::find(desk, &key)?, from, to, "/")).into_values() {
                all.add(t);
            }
            for (which, n) in [("owed", all.owed), ("done", all.done), ("late", all.late), ("excused", all.excused), ("lacking", all.lacking())] {
                let rows = w.read(|desk| duty::rows(desk, duty::find(desk, &key)?, from, to, which, None));
                assert_eq!(rows.len() as i64, n, "{db}: {key} {which}");
                counted += n;
            }
        }
        assert!(counted > 150, "{db}: {counted}");
    }
}

#[test]
fn a_digest_is_kept_as_it_was_told_and_counted_as_a_demand_of_ours() {
    use registry::account::{self, NewAccount};
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let account = w.write(|desk| Ok(account::add(desk, NewAccount { name: "zhishu", shown: "王大山", role: Role::BranchSecretary, scope: Some(w.village), person: None, password: "x" })?));
        let actor = w.secretary();
        for _ in 0..4 {
            w.office.write(&actor, |desk| duty::make_digests(desk, account)).unwrap();
        }
        let told = w.office.read(&actor, AsOf::default(), |desk| duty::digest_kept(desk, account)).unwrap().unwrap().lines;
        assert!(told.iter().any(|l| l == "逾期：主题党日 1 项"), "{db}: {told:?}");
        // What is done later in the day changes the list, not what was told in the morning.
        w.hand_in(&w.theme_day("2026-03-27", day!(2026 - 03 - 28))).done().unwrap();
        let now = w.office.read(&actor, AsOf::default(), |desk| duty::digest(desk)).unwrap().lines;
        assert_ne!(now, told, "{db}");
        assert_eq!(w.office.read(&actor, AsOf::default(), |desk| duty::digest_kept(desk, account)).unwrap().unwrap().lines, told, "{db}");
        w.on(day!(2026 - 03 - 29));
        w.office.write(&actor, |desk| duty::make_digests(desk, account)).unwrap();
        let burden = w.read(|desk| duty::burden(desk, day!(2026 - 01 - 01), day!(2026 - 12 - 31)));
        assert_eq!((burden.digests, burden.accounts, burden.most_a_day), (2, 1, 1), "{db}");
        assert!(burden.lines >= 2, "{db}: {burden:?}");
    }
}

#[test]
fn a_task_turns_yellow_when_its_list_says_and_a_report_counts_its_own_plans_and_days() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 05 - 10));
        let plan = w.write(|desk| matter::open(desk, "rectification", w.village, "大王庄村党组织整顿", 2026, None)).done().unwrap();
        let add = |matter, problem: &str, owner: &str, due| {
            let new = NewTask { unit: w.village, matter, problem: problem.into(), measure: "办".into(), owner: owner.into(), due };
            w.write(|desk| task::add(desk, &new)).done().unwrap()
        };
        let of_plan = add(Some(plan), "书记空缺", "陈默", day!(2026 - 06 - 30));
        let own = add(None, "办公房漏雨", "石门村", day!(2026 - 05 - 20));
        add(None, "水渠不通", "全体村干部", day!(2026 - 07 - 30));
        let tasks = w.read(|desk| task::all(desk));
        let told: Vec<_> = tasks.iter().map(|t| (t.problem.as_str(), t.owner_person, t.owner_unit, t.light)).collect();
        assert_eq!(
            told,
            [
                ("办公房漏雨", None, Some(w.other.number()), task::Light::Yellow),
                ("书记空缺", Some(w.person("陈默").number()), None, task::Light::Green),
                ("水渠不通", None, None, task::Light::Green),
            ],
            "{db}"
        );
        let person = registry::Actor { role: registry::Role::Recorded, sees: registry::Sees::Oneself(w.person("陈默")), person: Some(w.person("陈默")), ..registry::Actor::program() };
        let mine = |actor: &registry::Actor| w.office.read(actor, AsOf::default(), task::mine).unwrap().into_iter().map(|t| t.id).collect::<Vec<_>>();
        assert_eq!(mine(&person), [of_plan], "{db}");
        let path = w.read(|desk| Ok(registry::organisation::find(desk, w.other)?.path));
        let village = registry::Actor { role: registry::Role::BranchSecretary, sees: registry::Sees::Below(path), person: None, ..registry::Actor::program() };
        assert_eq!(mine(&village), [own], "{db}: the organisation's own");
        assert!(w.office.read(&village, AsOf::default(), |desk| duty::digest(desk)).unwrap().lines.contains(&"临近时限：重点任务 1 项".to_owned()), "{db}");
        for (id, on) in [(of_plan, day!(2026 - 05 - 28)), (own, day!(2026 - 05 - 29))] {
            w.on(on);
            w.write(|desk| task::finish(desk, id, on, "验收")).done().unwrap();
        }
        w.on(day!(2026 - 06 - 10));
        let special = |from: Day| {
            let last = AsOf::on(report::end(institution::report::Period::Month, from));
            let written = w.office.read(&registry::Actor::program(), last, |desk| report::write(desk, report::find(desk, "rectification/special")?, from)).unwrap();
            written.sections[0].pieces.iter().map(|p| p.text.clone()).collect::<String>()
        };
        assert!(special(day!(2026 - 05 - 01)).contains("任务本月完成 1 项"), "{db}: of the plans alone, and of the month: {}", special(day!(2026 - 05 - 01)));
        assert!(special(day!(2026 - 04 - 01)).contains("任务本月完成 0 项"), "{db}");
    }
}

#[test]
fn both_sides_ratings_of_the_year_are_counted_by_word_and_open_their_rows() {
    use affairs::case;
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 12 - 20));
        let put = |period: &str, rated: Id<Organisation>, word: &str, at: &str| {
            w.write(|desk| {
                let entry = desk.record(registry::desk::Happened { act: "mutual.rate", subject: "organisation", number: Some(rated.number()), says: "评价".into() })?;
                let values = [period.into(), w.other.number().into(), rated.number().into(), word.into(), "".into(), at.into(), "甲".into(), entry.into()];
                desk.insert("mutual_ratings", &["period", "rater", "rated", "word", "says", "at", "actor", "entered"], &values)?;
                Ok(())
            });
        };
        put("2025H2", w.town, "较差", "2025-12-01T09:00:00+08:00");
        put("2026H1", w.town, "好", "2026-06-01T09:00:00+08:00");
        put("2026H2", w.town, "好", "2026-12-01T09:00:00+08:00");
        put("2026H2", w.village, "一般", "2026-12-02T09:00:00+08:00");
        let year = w.read(|desk| report::write(desk, report::find(desk, "whistle-and-report/year")?, day!(2026 - 01 - 01)));
        assert_eq!(year.of, "2026年", "{db}");
        let text: String = year.sections[1].pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(text, "全年两个半年的双向评价，好 2 次，较好 0 次，一般 1 次，较差 0 次。", "{db}");
        let rows: Vec<Vec<&str>> = year.sections[1].rows.iter().map(|r| r.iter().map(|p| p.text.as_str()).collect()).collect();
        assert_eq!(rows, [vec!["青云镇", "2", "0", "0", "0"], vec!["大王庄村", "0", "0", "1", "0"]], "{db}");
        let said = w.read(|desk| case::said_between(desk, "whistle-and-report", year.from, year.last));
        assert_eq!(said.len(), 3, "{db}: as many as the figures say");
        let href = year.sections[1].pieces[1].href.as_deref().unwrap();
        assert_eq!(href, "/reports/ratings/whistle-and-report?from=2026-01-01&until=2026-12-20", "{db}");
    }
}
