//! 总结、专报: a report of an institution written from the rows. Every figure keeps the address of what it counts.

use crate::case::{self, Filter};
use crate::duty::{self, Tally};
use crate::matter::{self, Asked};
use crate::task::{self, Light};
use crate::{Error, Result};
use document::Paper;
use document::paper::{Block, PaperTable, Signature};
use institution::report::{Counts, Figure, Period, Report, Section, Table};
use registry::ledger::{self, Enquiry};
use registry::{Desk, organisation};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use vocabulary::Day;

/// A piece of a sentence: words, or a figure that opens its rows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    pub text: String,
    pub href: Option<String>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct WrittenSection {
    pub heading: String,
    pub pieces: Vec<Piece>,
    pub heads: Vec<String>,
    /// Cells, each with the rows behind it where it counts something.
    pub rows: Vec<Vec<Piece>>,
}

/// A report as it stands on the day of the desk.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Written {
    pub key: String,
    pub title: String,
    /// 2026年上半年
    pub of: String,
    pub from: Day,
    pub last: Day,
    pub sections: Vec<WrittenSection>,
}

/// Every report of the institutions in force.
pub fn reports<'a>(desk: &Desk<'a, '_>) -> Vec<&'a Report> {
    let today = desk.today;
    desk.book.institutions.iter().filter(|i| i.in_force.holds_on(today)).flat_map(|i| &i.reports).collect()
}

pub fn find<'a>(desk: &Desk<'a, '_>, key: &str) -> Result<&'a Report> {
    reports(desk).into_iter().find(|r| &*r.key == key).ok_or_else(|| Error::NotFound(format!("总结“{key}”")))
}

fn months(period: Period) -> i32 {
    match period {
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Half => 6,
        Period::Year => 12,
    }
}

/// First day of the period in which `day` lies.
pub fn start(period: Period, day: Day) -> Day {
    let first = day.plus_days(1 - i64::from(day.day()));
    first.plus_months(-((i32::from(day.month()) - 1) % months(period)))
}
/// Its last day.
pub fn end(period: Period, start: Day) -> Day {
    start.plus_months(months(period)).plus_days(-1)
}
/// First day of the period before (`-1`) or after (`1`).
pub fn step(period: Period, start: Day, steps: i32) -> Day {
    start.plus_months(months(period) * steps)
}

fn named(period: Period, start: Day) -> String {
    let (y, m) = (start.year(), start.month());
    match period {
        Period::Month => format!("{y}年{m}月"),
        Period::Quarter => format!("{y}年第{}季度", (m - 1) / 3 + 1),
        Period::Half => format!("{y}年{}半年", if m < 7 { "上" } else { "下" }),
        Period::Year => format!("{y}年"),
    }
}

/// Writes the report of the period that begins on `from`; of one that still runs, up to the desk's day.
pub fn write(desk: &Desk, report: &Report, from: Day) -> Result<Written> {
    let last = end(report.period, from).min(desk.day());
    let mut asker = Asker { desk, from, last, tallies: BTreeMap::new(), figures: BTreeMap::new(), tasks: None };
    let sections = report.sections.iter().map(|s| asker.section(s)).collect::<Result<Vec<_>>>()?;
    Ok(Written { key: report.key.to_string(), title: report.title.to_string(), of: named(report.period, from), from, last, sections })
}

/// Asks each thing once, however many figures are taken from it.
struct Asker<'d, 'a, 't> {
    desk: &'d Desk<'a, 't>,
    from: Day,
    last: Day,
    tallies: BTreeMap<String, Tally>,
    figures: BTreeMap<String, case::Figures>,
    tasks: Option<Vec<task::Task>>,
}

