//! From report to sign-off, at all three doors.

use super::street::{street, streets};
use affairs::case::{self, Doing, Filter, NewFile, Report};
use institution::case::{Act, Stage};
use vocabulary::Outcome;

fn photo() -> NewFile {
    NewFile { name: "现场.jpg".into(), bytes: vec![0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3] }
}

#[test]
fn a_broken_lift_is_reported_whistled_answered_rated_and_signed_off() {
    for mut street in streets() {
        let receipt = street.reported("2号楼电梯坏了三天没人修");
        let id = receipt.id;
        street.does("东关", id, Doing::of(Act::Sort).word("property"));
        let lift = street.does("东关", id, Doing { leads: true, ..Doing::of(Act::Whistle).unit(street.unit("县住房和城乡建设局")) });
        let police = street.does("东关", id, Doing::of(Act::Whistle).unit(street.unit("县公安局")));
        assert_eq!(street.stage(id), "待报到");
        street.now("2026-11-23 11:00");
        street.does("住建", id, Doing::of(Act::Claim).part(lift));
        assert_eq!(street.tries("住建", id, Doing::of(Act::Claim).part(police)), Err(vec!["not-your-part".into()]));
        street.does("公安", id, Doing::of(Act::Return).part(police).says("不属交管职责"));
        assert_eq!(street.stage(id), "办理中");
        street.now("2026-11-24 15:00");
        street.does("住建", id, Doing::of(Act::Reply).part(lift).says("已更换控制柜"));
        street.does("东关", id, Doing::of(Act::Answer).says("电梯已修好"));

        let followed = street.read(&case::resident(), |desk| case::followed(desk, &receipt.number, &receipt.code));
        assert_eq!((followed.answer.as_deref(), followed.may_rate, followed.late), (Some("电梯已修好"), true, false));
        let rated = street.write(&case::resident(), |desk| case::heard(desk, &receipt.number, &receipt.code, Act::Rate, "好", ""));
        assert!(matches!(rated, Outcome::Done(_)));
        assert_eq!(street.tries("东关", id, Doing::of(Act::SignOff)), Err(vec!["evidence".into()]));
        street.does("东关", id, Doing { files: vec![photo()], ..Doing::of(Act::SignOff) });
        assert_eq!(street.stage(id), "已销号");

        let figures = street.read(&street.officer(), |desk| case::figures(desk, &Filter { closed: true, ..Filter::default() }));
        let housing = &figures.departments[0];
        assert_eq!((housing.received, housing.claims_due, housing.claimed_in_time, housing.answered_in_time), (1, 1, 1, 1), "{}", street.name);
        assert_eq!(figures.all.rates(), [Some(1000), Some(1000), Some(1000)], "the part given back is not late");
    }
}

#[test]
fn a_phone_that_did_not_hear_the_answer_may_ask_again_and_is_one_report() {
    for street in streets() {
        let report = Report { words: "路灯不亮".into(), key: "k-1".into(), ..street.blank("东关社区") };
        let first = street.report(report.clone());
        let again = street.report(report.clone());
        assert_eq!((again.id, &again.code, again.again), (first.id, &first.code, true));
        let other = street.report(Report { key: "k-2".into(), ..report });
        assert_ne!(other.id, first.id, "{}", street.name);
        let wrong = street.office.read(&case::resident(), registry::AsOf::default(), |desk| case::followed(desk, &first.number, &other.code));
        assert!(wrong.is_err(), "a code opens only its own receipt");
    }
}

#[test]
fn a_report_with_nothing_in_it_is_refused_with_everything_at_once() {
    let street = street();
    let report = Report { phone: "call me".into(), way: "电报".into(), place: None, ..street.blank("东关社区") };
    let refused = street.write(&case::resident(), |desk| case::report(desk, &report));
    assert_eq!(refused.refusals(), ["words", "phone", "way", "place"]);
}

