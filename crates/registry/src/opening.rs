//! 接口: tokens by which programs come in, the answer that is given once, and who is told of changes.

pub mod hook;
mod once;
pub mod token;

pub use once::{Given, given, keep};
pub use token::{Bearer, NewToken, Scope, Token};