impl Asker<'_, '_, '_> {
    fn section(&mut self, section: &Section) -> Result<WrittenSection> {
        let mut pieces = Vec::new();
        let mut rest = &*section.text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            pieces.push(Piece { text: before.to_owned(), href: None });
            if let Some(figure) = section.figures.iter().find(|f| &*f.id == name) {
                pieces.push(self.figure(figure)?);
            }
            rest = behind;
        }
        pieces.push(Piece { text: rest.to_owned(), href: None });
        pieces.retain(|p| !p.text.is_empty());
        let (heads, rows) = match &section.table {
            Some(table) => {
                let (heads, mut rows) = self.table(table)?;
                for piece in rows.iter_mut().flatten() {
                    piece.href = piece.href.take().map(|href| self.dated(href));
                }
                (heads, rows)
            }
            None => (vec![], vec![]),
        };
        Ok(WrittenSection { heading: section.heading.to_string(), pieces, heads, rows })
    }

    fn figure(&mut self, figure: &Figure) -> Result<Piece> {
        let (desk, from, last) = (self.desk, self.from, self.last);
        let (value, href) = match &figure.counts {
            Counts::Duty { duty, which } => {
                let t = self.tally(duty)?;
                let value = match &**which {
                    "owed" => t.owed,
                    "done" => t.done,
                    "late" => t.late,
                    "excused" => t.excused,
                    _ => t.lacking(),
                };
                (value, duty_rows(duty, from, last, which, None))
            }
            Counts::Cases { system, which } => {
                let f = &self.cases(system)?.all;
                let value = counted(f, which).ok_or_else(|| Error::NotFound(format!("诉求的数字“{which}”")))?;
                (value, format!("/cases?system={system}&from={from}&until={}&counted={which}", last.next()))
            }
            Counts::Matters { institution, step } => {
                let rows = matter::ledger(desk, institution, &self.asked(step.as_deref()))?.rows.len();
                (rows as i64, matter_rows(institution, step.as_deref(), from, last))
            }
            Counts::Sum { institution, step, field } => (self.sum(institution, step, field)?, matter_rows(institution, Some(step), from, last)),
            Counts::Ledger { ledger } => {
                let found = desk.book.ledger(ledger).ok_or_else(|| Error::NotFound(format!("台账“{ledger}”")))?;
                let tests = found.filter.clone().unwrap_or(institution::Condition::All(vec![]));
                let enquiry = Enquiry { of: found.of, tests, words: vec![], columns: vec![], sort: vec![], group: None };
                (ledger::count(desk, &enquiry)?, format!("/ledgers/{ledger}"))
            }
            Counts::Tasks { light, of } => {
                if self.tasks.is_none() {
                    self.tasks = Some(task::all(desk)?);
                }
                // What was finished, in the period; what is open, on its last day.
                let span = (&**light == "done").then_some((from, last));
                let asked = task::Asked { light: Light::from_id(light), of: of.clone(), done: span };
                let n = self.tasks.iter().flatten().filter(|t| asked.fits(t)).count();
                let of = of.as_ref().map(|of| format!("&of={of}")).unwrap_or_default();
                let span = span.map(|(from, last)| format!("&from={from}&until={last}")).unwrap_or_default();
                (n as i64, format!("/tasks?light={light}{of}{span}"))
            }
            Counts::Ratings { system, word } => {
                let at = case::rating_words_of(desk, system)?.iter().position(|w| **w == **word);
                let n: i64 = case::rated_between(desk, system, from, last)?.iter().map(|r| at.and_then(|at| r.counts.get(at)).copied().unwrap_or(0)).sum();
                (n, rating_rows(system, from, last))
            }
        };
        Ok(Piece { text: value.to_string(), href: Some(self.dated(href)) })
    }

    /// Of a period that is over the rows are asked as they stood on its last day, as the figure was.
    fn dated(&self, href: String) -> String {
        if self.desk.day() >= self.desk.today || href.contains("as_of=") {
            return href;
        }
        let sign = if href.contains('?') { '&' } else { '?' };
        format!("{href}{sign}as_of={}", self.desk.day())
    }

    fn asked(&self, step: Option<&str>) -> Asked {
        Asked { step: step.map(str::to_owned), from: Some(self.from), until: Some(self.last), below: None }
    }

    /// Only of the matters in which the step was done in the period.
    fn sum(&self, id: &str, step: &str, field: &str) -> Result<i64> {
        let mut sum = 0;
        for row in matter::ledger(self.desk, id, &self.asked(Some(step)))?.rows {
            sum += matter::number_of(self.desk, row.id, step, field)?;
        }
        Ok(sum)
    }

    fn tally(&mut self, key: &str) -> Result<Tally> {
        if let Some(t) = self.tallies.get(key) {
            return Ok(*t);
        }
        let mut all = Tally::default();
        for t in duty::tally(self.desk, duty::find(self.desk, key)?, self.from, self.last, "/")?.into_values() {
            all.add(t);
        }
        self.tallies.insert(key.to_owned(), all);
        Ok(all)
    }

    fn cases(&mut self, system: &str) -> Result<&case::Figures> {
        Ok(match self.figures.entry(system.to_owned()) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => {
                let filter = Filter { system: Some(system.to_owned()), from: Some(self.from), until: Some(self.last.next()), closed: true, ..Filter::default() };
                free.insert(case::figures(self.desk, &filter)?)
            }
        })
    }

    fn table(&mut self, table: &Table) -> Result<(Vec<String>, Vec<Vec<Piece>>)> {
        let plain = |text: &str| Piece { text: text.to_owned(), href: None };
        let link = |n: i64, href: String| Piece { text: n.to_string(), href: Some(href) };
        let words = |heads: &[&str]| heads.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (desk, from, last) = (self.desk, self.from, self.last);
        let units = organisation::all(desk)?;
        let name = |path: &str| units.iter().find(|u| u.path == path).map_or_else(|| "本级".to_owned(), |u| u.short_name.clone());
        match table {
            Table::Duty { duty } => {
                let d = duty::find(desk, duty)?;
                // Below the top of what this desk may see.
                let top = units.iter().map(|u| u.path.as_str()).min_by_key(|p| p.len()).unwrap_or("/").to_owned();
                let mut rows = Vec::new();
                for (path, t) in duty::tally(desk, d, from, last, &top)? {
                    let cell = |n: i64, which: &str| link(n, duty_rows(duty, from, last, which, Some(&path)));
                    rows.push(vec![plain(&name(&path)), cell(t.owed, "owed"), cell(t.done, "done"), cell(t.late, "late"), cell(t.lacking(), "lacking")]);
                }
                Ok((words(&["单位", "应办", "按期", "补办", "缺"]), rows))
            }
            Table::Matters { institution } => {
                // Whatever was opened by then and had not ended before.
                let rows = matter::ledger(desk, institution, &Asked { until: Some(last), ..Asked::default() })?.rows;
                let open: Vec<Vec<Piece>> = rows
                    .iter()
                    .filter(|r| r.at != "撤回" && r.at != "未通过")
                    .map(|r| vec![Piece { text: r.title.clone(), href: Some(matter::address(r.id)) }, plain(&name(&r.path)), plain(&r.at), plain(&r.opened)])
                    .collect();
                Ok((words(&["事项", "单位", "办到", "提出"]), open))
            }
            Table::Departments { system } => {
                let system = system.to_string();
                let base = format!("/cases?system={system}&from={from}&until={}", last.next());
                let figures = self.cases(&system)?;
                let row = |f: &case::UnitFigures| {
                    let cell = |n: i64, which: &str| link(n, format!("{base}&unit={}&counted={which}", f.id));
                    vec![plain(&f.name), cell(f.received, "received"), cell(f.claimed_in_time, "claimed_in_time"), cell(f.answered_in_time, "answered_in_time"), cell(f.content, "content"), cell(f.overdue, "overdue")]
                };
                let rows = figures.departments.iter().map(row).collect();
                Ok((words(&["部门", "吹哨", "按时报到", "按期办结", "好和较好", "超期未办"]), rows))
            }
            Table::Ratings { system } => {
                let mut heads = words(&["单位"]);
                heads.extend(case::rating_words_of(desk, system)?.iter().map(ToString::to_string));
                let row = |r: &case::Rated| -> Vec<Piece> {
                    let cell = |n: &i64| link(*n, format!("{}&unit={}", rating_rows(system, from, last), r.id));
                    std::iter::once(plain(&r.name)).chain(r.counts.iter().map(cell)).collect()
                };
                Ok((heads, case::rated_between(desk, system, from, last)?.iter().map(row).collect()))
            }
        }
    }
}

