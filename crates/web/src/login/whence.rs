//! 从哪里来: network address and browser of a request, for lists that people read.

use crate::App;
use axum::extract::ConnectInfo;
use axum::http::header;
use axum::http::request::Parts;
use registry::account::session::Whence;
use std::net::{IpAddr, SocketAddr};

pub fn whence(app: &App, parts: &Parts) -> Whence {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
    Whence { address: address(app, parts), browser: agent.map(browser) }
}

/// Behind a proxy of the office's own, the last address that it wrote down; what a visitor writes before it counts nothing.
fn address(app: &App, parts: &Parts) -> Option<String> {
    let told = parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next());
    let told = told.and_then(|text| text.trim().parse::<IpAddr>().ok()).filter(|_| app.settings.behind_proxy);
    let direct = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    told.or_else(direct).map(|ip| ip.to_canonical().to_string())
}

/// `Chrome · Windows`: enough to know one's own by, and no more.
fn browser(agent: &str) -> String {
    let pick = |words: &[(&str, &'static str)]| words.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name);
    let browser = pick(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("360", "360"), ("QQBrowser", "QQ 浏览器"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")]);
    let system = pick(&[("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")]);
    [browser.unwrap_or("其他浏览器"), system.unwrap_or("其他系统")].join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_shortly() {
        let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
        assert_eq!(browser(agent), "Chrome · Windows");
        assert_eq!(browser("x"), "其他浏览器 · 其他系统");
    }
}
