//! 日历订阅: a secret address that a telephone's calendar reads; whoever has it sees titles and days, nothing else.

use crate::ctx::blocking;
use crate::{Answer, Ctx, Guest, Stop, answer};
use affairs::duty;
use axum::extract::Path;
use registry::{Actor, AsOf, account};

pub async fn open(c: Ctx) -> Answer {
    let account = c.actor.account.ok_or_else(|| Stop::Forbidden("请先登录".into()))?;
    let secret: [u8; 24] = rand::random();
    let token = c.write(move |desk| Ok(duty::open_feed(desk, account, secret)?)).await?;
    Ok(answer::see(&format!("/duties?feed={token}#feed")))
}

pub async fn close(c: Ctx) -> Answer {
    let account = c.actor.account.ok_or_else(|| Stop::Forbidden("请先登录".into()))?;
    c.write(move |desk| Ok(duty::close_feed(desk, account)?)).await?;
    Ok(answer::see("/duties"))
}

/// `/duties/feed/SECRET.ics`: no session, only the secret.
pub async fn show(g: Guest, Path(file): Path<String>) -> Answer {
    let token = file.strip_suffix(".ics").unwrap_or_default().to_owned();
    let app = g.app.clone();
    let text = blocking(move || {
        let program = Actor::program();
        let actor = app.office.read(&program, AsOf::default(), |desk| {
            let Some(id) = duty::feed_of(desk, &token)? else { return Err(Stop::NotFound("这个日历".into())) };
            account::actor(desk, id)?.ok_or_else(|| Stop::NotFound("这个日历".into()))
        })?;
        app.office.read(&actor, AsOf::default(), |desk| {
            let owed = duty::mine(desk, desk.today.plus_days(-60), desk.today.plus_days(180))?;
            Ok::<_, Stop>(duty::calendar(&owed, desk.moment))
        })
    })
    .await?;
    Ok(answer::shown("任务.ics", "text/calendar; charset=utf-8", text))
}
