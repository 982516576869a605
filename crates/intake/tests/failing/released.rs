//! T-25: every released schema is brought up to date, interrupted anywhere and done again; a newer one is left alone.

use crate::ALONE;
use registry::{Actor, AsOf, MIGRATIONS, Office, account, dated, person, rows, testing};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use store::{Place, Store, fail};
use vocabulary::{Clock, Id};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/released")
}

/// Both databases as release `number` left them.
fn released(number: u32) -> Vec<(&'static str, Place, testing::Guard)> {
    let mut places = testing::places();
    for (_, place, guard) in &mut places {
        match place {
            Place::File(path) => {
                std::fs::create_dir_all(guard.folder()).expect("a folder");
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                std::fs::copy(fixtures().join(format!("{number:04}.db")), path).expect("the fixture");
            }
            Place::Postgres(url) => {
                let file = fixtures().join(format!("{number:04}.pg.sql"));
                let ended = std::process::Command::new("psql").args([&**url, "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f"]).arg(file).output().expect("psql");
                assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
            }
        }
    }
    places
}

fn counts(place: &Place) -> BTreeMap<String, i64> {
    let store = Store::open(place.clone()).expect("it opens");
    store
        .read(|tx| {
            let tables = store::tables(tx, &["sqlite_stat1"])?;
            tables.iter().map(|t| Ok((t.name.clone(), tx.one(&format!("select count(*) from {}", t.name), &[])?.int(0)))).collect::<store::Result<_>>()
        })
        .expect("it can be read")
}

fn open(place: &Place) -> registry::Result<Office> {
    Office::open(place.clone(), testing::book(), Clock::on(testing::TODAY))
}

/// What the office knew, asked as people ask it.
fn is_as_it_was(database: &str, place: &Place, before: &BTreeMap<String, i64>) {
    let office = open(place).unwrap_or_else(|e| panic!("{database}: {e}"));
    let program = Actor::program();
    office
        .read(&program, AsOf::default(), |desk| {
            let li = person::find(desk, Id::new(1))?.row;
            assert_eq!((li.name.as_str(), li.born.map(|d| d.to_string()).as_deref()), ("李明", Some("1985-05")), "{database}");
            assert_eq!((li.id_number.as_deref(), li.health.as_deref(), li.remark.as_deref()), (Some("990000198504120011"), Some("健康"), Some("新备注")), "{database}");
            let versions = dated::history::<rows::Details>(desk, Id::new(1))?;
            assert_eq!(versions.iter().map(|v| (v.entered, v.superseded)).collect::<Vec<_>>(), [(2, Some(4)), (4, None)], "{database}");
            assert_eq!(dated::of::<rows::Tenure>(desk, Id::new(1))?[0].row.paper.as_deref(), Some("青组干〔2026〕7号"), "{database}");
            assert_eq!(dated::of::<rows::Relative>(desk, Id::new(1))?[0].row.name, "王芳", "{database}");
            assert_eq!(dated::of::<rows::Sanction>(desk, Id::new(2))?[0].row.name, "警告", "{database}");
            assert_eq!(account::named(desk, "zuzhi")?.map(|a| a.id), Some(Id::new(1)), "{database}");
            assert_eq!(person::search(desk, "990000198504120011", 3)?.len(), 1, "{database}: found by number");
            Ok::<_, registry::Error>(())
        })
        .unwrap_or_else(|e| panic!("{database}: {e}"));
    drop(office);
    let now = counts(place);
    for (table, rows) in before {
        let more = ["migrations", "settings", "journal"].contains(&table.as_str());
        assert!(now.get(table) == Some(rows) || more && now.get(table) >= Some(rows), "{database}, {table}: {rows} rows before, {:?} after", now.get(table));
    }
}

#[test]
fn every_released_database_comes_up_to_date_with_all_it_knew() {
    let _alone = ALONE.lock().unwrap_or_else(|p| p.into_inner());
    fail::set("");
    for (database, place, _guard) in released(2) {
        let before = counts(&place);
        is_as_it_was(database, &place, &before);
        // A second start finds nothing to do.
        is_as_it_was(database, &place, &before);
    }
}

#[test]
fn an_upgrade_that_breaks_off_anywhere_leaves_the_old_schema_and_arrives_when_done_again() {
    let _alone = ALONE.lock().unwrap_or_else(|p| p.into_inner());
    fail::set("");
    let steps = MIGRATIONS.len() - 2;
    for (database, place, _guard) in released(2) {
        let before = counts(&place);
        for point in ["migrate.begin", "migrate.step", "migrate.noted", "migrate.done", "store.commit"] {
            let times = if ["migrate.step", "migrate.noted"].contains(&point) { steps } else { 1 };
            for nth in 1..=times {
                for failure in ["error", "panic"] {
                    fail::set(&format!("{point}={nth}*{failure}"));
                    let opened = catch_unwind(AssertUnwindSafe(|| open(&place).map(|_| ())));
                    fail::set("");
                    assert!(!matches!(opened, Ok(Ok(()))), "{database}: {point} {nth} {failure} was passed over");
                    assert_eq!(counts(&place), before, "{database}: {point} {nth} {failure} left something");
                }
            }
        }
        is_as_it_was(database, &place, &before);
    }
}

#[test]
fn a_newer_database_is_left_alone() {
    let _alone = ALONE.lock().unwrap_or_else(|p| p.into_inner());
    fail::set("");
    for (database, place, _guard) in released(2) {
        Store::open(place.clone()).unwrap().write(|tx| tx.execute("insert into migrations values (9999, 'later', '00')", &[])).unwrap();
        let before = counts(&place);
        let bytes = |place: &Place| if let Place::File(path) = place { std::fs::read(path).unwrap() } else { vec![] };
        let was = bytes(&place);
        let refused = open(&place).map(|_| ());
        assert!(matches!(refused, Err(registry::Error::Store(store::Error::Newer(9999)))), "{database}: {refused:?}");
        assert_eq!(counts(&place), before, "{database}");
        assert!(bytes(&place) == was, "{database}: not a byte has changed");
    }
}
