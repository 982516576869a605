//! What ships in `institutions/` loads.

use crate::{book, dictionary};

#[test]
fn every_fact_that_the_other_rooms_rely_on_is_in_the_dictionary() {
    let facts = dictionary();
    for id in [
        "person.id", "name", "sex", "born", "age", "party", "education", "post", "level.months", "rank.months",
        "tenure.months_as_deputy", "base.months", "organisation.path", "appraisal.grade_5", "sanction.open",
        "retirement.day", "seat.vacant", "unit.under_35", "proposal.step", "meeting.present", "tenure.begins",
    ] {
        assert!(facts.fact(id).is_some(), "{id}");
    }
}

#[test]
fn the_name_of_a_yearly_fact_counts_back_from_the_day() {
    let fact = dictionary().fact("appraisal.grade_2").unwrap();
    assert_eq!(fact.name_on(vocabulary::day!(2026 - 11 - 22)), "2024年度考核");
}

#[test]
fn a_written_major_falls_into_its_group() {
    let majors = dictionary().table("major_group").unwrap();
    let group = |text: &str| majors.mentioned_in(text).map(|c| c.name.to_string());
    assert_eq!(group("农业经济管理").as_deref(), Some("农业"));
    assert_eq!(group("宪法学与行政法学").as_deref(), Some("法律"));
    assert_eq!(group("计算机科学与技术").as_deref(), Some("信息技术"));
    assert_eq!(group("会计学").as_deref(), Some("经济"));
    assert_eq!(group("天体测量"), None);
}

#[test]
fn every_example_that_ships_holds() {
    let report = institution::check::check(&crate::folder()).unwrap();
    let faults: Vec<String> = report.faults.iter().map(|f| format!("{} {f}", f.place())).collect();
    assert!(report.is_sound(), "{}", faults.join("\n"));
    for institution in &report.institutions {
        assert!(institution.without_example.is_empty(), "{:#?}", institution.without_example);
    }
}

/// The worked verdicts on promotion that a machine can check, by their number, and how many situations each tells.
const PROMOTION: [(u8, usize); 14] =
    [(1, 1), (3, 2), (5, 1), (7, 2), (9, 1), (11, 1), (13, 4), (15, 2), (17, 2), (19, 1), (21, 1), (23, 2), (25, 2), (27, 2)];

#[test]
fn every_worked_case_of_promotion_is_an_example() {
    let selection = book().institution("selection").unwrap();
    for (number, situations) in PROMOTION {
        let basis = format!("case {number}");
        let told: Vec<_> = selection.examples.iter().filter(|e| *e.basis == *basis).collect();
        assert!(told.len() >= situations, "{basis}: {} of {situations}", told.len());
        for example in told {
            assert_eq!(example.run(selection, dictionary()), Vec::<String>::new(), "{basis}: {}", example.name);
        }
    }
}
