//! Who is named in a report does not find it; their line never learns who reported.

use super::street::{street, streets};
use affairs::Case;
use affairs::case::{self, Doing, Filter, Report};
use institution::case::Act;
use registry::organisation::{self, NewUnit};
use registry::{Actor, AsOf, Office, Organisation};
use vocabulary::Id;

fn reveal(office: &Office, actor: &Actor, id: Id<Case>) -> affairs::Result<case::Reporter> {
    office.consult(actor, AsOf::default(), |desk| case::reveal(desk, id, "回访核实"))
}

#[test]
fn who_answers_may_look_with_a_reason_and_the_reporter_is_told_that_somebody_did() {
    for street in streets() {
        let receipt = street.reported("垃圾没人收");
        let worker = street.actor("东关");
        assert_eq!(reveal(&street.office, &worker, receipt.id).unwrap().name, "田大妈");
        let without = street.office.consult(&worker, AsOf::default(), |desk| case::reveal(desk, receipt.id, " "));
        assert!(without.unwrap_err().to_string().contains("事由"));
        let followed = street.read(&case::resident(), |desk| case::followed(desk, &receipt.number, &receipt.code));
        assert_eq!(followed.looks, 1, "{}", street.name);
        // A department that was called but has not reported for duty does not learn it.
        let part = street.whistled(receipt.id);
        assert!(reveal(&street.office, &street.actor("住建"), receipt.id).is_err());
        street.does("住建", receipt.id, Doing::of(Act::Claim).part(part));
        assert!(reveal(&street.office, &street.actor("住建"), receipt.id).is_ok());
    }
}

#[test]
fn when_the_community_itself_is_named_it_goes_to_those_who_are_not() {
    for street in streets() {
        street.serving("马主任", "东关社区");
        let report = Report { words: "优亲厚友".into(), named: "社区马主任".into(), name: "田大妈".into(), ..street.blank("东关社区") };
        let id = street.report(report).id;
        assert!(street.find(&street.actor("东关"), id).is_err(), "{}: the organisation of who is named", street.name);
        assert!(street.find(&street.actor("镇里"), id).is_ok(), "one level up it is seen");
        assert!(reveal(&street.office, &street.actor("镇里"), id).is_err(), "but the line above never learns who reported");
        assert!(reveal(&street.office, &street.officer(), id).is_ok());
    }
}

/// T-83: five hundred generated cases; whatever the named person's session and their line's can ask, no canary comes out.
#[test]
fn no_answer_to_the_named_or_their_line_holds_who_reported() {
    let street = street();
    let named = street.serving("马主任", "东关社区");
    let mut cases = Vec::new();
    for n in 0..500 {
        let mention = if n % 2 == 0 { String::new() } else { "听说马主任知道这事".to_owned() };
        let report = Report {
            words: format!("第{n}件：{mention}路面坏了"),
            named: if n % 2 == 0 { "马主任".into() } else { String::new() },
            name: format!("金丝雀{n}号"),
            phone: format!("1390{n:07}"),
            ..street.blank("东关社区")
        };
        cases.push(street.report(report).id);
    }
    let line = [
        Actor { person: Some(named), ..street.actor("东关") },
        Actor { person: Some(named), recused: vec![named], ..street.officer() },
        street.actor("东关"),
        street.actor("镇里"),
    ];
    for (at, actor) in line.iter().enumerate() {
        let mut heard = String::new();
        let lines = street.read(actor, |desk| case::lines(desk, &Filter::default()));
        heard.push_str(&serde_json::to_string(&lines).unwrap());
        heard.push_str(&serde_json::to_string(&street.read(actor, |desk| case::figures(desk, &Filter::default()))).unwrap());
        for id in &cases {
            if let Ok(record) = street.find(actor, *id) {
                assert!(at > 1, "the named person found a case about themselves");
                heard.push_str(&serde_json::to_string(&record).unwrap());
                heard.push_str(&serde_json::to_string(&street.read(actor, |desk| case::alike(desk, &record))).unwrap());
            }
            match reveal(&street.office, actor, *id) {
                Ok(reporter) => heard.push_str(&reporter.name),
                Err(error) => heard.push_str(&error.to_string()),
            }
        }
        for entry in street.read(actor, |desk| Ok(registry::journal::latest(desk, 10_000)?)) {
            heard.push_str(&entry.says);
        }
        assert!(!heard.contains("金丝雀") && !heard.contains("1390"), "actor {at} learns who reported");
    }
    // The test would hear a canary that sings: the officer who is not named learns it.
    assert!(reveal(&street.office, &street.officer(), cases[0]).unwrap().name.starts_with("金丝雀"));
}

/// Whoever is named by a title or a unit is protected from as by a name; what matches nobody goes one level up with its words.
#[test]
fn a_title_or_a_unit_keeps_its_place_away_and_no_answer_keeps_nobody_away() {
    for street in streets() {
        let told = |named: &str| {
            let report = Report { words: "低保名额给了亲戚".into(), named: named.into(), name: "田大妈".into(), ..street.blank("东关社区") };
            street.report(report).id
        };
        for named in ["东关社区的主任", "居委会主任", "他们社区那个管低保的"] {
            let id = told(named);
            assert!(street.find(&street.actor("东关"), id).is_err(), "{}: {named}", street.name);
            assert!(street.find(&street.actor("镇里"), id).is_ok(), "{}: {named}: one level up it is opened", street.name);
            assert_eq!(street.read(&street.actor("镇里"), |desk| case::named_words(desk, id)), named);
            assert!(reveal(&street.office, &street.actor("镇里"), id).is_err(), "{named}: their line");
        }
        for nobody in ["", "  ", "无", "不知道。"] {
            let id = told(nobody);
            assert!(street.find(&street.actor("东关"), id).is_ok(), "{}: {nobody:?}", street.name);
        }
        // The department that is named does not get it, whoever whistles.
        let id = told("县公安局");
        assert!(street.find(&street.actor("东关"), id).is_ok(), "the community is not meant");
        assert!(street.tries("东关", id, Doing::of(Act::Sort).word("environment")).is_ok());
    }
}

/// `滨河社区` is the one of the reporter's own town, not its namesake in a town whose number begins alike: /1/5/ and /1/50/.
#[test]
fn a_unit_named_as_its_own_town_calls_it_is_not_its_namesake_elsewhere() {
    for street in streets() {
        let town = street.unit("青云镇");
        let (ours, theirs) = street.write(&Actor::program(), |desk| {
            let mut add = |parent: Id<Organisation>, name: String, kind: &str| {
                let new = NewUnit { parent: Some(parent), short_name: name.clone(), name, kind: Some(kind.into()), ..NewUnit::default() };
                organisation::add(desk, new)
            };
            let alike = |id: Id<Organisation>| id != town && id.number().to_string().starts_with(&town.number().to_string());
            let ours = add(town, "青云镇滨河社区".into(), "社区")?;
            let (mut n, mut other) = (0, ours);
            while !alike(other) {
                n += 1;
                other = add(Id::new(1), format!("河口{n}镇"), "镇")?;
            }
            let theirs = add(other, format!("河口{n}镇滨河社区"), "社区")?;
            Ok((ours, theirs))
        });
        let report = Report { words: "低保名额给了亲戚".into(), named: "滨河社区的主任".into(), name: "田大妈".into(), ..street.blank("东关社区") };
        let id = street.report(report).id;
        let told: Vec<_> = street.read(&Actor::program(), |desk| case::subjects(desk, id)).into_iter().filter_map(|s| s.organisation).collect();
        assert_eq!(told, [ours], "{}: not {theirs:?}", street.name);
    }
}
