//! 受理: a report comes in by whichever door. The same key again is the same report, so that a phone may try until it hears.

use super::act::{filled, unfilled};
use super::{reporter, subject, system, unit};
use crate::{Case, Fields, Result};
use institution::case::{Act, System};
use registry::desk::Happened;
use registry::actor::Role;
use registry::{Actor, Desk, Organisation, Sees};
use sha2::{Digest, Sha256};
use vocabulary::{Citation, Finding, Findings, Id, Outcome, Weight};

/// Longer than this is no report but a file.
const WORDS_MOST: usize = 2_000;

/// What comes in. Empty texts are things not told.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub system: String,
    pub way: String,
    pub words: String,
    pub place: Option<Id<Organisation>>,
    pub place_words: String,
    pub name: String,
    pub phone: String,
    /// 反映的是谁, in the reporter's words.
    pub named: String,
    /// Chosen by the sender, kept by them: 128 bits that nobody can guess.
    pub key: String,
    /// Found on a visit (number of what was handed in) whose institution sends it here: whoever went need not be one of
    /// those who take reports.
    pub visit: Option<i64>,
    /// What the system asks to fill in with a report.
    pub fields: Fields,
}

/// 回执
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    pub id: Id<Case>,
    pub number: String,
    /// With the number it opens the answer. Given once, to who reported.
    pub code: String,
    /// It had come in before.
    pub again: bool,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Six digits out of the sender's key: the same after every try, and in no table.
fn code_of(key: &str) -> String {
    let digest = Sha256::digest(format!("code:{key}"));
    let number = digest.iter().take(8).fold(0_u64, |n, b| (n << 8) | u64::from(*b));
    format!("{:06}", number % 1_000_000)
}
fn key_hash(key: &str) -> String {
    hex(&Sha256::digest(format!("key:{key}")))
}
pub(super) fn code_hash(key_hash: &str, code: &str) -> String {
    hex(&Sha256::digest(format!("{key_hash}:{code}")))
}

pub(super) fn number(system: &System, id: i64) -> String {
    format!("{}{id:07}", system.prefix)
}

/// 居民: who comes to the resident's door. No account, sees no record.
pub fn resident() -> Actor {
    Actor { account: None, shown: "居民".into(), role: Role::Resident, sees: Sees::Nothing, person: None, recused: vec![] }
}

/// Takes a report, or says at once everything that is missing.
pub fn report(desk: &mut Desk, report: &Report) -> Result<Outcome<Receipt>> {
    let (institution, system) = system(desk, &report.system)?;
    let key = if report.key.is_empty() { hex(&rand::random::<[u8; 16]>()) } else { report.key.clone() };
    let hash = key_hash(&key);
    if let Some(row) = desk.first("select id from cases where key = $1", &[hash.as_str().into()])? {
        let id = row.int(0);
        return Ok(Outcome::Done(Receipt { id: Id::new(id), number: number(system, id), code: code_of(&key), again: true }));
    }
    let findings = wrong(desk, system, report)?;
    let Some(place) = report.place.filter(|_| findings.is_empty()) else { return Ok(Outcome::Refused(findings)) };
    let place = unit::find(desk, place)?;
    let at = desk.moment.to_string();
    let account = desk.actor.account.map(|a| a.number());
    // Who went on a visit is who reported: named nowhere on the file.
    let shown = if report.visit.is_some() { report.way.clone() } else { desk.actor.shown.clone() };
    let says = format!("受理{}：{}（{}）", system.noun, place.name, report.way);
    let entry = desk.record_entrusted(Happened { act: "case.report", subject: "case", number: None, says })?;
    let id = desk.insert(
        "cases",
        &["system", "version", "way", "place", "place_words", "words", "named", "reported", "key", "code", "actor", "account", "visit", "entered"],
        &[
            report.system.as_str().into(),
            (&*institution.version).into(),
            report.way.as_str().into(),
            place.id.number().into(),
            report.place_words.trim().into(),
            report.words.trim().into(),
            report.named.trim().into(),
            at.as_str().into(),
            hash.as_str().into(),
            code_hash(&hash, &code_of(&key)).into(),
            shown.as_str().into(),
            account.into(),
            report.visit.into(),
            entry.into(),
        ],
    )?;
    reporter::keep(desk, id, report.name.trim(), report.phone.trim(), entry)?;
    if !system.named_answer {
        for subject in subject::of_report(desk, &place, &report.named, &report.words)? {
            subject::name(desk, Id::new(id), subject, entry)?;
        }
    }
    let columns = ["case_id", "act", "at", "unit", "word", "says", "leads", "evidence", "account", "actor", "data", "entered"];
    let values = [
        id.into(),
        Act::Report.id().into(),
        at.into(),
        place.id.number().into(),
        "".into(),
        "".into(),
        0.into(),
        0.into(),
        account.into(),
        shown.into(),
        filled(system, Act::Report, &report.fields),
        entry.into(),
    ];
    desk.insert("case_deeds", &columns, &values)?;
    Ok(Outcome::Done(Receipt { id: Id::new(id), number: number(system, id), code: code_of(&key), again: false }))
}

