//! 一件: read with everything that happened to it.

use super::line::{after, by_then};
use super::report::number;
use super::{Sight, sight, system, unit};
use crate::{Case, Error, Result};
use institution::case::{Act, Deed, Due, Life, Term, life::joint_due};
use registry::{Desk, Organisation};
use std::collections::BTreeMap;
use store::{Param, Row};
use vocabulary::{Id, Moment};

/// A case with its deeds and what they amount to.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Record {
    pub id: Id<Case>,
    pub receipt: String,
    pub system: String,
    pub version: String,
    pub way: String,
    pub place: Id<Organisation>,
    pub place_words: String,
    pub words: String,
    pub reported: Moment,
    pub actor: String,
    pub deeds: Vec<Deed>,
    pub life: Life,
    /// Cases that were merged into this one and are still.
    pub merged: Vec<Id<Case>>,
    /// Rule 14: with the merged ones.
    pub due: Option<Due>,
}

pub(super) const COLUMNS: &str = "c.id, c.system, c.version, c.way, c.place, c.place_words, c.words, c.reported, c.actor";
const DEEDS: &str = "d.case_id, d.id, d.act, d.at, d.part, d.unit, d.word, d.says, d.term, d.into_case, d.leads, d.evidence, d.account, d.actor, d.data";

pub(super) fn moment(text: &str, table: &'static str, row: i64, column: &'static str) -> Result<Moment> {
    text.parse().map_err(|_| Error::Corrupt { table, row, column })
}

fn deed(row: &Row) -> Result<Deed> {
    let number = row.int(1);
    let act = Act::from_id(row.text(2)).ok_or(Error::Corrupt { table: "case_deeds", row: number, column: "act" })?;
    let term = row.opt_text(8).map(serde_json::from_str::<Term>).transpose();
    Ok(Deed {
        number,
        act,
        at: moment(row.text(3), "case_deeds", number, "at")?,
        part: row.opt_int(4),
        unit: row.opt_int(5),
        word: row.text(6).into(),
        says: row.text(7).into(),
        term: term.map_err(|_| Error::Corrupt { table: "case_deeds", row: number, column: "term" })?,
        into: row.opt_int(9),
        leads: row.yes(10),
        evidence: row.yes(11),
        by: row.opt_int(12),
        actor: row.text(13).into(),
        data: row.opt_text(14).map(serde_json::from_str).transpose().map_err(|_| Error::Corrupt { table: "case_deeds", row: number, column: "data" })?.unwrap_or_default(),
    })
}

/// Reads what `tests` (on `cases c`) name, oldest first, as things stood on the day asked about: what was reported and done
/// by then. `tail` may order and limit.
pub(super) fn load(desk: &Desk, tests: &str, params: &[Param], tail: &str) -> Result<Vec<Record>> {
    let tests = match after(desk) {
        Some(after) => &format!("c.reported < '{after}' and {tests}"),
        None => tests,
    };
    let heads = desk.rows(&format!("select {COLUMNS} from cases c where {tests} {tail}"), params)?;
    let sql = format!("select {DEEDS} from case_deeds d where d.case_id in (select c.id from cases c where {tests} {tail}) and {} order by d.case_id, d.id", by_then(desk, "d"));
    let mut deeds: BTreeMap<i64, Vec<Deed>> = BTreeMap::new();
    for row in desk.rows(&sql, params)? {
        deeds.entry(row.int(0)).or_default().push(deed(&row)?);
    }
    let mut out = Vec::with_capacity(heads.len());
    for row in &heads {
        out.push(record(desk, row, deeds.remove(&row.int(0)).unwrap_or_default())?);
    }
    join_merged(desk, &mut out)?;
    Ok(out)
}

fn record(desk: &Desk, row: &Row, deeds: Vec<Deed>) -> Result<Record> {
    let id = row.int(0);
    let (_, system) = system(desk, row.text(1))?;
    let life = Life::of(system, &desk.book.calendar, &deeds).ok_or(Error::Corrupt { table: "case_deeds", row: id, column: "act" })?;
    Ok(Record {
        id: Id::new(id),
        receipt: number(system, id),
        system: row.text(1).into(),
        version: row.text(2).into(),
        way: row.text(3).into(),
        place: Id::new(row.int(4)),
        place_words: row.text(5).into(),
        words: row.text(6).into(),
        reported: moment(row.text(7), "cases", id, "reported")?,
        actor: row.text(8).into(),
        due: life.running().and_then(|c| c.due),
        deeds,
        life,
        merged: vec![],
    })
}

