//! T-31 over the interface: every number that one role sees, asked by every other; and several who write at once.

use super::{Program, furnish, program};
use crate::browser::County;
use crate::matrix::{login, within};
use policy::Role;
use registry::opening::Scope;
use registry::{Actor, AsOf, Error, actor};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A number that nobody has.
const NOBODY: i64 = 99_999_999;

fn numbers(json: &serde_json::Value, field: &str) -> BTreeSet<i64> {
    json.as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row[field].as_i64())
        .collect()
}

/// Everything that an officer's program sees, by the address it is asked at.
async fn seen(officer: &Program) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut offset = 0;
    loop {
        let page = officer
            .get(&format!("/api/v1/people?limit=200&offset={offset}"))
            .await
            .json;
        for person in numbers(&page["people"], "id") {
            found.insert(format!("/api/v1/people/{person}"));
            found.insert(format!("/api/v1/people/{person}/tenures"));
        }
        match page["next"].as_i64() {
            Some(next) => offset = next,
            None => break,
        }
    }
    for unit in numbers(&officer.get("/api/v1/organisations?limit=200").await.json, "id") {
        found.insert(format!("/api/v1/organisations/{unit}"));
        found.insert(format!("/api/v1/organisations/{unit}/posts"));
        for post in numbers(
            &officer.get(&format!("/api/v1/organisations/{unit}/posts")).await.json,
            "id",
        ) {
            found.insert(format!("/api/v1/posts/{post}"));
        }
    }
    for (list, row) in [("procedures", "procedures"), ("corrections", "corrections")] {
        for number in numbers(&officer.get(&format!("/api/v1/{list}")).await.json, "id") {
            found.insert(format!("/api/v1/{row}/{number}"));
        }
    }
    found
}

/// The route that an address belongs to, and the same address of nobody.
fn route(address: &str) -> (String, String) {
    let parts: Vec<&str> = address.split('/').collect();
    let with = |number: &str| {
        parts
            .iter()
            .map(|p| if p.parse::<i64>().is_ok() { number } else { p })
            .collect::<Vec<_>>()
            .join("/")
    };
    (with("{id}"), with(&NOBODY.to_string()))
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn every_number_of_the_interface_is_asked_by_every_other_role_and_nothing_leaks() {
    let county = County::planted();
    furnish(&county);
    let officer = program(&county, "officer", Scope::Write);
    let found = seen(&officer).await;
    assert!(found.len() > 700, "{}", found.len());
    let mut asked = 0;
    for role in Role::ALL.into_iter().filter(|r| !r.of_the_office()) {
        let sees = county
            .office
            .read(&Actor::program(), AsOf::default(), |desk| {
                Ok::<_, Error>(actor::named(desk, login(role))?.unwrap().sees)
            })
            .unwrap();
        let inside = within(&county, &sees);
        let program = program(&county, login(role), Scope::Write);
        for address in &found {
            let (path, nobody) = route(address);
            let action = policy::of_route("GET", &path).unwrap();
            let told = program.get(address).await;
            asked += 1;
            if let Some(person) = address.strip_prefix("/api/v1/people/") {
                let person: i64 = person.split('/').next().unwrap().parse().unwrap();
                let may = policy::may_ever(role, action) && inside.contains(&person);
                assert_eq!(told.status == 200, may, "{} {address}: {}", role.id(), told.json);
            }
            if told.status != 200 || !policy::may_ever(role, action) {
                // What is not theirs looks, word for word, like what nobody has.
                let none = program.get(&nobody).await;
                assert_eq!((told.status, &told.json), (404, &none.json), "{} {address}", role.id());
            }
        }
        let head = county.office.head();
        for person in found
            .iter()
            .filter_map(|a| a.strip_prefix("/api/v1/people/")?.parse::<i64>().ok())
            .take(40)
        {
            let appoint = json!({ "post": 3, "from": "2026-11-22" });
            let key = format!("{}-{person}", role.id());
            let told = program
                .send(
                    "POST",
                    &format!("/api/v1/people/{person}/tenures"),
                    &[("idempotency-key", &key)],
                    Some(appoint),
                )
                .await;
            assert_eq!(told.status, 404, "{} appoints {person}: {}", role.id(), told.json);
            let told = program
                .send(
                    "PATCH",
                    &format!("/api/v1/people/{person}"),
                    &[("idempotency-key", &key), ("if-match", "\"1\"")],
                    Some(json!({ "name": "别人" })),
                )
                .await;
            assert_eq!(told.status, 404, "{} renames {person}: {}", role.id(), told.json);
        }
        assert_eq!(county.office.head(), head, "{} changed nothing", role.id());
    }
    println!("{asked} requests");
    assert!(asked > 8_000, "{asked}");
}

/// Nor does the time tell: the middle of 200 of either kind, taken in turns.
#[tokio::test(crate = "crate::walk")]
async fn who_is_not_ones_own_is_not_found_in_the_same_time_as_nobody() {
    let county = County::planted();
    let sees = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            Ok::<_, Error>(actor::named(desk, "unit")?.unwrap().sees)
        })
        .unwrap();
    let inside = within(&county, &sees);
    let outside = (1..300).find(|n| !inside.contains(n)).unwrap();
    let unit = program(&county, "unit", Scope::Read);
    let (mut theirs, mut nobodys) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        for (number, into) in [(outside, &mut theirs), (NOBODY, &mut nobodys)] {
            let since = Instant::now();
            assert_eq!(unit.get(&format!("/api/v1/people/{number}")).await.status, 404);
            into.push(since.elapsed());
        }
    }
    let middle = |mut all: Vec<Duration>| {
        all.sort_unstable();
        all[all.len() / 2]
    };
    let (theirs, nobodys) = (middle(theirs), middle(nobodys));
    println!("{theirs:?} {nobodys:?}");
    assert!(
        theirs.abs_diff(nobodys) < Duration::from_millis(5),
        "{theirs:?} {nobodys:?}"
    );
}

