//! Who may be proposed, with article and origin; what is not known is not judged.

use crate::county::{COMMITTEE, counties};
use affairs::{Fields, examine, examine_facts};
use registry::rows::{RankHeld, Tenure};
use vocabulary::{Value, Weight, day};

#[test]
fn a_deputy_of_twenty_three_months_cannot_be_proposed_as_chief() {
    for (database, county) in counties() {
        // 丁一 became a deputy of the county level on 2024-10-01: 23 months by 2026-09-01.
        let person = county.person(COMMITTEE[11]);
        let post = county.write(|desk| {
            let entry = desk.record(crate::county::happened("更正任职时间"))?;
            let tenure = registry::dated::of::<Tenure>(desk, person)?.remove(0);
            let row = Tenure {
                from_day: day!(2024 - 10 - 01).into(),
                ..tenure.row
            };
            registry::dated::replace(desk, tenure.id, person, &row, entry)?;
            let rank = registry::dated::of::<RankHeld>(desk, person)?.remove(0);
            let row = RankHeld {
                from_day: day!(2024 - 10 - 01).into(),
                ..rank.row
            };
            registry::dated::replace(desk, rank.id, person, &row, entry)?;
            let seat = registry::post::NewSeat {
                name: "主任".into(),
                title: "县人大常委会主任".into(),
                role: Some("正职".into()),
                leading: true,
                level: Some("县处级正职".into()),
                seats: 1,
                from_day: Some("2000-01-01".parse().unwrap()),
                ..Default::default()
            };
            Ok(registry::post::add(desk, county.unit("中共青云县委组织部"), seat)?)
        });
        let given = Fields::new();
        let found = county.read(|desk| examine(desk, person, post, day!(2026 - 09 - 01), &given));
        let finding = found
            .findings
            .iter()
            .find(|f| f.rule == "deputy-to-chief-two-years")
            .expect(database);
        assert_eq!(finding.weight, Weight::Refuse);
        assert_eq!(
            finding.citation.to_string(),
            "《党政领导干部选拔任用工作条例》第八条第（三）项"
        );
        let saw = finding
            .saw
            .iter()
            .find(|s| s.fact == "tenure.months_as_deputy")
            .unwrap();
        assert_eq!(saw.value, Some(Value::Number(23)));
        assert!(
            saw.origin.as_deref().is_some_and(|o| o.contains("更正任职时间")),
            "{:?}",
            saw.origin
        );
        // A month later the same person passes this rule.
        let later = county.read(|desk| examine(desk, person, post, day!(2026 - 10 - 01), &given));
        assert!(!later.findings.rules().contains(&"deputy-to-chief-two-years"));

        // And a procedure cannot be opened.
        let mut item = affairs::procedure::ProposedItem::appoint(person, post);
        item.leaves = vec![];
        let outcome = county.open(vec![item]);
        // The base years are short as well: every reason at once.
        assert_eq!(outcome.refusals(), ["base-two-years", "deputy-to-chief-two-years"]);
    }
}

#[test]
fn a_fact_that_is_not_on_record_is_neither_a_pass_nor_a_fail() {
    for (_, county) in counties() {
        let (person, post) = (county.person("周喆"), county.post("县农业农村局副局长"));
        let on = day!(2026 - 09 - 01);
        let bare = county.read(|desk| examine(desk, person, post, on, &Fields::new()));
        let review = bare.findings.iter().find(|f| f.rule == "bar-under-review").unwrap();
        assert_eq!(review.weight, Weight::CannotJudge);
        assert!(
            review.next.as_deref().is_some_and(|n| n.contains("正在立案或调查")),
            "{:?}",
            review.next
        );
        let stated = Fields::from([("integrity.under_review".to_owned(), "否".to_owned())]);
        let told = county.read(|desk| examine(desk, person, post, on, &stated));
        assert!(!told.findings.rules().contains(&"bar-under-review"));
        assert!(!bare.judged_by_people.is_empty());
        assert!(
            bare.facts
                .iter()
                .any(|f| f.id == "proposal.step" && f.value == Value::text("首次提任领导职务"))
        );
    }
}

