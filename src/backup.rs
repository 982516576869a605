//! `backup`, `restore`, `rebuild`.

use crate::command::{BackupWords, RestoreWords};
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use registry::lasting::{self, Restore, Sealed, Until};
use std::sync::Arc;

/// The whole office in one file while others work; read through before it is called good.
pub fn backup(settings: &Settings, json: bool, words: &BackupWords) -> Answer {
    if words.keep.is_some() && !words.path.is_dir() {
        return Err(Stop::wrong_use("--keep 只能用于目录"));
    }
    let office = office::open(settings)?;
    let path = if words.path.is_dir() { words.path.join(named(&office.clock.now().to_string())) } else { words.path.clone() };
    acting::told(&office, "system.backup", "备份全部数据")?;
    let bar = output::progress("备份", 0);
    let whole = lasting::backup(&office, &settings.office_name, &path, Some(&Sealed(office.keys.clone())), &mut |rows| bar.set_position(rows))?;
    bar.finish_and_clear();
    let gone = match words.keep {
        Some(keep) => lasting::backup::keep_newest(&words.path, keep as usize)?,
        None => Vec::new(),
    };
    let rows: u64 = whole.tables.values().map(|t| t.rows).sum();
    if json {
        let removed: Vec<String> = gone.iter().map(|p| p.display().to_string()).collect();
        output::json(&serde_json::json!({ "path": path, "bytes": whole.bytes, "rows": rows, "known": whole.head.known, "removed": removed }))?;
    } else {
        output::line(&format!(
            "已备份到 {}（{:.1} MB，{rows} 行，日志到第 {} 号，已通读核对）",
            path.display(),
            whole.bytes as f64 / 1e6,
            whole.head.known
        ))?;
        for path in gone {
            output::line(&format!("旧的一代已删除：{}", path.display()))?;
        }
    }
    Ok(End::Done)
}

/// `zhiren-2026-11-22T140509.backup`: sorts by time, and every file system takes it.
fn named(moment: &str) -> String {
    let stamp: String = moment.chars().take(19).filter(|c| *c != ':').collect();
    format!("zhiren-{stamp}.backup")
}

/// A backup becomes the database. A damaged one is refused before anything is touched.
pub fn restore(settings: &Settings, json: bool, words: &RestoreWords) -> Answer {
    if words.check {
        return check(settings, json, words);
    }
    let until = match (words.to_sequence, &words.as_of) {
        (Some(number), _) => Until::Sequence(number),
        (None, Some(moment)) => Until::Moment(end_of(moment)?),
        (None, None) => Until::Whole,
    };
    let keys = Arc::new(crate::key::there(settings)?);
    let seal = Sealed(keys.clone());
    let asked = Restore {
        from: &words.path,
        to: &settings.place,
        replace: words.replace,
        until,
        seal: Some(&seal),
        migrations: affairs::MIGRATIONS,
        clock: settings.clock,
        keys,
    };
    let bar = output::progress("恢复", 0);
    let done = lasting::restore(office::book(settings)?, &asked, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let done = done.map_err(|e| Stop::refused(format!("没有恢复：{e}；现有数据没有改动")))?;
    acting::told(&office::open(settings)?, "system.restore", &format!("从备份恢复，恢复到日志第 {} 号", done.known))?;
    if json {
        output::json(&done)?;
    } else {
        if let Some(kept) = &done.kept {
            output::line(&format!("原来的数据库保留在 {kept}"))?;
        }
        output::line(&format!("已恢复到日志第 {} 号（备份于 {}）；所有人须重新登录", done.known, done.made))?;
    }
    Ok(End::Done)
}

fn check(settings: &Settings, json: bool, words: &RestoreWords) -> Answer {
    let file = std::fs::File::open(&words.path).map_err(|e| Stop::refused(format!("打不开 {}：{e}", words.path.display())))?;
    let seal = Sealed(Arc::new(crate::key::there(settings)?));
    let whole = store::archive::examine(&mut std::io::BufReader::new(file), Some(&seal)).map_err(|e| Stop::refused(format!("备份 {} 不能用：{e}", words.path.display())))?;
    if json {
        output::json(&whole)?;
    } else {
        let rows: u64 = whole.tables.values().map(|t| t.rows).sum();
        output::line(&format!("完好：{}备份，{} 张表，{rows} 行，日志到第 {} 号", whole.head.made, whole.tables.len(), whole.head.known))?;
    }
    Ok(End::Done)
}

/// The last second of what was named, as the journal writes moments.
fn end_of(words: &str) -> Result<String, Stop> {
    let text = words.trim().replace(' ', "T");
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    let day: vocabulary::Day = day.parse().map_err(|_| Stop::wrong_use(format!("“{words}”不是时刻，请写成 2026-11-22 或 \"2026-11-22 14:05\"")))?;
    let time = time.trim_end_matches("+08:00");
    let digits = time.len() == 5 || time.len() == 8;
    let time = match (time, digits) {
        ("", _) => "23:59:59".to_owned(),
        (time, true) if time.bytes().all(|b| b.is_ascii_digit() || b == b':') => format!("{time}:59").chars().take(8).collect(),
        _ => return Err(Stop::wrong_use(format!("“{words}”的时间请写成 14:05 或 14:05:09"))),
    };
    Ok(format!("{day}T{time}+08:00"))
}

/// Asks every kept fact anew: the standing table holds nothing that cannot be computed.
pub fn rebuild(settings: &Settings, json: bool) -> Answer {
    let office = office::open(settings)?;
    let bar = output::busy("重算现状表");
    let done = office.store.write(|tx| registry::facts::standing::rebuild(tx, &office.book.dictionary, office.today()));
    bar.finish_and_clear();
    done?;
    acting::told(&office, "system.rebuild", "重算现状表")?;
    if json {
        output::json(&serde_json::json!({ "rebuilt": "standing", "day": office.today() }))?;
    } else {
        output::line("现状表已重算")?;
    }
    Ok(End::Done)
}
