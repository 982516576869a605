//! 权利台: the person recorded asks, states and appeals; the office decides.

mod desk;
mod own;
mod statement;
mod view;

/// Under which a look at a request is noted.
pub const PART: &str = "更正申请";

pub use desk::{DeskPage, decide, list, paper as desk_paper, show as desk_show};
pub use own::{NewPage, appeal, attach, create, new, oneself, paper, show};
pub use statement::{StatementPage, create as state, drop as take_back, new as new_statement};
pub use view::CorrectionPage;
