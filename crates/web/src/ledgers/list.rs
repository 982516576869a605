//! 台账目录: which there are with how many rows, and keeping or taking off the office's own.

use super::definition::{Definition, unit_of};
use super::refuse_recorded;
use crate::answer::see;
use crate::ctx::pairs;
use crate::form::Typed;
use crate::{Answer, Ctx, Form, Page, Sample, Stop};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::ledger::Enquiry;
use registry::{few, protect, saved};
use serde::Serialize;

#[derive(Serialize)]
pub struct ListPage {
    pub shipped: Vec<Entry>,
    pub own: Vec<Entry>,
    /// One that was just taken off, to be put back.
    pub dropped: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct Entry {
    pub name: String,
    pub title: String,
    pub says: String,
    /// None where the ledger is a free question about what is protected: it is told when it is asked, if it may be.
    pub count: Option<i64>,
    pub unit: &'static str,
    /// Rows of the systems catalogue.
    pub systems: Vec<String>,
}

pub async fn list(c: Ctx) -> Answer {
    refuse_recorded(&c)?;
    let asking = c.clone();
    let dropped = pairs(&c.asked.query).into_iter().find(|(n, _)| n == "dropped").map(|(_, name)| name);
    let page = c
        .read(move |desk| {
            let remembered = asking.app.answers.at(desk)?;
            // How many satisfy a protected test is told only to those who may ask it.
            let open = |e: &Enquiry| asking.may("ledger.purpose") || protect::protected(desk.dictionary(), &Enquiry { columns: vec![], sort: vec![], group: None, ..e.clone() }).is_empty();
            let entry = |d: Definition, systems: Vec<String>| {
                let count = if few::is_guarded(desk, &d.enquiry) { None } else { Some(remembered.count(&d.enquiry)?) };
                Ok::<_, Stop>(Entry { unit: unit_of(d.enquiry.of).1, name: d.name, title: d.title, says: d.says, count, systems })
            };
            let shipped = desk.book.ledgers().filter(|l| open(&Definition::shipped(l).enquiry)).map(|l| entry(Definition::shipped(l), l.systems.iter().map(ToString::to_string).collect()));
            let shipped = shipped.collect::<Result<_, _>>()?;
            let own = saved::own(desk)?.into_iter().filter(|l| open(&l.enquiry)).map(|l| entry(Definition::saved(l), vec![]));
            Ok(ListPage { shipped, own: own.collect::<Result<_, _>>()?, dropped })
        })
        .await?;
    c.page(&page)
}

/// Shown when a name is missing, with everything typed kept.
#[derive(Serialize)]
pub struct SavePage {
    pub form: Typed,
}

fn read(c: &Ctx, form: &Form) -> Option<(String, Enquiry, bool)> {
    let title = form.required("title", "台账名称");
    if title.chars().count() > 60 {
        form.mistake("title", "台账名称请在60个字以内");
    }
    let json = serde_json::from_str(form.text("definition")).unwrap_or_default();
    let enquiry = saved::from_json(&c.app.office.book.dictionary, &json);
    match enquiry {
        Ok(enquiry) if form.is_right() => Some((title, enquiry, form.ticked("everybody"))),
        Ok(_) => None,
        Err(why) => {
            form.mistake("title", why.to_string());
            None
        }
    }
}

pub async fn save(c: Ctx, form: Form) -> Answer {
    refuse_recorded(&c)?;
    let Some((title, enquiry, everybody)) = read(&c, &form) else {
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &SavePage { form: form.typed() });
    };
    let name = c.write(move |desk| Ok(saved::keep(desk, &title, &enquiry, everybody)?)).await?;
    Ok(see(&format!("/ledgers/{name}")))
}

pub async fn drop(c: Ctx, Path(name): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let gone = name.clone();
    c.write(move |desk| Ok(saved::drop(desk, &gone)?)).await?;
    Ok(see(&format!("/ledgers?dropped={}", crate::href::encode(&name))))
}

pub async fn restore(c: Ctx, Path(name): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let back = name.clone();
    c.write(move |desk| Ok(saved::restore(desk, &back)?)).await?;
    Ok(see(&format!("/ledgers/{}", crate::href::encode(&name))))
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "ledgers/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let entry = |name: &str, title: &str, says: &str, count| Entry {
            name: name.into(),
            title: title.into(),
            says: says.into(),
            count: Some(count),
            unit: "人",
            systems: vec!["A1".into()],
        };
        let shipped = vec![
            entry("roster", "干部花名册", "现职干部，按单位和职务排列", 4812),
            entry("young", "优秀年轻干部台账", "入库的优秀年轻干部", 96),
        ];
        let own = vec![entry("own-12", "乡镇党外女干部", "", 3)];
        let long = entry("own-13", &crate::samples::LONG_TITLE.repeat(2), crate::samples::LONG_TITLE, 0);
        vec![
            Sample::usual(ListPage { shipped: shipped.clone(), own, dropped: None }),
            Sample::empty(ListPage { shipped: shipped.clone(), own: vec![], dropped: Some("own-12".into()) }),
            Sample::overfull(ListPage { shipped: vec![long.clone(); 20], own: vec![long; 20], dropped: None }),
            Sample::reader(ListPage { shipped: shipped.clone(), own: vec![], dropped: None }),
            Sample::another_day(ListPage { shipped, own: vec![], dropped: None }),
        ]
    }
}

impl Page for SavePage {
    const TEMPLATE: &'static str = "ledgers/save.html";
    fn samples() -> Vec<Sample<Self>> {
        let empty = Form::new(vec![("definition".into(), "{}".into()), ("everybody".into(), "1".into())]);
        empty.required("title", "台账名称");
        vec![Sample::usual(SavePage { form: empty.typed() })]
    }
}
