//! 检查点: a signed head of the tree, four lines and a signature. Whoever holds an old one can tell a journal that was
//! cut, rewritten or rolled back.

use crate::key::{Signer, Verifier};
use crate::{Error, Hash, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log: `zhiren-` and the beginning of the key's hash.
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    /// Moment.
    pub at: String,
}

impl Checkpoint {
    /// What is signed: four lines, each with its end.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root), self.at)
    }

    /// The note: body, an empty line, the signature's line.
    pub fn signed(&self, signer: &Signer) -> String {
        let body = self.body();
        let mut signature = signer.verifier().key_id().to_vec();
        signature.extend(signer.sign(body.as_bytes()));
        format!("{body}\n— {} {}\n", self.origin, STANDARD.encode(signature))
    }

    /// Reads a note and checks its signature. Nothing else is accepted: no further line, no other spelling of a number.
    pub fn open(note: &str, verifier: &Verifier) -> Result<Checkpoint> {
        let (body, signature) = note.split_once("\n\n").ok_or(Error::Note("缺少空行"))?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root, at] = lines.as_slice() else { return Err(Error::Note("正文应为四行")) };
        let number: u64 = size.parse().map_err(|_| Error::Note("第二行不是数字"))?;
        if number.to_string() != *size {
            return Err(Error::Note("第二行不是数字"));
        }
        let root = STANDARD.decode(root).ok().and_then(|r| Hash::try_from(r).ok()).ok_or(Error::Note("第三行不是根"))?;
        let checkpoint = Checkpoint { origin: (*origin).into(), size: number, root, at: (*at).into() };
        let line = signature.strip_suffix('\n').ok_or(Error::Note("签名行没有结尾"))?;
        let rest = line.strip_prefix("— ").and_then(|l| l.strip_prefix(origin)).and_then(|l| l.strip_prefix(' '));
        let signature = rest.and_then(|r| STANDARD.decode(r).ok()).ok_or(Error::Note("签名行读不懂"))?;
        if signature.len() != 68 || signature[..4] != verifier.key_id() || *origin != verifier.origin() {
            return Err(Error::Signature);
        }
        if verifier.verify(checkpoint.body().as_bytes(), &signature[4..]) { Ok(checkpoint) } else { Err(Error::Signature) }
    }
}
