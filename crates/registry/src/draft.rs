//! 草稿: what somebody typed and has not saved. No record yet: it says nothing about anybody until it is saved, is seen
//! by its writer alone, and is thrown away when it is saved, dropped, or thirty days old. Therefore without journal.

use crate::{Account, Desk, Result};
use std::collections::BTreeMap;
use vocabulary::{Id, Moment};

const KEPT_DAYS: i64 = 30;
/// Who typed on the same page within this time is still at it.
const AT_IT_SECONDS: i64 = 30 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Moment of the last key.
    pub at: String,
    pub content: BTreeMap<String, String>,
}

/// Keeps what was typed on `page` in the place of what was kept before.
pub fn keep(desk: &mut Desk, account: Id<Account>, page: &str, content: &BTreeMap<String, String>) -> Result<()> {
    let text = serde_json::to_string(content).unwrap_or_default();
    let sql = "insert into drafts (account, page, content, at) values ($1, $2, $3, $4)
               on conflict (account, page) do update set content = excluded.content, at = excluded.at";
    let text = desk.closed("drafts", "content", text);
    desk.execute(sql, &[account.number().into(), page.into(), text, desk.moment.to_string().into()])?;
    let old = Moment::at_start_of(desk.today.plus_days(-KEPT_DAYS)).to_string();
    desk.execute("delete from drafts where at < $1", &[old.into()])?;
    Ok(())
}

pub fn of(desk: &Desk, account: Id<Account>, page: &str) -> Result<Option<Draft>> {
    let row = desk.first("select at, content from drafts where account = $1 and page = $2", &[account.number().into(), page.into()])?;
    Ok(row.map(|r| Draft { at: r.text(0).into(), content: serde_json::from_str(r.text(1)).unwrap_or_default() }))
}

/// It was saved, or is not wanted.
pub fn drop(desk: &mut Desk, account: Id<Account>, page: &str) -> Result<()> {
    desk.execute("delete from drafts where account = $1 and page = $2", &[account.number().into(), page.into()])?;
    Ok(())
}

/// Who else has typed on this page just now, and when.
pub fn others(desk: &Desk, account: Id<Account>, page: &str) -> Result<Vec<(String, String)>> {
    let since = Moment(desk.moment.0 - AT_IT_SECONDS).to_string();
    let rows = desk.rows(
        "select a.shown, d.at from drafts d join accounts a on a.id = d.account where d.page = $1 and d.account <> $2 and d.at >= $3 order by d.at",
        &[page.into(), account.number().into(), since.into()],
    )?;
    Ok(rows.iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect())
}
