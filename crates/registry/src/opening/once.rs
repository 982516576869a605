//! 一次: the same key gets the same answer, however often it is sent; the change is done once.

use crate::{Desk, Result};
use vocabulary::Moment;

/// An answer is given again for so long.
const KEPT_SECONDS: i64 = 30 * 86_400;

/// What was answered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub request: String,
    pub status: u16,
    pub body: String,
}

/// The answer that this token was given under this key.
pub fn given(desk: &Desk, token: i64, key: &str) -> Result<Option<Given>> {
    let row = desk.first(
        "select request, status, body from api_answers where token = $1 and name = $2",
        &[token.into(), key.into()],
    )?;
    Ok(row.map(|r| Given {
        request: r.text(0).into(),
        status: u16::try_from(r.int(1)).unwrap_or(200),
        body: r.text(2).into(),
    }))
}

/// Kept in the transaction of the change: either both are there or neither. Carries the change's journal number, so that a
/// restore to an earlier number forgets both.
pub fn keep(desk: &mut Desk, token: i64, key: &str, given: &Given) -> Result<()> {
    let (at, entered) = (desk.moment.to_string(), desk.head());
    desk.execute(
        "delete from api_answers where at < $1",
        &[Moment(desk.moment.0 - KEPT_SECONDS).to_string().into()],
    )?;
    desk.insert(
        "api_answers",
        &["token", "name", "request", "status", "body", "at", "entered"],
        &[
            token.into(),
            key.into(),
            given.request.as_str().into(),
            i64::from(given.status).into(),
            given.body.as_str().into(),
            at.into(),
            entered.into(),
        ],
    )?;
    Ok(())
}
