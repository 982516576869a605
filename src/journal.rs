//! `journal`: verify it, sign where it stands, prove one entry, hand it over to a verifier of others.

use crate::command::JournalWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use registry::journal::{export, proof, verify::Verdict};
use registry::{Actor, AsOf};

#[derive(serde::Serialize)]
struct Verified<'a> {
    #[serde(flatten)]
    verdict: &'a Verdict,
    /// 票箱 that do not fit.
    ballots: &'a [affairs::ballot::Fault],
}

pub fn run(settings: &Settings, json: bool, words: JournalWords) -> Answer {
    let office = office::open(settings)?;
    acting::at(&office, settings, word(&words))?;
    match words {
        JournalWords::Verify { checkpoint } => {
            let mut notes = Vec::new();
            for path in checkpoint {
                let text = std::fs::read_to_string(&path).map_err(|e| Stop::refused(format!("{}读不出来：{e}", path.display())))?;
                notes.push((path.display().to_string(), text));
            }
            let bar = output::busy("核对日志");
            let verdict = office.verify(&notes);
            bar.finish_and_clear();
            let verdict = verdict?;
            // The boxes of secret votes are held against the journal that was just verified.
            let boxes = office.read(&Actor::program(), AsOf::default(), affairs::ballot::check_all)?;
            if json {
                output::json(&Verified { verdict: &verdict, ballots: &boxes })?;
            } else {
                output::line(&verdict.says())?;
                for fault in &verdict.faults {
                    output::line(&format!("  {}", fault.says))?;
                }
                for fault in &boxes {
                    output::line(&format!("  票箱“{}”：{}", fault.title, fault.says))?;
                }
                if verdict.outside == 0 {
                    output::line("没有库外的检查点可比：截短或整库回退只有靠它才看得出，请设 checkpoints，或用 --checkpoint 给出")?;
                }
            }
            Ok(if verdict.whole() && boxes.is_empty() { End::Done } else { End::Refused })
        }
        JournalWords::Checkpoint => {
            let head = office.checkpoint("手动")?;
            if json { output::json(&head)? } else { output::line(head.note.trim_end())? }
            Ok(End::Done)
        }
        JournalWords::Prove { entry } => {
            let prove = || office.store.read(|tx| proof::prove(tx, &office.keys, entry));
            let found = match prove()? {
                Some(found) => found,
                None => {
                    office.checkpoint("手动")?;
                    prove()?.ok_or_else(|| Stop::refused(format!("条目 {entry} 还没有检查点")))?
                }
            };
            if json {
                output::json(&found)?;
            } else {
                output::line(&format!("条目 {entry} 在检查点 {}（{} 条）之内，第 {} 位", found.checkpoint.at, found.checkpoint.size, found.position))?;
                output::line(&found.record)?;
                for sibling in &found.path {
                    output::line(&format!("  {sibling}"))?;
                }
                output::line(found.checkpoint.note.trim_end())?;
            }
            Ok(End::Done)
        }
        JournalWords::Export { folder } => {
            let count = office.store.read(|tx| export::export(tx, &office.keys, &folder))?;
            if json {
                output::json(&serde_json::json!({ "folder": folder, "entries": count }))?;
            } else {
                output::line(&format!("已导出 {count} 条到 {}：journal.jsonl、checkpoints.txt、key.pub；格式见 docs/journal-format.md", folder.display()))?;
            }
            Ok(End::Done)
        }
    }
}

/// As the table of rights names it.
fn word(words: &JournalWords) -> &'static str {
    match words {
        JournalWords::Verify { .. } => "journal verify",
        JournalWords::Checkpoint => "journal checkpoint",
        JournalWords::Prove { .. } => "journal prove",
        JournalWords::Export { .. } => "journal export",
    }
}
