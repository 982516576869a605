//! What an examination says to the person who asked.

use crate::{book, dictionary};
use institution::{FactSet, Institution};
use vocabulary::{Finding, Value, Weight, day};

fn selection() -> &'static Institution {
    book().institution("selection").unwrap()
}
fn facts(given: &[(&str, Value)]) -> FactSet {
    let mut set = FactSet::new(dictionary());
    for (id, value) in given {
        set.set(dictionary().fact(id).unwrap_or_else(|| panic!("{id}")).index, Some(value.clone()));
    }
    set
}
fn about<'a>(findings: &'a vocabulary::Findings, rule: &str) -> Option<&'a Finding> {
    findings.iter().find(|f| f.rule == rule)
}

#[test]
fn a_refusal_gives_the_sentence_the_article_what_was_seen_and_what_to_do() {
    let findings = selection().examine(
        dictionary(),
        &facts(&[("level", "县处级副职".into()), ("seat.level", "县处级正职".into()), ("tenure.months_as_deputy", 18.into())]),
        day!(2026 - 11 - 22),
    );

    let finding = about(&findings, "deputy-to-chief-two-years").unwrap();
    assert_eq!(finding.weight, Weight::Refuse);
    assert_eq!(finding.citation.to_string(), "《党政领导干部选拔任用工作条例》第八条第（三）项");
    assert_eq!(finding.saw.len(), 1);
    assert_eq!(finding.saw[0].name, "副职岗位任职月数");
    assert_eq!(finding.saw[0].value, Some(18.into()));
    assert_eq!(finding.saw[0].asked, "不少于24月");
    assert!(finding.next.is_some());
    assert!(finding.unsure, "nobody has held it against the official text yet");
}

#[test]
fn what_cannot_be_judged_names_the_facts_that_are_missing() {
    let findings = selection().examine(dictionary(), &facts(&[]), day!(2026 - 11 - 22));

    assert!(!findings.refuse(), "nothing is held against somebody of whom nothing is known");
    let finding = about(&findings, "bar-influence-period").unwrap();
    assert_eq!(finding.weight, Weight::CannotJudge);
    assert_eq!(finding.next.as_deref(), Some("请补充：处在影响期"));
    let step = about(&findings, "deputy-to-chief-two-years").unwrap();
    let missing: Vec<&str> = step.saw.iter().map(|s| s.fact.as_str()).collect();
    assert!(missing.contains(&"level") || missing.contains(&"seat.level") || missing.contains(&"proposal.levels_up"), "{missing:?}");
}

#[test]
fn a_rule_that_does_not_apply_is_silent_even_when_facts_are_missing() {
    let same_level = facts(&[("level", "乡科级正职".into()), ("seat.level", "乡科级正职".into())]);
    let findings = selection().examine(dictionary(), &same_level, day!(2026 - 11 - 22));
    assert!(about(&findings, "work-five-years").is_none());
    assert!(about(&findings, "training-before-promotion").is_none());
}

#[test]
fn a_barring_fact_is_shown_as_what_must_not_be() {
    let graded = facts(&[("appraisal.grade_1", "不称职".into())]);
    let findings = selection().examine(dictionary(), &graded, day!(2026 - 11 - 22));
    let finding = about(&findings, "bar-last-grade").unwrap();
    assert_eq!((finding.saw[0].name.as_str(), finding.saw[0].asked.as_str()), ("上年度考核", "不属于基本称职以下"));
}

#[test]
fn a_recorded_approval_lets_it_go_on_and_stays_visible() {
    let proposal = |approved: Option<bool>| {
        let mut all = facts(&[("prior_report.needed", true.into()), ("consultation.done", true.into())]);
        all.set(dictionary().fact("prior_report.reply").unwrap().index, approved.map(|yes| if yes { "同意".into() } else { "不同意".into() }));
        selection().examine_step(dictionary(), &all, day!(2026 - 11 - 22), "consultation")
    };
    assert_eq!(about(&proposal(Some(false)), "prior-report-answered").unwrap().weight, Weight::NeedsApproval);
    assert_eq!(about(&proposal(None), "prior-report-answered").unwrap().weight, Weight::CannotJudge);
    assert!(about(&proposal(Some(true)), "prior-report-answered").is_none());
}

#[test]
fn a_year_that_the_calendar_lacks_is_said_in_its_own_words() {
    let posted = facts(&[
        ("proposal.step", "副职提任正职".into()),
        ("proposal.target_level", "乡科级正职".into()),
        ("notice.posted", day!(2026 - 12 - 29).into()),
    ]);
    let findings = selection().examine_step(dictionary(), &posted, day!(2027 - 1 - 10), "notice");
    let finding = about(&findings, "notice-over").unwrap();
    assert_eq!(finding.next.as_deref(), Some("2027年工作日安排尚未录入"));
}

#[test]
fn the_gate_of_a_step_lists_rules_fields_and_papers_together() {
    let filled = facts(&[("talk.held", true.into()), ("decision.day", day!(2026 - 11 - 2).into())]);
    let findings = selection().gate(dictionary(), &filled, day!(2026 - 11 - 22), "talk", &[]);
    assert_eq!(findings.rules(), ["talk.talk-record", "talk.talk.day", "talk.gate"]);

    let filled = filled.with(dictionary(), "talk.day", day!(2026 - 11 - 20));
    let findings = selection().gate(dictionary(), &filled, day!(2026 - 11 - 22), "talk", &["talk-record"]);
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn a_step_that_is_not_asked_here_has_an_open_gate() {
    let transfer = facts(&[("level", "乡科级正职".into()), ("seat.level", "乡科级正职".into())]);
    assert!(selection().gate(dictionary(), &transfer, day!(2026 - 11 - 22), "notice", &[]).is_empty());
}

#[test]
fn the_steps_follow_the_law_from_the_first_to_probation() {
    let titles: Vec<&str> = selection().steps.iter().map(|s| &*s.title).collect();
    assert_eq!(titles, ["分析研判和动议", "民主推荐", "考察", "酝酿", "讨论决定", "任前公示", "任职谈话", "任职", "试用期"]);
}

#[test]
fn what_to_ask_the_database_for_is_listed_once() {
    let needed = selection().facts_needed();
    assert!(needed.windows(2).all(|w| w[0] < w[1]));
    for id in ["work_months", "level", "seat.level", "appraisal.grade_1"] {
        assert!(needed.contains(&dictionary().fact(id).unwrap().index), "{id}");
    }
    assert!(!needed.contains(&dictionary().fact("today").unwrap().index), "no row holds the day of the question");
}

#[test]
fn a_list_of_many_people_is_weighed_as_each_is_examined() {
    let person = facts(&[("level", "县处级副职".into()), ("seat.level", "县处级正职".into()), ("tenure.months_as_deputy", 18.into())]);
    let weighed: Vec<(&str, Weight)> =
        selection().weigh(&person, day!(2026 - 11 - 22)).into_iter().map(|(rule, weight)| (&*rule.id, weight)).collect();
    let examined = selection().examine(dictionary(), &person, day!(2026 - 11 - 22));
    assert_eq!(weighed.len(), examined.len());
    for finding in examined.iter() {
        assert!(weighed.contains(&(finding.rule.as_str(), finding.weight)), "{}", finding.rule);
    }
}