#[test]
fn what_goes_up_stays_in_sight_below_but_not_in_hand() {
    for street in streets() {
        let id = street.reported("小区外的排水干管塌了").id;
        street.does("东关", id, Doing::of(Act::Sort).word("roads"));
        street.does("东关", id, Doing::of(Act::Raise).says("涉及镇管道路"));
        assert!(street.find(&street.actor("东关"), id).is_ok());
        let whistle = || Doing::of(Act::Whistle).unit(street.unit("县水利局"));
        assert_eq!(street.tries("东关", id, whistle()), Err(vec!["not-holder".into()]), "{}", street.name);
        let part = street.does("镇里", id, whistle());
        // 县水利局 has no liaison officer: the holder writes down what was told by telephone.
        assert!(street.read(&street.officer(), |desk| case::lacks_liaison(desk, street.unit("县水利局"))));
        street.does("镇里", id, Doing::of(Act::Claim).part(part));
        assert!(street.find(&street.actor("西关"), id).is_err(), "another community does not find it");
        assert!(street.find(&street.actor("住建"), id).is_err(), "nor a department that was not called");
    }
}

#[test]
fn merged_reports_keep_their_receipts_and_hear_the_answer() {
    for mut street in streets() {
        let first = street.reported("3号楼停水");
        street.now("2026-11-23 09:30");
        let second = street.reported("三号楼没有水");
        street.does("东关", second.id, Doing { into: Some(first.id), ..Doing::of(Act::Merge) });
        assert_eq!(street.stage(second.id), "已并案");
        assert_eq!(street.tries("东关", first.id, Doing { into: Some(second.id), ..Doing::of(Act::Merge) }), Err(vec!["merge-into-open".into()]), "no circle");
        street.answered(first.id);
        let followed = street.read(&case::resident(), |desk| case::followed(desk, &second.number, &second.code));
        assert!(followed.answer.unwrap().contains("修好"), "{}", street.name);
        let asked = street.write(&case::resident(), |desk| case::heard(desk, &second.number, &second.code, Act::Reopen, "", "我家还是没水"));
        assert!(matches!(asked, Outcome::Done(_)));
        assert_eq!(street.stage(second.id), "待派办", "who asks again is heard alone");
        assert_eq!(street.stage(first.id), "待评价");
    }
}

#[test]
fn an_organisation_that_is_dissolved_leaves_its_cases_to_another_with_a_note() {
    for street in streets() {
        let held = street.reported("垃圾堆了一周").id;
        let called = street.reported("消防通道被占").id;
        let part = street.whistled(called);
        let wish = street.report(Report { system: "claims".into(), way: "社区收集".into(), words: "想要一个扶手".into(), ..street.blank("东关社区") }).id;
        let moving = |from: &str, to: &str, reason: &str| {
            let (from, to) = (street.unit(from), street.unit(to));
            street.write(&street.officer(), |desk| case::rehome(desk, from, to, reason)).done()
        };
        let moved = |from: &str, to: &str| moving(from, to, "机构改革方案");
        let deeds = || street.office.store.read(|tx| tx.one("select count(*) from case_deeds", &[])).unwrap().int(0);
        let before = deeds();
        assert_eq!(moving("东关社区", "西关社区", " "), None, "without its reason nothing moves");
        assert_eq!(deeds(), before, "not even the first of them");
        assert_eq!(moved("县住房和城乡建设局", "县水利局"), Some(1));
        assert_eq!(moved("东关社区", "西关社区"), Some(3), "of whatever system, all are held there");
        assert!(street.find(&street.actor("西关"), wish).is_ok());
        let record = street.find(&street.officer(), called).unwrap();
        assert_eq!(record.life.part(part).unwrap().unit, street.unit("县水利局").number());
        assert!(record.deeds.iter().any(|d| d.says.contains("承接") && d.says.contains("机构改革方案")));
        assert!(street.find(&street.actor("西关"), held).is_ok(), "{}", street.name);
        street.does("西关", held, Doing::of(Act::Sort).word("environment"));
    }
}

