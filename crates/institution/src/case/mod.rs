//! 诉求: a problem from report to sign-off, as an institution's `case.toml` tells it. Pure: files and deeds in, a verdict out.
//!
//! [`System`] is what the file says, [`Deed`] is one thing that happened, [`Life`] is what all deeds together amount to,
//! [`judge`] says whether the next deed may be done. Arithmetic of time is in [`timing`] and nowhere else.

pub mod deed;
pub mod example;
pub mod judge;
pub mod letter;
pub mod life;
pub mod matching;
pub mod system;
pub mod term;
pub mod timing;

pub use deed::{Act, Deed};
pub use example::Story;
pub use judge::judge;
pub use letter::Letter;
pub use life::{Life, Part, Stage};
pub use matching::{Fit, Match, Side, Topic};
pub use system::{Class, Level, System};
pub use term::Term;
pub use timing::{Change, Due, due};
