//! 清除清单: a file beside the key file, outside of the data directory, with every purged row by number and witness and
//! nothing of what it said. It outlives the database: whatever older copy takes its place is purged again at the next
//! start. Each line is bound to the site's key, so that nobody can plant one.

use super::carry::{self, Certificate};
use super::row::{self, Found, How};
use crate::journal::verify::PURGED;
use crate::{Actor, Desk, Error, Office, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use vault::Keys;

/// One purge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    uid: String,
    rule: String,
    person: Option<i64>,
    until: String,
    basis: String,
    at: String,
    /// Table, number, witness, how.
    rows: Vec<(String, i64, String, How)>,
}

#[derive(Serialize, Deserialize)]
struct Bound {
    line: Line,
    mac: String,
}

/// What the list and the database told each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Purges that were written to the file.
    pub noted: usize,
    /// Purges that were done again in this database.
    pub replayed: usize,
    /// Rows that went by that.
    pub rows: usize,
}

fn mac(keys: &Keys, line: &Line) -> String {
    keys.index("purges", &serde_json::to_string(line).unwrap_or_default())
}

/// The list and the database are brought together: what either knows the other learns. Before anybody works.
pub fn keep(office: &Office, file: &Path) -> Result<Kept> {
    let mut kept = Kept::default();
    let theirs = read(&office.keys, file)?;
    let program = Actor::program();
    let done = office.read(&program, Default::default(), done)?;
    let known: BTreeSet<&str> = theirs.iter().map(|l| l.uid.as_str()).collect();
    // Only those that one of the two does not know are read whole.
    let ours = office.read(&program, Default::default(), |desk| lines(desk, |uid| !known.contains(uid) || !done.contains(uid)))?;
    let missing: Vec<&Line> = ours.iter().filter(|l| !known.contains(l.uid.as_str())).collect();
    if !missing.is_empty() {
        append(&office.keys, file, &missing)?;
        kept.noted = missing.len();
    }
    let mut again: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in theirs.iter().chain(&ours).filter(|l| !done.contains(&l.uid)) {
        again.insert(&line.uid, line);
    }
    // In the order in which they were done: a later one may empty what an earlier one left.
    let mut again: Vec<&Line> = again.into_values().collect();
    again.sort_by(|a, b| a.at.cmp(&b.at));
    for line in again {
        kept.rows += office.write(&program, |desk| replay(desk, line))?;
        kept.replayed += 1;
    }
    Ok(kept)
}

/// Purges whose certificate is in this journal.
fn done(desk: &Desk) -> Result<BTreeSet<String>> {
    let rows = desk.rows("select detail from journal where act = $1 and detail is not null", &[PURGED.into()])?;
    let uid = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok()?["purge"].as_str().map(str::to_owned);
    Ok(rows.iter().filter_map(|r| uid(r.text(0))).collect())
}

/// The purges that this database knows of and that are wanted.
fn lines(desk: &Desk, wanted: impl Fn(&str) -> bool) -> Result<Vec<Line>> {
    let sql = "select p.id, p.uid, p.rule, p.person, p.until, p.basis, d.at from purges p join purge_decisions d on d.purge = p.id and d.agreed = 1 order by p.id";
    let mut out = Vec::new();
    for row in desk.rows(sql, &[])?.iter().filter(|row| wanted(row.text(1))) {
        let rows = desk.rows("select name, number, witness, how from purged_rows where purge = $1 order by id", &[row.int(0).into()])?;
        out.push(Line {
            uid: row.text(1).into(),
            rule: row.text(2).into(),
            person: row.opt_int(3),
            until: row.text(4).into(),
            basis: row.text(5).into(),
            at: row.text(6).into(),
            rows: rows.iter().map(|r| (r.text(0).into(), r.int(1), r.text(2).into(), How::from_id(r.text(3)))).collect(),
        });
    }
    Ok(out)
}

