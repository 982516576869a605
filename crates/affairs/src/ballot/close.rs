//! 结束和开箱: first the list of all papers goes into the journal, then they are opened at once, then the key is destroyed.

use super::cast::receipt;
use super::proof::{Box, of_open_box, whole};
use super::{Ballot, GroupTotals, Key, Paper, Totals, find, refused};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::seq::SliceRandom;
use registry::Desk;
use registry::desk::Happened;
use vocabulary::{Id, Outcome};

pub fn close(desk: &mut Desk, id: Id<Ballot>) -> Result<Outcome<()>> {
    let found = find(desk, id)?;
    let rule = &found.rule;
    if found.closed.is_some() {
        return refused("ballot-closed", "投票已经结束", &rule.source, "");
    }
    let next = "票箱被动过，不能开箱；请审计员核对日志，重新组织投票";
    let key = Key::of(desk, id)?;
    let Box { papers: rows, faults } = of_open_box(desk, &found, &key)?;
    if !faults.is_empty() {
        return refused("ballot-counts", faults.join("；"), &rule.source, next);
    }
    let sealer = key.sealer(desk);
    let mut opened = Vec::with_capacity(rows.len());
    let mut hashes = Vec::with_capacity(rows.len());
    for (place, sealed) in &rows {
        let bytes = STANDARD.decode(sealed).ok();
        let plain = bytes.and_then(|b| sealer.open_file(&b).ok().flatten());
        let paper: Option<Paper> = plain.and_then(|p| serde_json::from_slice(&p).ok());
        match paper.filter(|p| p.place == *place && p.answers.len() == found.items.len()) {
            Some(paper) => opened.push(paper),
            None => return refused("ballot-broken", "有一张票打不开，或不在它的位置上", &rule.source, next),
        }
        hashes.push(receipt(desk, sealed));
    }
    hashes.sort();
    let papers = opened.len();
    let totals = count(&opened, found.items.len(), rule.answers.len());
    let result = serde_json::to_string(&totals).map_err(|e| Error::Wrong(e.to_string()))?;
    let detail = serde_json::json!({ "papers": hashes, "box": whole(desk, &rows), "result": desk.keys.index("ballot.result", &result) });
    let says = format!("“{}”开箱前封存 {papers} 张票的清单", found.title);
    desk.record_with(Happened { act: "ballot.commit", subject: "ballot", number: Some(id.number()), says }, detail)?;
    let says = format!("结束投票“{}”：应投 {} 人，实投 {papers} 人", found.title, found.roll.len());
    let entry = desk.record(Happened { act: "ballot.close", subject: "ballot", number: Some(id.number()), says })?;
    let result = desk.closed("ballots", "result", result);
    desk.execute("update ballots set closed = $1, result = $2, tally_key = null where id = $3", &[entry.into(), result, id.number().into()])?;
    // The key, and what was written over before the close: on a server they would lie in dead rows.
    desk.forget_in(&["ballots", "ballot_papers"]);
    desk.checkpoint("表决结束");
    Ok(Outcome::Done(()))
}

fn count(papers: &[Paper], items: usize, answers: usize) -> Totals {
    let mut totals = Totals { valid: papers.len() as i64, ..Totals::default() };
    for paper in papers {
        let at = totals.groups.iter().position(|g| g.name == paper.group).unwrap_or_else(|| {
            totals.groups.push(GroupTotals { name: paper.group.clone(), counts: vec![vec![0; answers]; items] });
            totals.groups.len() - 1
        });
        for (item, answer) in paper.answers.iter().enumerate() {
            if let Some(answer) = answer {
                totals.groups[at].counts[item][*answer] += 1;
            }
        }
        if !paper.comment.is_empty() {
            totals.comments.push(paper.comment.clone());
        }
    }
    totals.groups.sort_by(|a, b| a.name.cmp(&b.name));
    totals.comments.shuffle(&mut rand::rng());
    totals
}
