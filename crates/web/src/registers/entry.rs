//! One entry: how it stands, its periods, and what can be done: change, end, take back.

use super::{Asking, asking, fields};
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::register::{self, Entry, Past, RegisterEntry};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::{Desk, organisation};
use serde::Serialize;
use vocabulary::{Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    pub entry: Entry,
    pub title: String,
    pub noun: String,
    pub unit: String,
    pub fields: Vec<Asking>,
    pub history: Vec<Past>,
    pub may: bool,
    pub form: Typed,
    /// The form that was refused, by the end of its address; the heading above its findings.
    pub at: &'static str,
    pub refused: &'static str,
    pub findings: Vec<Finding>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<RegisterEntry>>) -> Answer {
    let may = c.may_now("register.do");
    let page = c.read(move |desk| EntryPage::of(desk, id)).await?;
    c.page(&EntryPage { may: may && page.may, ..page })
}

impl EntryPage {
    fn of(desk: &Desk, id: Id<RegisterEntry>) -> Result<EntryPage, Stop> {
        let entry = register::find(desk, id, false)?;
        let register = register::register(desk, &entry.register)?;
        let mut form = Typed::with([("from", desk.today.to_string()), ("until", desk.today.to_string())]);
        form.values.extend(entry.data.iter().map(|(k, v)| (format!("f-{k}"), v.clone())));
        let mut fields = asking(desk, register, &entry.path)?;
        // What is protected is not shown to be typed over: left empty, it stays.
        for field in fields.iter_mut().filter(|f| f.guarded) {
            field.removable = !field.required;
            field.required = false;
            field.hint = "受保护，不显示；不填的照旧".into();
        }
        Ok(EntryPage {
            title: register.title.to_string(),
            noun: register.noun.to_string(),
            unit: organisation::find(desk, entry.unit)?.short_name,
            fields,
            history: register::history(desk, id)?,
            may: register::may_write(desk, register),
            form,
            at: "",
            refused: "",
            findings: vec![],
            entry,
        })
    }
}

/// Which form was sent, and what is said when it does nothing.
struct Sent {
    at: &'static str,
    refused: &'static str,
    form: Typed,
}

impl Sent {
    async fn answer(self, c: Ctx, id: Id<RegisterEntry>, outcome: Option<Outcome<()>>, to: String) -> Answer {
        let findings = match outcome {
            Some(Outcome::Done(())) => return Ok(answer::see(&to)),
            Some(Outcome::Refused(findings)) => findings.into_iter().collect(),
            None => vec![],
        };
        let mut page = c.read(move |desk| EntryPage::of(desk, id)).await?;
        page.form.values.extend(self.form.values);
        page.form.mistakes = self.form.mistakes;
        c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &EntryPage { findings, at: self.at, refused: self.refused, ..page })
    }
}

fn day(form: &Form, name: &str, label: &str) -> Option<vocabulary::Day> {
    if form.text(name).is_empty() {
        form.mistake(name, format!("请填写{label}，写成 2026-11-22"));
    }
    form.day(name, label)
}

pub async fn change(c: Ctx, Path(id): Path<Id<RegisterEntry>>, form: Form) -> Answer {
    let from = day(&form, "from", "哪天起");
    let sent = Sent { at: "changes", refused: "没有变更", form: form.typed() };
    let filled = fields(&sent.form);
    let removed: Vec<String> = sent.form.values.iter().filter(|(_, ticked)| !ticked.is_empty()).filter_map(|(name, _)| Some(name.strip_prefix("remove-")?.to_owned())).collect();
    let outcome = match from {
        Some(from) => Some(c.write(move |desk| Ok(register::change(desk, id, from, &filled, &removed)?)).await?),
        None => None,
    };
    sent.answer(c, id, outcome, format!("/registers/entries/{id}")).await
}

