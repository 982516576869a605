//! 成批填表: many people's forms in the order of the meeting, made in the background; what to look at once more is listed.

use super::{PDF, ZIP, layout, mark, numbers};
use crate::form::Typed;
use crate::jobs::{self, Standing};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer, exports, procedures, samples};
use affairs::procedure;
use affairs::{Item, Procedure, form};
use axum::extract::Path;
use axum::http::StatusCode;
use document::appointment_form::{self, FileKind, FormStyle};
use document::{AppointmentForm, Fonts, Layout, Mark};
use registry::person::{self, Brief};
use registry::rights::{self, Marked};
use registry::{Actor, Desk, Person};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};
use vocabulary::Id;

/// A batch is held in memory until it is fetched: about 25 kB a form.
const MOST: usize = 3_000;
static COUNT: AtomicU64 = AtomicU64::new(0);

#[derive(Clone, Debug, Serialize)]
pub struct BatchPage {
    /// Chosen already, in the order of the meeting.
    pub people: Vec<Brief>,
    /// Whose lines these are: their forms say 拟任、拟免 and 任免理由.
    pub procedure: Option<Id<Procedure>>,
    pub form: Typed,
}

/// Whose form, and the line of the procedure that it goes with.
type Line = (Id<Person>, Option<Id<Item>>);

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedPage {
    pub key: String,
    pub name: String,
    pub count: usize,
    pub kilobytes: usize,
    pub remarks: Vec<String>,
}

/// A finished batch.
pub struct Batch {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
    remarks: Vec<String>,
    count: usize,
}

#[derive(Clone, Copy)]
enum Format {
    OnePdf,
    Package(FileKind),
}

pub async fn new(c: Ctx) -> Answer {
    let chosen = numbers(&c.asked.query);
    let procedure = crate::ctx::pairs(&c.asked.query).into_iter().find(|(n, _)| n == "procedure").and_then(|(_, v)| v.parse().ok()).map(Id::new);
    if procedure.is_some() {
        procedures::allowed(&c)?;
    }
    let page = c.read(move |desk| BatchPage::of(desk, chosen, procedure, Typed::default())).await?;
    c.page(&page)
}

impl BatchPage {
    fn of(desk: &Desk, mut chosen: Vec<i64>, procedure: Option<Id<Procedure>>, form: Typed) -> Result<BatchPage, Stop> {
        if let Some(id) = procedure {
            chosen = lines_of(desk, id)?.iter().map(|(person, _)| person.number()).collect();
        }
        Ok(BatchPage { people: briefs(desk, &chosen)?, procedure, form })
    }
}

/// The open lines of a procedure, in the order of the meeting.
fn lines_of(desk: &Desk, id: Id<Procedure>) -> Result<Vec<Line>, Stop> {
    Ok(procedure::state(desk, id)?.open_items().map(|i| (i.person, Some(i.id))).collect())
}

fn briefs(desk: &Desk, numbers: &[i64]) -> Result<Vec<Brief>, Stop> {
    let mut out = Vec::with_capacity(numbers.len());
    for number in numbers.iter().take(MOST) {
        let found = person::find(desk, Id::new(*number))?;
        let details = found.row;
        out.push(Brief { id: found.person, name: details.name, sex: String::new(), born: details.born.map(|b| b.to_string()).unwrap_or_default(), post: String::new() });
    }
    Ok(out)
}

