//! 修改基本信息: optimistic. Whoever comes second is told, sees old, hers and now side by side, and loses nothing.

use crate::answer::see;
use crate::form::Typed;
use crate::{Answer, Ctx, Form, Page, Sample, Stop, href};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::dated::{self, Noun, Stored};
use registry::rows::Details;
use registry::{Desk, Person, Result, person};
use serde::Serialize;
use vocabulary::{Id, identity};

/// A field of the form: column, kind of control, code table.
struct Control {
    column: &'static str,
    kind: Kind,
}
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Long,
    Date,
    Code(&'static str),
}

const CONTROLS: &[Control] = &[
    Control { column: "name", kind: Kind::Text },
    Control { column: "sex", kind: Kind::Code("sex") },
    Control { column: "born", kind: Kind::Date },
    Control { column: "id_number", kind: Kind::Text },
    Control { column: "ethnicity", kind: Kind::Code("ethnicity") },
    Control { column: "native_place", kind: Kind::Text },
    Control { column: "birth_place", kind: Kind::Text },
    Control { column: "health", kind: Kind::Text },
    Control { column: "joined_work", kind: Kind::Date },
    Control { column: "party_text", kind: Kind::Text },
    Control { column: "speciality", kind: Kind::Text },
    Control { column: "official_kind", kind: Kind::Code("official_kind") },
    Control { column: "official_state", kind: Kind::Code("official_state") },
    Control { column: "managed_by", kind: Kind::Code("managed_by") },
    Control { column: "remark", kind: Kind::Long },
];

#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: &'static str,
    pub options: Vec<String>,
    pub required: bool,
    pub hint: &'static str,
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

#[derive(Clone, Debug, Serialize)]
pub struct EditPage {
    pub id: Id<Person>,
    pub name: String,
    pub based_on: i64,
    pub fields: Vec<Field>,
    pub form: Typed,
    /// Somebody was faster: what each changed.
    pub compared: Vec<Compared>,
}

pub async fn new(c: Ctx, Path(id): Path<Id<Person>>) -> Answer {
    allowed(&c)?;
    let page = c.read(move |desk| Ok(EditPage::of(desk, person::find(desk, id)?, None)?)).await?;
    c.page(&page)
}

pub async fn create(c: Ctx, Path(id): Path<Id<Person>>, form: Form) -> Answer {
    allowed(&c)?;
    let saved = c.write(move |desk| save(desk, id, &form)).await?;
    match saved {
        Saved::Done => Ok(see(&href::official(id))),
        Saved::Again(status, page) => c.page_as(status, &*page),
    }
}

fn allowed(c: &Ctx) -> std::result::Result<(), Stop> {
    if c.may_write() { Ok(()) } else { Err(Stop::Forbidden("这里只能查看，不能修改。".into())) }
}

enum Saved {
    Done,
    Again(StatusCode, Box<EditPage>),
}

fn save(desk: &mut Desk, id: Id<Person>, form: &Form) -> std::result::Result<Saved, Stop> {
    let now = person::find(desk, id)?;
    let based_on: i64 = form.number("based_on", "版本").unwrap_or(now.id);
    let old = dated::history::<Details>(desk, id)?.into_iter().find(|v| v.id == based_on).unwrap_or_else(|| now.clone());
    let hers = read(desk, form, &old.row);
    if now.id != old.id {
        let page = EditPage::compared(desk, &old.row, &hers, now, form)?;
        return Ok(Saved::Again(StatusCode::CONFLICT, Box::new(page)));
    }
    if !form.is_right() {
        let page = EditPage::of(desk, now, Some(form.typed()))?;
        return Ok(Saved::Again(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)));
    }
    if hers != old.row {
        person::amend(desk, id, based_on, hers)?;
    }
    Ok(Saved::Done)
}

