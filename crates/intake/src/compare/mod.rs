//! 比对一人: what the file says beside what is on record. What the file does not mention stays.

mod alike;
mod follow;
mod rows;

use crate::change::{Change, Table, Write, shown};
use crate::held::Held;
use crate::index::Index;
use crate::wanted::{Photo, Said, Wanted};
use crate::{Choices, change};
use exchange::{Fault, Place};
use registry::dated::{Noun, Stored};
use registry::rows::ResumeLine;
use std::collections::HashSet;
use store::Param;

pub(crate) struct Context<'c> {
    pub choices: &'c Choices,
    pub index: &'c Index,
}

/// What came of one record.
#[derive(Default)]
pub(crate) struct Compared {
    pub changes: Vec<Change>,
    pub absent: Vec<String>,
    pub brings: Vec<(String, u32)>,
    pub writes: Vec<Write>,
    pub faults: Vec<Fault>,
}

/// A line that is passed over: its id, and what it would have changed from and to.
pub(crate) type Echo = HashSet<(String, Option<String>, String)>;

/// What reading our own form back would change: the form says less, or says it in other words.
pub(crate) fn echo(context: &Context, number: u32, told: Wanted, held: &Held) -> Echo {
    let compared = person(context, number, told, Some(held), &Echo::new());
    compared.changes.into_iter().map(|c| (c.id, c.old, c.new)).collect()
}

pub(crate) fn person(context: &Context, number: u32, mut wanted: Wanted, held: Option<&Held>, echo: &Echo) -> Compared {
    follow::follow(context, &mut wanted, held);
    let mut one = One { context, number, echo, ids: HashSet::new(), compared: Compared { faults: std::mem::take(&mut wanted.faults), ..Compared::default() } };
    let details = Said::new(wanted.details, wanted.places.first().map_or(&Place::default(), |(_, p)| p));
    let on_record = held.map(|h| std::slice::from_ref(&h.details));
    one.rows(vec![details], on_record, &wanted.places);
    macro_rules! each {
        ($($field:ident),*) => { $(one.rows(wanted.$field, held.map(|h| h.$field.as_slice()), &[]);)* };
    }
    each!(memberships, ranks, tenures, educations, qualifications, appraisals, awards, sanctions, relatives, pools, texts);
    if let Some((lines, place)) = wanted.resume {
        one.resume(&lines, &place, held.map_or(&[][..], |h| h.resume.as_slice()), held.is_some());
    }
    if let Some(photo) = wanted.photo {
        one.photo(photo, held.and_then(|h| h.photo.as_ref()), held.is_some());
    }
    one.compared
}

struct One<'c> {
    context: &'c Context<'c>,
    number: u32,
    echo: &'c Echo,
    ids: HashSet<String>,
    compared: Compared,
}

const PHOTOS: Table = Table { name: "photos", columns: &["kind", "checksum", "bytes"], corrects: false };

impl One<'_> {
    /// Adds a line, and says whether it is to be written.
    fn line(&mut self, id: String, noun: &str, field: String, old: Option<String>, new: String, place: &Place) -> bool {
        // Two rows that bear one name get two ids.
        let mut unique = id.clone();
        let mut again = 1;
        while !self.ids.insert(unique.clone()) {
            again += 1;
            unique = format!("{id}#{again}");
        }
        let line = (unique, old, new);
        if self.echo.contains(&line) {
            return false;
        }
        let (unique, old, new) = line;
        let left_out = self.context.choices.leaves_out(&unique);
        self.compared.changes.push(Change { id: unique, noun: noun.into(), field, old, new, place: place.clone(), left_out });
        !left_out
    }

    fn brings(&mut self, noun: &str) {
        match self.compared.brings.iter_mut().find(|(n, _)| n == noun) {
            Some((_, count)) => *count += 1,
            None => self.compared.brings.push((noun.to_owned(), 1)),
        }
    }

    fn shown(&self, column: &str, param: &Param) -> Option<String> {
        match (column, param) {
            ("organisation" | "unit", Param::Int(id)) => self.context.index.short_name(*id).map(str::to_owned).or_else(|| shown(column, param)),
            ("post", Param::Int(id)) => self.context.index.post_title(*id).map(str::to_owned).or_else(|| shown(column, param)),
            _ => shown(column, param),
        }
    }

    /// The 简历 is one text to its readers: it is replaced as a whole.
    fn resume(&mut self, lines: &[ResumeLine], place: &Place, held: &[Stored<ResumeLine>], known: bool) {
        let table = rows::table::<ResumeLine>();
        if known {
            let old: Vec<Vec<Param>> = held.iter().map(|l| l.row.params()).collect();
            let new: Vec<Vec<Param>> = lines.iter().map(Noun::params).collect();
            if old == new {
                return;
            }
            let old = (!held.is_empty()).then(|| in_words(held.iter().map(|l| &l.row)));
            if !self.line(format!("{}:resume", self.number), "简历", "简历".into(), old, in_words(lines.iter()), place) {
                return;
            }
        }
        self.compared.writes.extend(held.iter().map(|l| Write::Withdraw { table, id: l.id }));
        for line in lines {
            if !known {
                self.brings("简历");
            }
            self.compared.writes.push(Write::Put { table, replaces: None, params: line.params() });
        }
    }

    fn photo(&mut self, photo: Photo, held: Option<&(i64, String)>, known: bool) {
        if held.is_some_and(|(_, checksum)| *checksum == photo.checksum) {
            return;
        }
        if known {
            let old = held.map(|_| "（原照片）".to_owned());
            if !self.line(format!("{}:photo", self.number), "照片", "照片".into(), old, "（新照片）".into(), &photo.place) {
                return;
            }
        } else {
            self.brings("照片");
        }
        let params = vec![photo.kind.into(), photo.checksum.into(), photo.bytes.as_slice().into()];
        if let Some((id, _)) = held {
            self.compared.writes.push(Write::Withdraw { table: PHOTOS, id: *id });
        }
        self.compared.writes.push(Write::Put { table: PHOTOS, replaces: None, params });
    }
}

fn in_words<'l>(lines: impl Iterator<Item = &'l ResumeLine>) -> String {
    let line = |l: &ResumeLine| {
        let from = l.from_day.map(|d| d.dotted_month() + "--").unwrap_or_default();
        let until = l.until_day.map(|d| d.dotted_month()).unwrap_or_default();
        let notes: String = l.notes.lines().map(|n| format!("（{n}）")).collect();
        format!("{from}{until} {}{notes}", l.text).trim().to_owned()
    };
    change::cut(&lines.map(line).collect::<Vec<_>>().join("\n"))
}
