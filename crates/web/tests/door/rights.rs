//! What the table of rights says is what the door does.

use crate::browser::{Browser, County};
use policy::Role;
use registry::{Actor, AsOf, Error};
use std::collections::BTreeSet;

/// `GET /officials/{id}` of every route that the sources of the door name.
pub fn routes_in_the_source() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                for piece in text.split(".route(\"").skip(1) {
                    let (address, rest) = piece.split_once('"').unwrap();
                    // Up to the next route, or the end of the chain.
                    let rest = rest.split(".route(").next().unwrap().split(';').next().unwrap();
                    for method in ["get", "post", "put", "patch", "delete"] {
                        if rest.contains(&format!(" {method}(")) || rest.contains(&format!(".{method}(")) {
                            found.insert(format!("{} {address}", method.to_uppercase()));
                        }
                    }
                }
            }
        }
    }
    found
}

/// T-33: addresses of pages (as the sources write them) and of the interface (as its description writes them) are the table's.
#[test]
fn every_address_stands_in_the_table_of_rights_and_every_line_has_its_address() {
    let mut source = routes_in_the_source();
    source.extend(crate::api::described());
    let table = policy::routes().map(str::to_owned).collect::<BTreeSet<_>>();
    let unlisted: Vec<_> = source.difference(&table).collect();
    let gone: Vec<_> = table.difference(&source).collect();
    assert!(source.len() > 60, "{}", source.len());
    assert!(unlisted.is_empty(), "写进 crates/policy/data/*.toml：{unlisted:?}");
    assert!(gone.is_empty(), "权限表里有、网页和接口没有：{gone:?}");
}

/// What is protected of somebody, as the database holds it; and somebody's number.
struct Canary {
    person: i64,
    words: Vec<String>,
}

fn canary(county: &County) -> Canary {
    county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let unit = registry::organisation::named(desk, "中共青云县委员会")?.unwrap();
            let row = desk.one(
                "select min(s.person) from standing s
                   join relatives r on r.person = s.person and r.superseded is null
                   join awards a on a.person = s.person and a.superseded is null
                  where s.organisation_path = $1",
                &[unit.path.as_str().into()],
            )?;
            let person = row.opt_int(0).expect("somebody with relatives and awards");
            let mut words = vec![];
            for sql in [
                "select id_number from person_details where person = $1 and superseded is null",
                "select min(work) from relatives where person = $1 and superseded is null and length(work) > 6",
                "select min(name) from awards where person = $1 and superseded is null",
            ] {
                words.extend(desk.one(sql, &[person.into()])?.opt_string(0));
            }
            assert!(words.len() >= 2, "{words:?}");
            Ok::<_, Error>(Canary { person, words })
        })
        .unwrap()
}

fn leaks<'c>(canary: &'c Canary, body: &str) -> Vec<&'c String> {
    canary.words.iter().filter(|w| body.contains(w.as_str())).collect()
}

fn entries(county: &County, act: &str) -> i64 {
    let sql = "select count(*) from journal where act = $1";
    county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one(sql, &[act.into()])?.int(0))).unwrap()
}

#[tokio::test(crate = "crate::walk")]
async fn what_is_protected_is_folded_until_a_purpose_is_stated_and_then_noted() {
    let county = County::planted();
    let canary = canary(&county);
    let page = format!("/officials/{}", canary.person);
    let mut officer = county.logged_in("officer").await;

    let folded = officer.get(&page).await;
    assert_eq!(folded.status, 200);
    assert_eq!(leaks(&canary, &folded.body), Vec::<&String>::new());
    assert!(folded.body.contains("说明用途并查看") && folded.body.contains("会被记录"));
    assert_eq!(entries(&county, "record.consult"), 0);

    let wrong = officer.post(&format!("{page}/consultation"), "purpose=curiosity").await;
    assert_eq!(wrong.status, 400, "only the seven purposes");
    officer.state(canary.person).await;
    let open = officer.get(&page).await;
    assert_eq!(leaks(&canary, &open.body).len(), canary.words.len());
    assert_eq!(entries(&county, "record.consult"), 1, "the look is noted");

    // Another session of the same account has stated nothing.
    let mut elsewhere = county.logged_in("officer").await;
    assert_eq!(leaks(&canary, &elsewhere.get(&page).await.body), Vec::<&String>::new());
}

