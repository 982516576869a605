//! 青云县 has half a year of cases: reported, whistled, answered and rated through the engine itself, by a handed-in clock.

use crate::Stop;
use affairs::case::{self, Doing, NewFile, Receipt, Report};
use institution::case::Act;
use registry::account::{self, NewAccount};
use registry::{Actor, AsOf, Desk, Office, Role};
use vocabulary::{Day, Id, Moment, Outcome};

/// Login name, shown name, role, organisation.
pub const ACCOUNTS: [(&str, &str, Role, &str); 4] = [
    ("shequ2", "滨河社区 何磊", Role::CommunityWorker, "青云镇滨河社区"),
    ("zhenjie", "青云镇 诉求办 周琴", Role::CommunityWorker, "青云镇"),
    ("gongan", "县公安局 联络员 石磊", Role::Liaison, "县公安局"),
    ("daibiao", "代表", Role::Delegate, "青云镇"),
];

/// What people report: system, class, words, where.
const TROUBLES: [(&str, &str, &str, &str); 18] = [
    ("whistle-and-report", "property", "2号楼电梯坏了三天，老人下不了楼", "2号楼"),
    ("whistle-and-report", "property", "消防通道被私家车占住", "北门"),
    ("whistle-and-report", "environment", "烧烤店油烟直往楼上灌", "沿街商铺"),
    ("whistle-and-report", "roads", "小区外面路灯有四盏不亮", "东侧路"),
    ("whistle-and-report", "utilities", "昨晚开始停水，没有通知", "5号楼"),
    ("whistle-and-report", "livelihood", "低保年审不知道去哪里办", ""),
    ("whistle-and-report", "environment", "垃圾箱满了两天没人清", "3号楼后面"),
    ("whistle-and-report", "roads", "路口井盖塌陷，骑车的摔了", "十字路口"),
    ("whistle-and-report", "property", "门禁坏了，陌生人随便进", "1单元"),
    ("whistle-and-report", "danger", "围墙歪了，快倒了", "幼儿园旁"),
    ("claims", "wish", "想要一个洗澡用的防滑凳", "4号楼"),
    ("claims", "need", "楼道里想装扶手", "7号楼"),
    ("claims", "plot", "小游园的花坛找单位认领", "小游园"),
    ("claims", "service", "县医院每月到活动室义诊，量血压、看眼睛", "活动室"),
    ("grid", "thanks", "谢谢社区帮忙找回走失的老人", ""),
    ("grid", "problem", "一楼住户在楼道里充电瓶车", "6号楼"),
    ("delegates", "reception", "学校门口没有斑马线", "学校门口"),
    ("delegates", "motion", "建议把老菜市场改造列入明年计划", "菜市场"),
];

/// The community of the account `shequ`.
const COMMUNITY: &str = "青云镇滨河社区";
/// The department of the account `lianluo`; a small county has none.
const HOUSING: &str = "县住房和城乡建设局";

/// Accounts for the doors, then the half-year up to today.
///
/// The office's own day stands still meanwhile (its kept answers would be made anew for every other day); each deed is
/// given its moment.
pub fn plant(office: &Office, password: &str) -> Result<usize, Stop> {
    let today = office.today();
    let in_force = |id: &str| office.book.institution(id).is_some_and(|i| i.cases.is_some() && i.in_force.holds_on(today.plus_days(-160)));
    if !TROUBLES.iter().all(|(system, ..)| in_force(system)) {
        return Ok(0); // a county's own institutions, or a day before they were in force
    }
    if !accounts(office, password)? {
        return Ok(0); // a county too small to have the community
    }
    super::grids::plant(office)?;
    let mut planted = 0;
    // Moments of one story follow each other, but stories overlap: each is told to its end before the next.
    for number in 0..90_usize {
        let day = working_day(office, today.plus_days(-(150 - number as i64 * 150 / 89)));
        let (system, class, words, at) = TROUBLES[number * 7 % TROUBLES.len()];
        planted += usize::from(story(office, Story { number, day, today, system, class, words, at })?);
    }
    for (n, (way, class, words, root, kind)) in TRACED.into_iter().enumerate() {
        planted += usize::from(traced(office, working_day(office, today.plus_days(-70 + n as i64 * 16)), (way, class, words), (root, kind), n)?);
    }
    Ok(planted)
}

