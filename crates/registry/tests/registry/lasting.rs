//! Backups, and the way back: T-20, T-22.

use registry::lasting::{self, LEFT_OUT, Restore, Restored, Until, cut::Cut};
use registry::rows::Details;
use registry::source::NewSource;
use registry::{Actor, AsOf, MIGRATIONS, Office, account, person, testing};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::Place;
use store::archive::Seal;
use vocabulary::{Clock, Day, day};

use crate::office::{date, somebody, town};

/// What a record comes to: every table but what the program knows of itself.
pub type Sums = BTreeMap<String, store::Sum>;

pub fn sums(office: &Office) -> Sums {
    let mut sums = office.store.read(|tx| store::digests(tx, LEFT_OUT)).unwrap();
    sums.remove("settings");
    sums.remove("journal_tree");
    sums
}

/// An office with a history: odd names, bytes, corrections, an account opened and closed. Answers what the record came to
/// after each journal number.
pub fn history(office: &mut Office) -> BTreeMap<i64, Sums> {
    let program = Actor::program();
    let mut after = BTreeMap::new();
    let mut day = day!(2026 - 01 - 05);
    let mut step = |office: &mut Office, work: &dyn Fn(&mut registry::Desk) -> registry::Result<()>| {
        office.clock = Clock::on(day);
        day = Day::from_number(day.number() + 3);
        office.write(&program, |desk| work(desk)).unwrap();
        after.insert(office.head(), sums(office));
    };
    step(office, &|desk| town(desk).map(|_| ()));
    for name in ["李明", "㐂𠮷·买买提\u{202e}", "=HYPERLINK(\"x\")", "O'Brien \"\\ \t", "陈晓燕"] {
        step(office, &|desk| somebody(desk, name, Some("1985-04")).map(|_| ()));
    }
    for (at, health) in ["健康", "一般", "", "健康"].into_iter().enumerate() {
        step(office, &|desk| {
            let id = vocabulary::Id::new(1 + at as i64 % 2);
            let old = person::find(desk, id)?;
            person::amend(desk, id, old.id, Details { health: Some(health.into()), born: Some(date("1985-05")), ..old.row })
        });
    }
    step(office, &|desk| {
        let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        let source = registry::source::keep(desk, &NewSource { name: "名册.xlsx", kind: "roster", checksum: "00", bytes: Some(&bytes) })?;
        desk.brought_by(Some(source.number()));
        somebody(desk, "带来的人", None)?;
        desk.brought_by(None);
        Ok(())
    });
    step(office, &|desk| {
        let new = account::NewAccount { name: "zuzhi", shown: "周敏", role: registry::Role::Officer, scope: None, person: None, password: "青云" };
        account::add(desk, new).map(|_| ())
    });
    step(office, &|desk| {
        let entry = crate::office::entry(desk)?;
        desk.execute("update accounts set closed = $1 where name = 'zuzhi'", &[entry.into()])?;
        Ok(())
    });
    after
}

pub fn back(from: &Path, to: &Place, until: Until, replace: bool, seal: Option<&dyn Seal>) -> registry::Result<Restored> {
    let asked = Restore { from, to, replace, until, seal, migrations: MIGRATIONS, clock: Clock::on(testing::TODAY), keys: vault::Keys::for_tests(vault::Profile::Intl).into() };
    lasting::restore(testing::book(), &asked, &mut |_| {})
}

/// The restored record, without the entry that tells of the restore.
fn restored(place: &Place) -> Sums {
    let store = store::Store::open(place.clone()).unwrap();
    store
        .write(|tx| {
            let last = "select max(id) from journal";
            let last = tx.one(last, &[])?.int(0);
            assert_eq!(tx.one("select act from journal where id = $1", &[last.into()])?.text(0), "backup.restore");
            assert_eq!(store::orphans(tx)?, Vec::<String>::new());
            let keys = vault::Keys::for_tests(vault::Profile::Intl);
            let verdict = registry::journal::verify::verify(tx, &keys, &[]).expect("a verdict");
            assert!(verdict.whole(), "the journal proves itself also after a restore: {:?}", verdict.faults);
            tx.execute("delete from journal where id = $1", &[last.into()])?;
            let mut sums = store::digests(tx, LEFT_OUT)?;
            sums.remove("settings");
            // Stands one entry further: the one that tells of the restore.
            sums.remove("journal_tree");
            Ok::<_, store::Error>(sums)
        })
        .unwrap()
}

