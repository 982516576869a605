//! 保险柜: pure cryptography, no table and no clock. The tree over the journal (RFC 6962), its canonical entries with
//! salted commitments, signed checkpoints, sealing of values, and the file that holds the keys.
//!
//! Two profiles: `intl` (SHA-256, Ed25519, AES-256-GCM) and `gm` (SM3, SM2, SM4-GCM).

pub mod checkpoint;
pub mod entry;
pub mod key;
pub mod profile;
pub mod seal;
pub mod stream;
pub mod tree;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use entry::{Leaf, Payload};
pub use key::Keys;
pub use profile::{Hash, Profile};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("密钥文件第 {line} 行读不懂：{why}")]
    KeyFile { line: usize, why: String },
    #[error("密文打不开：被改过，或不是用这把钥匙封的")]
    Broken,
    #[error("没有编号为 {0} 的钥匙：请把原来的密钥文件放回原处")]
    NoKey(u32),
    #[error("检查点读不懂：{0}")]
    Note(&'static str),
    #[error("检查点的签名不对：不是这把钥匙签的，或被改过")]
    Signature,
}

pub type Result<T> = std::result::Result<T, Error>;

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0'));
    }
    out
}

/// Bytes of lower- or upper-case hex; `None` when it is none.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.filter(|d| d.len().is_multiple_of(2))?;
    Some(digits.chunks(2).map(|d| d[0] << 4 | d[1]).collect())
}