/// 溯源: where it was found, class, words, root, the class of problems it stands for.
const TRACED: [(&str, &str, &str, &str, &str); 4] = [
    ("督查发现", "base", "危房改造台账漏了三户", "责任落实", "台账不实"),
    ("审计发现", "project", "老旧小区改造工期拖了两个月", "制度执行", "推诿拖延"),
    ("考核发现", "service", "办件系统里有十一件超期没有说明", "工作作风", "推诿拖延"),
    ("巡察发现", "inspection", "巡察反馈的公租房清退只改了一半", "责任落实", "落实打折扣"),
];

/// One of them: the first is signed off, the second answered, the third replied to, the last only sorted.
fn traced(office: &Office, day: Day, (way, class, words): (&str, &str, &str), (root, kind): (&str, &str), n: usize) -> Result<bool, Stop> {
    let known = office.book.institution("tracing").and_then(|i| i.cases.as_ref()).is_some_and(|s| s.class(class).is_some() && s.field("root").is_some());
    let housing = office.read(&Actor::program(), AsOf::default(), |desk| case::unit_named(desk, HOUSING))?;
    let (true, Some(housing)) = (known, housing) else { return Ok(false) };
    let at = |days: i64, hour: i64| Moment::at_start_of(working_day(office, day.plus_days(days))).0 + hour * 3600;
    let officer = Actor { role: Role::Officer, shown: "组织部".into(), ..Actor::program() };
    let report = Report { system: "tracing".into(), way: way.into(), words: words.into(), place: Some(housing.id), key: format!("demo-traced-{n}"), ..Report::default() };
    let Outcome::Done(receipt) = office.write(&officer, |desk| case::report(stands(desk, at(0, 9)), &report))? else { return Ok(false) };
    done(office, at(0, 10), &officer, &receipt, Doing::of(Act::Sort).word(class))?;
    if n == 3 {
        return Ok(true);
    }
    let part = done(office, at(0, 11), &officer, &receipt, Doing::of(Act::Whistle).unit(housing.id))?;
    done(office, at(1, 9), &officer, &receipt, Doing::of(Act::Claim).part(part))?;
    let looks = [
        ("thought", "以为报过就算办过"), ("style", "坐在办公室等数字"), ("ability", "无"), ("duty", "没有分解到科室和人"), ("rules", "办法有，没有人核对"), ("organisation", "支部半年没有研究过"),
        ("root", root), ("remedy", "分管副局长牵头，月底前逐户核对，每周报进度"), ("kind", kind), ("alike", "加装电梯的台账也要查"),
    ];
    let fields = looks.into_iter().map(|(id, text)| (id.to_owned(), text.to_owned())).collect();
    done(office, at(6, 15), &officer, &receipt, Doing { fields, ..Doing::of(Act::Reply).part(part).says("已查明原因，开始整改") })?;
    if n < 2 {
        done(office, at(12, 9), &officer, &receipt, Doing::of(Act::Answer).says("整改完成，资料已核对"))?;
    }
    Ok(true)
}

fn accounts(office: &Office, password: &str) -> Result<bool, Stop> {
    let mut scopes = Vec::new();
    for unit in ACCOUNTS.iter().map(|a| a.3).chain([COMMUNITY, HOUSING]) {
        let found = office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, affairs::Error>(case::unit_named(desk, unit)?.map(|u| u.id)))?;
        let Some(scope) = found else { return Ok(false) };
        scopes.push(scope);
    }
    for ((name, shown, role, _), scope) in ACCOUNTS.into_iter().zip(scopes) {
        office.write(&Actor::program(), |desk| {
            // Whoever the county made a delegate there: reception days are owed by a person.
            let held = registry::charge::all(desk)?.into_iter().filter(|h| h.kind == "党代表" && role == Role::Delegate);
            let free = |p: &Id<registry::Person>| desk.first("select 1 from accounts where person = $1", &[p.number().into()]).is_ok_and(|row| row.is_none());
            let delegate = held.filter_map(|h| Some((h.person?, h.who))).find(|(p, _)| free(p));
            let shown = delegate.as_ref().map_or_else(|| shown.to_owned(), |(_, who)| format!("{shown} {who}"));
            account::add(desk, NewAccount { name, shown: &shown, role, scope: Some(scope), person: delegate.map(|(p, _)| p), password })
        })?;
    }
    Ok(true)
}

