//! 票箱与步骤: counts come out of the box, nobody types them; a decision leaves a signed head of the journal outside.

use crate::county::{COMMITTEE, County, counties};
use affairs::ballot::{self, Ballot, Roll};
use affairs::procedure::{self, Boxing, Completion, Recusal, Vote};
use affairs::{Item, Procedure};
use registry::{Account, Actor, Role};
use vocabulary::{Id, Outcome};

/// An account for everybody named; their password opens nothing.
fn accounts(county: &County, names: &[&str]) -> Vec<Id<Account>> {
    county.write(|desk| {
        let entry = desk.record(crate::county::happened("开户"))?;
        let all = names.iter().enumerate().map(|(at, name)| {
            let values = [format!("v{at}").into(), (*name).into(), "leader".into(), county.person(name).number().into(), "x".into(), entry.into()];
            Ok(Id::new(desk.insert("accounts", &["name", "shown", "role", "person", "password", "entered"], &values)?))
        });
        all.collect::<Result<Vec<_>, affairs::Error>>()
    })
}

fn cast(county: &County, id: Id<Ballot>, voter: Id<Account>, answers: &[Option<usize>]) -> Outcome<String> {
    let actor = Actor { account: Some(voter), shown: "委员".into(), role: Role::Leader, ..Actor::program() };
    county.office.write(&actor, |desk| ballot::cast(desk, id, answers, "")).unwrap()
}

fn boxing(county: &County, id: Id<Procedure>, step: &str) -> Outcome<Boxing> {
    county.read(|desk| procedure::boxing(desk, id, step))
}

fn opened(county: &County, boxing: Outcome<Boxing>, voters: Option<Vec<Roll>>) -> Id<Ballot> {
    let mut opening = match boxing {
        Outcome::Done(boxing) => boxing.opening,
        Outcome::Refused(why) => panic!("{why:?}"),
    };
    if let Some(voters) = voters {
        opening.voters = voters;
    }
    match county.write(|desk| ballot::open(desk, &opening)) {
        Outcome::Done(id) => id,
        Outcome::Refused(why) => panic!("{why:?}"),
    }
}

fn close(county: &County, id: Id<Ballot>) {
    assert!(matches!(county.write(|desk| ballot::close(desk, id)), Outcome::Done(())));
}

fn reasons(county: &County) -> Vec<String> {
    let rows = county.office.store.read(|tx| tx.rows("select reason from checkpoints order by id", &[])).unwrap();
    rows.iter().map(|r| r.text(0).to_owned()).collect()
}

fn fact(county: &County, id: Id<Procedure>, item: Id<Item>, fact: &str) -> Option<String> {
    county.read(|desk| procedure::facts_of(desk, id, item)).get(fact).cloned()
}

/// Two lines before the meeting, its roll and one recusal noted.
fn noted(county: &mut County) -> (Id<Procedure>, Vec<Id<Item>>, Completion) {
    let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长"), county.proposed("陈晓燕", "县农业农村局副局长")]);
    county.walk(id, "discussion");
    let (day, mut discussion) = county.usual(id, "discussion");
    county.on(day);
    let items = county.items(id);
    discussion.roll = county.roll(11);
    discussion.recusals = vec![Recusal { item: items[1], name: "何静".into(), reason: "夫妻".into() }];
    discussion.votes.clear();
    discussion.fields.remove("vote.form");
    let outcome = county.write(|desk| procedure::note(desk, id, "discussion", &discussion));
    assert!(matches!(outcome, Outcome::Done(())), "{outcome:?}");
    (id, items, discussion)
}

