//! A copy of a SQLite file, as backups of the first versions were: still taken back.

use crate::{Error, Result};
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;

const PAGES_A_STEP: i32 = 4096;

pub fn copy(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let source = rusqlite::Connection::open_with_flags(from, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut target = rusqlite::Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut target)?;
        loop {
            let step = backup.step(PAGES_A_STEP)?;
            let p = backup.progress();
            progress((p.pagecount - p.remaining) as u64, p.pagecount as u64);
            match step {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked => std::thread::sleep(std::time::Duration::from_millis(50)),
                _ => {}
            }
        }
    }
    check(&target)
}

/// A copy of a database that nobody is using.
pub fn copy_file(from: &Path, to: &Path) -> Result<()> {
    copy(from, to, &mut |_, _| {})
}

/// Is this a sound database with our migrations in it?
pub fn examine(path: &Path) -> Result<()> {
    if !path.is_file() {
        return Err(Error::Damaged(format!("没有这个文件：{}", path.display())));
    }
    let connection = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check(&connection)?;
    let ours: i64 = connection.query_row("select count(*) from sqlite_master where name = 'migrations'", [], |row| row.get(0))?;
    if ours == 0 { Err(Error::Damaged("这不是知人的数据库".into())) } else { Ok(()) }
}

/// Refuses a file that SQLite itself finds damaged.
pub fn check(connection: &rusqlite::Connection) -> Result<()> {
    let verdict: String = connection.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}
