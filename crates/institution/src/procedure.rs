//! 程序: the steps of an institution, in the order of the law.

use crate::ballot::BallotKind;
use crate::condition::Condition;
use crate::condition::read::kind_name;
use crate::dictionary::load::kind_of;
use crate::dictionary::{Dictionary, Kind};
use crate::duty::Check;
use crate::length::Length;
use crate::matter::{Place, place_of};
use crate::paper::Paper;
use crate::reading::{Fields, Shape, Sheet};
use crate::rule::fact_index;
use crate::source::{citation, known_id};
use std::sync::Arc;
use vocabulary::Citation;

/// One step: who does it, what is filled in, which papers, and what must hold before the next may begin.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: Arc<str>,
    pub title: Arc<str>,
    /// The step before; None for the first.
    pub after: Option<Arc<str>>,
    /// Who does it, in words, and how many at least.
    pub who: Arc<str>,
    pub team_of_at_least: Option<i64>,
    /// Only the organisation department records it.
    pub office: bool,
    /// Only those above the organisation record it; of matters only.
    pub above: bool,
    /// Ids of `papers.toml`.
    pub papers: Vec<Arc<str>>,
    pub fields: Vec<StepField>,
    /// The step is asked only where this holds: no probation for elected posts.
    pub applies: Option<Condition>,
    /// What must hold besides its fields, papers and rules (rules name the step themselves).
    pub gate: Option<Condition>,
    pub due: Option<StepDue>,
    pub effect: Option<Effect>,
    /// 表决: which fields of the step count, and what must be reached.
    pub vote: Option<StepVote>,
    /// 票箱: the secret vote from which the step may be counted.
    pub ballot: Option<StepBallot>,
    /// 发言次序: who speaks, who speaks last, who left.
    pub speaking: Option<StepSpeaking>,
    /// 核对: numbers of this step and of those before it that must fit each other; of matters only.
    pub checks: Vec<Check>,
    /// The step is not done before so many days after another; of matters only.
    pub opens_after: Option<StepOpens>,
    /// The step falls away where this field of an earlier step says yes; of matters only.
    pub unless: Option<Place>,
    /// 时限: the step is owed so long after an earlier one; done later it is late, and is done all the same. Of matters only.
    pub within: Option<StepWithin>,
    /// What the matter's list of tasks must be before the step is done; of matters only.
    pub tasks: Option<StepTasks>,
    pub says: Arc<str>,
    pub source: Citation,
}

/// One thing asked at a step. What it is bound to decides where the answer is kept.
#[derive(Clone, Debug)]
pub struct StepField {
    pub id: Arc<str>,
    pub label: Arc<str>,
    pub kind: Kind,
    pub required: bool,
    /// Index of the procedure fact that it fills.
    pub fact: Option<usize>,
    pub hint: Arc<str>,
    /// 名册 from which it is chosen: `volunteering/teams`; of matters and registers only.
    pub chosen_from: Option<Arc<str>>,
}

/// The step is to be done within `length` after the day in `fact`.
#[derive(Clone, Debug)]
pub struct StepDue {
    pub fact: usize,
    pub length: Length,
}

/// Fields that hold a count of votes; the parts are exact.
#[derive(Clone, Debug)]
pub struct StepVote {
    pub should: Arc<str>,
    pub present: Arc<str>,
    pub agree: Arc<str>,
    /// At least this part of those who should be there.
    pub quorum: (i64, i64),
    /// More than this part of those who should be there.
    pub pass: (i64, i64),
}

/// A secret vote on the lines of the slate; what it comes to fills facts of each line, and nobody types them.
#[derive(Clone, Debug)]
pub struct StepBallot {
    /// Id of `ballots.toml` in the same folder.
    pub kind: Arc<str>,
    /// Number of an answer in `answers` of the kind, and the fact that takes its count.
    pub counts: Vec<(usize, usize)>,
    /// Fact that takes the number of valid papers of the line.
    pub valid: Option<usize>,
    /// Fact that takes the day of the close.
    pub day: Option<usize>,
    /// Facts that follow from there having been a secret vote.
    pub sets: Vec<(usize, Arc<str>)>,
}

/// Fields that hold names, `、` between them: speakers in their order, the one who speaks last, those who left.
#[derive(Clone, Debug)]
pub struct StepSpeaking {
    pub speakers: Arc<str>,
    pub last: Arc<str>,
    pub recused: Option<Arc<str>>,
}

/// So many days after the day of an earlier step.
#[derive(Clone, Debug)]
pub struct StepOpens {
    pub step: Arc<str>,
    pub days: Days,
}

/// 任务清单 before a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepTasks {
    /// There is at least one task, with its owner and date.
    Listed,
    /// Every task is done.
    Done,
}

