//! T-40 … T-43: what somebody with the database in hands, but without the key, can do to the journal, and how it shows.
//! The long tier (`ZHIREN_TORTURE=1`) takes the numbers of the safety plan.

use rand::{Rng, RngExt, SeedableRng};
use registry::desk::Happened;
use registry::journal::{self, checkpoint, proof, tree::State, verify};
use registry::testing::offices;
use registry::{Actor, Error, Office};
use store::Tx;
use vocabulary::Clock;
use vault::{Checkpoint, Hash, Leaf, tree, witness};

fn long(usual: usize, torture: usize) -> usize {
    std::env::var("ZHIREN_TORTURE").map_or(usual, |_| torture)
}

/// `n` entries, some with a number and a file.
fn write(office: &Office, n: usize) {
    office
        .write(&Actor { shown: "周敏".into(), ..Actor::program() }, |desk| {
            for i in 0..n {
                desk.brought_by((i % 7 == 0).then_some(i as i64));
                desk.record(Happened { act: "person.revise", subject: "person", number: (i % 5 > 0).then_some(i as i64), says: format!("修改第 {i} 人的“基本信息”\n第二行") })?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn verdict(tx: &mut Tx, office: &Office, outside: &[(String, String)]) -> verify::Verdict {
    verify::verify(tx, &office.keys, outside).unwrap()
}

/// Tries something and takes it back.
fn tried<T>(office: &Office, work: impl FnOnce(&mut Tx) -> T) -> T {
    let mut out = None;
    let undone = office.store.write(|tx| {
        out = Some(work(tx));
        Err::<(), _>(store::Error::NoRow("taken back".into()))
    });
    assert!(undone.is_err());
    out.unwrap()
}

#[test]
fn the_journal_verifies_and_proves_every_entry() {
    for (name, office, guard) in offices() {
        write(&office, 600);
        let head = office.checkpoint("手动").unwrap();
        write(&office, 30);
        let whole = office.verify(&[]).unwrap();
        assert!(whole.whole(), "{name}: {:?}", whole.faults);
        assert_eq!((whole.size, whole.checkpoints), (630, 1), "{name}");
        let newer = office.checkpoint("手动").unwrap();
        let ids: Vec<i64> = office.store.read(|tx| tx.rows("select id from journal order by position", &[])).unwrap().iter().map(|r| r.int(0)).collect();
        for at in [0, 1, 255, 256, 511, 512, 599, 600, 629] {
            let proof = office.store.read(|tx| proof::prove(tx, &office.keys, ids[at])).unwrap().unwrap();
            assert_eq!(proof.position, at as u64, "{name}");
            assert_eq!(proof.checkpoint.size, if at < 600 { head.size } else { newer.size }, "{name}: the first that covers it");
            let path: Vec<Hash> = proof.path.iter().map(|h| vault::from_hex(h).unwrap().try_into().unwrap()).collect();
            let leaf = tree::leaf_hash(office.keys.profile, proof.record.as_bytes());
            let signed = Checkpoint::open(&proof.checkpoint.note, office.keys.signer().verifier()).unwrap();
            assert!(tree::verify_inclusion(office.keys.profile, &leaf, proof.position, signed.size, &path, &signed.root), "{name}: {at}");
        }
        let folder = guard.folder().join("heads");
        let path = checkpoint::leave(&folder, &office.keys, &newer).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), newer.note);
        assert_eq!(checkpoint::left_in(&folder).unwrap().len(), 1, "{name}");
    }
}

#[test]
fn entries_from_before_the_tree_are_leaves_after_the_upgrade() {
    for (name, office, _guard) in offices() {
        write(&office, 5);
        office
            .store
            .write(|tx| {
                tx.batch("delete from journal_tree; update journal set position = null, salt = null, commitment = null, leaf = null")?;
                let origin = office.keys.signer().verifier().origin();
                tx.execute("insert into journal_tree (id, origin, profile, size, written, frontier) values (1, $1, 'intl', 0, 0, $2)", &[origin.into(), store::Param::Bytes([].into())])
            })
            .unwrap();
        assert_eq!(office.store.write(|tx| journal::adopt(tx, &office.keys)).unwrap(), 5, "{name}");
        assert!(office.verify(&[]).unwrap().whole(), "{name}");
        assert!(office.store.write(|tx| journal::adopt(tx, &office.keys)).is_err(), "{name}: only once");
    }
}

const TEXTS: [&str; 6] = ["at", "actor", "act", "subject", "says", "detail"];
const NUMBERS: [&str; 2] = ["number", "source"];
const BYTES: [&str; 3] = ["salt", "commitment", "leaf"];

/// One change by raw SQL. Answers what was done and the entry that must be named.
fn mutate(tx: &mut Tx, rng: &mut impl Rng, ids: &[i64]) -> Option<(String, Option<i64>)> {
    let at = rng.random_range(0..ids.len());
    let (id, other) = (ids[at], ids[rng.random_range(0..ids.len())]);
    let mut run = |sql: String| tx.execute(&sql, &[]).unwrap();
    Some(match rng.random_range(0..12) {
        0..=2 => {
            let column = TEXTS[rng.random_range(0..TEXTS.len())];
            run(format!("update journal set {column} = coalesce({column}, '') || 'x' where id = {id}"));
            (format!("edit {column} of {id}"), Some(id))
        }
        3 => {
            let column = NUMBERS[rng.random_range(0..NUMBERS.len())];
            run(format!("update journal set {column} = coalesce({column}, 0) + 1 where id = {id}"));
            (format!("edit {column} of {id}"), Some(id))
        }
        4 => {
            let column = BYTES[rng.random_range(0..BYTES.len())];
            if id == other {
                return None;
            }
            run(format!("update journal set {column} = (select j.{column} from journal j where j.id = {other}) where id = {id}"));
            (format!("{column} of {id} from {other}"), Some(id))
        }
        5 => {
            run(format!("update journal set at = '2020-01-01T00:00:00+08:00' where id = {id}"));
            (format!("re-time {id}"), Some(id))
        }
        6 | 7 => {
            run(format!("delete from journal where id = {id}"));
            (format!("delete {id}"), ids.get(at + 1).copied())
        }
        8 => {
            let next = ids[ids.len() - 1] + 1;
            run(format!(
                "insert into journal (id, at, actor, act, subject, number, says) select {next}, at, actor, act, subject, number, says from journal where id = {id}"
            ));
            (format!("insert a copy of {id}"), Some(next))
        }
        9 => {
            let (next, position) = (ids[ids.len() - 1] + 1, ids.len());
            run(format!(
                "insert into journal (id, at, actor, act, subject, number, source, says, detail, position, salt, commitment, leaf) \
                 select {next}, at, actor, act, subject, number, source, says, detail, {position}, salt, commitment, leaf from journal where id = {id}"
            ));
            (format!("duplicate {id} as a leaf"), Some(next))
        }
        10 => {
            if id == other {
                return None;
            }
            let far = 1_000_000;
            let place = |of: i64| format!("(select position from journal where id = {of})");
            let row = tx.one(&format!("select {}, {}", place(id), place(other)), &[]).unwrap();
            let (a, b) = (row.int(0), row.int(1));
            for (number, position) in [(id, far), (other, a), (id, b)] {
                tx.execute(&format!("update journal set position = {position} where id = {number}"), &[]).unwrap();
            }
            (format!("swap {id} and {other}"), Some(if a < b { other } else { id }))
        }
        _ => {
            run(format!("update journal set salt = null, number = null, says = '', detail = null where id = {id}"));
            (format!("empty {id} without a purge"), Some(id))
        }
    })
}

#[test]
fn every_single_mutation_is_found_and_the_entry_is_named() {
    let (entries, mutations) = (long(400, 10_000), long(240, 5_000));
    for (name, office, _guard) in offices() {
        let mutations = if name == "SQLite" { mutations } else { mutations / 4 };
        write(&office, entries);
        let ids: Vec<i64> = office.store.read(|tx| tx.rows("select id from journal order by position", &[])).unwrap().iter().map(|r| r.int(0)).collect();
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(40);
        let mut found = 0;
        while found < mutations {
            let Some((what, named, verdict)) = tried(&office, |tx| {
                let (what, named) = mutate(tx, &mut rng, &ids)?;
                Some((what, named, verdict(tx, &office, &[])))
            }) else {
                continue;
            };
            assert!(!verdict.whole(), "{name}: {what} was not found");
            if let Some(named) = named {
                let first = verdict.faults.iter().find_map(|f| f.entry);
                assert_eq!(first, Some(named), "{name}: {what}: {:?}", verdict.faults);
            }
            found += 1;
        }
        // The tree's own rows.
        for sql in [
            "update journal_tree set size = size - 1",
            "delete from journal_tree",
            "delete from journal_tiles",
            "update journal_tiles set root = (select leaf from journal where position = 3)",
        ] {
            let verdict = tried(&office, |tx| {
                tx.batch(sql).unwrap();
                verdict(tx, &office, &[])
            });
            assert!(!verdict.whole(), "{name}: {sql}");
        }
        assert!(office.verify(&[]).unwrap().whole(), "{name}: all was taken back");
    }
}

/// The attacker's tool: everything that can be computed without the key is made to fit what the rows say.
fn recompute(tx: &mut Tx, office: &Office) {
    let profile = office.keys.profile;
    let rows = tx.rows("select id, at, actor, act, subject, source, salt, number, says, detail from journal where position is not null order by position", &[]).unwrap();
    tx.batch("update journal set position = null; delete from journal_tiles").unwrap();
    tx.execute("update journal_tree set size = 0, frontier = $1", &[store::Param::Bytes([].into())]).unwrap();
    let mut state = State::read(tx, &office.keys).unwrap();
    for row in &rows {
        let payload = vault::Payload { number: row.opt_int(7), says: row.text(8), detail: row.opt_text(9) };
        let commitment = payload.commitment(profile, row.bytes(6).unwrap());
        let leaf = Leaf {
            position: state.size(),
            entry: row.int(0),
            at: row.text(1),
            actor: row.text(2),
            act: row.text(3),
            subject: row.text(4),
            source: row.opt_int(5),
            commitment,
        };
        let hash = leaf.hash(profile);
        tx.execute(
            "update journal set position = $1, commitment = $2, leaf = $3 where id = $4",
            &[(state.size() as i64).into(), commitment[..].into(), hash[..].into(), row.int(0).into()],
        )
        .unwrap();
        state.append(tx, hash).unwrap();
    }
    state.write(tx).unwrap();
}

#[test]
fn a_cut_or_rewritten_journal_is_found_only_by_a_head_that_left_the_house() {
    for (name, office, _guard) in offices() {
        write(&office, long(300, 1_000));
        let head = office.checkpoint("每日").unwrap();
        let outside = [("U 盘".to_owned(), head.note.clone())];
        let cuts: Vec<usize> = (1..=200).step_by(long(40, 1)).collect();
        for cut in cuts {
            let (alone, with) = tried(&office, |tx| {
                tx.batch(&format!("delete from journal where position >= {} ; delete from checkpoints", head.size - cut as i64)).unwrap();
                recompute(tx, &office);
                (verdict(tx, &office, &[]), verdict(tx, &office, &outside))
            });
            assert!(alone.whole(), "{name}: without a head from outside nobody can tell: {:?}", alone.faults);
            assert!(!with.whole(), "{name}: {cut} cut off");
            assert!(with.says().contains("被截短或整库回退过"), "{name}: {}", with.says());
        }
        // T-42: rewritten, every hash computed anew.
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(42);
        for _ in 0..long(5, 200) {
            let at = rng.random_range(0..head.size);
            let (alone, inside, with) = tried(&office, |tx| {
                tx.execute("update journal set says = '没有这回事' where position = $1", &[at.into()]).unwrap();
                recompute(tx, &office);
                let inside = verdict(tx, &office, &[]);
                tx.batch("delete from checkpoints").unwrap();
                (verdict(tx, &office, &[]), inside, verdict(tx, &office, &outside))
            });
            assert!(alone.whole() && !inside.whole() && !with.whole(), "{name}: rewritten at {at}");
        }
        let forged = vault::Keys::generate(vault::Profile::Intl);
        let note = Checkpoint { origin: office.keys.signer().verifier().origin().into(), size: 10, root: [1; 32], at: head.at.clone() }.signed(forged.signer());
        let verdict = office.verify(&[("伪造".into(), note)]).unwrap();
        assert!(verdict.says().contains("签名不对"), "{name}: {}", verdict.says());
    }
}

/// What somebody with the disk in hands can do: nobody writes meanwhile, so file and log belong together.
fn copy(guard: &registry::testing::Guard, path: &std::path::Path) {
    let folder = guard.folder();
    let database = folder.parent().unwrap().join("zhiren.db");
    std::fs::copy(&database, path).unwrap();
    std::fs::copy(database.with_extension("db-wal"), path.with_extension("db-wal")).unwrap();
}

#[test]
fn a_database_rolled_back_to_an_older_copy_is_found() {
    let (name, office, guard) = offices().remove(0);
    assert_eq!(name, "SQLite");
    let copies: Vec<_> = (0..long(3, 50))
        .map(|n| {
            write(&office, 3 + n % 5);
            let path = guard.folder().join(format!("copy-{n}.db"));
            copy(&guard, &path);
            path
        })
        .collect();
    write(&office, 1);
    let outside = [("审计员".to_owned(), office.checkpoint("每日").unwrap().note)];
    for path in copies {
        let old = store::Store::open(store::Place::File(path)).unwrap();
        assert!(old.read(|tx| verify::verify(tx, &office.keys, &[])).unwrap().whole(), "an honest copy is whole");
        assert!(!old.read(|tx| verify::verify(tx, &office.keys, &outside)).unwrap().whole(), "but it is not today");
    }
}

#[test]
fn a_witness_refuses_a_second_story() {
    let profile = vault::Profile::Intl;
    let leaves: Vec<Hash> = (0..40u64).map(|i| tree::leaf_hash(profile, &i.to_be_bytes())).collect();
    let head = |leaves: &[Hash]| Checkpoint { origin: "zhiren-x".into(), size: leaves.len() as u64, root: tree::root(profile, leaves), at: "now".into() };
    let mut other = leaves.clone();
    other[10] = [0; 32];
    let proof = |leaves: &[Hash], old: u64| tree::consistency(&mut tree::Leaves(profile, leaves), old, leaves.len() as u64).unwrap();
    let last = head(&leaves[..30]);
    assert_eq!(witness::accept(profile, &last, &head(&leaves), &proof(&leaves, 30)), Ok(()));
    assert_eq!(witness::accept(profile, &last, &head(&other[..30]), &[]), Err(witness::Refusal::SplitView));
    assert_eq!(witness::accept(profile, &last, &head(&leaves[..29]), &[]), Err(witness::Refusal::Smaller));
    assert_eq!(witness::accept(profile, &last, &head(&other), &proof(&other, 30)), Err(witness::Refusal::NotItsBeginning));
    assert_eq!(witness::accept(profile, &last, &head(&leaves), &[]), Err(witness::Refusal::NotItsBeginning));
}

#[test]
fn keys_of_another_site_do_not_open_the_office() {
    let (_, office, guard) = offices().remove(0);
    write(&office, 2);
    let path = guard.folder().join("copy.db");
    copy(&guard, &path);
    let stranger = vault::Keys::generate(vault::Profile::Intl);
    let opened = Office::open_keyed(store::Place::File(path), registry::testing::book(), office.clock, registry::MIGRATIONS, stranger);
    assert!(opened.err().unwrap().to_string().contains("不是这个数据库的"));
}

#[test]
fn what_a_purge_takes_away_leaves_the_proof_whole() {
    for (name, office, _guard) in offices() {
        write(&office, 5);
        let outside = [("审计员".to_owned(), office.checkpoint("每日").unwrap().note)];
        let gone = office.store.read(|tx| tx.one("select id from journal where position = 2", &[])).unwrap().int(0);
        let empty = format!("update journal set salt = null, number = null, says = '', detail = null where id = {gone}");
        let silently = tried(&office, |tx| {
            tx.batch(&empty).unwrap();
            verdict(tx, &office, &outside)
        });
        assert!(!silently.whole(), "{name}: without a certificate it is a destruction");
        office
            .write(&Actor::program(), |desk| {
                desk.tx().batch(&empty)?;
                desk.took(verify::PURGED, "purge", 1, "清除证明".into(), Some(serde_json::json!({ "entries": [gone] })))
            })
            .map_err(|e: Error| e)
            .unwrap();
        let verdict = office.verify(&outside).unwrap();
        assert!(verdict.whole(), "{name}: {:?}", verdict.faults);
    }
}

/// T-36: the machine's clock is turned back and forth between any two writes, by hours and by years; the journal never runs
/// backwards, says so where the clock did, and no row is entered before the entry that it names.
#[test]
fn no_turn_of_the_clock_makes_the_journal_run_backwards() {
    use std::sync::atomic::{AtomicI64, Ordering};
    for (name, mut office, _guard) in registry::testing::offices() {
        let hand: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(1_795_000_000)));
        office.clock = Clock::Hand(hand);
        let mut seed: u64 = 36;
        let mut next = |most: i64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as i64 % most
        };
        let (mut set_back, mut highest) = (0, 0);
        for n in 0..600 {
            let step = [-3_600, 3_600, -30 * 86_400, 400 * 86_400, -400 * 86_400, 1, 0][next(7) as usize] + next(11) - 5;
            // Between 2020 and 2060: days of four digits, as a machine's clock has them.
            let now = (hand.load(Ordering::Relaxed) + step).clamp(1_577_836_800, 2_840_140_800);
            hand.store(now, Ordering::Relaxed);
            set_back += i32::from(now < highest);
            highest = highest.max(now);
            office
                .write(&Actor::program(), |desk| {
                    if n % 3 == 0 {
                        crate::office::somebody(desk, "李明", None).map(|_| ())
                    } else {
                        desk.record(Happened { act: "test", subject: "test", number: None, says: "一件事".into() }).map(|_| ())
                    }
                })
                .unwrap();
        }
        let rows = office.store.read(|tx| tx.rows("select id, at, says from journal order by id", &[])).unwrap();
        let moments: Vec<&str> = rows.iter().map(|r| r.text(1)).collect();
        assert!(moments.windows(2).all(|w| w[0] <= w[1]), "{name}");
        let flagged = rows.iter().filter(|r| r.text(2).contains("机器时钟倒退到")).count();
        assert!(set_back > 200 && flagged >= set_back as usize, "{name}: {set_back} set back, {flagged} said so");
        let early = office.store.read(|tx| tx.rows("select d.id from person_details d where not exists (select 1 from journal j where j.id = d.entered)", &[])).unwrap();
        assert!(early.is_empty(), "{name}");
        assert!(office.verify(&[]).unwrap().whole(), "{name}");
    }
}
