//! 证明: that one entry is in the tree of a signed checkpoint; a program of others can check it.

use super::checkpoint::{self, Head};
use super::tree::{Stored, hash};
use crate::{Error, Result};
use store::Tx;
use vault::{Keys, Leaf, hex, tree};

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// The leaf's record in its canonical form.
    pub record: String,
    pub position: u64,
    /// Hex.
    pub leaf: String,
    /// Siblings from the leaf to the root, hex.
    pub path: Vec<String>,
    pub checkpoint: Head,
}

/// Against the first checkpoint that covers it. `None`: there is none yet.
pub fn prove(tx: &mut Tx, keys: &Keys, entry: i64) -> Result<Option<Proof>> {
    let row = tx
        .first("select at, actor, act, subject, source, commitment, position from journal where id = $1 and position is not null", &[entry.into()])?
        .ok_or_else(|| Error::NotFound(format!("日志条目 {entry}")))?;
    let Some(head) = checkpoint::covering(tx, row.int(6))? else { return Ok(None) };
    let position = u64::try_from(row.int(6)).unwrap_or(0);
    let leaf = Leaf {
        position,
        entry,
        at: row.text(0),
        actor: row.text(1),
        act: row.text(2),
        subject: row.text(3),
        source: row.opt_int(4),
        commitment: hash(row.bytes(5)),
    };
    let size = u64::try_from(head.size).unwrap_or(0);
    let path = tree::inclusion(&mut Stored::new(tx, keys.profile)?, position, size)?;
    let computed = leaf.hash(keys.profile);
    let root = vault::from_hex(&head.root).and_then(|r| r.try_into().ok()).unwrap_or([0; 32]);
    if !tree::verify_inclusion(keys.profile, &computed, position, size, &path, &root) {
        return Err(Error::Wrong(format!("条目 {entry} 不在检查点 {} 之内：日志被改过，请运行 zhiren journal verify", head.at)));
    }
    Ok(Some(Proof { record: leaf.canonical(), position, leaf: hex(&computed), path: path.iter().map(|h| hex(h)).collect(), checkpoint: head }))
}
