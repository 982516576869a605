//! 暂存: an uploaded file waits here between the preview and the import, with what people chose.

mod arriving;

pub use arriving::Arriving;

use crate::{Choices, Error, Offered, Preview, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use vocabulary::Moment;

/// A folder for uploads; one sub-folder each, readable only by the program's own account.
#[derive(Clone, Debug)]
pub struct Staging {
    folder: PathBuf,
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
}

impl Staging {
    pub fn new(folder: impl Into<PathBuf>) -> Staging {
        Staging { folder: folder.into() }
    }

    pub fn keep(&self, account: i64, name: &str, bytes: &[u8], now: Moment) -> Result<Staged> {
        let mut hash = Sha256::new();
        hash.update(bytes);
        hash.update(format!("{account} {name} {}", now.0));
        let id: String = crate::offered::hex(&hash.finalize()).chars().take(32).collect();
        // Browsers of old send a whole path.
        let name = name.rsplit(['/', '\\']).next().filter(|n| !n.is_empty() && *n != "." && *n != "..").unwrap_or("上传文件");
        let staged = Staged { id, name: name.to_owned(), account, since: now.0 };
        let place = self.place(&staged.id)?;
        self.unreadable(&place, private_folder(&self.folder))?;
        self.unreadable(&place, private_folder(&place))?;
        self.unreadable(&place, fs::write(place.join("content"), bytes))?;
        self.write(&staged.id, "staged.json", &staged)?;
        Ok(staged)
    }

    /// The upload, if it still waits and is this account's.
    pub fn find(&self, account: i64, id: &str) -> Result<Staged> {
        let staged: Staged = self.read(id, "staged.json")?.ok_or(Error::NotStaged)?;
        if staged.account == account { Ok(staged) } else { Err(Error::NotStaged) }
    }

    /// Hands the file to `work` under its own name.
    pub fn offered<T>(&self, staged: &Staged, work: impl FnOnce(Offered) -> Result<T>) -> Result<T> {
        let place = self.place(&staged.id)?;
        // A folder for the name alone: two uploads of one name do not meet.
        let named = place.join("file").join(&staged.name);
        if !named.exists() {
            self.unreadable(&place, private_folder(&place.join("file")))?;
            self.unreadable(&place, fs::rename(place.join("content"), &named))?;
        }
        work(Offered::Path(&named))
    }

    pub fn keep_choices(&self, staged: &Staged, choices: &Choices) -> Result<()> {
        self.write(&staged.id, "choices.json", choices)
    }
    pub fn choices(&self, staged: &Staged) -> Result<Choices> {
        Ok(self.read(&staged.id, "choices.json")?.unwrap_or_default())
    }
    /// So that turning a page of the preview does not read the file again.
    pub fn keep_preview(&self, staged: &Staged, preview: &Preview) -> Result<()> {
        self.write(&staged.id, "preview.json", preview)
    }
    pub fn preview(&self, staged: &Staged) -> Result<Option<Preview>> {
        self.read(&staged.id, "preview.json")
    }

    /// The record has changed, or other choices were made: the file is to be compared again.
    pub fn forget_preview(&self, staged: &Staged) -> Result<()> {
        let file = self.place(&staged.id)?.join("preview.json");
        if file.exists() { self.unreadable(&file, fs::remove_file(&file)) } else { Ok(()) }
    }

    /// Imported, or no longer wanted.
    pub fn forget(&self, staged: &Staged) -> Result<()> {
        store::fail::point("staging.remove")?;
        let place = self.place(&staged.id)?;
        self.unreadable(&place, fs::remove_dir_all(&place))
    }

    /// Forgets what has waited longer than `seconds`; answers how many.
    pub fn sweep(&self, now: Moment, seconds: i64) -> usize {
        let Ok(entries) = fs::read_dir(&self.folder) else { return 0 };
        let mut swept = 0;
        for entry in entries.flatten() {
            let id = entry.file_name().to_string_lossy().into_owned();
            let old = match self.read::<Staged>(&id, "staged.json") {
                Ok(Some(staged)) => now.0 - staged.since > seconds,
                _ => false,
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
        let json = serde_json::to_vec(what)?;
        // Beside it first: a cut in the middle leaves the old content, never half of the new.
        let part = place.join(format!("{file}.part"));
        store::fail::point("staging.write")?;
        self.unreadable(&place, fs::write(&part, json))?;
        store::fail::point("staging.rename")?;
        self.unreadable(&place, fs::rename(part, place.join(file)))
    }

    fn read<T: serde::de::DeserializeOwned>(&self, id: &str, file: &str) -> Result<Option<T>> {
        match fs::read(self.place(id)?.join(file)) {
            Ok(json) => Ok(Some(serde_json::from_slice(&json)?)),
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