/// What is missing in a report; nothing is written.
pub fn missing(desk: &Desk, report: &Report) -> Result<Findings> {
    wrong(desk, system(desk, &report.system)?.1, report)
}

/// The nearest organisation from `place` upwards that holds cases of this system.
pub fn holder_above(desk: &Desk, id: &str, place: Id<Organisation>) -> Result<Option<Id<Organisation>>> {
    let (_, system) = system(desk, id)?;
    let mut next = Some(place);
    while let Some(id) = next {
        let unit = unit::find(desk, id)?;
        if !unit.ended && system.level_of(&unit.kind).is_some() {
            return Ok(Some(id));
        }
        next = unit.parent;
    }
    Ok(None)
}

/// A case that a visit brought, for who went: they follow it to its end, whether or not they hold such cases.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Brought {
    pub id: Id<Case>,
    pub receipt: String,
    pub noun: String,
    pub stage: &'static str,
    /// May whoever sits at the desk open it?
    pub opens: bool,
}

/// What a visit brought, also as it was handed in before it was taken back and written anew.
pub fn brought_by(desk: &Desk, visit: i64) -> Result<Vec<Brought>> {
    brought(desk, visit)?
        .into_iter()
        .map(|record| {
            let noun = system(desk, &record.system)?.1.noun.to_string();
            let opens = super::find(desk, record.id).is_ok();
            Ok(Brought { id: record.id, receipt: record.receipt, noun, stage: record.life.stage.says(), opens })
        })
        .collect()
}

/// Was this told by the same visit before?
pub(crate) fn is_known(desk: &Desk, visit: i64, words: &str) -> Result<bool> {
    Ok(brought(desk, visit)?.iter().any(|record| record.words == words.trim()))
}

fn brought(desk: &Desk, visit: i64) -> Result<Vec<super::Record>> {
    let sql = "select c.id from cases c join duty_marks m on m.id = c.visit join duty_marks h on h.slot = m.slot and h.unit = m.unit where h.id = $1 order by c.id";
    let mut out = Vec::new();
    for row in desk.rows(sql, &[visit.into()])? {
        match super::record::find_unrestricted(desk, Id::new(row.int(0))) {
            Ok(record) => out.push(record),
            // On the day asked about it had not been reported yet.
            Err(crate::Error::NotFound(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(out)
}

/// The visit on which a case was found.
pub fn visit_of(desk: &Desk, id: Id<Case>) -> Result<Option<i64>> {
    Ok(desk.first("select visit from cases where id = $1", &[id.number().into()])?.and_then(|row| row.opt_int(0)))
}

fn wrong(desk: &Desk, system: &System, report: &Report) -> Result<Findings> {
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(refusal(&system.source, rule, says, next));
    if report.visit.is_none() && !system.may(Act::Report, desk.actor.role.id()) {
        refuse("not-entrusted", format!("您的岗位不能登记{}", system.noun), "请由社区或受理人员登记");
    }
    let words = report.words.trim().chars().count();
    if words == 0 {
        refuse("words", "请写下要反映的事".into(), "一两句话就可以");
    }
    if words > WORDS_MOST {
        refuse("too-long", format!("写了 {words} 个字，最多 {WORDS_MOST} 个字"), "写要紧的，其余可以补照片");
    }
    if report.place_words.chars().count() > 200 || report.name.chars().count() > 60 || report.named.chars().count() > 200 {
        refuse("field-too-long", "地点、姓名或被反映人写得太长".into(), "写短一些");
    }
    if !report.phone.trim().chars().all(|c| c.is_ascii_digit() || "+- ".contains(c)) || report.phone.len() > 20 {
        refuse("phone", "电话只写数字".into(), "核对电话号码，或留空");
    }
    if !system.ways.iter().any(|w| **w == *report.way) {
        refuse("way", "请选择来源方式".into(), &system.ways.join("、"));
    }
    match report.place {
        None => refuse("place", "请选择是哪个社区（村）的事".into(), "按名称查找"),
        Some(place) => {
            let place = unit::find(desk, place)?;
            if place.ended || system.level_of(&place.kind).is_none() {
                refuse("place", format!("{}不是可以受理的社区（村）或镇街", place.name), "请重新选择");
            }
        }
    }
    found.extend(unfilled(system, Act::Report, &report.fields));
    Ok(Findings::new(found))
}

pub(super) fn refusal(source: &Citation, rule: &str, says: String, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says,
        citation: source.clone(),
        saw: vec![],
        due: None,
        next: (!next.is_empty()).then(|| next.to_owned()),
        unsure: false,
    }
}
