//! 上传中: files of one upload, sealed as they come; none of them is held in memory, none lies in the clear.

use super::{Staged, Staging, private_folder};
use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use vault::stream::Sealing;
use vocabulary::Moment;

/// Uploads of one second are told apart by it.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// An upload of one file or of many. Dropped before [`Arriving::stay`], it leaves nothing behind.
pub struct Arriving {
    staging: Staging,
    staged: Staged,
    place: PathBuf,
    names: Vec<PathBuf>,
    stays: bool,
}

/// One file that is coming. [`ArrivingFile::done`] ends it; without that the upload cannot be read.
pub struct ArrivingFile<'a>(Sealing<'a, File>);

impl Write for ArrivingFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl ArrivingFile<'_> {
    pub fn done(self) -> io::Result<()> {
        self.0.finish().map(|_| ())
    }
}

impl Staging {
    pub fn arriving(&self, account: i64, now: Moment) -> Result<Arriving> {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let hash = Sha256::digest(format!("{account} {} {count} {}", now.0, std::process::id()));
        let id: String = crate::offered::hex(&hash).chars().take(32).collect();
        let place = self.place(&id)?;
        self.unreadable(&place, private_folder(&place))?;
        let staged = Staged { id, name: String::new(), account, since: now.0, files: vec![] };
        Ok(Arriving { staging: self.clone(), staged, place, names: vec![], stays: false })
    }

    /// Uploads of this account that wait, the newest first.
    pub fn waiting(&self, account: i64) -> Vec<Staged> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return vec![] };
        let ids = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
        let mut waiting: Vec<Staged> = ids.filter_map(|id| self.find(account, &id).ok()).collect();
        waiting.sort_by_key(|s| std::cmp::Reverse(s.since));
        waiting
    }
}

impl Arriving {
    /// Where the next file is to be written. `name` may have folders in it, as browsers send them with a whole folder.
    pub fn file(&mut self, name: &str) -> Result<ArrivingFile<'_>> {
        let mut parts: Vec<&str> = name.split(['/', '\\']).filter(|p| !matches!(*p, "" | "." | "..") && !p.contains(':')).collect();
        if parts.is_empty() {
            parts.push("上传文件");
        }
        let mut path: PathBuf = parts.iter().collect();
        if self.names.contains(&path) {
            // Two of one name: both stay.
            let own = format!("{}-{}", self.names.len() + 1, parts.pop().unwrap_or_default());
            path.set_file_name(own);
        }
        let sealed = self.place.join(self.names.len().to_string());
        let opened = File::create(sealed).map_err(|cause| Error::Unreadable { name: name.to_owned(), cause })?;
        self.names.push(path);
        Ok(ArrivingFile(Sealing::new(self.staging.keys.sealer(), opened)))
    }

    /// All has come: from now on the upload waits as any other. None when nothing came.
    pub fn stay(mut self) -> Result<Option<Staged>> {
        let Some(first) = self.names.first() else { return Ok(None) };
        let leaf = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.staged.name = match self.names.len() {
            1 => leaf(first),
            many => self.folder_name().unwrap_or_else(|| format!("{}等{many}个文件", leaf(first))),
        };
        self.staged.files = match self.names.len() {
            1 => vec![self.staged.name.clone().into()],
            _ => std::mem::take(&mut self.names),
        };
        self.staging.write(&self.staged.id, "staged", &self.staged)?;
        self.stays = true;
        Ok(Some(self.staged.clone()))
    }

    /// The folder that all of them lie in.
    fn folder_name(&self) -> Option<String> {
        let top = |path: &PathBuf| path.components().next().filter(|_| path.components().count() > 1).map(|c| c.as_os_str().to_owned());
        let first = top(self.names.first()?)?;
        self.names.iter().all(|n| top(n).as_ref() == Some(&first)).then(|| first.to_string_lossy().into_owned())
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if !self.stays {
            let _ = fs::remove_dir_all(&self.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Offered;
    use std::io::Write;

    fn staging() -> Staging {
        let folder = std::env::temp_dir().join(format!("zhiren-arriving-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        Staging::new(folder, vault::Keys::for_tests(vault::Profile::Intl).into())
    }

    fn send(arriving: &mut Arriving, name: &str, bytes: &[u8]) {
        let mut file = arriving.file(name).unwrap();
        file.write_all(bytes).unwrap();
        file.done().unwrap();
    }

    #[test]
    fn one_file_stays_as_itself_and_many_as_a_folder() {
        let staging = staging();
        let mut one = staging.arriving(1, Moment(10)).unwrap();
        send(&mut one, "C:\\桌面\\李明.lrmx", b"x");
        let one = one.stay().unwrap().unwrap();
        assert_eq!(one.name, "李明.lrmx");
        staging.offered(&one, |offered| { assert_eq!(offered.name(), "李明.lrmx"); Ok(()) }).unwrap();

        let mut many = staging.arriving(1, Moment(10)).unwrap();
        for name in ["../../etc/李明.lrmx", "王芳.lrmx", "王芳.lrmx"] {
            send(&mut many, name, name.as_bytes());
        }
        let many = many.stay().unwrap().unwrap();
        assert_eq!(many.name, "李明.lrmx等3个文件");
        let mut open = PathBuf::new();
        let seen = staging.offered(&many, |offered| {
            let Offered::Path(path) = offered else { panic!("a folder") };
            open = path.to_owned();
            let read = |name: &str| fs::read(path.join(name)).unwrap();
            Ok([read("etc/李明.lrmx"), read("王芳.lrmx"), read("3-王芳.lrmx")])
        });
        assert_eq!(seen.unwrap(), ["../../etc/李明.lrmx", "王芳.lrmx", "王芳.lrmx"].map(|n| n.as_bytes().to_vec()));
        assert!(!open.exists(), "in the clear only while it is read");
        assert_eq!(staging.waiting(1).len(), 2);
        assert!(staging.waiting(2).is_empty());
    }

    #[test]
    fn a_broken_upload_leaves_nothing() {
        let staging = staging();
        let mut broken = staging.arriving(1, Moment(10)).unwrap();
        broken.file("李明.lrmx").unwrap();
        let place = broken.place.clone();
        drop(broken);
        assert!(!place.exists());
        assert!(staging.arriving(1, Moment(10)).unwrap().stay().unwrap().is_none());
    }
}
