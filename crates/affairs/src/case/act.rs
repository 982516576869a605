//! 办理: the next deed, judged by the institution, written with its entry, or refused with every reason.

use super::record::{Held, find_unrestricted};
use super::report::refusal;
use super::{Record, Sight, find, sight, system, unit};
use crate::duty::wrong_text;
use crate::{Case, Fields, Result};
use institution::duty::DutyField;
use institution::case::judge::Around;
use institution::case::{Act, Deed, Stage, System, Term, judge};
use registry::desk::Happened;
use registry::{Desk, Organisation};
use store::Param;
use vocabulary::{Finding, Findings, Id, Outcome};

/// What is to be done. What an act does not need is left empty.
#[derive(Clone, Debug, Default)]
pub struct Doing {
    pub act: Option<Act>,
    pub part: Option<i64>,
    pub unit: Option<Id<Organisation>>,
    pub word: String,
    pub says: String,
    pub term: Option<Term>,
    pub into: Option<Id<Case>>,
    pub leads: bool,
    pub files: Vec<super::NewFile>,
    /// What the act asks to fill in.
    pub fields: Fields,
}

impl Doing {
    pub fn of(act: Act) -> Doing {
        Doing { act: Some(act), ..Doing::default() }
    }
    pub fn part(mut self, part: i64) -> Doing {
        self.part = Some(part);
        self
    }
    pub fn unit(mut self, unit: Id<Organisation>) -> Doing {
        self.unit = Some(unit);
        self
    }
    pub fn word(mut self, word: &str) -> Doing {
        self.word = word.into();
        self
    }
    pub fn says(mut self, says: &str) -> Doing {
        self.says = says.into();
        self
    }
}

/// Does it. The answer is the deed's number: of a whistle, the number of its part.
pub fn act(desk: &mut Desk, id: Id<Case>, doing: Doing) -> Result<Outcome<i64>> {
    let record = find(desk, id)?;
    let (institution, system) = system(desk, &record.system)?;
    let Some(act) = doing.act else {
        return Ok(Outcome::Refused(Findings::new(vec![refusal(&institution.source, "no-act", "没有说明要办什么".into(), "")])));
    };
    let sight = sight(desk)?;
    let mut doing = doing;
    if act == Act::Raise {
        doing.unit = higher(desk, system, &record)?;
    }
    let deed = deed(desk, &doing, act);
    let other = doing.into.filter(|other| *other != id).map(|other| find(desk, other)).transpose().ok().flatten();
    let around = Around {
        role: desk.actor.role.id(),
        higher: doing.unit.is_some(),
        other_open: other.as_ref().is_some_and(|o| o.system == record.system && o.life.stage.waits() && o.life.merged_into.is_none()),
        other_class: other.as_ref().and_then(|o| o.life.class.as_deref()).unwrap_or_default(),
    };
    let mut findings = judge(system, &desk.book.calendar, &record.life, &deed, around);
    findings.add(standing(desk, &sight, &record, other.as_ref(), &deed, system)?);
    findings.add(Findings::new(unfilled(system, act, &deed.data)));
    if findings.refuse() {
        return Ok(Outcome::Refused(findings));
    }
    let number = write(desk, &record, &deed, system)?;
    for file in &doing.files {
        super::file::keep(desk, id, Some(number), file)?;
    }
    if matches!(act, Act::Connect | Act::Disconnect) {
        super::matching::on_the_other(desk, &record, &deed, system)?;
    }
    if act == Act::Answer {
        answer_merged(desk, &record, &deed)?;
    }
    Ok(Outcome::Done(number))
}

/// Fields that the act asks for and that are empty or wrong.
pub(super) fn unfilled(system: &System, act: Act, fields: &Fields) -> Vec<Finding> {
    let text = |field: &DutyField| fields.get(&*field.id).map_or("", String::as_str);
    system.asked(act).iter().filter_map(|f| wrong_text(f, text(f), &system.source)).collect()
}

/// As the deed keeps it: what the act asks for and was filled in; what the file does not ask is not kept.
pub(super) fn filled(system: &System, act: Act, fields: &Fields) -> Param {
    let asked = system.asked(act).iter().filter_map(|f| Some((f.id.to_string(), fields.get(&*f.id)?.trim().to_owned())));
    let asked: Fields = asked.filter(|(_, text)| !text.is_empty()).collect();
    Param::from((!asked.is_empty()).then(|| serde_json::to_string(&asked).unwrap_or_default()))
}

fn deed(desk: &Desk, doing: &Doing, act: Act) -> Deed {
    Deed {
        part: doing.part,
        unit: doing.unit.map(|u| u.number()),
        word: doing.word.trim().into(),
        says: doing.says.trim().into(),
        term: doing.term,
        into: doing.into.map(|c| c.number()),
        leads: doing.leads,
        evidence: !doing.files.is_empty(),
        by: desk.actor.account.map(|a| a.number()),
        actor: desk.actor.shown.clone(),
        data: doing.fields.clone(),
        ..Deed::new(act, desk.moment)
    }
}

