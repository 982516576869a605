//! The demo county's party life: who belongs where, and what was done of this year's duties before the program came.

use crate::Stop;
use affairs::duty::{self, Given, Owed};
use institution::Subject;
use institution::duty::Standing;
use registry::{Actor, AsOf, Office};
use vocabulary::Day;

/// Plants branches, members, charges and the year so far.
pub fn plant(office: &Office) -> Result<String, Stop> {
    let day = office.today();
    let planted = office.store.write(|tx| {
        let entered = tx.one("select max(id) from journal", &[])?.int(0);
        county::party::plant(tx, day, entered)
    })?;
    let listed = plant_rectification(office)?;
    let contacts = crate::demo::systems::plant_charges(office)?;
    let done = office.write(&Actor::program(), |desk| {
        let begin = Day::of(day.year(), 1, 1).unwrap_or(day);
        let mut done = 0;
        for of in [Subject::Branch, Subject::Organisation, Subject::Charge, Subject::Member] {
            // Charges that ended this month were kept until then.
            let stood = if of == Subject::Charge { Day::of(day.year(), day.month(), 1).map_or(day, |d| d.plus_days(-1)) } else { day };
            let mut numbers = numbers(desk, of, stood)?;
            // Birthdays of everybody would be ten thousand rows; a town's are enough to look at, and of many counties' branches
            // the first county's.
            numbers.truncate(if of == Subject::Member { 400 } else { 1_000 });
            let units = duty::units_on(desk, stood, of, &numbers)?;
            let mut owed = duty::of_units(desk, of, &units, begin, stood.min(day.plus_days(-1)))?;
            if of == Subject::Branch {
                // The stars of this year's list are read from the meetings of the year before.
                let before = duty::of_units(desk, of, &units, begin.plus_months(-12), begin.plus_days(-1))?;
                owed.extend(before.into_iter().filter(|o| o.duty.ends_with("theme-day") || o.duty.ends_with("members-meeting")));
            }
            done += duty::plant(desk, &owed, "录入演示用的组织生活记载", |o| choose(o, day))?;
        }
        Ok::<_, affairs::Error>(done)
    })?;
    let matters = crate::demo::systems::plant(office)?;
    Ok(format!("{} 个党组织，{} 名党员，{} 项包联责任，{done} 次组织生活和走访，{listed}，{matters} 件事项", planted.branches, planted.members, planted.charges + contacts))
}

fn numbers(desk: &registry::Desk, of: Subject, on: Day) -> Result<Vec<i64>, affairs::Error> {
    let question = registry::facts::Question::new(desk.dictionary(), on, None, false);
    let sql = format!("select {} from {} order by 1", question.id(of), question.from(of));
    Ok(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)).collect())
}

/// A draw that repeats: most in time, some late, a few never; the last fortnight is left for whoever looks at the demo.
fn choose(o: &Owed, today: Day) -> Option<Given> {
    let mut draw = 1469598103934665603_u64;
    for byte in o.duty.bytes().chain(o.slot.key.bytes()).chain(o.unit.to_le_bytes()) {
        draw = (draw ^ u64::from(byte)).wrapping_mul(1099511628211);
    }
    let part = draw % 100;
    let fresh = o.slot.due >= today.plus_days(-16);
    if !matches!(o.standing, Standing::Missed | Standing::Overdue) || part < if fresh { 12 } else { 3 } {
        return None;
    }
    let late = part < if fresh { 16 } else { 9 };
    let last = if late { o.slot.closes } else { o.slot.due }.min(today);
    let first = if late { o.slot.due.next() } else { o.slot.due.plus_days(-3).max(o.slot.opens) };
    if first > last {
        return None;
    }
    let on = first.plus_days((draw >> 8) as i64 % (last.number() - first.number() + 1));
    let mut fields = affairs::Fields::new();
    for (id, text) in texts(&o.duty, draw) {
        fields.insert((*id).to_owned(), (*text).to_owned());
    }
    let away = if part % 3 == 0 { vec![((draw >> 16) as usize % 9, ["外出培训", "病假", "在外务工"][(draw >> 24) as usize % 3])] } else { vec![] };
    Some(Given { on, at: None, person: None, fields, away })
}