#[test]
fn a_committee_is_counted_from_the_box() {
    for (name, mut county) in counties() {
        let dir = std::env::temp_dir().join(format!("zhiren-heads-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        county.office.checkpoints = Some(dir.clone());
        let (id, items, mut discussion) = noted(&mut county);
        assert_eq!(boxing(&county, id, "notice").refusals(), ["steps-in-order"], "{name}");
        assert_eq!(boxing(&county, id, "discussion").refusals(), ["ballot-no-account"], "{name}");
        let members = accounts(&county, &COMMITTEE);
        let vote = opened(&county, boxing(&county, id, "discussion"), None);
        let found = county.read(|desk| ballot::find(desk, vote));
        assert_eq!((found.roll.len(), found.items.len()), (11, 2), "{name}: who is there, what is decided");
        assert_eq!(found.roll.iter().map(|v| v.without.len()).sum::<usize>(), 1, "{name}: one is recused from one line");
        assert_eq!(boxing(&county, id, "discussion").refusals(), ["ballot-open"], "{name}");
        assert!(county.complete(id, "discussion", &discussion).refusals().contains(&"ballot-open"), "{name}: a vote that goes on holds the step");
        discussion.votes = county.votes(id, 11, 0, 0);
        assert_eq!(county.complete(id, "discussion", &discussion).refusals(), ["votes-from-box"], "{name}: nobody types beside an open box");
        discussion.votes.clear();
        assert!(matches!(cast(&county, vote, members[11], &[Some(0), Some(0)]), Outcome::Refused(_)), "{name}: who is absent does not vote");
        assert!(matches!(cast(&county, vote, members[0], &[Some(0), None]), Outcome::Refused(_)), "{name}: who is not recused answers every line");
        for (at, member) in members[..10].iter().enumerate() {
            let recused = COMMITTEE[at] == "何静";
            let second = if recused { None } else { Some(usize::from(at >= 8)) };
            assert!(matches!(cast(&county, vote, *member, &[Some(usize::from(at == 9) * 2), second]), Outcome::Done(_)), "{name} {at}");
        }
        assert!(county.state(id).step("discussion").unwrap().votes.is_empty(), "{name}: nothing of it before the close");
        close(&county, vote);
        // 9 agreed and 1 deferred of 11; of the second 7 agreed, 2 were against, one was recused. One put no paper in.
        let counted = [Vote { item: items[0], agree: 9, against: 0, defer: 1 }, Vote { item: items[1], agree: 7, against: 2, defer: 0 }];
        assert_eq!(county.state(id).step("discussion").unwrap().votes, counted, "{name}");
        assert_eq!(fact(&county, id, items[1], "vote.agree").as_deref(), Some("7"), "{name}");
        assert_eq!(fact(&county, id, items[0], "vote.form").as_deref(), Some("无记名投票"), "{name}: it follows from the box");
        discussion.votes = vec![Vote { item: items[0], agree: 10, against: 0, defer: 0 }];
        assert_eq!(county.complete(id, "discussion", &discussion).refusals(), ["votes-from-box"], "{name}: nor over what it said");
        discussion.votes.clear();
        assert_eq!(reasons(&county), ["表决结束"], "{name}: of eleven steps and notes none made one");
        county.done(id, "discussion", &discussion);
        assert_eq!(county.state(id).step("discussion").unwrap().votes, counted, "{name}");
        assert_eq!(reasons(&county), ["表决结束", "集体决定"], "{name}");
        // Both heads left the house, and the journal is held against them.
        assert_eq!(registry::journal::checkpoint::left_in(&dir).unwrap().len(), 2, "{name}");
        let verdict = county.office.verify(&[]).unwrap();
        assert!(verdict.whole(), "{name}: {:?}", verdict.faults);
        assert_eq!(county.read(ballot::check_all), [], "{name}");
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

#[test]
fn a_decision_without_a_box_leaves_a_signed_head_as_well_and_no_other_step_does() {
    for (name, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "discussion");
        assert_eq!(reasons(&county), [""; 0], "{name}");
        let (day, discussion) = county.usual(id, "discussion");
        county.on(day);
        county.done(id, "discussion", &discussion);
        assert_eq!(reasons(&county), ["集体决定"], "{name}");
    }
}

#[test]
fn a_recommendation_gives_its_counts_only_where_its_rule_allows() {
    for (name, mut county) in counties() {
        for (against, seen) in [(3, None), (5, Some("7"))] {
            let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
            county.walk(id, "recommendation");
            let (day, completion) = county.usual(id, "recommendation");
            county.on(day);
            let voters = if against == 3 { accounts(&county, &COMMITTEE) } else { known(&county) };
            let roll = voters.iter().map(|account| Roll { account: *account, group: "参加推荐人员".into(), without: vec![] }).collect();
            let vote = opened(&county, boxing(&county, id, "recommendation"), Some(roll));
            for (at, voter) in voters.iter().enumerate() {
                assert!(matches!(cast(&county, vote, *voter, &[Some(usize::from(at < against))]), Outcome::Done(_)));
            }
            close(&county, vote);
            let item = county.items(id)[0];
            assert_eq!(fact(&county, id, item, "recommendation.votes_for").as_deref(), seen, "{name}: {against} of twelve against");
            assert_eq!(fact(&county, id, item, "recommendation.votes_valid").as_deref(), seen.map(|_| "12"), "{name}");
            assert_eq!(fact(&county, id, item, "recommendation.day"), Some(day.to_string()), "{name}: the day of the close");
            county.done(id, "recommendation", &completion);
            assert!(matches!(county.write(|desk| procedure::withdraw(desk, id, None, "另行研究")), Outcome::Done(())));
            county.on(crate::county::BEGIN);
        }
    }
}

fn known(county: &County) -> Vec<Id<Account>> {
    let rows = county.office.store.read(|tx| tx.rows("select id from accounts where person is not null order by id", &[])).unwrap();
    rows.iter().map(|r| Id::new(r.int(0))).collect()
}
