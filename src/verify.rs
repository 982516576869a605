//! `verify`: is the database whole, and what does it come to? Two databases with the same sums hold the same records.

use crate::command::VerifyWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, office, output};
use registry::lasting::LEFT_OUT;
use std::time::Duration;

/// A whole county reads through in minutes; nobody waits longer for a disk that does not answer.
const AT_MOST: Duration = Duration::from_secs(3600);

/// So many differences are told; more of them would say no more.
const TOLD_MOST: usize = 50;

pub fn run(settings: &Settings, json: bool, words: &VerifyWords) -> Answer {
    let office = office::open(settings)?;
    let whole = office.store.read_through(AT_MOST)?;
    let orphans = office.store.read(store::orphans)?;
    let sums = office.store.read(|tx| store::digests(tx, LEFT_OUT))?;
    let version = office.store.version()?;
    let changed = match &words.against {
        None => Vec::new(),
        Some(path) => {
            let file = std::fs::File::open(path).map_err(|e| Stop::refused(format!("打不开 {}：{e}", path.display())))?;
            registry::lasting::against(&office, &mut std::io::BufReader::new(file), Some(&registry::lasting::Sealed(office.keys.clone())), TOLD_MOST)?
        }
    };
    if json {
        output::json(&serde_json::json!({
            "database": version, "known": office.head(), "read_through": whole, "orphans": orphans, "changed": changed, "tables": sums,
        }))?;
    } else {
        let rows: Vec<Vec<String>> = sums.iter().map(|(name, sum)| vec![name.clone(), sum.rows.to_string(), sum.sha256[..16].to_owned()]).collect();
        output::table(&["表", "行数", "校验和"], &rows)?;
        output::line(&format!("数据库版本 {version}，日志到第 {} 号", office.head()))?;
        for orphan in &orphans {
            output::line(&format!("有一行指向不存在的行：{orphan}"))?;
        }
        for line in &changed {
            output::line(line)?;
        }
        if orphans.is_empty() && whole {
            output::line("通读完好，没有断开的引用")?;
        }
        if words.against.is_some() && changed.is_empty() {
            output::line("备份里的每一行都在，没有变")?;
        }
    }
    Ok(if orphans.is_empty() && changed.is_empty() && whole { End::Done } else { End::Refused })
}
