//! T-44: a verifier in another language, written from docs/journal-format.md alone, comes to the same verdict on whole
//! and on mutated journals.

use rand::{RngExt, SeedableRng};
use registry::desk::Happened;
use registry::journal::{export, verify};
use registry::testing::{TODAY, book, sqlite};
use registry::{Actor, Error, MIGRATIONS, Office};
use std::path::{Path, PathBuf};
use store::Tx;
use vocabulary::Clock;

/// Texts that JSON has to be careful with.
const ODD: [&str; 8] = ["李明", "“引号”\"\\", "一\n二\t三\r", "\u{1}\u{8}\u{c}\u{1f}", "𠮷㐂·é", "\u{7f}\u{2028}", "", "{\"a\":1}"];

fn write(office: &Office, rng: &mut rand_chacha::ChaCha8Rng, n: usize) {
    office
        .write(&Actor { shown: "周敏".into(), ..Actor::program() }, |desk| {
            for i in 0..n {
                desk.brought_by((i % 3 == 0).then_some(i as i64 * 1_000_000_007));
                let says = format!("{}{}", ODD[rng.random_range(0..ODD.len())], ODD[rng.random_range(0..ODD.len())]);
                desk.record(Happened { act: "test", subject: "person", number: (i % 2 == 0).then_some(-(i as i64)), says })?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn spoil(tx: &mut Tx, rng: &mut rand_chacha::ChaCha8Rng) {
    let size = tx.one("select count(*) from journal where position is not null", &[]).unwrap().int(0);
    let at = rng.random_range(0..size.max(1));
    let sql = match rng.random_range(0..9) {
        0 => format!("update journal set says = says || '。' where position = {at}"),
        1 => format!("update journal set at = '2020' where position = {at}"),
        2 => format!("update journal set number = coalesce(number, 0) + 1 where position = {at}"),
        3 => format!("delete from journal where position = {at}"),
        4 => format!("update journal set salt = commitment where position = {at}"),
        5 => format!("update journal set salt = null where position = {at}"),
        6 => format!("update journal set source = 5 where position = {at}"),
        7 => "update checkpoints set note = replace(note, 'A', 'B') where note like '%A%'".into(),
        _ => return,
    };
    tx.batch(&sql).unwrap();
}

fn python(folders: &[PathBuf]) -> Vec<bool> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/verifier/verify.py");
    let out = std::process::Command::new("python3").arg(script).args(folders).output().expect("python3 is there");
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text.lines().count(), folders.len(), "{}", String::from_utf8_lossy(&out.stderr));
    text.lines().map(|l| l.contains(" whole ")).collect()
}

#[test]
fn both_verifiers_agree_on_whole_and_mutated_journals() {
    let rounds = std::env::var("ZHIREN_TORTURE").map_or(60, |_| 5_000);
    for profile in [vault::Profile::Intl, vault::Profile::Gm] {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(4);
        let (_, office, guard) = sqlite(MIGRATIONS, Clock::on(TODAY));
        let place = store::Place::File(guard.folder().join("second.db"));
        drop(office);
        let office = Office::open_keyed(place, book(), Clock::on(TODAY), MIGRATIONS, vault::Keys::generate(profile)).unwrap();
        write(&office, &mut rng, 1);
        office.checkpoint("手动").unwrap();
        write(&office, &mut rng, 20);
        office.checkpoint("每日").unwrap();
        write(&office, &mut rng, 3);
        let (mut folders, mut ours, mut spoiled) = (vec![], vec![], 0);
        for round in 0..rounds {
            let folder = guard.folder().join(format!("export-{round}"));
            let undone = office.store.write(|tx| {
                // What the export cannot show is not asked of a stranger: the tree's own rows.
                if round % 5 > 0 {
                    spoil(tx, &mut rng);
                }
                export::export(tx, &office.keys, &folder)?;
                let verdict = verify::verify(tx, &office.keys, &[])?;
                ours.push(verdict.whole());
                Err::<(), _>(Error::Wrong("taken back".into()))
            });
            assert!(undone.is_err());
            spoiled += usize::from(!ours[round]);
            folders.push(folder);
        }
        assert!(spoiled > rounds / 3 && spoiled < rounds, "{spoiled} of {rounds} are spoiled");
        let theirs = python(&folders);
        // A cut tail and an edited leaf column show to us by the tree's row, to a stranger only by a later checkpoint:
        // so nothing that the stranger refuses passes here, and what is whole here is whole there.
        for (round, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            let last_cut = *theirs && !*ours;
            if last_cut {
                let lines = std::fs::read_to_string(folders[round].join("journal.jsonl")).unwrap().lines().count();
                assert!(lines < 24 || edited_after_the_last_head(&folders[round]), "{}", folders[round].display());
            } else {
                assert_eq!(ours, theirs, "{profile:?} {}", folders[round].display());
            }
        }
    }
}

/// `at` and `source` of an entry behind the last checkpoint are in its leaf only, which is not exported.
fn edited_after_the_last_head(folder: &Path) -> bool {
    let text = std::fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    text.lines().skip(21).any(|l| l.contains("\"at\":\"2020\"") || l.contains("\"source\":5"))
}
