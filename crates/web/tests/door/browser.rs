//! A browser without a screen: keeps its cookie, knows the token of its pages.

use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use registry::account::{self, NewAccount};
use registry::Role;
use registry::testing::{self, Guard};
use registry::{Actor, Error, MIGRATIONS, Office};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use store::{Place, Store};
use tower::ServiceExt;
use vocabulary::{Clock, Id, day};

/// 青云县 with three hundred people and an account for every role (each called as the role, but `officer`, `unit` and `me`),
/// and `kin`, an officer who is in the registry; password `青云`. On SQLite, or on the database that `ZHIREN_DOOR_ON` names.
pub struct County {
    pub office: Arc<Office>,
    _guard: Guard,
    _original: Option<Arc<Planted>>,
}

/// Planted once for those who stand beside each other: each takes a copy.
struct Planted {
    place: Place,
    _guard: Guard,
}

const TODAY: vocabulary::Day = day!(2026 - 11 - 22);
/// `postgresql`, or unset for SQLite.
const ON: &str = "ZHIREN_DOOR_ON";

/// Nothing in it yet.
fn place() -> (Place, Guard) {
    match std::env::var(ON).as_deref() {
        Err(_) => testing::sqlite_place(),
        Ok("postgresql") => testing::postgresql_place().expect("a PostgreSQL that answers"),
        Ok(other) => panic!("{ON}={other}: only postgresql"),
    }
}

impl Planted {
    fn anew() -> Planted {
        let (place, guard) = place();
        let store = Store::open(place.clone()).unwrap();
        store.migrate(MIGRATIONS).unwrap();
        let plan = county::Plan { people: 300, ..county::Plan::on(TODAY) };
        store.write(|tx| county::plant(tx, &plan, &mut |_, _| {})).unwrap();
        drop(store);
        let office = Office::open(place.clone(), book(), Clock::on(TODAY)).unwrap();
        office
            .write(&Actor::program(), |desk| {
                let unit = registry::organisation::named(desk, "中共青云县委员会")?.map(|u| u.id);
                let new = |name, role, scope, person| NewAccount { name, shown: name, role, scope, person, password: "青云" };
                account::add(desk, new("officer", Role::Officer, None, None))?;
                account::add(desk, new("second", Role::Officer, None, None))?;
                account::add(desk, new("unit", Role::UnitHr, unit, None))?;
                account::add(desk, new("me", Role::Recorded, None, Some(Id::new(1))))?;
                for role in Role::ALL.into_iter().filter(|r| !matches!(r, Role::Officer | Role::UnitHr | Role::Recorded)) {
                    let scope = unit.filter(|_| matches!(role, Role::Leader | Role::BranchSecretary | Role::CommunityWorker | Role::Liaison));
                    account::add(desk, new(role.id(), role, scope, None))?;
                }
                account::add(desk, new("security_admin2", Role::SecurityAdmin, None, None))?;
                account::add(desk, new("kin", Role::Officer, None, Some(Id::new(2))))?;
                Ok::<_, Error>(())
            })
            .unwrap();
        Planted { place, _guard: guard }
    }

    /// The one that others hold, or a new one.
    fn shared() -> Arc<Planted> {
        static HELD: Mutex<Weak<Planted>> = Mutex::new(Weak::new());
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        held.upgrade().unwrap_or_else(|| {
            let planted = Arc::new(Planted::anew());
            *held = Arc::downgrade(&planted);
            planted
        })
    }
}

impl County {
    pub fn planted() -> County {
        let original = Planted::shared();
        let (place, guard) = testing::copy_of(&original.place);
        let office = Office::open(place, book(), Clock::on(TODAY)).unwrap();
        County { office: Arc::new(office), _guard: guard, _original: Some(original) }
    }

    /// No organisation, nobody on record; one account, `officer`.
    pub fn empty() -> County {
        let (place, guard) = place();
        let office = Office::open(place, book(), Clock::on(TODAY)).unwrap();
        let county = County { office: Arc::new(office), _guard: guard, _original: None };
        county.account("officer", Role::Officer, None);
        county
    }

    /// As after a stop of the program: the same database, opened anew.
    pub fn restart(&mut self) {
        self.restart_on(TODAY);
    }
    /// The same on a later day.
    pub fn restart_on(&mut self, day: vocabulary::Day) {
        let place = self.office.store.place().clone();
        self.office = Arc::new(Office::open(place, book(), Clock::on(day)).unwrap());
    }

