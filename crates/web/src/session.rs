//! 登录与退出.

use crate::answer::see;
use crate::ctx::blocking;
use crate::form::Typed;
use crate::{Answer, Ctx, Form, Guest, Page, Sample, Shared, Stop, locked};
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use registry::{Actor, AsOf, account};
use serde::{Deserialize, Serialize};

/// Cookie of a session.
pub const SESSION: &str = "zhiren";
/// Cookie of the door before there is a session: what the login form's token is bound to.
pub const DOOR: &str = "zhiren_door";

/// After so many wrong passwords for one name …
const WRONG_MOST: u32 = 5;
/// … it rests for so many seconds.
const REST_SECONDS: i64 = 60;

pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    let mut pairs = all.flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('='));
    pairs.find(|(n, v)| *n == name && !v.is_empty()).map(|(_, v)| v.to_owned())
}

fn set_cookie(app: &Shared, response: &mut Response, name: &str, value: &str) {
    let secure = if app.settings.https { "; Secure" } else { "" };
    let gone = if value.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{gone}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[derive(Serialize)]
pub struct LoginPage {
    pub back: String,
    pub form: Typed,
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "login.html";
    fn samples() -> Vec<Sample<Self>> {
        let wrong = Form::new(vec![("name".into(), "王主任".into())]);
        wrong.mistake("password", "账号或密码不对");
        vec![
            Sample::guest(LoginPage { back: "/".into(), form: Typed::default() }),
            Sample::guest(LoginPage { back: "/officials/7".into(), form: wrong.typed() }),
        ]
    }
}

#[derive(Deserialize)]
pub struct Back {
    back: Option<String>,
}

/// Only a page of ours; never another site.
fn ours(back: &str) -> String {
    let inside = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    if inside { back.to_owned() } else { "/".to_owned() }
}

pub async fn new(mut guest: Guest, Query(query): Query<Back>) -> Answer {
    let back = ours(query.back.as_deref().unwrap_or("/"));
    let mut fresh = None;
    if guest.asked.secret.is_empty() {
        let secret: [u8; 16] = rand::random();
        let secret: String = secret.iter().map(|b| format!("{b:02x}")).collect();
        std::sync::Arc::make_mut(&mut guest.asked).secret.clone_from(&secret);
        fresh = Some(secret);
    }
    let mut response = guest.page(&LoginPage { back, form: Typed::default() })?;
    if let Some(secret) = fresh {
        set_cookie(&guest.app, &mut response, DOOR, &secret);
    }
    Ok(response)
}

pub async fn create(guest: Guest, form: Form) -> Answer {
    let (name, password) = (form.required("name", "账号"), form.required("password", "密码"));
    let back = ours(form.text("back"));
    if form.is_right() {
        match enter(&guest, name, password).await? {
            Ok(token) => {
                let mut response = see(&back);
                set_cookie(&guest.app, &mut response, SESSION, &token);
                set_cookie(&guest.app, &mut response, DOOR, "");
                return Ok(response);
            }
            Err(says) => form.mistake("password", says),
        }
    }
    let mut typed = form.typed();
    typed.values.remove("password");
    guest.page(&LoginPage { back, form: typed })
}

/// The session's secret, or why not.
async fn enter(guest: &Guest, name: String, password: String) -> Result<Result<String, &'static str>, Stop> {
    let app = guest.app.clone();
    let now = app.office.clock.now().0;
    let resting = locked(&app.wrong).get(&name).is_some_and(|(times, last)| *times >= WRONG_MOST && now - last < REST_SECONDS);
    if resting {
        return Ok(Err("连续输错多次，请一分钟后再试"));
    }
    blocking(move || {
        let program = Actor::program();
        let found = app.office.read(&program, AsOf::default(), |desk| Ok::<_, Stop>(account::named(desk, &name)?))?;
        // Slow on purpose, therefore outside of any transaction; as slow for a name that nobody has.
        let fits = account::matches(found.as_ref(), &password);
        let Some(found) = found.filter(|_| fits) else {
            let mut wrong = locked(&app.wrong);
            wrong.retain(|_, (_, last)| now - *last < 15 * 60);
            let (times, last) = wrong.entry(name).or_default();
            (*times, *last) = (*times + 1, now);
            return Ok(Err("账号或密码不对"));
        };
        locked(&app.wrong).remove(&name);
        let token = app.office.write(&program, |desk| Ok::<_, Stop>(account::open_session(desk, found.id)?))?;
        Ok(Ok(token))
    })
    .await
}

pub async fn delete(c: Ctx) -> Answer {
    let (app, token) = (c.app.clone(), c.asked.secret.clone());
    blocking(move || app.office.write(&Actor::program(), |desk| Ok::<_, Stop>(account::close_session(desk, &token)?))).await?;
    let mut response = see("/login");
    set_cookie(&c.app, &mut response, SESSION, "");
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_never_leads_to_another_site() {
        assert_eq!(ours("/officials/3?as_of=2024-01-01"), "/officials/3?as_of=2024-01-01");
        for other in ["https://else.where", "//else.where", "/\\else.where", ""] {
            assert_eq!(ours(other), "/");
        }
    }
}
