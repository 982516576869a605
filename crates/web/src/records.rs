//! 修改记录: one way for every part of a person, an organisation and a post: choose the row and the verb, type, see old
//! beside new, save, take back.

mod address;
mod attempt;
mod changes;
mod control;
mod drafts;
mod form;
mod list;
mod page;
mod photo;
mod sample;

pub use changes::{ChangesPage, show as change, undo};
pub use drafts::keep as draft;
pub use form::{begin, edit, found, save, save_found, save_new, save_single, single};
pub use list::{RecordsPage, show as list};
pub use page::FormPage;
pub use photo::{PhotoPage, change as new_photo, create as put_photo};

use crate::{Ctx, Stop};
use registry::part::Of;

/// The first part of an address.
pub fn place(of: Of) -> &'static str {
    match of {
        Of::Person => "officials",
        Of::Organisation => "organisations",
        Of::Post => "posts",
    }
}

/// Whose record the address is about.
fn of(c: &Ctx) -> Of {
    let first = c.asked.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    Of::ALL.into_iter().find(|of| place(*of) == first).unwrap_or(Of::Person)
}

fn allowed(c: &Ctx) -> Result<(), Stop> {
    if c.may_write() { Ok(()) } else { Err(Stop::Forbidden("这里只能查看，不能修改。".into())) }
}
