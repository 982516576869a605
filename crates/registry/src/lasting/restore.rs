//! 恢复: a backup becomes the office. Refused before anything is touched when it is damaged, newer, or sealed otherwise.
//!
//! Beside the target a new database is made, filled, and held against the sums of the backup; only then it takes the
//! target's place, in one step. What was there before is kept under another name.

use super::backup::{beside, from_copy, sync_folder};
use super::cut::Cut;
use super::LEFT_OUT;
use crate::desk::Happened;
use crate::{Actor, Error, Office, Result};
use institution::Book;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::archive::{self, Seal, Whole};
use store::{Migration, Place, Store, Tx, fail};
use vault::Keys;
use vocabulary::Clock;

/// How far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// All that is in the backup.
    Whole,
    /// As the record was when the journal ended at this number.
    Sequence(i64),
    /// As it was at the end of this moment, `2026-11-22T14:05:09+08:00`.
    Moment(String),
}

pub struct Restore<'a> {
    pub from: &'a Path,
    pub to: &'a Place,
    /// Put what is there aside; else a target that holds records is refused.
    pub replace: bool,
    pub until: Until,
    pub seal: Option<&'a dyn Seal>,
    pub migrations: &'a [Migration],
    pub clock: Clock,
    /// What the backup's office was sealed and signed with.
    pub keys: Arc<Keys>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// Journal number up to which everything is there, without the entry that tells of the restore.
    pub known: i64,
    pub made: String,
    pub rows: u64,
    /// Where that is kept which was there before.
    pub kept: Option<String>,
}

pub fn restore(book: Book, asked: &Restore, progress: &mut dyn FnMut(u64)) -> Result<Restored> {
    let converted = is_copy(asked.from)?.then(|| std::env::temp_dir().join(format!("zhiren-restore-{}", std::process::id())));
    if let Some(path) = &converted {
        from_copy(asked.from, path)?;
    }
    let from = converted.clone().unwrap_or_else(|| asked.from.to_owned());
    let answer = checked(book, asked, &from, progress);
    if let Some(path) = converted {
        std::fs::remove_file(path).ok();
    }
    answer
}

fn checked(book: Book, asked: &Restore, from: &Path, progress: &mut dyn FnMut(u64)) -> Result<Restored> {
    fail::point("restore.verify")?;
    let whole = archive::examine(&mut open(from)?, asked.seal)?;
    let schema = schema_of(&whole, asked.migrations)?;
    let (known, moment) = match &asked.until {
        Until::Whole => (Some(whole.head.known), None),
        Until::Sequence(known) => (Some(*known), None),
        Until::Moment(moment) => (None, Some(moment.as_str())),
    };
    let cut = Cut::find(&mut open(from)?, asked.seal, known, moment)?;
    if cut.known > whole.head.known || cut.known < 1 {
        let says = format!("备份里的记录从第 1 号到第 {} 号，没有第 {} 号", whole.head.known, cut.known);
        return Err(Error::Wrong(says));
    }
    let mut filling = Filling { asked, from, whole: &whole, schema: &schema, cut: &cut, progress };
    let kept = match asked.to {
        Place::File(path) => filling.file(path, book)?,
        Place::Postgres(_) => filling.server(book)?,
    };
    fail::point("restore.done")?;
    let rows = whole.tables.values().map(|t| t.rows).sum();
    Ok(Restored { known: cut.known, made: whole.head.made.clone(), rows, kept })
}

struct Filling<'a> {
    asked: &'a Restore<'a>,
    from: &'a Path,
    whole: &'a Whole,
    schema: &'a [Migration],
    cut: &'a Cut,
    progress: &'a mut dyn FnMut(u64),
}