const TASKS: [(&str, StepTasks); 2] = [("listed", StepTasks::Listed), ("done", StepTasks::Done)];

/// So long after the day of an earlier step.
#[derive(Clone, Debug)]
pub struct StepWithin {
    pub after: Arc<str>,
    pub length: Length,
    /// Only where this field of an earlier step says yes.
    pub only_if: Option<Place>,
}

/// A number of days that the file says, or one that is filled in with the step.
#[derive(Clone, Debug)]
pub enum Days {
    Fixed(i64),
    Field(Arc<str>),
}

/// What completing the step changes in the registry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// 任职: the new tenure begins, the old one ends.
    Appoint,
    /// 转正: the probation ends well.
    Confirm,
}

const EFFECTS: [(&str, Effect); 2] = [("appoint", Effect::Appoint), ("confirm", Effect::Confirm)];

/// Only the ids, so that rules can be read against them first.
pub(crate) fn step_ids(sheet: &Sheet) -> Vec<Arc<str>> {
    // Faults of this first look are found again by `read_steps`.
    let look = Sheet::new(&sheet.file, sheet.text());
    let Some(root) = look.parse() else { return Vec::new() };
    let Some(Shape::List(steps)) = root.get("step").map(|n| &n.shape) else { return Vec::new() };
    let id = |node: &crate::reading::Node| match node.get("id").map(|n| &n.shape) {
        Some(Shape::Text(id)) => Some(id.clone()),
        _ => None,
    };
    steps.iter().filter_map(id).collect()
}

pub(crate) fn read_steps(sheet: &Sheet, dictionary: &Dictionary, papers: &[Paper], ballots: &[BallotKind]) -> Vec<Step> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "程序文件", sheet)) else { return Vec::new() };
    let steps = read_steps_of(&file, dictionary, papers, ballots);
    if let Some(step) = steps.iter().find(|s| !s.checks.is_empty() || s.opens_after.is_some() || s.tasks.is_some() || s.unless.is_some() || s.within.is_some() || s.above || s.fields.iter().any(|f| f.chosen_from.is_some())) {
        let says = format!("步骤 `{}` 写了 checks、opens_after、unless、within、tasks、above 或从名册中选的 from，这几样只用于 matter.toml", step.id);
        sheet.fault(file.at.clone(), says, None, Some("程序的条件写在 rules.toml，或写成 gate"));
    }
    file.finish();
    steps
}

/// The steps of a file that may hold more.
pub(crate) fn read_steps_of(file: &Fields, dictionary: &Dictionary, papers: &[Paper], ballots: &[BallotKind]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for fields in file.rows("step", "步骤") {
        if let Some(step) = read_step(&fields, dictionary, (papers, ballots), &steps) {
            steps.push(step);
        }
        fields.finish();
    }
    steps
}

fn read_step(fields: &Fields, dictionary: &Dictionary, (papers, ballots): (&[Paper], &[BallotKind]), before: &[Step]) -> Option<Step> {
    let sheet = fields.sheet;
    let id = fields.text("id");
    if before.iter().any(|s| s.id == id) {
        sheet.fault(fields.at.clone(), format!("步骤 `{id}` 写了两次"), None, None);
    }
    // The order is the law's: a step follows the one written just above it.
    let after = known_id(fields, "after", "前面的步骤", before.iter().map(|s| &*s.id));
    if let (Some(last), Some(after)) = (before.last(), &after)
        && last.id != *after
        && before.iter().any(|s| s.id == *after)
    {
        let says = format!("步骤 `{id}` 写在 `{}` 之后，`after` 却是 `{after}`", last.id);
        sheet.fault(fields.at.clone(), says, Some(format!("改为 after = \"{}\"", last.id)), Some("步骤不跳、不增、不换"));
    }
    if after.is_none() && !before.is_empty() && fields.key("after").is_none() {
        fields.need("after");
    }
    let condition = |key| fields.maybe(key).and_then(|node| Condition::read(node, dictionary, sheet));
    let (who, team_of_at_least, office, above) = read_who(fields);
    let own: Vec<StepField> = fields.rows("fields", "填写项").into_iter().map(|f| read_field(f, dictionary)).collect();
    let checks = read_checks(fields, &own, before);
    let opens_after = read_opens(fields, &own, before);
    let unless = place_of(fields, "unless", Kind::YesNo, before);
    let within = read_within(fields, before);
    Some(Step {
        title: fields.text("title"),
        after,
        who,
        team_of_at_least,
        office,
        above,
        papers: read_papers_of(fields, papers),
        fields: own,
        applies: condition("applies"),
        gate: condition("gate"),
        due: read_due(fields, dictionary),
        effect: fields.choice("effect", &EFFECTS),
        vote: read_vote(fields),
        ballot: read_ballot(fields, dictionary, ballots),
        speaking: read_speaking(fields),
        checks,
        opens_after,
        unless,
        within,
        tasks: fields.choice("tasks", &TASKS),
        says: fields.maybe_text("says").unwrap_or_default(),
        source: citation(fields)?,
        id,
    })
}

