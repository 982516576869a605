//! 例: a case told moment by moment, with what must come out. Read by officials, run by `check` and by the tests.

use super::judge::Around;
use super::life::joint_due;
use super::{Act, Change, Deed, Due, Life, Side, System, Term, due, judge};
use crate::Calendar;
use crate::fault::{Fault, Spot};
use crate::reading::{Fields, Node, Shape, Sheet};
use std::sync::Arc;
use vocabulary::Moment;

/// A clock alone (`term`), two cases that may fit (`pair`), or a whole case (`class` and deeds).
#[derive(Clone, Debug)]
pub struct Story {
    pub name: Arc<str>,
    term: Option<Term>,
    start: Option<Moment>,
    changes: Vec<(Moment, Change)>,
    class: Option<Arc<str>>,
    deeds: Vec<(Told, Option<Arc<str>>)>,
    /// Deadlines of cases that are merged into this one.
    merged_due: Vec<Moment>,
    /// Class, words and street of the two.
    pair: Vec<[Arc<str>; 3]>,
    expect: Vec<(Arc<str>, Arc<str>)>,
    spot: Spot,
}

#[derive(Clone, Debug)]
struct Told {
    deed: Deed,
    /// The part, by the name of its department.
    of: Option<Arc<str>>,
    role: Arc<str>,
    higher: bool,
    /// Class of the case `into` which it goes.
    other_class: Arc<str>,
}

impl Story {
    /// What does not come out as told; empty when it holds.
    pub fn run(&self, system: Option<&System>, calendar: &Calendar) -> Vec<String> {
        let mut wrong = Vec::new();
        let said = match (self.term, system) {
            (Some(term), _) => self.clock_alone(term, calendar),
            (None, Some(system)) if !self.pair.is_empty() => self.fitting(system),
            (None, Some(system)) => self.whole(system, calendar, &mut wrong),
            (None, None) => return vec!["文件夹里没有 case.toml".into()],
        };
        for (key, value) in &self.expect {
            match said.iter().find(|(k, _)| **k == **key) {
                Some((_, said)) if **said == **value => {}
                Some((_, said)) => wrong.push(format!("`{key}` 应为“{value}”，算出来是“{said}”")),
                None => wrong.push(format!("没有算出 `{key}`")),
            }
        }
        wrong
    }

    fn fitting(&self, system: &System) -> Vec<(String, String)> {
        let sides: Vec<Side> = self.pair.iter().map(|[class, words, near]| Side { class, words, near }).collect();
        let [one, other] = sides[..] else { return vec![("fits".into(), "pair 写两件".into())] };
        let fit = system.fit(one, other);
        // Who asks makes no difference.
        let back = system.fit(other, one).map(|f| f.near);
        let said = match (&fit, fit.as_ref().map(|f| f.near) == back) {
            (_, false) => "反过来不同",
            (None, _) => "不匹配",
            (Some(fit), _) if fit.near => "同一镇街",
            _ => "匹配",
        };
        vec![("fits".into(), said.into()), ("shared".into(), fit.map(|f| f.shared.join("、")).unwrap_or_default())]
    }

    fn clock_alone(&self, term: Term, calendar: &Calendar) -> Vec<(String, String)> {
        let start = self.start.unwrap_or(Moment(0));
        let said = match due(calendar, start, term, &self.changes) {
            Ok(due) => shown(due),
            Err(missing) => missing.to_string(),
        };
        vec![("due".into(), said)]
    }

