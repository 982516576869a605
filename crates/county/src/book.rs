//! Rows on their way to the database: gathered by table, written in chunks, numbered by us.

use crate::error::Result;
use std::sync::Arc;
use store::{Param, Tx};

/// A table that the county fills, in the order in which rows may be written (what is referred to comes first).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    Organisation,
    OrganisationDetail,
    Post,
    PostDetail,
    Person,
    PersonDetail,
    Photo,
    Tenure,
    ResumeLine,
    Rank,
    Membership,
    Education,
    Qualification,
    Appraisal,
    Award,
    Sanction,
    Training,
    Relative,
    Pool,
    FormText,
}

/// Table name and the columns between `id` and `entered`.
const SHEETS: [(&str, &[&str]); 20] = [
    ("organisations", &[]),
    (
        "organisation_details",
        &["organisation", "parent", "path", "name", "short_name", "kind", "level", "code", "team_size", "order_no", "from_day"],
    ),
    ("posts", &[]),
    (
        "post_details",
        &["post", "organisation", "name", "title", "role", "leading", "level", "seats", "special", "probation", "term_years", "order_no", "from_day"],
    ),
    ("persons", &[]),
    (
        "person_details",
        &[
            "person", "name", "pinyin", "initials", "strokes", "sex", "born", "id_number", "ethnicity", "native_place", "birth_place", "health",
            "joined_work", "party_text", "speciality", "official_kind", "official_state", "managed_by", "unit", "retirement_limit", "spouse_emigrated",
            "children_emigrated", "has_children",
        ],
    ),
    ("photos", &["person", "kind", "checksum", "bytes"]),
    (
        "tenures",
        &[
            "person", "post", "organisation", "title", "kind", "role", "leading", "level", "main", "order_no", "way", "paper", "end_paper", "end_reason",
            "probation_until", "from_day", "until_day",
        ],
    ),
    ("resume_lines", &["person", "order_no", "kind", "from_day", "until_day", "text", "notes"]),
    ("ranks", &["person", "ladder", "rank", "paper", "from_day", "until_day"]),
    ("memberships", &["person", "party", "from_day", "until_day"]),
    (
        "educations",
        &["person", "mode", "education", "degree", "school", "major", "major_group", "school_text", "started", "from_day", "highest"],
    ),
    ("qualifications", &["person", "name", "way", "from_day"]),
    ("appraisals", &["person", "year", "grade", "from_day"]),
    ("awards", &["person", "name", "kind", "organ", "from_day"]),
    ("sanctions", &["person", "name", "kind", "organ", "from_day", "until_day"]),
    ("trainings", &["person", "name", "organ", "kind", "hours", "days", "from_day", "until_day"]),
    ("relatives", &["person", "relation", "name", "born", "party", "work", "order_no"]),
    ("pools", &["person", "kind", "from_day", "until_day"]),
    ("form_texts", &["person", "field", "text"]),
];

/// Rows waiting before they are written: few enough to stay small, enough to keep one statement busy.
const CHUNK: usize = 8_000;

struct Sheet {
    table: &'static str,
    columns: Vec<&'static str>,
    next: i64,
    rows: Vec<Vec<Param>>,
}

/// 底册: everything planted carries one journal number.
pub struct Book {
    entered: i64,
    sheets: Vec<Sheet>,
    waiting: usize,
    written: u64,
}

/// `row![person, "汉族", None::<i64>]`: values in the order of the columns.
#[macro_export]
#[doc(hidden)]
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![store::Param::Null, $(store::Param::from($value)),*] };
}

impl Book {
    pub fn new(entered: i64) -> Book {
        let sheet = |(table, own): &(&'static str, &[&'static str])| {
            let mut columns = vec!["id"];
            columns.extend_from_slice(own);
            columns.push("entered");
            Sheet { table, columns, next: 1, rows: Vec::new() }
        };
        Book { entered, sheets: SHEETS.iter().map(sheet).collect(), waiting: 0, written: 0 }
    }

    /// Takes a row made by `row!` and answers its number. A number can be left unused with [`Book::skip`].
    pub fn add(&mut self, table: Table, mut row: Vec<Param>) -> i64 {
        let entered = self.entered;
        let sheet = &mut self.sheets[table as usize];
        let id = sheet.next;
        sheet.next += 1;
        row[0] = Param::Int(id);
        row.push(Param::Int(entered));
        debug_assert_eq!(row.len(), sheet.columns.len(), "{}", sheet.table);
        sheet.rows.push(row);
        self.waiting += 1;
        id
    }
    pub fn skip(&mut self, table: Table) {
        self.sheets[table as usize].next += 1;
    }
    pub fn is_full(&self) -> bool {
        self.waiting >= CHUNK
    }
    pub fn written(&self) -> u64 {
        self.written
    }

    pub fn flush(&mut self, tx: &mut Tx) -> Result<()> {
        for sheet in self.sheets.iter_mut().filter(|s| !s.rows.is_empty()) {
            self.written += tx.insert_all(sheet.table, &sheet.columns, &mut sheet.rows.drain(..))?;
        }
        self.waiting = 0;
        Ok(())
    }

    /// Lets the database number on behind what was written.
    pub fn close(&mut self, tx: &mut Tx) -> Result<()> {
        self.flush(tx)?;
        for sheet in &self.sheets {
            tx.continue_ids(sheet.table)?;
        }
        Ok(())
    }
}

/// Bytes that many rows share.
pub fn bytes(shared: &Arc<[u8]>) -> Param {
    Param::Bytes(shared.clone())
}

/// Name and own columns of a table.
pub fn sheet(table: Table) -> (&'static str, &'static [&'static str]) {
    SHEETS[table as usize]
}
