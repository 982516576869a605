//! The order of the law: nothing skipped, nothing swapped, nothing lost.

use crate::county::counties;
use affairs::procedure::{self, Answer, AnswerKind, Completion, MissingKind, NewPaper, Status};
use vocabulary::{Outcome, day};

#[test]
fn a_step_cannot_be_skipped_or_swapped() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let (_, talk) = county.usual(id, "talk");
        let outcome = county.complete(id, "talk", &talk);
        assert_eq!(outcome.refusals(), ["steps-in-order"]);
        let Outcome::Refused(findings) = outcome else {
            unreachable!()
        };
        let finding = findings.iter().next().unwrap();
        assert!(finding.says.contains("现在应办“分析研判和动议”"), "{}", finding.says);
        assert_eq!(finding.citation.article.as_deref(), Some("第四十三条"));
        assert!(
            county.state(id).steps.iter().all(|s| s.done.is_none()),
            "nothing was written"
        );
    }
}

#[test]
fn a_gate_that_is_not_met_says_everything_that_is_missing() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let state = county.state(id);
        let step = state.present_step().unwrap();
        assert_eq!(step.status, Status::Present);
        let missing: Vec<(MissingKind, &str)> =
            step.missing.iter().map(|m| (m.kind, m.finding.says.as_str())).collect();
        assert!(
            missing.contains(&(MissingKind::Paper, "缺少材料《分析研判和动议意见》")),
            "{missing:#?}"
        );
        assert!(
            missing.contains(&(MissingKind::Field, "“综合分析研判意见”尚未填写")),
            "{missing:#?}"
        );
        assert!(
            step.missing
                .iter()
                .all(|m| !m.finding.citation.document.is_empty() && m.finding.next.is_some())
        );

        let bare = Completion::on(day!(2026 - 09 - 01)).field("initiation.in_seats", "否");
        let outcome = county.complete(id, "initiation", &bare);
        assert!(outcome.refusals().contains(&"initiation-within-seats"));
        assert!(outcome.refusals().contains(&"initiation.initiation-opinion"));
    }
}

#[test]
fn what_is_noted_stays_and_is_not_yet_done() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let noted = Completion::on(day!(2026 - 09 - 01))
            .field("initiation.opinion", "班子缺员")
            .paper("initiation-opinion", "正文");
        assert!(
            county
                .write(|desk| procedure::note(desk, id, "initiation", &noted))
                .done()
                .is_some()
        );
        let state = county.state(id);
        let step = state.present_step().unwrap();
        assert_eq!(step.id, "initiation");
        let opinion = step.fields.iter().find(|f| f.id == "initiation.opinion").unwrap();
        assert_eq!(opinion.value.as_deref(), Some("班子缺员"));
        assert_eq!(step.papers[0].on_file.len(), 1);
        // The same paper again is the same paper.
        county
            .write(|desk| procedure::file(desk, id, &NewPaper::text("initiation-opinion", "正文")))
            .done()
            .unwrap();
        assert_eq!(county.read(|desk| procedure::papers(desk, id)).len(), 1);
        let (_, mut rest) = county.usual(id, "initiation");
        rest.fields.remove("initiation.opinion");
        rest.papers.clear();
        county.done(id, "initiation", &rest);
    }
}

#[test]
fn an_unreadable_value_is_refused_with_its_label() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let wrong = Completion::on(day!(2026 - 09 - 01))
            .field("initiation.day", "前天")
            .field("vote.agree", "7");
        let outcome = county.complete(id, "initiation", &wrong);
        assert_eq!(
            outcome.refusals(),
            ["initiation.initiation.day", "initiation.vote.agree"]
        );
    }
}

#[test]
fn a_late_step_shows_when_it_was_done_and_when_it_was_entered() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let (_, initiation) = county.usual(id, "initiation");
        county.on(day!(2026 - 09 - 20));
        county.done(id, "initiation", &initiation);
        let done = county.state(id).step("initiation").unwrap().done.clone().unwrap();
        assert_eq!((done.on, done.entered_on), (day!(2026 - 09 - 01), day!(2026 - 09 - 20)));
        assert!(done.entered_late && !done.late && done.due.is_none());

        // The probation is due a year after the notice; assessed four days later, it is late and says so.
        for step in [
            "recommendation",
            "inspection",
            "consultation",
            "discussion",
            "notice",
            "talk",
            "appointment",
        ] {
            let (_, completion) = county.usual(id, step);
            county.on(day!(2026 - 10 - 12));
            county.done(id, step, &completion);
        }
        let (_, appraisal) = county.usual(id, "probation");
        county.on(day!(2027 - 10 - 08));
        county.done(
            id,
            "probation",
            &Completion {
                done_on: day!(2027 - 10 - 04),
                ..appraisal
            },
        );
        let done = county.state(id).step("probation").unwrap().done.clone().unwrap();
        assert_eq!(done.due, Some(day!(2027 - 09 - 30)));
        assert!(done.late && done.entered_late);
    }
}

