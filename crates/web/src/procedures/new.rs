//! 动议: one person or a whole slate. Looked at as often as she likes; refused with everything at once and nothing lost.

use super::may_change;
use super::row::Row;
use super::sample;
use crate::answer::see;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::procedure::{self, ItemState, Proposal};
use affairs::{TeamImpact, impact};
use axum::extract::Query;
use axum::http::StatusCode;
use registry::Desk;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct NewPage {
    pub institution: String,
    /// Institutions that have a procedure: id and title.
    pub institutions: Vec<(String, String)>,
    pub title: String,
    pub rows: Vec<Row>,
    /// 破格情形, for the pick list.
    pub exception_kinds: Vec<String>,
    /// Why it was not opened.
    pub refused: Vec<Finding>,
    pub looked: Option<Looked>,
}

/// What the slate would be and do, without writing anything.
#[derive(Clone, Debug, Serialize)]
pub struct Looked {
    pub refused: Vec<Finding>,
    pub items: Vec<ItemState>,
    pub impact: Vec<TeamImpact>,
}

#[derive(Deserialize)]
pub struct Asked {
    person: Option<i64>,
    post: Option<i64>,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    may_change(&c)?;
    let page = c
        .read(move |desk| {
            let pair = |field: &str, number: Option<i64>| (format!("r0-{field}"), number.map(|n| n.to_string()).unwrap_or_default());
            let form = Form::new(vec![pair("person", asked.person), pair("post", asked.post)]);
            let mut page = NewPage::blank(desk);
            page.rows = vec![Row::read(desk, &form, 0, 0)?];
            Ok(page)
        })
        .await?;
    c.page(&page)
}

/// Sent with what to do: `open`, or a change of the form itself.
pub async fn create(c: Ctx, form: Form) -> Answer {
    may_change(&c)?;
    let act = form.text("act").to_owned();
    let mut page = c.read(move |desk| NewPage::read(desk, &form)).await?;
    if act != "open" && act != "look" {
        return c.page(&page);
    }
    page.check();
    if page.rows.iter().any(|r| !r.mistakes.is_empty()) {
        return c.page_as(status(&c), &page);
    }
    let proposal = page.proposal();
    if act == "look" {
        page.looked = Some(look(&c, proposal).await?);
        return c.page(&page);
    }
    match c.write(move |desk| Ok(procedure::open(desk, &proposal)?)).await? {
        Outcome::Done(id) => Ok(see(&format!("/procedures/{id}"))),
        Outcome::Refused(findings) => {
            page.refused = findings.into_iter().collect();
            c.page_as(status(&c), &page)
        }
    }
}

/// A part is put into the page only when it is answered as usual.
fn status(c: &Ctx) -> StatusCode {
    if c.asked.partial { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Opens it, looks, and takes the whole transaction back: the one way in which the look cannot differ from the deed.
async fn look(c: &Ctx, proposal: Proposal) -> Result<Looked, Stop> {
    let (app, actor) = (c.app.clone(), c.actor.clone());
    crate::ctx::blocking(move || {
        let tried = app.office.write(&actor, |desk| {
            let looked = match procedure::open(desk, &proposal)? {
                Outcome::Refused(refused) => Looked { refused: refused.into_iter().collect(), items: vec![], impact: vec![] },
                Outcome::Done(id) => {
                    let items = procedure::state(desk, id)?.items;
                    Looked { refused: vec![], items, impact: impact(desk, &proposal.items)? }
                }
            };
            Err::<(), Tried>(Tried::Looked(Box::new(looked)))
        });
        match tried {
            Err(Tried::Looked(looked)) => Ok(*looked),
            Err(Tried::Stopped(stop)) => Err(stop),
            Ok(()) => Err(Stop::Broken("a look was written".into())),
        }
    })
    .await
}

enum Tried {
    Looked(Box<Looked>),
    Stopped(Stop),
}
impl From<registry::Error> for Tried {
    fn from(error: registry::Error) -> Tried {
        Tried::Stopped(error.into())
    }
}
impl From<store::Error> for Tried {
    fn from(error: store::Error) -> Tried {
        Tried::Stopped(error.into())
    }
}
impl From<affairs::Error> for Tried {
    fn from(error: affairs::Error) -> Tried {
        Tried::Stopped(error.into())
    }
}

impl NewPage {
    fn blank(desk: &Desk) -> NewPage {
        let steps = desk.book.institutions.iter().filter(|i| !i.steps.is_empty() && i.in_force.holds_on(desk.today));
        let institutions: Vec<(String, String)> = steps.map(|i| (i.id.to_string(), i.title.to_string())).collect();
        let kinds = desk.dictionary().table("exception_kind").map(|t| t.values.iter().map(|c| c.name.to_string()).collect());
        NewPage {
            institution: affairs::examine::SELECTION.into(),
            institutions,
            title: String::new(),
            rows: vec![Row::blank(desk, 0)],
            exception_kinds: kinds.unwrap_or_default(),
            refused: vec![],
            looked: None,
        }
    }

    /// The form as it was typed, changed as its button says.
    fn read(desk: &Desk, form: &Form) -> Result<NewPage, Stop> {
        let mut page = NewPage::blank(desk);
        if let Some(institution) = form.optional("institution") {
            page.institution = institution;
        }
        page.title = form.text("title").to_owned();
        let rows: usize = form.number("rows", "行数").unwrap_or(1).min(500);
        let act = form.text("act");
        let dropped: Option<usize> = act.strip_prefix("drop-").and_then(|n| n.parse().ok());
        page.rows.clear();
        for from in (0..rows).filter(|n| Some(*n) != dropped) {
            let at = page.rows.len();
            page.rows.push(Row::read(desk, form, from, at)?);
        }
        if act == "add" || page.rows.is_empty() {
            page.rows.push(Row::blank(desk, page.rows.len()));
        }
        Ok(page)
    }

    fn check(&mut self) {
        if self.rows.len() > 1 {
            self.rows.retain(|r| !r.is_blank());
        }
        for (at, row) in self.rows.iter_mut().enumerate() {
            row.at = at;
            row.check();
        }
    }

    fn proposal(&self) -> Proposal {
        Proposal { institution: self.institution.clone(), title: self.title.clone(), items: self.rows.iter().map(Row::item).collect() }
    }
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "procedures/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let blank = NewPage {
            institution: "selection".into(),
            institutions: vec![("selection".into(), "党政领导干部选拔任用".into())],
            title: String::new(),
            rows: vec![Row::default()],
            exception_kinds: vec!["班子结构或岗位特殊需要".into()],
            refused: vec![],
            looked: None,
        };
        let looked = Looked { refused: vec![], items: vec![sample::item(1, "李明")], impact: vec![sample::impact()] };
        let usual = NewPage { rows: vec![sample::row(0)], looked: Some(looked), ..blank.clone() };
        let refused = NewPage { rows: vec![sample::row(0), sample::unclear_row(1)], refused: crate::samples::findings(), ..blank.clone() };
        let full = NewPage { rows: (0..30).map(sample::long_row).collect(), ..blank.clone() };
        vec![Sample::usual(usual), Sample::empty(blank), Sample { name: "refused", ..Sample::usual(refused) }, Sample::overfull(full)]
    }
}
