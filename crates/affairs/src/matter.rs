//! 办事: one organisation takes something through the steps of an institution, in their order. The engine knows no
//! institution by name; steps, fields and votes are data of `matter.toml`.

mod account;
mod ledger;
mod walk;
mod withdrawal;

pub use account::{Account, Line as AccountLine, account};
pub use ledger::{Asked, Ledger, Row as LedgerRow, Total, ledger, number_of};
pub use withdrawal::{Withdrawn, undo, withdraw};

use crate::duty::refusal;
use crate::known::read_plain;
use crate::{campaign, task};
use crate::{Error, Fields, Result};
use institution::procedure::{Days, StepTasks, StepVote};
use institution::{Institution, Step};
use registry::desk::Happened;
use registry::{Desk, Organisation, Role, organisation};
use store::Row;
use vocabulary::{Day, Finding, Findings, Id, Outcome};

/// 事项, as the number of a running one.
pub enum Matter {}

/// One matter, as lists name it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Brief {
    pub id: Id<Matter>,
    pub institution: String,
    pub title: String,
    pub unit: Id<Organisation>,
    pub path: String,
    pub year: i64,
    pub follows: Option<Id<Matter>>,
    pub opened: String,
    /// Result and day, once it goes no further.
    pub ended: Option<(String, String)>,
    /// Why it was withdrawn.
    pub why: Option<String>,
    /// Steps done: id and day.
    pub done: Vec<(String, String)>,
    /// Title of the present step; the result at the end.
    pub at: String,
    /// The day by which the present step is owed, where the institution sets one.
    pub due: Option<Day>,
    /// Is that day past?
    pub overdue: bool,
}

