//! A town, two villages, a branch of eight with a committee of five and a group, a leader's contact point.

use affairs::Error;
use affairs::duty::{self, Attendee, Completion};
use registry::branch::{self, NewParty};
use registry::charge::{self, Taker};
use registry::desk::Happened;
use registry::organisation::{self, NewUnit};
use registry::rows::Details;
use registry::testing::{Guard, offices_with};
use registry::{Actor, AsOf, Branch, Charge, Desk, Member, Office, Organisation, Person, Role, Sees, member, person};
use vocabulary::{Clock, Day, Id, Outcome, day};

pub const BEGIN: Day = day!(2026 - 01 - 01);

pub struct World {
    pub office: Office,
    pub town: Id<Organisation>,
    pub village: Id<Organisation>,
    pub other: Id<Organisation>,
    pub branch: Id<Branch>,
    pub small: Id<Branch>,
    pub people: Vec<(String, Id<Person>)>,
    pub members: Vec<Id<Member>>,
    pub point: Id<Charge>,
    pub second_point: Id<Charge>,
    _guard: Guard,
}

pub fn worlds() -> Vec<(&'static str, World)> {
    offices_with(affairs::MIGRATIONS, Clock::on(BEGIN)).into_iter().map(|(name, office, guard)| (name, World::plant(office, guard))).collect()
}

const NAMES: [&str; 11] = ["王大山", "李小河", "张云", "赵强", "孙敏", "周勤", "吴桂", "郑田", "冯立", "陈默", "王建国"];

impl World {
    fn plant(office: Office, guard: Guard) -> World {
        let mut made = None;
        office
            .write(&Actor::program(), |desk| {
                let unit = |desk: &mut Desk, name: &str, kind: &str, parent: Option<Id<Organisation>>| {
                    organisation::add(desk, NewUnit { parent, name: name.into(), kind: Some(kind.into()), from_day: Some(day!(1990 - 01 - 01).into()), ..NewUnit::default() })
                };
                let root = unit(desk, "青云县", "其他机构", None)?;
                let town = unit(desk, "青云镇", "镇", Some(root))?;
                let village = unit(desk, "大王庄村", "村", Some(town))?;
                let other = unit(desk, "石门村", "村", Some(town))?;
                let entry = desk.record(Happened { act: "person.add", subject: "person", number: None, says: "录入".into() })?;
                let mut people = Vec::new();
                for name in NAMES {
                    let id = person::add(desk, Details { name: name.into(), ..Details::default() }, entry)?;
                    people.push((name.to_owned(), id));
                }
                let party = |desk: &mut Desk, organisation, name: &str, kind: &str, parent| {
                    let term = (kind == "党支部").then(|| (day!(2021 - 12 - 20).into(), 5));
                    branch::add(desk, &NewParty { parent, organisation, name: name.into(), kind: kind.into(), elected_on: None, term_years: term.map(|t: (vocabulary::Date, i64)| t.1), order_no: 1, from_day: day!(1990 - 01 - 01).into() })
                };
                let above = party(desk, town, "青云镇党委", "党委", None)?;
                let branch = party(desk, village, "大王庄村党支部", "党支部", Some(above))?;
                let small = party(desk, other, "石门村党支部", "党支部", Some(above))?;
                let comrade = |person, branch, joined: vocabulary::Day| member::NewComrade { person, branch, grouped: None, kind: "正式党员".into(), joined: Some(joined.into()), fee: None, from: day!(2020 - 01 - 01) };
                let mut members = Vec::new();
                for (_, p) in &people[..8] {
                    members.push(member::add(desk, &comrade(*p, branch, day!(2007 - 07 - 01)))?);
                }
                members.push(member::add(desk, &comrade(people[8].1, small, day!(2004 - 02 - 29)))?);
                let roles = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员"];
                let committee: Vec<_> = people.iter().zip(roles).map(|((_, p), r)| (*p, r.to_owned())).collect();
                branch::elect(desk, branch, day!(2021 - 12 - 20).into(), &committee)?;
                branch::elect(desk, small, day!(2023 - 06 - 10).into(), &[(people[8].1, "书记".to_owned())])?;
                let point = charge::begin(desk, "党建联系点", &Taker::Person(people[10].1), village, BEGIN)?;
                let second_point = charge::begin(desk, "党建联系点", &Taker::Person(people[10].1), other, BEGIN)?;
                made = Some((town, village, other, branch, small, people, members, point, second_point));
                Ok::<_, Error>(())
            })
            .unwrap();
        let (town, village, other, branch, small, people, members, point, second_point) = made.unwrap();
        World { office, town, village, other, branch, small, people, members, point, second_point, _guard: guard }
    }

    pub fn on(&mut self, day: Day) -> &mut World {
        self.office.clock = Clock::on(day);
        self
    }
    pub fn person(&self, name: &str) -> Id<Person> {
        self.people.iter().find(|(n, _)| n == name).unwrap().1
    }
    pub fn read<T>(&self, work: impl FnOnce(&Desk) -> Result<T, Error>) -> T {
        self.office.read(&Actor::program(), AsOf::default(), work).unwrap()
    }
    pub fn write<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Error>) -> T {
        self.office.write(&Actor::program(), work).unwrap()
    }
    /// The secretary of 大王庄村, who may write nothing but what is the branch's own.
    pub fn secretary(&self) -> Actor {
        let path = self.read(|desk| Ok(organisation::find(desk, self.village)?.path));
        Actor { role: Role::BranchSecretary, shown: "王大山".into(), sees: Sees::Below(path), person: Some(self.person("王大山")), ..Actor::program() }
    }
    pub fn standing(&self, key: &str, unit: i64, occurrence: &str) -> &'static str {
        self.read(|desk| Ok(duty::one(desk, duty::find(desk, key)?, unit, occurrence)?.says))
    }
    /// Everybody that the roll names is there.
    pub fn roll(&self, key: &str, unit: i64, on: Day) -> Vec<Attendee> {
        self.read(|desk| duty::expected(desk, duty::find(desk, key)?, unit, on))
    }
    pub fn hand_in(&self, given: &Completion) -> Outcome<i64> {
        self.write(|desk| duty::complete(desk, given))
    }
    pub fn theme_day(&self, occurrence: &str, on: Day) -> Completion {
        let unit = self.branch.number();
        let mut given = Completion::of("party-life/theme-day", unit, occurrence, on).field("theme", "清洁家园").field("done", "打扫村道");
        given.roll = self.roll("party-life/theme-day", unit, on);
        given
    }
}
