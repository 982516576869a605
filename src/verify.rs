//! `verify`: is the database whole, and what does it come to? Two databases with the same sums hold the same records.

use crate::settings::Settings;
use crate::{Answer, End, office, output};
use registry::lasting::LEFT_OUT;
use std::time::Duration;

/// A whole county reads through in minutes; nobody waits longer for a disk that does not answer.
const AT_MOST: Duration = Duration::from_secs(3600);

pub fn run(settings: &Settings, json: bool) -> Answer {
    let office = office::open(settings)?;
    let whole = office.store.read_through(AT_MOST)?;
    let orphans = office.store.read(store::orphans)?;
    let sums = office.store.read(|tx| store::digests(tx, LEFT_OUT))?;
    let version = office.store.version()?;
    if json {
        output::json(&serde_json::json!({
            "database": version, "known": office.head(), "read_through": whole, "orphans": orphans, "tables": sums,
        }))?;
    } else {
        let rows: Vec<Vec<String>> = sums.iter().map(|(name, sum)| vec![name.clone(), sum.rows.to_string(), sum.sha256[..16].to_owned()]).collect();
        output::table(&["表", "行数", "校验和"], &rows)?;
        output::line(&format!("数据库版本 {version}，日志到第 {} 号", office.head()))?;
        for orphan in &orphans {
            output::line(&format!("有一行指向不存在的行：{orphan}"))?;
        }
        if orphans.is_empty() && whole {
            output::line("通读完好，没有断开的引用")?;
        }
    }
    Ok(if orphans.is_empty() && whole { End::Done } else { End::Refused })
}
