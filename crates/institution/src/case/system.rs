//! 一套诉求制度: classes with their deadlines, the responsibility list, levels, ratings, who may do what, how it closes.

use super::letter::{Letter, read_letters};
use super::{Act, Term};
use crate::Calendar;
use crate::dictionary::Dictionary;
use crate::duty::read::read_field;
use crate::duty::{DutyField, FieldKind};
use crate::reading::{Fields, Sheet};
use crate::source::{citation, known_codes};
use std::collections::BTreeMap;
use std::sync::Arc;
use vocabulary::Citation;

/// What `case.toml` says.
#[derive(Clone, Debug)]
pub struct System {
    /// The institution's id.
    pub id: Arc<str>,
    /// What one of them is called: 诉求, 心愿, 函询.
    pub noun: Arc<str>,
    /// First letters of a receipt number.
    pub prefix: Arc<str>,
    /// May anybody report at the resident's door?
    pub open_door: bool,
    /// Is it what the door opens to when nobody says which?
    pub first_at_door: bool,
    /// What is told there, in the resident's words: `身边的烦心事：路灯、停车、噪音`.
    pub door_says: Arc<str>,
    /// 公开认领: whoever may whistle finds it and may take it, without being called.
    pub free_claim: bool,
    /// 写明的人就是收件的人: naming somebody hides it from nobody, as a letter of inquiry that they must answer.
    pub named_answer: bool,
    /// 双向评价: both sides of these rate each other each half-year.
    pub both_rate: bool,
    /// 来源方式: `来电`, `网格走访`.
    pub ways: Vec<Arc<str>>,
    pub classes: Vec<Class>,
    /// From below to the top.
    pub levels: Vec<Level>,
    /// Best first.
    pub ratings: Vec<Arc<str>>,
    pub bad_ratings: Vec<Arc<str>>,
    /// 分类 is owed within this long of the report.
    pub sort_within: Option<Term>,
    /// Sign-off needs evidence on file.
    pub needs_evidence: bool,
    /// Nobody rated: may be signed off after this long.
    pub unrated_after: Option<Term>,
    pub reopen_within: Option<Term>,
    pub reopen_most: u32,
    /// The clock of a reopened case; the class's own when empty.
    pub reopened_answer_within: Option<Term>,
    pub extend_most: u32,
    /// Due within so many hours counts as soon.
    pub soon_hours: i64,
    /// 函件: what is printed.
    pub letters: Vec<Letter>,
    /// 填写项: what an act asks besides its words; of a report, at the desk of who writes it down.
    pub asks: BTreeMap<Act, Vec<DutyField>>,
    /// 匹配: which classes offer what others ask for, and the words that mean the same.
    pub matches: Vec<super::Match>,
    pub topics: Vec<super::Topic>,
    /// Who may do what: roles by act. What is not listed, nobody may.
    pub who: BTreeMap<Act, Vec<Arc<str>>>,
    pub source: Citation,
}

/// 类别
#[derive(Clone, Debug)]
pub struct Class {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub says: Arc<str>,
    pub claim_within: Term,
    pub answer_within: Term,
    /// 责任清单: who is suggested, the first leads.
    pub departments: Vec<Arc<str>>,
    pub source: Citation,
}

/// 层级: which kinds of organisation hold cases at this level.
#[derive(Clone, Debug)]
pub struct Level {
    pub title: Arc<str>,
    pub kinds: Vec<Arc<str>>,
    /// 包联种类 of who looks after a place of this level, shown beside it: `网格员`.
    pub charge: Option<Arc<str>>,
}

