//! What the demo county has beside party life and cases: alliances, reporting to communities, delegates, the fund,
//! projects, volunteers, lists of tasks, what happened. Through the engines themselves.

use crate::Stop;
use affairs::matter::{self, Matter};
use affairs::task::{self, NewTask};
use affairs::{Fields, duty, register};
use registry::charge::{self, Taker};
use registry::organisation::Unit;
use registry::{Actor, AsOf, Desk, Office};
use vocabulary::{Day, Id};

/// Before the year's duties are taken over, so that the charges owe something.
pub fn plant_charges(office: &Office) -> Result<i64, Stop> {
    let day = office.today();
    let from = Day::of(day.year(), 1, 5).unwrap_or(day).min(day);
    let (communities, units, people) = office.read(&Actor::program(), AsOf::default(), |desk| {
        let all = registry::organisation::all(desk)?;
        let of = |kinds: &[&str]| all.iter().filter(|u| u.kind.as_deref().is_some_and(|k| kinds.contains(&k))).cloned().collect::<Vec<Unit>>();
        let people = desk.rows("select distinct m.person from members m order by m.person limit 60", &[])?.iter().map(|r| Id::new(r.int(0))).collect::<Vec<_>>();
        Ok::<_, registry::Error>((of(&["社区"]), of(&["县政府部门", "县委部门", "群团"]), people))
    })?;
    if communities.is_empty() || units.is_empty() || people.is_empty() {
        return Ok(0);
    }
    Ok(office.write(&Actor::program(), |desk| {
        let mut planted = 0;
        for (n, community) in communities.iter().enumerate().take(12) {
            for k in 0..3 {
                let unit = Taker::Department(units[(n * 3 + k) % units.len()].id);
                charge::begin(desk, if k < 2 { "联盟成员单位" } else { "双报到单位" }, &unit, community.id, from)?;
            }
            charge::begin(desk, "双报到党员", &Taker::Person(people[(n * 2) % people.len()]), community.id, from)?;
            if n % 2 == 0 {
                charge::begin(desk, "党代表", &Taker::Person(people[(n * 2 + 1) % people.len()]), community.id, from)?;
            }
            planted += 4;
        }
        // What happened this year that somebody answers within working days.
        for (kind, on, title) in [("上级重要会议", Day::of(day.year(), 3, 12), "全国两会精神"), ("上级重要会议", Day::of(day.year(), 10, 24), "中央全会精神")] {
            let waited = duty::event_kinds(desk).iter().any(|(k, _)| k == kind);
            if let Some(on) = on.filter(|on| *on <= day && waited) {
                duty::add_event(desk, kind, None, on, title)?;
            }
        }
        Ok::<_, affairs::Error>(planted)
    })?)
}

