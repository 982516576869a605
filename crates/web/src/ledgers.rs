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

use crate::access::About;
use crate::ctx::pairs;
use crate::{Answer, Ctx, Stop};
use axum::extract::Path;
use definition::{Definition, subject};
use registry::Role;
use policy::Class;
use registry::consultation::Consultation;
use registry::ledger::Enquiry;
use registry::{Desk, few, protect, saved};
use view::View;

/// Whoever only looks after their own record has no lists of others.
pub(crate) fn refuse_recorded(c: &Ctx) -> Result<(), Stop> {
    match c.actor.role {
        Role::Recorded => Err(Stop::NotFound("这个页面".into())),
        _ => Ok(()),
    }
}

/// The view that `/ledgers/{name}` with `query` means, without what is protected and not open here. A test of a protected
/// fact stands before its answer; a column is left out and named.
fn view_of(c: &Ctx, desk: &Desk, name: &str, query: &str) -> Result<View, Stop> {
    let mut view = whole_view(desk, name, query)?;
    let (dictionary, open) = (desk.dictionary(), c.open_in_ledgers());
    let mut asked = view.asked();
    let withheld = protect::withhold(dictionary, &mut asked, &mut view.definition.totals, open);
    if !withheld.asked.is_empty() {
        let sealed = withheld.asked.iter().any(|f| dictionary.facts[*f].class > Class::S2);
        let control = c.ledger_control(name, withheld.names(dictionary, desk.day())).filter(|_| !sealed);
        return Err(control.map_or(Stop::NotFound("这个台账".into()), |control| Stop::Purpose(Box::new(control))));
    }
    protect::withhold(dictionary, &mut view.enquiry, &mut vec![], open);
    view.withheld = withheld.names(dictionary, desk.day());
    Ok(view)
}

/// Notes what is protected among what a ledger shows, before it is shown. Whose rows they are is not noted one by one:
/// a list is about many.
fn note(c: &Ctx, desk: &Desk, view: &View) -> Result<(), Stop> {
    let dictionary = desk.dictionary();
    let protected: Vec<String> = protect::protected(dictionary, &view.asked()).iter().map(|f| dictionary.facts[*f].name_on(desk.day())).collect();
    if protected.is_empty() {
        return Ok(());
    }
    let mut parts = vec![format!("台账“{}”", view.definition.title)];
    parts.extend(protected);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let purpose = c.stated(About::Ledgers).map_or("", policy::Purpose::says);
    desk.consulted(&Consultation { people: &[], parts: &parts, class: Class::S2, purpose, ticket: None })?;
    Ok(())
}

/// A free question about what is protected is answered about many or not at all (T-85).
fn refuse_few(c: &Ctx, desk: &Desk, asked: &Enquiry) -> Result<(), Stop> {
    let remembered = c.app.answers.at(desk)?;
    match few::refused(&c.app.heard, desk, asked, |enquiry| remembered.numbers(enquiry))? {
        None => Ok(()),
        Some(why) => Err(Stop::refused("人数太少，不能按受保护的内容筛选", why.findings())),
    }
}

/// As the address says it.
fn whole_view(desk: &Desk, name: &str, query: &str) -> Result<View, Stop> {
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
    let page = move |desk: &Desk| {
        let view = view_of(&asking, desk, &name, &asking.asked.query)?;
        refuse_few(&asking, desk, &view.asked())?;
        note(&asking, desk, &view)?;
        let found = show::find(desk, &asking.app.answers, &view)?;
        let page = LedgerPage::of(desk.dictionary(), &view, &found, desk.day(), &carry(&asking));
        let access = if view.withheld.is_empty() { None } else { asking.ledger_control(&name, view.withheld.clone()) };
        Ok(LedgerPage { access, ..page })
    };
    // Only who has stated a purpose can see what must be noted: the others do not wait for the one who writes.
    let page = if c.stated(About::Ledgers).is_some() { c.consult(page).await? } else { c.read(page).await? };
    c.part("ledgers/rows.html", &page)
}
