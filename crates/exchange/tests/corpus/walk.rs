use exchange::{Fault, Options, PersonRecord, mapping};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus")
}

/// Everything that came out of one file.
#[derive(Default)]
struct Out {
    people: Vec<PersonRecord>,
    units: usize,
    columns: usize,
    faults: Vec<String>,
    unread: Vec<String>,
    files: Vec<String>,
}

/// Reads a path as the program does: rosters through the first guess of their columns.
fn read(path: &Path) -> Result<Out, String> {
    let reading = exchange::read_path(path, &Options::default(), &mut |_| {}).map_err(|e| e.to_string())?;
    let mut out = Out {
        unread: reading.unread.iter().map(ToString::to_string).collect(),
        ..Out::default()
    };
    let mut faults: Vec<Fault> = Vec::new();
    for mut file in reading.files {
        assert_eq!(file.sha256.len(), 64);
        out.files.push(file.name.clone());
        faults.append(&mut file.faults);
        out.units += file.units.len();
        for unit in file.units {
            faults.extend(unit.faults);
        }
        out.people.append(&mut file.people);
        for table in &file.rosters {
            let columns = mapping::guess(table, &mapping::usual_facts());
            out.columns += columns.columns.iter().filter(|c| c.fact.is_some()).count();
            faults.extend(mapping::apply(table, &columns, &mut |person| {
                out.people.push(person);
                ControlFlow::Continue(())
            }));
        }
    }
    for person in &mut out.people {
        faults.append(&mut person.faults);
    }
    for fault in &faults {
        assert!(!fault.place.file.is_empty() && !fault.says.is_empty(), "{fault:?}");
        assert!(fault.value.chars().count() <= 61);
    }
    out.faults = faults.iter().map(ToString::to_string).collect();
    Ok(out)
}

fn count(out: &Out, what: &str) -> usize {
    match what {
        "units" => return out.units,
        "columns" => return out.columns,
        "named" => return out.files.iter().filter(|f| f.contains("程远")).count(),
        _ => {}
    }
    let Some(person) = out.people.first() else { return 0 };
    let resume = person.resume.as_ref();
    match what {
        "family" => person.family.len(),
        "departed" => person.family.iter().filter(|m| m.departed).count(),
        "photo" => usize::from(person.photo.is_some()),
        "lines" => resume.map_or(0, |r| r.lines.len()),
        "notes" => resume.map_or(0, |r| r.lines.iter().map(|l| l.notes.len()).sum()),
        "tail" => resume.map_or(0, |r| r.tail.len()),
        "educations" => person.educations.len(),
        "appraisals" => person.appraisals.len(),
        "extra" => person.extra.len(),
        "appoint" => usize::from(person.proposal.as_ref().is_some_and(|p| p.appoint.is_some())),
        "tenures" => person.tenures.len(),
        "ended" => person.tenures.iter().filter(|t| t.until.is_some()).count(),
        "levels" => person.levels.len(),
        "awards" => person.awards.len(),
        "own" => person.own_id.map_or(0, |id| id as usize),
        "organisation_of_2" => usize::from(
            out.people.get(1).and_then(|p| p.fields.value("organisation")) == person.fields.value("organisation"),
        ),
        other => panic!("expected.toml asks for `{other}`, which nobody counts"),
    }
}

/// Each expected piece is in its own sentence, and no sentence is left over.
fn match_all(what: &str, expected: &toml::Table, found: &[String], wrong: &mut Vec<String>) {
    let mut left: Vec<&String> = found.iter().collect();
    for piece in expected
        .get(what)
        .and_then(|v| v.as_array())
        .into_iter()
        .flatten()
        .filter_map(|v| v.as_str())
    {
        match left.iter().position(|sentence| sentence.contains(piece)) {
            Some(at) => {
                left.remove(at);
            }
            None => wrong.push(format!("{what}: `{piece}` was not said")),
        }
    }
    wrong.extend(left.iter().map(|sentence| format!("{what}: also said `{sentence}`")));
}

#[test]
fn every_file_of_the_corpus_gives_what_it_must() {
    let text = std::fs::read_to_string(root().join("expected.toml")).expect("fixtures/corpus/expected.toml");
    let all: toml::Table = text.parse().expect("expected.toml is TOML");
    assert!(all.len() >= 80, "only {} files", all.len());
    let mut failures = Vec::new();
    for (path, expected) in &all {
        let expected = expected.as_table().expect("a table for each file");
        let mut wrong = Vec::new();
        match (read(&root().join(path)), expected.get("error").and_then(|e| e.as_str())) {
            (Err(error), Some(piece)) if error.contains(piece) => {}
            (Err(error), _) => wrong.push(format!("error `{error}`")),
            (Ok(_), Some(piece)) => wrong.push(format!("read, but should say `{piece}`")),
            (Ok(out), None) => {
                let names: Vec<&str> = out.people.iter().map(PersonRecord::name).collect();
                let expected_names: Vec<&str> = expected
                    .get("names")
                    .and_then(|n| n.as_array())
                    .into_iter()
                    .flatten()
                    .filter_map(|v| v.as_str())
                    .collect();
                if names != expected_names {
                    wrong.push(format!("people {names:?} instead of {expected_names:?}"));
                }
                for (id, value) in expected.get("fields").and_then(|f| f.as_table()).into_iter().flatten() {
                    let found = out.people.first().and_then(|p| p.fields.value(id));
                    if found != value.as_str() {
                        wrong.push(format!("{id}: {found:?} instead of {value}"));
                    }
                }
                for (what, number) in expected.get("counts").and_then(|f| f.as_table()).into_iter().flatten() {
                    let found = count(&out, what);
                    if number.as_integer() != i64::try_from(found).ok() {
                        wrong.push(format!("{what}: {found} instead of {number}"));
                    }
                }
                match_all("faults", expected, &out.faults, &mut wrong);
                match_all("unread", expected, &out.unread, &mut wrong);
            }
        }
        if !wrong.is_empty() {
            failures.push(format!("{path}\n    {}", wrong.join("\n    ")));
        }
    }
    assert!(
        failures.is_empty(),
        "{} files:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
