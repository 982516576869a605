//! 事件订阅: signed, in order, tried again until it arrives, over a restart as well, and led nowhere else.

use super::{Program, as_named, program};
use crate::browser::{Browser, County};
use crate::doors::pass;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use registry::desk::Happened;
use registry::opening::Scope;
use registry::opening::hook::{self, delivery};
use registry::{Actor, AsOf, Error};
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use vocabulary::Clock;
use web::hooks::Sender;

/// Another system: answers as it is told to, and remembers what came.
#[derive(Clone, Default)]
struct Receiver {
    answers: Arc<Mutex<VecDeque<u16>>>,
    came: Arc<Mutex<Vec<Came>>>,
}

#[derive(Clone, Debug)]
struct Came {
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Came {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
    fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn take(State(receiver): State<Receiver>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    receiver.came.lock().unwrap().push(Came {
        path: uri.path().into(),
        headers,
        body,
    });
    let status = StatusCode::from_u16(receiver.answers.lock().unwrap().pop_front().unwrap_or(204)).unwrap();
    (status, [("location", "/elsewhere")]).into_response()
}

impl Receiver {
    /// Its address.
    async fn open(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(take).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/in")
    }
    fn will_answer(&self, answers: &[u16]) {
        self.answers.lock().unwrap().extend(answers);
    }
    fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }
}

/// Subscribes as the system administrator does on the page; answers the number and the key.
async fn subscribe(admin: &mut Browser, address: &str, kinds: &str) -> (i64, String) {
    let page = admin
        .post(
            "/hooks",
            &format!(
                "name=payroll&address={}&{kinds}",
                address.replace(':', "%3A").replace('/', "%2F")
            ),
        )
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    let secret = page
        .body
        .split("whsec_")
        .nth(1)
        .unwrap_or_else(|| panic!("{}", page.body))
        .split('<')
        .next()
        .unwrap();
    let list = admin.get("/hooks").await.body;
    assert!(!list.contains(secret), "shown once");
    let id = list
        .split("href=\"/hooks/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    (
        id,
        format!(
            "whsec_{}",
            secret
                .replace("&#x2b;", "+")
                .replace("&#43;", "+")
                .replace("&#x3d;", "=")
        ),
    )
}

async fn change(officer: &Program, person: i64, words: &str) {
    let path = format!("/api/v1/people/{person}");
    let tag = officer.get(&path).await.tag().to_owned();
    let told = officer
        .send(
            "PATCH",
            &path,
            &[("idempotency-key", words), ("if-match", &tag)],
            Some(json!({ "speciality": words })),
        )
        .await;
    assert_eq!(told.status, 200, "{}", told.json);
}

fn sender(county: &County, clock: &'static AtomicI64) -> Arc<Sender> {
    Arc::new(Sender::new(county.office.clone(), Clock::Hand(clock), None).unwrap())
}

async fn send(sender: &Arc<Sender>, hook: i64) -> u64 {
    let sender = sender.clone();
    tokio::task::spawn_blocking(move || sender.send_all(hook))
        .await
        .unwrap()
        .unwrap()
}

fn deliveries(county: &County, hook: i64) -> Vec<hook::Delivery> {
    county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            delivery::list(desk, hook, 100)
        })
        .unwrap()
}

