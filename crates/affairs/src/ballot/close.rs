//! 结束和开箱: first the list of all papers goes into the journal, then they are opened at once, then the key is destroyed.

use super::cast::receipt;
use super::{Ballot, GroupTotals, Key, Paper, Totals, counts, find, kind, refused};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::seq::SliceRandom;
use registry::Desk;
use registry::desk::Happened;
use vocabulary::{Id, Outcome};

pub fn close(desk: &mut Desk, id: Id<Ballot>) -> Result<Outcome<()>> {
    let found = find(desk, id)?;
    let rule = kind(desk, &found)?;
    if found.closed.is_some() {
        return refused("ballot-closed", "投票已经结束", &rule.source, "");
    }
    let [papers, voted, noted] = counts(desk, id)?;
    if papers != voted || voted != noted {
        let says = format!("对不上：名册上 {voted} 人已投，票箱里 {papers} 张，日志记下 {noted} 张");
        return refused("ballot-counts", says, &rule.source, "票箱被动过，不能开箱；请审计员核对日志，重新组织投票");
    }
    let row = desk.one("select tally_key from ballots where id = $1", &[id.number().into()])?;
    let key = Key::read(row.text(0)).ok_or(Error::Corrupt { table: "ballots", row: id.number(), column: "tally_key" })?;
    let sealer = key.sealer(desk);
    let rows = desk.rows("select place, sealed from ballot_papers where ballot = $1 and sealed <> '' order by place", &[id.number().into()])?;
    let mut opened = Vec::with_capacity(rows.len());
    let mut hashes = Vec::with_capacity(rows.len());
    for row in &rows {
        let bytes = STANDARD.decode(row.text(1)).ok();
        let plain = bytes.and_then(|b| sealer.open_file(&b).ok().flatten());
        let paper: Option<Paper> = plain.and_then(|p| serde_json::from_slice(&p).ok());
        match paper.filter(|p| p.place == row.text(0) && p.answers.len() == found.items.len()) {
            Some(paper) => opened.push(paper),
            None => return refused("ballot-broken", "有一张票打不开，或不在它的位置上", &rule.source, "票箱被动过，不能开箱；请审计员核对，重新组织投票"),
        }
        hashes.push(receipt(desk, row.text(1)));
    }
    hashes.sort();
    let totals = count(&opened, found.items.len(), rule.answers.len());
    let result = serde_json::to_string(&totals).map_err(|e| Error::Wrong(e.to_string()))?;
    let detail = serde_json::json!({ "papers": hashes, "result": desk.keys.index("ballot.result", &result) });
    desk.took("ballot.commit", "ballot", id.number(), format!("“{}”开箱前封存 {papers} 张票的清单", found.title), Some(detail))?;
    let says = format!("结束投票“{}”：应投 {} 人，实投 {voted} 人", found.title, found.roll.len());
    let entry = desk.record(Happened { act: "ballot.close", subject: "ballot", number: Some(id.number()), says })?;
    let result = desk.closed("ballots", "result", result);
    desk.execute("update ballots set closed = $1, result = $2, tally_key = null where id = $3", &[entry.into(), result, id.number().into()])?;
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
            totals.groups[at].counts[item][*answer] += 1;
        }
        if !paper.comment.is_empty() {
            totals.comments.push(paper.comment.clone());
        }
    }
    totals.groups.sort_by(|a, b| a.name.cmp(&b.name));
    totals.comments.shuffle(&mut rand::rng());
    totals
}
