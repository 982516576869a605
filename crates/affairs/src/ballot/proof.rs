//! 核对票箱: does what lies there still fit the roll, the journal and the list of the close?

use super::cast::receipt;
use super::{Ballot, Found, Key, find};
use crate::Result;
use registry::Desk;
use std::collections::BTreeSet;
use vocabulary::Id;

/// A ballot that does not fit, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub ballot: Option<Id<Ballot>>,
    pub title: String,
    pub says: String,
}

/// What lies in a box: place and sealed paper, in the order of places.
pub(super) struct Box {
    pub papers: Vec<(String, String)>,
    pub faults: Vec<String>,
}

/// What was fixed at the opening, as one sum: rule, title, what is voted on, who votes. The journal holds it.
pub(super) fn print(desk: &Desk, found: &Found) -> Result<String> {
    let roll: Vec<_> = found.roll.iter().map(|v| (v.account.number(), &v.group, &v.without)).collect::<BTreeSet<_>>().into_iter().collect();
    let items: Vec<_> = found.items.iter().map(|i| (i.person.map(|p| p.number()), i.line, &i.label)).collect();
    let all = (&found.institution, &found.rule, &found.title, &found.procedure, items, roll);
    let text = serde_json::to_string(&all).map_err(|e| crate::Error::Wrong(e.to_string()))?;
    Ok(desk.keys.index("ballot.opening", &text))
}

/// Opening, places, roll.
fn of_box(desk: &Desk, found: &Found) -> Result<Box> {
    let id = found.id.number();
    let mut faults = Vec::new();
    let opening = desk.first("select detail from journal where id = $1 and act = 'ballot.open'", &[found.entered.into()])?;
    let noted: serde_json::Value = opening.and_then(|r| serde_json::from_str(r.opt_text(0)?).ok()).unwrap_or_default();
    if noted["print"].as_str() != Some(&print(desk, found)?) {
        faults.push("名称、选票内容或名册与发起时的不一样".to_owned());
    }
    let rows = desk.rows("select place, sealed from ballot_papers where ballot = $1 order by place", &[id.into()])?;
    if rows.len() != found.roll.len() {
        faults.push(format!("票箱有 {} 个位置，名册有 {} 人", rows.len(), found.roll.len()));
    }
    let papers: Vec<_> = rows.iter().filter(|r| !r.text(1).is_empty()).map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect();
    if papers.len() != found.voted() {
        faults.push(format!("名册上 {} 人已投，票箱里 {} 张", found.voted(), papers.len()));
    }
    Ok(Box { papers, faults })
}

/// One sum of a box: which paper lies where.
pub(super) fn whole(desk: &Desk, papers: &[(String, String)]) -> String {
    let lines: Vec<String> = papers.iter().map(|(place, sealed)| format!("{place} {}", receipt(desk, sealed))).collect();
    desk.keys.index("ballot.box", &lines.join("\n"))
}

/// While the box is closed to everybody its key still tells which entry of the journal brought which paper: the papers
/// there are exactly those that came and were not replaced.
pub(super) fn of_open_box(desk: &Desk, found: &Found, key: &Key) -> Result<Box> {
    let mut of_box = of_box(desk, found)?;
    let sql = "select detail from journal where act = 'ballot.cast' and subject = 'ballot' and number = $1";
    let (mut came, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for row in desk.rows(sql, &[found.id.number().into()])? {
        let detail: serde_json::Value = row.opt_text(0).and_then(|d| serde_json::from_str(d).ok()).unwrap_or_default();
        let text = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
        came.insert(text("paper"));
        gone.insert(text("instead"));
    }
    came.retain(|tag| !gone.contains(&key.gone(desk, tag)));
    let there: BTreeSet<String> = of_box.papers.iter().map(|(_, sealed)| key.tag(desk, &receipt(desk, sealed))).collect();
    if there != came || there.len() != of_box.papers.len() {
        let says = format!("票箱里的 {} 张票与日志记下的 {} 张不是同一批", of_box.papers.len(), came.len());
        of_box.faults.push(says);
    }
    Ok(of_box)
}

/// Everything that does not fit; nothing when the box is whole.
pub fn check(desk: &Desk, id: Id<Ballot>) -> Result<Vec<String>> {
    let found = find(desk, id)?;
    let kept = desk.one("select result, tally_key from ballots where id = $1", &[id.number().into()])?;
    if found.closed.is_none() {
        return Ok(match kept.opt_text(1).and_then(Key::read) {
            Some(key) => of_open_box(desk, &found, &key)?.faults,
            None => vec!["还没有结束，开箱钥匙却不在".into()],
        });
    }
    let Box { papers, mut faults } = of_box(desk, &found)?;
    let sql = "select id, detail from journal where act = $1 and subject = 'ballot' and number = $2";
    let commits = desk.rows(sql, &["ballot.commit".into(), id.number().into()])?;
    let closes = desk.rows(sql, &["ballot.close".into(), id.number().into()])?;
    let ([commit], [close]) = (commits.as_slice(), closes.as_slice()) else {
        faults.push(format!("日志里有 {} 份开箱清单、{} 次结束，应各有一次", commits.len(), closes.len()));
        return Ok(faults);
    };
    if Some(close.int(0)) != found.closed {
        faults.push("结束的记录与日志不一样".into());
    }
    let commit: serde_json::Value = commit.opt_text(1).and_then(|d| serde_json::from_str(d).ok()).unwrap_or_default();
    let listed: Vec<String> = commit["papers"].as_array().into_iter().flatten().filter_map(|h| h.as_str().map(str::to_owned)).collect();
    let mut there: Vec<String> = papers.iter().map(|(_, sealed)| receipt(desk, sealed)).collect();
    there.sort();
    if there != listed || commit["box"].as_str() != Some(&whole(desk, &papers)) {
        faults.push("票箱里的票与开箱清单不一样".into());
    }
    if commit["result"].as_str() != Some(&desk.keys.index("ballot.result", kept.opt_text(0).unwrap_or_default())) {
        faults.push("计票结果与开箱时的不一样".into());
    }
    if kept.opt_text(1).is_some() {
        faults.push("开箱钥匙没有销毁".into());
    }
    Ok(faults)
}

/// All boxes: what an auditor runs beside the check of the journal.
pub fn check_all(desk: &Desk) -> Result<Vec<Fault>> {
    let rows = desk.rows("select id, title from ballots order by id", &[])?;
    let mut faults = Vec::new();
    for row in &rows {
        let says = check(desk, Id::new(row.int(0)))?.into_iter();
        faults.extend(says.map(|says| Fault { ballot: Some(Id::new(row.int(0))), title: row.text(1).to_owned(), says }));
    }
    let opened = desk.one("select count(*) from journal where act = 'ballot.open'", &[])?.int(0);
    if opened != rows.len() as i64 {
        let says = format!("日志记下发起 {opened} 次投票，票箱有 {} 个", rows.len());
        faults.push(Fault { ballot: None, title: String::new(), says });
    }
    Ok(faults)
}
