//! 一件: what was reported, where it stands, each department's part, what can be done now, and everything that happened.

use super::{allowed, board};
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, samples};
use affairs::Case;
use affairs::case::{self, Connected, File, Fitting, Line, Record};
use axum::extract::Path;
use axum::http::StatusCode;
use institution::case::{Act, Part};
use institution::duty::{DutyField, FieldKind};
use registry::{Desk, Role};
use serde::Serialize;
use std::collections::BTreeMap;
use vocabulary::{Finding, Findings, Id, Moment};

#[derive(Clone, Debug, Serialize)]
pub struct CasePage {
    pub line: Line,
    pub title: String,
    pub files: Vec<File>,
    pub parts: Vec<Part>,
    pub units: BTreeMap<i64, String>,
    pub told: Vec<Told>,
    pub named: Vec<String>,
    /// As the reporter wrote it.
    pub named_words: String,
    /// Acts on the whole that are possible now, by id.
    pub acts: Vec<&'static str>,
    /// Acts on each part: part number and act id.
    pub part_acts: Vec<(i64, &'static str)>,
    pub classes: Vec<(String, String, String)>,
    /// 责任清单: number, name, and whether a liaison officer is there.
    pub suggested: Vec<(i64, String, bool)>,
    pub found: Vec<(i64, String)>,
    pub alike: Vec<(i64, String, String)>,
    /// 匹配: what fits and why; what it is connected to.
    pub fitting: Vec<Fitting>,
    pub connected: Vec<Connected>,
    /// May this desk connect?
    pub connects: bool,
    pub ratings: Vec<String>,
    /// What an act asks to fill in, by its id.
    pub asks: BTreeMap<&'static str, Vec<DutyField>>,
    /// What can be printed now: address before `pdf` or `docx`, the rest of it, and what it is called.
    pub letters: Vec<(String, String, String)>,
    /// The visit that brought it: address, and what it was.
    pub came_from: Option<(String, String)>,
    /// Whoever looks at it handed it over on their own: they rate, they do not write down what was said on the telephone.
    pub own: bool,
    /// Who looks after the place: 包联种类 and name.
    pub keepers: Vec<(String, String)>,
    pub may_look: bool,
    pub refused: Vec<Finding>,
    pub form: Typed,
}

/// A line of what happened.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub at: Moment,
    pub act: &'static str,
    pub actor: String,
    pub about: String,
    pub says: String,
    /// Label and text.
    pub filled: Vec<(String, String)>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Case>>) -> Answer {
    allowed(&c)?;
    let form = Form::new(crate::ctx::pairs(&c.asked.query));
    let mut page = c.read(move |desk| CasePage::of(desk, id, &form, Findings::default())).await?;
    if !c.may("case.letter") {
        page.letters.clear();
    }
    c.page(&page)
}