#[test]
fn what_cannot_be_judged_blocks_the_discussion_until_people_state_it() {
    for (_, mut county) in counties() {
        let mut item = county.proposed("周喆", "县农业农村局副局长");
        item.facts.remove("integrity.under_review");
        let id = county.opened(vec![item]);
        county.walk(id, "discussion");
        let (day, discussion) = county.usual(id, "discussion");
        county.on(day);
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["bar-under-review"]
        );
        let answer = affairs::procedure::Answer {
            item: county.items(id)[0],
            rule: "bar-under-review".into(),
            kind: affairs::procedure::AnswerKind::Facts,
            approver: String::new(),
            reason: "县纪委监委复函".into(),
            facts: Fields::from([("integrity.under_review".to_owned(), "否".to_owned())]),
            on: day,
        };
        county
            .write(|desk| affairs::procedure::answer(desk, id, &answer))
            .done()
            .unwrap();
        county.done(id, "discussion", &discussion);
    }
}

#[test]
fn stated_facts_alone_can_be_examined() {
    let book = registry::testing::book();
    let facts = serde_json::json!({
        "level": "县处级副职", "seat.level": "县处级正职", "tenure.months_as_deputy": 23, "exception.used": false,
    });
    let found = examine_facts(&book, "selection", &facts, day!(2026 - 11 - 22)).unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|f| f.rule == "deputy-to-chief-two-years" && f.weight == Weight::Refuse)
    );
    let wrong = examine_facts(
        &book,
        "selection",
        &serde_json::json!({"level": "县处级副"}),
        day!(2026 - 11 - 22),
    );
    assert!(wrong.is_ok(), "an alias of the code table is read");
    let wrong = examine_facts(
        &book,
        "selection",
        &serde_json::json!({"levels": 3}),
        day!(2026 - 11 - 22),
    );
    assert_eq!(wrong.unwrap_err().to_string(), "事实 `levels` 不在事实字典中");
}

#[test]
fn an_exception_needs_its_ground_the_consent_from_above_and_a_notice_that_says_so() {
    for (_, mut county) in counties() {
        let mut item = county.proposed("周喆", "县农业农村局副局长");
        item.exception = "任科员级满两年".into();
        let outcome = county.open(vec![item.clone()]);
        assert!(outcome.done().is_some(), "an unstated ground cannot be judged yet, it does not refuse");
        let first = county.read(|desk| affairs::procedure::list(desk, false))[0].id;
        let again = county.open(vec![item.clone()]);
        assert_eq!(again.refusals(), ["already-proposed"]);
        county.write(|desk| affairs::procedure::withdraw(desk, first, None, "补充材料后再提")).done().unwrap();

        let item = item
            .stating("exception.kind", "专业性强或重要专项急需")
            .stating("exception.years", "是")
            .stating("exception.previous", "否")
            .stating("exception.basics", "否")
            .stating("exception.skips_recommendation", "否");
        let id = county.opened(vec![item]);
        county.walk(id, "consultation");
        let (day, consultation) = county.usual(id, "consultation");
        county.on(day);
        let refused = county.complete(id, "consultation", &consultation);
        assert_eq!(refused.refusals(), ["exception-consent"]);
        county.done(id, "consultation", &consultation.field("exception.consent", "是"));
        let (day, discussion) = county.usual(id, "discussion");
        county.on(day);
        county.done(id, "discussion", &discussion);
        let (day, notice) = county.usual(id, "notice");
        county.on(day);
        assert_eq!(county.complete(id, "notice", &notice).refusals(), ["notice-states-exception"]);
        county.done(id, "notice", &notice.field("notice.exception_stated", "是"));
        let printed = county.read(|desk| affairs::form::public_notice(desk, id));
        let exception = printed.candidates[0].exception.clone().unwrap();
        assert_eq!((exception.facts.as_str(), exception.reason.as_str()), ("任科员级满两年", "专业性强或重要专项急需"));
    }
}

#[test]
fn a_page_of_a_procedure_asks_the_database_a_bounded_number_of_times() {
    let (_, county) = counties().swap_remove(0);
    let one = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
    let asked = |id| {
        county.read(|desk| {
            affairs::procedure::state(desk, id)?;
            Ok(desk.statements())
        })
    };
    let single = asked(one);
    assert!(single <= 60, "{single}");
}
