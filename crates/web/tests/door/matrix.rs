//! The table of rights over HTTP: every role, every address, many things; and every thing that one role sees, as every other.

use crate::browser::County;
use crate::rights::routes_in_the_source;
use policy::Role;
use registry::{Actor, AsOf, Error, Sees};
use std::collections::BTreeSet;

/// Login name of the account that has a role in the county of these tests.
pub fn login(role: Role) -> &'static str {
    match role {
        Role::Officer => "officer",
        Role::UnitHr => "unit",
        Role::Recorded => "me",
        other => other.id(),
    }
}

/// An address of the route with numbers in it.
pub fn address(route: &str, number: i64) -> String {
    let mut out = String::new();
    for part in route.trim_start_matches('/').split('/') {
        out.push('/');
        match part {
            "{name}" => out.push_str("roster"),
            "{file}" => out.push_str("x.pdf"),
            "{key}" | "{step}" => out.push('x'),
            p if p.starts_with('{') => out.push_str(&number.to_string()),
            p => out.push_str(p),
        }
    }
    out
}

/// Nothing of the page but its sentence differs from page to page: the address in its forms and the token.
fn plain(body: &str, path: &str, token: &str) -> String {
    let escaped = path.replace('/', "&#x2f;");
    crate::browser::without_keys(body).replace(path, "").replace(&escaped, "").replace(token, "").replace(" aria-current=\"page\"", "")
}

const EACH: i64 = 90;

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn what_a_role_may_not_do_looks_like_an_address_that_is_none() {
    let county = std::sync::Arc::new(County::planted());
    let routes: Vec<String> = routes_in_the_source().into_iter().collect();
    let mut work = Vec::new();
    for role in Role::ALL {
        let (county, routes) = (county.clone(), routes.clone());
        work.push(tokio::spawn(async move {
            let mut browser = county.logged_in(login(role)).await;
            let token = browser.token();
            let nowhere = browser.get("/nowhere").await;
            assert_eq!(nowhere.status, 404);
            let nowhere = plain(&nowhere.body, "/nowhere", &token);
            let mut cells = 0;
            for route in &routes {
                let (method, path) = route.split_once(' ').unwrap();
                let Some(action) = policy::of_route(method, path) else { continue };
                if policy::may_ever(role, action) || action.kind == policy::Kind::Public || !matches!(method, "GET" | "POST") {
                    continue;
                }
                for number in 1..=EACH {
                    let path = address(path, number);
                    let answer = if method == "GET" { browser.get(&path).await } else { browser.post(&path, "").await };
                    assert_eq!(answer.status, 404, "{} {method} {path}", role.id());
                    if number == 1 {
                        assert!(plain(&answer.body, &path, &token) == plain(&nowhere, &path, &token), "{} {method} {path}: {}", role.id(), answer.body);
                    }
                    cells += 1;
                }
            }
            cells
        }));
    }
    let mut cells = 0;
    for done in work {
        cells += done.await.unwrap();
    }
    println!("{cells} cells over HTTP");
    assert!(cells >= 60_000, "{cells}");
}

/// Every address of a record on a page.
fn addresses(body: &str, into: &mut BTreeSet<String>) {
    for piece in body.replace("&#x2f;", "/").split("href=\"").skip(1) {
        let address = piece.split(['"', '?', '#']).next().unwrap_or_default();
        let mut parts = address.trim_start_matches('/').split('/');
        let noun = parts.next().unwrap_or_default();
        if matches!(noun, "officials" | "posts" | "organisations" | "procedures" | "tickets" | "accounts") && parts.next().is_some_and(|n| n.parse::<i64>().is_ok()) {
            into.insert(address.to_owned());
        }
    }
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn what_one_role_sees_is_seen_by_another_only_where_the_table_says_so() {
    let county = std::sync::Arc::new(County::planted());
    let mut officer = county.logged_in("officer").await;
    let mut found = BTreeSet::new();
    for page in ["/", "/organisations", "/procedures", "/ledgers/roster", "/ledgers/roster?from=50", "/ledgers/roster?from=100", "/ledgers/seats", "/ledgers/retirement"] {
        addresses(&officer.get(page).await.body, &mut found);
    }
    let posts: Vec<String> = found.iter().filter(|a| a.starts_with("/officials/")).take(40).cloned().collect();
    for page in posts {
        addresses(&officer.get(&page).await.body, &mut found);
    }
    let people: Vec<i64> = found.iter().filter_map(|a| a.strip_prefix("/officials/")?.parse().ok()).collect();
    assert!(people.len() > 100 && found.len() > 150, "{} {}", people.len(), found.len());
    let names: Vec<(i64, String)> = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let rows = desk.rows("select person, id_number from person_details where superseded is null", &[])?;
            Ok::<_, Error>(rows.iter().filter_map(|r| Some((r.int(0), r.opt_string(1)?))).collect())
        })
        .unwrap();
    let numbers = std::sync::Arc::new(names);
    let mut work = Vec::new();
    for role in Role::ALL.into_iter().filter(|r| !r.of_the_office()) {
        let (county, found, numbers) = (county.clone(), found.clone(), numbers.clone());
        let sees = county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(registry::actor::named(desk, login(role))?.unwrap().sees)).unwrap();
        let inside: BTreeSet<i64> = within(&county, &sees);
        work.push(tokio::spawn(async move {
            let mut browser = county.logged_in(login(role)).await;
            let missing = browser.get("/officials/99999999").await;
            for address in &found {
                let answer = browser.get(address).await;
                let leaked: Vec<&String> = numbers.iter().filter(|(_, n)| answer.body.contains(n.as_str())).map(|(_, n)| n).collect();
                // A form is printed with the number on it, for people of one's own, and that is noted.
                let form = address.contains("/forms/") && policy::may_ever(role, policy::action("form.print"));
                let own = address.split('/').nth(2).and_then(|n| n.parse().ok()).is_some_and(|person: i64| inside.contains(&person));
                assert!(leaked.is_empty() || form && own, "{} reads {leaked:?} at {address}", role.id());
                if let Some(person) = address.strip_prefix("/officials/").and_then(|n| n.parse::<i64>().ok()) {
                    let may = policy::may_ever(role, policy::action("person.see")) && inside.contains(&person);
                    assert_eq!(answer.status == 200, may, "{} {address}: {}", role.id(), answer.status);
                    if !may {
                        assert_eq!(answer.status, missing.status, "{} {address}", role.id());
                        let token = browser.token();
                        assert!(plain(&answer.body, address, &token) == plain(&missing.body, "/officials/99999999", &token), "{} {address}: {}", role.id(), answer.body);
                    }
                }
            }
            found.len()
        }));
    }
    for done in work {
        done.await.unwrap();
    }
}

/// The people below a path, asked of the table without the policy.
pub fn within(county: &County, sees: &Sees) -> BTreeSet<i64> {
    let Sees::Below(path) = sees else { return BTreeSet::new() };
    county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let rows = desk.rows("select person, organisation_path from standing", &[])?;
            Ok::<_, Error>(rows.iter().filter(|r| r.opt_text(1).is_some_and(|p| p.starts_with(path.as_str()))).map(|r| r.int(0)).collect())
        })
        .unwrap()
}
