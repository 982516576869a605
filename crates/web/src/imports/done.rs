//! 导入结果: what was written and where it lies now; also, long after, what a file once brought.

use super::sample;
use super::shown::{FaultLine, Shown};
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, answer, samples};
use axum::extract::Path;
use intake::{Applied, Choices, Summary};
use registry::brought::{self, Brought, Import};
use registry::person::Brief;
use registry::{Sees, Source, source};
use serde::Serialize;
use vocabulary::Id;

/// Names that the page shows of each kind; the rest are counted.
const NAMED: usize = 200;

#[derive(Clone, Debug, Serialize)]
pub struct DonePage {
    /// None: nothing differed, so nothing was written.
    pub import: Option<Import>,
    pub brought: Brought,
    /// Counts of this very import, while they are remembered.
    pub summary: Option<Summary>,
    /// Not written, because somebody must decide first or was faster.
    pub passed_over: Vec<Shown>,
    pub faults: Vec<FaultLine>,
    /// Where to go on with those.
    pub upload: Option<String>,
    /// The same file came in before: when, and its number.
    pub known: Option<(String, i64)>,
}

/// Right after an import.
pub async fn of_applied(c: &Ctx, upload: &str, applied: &Applied) -> Answer {
    let none = Choices::default();
    let page = DonePage {
        import: None,
        brought: Brought::default(),
        summary: Some(applied.summary.clone()),
        passed_over: applied.passed_over.iter().map(|r| Shown::of(r, &none)).collect(),
        faults: applied.faults.iter().map(FaultLine::of).take(NAMED).collect(),
        upload: (!applied.passed_over.is_empty()).then(|| upload.to_owned()),
        known: applied.known.as_ref().map(|k| (k.received.clone(), k.id.number())),
    };
    let Some(source) = applied.source else { return c.page(&page) };
    let (import, brought) = taken(c, Id::new(source)).await?;
    c.page(&DonePage { import: Some(import), brought, ..page })
}

async fn taken(c: &Ctx, id: Id<Source>) -> Result<(Import, Brought), Stop> {
    c.read(move |desk| {
        let import = brought::find(desk, id)?;
        let people = brought::people(desk, import.entry, NAMED)?;
        Ok((import, people))
    })
    .await
}

fn allowed(c: &Ctx) -> Result<(), Stop> {
    if c.actor.may_write() && c.actor.sees == Sees::Everything { Ok(()) } else { Err(Stop::NotFound("这次导入".into())) }
}

/// What a file once brought.
pub async fn show(c: Ctx, Path(id): Path<Id<Source>>) -> Answer {
    allowed(&c)?;
    let (import, brought) = taken(&c, id).await?;
    let nothing = DonePage { import: None, brought, summary: None, passed_over: vec![], faults: vec![], upload: None, known: None };
    c.page(&DonePage { import: Some(import), ..nothing })
}

/// The file itself, for whoever doubts a value.
pub async fn file(c: Ctx, Path(id): Path<Id<Source>>) -> Answer {
    allowed(&c)?;
    let found = c.read(move |desk| Ok(source::bytes(desk, id)?)).await?;
    let (name, bytes) = found.ok_or_else(|| Stop::NotFound("这份原件，可能太大而没有保存".into()))?;
    Ok(answer::file(&name, "application/octet-stream", bytes))
}

impl Page for DonePage {
    const TEMPLATE: &'static str = "imports/done.html";
    fn samples() -> Vec<Sample<Self>> {
        let import = <super::ImportsPage as Page>::samples().swap_remove(0).page.imports.swap_remove(0);
        let brief = |name: &str, post: &str| Brief { id: Id::new(7), name: name.into(), sex: "男".into(), born: "1982-04".into(), post: post.into() };
        let li = brief("李明", "青云镇镇长");
        let brought = Brought { new: vec![li.clone()], new_count: 1, changed: vec![li.clone(), li], changed_count: 2 };
        let preview = sample::preview();
        let none = Choices::default();
        let open: Vec<Shown> = preview.open_questions().map(|r| Shown::of(r, &none)).collect();
        let usual = DonePage {
            import: Some(import),
            brought,
            summary: Some(preview.summary.clone()),
            passed_over: open.clone(),
            faults: preview.all_faults().map(FaultLine::of).collect(),
            upload: Some("a".repeat(32)),
            known: None,
        };
        let nothing = DonePage {
            import: None,
            brought: Brought::default(),
            passed_over: vec![],
            faults: vec![],
            upload: None,
            known: Some(("2026-11-20T09:12:31+08:00".into(), 3)),
            ..usual.clone()
        };
        let many = vec![brief(samples::LONG_NAME, samples::LONG_TITLE); NAMED];
        let full = DonePage { brought: Brought { new: many.clone(), new_count: 99_000, changed: many, changed_count: 1000 }, ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(nothing), Sample::overfull(full)]
    }
}
