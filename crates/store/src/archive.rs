//! 备份文件: one format for both databases. What it says of itself, then every table as a canonical dump, then a sum.
//!
//! ```text
//! ZHIREN BACKUP 1⏎
//! {"made":…,"schema":[…],"sealed":…}⏎      what it is; bound to every frame
//! length ‖ frame, length ‖ frame, …, 0      frames of the text below; sealed ones are ciphertext and tag
//! SHA-256 of all that came before
//! ```
//! The text: `{"table":{…}}`, its rows one a line, `{"end":"persons","rows":5,"sha256":…}`, at last `{"complete":…}`.
//! A file without its last line or its sum is not a backup. docs/backup-format.md tells it to a stranger.

use crate::dump::{self, Adding, Sum, Table};
use crate::migrate::hex;
use crate::row::Param;
use crate::tx::Tx;
use crate::{Error, Result, fail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};

const FORMAT: u32 = 1;
const MAGIC: &str = "ZHIREN BACKUP ";
const FRAME: usize = 256 * 1024;
/// A frame's length beyond this is damage, not data.
const FRAME_MOST: usize = FRAME + 1024;

/// Seals frames; who holds the key is no business of the store.
pub trait Seal {
    /// Names the key, so that a wrong one is found out at once.
    fn key_id(&self) -> String;
    /// `number` is the frame's place, `bound` what it belongs to.
    fn seal(&self, number: u64, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>>;
    fn open(&self, number: u64, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>>;
}

/// What a backup says of itself before anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Moment.
    pub made: String,
    /// Whose records: the office's name.
    pub office: String,
    /// Version of the program.
    pub program: String,
    /// Migrations in the database, each with its checksum.
    pub schema: Vec<(i64, String)>,
    /// Highest journal number.
    pub known: i64,
    /// The key that sealed it; empty: not sealed.
    pub sealed: Option<String>,
    /// Different in every backup, so that no two seal alike.
    pub nonce: String,
}

/// What was read through and found whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whole {
    pub head: Head,
    pub tables: BTreeMap<String, Sum>,
    pub bytes: u64,
}

/// Writes a backup of what `tx` sees. `progress` hears of each row.
pub fn write(tx: &mut Tx, head: Head, except: &[&str], seal: Option<&dyn Seal>, out: &mut dyn Write, progress: &mut dyn FnMut(u64)) -> Result<()> {
    fail::point("backup.begin")?;
    let mut frames = Frames::begin(out, &head, seal)?;
    let (mut rows, mut tables) = (0, 0);
    for table in dump::tables(tx, except)? {
        fail::point("backup.table")?;
        frames.line(&serde_json::json!({ "table": &table }).to_string())?;
        let mut adding = Adding::of(&table);
        table.each(tx, |row| {
            let line = dump::line(&row);
            adding.line(&line);
            rows += 1;
            progress(rows);
            frames.line(&line)
        })?;
        let sum = adding.sum();
        frames.line(&serde_json::json!({ "end": table.name, "rows": sum.rows, "sha256": sum.sha256 }).to_string())?;
        tables += 1;
    }
    fail::point("backup.finish")?;
    frames.line(&serde_json::json!({ "complete": { "tables": tables, "rows": rows } }).to_string())?;
    frames.finish()
}

struct Frames<'a> {
    out: &'a mut dyn Write,
    sum: Sha256,
    bound: Vec<u8>,
    seal: Option<&'a dyn Seal>,
    waiting: Vec<u8>,
    number: u64,
}

impl<'a> Frames<'a> {
    fn begin(out: &'a mut dyn Write, head: &Head, seal: Option<&'a dyn Seal>) -> Result<Frames<'a>> {
        let head = serde_json::to_string(head).map_err(|e| Error::Damaged(e.to_string()))?;
        let mut frames = Frames { out, sum: Sha256::new(), bound: Sha256::digest(head.as_bytes()).to_vec(), seal, waiting: Vec::new(), number: 0 };
        frames.put(format!("{MAGIC}{FORMAT}\n{head}\n").as_bytes())?;
        Ok(frames)
    }
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.sum.update(bytes);
        Ok(self.out.write_all(bytes)?)
    }
    fn line(&mut self, line: &str) -> Result<()> {
        self.waiting.extend_from_slice(line.as_bytes());
        self.waiting.push(b'\n');
        while self.waiting.len() >= FRAME {
            let rest = self.waiting.split_off(FRAME);
            let full = std::mem::replace(&mut self.waiting, rest);
            self.frame(&full)?;
        }
        Ok(())
    }
    fn frame(&mut self, plain: &[u8]) -> Result<()> {
        let sealed = self.seal.map(|s| s.seal(self.number, &self.bound, plain)).transpose()?;
        let bytes = sealed.as_deref().unwrap_or(plain);
        self.number += 1;
        let length = u32::try_from(bytes.len()).map_err(|e| Error::Damaged(e.to_string()))?;
        self.put(&length.to_be_bytes())?;
        self.put(bytes)
    }
    fn finish(mut self) -> Result<()> {
        let last = std::mem::take(&mut self.waiting);
        if !last.is_empty() {
            self.frame(&last)?;
        }
        self.put(&0u32.to_be_bytes())?;
        let sum = self.sum.clone().finalize();
        self.out.write_all(&sum)?;
        Ok(self.out.flush()?)
    }
}

