//! 一个人的页面.

use super::record::{Record, Rows};
use super::story;
use crate::access::{Control, PERSONAL};
use crate::crumbs::Crumb;
use crate::drawing::timeline::Timeline;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, href, samples};
use axum::extract::Path;
use policy::Class;
use registry::dated::Stored;
use registry::expiring::Kind;
use registry::{Desk, Person, Result, consistency, organisation, person};
use serde::Serialize;
use vocabulary::{Date, Finding, Id};

/// A labelled value with where it came from.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub label: &'static str,
    pub value: Option<String>,
    /// Beside the value, quieter: `（44 岁）`.
    pub note: String,
    pub origin: String,
    /// The history of this field.
    pub history: Option<String>,
}

/// Rows of one noun as a table.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub title: &'static str,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Line>,
    /// What we held before: struck through.
    pub before: Vec<Line>,
    pub empty: &'static str,
    /// The part of the record that is changed there.
    pub edit: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub cells: Vec<String>,
    pub origin: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Soon {
    pub says: &'static str,
    pub on: Date,
    /// Within ninety days.
    pub near: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Year {
    pub year: i16,
    pub grade: Option<String>,
    pub tone: &'static str,
    pub hours: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct OfficialPage {
    pub id: Id<Person>,
    pub name: String,
    pub photo: bool,
    pub post: Option<String>,
    pub post_since: Option<Date>,
    pub crumbs: Vec<Crumb>,
    pub marks: Vec<(String, &'static str)>,
    pub glance: Vec<Item>,
    pub items: Vec<Item>,
    pub id_number: Item,
    pub timeline: Timeline,
    pub years: Vec<Year>,
    pub soon: Vec<Soon>,
    pub parts: Vec<Part>,
    pub resume: Vec<Stored<registry::rows::ResumeLine>>,
    pub findings: Vec<Finding>,
    /// What is protected is folded behind this; nothing when it is shown, or never shown to this role.
    pub access: Option<Control>,
    /// 本人说明
    pub statements: Vec<registry::rights::Statement>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Person>>) -> Answer {
    let asking = c.clone();
    let (mut page, look) = c
        .read(move |desk| {
            let page = OfficialPage::of(desk, id)?;
            Ok((page, asking.look(desk, id, asking.action, Class::S2, &PERSONAL)?))
        })
        .await?;
    if look.verdict.allowed() {
        // The look is noted before anything is shown; when it cannot be, nothing is.
        c.consult(move |desk| look.note(desk, &[id], &PERSONAL, Class::S2)).await?;
    } else {
        page.fold(c.control(id, look.verdict, &PERSONAL));
    }
    c.page(&page)
}

impl OfficialPage {
    pub fn of(desk: &Desk, id: Id<Person>) -> Result<OfficialPage> {
        let record = Record::of(desk, id)?;
        let findings = consistency::check(desk, id)?.into_iter().collect();
        let statements = registry::rights::statements(desk, id)?;
        Ok(OfficialPage { findings, statements, crumbs: crumbs(desk, &record)?, ..OfficialPage::from(desk, &record) })
    }

    fn from(desk: &Desk, record: &Record) -> OfficialPage {
        let details = &record.details.row;
        OfficialPage {
            id: record.id,
            name: details.name.clone(),
            photo: record.yes("photo"),
            post: record.text("post"),
            post_since: record.date("post.since"),
            crumbs: vec![],
            marks: marks(record),
            glance: glance(record),
            items: items(record),
            id_number: item(record, "身份证号", "id_number", details.id_number.clone()),
            timeline: story::timeline(record, desk.day()),
            years: years(record, desk.day().year()),
            soon: soon(record, desk),
            parts: parts(record),
            resume: record.resume.clone(),
            findings: vec![],
            access: None,
            statements: vec![],
        }
    }

    /// Leaves out what is protected (S2): the text of the page does not hold it.
    pub fn fold(&mut self, access: Option<Control>) {
        self.access = access;
        self.id_number = Item { value: None, origin: String::new(), history: None, ..self.id_number.clone() };
        self.items.retain(|i| !matches!(i.label, "健康状况" | "备注"));
        self.parts.retain(|p| !PROTECTED.contains(&p.title));
        self.marks.retain(|(mark, _)| mark != "处在影响期" && mark != "优秀年轻干部库");
        self.soon.retain(|s| s.says != Kind::Sanction.says());
        // What does not fit together is said with the values that do not, the number of the identity card among them.
        self.findings.clear();
        // A statement to what is protected is protected as well.
        let plain = |s: &registry::rights::Statement| {
            let column = s.field.as_deref().or_else(|| registry::rights::noun(&s.noun).map(|n| n.fields[0].column));
            column.and_then(|c| registry::register::find(&s.noun, c)).is_some_and(|c| c.class < 2)
        };
        self.statements.retain(plain);
        for year in &mut self.years {
            (year.grade, year.tone) = (None, "plain");
        }
    }
}

/// Tables of the page whose rows are S2.
const PROTECTED: [&str; 4] = ["家庭主要成员及重要社会关系", "奖励", "惩戒", KEPT];

/// The section of values that a file brought and that have no table of their own.
const KEPT: &str = "文件带来的其他内容";

fn crumbs(desk: &Desk, record: &Record) -> Result<Vec<Crumb>> {
    let Some(unit) = record.fact("organisation.ref").and_then(vocabulary::Value::number) else { return Ok(vec![]) };
    let unit = match organisation::find(desk, Id::new(unit)) {
        Ok(unit) => unit,
        Err(registry::Error::NotFound(_)) => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    Ok(crate::crumbs::crumbs(organisation::above(desk, &unit)?))
}

fn marks(record: &Record) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    if record.yes("sanction.open") {
        out.push(("处在影响期".to_owned(), "refuse"));
    }
    if record.date("probation.until").is_some() {
        out.push(("试用期".to_owned(), "warn"));
    }
    if record.yes("reserve") {
        out.push(("优秀年轻干部库".to_owned(), "done"));
    }
    match record.details.row.official_state.as_deref() {
        Some("现职") | None => {}
        Some(state) => out.push((state.to_owned(), "plain")),
    }
    out
}

/// A field of the basic information.
fn item(record: &Record, label: &'static str, column: &'static str, value: Option<String>) -> Item {
    let origin = if value.is_some() { record.column_origin(column) } else { String::new() };
    let history = Some(format!("{}/history?field={column}", href::official(record.id)));
    Item { label, value, note: String::new(), origin, history }
}

/// What follows from other rows.
fn told(label: &'static str, value: Option<String>, note: Option<String>) -> Item {
    Item { label, value, note: note.unwrap_or_default(), origin: String::new(), history: None }
}

fn glance(record: &Record) -> Vec<Item> {
    let since = |fact: &str| record.date(fact).map(|d| format!("{} 起", d.dotted_month()));
    let mut born = item(record, "出生年月", "born", record.details.row.born.map(Date::dotted_month));
    born.note = record.text("age").map(|age| format!("{age} 岁")).unwrap_or_default();
    vec![
        born,
        told("政治面貌", record.text("party"), record.date("party.joined").map(|d| format!("{} 加入", d.dotted_month()))),
        told("职务层次", record.text("level"), since("level.since")),
        told("职级", record.text("rank"), since("rank.since")),
        told("全日制学历", record.text("education.full_time"), None),
        told("在职学历", record.text("education.in_service"), None),
    ]
}

fn items(record: &Record) -> Vec<Item> {
    let d = &record.details.row;
    let mut joined = item(record, "参加工作时间", "joined_work", d.joined_work.map(Date::dotted_month));
    joined.note = record.text("work_years").map(|years| format!("工龄 {years} 年")).unwrap_or_default();
    vec![
        item(record, "性别", "sex", d.sex.clone()),
        item(record, "民族", "ethnicity", d.ethnicity.clone()),
        item(record, "籍贯", "native_place", d.native_place.clone()),
        item(record, "出生地", "birth_place", d.birth_place.clone()),
        joined,
        item(record, "健康状况", "health", d.health.clone()),
        told("专业技术职务", record.text("qualification"), None),
        item(record, "熟悉专业有何专长", "speciality", d.speciality.clone()),
        item(record, "人员类别", "official_kind", d.official_kind.clone()),
        item(record, "管理类别", "managed_by", d.managed_by.clone()),
        item(record, "备注", "remark", d.remark.clone()),
    ]
}

/// Appraisal and training over five years, this one included for training.
fn years(record: &Record, now: i16) -> Vec<Year> {
    let year = |year: i16| {
        let grade = record.appraisals.now.iter().find(|a| a.row.year == i64::from(year)).map(|a| a.row.grade.clone());
        let tone = match grade.as_deref() {
            Some("优秀") => "done",
            Some("基本称职") => "warn",
            Some("不称职") => "refuse",
            _ => "plain",
        };
        let hours = record.trainings.now.iter().filter(|t| t.row.from_day.year() == year).map(|t| t.row.hours).sum();
        Year { year, grade, tone, hours }
    };
    (now - 5..=now).map(year).collect()
}

fn soon(record: &Record, desk: &Desk) -> Vec<Soon> {
    let day = desk.day();
    let mut out: Vec<Soon> = Kind::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, record.date(kind.fact())?)))
        .filter(|(_, on)| on.latest() >= day)
        .map(|(kind, on)| Soon { says: kind.says(), on, near: on.earliest() <= day.plus_days(registry::expiring::DAYS) })
        .collect();
    out.sort_by_key(|s| s.on);
    out
}