/// Whose turn it is: a part is its department's, everything else is the holder's. Who passed it up keeps sight, not hand; who
/// reported it says whether the answer helped, whoever gave it.
fn standing(desk: &Desk, sight: &Sight, record: &Record, other: Option<&Record>, deed: &Deed, system: &System) -> Result<Findings> {
    let mut found = Vec::new();
    if let Some(part) = deed.part.and_then(|n| record.life.part(n)) {
        let path = unit::find(desk, Id::new(part.unit))?.path;
        // 没有联络员的部门 tells by telephone; the holder writes it down for them.
        let for_them = || Ok::<_, crate::Error>(unit::lacks_liaison(desk, Id::new(part.unit))? && record.life.holder_is_covered(desk, sight)?);
        if !sight.covers(&path) && !for_them()? {
            found.push(refusal(&system.source, "not-your-part", "这是别的部门的任务".into(), "请由被吹哨的部门办理"));
        }
    } else if deed.act == Act::Whistle && system.free_claim {
        // 认领: one's own department takes it, or the holder calls somebody.
        let own = match deed.unit {
            Some(unit) => sight.covers(&unit::find(desk, Id::new(unit))?.path),
            None => true,
        };
        if !own && !record.life.holder_is_covered(desk, sight)? {
            found.push(refusal(&system.source, "not-your-unit", "只能由本单位认领".into(), "选择本单位"));
        }
    } else if matches!(deed.act, Act::Connect | Act::Disconnect) {
        // Either side brings the two together, or takes them apart.
        let own = record.life.holder_is_covered(desk, sight)?;
        let theirs = || other.map_or(Ok(false), |o| o.life.holder_is_covered(desk, sight));
        if !own && !theirs()? {
            found.push(refusal(&system.source, "not-holder", "这两件都由别的单位主办".into(), "请由其中一件的主办单位对接"));
        }
    } else if !matches!(deed.act, Act::Note) && !(matches!(deed.act, Act::Rate | Act::Reopen) && record.is_reported_by(desk)) && desk.actor.account.is_some() && !record.life.holder_is_covered(desk, sight)? {
        found.push(refusal(&system.source, "not-holder", "这一件由别的单位主办".into(), "可以查看，可以记事；办理由主办单位进行"));
    }
    if deed.act == Act::Whistle
        && let Some(unit) = deed.unit
        && unit::find(desk, Id::new(unit))?.ended
    {
        found.push(refusal(&system.source, "unit-ended", "这个机构已经撤销".into(), "请选择承接其职责的机构"));
    }
    Ok(Findings::new(found))
}

/// The organisation one level above the holder.
fn higher(desk: &Desk, system: &System, record: &Record) -> Result<Option<Id<Organisation>>> {
    let Some(holder) = record.life.holder else { return Ok(None) };
    let holder = unit::find(desk, Id::new(holder))?;
    let Some(level) = system.level_of(&holder.kind) else { return Ok(None) };
    let mut above = holder.parent;
    while let Some(id) = above {
        let candidate = unit::find(desk, id)?;
        if system.level_of(&candidate.kind).is_some_and(|l| l > level) {
            return Ok(Some(id));
        }
        above = candidate.parent;
    }
    Ok(None)
}

pub(super) fn write(desk: &mut Desk, record: &Record, deed: &Deed, system: &System) -> Result<i64> {
    let says = format!("{}{}：{}", system.noun, record.receipt, deed.act.says());
    let entry = desk.record_entrusted(Happened { act: &format!("case.{}", deed.act.id()), subject: "case", number: Some(record.id.number()), says })?;
    let term = deed.term.map(|t| serde_json::to_string(&t).unwrap_or_default());
    Ok(desk.insert(
        "case_deeds",
        &["case_id", "act", "at", "part", "unit", "word", "says", "term", "into_case", "leads", "evidence", "account", "actor", "data", "entered"],
        &[
            record.id.number().into(),
            deed.act.id().into(),
            deed.at.to_string().into(),
            deed.part.into(),
            deed.unit.into(),
            deed.word.as_str().into(),
            deed.says.as_str().into(),
            Param::from(term),
            deed.into.into(),
            deed.leads.into(),
            deed.evidence.into(),
            deed.by.into(),
            deed.actor.as_str().into(),
            filled(system, deed.act, &deed.data),
            entry.into(),
        ],
    )?)
}

