//! 台账的文件: the same ledger as a workbook, as text or on paper. Rows go from the database through the writer one by
//! one, with a heading wherever the group changes and 合计 behind the last.

use crate::Result;
use document::Fonts;
use document::table::{Align, Column, Export, Format, Kind, Row, TableData};
use institution::condition::Operator;
use institution::ledger::{Counted, Total};
use institution::{Condition, Dictionary, Fact, Subject};
use registry::cell::{cell, is_figure};
use registry::ledger::{self, Enquiry, Line, Totalled};
use registry::{Desk, rights};
use std::io::Write;
use vocabulary::Value;

/// A ledger as it leaves the house.
pub struct LedgerFile<'a> {
    pub title: &'a str,
    /// What is asked; its columns are those of the file.
    pub enquiry: Enquiry,
    /// Headings that the ledger itself words, by fact.
    pub labels: &'a [(usize, String)],
    pub totals: &'a [Total],
}

/// Which rows.
pub enum Rows<'a> {
    /// All, and what the totals come to.
    All(&'a [Totalled]),
    /// Only these. Their 合计 would be taken for that of the whole.
    Chosen(&'a [i64]),
}

impl LedgerFile<'_> {
    /// What stands above the rows. Whose export it is, is for the door to say.
    pub fn table(&self, desk: &Desk) -> TableData {
        let dictionary = desk.dictionary();
        let column = |(at, fact): (usize, &usize)| {
            let about = &dictionary.facts[*fact];
            let (align, kind) = if at > 0 && is_figure(about) { (Align::Right, Kind::Number) } else { (Align::Left, Kind::Text) };
            Column { fact: about.id.to_string(), head: self.head(desk, *fact), width: u16::from(about.width) * 2, align, kind }
        };
        TableData {
            title: self.title.to_owned(),
            subtitle: format!("截至 {}　{}", desk.day(), self.enquiry.tests.in_words(dictionary)),
            subject: subject_id(self.enquiry.of),
            columns: self.enquiry.columns.iter().enumerate().map(column).collect(),
            ..TableData::default()
        }
    }

    /// The heading of a column on the desk's day.
    pub fn head(&self, desk: &Desk, fact: usize) -> String {
        let own = self.labels.iter().find(|(f, _)| *f == fact).map(|(_, label)| label.clone());
        own.unwrap_or_else(|| desk.dictionary().facts[fact].name_on(desk.day()))
    }

    /// `人数 312　女 98`
    pub fn totals_in_words(&self, dictionary: &Dictionary, totals: &[Totalled]) -> String {
        let said = |(total, n): (&Total, &Totalled)| format!("{} {}", total.label, figure(dictionary, total, *n));
        self.totals.iter().zip(totals).map(said).collect::<Vec<_>>().join("　")
    }

    /// The whole file. `told` hears how many rows are written; answers how many there were.
    pub fn write<W: Write + Send>(&self, desk: &Desk, (format, data): (Format, &TableData), rows: Rows, out: W, told: &mut dyn FnMut(u64)) -> Result<u64> {
        let mut asked = self.enquiry.in_groups();
        let columns = asked.columns.len();
        if let Some(group) = asked.group.filter(|g| !asked.columns.contains(g)) {
            asked.columns.push(group);
        }
        let mut export = Export::begin(Fonts::of_site()?, format, data, out)?;
        let mut writer = Writer { desk, asked: &asked, columns, above: None, written: vec![] };
        match rows {
            Rows::All(totals) => {
                ledger::each_line(desk, &asked, |line| {
                    writer.line(&mut export, &line)?;
                    told(writer.written.len() as u64);
                    Ok::<_, crate::Error>(())
                })?;
                if !self.totals.is_empty() {
                    export.row(&Row::Group(format!("合计：{}", self.totals_in_words(desk.dictionary(), totals))))?;
                }
            }
            Rows::Chosen(numbers) => {
                for line in ledger::lines(desk, &asked, numbers)? {
                    writer.line(&mut export, &line)?;
                    told(writer.written.len() as u64);
                }
            }
        }
        let stated = if asked.of == Subject::Official { rights::in_words(desk, &writer.written)? } else { vec![] };
        if !stated.is_empty() {
            export.row(&Row::Group(format!("本人有说明：{}", stated.join("、"))))?;
        }
        export.finish()?;
        Ok(writer.written.len() as u64)
    }
}

/// Lines as the file writes them.
struct Writer<'d, 'a, 't> {
    desk: &'d Desk<'a, 't>,
    asked: &'d Enquiry,
    /// Columns of the file; what the line holds beyond them is the group.
    columns: usize,
    above: Option<Option<Value>>,
    /// Numbers of the lines so far.
    written: Vec<i64>,
}

impl Writer<'_, '_, '_> {
    fn line<W: Write + Send>(&mut self, export: &mut Export<'_, W>, line: &Line) -> Result<()> {
        let dictionary = self.desk.dictionary();
        if let Some(group) = self.asked.group {
            let at = self.asked.columns.iter().position(|c| *c == group);
            let value = at.and_then(|at| line.values[at].as_ref());
            if self.above.as_ref().is_none_or(|a| a.as_ref() != value) {
                export.row(&Row::Group(group_of(dictionary, &dictionary.facts[group], value)))?;
                self.above = Some(value.cloned());
            }
        }
        let text = |at: usize| cell(&dictionary.facts[self.asked.columns[at]], line.values[at].as_ref(), self.desk.day());
        let cells = (0..self.columns).map(text).collect();
        self.written.push(line.number);
        Ok(export.row(&Row::Entry { key: line.number.to_string(), cells })?)
    }
}

fn group_of(dictionary: &Dictionary, fact: &Fact, value: Option<&Value>) -> String {
    match value {
        Some(value) => format!("{value}{}", fact.unit),
        None => Condition::test(fact, Operator::Known(false)).in_words(dictionary),
    }
}

fn subject_id(of: Subject) -> String {
    serde_json::to_value(of).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

/// One figure of 合计 with its unit, a dash where there is nothing to average.
pub fn figure(dictionary: &Dictionary, total: &Total, n: Totalled) -> String {
    let with_unit = |text: String, fact: usize| format!("{text}{}", dictionary.facts[fact].unit);
    match &total.count {
        Counted::Rows | Counted::Where(_) => n.sum.to_string(),
        Counted::Sum(fact) => with_unit(n.sum.to_string(), *fact),
        Counted::Average(_) if n.of == 0 => "—".into(),
        Counted::Average(fact) => with_unit(tenths(n.sum, n.of), *fact),
    }
}

/// One decimal, rounded half up: `42.3`.
fn tenths(sum: i64, of: i64) -> String {
    let tenths = (sum * 20 + of) / (2 * of);
    format!("{}.{}", tenths / 10, tenths % 10)
}
