//! 程序: steps in the order of the law, none skipped, added or swapped.
//!
//! [`open`] begins one, [`state`] tells where it stands and what is missing, [`note`] keeps what is already known of the
//! present step, [`complete`] finishes it, [`answer`] puts reasons, approvals and missing facts on file, [`withdraw`] ends
//! a line or the whole. Nothing is deleted and nothing runs backwards.

mod answer;
mod boxed;
mod effect;
mod entry;
mod gate;
mod line;
mod meeting;
mod notice;
mod opening;
mod paper;
mod proposal;
mod recorded;
mod running;
mod slate;
mod state;
mod step;
mod vote;
mod waiting;

pub use boxed::{Boxed, Boxing, boxing};
pub use answer::{Answer, AnswerKind, answer};
pub use effect::{Effected, effects};
pub use gate::{Missing, MissingKind};
pub use line::facts_of;
pub use notice::NoticePeriod;
pub use paper::{FiledPaper, NewPaper, file, paper, papers};
pub use proposal::{Proposal, ProposedItem};
pub use opening::{concerning, open, stands_in};
pub use running::{Brief, Ending, list, withdraw};
pub use slate::{GivenAnswer, ItemState, PostToLeave, suggest_leaves};
pub use state::{Done, FieldState, PaperState, State, Status, StepState, runs_under, state};
pub(crate) use step::DECIDED;
pub use step::{Completion, Ended, ItemFields, complete, note};
pub use vote::{Member, Recusal, Vote, deciding_body};
pub use waiting::{Waiting, WaitingKind, waiting};
