//! 台账: lists that are asked anew each time. Shipped ones, the office's own, and any that is begun by a question.

mod builder;
mod cells;
mod columns;
pub mod definition;
mod export;
mod lines;
mod list;
mod operators;
mod samples;
pub mod show;
#[cfg(test)]
mod tests;
pub mod view;

pub use builder::{BuilderPage, change};
pub use columns::{ColumnsPage, columns};
pub use export::{chosen, export};
pub use list::{ListPage, SavePage, drop, list, restore, save};
pub use show::LedgerPage;

use crate::ctx::pairs;
use crate::{Answer, Ctx, Stop};
use axum::extract::Path;
use definition::{Definition, subject};
use registry::Role;
use registry::{Desk, saved};
use view::View;

/// Whoever only looks after their own record has no lists of others.
pub(crate) fn refuse_recorded(c: &Ctx) -> Result<(), Stop> {
    match c.actor.role {
        Role::Recorded => Err(Stop::Forbidden("台账由组织部和单位人事干部使用，您可以在“我的记录”查看自己的信息。".into())),
        _ => Ok(()),
    }
}

/// The view that `/ledgers/{name}` with `query` means.
fn view_of(desk: &Desk, name: &str, query: &str) -> Result<View, Stop> {
    let of = pairs(query).into_iter().find(|(n, _)| n == "of").map(|(_, of)| of).unwrap_or_default();
    let own = if name.starts_with("own-") { saved::own(desk)? } else { vec![] };
    let definition = Definition::find(desk.book, own, name, subject(&of)?)?;
    View::read(desk.book, definition, query)
}

/// What keeps the day asked about, as an address says it.
fn carry(c: &Ctx) -> String {
    c.to("").trim_start_matches('?').to_owned()
}

/// One ledger; htmx gets the rows that follow.
pub async fn show(c: Ctx, Path(name): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let asking = c.clone();
    let page = c
        .read(move |desk| {
            let view = view_of(desk, &name, &asking.asked.query)?;
            let found = show::find(desk, &asking.app.answers, &view)?;
            Ok(LedgerPage::of(desk.dictionary(), &view, &found, desk.day(), &carry(&asking)))
        })
        .await?;
    c.part("ledgers/rows.html", &page)
}
