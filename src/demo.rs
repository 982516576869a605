//! `demo`: plants 青云县 and opens the site.

mod cases;
mod grids;
pub mod systems;

use crate::command::DemoWords;
use crate::settings::{FILE, Settings};
use crate::{Answer, End, Stop, office, output, serve};
use registry::account::factor::{self, Kind};
use registry::account::password::Profile;
use registry::account::{self, NewAccount};
use registry::Role;
use registry::{Actor, AsOf, Office, organisation, person};
use vocabulary::Clock;
use web::settings::SecondFactor;

/// Everybody's password in the demo.
const PASSWORD: &str = "qingyun-demo-2026";

/// The account that shows the second factor, and the key of its app: as public as the password.
const TWICE: &str = "linjing";
const TWICE_KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// Login name, shown name, role, organisation of a unit officer, person of the one recorded.
const ACCOUNTS: [(&str, &str, Role, Option<&str>, Option<&str>); 15] = [
    ("zuzhi", "组织部 周敏", Role::Officer, None, None),
    ("buzhang", "组织部 何志远", Role::Head, None, None),
    ("renshi", "青云镇 组织人事 吴倩", Role::UnitHr, Some("青云镇"), None),
    ("zhenzhang", "青云镇 冯建平", Role::Leader, Some("青云镇"), None),
    ("zhibu", "青云镇机关支部 罗晓梅", Role::BranchSecretary, Some("青云镇"), None),
    ("shequ", "滨河社区 社区工作者 唐敏", Role::CommunityWorker, Some("青云镇滨河社区"), None),
    ("lianluo", "县住建局 联络员 邓伟", Role::Liaison, Some("县住房和城乡建设局"), None),
    ("shenji", "审计员 沈静", Role::Auditor, None, None),
    ("xitong", "系统管理员 高远", Role::SystemAdmin, None, None),
    ("anquan", "安全管理员 郑凯", Role::SecurityAdmin, None, None),
    ("shenguan", "审计管理员 夏雨", Role::AuditAdmin, None, None),
    (TWICE, "组织部 林静", Role::Officer, None, None),
    ("liming", "李明", Role::Recorded, None, Some("李明")),
    ("wangjianguo", "王建国", Role::Recorded, None, Some("王建国")),
    // The secretary is whoever the county gave the village; see `demo_party`.
    ("zhishu", "青云镇大王庄村 支部书记", Role::BranchSecretary, Some("青云镇大王庄村"), None),
];

pub fn run(settings: &Settings, words: DemoWords) -> Answer {
    let office = office::open(settings)?;
    if people(&office)? == 0 {
        plant(&office, &words)?;
        accounts(&office)?;
        cases::plant(&office, PASSWORD)?;
        // What was planted last is not in the statistics yet: lists over it would walk the wrong index for minutes.
        office.store.write(|tx| tx.analyze())?;
        name_account(settings)?;
        mark(settings, &office)?;
    } else if !words.plant_only {
        output::line(&format!("数据目录 {} 里已有数据，直接打开；要重新种，请先移走这个目录", settings.data.display()))?;
    } else {
        return Err(Stop::refused(format!("数据目录 {} 里已有数据，没有改动", settings.data.display())));
    }
    if words.plant_only {
        return Ok(End::Done);
    }
    let listen = words.listen.clone();
    let settings = &relaxed(settings, &office)?;
    output::line("演示账户（密码都是 qingyun-demo-2026）：")?;
    for (name, shown, role, ..) in ACCOUNTS {
        output::line(&format!("  {name:<8} {}：{shown}", role.says()))?;
    }
    for (name, shown, role, _) in cases::ACCOUNTS {
        output::line(&format!("  {name:<8} {}：{shown}", role.says()))?;
    }
    output::line("  changwei1、changwei2……  县委常委，在票箱里投票")?;
    serve::open(settings, office, listen)
}

/// Says in the database and in the settings beside it that everything here is invented: only then may the second factor be off.
fn mark(settings: &Settings, office: &Office) -> Result<(), Stop> {
    office.store.write(|tx| tx.execute("insert into settings (name, value) values ('demo', 'yes') on conflict (name) do nothing", &[]))?;
    let path = settings.data.join(FILE);
    let mut text = std::fs::read_to_string(&path).unwrap_or_default();
    for (key, value) in RELAXED {
        if !text.lines().any(|line| line.trim_start().starts_with(key)) {
            text.insert_str(0, &format!("{key} = \"{value}\"\n"));
        }
    }
    std::fs::create_dir_all(&settings.data)?;
    std::fs::write(&path, text)?;
    Ok(())
}

