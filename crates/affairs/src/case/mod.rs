//! 诉求: a problem from report to sign-off. The engine names no system: classes, deadlines, levels, ratings and who may do
//! what come from `case.toml` of an institution; what the deeds amount to is worked out in `institution::case`.
//!
//! [`report`] takes one, [`act`] does the next thing, [`find`] and [`lines`] tell where they stand, [`figures`] counts.

mod act;
mod file;
mod figures;
mod keeper;
mod letter;
mod line;
mod matching;
mod mutual;
mod rated;
mod receipt;
mod record;
mod report;
mod reporter;
mod sight;
mod subject;
mod unit;

pub use act::{Doing, act, choices, rehome};
pub use file::{File, NewFile, attach, file, files};
pub use figures::{Figures, SaidFigures, UnitFigures, figures};
pub use keeper::keepers;
pub use letter::{Printable, letter, letters};
pub use line::{Below, Filter, Line, Named, PartLine, below, lines, one_line};
pub use matching::{Connected, Fitting, connected, fitting};
pub use mutual::{
    Counterpart, Rated, counterparts, half_year, may as may_rate, periods as rating_periods, rate as rate_unit, summary as rating_summary, words as rating_words,
};
pub use rated::{Said, rated_between, said_between, words_of as rating_words_of};
pub use receipt::{Followed, Step as FollowedStep, followed, heard};
pub use record::{Record, alike, find, with_receipt};
pub(crate) use report::is_known;
pub use report::{Brought, Receipt, Report, brought_by, holder_above, missing, report, resident, visit_of};
pub use reporter::{Reporter, may_look, looks, reveal};
pub use sight::{Sight, sight};
pub use subject::{NewSubject, Subject, name, subjects, words as named_words};
pub use unit::{Unit, find as unit, lacks_liaison, named as unit_named, once_named as unit_once_named, places, search as search_units};

use crate::{Error, Result};
use institution::case::System;
use registry::Desk;

/// The systems that are in force today, in the order of the book.
pub fn systems<'a>(desk: &Desk<'a, '_>) -> impl Iterator<Item = (&'a institution::Institution, &'a System)> + use<'a> {
    let today = desk.today;
    desk.book.institutions.iter().filter(move |i| i.in_force.holds_on(today)).filter_map(|i| Some((i, i.cases.as_ref()?)))
}

/// May anybody report anything here without an account?
pub fn any_open_door(book: &institution::Book) -> bool {
    book.institutions.iter().any(|i| i.cases.as_ref().is_some_and(|s| s.open_door))
}

pub fn system<'a>(desk: &Desk<'a, '_>, id: &str) -> Result<(&'a institution::Institution, &'a System)> {
    let found = desk.book.institution(id).and_then(|i| Some((i, i.cases.as_ref()?)));
    found.ok_or_else(|| Error::NotFound(format!("制度 {id}")))
}