/// The page again after a refusal: everything typed is still there.
pub async fn refused(c: Ctx, id: Id<Case>, form: Form, findings: Findings) -> Answer {
    let page = c.read(move |desk| CasePage::of(desk, id, &form, findings)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl CasePage {
    fn of(desk: &Desk, id: Id<Case>, form: &Form, findings: Findings) -> Result<CasePage, Stop> {
        let record = case::find(desk, id)?;
        let (_, system) = case::system(desk, &record.system)?;
        let (acts, part_acts) = case::choices(desk, &record)?;
        let mut units = BTreeMap::new();
        for unit in record.deeds.iter().filter_map(|d| d.unit).chain(record.life.holder) {
            if let std::collections::btree_map::Entry::Vacant(place) = units.entry(unit) {
                place.insert(case::unit(desk, Id::new(unit))?.name);
            }
        }
        let line = case::one_line(desk, record.clone())?;
        let at_work = |unit: i64| line.parts.iter().any(|p| p.unit.id == unit && !p.returned);
        let mut suggested = Vec::new();
        if acts.contains(&Act::Whistle) {
            for name in record.life.class.as_deref().and_then(|c| system.class(c)).map(|c| c.departments.clone()).unwrap_or_default() {
                if let Some(unit) = case::unit_named(desk, &name)?.filter(|u| !at_work(u.id.number())) {
                    suggested.push((unit.id.number(), unit.name, case::lacks_liaison(desk, unit.id)?));
                }
            }
        }
        let found = match form.text("department") {
            "" => vec![],
            words => case::search_units(desk, words, &[], 12)?.into_iter().filter(|u| !at_work(u.id.number())).map(|u| (u.id.number(), u.name)).collect(),
        };
        let alike = if acts.contains(&Act::Merge) { case::alike(desk, &record)? } else { vec![] };
        let connects = system.may(Act::Connect, desk.actor.role.id());
        // As many as are read before one taps.
        let fitting = case::fitting(desk, &record, 8)?;
        let connected = case::connected(desk, &record)?;
        Ok(CasePage {
            title: excerpt(&record.words, 28),
            files: case::files(desk, id)?,
            parts: record.life.parts.clone(),
            told: told(&record, &units, system),
            named: case::subjects(desk, id)?.into_iter().filter(|s| s.told).map(|s| s.name).collect(),
            named_words: case::named_words(desk, id)?,
            acts: acts.iter().map(|a| a.id()).collect(),
            part_acts: part_acts.iter().map(|(n, a)| (*n, a.id())).collect(),
            classes: system.classes.iter().map(|c| (c.id.to_string(), c.title.to_string(), format!("{}；{}内报到，{}内答复", c.says, c.claim_within, c.answer_within))).collect(),
            suggested,
            found,
            alike: alike.into_iter().map(|r| (r.id.number(), r.receipt, excerpt(&r.words, 40))).collect(),
            asks: system.asks.iter().map(|(act, fields)| (act.id(), fields.clone())).collect(),
            letters: case::letters(desk, &record)?
                .into_iter()
                .map(|l| {
                    let of = l.part.and_then(|n| record.life.part(n)).and_then(|p| units.get(&p.unit));
                    let title = of.map_or_else(|| l.title.clone(), |unit| format!("{}（{unit}）", l.title));
                    (format!("/cases/{id}/letters/{}", l.id), l.part.map_or_else(String::new, |n| format!("?part={n}")), title)
                })
                .collect(),
            came_from: case::visit_of(desk, id)?.map(|mark| affairs::duty::address_of(desk, mark)).transpose()?.flatten(),
            own: desk.actor.role == Role::Delegate && record.is_reported_by(desk),
            keepers: case::keepers(desk, &[record.place])?.into_iter().map(|h| (h.kind, h.who)).collect(),
            fitting: fitting.into_iter().map(|f| Fitting { words: excerpt(&f.words, 60), ..f }).collect(),
            connected: connected.into_iter().map(|f| Connected { words: excerpt(&f.words, 60), ..f }).collect(),
            connects,
            ratings: system.ratings.iter().map(ToString::to_string).collect(),
            may_look: case::may_look(desk, &record)?,
            refused: findings.into_iter().collect(),
            form: form.typed(),
            units,
            line,
        })
    }
}

pub fn excerpt(words: &str, most: usize) -> String {
    let mut text: String = words.chars().take(most).collect();
    if words.chars().count() > most {
        text.push('…');
    }
    text
}

fn told(record: &Record, units: &BTreeMap<i64, String>, system: &institution::case::System) -> Vec<Told> {
    let part_unit = |n: Option<i64>| n.and_then(|n| record.life.part(n)).and_then(|p| units.get(&p.unit)).cloned();
    let about = |d: &institution::case::Deed| match d.act {
        Act::Sort => system.class(&d.word).map(|c| c.title.to_string()).unwrap_or_default(),
        Act::Rate => d.word.clone(),
        Act::Extend => d.term.map(|t| format!("延长{t}")).unwrap_or_default(),
        Act::Connect | Act::Disconnect => d.into.map(|n| format!("{}{n:07}", system.prefix)).unwrap_or_default(),
        Act::Merge => d.into.map(|n| format!("并入 {}{n:07}", system.prefix)).unwrap_or_default(),
        _ => part_unit(d.part).or_else(|| d.unit.and_then(|u| units.get(&u)).cloned()).unwrap_or_default(),
    };
    // In the order of the form.
    let filled = |d: &institution::case::Deed| system.asked(d.act).iter().filter_map(|f| Some((f.label.to_string(), d.data.get(&*f.id)?.clone()))).collect();
    record.deeds.iter().rev().map(|d| Told { at: d.at, act: d.act.says(), actor: d.actor.clone(), about: about(d), says: d.says.clone(), filled: filled(d) }).collect()
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "cases/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let moment: Moment = "2026-11-20 09:10".parse().unwrap_or(Moment(0));
        let asked = |id: &str, label: &str, kind| DutyField { id: id.into(), label: label.into(), kind, required: true, hint: "没有问题的写“无”".into(), options: vec!["看责任落实".into(), "看制度执行".into()] };
        let all: Vec<&'static str> = Act::ALL.iter().map(|(id, ..)| *id).collect();
        let usual = CasePage {
            line: board::sample_line("2号楼电梯坏了三天没人修"),
            title: "2号楼电梯坏了三天没人修".into(),
            files: vec![File { id: 1, name: "现场.jpg".into(), kind: "image/jpeg".into(), deed: None, at: moment.to_string(), actor: "居民".into() }],
            parts: vec![],
            units: BTreeMap::new(),
            told: vec![Told { at: moment, act: "受理", actor: "居民".into(), about: "东关社区".into(), says: String::new(), filled: vec![("主要根源".into(), "看责任落实".into())] }],
            asks: [("reply", vec![asked("root", "主要根源", FieldKind::Choice), asked("style", "看工作作风", FieldKind::Lines), asked("until", "整改到哪天", FieldKind::Date), asked("yes", "是否普遍", FieldKind::YesNo), asked("n", "涉及几户", FieldKind::Number), asked("kind", "一类问题", FieldKind::Text)])].into(),
            letters: vec![("/cases/12/letters/inquiry".into(), "?part=3".into(), "函询通知书（县住房和城乡建设局）".into())],
            came_from: Some(("/duties/charge/3/care/contact-point?of=2026Q4/1".into(), "到党建联系点 2026-11-03".into())),
            own: false,
            keepers: vec![("网格员".into(), "王大山".into())],
            named: vec!["马主任".into()],
            named_words: "马主任".into(),
            acts: all,
            part_acts: vec![(3, "claim"), (3, "reply"), (3, "return"), (3, "pause")],
            classes: vec![("property".into(), "物业与停车".into(), "电梯、门禁".into())],
            suggested: vec![(9, "县住房和城乡建设局".into(), false), (10, "县公安局".into(), true)],
            found: vec![(11, "县水利局".into())],
            alike: vec![(8, "CS0000008".into(), "电梯又坏了".into())],
            fitting: vec![Fitting { id: Id::new(12), receipt: "XY0000012".into(), class: "服务订单".into(), words: "每月一次家电义务维修".into(), place: "东关社区".into(), near: "城关镇".into(), shared: vec!["家电维修".into()] }],
            connected: vec![Connected { id: Id::new(13), receipt: "XY0000013".into(), class: "单位资源".into(), words: "会议室周末开放".into(), since: Some(vocabulary::day!(2026 - 11 - 20)) }],
            connects: true,
            ratings: ["好", "较好", "一般", "较差"].map(str::to_owned).to_vec(),
            may_look: true,
            refused: samples::findings(),
            form: Typed::default(),
        };
        let own = CasePage { own: true, acts: vec!["rate", "reopen", "note"], part_acts: vec![], may_look: false, refused: vec![], ..usual.clone() };
        let reader = CasePage { acts: vec![], part_acts: vec![], alike: vec![], fitting: vec![], connects: false, refused: vec![], may_look: false, ..usual.clone() };
        let full = CasePage { line: board::sample_line(&"垃".repeat(2000)), title: samples::LONG_TITLE.into(), told: vec![Told { says: samples::LONG_TITLE.repeat(3), ..usual.told[0].clone() }; 40], ..usual.clone() };
        vec![Sample::usual(usual), Sample { name: "own", ..Sample::usual(own) }, Sample::reader(reader), Sample::overfull(full)]
    }
}
