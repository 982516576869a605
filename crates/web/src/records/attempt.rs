//! One attempt to change a record: refused with what she typed, shown as a preview, or done.

use super::address::Asked;
use super::page::{self, FormPage, Preview};
use crate::{Form, Stop};
use axum::http::StatusCode;
use registry::amendment::{self, Amendment, Made, changed};
use registry::part::reading;
use registry::part::{Of, Verb};
use registry::{Desk, draft};
use sha2::{Digest, Sha256};
use vocabulary::Outcome;

pub enum Attempt {
    Done(Made),
    /// The form again: mistakes, reasons, or somebody was faster.
    Again(StatusCode, Box<FormPage>),
}

/// What was typed, in short: what is saved must be what was previewed.
pub fn typed(form: &Form) -> String {
    let all: Vec<String> = form.texts().into_iter().filter(|(n, _)| !matches!(n.as_str(), "act" | "seen")).map(|(n, v)| format!("{n}={}", v.trim())).collect();
    Sha256::digest(all.join("\n")).iter().take(12).map(|b| format!("{b:02x}")).collect()
}

/// Makes the change in this desk's transaction.
pub fn make(desk: &mut Desk, asked: Asked, form: &Form) -> Result<Attempt, Stop> {
    let rows = page::rows(desk, asked, form.number("based_on", "版本"))?;
    let seen = rows.as_ref().map(|(seen, _)| seen);
    let (values, mistakes) = reading::read(desk, asked.part, asked.verb, &form.texts(), seen.map(|s| &s.values))?;
    let on = if asked.verb.needs_day() { form.date("on", "起始时间") } else { None };
    if let Some((seen, now)) = rows.as_ref().filter(|(seen, _)| seen.superseded.is_some()) {
        return faster(desk, asked, seen, now.as_ref(), form);
    }
    for mistake in mistakes {
        form.mistake(mistake.column, mistake.says);
    }
    if asked.verb.needs_day() && form.text("on").is_empty() {
        form.mistake("on", format!("请填写自何时起{}", asked.verb.says()));
    }
    if asked.verb.needs_basis() && form.text("basis").is_empty() {
        form.mistake("basis", format!("请写明{}的依据，如“档案原件”“录入错误”", asked.verb.says()));
    }
    if !form.is_right() {
        return again(desk, asked, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let amendment = Amendment {
        part: asked.part,
        whose: asked.whose,
        verb: asked.verb,
        row: seen.map(|s| s.id),
        values,
        on,
        basis: form.text("basis").to_owned(),
    };
    match amendment::make(desk, &amendment)? {
        Outcome::Refused(findings) => {
            let Attempt::Again(status, mut page) = again(desk, asked, form, StatusCode::UNPROCESSABLE_ENTITY)? else {
                return Err(Stop::Broken("a form did not come back".into()));
            };
            page.refused = findings.into_iter().collect();
            Ok(Attempt::Again(status, page))
        }
        Outcome::Done(made) => {
            if let Some(account) = desk.actor.account {
                draft::drop(desk, account, &asked.address())?;
            }
            Ok(Attempt::Done(made))
        }
    }
}

/// The same, for the eyes only: the caller lets go of the transaction.
pub fn look(desk: &mut Desk, asked: Asked, form: &Form) -> Result<(StatusCode, Box<FormPage>), Stop> {
    let before = page::rows(desk, asked, form.number("based_on", "版本"))?;
    let shown = FormPage::of(desk, asked, before.as_ref().map(|(seen, _)| seen), Some(form.typed()))?;
    let made = match make(desk, asked, form)? {
        Attempt::Again(status, page) => return Ok((status, page)),
        Attempt::Done(made) => made,
    };
    let says = desk.one("select says from journal where id = $1", &[made.entry.into()])?.text(0).to_owned();
    let mut changed = changed::by(desk, made.whose, made.entry)?;
    if asked.whose.of == Of::Organisation && asked.verb == Verb::End {
        let posts = desk.one("select count(*) from post_details where entered = $1", &[made.entry.into()])?.int(0);
        if let (true, Some(first)) = (posts > 0, changed.first_mut()) {
            first.lines.push(changed::Line { label: "所设岗位", old: format!("{posts} 个"), new: "一并撤销".into() });
        }
    }
    let preview = Preview { says, changed, findings: made.findings.into_iter().collect(), seen: typed(form) };
    Ok((StatusCode::OK, Box::new(FormPage { preview: Some(preview), ..shown })))
}

fn again(desk: &Desk, asked: Asked, form: &Form, status: StatusCode) -> Result<Attempt, Stop> {
    let rows = page::rows(desk, asked, form.number("based_on", "版本"))?;
    let page = FormPage::of(desk, asked, rows.as_ref().map(|(seen, _)| seen), Some(form.typed()))?;
    Ok(Attempt::Again(status, Box::new(page)))
}

/// Somebody changed or withdrew the row while she typed: she is told, and keeps what she typed.
fn faster(desk: &Desk, asked: Asked, seen: &registry::part::held::Held, now: Option<&registry::part::held::Held>, form: &Form) -> Result<Attempt, Stop> {
    let mut typed = form.typed();
    typed.mistakes.clear();
    let Some(now) = now else {
        // What is left to her is to enter it anew; a single part is never withdrawn.
        let anew = Asked { row: None, verb: Verb::Add, ..asked };
        let page = FormPage { gone: true, ..FormPage::of(desk, anew, None, Some(typed))? };
        return Ok(Attempt::Again(StatusCode::CONFLICT, Box::new(page)));
    };
    let compared = page::compare(desk, asked, seen, now, &mut typed)?;
    let asked = Asked { row: asked.row.map(|_| now.id), ..asked };
    let page = FormPage { compared, ..FormPage::of(desk, asked, Some(now), Some(typed))? };
    Ok(Attempt::Again(StatusCode::CONFLICT, Box::new(page)))
}
