//! 接口: tokens by which programs come in, and the answer that is given once.

mod once;
pub mod token;

pub use once::{Given, given, keep};
pub use token::{Bearer, NewToken, Scope, Token};
