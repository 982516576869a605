//! Only one file of the engine touches the table of who reported.

use std::path::Path;

#[test]
fn who_reported_is_read_in_one_file_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut open = vec![root.join("crates"), root.join("src")];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with("tests") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && std::fs::read_to_string(&path).unwrap().contains("case_reporters") {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    // The other names the column, so that it is kept sealed.
    assert_eq!(found, ["reporter.rs", "sealing.rs"]);
}

#[test]
fn who_reported_lies_sealed_in_the_database() {
    for street in super::street::streets() {
        let id = street.reported("垃圾没人收").id;
        let mut kept = String::new();
        street
            .office
            .store
            .read(|tx| tx.each_as_kept("select name, phone from case_reporters where case_id = $1", &[id.number().into()], |row| {
                kept = format!("{}{}", row.text(0), row.text(1));
                Ok::<(), store::Error>(())
            }))
            .unwrap();
        assert!(!kept.is_empty() && !kept.contains("田大妈") && !kept.contains("139"), "{}: {kept}", street.name);
    }
}
