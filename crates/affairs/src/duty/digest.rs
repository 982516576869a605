//! 每日提醒: one a day, in generic words; made once and handed over once.

use super::mine;
use crate::Result;
use crate::task::{self, Light};
use institution::duty::Standing;
use registry::{Account, Desk};
use vocabulary::{Day, Id};

/// What one account is told on a day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Digest {
    pub day: Day,
    pub lines: Vec<String>,
}

/// What is overdue and what is due within a week, counted by duty; and the tasks that are late or soon due.
pub fn digest(desk: &Desk) -> Result<Digest> {
    let owed = mine(desk, desk.today.plus_days(-60), desk.today.plus_days(7))?;
    let mut lines = Vec::new();
    for (standing, word) in [(Standing::Overdue, "逾期"), (Standing::Open, "七天内到期")] {
        let mut titles: Vec<(&str, usize)> = Vec::new();
        for o in owed.iter().filter(|o| o.standing == standing) {
            match titles.iter_mut().find(|(t, _)| *t == &*o.title) {
                Some((_, n)) => *n += 1,
                None => titles.push((&o.title, 1)),
            }
        }
        lines.extend(titles.into_iter().map(|(title, n)| format!("{word}：{title} {n} 项")));
    }
    let tasks = task::mine(desk)?;
    for (light, word) in [(Light::Red, "超过时限"), (Light::Yellow, "临近时限")] {
        let n = tasks.iter().filter(|t| t.light == light).count();
        if n > 0 {
            lines.push(format!("{word}：重点任务 {n} 项"));
        }
    }
    Ok(Digest { day: desk.today, lines })
}

/// Does today's digest of this account lie in the outbox?
pub fn is_made(desk: &Desk, account: Id<Account>) -> Result<bool> {
    let row = desk.first("select id from duty_digests where account = $1 and day = $2", &[account.number().into(), desk.today.to_string().into()])?;
    Ok(row.is_some())
}

/// Keeps today's digest of this account in the outbox; a second one of the same day is not made. Answers whether it was.
pub fn make_digests(desk: &mut Desk, account: Id<Account>) -> Result<bool> {
    if is_made(desk, account)? {
        return Ok(false);
    }
    let digest = digest(desk)?;
    if digest.lines.is_empty() {
        return Ok(false);
    }
    let lines = serde_json::to_string(&digest.lines).unwrap_or_default();
    let (day, now) = (desk.today.to_string(), desk.moment.to_string());
    desk.insert("duty_digests", &["account", "day", "lines", "made"], &[account.number().into(), day.into(), lines.into(), now.into()])?;
    Ok(true)
}

/// The one digest of today that was kept for this account, as it was made; nothing when none was.
pub fn kept(desk: &Desk, account: Id<Account>) -> Result<Option<Digest>> {
    let row = desk.first("select lines from duty_digests where account = $1 and day = $2", &[account.number().into(), desk.today.to_string().into()])?;
    let read = |row: store::Row| serde_json::from_str(row.text(0)).map_err(|_| crate::Error::Corrupt { table: "duty_digests", row: account.number(), column: "lines" });
    Ok(row.map(read).transpose()?.map(|lines| Digest { day: desk.today, lines }))
}

/// What our own reminders cost the base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Burden {
    /// Digests made.
    pub digests: i64,
    /// Lines in them.
    pub lines: i64,
    /// Accounts that got any.
    pub accounts: i64,
    /// The most that any account got on one day: never more than one.
    pub most_a_day: i64,
}

/// The digests of these days, counted as a demand like any other.
pub fn burden(desk: &Desk, from: Day, to: Day) -> Result<Burden> {
    let days = [from.to_string().into(), to.to_string().into()];
    let mut burden = Burden::default();
    let mut accounts = std::collections::BTreeMap::<(i64, String), i64>::new();
    for row in desk.rows("select account, day, lines from duty_digests where day between $1 and $2", &days)? {
        burden.digests += 1;
        burden.lines += serde_json::from_str::<Vec<String>>(row.text(2)).map_or(0, |l| l.len() as i64);
        *accounts.entry((row.int(0), row.text(1).to_owned())).or_default() += 1;
    }
    burden.most_a_day = accounts.values().copied().max().unwrap_or(0);
    burden.accounts = accounts.keys().map(|(account, _)| account).collect::<std::collections::BTreeSet<_>>().len() as i64;
    Ok(burden)
}
