//! The interface for programs: same rights, same operations, errors as problems, each change once.

mod fields;
mod hooks;
mod sight;

use crate::browser::County;
use affairs::procedure::{self, Proposal, ProposedItem};
use axum::body::Body;
use axum::http::{Request, header};
use registry::opening::{NewToken, Scope, token};
use registry::rights::{self, Ask, Kind};
use registry::rows::Tenure;
use registry::{Actor, AsOf, Error, actor, dated, person};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use tower::ServiceExt;
use vocabulary::{Id, Outcome};

#[derive(Clone)]
pub struct Program {
    pub router: axum::Router,
    pub token: String,
}

pub struct Told {
    pub status: u16,
    headers: axum::http::HeaderMap,
    pub json: Json,
}

impl Told {
    pub fn tag(&self) -> &str {
        self.headers[header::ETAG].to_str().unwrap()
    }
    pub fn problem(&self) -> &str {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.json);
        assert_eq!(self.json["status"], self.status);
        self.json["type"].as_str().unwrap().rsplit(':').next().unwrap()
    }
}

fn as_named(county: &County, name: &str) -> Actor {
    county.office.read(&Actor::program(), AsOf::default(), |desk| actor::named(desk, name)).unwrap().unwrap()
}

fn secret(county: &County, name: &str, scope: Scope) -> String {
    let (office, who) = (&county.office, as_named(county, name));
    office.write(&who, |desk| token::make(desk, &NewToken { name: "测试".into(), scope, days: 30 }, office.clock.now())).unwrap()
}

/// A correction that waits and a procedure under way, both of number 1.
pub fn furnish(county: &County) {
    let me = as_named(county, "me");
    let asked = county.office.write(&me, |desk| {
        let details = person::find(desk, Id::new(1))?;
        let typed = [("native_place".to_owned(), "云岭别处".to_owned())].into();
        rights::ask(desk, &Ask { person: Id::new(1), kind: Kind::Mend, noun: "person_details".into(), number: Some(details.id), field: Some("native_place".into()), typed, reason: "与档案一致".into() })
    });
    assert!(matches!(asked.unwrap(), Outcome::Done(_)));
    let officer = as_named(county, "officer");
    let opened = (5..80).find_map(|number| {
        let open = |desk: &mut registry::Desk| {
            let held = dated::of::<Tenure>(desk, Id::new(number))?;
            let leaves = held.iter().filter(|t| t.row.until_day.is_none() && t.row.post.is_some()).map(|t| t.id).take(1).collect();
            let item = ProposedItem { person: Id::new(number), post: None, leaves, reason: "工作需要".into(), exception: String::new(), facts: affairs::Fields::new() };
            procedure::open(desk, &Proposal { institution: "selection".into(), title: String::new(), items: vec![item] })
        };
        county.office.write(&officer, open).ok().filter(|outcome| matches!(outcome, Outcome::Done(_)))
    });
    assert!(opened.is_some(), "nobody of the county may be removed");
}

pub fn program(county: &County, name: &str, scope: Scope) -> Program {
    Program { router: web::router(county.office.clone(), web::Settings::default()), token: secret(county, name, scope) }
}

impl Program {
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Json>) -> Told {
        let mut request = Request::builder().method(method).uri(path).header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or(Body::empty(), |b| Body::from(b.to_string()));
        let request = request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let json = if bytes.is_empty() { Json::Null } else { serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{path}: {}", String::from_utf8_lossy(&bytes))) };
        Told { status, headers, json }
    }
    pub async fn get(&self, path: &str) -> Told {
        self.send("GET", path, &[], None).await
    }
}