/// What a demonstration lets pass, as it stands in its settings.
const RELAXED: [(&str, &str); 2] = [("password_profile", "asvs"), ("second_factor", "demo_off")];

/// Was this office planted by `demo`?
pub fn is_demo(office: &Office) -> Result<bool, Stop> {
    Ok(office.store.read(|tx| Ok::<_, store::Error>(tx.first("select 1 from settings where name = 'demo'", &[])?.is_some()))?)
}

/// The settings of this run were read before [`mark`] wrote them.
fn relaxed(settings: &Settings, office: &Office) -> Result<Settings, Stop> {
    let mut settings = settings.clone();
    if is_demo(office)? {
        settings.door.password_profile = Profile::Asvs;
        settings.door.second_factor = SecondFactor::DemoOff;
    }
    Ok(settings)
}

fn people(office: &Office) -> Result<i64, Stop> {
    Ok(office.store.read(|tx| Ok::<_, store::Error>(tx.one("select count(*) from persons", &[])?.int(0)))?)
}

fn plant(office: &Office, words: &DemoWords) -> Result<(), Stop> {
    let bar = output::progress("种青云县", words.people);
    let plan = county::Plan {
        people: words.people,
        seed: words.seed,
        day: office.today(),
        moment: office.clock.now(),
        strokes: registry::spelling::strokes,
    };
    let planted = office.store.write(|tx| county::plant(tx, &plan, &mut |done, _| bar.set_position(done)))?;
    bar.finish_and_clear();
    let spinner = output::progress("算现状表", 0);
    spinner.enable_steady_tick(std::time::Duration::from_millis(100));
    office.store.write(|tx| registry::journal::adopt(tx, &office.keys))?;
    office.store.write(|tx| registry::facts::standing::rebuild(tx, &office.book.dictionary, office.today()))?;
    office.turn_the_day()?;
    spinner.finish_and_clear();
    let party = crate::demo_party::plant(office)?;
    output::line(&format!(
        "种好了：{} 个县，{} 个机构，{} 个岗位，{} 名干部，{} 行记录",
        planted.counties, planted.organisations, planted.posts, planted.people, planted.rows
    ))?;
    output::line(&format!("党的组织：{party}"))
}

/// Words of the command line work at once in what was planted: they act as the officer.
fn name_account(settings: &Settings) -> Result<(), Stop> {
    let file = settings.data.join(crate::settings::FILE);
    if file.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(&settings.data)?;
    std::fs::write(&file, format!("# 命令行以这个账户的身份办事，权限和日志与网页相同\naccount = \"{}\"\n", ACCOUNTS[0].0))?;
    Ok(())
}

fn accounts(office: &Office) -> Result<(), Stop> {
    for (name, shown, role, unit, who) in ACCOUNTS {
        let (scope, person) = office.read(&Actor::program(), AsOf::default(), |desk| {
            let scope = unit.map(|u| organisation::named(desk, u)).transpose()?.flatten().map(|u| u.id);
            let person = who.map(|w| person::who(desk, w)).transpose().ok().flatten();
            Ok::<_, registry::Error>((scope, person))
        })?;
        let person = if role == Role::BranchSecretary { crate::demo_party::secretary_of(office, &format!("{}党支部", unit.unwrap_or_default()))? } else { person };
        if (unit.is_some() && scope.is_none()) || (who.is_some() && person.is_none()) {
            continue; // a county too small to have the town or the person
        }
        office.write(&Actor::program(), |desk| {
            let id = account::add(desk, NewAccount { name, shown, role, scope, person, password: PASSWORD })?;
            if name == TWICE {
                factor::add(desk, id, Kind::Totp, "演示用手机", TWICE_KEY, 0, Clock::Machine.now())?;
            }
            Ok::<_, registry::Error>(())
        })?;
    }
    committee(office)
}

/// Login names `changwei1`…: the members of the county's standing committee, who vote by box.
fn committee(office: &Office) -> Result<(), Stop> {
    office.write(&Actor::program(), |desk| {
        let body = affairs::procedure::deciding_body(desk)?;
        for (n, (person, who)) in body.into_iter().filter_map(|m| Some((m.person?, m.name))).enumerate() {
            if desk.first("select 1 from accounts where person = $1 and closed is null", &[person.number().into()])?.is_none() {
                let (name, shown) = (format!("changwei{}", n + 1), format!("县委常委 {who}"));
                account::add(desk, NewAccount { name: &name, shown: &shown, role: Role::Appraiser, scope: None, person: Some(person), password: PASSWORD })?;
            }
        }
        Ok::<_, Stop>(())
    })
}