#[tokio::test(crate = "crate::walk")]
async fn who_may_not_see_a_class_is_not_offered_it_and_never_gets_it() {
    let county = County::planted();
    let canary = canary(&county);
    for name in ["leader", "branch_secretary"] {
        let mut browser = county.logged_in(name).await;
        let home = browser.get("/").await;
        assert!(!home.body.contains("影响期") && !home.body.contains("优秀年轻干部库"), "{name}: not even how many");
        let page = browser.get(&format!("/officials/{}", canary.person)).await;
        assert_eq!(page.status, 200, "{name}");
        assert_eq!(leaks(&canary, &page.body), Vec::<&String>::new(), "{name}");
        assert!(!page.body.contains("说明用途并查看"), "{name}");
        let stated = browser.post(&format!("/officials/{}/consultation", canary.person), "purpose=daily").await;
        assert_eq!(stated.status, 404, "{name}");
        for below in ["/edit", "/history", "/forms/任免审批表.lrmx"] {
            let answer = browser.get(&format!("/officials/{}{}", canary.person, uri(below))).await;
            assert!(answer.status >= 400 && leaks(&canary, &answer.body).is_empty(), "{name} {below}");
        }
    }
}

fn uri(path: &str) -> String {
    path.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[tokio::test(crate = "crate::walk")]
async fn a_ledger_leaves_out_what_is_protected_until_a_purpose_is_stated() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let roster = "/ledgers/roster?columns=name,id_number,health,appraisal.grade_1";
    let folded = officer.get(roster).await;
    assert_eq!(folded.status, 200);
    let number = |body: &str| body.contains("990000") || body.contains("优秀</");
    assert!(!number(&folded.body) && folded.body.contains("身份证号") && folded.body.contains("说明用途并查看"), "the column is named, not shown");
    let csv = officer.get("/ledgers/roster/export?format=csv&columns=name,id_number").await;
    assert!(!csv.body.contains("990000"), "nor in a file");
    // A test of a protected fact is an answer about it.
    let asked = officer.get("/ledgers/young").await;
    assert_eq!(asked.status, 403);
    assert!(asked.body.contains("说明用途并查看"));
    // What is restricted stands in no list, whatever is said.
    officer.post("/ledgers/roster/purpose", "purpose=daily").await;
    let sealed = officer.get("/ledgers/roster?columns=name,family.spouse_emigrated").await;
    assert!(!sealed.body.contains("<td>是</td>"));
    let tested = officer.get("/ledgers/roster?where=%7B%22fact%22%3A%22family.has_spouse%22%2C%22is%22%3Atrue%7D").await;
    assert_eq!(tested.status, 404);

    let before = entries(&county, "record.consult");
    let open = officer.get(roster).await;
    assert!(open.body.contains("990000"), "{}", open.body.len());
    assert_eq!(officer.get("/ledgers/young").await.status, 200);
    assert_eq!(entries(&county, "record.consult"), before + 2);

    let mut leader = county.logged_in("leader").await;
    let page = leader.get(roster).await;
    assert!(!number(&page.body) && !page.body.contains("说明用途并查看"));
    assert_eq!(leader.get("/ledgers/young").await.status, 404);
    assert_eq!(leader.post("/ledgers/roster/purpose", "purpose=daily").await.status, 404);
}