fn read_who(fields: &Fields) -> (Arc<str>, Option<i64>, bool, bool) {
    let Some(table) = fields.need("who").and_then(|node| Fields::of(node, "由谁办", fields.sheet)) else {
        return ("".into(), None, false, false);
    };
    let who = (table.text("says"), table.maybe_number("team_of_at_least"), table.yes("office"), table.yes("above"));
    table.finish();
    who
}

fn read_papers_of(fields: &Fields, papers: &[Paper]) -> Vec<Arc<str>> {
    let named = fields.texts("papers");
    let node = fields.maybe("papers");
    for id in &named {
        if !papers.iter().any(|p| p.id == *id) {
            let at = match node.map(|n| &n.shape) {
                Some(Shape::List(list)) => list.iter().find(|n| matches!(&n.shape, Shape::Text(t) if t == id)),
                _ => node,
            };
            let at = at.map_or(fields.at.clone(), |n| n.at.clone());
            let known = papers.iter().map(|p| &*p.id);
            fields.sheet.unknown(at, format!("没有材料 `{id}`"), id, known, Some("材料写在同一文件夹的 papers.toml"));
        }
    }
    named
}

fn read_field(fields: Fields, dictionary: &Dictionary) -> StepField {
    let field = field_of(&fields, dictionary);
    fields.finish();
    field
}

/// The field that stands here; whoever reads further keys of it ends the table.
pub(crate) fn field_of(fields: &Fields, dictionary: &Dictionary) -> StepField {
    let fact = fact_index(fields, "fact", dictionary);
    let of_fact = fact.map(|f| &dictionary.facts[f]);
    let written = kind_of(fields, "type");
    if let (Some(fact), Some(kind)) = (of_fact, written)
        && fact.kind != kind
    {
        let says = format!("填写项是{}，它对应的“{}”是{}", kind_name(kind), fact.name, kind_name(fact.kind));
        fields.sheet.fault(fields.at.clone(), says, None, None);
    }
    if fact.is_none() && written.is_none() && fields.key("fact").is_none() {
        fields.need("type");
    }
    let field = StepField {
        id: fields.maybe_text("id").or_else(|| of_fact.map(|f| f.id.clone())).unwrap_or_default(),
        label: fields.maybe_text("label").or_else(|| of_fact.map(|f| f.name.clone())).unwrap_or_default(),
        kind: written.or(of_fact.map(|f| f.kind)).unwrap_or(Kind::Text),
        required: fields.yes("required"),
        fact,
        hint: fields.maybe_text("hint").unwrap_or_default(),
        chosen_from: fields.maybe_text("from"),
    };
    if field.id.is_empty() {
        fields.need("id");
    }
    if field.chosen_from.is_some() && field.kind != Kind::Text {
        fields.sheet.fault(fields.at.clone(), format!("从名册中选的填写项 `{}` 写 type = \"text\"", field.id), None, None);
    }
    field
}

fn read_due(fields: &Fields, dictionary: &Dictionary) -> Option<StepDue> {
    let table = Fields::of(fields.maybe("due")?, "期限", fields.sheet)?;
    let fact = fact_index(&table, "fact", dictionary);
    let length = Length::read(&table);
    table.finish();
    Some(StepDue { fact: fact?, length: length? })
}

fn read_vote(fields: &Fields) -> Option<StepVote> {
    let table = Fields::of(fields.maybe("vote")?, "表决", fields.sheet)?;
    let part = |key| {
        let text = table.text(key);
        let read = text.split_once('/').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
        match read {
            Some((_, 0)) | None => {
                table.sheet.fault(table.at.clone(), format!("`{key}` 写成 \"1/2\"，这里是 \"{text}\""), None, None);
                (1, 1)
            }
            Some(part) => part,
        }
    };
    let vote = StepVote { should: table.text("should"), present: table.text("present"), agree: table.text("agree"), quorum: part("quorum"), pass: part("pass") };
    table.finish();
    Some(vote)
}

