//! What the tests of the door share: a clock that is moved by hand, an app on the phone, a login of two steps.

use crate::browser::{Answered, Browser, County};
use registry::account::factor::{self, Kind};
use registry::account::totp::Key;
use registry::{Actor, Error, account};
use std::sync::atomic::{AtomicI64, Ordering};
use vocabulary::Clock;
use web::settings::SecondFactor;

/// `青云`, as a form sends it.
pub const PASSWORD: &str = "%E9%9D%92%E4%BA%91";
pub const KEY: &[u8] = b"12345678901234567890";

/// A clock of the door's own; [`pass`] moves it.
pub fn clock() -> &'static AtomicI64 {
    Box::leak(Box::new(AtomicI64::new(1_800_000_000)))
}

pub fn pass(clock: &AtomicI64, seconds: i64) {
    clock.fetch_add(seconds, Ordering::Relaxed);
}

pub fn now(clock: &AtomicI64) -> i64 {
    clock.load(Ordering::Relaxed)
}

pub fn settings(clock: &'static AtomicI64, second_factor: SecondFactor) -> web::Settings {
    web::Settings { watch: Some(Clock::Hand(clock)), second_factor, ..web::Settings::default() }
}

/// The code that a phone shows now.
pub fn code(clock: &AtomicI64) -> String {
    Key::from_bytes(KEY).code(now(clock) / 30)
}

/// Gives the account an app on the phone.
pub fn give_phone(county: &County, name: &str, clock: &AtomicI64) {
    let now = vocabulary::Moment(now(clock));
    county
        .office
        .write(&Actor::program(), |desk| {
            let found = account::named(desk, name)?.ok_or_else(|| Error::NotFound(name.into()))?;
            factor::add(desk, found.id, Kind::Totp, "手机", &Key::from_bytes(KEY).written(), 0, now)?;
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub async fn password(browser: &mut Browser, name: &str) -> Answered {
    browser.get("/login").await;
    browser.post("/login", &format!("name={name}&password={PASSWORD}")).await
}

/// In, by password alone.
pub async fn enter(county: &County, settings: web::Settings, name: &str) -> Browser {
    let mut browser = county.browser_with(settings);
    let answer = password(&mut browser, name).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/"), "{}", answer.body);
    browser
}