/// Matters of the institutions that the demo knows; one that a county left out is left out here.
pub fn plant(office: &Office) -> Result<usize, Stop> {
    let day = office.today();
    let (villages, communities, towns) = office.read(&Actor::program(), AsOf::default(), |desk| {
        let all = registry::organisation::all(desk)?;
        let of = |kinds: &[&str]| all.iter().filter(|u| u.kind.as_deref().is_some_and(|k| kinds.contains(&k))).cloned().collect::<Vec<Unit>>();
        Ok::<_, registry::Error>((of(&["村"]), of(&["社区"]), of(&["镇", "乡", "街道"])))
    })?;
    if villages.len() < 8 || communities.is_empty() || towns.is_empty() {
        return Ok(0);
    }
    Ok(office.write(&Actor::program(), |desk| {
        let mut planted = 0;
        let mut take = |desk: &mut Desk, id: &str, unit: &Unit, title: &str, back: i64, steps: &[(&str, &[(&str, &str)])]| -> Result<(), affairs::Error> {
            if desk.book.institution(id).is_none_or(|i| i.matter.is_empty()) {
                return Ok(());
            }
            let Some(opened) = matter::open_on(desk, id, unit.id, title, i64::from(day.year()), None, day.plus_days(-back))?.done() else { return Ok(()) };
            walk(desk, opened, day.plus_days(-back), steps)?;
            planted += 1;
            Ok(())
        };
        for (n, (from, amount)) in [("党费返还", "120000"), ("企业捐赠", "80000"), ("党员自愿捐助", "30000")].into_iter().enumerate() {
            take(desk, "fund-income", &towns[n % towns.len()], &format!("{from}入账"), 120 - n as i64 * 30, &[("gift", &[("from", from)]), ("book", &[("amount", amount), ("receipt", "青财收 0012")])])?;
        }
        for n in 0..6 {
            let steps: [(&str, &[(&str, &str)]); 5] = [
                ("apply", &[("reason", "因病住院"), ("asked", "8000")]),
                ("visit", &[("team", "周敏、吴倩"), ("found", "情况属实")]),
                ("review", &[("should", "9"), ("present", "8"), ("agree", "8"), ("granted", "6500")]),
                ("notice", &[("days", "5"), ("objections", "无")]),
                ("pay", &[("amount", "6500"), ("how", "转账，凭证 0031")]),
            ];
            take(desk, "relief-fund", &villages[n * 3 % villages.len()], &format!("第{}户救助", n + 1), 60 - n as i64 * 8, &steps[..if n == 5 { 2 } else { 5 }])?;
        }
        for (n, (title, kind, partner, money)) in [("粮食烘干房", "村企共建", "青云米业", "38"), ("光伏车棚", "集体经济", "", "25"), ("强弱结对", "强弱结对", "青云镇石门村", "12"), ("冷库改造", "村企共建", "青云果品", "60")].into_iter().enumerate() {
            let steps: [(&str, &[(&str, &str)]); 4] = [
                ("plan", &[("kind", kind), ("partner", partner), ("what", title), ("planned", money)]),
                ("money", &[("amount", money), ("from", "企业投入和专项资金")]),
                ("built", &[("what", title), ("proof", "镇里组织验收")]),
                ("benefit", &[("income", "6"), ("households", "41")]),
            ];
            take(desk, "collective-economy", &villages[(n * 5 + 1) % villages.len()], title, 100 - n as i64 * 15, &steps[..4 - n % 2])?;
        }
        enrol(desk, &communities, &towns)?;
        for n in 0..5 {
            let steps: [(&str, &[(&str, &str)]); 4] = [
                ("post", &[("team", TEAMS[0].0), ("what", "清理楼道、看望老人"), ("when", "2026-10-18"), ("wanted", "20")]),
                ("recruited", &[("people", "24")]),
                ("held", &[("people", "22"), ("hours", "66"), ("served", "130"), ("did", "清理八个单元，看望十二户")]),
                ("rated", &[("rating", "好")]),
            ];
            take(desk, "volunteering", &communities[n % communities.len()], &format!("第{}次邻里互助", n + 1), 50 - n as i64 * 7, &steps[..if n == 4 { 1 } else { 4 }])?;
        }
        for (n, problem) in ["老旧小区没有充电棚", "菜市场早高峰停车乱", "社区缺一间活动室"].into_iter().enumerate() {
            let steps: [(&str, &[(&str, &str)]); 5] = [
                ("slip", &[("problem", problem), ("wanted", "请成员单位出场地、出资金"), ("urgent", "否")]),
                ("opinions", &[("asked", "全体成员单位"), ("said", "同意列入会商")]),
                ("meeting", &[("should", "8"), ("present", "7"), ("agree", "7"), ("agreed", "由一家牵头，两家出资")]),
                ("claim", &[("unit", "县住房和城乡建设局"), ("until", "2026-12-20")]),
                ("result", &[("done", "已建成投用"), ("rating", "好")]),
            ];
            take(desk, "alliance", &communities[n % communities.len()], problem, 40, &steps[..5 - n])?;
        }
        let decided = [("便民服务中心改造", "重大项目", "120"), ("镇干部公寓维修", "大额资金", "45")];
        for (n, (title, kind, amount)) in decided.into_iter().enumerate() {
            let unit = &towns[n % towns.len()];
            let steps: [(&str, &[(&str, &str)]); 3] = [
                ("topic", &[("kind", kind), ("reason", "年久失修，群众反映多"), ("amount", amount)]),
                ("papers", &[("sent", "方案、预算、现场照片"), ("opinions", "已征求村（社区）和财政所意见，无不同意见")]),
                ("meeting", &[("chief", "党委书记"), ("speakers", "组织委员、副镇长、镇长、党委书记"), ("should", "9"), ("present", "8"), ("agree", "8"), ("decision", "同意实施，分两期拨付")]),
            ];
            take(desk, "decisions", unit, title, 40 - n as i64 * 20, &steps)?;
            let opened = matter::list(desk, "decisions", None)?.into_iter().find(|b| b.unit == unit.id && b.title == title);
            for (problem, measure, ahead) in [("完成招标", "公开招标，纪委全程参加", 5), ("主体施工", "十二月底前封顶", 40)] {
                let Some(of) = opened.as_ref().filter(|b| b.ended.is_none()) else { continue };
                add(desk, &NewTask { unit: unit.id, matter: Some(of.id), problem: problem.into(), measure: measure.into(), owner: "分管副镇长".into(), due: day.plus_days(ahead) })?;
            }
            if let Some(of) = opened.filter(|_| n == 0) {
                walk(desk, of.id, day.plus_days(-18), &[("assign", &[("supervisor", "镇纪委副书记")])])?;
            }
        }
        let tasks = [("镇村干部大走访", "每名镇干部联系一个村民小组", -9), ("党群服务中心改造", "完成装修和设施配置", 8), ("后备力量培养", "每村物色两名后备人选", 45)];
        for (n, (problem, measure, ahead)) in tasks.into_iter().enumerate() {
            let unit = &towns[n % towns.len()];
            // Begun before its day was over: written as it stands on the lists.
            let new = NewTask { unit: unit.id, matter: None, problem: problem.into(), measure: measure.into(), owner: "镇党委副书记".into(), due: day.plus_days(ahead) };
            if ahead > 0 {
                add(desk, &new)?;
            }
        }
        Ok::<_, affairs::Error>(planted)
    })?)
}

