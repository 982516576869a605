//! A small office with odd people: what the other files ask about.

use rand::{Rng, RngExt, SeedableRng};
use registry::desk::Happened;
use registry::organisation::NewUnit;
use registry::post::NewSeat;
use registry::rows::*;
use registry::{Actor, Desk, Office, Organisation, Person, Post, Result, dated, organisation, person, post};
use vocabulary::{Date, Id};

pub fn date(text: &str) -> Date {
    text.parse().expect("a date of the test")
}

pub fn entry(desk: &mut Desk) -> Result<i64> {
    desk.record(Happened { act: "test", subject: "test", number: None, says: "测试".into() })
}

/// 青云镇 with a chief and two deputies' seats.
pub struct Town {
    pub county: Id<Organisation>,
    pub town: Id<Organisation>,
    pub bureau: Id<Organisation>,
    pub chief: Id<Post>,
    pub deputy: Id<Post>,
}

pub fn town(desk: &mut Desk) -> Result<Town> {
    let unit = |name: &str, kind: &str, parent, order_no| NewUnit {
        name: name.into(),
        kind: Some(kind.into()),
        parent,
        order_no,
        from_day: Some(date("2000")),
        ..NewUnit::default()
    };
    let seat = |name: &str, title: &str, role: &str, level: &str, seats| NewSeat {
        name: name.into(),
        title: title.into(),
        role: Some(role.into()),
        level: Some(level.into()),
        leading: true,
        seats,
        probation: true,
        from_day: Some(date("2000")),
        ..NewSeat::default()
    };
    let county = organisation::add(desk, unit("青云县", "县委", None, 1))?;
    let town = organisation::add(desk, unit("青云镇", "镇", Some(county), 2))?;
    let bureau = organisation::add(desk, unit("县农业农村局", "县政府部门", Some(county), 3))?;
    let chief = post::add(desk, town, seat("镇长", "青云镇镇长", "正职", "乡科级正职", 1))?;
    let deputy = post::add(desk, town, seat("副镇长", "青云镇副镇长", "副职", "乡科级副职", 2))?;
    Ok(Town { county, town, bureau, chief, deputy })
}

pub fn somebody(desk: &mut Desk, name: &str, born: Option<&str>) -> Result<Id<Person>> {
    let entry = entry(desk)?;
    person::add(desk, Details { name: name.into(), sex: Some("男".into()), born: born.map(date), ..Details::default() }, entry)
}

pub fn held(post: Option<Id<Post>>, organisation: Option<Id<Organisation>>, title: &str, from: &str, until: Option<&str>) -> Tenure {
    Tenure {
        post: post.map(|p| p.number()),
        organisation: organisation.map(|o| o.number()),
        title: title.into(),
        kind: "任职".into(),
        role: Some("副职".into()),
        leading: Some(true),
        level: Some("乡科级副职".into()),
        main: true,
        order_no: 1,
        way: None,
        paper: None,
        end_paper: None,
        end_reason: None,
        probation_until: None,
        from_day: date(from),
        until_day: until.map(date),
    }
}

/// Sixty people whose rows are known to the day, the month, the year, or not at all.
pub fn odd_people(office: &Office) -> Town {
    office
        .write(&Actor::program(), |desk| {
            let town = town(desk)?;
            let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(7);
            for n in 0..60 {
                odd_person(desk, &mut dice, n, &town)?;
            }
            odd_party(desk, &mut dice, &town)?;
            Ok::<_, registry::Error>(town)
        })
        .expect("odd people")
}

fn one_of<'a>(dice: &mut impl Rng, from: &[&'a str]) -> Option<&'a str> {
    let at = dice.random_range(0..=from.len());
    from.get(at).copied()
}

fn some_date(dice: &mut impl Rng, years: std::ops::Range<i16>) -> Option<Date> {
    let (year, month, day) = (dice.random_range(years), dice.random_range(1..=12), dice.random_range(1..=31));
    match dice.random_range(0..8) {
        0 => None,
        1 => Date::year_only(year),
        2..=4 => Date::month_of(year, month),
        _ => vocabulary::Day::of(year, month, day).map(Date::from).or(Date::month_of(year, month)),
    }
}