#[test]
fn a_step_is_not_done_before_the_one_before_it_nor_in_the_future() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let (_, initiation) = county.usual(id, "initiation");
        let future = Completion {
            done_on: day!(2026 - 09 - 02),
            ..initiation.clone()
        };
        assert_eq!(county.complete(id, "initiation", &future).refusals(), ["day-in-order"]);
        county.done(id, "initiation", &initiation);
        let (_, recommendation) = county.usual(id, "recommendation");
        let before = Completion {
            done_on: day!(2026 - 08 - 31),
            ..recommendation
        }
        .field("recommendation.day", "2026-08-31");
        assert!(
            county
                .complete(id, "recommendation", &before)
                .refusals()
                .contains(&"day-in-order")
        );
    }
}

#[test]
fn of_two_editors_the_second_is_told_by_whom_the_step_was_done() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let seen = county.state(id).based_on;
        let (_, initiation) = county.usual(id, "initiation");
        let mine = Completion {
            based_on: Some(seen),
            ..initiation.clone()
        };
        let first = county
            .try_write("张科长", |desk| procedure::complete(desk, id, "initiation", &mine))
            .unwrap();
        assert!(first.done().is_some());
        let second = county
            .try_write("刘干事", |desk| procedure::complete(desk, id, "initiation", &mine))
            .unwrap();
        assert_eq!(second.refusals(), ["step-already-done"]);
        let Outcome::Refused(findings) = second else {
            unreachable!()
        };
        assert!(findings.iter().next().unwrap().says.contains("张科长"));

        let (_, recommendation) = county.usual(id, "recommendation");
        let stale = Completion {
            based_on: Some(seen),
            done_on: day!(2026 - 09 - 01),
            ..recommendation
        };
        let outcome = county.complete(id, "recommendation", &stale);
        assert_eq!(outcome.refusals(), ["changed-meanwhile"]);
        let Outcome::Refused(findings) = outcome else {
            unreachable!()
        };
        assert!(findings.iter().next().unwrap().says.contains("张科长"));
    }
}

#[test]
fn what_is_withdrawn_ends_and_stays_readable() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![
            county.proposed("周喆", "县农业农村局副局长"),
            county.proposed("陈晓燕", "县农业农村局副局长"),
        ]);
        let items = county.items(id);
        let outcome = county.write(|desk| procedure::withdraw(desk, id, Some(items[1]), ""));
        assert_eq!(outcome.refusals(), ["reason-missing"]);
        county
            .write(|desk| procedure::withdraw(desk, id, Some(items[1]), "本人申请"))
            .done()
            .unwrap();
        let state = county.state(id);
        assert_eq!(state.items.len(), 2, "nothing is deleted");
        assert_eq!(
            state.items[1].ended.as_ref().map(|e| (&*e.kind, &*e.reason)),
            Some(("撤回", "本人申请"))
        );
        // The other goes on.
        county.walk(id, "recommendation");
        county
            .write(|desk| procedure::withdraw(desk, id, None, "岗位撤销"))
            .done()
            .unwrap();
        let (_, recommendation) = county.usual(id, "recommendation");
        assert_eq!(
            county.complete(id, "recommendation", &recommendation).refusals(),
            ["procedure-ended"]
        );
        assert!(county.read(|desk| procedure::list(desk, false)).is_empty());
        assert_eq!(county.read(|desk| procedure::list(desk, true)).len(), 1);
        // Who was withdrawn can be proposed again.
        county.opened(vec![county.proposed("陈晓燕", "县农业农村局副局长")]);
    }
}

#[test]
fn a_warning_is_answered_with_a_reason_before_the_discussion() {
    for (_, mut county) in counties() {
        // 李明 was a deputy for three years: fine. Stated as having only 职高: a warning (一般有大学专科以上文化程度).
        let item = county
            .proposed("周喆", "县农业农村局副局长")
            .stating("education", "高中");
        let id = county.opened(vec![item]);
        assert!(county.state(id).findings().rules().contains(&"education-college"));
        county.walk(id, "discussion");
        let (day, discussion) = county.usual(id, "discussion");
        county.on(day);
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["education-college"]
        );
        let missing = county.state(id).present_step().unwrap().missing.clone();
        assert!(
            missing
                .iter()
                .any(|m| m.kind == MissingKind::Answer && m.finding.rule == "education-college")
        );
        let answer = Answer {
            item: county.items(id)[0],
            rule: "education-college".into(),
            kind: AnswerKind::Reason,
            approver: "县委".into(),
            reason: "长期在农业一线，专业能力突出".into(),
            facts: Default::default(),
            on: day,
        };
        county
            .write(|desk| procedure::answer(desk, id, &answer))
            .done()
            .unwrap();
        county.done(id, "discussion", &discussion);
    }
}

#[test]
fn a_reason_cannot_stand_for_a_rule_that_refuses() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let answer = Answer {
            item: county.items(id)[0],
            rule: "bar-last-grade".into(),
            kind: AnswerKind::Reason,
            approver: "县委".into(),
            reason: "情况特殊".into(),
            facts: Default::default(),
            on: day!(2026 - 09 - 01),
        };
        assert_eq!(
            county.write(|desk| procedure::answer(desk, id, &answer)).refusals(),
            ["bar-last-grade"]
        );
    }
}
