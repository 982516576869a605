//! What the person recorded may ask, and how it is decided: T-80, T-87.

use crate::office::{date, entry, somebody, town};
use registry::register::{self, Layer};
use registry::rights::{self, Ask, Decision, Kind, Stage};
use registry::rows::{Award, Details, Tenure};
use registry::testing::{TODAY, offices};
use registry::{Actor, AsOf, Desk, Error, Office, Person, Role, Sees, dated, tenure};
use std::collections::BTreeMap;
use vocabulary::{Clock, Id, Outcome};

fn officer(name: &str, account: i64) -> Actor {
    Actor { account: Some(Id::new(account)), shown: name.into(), role: Role::Officer, sees: Sees::Everything, person: None, recused: vec![] }
}
fn oneself(person: Id<Person>) -> Actor {
    Actor { account: Some(Id::new(90)), shown: "李明".into(), role: Role::Recorded, sees: Sees::Oneself(person), person: Some(person), recused: vec![] }
}
fn ask(person: Id<Person>, kind: Kind, noun: &str, number: Option<i64>, field: Option<&str>, typed: &[(&str, &str)]) -> Ask {
    Ask {
        person,
        kind,
        noun: noun.into(),
        number,
        field: field.map(str::to_owned),
        typed: typed.iter().map(|(c, t)| (c.to_string(), t.to_string())).collect(),
        reason: "有出生证明".into(),
    }
}
fn details(desk: &Desk, person: Id<Person>) -> registry::Result<(i64, Details)> {
    let now = dated::of::<Details>(desk, person)?.pop().unwrap();
    Ok((now.id, now.row))
}
/// 李明, entered by 王主任, who is born in April and says June.
fn asked(office: &Office) -> (Id<Person>, Id<rights::CorrectionId>) {
    let li = office.write(&officer("王主任", 1), |desk| somebody(desk, "李明", Some("1985-04"))).unwrap();
    let id = office
        .write(&oneself(li), |desk| {
            let (number, _) = details(desk, li)?;
            let outcome = rights::ask(desk, &ask(li, Kind::Mend, "person_details", Some(number), Some("born"), &[("born", "1985年6月")]))?;
            Ok::<_, Error>(outcome.done().expect("asked"))
        })
        .unwrap();
    (li, id)
}
fn decide(office: &Office, actor: &Actor, id: Id<rights::CorrectionId>, accepted: bool, reasons: &str) -> Outcome<()> {
    office.write(actor, |desk| rights::decide(desk, id, &Decision { accepted, reasons: reasons.into() })).unwrap()
}

