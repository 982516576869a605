//! Answers the dictionary of facts from the tables.
//!
//! A fact has one implementation: an SQL expression as of (day, known). Ledgers select and test it, `about` reads it
//! for verdicts, the standing table keeps its answer for today. Nothing computes a fact a second way.

pub mod about;
mod branch;
mod charge;
mod member;
mod official;
mod organisation;
mod post;
pub mod question;
pub mod standing;
mod template;
mod test;

pub use about::{FactRow, about};
pub use question::Question;

use institution::Subject;

/// How a fact is computed.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// An SQL expression; see `template` for the marks that it may hold.
    Sql(&'static str),
    /// Whole months from the day that another fact tells until the day asked.
    MonthsSince(&'static str),
    /// Whole years likewise: 周岁.
    YearsSince(&'static str),
    /// Whole months from the day asked until the day that another fact tells; 0 when it has passed.
    MonthsUntil(&'static str),
    /// Whole months covered by the tenures `t` for which this SQL condition holds, overlaps once, stretches added.
    Covered(&'static str),
}

/// One fact's implementation.
#[derive(Clone, Copy, Debug)]
pub struct Implementation {
    pub id: &'static str,
    pub answer: Answer,
    /// Kept in the standing table: cheap to ask of everybody today.
    pub kept: bool,
}

const fn kept(id: &'static str, sql: &'static str) -> Implementation {
    Implementation { id, answer: Answer::Sql(sql), kept: true }
}
const fn asked(id: &'static str, sql: &'static str) -> Implementation {
    Implementation { id, answer: Answer::Sql(sql), kept: false }
}
const fn counted(id: &'static str, answer: Answer) -> Implementation {
    Implementation { id, answer, kept: false }
}

/// All implementations for facts of `subject`. Ids that begin with `~` are inner steps which the dictionary does not name.
pub fn implementations(subject: Subject) -> &'static [Implementation] {
    match subject {
        Subject::Official => official::FACTS,
        Subject::Post => post::FACTS,
        Subject::Organisation => organisation::FACTS,
        Subject::Branch => branch::FACTS,
        Subject::Member => member::FACTS,
        Subject::Charge => charge::FACTS,
        // Said by the proposal or the procedure itself, not by the tables.
        Subject::Proposal | Subject::Procedure => &[],
    }
}

pub fn implementation(subject: Subject, id: &str) -> Option<&'static Implementation> {
    implementations(subject).iter().find(|i| i.id == id)
}

/// Is there an answer to this fact: one of ours, or what the dictionary itself says that it counts?
pub fn is_answered(fact: &institution::Fact) -> bool {
    fact.matters.is_some() || implementation(fact.subject, &fact.id).is_some()
}

/// Facts whose value is kept sealed: the database hands it over closed and cannot compare it.
pub const SEALED: [&str; 6] = ["id_number", "health", "awards.last", "sanction.kind", "family.spouse_emigrated", "family.children_emigrated"];

pub fn is_sealed(id: &str) -> bool {
    SEALED.contains(&id)
}
