//! 结束会话: one, or all but the one that asks.

use crate::{Answer, Ctx, Stop, answer};
use axum::extract::Path;
use registry::account::session::{self, Why};
use registry::account::{self};
use registry::desk::Happened;

pub async fn end(c: Ctx, Path(id): Path<i64>) -> Answer {
    let (account, now) = (c.session.account, c.app.now());
    own(&c, move |desk| {
        if !session::end_one(desk, account, id, now, Why::Killed)? {
            return Err(Stop::NotFound("这个会话".into()));
        }
        desk.record(Happened { act: "session.end", subject: "account", number: Some(account.number()), says: "结束了自己的一个会话".into() })?;
        Ok(())
    })
    .await?;
    Ok(answer::see(if id == c.session.id { "/login" } else { "/account" }))
}

pub async fn end_others(c: Ctx) -> Answer {
    let (account, here, now) = (c.session.account, c.session.id, c.app.now());
    own(&c, move |desk| {
        session::end_all(desk, account, Some(here), now, Why::Killed)?;
        desk.record(Happened { act: "session.end", subject: "account", number: Some(account.number()), says: "结束了自己的其他会话".into() })?;
        Ok(())
    })
    .await?;
    Ok(answer::see("/account"))
}

/// Writes about the own account, which every role may.
async fn own(c: &Ctx, work: impl FnOnce(&mut registry::Desk) -> Result<(), Stop> + Send + 'static) -> Result<(), Stop> {
    let (app, account) = (c.app.clone(), c.session.account);
    crate::ctx::blocking(move || {
        let found = app.office.read(&registry::Actor::program(), Default::default(), |desk| Ok::<_, Stop>(account::numbered(desk, account)?))?;
        app.office.write(&found.ok_or(Stop::Login)?.oneself(), work)
    })
    .await
}
