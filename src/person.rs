//! `person show`.

use crate::command::PersonWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use institution::{Fact, Subject};
use registry::cell::cell;
use policy::Class;
use registry::{AsOf, Desk, consistency, dated, person, rows};
use vocabulary::Findings;

pub fn run(settings: &Settings, json: bool, words: PersonWords) -> Answer {
    let PersonWords::Show { who } = words;
    let office = office::open(settings)?;
    let acting = acting::at(&office, settings, "person show")?;
    let open = acting.open();
    let print = |desk: &Desk| {
        let id = person::who(desk, &who)?;
        let (facts, closed): (Vec<&Fact>, Vec<&Fact>) = desk.dictionary().of(Subject::Official).partition(|f| f.class <= open);
        if open >= Class::S2 {
            acting.note(desk, &[id], &["身份证号和健康状况", "考核", "奖惩", "使用"])?;
        } else {
            acting::withheld(&closed.iter().filter(|f| f.class == Class::S2).map(|f| f.name_on(desk.day())).collect::<Vec<_>>());
        }
        let known = person::facts_of(desk, id, &facts)?.map(|r| r.values).unwrap_or_default();
        let tenures = dated::of::<rows::Tenure>(desk, id)?;
        // What does not fit together is said with the number of the identity card.
        let findings = if open >= Class::S2 { consistency::check(desk, id)? } else { Findings::default() };
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
        Ok::<(), Stop>(())
    };
    // A look that is noted is a write: whoever only reads does not wait for it.
    if open >= Class::S2 {
        office.consult(&acting.actor, AsOf::default(), print)?;
    } else {
        office.read(&acting.actor, AsOf::default(), print)?;
    }
    Ok(End::Done)
}
