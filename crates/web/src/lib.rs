//! 门: the browser's door. Reads what was typed, calls one operation, answers.
//!
//! The map of all addresses is `routes`; the frame that every page uses is `ctx`, `form`, `page`, `answer` and `href`.

pub mod access;
mod access_table;
pub mod account;
pub mod answer;
mod accounts;
mod campaigns;
mod cases;
mod api;
mod assets;
mod ballots;
mod crumbs;
pub mod ctx;
mod door;

mod examine;
mod exports;
mod filters;
mod drawing;
mod duties;
mod facts_page;
pub mod form;
mod forms;
mod health;
pub mod href;
mod home;
pub mod hooks;
mod imports;
mod jobs;
mod institutions;
mod journal;
pub mod login;
mod ledgers;
mod matters;
mod me;
mod menu;
mod officials;
pub mod once;
mod organisations;
pub mod page;
mod party;
mod picks;
mod posts;
mod records;
mod procedure_steps;
mod procedures;
mod rights;
mod registers;
mod reports;
mod resident;
pub mod routes;
pub mod samples;
mod search;
pub mod settings;
mod stops;
pub mod table;
mod wall;
mod purges;
mod tasks;
mod tickets;

pub use api::openapi;
pub use answer::{Answer, Stop};
pub use ctx::{Ctx, Guest};
pub use form::Form;
pub use page::{Page, Sample};
pub use routes::{router, serve};
pub use settings::Settings;

use page::Pages;
use registry::Office;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// What every request shares.
pub struct App {
    pub office: Arc<Office>,
    pub settings: Settings,
    pub pages: Pages,
    pub assets: Arc<assets::Assets>,
    /// What ledgers answered, until anything is written.
    pub answers: registry::answers::Answers,
    /// What was answered about protected facts, by account.
    pub heard: registry::few::Heard,
    /// What forms were answered when they were sent first.
    pub first_answers: once::Answers,
    /// Work that goes on between two pages.
    pub jobs: jobs::Jobs,
    /// Purposes stated of late, by session.
    pub stated: access::Stated,
    /// When each session was last noted as used; seconds.
    seen: Mutex<HashMap<String, i64>>,
    /// Keys of authenticator apps that are being set up, by session, and since when.
    keys: Mutex<HashMap<i64, (registry::account::totp::Key, i64)>>,
    /// What browsers were asked about passkeys, by session, and when.
    ceremonies: Mutex<HashMap<i64, (account::passkeys::Ceremony, i64)>>,
    /// Logins that went to another provider, by the cookie of the door.
    elsewhere: Mutex<HashMap<String, login::oidc::Waiting>>,
    /// What the first page after a login tells, by the session's secret.
    told: Mutex<HashMap<String, Vec<String>>>,
    /// Passwords are looked at a few at a time: each takes 19 MiB and a core for a while.
    turns: Arc<tokio::sync::Semaphore>,
    /// Who sends again and again at the resident's door waits longer each time.
    pub(crate) pace: resident::Pace,
}

pub type Shared = Arc<App>;

impl App {
    pub fn new(office: Arc<Office>, settings: Settings) -> App {
        let assets = Arc::new(assets::Assets::default());
        let pages = Pages::new(settings.templates.clone(), assets.clone());
        App {
            office,
            settings,
            pages,
            assets,
            answers: registry::answers::Answers::default(),
            heard: registry::few::Heard::default(),
            first_answers: once::Answers::default(),
            jobs: jobs::Jobs::default(),
            stated: access::Stated::default(),
            seen: Mutex::default(),
            keys: Mutex::default(),
            ceremonies: Mutex::default(),
            elsewhere: Mutex::default(),
            told: Mutex::default(),
            pace: resident::Pace::default(),
            turns: Arc::new(tokio::sync::Semaphore::new(TURNS)),
        }
    }
}

/// Passwords that are looked at together.
const TURNS: usize = 4;

impl App {
    /// What the door goes by: sessions, waits and codes keep real time.
    pub fn now(&self) -> vocabulary::Moment {
        self.settings.watch.unwrap_or(self.office.clock).now()
    }
}

/// A lock whose holder panicked still holds good data here: counters and caches.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
