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
