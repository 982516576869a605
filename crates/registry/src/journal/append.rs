//! The one place where an entry is written, together with its leaf.

use super::tree::{State, hash};
use crate::{Error, Result};
use store::{Param, Row, Tx};
use vault::{Keys, Leaf, Payload, entry};

/// What is about to be written.
pub(crate) struct Written<'a> {
    pub act: &'a str,
    pub subject: &'a str,
    pub number: Option<i64>,
    pub says: String,
    /// What was named besides; part of what is committed to.
    pub detail: Option<serde_json::Value>,
    /// Does it change a record? A look does not: what answers were remembered stay good.
    pub changes: bool,
}

/// Writes entry and leaf and lets the tree grow by it: three statements.
pub(crate) fn append(tx: &mut Tx, keys: &Keys, at: &str, actor: &str, source: Option<i64>, written: Written) -> Result<i64> {
    let mut tree = State::read(tx, keys)?;
    let detail = written.detail.map(|d| d.to_string());
    let salt = entry::salt();
    let payload = Payload { number: written.number, says: &written.says, detail: detail.as_deref() };
    let commitment = payload.commitment(keys.profile, &salt);
    let position = i64::try_from(tree.size()).unwrap_or(i64::MAX);
    let values = [
        at.into(),
        actor.into(),
        written.act.into(),
        written.subject.into(),
        written.number.into(),
        source.into(),
        written.says.as_str().into(),
        detail.as_deref().into(),
        position.into(),
        salt[..].into(),
        commitment[..].into(),
    ];
    let columns = ["at", "actor", "act", "subject", "number", "source", "says", "detail", "position", "salt", "commitment"];
    store::fail::point("journal.before")?;
    let number = tx.insert("journal", &columns, &values)?;
    store::fail::point("journal.after")?;
    let leaf = Leaf { position: tree.size(), entry: number, at, actor, act: written.act, subject: written.subject, source, commitment };
    let hash = leaf.hash(keys.profile);
    // The leaf names the entry's number, which only the insert could tell.
    tx.execute("update journal set leaf = $1 where id = $2", &[hash[..].into(), number.into()])?;
    tree.append(tx, hash)?;
    if written.changes {
        tree.written = number;
    }
    tree.write(tx)?;
    Ok(number)
}

/// Makes the tree where there is none, and gives leaves to what was written before there was one.
pub(crate) fn prepare(tx: &mut Tx, keys: &Keys) -> Result<()> {
    match tx.first("select origin, profile from journal_tree where id = 1", &[])? {
        Some(row) if row.text(0) == keys.signer().verifier().origin() && row.text(1) == keys.profile.id() => return Ok(()),
        Some(row) => {
            return Err(Error::Wrong(format!(
                "密钥文件不是这个数据库的：数据库记的是 {}（{}），密钥文件是 {}（{}）；请把原来的密钥文件放回原处",
                row.text(0),
                row.text(1),
                keys.signer().verifier().origin(),
                keys.profile.id(),
            )));
        }
        None => {}
    }
    tx.execute(
        "insert into journal_tree (id, origin, profile, size, written, frontier) values (1, $1, $2, 0, 0, $3)",
        &[keys.signer().verifier().origin().into(), keys.profile.id().into(), Param::Bytes([].into())],
    )?;
    let leaves = tx.one("select count(position) from journal", &[])?.int(0);
    if leaves > 0 { regrow(tx, keys) } else { adopt(tx, keys).map(|_| ()) }
}

/// The tree's own rows anew, from the leaves that are there: after a restore to an earlier entry.
fn regrow(tx: &mut Tx, keys: &Keys) -> Result<()> {
    tx.execute("delete from journal_tiles", &[])?;
    let mut tree = State::read(tx, keys)?;
    for row in tx.rows("select position, leaf, id, act from journal where position is not null order by position", &[])? {
        if u64::try_from(row.int(0)) != Ok(tree.size()) {
            return Err(Error::Wrong(format!("日志第 {} 位没有条目，不能在它之后继续", tree.size())));
        }
        tree.append(tx, hash(row.bytes(1)))?;
        if row.text(3) != CONSULT {
            tree.written = row.int(2);
        }
    }
    tree.write(tx)
}

/// A look is an entry as well, but changes no record.
pub(crate) const CONSULT: &str = "record.consult";

/// Gives leaves to the entries of a journal that has none yet: of a database from before the tree, or freshly planted.
/// Refuses when the tree has begun: an entry that comes in beside [`append`] shall show.
pub fn adopt(tx: &mut Tx, keys: &Keys) -> Result<u64> {
    let mut tree = State::read(tx, keys)?;
    if tree.size() > 0 {
        return Err(Error::Wrong("日志已有证明，不能再补录".into()));
    }
    let rows = tx.rows("select id, at, actor, act, subject, number, source, says, detail from journal order by id", &[])?;
    for row in &rows {
        let salt = entry::salt();
        let (commitment, hash) = leaf_of(row, keys, tree.size(), &salt);
        let position = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        tx.execute(
            "update journal set position = $1, salt = $2, commitment = $3, leaf = $4 where id = $5",
            &[position.into(), salt[..].into(), commitment[..].into(), hash[..].into(), row.int(0).into()],
        )?;
        tree.append(tx, hash)?;
        tree.written = row.int(0);
    }
    tree.write(tx)?;
    Ok(tree.size())
}

fn leaf_of(row: &Row, keys: &Keys, position: u64, salt: &[u8]) -> (vault::Hash, vault::Hash) {
    let payload = Payload { number: row.opt_int(5), says: row.text(7), detail: row.opt_text(8) };
    let commitment = payload.commitment(keys.profile, salt);
    let leaf = Leaf {
        position,
        entry: row.int(0),
        at: row.text(1),
        actor: row.text(2),
        act: row.text(3),
        subject: row.text(4),
        source: row.opt_int(6),
        commitment,
    };
    (commitment, leaf.hash(keys.profile))
}