fn texts(duty: &str, draw: u64) -> &'static [(&'static str, &'static str)] {
    match (duty.rsplit('/').next().unwrap_or_default(), draw % 2) {
        ("committee-meeting", 0) => &[("agenda", "研究本月党员大会议题\n讨论困难党员帮扶"), ("decisions", "二十七日开展主题党日\n由组织委员走访两户")],
        ("committee-meeting", _) => &[("agenda", "研究发展党员工作"), ("decisions", "确定一名入党积极分子，公示后报上级党委备案")],
        ("group-meeting", _) => &[("topic", "学习近期会议精神，交流本月工作")],
        ("members-meeting", _) => &[("agenda", "报告本季度支部工作\n讨论整改事项"), ("decisions", "同意支部工作报告")],
        ("lecture", _) => &[("title", "做新时代合格党员"), ("lecturer", "支部书记")],
        ("theme-day", 0) => &[("theme", "秋收帮扶"), ("done", "分三组帮缺劳力农户收割，清理沟渠八百米")],
        ("theme-day", _) => &[("theme", "清洁家园"), ("done", "打扫村道，劝导三户拆除乱搭建")],
        ("first-item", _) => &[("learned", "党中央关于“三农”工作的部署"), ("follow_up", "由农业农村局十日内拿出落实安排")],
        ("two-lives", _) => &[("what", "主题党日")],
        ("political-birthday", _) => &[("how", "谈心谈话")],
        ("care-visit", _) => &[("seen", "身体尚好，子女在外"), ("promised", "协助办理大病救助")],
        ("contact-point", _) => &[("did", "参加主题党日，与党员座谈"), ("problem", "灌渠年久失修")],
        ("county-leader-visit", _) => &[("seen", "村务公开已恢复"), ("pushed", "协调解决办公用房")],
        ("town-leader-visit", _) => &[("seen", "支部按期开会，矛盾调解两件")],
        ("department-visit", _) => &[("did", "帮助修缮便民桥"), ("money", "30000")],
        ("secretary-report", _) => &[("did", "入户八户，调解一起土地纠纷")],
        ("survey", _) => match draw % 13 {
            0 => &[("asked", "60"), ("satisfied", "62"), ("said", "路灯不亮\n账目不公开")],
            1..4 => &[("asked", "60"), ("satisfied", "78"), ("said", "自来水压力小")],
            _ => &[("asked", "60"), ("satisfied", "93"), ("said", "盼着修文化广场")],
        },
        ("county-dispatch", _) => &[("villages", "列入整顿的全部村"), ("problems", "活动场所资金不足"), ("decided", "由县财政局月底前落实")],
        ("town-dispatch", _) => &[("progress", "两个村按计划推进"), ("decided", "副书记本周驻村")],
        ("village-dispatch", _) => &[("last", "入户十户"), ("next", "开村民代表会议")],
        ("special-report", _) => &[("happened", "村支书辞职"), ("done", "镇里派人临时负责")],
        ("first-item-urgent", _) => &[("learned", "会议公报和讲话精神"), ("follow_up", "分解成六条，明确到人")],
        ("study-group", _) => &[("topic", "乡村振兴专题"), ("speakers", "书记、镇长"), ("agreed", "三条举措")],
        ("community-meeting", _) => &[("units", "县供销社\n县医院"), ("slips", "2"), ("agreed", "共建一处充电棚")],
        ("street-meeting", _) => &[("units", "驻地单位十一家"), ("slips", "5"), ("agreed", "停车位错时共享")],
        ("county-meeting", _) => &[("units", "成员单位四十家"), ("agreed", "通报上半年认领办理情况")],
        ("unit-service", _) => &[("task", "清扫楼道"), ("did", "清扫四个单元"), ("hours", "24"), ("people", "8"), ("thanks", "居民送来锦旗")],
        ("member-service", _) => &[("did", "参加周末义务劳动"), ("hours", "3"), ("thanks", "邻居说辛苦了")],
        ("reception-day", _) => &[("came", "4"), ("problems", "2"), ("said", "停车、路灯")],
        ("sit-in", _) => &[("meeting", "镇党委第一议题学习")],
        ("training", _) => &[("class", "党代表履职培训班"), ("hours", "16")],
        ("term-notice", _) => &[("by", "发函"), ("number", "青组函〔2026〕9号")],
        _ => &[],
    }
}

