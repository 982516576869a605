//! Quorum, majority, recusal.

use crate::county::{County, counties};
use affairs::Procedure;
use affairs::procedure::{Completion, Ended, Recusal, Vote};
use vocabulary::Id;

fn before_the_meeting(county: &mut County) -> (Id<Procedure>, Completion) {
    let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
    county.walk(id, "discussion");
    let (day, discussion) = county.usual(id, "discussion");
    county.on(day);
    (id, discussion)
}

#[test]
fn eight_of_twelve_are_a_quorum_and_seven_are_not() {
    for (_, mut county) in counties() {
        let (id, mut discussion) = before_the_meeting(&mut county);
        discussion.roll = county.roll(7);
        discussion.votes = county.votes(id, 7, 0, 0);
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["quorum-two-thirds"]
        );
        discussion.roll = county.roll(8);
        discussion.votes = county.votes(id, 7, 1, 0);
        county.done(id, "discussion", &discussion);
        let state = county.state(id);
        let step = state.step("discussion").unwrap();
        assert_eq!(step.roll.iter().filter(|m| m.present).count(), 8);
        assert_eq!(step.votes[0].agree, 7);
    }
}

#[test]
fn six_of_twelve_are_no_majority_and_seven_are() {
    for (_, mut county) in counties() {
        let (id, mut discussion) = before_the_meeting(&mut county);
        discussion.roll = county.roll(10);
        discussion.votes = county.votes(id, 6, 3, 1);
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["majority-of-all"]
        );
        discussion.votes = county.votes(id, 7, 3, 0);
        county.done(id, "discussion", &discussion);
    }
}

#[test]
fn votes_add_up_to_who_was_there() {
    for (_, mut county) in counties() {
        let (id, mut discussion) = before_the_meeting(&mut county);
        discussion.votes = county.votes(id, 12, 1, 0);
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["votes-add-up"]
        );
        discussion.votes.clear();
        let outcome = county.complete(id, "discussion", &discussion);
        assert!(outcome.refusals().contains(&"votes-missing"));
    }
}

#[test]
fn a_relative_leaves_is_not_counted_present_and_still_should_attend() {
    for (_, mut county) in counties() {
        // 丁一 sits in the committee and has 周喆 on record as a daughter.
        let father = county.person("丁一");
        county.write(|desk| {
            let entry = desk.record(crate::county::happened("补录家庭成员"))?;
            let relative = registry::rows::Relative {
                relation: "女儿".into(),
                name: "周喆".into(),
                born: None,
                party: None,
                work: "青云镇政府".into(),
                order_no: 9,
            };
            registry::dated::add(desk, father, &relative, entry)?;
            Ok(())
        });
        let (id, mut discussion) = before_the_meeting(&mut county);
        let hints = county.state(id).present_step().unwrap().recusals.clone();
        assert_eq!(hints.len(), 1);
        assert_eq!((&*hints[0].name, &*hints[0].reason), ("丁一", "其女儿"));
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["meeting-recusal"]
        );

        let item = county.items(id)[0];
        discussion.recusals = vec![Recusal {
            item,
            name: "丁一".into(),
            reason: "父女".into(),
        }];
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["votes-add-up"],
            "eleven vote, not twelve"
        );
        discussion.votes = county.votes(id, 11, 0, 0);
        county.done(id, "discussion", &discussion);
        let facts = county.read(|desk| affairs::procedure::facts_of(desk, id, item));
        assert_eq!(
            (
                facts["meeting.should_attend"].as_str(),
                facts["meeting.present"].as_str()
            ),
            ("12", "11")
        );
    }
}

#[test]
fn who_is_voted_down_ends_and_the_others_go_on() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![
            county.proposed("周喆", "县农业农村局副局长"),
            county.proposed("陈晓燕", "县农业农村局副局长"),
        ]);
        county.walk(id, "discussion");
        let (day, mut discussion) = county.usual(id, "discussion");
        county.on(day);
        let items = county.items(id);
        discussion.votes = vec![
            Vote {
                item: items[0],
                agree: 12,
                against: 0,
                defer: 0,
            },
            Vote {
                item: items[1],
                agree: 4,
                against: 6,
                defer: 2,
            },
        ];
        assert_eq!(
            county.complete(id, "discussion", &discussion).refusals(),
            ["majority-of-all"]
        );
        discussion.ended = vec![Ended {
            item: items[1],
            reason: "同意票未过半数".into(),
        }];
        county.done(id, "discussion", &discussion);
        let state = county.state(id);
        assert_eq!(state.items[1].ended.as_ref().map(|e| &*e.kind), Some("未通过"));
        assert_eq!(state.step("discussion").unwrap().votes.len(), 2, "the count stays");
        assert_eq!(state.present.as_deref(), Some("notice"));
    }
}