impl System {
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|c| &*c.id == id)
    }
    pub fn may(&self, act: Act, role: &str) -> bool {
        self.who.get(&act).is_some_and(|roles| roles.iter().any(|r| &**r == role))
    }
    /// Has this role anything to do here? What one has nothing to do with, one does not see.
    pub fn knows(&self, role: &str) -> bool {
        self.who.values().any(|roles| roles.iter().any(|r| &**r == role))
    }
    pub fn letter(&self, id: &str) -> Option<&Letter> {
        self.letters.iter().find(|l| *l.id == *id)
    }
    /// What an act asks to fill in.
    pub fn asked(&self, act: Act) -> &[DutyField] {
        self.asks.get(&act).map_or(&[], Vec::as_slice)
    }
    /// Of every act: what a figure may be counted by.
    pub fn field(&self, id: &str) -> Option<&DutyField> {
        self.asks.values().flatten().find(|f| *f.id == *id)
    }
    pub fn is_bad(&self, rating: &str) -> bool {
        self.bad_ratings.iter().any(|b| &**b == rating)
    }
    /// The level that organisations of this kind stand on, from 0.
    pub fn level_of(&self, kind: &str) -> Option<usize> {
        self.levels.iter().position(|l| l.kinds.iter().any(|k| &**k == kind))
    }

    pub(crate) fn read(id: &str, sheet: &Sheet, calendar: &Calendar, dictionary: &Dictionary) -> Option<System> {
        let root = sheet.parse()?;
        let file = Fields::of(&root, "诉求制度", sheet)?;
        let classes: Vec<Class> = file.rows("class", "类别").into_iter().filter_map(|f| read_class(f, calendar)).collect();
        let levels: Vec<Level> = file.rows("level", "层级").into_iter().map(|f| read_level(f, dictionary)).collect();
        let ratings = file.texts("ratings");
        let bad_ratings = file.texts("bad_ratings");
        for bad in bad_ratings.iter().filter(|b| !ratings.contains(b)) {
            let at = file.maybe("bad_ratings").map_or(file.at.clone(), |n| n.at.clone());
            sheet.unknown(at, format!("评价里没有“{bad}”"), bad, ratings.iter().map(|r| &**r), None);
        }
        if classes.is_empty() {
            sheet.fault(file.at.clone(), "至少要有一个类别 [[class]]".into(), None, None);
        }
        if levels.is_empty() {
            sheet.fault(file.at.clone(), "至少要有一个层级 [[level]]".into(), None, None);
        }
        let number = |key, otherwise: i64| file.maybe_number(key).unwrap_or(otherwise);
        let open_door = file.yes("open_door");
        let count = |key, otherwise| u32::try_from(number(key, otherwise)).unwrap_or_default();
        let matches = super::matching::read_matches(&file, &classes, &levels);
        let topics = super::matching::read_topics(&file, sheet);
        let system = System {
            matches,
            topics,
            id: id.into(),
            noun: file.text("noun"),
            prefix: file.text("prefix"),
            open_door,
            first_at_door: file.yes("first_at_door"),
            door_says: file.maybe_text("door_says").unwrap_or_default(),
            free_claim: file.yes("free_claim"),
            named_answer: file.yes("named_answer"),
            both_rate: file.yes("both_rate"),
            ways: file.texts("ways"),
            classes,
            levels,
            ratings,
            bad_ratings,
            sort_within: Term::maybe(&file, "sort_within"),
            needs_evidence: file.yes("needs_evidence"),
            unrated_after: Term::maybe(&file, "unrated_after"),
            reopen_within: Term::maybe(&file, "reopen_within"),
            reopen_most: count("reopen_most", 2),
            reopened_answer_within: Term::maybe(&file, "reopened_answer_within"),
            extend_most: count("extend_most", 1),
            soon_hours: number("soon_hours", 24),
            letters: read_letters(&file),
            asks: read_asks(&file, open_door),
            who: read_who(&file),
            source: citation(&file)?,
        };
        file.finish();
        Some(system)
    }
}

fn read_class(fields: Fields, calendar: &Calendar) -> Option<Class> {
    let term = |key: &'static str| {
        fields.need(key)?;
        let term = Term::maybe(&fields, key)?;
        if matches!(term, Term::WorkingHours(_)) && calendar.hours().is_empty() {
            let says = "按工作小时计的时限，须先在 calendar.toml 写办公时间 hours".to_owned();
            fields.sheet.fault(fields.at.clone(), says, None, None);
        }
        Some(term)
    };
    let (claim, answer) = (term("claim_within"), term("answer_within"));
    let class = Class {
        id: fields.text("id"),
        title: fields.text("title"),
        says: fields.maybe_text("says").unwrap_or_default(),
        departments: fields.texts("departments"),
        source: citation(&fields)?,
        claim_within: claim?,
        answer_within: answer?,
    };
    fields.finish();
    Some(class)
}

fn read_level(fields: Fields, dictionary: &Dictionary) -> Level {
    let level = Level { title: fields.text("title"), kinds: fields.texts("kinds"), charge: fields.maybe_text("charge") };
    known_codes(&fields, "charge", level.charge.as_slice(), "charge_kind", dictionary);
    fields.finish();
    level
}

/// `[[asks]]` with `act` and `fields`. The resident's door asks only for words: what a report must say is asked of those who
/// write it down for others, so a system with such a door asks nothing that is required.
fn read_asks(file: &Fields, open_door: bool) -> BTreeMap<Act, Vec<DutyField>> {
    const FILLED: [(&str, Act); 5] = [("report", Act::Report), ("sort", Act::Sort), ("reply", Act::Reply), ("answer", Act::Answer), ("sign_off", Act::SignOff)];
    let mut asks: BTreeMap<Act, Vec<DutyField>> = BTreeMap::new();
    for row in file.rows("asks", "填写") {
        row.need("act");
        let act = row.choice("act", &FILLED);
        for field in row.rows("fields", "填写项").into_iter().map(read_field) {
            if field.kind == FieldKind::Photo {
                row.sheet.fault(row.at.clone(), format!("填写项 `{}` 不能是 photo", field.id), None, Some("办理结果、答复、销号都能附照片，不用另写"));
            }
            if asks.values().flatten().any(|f| f.id == field.id) {
                row.sheet.fault(row.at.clone(), format!("填写项 `{}` 写了两次", field.id), None, Some("同一套制度里填写项的名称不重复"));
            }
            if act == Some(Act::Report) && open_door && field.required {
                row.sheet.fault(row.at.clone(), format!("填写项 `{}` 不能必填：open_door 的门口只问要反映的事", field.id), None, Some("去掉 required，或不写 open_door"));
            }
            if let Some(act) = act {
                asks.entry(act).or_default().push(field);
            }
        }
        row.finish();
    }
    asks
}

/// `[[may]]` with `acts` and `roles`.
fn read_who(file: &Fields) -> BTreeMap<Act, Vec<Arc<str>>> {
    let mut who: BTreeMap<Act, Vec<Arc<str>>> = BTreeMap::new();
    for row in file.rows("may", "谁能办") {
        let roles = row.texts("roles");
        for id in row.texts("acts") {
            match Act::from_id(&id) {
                Some(act) => who.entry(act).or_default().extend(roles.iter().cloned()),
                None => row.sheet.unknown(row.at.clone(), format!("没有 `{id}` 这个环节"), &id, Act::ALL.map(|(id, ..)| id), None),
            }
        }
        row.finish();
    }
    who
}