fn duty_rows(duty: &str, from: Day, last: Day, which: &str, below: Option<&str>) -> String {
    let below = below.map(|p| format!("&below={p}")).unwrap_or_default();
    format!("/duties/rows/{duty}?from={from}&until={last}&which={which}{below}")
}

fn rating_rows(system: &str, from: Day, last: Day) -> String {
    format!("/reports/ratings/{system}?from={from}&until={last}")
}

fn matter_rows(institution: &str, step: Option<&str>, from: Day, last: Day) -> String {
    let step = step.map(|s| format!("&step={s}")).unwrap_or_default();
    format!("/matters/ledgers/{institution}?from={from}&until={last}{step}")
}

fn counted(f: &case::UnitFigures, which: &str) -> Option<i64> {
    Some(match which {
        "received" => f.received,
        "claims_due" => f.claims_due,
        "claimed_in_time" => f.claimed_in_time,
        "answered" => f.answered,
        "answered_in_time" => f.answered_in_time,
        "rated" => f.rated,
        "content" => f.content,
        "solved" => f.solved,
        "reopened" => f.reopened,
        "raised" => f.raised,
        "closed" => f.closed,
        "merged" => f.merged,
        "overdue" => f.overdue,
        _ => return None,
    })
}

impl Written {
    /// As the office sends it out.
    pub fn paper(&self, office: &str) -> Paper {
        let mut blocks = Vec::new();
        for s in &self.sections {
            blocks.push(Block::Heading { level: 1, text: s.heading.clone() });
            blocks.push(Block::Paragraph(s.pieces.iter().map(|p| p.text.as_str()).collect()));
            if !s.rows.is_empty() {
                let widths = (0..s.heads.len()).map(|n| if n == 0 { 3 } else { 2 }).collect();
                let rows = s.rows.iter().map(|r| r.iter().map(|p| p.text.clone()).collect()).collect();
                blocks.push(Block::Table(PaperTable { heads: s.heads.clone(), widths, rows }));
            }
        }
        Paper { title: format!("{}\n（{}）", self.title, self.of), blocks, signature: Some(Signature::of(office, self.last.in_words())), ..Paper::default() }
    }
}
