//! 过一遍: the file goes by in batches, each compared with the record; whoever takes them previews or writes.

use crate::examine::{Examined, Examiner};
use crate::index::Index;
use crate::not_taken::NotTaken;
use crate::preview::{RosterPreview, Summary, Verdict};
use crate::seats::Seats;
use crate::units::{self, ExaminedUnit};
use crate::{Choices, Error, Offered, Result, own, roster};
use exchange::{Fault, Item, PersonRecord, Progress, UnitRecord};
use registry::Desk;
use std::ops::ControlFlow;

/// People compared at once: one statement a noun serves them all.
const BATCH: usize = 500;
/// A batch also ends when its photos grow to this. Bytes.
const BATCH_BYTES: usize = 32 << 20;
/// Faults of files that are kept; the rest are counted.
const FAULTS_KEPT: usize = 5_000;

/// Two do this: one looks, one writes.
pub(crate) trait Taking<'a, 't: 'a> {
    fn desk(&self) -> &Desk<'a, 't>;
    /// Journal number of the preview, when people whom others changed since are to be passed over.
    fn moved_since(&self) -> Option<i64>;
    /// New organisations get their numbers here.
    fn take_units(&mut self, units: Vec<ExaminedUnit>, index: &mut Index) -> Result<()>;
    fn take(&mut self, examined: Vec<Examined>) -> Result<()>;
    fn take_roster(&mut self, roster: RosterPreview) -> Result<()>;
    /// What only the whole file tells of one of its records: shown to who looks, too late for who writes.
    fn tell(&mut self, _number: u32, _fault: Fault) {}
    fn finish(&mut self, summary: Summary, faults: Vec<Fault>, unread: Vec<String>) -> Result<()>;
}

pub(crate) fn run<'a, 't: 'a>(
    taking: &mut dyn Taking<'a, 't>,
    offered: Offered,
    choices: &Choices,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<()> {
    let index = Index::load(taking.desk())?;
    let examiner = Examiner::new(choices, taking.moved_since());
    let mut run = Run { taking, choices, index, examiner, units: vec![], people: vec![], bytes: 0, number: 0, summary: Summary::default(), seats: Seats::default(), not_taken: NotTaken::default() };
    let mut failed = None;
    let mut told = |p: &Progress| progress(p.done, p.total);
    let reading = offered.visit(&mut told, &mut |item| match run.item(item) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    });
    let mut reading = match (failed, reading) {
        (Some(error), _) => return Err(error),
        (None, reading) => reading?,
    };
    run.flush_units()?;
    run.flush()?;
    let mut faults = Vec::new();
    for file in &mut reading.files {
        faults.append(&mut file.faults);
        for table in std::mem::take(&mut file.rosters) {
            run.roster(&table, &mut faults, progress)?;
        }
    }
    run.flush()?;
    // Few, and of the whole file: they come first.
    faults.splice(0..0, std::mem::take(&mut run.not_taken).faults());
    for (number, fault) in std::mem::take(&mut run.seats).overfull(&run.index) {
        run.summary.count_faults([&fault]);
        run.taking.tell(number, fault);
    }
    let unread: Vec<String> = reading.unread.iter().map(ToString::to_string).collect();
    run.summary.unread = u32::try_from(unread.len()).unwrap_or(u32::MAX);
    run.summary.count_faults(&faults);
    faults.truncate(FAULTS_KEPT);
    let summary = run.summary;
    run.taking.finish(summary, faults, unread)
}

struct Run<'r, 'c, 'a, 't: 'a> {
    taking: &'r mut dyn Taking<'a, 't>,
    choices: &'c Choices,
    index: Index,
    examiner: Examiner<'c>,
    units: Vec<UnitRecord>,
    people: Vec<(u32, PersonRecord)>,
    bytes: usize,
    number: u32,
    summary: Summary,
    seats: Seats,
    not_taken: NotTaken,
}

impl<'a, 't: 'a> Run<'_, '_, 'a, 't> {
    fn item(&mut self, item: Item) -> Result<()> {
        match item {
            Item::Unit(unit) => {
                self.not_taken.unit(&unit);
                self.units.push(*unit);
                Ok(())
            }
            Item::Person(person) => self.person(*person),
        }
    }

    fn person(&mut self, person: PersonRecord) -> Result<()> {
        self.number += 1;
        self.not_taken.person(&person);
        self.bytes += person.photo.as_ref().map_or(0, |p| p.bytes.len());
        self.people.push((self.number, person));
        if self.people.len() >= BATCH || self.bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    /// Units before people: a tenure names the organisation that the same file brings.
    fn flush_units(&mut self) -> Result<()> {
        if self.units.is_empty() {
            return Ok(());
        }
        let records = std::mem::take(&mut self.units);
        let examined = units::examine(self.taking.desk(), &mut self.index, records, self.choices)?;
        for unit in &examined {
            self.summary.units += 1;
            match unit.preview.verdict {
                Verdict::New => self.summary.units_new += 1,
                Verdict::Changes => self.summary.units_changed += 1,
                _ => {}
            }
            self.summary.count_faults(&unit.preview.faults);
        }
        self.taking.take_units(examined, &mut self.index)
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_units()?;
        self.bytes = 0;
        if self.people.is_empty() {
            return Ok(());
        }
        let people = std::mem::take(&mut self.people);
        let examined = self.examiner.batch(self.taking.desk(), &self.index, people)?;
        for one in &examined {
            self.summary.count(one.preview.verdict);
            self.summary.changes += u32::try_from(one.preview.changes.iter().filter(|c| !c.left_out).count()).unwrap_or(0);
            self.summary.count_faults(&one.preview.faults);
        }
        self.seats.meet(self.taking.desk(), examined.iter().map(|e| (e.preview.number, &e.preview.place, &e.seats)))?;
        self.taking.take(examined)
    }

    fn roster(&mut self, table: &exchange::roster::RosterTable, faults: &mut Vec<Fault>, progress: &mut dyn FnMut(u64, Option<u64>)) -> Result<()> {
        let preview = roster::mapped(self.taking.desk(), table, self.choices)?;
        let edited = own::edited(self.taking.desk(), table)?;
        let table = &edited;
        let mut failed: Option<Error> = None;
        let mapping = preview.mapping.clone();
        let (mut done, of) = (0, Some(table.rows.len() as u64));
        faults.extend(exchange::mapping::apply(table, &mapping, &mut |person| {
            if done % BATCH as u64 == 0 {
                progress(done, of);
            }
            done += 1;
            match self.person(person) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        }));
        match failed {
            Some(error) => Err(error),
            None => {
                self.flush()?;
                self.taking.take_roster(preview)
            }
        }
    }
}