/// What was typed, over the version that she saw; mistakes are noted in the form.
fn read(desk: &Desk, form: &Form, old: &Details) -> Details {
    let dictionary = desk.dictionary();
    let code = |name: &str, label: &str, old: &Option<String>| match dictionary.table(name) {
        // A wording that the record has already is kept even when the table does not know it.
        Some(_) if old.as_deref() == Some(form.text(name)) => old.clone(),
        Some(table) => form.code(name, label, table),
        None => form.optional(name),
    };
    let id_number = form.optional("id_number").map(|n| identity::tidy(&n));
    if let Some(number) = id_number.as_ref().filter(|n| old.id_number.as_ref() != Some(n))
        && let Err(fault) = identity::read(number)
    {
        form.mistake("id_number", fault.to_string());
    }
    Details {
        name: form.required("name", "姓名"),
        sex: code("sex", "性别", &old.sex),
        born: form.date("born", "出生年月"),
        id_number,
        ethnicity: code("ethnicity", "民族", &old.ethnicity),
        native_place: form.optional("native_place"),
        birth_place: form.optional("birth_place"),
        health: form.optional("health"),
        joined_work: form.date("joined_work", "参加工作时间"),
        party_text: form.optional("party_text"),
        speciality: form.optional("speciality"),
        official_kind: code("official_kind", "人员类别", &old.official_kind),
        official_state: code("official_state", "人员管理状态", &old.official_state),
        managed_by: code("managed_by", "管理类别", &old.managed_by),
        remark: form.optional("remark"),
        ..old.clone()
    }
}

fn shown(details: &Details, column: &str) -> String {
    let at = Details::COLUMNS.iter().position(|c| *c == column);
    match at.map(|at| details.params().swap_remove(at)) {
        Some(store::Param::Text(text)) => text.to_string(),
        Some(store::Param::Int(n)) => n.to_string(),
        _ => String::new(),
    }
}

impl EditPage {
    fn of(desk: &Desk, now: Stored<Details>, typed: Option<Typed>) -> Result<EditPage> {
        let form = typed.unwrap_or_else(|| Typed {
            values: CONTROLS.iter().map(|c| (c.column.to_owned(), shown(&now.row, c.column))).collect(),
            mistakes: vec![],
        });
        let fields = CONTROLS.iter().map(|control| {
            let (kind, options) = match control.kind {
                Kind::Text | Kind::Date => ("text", vec![]),
                Kind::Long => ("textarea", vec![]),
                Kind::Code(table) => ("select", codes(desk, table)),
            };
            let hint = if matches!(control.kind, Kind::Date) { "如 1982-04" } else { "" };
            let label = person::field_name(control.column).unwrap_or(control.column);
            Field { name: control.column, label, kind, options, required: control.column == "name", hint }
        });
        Ok(EditPage { id: now.person, name: now.row.name.clone(), based_on: now.id, fields: fields.collect(), form, compared: vec![] })
    }

    /// The form again: her changes over what the record says now, and the three versions side by side.
    fn compared(desk: &Desk, old: &Details, hers: &Details, now: Stored<Details>, form: &Form) -> Result<EditPage> {
        let mut typed = form.typed();
        let mut compared = Vec::new();
        for control in CONTROLS {
            let column = control.column;
            let (was, mine, is) = (shown(old, column), shown(hers, column), shown(&now.row, column));
            let (i_changed, they_changed) = (mine != was, is != was);
            if !i_changed {
                typed.values.insert(column.to_owned(), is.clone());
            }
            if i_changed || they_changed {
                let label = person::field_name(column).unwrap_or(column);
                compared.push(Compared { label, clash: i_changed && they_changed && mine != is, old: was, hers: mine, now: is });
            }
        }
        let mut page = EditPage::of(desk, now, Some(typed))?;
        page.compared = compared;
        Ok(page)
    }
}

fn codes(desk: &Desk, table: &str) -> Vec<String> {
    desk.dictionary().table(table).map(|t| t.values.iter().map(|c| c.name.to_string()).collect()).unwrap_or_default()
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "officials/edit.html";
    fn samples() -> Vec<Sample<Self>> {
        let fields = vec![
            Field { name: "name", label: "姓名", kind: "text", options: vec![], required: true, hint: "" },
            Field { name: "sex", label: "性别", kind: "select", options: vec!["男".into(), "女".into()], required: false, hint: "" },
            Field { name: "remark", label: "备注", kind: "textarea", options: vec![], required: false, hint: "" },
        ];
        let form = Typed::with([("name", "李明".into()), ("sex", "男".into()), ("remark", String::new())]);
        let usual = EditPage { id: Id::new(7), name: "李明".into(), based_on: 3, fields, form, compared: vec![] };
        let mut wrong = usual.clone();
        wrong.form.mistakes.push(crate::form::Mistake { field: "name".into(), says: "请填写姓名".into() });
        let mut late = usual.clone();
        late.name = crate::samples::LONG_NAME.into();
        late.compared = vec![Compared { label: "出生年月", old: "1982-04".into(), hers: "1982-06".into(), now: "1982-05".into(), clash: true }];
        vec![Sample::usual(usual), Sample::empty(wrong), Sample::overfull(late)]
    }
}
