//! What is promised in writing is tested by name: asvs.csv, docs/safety.md, deny.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Names of all tests: functions below a `#[test]` of ours.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join("crates"), root().join("src"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of ours").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                take(&path, &mut found);
            }
        }
    }
    found
}

fn take(path: &Path, found: &mut BTreeSet<String>) {
    let text = std::fs::read_to_string(path).expect("a source of ours");
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            marked = true;
        } else if let Some(name) = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn ")).filter(|_| marked) {
            found.insert(name.split(['(', '<']).next().unwrap_or_default().to_owned());
            marked = false;
        }
    }
}

struct Line {
    level: u8,
    state: String,
    how: String,
    proof: String,
}

fn asvs() -> BTreeMap<String, Line> {
    let mut out = BTreeMap::new();
    for line in text("asvs.csv").lines().skip(1) {
        let parts: Vec<&str> = line.splitn(5, ',').collect();
        let [id, level, state, how, proof] = parts[..] else { panic!("{line}") };
        let line = Line { level: level.parse().expect("a level"), state: state.into(), how: how.into(), proof: proof.into() };
        assert!(out.insert(id.to_owned(), line).is_none(), "{id} twice");
    }
    out
}

/// OWASP ASVS 5.0.0: 70 requirements of level 1 and 183 of level 2, each answered; and the ones of level 3 that we named.
#[test]
fn every_requirement_has_its_test_its_document_or_its_reason() {
    let (all, tests, safety) = (asvs(), tests(), text("docs/safety.md"));
    let of = |level: u8| all.values().filter(|l| l.level == level).count();
    assert_eq!((of(1), of(2), of(3)), (70, 183, 21));
    let mut holes = Vec::new();
    for (id, line) in &all {
        let proofs: Vec<&str> = line.proof.split_whitespace().collect();
        let fault = match line.state.as_str() {
            "test" => proofs.is_empty() || proofs.iter().any(|t| !tests.contains(*t)),
            "doc" | "site" => proofs.len() != 1 || !root().join(proofs[0]).exists(),
            "no" => line.how.is_empty(),
            // What is not done yet is said where people read what is promised.
            "open" => line.how.is_empty() || !safety.contains(&format!("{id} ")),
            _ => true,
        };
        if fault {
            holes.push(format!("{id} {} {}", line.state, line.proof));
        }
    }
    assert!(holes.is_empty(), "{holes:#?}");
}

/// Whatever docs/safety.md names in backticks as a test is one.
#[test]
fn the_tests_that_the_promises_name_exist() {
    let (tests, safety) = (tests(), text("docs/safety.md"));
    let named: Vec<&str> = safety.split('`').skip(1).step_by(2).filter(|n| n.matches('_').count() >= 4 && n.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')).collect();
    assert!(named.len() >= 40, "{}", named.len());
    let gone: Vec<&&str> = named.iter().filter(|n| !tests.contains(**n)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// A cheap form of `cargo deny check licenses sources`, without a network.
#[test]
fn every_library_comes_from_the_registry_under_a_licence_we_took() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features", "--offline", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(root())
        .output()
        .expect("cargo answers");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let deny: toml::Value = toml::from_str(&text("deny.toml")).expect("deny.toml");
    let allowed: BTreeSet<&str> = deny["licenses"]["allow"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
    let banned: BTreeSet<&str> = deny["bans"]["deny"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
    let mut faults = Vec::new();
    let packages = metadata["packages"].as_array().expect("a list");
    for package in packages {
        let (name, source) = (package["name"].as_str().unwrap_or_default(), package["source"].as_str());
        let Some(source) = source else { continue };
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            faults.push(format!("{name} comes from {source}"));
        }
        if banned.contains(name) {
            faults.push(format!("{name} is banned"));
        }
        // Every `AND` part needs one `OR` choice of ours.
        let licence = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
        let taken = licence.split(" AND ").all(|part| part.trim_matches(['(', ')', ' ']).split(" OR ").any(|l| allowed.contains(l.trim_matches(['(', ')', ' ']))));
        if !taken {
            faults.push(format!("{name}: {licence}"));
        }
    }
    assert!(packages.len() > 100 && faults.is_empty(), "{faults:#?}");
}
