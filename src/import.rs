//! `import`: a preview first, then one transaction a file.

use crate::command::ImportWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use intake::{Choices, Offered, Preview, Verdict};
use registry::{Actor, AsOf, Office};
use std::path::Path;

/// Lines that a terminal shows of each kind before it says how many more there are.
const SHOWN: usize = 20;

pub fn run(settings: &Settings, json: bool, words: ImportWords) -> Answer {
    for file in &words.files {
        if !file.exists() {
            return Err(Stop::wrong_use(format!("没有这个文件：{}", file.display())));
        }
    }
    let office = office::open(settings)?;
    let acting = acting::at(&office, settings, "import")?;
    let mut refused = false;
    let mut answers = Vec::new();
    for file in &words.files {
        let preview = preview(&office, &acting.actor, file)?;
        refused |= preview.summary.ambiguous > 0 || preview.summary.refused > 0 || preview.summary.unread > 0;
        if !json {
            print(&preview)?;
        }
        if words.preview {
            answers.push(serde_json::to_value(&preview)?);
            continue;
        }
        let bar = output::progress("写入", 0);
        let applied = office.write(&acting.actor, |desk| {
            intake::apply(desk, Offered::Path(file), Some(preview.head), &Choices::default(), &mut |done, of| {
                if let Some(of) = of {
                    bar.set_length(of);
                }
                bar.set_position(done);
            })
        })?;
        bar.finish_and_clear();
        if !json {
            output::line(&format!("已写入：{}", applied.summary.says()))?;
        }
        answers.push(serde_json::to_value(&applied)?);
    }
    if json {
        output::json(&answers)?;
    }
    Ok(if refused { End::Refused } else { End::Done })
}

fn preview(office: &Office, actor: &Actor, file: &Path) -> Result<Preview, Stop> {
    let bar = output::progress("读文件并与记录对照", 0);
    let preview = office.read(actor, AsOf::default(), |desk| {
        Preview::of(desk, Offered::Path(file), &Choices::default(), &mut |done, of| {
            if let Some(of) = of {
                bar.set_length(of);
            }
            bar.set_position(done);
        })
    })?;
    bar.finish_and_clear();
    Ok(preview)
}

fn print(preview: &Preview) -> Result<(), Stop> {
    output::line(&format!("{}：{}", preview.name, preview.summary.says()))?;
    for unread in &preview.unread {
        output::line(&format!("  读不了：{unread}"))?;
    }
    let mut shown = 0;
    for record in &preview.records {
        if matches!(record.verdict, Verdict::Same) && record.faults.is_empty() {
            continue;
        }
        shown += 1;
        if shown > SHOWN {
            continue;
        }
        output::line(&format!("  〔{}〕{} {}", record.verdict.says(), record.name, record.post))?;
        for change in &record.changes {
            output::line(&format!("      {}", in_words(change)))?;
        }
        for candidate in &record.candidates {
            output::line(&format!("      可能是 {} 号 {} {}", candidate.person, candidate.name, candidate.post))?;
        }
        for fault in &record.faults {
            output::line(&format!("      {}：{fault}", fault.weight.says()))?;
        }
    }
    if shown > SHOWN {
        output::line(&format!("  ……另有 {} 条，用 --json 看全部", shown - SHOWN))?;
    }
    for fault in &preview.faults {
        output::line(&format!("  {}：{fault}", fault.weight.says()))?;
    }
    Ok(())
}

fn in_words(change: &intake::Change) -> String {
    let old = change.old.as_deref().unwrap_or("（无）");
    format!("{} {}：{old} → {}　{}", change.noun, change.field, change.new, change.place)
}