#[test]
fn a_photo_is_known_by_its_bytes_and_a_huge_one_is_refused_kindly() {
    let street = street();
    let receipt = street.reported("墙要塌了");
    let attach = |bytes: Vec<u8>| street.office.write(&case::resident(), |desk| case::attach(desk, &receipt.number, &receipt.code, &NewFile { name: "a.jpg".into(), bytes }));
    assert!(attach(photo().bytes).is_ok());
    assert!(attach(photo().bytes).is_ok(), "sent twice is there once");
    assert!(attach(b"<svg onload=alert(1)>".to_vec()).unwrap_err().to_string().contains("JPG"));
    let mut huge = photo().bytes;
    huge.resize(9 << 20, 0);
    assert!(attach(huge).unwrap_err().to_string().contains("最多 8 MB"));
    let files = street.read(&street.actor("东关"), |desk| case::files(desk, receipt.id));
    assert_eq!(files.len(), 1);
    assert!(street.office.read(&street.actor("西关"), registry::AsOf::default(), |desk| case::file(desk, receipt.id, files[0].id)).is_err());
}

/// 压件: whatever is tried, in whatever order, nothing is closed without an answer and every receipt still opens.
#[test]
fn no_order_of_deeds_closes_a_report_unread_or_unanswered() {
    let street = street();
    let mut seed: u64 = 11;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % most
    };
    let receipts: Vec<_> = (0..4).map(|n| street.reported(&format!("第{n}件事"))).collect();
    let acts: Vec<Act> = Act::ALL.iter().map(|(_, act, _)| *act).filter(|a| *a != Act::Report && *a != Act::Move).collect();
    let mut done = 0;
    for _ in 0..600 {
        let receipt = &receipts[next(receipts.len())];
        let record = street.find(&street.officer(), receipt.id).unwrap();
        let act = acts[next(acts.len())];
        let part = record.life.parts.get(next(3)).map(|p| p.number);
        let of_part = matches!(act, Act::Claim | Act::Return | Act::Reply);
        let doing = Doing {
            part: if of_part { part.or(Some(0)) } else { None },
            unit: Some(street.unit(["县公安局", "县水利局"][next(2)])),
            word: if act == Act::Sort { "property".into() } else { "较差".into() },
            says: "办".into(),
            term: Some(institution::case::Term::Days(1)),
            into: Some(receipts[next(receipts.len())].id),
            files: if act == Act::SignOff { vec![photo()] } else { vec![] },
            ..Doing::of(act)
        };
        done += usize::from(street.tries(["东关", "东关二", "公安"][next(3)], receipt.id, doing).is_ok());
        let life = street.find(&street.officer(), receipt.id).unwrap().life;
        if life.stage == Stage::Closed {
            assert!(life.answered().is_some() && life.rating().is_some(), "closed unheard: {:?}", life);
        }
        street.read(&case::resident(), |desk| case::followed(desk, &receipt.number, &receipt.code));
    }
    assert!(done > 30, "{done} deeds were possible at all");
}

