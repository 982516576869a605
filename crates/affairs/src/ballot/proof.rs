//! 核对票箱: does what lies there still fit the roll, the journal and the list of the close?

use super::cast::receipt;
use super::{Ballot, counts, find};
use crate::Result;
use registry::Desk;
use vocabulary::Id;

/// Everything that does not fit; nothing when the box is whole.
pub fn check(desk: &Desk, id: Id<Ballot>) -> Result<Vec<String>> {
    let found = find(desk, id)?;
    let mut faults = Vec::new();
    let [papers, voted, noted] = counts(desk, id)?;
    if papers != voted || voted != noted {
        faults.push(format!("名册上 {voted} 人已投，票箱里 {papers} 张，日志记下 {noted} 张"));
    }
    let places = desk.one("select count(*) from ballot_papers where ballot = $1", &[id.number().into()])?.int(0);
    if places != found.roll.len() as i64 {
        faults.push(format!("票箱有 {places} 个位置，名册有 {} 人", found.roll.len()));
    }
    if found.closed.is_none() {
        return Ok(faults);
    }
    let sql = "select detail from journal where act = 'ballot.commit' and subject = 'ballot' and number = $1";
    let commits = desk.rows(sql, &[id.number().into()])?;
    let [commit] = commits.as_slice() else {
        faults.push(format!("日志里有 {} 份开箱清单，应有一份", commits.len()));
        return Ok(faults);
    };
    let commit: serde_json::Value = serde_json::from_str(commit.text(0)).unwrap_or_default();
    let listed: Vec<String> = commit["papers"].as_array().into_iter().flatten().filter_map(|h| h.as_str().map(str::to_owned)).collect();
    let rows = desk.rows("select sealed from ballot_papers where ballot = $1 and sealed <> ''", &[id.number().into()])?;
    let mut there: Vec<String> = rows.iter().map(|r| receipt(desk, r.text(0))).collect();
    there.sort();
    if there != listed {
        faults.push("票箱里的票与开箱清单不一样".into());
    }
    let result = desk.one("select result, tally_key from ballots where id = $1", &[id.number().into()])?;
    if commit["result"].as_str() != Some(&desk.keys.index("ballot.result", result.text(0))) {
        faults.push("计票结果与开箱时的不一样".into());
    }
    if result.opt_text(1).is_some() {
        faults.push("开箱钥匙没有销毁".into());
    }
    Ok(faults)
}
