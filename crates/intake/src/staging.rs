//! 暂存: an uploaded file waits here between the preview and the import, with what people chose. Sealed, as it will be in
//! the database; in the clear only while it is read, see `opened`.

mod arriving;
mod opened;

pub use arriving::Arriving;

use crate::{Choices, Error, Offered, Preview, Result};
use sha2::{Digest, Sha256};
use opened::Opened;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::{Keys, stream};
use vocabulary::Moment;

/// A folder for uploads; one sub-folder each, readable only by the program's own account.
#[derive(Clone)]
pub struct Staging {
    folder: PathBuf,
    keys: Arc<Keys>,
}

/// An upload that waits.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Staged {
    /// Hexadecimal; names the upload in an address.
    pub id: String,
    /// File name as it was given.
    pub name: String,
    /// Whose upload it is: only this account may go on with it.
    pub account: i64,
    /// Moment in seconds.
    pub since: i64,
    /// What the files were called, in the order in which they lie sealed: `0`, `1` … Several are a folder.
    pub files: Vec<PathBuf>,
}

impl Staging {
    pub fn new(folder: impl Into<PathBuf>, keys: Arc<Keys>) -> Staging {
        Staging { folder: folder.into(), keys }
    }

    pub fn keep(&self, account: i64, name: &str, bytes: &[u8], now: Moment) -> Result<Staged> {
        let mut hash = Sha256::new();
        hash.update(bytes);
        hash.update(format!("{account} {name} {}", now.0));
        let id: String = crate::offered::hex(&hash.finalize()).chars().take(32).collect();
        // Browsers of old send a whole path.
        let name = name.rsplit(['/', '\\']).next().filter(|n| !n.is_empty() && *n != "." && *n != "..").unwrap_or("上传文件");
        let staged = Staged { id, name: name.to_owned(), account, since: now.0, files: vec![name.into()] };
        let place = self.place(&staged.id)?;
        self.unreadable(&place, private_folder(&self.folder))?;
        self.unreadable(&place, private_folder(&place))?;
        let seal = || {
            let mut out = stream::Sealing::new(self.keys.sealer(), fs::File::create(place.join("0"))?);
            out.write_all(bytes)?;
            out.finish()
        };
        self.unreadable(&place, seal())?;
        self.write(&staged.id, "staged", &staged)?;
        Ok(staged)
    }

    /// The upload, if it still waits and is this account's.
    pub fn find(&self, account: i64, id: &str) -> Result<Staged> {
        let staged: Staged = self.read(id, "staged")?.ok_or(Error::NotStaged)?;
        if staged.account == account { Ok(staged) } else { Err(Error::NotStaged) }
    }

    /// Hands the file to `work` under its own name; it lies open only meanwhile.
    pub fn offered<T>(&self, staged: &Staged, work: impl FnOnce(Offered) -> Result<T>) -> Result<T> {
        let place = self.place(&staged.id)?;
        let opened = self.unreadable(&place, Opened::new(&self.folder))?;
        // Several files lie in a folder that is called as the upload is.
        let among = if staged.files.len() == 1 { PathBuf::new() } else { PathBuf::from(&staged.name) };
        let mut one = opened.folder().join(&staged.name);
        for (number, name) in staged.files.iter().enumerate() {
            let path = self.unreadable(&place, opened.lay(&self.keys, &place.join(number.to_string()), &among.join(name)))?;
            if staged.files.len() == 1 {
                one = path;
            }
        }
        work(Offered::Path(&one))
    }

    pub fn keep_choices(&self, staged: &Staged, choices: &Choices) -> Result<()> {
        self.write(&staged.id, "choices", choices)
    }
    pub fn choices(&self, staged: &Staged) -> Result<Choices> {
        Ok(self.read(&staged.id, "choices")?.unwrap_or_default())
    }
    /// So that turning a page of the preview does not read the file again.
    pub fn keep_preview(&self, staged: &Staged, preview: &Preview) -> Result<()> {
        self.write(&staged.id, "preview", preview)
    }
    pub fn preview(&self, staged: &Staged) -> Result<Option<Preview>> {
        self.read(&staged.id, "preview")
    }

    /// The record has changed, or other choices were made: the file is to be compared again.
    pub fn forget_preview(&self, staged: &Staged) -> Result<()> {
        let file = self.place(&staged.id)?.join("preview");
        if file.exists() { self.unreadable(&file, fs::remove_file(&file)) } else { Ok(()) }
    }

    /// Imported, or no longer wanted.
    pub fn forget(&self, staged: &Staged) -> Result<()> {
        store::fail::point("staging.remove")?;
        let place = self.place(&staged.id)?;
        self.unreadable(&place, fs::remove_dir_all(&place))
    }

    /// Forgets what has waited longer than `seconds`; answers how many. What nobody can open any more goes as well.
    pub fn sweep(&self, now: Moment, seconds: i64) -> usize {
        opened::sweep(&self.folder);
        let Ok(entries) = fs::read_dir(&self.folder) else { return 0 };
        let mut swept = 0;
        for entry in entries.flatten() {
            let id = entry.file_name().to_string_lossy().into_owned();
            let old = match self.read::<Staged>(&id, "staged") {
                Ok(Some(staged)) => now.0 - staged.since > seconds,
                Ok(None) => false,
                // Of a version that did not seal yet, or sealed by a key that was forgotten.
                Err(_) => self.place(&id).is_ok(),
            };
            if old && fs::remove_dir_all(entry.path()).is_ok() {
                swept += 1;
            }
        }
        swept
    }

    /// Ids come out of addresses: nothing but hexadecimal digits becomes a path.
    fn place(&self, id: &str) -> Result<PathBuf> {
        if id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()) { Ok(self.folder.join(id)) } else { Err(Error::NotStaged) }
    }

    fn write(&self, id: &str, file: &str, what: &impl serde::Serialize) -> Result<()> {
        let place = self.place(id)?;
        let sealed = self.keys.sealer().seal_file(&serde_json::to_vec(what)?);
        // Beside it first: a cut in the middle leaves the old content, never half of the new.
        let part = place.join(format!("{file}.part"));
        store::fail::point("staging.write")?;
        self.unreadable(&place, fs::write(&part, sealed))?;
        store::fail::point("staging.rename")?;
        self.unreadable(&place, fs::rename(part, place.join(file)))
    }

    fn read<T: serde::de::DeserializeOwned>(&self, id: &str, file: &str) -> Result<Option<T>> {
        match fs::read(self.place(id)?.join(file)) {
            Ok(sealed) => {
                let json = self.keys.sealer().open_file(&sealed).map_err(std::io::Error::other);
                let json = self.unreadable(Path::new(file), json)?.ok_or(Error::NotStaged)?;
                Ok(Some(serde_json::from_slice(&json)?))
            }
            Err(_) => Ok(None),
        }
    }

    fn unreadable<T>(&self, place: &Path, result: std::io::Result<T>) -> Result<T> {
        result.map_err(|cause| Error::Unreadable { name: place.display().to_string(), cause })
    }
}

fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