/// 函件: to each department that was called, to the reporter once there is an answer, with the words and days of the case
/// and with no name of who reported.
#[test]
fn letters_say_what_was_asked_and_by_when_and_not_who_reported() {
    for mut street in streets() {
        let receipt = street.reported("2号楼电梯坏了三天没人修。");
        let id = receipt.id;
        let could = |street: &super::street::Street| {
            let record = street.find(&street.actor("东关"), id).unwrap();
            street.read(&street.actor("东关"), |desk| case::letters(desk, &record)).into_iter().map(|l| (l.id, l.part.is_some())).collect::<Vec<_>>()
        };
        let print = |street: &super::street::Street, kind: &str, part: Option<i64>| {
            let paper = street.office.read(&street.actor("东关"), registry::AsOf::default(), |desk| case::letter(desk, id, kind, part, "青云县委组织部"));
            paper.map(|p| format!("{p:?}"))
        };
        assert!(could(&street).is_empty() && print(&street, "answer", None).is_err(), "{}", street.name);
        street.does("东关", id, Doing::of(Act::Sort).word("property"));
        let lift = street.does("东关", id, Doing { leads: true, ..Doing::of(Act::Whistle).unit(street.unit("县住房和城乡建设局")) });
        let police = street.does("东关", id, Doing::of(Act::Whistle).unit(street.unit("县公安局")));
        assert_eq!(could(&street), [("whistle".to_owned(), true), ("whistle".to_owned(), true)], "{}", street.name);
        // Who is called does not write in the holder's name.
        let called = street.find(&street.actor("住建"), id).unwrap();
        assert!(street.read(&street.actor("住建"), |desk| case::letters(desk, &called)).is_empty(), "{}", street.name);
        let sheet = print(&street, "whistle", Some(lift)).unwrap();
        for said in ["吹哨派办单", "县住房和城乡建设局：", "2026年11月23日，东关社区受理诉求（物业与停车，来源：居民扫码）：2号楼电梯坏了三天没人修。", "请于2026年11月23日14:30前报到，2026年11月", receipt.number.as_str(), "东关社区"] {
            assert!(sheet.contains(said), "{}: {said} in {sheet}", street.name);
        }
        assert!(!sheet.contains("田大妈") && !sheet.contains("13900000001") && !sheet.contains("____"), "{}: {sheet}", street.name);
        street.now("2026-11-23 11:00");
        street.does("公安", id, Doing::of(Act::Return).part(police).says("不属交管职责"));
        assert!(print(&street, "whistle", Some(police)).is_err(), "{}: given back", street.name);
        street.does("住建", id, Doing::of(Act::Claim).part(lift));
        street.does("住建", id, Doing::of(Act::Reply).part(lift).says("已更换控制柜"));
        street.does("东关", id, Doing::of(Act::Answer).says("电梯已修好。"));
        let answer = print(&street, "answer", None).unwrap();
        for said in ["答复意见书", &format!("{}反映人：", receipt.number), "您于2026年11月23日反映的“2号楼电梯坏了三天没人修”", "电梯已修好。"] {
            assert!(answer.contains(said), "{}: {said} in {answer}", street.name);
        }
        assert!(!answer.contains("田大妈") && !answer.contains("电梯已修好。。"), "{}: {answer}", street.name);
        let stranger = street.office.read(&street.actor("西关"), registry::AsOf::default(), |desk| case::letter(desk, id, "answer", None, "x"));
        assert!(stranger.is_err(), "{}", street.name);
    }
}

