//! A file on disk, or a folder of them.

use super::Hands;
use crate::sniff::{extension, stem};
use crate::{Error, Result};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Folders in folders; links are not followed.
const DEPTH: usize = 8;
const PICTURES: [&str; 5] = ["pic", "jpg", "jpeg", "png", "bmp"];
/// A photo beside a `.lrm`. Bytes.
const PHOTO_BYTES: u64 = 6 << 20;

impl Hands<'_> {
    pub(super) fn path(&mut self, path: &Path) -> Result<()> {
        let name = name_of(path);
        let about = fs::metadata(path).map_err(|cause| Error::Unreadable {
            name: name.clone(),
            cause,
        })?;
        if !about.is_dir() {
            return self.file(path, &name, about.len());
        }
        let mut files = Vec::new();
        list(path, path, 0, self.options.entries, &mut files)?;
        files.sort();
        let forms = files.iter().filter(|f| !is_picture(f)).cloned().collect::<Vec<_>>();
        let total = forms.len() as u64;
        for (done, relative) in forms.iter().enumerate() {
            let shown = relative.to_string_lossy().into_owned();
            self.tell(&shown, done as u64, Some(total));
            let full = path.join(relative);
            let size = fs::metadata(&full).map_or(0, |m| m.len());
            let result = self.file(&full, &shown, size);
            self.among_others(result)?;
        }
        self.tell(&name, total, Some(total));
        Ok(())
    }

    fn file(&mut self, path: &Path, name: &str, size: u64) -> Result<()> {
        let file = File::open(path).map_err(|cause| Error::Unreadable {
            name: name.to_owned(),
            cause,
        })?;
        let photo = if extension(name) == "lrm" {
            photo_beside(path)
        } else {
            None
        };
        let photo = photo.as_ref().map(|(name, bytes)| (name.as_str(), bytes.clone()));
        self.top(name, &mut BufReader::with_capacity(1 << 16, file), size, photo)
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn is_picture(path: &Path) -> bool {
    PICTURES.contains(&extension(&path.to_string_lossy()).as_str())
}

/// What the system or the office suite leaves lying about.
pub(super) fn is_litter(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.starts_with('.')
        || last.starts_with("~$")
        || last == "Thumbs.db"
        || last == "desktop.ini"
        || name.contains("__MACOSX/")
}

fn list(root: &Path, folder: &Path, depth: usize, most: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let unreadable = |cause| Error::Unreadable {
        name: name_of(folder),
        cause,
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let path = entry.path();
        if is_litter(&name_of(&path)) || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() && depth < DEPTH {
            list(root, &path, depth + 1, most, files)?;
        } else if kind.is_file() {
            files.push(path.strip_prefix(root).unwrap_or(&path).to_owned());
        }
        if files.len() > most {
            return Err(Error::TooLarge {
                name: name_of(root),
                what: "文件个数",
                limit: format!("{most} 个"),
            });
        }
    }
    Ok(())
}

/// The `.pic` or picture of the same name.
fn photo_beside(path: &Path) -> Option<(String, Vec<u8>)> {
    let folder = path.parent()?;
    let name = name_of(path);
    let stem = stem(&name);
    PICTURES
        .iter()
        .flat_map(|e| [(*e).to_owned(), e.to_ascii_uppercase()])
        .find_map(|extension| {
            let name = format!("{stem}.{extension}");
            let path = folder.join(&name);
            let about = fs::metadata(&path).ok()?;
            if !about.is_file() || about.len() > PHOTO_BYTES {
                return None;
            }
            fs::read(&path).ok().map(|bytes| (name, bytes))
        })
}