fn parts(record: &Record) -> Vec<Part> {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let month = |d: Option<Date>| d.map(Date::dotted_month).unwrap_or_default();
    let period = |from: Date, until: Option<Date>| format!("{} — {}", from.dotted_month(), until.map_or("今".into(), Date::dotted_month));
    let mut parts = vec![
        part(record, ("任职", "tenures"), &["时间", "职务", "方式", "文号"], "没有任职记录", &record.tenures, |t| {
            let how = match (t.kind.as_str(), t.way.as_deref()) {
                ("任职", way) => way.unwrap_or_default().to_owned(),
                (kind, _) => kind.to_owned(),
            };
            vec![period(t.from_day, t.until_day), t.title.clone(), how, text(&t.paper)]
        }),
        part(record, ("职务层次与职级", "ranks"), &["时间", "名称", "序列", "文号"], "没有职级记录", &record.ranks, |r| {
            vec![period(r.from_day, r.until_day), r.rank.clone(), r.ladder.clone(), text(&r.paper)]
        }),
        part(record, ("学历学位", "educations"), &["毕业", "方式", "学历", "学位", "院校及专业"], "没有学历记录", &record.educations, |e| {
            let school = e.school_text.clone().unwrap_or_else(|| format!("{}{}", text(&e.school), text(&e.major)));
            vec![month(e.from_day), e.mode.clone(), text(&e.education), text(&e.degree), school]
        }),
        part(record, ("家庭主要成员及重要社会关系", "relatives"), &["称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务"], "没有家庭成员记录", &record.relatives, |r| {
            vec![r.relation.clone(), r.name.clone(), month(r.born), text(&r.party), r.work.clone()]
        }),
        part(record, ("奖励", "awards"), &["时间", "名称", "批准机关"], "没有奖励记录", &record.awards, |a| {
            vec![month(a.from_day), a.name.clone(), text(&a.organ)]
        }),
        part(record, ("惩戒", "sanctions"), &["生效", "名称", "影响期满", "决定机关"], "没有惩戒记录", &record.sanctions, |s| {
            vec![s.from_day.to_string(), s.name.clone(), s.until_day.map(|d| d.to_string()).unwrap_or_default(), text(&s.organ)]
        }),
        part(record, ("教育培训", "trainings"), &["时间", "班次", "方式", "学时", "主办"], "没有培训记录", &record.trainings, |t| {
            vec![month(Some(t.from_day)), t.name.clone(), t.kind.clone(), t.hours.to_string(), text(&t.organ)]
        }),
    ];
    if !record.kept.now.is_empty() || !record.kept.before.is_empty() {
        // Its source stands in the table: nothing else on the page tells of these values.
        let mut kept = part(record, (KEPT, ""), &["栏目", "内容", "来源"], "", &record.kept, |t| {
            vec![intake::kept_label(&t.field).unwrap_or_default().to_owned(), t.text.clone()]
        });
        for line in kept.rows.iter_mut().chain(&mut kept.before) {
            line.cells.push(line.origin.clone());
        }
        parts.push(kept);
    }
    parts
}

