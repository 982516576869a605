//! 送出: what waits, what was sent, what was given up. A row is written in the transaction of the change itself and sent
//! after it, so that a crash loses nothing; what was sent when the machine stopped is sent again under the same number.

use super::{Kind, find};
use crate::desk::Happened;
use crate::{Desk, Error, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Param, Tx};
use vocabulary::Moment;

/// Wait after the first failure, seconds; each further one waits twice as long.
pub const FIRST_WAIT: i64 = 10;
/// No wait is longer.
pub const LONGEST_WAIT: i64 = 6 * 3600;
/// After so many tries (about two and a half days) it is given up, and whoever looks after it decides.
pub const TRIES: i64 = 20;
/// Who takes one to send has so long for it; then another may.
const LEASE: i64 = 60;
/// What arrived is kept so long, seconds.
const KEPT: i64 = 90 * 86_400;

/// One event on its way to one subscriber, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    pub id: i64,
    /// Journal number.
    pub entry: i64,
    pub kind: String,
    pub happened: String,
    pub due: String,
    pub tries: i64,
    pub tried: Option<String>,
    pub error: Option<String>,
    pub delivered: Option<String>,
    pub dropped: Option<String>,
}

/// What is to be sent now.
#[derive(Clone, PartialEq, Eq)]
pub struct Parcel {
    pub id: i64,
    pub address: String,
    pub secret: String,
    /// The same at every try: by it the receiver knows a repeat.
    pub number: String,
    pub body: String,
    /// Which try this is, from 1.
    pub tries: i64,
}

/// Seconds after the `tries`-th failure.
pub fn wait(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.saturating_sub(1).clamp(0, 30)).unwrap_or(0);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

/// One row for each subscriber of what this transaction wrote.
pub(crate) fn enqueue(tx: &mut Tx, now: Moment, told: &[(i64, &Kind)]) -> Result<()> {
    let hooks = tx.rows("select id, kinds from hooks where closed is null", &[])?;
    for hook in &hooks {
        let wanted: Vec<&str> = hook.text(1).split(' ').collect();
        // An undoing may touch several parts of one record: one entry, told once.
        let entries: BTreeSet<i64> = told
            .iter()
            .filter(|(_, kind)| wanted.contains(&kind.id))
            .map(|(entry, _)| *entry)
            .collect();
        for entry in entries {
            let values: [Param; 4] = [hook.int(0).into(), entry.into(), now.to_string().into(), 0_i64.into()];
            tx.insert("hook_deliveries", &["hook", "entered", "due", "tries"], &values)?;
        }
    }
    if !hooks.is_empty() {
        tx.execute(
            "delete from hook_deliveries where delivered < $1",
            &[Moment(now.0 - KEPT).to_string().into()],
        )?;
    }
    Ok(())
}

/// Subscriptions whose next event is due.
pub fn due(tx: &mut Tx, now: Moment) -> Result<Vec<i64>> {
    let rows = tx.rows(
        "select d.hook from hook_deliveries d join hooks h on h.id = d.hook and h.closed is null
          where d.delivered is null and d.dropped is null and (d.tries = 0 or d.due <= $1)
            and not exists (select 1 from hook_deliveries e
                             where e.hook = d.hook and e.id < d.id and e.delivered is null and e.dropped is null)
          order by d.hook",
        &[now.to_string().into()],
    )?;
    Ok(rows.iter().map(|r| r.int(0)).collect())
}