/// 四级网格: what a grid cannot solve climbs with its file, the grid keeps sight, and each level sees what lies below it.
#[test]
fn a_grid_s_problem_climbs_level_by_level_and_is_counted_by_who_lies_below() {
    for mut street in streets() {
        let community = street.unit("东关社区");
        let (first, second) = street.write(&registry::Actor::program(), |desk| {
            let mut add = |name: &str| registry::organisation::add(desk, registry::organisation::NewUnit { parent: Some(community), name: name.into(), short_name: name.into(), kind: Some("网格".into()), ..Default::default() });
            Ok((add("东关社区第一网格")?, add("东关社区第二网格")?))
        });
        let worker = street.write(&registry::Actor::program(), |desk| {
            let entry = desk.record(registry::desk::Happened { act: "person.add", subject: "person", number: None, says: "录入".into() })?;
            let person = registry::person::add(desk, registry::rows::Details { name: "田小禾".into(), ..Default::default() }, entry)?;
            let taker = registry::charge::Taker::Person(person);
            registry::charge::begin(desk, "第一书记", &taker, first, desk.today)?;
            Ok(registry::charge::begin(desk, "网格员", &taker, first, desk.today)?)
        });
        let tell = |street: &super::street::Street, place, words: &str| {
            let report = Report { system: "grid".into(), way: "入户走访".into(), words: words.into(), place: Some(place), ..Report::default() };
            street.write(&street.actor("东关"), |desk| case::report(desk, &report)).done().unwrap().id
        };
        let (id, other, third) = (tell(&street, first, "下水道反水"), tell(&street, first, "楼道堆物"), tell(&street, second, "路灯不亮"));
        tell(&street, community, "要开居民会");
        let below = |street: &super::street::Street, name: &str, place: Option<vocabulary::Id<registry::Organisation>>| {
            street.read(&street.actor(name), |desk| {
                let lines = case::lines(desk, &Filter { place: place.map(|p| p.number()), ..Filter::default() })?;
                let root = place.map(|p| p.number()).or(case::sight(desk)?.unit);
                let found = case::below(desk, &lines, root)?;
                for b in found.iter().filter(|b| !b.own) {
                    let rows = case::lines(desk, &Filter { place: Some(b.id), ..Filter::default() })?;
                    assert_eq!((rows.len(), rows.iter().filter(|l| l.is_late()).count()), (b.open, b.late), "{}", b.name);
                }
                Ok(found.into_iter().map(|b| (b.name, b.open, b.late)).collect::<Vec<_>>())
            })
        };
        let named = |name: &str, open, late| (name.to_owned(), open, late);
        assert_eq!(below(&street, "东关", None), [named("东关社区第一网格", 2, 0), named("东关社区第二网格", 1, 0), named("东关社区", 1, 0)], "{}", street.name);
        assert_eq!(below(&street, "镇里", None), [named("东关社区", 4, 0)], "{}", street.name);
        assert_eq!(below(&street, "镇里", Some(community)).len(), 3, "{}", street.name);

        // Who looks after the grid stands beside it, and nobody whose charge the level does not name.
        let kept = |street: &super::street::Street| {
            street.read(&street.actor("镇里"), |desk| {
                let lines = case::lines(desk, &Filter { place: Some(community.number()), ..Filter::default() })?;
                Ok(case::below(desk, &lines, Some(community.number()))?.into_iter().map(|b| b.kept_by).collect::<Vec<_>>())
            })
        };
        assert_eq!(kept(&street), [vec!["田小禾".to_owned()], vec![], vec![]], "{}", street.name);
        assert_eq!(street.read(&street.actor("东关"), |desk| case::keepers(desk, &[first, second])).len(), 1, "{}", street.name);
        let today = street.read(&registry::Actor::program(), |desk| Ok(desk.today));
        street.write(&registry::Actor::program(), |desk| Ok(registry::charge::end(desk, worker, today, "换人")?));
        assert_eq!(kept(&street)[0], Vec::<String>::new(), "{}: whose charge has ended looks after it no more", street.name);

        street.does("东关", id, Doing::of(Act::Sort).word("problem"));
        let holder = |street: &super::street::Street| street.find(&street.actor("镇里"), id).unwrap().life.holder;
        assert_eq!(holder(&street), Some(first.number()), "{}", street.name);
        street.does("东关", id, Doing::of(Act::Raise).says("要动管网"));
        assert_eq!(holder(&street), Some(community.number()), "{}", street.name);
        street.does("东关", id, Doing::of(Act::Raise).says("涉及市政管网"));
        assert_eq!(holder(&street), Some(street.unit("青云镇").number()), "{}", street.name);
        assert_eq!(street.tries("东关", id, Doing::of(Act::Answer).says("办好了")), Err(vec!["not-holder".into()]), "{}", street.name);
        street.does("镇里", id, Doing::of(Act::Raise).says("要列入年度计划"));
        assert_eq!(holder(&street), Some(street.unit("青云县").number()), "{}", street.name);
        assert!(street.find(&street.actor("东关"), id).is_ok(), "{}: sight to the end", street.name);

        // What is late stands first, and what is signed off is no longer counted.
        street.does("东关", third, Doing::of(Act::Sort).word("problem"));
        street.does("东关", other, Doing::of(Act::Sort).word("thanks"));
        street.does("东关", other, Doing::of(Act::Answer).says("已清走"));
        street.now("2026-12-21 09:00");
        street.does("东关", other, Doing::of(Act::SignOff));
        let then = below(&street, "东关", None);
        assert_eq!(then.iter().map(|(name, open, _)| (name.as_str(), *open)).collect::<Vec<_>>(), [("东关社区第一网格", 1), ("东关社区第二网格", 1), ("东关社区", 1)], "{}", street.name);
        assert!(then[0].2 == 1 && then[1].2 == 1, "{}: {then:?}", street.name);
    }
}