fn part<T>(
    record: &Record,
    (title, edit): (&'static str, &'static str),
    heads: &[&'static str],
    empty: &'static str,
    rows: &Rows<T>,
    cells: impl Fn(&T) -> Vec<String>,
) -> Part {
    let line = |r: &Stored<T>| Line { cells: cells(&r.row), origin: record.origin(r.entered) };
    let gone = |r: &Stored<T>| Line {
        cells: cells(&r.row),
        origin: format!("{}；{} 起不再采用", record.origin(r.entered), r.superseded.map(|s| record.learned(s)).unwrap_or_default()),
    };
    Part {
        title,
        edit,
        heads: heads.to_vec(),
        rows: rows.now.iter().map(line).collect(),
        before: rows.before.iter().map(gone).collect(),
        empty,
    }
}

impl Page for OfficialPage {
    const TEMPLATE: &'static str = "officials/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let (usual, bare, full) = (samples::official("李明", 4), samples::bare_official(), samples::official(samples::LONG_NAME, 40));
        let mut folded = usual.clone();
        folded.fold(Some(Control::sample()));
        vec![
            Sample::usual(usual.clone()),
            Sample::empty(bare),
            Sample::overfull(full),
            Sample::another_day(usual.clone()),
            Sample::with("folded", folded),
            Sample::reader(usual),
        ]
    }
}

/// Whether somebody may see this record at all; for pages that show only a part of it.
pub(super) fn name_of(desk: &Desk, id: Id<Person>) -> Result<String> {
    Ok(person::find(desk, id)?.row.name)
}
