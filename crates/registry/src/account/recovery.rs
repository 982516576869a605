//! 恢复码: ten codes on paper, each good once, for the day on which the phone is lost.

use super::hash;
use crate::desk::Happened;
use crate::{Account, Desk, Result};
use vocabulary::{Id, Moment};

const COUNT: usize = 10;
/// Without the signs that look alike.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// New codes in place of the old; they are shown this once. Eighty bits each.
pub fn renew(desk: &mut Desk, account: Id<Account>, now: Moment) -> Result<Vec<String>> {
    let entry = desk.record(Happened { act: "account.recovery", subject: "account", number: Some(account.number()), says: "生成了新的恢复码".into() })?;
    let at = now.to_string();
    desk.execute("update factors set closed = $1 where account = $2 and kind = 'recovery' and closed is null", &[at.as_str().into(), account.number().into()])?;
    let codes: Vec<String> = (0..COUNT).map(|_| code()).collect();
    for code in &codes {
        let values = [account.number().into(), "recovery".into(), "恢复码".into(), kept(account, code).into(), at.as_str().into(), entry.into()];
        desk.insert("factors", &["account", "kind", "label", "secret", "since", "entered"], &values)?;
    }
    Ok(codes)
}

/// Is it one of the codes? Then it is used up.
pub fn spend(desk: &mut Desk, account: Id<Account>, typed: &str, now: Moment) -> Result<bool> {
    let typed = kept(account, typed);
    // What is sealed cannot be asked for by its value; there are ten at most.
    let rows = desk.rows("select id, secret from factors where account = $1 and kind = 'recovery' and closed is null", &[account.number().into()])?;
    let Some(row) = rows.iter().find(|row| row.text(1) == typed) else { return Ok(false) };
    let spent = desk.execute("update factors set closed = $1, used = $1 where id = $2 and closed is null", &[now.to_string().into(), row.int(0).into()])?;
    Ok(spent == 1)
}

/// How many are left.
pub fn left(desk: &Desk, account: Id<Account>) -> Result<i64> {
    let sql = "select count(*) from factors where account = $1 and kind = 'recovery' and closed is null";
    Ok(desk.one(sql, &[account.number().into()])?.int(0))
}

fn code() -> String {
    let random: [u8; 16] = rand::random();
    let signs: Vec<char> = random.iter().map(|b| char::from(SIGNS[usize::from(b & 31)])).collect();
    signs.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn kept(account: Id<Account>, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    hash(&format!("recovery {account} {plain}"))
}