/// 代表交办: whoever handed it over says whether it helped, however far up it was answered; another delegate does not.
#[test]
fn a_delegate_rates_what_they_handed_over_wherever_it_was_answered() {
    for street in streets() {
        let town = street.unit("青云镇");
        street.write(&registry::Actor::program(), |desk| {
            for name in ["代表甲", "代表乙"] {
                registry::account::add(desk, registry::account::NewAccount { name, shown: name, role: registry::Role::Delegate, scope: Some(town), person: None, password: "Qingyun-Zhiren-2026-试" })?;
            }
            Ok(())
        });
        let fields = [("seconded".to_owned(), "12".to_owned())].into();
        let report = Report { system: "delegates".into(), way: "提案提议".into(), words: "改造老菜市场".into(), place: Some(town), fields, ..Report::default() };
        let id = street.write(&street.actor("代表甲"), |desk| case::report(desk, &report)).done().unwrap().id;
        assert_eq!(street.find(&street.actor("镇里"), id).unwrap().deeds[0].data["seconded"], "12", "{}", street.name);
        street.does("镇里", id, Doing::of(Act::Sort).word("motion"));
        street.does("镇里", id, Doing::of(Act::Raise).says("要列入县里计划"));
        assert_eq!(street.tries("代表甲", id, Doing::of(Act::Rate).word("好")), Err(vec!["answer-first".into()]), "{}", street.name);
        let officer = street.officer();
        let answered = street.write(&officer, |desk| case::act(desk, id, Doing::of(Act::Answer).says("已列入明年计划")));
        assert!(answered.done().is_some(), "{}", street.name);
        assert_eq!(street.tries("代表乙", id, Doing::of(Act::Rate).word("较差")), Err(vec!["not-holder".into()]), "{}", street.name);
        assert_eq!(street.tries("代表甲", id, Doing::of(Act::SignOff)), Err(vec!["not-entrusted".into(), "not-rated".into(), "not-holder".into()]), "{}", street.name);
        street.does("代表甲", id, Doing::of(Act::Rate).word("较差").says("没有写哪一年"));
        street.does("代表甲", id, Doing::of(Act::Reopen).says("请写明年份"));
        assert_eq!(street.find(&officer, id).unwrap().life.round, 2, "{}", street.name);
    }
}

/// 溯源: the department writes all six looks, the root and the class of problems; the figures open by what was chosen.
#[test]
fn a_problem_is_traced_by_all_six_looks_and_counted_by_its_root() {
    for mut street in streets() {
        let officer = street.officer();
        let housing = street.unit("县住房和城乡建设局");
        let tell = |street: &super::street::Street, words: &str| {
            let report = Report { system: "tracing".into(), way: "督查发现".into(), words: words.into(), place: Some(housing), ..Report::default() };
            street.write(&officer, |desk| case::report(desk, &report)).done().unwrap().id
        };
        let does = |street: &super::street::Street, id, doing: Doing| street.write(&officer, |desk| case::act(desk, id, doing)).done();
        let looks = |root: &str, without: &str| -> affairs::Fields {
            let all = [("thought", "重视不够"), ("style", "坐等上报"), ("ability", "无"), ("duty", "没有分解到人"), ("rules", "无"), ("organisation", "无"), ("root", root), ("remedy", "李主任负责，本月底前逐户核对"), ("kind", "台账不实")];
            all.into_iter().filter(|(id, _)| *id != without).map(|(id, text)| (id.to_owned(), text.to_owned())).collect()
        };
        let mut ids = Vec::new();
        for (words, root) in [("危房台账漏了三户", "责任落实"), ("加装电梯台账对不上", "责任落实"), ("公租房台账重号", "制度执行")] {
            let id = tell(&street, words);
            does(&street, id, Doing::of(Act::Sort).word("base")).unwrap();
            let part = does(&street, id, Doing::of(Act::Whistle).unit(housing)).unwrap();
            does(&street, id, Doing::of(Act::Claim).part(part)).unwrap();
            let reply = |fields| Doing { fields, ..Doing::of(Act::Reply).part(part).says("已查明") };
            let refused = street.write(&officer, |desk| case::act(desk, id, reply(looks("说不清", "organisation")))).refusals().into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(refused, ["field.organisation", "field.root"], "{}", street.name);
            let mut more = looks(root, "");
            more.insert("score".into(), "95".into());
            does(&street, id, reply(more)).unwrap();
            ids.push(id);
        }
        street.now("2026-11-24 09:00");
        let told = street.find(&officer, ids[0]).unwrap();
        let data = &told.deeds.last().unwrap().data;
        assert_eq!((data.len(), data["duty"].as_str(), data.contains_key("score")), (9, "没有分解到人", false), "{}: what the file does not ask is not kept", street.name);
        let asked = Filter { system: Some("tracing".into()), closed: true, ..Filter::default() };
        let figures = street.read(&officer, |desk| case::figures(desk, &asked));
        let counts: Vec<_> = figures.said.iter().map(|s| (s.label.as_str(), s.counts.clone())).collect();
        let n = |text: &str, n: i64| (text.to_owned(), n);
        assert_eq!(counts, [("主要根源", vec![n("责任落实", 2), n("制度执行", 1)]), ("由此带出的一类问题", vec![n("台账不实", 3)])], "{}", street.name);
        for said in &figures.said {
            for (text, count) in &said.counts {
                let rows = street.read(&officer, |desk| case::lines(desk, &Filter { said: Some((said.field.clone(), text.clone())), ..asked.clone() }));
                assert_eq!(rows.len() as i64, *count, "{text}");
            }
        }
    }
}

