//! `exports list`, `exports who FILE`.

use crate::command::ExportsWords;
use crate::settings::Settings;
use crate::{Answer, End, acting, office, output};
use affairs::{By, attribution};
use registry::{AsOf, rights};

pub fn run(settings: &Settings, json: bool, words: ExportsWords) -> Answer {
    match words {
        ExportsWords::List { most } => list(settings, json, most),
        ExportsWords::Who { file } => who(settings, json, &file),
    }
}

fn list(settings: &Settings, json: bool, most: usize) -> Answer {
    let office = office::open(settings)?;
    let acting = acting::at(&office, settings, "exports list")?;
    let all = office.read(&acting.actor, AsOf::default(), |desk| rights::list(desk, 0, most))?;
    if json {
        output::json(&all)?;
    } else {
        let count = |n: Option<i64>| n.map_or("中断".into(), |n| n.to_string());
        let rows: Vec<Vec<String>> =
            all.into_iter().map(|e| vec![e.number.to_string(), e.at.chars().take(16).collect(), e.shown, e.what, e.format, count(e.lines), e.purpose]).collect();
        output::table(&["编号", "时间", "导出人", "内容", "格式", "数量", "用途"], &rows)?;
    }
    Ok(End::Done)
}

fn who(settings: &Settings, json: bool, file: &std::path::Path) -> Answer {
    let bytes = std::fs::read(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let office = office::open(settings)?;
    let acting = acting::at(&office, settings, "exports who")?;
    let found = office.read(&acting.actor, AsOf::default(), |desk| attribution(desk, &name, &bytes))?;
    if json {
        output::json(&found)?;
    } else if let (Some(export), Some(by)) = (&found.export, found.by) {
        output::line(&format!("导出编号 {}：{} 于 {} 导出“{}”（{}）", export.number, export.shown, export.at, export.what, export.format))?;
        output::line(&match by {
            By::Checksum => "依据：与导出时的文件一字不差".to_owned(),
            By::Code => "依据：文件末尾的暗记".to_owned(),
            By::Texts => format!("依据：{} 处暗记中有 {} 处相符", found.texts, found.agree),
        })?;
    } else {
        output::line(&format!("查不出是哪一次导出：可比对的文字 {} 处（至少 {} 处才能断定）", found.texts, document::mark::ENOUGH))?;
        for (number, share) in &found.nearest {
            output::line(&format!("　最接近：导出编号 {number}，相符 {:.0}%", share * 100.0))?;
        }
    }
    Ok(if found.export.is_some() { End::Done } else { End::Refused })
}
