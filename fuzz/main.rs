//! Every parser against bytes that nobody meant. Each target changes files of the corpus at random, keeps what made it
//! slow or broke it in `fuzz/corpus`, and must answer within two seconds without a panic.
//!
//! `ZHIREN_FUZZ_SECONDS` says how long each target runs (two at commit, sixty by `make torture`); the seed is printed
//! and can be given again with `ZHIREN_FUZZ_SEED`. It changes bytes without looking at coverage, so it needs nothing
//! but the compiler that everybody has.

mod change;
mod targets;

use change::Changer;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(2);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Files of the corpus with one of these endings, and what an earlier run has kept for this target.
pub fn seeds(target: &str, folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let kept = root().join("fuzz/corpus").join(target);
    for folder in folders.iter().map(|f| root().join(f)) {
        walk(&folder, &mut files);
    }
    files.retain(|f| endings.iter().any(|e| f.extension().is_some_and(|x| x == *e)));
    walk(&kept, &mut files);
    files.sort();
    files.iter().filter_map(|f| std::fs::read(f).ok()).filter(|b| b.len() < 400_000).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// Runs one target: first the corpus as it is, then changed.
pub fn fuzz(target: &str, seeds: Vec<Vec<u8>>, words: &[&str], parse: impl Fn(&[u8])) {
    assert!(!seeds.is_empty(), "{target} has no corpus");
    let seed = setting("ZHIREN_FUZZ_SEED", 1);
    let until = Instant::now() + Duration::from_secs(setting("ZHIREN_FUZZ_SECONDS", 2));
    let mut changer = Changer::new(seed, words);
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    while (runs as usize) < seeds.len() || Instant::now() < until {
        let bytes = match seeds.get(runs as usize) {
            Some(bytes) => bytes.clone(),
            None => changer.change(&seeds),
        };
        let began = Instant::now();
        let answered = catch_unwind(AssertUnwindSafe(|| parse(&bytes)));
        let took = began.elapsed();
        slowest = slowest.max(took);
        if answered.is_err() || took > LONGEST {
            let folder = root().join("fuzz/corpus").join(target);
            std::fs::create_dir_all(&folder).expect("a folder");
            let kept = folder.join(format!("{seed}-{runs}"));
            std::fs::write(&kept, &bytes).expect("kept");
            panic!("{target}: {} after {took:?}, seed {seed}, run {runs}; kept as {}", if answered.is_err() { "a panic" } else { "too slow" }, kept.display());
        }
        runs += 1;
    }
    println!("{target}: {runs} executions, slowest {slowest:?}, seed {seed}");
}