/// Every reporter of a merged case hears the answer on their own receipt.
fn answer_merged(desk: &mut Desk, record: &Record, answer: &Deed) -> Result<()> {
    for merged in &record.merged {
        let other = find_unrestricted(desk, *merged)?;
        let system = system(desk, &other.system)?.1;
        if other.life.class.is_none() {
            let class = Deed { word: record.life.class.clone().unwrap_or_default(), ..Deed::new(Act::Sort, answer.at) };
            write(desk, &other, &Deed { actor: answer.actor.clone(), ..class }, system)?;
        }
        let deed = Deed { by: None, part: None, says: answer.says.clone(), actor: answer.actor.clone(), ..Deed::new(Act::Answer, answer.at) };
        write(desk, &other, &deed, system)?;
    }
    Ok(())
}

/// What this actor can do now with the case, for the buttons of its page: acts on the whole, and on each part.
pub fn choices(desk: &Desk, record: &Record) -> Result<(Vec<Act>, Vec<(i64, Act)>)> {
    let system = system(desk, &record.system)?.1;
    let sight = sight(desk)?;
    let higher = higher(desk, system, record)?;
    // Filled in as if the form were complete: what is then refused cannot be mended by typing.
    let full = |act: Act, part: Option<i64>| Doing {
        part,
        unit: match act {
            Act::Whistle => Some(Id::new(-1)),
            Act::Raise => higher,
            _ => None,
        },
        word: match act {
            Act::Sort => system.classes[0].id.to_string(),
            Act::Rate => system.ratings.first().map(ToString::to_string).unwrap_or_default(),
            _ => String::new(),
        },
        says: "…".into(),
        term: Some(Term::WorkingDays(1)),
        into: (act == Act::Merge).then_some(Id::new(-1)),
        ..Doing::of(act)
    };
    let can = |act: Act, part: Option<i64>| -> Result<bool> {
        let mut doing = full(act, part);
        if act == Act::SignOff {
            doing.files = vec![super::NewFile::default()];
        }
        let mut deed = deed(desk, &doing, act);
        deed.at = desk.moment.max(record.life.last);
        let around = Around { role: desk.actor.role.id(), higher: higher.is_some(), other_open: true, ..Around::default() };
        let mut found = judge(system, &desk.book.calendar, &record.life, &deed, around);
        deed.unit = None;
        found.add(standing(desk, &sight, record, None, &deed, system)?);
        Ok(!found.refuse())
    };
    const WHOLE: [Act; 12] = [
        Act::Sort, Act::Whistle, Act::Answer, Act::SignOff, Act::Raise, Act::Merge, Act::Pause, Act::Resume, Act::Extend, Act::Rate, Act::Reopen, Act::Note,
    ];
    const PART: [Act; 5] = [Act::Claim, Act::Reply, Act::Return, Act::Pause, Act::Resume];
    let mut whole = Vec::new();
    for act in WHOLE {
        if can(act, None)? {
            whole.push(act);
        }
    }
    let mut parts = Vec::new();
    for part in record.life.parts_now().filter(|p| p.is_open()) {
        for act in PART {
            if can(act, Some(part.number))? {
                parts.push((part.number, act));
            }
        }
    }
    Ok((whole, parts))
}

/// 机构撤销: everything that is open with `from`, held or called, goes on with `to`, each with the note of it.
pub fn rehome(desk: &mut Desk, from: Id<Organisation>, to: Id<Organisation>, reason: &str) -> Result<Outcome<usize>> {
    let (from, to) = (unit::find(desk, from)?, unit::find(desk, to)?);
    let mut params: Vec<Param> = vec![from.id.number().into()];
    let visible = sight(desk)?.visible(desk, &mut params);
    let tests = format!("c.id in (select d.case_id from case_deeds d where d.unit = $1) and {} and {visible}", super::line::open(desk));
    let records = super::record::load(desk, &tests, &params, "")?;
    let mut moves = Vec::new();
    // Everything is judged before anything is written: either all of it goes on, or nothing.
    for record in &records {
        let (institution, system) = system(desk, &record.system)?;
        let mut whats: Vec<Option<i64>> = Vec::new();
        if record.life.holder == Some(from.id.number()) {
            whats.push(None);
        }
        whats.extend(record.life.parts_now().filter(|p| p.is_open() && p.unit == from.id.number()).map(|p| Some(p.number)));
        if !whats.is_empty() && (to.ended || reason.trim().is_empty() || !system.may(Act::Move, desk.actor.role.id()) || record.life.stage == Stage::Closed) {
            let says = "转移须写明依据，由组织部办理，转入的机构须在".to_owned();
            return Ok(Outcome::Refused(Findings::new(vec![refusal(&institution.source, "move", says, "核对后再办")])));
        }
        moves.extend(whats.into_iter().map(|part| (record, system, part)));
    }
    let moved = moves.len();
    for (record, system, part) in moves {
        let says = format!("{}由{}承接：{}", from.name, to.name, reason.trim());
        let deed = Deed { part, unit: Some(to.id.number()), says, by: desk.actor.account.map(|a| a.number()), actor: desk.actor.shown.clone(), ..Deed::new(Act::Move, desk.moment) };
        write(desk, record, &deed, system)?;
    }
    Ok(Outcome::Done(moved))
}
