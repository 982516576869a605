//! The journal and its key, from the command line.

use crate::program::{Folder, zhiren};
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_planted_journal_verifies_proves_and_is_refused_when_touched() {
    let folder = Folder::new();
    assert_eq!(zhiren(&folder.0, &["demo", "--plant-only", "--people", "300"]).status, 0);
    let nobody = zhiren(&folder.0, &["--account", "zuzhi", "journal", "verify"]);
    assert_eq!(nobody.status, 1, "an officer does not audit: {}", nobody.out);
    let audit = |words: &[&str]| zhiren(&folder.0, &[&["--account", "shenji"], words].concat());
    let key = folder.0.with_extension("key");
    assert_eq!(std::fs::metadata(&key).expect("a key").permissions().mode() & 0o777, 0o600);
    assert!(!key.starts_with(&folder.0), "beside the data, not in it");

    let note = audit(&["--json", "journal", "checkpoint"]).json()["note"].as_str().expect("a note").to_owned();
    let kept = folder.path("kept.checkpoint");
    std::fs::write(&kept, note).expect("written");
    let kept = kept.display().to_string();
    let whole = audit(&["journal", "verify", "--checkpoint", &kept]);
    assert_eq!(whole.status, 0, "{}{}", whole.out, whole.err);
    assert!(whole.out.contains("日志完整"), "{}", whole.out);
    let proof = audit(&["--json", "journal", "prove", "1"]).json();
    assert_eq!(proof["position"], 0, "{proof}");
    let export = folder.path("export").display().to_string();
    assert_eq!(audit(&["journal", "export", &export]).status, 0);
    assert!(std::fs::read_to_string(folder.path("export/journal.jsonl")).expect("exported").lines().count() > 3);

    let database = database_of(&folder);
    let touched = std::process::Command::new("python3")
        .args(["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(\"update journal set says='没有这回事' where id=2\"); c.commit()", &database])
        .status()
        .expect("python3 is there");
    assert!(touched.success());
    let refused = audit(&["journal", "verify"]);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    assert!(refused.out.contains("条目 2"), "{}", refused.out);
}

#[test]
fn without_its_key_nothing_opens_and_no_new_key_is_made() {
    let folder = Folder::new();
    assert_eq!(zhiren(&folder.0, &["demo", "--plant-only", "--people", "300"]).status, 0);
    let key = folder.0.with_extension("key");
    let elsewhere = folder.path("elsewhere.key");
    std::fs::rename(&key, &elsewhere).expect("moved");
    let refused = zhiren(&folder.0, &["ledger", "list"]);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    assert!(refused.err.contains("没有密钥文件"), "{}", refused.err);
    assert!(!key.exists());
    let named = zhiren(&folder.0, &["--key-file", &elsewhere.display().to_string(), "ledger", "list"]);
    assert_eq!(named.status, 0, "{}{}", named.out, named.err);
    assert!(named.err.contains("在数据目录里"), "a key inside of the data directory is told of loudly: {}", named.err);
}

fn database_of(folder: &Folder) -> String {
    folder.path("zhiren.db").display().to_string()
}