/// T-17 over the interface: eight programs on five records. Every accepted change is in the history, each upon another.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 4)]
async fn eight_who_change_the_same_records_lose_no_change() {
    const EACH: usize = 25;
    let county = County::planted();
    let officer = program(&county, "officer", Scope::Write);
    let mut work = Vec::new();
    for editor in 0..8 {
        let officer = officer.clone();
        work.push(tokio::spawn(async move {
            let (mut accepted, mut late) = (Vec::new(), 0);
            for n in 0..EACH {
                let (person, words) = (3 + (editor + n) % 5, format!("专长{editor}之{n}"));
                for attempt in 0.. {
                    let tag = officer.get(&format!("/api/v1/people/{person}")).await.tag().to_owned();
                    let key = format!("{editor}-{n}-{attempt}");
                    let told = officer
                        .send(
                            "PATCH",
                            &format!("/api/v1/people/{person}"),
                            &[("idempotency-key", &key), ("if-match", &tag)],
                            Some(json!({ "speciality": words })),
                        )
                        .await;
                    match told.status {
                        200 => {
                            accepted.push((person, words, tag));
                            break;
                        }
                        412 => late += 1,
                        other => panic!("{other}: {}", told.json),
                    }
                }
            }
            (accepted, late)
        }));
    }
    let (mut accepted, mut late) = (Vec::new(), 0);
    for done in work {
        let (mine, refused) = done.await.unwrap();
        accepted.extend(mine);
        late += refused;
    }
    assert_eq!(accepted.len(), 8 * EACH);
    let bases: BTreeSet<_> = accepted.iter().map(|(person, _, tag)| (*person, tag.clone())).collect();
    assert_eq!(bases.len(), accepted.len(), "no version has two successors");
    let kept: BTreeSet<String> = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let rows = desk.rows(
                "select speciality from person_details where person between 3 and 7 and speciality is not null",
                &[],
            )?;
            Ok::<_, Error>(rows.iter().map(|r| r.text(0).to_owned()).collect())
        })
        .unwrap();
    let lost: Vec<_> = accepted.iter().filter(|(_, words, _)| !kept.contains(words)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    println!("{} accepted, {late} told of another's change", accepted.len());
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_programs_at_once_with_one_key_have_one_effect() {
    let county = County::planted();
    let officer = program(&county, "officer", Scope::Write);
    let tag = officer.get("/api/v1/people/4").await.tag().to_owned();
    let head = county.office.head();
    let sendings: Vec<_> = (0..200)
        .map(|_| {
            let (officer, tag) = (officer.clone(), tag.clone());
            tokio::spawn(async move {
                officer
                    .send(
                        "PATCH",
                        "/api/v1/people/4",
                        &[("idempotency-key", "one"), ("if-match", &tag)],
                        Some(json!({ "speciality": "水利" })),
                    )
                    .await
            })
        })
        .collect();
    let mut answers = BTreeSet::new();
    for sending in sendings {
        let told = sending.await.unwrap();
        assert_eq!(told.status, 200, "{}", told.json);
        answers.insert(told.json.to_string());
    }
    assert_eq!(
        (answers.len(), county.office.head()),
        (1, head + 1),
        "one effect, one answer"
    );
}
