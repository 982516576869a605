//! 自检: loads a folder of institutions, runs every example and tells what there is.

use crate::book::{Error, files_under};
use crate::{Book, Calendar, Dictionary, Fault, Files, Institution};
use std::collections::BTreeSet;
use std::path::Path;
use vocabulary::Day;

/// What `zhiren check` says; serialises for `--json`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    pub facts: usize,
    pub tables: usize,
    pub institutions: Vec<Checked>,
    /// Rows of the systems catalogue that some institution carries.
    pub systems: BTreeSet<String>,
    pub calendar_years: Vec<i16>,
    pub words: usize,
    /// Faults of the files, then examples that do not hold.
    pub faults: Vec<Fault>,
}

/// One institution in the report.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Checked {
    pub id: String,
    pub title: String,
    pub version: String,
    pub review_by: Option<Day>,
    pub rules: usize,
    /// Rules whose wording still awaits a check against the official text.
    pub unsure: usize,
    pub judged_by_people: usize,
    pub steps: usize,
    pub papers: usize,
    pub ledgers: usize,
    pub duties: usize,
    /// Classes of cases.
    pub classes: usize,
    pub examples: usize,
    pub failed: usize,
    /// Rules without an example that is broken, that passes, or that lacks a fact.
    pub without_example: Vec<String>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
    pub fn examples(&self) -> usize {
        self.institutions.iter().map(|i| i.examples).sum()
    }
}

/// Reads `folder`, runs every example, and collects everything that is wrong. `Err` only when it cannot be read at all.
pub fn check(folder: &Path) -> Result<Report, Error> {
    Ok(check_files(&files_under(folder)?))
}

pub fn check_files(files: &Files) -> Report {
    let (book, mut faults) = Book::read(files);
    let mut institutions = Vec::new();
    for institution in &book.institutions {
        let failed = failing(institution, &book.dictionary, &book.calendar);
        let failures = failed.len();
        faults.extend(failed);
        institutions.push(Checked {
            id: institution.id.to_string(),
            title: institution.title.to_string(),
            version: institution.version.to_string(),
            review_by: institution.review_by,
            rules: institution.rules.len(),
            unsure: institution.rules.iter().filter(|r| r.unsure()).count(),
            judged_by_people: institution.judged_by_people.len(),
            steps: institution.steps.len(),
            papers: institution.papers.len(),
            ledgers: institution.ledgers.len(),
            duties: institution.duties.len(),
            classes: institution.cases.as_ref().map_or(0, |c| c.classes.len()),
            examples: examples(institution),
            failed: failures,
            without_example: without_example(institution),
        });
    }
    Report {
        facts: book.dictionary.facts.len(),
        tables: book.dictionary.tables.len(),
        systems: book.institutions.iter().flat_map(|i| i.systems.iter().map(ToString::to_string)).collect(),
        calendar_years: book.calendar.years().collect(),
        words: book.words.len(),
        institutions,
        faults,
    }
}

/// Examples of every kind: of rules, of what is owed, of the life of cases, of points, of registers.
pub fn examples(institution: &Institution) -> usize {
    institution.examples.len() + institution.duty_examples.len() + institution.stories.len() + institution.points_examples.len() + institution.register_examples.len()
}

/// The examples that do not hold, each with its place.
pub fn failing(institution: &Institution, dictionary: &Dictionary, calendar: &Calendar) -> Vec<Fault> {
    let rules = institution.examples.iter().map(|e| (e.run(institution, dictionary), e)).filter(|(wrong, _)| !wrong.is_empty());
    let duties = institution.duty_examples.iter().map(|e| (e.run(&institution.duties, dictionary, calendar), e)).filter(|(wrong, _)| !wrong.is_empty());
    let stories = institution.stories.iter().map(|s| (s.run(institution.cases.as_ref(), calendar), s)).filter(|(wrong, _)| !wrong.is_empty());
    let points = institution.points_examples.iter().map(|e| (e.run(institution.points.as_ref()), e)).filter(|(wrong, _)| !wrong.is_empty());
    let registers = institution.register_examples.iter().map(|e| (e.run(&institution.registers), e)).filter(|(wrong, _)| !wrong.is_empty());
    let mut faults: Vec<Fault> = rules.map(|(wrong, e)| e.fault(&wrong)).collect();
    faults.extend(duties.map(|(wrong, e)| e.fault(&wrong)));
    faults.extend(stories.map(|(wrong, s)| s.fault(&wrong)));
    faults.extend(points.map(|(wrong, e)| e.fault(&wrong)));
    faults.extend(registers.map(|(wrong, e)| e.fault(&wrong)));
    faults
}

/// Every rule should be seen broken, met, and without its facts.
fn without_example(institution: &Institution) -> Vec<String> {
    let shown = |pick: &dyn Fn(&crate::example::Example) -> bool| institution.examples.iter().any(pick);
    let mut missing = Vec::new();
    for rule in &institution.rules {
        let id = &rule.id;
        let broken = shown(&|e| {
            [&e.expect, &e.warns, &e.approvals].iter().any(|l| l.contains(id)) || e.dues.iter().any(|(r, _)| r == id)
        });
        let passed = shown(&|e| e.passes.contains(id));
        let unjudged = shown(&|e| e.cannot_judge.contains(id));
        for (there, what) in [(broken, "不符合"), (passed, "符合"), (unjudged, "缺事实")] {
            if !there {
                missing.push(format!("{id}：缺“{what}”的例"));
            }
        }
    }
    missing
}