fn odd_person(desk: &mut Desk, dice: &mut impl Rng, n: usize, town: &Town) -> Result<()> {
    let e = entry(desk)?;
    let text = |t: Option<&str>| t.map(str::to_owned);
    let details = Details {
        name: format!("{}{n}", one_of(dice, &["张", "王", "单"]).unwrap_or("李")),
        sex: text(one_of(dice, &["男", "女"])),
        born: some_date(dice, 1964..2002),
        ethnicity: text(one_of(dice, &["汉族", "回族", "苗族"])),
        joined_work: some_date(dice, 1985..2024),
        official_state: text(one_of(dice, &["现职"])),
        speciality: text(one_of(dice, &["农学", "法律事务"])),
        retirement_limit: one_of(dice, &["50", "63"]).and_then(|t| t.parse().ok()),
        spouse_emigrated: one_of(dice, &["0", "1"]).map(|t| t == "1"),
        ..Details::default()
    };
    let id = person::add(desk, details, e)?;
    for _ in 0..dice.random_range(0..4) {
        let Some(from) = some_date(dice, 2010..2027) else { continue };
        let until = some_date(dice, 2012..2028).filter(|u| u.latest() >= from.earliest());
        let mut tenure = held(None, None, one_of(dice, &["青云镇副镇长", "青云镇镇长"]).unwrap_or("某处科员"), "2020", None);
        tenure.post = one_of(dice, &["a", "b"]).map(|p| if p == "a" { town.chief.number() } else { town.deputy.number() });
        tenure.organisation = one_of(dice, &["a", "b", "c"]).map(|o| match o {
            "a" => town.town.number(),
            "b" => town.bureau.number(),
            _ => town.county.number(),
        });
        tenure.role = text(one_of(dice, &["正职", "副职"]));
        tenure.level = text(one_of(dice, &["乡科级正职", "乡科级副职", "县处级副职"]));
        (tenure.from_day, tenure.until_day) = (from, until);
        tenure.main = dice.random_range(0..2) == 0;
        tenure.order_no = dice.random_range(0..3);
        tenure.probation_until = some_date(dice, 2026..2028);
        dated::add(desk, id, &tenure, e)?;
    }
    for ladder in ["职务层次", "职级"] {
        let names: &[&str] = if ladder == "职级" { &["一级主任科员", "四级调研员"] } else { &["乡科级正职", "县处级副职"] };
        if let (Some(rank), Some(from)) = (one_of(dice, names), some_date(dice, 2015..2027)) {
            dated::add(desk, id, &RankHeld { ladder: ladder.into(), rank: rank.into(), paper: None, from_day: from, until_day: None }, e)?;
        }
    }
    if let Some(party) = one_of(dice, &["中共党员", "民建", "群众"]) {
        dated::add(desk, id, &Membership { party: party.into(), from_day: some_date(dice, 1990..2024), until_day: None }, e)?;
    }
    for _ in 0..dice.random_range(0..3) {
        let education = Education {
            mode: one_of(dice, &["全日制"]).unwrap_or("在职").into(),
            education: text(one_of(dice, &["大学", "研究生", "大专", "中专"])),
            degree: text(one_of(dice, &["法学学士", "农学硕士"])),
            school: Some("云岭大学".into()),
            major: text(one_of(dice, &["法学", "农学"])),
            major_group: text(one_of(dice, &["法律", "农业"])),
            school_text: None,
            started: None,
            from_day: some_date(dice, 1990..2027),
            highest: true,
        };
        dated::add(desk, id, &education, e)?;
    }
    for year in 2020..2026 {
        if let Some(grade) = one_of(dice, &["优秀", "称职", "基本称职", "不定等次"]) {
            let from_day = date(&format!("{year}-12-31"));
            dated::add(desk, id, &Appraisal { year, grade: grade.into(), from_day }, e)?;
        }
    }
    if let Some(from_day) = some_date(dice, 2020..2027) {
        let until_day = some_date(dice, 2026..2028).filter(|u| u.latest() >= from_day.earliest());
        dated::add(desk, id, &Sanction { name: "党内警告".into(), kind: Some("党内警告".into()), organ: None, from_day, until_day }, e)?;
        let training = Training { name: "班".into(), organ: None, kind: "脱产".into(), hours: 40, days: 5, from_day, until_day: None };
        dated::add(desk, id, &training, e)?;
    }
    Ok(())
}

/// Branches with and without a term, members of every kind, charges that begin and end.
fn odd_party(desk: &mut Desk, dice: &mut impl Rng, town: &Town) -> Result<()> {
    use registry::charge::{self, Taker};
    use registry::{branch, member};
    let people: Vec<vocabulary::Id<registry::Person>> = desk.rows("select id from persons order by id", &[])?.iter().map(|r| vocabulary::Id::new(r.int(0))).collect();
    let mut above = None;
    for n in 0..12usize {
        let new = branch::NewParty {
            parent: above,
            organisation: [town.town, town.bureau, town.county][n % 3],
            name: format!("第{n}党支部"),
            kind: one_of(dice, &["党委", "党支部", "党小组"]).unwrap_or("联合党支部").into(),
            elected_on: some_date(dice, 2018..2026),
            term_years: one_of(dice, &["3", "5"]).and_then(|t| t.parse().ok()),
            order_no: n as i64,
            from_day: some_date(dice, 1990..2026).unwrap_or(vocabulary::day!(2000 - 01 - 01).into()),
        };
        let id = branch::add(desk, &new)?;
        above = above.or(Some(id));
        for m in 0..3 {
            let kind = one_of(dice, &["正式党员", "预备党员"]).unwrap_or("正式党员");
            let joined = some_date(dice, 1980..2026);
            let new = member::NewComrade { person: people[(n * 4 + m) % people.len()], branch: id, grouped: None, kind: kind.into(), joined, fee: None, from: vocabulary::day!(2020 - 01 - 01) };
            member::add(desk, &new)?;
        }
        let kind = one_of(dice, &["党建联系点", "第一书记"]).unwrap_or("县级领导包保");
        let charge = charge::begin(desk, kind, &Taker::Person(people[n]), town.town, vocabulary::day!(2021 - 01 - 01))?;
        if n % 4 == 0 {
            charge::end(desk, charge, vocabulary::day!(2025 - 06 - 30), "交流")?;
        }
    }
    Ok(())
}
