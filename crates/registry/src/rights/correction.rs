//! 更正申请: one named entry, what it says, what it should say, and why. What became of it is read from its rows.

use super::decision::{self, Decided};
use super::entry::{self, Held, NounOf, noun, said};
use super::{CorrectionId, DECIDE_WITHIN_DAYS, refusal};
use crate::desk::Happened;
use crate::{Desk, Error, Person, Result, person};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use vocabulary::{Day, Findings, Id, Outcome};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 一项内容不对
    Mend,
    /// 少了一条
    Add,
    /// 多了一条
    Remove,
}

impl Kind {
    pub fn id(self) -> &'static str {
        match self {
            Kind::Mend => "mend",
            Kind::Add => "add",
            Kind::Remove => "remove",
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Kind::Mend => "内容不对",
            Kind::Add => "少了一条",
            Kind::Remove => "多了一条",
        }
    }
    pub fn from_id(id: &str) -> Option<Kind> {
        [Kind::Mend, Kind::Add, Kind::Remove].into_iter().find(|k| k.id() == id)
    }
}

/// 申请
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub person: Id<Person>,
    pub kind: Kind,
    pub noun: String,
    pub number: Option<i64>,
    pub field: Option<String>,
    /// Column → text as typed.
    pub typed: BTreeMap<String, String>,
    pub reason: String,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Waiting,
    Accepted,
    Refused,
    /// Refused, appealed, and waits for another decider.
    Appealed,
    AppealAccepted,
    AppealRefused,
}

impl Stage {
    pub fn says(self) -> &'static str {
        match self {
            Stage::Waiting => "待办理",
            Stage::Accepted => "已更正",
            Stage::Refused => "未采纳",
            Stage::Appealed => "申诉待办理",
            Stage::AppealAccepted => "申诉后已更正",
            Stage::AppealRefused => "申诉未采纳",
        }
    }
    pub fn waits(self) -> bool {
        matches!(self, Stage::Waiting | Stage::Appealed)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    pub id: Id<CorrectionId>,
    pub person: Id<Person>,
    pub name: String,
    pub kind: Kind,
    pub noun: String,
    pub number: Option<i64>,
    pub field: Option<String>,
    pub label: String,
    pub old: String,
    pub proposed: String,
    #[serde(skip)]
    pub typed: BTreeMap<String, String>,
    pub reason: String,
    pub asked_on: Day,
    #[serde(skip)]
    pub account: Option<i64>,
    pub stage: Stage,
    /// The day by which it must be decided, while it waits.
    pub due: Option<Day>,
    pub overdue: bool,
    pub appealed_on: Option<Day>,
    pub appeal_reason: Option<String>,
    pub decisions: Vec<Decided>,
}

/// 任职“青云镇镇长”的任职时间
pub(crate) fn label(noun: &NounOf, held: Option<&Held>, field: Option<&str>) -> Result<String> {
    let field = match field {
        Some(column) => Some(noun.field(column).ok_or_else(|| Error::NotFound(format!("{}的这一项", noun.title)))?.label),
        None => None,
    };
    Ok(match (noun.table, held, field) {
        ("person_details", _, Some(field)) => field.to_owned(),
        (_, Some(held), Some(field)) => format!("{}“{}”的{field}", noun.title, noun.headline(&held.values)),
        (_, Some(held), None) => format!("{}“{}”", noun.title, noun.headline(&held.values)),
        (_, None, _) => format!("{}（新增一条）", noun.title),
    })
}

/// One entry as it stands: what a form about it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    pub label: String,
    /// What the record says now.
    pub value: String,
}

/// The entry that `number` and `field` name, of somebody's record; a new one when there is no number.
pub fn named(desk: &Desk, person: Id<Person>, table: &str, number: Option<i64>, field: Option<&str>) -> Result<Named> {
    let noun = noun(table).ok_or_else(|| Error::NotFound("记录的这一部分".into()))?;
    let held = number.map(|n| entry::one(desk, person, table, n)).transpose()?;
    let value = match (&held, field) {
        (Some(held), Some(column)) => said(held.values.get(column)),
        (Some(held), None) => noun.headline(&held.values),
        (None, _) => String::new(),
    };
    Ok(Named { label: label(noun, held.as_ref(), field)?, value })
}

