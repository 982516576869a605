//! T-34: for each role, the fields that come back are those of the table, no more and no fewer.

use super::{furnish, program};
use crate::browser::County;
use crate::matrix::login;
use policy::{Ask, Class, Role};
use registry::opening::Scope;
use registry::register;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Schema → field → what it tells of.
fn table() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    let mut out: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for line in include_str!("fields.tsv").lines().filter(|l| !l.starts_with('#')) {
        let [schema, field, of] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert!(out.entry(schema).or_default().insert(field, of).is_none(), "{line}");
    }
    out
}

/// Class of a stored column, as the register says it.
fn class(of: &str) -> Option<Class> {
    let (table, column) = of.split_once('.')?;
    let found = register::find(table, column).unwrap_or_else(|| panic!("{of} is not registered"));
    Some([Class::S0, Class::S1, Class::S2, Class::S3, Class::S4][usize::from(found.class)])
}

/// The name of the schema that a body has, and whether it is a list of them.
fn answered(api: &Json, method: &str, path: &str) -> (String, bool) {
    let responses = &api["paths"][path][method.to_lowercase()]["responses"];
    let schema = ["200", "201"]
        .iter()
        .map(|s| &responses[*s]["content"]["application/json"]["schema"])
        .find(|s| !s.is_null())
        .unwrap();
    let (inner, list) = if schema["type"] == "array" {
        (&schema["items"], true)
    } else {
        (schema, false)
    };
    (
        inner["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(),
        list,
    )
}

#[test]
fn every_field_that_is_described_stands_in_the_table_of_fields_with_a_class_that_its_action_allows() {
    let (table, api) = (table(), serde_json::to_value(web::openapi()).unwrap());
    let schemas = api["components"]["schemas"].as_object().unwrap();
    for (name, fields) in &table {
        let described: BTreeSet<&str> = schemas[*name]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(described, fields.keys().copied().collect(), "{name}");
    }
    // Whose action answers with which schema, and what may be told by it without anything stated.
    let mut reached = BTreeSet::new();
    for operation in super::described() {
        let (method, path) = operation.split_once(' ').unwrap();
        let action = policy::of_route(method, path).unwrap();
        let mut open = vec![answered(&api, method, path).0];
        while let Some(schema) = open.pop() {
            let fields = table
                .get(schema.as_str())
                .unwrap_or_else(|| panic!("{operation} answers {schema}, which has no fields in the table"));
            reached.insert(schema.clone());
            for (field, of) in fields {
                if let Some(inner) = of.strip_prefix('=') {
                    if !matches!(inner, "dictionary" | "findings") {
                        open.push(inner.to_owned());
                    }
                    continue;
                }
                let Some(class) = class(of) else { continue };
                for role in Role::ALL.into_iter().filter(|r| policy::may_ever(*r, action)) {
                    let verdict = policy::decide(&Ask::plain(role, action, class));
                    let step_up = action.step_up && verdict == policy::Verdict::NeedsStepUp;
                    assert!(
                        verdict.allowed() || step_up,
                        "{} {operation} {schema}.{field} is {class:?}: {verdict:?}",
                        role.id()
                    );
                }
            }
        }
    }
    let idle: Vec<_> = table.keys().filter(|s| !reached.contains(**s)).collect();
    assert!(idle.is_empty(), "nobody answers {idle:?}");
}

/// Keys of `json` are those of the schema, all the way down.
fn compare(
    table: &BTreeMap<&str, BTreeMap<&str, &str>>,
    schema: &str,
    json: &Json,
    columns: &BTreeSet<String>,
    at: &str,
) -> usize {
    let fields = &table[schema];
    let keys: BTreeSet<&str> = json
        .as_object()
        .unwrap_or_else(|| panic!("{at}: {json}"))
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, fields.keys().copied().collect(), "{at} {schema}");
    let mut seen = keys.len();
    for (field, of) in fields {
        let Some(inner) = of.strip_prefix('=') else { continue };
        match inner {
            "dictionary" => {
                let told: BTreeSet<String> = json[*field].as_object().unwrap().keys().cloned().collect();
                assert_eq!(&told, columns, "{at}");
            }
            "findings" => {
                for finding in json[*field].as_array().unwrap() {
                    let extra: Vec<&String> = finding
                        .as_object()
                        .unwrap()
                        .keys()
                        .filter(|k| {
                            !["rule", "weight", "says", "citation", "saw", "due", "next", "unsure"]
                                .contains(&k.as_str())
                        })
                        .collect();
                    assert!(extra.is_empty(), "{at}: {extra:?}");
                }
            }
            inner => {
                for part in json[*field].as_array().unwrap() {
                    seen += compare(table, inner, part, columns, at);
                }
            }
        }
    }
    seen
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn the_fields_that_each_role_gets_are_those_of_the_table() {
    let county = County::planted();
    let (table, api) = (table(), serde_json::to_value(web::openapi()).unwrap());
    furnish(&county);
    let dictionary = &county.office.book.dictionary;
    let roster = registry::saved::shipped(&county.office.book)
        .into_iter()
        .find(|l| l.name == "roster")
        .unwrap();
    let columns: BTreeSet<String> = roster
        .enquiry
        .columns
        .iter()
        .map(|c| &dictionary.facts[*c])
        .filter(|f| f.class < institution::Class::S2)
        .map(|f| f.id.to_string())
        .collect();
    let officer = program(&county, "officer", Scope::Read);
    let units = officer.get("/api/v1/organisations?limit=50").await.json;
    let (mut unit, mut post) = (0, 0);
    for number in units.as_array().unwrap().iter().filter_map(|u| u["id"].as_i64()) {
        let posts = officer.get(&format!("/api/v1/organisations/{number}/posts")).await.json;
        if let Some(held) = posts
            .as_array()
            .unwrap()
            .iter()
            .find(|p| !p["holders"].as_array().unwrap().is_empty())
        {
            (unit, post) = (number, held["id"].as_i64().unwrap());
            break;
        }
    }
    let (mut answers, mut keys) = (0, 0);
    for role in Role::ALL {
        let program = program(&county, login(role), Scope::Read);
        let someone = program.get("/api/v1/people?limit=1").await.json["people"][0]["id"]
            .as_i64()
            .unwrap_or(2);
        for operation in super::described().into_iter().filter(|o| o.starts_with("GET ")) {
            let path = operation.strip_prefix("GET ").unwrap();
            let action = policy::of_route("GET", path).unwrap();
            let number = match path.split('/').nth(3).unwrap() {
                "people" => someone,
                "organisations" => unit,
                "posts" => post,
                _ => 1,
            };
            let mut address = path.replace("{id}", &number.to_string()).replace("{name}", "roster");
            if path.ends_with("examination") {
                address = format!("{address}?person={someone}&post={post}");
            }
            let told = program.get(&address).await;
            if !policy::may_ever(role, action) {
                assert_eq!(
                    (told.status, told.problem()),
                    (404, "not-found"),
                    "{} {address}",
                    role.id()
                );
                continue;
            }
            if told.status == 404 && role.of_the_office() {
                panic!("{} {address}: {}", role.id(), told.json);
            }
            if told.status != 200 {
                assert!(told.status == 404, "{} {address}: {}", role.id(), told.json);
                continue;
            }
            let (schema, list) = answered(&api, "GET", path);
            let all = if list {
                told.json.as_array().unwrap().clone()
            } else {
                vec![told.json]
            };
            for one in &all {
                keys += compare(&table, &schema, one, &columns, &address);
            }
            assert!(
                !all.is_empty() || !role.of_the_office(),
                "{} {address} has nothing to compare",
                role.id()
            );
            answers += 1;
        }
    }
    println!("{answers} answers, {keys} fields");
    assert!(answers > 60 && keys > 2000, "{answers} {keys}");
}