fn file(guard: &testing::Guard, name: &str) -> PathBuf {
    guard.folder().join(name)
}

#[test]
fn a_backup_comes_back_equal_on_either_database() {
    for (from, mut office, guard) in testing::offices() {
        history(&mut office);
        let before = sums(&office);
        let path = file(&guard, "whole.backup");
        let whole = lasting::backup(&office, "青云县", &path, None, &mut |_| {}).unwrap();
        assert_eq!(whole.head.known, office.head(), "{from}");
        for (to, place, _target) in testing::places() {
            let done = back(&path, &place, Until::Whole, false, None).unwrap();
            assert_eq!((done.known, done.kept), (office.head(), None), "{from} → {to}");
            assert_eq!(restored(&place), before, "{from} → {to}");
            let again = Office::open(place, testing::book(), Clock::on(testing::TODAY)).unwrap();
            let found = again.read(&Actor::program(), AsOf::default(), |desk| person::search(desk, "带来的人", 5)).unwrap();
            assert_eq!(found.len(), 1, "{from} → {to}: the standing table was computed");
            // Numbers go on behind the highest that came back.
            let id = again.write(&Actor::program(), |desk| somebody(desk, "后来的人", None)).unwrap();
            assert_eq!(id.number(), 7, "{from} → {to}");
        }
    }
}

#[test]
fn a_restore_to_any_journal_number_is_what_the_record_was_then() {
    for (from, mut office, guard) in testing::offices() {
        let after = history(&mut office);
        let path = file(&guard, "history.backup");
        lasting::backup(&office, "青云县", &path, None, &mut |_| {}).unwrap();
        for (known, then) in &after {
            // Each number on one of the two databases: both see about half of them.
            let mut places = testing::places();
            let (to, place, _target) = places.swap_remove(*known as usize % places.len());
            assert_eq!(back(&path, &place, Until::Sequence(*known), false, None).unwrap().known, *known, "{from} → {to}");
            let mut found = restored(&place);
            // What the backup knows of accounts and files is not dated; a cut leaves out what had not come yet.
            for (name, sum) in then {
                assert_eq!(found.remove(name).as_ref(), Some(sum), "{from} → {to}, number {known}, {name}");
            }
        }
        for wrong in [0, -1, office.head() + 1] {
            let (place, _target) = testing::sqlite_place();
            let refused = back(&path, &place, Until::Sequence(wrong), false, None);
            assert!(matches!(refused, Err(registry::Error::Wrong(_))), "{refused:?}");
            let Place::File(target) = place else { unreachable!() };
            assert!(!target.exists(), "nothing was made");
        }
    }
}

#[test]
fn a_restore_to_a_moment_ends_with_the_last_entry_of_that_moment() {
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    history(&mut office);
    let path = file(&guard, "moment.backup");
    lasting::backup(&office, "青云县", &path, None, &mut |_| {}).unwrap();
    let (place, _target) = testing::sqlite_place();
    let done = back(&path, &place, Until::Moment("2026-01-09T23:59:59+08:00".into()), false, None).unwrap();
    let last = office
        .read(&Actor::program(), AsOf::default(), |desk| desk.one("select max(id) from journal where at < '2026-01-10'", &[]))
        .unwrap();
    assert_eq!(done.known, last.int(0));
    let none = back(&path, &testing::sqlite_place().0, Until::Moment("1999-01-01T00:00:00+08:00".into()), false, None);
    assert!(matches!(none, Err(registry::Error::Wrong(_))), "{none:?}");
}

