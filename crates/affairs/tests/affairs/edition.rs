//! The county changes an institution while a procedure runs: what began goes on as it began.

use crate::county::{County, counties};
use institution::Book;
use institution::book::files_under;
use std::path::Path;
use vocabulary::day;

/// The selection as the county changes it: ten working days of notice, another name for the step, another version.
fn changed() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    let mut files = files_under(&folder).unwrap();
    let mut change = |file: &str, from: &str, to: &str| {
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        *text = text.replace(from, to);
    };
    change("selection/rules.toml", "after = \"notice.posted\", working_days = 5", "after = \"notice.posted\", working_days = 10");
    change("selection/procedure.toml", "title = \"任前公示\"", "title = \"任职前公示\"");
    change("selection/institution.toml", "version = \"2019-03-03\"", "version = \"2026-09\"");
    // Its examples tell what five days mean; they are the county's to rewrite and no part of this sentence.
    files.remove("selection/examples.toml");
    Book::from_files(&files).unwrap()
}

fn at_the_notice(county: &mut County) -> vocabulary::Id<affairs::Procedure> {
    let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
    county.walk(id, "notice");
    id
}

#[test]
fn a_running_procedure_goes_on_under_the_words_with_which_it_began() {
    for (database, mut county) in counties() {
        let id = at_the_notice(&mut county);
        assert!(!county.state(id).earlier, "{database}");

        county.office.book = changed();
        let state = county.state(id);
        assert_eq!((state.version.as_str(), state.earlier), ("2019-03-03", true), "{database}");
        assert_eq!(state.step("notice").unwrap().title, "任前公示", "{database}");
        let (day, notice) = county.usual(id, "notice");
        county.on(day);
        county.done(id, "notice", &notice);
        assert_eq!(county.state(id).present.as_deref(), Some("talk"), "{database}: five working days were enough");
        let kept = county.read(|desk| Ok(registry::edition::of(desk, "selection")?));
        assert_eq!(kept.iter().map(|e| (e.version.as_str(), e.running)).collect::<Vec<_>>(), [("2019-03-03", 1)], "{database}");
    }
}

#[test]
fn what_begins_after_the_change_runs_under_the_changed_words() {
    for (database, mut county) in counties() {
        county.office.book = changed();
        let id = at_the_notice(&mut county);
        assert_eq!(county.state(id).step("notice").unwrap().title, "任职前公示", "{database}");
        let (day, notice) = county.usual(id, "notice");
        county.on(day);
        assert!(county.complete(id, "notice", &notice).refusals().contains(&"notice-over"), "{database}: ten days are not over on {day}");
        assert!(day < day!(2026 - 10 - 1));
    }
}
