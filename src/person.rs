//! `person show`.

use crate::command::PersonWords;
use crate::settings::Settings;
use crate::{Answer, End, office, output};
use institution::{Fact, Subject};
use registry::cell::cell;
use registry::{Actor, AsOf, consistency, dated, person, rows};

pub fn run(settings: &Settings, json: bool, words: PersonWords) -> Answer {
    let PersonWords::Show { who } = words;
    let office = office::open(settings)?;
    office.read(&Actor::program(), AsOf::default(), |desk| {
        let id = person::who(desk, &who)?;
        let facts: Vec<&Fact> = desk.dictionary().of(Subject::Official).collect();
        let known = person::facts_of(desk, id, &facts)?.map(|r| r.values).unwrap_or_default();
        let tenures = dated::of::<rows::Tenure>(desk, id)?;
        let findings = consistency::check(desk, id)?;
        if json {
            let facts: serde_json::Map<String, serde_json::Value> = facts
                .iter()
                .zip(&known)
                .map(|(f, v)| (f.id.to_string(), serde_json::to_value(v).unwrap_or_default()))
                .collect();
            return output::json(&serde_json::json!({ "person": id, "facts": facts, "tenures": tenures, "findings": findings }));
        }
        let rows: Vec<Vec<String>> = facts
            .iter()
            .zip(&known)
            .filter(|(_, v)| v.is_some())
            .map(|(f, v)| vec![f.group.to_string(), f.name_on(desk.day()), cell(f, v.as_ref(), desk.day())])
            .collect();
        output::table(&["类别", "事实", "记载"], &rows)?;
        output::line("\n任职经历")?;
        for t in &tenures {
            let until = t.row.until_day.map_or_else(|| "至今".into(), |u| u.to_string());
            output::line(&format!("  {} — {until}  {}", t.row.from_day, t.row.title))?;
        }
        if !findings.is_empty() {
            output::line("\n记录中需要核对的")?;
            for f in findings.iter() {
                output::line(&format!("  〔{}〕{}", f.weight.says(), f.says))?;
            }
        }
        Ok(())
    })?;
    Ok(End::Done)
}