/// The person of a branch's secretary, for the demo account.
pub fn secretary_of(office: &Office, branch: &str) -> Result<Option<vocabulary::Id<registry::Person>>, Stop> {
    Ok(office.read(&Actor::program(), AsOf::default(), |desk| {
        let Some(party) = registry::branch::named(desk, branch)? else { return Ok(None) };
        Ok::<_, registry::Error>(registry::branch::committee(desk, party.id)?.into_iter().next().map(|s| s.person))
    })?)
}

/// One village in ten of the first county is put right this year; each stands at another step.
pub fn plant_rectification(office: &Office) -> Result<String, Stop> {
    use affairs::{campaign, matter, task};
    const INSTITUTION: &str = "rectification";
    /// So many villages the invented county has.
    const A_COUNTYS: usize = 210;
    use registry::charge::{self, Taker};
    let day = office.today();
    let year = day.year();
    let on = |month: u8, d: u8| Day::of(year, month, d).unwrap_or(day).min(day);
    let (villages, leaders, departments, secretaries) = office.read(&Actor::program(), AsOf::default(), |desk| {
        let units = registry::organisation::all(desk)?;
        let villages: Vec<_> = units.iter().filter(|u| u.kind.as_deref() == Some("村")).cloned().collect();
        let people = |kind: &str| -> Result<Vec<vocabulary::Id<registry::Person>>, registry::Error> {
            let sql = "select distinct t.person from tenures t join organisation_details o on o.organisation = t.organisation and o.superseded is null and o.kind = $1
                        where t.superseded is null and t.until_day is null and t.post is not null order by t.person limit 60";
            Ok(desk.rows(sql, &[kind.into()])?.iter().map(|r| vocabulary::Id::new(r.int(0))).collect())
        };
        let departments: Vec<_> = units.iter().filter(|u| u.kind.as_deref() == Some("县政府部门")).map(|u| u.id).collect();
        Ok::<_, registry::Error>((villages, people("县委")?, departments, people("县政府部门")?))
    })?;
    let chosen: Vec<_> = villages.iter().take(A_COUNTYS).skip(4).step_by(10).cloned().collect();
    if chosen.is_empty() || leaders.is_empty() || departments.is_empty() || secretaries.is_empty() {
        return Ok("没有整顿的村".into());
    }
    let steps = [("screening", on(1, 20)), ("village-meeting", on(2, 2)), ("town-meeting", on(2, 9)), ("county-meeting", on(2, 26)), ("plan", on(3, 10)), ("acceptance", on(10, 20)), ("sign-off", on(11, 5))];
    let town_leaders = |path: &str| -> Result<Option<vocabulary::Id<registry::Person>>, Stop> {
        Ok(office.read(&Actor::program(), AsOf::default(), |desk| {
            let parent = path.trim_end_matches('/').rsplit_once('/').map_or("/", |(p, _)| p).rsplit('/').next().unwrap_or_default().to_owned();
            let sql = "select t.person from tenures t where cast(t.organisation as text) = $1 and t.superseded is null and t.until_day is null and t.post is not null order by t.order_no, t.id limit 1";
            Ok::<_, registry::Error>(desk.first(sql, &[parent.into()])?.map(|r| vocabulary::Id::new(r.int(0))))
        })?)
    };
    let mut towns = Vec::new();
    for v in &chosen {
        towns.push(town_leaders(&v.path)?);
    }
    let count = chosen.len();
    office.write(&Actor::program(), |desk| {
        for (n, village) in chosen.iter().enumerate() {
            let title = format!("{}党组织整顿", village.short_name);
            let Some(id) = matter::open_on(desk, INSTITUTION, village.id, &title, i64::from(year), None, on(1, 20))?.done() else { continue };
            for (k, level) in campaign::find(desk, INSTITUTION)?.levels.iter().enumerate() {
                let taker = match k {
                    0 => Taker::Person(leaders[n % leaders.len()]),
                    1 => Taker::Person(towns[n].unwrap_or(leaders[(n + 3) % leaders.len()])),
                    2 => Taker::Department(departments[n % departments.len()]),
                    _ => Taker::Person(secretaries[(n * 3 + 20) % secretaries.len()]),
                };
                charge::begin(desk, &level.kind, &taker, village.id, on(3, 1))?;
            }
            // Three of four are done with acceptance; every fifth still works on its plan.
            let reached = match n % 5 {
                0 => 5,
                1 => 7,
                _ if n % 7 == 3 => 6,
                _ => 5,
            };
            let passed = !(n % 7 == 3 && reached == 6);
            let problems = [("支部书记空缺", "从退役军人和致富能手中选任", on(5, 31)), ("村务不公开", "每月五日公开账目", on(4, 30)), ("集体经济薄弱", "流转土地二百亩", day.plus_days(10)), ("矛盾久拖不决", "镇领导包案化解", day.plus_days(-12 + (n as i64 % 4) * 12))];
            let path = village.path.clone();
            for (k, (problem, measure, due)) in problems.into_iter().enumerate() {
                let entry = desk.record(registry::desk::Happened { act: "task.add", subject: "organisation", number: Some(village.id.number()), says: format!("{}：{problem}", village.short_name) })?;
                let task = desk.insert("tasks", &["unit", "matter", "entered"], &[village.id.number().into(), id.number().into(), entry.into()])?;
                let done = (k < 2 || (reached >= 6 && passed)).then(|| due.min(on(10, 10)));
                let evidence = if done.is_some() { "镇党委验收，资料存镇" } else { "" };
                let columns = ["task", "path", "problem", "measure", "owner", "due", "done_on", "evidence", "entered"];
                let values = [task.into(), path.as_str().into(), problem.into(), measure.into(), "镇党委副书记".into(), due.to_string().into(), done.map(|d| d.to_string()).into(), evidence.into(), entry.into()];
                desk.insert("task_details", &columns, &values)?;
            }
            let _ = task::of_matter(desk, id)?;
            for (step, day) in steps.iter().take(reached) {
                // The village's members, and eleven of the county's committee.
                let (should, present, agree) = if *step == "county-meeting" { ("11", "10", "10") } else { ("46", "41", "39") };
                let fields: affairs::Fields = [
                    ("origin", "星级评定一星"), ("kind", "弱"), ("problem", "班子不齐，制度不落实"), ("should", should), ("present", present), ("agree", agree), ("summary", "年底前达到三星"),
                    ("team", "周敏、吴倩"), ("satisfied", "93"), ("evidence", "入户二十户，查看台账"), ("passed", if passed { "是" } else { "否" }), ("number", "青组〔2026〕41号"),
                ]
                .into_iter()
                .filter(|(id, _)| desk.book.institution(INSTITUTION).is_some_and(|i| i.matter.iter().any(|s| *s.id == **step && s.fields.iter().any(|f| *f.id == **id))))
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect();
                if matter::complete(desk, id, step, *day, &fields)?.done().is_none() {
                    break;
                }
            }
        }
        Ok::<_, affairs::Error>(())
    })?;
    Ok(format!("{count} 个村列入整顿"))
}
