//! Cases: the arithmetic of their clocks is told by examples in `institutions/`, which `check` runs.

use crate::book;

#[test]
fn at_least_sixty_examples_of_time_are_worked_out() {
    let told: usize = book().institutions.iter().map(|i| i.stories.len()).sum();
    assert!(told >= 90, "{told}");
    for institution in book().institutions.iter() {
        for story in &institution.stories {
            let wrong = story.run(institution.cases.as_ref(), &book().calendar);
            assert_eq!(wrong, Vec::<String>::new(), "{}: {}", institution.id, story.name);
        }
    }
}

#[test]
fn every_class_cites_its_source_and_suggests_somebody() {
    for system in book().institutions.iter().filter_map(|i| i.cases.as_ref()) {
        for class in &system.classes {
            assert!(!class.source.document.is_empty(), "{} {}", system.id, class.id);
        }
        assert!(system.who.contains_key(&institution::case::Act::Answer), "{}: nobody may answer", system.id);
    }
}

#[test]
fn a_class_without_a_deadline_does_not_load() {
    let mut files = institution::book::files_under(&crate::folder()).unwrap();
    let text = files.get_mut("whistle-and-report/case.toml").unwrap();
    *text = text.replacen("claim_within = { working_hours = 4 }\n", "", 1);
    let faults = institution::Book::from_files(&files).unwrap_err().to_string();
    assert!(faults.contains("claim_within"), "{faults}");
}
