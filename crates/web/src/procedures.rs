//! 选任: what is under way, a new slate, one procedure with its track.

mod list;
mod new;
mod papers;
mod row;
mod sample;
mod show;
mod step;
mod values;

pub use list::{ProceduresPage, show as list};
pub use new::{NewPage, create, show as new};
pub use papers::{filed, made};
pub use show::{ProcedurePage, Told, show};
pub use values::completion;

pub use registry::consultation::PROCEDURE;

use crate::{Ctx, Stop};
use registry::Sees;

/// Who works on procedures: what is not decided yet is nobody else's business.
pub fn allowed(c: &Ctx) -> Result<(), Stop> {
    if !c.actor.may_write() || c.actor.sees != Sees::Everything {
        return Err(Stop::Forbidden("选任程序由组织部干部办理".into()));
    }
    Ok(())
}

/// As [`allowed`], and today is looked at.
pub fn may_change(c: &Ctx) -> Result<(), Stop> {
    allowed(c)?;
    if c.may_write() { Ok(()) } else { Err(Stop::Forbidden("您正在查看另一天的情况，请先回到今天".into())) }
}
