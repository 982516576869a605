//! The form: fields, what each would change, who else is at it.

use super::address::Asked;
use super::control::{self, Shown};
use crate::form::Typed;
use crate::page::Sample;
use crate::{Page, Stop};
use registry::amendment::changed::Changed;
use registry::part::held::{self, Held};
use registry::part::{Verb, reading};
use registry::{Desk, draft};
use serde::Serialize;
use vocabulary::Finding;

#[derive(Clone, Debug, Serialize)]
pub struct FormPage {
    /// `更正任职`
    pub title: String,
    /// Whose record.
    pub name: String,
    pub explains: &'static str,
    pub action: String,
    pub back: String,
    pub based_on: i64,
    /// Other things that can be done with the row.
    pub verbs: Vec<Tab>,
    /// The row as it is, for what does not show its fields.
    pub row: Vec<(String, String)>,
    pub fields: Vec<Shown>,
    pub asks_day: bool,
    /// 依据 must be written.
    pub needs_basis: bool,
    pub form: Typed,
    pub preview: Option<Preview>,
    pub refused: Vec<Finding>,
    /// Somebody was faster: what each changed.
    pub compared: Vec<Compared>,
    /// The row was withdrawn meanwhile.
    pub gone: bool,
    /// Moment of the draft that fills the form.
    pub draft: Option<String>,
    /// Who types on the same page just now, since when.
    pub others: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub here: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    /// As the journal will say it.
    pub says: String,
    pub changed: Vec<Changed>,
    pub findings: Vec<Finding>,
    /// Of what was typed: what is saved is what was seen.
    pub seen: String,
}

/// One line of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    pub label: &'static str,
    pub old: String,
    pub hers: String,
    pub now: String,
    /// Both changed it, and differently.
    pub clash: bool,
}

impl FormPage {
    /// The form over `row`, filled with `typed` or with what the row says.
    pub fn of(desk: &Desk, asked: Asked, row: Option<&Held>, typed: Option<Typed>) -> Result<FormPage, Stop> {
        let name = if asked.whose.number == 0 { String::new() } else { asked.whose.name(desk)? };
        let form = match typed {
            Some(typed) => typed,
            None => Typed { values: start(desk, asked, row)?, mistakes: vec![] },
        };
        let verbs = row.map(|r| tabs(asked, r)).unwrap_or_default();
        let all = |row: &Held| -> Result<Vec<(String, String)>, Stop> {
            let said = asked.part.fields.iter().map(|f| Ok((f.label.to_owned(), reading::said(desk, f, row.values.get(f.column))?)));
            Ok(said.collect::<registry::Result<Vec<_>>>()?.into_iter().filter(|(_, v)| !v.is_empty()).collect())
        };
        let hidden = matches!(asked.verb, Verb::End | Verb::Withdraw);
        Ok(FormPage {
            title: title(asked),
            name,
            explains: explains(asked.verb),
            action: asked.address(),
            back: asked.back(),
            based_on: row.map_or(0, |r| r.id),
            verbs,
            row: row.filter(|_| hidden).map(all).transpose()?.unwrap_or_default(),
            fields: asked.part.fields_for(asked.verb).into_iter().map(|f| control::shown(desk, f)).collect(),
            asks_day: asked.verb.needs_day(),
            needs_basis: asked.verb.needs_basis(),
            form,
            preview: None,
            refused: vec![],
            compared: vec![],
            gone: false,
            draft: None,
            others: others(desk, asked)?,
        })
    }
}

fn others(desk: &Desk, asked: Asked) -> Result<Vec<(String, String)>, Stop> {
    let Some(account) = desk.actor.account else { return Ok(vec![]) };
    if asked.row.is_none() {
        return Ok(vec![]);
    }
    let clock = |at: String| at.get(11..16).unwrap_or(&at).to_owned();
    Ok(draft::others(desk, account, &asked.address())?.into_iter().map(|(who, at)| (who, clock(at))).collect())
}

fn start(desk: &Desk, asked: Asked, row: Option<&Held>) -> Result<reading::Texts, Stop> {
    let mut texts = match row {
        Some(row) => reading::texts(desk, asked.part, &row.values)?,
        None => reading::Texts::new(),
    };
    if let (None, Some(under)) = (row, asked.under) {
        let column = if asked.part.field("parent").is_some() { "parent" } else { "organisation" };
        texts.insert(column.into(), registry::organisation::find(desk, vocabulary::Id::new(under))?.name);
        texts.insert(format!("{column}.number"), under.to_string());
    }
    Ok(texts)
}

fn title(asked: Asked) -> String {
    match (asked.verb, asked.whose.number) {
        (Verb::Add, 0) if asked.part.table == "person_details" => "新增干部".into(),
        (Verb::Add, 0) => format!("新增{}", asked.part.title),
        (verb, _) => format!("{}{}", verb.says(), asked.part.title),
    }
}

fn explains(verb: Verb) -> &'static str {
    match verb {
        Verb::Add => "",
        Verb::Correct => "原来记错了，用正确的内容代替。原来的内容不删除，变更记录里查得到。",
        Verb::Change => "原来记的没有错，自某日起情况变了。原来的内容留着，到那一天为止。",
        Verb::End => "自某日起不再如此。",
        Verb::Withdraw => "从来没有这回事，是误录的。撤回后不再采用，变更记录里查得到。",
    }
}

fn tabs(asked: Asked, row: &Held) -> Vec<Tab> {
    let ended = !reading::shown(row.values.get("until_day")).is_empty();
    let fits = |verb: &&Verb| **verb != Verb::Add && !(ended && verb.needs_day());
    let tab = |verb: &Verb| Tab { label: verb.says(), href: Asked { verb: *verb, row: Some(row.id), ..asked }.address(), here: *verb == asked.verb };
    asked.part.verbs.iter().filter(fits).map(tab).collect()
}

/// Her changes over what the record says now, and the three versions side by side.
pub fn compare(desk: &Desk, asked: Asked, old: &Held, now: &Held, form: &mut Typed) -> Result<Vec<Compared>, Stop> {
    let (was, is) = (reading::texts(desk, asked.part, &old.values)?, reading::texts(desk, asked.part, &now.values)?);
    let mut out = Vec::new();
    for field in asked.part.fields_for(asked.verb) {
        let text = |texts: &reading::Texts| texts.get(field.column).cloned().unwrap_or_default();
        let (old, now) = (text(&was), text(&is));
        let hers = form.values.get(field.column).cloned().unwrap_or_else(|| old.clone());
        let (i_changed, they_changed) = (hers != old, now != old);
        if !i_changed {
            form.values.insert(field.column.to_owned(), now.clone());
            let number = format!("{}.number", field.column);
            if let Some(picked) = is.get(&number) {
                form.values.insert(number, picked.clone());
            }
        }
        if i_changed || they_changed {
            out.push(Compared { label: field.label, clash: i_changed && they_changed && hers != now, old, hers, now });
        }
    }
    Ok(out)
}

/// The row that the form stands on: as she saw it, and as it is now.
pub fn rows(desk: &Desk, asked: Asked, based_on: Option<i64>) -> Result<Option<(Held, Option<Held>)>, Stop> {
    let Some(row) = based_on.filter(|n| *n > 0).or(asked.row) else { return Ok(None) };
    let seen = held::find(desk, asked.part, asked.whose, row)?;
    let now = held::successor(desk, asked.part, asked.whose, &seen)?;
    Ok(Some((seen, now)))
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "records/form.html";
    fn samples() -> Vec<Sample<Self>> {
        super::sample::forms()
    }
}