fn working_day(office: &Office, mut day: Day) -> Day {
    while !office.book.calendar.is_working_day(day).unwrap_or(true) {
        day = day.next();
    }
    day
}

struct Story {
    number: usize,
    day: Day,
    today: Day,
    system: &'static str,
    class: &'static str,
    words: &'static str,
    at: &'static str,
}

/// One case as far as it comes before today. Every seventh is late, every ninth is reopened, the last ones are still open.
fn story(office: &Office, story: Story) -> Result<bool, Stop> {
    let base = Moment::at_start_of(story.day).0;
    let end = Moment::at_start_of(story.today).0 + 8 * 3600;
    let late = story.number % 7 == 3;
    // Weekends move things to the Monday; what follows still follows, half an hour later.
    let last = std::cell::Cell::new(0);
    let at = |days: i64, hour: i64, minute: i64| {
        let day = working_day(office, story.day.plus_days(days));
        let moment = (Moment::at_start_of(day).0 + hour * 3600 + minute * 60).max(last.get() + 1_800);
        last.set(moment);
        moment < end
    };
    let (worker, town, liaison, delegate) = (seated(office, "shequ")?, seated(office, "zhenjie")?, seated(office, "lianluo")?, seated(office, "daibiao")?);
    let second = seated(office, "shequ2")?;
    if !at(0, 9, story.number as i64 % 50) || base > end {
        return Ok(false);
    }
    let (places, housing) = office.read(&Actor::program(), AsOf::default(), |desk| {
        let town = case::unit_named(desk, "青云镇")?;
        let places = case::places(desk, &["社区"], town.as_ref().map(|t| t.path.as_str()))?;
        Ok::<_, affairs::Error>((places, case::unit_named(desk, HOUSING)?))
    })?;
    let (Some(place), Some(housing)) = (places.get(if story.number % 3 == 0 { story.number / 3 % places.len().max(1) } else { 0 }), housing) else { return Ok(false) };
    // A grid worker says in which of the grids it was.
    let mut at_place = place.id;
    if story.system == "grid" {
        let grids = office.read(&Actor::program(), AsOf::default(), |desk| case::places(desk, &["网格"], Some(&place.path)))?;
        if let Some(grid) = grids.get(story.number % grids.len().max(1)) {
            at_place = grid.id;
        }
    }
    let (reporter, way) = match story.system {
        "delegates" => (delegate, if story.class == "motion" { "提案提议" } else { "接待日" }),
        "grid" => (worker.clone(), "入户走访"),
        _ => (case::resident(), "居民扫码"),
    };
    let report = Report {
        system: story.system.into(),
        way: way.into(),
        words: story.words.into(),
        place: Some(at_place),
        place_words: story.at.into(),
        name: if story.number % 4 == 0 { String::new() } else { "田桂兰".into() },
        phone: if story.number % 4 == 0 { String::new() } else { "13900000001".into() },
        named: String::new(),
        key: format!("demo-{}", story.number),
        ..Report::default()
    };
    let Outcome::Done(receipt) = office.write(&reporter, |desk| case::report(stands(desk, last.get()), &report))? else {
        return Err(Stop::refused(format!("青云县的诉求没有种成：{}", story.words)));
    };
    // Other communities than 滨河 are answered for by the town.
    let holder = if place.name == COMMUNITY { &worker } else { &town };
    let waits = story.number >= 86;
    if waits || !at(0, 9, 55) {
        return Ok(true);
    }
    done(office, last.get(), holder, &receipt, Doing::of(Act::Sort).word(story.class))?;
    let whistles = !matches!(story.class, "thanks" | "livelihood" | "motion");
    if whistles {
        if !at(0, 10, 5) {
            return Ok(true);
        }
        let part = done(office, last.get(), holder, &receipt, Doing { leads: true, ..Doing::of(Act::Whistle).unit(housing.id) })?;
        if !(if late { at(3, 11, 0) } else { at(0, 11, 0) }) || story.number >= 83 {
            return Ok(true);
        }
        done(office, last.get(), &liaison, &receipt, Doing::of(Act::Claim).part(part))?;
        if !(if late { at(9, 15, 0) } else { at(1, 15, 0) }) || story.number >= 80 {
            return Ok(true);
        }
        done(office, last.get(), &liaison, &receipt, Doing::of(Act::Reply).part(part).says("已派人到现场处理，附照片"))?;
    }
    if !(if late { at(9, 16, 0) } else { at(1, 16, 0) }) {
        return Ok(true);
    }
    done(office, last.get(), holder, &receipt, Doing::of(Act::Answer).says("您反映的事已经办好，感谢您关心社区"))?;
    if !(if late { at(10, 9, 0) } else { at(2, 9, 0) }) || story.number % 5 == 4 {
        return Ok(true);
    }
    let word = ["好", "好", "较好", "好", "一般", "较好", "好", "好", "较差"][story.number % 9];
    heard(office, last.get(), &receipt, Act::Rate, word, "")?;
    if word == "较差" {
        if !at(3, 9, 0) {
            return Ok(true);
        }
        heard(office, last.get(), &receipt, Act::Reopen, "", "只来看了一眼，没有修")?;
        if at(4, 9, 0) {
            done(office, last.get(), holder, &receipt, Doing::of(Act::Answer).says("已经重新处理，并向您当面说明"))?;
        }
        return Ok(true);
    }
    if at(11, 9, 30) {
        done(office, last.get(), if place.name == COMMUNITY { &second } else { holder }, &receipt, Doing { files: vec![photo()], ..Doing::of(Act::SignOff).says("已核实") })?;
    }
    Ok(true)
}

