//! 小甜饼: the three that the door gives out, and how they are guarded.

use crate::App;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// What a cookie of ours is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cookie {
    /// The session.
    Session,
    /// The door before there is a session: what the login form's token is bound to.
    Door,
    /// This browser has logged in before; see `registry::account::known`.
    Known,
}

impl Cookie {
    fn bare(self) -> &'static str {
        match self {
            Cookie::Session => "zhiren",
            Cookie::Door => "zhiren_door",
            Cookie::Known => "zhiren_known",
        }
    }
    /// Over https a name by which the browser itself refuses a cookie that another host, path or connection has set.
    pub fn name(self, https: bool) -> String {
        format!("{}{}", if https { "__Host-" } else { "" }, self.bare())
    }
    fn lasts(self) -> &'static str {
        if self == Cookie::Known { "; Max-Age=15552000" } else { "" }
    }
    /// Somebody who comes back from another site's login has only the cookie of the door with them.
    fn same_site(self) -> &'static str {
        if self == Cookie::Door { "Lax" } else { "Strict" }
    }
    pub fn of(self, app: &App, headers: &HeaderMap) -> Option<String> {
        read(headers, &self.name(app.settings.https))
    }
    pub fn set(self, app: &App, response: &mut Response, value: &str) {
        self.put(app, response, value, self.lasts());
    }
    pub fn clear(self, app: &App, response: &mut Response) {
        self.put(app, response, "", "; Max-Age=0");
    }
    fn put(self, app: &App, response: &mut Response, value: &str, lasts: &str) {
        let secure = if app.settings.https { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite={}{secure}{lasts}", self.name(app.settings.https), self.same_site());
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// The value of a cookie; nothing when it is empty.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    let mut pairs = all.flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('='));
    pairs.find(|(n, v)| *n == name && !v.is_empty()).map(|(_, v)| v.to_owned())
}
