//! 密钥文件: made at the first start with rights for its owner only, read at every other. Without it nothing opens.

use crate::settings::Settings;
use crate::command::KeyWords;
use crate::{Answer, End, Stop, output};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use store::{Place, Store};
use vault::Keys;

pub fn run(settings: &Settings, json: bool, words: KeyWords) -> Answer {
    let keys = there(settings)?;
    let (newest, says) = match words {
        KeyWords::Show => (keys.sealer().newest(), "当前"),
        KeyWords::Rotate { forget_older } => {
            let rotated = keys.rotated()?;
            // First the file that holds both: whatever happens after, everything can be opened.
            write(&settings.key_file, &rotated)?;
            let office = crate::office::open(settings)?;
            let sealed = office.reseal()?;
            if forget_older {
                write(&settings.key_file, &rotated.without_older()?)?;
            }
            output::note(&format!("{sealed} 处内容已用新钥匙封存"));
            (rotated.sealer().newest(), "新")
        }
    };
    let verifier = keys.signer().verifier();
    if json {
        output::json(&serde_json::json!({ "file": settings.key_file, "profile": keys.profile.id(), "origin": verifier.origin(), "seal": newest, "public": verifier.line() }))?;
    } else {
        output::line(&format!("{}：{}，{says}封存钥匙第 {newest} 把", settings.key_file.display(), keys.profile.says()))?;
        output::line(&verifier.line())?;
    }
    Ok(End::Done)
}

/// The site's keys; new ones only where no database stands that was begun with others.
pub fn open(settings: &Settings) -> Result<Keys, Stop> {
    let path = &settings.key_file;
    if path.exists() {
        let text = std::fs::read_to_string(path).map_err(|e| Stop::refused(format!("密钥文件 {} 读不出来：{e}", path.display())))?;
        warn(settings, path);
        return Keys::read(&text).map_err(|e| Stop::refused(format!("{}：{e}", path.display())));
    }
    if begun(&settings.place)? {
        return Err(Stop::refused(format!(
            "没有密钥文件 {}，数据库是用它封的，不能打开。请把它放回原处，或用 --key-file 指明它在哪里；密钥文件和备份要分开保管，两样都在才能恢复",
            path.display()
        )));
    }
    let keys = Keys::generate(settings.profile);
    write(path, &keys)?;
    output::note(&format!("已生成密钥文件 {}（只有本用户可读）。请另存一份，与备份分开放：丢了它，封存的内容谁也打不开", path.display()));
    warn(settings, path);
    Ok(keys)
}

/// The keys that must be there already: a backup is nothing without those that sealed it.
pub fn there(settings: &Settings) -> Result<Keys, Stop> {
    if settings.key_file.exists() {
        return open(settings);
    }
    Err(Stop::refused(format!("没有密钥文件 {}；请先把它放到这里，或用 --key-file 指明", settings.key_file.display())))
}

/// Writes it whole or not at all, readable by its owner only.
pub fn write(path: &Path, keys: &Keys) -> Result<(), Stop> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let half = path.with_extension("key-half");
    let _ = std::fs::remove_file(&half);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half)?;
    file.write_all(keys.write().as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    Ok(())
}

/// Does the database stand, with a journal that was signed by some key?
fn begun(place: &Place) -> Result<bool, Stop> {
    if let Place::File(path) = place
        && !path.exists()
    {
        return Ok(false);
    }
    let store = Store::open(place.clone())?;
    Ok(store.read(|tx| {
        if !tx.has_table("journal_tree")? {
            return Ok(false);
        }
        Ok::<_, store::Error>(tx.first("select id from journal_tree", &[])?.is_some())
    })?)
}

fn warn(settings: &Settings, path: &Path) {
    let real = |p: &Path| p.canonicalize().unwrap_or_else(|_| p.to_path_buf());
    if real(path).starts_with(real(&settings.data)) {
        output::note(&format!("注意：密钥文件 {} 在数据目录里，谁拿到数据目录或它的副本就能打开全部封存内容；请移到别处并设 key_file", path.display()));
    }
    let open = std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0);
    if open {
        output::note(&format!("注意：密钥文件 {} 别的用户也能读，请改为 0600", path.display()));
    }
}