/// One step as it stands.
#[derive(Clone, Debug, serde::Serialize)]
pub struct StepState {
    pub id: String,
    pub title: String,
    pub who: String,
    pub says: String,
    pub source: String,
    pub done_on: Option<String>,
    pub actor: Option<String>,
    /// The day by which it is or was owed.
    pub due: Option<Day>,
    /// Done after that day.
    pub late: bool,
    /// It falls away in this matter.
    pub skipped: bool,
    /// id, label, hint, required, `text` `number` `date` `yes_no`, value
    pub fields: Vec<FieldState>,
    pub present: bool,
    /// Whoever sits at the desk does not record it.
    pub others: bool,
    /// What was entered here and taken back.
    pub withdrawn: Vec<Withdrawn>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct FieldState {
    pub id: String,
    pub label: String,
    pub hint: String,
    pub required: bool,
    pub kind: institution::Kind,
    /// What may be chosen; nothing where it is typed.
    pub options: Option<Vec<String>>,
    pub value: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct State {
    #[serde(flatten)]
    pub brief: Brief,
    pub steps: Vec<StepState>,
}

impl State {
    pub fn present(&self) -> Option<&StepState> {
        self.steps.iter().find(|s| s.present)
    }
    /// The last step that is done.
    pub fn last(&self) -> Option<&StepState> {
        self.steps.iter().rev().find(|s| s.done_on.is_some())
    }
}

fn institution<'a>(desk: &Desk<'a, '_>, id: &str) -> Result<&'a Institution> {
    desk.book.institution(id).filter(|i| !i.matter.is_empty()).ok_or_else(|| Error::NotFound(format!("制度“{id}”的步骤")))
}

/// Opens one. A second one of the same institution, unit, year and title is refused, unless the first was withdrawn or voted
/// down and nothing follows it.
pub fn open(desk: &mut Desk, id: &str, unit: Id<Organisation>, title: &str, year: i64, follows: Option<Id<Matter>>) -> Result<Outcome<Id<Matter>>> {
    let today = desk.today;
    open_on(desk, id, unit, title, year, follows, today)
}

/// As [`open`], of one that began on an earlier day and is entered late.
pub fn open_on(desk: &mut Desk, id: &str, unit: Id<Organisation>, title: &str, year: i64, follows: Option<Id<Matter>>, on: Day) -> Result<Outcome<Id<Matter>>> {
    let institution = institution(desk, id)?;
    let place = organisation::find(desk, unit)?;
    let there = desk.first(
        "select m.id from matters m where m.institution = $1 and m.unit = $2 and m.year = $3 and m.title = $4 and not exists (select 1 from matter_endings e where e.matter = m.id and e.superseded is null
            and e.result in ('撤回', '未通过') and not exists (select 1 from matters n where n.follows = m.id))",
        &[id.into(), unit.number().into(), year.into(), title.into()],
    )?;
    if there.is_some() {
        let says = format!("{}已在{year}年的名单上", place.short_name);
        return Ok(Outcome::Refused(Findings::new(vec![refusal("opened-already", says, &institution.source, "在原事项里继续办理")])));
    }
    let says = format!("{}：{title}（{year}年）", place.short_name);
    let entry = desk.record(Happened { act: "matter.open", subject: "organisation", number: Some(unit.number()), says })?;
    let (opened, actor) = (on.min(desk.today).to_string(), desk.actor.shown.clone());
    let columns = ["institution", "version", "title", "unit", "path", "year", "follows", "opened", "actor", "entered"];
    let values = [
        id.into(),
        (&*institution.version).into(),
        title.into(),
        unit.number().into(),
        place.path.into(),
        year.into(),
        follows.map(|f| f.number()).into(),
        opened.into(),
        actor.into(),
        entry.into(),
    ];
    Ok(Outcome::Done(Id::new(desk.insert("matters", &columns, &values)?)))
}

/// The institutions whose matters organisations take through steps.
pub fn institutions<'a>(desk: &Desk<'a, '_>) -> impl Iterator<Item = &'a Institution> {
    desk.book.institutions.iter().filter(|i| !i.matter.is_empty())
}

const COLUMNS: &str = "m.id, m.institution, m.title, m.unit, m.path, m.year, m.follows, m.opened, e.result, e.on_day, e.why";

fn brief(row: &Row) -> Brief {
    Brief {
        id: Id::new(row.int(0)),
        institution: row.text(1).into(),
        title: row.text(2).into(),
        unit: Id::new(row.int(3)),
        path: row.text(4).into(),
        year: row.int(5),
        follows: row.opt_int(6).map(Id::new),
        opened: row.text(7).into(),
        ended: row.opt_string(8).zip(row.opt_string(9)),
        why: row.opt_string(10),
        done: vec![],
        at: String::new(),
        due: None,
        overdue: false,
    }
}

/// The matters of an institution that this desk may see, as they stood on its day; of one year, or of all.
pub fn list(desk: &Desk, id: &str, year: Option<i64>) -> Result<Vec<Brief>> {
    let (low, high) = match desk.actor.own_path() {
        None if desk.actor.whole() => ("/".to_owned(), "0".to_owned()),
        Some(path) => (path.to_owned(), format!("{}0", path.trim_end_matches('/'))),
        None => return Ok(vec![]),
    };
    let day = desk.day().to_string();
    let sql = format!(
        "select {COLUMNS} from matters m left join matter_endings e on e.matter = m.id and e.superseded is null and e.on_day <= $5
          where m.institution = $1 and (m.year = $2 or $2 = 0) and m.path >= $3 and m.path < $4 and m.opened <= $5 order by m.year desc, m.path, m.id"
    );
    let mut all: Vec<Brief> = desk.rows(&sql, &[id.into(), year.unwrap_or(0).into(), low.into(), high.into(), (&day).into()])?.iter().map(brief).collect();
    let of = institution(desk, id)?;
    let filed = ledger::filed(desk, id)?;
    let none = ledger::Steps::new();
    for brief in &mut all {
        walk::place(desk, of, brief, filed.get(&brief.id.number()).unwrap_or(&none));
    }
    Ok(all)
}

pub fn state(desk: &Desk, id: Id<Matter>) -> Result<State> {
    let sql = format!("select {COLUMNS} from matters m left join matter_endings e on e.matter = m.id and e.superseded is null where m.id = $1");
    let row = desk.first(&sql, &[id.number().into()])?.ok_or_else(|| Error::NotFound("这件事项".into()))?;
    let mut brief = brief(&row);
    // Who may not see the organisation does not see what it does.
    organisation::find(desk, brief.unit)?;
    let institution = institution(desk, &brief.institution)?;
    let rows = desk.rows("select step, done_on, data, actor from matter_steps where matter = $1 and superseded is null", &[id.number().into()])?;
    let fields = |row: &Row| serde_json::from_str::<Fields>(row.text(2)).unwrap_or_default();
    let filed: ledger::Steps = rows.iter().map(|r| (r.text(0).to_owned(), (r.text(1).to_owned(), fields(r)))).collect();
    walk::place(desk, institution, &mut brief, &filed);
    let mut withdrawn = withdrawal::of(desk, id)?;
    let present = walk::present(institution, &brief, &filed).map(|s| s.id.clone());
    let none = Fields::default();
    let mut steps = Vec::new();
    for step in &institution.matter {
        let (done_on, data) = filed.get(&*step.id).map_or((None, &none), |(on, data)| (Some(on.clone()), data));
        let due = walk::due(desk, step, &filed);
        let mut options = Vec::new();
        for field in &step.fields {
            let from = field.chosen_from.as_ref().filter(|_| present.as_ref() == Some(&step.id));
            options.push(from.map(|from| crate::register::choices(desk, from, &brief.path, desk.day())).transpose()?);
        }
        steps.push(StepState {
            id: step.id.to_string(),
            title: step.title.to_string(),
            who: step.who.to_string(),
            says: step.says.to_string(),
            source: step.source.to_string(),
            late: due.zip(done_on.as_ref()).is_some_and(|(due, on)| on.as_str() > due.to_string().as_str()),
            due,
            skipped: walk::falls_away(step, &filed),
            actor: rows.iter().find(|r| r.text(0) == &*step.id).map(|r| r.text(3).to_owned()),
            fields: step
                .fields
                .iter()
                .zip(options)
                .map(|(f, options)| FieldState {
                    id: f.id.to_string(),
                    label: f.label.to_string(),
                    hint: f.hint.to_string(),
                    required: f.required,
                    kind: f.kind,
                    options,
                    value: data.get(&*f.id).cloned().unwrap_or_default(),
                })
                .collect(),
            present: present.as_ref() == Some(&step.id),
            others: !may_record(desk, step, &brief.path),
            withdrawn: withdrawn.remove(&*step.id).unwrap_or_default(),
            done_on,
        });
    }
    Ok(State { brief, steps })
}

/// Completes the present step; a vote that fails is recorded and ends the matter as 未通过. Out of order, ahead of its day, before the step above it, without what it asks: refused.
pub fn complete(desk: &mut Desk, id: Id<Matter>, step: &str, on: Day, fields: &Fields) -> Result<Outcome<()>> {
    let state = state(desk, id)?;
    let institution = institution(desk, &state.brief.institution)?;
    let Some(data) = institution.matter.iter().find(|s| &*s.id == step) else { return Err(Error::NotFound("这一步".into())) };
    let mut found: Vec<Finding> = Vec::new();
    match state.present() {
        Some(present) if present.id == step => {}
        Some(present) => found.push(refusal("out-of-order", format!("现在应办的是“{}”，不是“{}”", present.title, data.title), &data.source, format!("先办“{}”", present.title))),
        None => found.push(refusal("ended", "这件事项已经办结".into(), &data.source, "无须再办")),
    }
    if on > desk.today {
        found.push(refusal("day-ahead", format!("填写的日期 {on} 还没有到"), &data.source, "办了以后再填"));
    }
    if let Some((_, last)) = state.brief.done.last().filter(|(_, last)| last.as_str() > on.to_string().as_str()) {
        found.push(refusal("before-last", format!("{on} 早于上一步的 {last}"), &data.source, "核对日期"));
    }
    if !may_record(desk, data, &state.brief.path) {
        found.push(refusal("of-the-office", format!("“{}”由{}登记", data.title, data.who), &data.source, format!("请{}登记", recorder(data))));
    }
    found.extend(wrong(data, fields));
    for field in &data.fields {
        if let Some(from) = &field.chosen_from
            && let Some(says) = crate::register::unlisted(desk, from, &state.brief.path, on, fields.get(&*field.id).map_or("", String::as_str))?
        {
            found.push(refusal(&format!("field.{}", field.id), says, &data.source, "从列表中选择，或先在名册里登记"));
        }
    }
    if found.is_empty() {
        found.extend(unfit(&state, data, on, fields));
        found.extend(untasked(desk, id, data)?);
        if let Some(campaign) = &institution.campaign {
            found.extend(campaign::unfit(desk, campaign, &state, data, fields)?);
        }
    }
    if found.is_empty() {
        found.extend(account::wrong(desk, institution, data, fields)?);
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}完成“{}”（{on}）", state.brief.title, data.title);
    let entry = desk.record(Happened { act: "matter.step", subject: "matter", number: Some(id.number()), says })?;
    let kept: Fields = fields.iter().filter(|(_, t)| !t.trim().is_empty()).map(|(k, t)| (k.clone(), t.trim().to_owned())).collect();
    let (actor, at) = (desk.actor.shown.clone(), desk.moment.to_string());
    let text = serde_json::to_string(&kept).unwrap_or_else(|_| "{}".into());
    let values = [id.number().into(), step.into(), on.to_string().into(), text.into(), actor.into(), at.into(), entry.into()];
    desk.insert("matter_steps", &["matter", "step", "done_on", "data", "actor", "at", "entered"], &values).map_err(|e| match e {
        registry::Error::Store(e) if e.is_conflict() => registry::Error::Changed("这一步".into()),
        other => other,
    })?;
    if data.vote.as_ref().is_some_and(|vote| !passes(vote, fields)) {
        end(desk, id, FAILED, on)?;
    } else if institution.matter.last().is_some_and(|s| &*s.id == step) {
        end(desk, id, "办结", on)?;
    }
    if data.vote.is_some() {
        desk.checkpoint(crate::procedure::DECIDED);
    }
    match &institution.campaign {
        Some(campaign) => campaign::follow(desk, campaign, &state, step, on, fields),
        None => Ok(Outcome::Done(())),
    }
}

/// The list of tasks that the step wants, as far as it is not there.
fn untasked(desk: &Desk, id: Id<Matter>, step: &Step) -> Result<Vec<Finding>> {
    let Some(wanted) = step.tasks else { return Ok(vec![]) };
    if task::of_matter(desk, id)?.is_empty() {
        return Ok(vec![refusal("no-tasks", "任务清单里还没有内容".into(), &step.source, "先在清单里写明问题、措施、责任人和时限")]);
    }
    Ok(if wanted == StepTasks::Done { tasks_open(desk, id, step, "逐项登记完成和佐证")? } else { vec![] })
}

/// Tasks of the matter that are not done, with the first of them.
pub(crate) fn tasks_open(desk: &Desk, id: Id<Matter>, step: &Step, next: &str) -> Result<Vec<Finding>> {
    let open: Vec<task::Task> = task::of_matter(desk, id)?.into_iter().filter(|t| t.light != task::Light::Done).collect();
    let says = open.first().map(|first| format!("还有 {} 项任务没有完成，例如“{}”", open.len(), first.problem));
    Ok(says.map(|says| refusal("tasks-open", says, &step.source, next)).into_iter().collect())
}

/// Does it carry a list of tasks?
pub fn has_tasks(institution: &Institution) -> bool {
    institution.campaign.is_some() || institution.matter.iter().any(|s| s.tasks.is_some())
}

/// May whoever sits at the desk write the plan of this matter? Of a campaign those above the organisation do.
pub fn may_plan(desk: &Desk, state: &State) -> bool {
    let campaign = desk.book.institution(&state.brief.institution).is_some_and(|i| i.campaign.is_some());
    !campaign || is_above(desk, &state.brief.path)
}

/// Some steps only the organisation department records, others those above the organisation: no village signs itself off.
fn may_record(desk: &Desk, step: &Step, path: &str) -> bool {
    desk.actor.may_write() || !(step.office || (step.above && !is_above(desk, path)))
}

/// Does whoever sits at the desk speak for the whole county, or for an organisation above this one? A branch or a community
/// that has its seat there does not.
fn is_above(desk: &Desk, path: &str) -> bool {
    let below = |own: &str| path.strip_prefix(own.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1);
    desk.actor.whole() || (matches!(desk.actor.role, Role::UnitHr | Role::Leader) && desk.actor.own_path().is_some_and(below))
}

/// Who records a step that not everybody does.
fn recorder(step: &Step) -> &'static str {
    if step.office { "组织部" } else { "上级党组织" }
}

