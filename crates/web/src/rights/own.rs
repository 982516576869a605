//! 本人: asks for a correction of a named entry, puts evidence to it, appeals.

use super::view::CorrectionPage;
use crate::ctx::pairs;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer, samples};
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use registry::rights::{self, Ask, CorrectionId, Kind, Named, NounOf, Takes};
use registry::{Actor, Desk, Person, Role, Sees};
use serde::Serialize;
use std::sync::Arc;
use vocabulary::{Finding, Id, Outcome};

/// For their own record everybody is the person recorded, whatever else they may do here.
pub fn oneself(c: &Ctx) -> Result<(Ctx, Id<Person>), Stop> {
    let person = c.actor.person.ok_or_else(|| Stop::NotFound("您的记录（这个账户没有对应本人）".into()))?;
    let actor = Actor { role: Role::Recorded, sees: Sees::Oneself(person), recused: vec![], ..(*c.actor).clone() };
    Ok((Ctx { actor: Arc::new(actor), ..c.clone() }, person))
}

/// One field of the form.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub name: String,
    pub label: &'static str,
    pub kind: &'static str,
    pub options: Vec<String>,
    pub required: bool,
    pub hint: &'static str,
}

/// 要求更正.
#[derive(Clone, Debug, Serialize)]
pub struct NewPage {
    pub kind: &'static str,
    pub kind_says: &'static str,
    pub noun: String,
    pub title: &'static str,
    pub number: Option<i64>,
    pub field: Option<String>,
    pub label: String,
    pub value: String,
    pub fields: Vec<Field>,
    pub findings: Vec<Finding>,
    pub form: Typed,
}

/// What the address or the form says is meant.
struct Meant {
    kind: Kind,
    noun: &'static NounOf,
    number: Option<i64>,
    field: Option<String>,
}

impl Meant {
    fn read(get: impl Fn(&str) -> String) -> Result<Meant, Stop> {
        let kind = Kind::from_id(&get("kind")).unwrap_or(Kind::Mend);
        let noun = rights::noun(&get("noun")).ok_or_else(|| Stop::NotFound("记录的这一部分".into()))?;
        let number = get("number").parse().ok().filter(|_| kind != Kind::Add);
        let field = Some(get("field")).filter(|f| !f.is_empty() && kind == Kind::Mend);
        if let Some(column) = &field
            && noun.field(column).is_none()
        {
            return Err(Stop::NotFound("记录的这一项".into()));
        }
        Ok(Meant { kind, noun, number, field })
    }

    fn page(&self, desk: &Desk, person: Id<Person>) -> Result<NewPage, Stop> {
        let Named { label, value } = rights::named(desk, person, self.noun.table, self.number, self.field.as_deref())?;
        let wanted = self.noun.fields.iter().filter(|f| match self.kind {
            Kind::Add => true,
            Kind::Mend => self.field.as_deref() == Some(f.column),
            Kind::Remove => false,
        });
        let fields = wanted.map(|f| {
            let (kind, options) = match f.takes {
                Takes::Code(table) => {
                    let options = desk.dictionary().table(table).map(|t| t.values.iter().map(|c| c.name.to_string()).collect()).unwrap_or_default();
                    ("select", options)
                }
                _ => ("text", vec![]),
            };
            let hint = if f.takes == Takes::Date { "如 1982-04 或 1982-04-17" } else { "" };
            let label = if self.kind == Kind::Mend { "应该是" } else { f.label };
            Field { name: format!("f-{}", f.column), label, kind, options, required: f.needed && self.kind == Kind::Add, hint }
        });
        Ok(NewPage {
            kind: self.kind.id(),
            kind_says: self.kind.says(),
            noun: self.noun.table.into(),
            title: self.noun.title,
            number: self.number,
            field: self.field.clone(),
            label,
            value,
            fields: fields.collect(),
            findings: vec![],
            form: Typed::default(),
        })
    }
}