    fn whole(&self, system: &System, calendar: &Calendar, wrong: &mut Vec<String>) -> Vec<(String, String)> {
        let mut deeds: Vec<Deed> = Vec::new();
        let mut units: Vec<Arc<str>> = Vec::new();
        for (at, (told, refused)) in self.deeds.iter().enumerate() {
            let mut deed = told.deed.clone();
            deed.number = at as i64 + 1;
            if let Some(of) = &told.of {
                let known = units.iter().position(|u| u == of);
                let unit = known.unwrap_or_else(|| {
                    units.push(of.clone());
                    units.len() - 1
                }) as i64 + 1;
                if matches!(deed.act, Act::Whistle | Act::Report | Act::Raise) {
                    deed.unit = Some(unit);
                } else {
                    // Its last whistle.
                    deed.part = deeds.iter().rev().find(|d| d.act == Act::Whistle && d.unit == Some(unit)).map(|d| d.number).or(Some(0));
                }
            }
            if let (Act::Sort, Some(class), true) = (deed.act, &self.class, deed.word.is_empty()) {
                deed.word = class.to_string();
            }
            let found = match Life::of(system, calendar, &deeds) {
                Some(life) => {
                    let around = Around { role: &told.role, higher: told.higher, other_open: deed.into.is_some(), other_class: &told.other_class };
                    judge(system, calendar, &life, &deed, around).rules().into_iter().map(str::to_owned).collect()
                }
                None => vec![],
            };
            let expected: Vec<String> = refused.iter().map(|r| r.to_string()).collect();
            if found != expected {
                let say = |list: &[String]| if list.is_empty() { "可以办".to_owned() } else { list.join("、") };
                wrong.push(format!("{} 的“{}”应当{}，结果是{}", deed.at, deed.act.says(), say(&expected), say(&found)));
            }
            if found.is_empty() {
                deeds.push(deed);
            }
        }
        let Some(life) = Life::of(system, calendar, &deeds) else { return vec![] };
        let mut said = vec![("stage".to_owned(), life.stage.says().to_owned()), ("round".into(), life.round.to_string())];
        if let Some(clock) = life.running() {
            let own = clock.due;
            let all = joint_due(own, self.merged_due.iter().map(|m| Some(Due::By(*m))));
            said.push(("due".into(), all.map_or("无法判断".into(), shown)));
            said.push(("timely".into(), clock.timeliness(life.last, system.soon_hours).says().into()));
        }
        if let Some(first) = life.rounds.first().and_then(|r| r.clock) {
            said.push(("first_round".into(), first.timeliness(life.last, system.soon_hours).says().into()));
        }
        for part in &life.parts {
            if let Some(name) = usize::try_from(part.unit - 1).ok().and_then(|n| units.get(n)) {
                said.retain(|(k, _)| !k.starts_with(&**name));
                for (what, clock) in [("报到", part.claim), ("办结", part.reply)] {
                    said.push((format!("{name}{what}"), clock.due.map_or("无法判断".into(), shown)));
                    said.push((format!("{name}{what}情况"), clock.timeliness(life.last, system.soon_hours).says().into()));
                }
            }
        }
        said
    }

    pub(crate) fn fault(&self, wrong: &[String]) -> Fault {
        let says = format!("例“{}”不成立：{}", self.name, wrong.join("；"));
        Fault::at(self.spot.clone(), says, Some("改制度，或改这个例".into()), Some("例由懂政策的人写，算法必须合乎例"))
    }
}

/// `2026-11-23 10:30`, or `暂停`. The last minute of a day is 24:00 in words.
fn shown(due: Due) -> String {
    match due {
        Due::Standing => "暂停".into(),
        Due::By(moment) if moment.second_of_day() == 86_399 => format!("{} 24:00", moment.day()),
        Due::By(moment) => {
            let s = moment.second_of_day();
            format!("{} {:02}:{:02}", moment.day(), s / 3600, s / 60 % 60)
        }
    }
}

