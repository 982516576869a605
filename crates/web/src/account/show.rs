//! 我的账户, on one page.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, samples};
use registry::account::session::Listed as Open;
use registry::account::sign_in::Listed as Tried;
use registry::account::{self, external, factor, recovery, session, sign_in};
use serde::Serialize;

/// Sign-ins that the page shows.
const TRIED: i64 = 30;

#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    pub name: String,
    pub shown: String,
    pub role: &'static str,
    pub password_set: Option<String>,
    /// Days after which the password is to be changed.
    pub days: Option<i64>,
    pub factors: Vec<Shown>,
    pub recovery_left: i64,
    /// Somebody vouches for this account elsewhere: 统一身份认证.
    pub elsewhere: Vec<&'static str>,
    pub sessions: Vec<Mine>,
    pub tried: Vec<Tried>,
    pub demo: bool,
    /// Programs may be let in by this account.
    pub tokens: bool,
}

/// A factor, for its owner.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub id: i64,
    pub kind: &'static str,
    pub label: String,
    pub since: String,
    pub used: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Mine {
    #[serde(flatten)]
    pub session: Open,
    /// The one that this page was asked with.
    pub here: bool,
}

pub fn shown(factors: Vec<factor::Factor>) -> Vec<Shown> {
    factors.into_iter().map(|f| Shown { id: f.id, kind: f.kind.says(), label: f.label, since: f.since, used: f.used }).collect()
}

pub async fn show(c: Ctx) -> Answer {
    let (account, here) = (c.session.account, c.session.id);
    let tokens = c.may("token.manage");
    let (now, demo, days) = (c.app.now(), c.app.settings.is_demo(), c.app.settings.password_profile.days());
    let page = c
        .read(move |desk| {
            let found = account::numbered(desk, account)?.ok_or(crate::Stop::Login)?;
            let sessions = session::list(desk, account, found.role, now)?;
            let links = external::of(desk, account)?;
            Ok(AccountPage {
                name: found.name,
                shown: found.shown,
                role: found.role.says(),
                password_set: found.password_set,
                days,
                factors: shown(factor::of(desk, account)?),
                recovery_left: recovery::left(desk, account)?,
                elsewhere: [external::Kind::Oidc, external::Kind::Ldap].into_iter().filter(|k| links.iter().any(|l| l.kind == k.id())).map(external::Kind::says).collect(),
                sessions: sessions.into_iter().map(|s| Mine { here: s.id == here, session: s }).collect(),
                tried: sign_in::list(desk, account, TRIED)?,
                demo,
                tokens,
            })
        })
        .await?;
    c.page(&page)
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "account/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let at = "2026-11-22T09:12:44+08:00".to_owned();
        let session = |id, here| Mine {
            session: Open { id, since: at.clone(), seen: at.clone(), address: Some("192.168.1.15".into()), browser: Some("Chrome · Windows".into()), means: Some("密码、动态码".into()) },
            here,
        };
        let tried = |went, good| Tried { at: at.clone(), address: Some("192.168.1.15".into()), browser: Some("Edge · Windows".into()), means: "密码".into(), went, good };
        let usual = AccountPage {
            name: "zhoumin".into(),
            shown: "周敏".into(),
            role: "组织部干部",
            password_set: Some(at.clone()),
            days: Some(90),
            factors: vec![Shown { id: 1, kind: "动态码", label: "手机".into(), since: at.clone(), used: Some(at.clone()) }],
            recovery_left: 8,
            elsewhere: vec!["统一身份认证"],
            sessions: vec![session(1, true), session(2, false)],
            tried: vec![tried("登录成功", true), tried("没有通过", false)],
            demo: false,
            tokens: true,
        };
        let empty = AccountPage { password_set: None, days: None, factors: vec![], recovery_left: 0, elsewhere: vec![], tried: vec![], sessions: vec![session(1, true)], demo: true, tokens: false, ..usual.clone() };
        let full = AccountPage {
            shown: samples::LONG_NAME.into(),
            factors: vec![Shown { id: 1, kind: "通行密钥", label: samples::LONG_NAME.into(), since: at.clone(), used: None }; 9],
            sessions: (1..30).map(|n| session(n, n == 1)).collect(),
            tried: vec![tried("没有通过", false); 30],
            ..usual.clone()
        };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(full)]
    }
}
