//! Runs the program in a data directory of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

pub const TODAY: &str = "2026-11-22";

pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}

/// A data directory that is gone with the value.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("zhiren-command-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
        std::fs::remove_file(self.0.with_extension("key")).ok();
    }
}

/// `zhiren --data DATA --today … WORDS`
pub fn zhiren(data: &Path, words: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_zhiren"))
        .arg("--data")
        .arg(data)
        .args(["--today", TODAY])
        .args(words)
        .env_remove("ZHIREN_DATABASE")
        .env("ZHIREN_NEW_PASSWORD", "a-first-password-for-tests")
        .output()
        .expect("the program runs");
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// 青云县 with 5,000 people, planted once for the tests that only read.
pub fn county() -> &'static Path {
    static COUNTY: OnceLock<Folder> = OnceLock::new();
    &COUNTY
        .get_or_init(|| {
            let folder = Folder::new();
            let ended = zhiren(&folder.0, &["demo", "--plant-only"]);
            assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
            folder
        })
        .0
}