#[test]
fn a_correction_is_decided_by_another_than_who_entered_it_and_mends_the_record() {
    for (name, office, _guard) in offices() {
        let (li, id) = asked(&office);
        assert_eq!(decide(&office, &officer("王主任", 1), id, true, "").refusals(), ["entered-it"], "{name}");
        assert_eq!(decide(&office, &officer("周敏", 2), id, true, ""), Outcome::Done(()), "{name}");
        office
            .read(&oneself(li), AsOf::default(), |desk| {
                assert_eq!(details(desk, li)?.1.born, Some(date("1985-06")), "{name}: the record says it now");
                assert_eq!(dated::history::<Details>(desk, li)?.len(), 2, "{name}: and what it said before is kept");
                let mine = &rights::mine(desk, li)?[0];
                assert_eq!((mine.stage, mine.old.as_str(), mine.proposed.as_str()), (Stage::Accepted, "1985-04", "1985-06"), "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(decide(&office, &officer("周敏", 2), id, true, "").refusals(), ["already-decided"], "{name}");
    }
}

#[test]
fn a_refusal_needs_reasons_and_an_appeal_another_decider() {
    for (name, office, _guard) in offices() {
        let (li, id) = asked(&office);
        let zhou = officer("周敏", 2);
        assert_eq!(decide(&office, &zhou, id, false, " ").refusals(), ["reasons-missing"], "{name}");
        let appeal = |reason: &str| office.write(&oneself(li), |desk| rights::appeal(desk, id, reason)).unwrap();
        assert_eq!(appeal("不服").refusals(), ["nothing-to-appeal"], "{name}: not before it is decided");
        assert_eq!(decide(&office, &zhou, id, false, "档案记载为四月"), Outcome::Done(()));
        assert_eq!(appeal("").refusals(), ["no-reason"], "{name}");
        assert_eq!(appeal("没有看出生证明"), Outcome::Done(()));
        assert_eq!(appeal("再来").refusals(), ["nothing-to-appeal"], "{name}: once");
        assert_eq!(decide(&office, &zhou, id, true, "").refusals(), ["decided-before"], "{name}");
        // The same human being under another account is the same decider.
        let again = Actor { account: Some(Id::new(9)), ..zhou.clone() };
        assert_eq!(decide(&office, &again, id, true, "").refusals(), ["decided-before"], "{name}");
        assert_eq!(decide(&office, &officer("王主任", 1), id, true, "").refusals(), ["entered-it"], "{name}");
        assert_eq!(decide(&office, &officer("陈部长", 3), id, true, "证明属实"), Outcome::Done(()));
        office
            .read(&oneself(li), AsOf::default(), |desk| {
                assert_eq!(rights::find(desk, id)?.stage, Stage::AppealAccepted, "{name}");
                assert_eq!(details(desk, li)?.1.born, Some(date("1985-06")), "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn thirty_days_run_from_the_request_and_again_from_the_appeal() {
    for (name, mut office, _guard) in offices() {
        let (li, id) = asked(&office);
        let state = |office: &Office| office.read(&oneself(li), AsOf::default(), |desk| rights::find(desk, id)).unwrap();
        let due = TODAY.plus_days(30);
        assert_eq!((state(&office).due, state(&office).overdue), (Some(due), false), "{name}");
        office.clock = Clock::on(due);
        assert!(!state(&office).overdue, "{name}: the last day is in time");
        office.clock = Clock::on(due.next());
        assert!(state(&office).overdue, "{name}");
        let waiting = office.read(&officer("周敏", 2), AsOf::default(), |desk| rights::waiting(desk, 10)).unwrap();
        assert!(waiting.open[0].overdue && waiting.closed.is_empty(), "{name}: the office sees it in red");
        decide(&office, &officer("周敏", 2), id, false, "档案记载为四月").done().unwrap();
        assert_eq!(state(&office).due, None, "{name}: nothing runs when it is answered");
        office.write(&oneself(li), |desk| rights::appeal(desk, id, "不服")).unwrap().done().unwrap();
        assert_eq!(state(&office).due, Some(due.next().plus_days(30)), "{name}");
    }
}

#[test]
fn a_missing_entry_is_added_and_one_that_is_not_theirs_withdrawn() {
    for (name, office, _guard) in offices() {
        let wang = officer("王主任", 1);
        let (li, wrong) = office
            .write(&wang, |desk| {
                let town = town(desk)?;
                let li = somebody(desk, "李明", None)?;
                let entry = entry(desk)?;
                let award = Award { name: "县先进工作者".into(), kind: None, organ: None, from_day: Some(date("2020")), until_day: None };
                let wrong = dated::add(desk, li, &award, entry)?;
                let appointment = tenure::Appointment { person: li, post: town.chief, from: vocabulary::day!(2024 - 3 - 1), paper: "青组〔2024〕3号".into(), way: None, probation_until: None, main: true };
                tenure::begin(desk, &appointment)?.done().unwrap();
                Ok::<_, Error>((li, wrong))
            })
            .unwrap();
        let me = oneself(li);
        let put = |a: Ask| office.write(&me, |desk| rights::ask(desk, &a)).unwrap();
        let post = office.read(&me, AsOf::default(), |desk| Ok::<_, Error>(dated::of::<Tenure>(desk, li)?[0].id)).unwrap();
        assert_eq!(put(ask(li, Kind::Add, "awards", None, None, &[])).refusals(), ["incomplete"], "{name}");
        let unreadable = put(ask(li, Kind::Add, "awards", None, None, &[("name", "嘉奖"), ("from_day", "去年夏天")]));
        assert_eq!(unreadable.refusals(), ["unreadable"], "{name}");
        let ids = [
            put(ask(li, Kind::Add, "awards", None, None, &[("name", "嘉奖"), ("from_day", "2023.5")])),
            put(ask(li, Kind::Remove, "awards", Some(wrong), None, &[])),
            put(ask(li, Kind::Mend, "tenures", Some(post), Some("paper"), &[("paper", "青组〔2024〕5号")])),
            put(ask(li, Kind::Add, "appraisals", None, None, &[("year", "2025"), ("grade", "优秀")])),
        ];
        for outcome in ids {
            assert_eq!(decide(&office, &officer("周敏", 2), outcome.done().expect("asked"), true, ""), Outcome::Done(()), "{name}");
        }
        office
            .read(&me, AsOf::default(), |desk| {
                let awards: Vec<String> = dated::of::<Award>(desk, li)?.into_iter().map(|a| a.row.name).collect();
                assert_eq!(awards, ["嘉奖"], "{name}");
                assert_eq!(dated::of::<Tenure>(desk, li)?[0].row.paper.as_deref(), Some("青组〔2024〕5号"), "{name}");
                assert_eq!(dated::of::<registry::rows::Appraisal>(desk, li)?[0].row.from_day, date("2025-12-31"), "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn nobody_asks_for_another_and_the_same_is_not_asked_twice() {
    for (name, office, _guard) in offices() {
        let (li, id) = asked(&office);
        let other = office.write(&officer("王主任", 1), |desk| somebody(desk, "张敏", None)).unwrap();
        let number = office.read(&oneself(li), AsOf::default(), |desk| Ok::<_, Error>(details(desk, li)?.0)).unwrap();
        let again = ask(li, Kind::Mend, "person_details", Some(number), Some("born"), &[("born", "1985-07")]);
        assert_eq!(office.write(&oneself(li), |desk| rights::ask(desk, &again)).unwrap().refusals(), ["already-waiting"], "{name}");
        let same = ask(li, Kind::Mend, "person_details", Some(number), Some("name"), &[("name", "李明")]);
        assert_eq!(office.write(&oneself(li), |desk| rights::ask(desk, &same)).unwrap().refusals(), ["nothing-to-change"], "{name}");
        let me = oneself(other);
        assert!(matches!(office.write(&me, |desk| rights::ask(desk, &again)), Err(Error::NotFound(_))), "{name}");
        assert!(matches!(office.read(&me, AsOf::default(), |desk| rights::find(desk, id)), Err(Error::NotFound(_))), "{name}");
        let head = office.head();
        assert!(office.write(&me, |desk| rights::decide(desk, id, &Decision { accepted: true, reasons: String::new() })).is_err(), "{name}");
        assert_eq!(office.head(), head, "{name}: nothing was written");
    }
}

#[test]
fn a_statement_stands_beside_what_it_is_about_until_it_is_taken_back() {
    for (name, office, _guard) in offices() {
        let (li, _) = asked(&office);
        let me = oneself(li);
        let number = office.read(&me, AsOf::default(), |desk| Ok::<_, Error>(details(desk, li)?.0)).unwrap();
        let id = office.write(&me, |desk| rights::state(desk, "person_details", number, Some("born"), "户口簿为六月")).unwrap();
        let seen = office
            .read(&me, AsOf::default(), |desk| {
                let parts = rights::parts(desk, li)?;
                let born = parts[0].entries[0].values.iter().find(|v| v.column == "born").cloned().unwrap();
                Ok::<_, Error>((born.statements.len(), rights::marks(desk, &[li.number()])?, rights::in_words(desk, &[li.number()])?))
            })
            .unwrap();
        assert_eq!(seen, (1, [(li.number(), vec!["born".to_owned()])].into(), vec!["李明（出生年月）".to_owned()]), "{name}");
        let stranger = office.write(&officer("王主任", 1), |desk| somebody(desk, "张敏", None)).unwrap();
        assert!(office.write(&oneself(stranger), |desk| rights::take_back(desk, id)).is_err(), "{name}");
        office.write(&me, |desk| rights::take_back(desk, id)).unwrap();
        let after = office.read(&me, AsOf::default(), |desk| rights::statements(desk, li)).unwrap();
        assert!(after.is_empty(), "{name}");
    }
}

/// T-80: every column of every table says why it is kept, its class, its layer and for how long.
#[test]
fn every_column_of_every_table_is_in_the_register() {
    let (_, office, _guard) = registry::testing::sqlite(registry::MIGRATIONS, Clock::on(TODAY));
    let rows = office
        .store
        .read(|tx| tx.rows("select m.name, p.name from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite_%' order by 1, p.cid", &[]))
        .unwrap();
    // `standing` holds today's answers to facts, which the dictionary classifies.
    let ours: Vec<(&str, &str)> = rows.iter().map(|r| (r.text(0), r.text(1))).filter(|(t, _)| !t.starts_with("standing")).collect();
    let missing: Vec<String> = ours.iter().filter(|(t, c)| register::find(t, c).is_none()).map(|(t, c)| format!("{t}.{c}")).collect();
    assert!(missing.is_empty(), "crates/registry/data/columns.tsv lacks {missing:?}");
    let gone: Vec<String> = register::all().iter().filter(|c| !ours.iter().any(|(t, o)| *t == c.table && (*o == c.column || c.column == "*"))).map(|c| format!("{}.{}", c.table, c.column)).collect();
    assert!(gone.is_empty(), "the register names what is no column: {gone:?}");
    assert_eq!(register::all().len(), register::lines(), "a line of the register cannot be read");
    let standing = rows.iter().filter(|r| r.text(0) == "standing").count();
    assert!(standing > 20, "{standing}");
    assert_eq!(register::layer("nowhere", "nothing"), Layer::C, "what nobody registered is shown to nobody");
}

/// Every field that a person may ask about is one of layer A or B: nobody is asked to correct what they must not see.
#[test]
fn what_may_be_corrected_is_never_of_layer_c() {
    let fields: BTreeMap<String, Layer> =
        rights::NOUNS.iter().flat_map(|n| n.fields.iter().map(|f| (format!("{}.{}", n.table, f.column), register::layer(n.table, f.column)))).collect();
    let hidden: Vec<&String> = fields.iter().filter(|(_, l)| **l == Layer::C).map(|(f, _)| f).collect();
    assert!(hidden.is_empty() && fields.len() > 50, "{hidden:?}");
}