/// Only what the file says of itself, unproved.
pub fn head(from: &mut dyn Read) -> Result<Head> {
    Ok(Lines::begin(from, None, false)?.head)
}

/// Reads the whole file and holds every sum against what was read. Nothing else is touched.
pub fn examine(from: &mut dyn Read, seal: Option<&dyn Seal>) -> Result<Whole> {
    let mut sums = BTreeMap::new();
    let lines = each(from, seal, &mut |table, adding| {
        sums.insert(table.name.clone(), adding);
        Ok(())
    }, &mut |_, _| Ok(()))?;
    Ok(Whole { head: lines.head, tables: sums, bytes: lines.bytes })
}

/// Hands over every row.
pub fn every(from: &mut dyn Read, seal: Option<&dyn Seal>, take: &mut dyn FnMut(&Table, &[Param]) -> Result<()>) -> Result<()> {
    each(from, seal, &mut |_, _| Ok(()), &mut |table, line| take(table, &dump::row(line)?))?;
    Ok(())
}

/// Hands over the rows of one table.
pub fn rows(from: &mut dyn Read, seal: Option<&dyn Seal>, name: &str, take: &mut dyn FnMut(&Table, &[Param])) -> Result<()> {
    each(from, seal, &mut |_, _| Ok(()), &mut |table, line| {
        if table.name == name {
            take(table, &dump::row(line)?);
        }
        Ok(())
    })?;
    Ok(())
}

/// What to do with a row on its way into the database: change it, or leave it out.
pub type Keep<'a> = dyn FnMut(&Table, &mut Vec<Param>) -> bool + 'a;

/// Puts the rows of a backup into tables that its migrations have made and that are empty.
/// Rows that point at a row left out are left out as well.
pub fn load(from: &mut dyn Read, seal: Option<&dyn Seal>, tx: &mut Tx, keep: &mut Keep, progress: &mut dyn FnMut(u64)) -> Result<()> {
    use std::cell::RefCell;
    const ROWS_AT_ONCE: usize = 500;
    let state = RefCell::new((tx, Vec::<Vec<Param>>::new()));
    let mut gone: BTreeMap<String, std::collections::HashSet<i64>> = BTreeMap::new();
    let mut done = 0;
    let put = |tx: &mut Tx, table: &Table, rows: &mut Vec<Vec<Param>>| -> Result<()> {
        let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
        tx.insert_all(&table.name, &columns, &mut rows.drain(..))?;
        Ok(())
    };
    each(
        from,
        seal,
        &mut |table, _| {
            let (tx, rows) = &mut *state.borrow_mut();
            put(tx, table, rows)?;
            if table.key == ["id"] { tx.continue_ids(&table.name) } else { Ok(()) }
        },
        &mut |table, line| {
            let mut row = dump::row(line)?;
            if row.len() != table.columns.len() {
                return Err(Error::Damaged(format!("表 {} 有一行列数不对", table.name)));
            }
            let orphan = table.parents.iter().any(|(column, parent)| {
                let number = table.at(column).map(|at| &row[at]);
                matches!((number, gone.get(parent)), (Some(Param::Int(n)), Some(gone)) if gone.contains(n))
            });
            if orphan || !keep(table, &mut row) {
                if let Some(Param::Int(id)) = table.at("id").map(|at| &row[at]) {
                    gone.entry(table.name.clone()).or_default().insert(*id);
                }
                return Ok(());
            }
            let (tx, rows) = &mut *state.borrow_mut();
            rows.push(row);
            done += 1;
            progress(done);
            if rows.len() >= ROWS_AT_ONCE { put(tx, table, rows) } else { Ok(()) }
        },
    )?;
    Ok(())
}

/// Walks a backup: every row, then its table's end with the sum that was checked.
fn each<'a>(
    from: &'a mut dyn Read,
    seal: Option<&'a dyn Seal>,
    ended: &mut dyn FnMut(&Table, Sum) -> Result<()>,
    take: &mut dyn FnMut(&Table, &str) -> Result<()>,
) -> Result<Lines<'a>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Mark {
        Begin { table: Table },
        End { end: String, rows: u64, sha256: String },
        Last { complete: Complete },
    }
    #[derive(Deserialize)]
    struct Complete {
        tables: u64,
        rows: u64,
    }
    let damaged = |says: &str| Error::Damaged(says.to_owned());
    let mut lines = Lines::begin(from, seal, true)?;
    let mut now: Option<(Table, Adding)> = None;
    let (mut tables, mut all, mut complete) = (0, 0, false);
    while let Some(line) = lines.next()? {
        if complete {
            return Err(damaged("结尾之后还有内容"));
        }
        if line.starts_with('[') {
            let (table, adding) = now.as_mut().ok_or_else(|| damaged("有一行不属于任何表"))?;
            adding.line(&line);
            all += 1;
            take(table, &line)?;
            continue;
        }
        match (serde_json::from_str(&line).map_err(|_| damaged("有一行读不懂"))?, now.take()) {
            (Mark::Begin { table }, None) => now = Some((table.clone(), Adding::of(&table))),
            (Mark::End { end, rows, sha256 }, Some((table, adding))) => {
                let sum = adding.sum();
                if end != table.name || sum != (Sum { rows, sha256 }) {
                    return Err(Error::Damaged(format!("表 {} 的内容与校验和不符", table.name)));
                }
                tables += 1;
                ended(&table, sum)?;
            }
            (Mark::Last { complete: told }, None) if told.tables == tables && told.rows == all => complete = true,
            _ => return Err(damaged("次序不对")),
        }
    }
    if complete { Ok(lines) } else { Err(damaged("没有写完")) }
}

