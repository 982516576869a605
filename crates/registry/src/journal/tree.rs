//! Where the tree stands, and its ranges for proofs.

use crate::{Error, Result};
use std::collections::HashMap;
use store::Tx;
use vault::tree::{Frontier, Ranges, node_hash};
use vault::{Hash, Keys, Profile};

/// A tile covers so many leaves: 2^8.
const TILE_HEIGHT: u32 = 8;
pub const TILE: u64 = 1 << TILE_HEIGHT;

/// The row of `journal_tree`.
pub struct State {
    frontier: Frontier,
    /// Last entry that changed a record.
    pub written: i64,
}

impl State {
    pub fn read(tx: &mut Tx, keys: &Keys) -> Result<State> {
        let row = tx
            .first("select size, frontier, written from journal_tree where id = 1", &[])?
            .ok_or_else(|| Error::Wrong("日志的树不见了：请从备份恢复，不要继续使用".into()))?;
        let size = u64::try_from(row.int(0)).unwrap_or(0);
        let frontier = Frontier::from_bytes(keys.profile, size, row.bytes(1).unwrap_or_default())
            .ok_or_else(|| Error::Wrong("日志的树与条数对不上：请运行 zhiren journal verify".into()))?;
        Ok(State { frontier, written: row.int(2) })
    }
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }
    /// One more leaf; a tile that became full is kept.
    pub fn append(&mut self, tx: &mut Tx, leaf: Hash) -> Result<()> {
        let mut full = None;
        self.frontier.append(leaf, |height, number, root| {
            if height == TILE_HEIGHT {
                full = Some((number, root));
            }
        });
        if let Some((number, root)) = full {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            tx.execute("insert into journal_tiles (number, root) values ($1, $2)", &[number.into(), root[..].into()])?;
        }
        Ok(())
    }
    pub fn write(&self, tx: &mut Tx) -> Result<()> {
        let size = i64::try_from(self.size()).unwrap_or(i64::MAX);
        tx.execute(
            "update journal_tree set size = $1, frontier = $2, written = $3 where id = 1",
            &[size.into(), self.frontier.to_bytes()[..].into(), self.written.into()],
        )?;
        Ok(())
    }
}

/// Ranges out of tiles and leaves as they are stored: a proof over a million entries reads a few hundred rows.
pub struct Stored<'a, 't> {
    tx: &'a mut Tx<'t>,
    profile: Profile,
    tiles: Vec<Hash>,
    leaves: HashMap<u64, Vec<Hash>>,
}

impl<'a, 't> Stored<'a, 't> {
    pub fn new(tx: &'a mut Tx<'t>, profile: Profile) -> Result<Stored<'a, 't>> {
        let rows = tx.rows("select root from journal_tiles order by number", &[])?;
        let tiles = rows.iter().map(|r| hash(r.bytes(0))).collect();
        Ok(Stored { tx, profile, tiles, leaves: HashMap::new() })
    }

    /// The leaves of one tile.
    fn leaf(&mut self, at: u64) -> Result<Hash> {
        let tile = at / TILE;
        if !self.leaves.contains_key(&tile) {
            let from = i64::try_from(tile * TILE).unwrap_or(i64::MAX);
            let rows = self.tx.rows(
                "select leaf from journal where position >= $1 and position < $2 order by position",
                &[from.into(), (from + TILE as i64).into()],
            )?;
            self.leaves.insert(tile, rows.iter().map(|r| hash(r.bytes(0))).collect());
        }
        let found = self.leaves[&tile].get((at % TILE) as usize);
        found.copied().ok_or_else(|| Error::Wrong(format!("日志缺第 {at} 个叶子：请运行 zhiren journal verify")))
    }
}

impl Ranges for Stored<'_, '_> {
    type Error = Error;
    fn range(&mut self, from: u64, to: u64) -> Result<Hash> {
        if to - from == 1 {
            return self.leaf(from);
        }
        if to - from == TILE
            && from % TILE == 0
            && let Some(root) = usize::try_from(from / TILE).ok().and_then(|t| self.tiles.get(t))
        {
            return Ok(*root);
        }
        let middle = from + (1 << (63 - (to - from - 1).leading_zeros()));
        let (left, right) = (self.range(from, middle)?, self.range(middle, to)?);
        Ok(node_hash(self.profile, &left, &right))
    }
}

/// 32 bytes of a column; zeros where there are none, which no hash equals.
pub fn hash(bytes: Option<&[u8]>) -> Hash {
    bytes.and_then(|b| b.try_into().ok()).unwrap_or([0; 32])
}
