//! T-15: one bit of the disk turns. Never a silently wrong record: the database does not open, it is found by reading
//! through, it differs from an older backup, the journal's end is cut where a backup knows better, or nothing that is
//! a record lay there. `ZHIREN_FLIPS` says how many (100 at commit, 2,000 for a release).

use crate::lasting::{history, sums};
use rand::{RngExt, SeedableRng};
use registry::{Actor, AsOf, MIGRATIONS, Office, lasting, testing};
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;
use store::Place;
use vocabulary::Clock;

/// How a turned bit shows.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Refused,
    ReadingThrough,
    AgainstTheBackup,
    NothingThere,
}

fn look(database: &Path, backup: &Path, before: &crate::lasting::Sums) -> Result<Seen, String> {
    let opened = Office::open(Place::File(database.to_owned()), testing::book(), Clock::on(testing::TODAY));
    let Ok(office) = opened else { return Ok(Seen::Refused) };
    match office.store.read_through(Duration::from_secs(60)) {
        Ok(true) => {}
        _ => return Ok(Seen::ReadingThrough),
    }
    let Ok(orphans) = office.store.read(store::orphans) else { return Ok(Seen::Refused) };
    if !orphans.is_empty() {
        return Ok(Seen::ReadingThrough);
    }
    let file = std::fs::File::open(backup).map_err(|e| e.to_string())?;
    match lasting::against(&office, &mut BufReader::new(file), None, 5) {
        Ok(changed) if changed.is_empty() => {}
        _ => return Ok(Seen::AgainstTheBackup),
    }
    let Ok(found) = office.store.read(|tx| store::digests(tx, lasting::LEFT_OUT)) else { return Ok(Seen::Refused) };
    // Accounts change, so they are not held against a backup; the tree grows anew. Everything else must be as it was.
    let changing = ["accounts", "submissions", "journal_tree", "journal_tiles"];
    // (A table without rows holds no record; a broken name of it is met by the next write.)
    let held = |name: &&String| before[*name].rows > 0 && !changing.contains(&name.as_str());
    let wrong: Vec<&String> = before.keys().filter(held).filter(|name| found.get(*name) != before.get(*name)).collect();
    if office.read(&Actor::program(), AsOf::default(), |desk| registry::person::search(desk, "李", 5)).is_err() {
        return Ok(Seen::Refused);
    }
    if wrong.is_empty() { Ok(Seen::NothingThere) } else { Err(format!("silently wrong: {wrong:?}")) }
}

#[test]
fn one_turned_bit_is_found_or_lay_where_nothing_is() {
    let flips: u64 = std::env::var("ZHIREN_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let seed = 26;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    history(&mut office);
    let backup = guard.folder().join("decay.backup");
    lasting::backup(&office, "青云县", &backup, None, &mut |_| {}).unwrap();
    let before = sums(&office);
    let Place::File(path) = office.store.place().clone() else { unreachable!() };
    office.store.close_for_good().unwrap();
    let whole = std::fs::read(&path).unwrap();
    let turned = guard.folder().join("turned.db");
    let mut seen = std::collections::BTreeMap::new();
    for number in 0..flips {
        let (at, bit) = (random.random_range(0..whole.len()), random.random_range(0..8));
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        for ending in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{ending}", turned.display())).ok();
        }
        std::fs::write(&turned, bytes).unwrap();
        let how = std::panic::catch_unwind(|| look(&turned, &backup, &before)).unwrap_or(Ok(Seen::Refused));
        let how = how.unwrap_or_else(|wrong| panic!("seed {seed}, flip {number}, bit {bit} of byte {at}: {wrong}"));
        *seen.entry(format!("{how:?}")).or_insert(0) += 1;
    }
    println!("{flips} flips: {seen:?}");
    assert!(seen.keys().any(|how| how != "NothingThere"), "nothing was ever found: {seen:?}");
}
