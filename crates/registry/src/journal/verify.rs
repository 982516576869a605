//! 核对: computes the whole tree anew from what the tables say, and holds it against leaves, tiles, the tree's row, the
//! checkpoints in the database and those that left the house.

use super::tree::{TILE, hash};
use crate::Result;
use std::collections::{BTreeMap, BTreeSet};
use store::{Row, Tx};
use vault::tree::Frontier;
use vault::{Checkpoint, Hash, Keys, Leaf, Payload};

/// The journal act by which payloads were lawfully taken away; its details list the entries.
pub const PURGED: &str = "purge.confirm";
const MOST: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Number of the entry, where one is meant.
    pub entry: Option<i64>,
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verdict {
    /// Leaves looked at.
    pub size: u64,
    /// Hex.
    pub root: String,
    /// In the order of the journal; at most a hundred are told.
    pub faults: Vec<Fault>,
    /// Checkpoints that were held against it: of the database, and from outside.
    pub checkpoints: u64,
    pub outside: u64,
}

impl Verdict {
    pub fn whole(&self) -> bool {
        self.faults.is_empty()
    }
    pub fn says(&self) -> String {
        match self.faults.first() {
            None => format!("日志完整：{} 条，与 {} 个检查点相符（其中库外 {} 个）", self.size, self.checkpoints + self.outside, self.outside),
            Some(first) => format!("日志有 {} 处不对，第一处：{}", self.faults.len(), first.says),
        }
    }
}

struct Walk<'k> {
    keys: &'k Keys,
    frontier: Frontier,
    tiles: Vec<Hash>,
    faults: Vec<Fault>,
    /// Roots that a checkpoint says, by size: who says so.
    heads: BTreeMap<u64, Vec<(Hash, String)>>,
    /// Entries without salt and payload, and those that a purge names.
    emptied: BTreeSet<i64>,
    purged: BTreeSet<i64>,
    full: Option<(u64, Hash)>,
}

/// `outside`: notes that were kept elsewhere, with the name of each for the verdict.
pub fn verify(tx: &mut Tx, keys: &Keys, outside: &[(String, String)]) -> Result<Verdict> {
    let mut walk = Walk {
        keys,
        frontier: Frontier::new(keys.profile),
        tiles: vec![],
        faults: vec![],
        heads: BTreeMap::new(),
        emptied: BTreeSet::new(),
        purged: BTreeSet::new(),
        full: None,
    };
    let (mut inside_count, mut outside_count) = (0, 0);
    for (name, note) in outside {
        outside_count += u64::from(walk.head(note, &format!("库外检查点 {name}"), None));
    }
    for row in tx.rows("select id, note, size, root from checkpoints order by id", &[])? {
        let columns = Some((row.int(2), hash(row.bytes(3))));
        inside_count += u64::from(walk.head(row.text(1), &format!("检查点 {}", row.int(0)), columns));
    }
    walk.tiles = tx.rows("select root from journal_tiles order by number", &[])?.iter().map(|r| hash(r.bytes(0))).collect();
    walk.heads(0);
    tx.each(
        "select id, at, actor, act, subject, number, source, says, detail, position, salt, commitment, leaf \
         from journal where position is not null order by position",
        &[],
        |row| {
            walk.entry(&row);
            Ok::<(), store::Error>(())
        },
    )?;
    for row in tx.rows("select id, act, at from journal where position is null order by id limit 100", &[])? {
        walk.fault(Some(row.int(0)), format!("条目 {}（{}，{}）不在树里：是绕过程序插入的", row.int(0), row.text(1), row.text(2)));
    }
    walk.close(tx)?;
    let root = vault::hex(&walk.frontier.root());
    Ok(Verdict { size: walk.frontier.size(), root, faults: walk.faults, checkpoints: inside_count, outside: outside_count })
}

