//! 我的账户: password, further factors, sessions, what was tried; and proving once more to be oneself.

mod factors;
mod others;
pub mod passkeys;
mod password;
pub mod proof;
mod recovery;
mod sessions;
mod show;

pub use factors::{FactorsPage, TotpPage, add_totp, remove as remove_factor, show as factors, totp};
pub use others::{end_session_of, end_sessions, reset_factors};
pub use password::{PasswordPage, edit as password, update as change_password};
pub use proof::{ContinuePage, ProofPage};
pub use recovery::{RecoveryPage, create as recovery};
pub use sessions::{end as end_session, end_others as end_other_sessions};
pub use show::{AccountPage, show};
