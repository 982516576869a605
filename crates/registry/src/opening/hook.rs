//! 事件订阅: who wants to be told, and of which kinds. What is told is that something changed, never what: ids and the kind.

pub mod delivery;
pub mod kind;

pub use delivery::Delivery;
pub use kind::{KINDS, Kind};

use crate::desk::Happened;
use crate::{Desk, Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

/// Longest address.
const ADDRESS: usize = 500;

/// 订阅.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHook {
    pub name: String,
    pub address: String,
    /// Ids of [`KINDS`].
    pub kinds: Vec<String>,
}

/// A subscription, for who looks after it. Its secret is shown once and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hook {
    pub id: i64,
    pub name: String,
    pub address: String,
    /// What the kinds say.
    pub kinds: Vec<String>,
    pub since: String,
    pub closed: Option<String>,
    pub waiting: i64,
    pub delivered: i64,
    /// Given up after the last try.
    pub dropped: i64,
    /// Of the one that is waited for.
    pub error: Option<String>,
}

/// What is wrong with an address, as a sentence; nothing when events may go there.
///
/// Only encrypted, or to this machine itself; names and passwords do not stand in addresses.
pub fn fault(address: &str) -> Option<&'static str> {
    if address.len() > ADDRESS
        || !address
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'#' | b'"' | b'<' | b'>'))
    {
        return Some("地址里只能有字母、数字和标点，至多 500 个字");
    }
    let (encrypted, rest) = match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Some("地址要以 https:// 开头"),
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let bracketed = authority.strip_prefix('[').and_then(|a| a.split_once(']'));
    let (host, port) = match bracketed {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => authority
            .split_once(':')
            .map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() || authority.contains('@') || port.is_some_and(|p| p.parse::<u16>().is_err()) {
        return Some("地址里要写明主机，不写用户名和密码");
    }
    (!encrypted && !matches!(host, "127.0.0.1" | "localhost" | "::1"))
        .then_some("发往别的机器要加密：地址要以 https:// 开头；http:// 只能发往本机 127.0.0.1")
}

/// Makes a subscription; the answer is its number and its secret.
pub fn make(desk: &mut Desk, new: &NewHook) -> Result<(i64, String)> {
    let (name, address) = (new.name.trim(), new.address.trim());
    if name.is_empty() {
        return Err(Error::Wrong("请写明送给谁、做什么用".into()));
    }
    if let Some(fault) = fault(address) {
        return Err(Error::Wrong(fault.into()));
    }
    let kinds: Vec<&str> = KINDS
        .iter()
        .map(|k| k.id)
        .filter(|id| new.kinds.iter().any(|k| k == id))
        .collect();
    if kinds.is_empty() || kinds.len() < new.kinds.len() {
        return Err(Error::Wrong("请选择送哪几种事件".into()));
    }
    let bytes: [u8; 32] = rand::random();
    let secret = format!("whsec_{}", STANDARD.encode(bytes));
    let entry = desk.noted(Happened {
        act: "hook.make",
        subject: "hook",
        number: None,
        says: format!("订阅事件“{name}”，送往 {address}"),
    })?;
    let id = desk.insert(
        "hooks",
        &["name", "address", "secret", "kinds", "since", "entered"],
        &[
            name.into(),
            address.into(),
            secret.as_str().into(),
            kinds.join(" ").into(),
            desk.moment.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok((id, secret))
}

/// Every subscription, those in force first.
pub fn list(desk: &Desk) -> Result<Vec<Hook>> {
    let rows = desk.rows(
        "select h.id, h.name, h.address, h.kinds, h.since, h.closed,
                (select count(*) from hook_deliveries d where d.hook = h.id and d.delivered is null and d.dropped is null),
                (select count(*) from hook_deliveries d where d.hook = h.id and d.delivered is not null),
                (select count(*) from hook_deliveries d where d.hook = h.id and d.dropped is not null),
                (select d.error from hook_deliveries d where d.hook = h.id and d.delivered is null and d.dropped is null order by d.id limit 1)
           from hooks h
          order by case when h.closed is null then 0 else 1 end, h.id desc",
        &[],
    )?;
    let says = |kinds: &str| {
        kinds
            .split(' ')
            .filter_map(Kind::from_id)
            .map(|k| k.says.to_owned())
            .collect()
    };
    Ok(rows
        .iter()
        .map(|r| Hook {
            id: r.int(0),
            name: r.text(1).into(),
            address: r.text(2).into(),
            kinds: says(r.text(3)),
            since: r.text(4).into(),
            closed: r.opt_string(5),
            waiting: r.int(6),
            delivered: r.int(7),
            dropped: r.int(8),
            error: r.opt_string(9),
        })
        .collect())
}

/// One of them.
pub fn find(desk: &Desk, id: i64) -> Result<Hook> {
    list(desk)?
        .into_iter()
        .find(|h| h.id == id)
        .ok_or_else(|| Error::NotFound("这个订阅".into()))
}

/// Ends it: nothing is sent from now on, what waits is not sent either.
pub fn end(desk: &mut Desk, id: i64) -> Result<()> {
    let hook = find(desk, id)?;
    if hook.closed.is_some() {
        return Err(Error::NotFound("这个订阅".into()));
    }
    desk.noted(Happened {
        act: "hook.end",
        subject: "hook",
        number: Some(id),
        says: format!("结束订阅“{}”", hook.name),
    })?;
    let now = desk.moment.to_string();
    desk.execute(
        "update hooks set closed = $1 where id = $2 and closed is null",
        &[now.into(), id.into()],
    )?;
    Ok(())
}

/// What the receiver computes as well: `v1,` and the HMAC-SHA256 of number, second and body, as Standard Webhooks 1.0 says.
pub fn signature(secret: &str, number: &str, second: i64, body: &str) -> String {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap_or(secret))
        .unwrap_or_default();
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return String::new();
    };
    mac.update(format!("{number}.{second}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_go_only_encrypted_or_to_this_machine() {
        for good in [
            "https://oa.qingyun.example/hooks/zhiren",
            "https://10.1.2.3:8443/x?y=1",
            "http://127.0.0.1:9000/",
            "http://localhost:80",
            "http://[::1]:9000/x",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            "http://oa.qingyun.example/",
            "http://127.0.0.1.else.where/",
            "http://127.0.0.1@else.where/",
            "https://a:b@else.where/",
            "http://[::1]@else.where/",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "https://",
            "https:///x",
            "https://a:99999/",
            "http://localhost\\@else.where/",
            "https://a/\r\nhost: b",
            "https://公/",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    /// The example of Standard Webhooks' own libraries.
    #[test]
    fn the_signature_is_what_other_libraries_compute() {
        let signed = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTt/tmKtSyEfVuwrHIIlFgoGWRRIvqQ=");
    }
}
