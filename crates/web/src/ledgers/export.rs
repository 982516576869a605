//! 导出: the same ledger with another last stop. Rows go from the database through the writer into the answer, one by
//! one; nothing holds the whole file but a PDF, whose pages must be counted first.

use super::view::View;
use super::{refuse_recorded, view_of};
use crate::access::About;
use crate::ctx::pairs;
use crate::{Answer, Ctx, Form, Stop, answer, exports, locked};
use affairs::form::{LedgerFile, Rows};
use axum::body::{Body, Bytes};
use axum::extract::Path;
use document::Mark;
use document::table::Format;
use registry::rights::{self, Marked};
use registry::{Desk, answers::Answers};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{Semaphore, SemaphorePermit};

/// So many exports at once: each holds one of the few reading connections for as long as somebody downloads.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Bytes that are handed on at once, and how many such pieces may wait for a slow reader.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 16;

/// The whole ledger.
pub async fn export(c: Ctx, Path(name): Path<String>) -> Answer {
    let format = pairs(&c.asked.query).into_iter().find(|(n, _)| n == "format").map(|(_, f)| f).unwrap_or_default();
    let purpose = pairs(&c.asked.query).into_iter().find(|(n, _)| n == "purpose").map(|(_, p)| p).unwrap_or_default();
    give(c, name, &format, &purpose, vec![]).await
}

/// Only the rows that were ticked.
pub async fn chosen(c: Ctx, Path(name): Path<String>, form: Form) -> Answer {
    let numbers: Vec<i64> = form.many("id").filter_map(|n| n.parse().ok()).collect();
    if numbers.is_empty() {
        return Err(Stop::Wrong("请先在表格左边勾选要导出的行".into()));
    }
    give(c, name, form.text("format"), form.text("purpose"), numbers).await
}

async fn give(c: Ctx, name: String, format: &str, purpose: &str, numbers: Vec<i64>) -> Answer {
    refuse_recorded(&c)?;
    c.step_up("导出台账", &c.asked.address().replacen("/export", "", 1))?;
    let (format, ending, kind) = match format {
        "xlsx" => (Format::Workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "csv" => (Format::Csv, "csv", "text/csv; charset=utf-8"),
        "pdf" => (Format::Pdf, "pdf", "application/pdf"),
        other => return Err(Stop::Wrong(format!("不能导出为“{other}”，请选择 xlsx、csv 或 pdf"))),
    };
    let asking = c.clone();
    // Whatever is wrong with the address is said on a page, before the file begins.
    let view = move |desk: &Desk| {
        let view = view_of(&asking, desk, &name, &asking.asked.query)?;
        super::refuse_few(&asking, desk, &view.asked())?;
        super::note(&asking, desk, &view)?;
        Ok(view)
    };
    let view = if c.stated(About::Ledgers).is_some() { c.consult(view).await? } else { c.read(view).await? };
    let title = format!("{} {}.{ending}", view.definition.title, c.day());
    let turn = TURNS.acquire().await.map_err(|why| Stop::Broken(why.to_string()))?;
    let marked = exports::begin_for(&c, &view.definition.title, ending, purpose).await?;
    let (sender, receiver) = channel(WAITING);
    let (number, tally) = (marked.number, Arc::new(Mutex::new(Tally::default())));
    let job = Job { view, numbers, format, _turn: turn, marked };
    tokio::task::spawn_blocking(move || {
        let told = sender.clone();
        let pipe = Pipe::to(sender, tally.clone());
        let done = c.app.office.read(&c.actor, c.as_of, |desk| job.write(desk, &c.app.answers, pipe)).and_then(|lines| {
            let (bytes, checksum) = locked(&tally).said();
            c.app.office.write(&c.actor, |desk| Ok::<_, Stop>(rights::end(desk, number, lines, bytes, &checksum)?))
        });
        if let Err(stop) = done {
            tracing::error!(?stop, "export broke off");
            // The connection is cut, so that half a file is not taken for a whole one.
            told.blocking_send(Err(io::Error::other("export broke off"))).ok();
        }
    });
    Ok(answer::file(&title, kind, Body::from_stream(Pieces(receiver))))
}

struct Job {
    view: View,
    /// Only these rows, when they were chosen.
    numbers: Vec<i64>,
    format: Format,
    /// Given back when the file is whole.
    _turn: SemaphorePermit<'static>,
    marked: Marked,
}

impl Job {
    /// Answers how many lines were written.
    fn write(self, desk: &Desk, answers: &Answers, pipe: Pipe) -> Result<u64, Stop> {
        let definition = &self.view.definition;
        let file = LedgerFile { title: &definition.title, enquiry: self.view.asked(), labels: &definition.labels, totals: &definition.totals };
        let mut data = file.table(desk);
        data.mark = Some(Mark::of(self.marked.key));
        data.visible.clone_from(&self.marked.visible);
        let remembered = answers.at(desk)?;
        let (totals, chosen);
        let rows = if self.numbers.is_empty() {
            totals = remembered.totals(&file.enquiry, file.totals)?;
            Rows::All(&totals)
        } else {
            let all = remembered.numbers(&file.enquiry)?;
            chosen = all.iter().copied().filter(|n| self.numbers.contains(n)).collect::<Vec<i64>>();
            Rows::Chosen(&chosen)
        };
        Ok(file.write(desk, (self.format, &data), rows, pipe, &mut |_| {})?)
    }
}

/// What is written goes to whoever downloads, in pieces.
struct Pipe {
    sender: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
    tally: Arc<Mutex<Tally>>,
}

/// What has gone through: how much, and its checksum.
#[derive(Default)]
struct Tally {
    bytes: u64,
    hash: Sha256,
}

impl Tally {
    fn said(&self) -> (u64, String) {
        (self.bytes, exports::hex(&self.hash.clone().finalize()))
    }
}

impl Pipe {
    fn to(sender: Sender<io::Result<Bytes>>, tally: Arc<Mutex<Tally>>) -> Pipe {
        Pipe { sender, piece: Vec::with_capacity(PIECE), tally }
    }
    fn hand_on(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads the export any more");
        self.sender.blocking_send(Ok(piece.into())).map_err(gone)
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        let mut tally = locked(&self.tally);
        tally.bytes += bytes.len() as u64;
        tally.hash.update(bytes);
        drop(tally);
        if self.piece.len() >= PIECE {
            self.hand_on()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()
    }
}

impl Drop for Pipe {
    /// A writer that finishes without a flush leaves its last piece here.
    fn drop(&mut self) {
        self.hand_on().ok();
    }
}

struct Pieces(Receiver<io::Result<Bytes>>);

impl futures_core::Stream for Pieces {
    type Item = io::Result<Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