/// Its page.
pub fn address(id: Id<Matter>) -> String {
    format!("/matters/{id}")
}

/// What a matter is called that a vote ended.
pub const FAILED: &str = "未通过";
/// What one is called that was taken back.
pub const WITHDRAWN: &str = "撤回";

/// It goes no further.
pub fn end(desk: &mut Desk, id: Id<Matter>, result: &str, on: Day) -> Result<()> {
    end_with(desk, id, result, on, None)
}

fn end_with(desk: &mut Desk, id: Id<Matter>, result: &str, on: Day, why: Option<&str>) -> Result<()> {
    let says = why.map_or_else(|| format!("事项办结：{result}"), |why| format!("事项{result}：{why}"));
    let entry = desk.record(Happened { act: "matter.end", subject: "matter", number: Some(id.number()), says })?;
    let actor = desk.actor.shown.clone();
    let values = [id.number().into(), result.into(), on.to_string().into(), why.into(), actor.into(), entry.into()];
    desk.insert("matter_endings", &["matter", "result", "on_day", "why", "actor", "entered"], &values).map_err(|e| match e {
        registry::Error::Store(e) if e.is_conflict() => registry::Error::Changed("这件事项".into()),
        other => other,
    })?;
    Ok(())
}

/// Numbers that do not fit those of the steps before, and a step that is done too early.
fn unfit(state: &State, step: &Step, on: Day, fields: &Fields) -> Vec<Finding> {
    let own = |id: &str| ledger::number(fields.get(id).map_or("", String::as_str));
    let number = |id: &str| match id.split_once('.') {
        Some((at, field)) => {
            let there = state.steps.iter().find(|s| s.id == at).and_then(|s| s.fields.iter().find(|f| f.id == field));
            ledger::number(there.map_or("", |f| f.value.as_str()))
        }
        None => own(id),
    };
    let mut found = Vec::new();
    for (n, check) in step.checks.iter().enumerate().filter(|(_, c)| !c.holds(number)) {
        found.push(refusal(&format!("check.{}", n + 1), format!("数字对不上：{}", check.says), &step.source, "核对数字后再提交"));
    }
    if let Some(opens) = &step.opens_after {
        let days = match &opens.days {
            Days::Fixed(days) => *days,
            Days::Field(id) => own(id),
        };
        let there = state.steps.iter().find(|s| s.id == *opens.step);
        let first = there.and_then(|s| s.done_on.as_deref()).and_then(|d| d.parse::<Day>().ok()).map(|d| d.plus_days(days));
        if let (Some(first), Some(there)) = (first.filter(|first| on < *first), there) {
            let says = format!("“{}”要在“{}”之后满 {days} 天，最早 {first}", step.title, there.title);
            found.push(refusal("too-early", says, &step.source, format!("到 {first} 再办")));
        }
    }
    found
}