/// Deadlines of merged cases pull those of the cases that go on.
fn join_merged(desk: &Desk, records: &mut [Record]) -> Result<()> {
    let open: Vec<String> = records.iter().filter(|r| r.life.stage.waits()).map(|r| r.id.to_string()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let merges = desk.rows(&format!("select distinct d.case_id, d.into_case from case_deeds d where d.into_case is not null and {}", by_then(desk, "d")), &[])?;
    let mut into: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in &merges {
        into.entry(row.int(1)).or_default().push(row.int(0));
    }
    for record in records.iter_mut().filter(|r| r.life.stage.waits()) {
        let Some(numbers) = into.get(&record.id.number()) else { continue };
        let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
        let sql = format!("select {DEEDS} from case_deeds d where d.case_id in ({}) and {} order by d.case_id, d.id", list.join(", "), by_then(desk, "d"));
        let mut deeds: BTreeMap<i64, Vec<Deed>> = BTreeMap::new();
        for row in desk.rows(&sql, &[])? {
            deeds.entry(row.int(0)).or_default().push(deed(&row)?);
        }
        let system = system(desk, &record.system)?.1;
        let mut dues = Vec::new();
        for (number, deeds) in deeds {
            let life = Life::of(system, &desk.book.calendar, &deeds);
            if let Some(life) = life.filter(|l| l.merged_into == Some(record.id.number())) {
                record.merged.push(Id::new(number));
                dues.push(life.running().and_then(|c| c.due));
            }
        }
        record.due = joint_due(record.due, dues.into_iter());
    }
    Ok(())
}

/// The case, if this desk may see it.
pub fn find(desk: &Desk, id: Id<Case>) -> Result<Record> {
    let mut params = vec![id.number().into()];
    let visible = sight(desk)?.visible(desk, &mut params);
    load(desk, &format!("c.id = $1 and {visible}"), &params, "")?.pop().ok_or_else(|| Error::NotFound("这一件".into()))
}

/// The case of a receipt number (`CS0000012`), when one may see it.
pub fn with_receipt(desk: &Desk, text: &str) -> Result<Option<Id<Case>>> {
    let text = text.trim().to_ascii_uppercase();
    let Some(id) = text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok().filter(|_| text.is_ascii()) else { return Ok(None) };
    match find(desk, Id::new(id)) {
        Ok(record) => Ok(Some(record.id).filter(|_| record.receipt == text)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// For the receipt and for merged cases: whoever asks has been asked for something else.
pub(super) fn find_unrestricted(desk: &Desk, id: Id<Case>) -> Result<Record> {
    load(desk, "c.id = $1", &[id.number().into()], "")?.pop().ok_or_else(|| Error::NotFound("这一件".into()))
}

/// 可能重复: open cases of the same place whose words are much alike.
pub fn alike(desk: &Desk, record: &Record) -> Result<Vec<Record>> {
    let mut params: Vec<Param> = vec![record.place.number().into(), record.id.number().into(), record.system.as_str().into()];
    let visible = sight(desk)?.visible(desk, &mut params);
    let open = super::line::open(desk);
    let near = load(desk, &format!("c.place = $1 and c.id <> $2 and c.system = $3 and {open} and {visible}"), &params, "order by c.id desc limit 200")?;
    Ok(near.into_iter().filter(|r| r.life.stage.waits() && r.life.merged_into.is_none() && alike_words(&r.words, &record.words)).take(6).collect())
}

/// Half of the pairs of neighbouring characters of the shorter text stand in the other too.
fn alike_words(a: &str, b: &str) -> bool {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|w| (w[0], w[1])).collect::<std::collections::BTreeSet<_>>()
    };
    let (a, b) = (pairs(a), pairs(b));
    let least = a.len().min(b.len());
    least > 0 && a.intersection(&b).count() * 2 >= least
}

/// Questions about who answers for a case, asked of the tree.
pub(super) trait Held {
    fn holder_is_covered(&self, desk: &Desk, sight: &Sight) -> Result<bool>;
}
impl Held for Life {
    fn holder_is_covered(&self, desk: &Desk, sight: &Sight) -> Result<bool> {
        match self.holder {
            Some(holder) => Ok(sight.covers(&unit::find(desk, Id::new(holder))?.path)),
            None => Ok(sight.whole),
        }
    }
}

impl Record {
    /// Whoever sits at the desk wrote the report down.
    pub fn is_reported_by(&self, desk: &Desk) -> bool {
        desk.actor.account.is_some() && self.deeds.first().and_then(|d| d.by) == desk.actor.account.map(|a| a.number())
    }
    /// A part of the round that runs is this actor's department's, and claimed.
    pub(super) fn handled_by(&self, desk: &Desk, sight: &Sight) -> Result<bool> {
        for part in self.life.parts_now().filter(|p| p.is_live() && p.claim.met.is_some()) {
            if sight.covers(&unit::find(desk, Id::new(part.unit))?.path) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::alike_words;

    #[test]
    fn the_same_trouble_told_twice_is_alike_and_another_is_not() {
        assert!(alike_words("2号楼电梯坏了三天没人修", "2号楼的电梯坏了，三天了没人来修"));
        assert!(!alike_words("2号楼电梯坏了三天没人修", "小区门口路灯不亮"));
        assert!(!alike_words("", "路灯不亮"));
    }
}
