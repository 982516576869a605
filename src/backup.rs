//! `backup`, `restore`, `rebuild`.

use crate::command::RestoreWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, office, output};
use std::path::Path;

/// A whole copy while others work; checked before it is called good.
pub fn backup(settings: &Settings, json: bool, path: &Path) -> Answer {
    if path.exists() {
        return Err(Stop::refused(format!("{} 已存在，没有覆盖", path.display())));
    }
    let office = office::open(settings)?;
    let bar = output::progress("备份", 1);
    office.store.copy_to(path, &mut |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    let bytes = std::fs::metadata(path)?.len();
    if json {
        output::json(&serde_json::json!({ "path": path, "bytes": bytes, "known": office.head() }))?;
    } else {
        output::line(&format!("已备份到 {}（{:.1} MB，校验完好）", path.display(), bytes as f64 / 1e6))?;
    }
    Ok(End::Done)
}

/// Puts a backup in the place of the database. A damaged backup is refused before anything is touched.
pub fn restore(settings: &Settings, json: bool, words: RestoreWords) -> Answer {
    let Some(target) = settings.database_file() else {
        return Err(Stop::refused("PostgreSQL 请用 pg_restore 恢复，见 docs/operating"));
    };
    let waiting = target.with_extension("restoring");
    let _ = std::fs::remove_file(&waiting);
    // Copied through SQLite, so that a backup which does not read through is found out here.
    store::Store::open_backup(&words.path)
        .and_then(|_| store::copy(&words.path, &waiting))
        .map_err(|e| Stop::refused(format!("备份 {} 不能用：{e}；现有数据没有改动", words.path.display())))?;
    if target.exists() {
        if !words.replace {
            std::fs::remove_file(&waiting)?;
            return Err(Stop::refused(format!("{} 已有数据；确要恢复请加 --replace，现有数据会改名保留", target.display())));
        }
        let kept = target.with_extension("before-restore");
        for suffix in ["", "-wal", "-shm"] {
            let from = Path::new(&format!("{}{suffix}", target.display())).to_path_buf();
            if from.exists() {
                std::fs::rename(&from, format!("{}{suffix}", kept.display()))?;
            }
        }
        output::line(&format!("原数据库已改名为 {}", kept.display()))?;
    }
    std::fs::rename(&waiting, target)?;
    let office = office::open(settings)?;
    if json {
        output::json(&serde_json::json!({ "database": target, "known": office.head() }))?;
    } else {
        output::line(&format!("已恢复到 {}", target.display()))?;
    }
    Ok(End::Done)
}

/// Asks every kept fact anew: the standing table holds nothing that cannot be computed.
pub fn rebuild(settings: &Settings) -> Answer {
    let office = office::open(settings)?;
    office.store.write(|tx| registry::facts::standing::rebuild(tx, &office.book.dictionary, office.today()))?;
    output::line("现状表已重算")?;
    Ok(End::Done)
}