pub(crate) fn read_stories(sheet: &Sheet) -> Vec<Story> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "诉求例子文件", sheet)) else { return Vec::new() };
    let mut stories = Vec::new();
    for fields in file.rows("example", "例") {
        stories.push(Story {
            name: fields.text("name"),
            term: Term::maybe(&fields, "term"),
            start: moment(&fields, "start"),
            changes: fields.rows("changes", "变动").into_iter().filter_map(change).collect(),
            class: fields.maybe_text("class"),
            deeds: fields.rows("deeds", "经过").into_iter().filter_map(deed).collect(),
            merged_due: fields.texts("merged_due").iter().filter_map(|t| t.parse().ok()).collect(),
            pair: fields.rows("pair", "两件").into_iter().map(side).collect(),
            expect: expect(&fields),
            spot: sheet.spot(fields.at.clone()),
        });
        fields.finish();
    }
    file.finish();
    stories
}

/// `{ class = "need", words = "想修电视", street = "城关街道" }`
fn side(fields: Fields) -> [Arc<str>; 3] {
    let side = [fields.text("class"), fields.text("words"), fields.maybe_text("street").unwrap_or_default()];
    fields.finish();
    side
}

fn moment(fields: &Fields, key: &'static str) -> Option<Moment> {
    let text = fields.maybe_text(key)?;
    let read = text.parse().ok();
    if read.is_none() {
        fields.sheet.fault(fields.at.clone(), format!("`{text}` 不是时刻，应写成 \"2026-11-22 14:05\""), None, None);
    }
    read
}

/// `{ at = "…", pause = true }`, `{ at = "…", resume = true }`, `{ at = "…", extend = { working_days = 2 } }`
fn change(fields: Fields) -> Option<(Moment, Change)> {
    fields.need("at");
    let at = moment(&fields, "at");
    let (pause, resume, more) = (fields.yes("pause"), fields.yes("resume"), Term::maybe(&fields, "extend"));
    let change = match (pause, resume, more) {
        (true, false, None) => Some(Change::Pause),
        (false, true, None) => Some(Change::Resume),
        (false, false, Some(term)) => Some(Change::Extend(term)),
        _ => {
            fields.sheet.fault(fields.at.clone(), "变动应写 pause、resume 或 extend 之一".into(), None, None);
            None
        }
    };
    fields.finish();
    Some((at?, change?))
}

fn deed(fields: Fields) -> Option<(Told, Option<Arc<str>>)> {
    fields.need("at");
    let at = moment(&fields, "at");
    let id = fields.text("act");
    let act = Act::from_id(&id);
    if act.is_none() {
        fields.sheet.unknown(fields.at.clone(), format!("没有 `{id}` 这个环节"), &id, Act::ALL.map(|(id, ..)| id), None);
    }
    let mut deed = Deed::new(act.unwrap_or(Act::Note), at.unwrap_or(Moment(0)));
    deed.word = fields.maybe_text("word").map(|t| t.to_string()).unwrap_or_default();
    deed.says = fields.maybe_text("says").map_or_else(|| "如实办理".to_owned(), |t| t.to_string());
    deed.term = Term::maybe(&fields, "term");
    deed.evidence = fields.yes("evidence");
    deed.by = fields.maybe_number("by");
    deed.into = fields.maybe_number("into");
    let told = Told {
        of: fields.maybe_text("of"),
        role: fields.maybe_text("role").unwrap_or_else(|| "officer".into()),
        higher: !fields.yes("top"),
        other_class: fields.maybe_text("other_class").unwrap_or_default(),
        deed,
    };
    let refused = fields.maybe_text("refused");
    fields.finish();
    act?;
    at?;
    Some((told, refused))
}

fn expect(fields: &Fields) -> Vec<(Arc<str>, Arc<str>)> {
    let Some(Node { shape: Shape::Table(entries), .. }) = fields.need("expect") else { return Vec::new() };
    let text = |node: &Node| match &node.shape {
        Shape::Text(text) => Some(text.clone()),
        Shape::Number(n) => Some(n.to_string().into()),
        _ => {
            fields.sheet.fault(node.at.clone(), "应得结果写成文字".into(), None, None);
            None
        }
    };
    entries.iter().filter_map(|(key, node)| Some((key.text.clone(), text(node)?))).collect()
}
