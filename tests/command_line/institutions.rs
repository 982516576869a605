//! `check`: what officials write is checked and the place of a fault is named.

use crate::program::{Folder, county, zhiren};
use std::path::Path;

const INSTITUTIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/institutions");

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(|_| ()).expect("copied") }
    }
}

/// The shipped institutions with one text changed.
fn changed(file: &str, from: &str, to: &str) -> Folder {
    let folder = Folder::new();
    copy(Path::new(INSTITUTIONS), &folder.0);
    let path = folder.path(file);
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains(from), "{file} has {from}");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("written");
    folder
}

#[test]
fn the_shipped_institutions_are_sound_and_carry_their_rows() {
    let ended = zhiren(county(), &["--json", "check", INSTITUTIONS]);
    assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
    let report = ended.json();
    let systems = report["systems"].to_string();
    for row in ["A1", "A2", "A3", "A6", "A8", "A16", "D4", "D11", "D14", "E1", "E4", "E6", "F2", "F8", "F9", "F12", "H1"] {
        assert!(systems.contains(&format!("\"{row}\"")), "{row} in {systems}");
    }
    let selection = report["institutions"].as_array().and_then(|all| all.iter().find(|i| i["id"] == "selection")).expect("selection");
    assert!(selection["rules"].as_i64() > Some(50) && selection["failed"] == 0, "{selection}");
    assert_eq!(selection["without_example"].as_array().map(Vec::len), Some(0), "every rule has its examples");
}

#[test]
fn a_fact_that_nobody_knows_is_named_with_line_and_mend() {
    let folder = changed("selection/rules.toml", "tenure.months_as_deputy", "tenure.months_as_deputi");
    let ended = zhiren(county(), &["check", &folder.0.display().to_string()]);
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("tenure.months_as_deputi") && ended.err.contains("是不是 `tenure.months_as_deputy`"), "{}", ended.err);
    assert!(ended.err.contains("rules.toml:"), "{}", ended.err);
}

#[test]
fn a_countys_own_folder_takes_the_place_of_the_programs() {
    let folder = changed("selection/institution.toml", "title = \"", "title = \"青云县：");
    let ended = zhiren(county(), &["--json", "--institutions", &folder.0.display().to_string(), "check"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(ended.out.contains("青云县："), "{}", ended.out);
}
