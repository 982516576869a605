//! 他人的会话和第二因素: what the security administrator can end for somebody else. Nothing here lets anybody in.

use crate::{Answer, Ctx, Stop, answer};
use axum::extract::Path;
use registry::account::session::{self, Why};
use registry::account::{self, factor, known};
use registry::desk::Happened;
use registry::{Account, Actor, Desk};
use vocabulary::{Id, Moment};

/// 强制退出: every session of the account is over with its next request.
pub async fn end_sessions(c: Ctx, Path(id): Path<Id<Account>>) -> Answer {
    let says = "强制退出了这个账户的全部会话";
    about(&c, id, "session.end", says, move |desk, now| Ok(session::end_all(desk, id, None, now, Why::Killed).map(|_| ())?)).await
}

/// 退出他人的一个会话, out of the list of all that are open.
pub async fn end_session_of(c: Ctx, Path(id): Path<i64>) -> Answer {
    let whose = c.read(move |desk| session::whose(desk, id)?.ok_or_else(|| Stop::NotFound("这个会话".into()))).await?;
    about(&c, whose, "session.end", "强制退出了这个账户的一个会话", move |desk, now| {
        if session::end_one(desk, whose, id, now, Why::Killed)? { Ok(()) } else { Err(Stop::NotFound("这个会话".into())) }
    })
    .await?;
    Ok(answer::see("/accounts/sessions"))
}

/// 手机丢了: the factors go, the password stays; with the next login new ones are set up.
pub async fn reset_factors(c: Ctx, Path(id): Path<Id<Account>>) -> Answer {
    c.step_up("取消他人的第二因素", &format!("/accounts/{id}"))?;
    let says = "取消了这个账户的第二因素，并退出其全部会话";
    about(&c, id, "account.factors_reset", says, move |desk, now| {
        factor::reset(desk, id, now)?;
        known::forget(desk, id)?;
        Ok(session::end_all(desk, id, None, now, Why::Changed).map(|_| ())?)
    })
    .await
}

/// Written under the administrator's name; one's own account is looked after on its own page.
async fn about(c: &Ctx, id: Id<Account>, act: &'static str, says: &'static str, work: impl FnOnce(&mut Desk, Moment) -> Result<(), Stop> + Send + 'static) -> Answer {
    if c.actor.account == Some(id) {
        return Err(Stop::Wrong("自己的会话和第二因素请在“我的账户”里办".into()));
    }
    let (app, now) = (c.app.clone(), c.app.now());
    let actor = Actor { account: c.actor.account, shown: c.actor.shown.clone(), ..Actor::program() };
    crate::ctx::blocking(move || {
        app.office.write(&actor, |desk| {
            account::numbered(desk, id)?.ok_or_else(|| Stop::NotFound("这个账户".into()))?;
            desk.record(Happened { act, subject: "account", number: Some(id.number()), says: says.into() })?;
            work(desk, now)
        })
    })
    .await?;
    Ok(answer::see(&format!("/accounts/{id}")))
}