#[tokio::test(crate = "crate::walk")]
async fn the_thirty_first_record_within_an_hour_needs_approval() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let mut opened = 0;
    for person in 2..=31 {
        officer.state(person).await;
        let page = officer.get(&format!("/officials/{person}")).await;
        opened += i64::from(page.status == 200 && !page.body.contains("id=\"access\""));
    }
    assert_eq!(opened, 30);
    officer.state(40).await;
    let over = officer.get("/officials/40").await;
    assert!(over.body.contains("id=\"access\"") && over.body.contains("须经负责人批准"), "the 31st");
    assert_eq!(entries(&county, "record.consult"), 30);
    let again = officer.get("/officials/2").await;
    assert!(!again.body.contains("id=\"access\""), "whom one has looked at already is not counted twice");
}

#[tokio::test(crate = "crate::walk")]
async fn oneself_and_relatives_are_not_found_whatever_the_office() {
    let county = County::planted();
    // Two declares 3 as a relative, and is declared by 4.
    county
        .office
        .write(&Actor::program(), |desk| {
            let entry = desk.record(registry::desk::Happened { act: "person.revise", subject: "person", number: Some(2), says: "家庭成员".into() })?;
            for (declares, declared, born) in [(2, 3, true), (4, 2, false)] {
                let them = registry::person::find(desk, vocabulary::Id::new(declared))?.row;
                let relative = registry::rows::Relative {
                    relation: "妹妹".into(),
                    name: them.name,
                    born: them.born.filter(|_| born),
                    party: None,
                    work: "县档案馆".into(),
                    order_no: 9,
                };
                registry::dated::add(desk, vocabulary::Id::new(declares), &relative, entry)?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let (me, recused) = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let actor = registry::actor::named(desk, "kin")?.unwrap();
            Ok::<_, Error>((actor.person.unwrap(), actor.recused))
        })
        .unwrap();
    assert!([2, 3, 4].iter().all(|n| recused.contains(&vocabulary::Id::new(*n))) && me.number() == 2, "{recused:?}");
    let mut kin = county.logged_in("kin").await;
    let mut officer = county.logged_in("officer").await;
    for person in &recused {
        for below in ["", "/photo", "/history", "/edit", "/examine"] {
            let path = format!("/officials/{person}{below}");
            assert!(matches!(kin.get(&path).await.status, 403 | 404), "{path}");
        }
        kin.post(&format!("/officials/{person}/consultation"), "purpose=daily").await;
        assert_eq!(kin.get(&format!("/officials/{person}")).await.status, 404);
        assert_eq!(officer.get(&format!("/officials/{person}")).await.status, 200);
    }
    let mine = kin.get("/me").await;
    assert_eq!(mine.status, 200, "one's own record is seen as everybody sees theirs");
    let roster = kin.get("/ledgers/roster/export?format=csv").await;
    let all = officer.get("/ledgers/roster/export?format=csv").await;
    assert!(roster.body.lines().count() < all.body.lines().count(), "nor in a list");
}

#[tokio::test(crate = "crate::walk")]
async fn another_post_is_another_sight_at_the_next_request() {
    let county = County::planted();
    let (unit, other, person) = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let unit = registry::organisation::named(desk, "中共青云县委员会")?.unwrap();
            let at = |test: &str| desk.one(&format!("select max(person) from standing where organisation_path {test} '{}'", unit.path), &[]);
            Ok::<_, Error>((at("=")?.int(0), at("<>")?.int(0), vocabulary::Id::<registry::Person>::new(at("=")?.int(0) - 1)))
        })
        .unwrap();
    let _ = unit;
    // A unit's HR officer whose right follows the post that the person holds.
    county
        .office
        .write(&Actor::program(), |desk| {
            let new = registry::account::NewAccount { name: "follows", shown: "follows", role: Role::UnitHr, scope: None, person: Some(person), password: "青云" };
            registry::account::add(desk, new)
        })
        .unwrap();
    let mut browser = county.logged_in("follows").await;
    let seen = |desk: &registry::Desk| Ok::<_, Error>(registry::actor::named(desk, "follows")?.unwrap().sees);
    let before = county.office.read(&Actor::program(), AsOf::default(), seen).unwrap();
    assert!(matches!(before, registry::Sees::Below(_)), "{before:?}");
    let roster = browser.get("/ledgers/roster").await;
    assert_eq!(roster.status, 200);

    // The tenures end: the person holds no post any more.
    county
        .office
        .write(&Actor::program(), |desk| {
            let entry = desk.record(registry::desk::Happened { act: "tenure.end", subject: "person", number: Some(person.number()), says: "免职".into() })?;
            for held in registry::dated::of::<registry::rows::Tenure>(desk, person)? {
                if held.row.until_day.is_none() {
                    let ended = registry::rows::Tenure { until_day: Some(vocabulary::day!(2026 - 11 - 1).into()), ..held.row.clone() };
                    registry::dated::replace(desk, held.id, person, &ended, entry)?;
                }
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let after = county.office.read(&Actor::program(), AsOf::default(), seen).unwrap();
    assert_eq!(after, registry::Sees::Nothing);
    assert_eq!(browser.get(&format!("/officials/{other}")).await.status, 404);
    let roster = browser.get("/ledgers/roster").await;
    assert!(roster.body.contains("没有符合全部条件的"), "the same session sees nobody");
}

async fn number(browser: &mut Browser, page: &str, prefix: &str) -> String {
    let body = browser.get(page).await.body;
    let at = body.find(prefix).unwrap_or_else(|| panic!("{page} has no {prefix}")) + prefix.len();
    body[at..].chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test(crate = "crate::walk")]
async fn a_role_is_granted_by_two_persons_and_taken_by_one_at_once() {
    let county = County::planted();
    let (mut asks, mut second) = (county.logged_in("security_admin").await, county.logged_in("security_admin2").await);
    let form = "name=xin&shown=%E6%96%B0%E4%BA%BA&password=a-long-first-password&role=officer&reason=%E8%B0%83%E5%85%A5";
    let made = asks.post("/accounts", form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let account = made.location.trim_start_matches("/accounts/").to_owned();
    let mut browser = county.browser();
    browser.get("/login").await;
    browser.post("/login", "name=xin&password=a-long-first-password").await;
    let own = "old=a-long-first-password&new=seven-lamps-by-the-mill&again=seven-lamps-by-the-mill";
    assert_eq!(browser.post("/account/password", own).await.location, "/", "the first password is changed first");
    assert_eq!(browser.get("/ledgers/roster").await.status, 404, "no right before the second person");

    let grant = number(&mut second, "/accounts", "/accounts/grants/").await;
    let decision = format!("/accounts/grants/{grant}/decision");
    assert_eq!(asks.post(&decision, "agreed=1").await.status, 422, "who asks does not agree");
    assert_eq!(county.logged_in("officer").await.post(&decision, "agreed=1").await.status, 404);
    assert_eq!(second.post(&decision, "agreed=1").await.status, 303);
    assert_eq!(browser.get("/ledgers/roster").await.status, 200, "in force with the second");
    assert_eq!(second.post(&decision, "agreed=0&reason=x").await.status, 409, "decided once");

    let excluded = asks.post(&format!("/accounts/{account}/grants"), "role=auditor&reason=x").await;
    assert_eq!(excluded.status, 422, "an auditor is nothing else");
    assert!(excluded.body.contains("互相排斥"));
    let own = number(&mut second, "/accounts", "security_admin2</a>").await;
    let _ = own;
    let taken = second.post(&format!("/accounts/{account}/revocation"), "reason=%E8%B0%83%E5%87%BA").await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    assert_eq!(browser.get("/ledgers/roster").await.status, 404, "at the next request");
    assert_eq!(entries(&county, "grant.revoke"), 1);
}

#[tokio::test(crate = "crate::walk")]
async fn every_pair_of_roles_that_excludes_is_refused_and_nobody_grants_to_themselves() {
    let county = County::planted();
    let account = |name: &str| {
        let sql = "select id from accounts where name = $1";
        county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one(sql, &[name.into()])?.int(0))).unwrap()
    };
    let mut asks = county.logged_in("security_admin").await;
    let mut refused = 0;
    for held in Role::ALL.into_iter().filter(|r| !matches!(r, Role::Officer | Role::UnitHr | Role::Recorded | Role::SecurityAdmin)) {
        let id = account(held.id());
        for wished in Role::ALL {
            if held.goes_with(wished) {
                continue;
            }
            let scope = if wished == Role::UnitHr { "&scope=%E9%9D%92%E4%BA%91%E9%95%87" } else { "" };
            let answer = asks.post(&format!("/accounts/{id}/grants"), &format!("role={}&reason=x{scope}", wished.id())).await;
            assert_eq!(answer.status, 422, "{} → {}", held.id(), wished.id());
            refused += 1;
        }
    }
    assert_eq!(refused, 8 * 4 + 3 * 14, "every conflicting pair was tried");
    let own = account("security_admin");
    let mine = asks.post(&format!("/accounts/{own}/grants"), "role=auditor&reason=x").await;
    assert!(mine.status == 422 && mine.body.contains("不能为自己提请角色"));
    assert_eq!(entries(&county, "grant.ask"), 0);
}

#[tokio::test(crate = "crate::walk")]
async fn one_person_has_one_account() {
    let county = County::planted();
    let mut asks = county.logged_in("security_admin").await;
    let form = "name=zwei&shown=x&password=a-long-first-password&role=leader&reason=x&person=1";
    let answer = asks.post("/accounts", form).await;
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert!(answer.body.contains("一人只能有一个账户"));
}

#[tokio::test(crate = "crate::walk")]
async fn a_ticket_is_asked_by_one_and_approved_by_another_and_opens_only_its_parts() {
    let county = County::planted();
    let canary = canary(&county);
    let mut officer = county.logged_in("officer").await;
    let second = {
        let sql = "select id from accounts where name = 'unit'";
        county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one(sql, &[])?.int(0))).unwrap()
    };
    let person = canary.person;
    let none = officer.post("/tickets", &format!("person={person}")).await;
    assert_eq!(none.status, 422);
    for word in ["七种用途", "写明查阅的事由", "两人以上", "用到哪一天", "选要查阅的内容"] {
        assert!(none.body.contains(word), "{word}");
    }
    let parts: String = ["身份证号和健康状况", "家庭", "考核", "奖惩", "使用"].iter().map(|p| format!("&part={}", uri(p))).collect();
    let form = format!("person={person}&purpose=inspection&reason=x&second={second}&until=2026-12-01{parts}");
    let asked = officer.post("/tickets", &form).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let ticket = asked.location.clone();
    assert!(officer.get(&format!("/officials/{person}")).await.body.contains("id=\"access\""), "not before it is approved");
    assert_eq!(officer.post(&format!("{ticket}/decision"), "agreed=1").await.status, 404, "an officer approves nothing");
    let mut head = county.logged_in("head").await;
    assert_eq!(head.get(&ticket).await.status, 200);
    assert_eq!(head.post(&format!("{ticket}/decision"), "agreed=1").await.status, 303);
    let open = officer.get(&format!("/officials/{person}")).await;
    assert_eq!(leaks(&canary, &open.body).len(), canary.words.len(), "without asking for a purpose again");
    assert_eq!(county.logged_in("leader").await.get(&ticket).await.status, 404);

    assert_eq!(officer.post(&format!("{ticket}/withdrawal"), "").await.status, 303);
    assert_eq!(leaks(&canary, &officer.get(&format!("/officials/{person}")).await.body), Vec::<&String>::new(), "withdrawn");

    // Who approves does not read: the head asks, the head cannot approve.
    let asked = head.post("/tickets", &form).await;
    let own = head.post(&format!("{}/decision", asked.location), "agreed=1").await;
    assert!(own.status == 422 && own.body.contains("不能审批自己的查阅单"), "{}", own.status);
}