/// A period that is over is told as it stood on its last day: what was reported, called, answered and signed off by then,
/// with clocks read at that day's end. What comes later changes none of it.
#[test]
fn a_past_day_tells_cases_as_they_stood() {
    for mut street in streets() {
        let lift = street.reported("2号楼电梯坏了三天没人修").id;
        street.does("东关", lift, Doing::of(Act::Sort).word("property"));
        let part = street.does("东关", lift, Doing::of(Act::Whistle).unit(street.unit("县住房和城乡建设局")));
        // Nobody claims it on Monday: at the end of the day the call is late, a week later the answer is, too.
        street.now("2026-11-30 09:00");
        let lamp = street.reported("路灯不亮").id;
        let told = |street: &super::street::Street, day: vocabulary::Day| {
            let all = Filter { closed: true, ..Filter::default() };
            let actor = street.officer();
            street
                .office
                .read(&actor, registry::AsOf::on(day), |desk| {
                    let f = case::figures(desk, &all)?;
                    for (counted, figure) in [("received", f.all.received), ("claims_due", f.all.claims_due), ("answered", f.all.answered), ("closed", f.all.closed), ("overdue", f.all.overdue)] {
                        assert_eq!(case::lines(desk, &Filter { counted: Some(counted.into()), ..all.clone() })?.len() as i64, figure, "{counted}");
                    }
                    let open = case::lines(desk, &Filter::default())?.len();
                    Ok::<_, affairs::Error>((f.all.received, f.all.claims_due, f.all.answered, f.all.closed, f.all.overdue, open))
                })
                .unwrap()
        };
        let (monday, week) = (vocabulary::day!(2026 - 11 - 23), vocabulary::day!(2026 - 11 - 29));
        assert_eq!(told(&street, vocabulary::day!(2026 - 11 - 22)), (0, 0, 0, 0, 0, 0), "{}", street.name);
        let (then, later) = (told(&street, monday), told(&street, week));
        assert_eq!((then, later), ((1, 1, 0, 0, 0, 1), (1, 1, 0, 0, 1, 1)), "{}", street.name);
        street.does("住建", lift, Doing::of(Act::Claim).part(part));
        street.does("住建", lift, Doing::of(Act::Reply).part(part).says("已更换控制柜"));
        street.does("东关", lift, Doing::of(Act::Answer).says("电梯已修好"));
        street.now("2026-12-20 09:00");
        street.does("东关", lift, Doing { files: vec![photo()], ..Doing::of(Act::SignOff) });
        street.does("东关", lamp, Doing::of(Act::Sort).word("property"));
        assert_eq!((told(&street, monday), told(&street, week)), (then, later), "{}: nothing of it was changed by what came later", street.name);
        assert_eq!(told(&street, vocabulary::day!(2026 - 12 - 20)).3, 1, "{}", street.name);
        let gone = street.office.read(&street.officer(), registry::AsOf::on(week), |desk| case::find(desk, lamp));
        assert!(gone.is_err(), "{}: it was not reported yet", street.name);
        let stage = street.office.read(&street.officer(), registry::AsOf::on(week), |desk| case::find(desk, lift)).unwrap().life.stage;
        assert_eq!(stage, Stage::Whistled, "{}", street.name);
    }
}