fn read_ballot(fields: &Fields, dictionary: &Dictionary, ballots: &[BallotKind]) -> Option<StepBallot> {
    let table = Fields::of(fields.maybe("ballot")?, "票箱", fields.sheet)?;
    let wrong = |at: &Fields, says: String, mend: Option<String>| fields.sheet.fault(at.at.clone(), says, mend, None);
    let number = |at: &Fields, fact: Option<usize>| {
        let fact = fact.map(|f| &dictionary.facts[f]).filter(|f| f.kind != Kind::Number);
        if let Some(fact) = fact {
            wrong(at, format!("票数是数，“{}”是{}", fact.name, kind_name(fact.kind)), None);
        }
    };
    let kind = known_id(&table, "kind", "表决", ballots.iter().map(|b| &*b.id));
    let answers = kind.as_ref().and_then(|kind| ballots.iter().find(|b| b.id == *kind)).map(|b| b.answers.as_slice()).unwrap_or_default();
    let mut counts = Vec::new();
    for row in table.rows("counts", "票数") {
        let (answer, fact) = (row.text("answer"), fact_index(&row, "fact", dictionary));
        number(&row, fact);
        match (answers.iter().position(|a| *a == answer), fact) {
            (Some(at), Some(fact)) => counts.push((at, fact)),
            (None, _) if !answers.is_empty() => wrong(&row, format!("选票上没有意见“{answer}”"), Some(format!("选票上有：{}", answers.join("、")))),
            _ => {}
        }
        row.finish();
    }
    let mut sets = Vec::new();
    for row in table.rows("sets", "随之确定的事实") {
        let (value, fact) = (row.text("value"), fact_index(&row, "fact", dictionary));
        let of = fact.map(|f| &dictionary.facts[f]);
        if let Some(fact) = of.filter(|f| f.kind == Kind::Code && dictionary.table_of(f).is_some_and(|t| t.read(&value).is_none())) {
            wrong(&row, format!("“{}”没有“{value}”", fact.name), None);
        }
        sets.extend(fact.map(|fact| (fact, value)));
        row.finish();
    }
    let valid = fact_index(&table, "valid", dictionary).filter(|_| table.maybe("valid").is_some());
    number(&table, valid);
    let day = fact_index(&table, "day", dictionary);
    if let Some(fact) = day.map(|f| &dictionary.facts[f]).filter(|f| f.kind != Kind::Date) {
        wrong(&table, format!("结束那天是日期，“{}”是{}", fact.name, kind_name(fact.kind)), None);
    }
    table.finish();
    Some(StepBallot { kind: kind?, counts, valid, day, sets })
}

fn read_speaking(fields: &Fields) -> Option<StepSpeaking> {
    let table = Fields::of(fields.maybe("speaking")?, "发言次序", fields.sheet)?;
    let speaking = StepSpeaking { speakers: table.text("speakers"), last: table.text("last"), recused: table.maybe_text("recused") };
    table.finish();
    Some(speaking)
}

/// Numbers are named by their field, those of earlier steps as `step.field`.
fn read_checks(fields: &Fields, own: &[StepField], before: &[Step]) -> Vec<Check> {
    let number = |f: &&StepField| f.kind == Kind::Number;
    let mut numbers: Vec<Arc<str>> = own.iter().filter(number).map(|f| f.id.clone()).collect();
    for step in before {
        numbers.extend(step.fields.iter().filter(number).map(|f| Arc::from(format!("{}.{}", step.id, f.id))));
    }
    let mut checks = Vec::new();
    for row in fields.rows("checks", "核对") {
        checks.extend(Check::read(&row, &numbers));
        row.finish();
    }
    checks
}

/// `within = { after = "slip", days = 3, only_if = "slip.urgent" }`
fn read_within(fields: &Fields, before: &[Step]) -> Option<StepWithin> {
    let table = Fields::of(fields.maybe("within")?, "时限", fields.sheet)?;
    table.need("after");
    let after = known_id(&table, "after", "前面的步骤", before.iter().map(|s| &*s.id));
    let length = Length::read(&table);
    let only_if = place_of(&table, "only_if", Kind::YesNo, before);
    table.finish();
    Some(StepWithin { after: after?, length: length?, only_if })
}

fn read_opens(fields: &Fields, own: &[StepField], before: &[Step]) -> Option<StepOpens> {
    let table = Fields::of(fields.maybe("opens_after")?, "最早日期", fields.sheet)?;
    let step = known_id(&table, "step", "前面的步骤", before.iter().map(|s| &*s.id));
    let days = match table.need("days").map(|n| &n.shape) {
        Some(Shape::Text(id)) => {
            let known: Vec<&str> = own.iter().filter(|f| f.kind == Kind::Number).map(|f| &*f.id).collect();
            if !known.contains(&&**id) {
                table.sheet.unknown(table.at.clone(), format!("没有数字填写项 `{id}`"), id, known.into_iter(), Some("写天数，或写本步骤一个数字填写项"));
            }
            Some(Days::Field(id.clone()))
        }
        _ => table.maybe_number("days").map(Days::Fixed),
    };
    table.finish();
    Some(StepOpens { step: step?, days: days? })
}