/// `/me/corrections/new?noun=person_details&number=7&field=born`
pub async fn new(c: Ctx) -> Answer {
    let (mine, person) = oneself(&c)?;
    let query = pairs(&c.asked.query);
    let meant = Meant::read(|name| query.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default())?;
    let page = mine.read(move |desk| meant.page(desk, person)).await?;
    c.page(&page)
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let (mine, person) = oneself(&c)?;
    let meant = Meant::read(|name| form.text(name).to_owned())?;
    let typed = meant.noun.fields.iter().filter_map(|f| Some((f.column.to_owned(), form.optional(&format!("f-{}", f.column))?))).collect();
    let ask = Ask {
        person,
        kind: meant.kind,
        noun: meant.noun.table.into(),
        number: meant.number,
        field: meant.field.clone(),
        typed,
        reason: form.text("reason").to_owned(),
    };
    let asked = mine
        .write(move |desk| {
            Ok(match rights::ask(desk, &ask)? {
                Outcome::Done(id) => Ok(id),
                Outcome::Refused(findings) => Err(NewPage { findings: findings.into_iter().collect(), form: form.typed(), ..meant.page(desk, person)? }),
            })
        })
        .await?;
    match asked {
        Ok(id) => Ok(answer::see(&format!("/me/corrections/{id}"))),
        Err(page) => c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

pub async fn show(c: Ctx, Path(id): Path<Id<CorrectionId>>) -> Answer {
    let (mine, _) = oneself(&c)?;
    let page = mine.read(move |desk| CorrectionPage::of(desk, id, true)).await?;
    c.page(&page)
}

/// Largest file of evidence; a photo of a paper is far smaller.
const PAPER_BYTES: usize = 20 << 20;

pub async fn attach(c: Ctx, Path(id): Path<Id<CorrectionId>>, mut sent: Multipart) -> Answer {
    let (mine, _) = oneself(&c)?;
    let broken = |_| Stop::Wrong("上传中断，或文件太大（至多 20 兆），请重新上传".into());
    let mut files = Vec::new();
    while let Some(part) = sent.next_field().await.map_err(broken)? {
        let Some(name) = part.file_name().filter(|n| !n.is_empty()).map(str::to_owned) else { continue };
        let bytes = part.bytes().await.map_err(broken)?;
        if bytes.len() > PAPER_BYTES {
            return Err(Stop::Wrong(format!("“{name}”太大，至多 20 兆")));
        }
        files.push((name, bytes.to_vec()));
    }
    if files.is_empty() {
        return Err(Stop::Wrong("没有选择文件".into()));
    }
    mine.write(move |desk| {
        for (name, bytes) in &files {
            rights::attach(desk, id, name, bytes)?;
        }
        Ok(())
    })
    .await?;
    Ok(answer::see(&format!("/me/corrections/{id}")))
}

pub async fn paper(c: Ctx, Path((id, number)): Path<(Id<CorrectionId>, i64)>) -> Answer {
    let (mine, _) = oneself(&c)?;
    let (name, bytes) = mine.read(move |desk| Ok(rights::paper(desk, id, number)?)).await?;
    Ok(answer::file(&name, "application/octet-stream", bytes))
}

pub async fn appeal(c: Ctx, Path(id): Path<Id<CorrectionId>>, form: Form) -> Answer {
    let (mine, _) = oneself(&c)?;
    let reason = form.text("reason").to_owned();
    let refused = mine
        .write(move |desk| {
            Ok(match rights::appeal(desk, id, &reason)? {
                Outcome::Done(()) => None,
                Outcome::Refused(findings) => Some(CorrectionPage { findings: findings.into_iter().collect(), form: form.typed(), ..CorrectionPage::of(desk, id, true)? }),
            })
        })
        .await?;
    match refused {
        None => Ok(answer::see(&format!("/me/corrections/{id}"))),
        Some(page) => c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "rights/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let field = |name: &str, label| Field { name: name.into(), label, kind: "text", options: vec![], required: false, hint: "如 1982-04" };
        let usual = NewPage {
            kind: "mend",
            kind_says: "内容不对",
            noun: "person_details".into(),
            title: "基本信息",
            number: Some(7),
            field: Some("born".into()),
            label: "出生年月".into(),
            value: "1985-04".into(),
            fields: vec![field("f-born", "应该是")],
            findings: vec![],
            form: Typed::default(),
        };
        let add = NewPage { kind: "add", kind_says: "少了一条", noun: "awards".into(), title: "奖励", number: None, field: None, label: "奖励（新增一条）".into(), value: String::new(), fields: vec![field("f-name", "奖励名称"), field("f-organ", "批准机关")], ..usual.clone() };
        let wrong = NewPage { findings: samples::findings(), label: samples::LONG_TITLE.into(), value: samples::LONG_TITLE.into(), ..usual.clone() };
        vec![Sample::reader(usual), Sample::reader(add), Sample::overfull(wrong)]
    }
}