fn wrong(step: &Step, fields: &Fields) -> Vec<Finding> {
    let mut found = Vec::new();
    for field in &step.fields {
        let text = fields.get(&*field.id).map_or("", |t| t.trim());
        if text.is_empty() {
            if field.required {
                found.push(refusal(&format!("field.{}", field.id), format!("没有填写“{}”", field.label), &step.source, "填写后再提交"));
            }
        } else if let Err(why) = read_plain(field.kind, text) {
            found.push(refusal(&format!("field.{}", field.id), format!("“{}”{why}", field.label), &step.source, "改正后再提交"));
        }
    }
    if let Some(team) = step.team_of_at_least {
        let named = fields.get("team").map_or(0, |t| t.split(['、', '，', ' ']).filter(|n| !n.trim().is_empty()).count() as i64);
        if named < team {
            found.push(refusal("team", format!("{}要 {team} 人以上，写了 {named} 人", step.who), &step.source, "写明参加的人"));
        }
    }
    if let (true, Some(speaking)) = (found.is_empty(), &step.speaking) {
        found.extend(spoken(step, speaking, fields));
    }
    if let (true, Some(vote)) = (found.is_empty(), &step.vote) {
        found.extend(count(step, vote, fields));
    }
    found
}

/// Numbers that cannot be, and a meeting that could not decide.
fn count(step: &Step, vote: &StepVote, fields: &Fields) -> Vec<Finding> {
    let (should, present, agree) = counted(vote, fields);
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(refusal(rule, says, &step.source, next));
    if should <= 0 || present > should || agree > present || present < 0 || agree < 0 {
        refuse("count", format!("应到 {should}、实到 {present}、同意 {agree} 对不上"), "核对人数和票数");
    } else if present * vote.quorum.1 < should * vote.quorum.0 {
        refuse("quorum", format!("应到 {should} 人，实到 {present} 人，不足 {}/{}", vote.quorum.0, vote.quorum.1), "到会人数不够，会议应改期召开");
    }
    found
}

