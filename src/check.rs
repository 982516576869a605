//! `check`: institutions, their syntax, citations and examples.

use crate::command::CheckWords;
use crate::settings::Settings;
use crate::{Answer, End, office, output};
use institution::Fault;
use miette::{GraphicalReportHandler, GraphicalTheme};

pub fn run(settings: &Settings, json: bool, words: CheckWords) -> Answer {
    let files = match &words.dir {
        Some(dir) => institution::book::files_under(dir)?,
        None => office::files(settings)?,
    };
    let report = institution::check::check_files(&files);
    let end = if report.is_sound() { End::Done } else { End::Refused };
    if json {
        output::json(&report)?;
        return Ok(end);
    }
    let rows: Vec<Vec<String>> = report
        .institutions
        .iter()
        .map(|i| {
            let count = |n: usize| n.to_string();
            vec![i.id.clone(), i.title.clone(), count(i.rules), count(i.unsure), count(i.steps), count(i.classes), count(i.ledgers), count(i.examples), count(i.failed)]
        })
        .collect();
    output::table(&["编号", "制度", "规则", "待核", "步骤", "类别", "台账", "例题", "不符"], &rows)?;
    let systems: Vec<&str> = report.systems.iter().map(String::as_str).collect();
    output::line(&format!("事实 {} 项，代码表 {} 张，词语 {} 个，承载系统 {}", report.facts, report.tables, report.words, systems.join("、")))?;
    if report.is_sound() {
        output::line(&format!("例题 {} 个全部相符", report.examples()))?;
    } else {
        eprintln!("{}", graphically(&report.faults));
        eprintln!("共 {} 处问题", report.faults.len());
    }
    Ok(end)
}

/// Faults with the line of the file they stand in.
pub fn graphically(faults: &[Fault]) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100);
    let mut out = String::new();
    for fault in faults {
        if handler.render_report(&mut out, fault).is_err() {
            out.push_str(&format!("{fault}\n"));
        }
    }
    out
}
