//! A working day in steps, each in a folder of its own, and what can be seen of it afterwards.

use intake::{Choices, Staging};
use registry::account::{self, NewAccount, session};
use registry::lasting::{self, Restore, Until};
use registry::once::Submission;
use registry::rows::Details;
use registry::{Actor, Error, MIGRATIONS, Office, Role, person, testing};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Place, Store, archive};
use vocabulary::{Clock, Id, Moment};

type Answer = Result<(), Box<dyn std::error::Error>>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// The first start: an empty folder becomes an office.
    Open,
    /// A record is amended by a form with a key.
    Amend,
    Account,
    /// In, seen, and out again.
    Session,
    Stage,
    Import,
    Backup,
    Restore,
}

pub const STEPS: [Step; 8] =
    [Step::Open, Step::Amend, Step::Account, Step::Session, Step::Stage, Step::Import, Step::Backup, Step::Restore];

/// Rows in every table, and what lies beside the database.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    rows: BTreeMap<String, i64>,
    superseded: i64,
    beside: Vec<String>,
}

/// A copy of the planted office; gone with the value.
pub struct Folder(pub PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

impl Folder {
    fn empty() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let folder = std::env::temp_dir().join(format!("zhiren-failing-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }

    /// Two people on record, a backup from before the second, and a form that waits.
    pub fn planted() -> Folder {
        static PLANTED: OnceLock<Folder> = OnceLock::new();
        let planted = PLANTED.get_or_init(|| {
            let folder = Folder::empty();
            let office = office(&folder.0).expect("an office");
            add(&office, "李明");
            lasting::backup(&office, "青云县", &folder.0.join("early.backup"), None, &mut |_| {}).expect("a backup");
            add(&office, "陈晓燕");
            office.store.close_for_good().expect("closed");
            folder
        });
        let copy = Folder::empty();
        for name in ["zhiren.db", "early.backup"] {
            std::fs::copy(planted.0.join(name), copy.0.join(name)).expect("copied");
        }
        copy
    }
}

fn add(office: &Office, name: &str) {
    let details = Details { name: name.into(), ..Details::default() };
    office
        .write(&Actor::program(), |desk| {
            let happened = registry::desk::Happened { act: "person.add", subject: "person", number: None, says: name.into() };
            let entry = desk.record(happened)?;
            person::add(desk, details, entry)
        })
        .expect("a person");
}

fn database(folder: &Path) -> PathBuf {
    folder.join("zhiren.db")
}

/// The institutions are read once: the failure is to meet the record, not the reading of files.
fn book() -> institution::Book {
    static FILES: OnceLock<institution::book::Files> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    let files = FILES.get_or_init(|| institution::book::files_under(&folder).expect("institutions"));
    institution::Book::from_files(files).unwrap_or_else(|faults| panic!("{faults}"))
}

fn office(folder: &Path) -> registry::Result<Office> {
    Office::open(Place::File(database(folder)), book(), Clock::on(testing::TODAY))
}

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Person><XingMing>王建国</XingMing><XingBie>男</XingBie><ChuShengNianYue>197204</ChuShengNianYue></Person>";

impl Step {
    pub fn run(self, folder: &Path) -> Answer {
        match self {
            Step::Open => {
                std::fs::create_dir_all(folder.join("new"))?;
                Office::open(Place::File(folder.join("new/zhiren.db")), book(), Clock::on(testing::TODAY))?;
            }
            Step::Amend => {
                let office = office(folder)?;
                let sent = Submission::new("0123456789abcdef", "周敏", b"health").ok_or("a key")?;
                office.write_once(&Actor::program(), &sent, |desk| {
                    let old = person::find(desk, Id::new(1))?;
                    person::amend(desk, Id::new(1), old.id, Details { health: Some("健康".into()), ..old.row })?;
                    let entry = desk.record(registry::desk::Happened { act: "test", subject: "person", number: Some(1), says: "职级".into() })?;
                    let rank = registry::rows::RankHeld { ladder: "职级".into(), rank: "四级主任科员".into(), paper: None, from_day: "2026-02".parse().map_err(|_| Error::Wrong("date".into()))?, until_day: None };
                    let id = registry::dated::add(desk, Id::new(1), &rank, entry)?;
                    registry::dated::withdraw::<registry::rows::RankHeld>(desk, id, Id::new(1), entry)
                })?;
            }
            Step::Account => {
                let new = NewAccount { name: "zuzhi", shown: "周敏", role: Role::Officer, scope: None, person: None, password: "qingyun-demo-2026" };
                office(folder)?.write(&Actor::program(), |desk| account::add(desk, new))?;
            }
            Step::Session => {
                let office = office(folder)?;
                let (program, number) = (Actor::program(), 1);
                // An account of the old kind is enough to hang a session on.
                let columns = "insert into accounts (id, name, shown, role, password, entered) values (1, 'x', 'x', 'officer', 'x', 1) on conflict do nothing";
                office.store.write(|tx| tx.execute(columns, &[]))?;
                let now = office.clock.now();
                let token = office.write(&program, |desk| account::open_session(desk, Id::new(number)))?;
                office.write(&program, |desk| session::seen(desk, &token, now))?;
                office.write(&program, |desk| session::end(desk, &token, now, session::Why::Logout))?;
            }
            Step::Stage => {
                let staging = Staging::new(folder.join("staging"), vault::Keys::for_tests(vault::Profile::Intl).into());
                let staged = staging.keep(1, "王建国.lrmx", FORM.as_bytes(), Moment(1_000))?;
                staging.keep_choices(&staged, &Choices { name_is_enough: true, ..Choices::default() })?;
                let other = staging.keep(1, "不要的.lrmx", FORM.as_bytes(), Moment(1_000))?;
                staging.forget(&other)?;
            }
            Step::Import => {
                let file = folder.join("王建国.lrmx");
                std::fs::write(&file, FORM)?;
                office(folder)?.write(&Actor::program(), |desk| {
                    let offered = intake::Offered::Path(&file);
                    intake::apply(desk, offered, None, &Choices::default(), &mut |_, _| {})
                })?;
            }
            Step::Backup => {
                let office = office(folder)?;
                lasting::backup(&office, "青云县", &folder.join("late.backup"), None, &mut |_| {})?;
            }
            Step::Restore => {
                let to = Place::File(database(folder));
                let asked = Restore {
                    from: &folder.join("early.backup"),
                    to: &to,
                    replace: true,
                    until: Until::Whole,
                    seal: None,
                    migrations: MIGRATIONS,
                    clock: Clock::on(testing::TODAY),
                    keys: vault::Keys::for_tests(vault::Profile::Intl).into(),
                };
                lasting::restore(book(), &asked, &mut |_| {})?;
            }
        }
        Ok(())
    }

    /// Done again after a failure: what had arrived already is not done twice.
    pub fn again(self, folder: &Path) -> Answer {
        match self {
            Step::Amend => match self.run(folder) {
                Err(e) if e.to_string().contains("没有重复办理") => Ok(()),
                other => other,
            },
            Step::Backup if folder.join("late.backup").exists() => Ok(()),
            Step::Account | Step::Import | Step::Session | Step::Stage if self.state(folder) == after(self) => Ok(()),
            Step::Session => {
                // A login that broke off leaves its session behind, and nobody holds its secret.
                store_of(folder)?.write(|tx| tx.execute("delete from sessions", &[]))?;
                self.run(folder)
            }
            Step::Stage => {
                std::fs::remove_dir_all(folder.join("staging")).ok();
                self.run(folder)
            }
            _ => self.run(folder),
        }
    }

    /// What is there now, seen without the operations.
    pub fn state(self, folder: &Path) -> State {
        let database = if self == Step::Open { folder.join("new/zhiren.db") } else { database(folder) };
        let mut state = if database.exists() { rows(&database) } else { State::default() };
        match self {
            Step::Backup => {
                if let Ok(file) = std::fs::File::open(folder.join("late.backup")) {
                    let whole = archive::examine(&mut std::io::BufReader::new(file), None).expect("a backup under its name is whole");
                    state.beside.push(format!("backup to {}", whole.head.known));
                }
            }
            Step::Stage => {
                let staging = Staging::new(folder.join("staging"), vault::Keys::for_tests(vault::Profile::Intl).into());
                let ids = std::fs::read_dir(folder.join("staging")).into_iter().flatten().flatten();
                let waiting: Vec<_> = ids.filter_map(|e| staging.find(1, &e.file_name().to_string_lossy()).ok()).collect();
                let mut choices = waiting.iter().map(|s| staging.choices(s).expect("what waits can be read").name_is_enough);
                // Only the whole step shows: one upload with its choices, the other gone.
                if waiting.len() == 1 && choices.all(|c| c) {
                    state.beside.push("staged".into());
                }
            }
            Step::Session => {
                // Between login and logout there is a session in use: both ends are right.
                state.rows.remove("accounts");
                state.rows.remove("sessions");
                let closed = store_of(folder).and_then(|s| s.read(|tx| tx.one("select count(*) from sessions where closed is not null", &[])));
                state.superseded = closed.expect("sessions").int(0);
            }
            _ => {}
        }
        state
    }
}

fn store_of(folder: &Path) -> store::Result<Store> {
    Store::open(Place::File(database(folder)))
}

fn rows(database: &Path) -> State {
    let store = Store::open(Place::File(database.to_owned())).expect("it opens");
    assert!(store.read_through(std::time::Duration::from_secs(60)).expect("it is whole"));
    store
        .read(|tx| {
            assert_eq!(store::orphans(tx)?, Vec::<String>::new());
            let mut state = State::default();
            // The database as it is born, before anything was made of it.
            if tx.has_table("person_details")? {
                state.superseded = tx.one("select count(*) from person_details where superseded is not null", &[])?.int(0);
            }
            for table in store::tables(tx, &["sqlite_stat1"])? {
                state.rows.insert(table.name.clone(), tx.one(&format!("select count(*) from {}", table.name), &[])?.int(0));
            }
            // Computed, and made anew when it is missing.
            for computed in ["standing", "settings"] {
                state.rows.remove(computed);
            }
            if state.rows.values().all(|n| *n == 0) {
                state.rows.clear();
            }
            Ok::<_, store::Error>(state)
        })
        .expect("it can be read")
}

/// What the step finds, and what it leaves.
pub fn before(step: Step) -> State {
    states(step).0.clone()
}
pub fn after(step: Step) -> State {
    states(step).1.clone()
}

fn states(step: Step) -> &'static (State, State) {
    static STATES: [OnceLock<(State, State)>; 8] = [const { OnceLock::new() }; 8];
    STATES[step as usize].get_or_init(|| {
        let folder = Folder::planted();
        let before = step.state(&folder.0);
        step.run(&folder.0).unwrap_or_else(|e| panic!("{step:?}: {e}"));
        (before, step.state(&folder.0))
    })
}
