//! The form is opened, previewed, saved.

use super::address::Asked;
use super::attempt::{self, Attempt};
use super::page::{self, FormPage};
use super::{allowed, of, place};
use crate::answer::see;
use crate::form::Typed;
use crate::{Answer, Ctx, Form, Stop};
use axum::extract::{Path, Query};
use registry::part::{Of, Whose, held};
use registry::{Desk, draft};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct How {
    verb: Option<String>,
    /// The organisation above.
    under: Option<i64>,
}

fn no_such() -> Stop {
    Stop::NotFound("这项记载".into())
}

/// A new row of a part.
pub async fn begin(c: Ctx, Path((number, part)): Path<(i64, String)>) -> Answer {
    let whose = Whose { of: of(&c), number };
    open(c, Asked::new_row(whose, &part).ok_or_else(no_such)?).await
}
pub async fn save_new(c: Ctx, Path((number, part)): Path<(i64, String)>, form: Form) -> Answer {
    let whose = Whose { of: of(&c), number };
    send(c, Asked::new_row(whose, &part).ok_or_else(no_such)?, form).await
}

/// A row that is there.
pub async fn edit(c: Ctx, Path((number, part, row)): Path<(i64, String, i64)>, Query(how): Query<How>) -> Answer {
    let whose = Whose { of: of(&c), number };
    open(c, Asked::row(whose, &part, row, how.verb.as_deref()).ok_or_else(no_such)?).await
}
pub async fn save(c: Ctx, Path((number, part, row)): Path<(i64, String, i64)>, Query(how): Query<How>, form: Form) -> Answer {
    let whose = Whose { of: of(&c), number };
    send(c, Asked::row(whose, &part, row, how.verb.as_deref()).ok_or_else(no_such)?, form).await
}

/// The part that is the subject itself: whichever row holds now.
pub async fn single(c: Ctx, Path(number): Path<i64>, Query(how): Query<How>) -> Answer {
    let asked = row_now(&c, number, how).await?;
    open(c, asked).await
}
pub async fn save_single(c: Ctx, Path(number): Path<i64>, Query(how): Query<How>, form: Form) -> Answer {
    let asked = row_now(&c, number, how).await?;
    send(c, asked, form).await
}

/// A new person, organisation or post.
pub async fn found(c: Ctx, Query(how): Query<How>) -> Answer {
    let asked = Asked::founded(of(&c), how.under);
    open(c, asked).await
}
pub async fn save_found(c: Ctx, Query(how): Query<How>, form: Form) -> Answer {
    let asked = Asked::founded(of(&c), how.under);
    send(c, asked, form).await
}

async fn row_now(c: &Ctx, number: i64, how: How) -> Result<Asked, Stop> {
    let whose = Whose { of: of(c), number };
    let root = whose.of.root();
    let row = c
        .read(move |desk| {
            whose.name(desk)?;
            Ok(held::of(desk, root, whose)?.pop().ok_or_else(no_such)?.id)
        })
        .await?;
    Asked::row(whose, root.id, row, how.verb.as_deref()).ok_or_else(no_such)
}

async fn open(c: Ctx, asked: Asked) -> Answer {
    allowed(&c)?;
    let page = c
        .read(move |desk| {
            let rows = page::rows(desk, asked, None)?;
            // Whoever follows an old link stands on what holds now.
            let row = match rows {
                Some((_, None)) => return Err(Stop::Changed("这条记载已经撤回".into())),
                Some((_, now)) => now,
                None => None,
            };
            let asked = Asked { row: row.as_ref().map(|r| r.id), ..asked };
            let kept = kept(desk, asked)?;
            let typed = kept.as_ref().map(|d| Typed { values: d.content.clone(), mistakes: vec![] });
            let mut page = FormPage::of(desk, asked, row.as_ref(), typed)?;
            if let Some(draft) = kept {
                // The draft stands on the row that she saw when she typed it: whoever was faster is told on sending.
                page.based_on = draft.content.get("based_on").and_then(|n| n.parse().ok()).unwrap_or(page.based_on);
                page.draft = Some(draft.at.get(..16).unwrap_or(&draft.at).replace('T', " "));
            }
            Ok(page)
        })
        .await?;
    c.page(&page)
}

fn kept(desk: &Desk, asked: Asked) -> Result<Option<draft::Draft>, Stop> {
    Ok(match desk.actor.account {
        Some(account) => draft::of(desk, account, &asked.address())?,
        None => None,
    })
}

async fn send(c: Ctx, asked: Asked, form: Form) -> Answer {
    allowed(&c)?;
    match form.text("act") {
        "drop" => {
            c.write(move |desk| drop_draft(desk, asked)).await?;
            return Ok(see(&asked.address()));
        }
        "draft" => {
            c.write(move |desk| super::drafts::store(desk, &asked.address(), &form)).await?;
            return Ok(see(&asked.back()));
        }
        // What is saved is what was seen: changed after the preview, it is previewed again.
        "save" if form.text("seen") == attempt::typed(&form) => {}
        _ => {
            let (status, page) = c.try_out(move |desk| attempt::look(desk, asked, &form)).await?;
            return c.page_as(status, &*page);
        }
    }
    let attempt = c.write(move |desk| attempt::make(desk, asked, &form)).await?;
    match attempt {
        // A new person's page opens without a purpose; what was just typed of them is folded there like everybody's.
        Attempt::Done(made) if asked.whose.number == 0 && made.whose.of == Of::Person => Ok(see(&crate::href::official(made.whose.number))),
        Attempt::Done(made) => Ok(see(&format!("/{}/{}/changes/{}", place(made.whose.of), made.whose.number, made.entry))),
        Attempt::Again(status, page) => c.page_as(status, &*page),
    }
}

fn drop_draft(desk: &mut Desk, asked: Asked) -> Result<(), Stop> {
    if let Some(account) = desk.actor.account {
        draft::drop(desk, account, &asked.address())?;
    }
    Ok(())
}