/// `GET /api/v1/people` of every operation that is described.
pub fn described() -> BTreeSet<String> {
    let api = serde_json::to_value(web::openapi()).unwrap();
    let paths = api["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |m| format!("{} {path}", m.to_uppercase()))).collect()
}

/// T-33 for the interface: what is described is what the table of rights knows, and every address of it is guarded.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn every_operation_is_described_stands_in_the_table_of_rights_and_asks_for_a_token() {
    let table: BTreeSet<String> = policy::routes().filter(|r| r.contains(" /api/v1/") && !r.ends_with("openapi.json")).map(str::to_owned).collect();
    assert_eq!(described(), table);
    assert!(table.len() >= 20, "{}", table.len());
    let county = County::planted();
    let stranger = Program { router: web::router(county.office.clone(), web::Settings::default()), token: "zr_nobody".into() };
    for operation in described() {
        let (method, path) = operation.split_once(' ').unwrap();
        let path = path.replace("{id}", "1").replace("{name}", "roster").replace("{tenure}", "1").replace("{step}", "inspection");
        let told = stranger.send(method, &path, &[], Some(json!({}))).await;
        assert_eq!((told.status, told.problem()), (401, "unauthorized"), "{operation}");
        for name in ["content-security-policy", "x-content-type-options", "cache-control"] {
            assert!(told.headers.contains_key(name), "{operation} lacks {name}");
        }
    }
    let nowhere = stranger.get("/api/v1/nowhere").await;
    assert_eq!((nowhere.status, nowhere.problem()), (404, "not-found"));
    let method = stranger.send("DELETE", "/api/v1/people", &[], None).await;
    assert_eq!((method.status, method.problem()), (405, "method"));
    assert_eq!(stranger.get("/api/v1/openapi.json").await.json["openapi"].as_str().map(|v| &v[..2]), Some("3."));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_record_is_read_changed_once_and_never_over_another_change() {
    let county = County::planted();
    let officer = program(&county, "officer", Scope::Write);
    let found = officer.get("/api/v1/people?limit=3").await;
    assert_eq!(found.json["people"].as_array().map(Vec::len), Some(3), "{}", found.json);
    assert_eq!(found.json["next"], 3);
    let read = officer.get("/api/v1/people/2").await;
    let tag = read.tag().to_owned();
    assert!(read.json.get("id_number").is_none() && read.json.get("health").is_none(), "S2 stays on the page: {}", read.json);
    assert_eq!(officer.send("GET", "/api/v1/people/2", &[("if-none-match", &tag)], None).await.status, 304);

    let change = json!({ "native_place": "云岭青云" });
    let send = |headers: &'static [(&'static str, &'static str)], tag: String, body: Json| {
        let officer = &officer;
        async move {
            let mut all: Vec<(&str, &str)> = headers.to_vec();
            if !tag.is_empty() {
                all.push(("if-match", &tag));
            }
            officer.send("PATCH", "/api/v1/people/2", &all, Some(body)).await
        }
    };
    let without = send(&[("idempotency-key", "a")], String::new(), change.clone()).await;
    assert_eq!((without.status, without.problem()), (428, "if-match"));
    let without = send(&[], tag.clone(), change.clone()).await;
    assert_eq!((without.status, without.problem()), (400, "idempotency-key"));
    let head = county.office.head();
    let first = send(&[("idempotency-key", "one")], tag.clone(), change.clone()).await;
    assert_eq!((first.status, first.json["native_place"].as_str()), (200, Some("云岭青云")), "{}", first.json);
    let again = send(&[("idempotency-key", "one")], tag.clone(), change.clone()).await;
    assert_eq!((again.status, &again.json), (200, &first.json), "the same answer");
    assert_eq!(county.office.head(), head + 1, "one change");
    let other = send(&[("idempotency-key", "one")], tag.clone(), json!({ "native_place": "别处" })).await;
    assert_eq!((other.status, other.problem()), (422, "idempotency-key-reused"));
    let late = send(&[("idempotency-key", "two")], tag, json!({ "native_place": "别处" })).await;
    assert_eq!((late.status, late.problem()), (412, "changed"));
    let now = officer.get("/api/v1/people/2").await.tag().to_owned();
    for (path, body) in [("/api/v1/people?q=%00", None), ("/api/v1/people/2", Some(json!({ "native_place": "\u{0}" })))] {
        let method = if body.is_some() { "PATCH" } else { "GET" };
        let nothing = officer.send(method, path, &[("idempotency-key", "nothing"), ("if-match", &now)], body).await;
        assert_eq!((nothing.status, nothing.problem()), (400, "wrong"), "{path}: one of the databases keeps no such sign");
    }
    // T-32: a field that is not offered is refused, not ignored.
    let now = officer.get("/api/v1/people/2").await.tag().to_owned();
    let foreign = send(&[("idempotency-key", "three")], now, json!({ "id_number": "990000198504120023" })).await;
    assert_eq!((foreign.status, foreign.problem()), (422, "wrong"));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn an_appointment_is_refused_with_every_finding_as_on_the_page() {
    let county = County::planted();
    let officer = program(&county, "officer", Scope::Write);
    let post = officer.get("/api/v1/people/2/tenures").await.json.as_array().unwrap().iter().find_map(|t| t["post"].as_i64().filter(|_| t["until"].is_null())).expect("a post that is held");
    let body = json!({ "post": post, "from": "2026-11-22" });
    let refused = officer.send("POST", "/api/v1/people/2/tenures", &[("idempotency-key", "x")], Some(body)).await;
    assert_eq!((refused.status, refused.problem()), (422, "refused"), "{}", refused.json);
    assert_eq!(refused.json["findings"][0]["rule"], "already-holds-the-post", "{}", refused.json);
    assert!(refused.json["findings"][0]["citation"]["document"].as_str().is_some());
    let examined = officer.get(&format!("/api/v1/examination?person=3&post={post}")).await;
    assert!(examined.status == 200 && examined.json["findings"].is_array(), "{}", examined.json);
    assert!(!examined.json.to_string().contains("惩戒\""));
    let wrong = officer.send("POST", "/api/v1/people/2/tenures", &[("idempotency-key", "y")], Some(json!({ "post": post, "from": "明天" }))).await;
    assert_eq!((wrong.status, wrong.problem()), (400, "wrong"));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_token_does_what_its_account_may_and_its_scope_says_and_dies_at_once() {
    let county = County::planted();
    let (reader, unit) = (program(&county, "officer", Scope::Read), program(&county, "unit", Scope::Write));
    let body = || Some(json!({ "post": 1, "from": "2026-11-22" }));
    let refused = reader.send("POST", "/api/v1/people/2/tenures", &[("idempotency-key", "x")], body()).await;
    assert_eq!((refused.status, refused.problem()), (403, "forbidden"), "a token that only reads");
    assert_eq!(unit.send("POST", "/api/v1/people/2/tenures", &[("idempotency-key", "x")], body()).await.status, 404, "a unit appoints nobody");
    let all = reader.get("/api/v1/people?limit=200").await.json["people"].as_array().unwrap().len();
    let some = unit.get("/api/v1/people?limit=200").await.json["people"].as_array().unwrap().len();
    assert!(some < all && all == 200, "{some} of {all}");
    assert_eq!(unit.get("/api/v1/procedures").await.status, 404);

    let mut browser = county.logged_in("officer").await;
    let made = browser.post("/account/tokens", "name=%E8%AF%95&scope=read&days=10").await;
    let secret = made.body.split("zr_").nth(1).map(|rest| format!("zr_{}", &rest[..64])).unwrap_or_else(|| panic!("{}", made.body));
    let program = Program { router: reader.router.clone(), token: secret.clone() };
    assert_eq!(program.get("/api/v1/me").await.json["scope"], "read");
    let list = browser.get("/account/tokens").await.body;
    assert!(!list.contains(&secret), "shown once");
    let stored: i64 = county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one("select count(*) from api_tokens where token = $1", &[secret.as_str().into()])?.int(0))).unwrap();
    assert_eq!(stored, 0, "only a hash is kept");
    let removal = list.replace("&#x2f;", "/").split("action=\"/account/tokens/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(browser.post(&format!("/account/tokens/{removal}"), "").await.status, 303);
    assert_eq!(program.get("/api/v1/me").await.status, 401, "revoked at once");
    county.office.store.write(|tx| tx.execute("update api_tokens set until = '2026-01-01T00:00:00+08:00'", &[])).unwrap();
    assert_eq!(reader.get("/api/v1/me").await.status, 401, "over");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_ledger_is_told_without_what_is_protected() {
    let county = County::planted();
    let officer = program(&county, "officer", Scope::Read);
    let list = officer.get("/api/v1/ledgers").await;
    let only = list.json.as_array().unwrap().iter().find(|l| l["only_on_the_page"] == true).expect("a ledger with protected tests")["name"].as_str().unwrap().to_owned();
    let refused = officer.get(&format!("/api/v1/ledgers/{only}/rows")).await;
    assert_eq!((refused.status, refused.problem()), (403, "forbidden"));
    let rows = officer.get("/api/v1/ledgers/roster/rows?limit=5&offset=5").await;
    assert_eq!(rows.json["rows"].as_array().map(Vec::len), Some(5), "{}", rows.json);
    assert_eq!(rows.json["next"], 10);
    let dictionary = &county.office.book.dictionary;
    for row in rows.json["rows"].as_array().unwrap() {
        for fact in row["values"].as_object().unwrap().keys() {
            assert!(dictionary.fact(fact).unwrap().class < institution::dictionary::Class::S2, "{fact}");
        }
    }
    assert_eq!(officer.get("/api/v1/ledgers/roster/rows?limit=0").await.status, 400);
    assert_eq!(officer.get("/api/v1/people/x").await.problem(), "wrong");
}

/// What the interface tells of procedures and of requests for correction is S2: each look is an entry of the journal, written
/// with it; what cannot be noted is not told. The person is told of the look, and not that they stand in a procedure.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_look_at_a_procedure_or_a_correction_is_noted_or_it_is_not_told() {
    let county = County::planted();
    furnish(&county);
    let officer = program(&county, "officer", Scope::Write);
    let unit = program(&county, "unit", Scope::Write);
    let rows = |sql: &str| county.office.store.read(|tx| tx.rows(sql, &[])).unwrap();
    let looks = || {
        rows("select j.actor, c.class, c.parts, c.people, (select min(d.person) from consulted d where d.consultation = c.id) from consultations c join journal j on j.id = c.entry order by c.id")
            .iter()
            .map(|r| (r.text(0).to_owned(), r.text(1).to_owned(), r.text(2).to_owned(), r.int(3), r.opt_int(4)))
            .collect::<Vec<_>>()
    };
    let proposed = rows("select person from procedure_items")[0].int(0);
    let asked = [
        ("/api/v1/procedures", "选任程序", None),
        ("/api/v1/procedures/1", "选任程序", Some(proposed)),
        ("/api/v1/corrections", "更正申请", None),
        ("/api/v1/corrections/1", "更正申请", Some(1)),
    ];
    let shown = as_named(&county, "officer").shown;
    for (path, part, person) in asked {
        let before = looks().len();
        assert_eq!(officer.get(path).await.status, 200, "{path}");
        let after = looks();
        assert_eq!(after.len(), before + 1, "{path}: one look, one note");
        let noted = (shown.clone(), "S2".to_owned(), format!("[\"{part}\"]"), i64::from(person.is_some()), person);
        assert_eq!(after[before], noted, "{path}");
        // What is not there, and what is not theirs to see, leaves no note that somebody was looked at.
        assert_eq!(officer.get(&format!("{path}/999")).await.status, 404);
        assert!(matches!(unit.get(path).await.status, 403 | 404), "{path}");
        assert_eq!(looks().len(), before + 1, "{path}");
    }

    let told = county.office.read(&Actor::program(), AsOf::default(), |desk| rights::looked(desk, Id::new(proposed), 10)).unwrap();
    assert!(!told.is_empty() && told.iter().all(|l| !l.parts.contains("选任")), "{told:?}");

    // By a hand from outside: no connection of the office's own.
    let outside = store::Store::open(county.office.store.place().clone()).unwrap();
    outside.write(|tx| tx.batch("drop table consulted")).unwrap();
    for (path, ..) in asked {
        let told = officer.get(path).await;
        // A list of many is noted without names, and can be.
        let whole = if path.ends_with('1') { 500..600 } else { 200..600 };
        assert!(whole.contains(&told.status), "{path}: {}", told.json);
        assert!(!path.ends_with('1') || told.json.get("stage").or(told.json.get("steps")).is_none(), "{path}: {}", told.json);
    }
    outside.write(|tx| tx.batch("drop table consultations")).unwrap();
    for (path, ..) in asked {
        assert!((500..600).contains(&officer.get(path).await.status), "{path}");
    }
}
