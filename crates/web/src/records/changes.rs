//! 一次改动: what it changed, and the way back.

use super::{allowed, place};
use crate::answer::see;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use axum::extract::Path;
use registry::amendment::changed::{self, Changed};
use registry::amendment::undo;
use registry::part::Whose;
use serde::Serialize;
use vocabulary::{Finding, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    pub name: String,
    /// Address of the subject.
    pub subject: String,
    pub entry: i64,
    pub at: String,
    pub actor: String,
    pub says: String,
    pub changed: Vec<Changed>,
    /// Why it cannot be taken back.
    pub findings: Vec<Finding>,
    /// The subject is held no more: its founding was undone.
    pub gone: bool,
}

pub async fn show(c: Ctx, Path((number, entry)): Path<(i64, i64)>) -> Answer {
    let of = super::of(&c);
    let whose = Whose { of, number };
    let page = c
        .read(move |desk| {
            let looked = undo::look(desk, whose, entry)?;
            Ok(ChangesPage {
                name: whose.name(desk)?,
                subject: format!("/{}/{number}", place(of)),
                entry,
                at: looked.at.get(..16).unwrap_or(&looked.at).replace('T', " "),
                actor: looked.actor,
                says: looked.says,
                changed: changed::by(desk, whose, entry)?,
                findings: looked.findings,
                gone: false,
            })
        })
        .await?;
    c.page(&page)
}

pub async fn undo(c: Ctx, Path((number, entry)): Path<(i64, i64)>) -> Answer {
    allowed(&c)?;
    let of = super::of(&c);
    let whose = Whose { of, number };
    let (outcome, there) = c
        .write(move |desk| {
            let outcome = undo::make(desk, whose, entry)?;
            Ok((outcome, whose.name(desk).is_ok()))
        })
        .await?;
    match outcome {
        Outcome::Done(number_of_undo) if there => Ok(see(&format!("/{}/{number}/changes/{number_of_undo}", place(of)))),
        Outcome::Done(_) => Ok(see(&format!("/{}", place(of)))),
        Outcome::Refused(findings) => Err(Stop::refused("这次改动不能撤销。", findings)),
    }
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "records/changes.html";
    fn samples() -> Vec<Sample<Self>> {
        super::sample::changes()
    }
}
