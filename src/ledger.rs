//! `ledger list`, `ledger run`.

use crate::command::{LedgerFormat, LedgerRun, LedgerWords};
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, marked, office, output};
use affairs::form::{LedgerFile, Rows};
use document::table::Format;
use document::Mark;
use registry::cell::cell;
use registry::ledger::{self, Line, Totalled};
use policy::Class;
use registry::rights::Marked;
use registry::{AsOf, Desk, few, protect, saved};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufWriter, Write};

pub fn run(settings: &Settings, json: bool, words: LedgerWords) -> Answer {
    match words {
        LedgerWords::List => list(settings, json),
        LedgerWords::Run(run) => show(settings, json, run),
    }
}

fn list(settings: &Settings, json: bool) -> Answer {
    let office = office::open(settings)?;
    let acting = acting::at(&office, settings, "ledger list")?;
    let rows = office.read(&acting.actor, AsOf::default(), |desk| {
        let mut all = saved::shipped(desk.book);
        all.extend(saved::own(desk)?);
        all.into_iter()
            .map(|l| {
                // A free question about what is protected is told when it is asked, if it may be.
                let count = if few::is_guarded(desk, &l.enquiry) { None } else { Some(ledger::count(desk, &l.enquiry)?) };
                Ok((l.name.clone(), l.title.clone(), count, l.systems.join("、")))
            })
            .collect::<registry::Result<Vec<_>>>()
    })?;
    if json {
        let rows: Vec<_> = rows.iter().map(|(id, title, count, systems)| serde_json::json!({ "id": id, "title": title, "count": count, "systems": systems })).collect();
        output::json(&rows)?;
    } else {
        let rows: Vec<Vec<String>> = rows.into_iter().map(|(id, title, count, systems)| vec![id, title, count.map_or("—".to_owned(), |n| n.to_string()), systems]).collect();
        output::table(&["编号", "台账", "现有", "系统"], &rows)?;
    }
    Ok(End::Done)
}

fn show(settings: &Settings, json: bool, words: LedgerRun) -> Answer {
    let office = office::open(settings)?;
    let as_of = AsOf { day: words.as_of, known_on: words.known_on };
    let format = if json { LedgerFormat::Json } else { words.format };
    let acting = acting::at(&office, settings, "ledger run")?;
    let open = acting.open();
    let ending = match format {
        LedgerFormat::Csv => Some("csv"),
        LedgerFormat::Xlsx => Some("xlsx"),
        LedgerFormat::Pdf => Some("pdf"),
        LedgerFormat::Table | LedgerFormat::Json => None,
    };
    // A file leaves the house; what is shown on the terminal does not.
    let marked = ending.map(|ending| marked::begin(&office, &acting, &words.id, ending)).transpose()?;
    let (written, piped) = (Cell::new(0), RefCell::new(Vec::new()));
    let answer = |desk: &Desk| {
        let mut ledger = saved::named(desk, &words.id)?;
        let out = protect::withhold(desk.dictionary(), &mut ledger.enquiry, &mut ledger.totals, open);
        if !out.asked.is_empty() {
            let names: Vec<String> = out.asked.iter().map(|f| desk.dictionary().facts[*f].name_on(desk.day())).collect();
            return Err(Stop::refused(format!("这个台账的条件用到受保护的内容：{}；请加 --purpose 用途（如 --purpose daily），会被记录", names.join("、"))));
        }
        // Each call remembers nothing of the one before: here only the answer itself is held against the rule.
        if let Some(why) = few::refused(&few::Heard::default(), desk, &ledger.enquiry, |enquiry| ledger::numbers(desk, enquiry))? {
            return Err(Stop::refused(why.says()));
        }
        acting::withheld(&out.names(desk.dictionary(), desk.day()));
        let protected: Vec<String> = protect::protected(desk.dictionary(), &ledger.enquiry).iter().map(|f| desk.dictionary().facts[*f].name_on(desk.day())).collect();
        if !protected.is_empty() {
            let title = format!("台账“{}”", ledger.title);
            let parts: Vec<&str> = std::iter::once(title.as_str()).chain(protected.iter().map(String::as_str)).collect();
            acting.note(desk, &[], &parts)?;
        }
        let file = LedgerFile { title: &ledger.title, enquiry: ledger.enquiry.in_groups(), labels: &ledger.labels, totals: &ledger.totals };
        let sheet = Sheet { desk, file, marked: marked.as_ref(), written: &written };
        match (format, &words.output) {
            (LedgerFormat::Table, None) => sheet.print(),
            (LedgerFormat::Json, None) => sheet.json(),
            (LedgerFormat::Csv, None) => sheet.export(Format::Csv, &mut *piped.borrow_mut()),
            (LedgerFormat::Xlsx | LedgerFormat::Pdf, None) => Err(Stop::wrong_use("这种格式要写到文件：-o 文件名")),
            (LedgerFormat::Csv, Some(path)) => sheet.export(Format::Csv, BufWriter::new(File::create(path)?)),
            (LedgerFormat::Xlsx, Some(path)) => sheet.export(Format::Workbook, BufWriter::new(File::create(path)?)),
            (LedgerFormat::Pdf, Some(path)) => sheet.export(Format::Pdf, BufWriter::new(File::create(path)?)),
            (LedgerFormat::Table | LedgerFormat::Json, Some(_)) => Err(Stop::wrong_use("表格和 JSON 直接显示，不写文件")),
        }
    };
    if open >= Class::S2 {
        office.consult(&acting.actor, as_of, answer)?;
    } else {
        office.read(&acting.actor, as_of, answer)?;
    }
    match (&marked, &words.output) {
        (Some(marked), Some(path)) => marked::end(&office, &acting, marked, written.get(), path)?,
        (Some(marked), None) => {
            marked::count(&office, &acting, marked, written.get(), &piped.borrow())?;
            std::io::stdout().write_all(&piped.borrow())?;
        }
        (None, _) => {}
    }
    Ok(End::Done)
}