/// Chosen by number (`id`), or by name, one a line, in the order of the meeting.
pub async fn create(c: Ctx, form: Form) -> Answer {
    c.step_up("成批填表", "/forms/batch")?;
    let format = match form.text("format") {
        "" | "pdf" => Format::OnePdf,
        "pdfs" => Format::Package(FileKind::Pdf),
        "docx" => Format::Package(FileKind::Docx),
        "lrmx" => Format::Package(FileKind::Lrmx),
        other => return Err(Stop::Wrong(format!("没有“{other}”这种格式"))),
    };
    let layout = layout(form.text("layout"))?;
    let procedure: Option<Id<Procedure>> = form.text("procedure").parse().ok().map(Id::new);
    if procedure.is_some() {
        procedures::allowed(&c)?;
    }
    let (form, people, page) = c
        .read(move |desk| {
            let people = chosen(desk, procedure, &form)?;
            let shown: Vec<i64> = form.many("id").filter_map(|n| n.parse().ok()).collect();
            let page = BatchPage::of(desk, shown, procedure, form.typed())?;
            Ok((form, people, page))
        })
        .await?;
    if !form.is_right() {
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let noted: Vec<Id<Person>> = people.iter().map(|(person, _)| *person).collect();
    c.consult(move |desk| super::note(desk, &noted, "任免审批表")).await?;
    let key = format!("forms-{}-{}", c.app.office.clock.now().0, COUNT.fetch_add(1, Ordering::Relaxed));
    let address = format!("/forms/batch/{key}");
    let title = format!("正在填 {} 份任免审批表", people.len());
    let as_of = c.as_of;
    let (what, ending) = (format!("{} 份任免审批表", people.len()), if matches!(format, Format::OnePdf) { "pdf" } else { "zip" });
    let marked = exports::begin_for(&c, &what, ending, form.text("purpose")).await?;
    jobs::begin(&c, key, title, address.clone(), move |app, actor, progress| {
        let tell = &mut |done| progress.tell(done as u64, Some(people.len() as u64));
        let mut batch = app.office.read(actor, as_of, |desk| print(desk, &people, layout, format, &marked, tell))?;
        batch.bytes = Mark::of(marked.key).seal(batch.bytes);
        let (lines, bytes, checksum) = (batch.count as u64, batch.bytes.len() as u64, exports::hex(&Sha256::digest(&batch.bytes)));
        app.office.write(actor, |desk| Ok::<_, Stop>(rights::end(desk, marked.number, lines, bytes, &checksum)?))?;
        Ok(batch)
    });
    Ok(answer::see(&address))
}

fn chosen(desk: &Desk, procedure: Option<Id<Procedure>>, form: &Form) -> Result<Vec<Line>, Stop> {
    let mut people: Vec<Line> = match procedure {
        Some(id) => lines_of(desk, id)?,
        None => form.many("id").filter_map(|n| n.parse().ok()).map(|n| (Id::new(n), None)).collect(),
    };
    for name in form.text("names").lines().map(str::trim).filter(|n| !n.is_empty()) {
        match person::who(desk, name) {
            Ok(id) => people.push((id, None)),
            Err(error @ (registry::Error::NotFound(_) | registry::Error::Wrong(_))) => form.mistake("names", format!("“{name}”：{error}")),
            Err(error) => return Err(error.into()),
        }
    }
    if people.is_empty() && form.is_right() {
        form.mistake("names", "请写出要填表的人，一行一人");
    }
    if people.len() > MOST {
        form.mistake("names", format!("一次最多 {MOST} 人，现有 {} 人", people.len()));
    }
    Ok(people)
}

/// Forms are read one by one while they are set, so that a thousand photos are never in memory at once.
fn print(desk: &Desk, people: &[Line], layout: Layout, format: Format, marked: &Marked, progress: &mut dyn FnMut(usize)) -> Result<Batch, Stop> {
    let fonts = Fonts::of_site()?;
    let style = FormStyle::default();
    let (mut stopped, mut stated) = (None, Vec::new());
    let mut forms = people.iter().map_while(|(id, item)| match form::appointment_form(desk, *id, *item, layout) {
        Ok(mut form) => {
            if !form.foot.is_empty() {
                stated.push(format!("{}：{}", form.name, form.foot));
            }
            mark(&mut form, marked);
            Some(form)
        }
        Err(error) => {
            stopped = Some(Stop::from(error));
            None
        }
    });
    let (bytes, remarks) = match format {
        Format::OnePdf => {
            let printed = appointment_form::pdf_of_all::<AppointmentForm>(fonts, style, &mut forms, progress)?;
            (printed.bytes, printed.remarks)
        }
        Format::Package(kind) => {
            let mut out = Cursor::new(Vec::new());
            let remarks = appointment_form::package::<AppointmentForm>(fonts, style, kind, &mut forms, people.len(), &mut out, progress)?;
            (out.into_inner(), remarks)
        }
    };
    drop(forms);
    if let Some(stop) = stopped {
        return Err(stop);
    }
    let (name, kind) = match format {
        Format::OnePdf => (format!("任免审批表（{}人）.pdf", people.len()), PDF),
        Format::Package(_) => (format!("任免审批表（{}人）.zip", people.len()), ZIP),
    };
    Ok(Batch { name, kind, bytes, remarks: stated.into_iter().chain(remarks.iter().map(ToString::to_string)).collect(), count: people.len() })
}

fn standing(c: &Ctx, key: &str, actor: &Actor) -> Standing<Batch> {
    c.app.jobs.standing(key, actor)
}

pub async fn show(c: Ctx, Path(key): Path<String>) -> Answer {
    match standing(&c, &key, &c.actor) {
        Standing::Running => match jobs::page(&c, &key) {
            Some(page) => c.page(&page),
            None => Ok(answer::see(&format!("/forms/batch/{key}"))),
        },
        Standing::Done(batch) => c.page(&PrintedPage {
            key,
            name: batch.name.clone(),
            count: batch.count,
            kilobytes: batch.bytes.len() / 1024,
            remarks: batch.remarks.clone(),
        }),
        Standing::Failed(stop) => Err(stop),
        Standing::None => Err(Stop::NotFound("这批表，可能已过保留时间；请重新填表".into())),
    }
}

pub async fn file(c: Ctx, Path(key): Path<String>) -> Answer {
    match standing(&c, &key, &c.actor) {
        Standing::Done(batch) => {
            c.step_up("下载这批表", &format!("/forms/batch/{key}"))?;
            Ok(answer::file(&batch.name, batch.kind, batch.bytes.clone()))
        }
        _ => Err(Stop::NotFound("这批表，可能已过保留时间；请重新填表".into())),
    }
}

impl Page for BatchPage {
    const TEMPLATE: &'static str = "forms/batch.html";
    fn samples() -> Vec<Sample<Self>> {
        let brief = |name: &str| Brief { id: Id::new(7), name: name.into(), sex: String::new(), born: "1985-04".into(), post: String::new() };
        let usual = BatchPage { people: vec![brief("李明"), brief("王芳")], procedure: None, form: Typed::default() };
        let empty = BatchPage { people: vec![], procedure: None, form: Typed::default() };
        let mut wrong = empty.clone();
        wrong.form.values.insert("names".into(), "李名".into());
        wrong.form.mistakes.push(crate::form::Mistake { field: "names".into(), says: "“李名”：没有找到".into() });
        let full = BatchPage { people: vec![brief(samples::LONG_NAME); 300], procedure: None, form: Typed::default() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample { name: "wrong", ..Sample::usual(wrong) }, Sample::overfull(full)]
    }
}

impl Page for PrintedPage {
    const TEMPLATE: &'static str = "forms/printed.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = PrintedPage {
            key: "forms-1".into(),
            name: "任免审批表（30人）.pdf".into(),
            count: 30,
            kilobytes: 812,
            remarks: vec!["李明“简历”：字号已缩至 6.5 磅，不便阅读，建议精简".into()],
        };
        let clean = PrintedPage { remarks: vec![], ..usual.clone() };
        let full = PrintedPage { remarks: vec![format!("{}“简历”：内容过长，已截断", samples::LONG_NAME); 200], ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(clean), Sample::overfull(full)]
    }
}
