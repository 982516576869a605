//! A small county for cases: 青云镇 with 东关社区, three departments, and who works there.

use affairs::case::{self, Doing, Receipt, Report};
use affairs::{Case, Error};
use institution::case::Act;
use registry::account::{self, NewAccount};
use registry::actor::Role;
use registry::organisation::{self, NewUnit};
use registry::testing::Guard;
use registry::{Actor, AsOf, Desk, Office, Organisation, Person};
use vocabulary::{Clock, Id, Moment, Outcome};

pub struct Street {
    pub office: Office,
    _guard: Guard,
    pub name: &'static str,
}

pub fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// One on each database, at nine on a Monday.
pub fn streets() -> Vec<Street> {
    let offices = registry::testing::offices_with(affairs::MIGRATIONS, Clock::Fixed(at("2026-11-23 09:00")));
    offices.into_iter().map(|(name, office, guard)| Street { office, _guard: guard, name }.built()).collect()
}

/// Only SQLite, for what has nothing to do with the dialect.
pub fn street() -> Street {
    let (name, office, guard) = registry::testing::sqlite(affairs::MIGRATIONS, Clock::Fixed(at("2026-11-23 09:00")));
    Street { office, _guard: guard, name }.built()
}

impl Street {
    fn built(self) -> Street {
        self.office
            .write(&Actor::program(), |desk| {
                let add = |desk: &mut Desk, parent: Option<&str>, name: &str, kind: &str| {
                    let parent = parent.map(|p| organisation::named(desk, p)).transpose()?.flatten().map(|u| u.id);
                    let new = NewUnit { parent, name: name.into(), short_name: name.into(), kind: Some(kind.into()), ..NewUnit::default() };
                    organisation::add(desk, new)
                };
                add(desk, None, "青云县", "其他机构")?;
                for department in ["县住房和城乡建设局", "县公安局", "县水利局"] {
                    add(desk, Some("青云县"), department, "县政府部门")?;
                }
                add(desk, Some("青云县"), "青云镇", "镇")?;
                for community in ["东关社区", "西关社区"] {
                    add(desk, Some("青云镇"), community, "社区")?;
                }
                for (name, role, scope) in [
                    ("东关", Role::CommunityWorker, "东关社区"),
                    ("东关二", Role::CommunityWorker, "东关社区"),
                    ("西关", Role::CommunityWorker, "西关社区"),
                    ("镇里", Role::CommunityWorker, "青云镇"),
                    ("住建", Role::Liaison, "县住房和城乡建设局"),
                    ("公安", Role::Liaison, "县公安局"),
                ] {
                    let scope = organisation::named(desk, scope)?.map(|u| u.id);
                    account::add(desk, NewAccount { name, shown: name, role, scope, person: None, password: "Qingyun-Zhiren-2026-试" })?;
                }
                Ok::<_, registry::Error>(())
            })
            .unwrap();
        self
    }

    pub fn now(&mut self, text: &str) {
        self.office.clock = Clock::Fixed(at(text));
    }

    pub fn unit(&self, name: &str) -> Id<Organisation> {
        self.read(&Actor::program(), |desk| Ok(case::unit_named(desk, name)?.unwrap().id))
    }

    /// Who works there, as the door would seat them.
    pub fn actor(&self, name: &str) -> Actor {
        self.read(&Actor::program(), |desk| Ok(registry::actor::named(desk, name)?.unwrap()))
    }
    pub fn officer(&self) -> Actor {
        Actor { role: Role::Officer, shown: "组织部".into(), ..Actor::program() }
    }

    pub fn read<T>(&self, actor: &Actor, work: impl FnOnce(&Desk) -> affairs::Result<T>) -> T {
        self.office.read(actor, AsOf::default(), work).unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }
    pub fn write<T>(&self, actor: &Actor, work: impl FnOnce(&mut Desk) -> affairs::Result<T>) -> T {
        self.office.write(actor, work).unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }
    pub fn find(&self, actor: &Actor, id: Id<Case>) -> Result<case::Record, Error> {
        self.office.read(actor, AsOf::default(), |desk| case::find(desk, id))
    }

    /// 居民扫码, at 东关社区.
    pub fn reported(&self, words: &str) -> Receipt {
        self.report(Report { words: words.into(), name: "田大妈".into(), phone: "13900000001".into(), ..self.blank("东关社区") })
    }
    pub fn blank(&self, place: &str) -> Report {
        Report { system: "whistle-and-report".into(), way: "居民扫码".into(), place: Some(self.unit(place)), ..Report::default() }
    }
    pub fn report(&self, report: Report) -> Receipt {
        match self.write(&case::resident(), |desk| case::report(desk, &report)) {
            Outcome::Done(receipt) => receipt,
            Outcome::Refused(findings) => panic!("{}: {:?}", self.name, findings.rules()),
        }
    }

    /// Does it, or tells the rules that refuse it.
    pub fn tries(&self, who: &str, id: Id<Case>, doing: Doing) -> Result<i64, Vec<String>> {
        match self.office.write(&self.actor(who), |desk| case::act(desk, id, doing)) {
            Err(Error::NotFound(_)) => Err(vec!["not-found".into()]),
            Err(error) => panic!("{}: {error}", self.name),
            Ok(Outcome::Done(number)) => Ok(number),
            Ok(Outcome::Refused(findings)) => Err(findings.rules().into_iter().map(str::to_owned).collect()),
        }
    }
    pub fn does(&self, who: &str, id: Id<Case>, doing: Doing) -> i64 {
        self.tries(who, id, doing).unwrap_or_else(|rules| panic!("{}: {who}: {rules:?}", self.name))
    }
    pub fn stage(&self, id: Id<Case>) -> &'static str {
        self.find(&Actor::program(), id).unwrap().life.stage.says()
    }

    /// Sorted and whistled to 住建局; the part's number.
    pub fn whistled(&self, id: Id<Case>) -> i64 {
        self.does("东关", id, Doing::of(Act::Sort).word("property"));
        self.does("东关", id, Doing::of(Act::Whistle).unit(self.unit("县住房和城乡建设局")))
    }
    /// Claimed, done, answered.
    pub fn answered(&self, id: Id<Case>) {
        let part = self.whistled(id);
        self.does("住建", id, Doing::of(Act::Claim).part(part));
        self.does("住建", id, Doing::of(Act::Reply).part(part).says("已更换控制柜"));
        self.does("东关", id, Doing::of(Act::Answer).says("电梯已修好，今天下午恢复使用"));
    }

    /// Somebody who serves in `unit`, in the registry.
    pub fn serving(&self, name: &str, unit: &str) -> Id<Person> {
        let unit = self.unit(unit);
        self.write(&Actor::program(), |desk| {
            let entry = desk.record(registry::desk::Happened { act: "test", subject: "person", number: None, says: String::new() })?;
            let person = desk.insert("persons", &["entered"], &[entry.into()])?;
            for (column, text) in [("name", name)] {
                desk.insert(
                    "person_details",
                    &["person", column, "pinyin", "initials", "strokes", "entered"],
                    &[person.into(), text.into(), "".into(), "".into(), "".into(), entry.into()],
                )?;
            }
            desk.insert(
                "tenures",
                &["person", "organisation", "kind", "title", "leading", "main", "order_no", "from_day", "entered"],
                &[person.into(), unit.number().into(), "现任".into(), "主任".into(), 1.into(), 1.into(), 1.into(), "2024-01-01".into(), entry.into()],
            )?;
            Ok(Id::new(person))
        })
    }
}
