//! 备份: the whole office in one file, while others work.

use super::{LEFT_OUT, random};
use crate::{Error, Office, Result};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::archive::{self, Head, Seal, Whole};
use store::fail;

/// Writes a backup to `path`, which must not exist, and reads it through before it gets that name.
pub fn backup(office: &Office, name: &str, path: &Path, seal: Option<&dyn Seal>, progress: &mut dyn FnMut(u64)) -> Result<Whole> {
    if path.exists() {
        return Err(Error::Wrong(format!("{} 已存在，没有覆盖", path.display())));
    }
    let part = beside(path, "part");
    let whole = write(office, name, &part, seal, progress).and_then(|()| {
        fail::point("backup.verify")?;
        Ok(archive::examine(&mut BufReader::new(File::open(&part).map_err(store::Error::from)?), seal)?)
    });
    let whole = whole.inspect_err(|_| {
        // Half a backup helps nobody; it was never under the name that was asked for.
        std::fs::remove_file(&part).ok();
    })?;
    fail::point("backup.rename")?;
    std::fs::rename(&part, path).map_err(store::Error::from)?;
    sync_folder(path)?;
    Ok(whole)
}

fn write(office: &Office, name: &str, part: &Path, seal: Option<&dyn Seal>, progress: &mut dyn FnMut(u64)) -> Result<()> {
    let file = File::create(part).map_err(store::Error::from)?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    office.store.read(|tx| {
        let schema = tx.rows("select number, checksum from migrations order by number", &[])?;
        let head = Head {
            made: office.clock.now().to_string(),
            office: name.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: schema.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect(),
            known: tx.one("select coalesce(max(id), 0) from journal", &[])?.int(0),
            sealed: seal.map(|s| s.key_id()),
            nonce: archive::nonce(random()),
        };
        archive::write(tx, head, LEFT_OUT, seal, &mut out, progress)
    })?;
    fail::point("backup.sync")?;
    let file = out.into_inner().map_err(|e| store::Error::from(e.into_error()))?;
    Ok(file.sync_all().map_err(store::Error::from)?)
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}.{ending}", path.display()))
}

/// A new name is only on the disk when its folder is.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder).and_then(|f| f.sync_all()).map_err(store::Error::from)?)
}

/// 代: of the backups in `folder`, the newest `keep` stay. Only files that begin as a backup of ours are ever removed.
pub fn keep_newest(folder: &Path, keep: usize) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(store::Error::from)?;
    let mut ours: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let head = archive::head(&mut BufReader::new(File::open(&path).ok()?)).ok()?;
            Some((head.made, path))
        })
        .collect();
    ours.sort();
    let gone: Vec<PathBuf> = ours.iter().rev().skip(keep.max(1)).map(|(_, path)| path.clone()).collect();
    for path in &gone {
        std::fs::remove_file(path).map_err(store::Error::from)?;
    }
    Ok(gone)
}

/// A backup of the first versions was a copy of the SQLite file: turns it into one of today's, at `path`.
pub(super) fn from_copy(copy: &Path, path: &Path) -> Result<()> {
    store::Store::open_backup(copy)?;
    let working = beside(path, "copy");
    std::fs::remove_file(&working).ok();
    store::copy(copy, &working)?;
    let opened = store::Store::open(store::Place::File(working.clone()))?;
    let written = (|| {
        let file = File::create(path).map_err(store::Error::from)?;
        let mut out = BufWriter::new(file);
        opened.read(|tx| {
            let schema = tx.rows("select number, checksum from migrations order by number", &[])?;
            let newest = tx.one("select coalesce(max(id), 0), coalesce(max(at), '') from journal", &[])?;
            let head = Head {
                made: newest.text(1).to_owned(),
                office: String::new(),
                program: String::new(),
                schema: schema.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect(),
                known: newest.int(0),
                sealed: None,
                nonce: archive::nonce(random()),
            };
            archive::write(tx, head, LEFT_OUT, None, &mut out, &mut |_| {})
        })?;
        Ok(out.flush().map_err(store::Error::from)?)
    })();
    drop(opened);
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{}{ending}", working.display())).ok();
    }
    written
}
