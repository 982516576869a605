//! 令牌: a program acts as the account that made it, never as more, and never for ever.

use crate::desk::Happened;
use crate::{Account, Desk, Error, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};
use vocabulary::{Id, Moment};

/// Longest life, days.
pub const LONGEST_DAYS: i64 = 366;

/// What a token may do besides what its account may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Read,
    Write,
}

impl Scope {
    pub fn id(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Scope::Read => "只读",
            Scope::Write => "读和写",
        }
    }
}

/// 开令牌.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub name: String,
    pub scope: Scope,
    pub days: i64,
}

/// A token as its owner sees it; the secret is shown once and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scope: Scope,
    pub since: String,
    pub until: String,
    pub closed: Option<String>,
    pub over: bool,
}

/// Who comes with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub token: i64,
    pub account: Id<Account>,
    pub scope: Scope,
}

fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Makes a token for the account at this desk, from `now` on the door's clock; the answer is its secret.
pub fn make(desk: &mut Desk, new: &NewToken, now: Moment) -> Result<String> {
    let account = desk
        .actor
        .account
        .ok_or_else(|| Error::Wrong("没有账户，不能开令牌".into()))?;
    if new.name.trim().is_empty() {
        return Err(Error::Wrong("请写明令牌的用途".into()));
    }
    if !(1..=LONGEST_DAYS).contains(&new.days) {
        return Err(Error::Wrong(format!("有效期为 1 到 {LONGEST_DAYS} 天")));
    }
    let bytes: [u8; 32] = rand::random();
    let secret: String = "zr_"
        .chars()
        .chain(
            bytes
                .iter()
                .flat_map(|b| format!("{b:02x}").chars().collect::<Vec<_>>()),
        )
        .collect();
    let says = format!(
        "开接口令牌“{}”（{}，{} 天）",
        new.name.trim(),
        new.scope.says(),
        new.days
    );
    let entry = desk.noted(Happened {
        act: "token.make",
        subject: "account",
        number: Some(account.number()),
        says,
    })?;
    let until = Moment(now.0 + new.days * 86_400);
    desk.insert(
        "api_tokens",
        &["account", "name", "token", "scopes", "since", "until", "entered"],
        &[
            account.number().into(),
            new.name.trim().into(),
            hash(&secret).into(),
            new.scope.id().into(),
            now.to_string().into(),
            until.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok(secret)
}

fn scope(text: &str) -> Scope {
    if text == "write" { Scope::Write } else { Scope::Read }
}

/// The tokens of the account at this desk, the newest first.
pub fn mine(desk: &Desk, now: Moment) -> Result<Vec<Token>> {
    let Some(account) = desk.actor.account else {
        return Ok(vec![]);
    };
    let rows = desk.rows(
        "select id, name, scopes, since, until, closed from api_tokens where account = $1 order by id desc",
        &[account.number().into()],
    )?;
    let now = now.to_string();
    Ok(rows
        .iter()
        .map(|r| Token {
            id: r.int(0),
            name: r.text(1).into(),
            scope: scope(r.text(2)),
            since: r.text(3).into(),
            until: r.text(4).into(),
            closed: r.opt_string(5),
            over: r.opt_text(5).is_some() || r.text(4) <= now.as_str(),
        })
        .collect())
}

/// Revoked at once: the next request with it finds nobody.
pub fn revoke(desk: &mut Desk, id: i64, now: Moment) -> Result<()> {
    let token = mine(desk, now)?
        .into_iter()
        .find(|t| t.id == id && t.closed.is_none())
        .ok_or_else(|| Error::NotFound("这个令牌".into()))?;
    let says = format!("作废接口令牌“{}”", token.name);
    let account = desk.actor.account.map(|a| a.number());
    desk.noted(Happened {
        act: "token.revoke",
        subject: "account",
        number: account,
        says,
    })?;
    let now = now.to_string();
    desk.execute(
        "update api_tokens set closed = $1 where id = $2 and closed is null",
        &[now.into(), id.into()],
    )?;
    Ok(())
}

/// Whose secret this is, and the login name of its account; nobody's when it is unknown, revoked or over.
pub fn bearer(desk: &Desk, secret: &str, now: Moment) -> Result<Option<(Bearer, String)>> {
    let row = desk.first(
        "select t.id, t.account, t.scopes, a.name from api_tokens t join accounts a on a.id = t.account and a.closed is null
          where t.token = $1 and t.closed is null and t.until > $2",
        &[hash(secret).into(), now.to_string().into()],
    )?;
    Ok(row.map(|r| {
        (
            Bearer {
                token: r.int(0),
                account: Id::new(r.int(1)),
                scope: scope(r.text(2)),
            },
            r.text(3).to_owned(),
        )
    }))
}