/// Should be there, were there, agreed.
fn counted(vote: &StepVote, fields: &Fields) -> (i64, i64, i64) {
    let n = |id: &str| fields.get(id).and_then(|t| t.trim().parse::<i64>().ok()).unwrap_or(0);
    (n(&vote.should), n(&vote.present), n(&vote.agree))
}

/// More than the share of those who should be there.
fn passes(vote: &StepVote, fields: &Fields) -> bool {
    let (should, _, agree) = counted(vote, fields);
    agree * vote.pass.1 > should * vote.pass.0
}

/// 末位表态: the chief speaks once and last; who is recused does not speak.
fn spoken(step: &Step, speaking: &institution::procedure::StepSpeaking, fields: &Fields) -> Vec<Finding> {
    let names = |id: &str| -> Vec<&str> {
        let text = fields.get(id).map_or("", String::as_str);
        text.split(['、', '，', ' ', '\n']).map(str::trim).filter(|n| !n.is_empty()).collect()
    };
    let (speakers, chief) = (names(&speaking.speakers), names(&speaking.last));
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(refusal(rule, says, &step.source, next));
    if let Some(chief) = chief.first() {
        if speakers.last() != Some(chief) || speakers.iter().filter(|s| s == &chief).count() != 1 {
            refuse("chief-last", format!("{chief}应当最后一个表态，发言次序是：{}", speakers.join("、")), "主要负责人末位表态；次序确有错的，核对记录");
        }
    }
    let recused = speaking.recused.as_deref().map(names).unwrap_or_default();
    let both: Vec<&str> = recused.into_iter().filter(|n| speakers.contains(n)).collect();
    if !both.is_empty() {
        refuse("recused-spoke", format!("{}已经回避，又在发言名单里", both.join("、")), "回避的人不参加讨论和表决");
    }
    found
}
