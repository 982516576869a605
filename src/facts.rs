//! `facts`: the dictionary, with type and unit.

use crate::command::FactsWords;
use crate::settings::Settings;
use crate::{Answer, End, office, output};
use institution::Fact;

pub fn run(settings: &Settings, json: bool, words: FactsWords) -> Answer {
    let book = office::book(settings)?;
    let wanted = words.words.unwrap_or_default();
    let fits = |f: &&Fact| f.id.contains(&wanted) || f.name.contains(&wanted) || f.aliases.iter().any(|a| a.contains(&wanted));
    let facts: Vec<&Fact> = book.dictionary.facts.iter().filter(fits).collect();
    if json {
        output::json(&facts)?;
        return Ok(End::Done);
    }
    let word = |v: serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let mut rows = Vec::new();
    for f in facts {
        let kind = word(serde_json::to_value(f.kind)?);
        let kind = f.table.as_ref().map_or(kind.clone(), |t| format!("{kind} {t}"));
        let (subject, class) = (word(serde_json::to_value(f.subject)?), format!("{:?}·{:?}", f.class, f.layer));
        rows.push(vec![f.id.to_string(), f.name.to_string(), subject, kind, f.unit.to_string(), class, f.unknown.to_string()]);
    }
    output::table(&["编号", "名称", "对象", "类型", "单位", "级别", "无记载时"], &rows)?;
    Ok(End::Done)
}