pub async fn end(c: Ctx, Path(id): Path<Id<RegisterEntry>>, form: Form) -> Answer {
    let until = day(&form, "until", "哪天起不再是");
    let why = form.required("why", "原因");
    let sent = Sent { at: "ending", refused: "没有退出", form: form.typed() };
    let outcome = match until.filter(|_| form.is_right()) {
        Some(until) => Some(c.write(move |desk| Ok(register::end(desk, id, until, &why)?)).await?),
        None => None,
    };
    sent.answer(c, id, outcome, format!("/registers/entries/{id}")).await
}

/// 撤回: an entry whose only deed is taken back has no page any more; the list has.
pub async fn undo(c: Ctx, Path(id): Path<Id<RegisterEntry>>, form: Form) -> Answer {
    let why = form.text("because").to_owned();
    let sent = Sent { at: "withdrawal", refused: "没有撤回", form: form.typed() };
    let (to, outcome): (String, Outcome<()>) = c
        .write(move |desk| {
            let key = register::find(desk, id, false)?.register;
            let outcome = register::undo(desk, id, &why)?;
            let stays = register::find(desk, id, false).is_ok();
            Ok((if stays { format!("/registers/entries/{id}") } else { format!("/registers/{key}") }, outcome))
        })
        .await?;
    sent.answer(c, id, Some(outcome), to).await
}

pub(super) fn sample_fields() -> Vec<Asking> {
    let field = |id: &str, label: &str, kind, guarded: bool, options| Asking { id: id.into(), label: label.into(), hint: String::new(), required: !guarded, kind, guarded, removable: guarded, options };
    vec![
        field("name", "服务队名称", institution::Kind::Text, false, None),
        field("team", "服务队", institution::Kind::Text, false, Some(vec!["邻里修修队".to_owned()])),
        field("people", "人数", institution::Kind::Number, false, None),
        field("since", "成立", institution::Kind::Date, false, None),
        field("party", "党员", institution::Kind::YesNo, false, None),
        field("phone", "电话", institution::Kind::Text, true, None),
    ]
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "registers/entry.html";
    fn samples() -> Vec<Sample<Self>> {
        let data = |name: &str| [("name".to_owned(), name.to_owned()), ("people".to_owned(), "12".to_owned())].into_iter().collect::<affairs::Fields>();
        let past = |name: &str, until: Option<&str>, superseded: Option<&str>| Past { data: data(name), from_day: "2026-03-01".into(), until_day: until.map(str::to_owned), why: None, actor: "王主任".into(), superseded: superseded.map(str::to_owned) };
        let page = |name: &str| EntryPage {
            entry: Entry { id: Id::new(3), register: "volunteering/teams".into(), unit: Id::new(90), path: "/2/90/".into(), title: name.into(), data: data(name), guarded: affairs::Fields::new(), from_day: "2026-03-01".into(), until_day: None, why: None },
            title: "志愿服务队名册".into(),
            noun: "服务队".into(),
            unit: "东关社区".into(),
            fields: sample_fields(),
            history: vec![past(name, None, None), past("修修队", Some("2026-05-01"), None), past(name, None, Some("撤回服务队“修修队”的变更：登记错了"))],
            may: true,
            form: Typed::with([("from", "2026-11-22".to_owned()), ("until", "2026-11-22".to_owned()), ("f-name", name.to_owned())]),
            at: "",
            refused: "",
            findings: vec![],
        };
        let usual = page("邻里修修队");
        let refused = EntryPage { findings: crate::samples::findings(), at: "ending", refused: "没有退出", ..usual.clone() };
        let mut ended = usual.clone();
        (ended.entry.until_day, ended.entry.why) = (Some("2026-10-01".into()), Some("并入街道队".into()));
        vec![Sample::usual(usual.clone()), Sample::usual(refused), Sample::usual(ended), Sample::overfull(page(crate::samples::LONG_TITLE)), Sample::another_day(EntryPage { may: false, ..usual.clone() }), Sample::reader(EntryPage { may: false, ..usual })]
    }
}
