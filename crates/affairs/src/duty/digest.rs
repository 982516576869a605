//! 每日提醒: one a day, in generic words; made once and handed over once.

use super::mine;
use crate::Result;
use institution::duty::Standing;
use registry::{Account, Desk};
use vocabulary::{Day, Id};

/// What one account is told on a day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Digest {
    pub day: Day,
    pub lines: Vec<String>,
}

/// What is overdue and what is due within a week, counted by duty.
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