impl Filling<'_> {
    /// Makes the tables of the backup's day, fills them and counts again.
    fn fill(&mut self, tx: &mut Tx) -> Result<()> {
        store::migrate(tx, self.schema)?;
        fail::point("restore.migrate")?;
        if tx.dialect() == store::Dialect::Sqlite {
            tx.batch("pragma defer_foreign_keys = on")?;
        }
        let cut = self.cut;
        archive::load(&mut open(self.from)?, self.asked.seal, tx, &mut |table, row| cut.row(table, row), self.progress)?;
        fail::point("restore.load")?;
        if cut.known == self.whole.head.known {
            let found = store::digests(tx, LEFT_OUT)?;
            if let Some((name, _)) = self.whole.tables.iter().find(|(name, sum)| found.get(*name) != Some(sum)) {
                return Err(store::Error::Damaged(format!("写进新数据库后，表 {name} 与备份不符")).into());
            }
        }
        fail::point("restore.compare")?;
        Ok(())
    }

    /// Brings the schema up to date, computes what is computed, and tells the journal.
    fn finish(&self, office: &Office) -> Result<()> {
        let says = format!("从{}的备份恢复到日志第 {} 号", self.whole.head.made, self.cut.known);
        office.write(&Actor::program(), |desk| {
            desk.record(Happened { act: "backup.restore", subject: "backup", number: Some(self.cut.known), says })
        })?;
        fail::point("restore.note")?;
        Ok(())
    }

    fn file(&mut self, target: &Path, book: Book) -> Result<Option<String>> {
        if target.exists() && !self.asked.replace {
            return Err(already(&target.display().to_string()));
        }
        let waiting = beside(target, "restoring");
        remove(&waiting);
        let filled = self.filled(&waiting, book);
        let swapped = filled.and_then(|()| swap(&waiting, target));
        swapped.inspect_err(|_| remove(&waiting))
    }

    fn filled(&mut self, waiting: &Path, book: Book) -> Result<()> {
        let place = Place::File(waiting.to_owned());
        let store = Store::open(place.clone())?;
        store.write(|tx| self.fill(tx))?;
        drop(store);
        let office = Office::open_keyed(place, book, self.asked.clock, self.asked.migrations, self.asked.keys.clone())?;
        self.finish(&office)?;
        office.store.close_for_good()?;
        Ok(File::open(waiting).and_then(|f| f.sync_all()).map_err(store::Error::from)?)
    }

    /// All in one transaction, in a schema of its own that takes the name `public` at the end.
    fn server(&mut self, book: Book) -> Result<Option<String>> {
        let store = Store::open(self.asked.to.clone())?;
        let tables = "select count(*) from pg_tables where schemaname = 'public'";
        let holds = store.read(|tx| tx.one(tables, &[]))?.int(0) > 0;
        if holds && !self.asked.replace {
            return Err(already("这个 PostgreSQL 数据库"));
        }
        alone(&store)?;
        let kept = store.write(|tx| {
            tx.batch("create schema restoring; set local search_path to restoring")?;
            self.fill(tx)?;
            let kept = "select count(*) from pg_namespace where nspname like 'before\\_restore%'";
            let kept = format!("before_restore_{}", tx.one(kept, &[])?.int(0) + 1);
            fail::point("restore.keep")?;
            tx.batch(&if holds { format!("alter schema public rename to {kept}") } else { "drop schema public".into() })?;
            tx.batch("alter schema restoring rename to public")?;
            fail::point("restore.swap")?;
            Ok::<_, Error>(holds.then_some(kept))
        })?;
        drop(store);
        let office = Office::open_keyed(self.asked.to.clone(), book, self.asked.clock, self.asked.migrations, self.asked.keys.clone())?;
        self.finish(&office)?;
        Ok(kept)
    }
}

/// Refuses while others are connected; one that has just hung up is waited for.
fn alone(store: &Store) -> Result<()> {
    // Our own reader is one of them.
    let others = "select count(*) - 1 from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
    for _ in 0..20 {
        if store.write(|tx| tx.one(others, &[]))?.int(0) == 0 {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let others = store.write(|tx| tx.one(others, &[]))?.int(0);
    Err(store::Error::InUse(format!("还有 {others} 个连接")).into())
}

/// The migrations that made the backup's database, in our own words; refuses a backup that knows more than we do.
fn schema_of(whole: &Whole, ours: &[Migration]) -> Result<Vec<Migration>> {
    let sums = store::migrations_of(ours);
    for (number, checksum) in &whole.head.schema {
        match sums.iter().find(|(n, _)| n == number) {
            None => return Err(store::Error::Newer(*number).into()),
            Some((_, known)) if known != checksum => {
                return Err(store::Error::MigrationDiffers { number: *number, name: "备份".into() }.into());
            }
            Some(_) => {}
        }
    }
    Ok(ours.iter().filter(|m| whole.head.schema.iter().any(|(n, _)| *n == m.number)).copied().collect())
}

/// Puts `waiting` in the place of `target` in one step; at no moment is there no database under that name.
fn swap(waiting: &Path, target: &Path) -> Result<Option<String>> {
    let mut kept = None;
    if target.exists() {
        let aside = (1..).map(|n| beside(target, &format!("before-restore-{n}"))).find(|p| !p.exists()).expect("numbers do not end");
        match Store::open(Place::File(target.to_owned())).and_then(Store::close_for_good) {
            Ok(()) => {}
            Err(e @ store::Error::InUse(_)) => return Err(e.into()),
            // It does not even open: that may be why it is restored. Its parts go aside as they are.
            Err(_) => {
                for ending in ["-wal", "-shm"] {
                    std::fs::rename(with(target, ending), with(&aside, ending)).ok();
                }
            }
        }
        std::fs::hard_link(target, &aside).or_else(|_| std::fs::copy(target, &aside).map(|_| ())).map_err(store::Error::from)?;
        kept = Some(aside.display().to_string());
    }
    fail::point("restore.keep")?;
    // What an earlier database left behind must not be read as part of this one.
    for ending in ["-wal", "-shm"] {
        std::fs::remove_file(with(target, ending)).ok();
    }
    std::fs::rename(waiting, target).map_err(store::Error::from)?;
    fail::point("restore.swap")?;
    sync_folder(target)?;
    Ok(kept)
}

fn with(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(with(path, ending)).ok();
    }
}

fn already(what: &str) -> Error {
    Error::Wrong(format!("{what} 里已有数据；确要恢复请加 --replace，现有数据会改名保留"))
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).map_err(|_| Error::NotFound(format!("备份文件 {}", path.display())))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}

/// Was it made by a version whose backups were copies of the SQLite file?
fn is_copy(path: &Path) -> Result<bool> {
    let mut first = [0; 16];
    Ok(open(path)?.read_exact(&mut first).is_ok() && &first == b"SQLite format 3\0")
}
