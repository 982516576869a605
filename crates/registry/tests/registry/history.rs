//! T-35: whatever is entered, corrected and withdrawn, in whatever order: what was known stays known.
//!
//! A model of a few lines holds every version with its two times; the tables are asked at every journal number and on
//! many days, through the filter that all questions use. `ZHIREN_HISTORIES` says how many histories (20,000 at commit,
//! 1,000,000 for a release); the server is asked a tenth of them, being slower to ask.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use registry::facts::Question;
use registry::rows::RankHeld;
use registry::{Actor, Desk, Error, Office, Person, dated, testing};
use vocabulary::{Date, Day, Id, day};

use crate::office::{entry, somebody};

#[derive(Clone, Debug)]
enum Act {
    /// Entered now, true then: also long ago, also of the future.
    Add { from: u16, length: Option<u16> },
    /// Another version in the place of the n-th that is held now.
    Correct { which: usize, from: u16, length: Option<u16> },
    Withdraw { which: usize },
}

fn act() -> impl Strategy<Value = Act> {
    let length = prop::option::weighted(0.7, 1..900_u16);
    prop_oneof![
        3 => (0..3000_u16, length.clone()).prop_map(|(from, length)| Act::Add { from, length }),
        2 => (any::<usize>(), 0..3000_u16, length).prop_map(|(which, from, length)| Act::Correct { which, from, length }),
        1 => any::<usize>().prop_map(|which| Act::Withdraw { which }),
    ]
}

/// One version with its two times.
#[derive(Clone, Debug)]
struct Version {
    row: i64,
    from: Day,
    until: Option<Day>,
    entered: i64,
    superseded: Option<i64>,
}

const START: Day = day!(2015 - 01 - 01);

fn rank(from: u16, length: Option<u16>) -> (RankHeld, Day, Option<Day>) {
    let from = START.plus_days(from.into());
    let until = length.map(|l| from.plus_days(l.into()));
    let row = RankHeld { ladder: "职级".into(), rank: "四级主任科员".into(), paper: None, from_day: from.into(), until_day: until.map(Date::from) };
    (row, from, until)
}

/// The rows that hold on `day` as known at `known`, as every question asks it.
fn asked(desk: &Desk, person: Id<Person>, day: Day, known: i64) -> Result<Vec<i64>, Error> {
    let filter = Question::new(desk.dictionary(), day, Some(known), false).now_filter("t");
    let sql = format!("select t.id from ranks t where t.person = $1 and {filter} order by t.id");
    Ok(desk.rows(&sql, &[person.number().into()])?.iter().map(|r| r.int(0)).collect())
}

fn modelled(versions: &[Version], day: Day, known: i64) -> Vec<i64> {
    let so = |v: &&Version| v.from <= day && v.until.is_none_or(|u| day < u);
    let held = |v: &&Version| v.entered <= known && v.superseded.is_none_or(|s| s > known);
    let mut rows: Vec<i64> = versions.iter().filter(so).filter(held).map(|v| v.row).collect();
    rows.sort_unstable();
    rows
}

fn walk(desk: &mut Desk, acts: &[Act]) -> Result<(), TestCaseError> {
    let fail = |e: Error| TestCaseError::fail(e.to_string());
    let person = somebody(desk, "史上的人", None).map_err(fail)?;
    let mut versions: Vec<Version> = Vec::new();
    let mut entries = Vec::new();
    for act in acts {
        let entered = entry(desk).map_err(fail)?;
        entries.push(entered);
        let held: Vec<usize> = (0..versions.len()).filter(|v| versions[*v].superseded.is_none()).collect();
        match act {
            Act::Add { from, length } => {
                let (row, from, until) = rank(*from, *length);
                let row = dated::add(desk, person, &row, entered).map_err(fail)?;
                versions.push(Version { row, from, until, entered, superseded: None });
            }
            Act::Correct { which, from, length } if !held.is_empty() => {
                let old = held[which % held.len()];
                let (row, from, until) = rank(*from, *length);
                let row = dated::replace(desk, versions[old].row, person, &row, entered).map_err(fail)?;
                versions[old].superseded = Some(entered);
                versions.push(Version { row, from, until, entered, superseded: None });
            }
            Act::Withdraw { which } if !held.is_empty() => {
                let old = held[which % held.len()];
                dated::withdraw::<RankHeld>(desk, versions[old].row, person, entered).map_err(fail)?;
                versions[old].superseded = Some(entered);
                // Who comes second is told, and nothing changes.
                let again = dated::withdraw::<RankHeld>(desk, versions[old].row, person, entered);
                prop_assert!(matches!(again, Err(Error::Changed(_))));
            }
            _ => {}
        }
    }
    // Nothing was deleted, and what was known after each entry is still the answer now.
    let all = desk.one("select count(*) from ranks where person = $1", &[person.number().into()]).map_err(fail)?.int(0);
    prop_assert_eq!(all, versions.len() as i64);
    for known in entries {
        for at in [0, 700, 1500, 2900, 3800] {
            let day = START.plus_days(at);
            prop_assert_eq!(asked(desk, person, day, known).map_err(fail)?, modelled(&versions, day, known), "day {} known {}", day, known);
        }
    }
    Ok(())
}

fn histories(database: &str, office: &Office, cases: u32) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[26; 32]));
    let outcome = office.write(&Actor::program(), |desk| {
        let desk = std::cell::RefCell::new(desk);
        let ran = runner.run(&prop::collection::vec(act(), 1..7), |acts| walk(*desk.borrow_mut(), &acts));
        // All of it is taken back: the next database begins with nothing.
        Err::<(), _>(Error::Wrong(ran.err().map_or_else(String::new, |e| e.to_string())))
    });
    match outcome {
        Err(Error::Wrong(says)) if says.is_empty() => {}
        other => panic!("{database}, seed 26…: {other:?}"),
    }
}

#[test]
fn what_was_known_stays_known_whatever_comes_later() {
    let cases: u32 = std::env::var("ZHIREN_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    for (database, office, _guard) in testing::offices() {
        histories(database, &office, if database == "SQLite" { cases } else { cases / 10 });
    }
}
