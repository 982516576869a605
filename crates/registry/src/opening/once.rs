//! 一次: the same key gets the same answer, however often it is sent; the change is done once.

use crate::{Desk, Result};

/// What was answered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub request: String,
    pub status: u16,
    pub body: String,
}

pub fn given(desk: &Desk, token: i64, key: &str) -> Result<Option<Given>> {
    let row = desk.first("select request, status, body from api_answers where token = $1 and name = $2", &[token.into(), key.into()])?;
    Ok(row.map(|r| Given { request: r.text(0).into(), status: u16::try_from(r.int(1)).unwrap_or(200), body: r.text(2).into() }))
}

/// Kept in the transaction of the change: either both are there or neither.
pub fn keep(desk: &mut Desk, token: i64, key: &str, given: &Given) -> Result<()> {
    let at = desk.moment.to_string();
    desk.insert(
        "api_answers",
        &["token", "name", "request", "status", "body", "at"],
        &[token.into(), key.into(), given.request.as_str().into(), i64::from(given.status).into(), given.body.as_str().into(), at.into()],
    )?;
    Ok(())
}