struct Sheet<'a, 'b, 't> {
    desk: &'a Desk<'b, 't>,
    file: LedgerFile<'a>,
    /// Only what leaves as a file.
    marked: Option<&'a Marked>,
    /// How many lines have been written.
    written: &'a Cell<usize>,
}

impl Sheet<'_, '_, '_> {
    fn heads(&self) -> Vec<String> {
        self.file.enquiry.columns.iter().map(|i| self.file.head(self.desk, *i)).collect()
    }
    fn cells(&self, line: &Line) -> Vec<String> {
        let facts = &self.desk.dictionary().facts;
        self.file.enquiry.columns.iter().zip(&line.values).map(|(i, v)| cell(&facts[*i], v.as_ref(), self.desk.day())).collect()
    }

    fn print(&self) -> Result<(), Stop> {
        let mut rows = Vec::new();
        ledger::each_line(self.desk, &self.file.enquiry, |line| {
            rows.push(self.cells(&line));
            Ok::<(), registry::Error>(())
        })?;
        output::line(&format!("{}（{} 条，截至 {}）", self.file.title, rows.len(), self.desk.day()))?;
        let heads = self.heads();
        output::table(&heads.iter().map(String::as_str).collect::<Vec<_>>(), &rows)?;
        if self.file.totals.is_empty() {
            return Ok(());
        }
        output::line(&format!("合计：{}", self.file.totals_in_words(self.desk.dictionary(), &self.totals()?)))
    }

    fn json(&self) -> Result<(), Stop> {
        let facts = &self.desk.dictionary().facts;
        let mut rows = Vec::new();
        ledger::each_line(self.desk, &self.file.enquiry, |line| {
            let mut row = serde_json::Map::new();
            row.insert("number".into(), line.number.into());
            for (i, value) in self.file.enquiry.columns.iter().zip(&line.values) {
                row.insert(facts[*i].id.to_string(), serde_json::to_value(value).unwrap_or_default());
            }
            rows.push(row);
            Ok::<(), registry::Error>(())
        })?;
        output::json(&serde_json::json!({ "title": self.file.title, "as_of": self.desk.day(), "count": rows.len(), "rows": rows }))
    }

    fn export(&self, format: Format, out: impl Write + Send) -> Result<(), Stop> {
        let mut data = self.file.table(self.desk);
        if let Some(marked) = self.marked {
            data.mark = Some(Mark::of(marked.key));
            data.visible.clone_from(&marked.visible);
        }
        let bar = output::progress("导出", u64::try_from(ledger::count(self.desk, &self.file.enquiry)?).unwrap_or(0));
        let written = self.file.write(self.desk, (format, &data), Rows::All(&self.totals()?), out, &mut |rows| bar.set_position(rows));
        bar.finish_and_clear();
        self.written.set(usize::try_from(written?).unwrap_or(usize::MAX));
        Ok(())
    }

    fn totals(&self) -> Result<Vec<Totalled>, Stop> {
        Ok(ledger::totals(self.desk, &self.file.enquiry, self.file.totals)?)
    }
}