/// The desk as it stood at this moment.
fn stands<'d, 'a, 't>(desk: &'d mut Desk<'a, 't>, at: i64) -> &'d mut Desk<'a, 't> {
    desk.moment = Moment(at);
    desk.today = desk.moment.day();
    desk
}

fn done(office: &Office, at: i64, actor: &Actor, receipt: &Receipt, doing: Doing) -> Result<i64, Stop> {
    let act = doing.act;
    match office.write(actor, |desk| case::act(stands(desk, at), receipt.id, doing))? {
        Outcome::Done(number) => Ok(number),
        Outcome::Refused(findings) => Err(Stop::refused(format!("青云县的诉求 {} 没有办成 {act:?}：{:?}", receipt.number, findings.rules()))),
    }
}

fn heard(office: &Office, at: i64, receipt: &Receipt, act: Act, word: &str, says: &str) -> Result<(), Stop> {
    match office.write(&case::resident(), |desk| case::heard(stands(desk, at), &receipt.number, &receipt.code, act, word, says))? {
        Outcome::Done(_) => Ok(()),
        Outcome::Refused(findings) => Err(Stop::refused(format!("青云县的评价没有种成：{:?}", findings.rules()))),
    }
}

fn seated(office: &Office, name: &str) -> Result<Actor, Stop> {
    let found = office.read(&Actor::program(), AsOf::default(), |desk: &Desk| {
        Ok::<_, registry::Error>(desk.first("select id, shown, role from accounts where name = $1 and closed is null", &[name.into()])?)
    })?;
    let row = found.ok_or_else(|| Stop::refused(format!("没有演示账户 {name}")))?;
    Ok(Actor { account: Some(Id::new(row.int(0))), shown: row.text(1).into(), role: Role::from_id(row.text(2)).unwrap_or(Role::Resident), ..case::resident() })
}

/// A drawn square: no photo of anything.
fn photo() -> NewFile {
    const PNG: &[u8] = &[
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, b'I',
        b'D', b'A', b'T', 8, 0xD7, 0x63, 0xB8, 0x70, 0xE1, 2, 0, 5, 0x5C, 2, 0xAD, 0xC7, 0x6D, 0x2F, 0xB1, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
    ];
    NewFile { name: "现场.png".into(), bytes: PNG.to_vec() }
}