/// A clock at the office's own moment, so that both tell the same time.
fn clock(county: &County) -> &'static AtomicI64 {
    Box::leak(Box::new(AtomicI64::new(county.office.clock.now().0)))
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn an_event_is_signed_and_tried_again_until_it_arrives_in_order_and_tells_numbers_only() {
    let county = County::planted();
    let (receiver, clock) = (Receiver::default(), clock(&county));
    let address = receiver.open().await;
    let mut admin = county.logged_in("system_admin").await;
    let (id, secret) = subscribe(&mut admin, &address, "kind=person&kind=tenure").await;
    let officer = program(&county, "officer", Scope::Write);
    change(&officer, 2, "first").await;
    change(&officer, 3, "second").await;

    let sender = sender(&county, clock);
    receiver.will_answer(&[500, 503]);
    assert_eq!(send(&sender, id).await, 0);
    assert_eq!(send(&sender, id).await, 0, "not before its time");
    assert_eq!(receiver.came().len(), 1);
    let page = admin.get(&format!("/hooks/{id}")).await.body;
    assert!(page.contains("对方答复 500") && page.contains("待送 2 件"), "{page}");
    pass(clock, delivery::wait(1));
    assert_eq!(send(&sender, id).await, 0);
    pass(clock, delivery::wait(2) - 1);
    assert_eq!(send(&sender, id).await, 0, "each wait is longer");
    pass(clock, 1);
    assert_eq!(send(&sender, id).await, 2);

    let came = receiver.came();
    let numbers: Vec<&str> = came.iter().map(|c| c.header("webhook-id")).collect();
    assert!(
        numbers[0] == numbers[1] && numbers[1] == numbers[2] && numbers[2] != numbers[3],
        "a repeat is known by its number: {numbers:?}"
    );
    assert_eq!(
        [
            came[0].json()["data"]["id"].as_i64(),
            came[3].json()["data"]["id"].as_i64()
        ],
        [Some(2), Some(3)],
        "in the order of the journal"
    );
    for came in &came {
        let second: i64 = came.header("webhook-timestamp").parse().unwrap();
        assert_eq!(
            came.header("webhook-signature"),
            hook::signature(&secret, came.header("webhook-id"), second, &came.body)
        );
        assert_ne!(
            came.header("webhook-signature"),
            hook::signature(&secret, came.header("webhook-id"), second + 1, &came.body)
        );
        assert_ne!(
            came.header("webhook-signature"),
            hook::signature("whsec_AAAA", came.header("webhook-id"), second, &came.body)
        );
        let json = came.json();
        let keys: BTreeSet<&str> = json
            .as_object()
            .unwrap()
            .keys()
            .chain(json["data"].as_object().unwrap().keys())
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            BTreeSet::from(["type", "timestamp", "data", "entry", "subject", "id"])
        );
        assert!(
            json["type"].as_str().unwrap().starts_with("person.") && json["data"]["subject"] == "person",
            "{json}"
        );
        assert!(
            !came.body.contains("first") && !came.body.contains("second"),
            "never what changed"
        );
    }
    let page = admin.get(&format!("/hooks/{id}")).await.body;
    assert!(
        page.contains("待送 0 件，已送 2 件") && page.contains("已送到"),
        "{page}"
    );
    let kept: String = county
        .office
        .store
        .read(|tx| Ok::<_, store::Error>(tx.rows("select name from hooks", &[])?[0].text(0).to_owned()))
        .unwrap();
    assert_eq!(kept, "payroll");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn nothing_is_lost_over_a_restart_and_what_was_under_way_is_sent_again_under_its_number() {
    let mut county = County::planted();
    let (receiver, clock) = (Receiver::default(), clock(&county));
    let address = receiver.open().await;
    let mut admin = county.logged_in("system_admin").await;
    let (id, _) = subscribe(&mut admin, &address, "kind=person").await;
    for person in 2..7 {
        change(
            &program(&county, "officer", Scope::Write),
            person,
            &format!("words{person}"),
        )
        .await;
    }
    // The machine stops while the first one is being sent: nobody knows whether it arrived.
    let parcel = county
        .office
        .store
        .write(|tx| delivery::take(tx, id, Clock::Hand(clock).now()))
        .unwrap()
        .expect("something waits");
    assert!(parcel.tries == 1 && receiver.came().is_empty());
    county.restart();
    let first = sender(&county, clock);
    assert_eq!(send(&first, id).await, 0, "somebody may still be sending it");
    pass(clock, 61);
    receiver.will_answer(&[204, 500]);
    assert_eq!(send(&first, id).await, 1);
    drop(first);
    assert_eq!(receiver.came()[0].header("webhook-id"), parcel.number);
    county.restart();
    let sender = sender(&county, clock);
    pass(clock, delivery::wait(1));
    assert_eq!(send(&sender, id).await, 4);
    let arrived: BTreeSet<i64> = receiver
        .came()
        .iter()
        .map(|c| c.json()["data"]["id"].as_i64().unwrap())
        .collect();
    assert_eq!(arrived, (2..7).collect(), "each arrived");
    assert!(deliveries(&county, id).iter().all(|d| d.delivered.is_some()));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_redirect_is_not_followed_and_what_never_arrives_is_given_up_and_can_be_sent_again() {
    let county = County::planted();
    let (receiver, clock) = (Receiver::default(), clock(&county));
    let address = receiver.open().await;
    let mut admin = county.logged_in("system_admin").await;
    let (id, _) = subscribe(&mut admin, &address, "kind=person").await;
    change(&program(&county, "officer", Scope::Write), 2, "once").await;
    let sender = sender(&county, clock);
    for (n, status) in [301, 302, 303, 307, 308].into_iter().enumerate() {
        receiver.will_answer(&[status]);
        assert_eq!(send(&sender, id).await, 0);
        assert!(
            deliveries(&county, id)[0]
                .error
                .as_deref()
                .unwrap()
                .contains(&format!("{status}，要转到别处")),
            "{status}"
        );
        pass(clock, delivery::wait(n as i64 + 1));
    }
    assert!(
        receiver.came().iter().all(|c| c.path == "/in"),
        "nobody was led elsewhere"
    );
    for n in 5..delivery::TRIES {
        receiver.will_answer(&[500]);
        assert_eq!(send(&sender, id).await, 0, "{n}");
        pass(clock, delivery::LONGEST_WAIT);
    }
    let given_up = deliveries(&county, id).remove(0);
    assert!(
        given_up.dropped.is_some() && given_up.tries == delivery::TRIES,
        "{given_up:?}"
    );
    assert_eq!(send(&sender, id).await, 0);
    assert_eq!(receiver.came().len() as i64, delivery::TRIES);
    let again = admin
        .post(&format!("/hooks/{id}/deliveries/{}", given_up.id), "act=again")
        .await;
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(send(&sender, id).await, 1);
    assert_eq!(
        admin
            .post(&format!("/hooks/{id}/deliveries/{}", given_up.id), "act=again")
            .await
            .status,
        404,
        "it arrived"
    );
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn only_what_was_subscribed_and_committed_is_told_and_nothing_after_the_end() {
    let county = County::planted();
    let clock = clock(&county);
    let mut admin = county.logged_in("system_admin").await;
    let wrong = admin
        .post("/hooks", "name=x&address=http%3A%2F%2F10.0.0.1%2F&kind=person")
        .await;
    assert!(
        wrong.status == 422 && wrong.body.contains("发往别的机器要加密") && wrong.body.contains("http://10.0.0.1/"),
        "{}",
        wrong.body
    );
    assert_eq!(
        admin
            .post("/hooks", "name=x&address=https%3A%2F%2F10.0.0.1%2F&kind=sanction")
            .await
            .status,
        400,
        "no such kind"
    );
    let (id, _) = subscribe(&mut admin, "http://127.0.0.1:9/", "kind=tenure").await;
    let officer = as_named(&county, "officer");
    let note = |act: &'static str| {
        move |desk: &mut registry::Desk| {
            desk.record(Happened {
                act,
                subject: "person",
                number: Some(2),
                says: "试".into(),
            })
        }
    };
    for act in ["person.revise", "sanction.add", "tenure.begin"] {
        county.office.write(&officer, note(act)).unwrap();
    }
    let rolled_back = county.office.write(&officer, |desk| {
        note("tenure.begin")(desk)?;
        Err::<(), _>(Error::Wrong("不办了".into()))
    });
    assert!(rolled_back.is_err());
    let waiting = deliveries(&county, id);
    assert_eq!(
        waiting.iter().map(|d| d.kind.as_str()).collect::<Vec<_>>(),
        ["tenure.begin"]
    );
    // Nobody listens there.
    assert_eq!(send(&sender(&county, clock), id).await, 0);
    assert_eq!(deliveries(&county, id)[0].error.as_deref(), Some("对方拒绝连接"));
    assert_eq!(admin.post(&format!("/hooks/{id}/removal"), "").await.status, 303);
    clock.fetch_add(86_400, Ordering::Relaxed);
    assert_eq!(send(&sender(&county, clock), id).await, 0);
    assert_eq!(deliveries(&county, id)[0].tries, 1, "not tried after the end");
    county.office.write(&officer, note("tenure.begin")).unwrap();
    assert_eq!(deliveries(&county, id).len(), 1);
    let mut officer = county.logged_in("officer").await;
    assert_eq!(officer.get("/hooks").await.status, 404);
}

/// Another system behind TLS, with the certificate of `localhost`; says the path of every request that reaches it.
const BEHIND_TLS: &str = "
import http.server, ssl, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers['content-length']))
        print(self.path, flush=True)
        self.send_response(204); self.end_headers()
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Receiver)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
";

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_receiver_whose_certificate_is_not_trusted_or_is_anothers_gets_nothing() {
    use std::io::{BufRead, BufReader};
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/door/api/tls");
    let mut behind = std::process::Command::new("python3")
        .args(["-c", BEHIND_TLS, &format!("{folder}/localhost.pem")])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(behind.stdout.take().unwrap()).lines();
    let port = said.next().unwrap().unwrap();
    let county = County::planted();
    let clock = clock(&county);
    let mut admin = county.logged_in("system_admin").await;
    let (named, _) = subscribe(&mut admin, &format!("https://localhost:{port}/named"), "kind=tenure").await;
    let officer = as_named(&county, "officer");
    county
        .office
        .write(&officer, |desk| {
            desk.record(Happened {
                act: "tenure.begin",
                subject: "person",
                number: Some(2),
                says: "试".into(),
            })
        })
        .unwrap();
    assert_eq!(send(&sender(&county, clock), named).await, 0);
    assert_eq!(
        deliveries(&county, named)[0].error.as_deref(),
        Some("对方的证书核对不通过"),
        "nobody vouches for it"
    );

    let trusting = |county: &County| {
        Arc::new(
            Sender::new(
                county.office.clone(),
                Clock::Hand(clock),
                Some(std::path::Path::new(&format!("{folder}/root.pem"))),
            )
            .unwrap(),
        )
    };
    pass(clock, delivery::wait(1));
    assert_eq!(
        send(&trusting(&county), named).await,
        1,
        "{:?}",
        deliveries(&county, named)
    );
    assert_eq!(
        said.next().unwrap().unwrap(),
        "/named",
        "the first request that reached it"
    );
    // The same certificate, at an address that it does not name.
    let (other, _) = subscribe(&mut admin, &format!("https://127.0.0.1:{port}/other"), "kind=tenure").await;
    county
        .office
        .write(&officer, |desk| {
            desk.record(Happened {
                act: "tenure.end",
                subject: "person",
                number: Some(2),
                says: "试".into(),
            })
        })
        .unwrap();
    assert_eq!(send(&trusting(&county), other).await, 0);
    assert_eq!(
        deliveries(&county, other)[0].error.as_deref(),
        Some("对方的证书核对不通过")
    );
    behind.kill().unwrap();
    behind.wait().unwrap();
    assert!(said.next().is_none(), "nothing more reached it");
    assert!(
        Sender::new(
            county.office.clone(),
            Clock::Machine,
            Some(std::path::Path::new("/nowhere.pem"))
        )
        .is_err()
    );
}