/// Takes the oldest event that waits for this subscriber, if its time has come: they go one after the other, in the order
/// of the journal. Counts the try before it is made.
pub fn take(tx: &mut Tx, hook: i64, now: Moment) -> Result<Option<Parcel>> {
    let row = tx.first(
        "select d.id, d.due, d.tries, h.address, h.secret, j.id, j.at, j.act, j.subject, j.number
           from hook_deliveries d join hooks h on h.id = d.hook and h.closed is null join journal j on j.id = d.entered
          where d.hook = $1 and d.delivered is null and d.dropped is null
          order by d.id limit 1",
        &[hook.into()],
    )?;
    let Some(row) = row.filter(|r| r.int(2) == 0 || r.text(1) <= now.to_string().as_str()) else {
        return Ok(None);
    };
    let (id, tries) = (row.int(0), row.int(2) + 1);
    let lease = Moment(now.0 + LEASE).to_string();
    // Another program on the same database may have been faster.
    let mine = tx.execute(
        "update hook_deliveries set due = $1, tries = $2, tried = $3 where id = $4 and tries = $5 and delivered is null",
        &[lease.into(), tries.into(), now.to_string().into(), id.into(), (tries - 1).into()],
    )?;
    if mine == 0 {
        return Ok(None);
    }
    let (entry, at) = (row.int(5), row.text(6));
    let body = serde_json::json!({
        "type": row.text(7),
        "timestamp": at,
        "data": { "entry": entry, "subject": row.text(8), "id": row.opt_int(9) },
    });
    // With the second of the event: after a restore, journal numbers are given again.
    let second = at.parse::<Moment>().map_or(0, |m| m.0);
    Ok(Some(Parcel {
        id,
        address: row.text(3).into(),
        secret: row.text(4).into(),
        number: format!("evt_{hook}_{entry}_{second}"),
        body: body.to_string(),
        tries,
    }))
}

/// It arrived.
pub fn arrived(tx: &mut Tx, id: i64, now: Moment) -> Result<()> {
    tx.execute(
        "update hook_deliveries set delivered = $1, error = null where id = $2",
        &[now.to_string().into(), id.into()],
    )?;
    Ok(())
}

/// It did not: again later, or given up.
pub fn failed(tx: &mut Tx, parcel: &Parcel, now: Moment, why: &str) -> Result<()> {
    let why: String = why.chars().take(200).collect();
    let due = Moment(now.0 + wait(parcel.tries)).to_string();
    let dropped = (parcel.tries >= TRIES).then(|| now.to_string());
    tx.execute(
        "update hook_deliveries set due = $1, error = $2, dropped = $3 where id = $4 and delivered is null",
        &[due.into(), why.into(), dropped.into(), parcel.id.into()],
    )?;
    Ok(())
}

/// What was sent to one subscriber and what waits, the newest first.
pub fn list(desk: &Desk, hook: i64, most: i64) -> Result<Vec<Delivery>> {
    let rows = desk.rows(
        "select d.id, d.entered, j.act, j.at, d.due, d.tries, d.tried, d.error, d.delivered, d.dropped
           from hook_deliveries d join journal j on j.id = d.entered
          where d.hook = $1
          order by d.id desc limit $2",
        &[hook.into(), most.into()],
    )?;
    Ok(rows
        .iter()
        .map(|r| Delivery {
            id: r.int(0),
            entry: r.int(1),
            kind: r.text(2).into(),
            happened: r.text(3).into(),
            due: r.text(4).into(),
            tries: r.int(5),
            tried: r.opt_string(6),
            error: r.opt_string(7),
            delivered: r.opt_string(8),
            dropped: r.opt_string(9),
        })
        .collect())
}

/// 再送 what was given up, or what waits for its time, at once; or (`drop`) 不再送, so that what comes after it goes.
pub fn decide(desk: &mut Desk, hook: i64, id: i64, drop: bool) -> Result<()> {
    let hook = find(desk, hook)?;
    let row = desk.first(
        "select entered from hook_deliveries where id = $1 and hook = $2 and delivered is null",
        &[id.into(), hook.id.into()],
    )?;
    let entry = row
        .map(|r| r.int(0))
        .ok_or_else(|| Error::NotFound("这次送出".into()))?;
    let (act, word) = if drop {
        ("hook.drop", "不再送出")
    } else {
        ("hook.again", "再送")
    };
    desk.noted(Happened {
        act,
        subject: "hook",
        number: Some(hook.id),
        says: format!("{word}日志第 {entry} 号的事件给“{}”", hook.name),
    })?;
    let now = desk.moment.to_string();
    if drop {
        desk.execute(
            "update hook_deliveries set dropped = $1 where id = $2 and delivered is null",
            &[now.into(), id.into()],
        )?;
    } else {
        desk.execute(
            "update hook_deliveries set dropped = null, tries = 0, due = $1 where id = $2 and delivered is null",
            &[now.into(), id.into()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_after_days() {
        assert_eq!([1, 2, 3, 4].map(wait), [10, 20, 40, 80]);
        assert_eq!(wait(60), LONGEST_WAIT);
        let all: i64 = (1..TRIES).map(wait).sum();
        assert!((2 * 86_400..3 * 86_400).contains(&all), "{all}");
    }
}
