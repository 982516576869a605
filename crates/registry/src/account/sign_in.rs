//! 登录记录: who came in or tried to, so that an owner notices a stranger. Only for accounts that exist: what is typed
//! in place of a name may be a password.

use super::session::Whence;
use crate::{Account, Desk, Result};
use vocabulary::{Id, Moment};

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    In,
    Wrong,
    /// Somebody who was in proved to be themselves once more.
    Proved,
}

impl Went {
    fn id(self) -> &'static str {
        match self {
            Went::In => "in",
            Went::Wrong => "wrong",
            Went::Proved => "proved",
        }
    }
    fn says(id: &str) -> &'static str {
        match id {
            "in" => "登录成功",
            "wrong" => "没有通过",
            _ => "再次确认身份",
        }
    }
}

pub fn note(desk: &mut Desk, account: Id<Account>, from: &Whence, means: &str, went: Went, now: Moment) -> Result<()> {
    desk.insert(
        "sign_ins",
        &["account", "at", "address", "browser", "means", "went"],
        &[account.number().into(), now.to_string().into(), from.address.as_deref().into(), from.browser.as_deref().into(), means.into(), went.id().into()],
    )?;
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    pub at: String,
    pub address: Option<String>,
    pub browser: Option<String>,
    pub means: String,
    pub went: &'static str,
    pub good: bool,
}

/// What an owner is told when they come in: guesses that were wrong since they came in last, and what was changed of how
/// they come in. Nothing at the first login.
pub fn since_last(desk: &Desk, account: Id<Account>) -> Result<Vec<String>> {
    let number = account.number();
    let ins = desk.rows("select id from sign_ins where account = $1 and went = 'in' order by id desc limit 2", &[number.into()])?;
    let opened = desk.rows("select id from journal where subject = 'account' and number = $1 and act = 'session.open' order by id desc limit 2", &[number.into()])?;
    let mut said = Vec::new();
    if let [now, before] = &ins[..] {
        let wrong = "select count(*), max(at) from sign_ins where account = $1 and went = 'wrong' and id between $2 and $3";
        let row = desk.one(wrong, &[number.into(), before.int(0).into(), now.int(0).into()])?;
        if let (count @ 1.., Some(at)) = (row.int(0), row.opt_text(1)) {
            said.push(format!("上次登录以来有 {count} 次登录没有通过，最近一次 {}", at.get(..16).unwrap_or(at).replace('T', " ")));
        }
    }
    if let [_, before] = &opened[..] {
        let changed = "select substr(at, 1, 16), says, actor from journal where subject = 'account' and number = $1 and id > $2
             and act in ('account.password', 'account.factor', 'account.factor_removed', 'account.factors_reset', 'account.recovery', 'account.link', 'session.end', 'grant.decide', 'grant.revoke')
             order by id desc limit 5";
        let rows = desk.rows(changed, &[number.into(), before.int(0).into()])?;
        said.extend(rows.iter().map(|r| format!("{} {}：{}", r.text(0).replace('T', " "), r.text(2), r.text(1))));
    }
    Ok(said)
}

/// The last ones, newest first.
pub fn list(desk: &Desk, account: Id<Account>, most: i64) -> Result<Vec<Listed>> {
    let rows = desk.rows(
        "select at, address, browser, means, went from sign_ins where account = $1 order by id desc limit $2",
        &[account.number().into(), most.into()],
    )?;
    let listed = |r: &store::Row| Listed {
        at: r.text(0).into(),
        address: r.opt_string(1),
        browser: r.opt_string(2),
        means: r.text(3).into(),
        went: Went::says(r.text(4)),
        good: matches!(r.text(4), "in" | "proved"),
    };
    Ok(rows.iter().map(listed).collect())
}