/// The lines inside the frames; the sum is checked when the last one is through.
struct Lines<'a> {
    from: &'a mut dyn Read,
    sum: Sha256,
    head: Head,
    bound: Vec<u8>,
    seal: Option<&'a dyn Seal>,
    waiting: Vec<u8>,
    at: usize,
    number: u64,
    ended: bool,
    bytes: u64,
}

impl<'a> Lines<'a> {
    fn begin(from: &'a mut dyn Read, seal: Option<&'a dyn Seal>, opens: bool) -> Result<Lines<'a>> {
        let mut first = Vec::new();
        let magic = until_newline(from, &mut first, 64)?;
        let format = magic.strip_prefix(MAGIC).and_then(|n| n.parse::<u32>().ok());
        match format {
            None => return Err(Error::Damaged("这不是知人的备份".into())),
            Some(format) if format > FORMAT => return Err(Error::NewerBackup(format)),
            Some(FORMAT) => {}
            Some(_) => return Err(Error::Damaged("没有这种格式".into())),
        }
        let text = until_newline(from, &mut first, 1 << 20)?;
        let head: Head = serde_json::from_str(&text).map_err(|_| Error::Damaged("开头读不懂".into()))?;
        let seal = match (&head.sealed, seal) {
            (Some(id), Some(seal)) if *id == seal.key_id() => Some(seal),
            (Some(id), _) if opens => return Err(Error::WrongKey(id.clone())),
            _ => None,
        };
        let bound = Sha256::digest(text.as_bytes()).to_vec();
        let bytes = first.len() as u64;
        Ok(Lines { from, sum: Sha256::new().chain_update(&first), head, bound, seal, waiting: Vec::new(), at: 0, number: 0, ended: false, bytes })
    }

    fn next(&mut self) -> Result<Option<String>> {
        loop {
            if let Some(end) = self.waiting[self.at..].iter().position(|b| *b == b'\n') {
                let line = std::str::from_utf8(&self.waiting[self.at..self.at + end]);
                let line = line.map_err(|_| Error::Damaged("有一行不是文字".into()))?.to_owned();
                self.at += end + 1;
                return Ok(Some(line));
            }
            if self.ended {
                let rest = self.waiting.len() > self.at;
                return if rest { Err(Error::Damaged("最后一行没有写完".into())) } else { Ok(None) };
            }
            self.waiting.drain(..self.at);
            self.at = 0;
            self.frame()?;
        }
    }

    fn frame(&mut self) -> Result<()> {
        let mut length = [0; 4];
        self.take(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length == 0 {
            self.ended = true;
            let (sum, mut told) = (self.sum.clone().finalize(), [0; 32]);
            self.from.read_exact(&mut told).map_err(cut)?;
            let more = self.from.read(&mut [0; 1])?;
            return if sum.as_slice() != told || more != 0 { Err(Error::Damaged("与校验和不符".into())) } else { Ok(()) };
        }
        if length > FRAME_MOST {
            return Err(Error::Damaged("有一段长得不可能".into()));
        }
        let mut bytes = vec![0; length];
        self.take(&mut bytes)?;
        match self.seal {
            Some(seal) => self.waiting.extend(seal.open(self.number, &self.bound, &bytes)?),
            None => self.waiting.extend(bytes),
        }
        self.number += 1;
        Ok(())
    }

    fn take(&mut self, bytes: &mut [u8]) -> Result<()> {
        self.from.read_exact(bytes).map_err(cut)?;
        self.sum.update(&*bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }
}

fn cut(error: std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::UnexpectedEof { Error::Damaged("文件不完整".into()) } else { error.into() }
}

fn until_newline(from: &mut dyn Read, all: &mut Vec<u8>, most: usize) -> Result<String> {
    let (start, mut byte) = (all.len(), [0]);
    loop {
        from.read_exact(&mut byte).map_err(cut)?;
        all.push(byte[0]);
        if byte[0] == b'\n' {
            let line = all[start..all.len() - 1].to_vec();
            return String::from_utf8(line).map_err(|_| Error::Damaged("开头读不懂".into()));
        }
        if all.len() - start > most {
            return Err(Error::Damaged("这不是知人的备份".into()));
        }
    }
}

/// A value for [`Head::nonce`].
pub fn nonce(random: [u8; 16]) -> String {
    hex(&random)
}