#[test]
fn a_backup_is_one_moment_though_others_write() {
    for (database, mut office, guard) in testing::offices() {
        history(&mut office);
        let path = file(&guard, "busy.backup");
        let program = Actor::program();
        let stop = std::sync::atomic::AtomicBool::new(false);
        let whole = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut written = 0;
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    office.write(&program, |desk| somebody(desk, "同时写的人", None)).unwrap();
                    written += 1;
                }
                written
            });
            std::thread::sleep(std::time::Duration::from_millis(30));
            let whole = lasting::backup(&office, "青云县", &path, None, &mut |_| std::thread::yield_now()).unwrap();
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(writer.join().unwrap() > 0, "{database}: nobody wrote");
            whole
        });
        let (place, _target) = testing::sqlite_place();
        assert_eq!(back(&path, &place, Until::Whole, false, None).unwrap().known, whole.head.known, "{database}");
        assert_eq!(whole.tables["journal"].rows as i64, whole.head.known, "{database}: entries and what they entered");
        assert_eq!(whole.tables["persons"].rows, whole.tables["person_details"].rows - 4, "{database}: four were amended");
    }
}

#[test]
fn what_was_there_is_kept_and_a_database_in_use_is_left_alone() {
    for (database, mut office, guard) in testing::offices() {
        history(&mut office);
        let path = file(&guard, "keep.backup");
        lasting::backup(&office, "青云县", &path, None, &mut |_| {}).unwrap();
        office.write(&Actor::program(), |desk| somebody(desk, "备份之后的人", None)).unwrap();
        let (place, before) = (office.store.place().clone(), sums(&office));
        let refused = back(&path, &place, Until::Whole, false, None);
        assert!(matches!(&refused, Err(registry::Error::Wrong(says)) if says.contains("--replace")), "{database}: {refused:?}");
        let refused = back(&path, &place, Until::Whole, true, None);
        assert!(matches!(refused, Err(registry::Error::Store(store::Error::InUse(_)))), "{database}: {refused:?}");
        assert_eq!(sums(&office), before, "{database}: untouched");
        drop(office);
        let kept = back(&path, &place, Until::Whole, true, None).unwrap().kept.expect("kept");
        let old = match &place {
            Place::File(_) => Place::File(kept.into()),
            Place::Postgres(url) => Place::Postgres(format!("{url}?options=-csearch_path%3D{kept}")),
        };
        let old = store::Store::open(old).unwrap();
        let count = old.read(|tx| tx.one("select count(*) from person_details where name = '备份之后的人'", &[])).unwrap();
        assert_eq!(count.int(0), 1, "{database}: what was there is still there");
    }
}

#[test]
fn a_backup_of_the_first_versions_is_still_taken() {
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    history(&mut office);
    let before = sums(&office);
    let Place::File(database) = office.store.place().clone() else { unreachable!() };
    let copy = file(&guard, "old.db");
    store::copy(&database, &copy).unwrap();
    for (to, place, _target) in testing::places() {
        back(&copy, &place, Until::Whole, false, None).unwrap();
        assert_eq!(restored(&place), before, "{to}");
    }
}

#[test]
fn a_cut_knows_what_to_do_with_every_table() {
    let (_, office, _guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    let tables = office.store.read(|tx| store::tables(tx, LEFT_OUT)).unwrap();
    let unknown: Vec<&str> = tables.iter().filter(|t| !Cut::knows(t)).map(|t| t.name.as_str()).collect();
    assert_eq!(unknown, Vec::<&str>::new(), "say in registry/src/lasting/cut.rs what a restore to a journal number does with them");
}

#[test]
fn of_several_generations_the_newest_stay_and_nothing_else_is_removed() {
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    let folder = guard.folder().join("generations");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("notes.txt"), "别动").unwrap();
    for number in 1..=5 {
        office.clock = Clock::on(Day::from_number(testing::TODAY.number() + number));
        lasting::backup(&office, "青云县", &folder.join(format!("{number}.backup")), None, &mut |_| {}).unwrap();
    }
    let gone = lasting::backup::keep_newest(&folder, 2).unwrap();
    assert_eq!(gone.len(), 3);
    let mut left: Vec<String> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["4.backup", "5.backup", "notes.txt"]);
}