/// 服务队: name, what it does, who leads it.
const TEAMS: [(&str, &str, &str); 2] = [("邻里互助服务队", "清理楼道、看望老人", "赵和平"), ("家电维修服务队", "修家电、换灯管", "孙志远")];

/// 名册: teams and volunteers of the communities, liaison officers of towns and communities.
fn enrol(desk: &mut Desk, communities: &[Unit], towns: &[Unit]) -> Result<(), affairs::Error> {
    let from = desk.today.plus_days(-200);
    let put = |desk: &mut Desk, key: &str, unit: &Unit, fields: &[(&str, &str)]| -> Result<(), affairs::Error> {
        if desk.book.register(key).is_none_or(|r| !r.in_force.holds_on(from)) {
            return Ok(()); // a county's own institutions
        }
        let fields: Fields = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let added = register::add(desk, key, unit.id, from, &fields)?;
        if added.refusals().is_empty() { Ok(()) } else { Err(affairs::Error::Wrong(format!("青云县的名册没有种成：{:?}", added.refusals()))) }
    };
    for (n, community) in communities.iter().enumerate().take(8) {
        for (name, does, lead) in TEAMS {
            put(desk, "volunteering/teams", community, &[("name", name), ("does", does), ("lead", lead), ("people", "20"), ("phone", "13900000002")])?;
        }
        for (k, (name, skill)) in [("田小禾", "陪老人看病"), ("何建军", "水电维修"), ("吴秀兰", "辅导作业")].into_iter().enumerate() {
            put(desk, "volunteering/volunteers", community, &[("name", name), ("team", TEAMS[usize::from(k == 1)].0), ("skill", skill), ("party", if (n + k) % 2 == 0 { "是" } else { "否" }), ("phone", "13900000003")])?;
        }
        put(desk, "whistle-and-report/liaisons", community, &[("name", "唐敏"), ("post", "社区党委副书记"), ("deputy", "何磊"), ("phone", "13900000004")])?;
    }
    for town in towns {
        put(desk, "whistle-and-report/liaisons", town, &[("name", "周琴"), ("post", "党政办副主任"), ("deputy", "吴海"), ("phone", "13900000005")])?;
    }
    Ok(())
}

fn add(desk: &mut Desk, new: &NewTask) -> Result<(), affairs::Error> {
    let taken = task::add(desk, new)?;
    if taken.refusals().is_empty() { Ok(()) } else { Err(affairs::Error::Wrong(format!("青云县的工作任务没有种成：{:?}", taken.refusals()))) }
}

fn walk(desk: &mut Desk, id: Id<Matter>, from: Day, steps: &[(&str, &[(&str, &str)])]) -> Result<(), affairs::Error> {
    let mut on = from;
    for (step, fields) in steps {
        let fields: Fields = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        if matter::complete(desk, id, step, on.min(desk.today), &fields)?.done().is_none() {
            break;
        }
        on = on.plus_days(6);
    }
    Ok(())
}
