//! 导入: the file read again, compared again, and written in the desk's one transaction.

use crate::bulk::Bulk;
use crate::examine::Examined;
use crate::index::Index;
use crate::preview::{RecordPreview, RosterPreview, Summary, Verdict, may_import};
use crate::stream::{self, Taking};
use crate::units::ExaminedUnit;
use crate::{Choices, Offered, Result};
use exchange::Fault;
use registry::desk::Happened;
use registry::facts::standing;
use registry::organisation::{self, NewUnit, Unit};
use registry::source::{self, NewSource, Taken};
use registry::{Desk, Person, correction};
use std::collections::HashMap;
use vocabulary::Id;

/// With more people than this, today's answers are made anew for everybody, which is faster than person by person.
const REBUILD_ABOVE: usize = 20_000;
/// With more people than this, the database is asked to look at its tables anew.
const ANALYZE_ABOVE: usize = 2_000;

/// 导入结果
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Applied {
    /// Journal number; None when there was nothing to write.
    pub entry: Option<i64>,
    /// Number of the kept file.
    pub source: Option<i64>,
    /// The same bytes had been taken in before.
    pub known: Option<Taken>,
    pub summary: Summary,
    /// Records that were not written because a person must decide first, or somebody changed them meanwhile.
    pub passed_over: Vec<RecordPreview>,
    pub faults: Vec<Fault>,
}

/// Imports the file with what people chose. `seen` is the journal number of the preview they looked at: whoever was
/// changed since is passed over and told. Writes nothing at all when nothing differs.
pub fn apply(desk: &mut Desk, offered: Offered, seen: Option<i64>, choices: &Choices, progress: &mut dyn FnMut(u64, Option<u64>)) -> Result<Applied> {
    may_import(desk)?;
    let checksum = offered.checksum()?;
    let known = source::with_checksum(desk, &checksum)?;
    let head = desk.one("select coalesce(max(id), 0) from journal", &[])?.int(0);
    let mut writing = Writing {
        next_person: desk.one("select coalesce(max(id), 0) from persons", &[])?.int(0) + 1,
        desk,
        offered,
        checksum,
        moved_since: seen.filter(|seen| *seen != head),
        bulk: Bulk::default(),
        touched: Vec::new(),
        applied: Applied { known, ..Applied::default() },
    };
    stream::run(&mut writing, offered, choices, progress)?;
    writing.end()
}

struct Writing<'d, 'a, 't, 'o> {
    desk: &'d mut Desk<'a, 't>,
    offered: Offered<'o>,
    checksum: String,
    moved_since: Option<i64>,
    next_person: i64,
    bulk: Bulk,
    touched: Vec<i64>,
    applied: Applied,
}

impl<'a, 't: 'a> Taking<'a, 't> for Writing<'_, 'a, 't, '_> {
    fn desk(&self) -> &Desk<'a, 't> {
        self.desk
    }
    fn moved_since(&self) -> Option<i64> {
        self.moved_since
    }

    fn take_units(&mut self, units: Vec<ExaminedUnit>, index: &mut Index) -> Result<()> {
        let mut numbers: HashMap<i64, i64> = HashMap::new();
        for ExaminedUnit { preview, unit } in units {
            self.applied.faults.extend(preview.faults);
            let Some(mut unit) = unit else { continue };
            let entry = self.entry("national_workbook")?;
            if preview.verdict == Verdict::Changes {
                correction::of_organisation(self.desk, &unit, entry)?;
                continue;
            }
            let shown_as = unit.id.number();
            unit.parent = unit.parent.map(|p| Id::new(numbers.get(&p.number()).copied().unwrap_or(p.number())));
            unit.id = organisation::add_under(self.desk, new_unit(&unit), entry)?;
            numbers.insert(shown_as, unit.id.number());
            unit.path = organisation::find(self.desk, unit.id)?.path;
            index.renumber(shown_as, unit);
        }
        Ok(())
    }

    fn take(&mut self, examined: Vec<Examined>) -> Result<()> {
        for Examined { preview, writes, .. } in examined {
            if !writes.is_empty() {
                let entry = self.entry(kind_by_place(&preview))?;
                let person = match preview.person {
                    Some(person) => person,
                    None => {
                        self.next_person += 1;
                        self.bulk.person(self.next_person - 1, entry);
                        self.next_person - 1
                    }
                };
                self.touched.push(person);
                for write in writes {
                    self.bulk.take(person, write, entry);
                }
            }
            match preview.verdict {
                Verdict::Ambiguous | Verdict::Refused | Verdict::Moved => self.applied.passed_over.push(preview),
                _ => self.applied.faults.extend(preview.faults),
            }
        }
        match self.applied.entry {
            Some(entry) => self.bulk.flush(self.desk, entry),
            None => Ok(()),
        }
    }

    fn take_roster(&mut self, roster: RosterPreview) -> Result<()> {
        let Some(entry) = self.applied.entry else { return Ok(()) };
        let heads: Vec<&str> = roster.mapping.columns.iter().map(|c| c.head.as_str()).collect();
        let json = serde_json::to_string(&roster.mapping)?;
        registry::mapping::remember(self.desk, &roster.mapping.fingerprint, &heads.join("、"), &json, entry)?;
        Ok(())
    }

    fn finish(&mut self, summary: Summary, faults: Vec<Fault>, _unread: Vec<String>) -> Result<()> {
        self.applied.summary = summary;
        self.applied.faults.extend(faults);
        Ok(())
    }
}