/// Asks for a correction of one's own record; an officer may put a request that came on paper. Refused when nothing would
/// change, when the same is being decided already, or when a value cannot be read.
pub fn ask(desk: &mut Desk, ask: &Ask) -> Result<Outcome<Id<CorrectionId>>> {
    if desk.actor.person != Some(ask.person) && !desk.actor.may_write() {
        return Err(Error::NotFound("这名干部".into()));
    }
    let noun = noun(&ask.noun).ok_or_else(|| Error::NotFound("记录的这一部分".into()))?;
    let held = match (ask.kind, ask.number) {
        (Kind::Add, _) => None,
        (_, Some(number)) => Some(entry::one(desk, ask.person, &ask.noun, number)?),
        (_, None) => return Err(Error::Wrong("请指明是哪一条记录".into())),
    };
    let field = if ask.kind == Kind::Mend { ask.field.as_deref() } else { None };
    let label = label(noun, held.as_ref(), field)?;
    let mut found = Vec::new();
    let values = match entry::values(noun, &ask.typed) {
        Ok(values) => values,
        Err(wrong) => {
            found.extend(wrong.into_iter().map(|(_, says)| refusal("unreadable", &says, "第四十六条", "改正后再提交")));
            Default::default()
        }
    };
    let old = match (ask.kind, &held, field) {
        (Kind::Mend, Some(held), Some(column)) => said(held.values.get(column)),
        (_, Some(held), _) => noun.headline(&held.values),
        _ => String::new(),
    };
    let proposed = match (ask.kind, field) {
        (Kind::Remove, _) => String::new(),
        (Kind::Mend, Some(column)) => said(values.get(column)),
        (Kind::Mend, None) => return Err(Error::Wrong("请指明是哪一项内容".into())),
        (Kind::Add, _) => noun.fields.iter().filter(|f| !said(values.get(f.column)).is_empty()).map(|f| format!("{}：{}", f.label, said(values.get(f.column)))).collect::<Vec<_>>().join("，"),
    };
    if found.is_empty() && ask.kind == Kind::Mend && old == proposed {
        found.push(refusal("nothing-to-change", "要求的内容与现在的记录相同", "第四十六条", "核对现在的记录；不需要更正就不必提交"));
    }
    if ask.kind == Kind::Add && found.is_empty() {
        for field in noun.fields.iter().filter(|f| f.needed && said(values.get(f.column)).is_empty()) {
            found.push(refusal("incomplete", &format!("请填写{}", field.label), "第四十六条", "补齐后再提交"));
        }
    }
    if ask.reason.trim().is_empty() {
        found.push(refusal("no-reason", "请写明理由", "第四十六条", "写明为什么不对、依据是什么"));
    }
    let same = |c: &Correction| c.stage.waits() && c.noun == ask.noun && c.number == ask.number && c.field.as_deref() == field && c.kind == ask.kind && c.kind != Kind::Add;
    if mine(desk, ask.person)?.iter().any(same) {
        found.push(refusal("already-waiting", "同一项内容的更正申请正在办理", "第四十六条", "等待答复，或在原申请中补充材料"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let name = person::find_unrestricted(desk, ask.person)?.row.name;
    // What is asked stays in its own row: the journal's sentence names the entry, not its content.
    let says = format!("{name}要求更正“{}”", noun.title);
    let happened = Happened { act: "correction.ask", subject: "person", number: Some(ask.person.number()), says };
    let entry = if desk.actor.person == Some(ask.person) { desk.noted(happened)? } else { desk.record(happened)? };
    let typed = serde_json::to_string(&ask.typed).unwrap_or_default();
    let id = desk.insert(
        "corrections",
        &["person", "kind", "noun", "number", "field", "label", "old", "proposed", "typed", "reason", "asked_on", "account", "entered"],
        &[
            ask.person.number().into(),
            ask.kind.id().into(),
            ask.noun.as_str().into(),
            ask.number.filter(|_| ask.kind != Kind::Add).into(),
            field.into(),
            label.into(),
            old.into(),
            proposed.into(),
            typed.into(),
            ask.reason.trim().into(),
            desk.today.to_string().into(),
            desk.actor.account.map(|a| a.number()).into(),
            entry.into(),
        ],
    )?;
    Ok(Outcome::Done(Id::new(id)))
}

const SELECT: &str = "select c.id, c.person, d.name, c.kind, c.noun, c.number, c.field, c.label, c.old, c.proposed, c.typed, c.reason, c.asked_on, c.account,
        a.asked_on, a.reason
   from corrections c
   join person_details d on d.person = c.person and d.superseded is null
   left join correction_appeals a on a.correction = c.id";

fn read(desk: &Desk, row: &store::Row) -> Result<Correction> {
    let corrupt = |column: &'static str, value: &str| Error::Corrupt { table: "corrections", row: row.int(0), column, value: value.to_owned() };
    let day = |at: usize, column: &'static str| row.text(at).parse::<Day>().map_err(|_| corrupt(column, row.text(at)));
    let asked_on = day(12, "asked_on")?;
    let appealed_on = if row.opt_text(14).is_some() { Some(day(14, "appealed_on")?) } else { None };
    let id = Id::new(row.int(0));
    let decisions = decision::of(desk, id)?;
    let stage = match (decisions.iter().find(|d| !d.appeal), appealed_on, decisions.iter().find(|d| d.appeal)) {
        (None, ..) => Stage::Waiting,
        (Some(first), ..) if first.accepted => Stage::Accepted,
        (Some(_), None, _) => Stage::Refused,
        (Some(_), Some(_), None) => Stage::Appealed,
        (Some(_), Some(_), Some(second)) => if second.accepted { Stage::AppealAccepted } else { Stage::AppealRefused },
    };
    let due = stage.waits().then(|| appealed_on.unwrap_or(asked_on).plus_days(DECIDE_WITHIN_DAYS));
    Ok(Correction {
        id,
        person: Id::new(row.int(1)),
        name: row.text(2).into(),
        kind: Kind::from_id(row.text(3)).ok_or_else(|| corrupt("kind", row.text(3)))?,
        noun: row.text(4).into(),
        number: row.opt_int(5),
        field: row.opt_string(6),
        label: row.text(7).into(),
        old: row.text(8).into(),
        proposed: row.text(9).into(),
        typed: serde_json::from_str(row.text(10)).map_err(|_| corrupt("typed", row.text(10)))?,
        reason: row.text(11).into(),
        asked_on,
        account: row.opt_int(13),
        stage,
        due,
        overdue: due.is_some_and(|d| d < desk.today),
        appealed_on,
        appeal_reason: row.opt_string(15),
        decisions,
    })
}

/// One correction: one's own, or of somebody whose record this desk may see.
pub fn find(desk: &Desk, id: Id<CorrectionId>) -> Result<Correction> {
    let row = desk.first(&format!("{SELECT} where c.id = $1"), &[id.number().into()])?;
    let not_found = || Error::NotFound("这份更正申请".into());
    let correction = read(desk, &row.ok_or_else(not_found)?)?;
    if desk.actor.person == Some(correction.person) {
        return Ok(correction);
    }
    if !desk.actor.may_write() {
        return Err(not_found());
    }
    person::find(desk, correction.person).map_err(|_| not_found())?;
    Ok(correction)
}

/// Of one person, the newest first.
pub fn mine(desk: &Desk, person: Id<Person>) -> Result<Vec<Correction>> {
    let rows = desk.rows(&format!("{SELECT} where c.person = $1 order by c.id desc"), &[person.number().into()])?;
    rows.iter().map(|row| read(desk, row)).collect()
}

/// What the office has to decide, and what it decided of late.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Waiting {
    /// The one that is due first on top.
    pub open: Vec<Correction>,
    pub closed: Vec<Correction>,
}

/// Of everybody whose record this desk may see; oneself and relatives are left out by the record itself.
pub fn waiting(desk: &Desk, most: usize) -> Result<Waiting> {
    let mut out = Waiting::default();
    for row in desk.rows(&format!("{SELECT} order by c.id desc limit 2000"), &[])? {
        if person::find(desk, Id::new(row.int(1))).is_err() {
            continue;
        }
        let correction = read(desk, &row)?;
        if correction.stage.waits() {
            out.open.push(correction);
        } else if out.closed.len() < most {
            out.closed.push(correction);
        }
    }
    out.open.sort_by_key(|c| c.due);
    Ok(out)
}

/// 依据材料
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    pub id: i64,
    pub name: String,
}

pub fn papers(desk: &Desk, id: Id<CorrectionId>) -> Result<Vec<Paper>> {
    let rows = desk.rows("select id, name from correction_papers where correction = $1 order by id", &[id.number().into()])?;
    Ok(rows.iter().map(|r| Paper { id: r.int(0), name: r.text(1).into() }).collect())
}

/// Name and bytes of one paper.
pub fn paper(desk: &Desk, id: Id<CorrectionId>, number: i64) -> Result<(String, Vec<u8>)> {
    find(desk, id)?;
    let sql = "select name, bytes from correction_papers where correction = $1 and id = $2";
    let row = desk.first(sql, &[id.number().into(), number.into()])?.ok_or_else(|| Error::NotFound("这份材料".into()))?;
    Ok((row.text(0).to_owned(), row.bytes(1).unwrap_or_default().to_vec()))
}

/// Puts evidence to a request that still waits.
pub fn attach(desk: &mut Desk, id: Id<CorrectionId>, name: &str, bytes: &[u8]) -> Result<i64> {
    let correction = find(desk, id)?;
    if !correction.stage.waits() {
        return Err(Error::Wrong("这份申请已经答复，不能再附材料；不同意答复的，可以提出申诉".into()));
    }
    let says = format!("{}为更正申请附上材料", correction.name);
    let happened = Happened { act: "correction.attach", subject: "person", number: Some(correction.person.number()), says };
    let entry = if desk.actor.person == Some(correction.person) { desk.noted(happened)? } else { desk.record(happened)? };
    let checksum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    desk.insert("correction_papers", &["correction", "name", "checksum", "bytes", "entered"], &[id.number().into(), name.into(), checksum.into(), bytes.into(), entry.into()])
}