/// Does again what was done: exactly the rows of the list that are here, known by their witness.
fn replay(desk: &mut Desk, line: &Line) -> Result<usize> {
    let mut found: Vec<Found> = Vec::new();
    let mut by_table: BTreeMap<(&str, How), Vec<(i64, &str)>> = BTreeMap::new();
    for (table, number, witness, how) in &line.rows {
        by_table.entry((table, *how)).or_default().push((*number, witness));
    }
    for ((table, how), rows) in &by_table {
        if !desk.has_table(table)? {
            continue;
        }
        for some in rows.chunks(400) {
            let list: Vec<String> = some.iter().map(|(number, _)| number.to_string()).collect();
            let here = row::rows_that(desk, table, &format!("t.id in ({})", list.join(", ")), &[], *how)?;
            found.extend(here.into_iter().filter(|f| some.iter().any(|(number, witness)| f.number == *number && f.witness == *witness)));
        }
    }
    // In the order of the list: what refers goes before what is referred to.
    let place: BTreeMap<(&str, i64), usize> = line.rows.iter().enumerate().map(|(at, (table, number, ..))| ((table.as_str(), *number), at)).collect();
    found.sort_by_key(|f| place.get(&(f.table.as_str(), f.number)).copied());
    let purge = known(desk, line)?;
    desk.execute("delete from purged_rows where purge = $1", &[purge.into()])?;
    let title = line.person.map_or_else(|| super::schedule::rule(&line.rule).map_or_else(|| line.rule.clone(), |r| r.title.clone()), |n| format!("第 {n} 号干部的全部记录"));
    let person = line.person.filter(|_| found.iter().any(|f| f.table == "person_details")).map(vocabulary::Id::new);
    carry::out(desk, purge, &Certificate { uid: &line.uid, title, basis: &line.basis, replayed: true }, &found, person)?;
    // The list is whole here as well, with the rows that this copy never had.
    let columns = ["purge", "name", "number", "witness", "how"];
    let had: BTreeSet<(&str, i64)> = found.iter().map(|f| (f.table.as_str(), f.number)).collect();
    let others: Vec<_> = line.rows.iter().filter(|(table, number, ..)| !had.contains(&(table.as_str(), *number))).collect();
    let mut others = others.iter().map(|(table, number, witness, how)| vec![purge.into(), table.as_str().into(), (*number).into(), witness.as_str().into(), how.id().into()]);
    desk.tx().insert_all("purged_rows", &columns, &mut others)?;
    Ok(found.len())
}

/// The purge's row in this database; made where it is an older one.
fn known(desk: &mut Desk, line: &Line) -> Result<i64> {
    if let Some(row) = desk.first("select id from purges where uid = $1", &[line.uid.as_str().into()])? {
        return Ok(row.int(0));
    }
    let account = desk.one("select coalesce(min(id), 0) from accounts", &[])?.int(0);
    let columns = ["uid", "rule", "person", "until", "basis", "reason", "rows", "print", "asker", "at", "entry"];
    let values = [
        line.uid.as_str().into(),
        line.rule.as_str().into(),
        line.person.into(),
        line.until.as_str().into(),
        line.basis.as_str().into(),
        "按清除清单再次清除".into(),
        i64::try_from(line.rows.len()).unwrap_or(i64::MAX).into(),
        "".into(),
        account.into(),
        line.at.as_str().into(),
        0.into(),
    ];
    let purge = desk.insert("purges", &columns, &values)?;
    let values = [purge.into(), 1.into(), "按清除清单再次清除".into(), account.into(), line.at.as_str().into(), 0.into()];
    desk.insert("purge_decisions", &["purge", "agreed", "reason", "decider", "at", "entry"], &values)?;
    Ok(purge)
}

fn unreadable(file: &Path, why: impl std::fmt::Display) -> Error {
    Error::Wrong(format!("清除清单 {}：{why}", file.display()))
}

/// Refuses a list with a line that this site did not write.
fn read(keys: &Keys, file: &Path) -> Result<Vec<Line>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
        Err(e) => return Err(unreadable(file, e)),
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let mut out = Vec::new();
    // What stands behind the last line's end broke off while it was written; the database has it still.
    for (at, line) in whole.lines().enumerate() {
        let bound: Bound = serde_json::from_str(line).map_err(|_| unreadable(file, format!("第 {} 行读不懂", at + 1)))?;
        if mac(keys, &bound.line) != bound.mac {
            return Err(unreadable(file, format!("第 {} 行不是本单位的钥匙写的，或被改过", at + 1)));
        }
        out.push(bound.line);
    }
    Ok(out)
}

fn append(keys: &Keys, file: &Path, lines: &[&Line]) -> Result<()> {
    let write = || {
        // A line that broke off is written anew.
        let old = std::fs::read(file).unwrap_or_default();
        let whole = old.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let mut out = std::fs::OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(file)?;
        out.set_len(whole as u64)?;
        std::io::Seek::seek(&mut out, std::io::SeekFrom::End(0))?;
        for line in lines {
            let bound = serde_json::to_string(&Bound { mac: mac(keys, line), line: (*line).clone() })?;
            writeln!(out, "{bound}")?;
        }
        out.sync_all()
    };
    write().map_err(|e: std::io::Error| unreadable(file, e))
}
