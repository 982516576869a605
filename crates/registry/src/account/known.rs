//! 熟悉的浏览器: one that has logged in to this account before. It proves nothing by itself; its wrong guesses are only
//! counted apart from a stranger's.

use super::{hash, secret};
use crate::{Account, Desk, Result};
use vocabulary::{Id, Moment};

/// A browser is forgotten after this many seconds without a login.
const FORGOTTEN_SECONDS: i64 = 180 * 86_400;

/// The number of this browser when it is known to `account`.
pub fn find(desk: &Desk, account: Id<Account>, token: &str, now: Moment) -> Result<Option<i64>> {
    let row = desk.first(
        "select id from browsers where token = $1 and account = $2 and seen > $3",
        &[hash(token).into(), account.number().into(), Moment(now.0 - FORGOTTEN_SECONDS).to_string().into()],
    )?;
    Ok(row.map(|r| r.int(0)))
}

/// After a login: notes the browser, answers the secret of its cookie when it is a new one.
pub fn keep(desk: &mut Desk, account: Id<Account>, token: Option<&str>, now: Moment) -> Result<Option<String>> {
    let at = now.to_string();
    if let Some(number) = token.map(|t| find(desk, account, t, now)).transpose()?.flatten() {
        desk.execute("update browsers set seen = $1 where id = $2", &[at.into(), number.into()])?;
        return Ok(None);
    }
    let new = secret();
    desk.insert("browsers", &["account", "token", "since", "seen"], &[account.number().into(), hash(&new).into(), at.as_str().into(), at.as_str().into()])?;
    Ok(Some(new))
}

/// A stranger's browser may have been noted: none is known any more.
pub fn forget(desk: &mut Desk, account: Id<Account>) -> Result<()> {
    desk.execute("delete from browsers where account = $1", &[account.number().into()])?;
    Ok(())
}
