//! 拆开: the upload in the clear for as long as it is read, in a folder of this program's own: in memory (`/dev/shm`)
//! where the machine has that, else beside the sealed files. Gone when the reading ends, however it ends.

use super::private_folder;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use vault::Keys;
use vault::stream;

const PREFIX: &str = "zhiren-open-";
static COUNT: AtomicU64 = AtomicU64::new(0);

pub(super) struct Opened {
    folder: PathBuf,
}

/// Folders where an upload may be laid open, the best first.
fn places(beside: &Path) -> [PathBuf; 2] {
    [PathBuf::from("/dev/shm"), beside.to_owned()]
}

impl Opened {
    pub fn new(beside: &Path) -> io::Result<Opened> {
        let name = format!("{PREFIX}{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for place in places(beside).into_iter().filter(|place| place.is_dir()) {
            let folder = place.join(&name);
            match private_folder(&folder) {
                Ok(()) => return Ok(Opened { folder }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lays one sealed file open under the name that it came with.
    pub fn lay(&self, keys: &Keys, sealed: &Path, name: &Path) -> io::Result<PathBuf> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let mut out = BufWriter::new(File::create(&path)?);
        stream::open(keys.sealer(), BufReader::new(File::open(sealed)?), &mut out)?;
        out.flush()?;
        Ok(path)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Takes away what a program that was killed while it read has left open. A folder whose program lives stays.
pub(super) fn sweep(beside: &Path) {
    for place in places(beside) {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let program = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
            if program.is_some_and(|number| !Path::new(&format!("/proc/{number}")).exists()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}
