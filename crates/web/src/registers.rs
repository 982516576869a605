//! 名册: what organisations keep a list of: the list, its form, one entry with everything that happened to it, and the list
//! as a file. The page knows no register by name.

mod entry;
mod export;

pub use entry::{EntryPage, change, end, show as entry, undo};
pub use export::show as export;

use crate::form::{Mistake, Typed};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, access, answer};
use affairs::Fields;
use affairs::register::{self, Asked, Entry, RegisterEntry};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use institution::register::Register;
use policy::Purpose;
use registry::{Desk, Organisation, organisation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, Id, Outcome};

/// Rows of one page; the file has them all.
const SHOWN: usize = 500;

/// What a look at the protected fields is noted as.
const CONTACTS: &str = "名册里的电话";

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub registers: Vec<Brief>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Brief {
    pub key: String,
    pub title: String,
    pub says: String,
    pub institution: String,
    pub count: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShowPage {
    pub key: String,
    pub title: String,
    pub noun: String,
    pub says: String,
    pub source: String,
    pub kinds: Vec<String>,
    pub heads: Vec<String>,
    /// As many as a page holds.
    pub rows: Vec<Line>,
    pub total: usize,
    pub fields: Vec<Asking>,
    /// The organisation whose part of the list is shown; empty: everything that one sees.
    pub below: String,
    pub ended: bool,
    /// The protected fields are shown.
    pub contacts: bool,
    /// This register has protected fields, and whoever looks may see them.
    pub may_look: bool,
    pub may_export: bool,
    pub may: bool,
    pub form: Typed,
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: Id<RegisterEntry>,
    pub unit: String,
    /// As the heads stand.
    pub cells: Vec<String>,
    pub from_day: String,
    pub until_day: Option<String>,
    pub why: Option<String>,
}

/// A field of the form.
#[derive(Clone, Debug, Serialize)]
pub struct Asking {
    pub id: String,
    pub label: String,
    pub hint: String,
    pub required: bool,
    pub kind: institution::Kind,
    pub guarded: bool,
    /// On record without being shown, and not required: it can be taken off.
    pub removable: bool,
    /// What may be chosen; nothing where it is typed.
    pub options: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    ended: String,
    #[serde(default)]
    pub(self) contacts: String,
    #[serde(default)]
    pub(self) format: String,
    #[serde(default)]
    pub(self) purpose: String,
}

pub async fn list(c: Ctx) -> Answer {
    let page = c.read(ListPage::of).await?;
    c.page(&page)
}

impl ListPage {
    fn of(desk: &Desk) -> Result<ListPage, Stop> {
        let mut registers = Vec::new();
        for r in register::registers(desk) {
            let count = register::count(desk, &r.key, &Asked::default())?;
            let folder = r.key.split('/').next().unwrap_or_default();
            let institution = desk.book.institution(folder).map(|i| i.title.to_string()).unwrap_or_default();
            registers.push(Brief { key: r.key.to_string(), title: r.title.to_string(), says: r.says.to_string(), institution, count });
        }
        Ok(ListPage { registers })
    }
}

pub async fn show(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Wanted>) -> Answer {
    let (may, may_look) = (c.may_now("register.do"), c.may("register.contacts"));
    let page = c.read(move |desk| Ok(ShowPage::of(desk, &format!("{institution}/{id}"), &asked, false)?.shortened())).await?;
    c.page(&ShowPage { may: may && page.may, may_look: may_look && page.may_look, may_export: c.may("register.export"), ..page })
}

/// The same with the protected fields; the look is noted.
pub async fn contacts(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Wanted>) -> Answer {
    let may = c.may_now("register.do");
    let page = c
        .consult(move |desk| {
            let page = ShowPage::of(desk, &format!("{institution}/{id}"), &asked, true)?.shortened();
            if !page.may_look {
                return Err(Stop::NotFound("这个页面".into()));
            }
            access::noted(desk, &[], CONTACTS, Purpose::Daily)?;
            Ok(page)
        })
        .await?;
    c.page(&ShowPage { may: may && page.may, may_export: c.may("register.export"), ..page })
}

impl ShowPage {
    fn of(desk: &Desk, key: &str, asked: &Wanted, contacts: bool) -> Result<ShowPage, Stop> {
        let register = register::register(desk, key)?;
        let below = match asked.unit.trim() {
            "" => None,
            name => Some(organisation::named(desk, name)?.ok_or_else(|| Stop::Wrong(format!("没有找到单位“{name}”，请写机构简称")))?.path),
        };
        let ended = !asked.ended.is_empty();
        let entries = register::list(desk, key, &Asked { below, ended, guarded: contacts })?;
        let names = names(desk)?;
        let here = desk.actor.own_path().unwrap_or("/").to_owned();
        let own = desk.actor.own_path().and_then(|path| organisation::all(desk).ok()?.into_iter().find(|u| u.path == path)).map(|u| u.short_name).unwrap_or_default();
        Ok(ShowPage {
            key: key.to_owned(),
            title: register.title.to_string(),
            noun: register.noun.to_string(),
            says: register.says.to_string(),
            source: register.source.to_string(),
            kinds: register.kinds.iter().map(ToString::to_string).collect(),
            heads: shown(register, contacts).map(|f| f.field.label.to_string()).collect(),
            total: entries.len(),
            rows: entries.iter().map(|e| line(register, e, contacts, &names, desk)).collect(),
            fields: asking(desk, register, &here)?,
            below: asked.unit.trim().to_owned(),
            ended,
            contacts,
            may_look: register.fields.iter().any(|f| f.guarded) && register::may_write(desk, register),
            may_export: false,
            may: register::may_write(desk, register) && register.in_force.holds_on(desk.today),
            form: Typed::with([("unit", own), ("from", desk.today.to_string())]),
            findings: vec![],
        })
    }
}

impl ShowPage {
    fn shortened(mut self) -> ShowPage {
        self.rows.truncate(SHOWN);
        self
    }
}

/// The columns: those that are open, and the protected ones when they were asked for.
fn shown(register: &Register, contacts: bool) -> impl Iterator<Item = &institution::register::RegisterField> {
    register.fields.iter().filter(move |f| contacts || !f.guarded)
}

fn line(register: &Register, e: &Entry, contacts: bool, names: &BTreeMap<i64, String>, desk: &Desk) -> Line {
    let today = desk.day().to_string();
    let cell = |f: &institution::register::RegisterField| e.data.get(&*f.field.id).or_else(|| e.guarded.get(&*f.field.id)).cloned().unwrap_or_default();
    Line {
        id: e.id,
        unit: names.get(&e.unit.number()).cloned().unwrap_or_default(),
        cells: shown(register, contacts).map(cell).collect(),
        from_day: e.from_day.clone(),
        until_day: e.until_day.clone().filter(|d| *d <= today),
        why: e.why.clone(),
    }
}

fn names(desk: &Desk) -> Result<BTreeMap<i64, String>, Stop> {
    Ok(organisation::all(desk)?.into_iter().map(|u| (u.id.number(), u.short_name)).collect())
}

/// The form of a register; what is chosen from another is that of the organisation at `path` and around it.
fn asking(desk: &Desk, register: &Register, path: &str) -> Result<Vec<Asking>, Stop> {
    let mut out = Vec::new();
    for f in &register.fields {
        let options = f.field.chosen_from.as_ref().map(|from| register::choices(desk, from, path, desk.day())).transpose()?;
        out.push(Asking {
            id: f.field.id.to_string(),
            label: f.field.label.to_string(),
            hint: f.field.hint.to_string(),
            required: f.field.required,
            kind: f.field.kind,
            guarded: f.guarded,
            removable: false,
            options,
        });
    }
    Ok(out)
}

/// What was typed into the fields of a register.
fn fields(form: &Typed) -> Fields {
    form.values.iter().filter_map(|(k, v)| k.strip_prefix("f-").map(|k| (k.to_owned(), v.clone()))).collect()
}

/// 登记: what is wrong is told beside what was typed.
pub async fn create(c: Ctx, Path((institution, id)): Path<(String, String)>, form: Form) -> Answer {
    let key = format!("{institution}/{id}");
    let unit = form.required("unit", "单位");
    let from = form.day("from", "哪天起");
    if form.text("from").is_empty() {
        form.mistake("from", "请填写哪天起，写成 2026-11-22");
    }
    let mut typed = form.typed();
    let mut findings = vec![];
    if let (Some(from), true) = (from, form.is_right()) {
        let (wanted, called, filled) = (key.clone(), unit.clone(), fields(&typed));
        let outcome = c
            .write(move |desk| {
                let unit: Option<Id<Organisation>> = organisation::named(desk, &called)?.map(|u| u.id);
                let Some(unit) = unit else { return Ok(None) };
                Ok(Some(register::add(desk, &wanted, unit, from, &filled)?))
            })
            .await?;
        match outcome {
            Some(Outcome::Done(_)) => return Ok(answer::see(&format!("/registers/{key}"))),
            Some(Outcome::Refused(refused)) => findings = refused.into_iter().collect(),
            None => typed.mistakes.push(Mistake { field: "unit".into(), says: format!("没有找到单位“{unit}”，请写机构简称") }),
        }
    }
    let may_look = c.may("register.contacts");
    let page = c.read(move |desk| Ok(ShowPage::of(desk, &key, &Wanted::default(), false)?.shortened())).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage { form: typed, findings, may_look: may_look && page.may_look, may_export: c.may("register.export"), ..page })
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "registers/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let brief = |title: &str| Brief { key: "volunteering/teams".into(), title: title.into(), says: "固定的队伍。".into(), institution: "志愿服务".into(), count: 12 };
        let page = |registers| ListPage { registers };
        vec![Sample::usual(page(vec![brief("志愿服务队名册")])), Sample::empty(page(vec![])), Sample::overfull(page(vec![brief(crate::samples::LONG_TITLE); 30])), Sample::reader(page(vec![brief("志愿服务队名册")]))]
    }
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "registers/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |name: &str| Line { id: Id::new(3), unit: "东关社区".into(), cells: vec![name.into(), "家电维修".into()], from_day: "2026-03-01".into(), until_day: None, why: None };
        let page = |rows: Vec<Line>| ShowPage {
            key: "volunteering/teams".into(),
            title: "志愿服务队名册".into(),
            noun: "服务队".into(),
            says: "固定的队伍：谁牵头、做什么。".into(),
            source: "《青云县志愿服务管理办法（演示）》二".into(),
            kinds: vec!["社区".into(), "村".into()],
            heads: vec!["服务队名称".into(), "做什么".into()],
            total: rows.len(),
            rows,
            fields: entry::sample_fields(),
            below: String::new(),
            ended: false,
            contacts: false,
            may_look: true,
            may_export: true,
            may: true,
            form: Typed::with([("unit", "东关社区".to_owned()), ("from", "2026-11-22".to_owned())]),
            findings: vec![],
        };
        let gone = Line { until_day: Some("2026-10-01".into()), why: Some("并入街道队".into()), ..line("清洁家园队") };
        let usual = page(vec![line("邻里修修队")]);
        let refused = ShowPage { findings: crate::samples::findings(), ..usual.clone() };
        let all = ShowPage { ended: true, contacts: true, below: "东关社区".into(), ..page(vec![line("邻里修修队"), gone]) };
        vec![
            Sample::usual(usual.clone()),
            Sample::usual(refused),
            Sample::usual(all),
            Sample::empty(page(vec![])),
            Sample::overfull(page(vec![line(crate::samples::LONG_TITLE); 40])),
            Sample::another_day(ShowPage { may: false, may_look: false, may_export: false, ..usual.clone() }),
            Sample::reader(ShowPage { may: false, may_look: false, may_export: false, ..usual }),
        ]
    }
}