    /// One account more, with the usual password.
    pub fn account(&self, name: &str, role: Role, person: Option<i64>) {
        let new = NewAccount { name, shown: name, role, scope: None, person: person.map(Id::new), password: "青云" };
        self.office.write(&Actor::program(), |desk| account::add(desk, new)).unwrap();
    }
    /// One account more, of a role that looks after the organisation of this kind that stands at `nth`; its short name.
    pub fn seated_at(&self, name: &str, role: Role, (kind, nth): (&str, usize)) -> String {
        self.office
            .write(&Actor::program(), |desk| {
                let unit = registry::organisation::all(desk)?.into_iter().filter(|u| u.kind.as_deref() == Some(kind)).nth(nth).expect("there is one");
                account::add(desk, NewAccount { name, shown: name, role, scope: Some(unit.id), person: None, password: "青云" })?;
                Ok::<_, Error>(unit.short_name)
            })
            .unwrap()
    }
    pub fn browser(&self) -> Browser {
        self.browser_with(web::Settings::default())
    }
    pub fn browser_with(&self, settings: web::Settings) -> Browser {
        let https = settings.https;
        Browser { router: web::router(self.office.clone(), settings), jar: vec![], https, agent: "Mozilla/5.0 (X11; Linux) Chrome/131".into() }
    }
    pub async fn logged_in(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        browser.get("/login").await;
        let answer = browser.post("/login", &format!("name={name}&password=%E9%9D%92%E4%BA%91")).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }
}

fn book() -> institution::Book {
    static FILES: OnceLock<institution::book::Files> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    let files = FILES.get_or_init(|| institution::book::files_under(&folder).unwrap());
    institution::Book::from_files(files).unwrap()
}

#[derive(Clone)]
pub struct Browser {
    pub router: axum::Router,
    /// Cookies by name.
    pub jar: Vec<(String, String)>,
    https: bool,
    pub agent: String,
}

pub struct Answered {
    pub status: u16,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    /// As it came, for files.
    pub bytes: Vec<u8>,
}

impl Browser {
    /// The same browser, for a request at the same time.
    pub fn another(&self) -> Browser {
        self.clone()
    }
    pub async fn get(&mut self, path: &str) -> Answered {
        let request = Request::get(path).header(header::COOKIE, self.cookies()).body(Body::empty()).unwrap();
        self.send(request).await
    }
    /// With the token that this browser's pages carry.
    pub async fn post(&mut self, path: &str, form: &str) -> Answered {
        let token = self.token();
        self.post_as_it_is(path, &format!("csrf={token}&{form}")).await
    }
    pub async fn post_as_it_is(&mut self, path: &str, form: &str) -> Answered {
        let request = Request::post(path)
            .header(header::COOKIE, self.cookies())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.send(request).await
    }
    /// One file, as a page with an upload sends it.
    pub async fn upload(&mut self, path: &str, name: &str, content: &str) -> Answered {
        let part = format!("--b\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n");
        self.parts(path, &part).await
    }
    /// Parts between lines of `--b`, as a page that may have an upload sends them.
    pub async fn parts(&mut self, path: &str, parts: &str) -> Answered {
        let joint = if path.contains('?') { '&' } else { '?' };
        let request = Request::post(format!("{path}{joint}csrf={}", self.token()))
            .header(header::COOKIE, self.cookies())
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(parts.to_owned()))
            .unwrap();
        self.send(request).await
    }
    /// Says why protected parts of this record are looked at.
    pub async fn state(&mut self, person: i64) {
        let answer = self.post(&format!("/officials/{person}/consultation"), "purpose=appointment").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    pub fn token(&self) -> String {
        let secret = self.session().or_else(|| self.cookie("zhiren_door")).unwrap_or_default();
        web::ctx::Asked { secret, ..Default::default() }.csrf()
    }
    pub fn cookies(&self) -> String {
        self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
    pub fn cookie(&self, name: &str) -> Option<String> {
        let name = format!("{}{name}", if self.https { "__Host-" } else { "" });
        self.jar.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone())
    }
    /// The secret of the session.
    pub fn session(&self) -> Option<String> {
        self.cookie("zhiren")
    }
    pub async fn send(&mut self, mut request: Request<Body>) -> Answered {
        request.headers_mut().insert(header::USER_AGENT, self.agent.parse().unwrap());
        let response: Response = self.router.clone().oneshot(request).await.unwrap();
        let headers = response.headers().clone();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.jar.retain(|(n, _)| n != name);
            if !value.is_empty() {
                self.jar.push((name.to_owned(), value.to_owned()));
            }
        }
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (status, location) = (response.status().as_u16(), text(header::LOCATION));
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answered { status, location, headers, body: String::from_utf8_lossy(&bytes).replace("&#x2f;", "/"), bytes: bytes.to_vec() }
    }
}

/// The page without the keys of its forms, which are new each time it is drawn.
pub fn without_keys(body: &str) -> String {
    let mut parts = body.split("name=\"once\" value=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}