impl Writing<'_, '_, '_, '_> {
    /// The one journal entry of this import, made when the first row needs it; the file is kept beside it.
    fn entry(&mut self, kind: &str) -> Result<i64> {
        if let Some(entry) = self.applied.entry {
            return Ok(entry);
        }
        let name = self.offered.name();
        let bytes = self.offered.kept_bytes()?;
        let new = NewSource { name: &name, kind: kind_by_name(&self.offered, kind), checksum: &self.checksum, bytes: bytes.as_deref() };
        let source = source::keep(self.desk, &new)?.number();
        self.desk.brought_by(Some(source));
        store::fail::point("import.apply")?;
        let says = format!("导入“{name}”");
        let entry = self.desk.record(Happened { act: "import.apply", subject: "source", number: Some(source), says })?;
        self.desk.brought_by(None);
        self.applied.source = Some(source);
        self.applied.entry = Some(entry);
        Ok(entry)
    }

    fn end(self) -> Result<Applied> {
        let Some(entry) = self.applied.entry else { return Ok(self.applied) };
        self.desk.tx().continue_ids("persons")?;
        store::fail::point("import.journal")?;
        // The counts are known only now; nobody has seen the entry before this transaction commits.
        let says = format!("导入“{}”：{}", self.offered.name(), self.applied.summary.says());
        self.desk.execute("update journal set says = $1 where id = $2", &[says.into(), entry.into()])?;
        if self.touched.len() > ANALYZE_ABOVE {
            // Freshly filled tables have no statistics yet: the next preview would be planned as if they were empty.
            self.desk.tx().analyze()?;
        }
        if self.touched.len() > REBUILD_ABOVE {
            let (dictionary, today) = (self.desk.dictionary(), self.desk.today);
            standing::rebuild(self.desk.tx(), dictionary, today)?;
        } else {
            self.touched.iter().for_each(|p| self.desk.touch(Id::<Person>::new(*p)));
        }
        Ok(self.applied)
    }
}

fn new_unit(unit: &Unit) -> NewUnit {
    NewUnit {
        parent: unit.parent,
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        kind: unit.kind.clone(),
        level: unit.level.clone(),
        code: unit.code.clone(),
        team_size: unit.team_size,
        order_no: unit.order_no,
        from_day: Some(unit.from_day),
    }
}

fn kind_by_place(preview: &RecordPreview) -> &'static str {
    match &preview.place.sheet {
        Some(sheet) if sheet.starts_with("A01") => "national_workbook",
        _ => "roster",
    }
}

fn kind_by_name(offered: &Offered, otherwise: &str) -> &'static str {
    if matches!(offered, Offered::Path(path) if path.is_dir()) {
        return "folder";
    }
    let name = offered.name().to_lowercase();
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "lrmx" => "lrmx",
        "lrm" => "lrm",
        "csv" | "txt" => "csv",
        "zip" => "archive",
        _ if otherwise == "national_workbook" => "national_workbook",
        _ => "roster",
    }
}
