//! 检查点: signed heads, kept in the database and written to a folder outside of it. Only a head that has left the
//! machine shows that the journal was cut or rolled back.

use super::tree::{State, hash};
use crate::{Desk, Result};
use std::path::{Path, PathBuf};
use store::{Row, Tx};
use vault::{Checkpoint, Keys};
use vocabulary::Moment;

/// One that was made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Head {
    pub size: i64,
    /// Hex.
    pub root: String,
    pub at: String,
    /// 每日, 表决结束, 会议决定, 手动
    pub reason: String,
    /// The signed text.
    pub note: String,
}

/// Signs where the tree stands now.
pub fn make(tx: &mut Tx, keys: &Keys, moment: Moment, reason: &str) -> Result<Head> {
    let tree = State::read(tx, keys)?;
    let signer = keys.signer();
    let head = Checkpoint { origin: signer.verifier().origin().into(), size: tree.size(), root: tree.root(), at: moment.to_string() };
    let note = head.signed(signer);
    let size = i64::try_from(head.size).unwrap_or(i64::MAX);
    tx.insert(
        "checkpoints",
        &["size", "root", "at", "reason", "note"],
        &[size.into(), head.root[..].into(), head.at.as_str().into(), reason.into(), note.as_str().into()],
    )?;
    Ok(Head { size, root: vault::hex(&head.root), at: head.at, reason: reason.into(), note })
}

const SELECT: &str = "select size, root, at, reason, note from checkpoints";

pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Head>> {
    Ok(desk.rows(&format!("{SELECT} order by id desc limit $1"), &[most.into()])?.iter().map(read).collect())
}

/// The first that covers the leaf at `position`.
pub fn covering(tx: &mut Tx, position: i64) -> Result<Option<Head>> {
    Ok(tx.first(&format!("{SELECT} where size > $1 order by size, id limit 1"), &[position.into()])?.as_ref().map(read))
}

/// When the daily one was made last.
pub fn last_daily(tx: &mut Tx) -> Result<Option<String>> {
    Ok(tx.first("select at from checkpoints where reason = '每日' order by id desc limit 1", &[])?.map(|r| r.text(0).into()))
}

fn read(row: &Row) -> Head {
    Head { size: row.int(0), root: vault::hex(&hash(row.bytes(1))), at: row.text(2).into(), reason: row.text(3).into(), note: row.text(4).into() }
}

/// Writes the note into `folder`, and beside it once the key that checks it. Nothing there is overwritten.
pub fn leave(folder: &Path, keys: &Keys, head: &Head) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let key = folder.join("key.pub");
    if !key.exists() {
        std::fs::write(key, format!("{}\n", keys.signer().verifier().line()))?;
    }
    let moment: String = head.at.chars().filter(char::is_ascii_digit).take(14).collect();
    let path = folder.join(format!("{:012}-{moment}.checkpoint", head.size));
    if !path.exists() {
        let half = path.with_extension("half");
        std::fs::write(&half, &head.note)?;
        std::fs::File::open(&half)?.sync_all()?;
        std::fs::rename(half, &path)?;
    }
    Ok(path)
}

/// All notes of a folder, for the verification.
pub fn left_in(folder: &Path) -> std::io::Result<Vec<(PathBuf, String)>> {
    let mut out = Vec::new();
    if !folder.is_dir() {
        return Ok(out);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "checkpoint") {
            let note = std::fs::read_to_string(&path)?;
            out.push((path, note));
        }
    }
    out.sort();
    Ok(out)
}