impl Walk<'_> {
    fn fault(&mut self, entry: Option<i64>, says: String) {
        if self.faults.len() < MOST {
            self.faults.push(Fault { entry, says });
        }
    }

    /// Takes a note in; a note that does not open is a fault of its own.
    fn head(&mut self, note: &str, name: &str, columns: Option<(i64, Hash)>) -> bool {
        match Checkpoint::open(note, self.keys.signer().verifier()) {
            Ok(head) => {
                if columns.is_some_and(|(size, root)| u64::try_from(size) != Ok(head.size) || root != head.root) {
                    self.fault(None, format!("{name}的条数或根与签名的不一样"));
                }
                self.heads.entry(head.size).or_default().push((head.root, format!("{name}（{}）", head.at)));
                true
            }
            Err(e) => {
                self.fault(None, format!("{name}：{e}"));
                false
            }
        }
    }

    /// Holds the root over the leaves so far against whoever signed one of this size.
    fn heads(&mut self, size: u64) {
        let Some(heads) = self.heads.remove(&size) else { return };
        let root = self.frontier.root();
        for (signed, name) in heads {
            if signed != root {
                self.fault(None, format!("前 {size} 条与{name}不符：日志被改写或回退过"));
            }
        }
    }

    fn entry(&mut self, row: &Row) {
        let (id, expected) = (row.int(0), self.frontier.size());
        let position = u64::try_from(row.int(9)).unwrap_or(u64::MAX);
        if position != expected {
            self.fault(Some(id), format!("条目 {id} 在第 {position} 位，应在第 {expected} 位：之前有条目被删或被挪动"));
        }
        let stored = hash(row.bytes(11));
        let payload = Payload { number: row.opt_int(5), says: row.text(7), detail: row.opt_text(8) };
        match row.bytes(10) {
            Some(salt) if payload.commitment(self.keys.profile, salt) != stored => {
                self.fault(Some(id), format!("条目 {id}（{}）的内容与当时封存的不一样", row.text(1)));
            }
            Some(_) => {}
            None => {
                self.emptied.insert(id);
            }
        }
        if row.text(3) == PURGED {
            let detail: serde_json::Value = row.opt_text(8).and_then(|d| serde_json::from_str(d).ok()).unwrap_or_default();
            self.purged.extend(detail["entries"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_i64));
        }
        let leaf = Leaf {
            position: expected,
            entry: id,
            at: row.text(1),
            actor: row.text(2),
            act: row.text(3),
            subject: row.text(4),
            source: row.opt_int(6),
            commitment: stored,
        };
        let computed = leaf.hash(self.keys.profile);
        if computed != hash(row.bytes(12)) {
            self.fault(Some(id), format!("条目 {id}（{}）与它的叶子不一样：被改过", row.text(1)));
        }
        let mut full = None;
        self.frontier.append(computed, |height, number, root| {
            if 1 << height == TILE {
                full = Some((number, root));
            }
        });
        self.full = full;
        if let Some((number, root)) = self.full
            && usize::try_from(number).ok().and_then(|n| self.tiles.get(n)) != Some(&root)
        {
            self.fault(None, format!("第 {} 至 {} 条与存下的瓦片不一样", number * TILE, (number + 1) * TILE - 1));
        }
        self.heads(self.frontier.size());
    }

    fn close(&mut self, tx: &mut Tx) -> Result<()> {
        let size = self.frontier.size();
        let tree = tx.first("select size, frontier from journal_tree where id = 1", &[])?;
        match tree {
            None => self.fault(None, "日志的树不见了".into()),
            Some(row) if u64::try_from(row.int(0)) != Ok(size) => {
                self.fault(None, format!("树记着 {} 条，日志只有 {size} 条：有条目被删", row.int(0)));
            }
            Some(row) if row.bytes(1) != Some(&self.frontier.to_bytes()[..]) => self.fault(None, "树的根与条目算出的不一样".into()),
            Some(_) => {}
        }
        if self.tiles.len() as u64 != size / TILE {
            self.fault(None, format!("存下的瓦片有 {} 块，应有 {} 块", self.tiles.len(), size / TILE));
        }
        for (signed, heads) in std::mem::take(&mut self.heads) {
            for (_, name) in heads {
                self.fault(None, format!("{name}签了 {signed} 条，日志只有 {size} 条：日志被截短或整库回退过"));
            }
        }
        let lost: Vec<i64> = self.emptied.difference(&self.purged).copied().collect();
        for id in lost {
            self.fault(Some(id), format!("条目 {id} 的内容没有了，但没有清除证明提到它"));
        }
        Ok(())
    }
}

/// Keeps the verdict, so that the page can tell when it was last looked at.
pub fn keep(tx: &mut Tx, at: &str, verdict: &Verdict) -> Result<()> {
    let (size, faults) = (i64::try_from(verdict.size).unwrap_or(i64::MAX), verdict.faults.len() as i64);
    tx.insert("verifications", &["at", "size", "faults", "says"], &[at.into(), size.into(), faults.into(), verdict.says().into()])?;
    Ok(())
}

/// The last one: when, how many leaves, how many faults, in words.
pub fn last(desk: &crate::Desk) -> Result<Option<(String, i64, i64, String)>> {
    let row = desk.first("select at, size, faults, says from verifications order by id desc limit 1", &[])?;
    Ok(row.map(|r| (r.text(0).into(), r.int(1), r.int(2), r.text(3).into())))
}
