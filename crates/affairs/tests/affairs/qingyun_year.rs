//! The year 2026 of 青云县 played through at once by a handed-in clock: meetings, visits, a village put right, problems
//! whistled and raised, the fund; and what the year comes to in every ledger, tally, bulletin and report.

use crate::duty::world::{World, worlds};
use crate::systems::{granted, income, stepped, team, walked};
use affairs::case::{self, Doing, Filter, NewFile, Receipt, Report};
use affairs::duty::{self, Completion, Tally};
use affairs::matter::{self, Asked};
use affairs::campaign;
use affairs::task::{self, Light, NewTask};
use affairs::{Case, Fields, report, stars};
use institution::Subject;
use institution::case::Act;
use institution::duty::FieldKind;
use registry::account::{self, NewAccount};
use registry::charge::{self, Taker};
use registry::organisation::{self, NewUnit};
use registry::{Actor, AsOf, Organisation, Role, Sees};
use std::collections::BTreeMap;
use vocabulary::{Clock, Day, Id, Moment, Outcome, day};

struct County {
    w: World,
    community: Id<Organisation>,
    housing: Id<Organisation>,
    /// By month: the receipt, and the part of the department.
    whistles: BTreeMap<u8, (Receipt, i64)>,
}

/// What happens on some day of the year.
enum What {
    Hold { duty: String, unit: i64, occurrence: String, visit: Option<(i64, &'static str)> },
    /// Reported, sorted, raised every fourth month, whistled.
    Report(u8),
    Claim(u8),
    Answer(u8),
    Rate(u8),
    Grant(u8),
}

impl County {
    fn of(w: World) -> County {
        let (community, housing) = w.write(|desk| {
            let root = organisation::named(desk, "青云县")?.unwrap().id;
            let new = |name: &str, kind: &str, parent| NewUnit { parent: Some(parent), name: name.into(), kind: Some(kind.into()), from_day: Some(day!(1990 - 01 - 01).into()), ..NewUnit::default() };
            let community = organisation::add(desk, new("东关社区", "社区", w.town))?;
            let housing = organisation::add(desk, new("县住房和城乡建设局", "县政府部门", root))?;
            for (name, role, scope) in [("东关", Role::CommunityWorker, community), ("东关二", Role::CommunityWorker, community), ("镇里", Role::CommunityWorker, w.town), ("镇里二", Role::CommunityWorker, w.town), ("住建", Role::Liaison, housing)] {
                account::add(desk, NewAccount { name, shown: name, role, scope: Some(scope), person: None, password: "x" })?;
            }
            Ok((community, housing))
        });
        County { w, community, housing, whistles: BTreeMap::new() }
    }

    fn actor(&self, name: &str) -> Actor {
        let row = self.w.office.store.read(|tx| tx.one("select id, role from accounts where name = $1", &[name.into()])).unwrap();
        Actor { account: Some(Id::new(row.int(0))), shown: name.into(), role: Role::from_id(row.text(1)).unwrap(), sees: Sees::Nothing, person: None, recused: vec![] }
    }
    fn hour(&mut self, day: Day, hour: i64) {
        self.w.office.clock = Clock::Fixed(Moment(Moment::at_start_of(day).0 + hour * 3600));
    }
    fn working(&self, mut day: Day) -> Day {
        while !self.w.office.book.calendar.is_working_day(day).unwrap() {
            day = day.next();
        }
        day
    }
    fn does(&self, who: &str, id: Id<Case>, doing: Doing) -> i64 {
        match self.w.office.write(&self.actor(who), |desk| case::act(desk, id, doing)).unwrap() {
            Outcome::Done(n) => n,
            Outcome::Refused(f) => panic!("{who}: {:?}", f.rules()),
        }
    }

    fn hears(&self, receipt: &Receipt, act: Act, word: &str) {
        let outcome = self.w.office.write(&case::resident(), |desk| case::heard(desk, &receipt.number, &receipt.code, act, word, "又不亮了")).unwrap();
        assert!(outcome.done().is_some(), "{word}");
    }

    /// One thing of the year, at its hour.
    fn live(&mut self, what: &What, on: Day) {
        let up = |month: u8| month % 4 == 0;
        let holder = |month: u8| if up(month) { "镇里" } else { "东关" };
        let receipt = |c: &County, month: u8| c.whistles[&month].0.clone();
        match what {
            What::Hold { duty, unit, occurrence, visit } => self.hand_in(duty, *unit, occurrence, on, *visit),
            What::Report(month) => {
                let new = Report { system: "whistle-and-report".into(), way: "居民扫码".into(), place: Some(self.community), words: format!("{month}月的路灯"), ..Report::default() };
                let receipt = self.w.office.write(&case::resident(), |desk| case::report(desk, &new)).unwrap().done().unwrap();
                self.does("东关", receipt.id, Doing::of(Act::Sort).word("roads"));
                if up(*month) {
                    self.does("东关", receipt.id, Doing::of(Act::Raise).says("涉及两个社区"));
                }
                let part = self.does(holder(*month), receipt.id, Doing::of(Act::Whistle).unit(self.housing));
                self.whistles.insert(*month, (receipt, part));
            }
            What::Claim(month) => {
                let (receipt, part) = self.whistles[month].clone();
                self.does("住建", receipt.id, Doing::of(Act::Claim).part(part));
            }
            What::Answer(month) => {
                let (receipt, part) = self.whistles[month].clone();
                self.does("住建", receipt.id, Doing::of(Act::Reply).part(part).says("换了灯"));
                self.does(holder(*month), receipt.id, Doing::of(Act::Answer).says("修好了"));
            }
            What::Rate(month) => {
                let receipt = receipt(self, *month);
                if *month == 5 {
                    self.hears(&receipt, Act::Rate, "较差");
                    self.hears(&receipt, Act::Reopen, "");
                    self.does("东关", receipt.id, Doing::of(Act::Answer).says("重新接线"));
                }
                self.hears(&receipt, Act::Rate, "好");
                let files = vec![NewFile { name: "a.jpg".into(), bytes: vec![0xFF, 0xD8, 0xFF, 1] }];
                self.does(if up(*month) { "镇里二" } else { "东关二" }, receipt.id, Doing { files, ..Doing::of(Act::SignOff) });
            }
            What::Grant(month) => {
                let paid = granted(&self.w, self.w.village, &format!("{month}月的一户"), on);
                assert!(stepped(&self.w, paid, "pay", on, &[("amount", "6500"), ("how", "转账")]).done().is_some());
            }
        }
    }

    fn hand_in(&self, key: &str, unit: i64, occurrence: &str, on: Day, visit: Option<(i64, &str)>) {
        let mut given = Completion::of(key, unit, occurrence, on);
        let fields: Vec<(String, String)> = self.w.read(|desk| {
            let d = duty::find(desk, key)?;
            let value = |f: &institution::duty::DutyField| if f.kind == FieldKind::Number { "3".to_owned() } else { f.options.first().map_or("照议程开展".into(), ToString::to_string) };
            Ok(d.fields.iter().filter(|f| f.required).map(|f| (f.id.to_string(), value(f))).collect())
        });
        given.fields.extend(fields);
        given.roll = self.w.roll(key, unit, on);
        if let Some((person, at)) = visit {
            given = given.visit(person, at);
        }
        let outcome = self.w.hand_in(&given);
        assert!(outcome.refusals().is_empty(), "{key} {occurrence} {on}: {outcome:?}");
    }

    fn tally(&self, key: &str) -> (i64, i64, i64, i64) {
        let mut all = Tally::default();
        for t in self.w.read(|desk| duty::tally(desk, duty::find(desk, key)?, day!(2026 - 01 - 01), day!(2026 - 12 - 31), "/")).into_values() {
            all.add(t);
        }
        (all.owed, all.done, all.late, all.lacking())
    }
}

#[test]
fn the_year_of_the_county_comes_out_as_it_was() {
    let begun = std::time::Instant::now();
    let mut told = Vec::new();
    for (db, world) in worlds() {
        let mut c = County::of(world);
        let (branch, small) = (c.w.branch.number(), c.w.small.number());
        let (leader, second) = (c.w.person("王建国"), c.w.person("陈默"));

        // January and February: the villages are surveyed and rated; 石门村 has one star and goes through three meetings.
        c.w.on(day!(2026 - 01 - 15));
        for (unit, satisfied) in [(c.w.village, "88"), (c.w.other, "55")] {
            let given = Completion::of("rectification/survey", unit.number(), "2026-01-15", day!(2026 - 01 - 15)).field("asked", "60").field("satisfied", satisfied).field("said", "路");
            assert!(c.w.hand_in(&given).done().is_some(), "{db}");
        }
        let rating = c.w.read(|desk| stars::rate(desk, "rectification", 2026));
        let worst = rating.rated.iter().find(|r| r.suggested).unwrap();
        assert_eq!((worst.unit, worst.stars), (c.w.other, 1), "{db}");
        c.w.on(day!(2026 - 02 - 12));
        let village = c.w.write(|desk| matter::open(desk, "rectification", c.w.other, "石门村党组织整顿", 2026, None)).done().unwrap();
        let go = |c: &County, step: &str, on: Day, fields: &[(&str, &str)]| {
            let fields: Fields = fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            let outcome = c.w.write(|desk| affairs::matter::complete(desk, village, step, on, &fields));
            assert!(outcome.refusals().is_empty(), "{step}: {outcome:?}");
        };
        go(&c, "screening", day!(2026 - 02 - 02), &[("origin", "星级评定一星"), ("kind", "弱"), ("problem", "班子不齐")]);
        for (step, on) in [("village-meeting", day!(2026 - 02 - 05)), ("town-meeting", day!(2026 - 02 - 09)), ("county-meeting", day!(2026 - 02 - 12))] {
            go(&c, step, on, &[("should", "46"), ("present", "41"), ("agree", "40")]);
        }
        c.w.on(day!(2026 - 03 - 01));
        let plan = NewTask { unit: c.w.other, matter: Some(village), problem: "没有活动场所".into(), measure: "改造旧校舍".into(), owner: "镇党委".into(), due: day!(2026 - 09 - 30) };
        let planned = c.w.write(|desk| task::add(desk, &plan)).done().unwrap();
        let levels: Vec<String> = c.w.read(|desk| Ok(campaign::find(desk, "rectification")?.levels.iter().map(|l| l.kind.to_string()).collect()));
        for level in &levels {
            let taker = match level.as_str() {
                "联建部门" => Taker::Department(c.housing),
                "乡镇领导包保" => Taker::Person(second),
                _ => Taker::Person(leader),
            };
            c.w.write(|desk| Ok(charge::begin(desk, level, &taker, c.w.other, day!(2026 - 03 - 01))?));
        }
        go(&c, "plan", day!(2026 - 03 - 01), &[("summary", "三星")]);
        let charges = c.w.read(|desk| Ok(charge::of(desk, c.w.other)?));
        let of = |kind: &str| charges.iter().find(|h| h.kind == kind).unwrap().id.number();
        income(&c.w, "年初拨入", day!(2026 - 03 - 01), "230000");

        // From March to November, each thing at its hour; what was due before is held late or not at all.
        let mut year: Vec<(Day, i64, What)> = Vec::new();
        let owed = c.w.read(|desk| duty::of_units(desk, Subject::Branch, &duty::units(desk, Subject::Branch, &[branch, small])?, day!(2026 - 03 - 01), day!(2026 - 12 - 31)));
        for o in owed.into_iter().filter(|o| o.unit == branch || o.duty.ends_with("members-meeting")) {
            // The flood: what was due at the end of July is not held; the theme day is made up on 5 August.
            let on = if o.slot.key == "2026-07-27" { day!(2026 - 08 - 05) } else { o.slot.due };
            year.push((on, 10, What::Hold { duty: o.duty.to_string(), unit: o.unit, occurrence: o.slot.key, visit: None }));
        }
        for month in 3..=12u8 {
            let first = Day::of(2026, month, 1).unwrap();
            let on = c.working(first.plus_days(3));
            // Five working days to answer; in July and November it takes a fortnight.
            let answered = c.working(on.plus_days(if matches!(month, 7 | 11) { 15 } else { 2 }));
            year.extend([(on, 9, What::Report(month)), (on, 11, What::Claim(month)), (answered, 15, What::Answer(month)), (answered.next(), 10, What::Rate(month))]);
            if month % 3 == 0 {
                year.push((first.plus_days(24), 16, What::Grant(month)));
            }
            let mut visit = |duty: &str, kind: &str, day: i64, n: i64, who: Option<(i64, &'static str)>| {
                let unit = if kind.is_empty() { c.w.town.number() } else { of(kind) };
                year.push((first.plus_days(day), 14, What::Hold { duty: format!("rectification/{duty}"), unit, occurrence: format!("2026-{month:02}/{n}"), visit: who }));
            };
            if month <= 10 {
                // The county leader comes each month, but not in August; the town leader four times, but three in June.
                if month != 8 {
                    visit("county-leader-visit", "县级领导包保", 14, 1, Some((leader.number(), "09:00")));
                }
                for n in 0..if month == 6 { 3 } else { 4 } {
                    visit("town-leader-visit", "乡镇领导包保", 2 + n * 7, n + 1, Some((second.number(), "15:00")));
                }
                visit("town-dispatch", "", 20, 1, None);
            }
        }
        year.sort_by_key(|(on, hour, _)| (*on, *hour));
        let (before, after): (Vec<_>, Vec<_>) = year.into_iter().partition(|(on, ..)| *on < day!(2026 - 11 - 20));
        for (on, hour, what) in &before {
            c.hour(*on, *hour);
            c.live(what, *on);
        }
        c.hour(day!(2026 - 11 - 20), 7);
        assert_eq!(c.w.read(|desk| Ok(campaign::bulletin(desk, "rectification", day!(2026 - 06 - 01))?.short.into_iter().map(|s| (s.kind, s.owed, s.done)).find(|s| s.0 == "乡镇领导包保"))), Some(("乡镇领导包保".into(), 4, 3)), "{db}");

        // November: accepted, signed off; the leaders are let go.
        c.hour(day!(2026 - 11 - 20), 8);
        assert!(c.w.write(|desk| task::finish(desk, planned, day!(2026 - 09 - 20), "旧校舍已启用")).done().is_some(), "{db}");
        go(&c, "acceptance", day!(2026 - 11 - 10), &[("team", "周敏、吴倩"), ("satisfied", "91"), ("evidence", "入户"), ("passed", "是")]);
        go(&c, "sign-off", day!(2026 - 11 - 20), &[("number", "青组〔2026〕31号")]);
        team(&c.w, c.community, "青云队", day!(2026 - 03 - 01));
        walked(&c.w, "volunteering", c.community, "清扫", day!(2026 - 11 - 20), &[("post", &[("team", "青云队"), ("what", "清扫"), ("when", "2026-11-20"), ("wanted", "9")]), ("recruited", &[("people", "9")]), ("held", &[("people", "9"), ("hours", "18"), ("served", "120"), ("did", "扫雪")])]);

        for (on, hour, what) in &after {
            c.hour(*on, *hour);
            c.live(what, *on);
        }

        // The year's end.
        c.hour(day!(2026 - 12 - 31), 20);
        assert_eq!(c.tally("party-life/theme-day"), (24, 9, 1, 14), "{db}: begun in March, July made up");
        assert_eq!(c.tally("party-life/committee-meeting"), (12, 10, 0, 2), "{db}");
        assert_eq!(c.tally("party-life/members-meeting"), (8, 8, 0, 0), "{db}");
        // Owed from March, when they took it on, to October: signed off in November, and asked on 30 November nobody owes it.
        assert_eq!(c.tally("rectification/county-leader-visit"), (8, 7, 0, 1), "{db}");
        assert_eq!(c.tally("rectification/town-leader-visit"), (32, 31, 0, 1), "{db}");
        assert_eq!(c.tally("rectification/town-dispatch"), (9, 8, 0, 1), "{db}: February to October; in February nobody called it");
        assert_eq!(c.tally("rectification/survey"), (2, 2, 0, 0), "{db}");
        assert_eq!(c.tally("alliance/community-meeting"), (12, 0, 0, 12), "{db}");
        let list = c.w.read(|desk| campaign::listed(desk, "rectification", 2026));
        assert_eq!((list.len(), list[0].at.as_str(), list[0].lights), (1, "回头看", [0, 0, 0, 1]), "{db}");
        assert_eq!(c.w.read(|desk| Ok(task::all(desk)?.into_iter().filter(|t| t.light == Light::Done).count())), 1, "{db}");
        assert!(c.w.read(|desk| Ok(charge::of(desk, c.w.other)?)).iter().all(|h| h.kind == "党建联系点"), "{db}: the four levels are let go");
        let officer = Actor { role: Role::Officer, shown: "组织部".into(), ..Actor::program() };
        let year = Filter { from: Some(day!(2026 - 01 - 01)), until: Some(day!(2027 - 01 - 01)), closed: true, ..Filter::default() };
        let figures = c.w.office.read(&officer, AsOf::default(), |desk| case::figures(desk, &year)).unwrap();
        let all = &figures.all;
        assert_eq!((all.received, all.answered, all.closed, all.raised, all.reopened), (10, 10, 10, 3, 1), "{db}");
        assert_eq!((all.answered_in_time, all.rated, all.content), (8, 10, 10), "{db}: July and November were late");
        let open = c.w.read(|desk| matter::account(desk, "relief-fund"));
        assert_eq!((open.income, open.spent, open.balance), (230_000, 26_000, 204_000), "{db}: four households");
        let hours = c.w.read(|desk| matter::ledger(desk, "volunteering", &Asked::default()));
        assert_eq!(hours.totals.iter().map(|t| t.value).collect::<Vec<_>>(), [1, 9, 18, 120], "{db}");
        let half = c.w.office.read(&officer, AsOf::default(), |desk| report::write(desk, report::find(desk, "party-life/half-year")?, day!(2026 - 07 - 01))).unwrap();
        let text: String = half.sections.iter().flat_map(|s| &s.pieces).map(|p| p.text.as_str()).collect();
        for sentence in ["支部主题党日应开 12 次，按期 5 次，补办 1 次", "验收 1 个，销号 1 个", "受理诉求 6 件，已答复 6 件，其中按期 4 件；上报上一级 2 件，重办 0 件", "发放 2 户 13000 元", "志愿服务活动 1 场，参加 9 人次，18 小时，服务 120 人"] {
            assert!(text.contains(sentence), "{db}: {sentence}\n{text}");
        }
        told.push(text);
    }
    assert!(told.windows(2).all(|t| t[0] == t[1]), "both databases tell the same year");
    assert!(begun.elapsed().as_secs() < 120, "a year in seconds: {:?}", begun.elapsed());
}
