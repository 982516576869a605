//! 今日看板: what is late, what is due next, what waits for whom. Each figure is the list behind it.

use super::allowed;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::case::{self, Filter, Line};
use axum::extract::Query;
use institution::case::{Act, Stage, life::Timeliness};
use registry::{Desk, Role};
use serde::{Deserialize, Serialize};
use vocabulary::{Id, Moment};

/// Lines on one page; the rest are a click away.
const SHOWN: usize = 60;

#[derive(Clone, Debug, Serialize)]
pub struct BoardPage {
    pub title: String,
    pub figures: Vec<Figure>,
    /// 分布: what is open by those directly below, each opening its own board.
    pub below: Vec<Below>,
    pub lines: Vec<Line>,
    pub total: usize,
    pub more: String,
    /// What is asked for, in words, with the address that takes it away.
    pub asked: Vec<(String, String)>,
    /// What was searched for.
    pub q: String,
    pub may_report: bool,
    /// A department sees its own parts with one button each.
    pub department: bool,
    pub systems: Vec<(String, String)>,
    /// Organisation whose wall screen and poster are offered.
    pub wall: Option<i64>,
    pub officer: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Below {
    #[serde(flatten)]
    pub count: case::Below,
    pub href: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub label: &'static str,
    pub count: usize,
    pub href: String,
    pub tone: &'static str,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    system: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    only: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    counted: String,
    /// `root:看责任落实`: a field and what was chosen in it.
    #[serde(default)]
    said: String,
    /// A receipt, or a part of what was said or of where.
    #[serde(default)]
    q: String,
    #[serde(default)]
    all: String,
}

impl Asked {
    fn filter(&self) -> Result<Filter, Stop> {
        let some = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
        let day = |text: &String| match text.is_empty() {
            true => Ok(None),
            false => text.parse().map(Some).map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-11-22"))),
        };
        Ok(Filter {
            system: some(&self.system),
            class: some(&self.class),
            stage: Stage::from_words(&self.stage),
            late: self.only == "late",
            soon: self.only == "soon",
            place: self.place.parse().ok(),
            unit: self.unit.parse().ok(),
            from: day(&self.from)?,
            until: day(&self.until)?,
            closed: !self.q.is_empty() || !self.counted.is_empty() || !self.said.is_empty() || self.stage == Stage::Closed.says(),
            counted: some(&self.counted),
            said: self.said.split_once(':').map(|(field, text)| (field.to_owned(), text.to_owned())),
        })
    }
    fn pairs(&self) -> Vec<(&'static str, &String)> {
        let all = [
            ("system", &self.system),
            ("class", &self.class),
            ("stage", &self.stage),
            ("only", &self.only),
            ("place", &self.place),
            ("unit", &self.unit),
            ("from", &self.from),
            ("until", &self.until),
            ("counted", &self.counted),
            ("said", &self.said),
            ("q", &self.q),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
    /// The same board of another place.
    fn address_of(&self, place: i64) -> String {
        Asked { place: place.to_string(), ..self.clone() }.address("")
    }
    fn address(&self, without: &str) -> String {
        let kept: Vec<String> = self.pairs().iter().filter(|(n, _)| *n != without).map(|(n, v)| format!("{n}={}", crate::href::encode(v))).collect();
        crate::href::with("/cases", &kept.join("&"))
    }
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    allowed(&c)?;
    let asked = Asked { q: asked.q.trim().to_owned(), ..asked };
    let receipt = asked.q.clone();
    if let Some(case) = c.read(move |desk| Ok(case::with_receipt(desk, &receipt)?)).await? {
        return Ok(crate::answer::see(&c.to(&format!("/cases/{case}"))));
    }
    let page = c.read(move |desk| BoardPage::of(desk, &asked)).await?;
    c.page(&page)
}

impl BoardPage {
    fn of(desk: &Desk, asked: &Asked) -> Result<BoardPage, Stop> {
        let filter = asked.filter()?;
        let sight = case::sight(desk)?;
        // Figures count everything that is open; the list is narrowed by what was clicked.
        let narrowed = Filter { stage: None, late: false, soon: false, ..filter.clone() };
        let mut everything = case::lines(desk, &narrowed)?;
        everything.retain(|l| [&l.words, &l.place.name, &l.place_words, &l.receipt].iter().any(|text| text.contains(&asked.q)));
        let figures = figures(&everything, asked);
        let below = if desk.actor.role == Role::Liaison { vec![] } else { case::below(desk, &everything, filter.place.or(sight.unit))? };
        let below = if below.iter().all(|b| b.own) { vec![] } else { below };
        let mut lines: Vec<Line> = everything
            .into_iter()
            .filter(|l| filter.stage.is_none_or(|s| s == l.stage))
            .filter(|l| !filter.late || l.is_late())
            .filter(|l| !filter.soon || l.is_soon())
            .collect();
        let total = lines.len();
        if asked.all.is_empty() {
            lines.truncate(SHOWN);
        }
        let title = match sight.unit {
            Some(unit) => format!("{}：今日看板", case::unit(desk, Id::new(unit))?.name),
            None => "全县：今日看板".into(),
        };
        let department = desk.actor.role == Role::Liaison;
        let may_report = case::systems(desk).any(|(_, s)| s.may(Act::Report, desk.actor.role.id()));
        Ok(BoardPage {
            title,
            figures,
            below: below.into_iter().map(|b| Below { href: asked.address_of(b.id), count: b }).collect(),
            more: if total > lines.len() { crate::href::with(&asked.address(""), "all=1") } else { String::new() },
            lines,
            total,
            asked: chips(desk, asked)?,
            q: asked.q.clone(),
            may_report,
            department,
            systems: case::systems(desk).map(|(i, _)| (i.id.to_string(), i.title.to_string())).collect(),
            wall: sight.unit.filter(|_| !department),
            officer: desk.actor.role.of_the_office(),
        })
    }
}

fn figures(lines: &[Line], asked: &Asked) -> Vec<Figure> {
    let to = |name: &str, value: &str| {
        let base = Asked { stage: String::new(), only: String::new(), ..asked.clone() }.address("");
        crate::href::with(&base, &format!("{name}={}", crate::href::encode(value)))
    };
    let mut out = vec![
        Figure { label: "已超期", count: lines.iter().filter(|l| l.is_late()).count(), href: to("only", "late"), tone: "refuse" },
        Figure { label: "即将到期", count: lines.iter().filter(|l| l.is_soon()).count(), href: to("only", "soon"), tone: "warn" },
    ];
    for stage in [Stage::Unsorted, Stage::Sorted, Stage::Whistled, Stage::Working, Stage::Replied, Stage::Answered, Stage::Rated] {
        let count = lines.iter().filter(|l| l.stage == stage).count();
        out.push(Figure { label: stage.says(), count, href: to("stage", stage.says()), tone: "plain" });
    }
    out
}

fn chips(desk: &Desk, asked: &Asked) -> Result<Vec<(String, String)>, Stop> {
    let mut out = Vec::new();
    for (name, value) in asked.pairs() {
        let unit = || -> Result<String, Stop> { Ok(value.parse().ok().map(|n| case::unit(desk, Id::new(n))).transpose()?.map_or(String::new(), |u| u.name)) };
        let words = match name {
            "system" => desk.book.institution(value).map_or(value.clone(), |i| i.title.to_string()),
            "class" => case::systems(desk).find_map(|(_, s)| s.class(value)).map_or(value.clone(), |c| c.title.to_string()),
            "only" if value == "late" => "已超期".into(),
            "only" => "即将到期".into(),
            "place" => format!("地点：{}", unit()?),
            "unit" => format!("吹哨给：{}", unit()?),
            "from" => format!("{value} 起受理"),
            "until" => format!("{value} 前受理"),
            "q" => format!("含“{value}”"),
            "counted" => super::figures::label(value).into(),
            "said" => value.rsplit(':').next().unwrap_or_default().into(),
            _ => value.clone(),
        };
        out.push((words, asked.address(name)));
    }
    Ok(out)
}

/// Made-up lines that several pages show.
pub fn sample_line(words: &str) -> Line {
    let moment = |text: &str| text.parse().unwrap_or(Moment(0));
    let named = |id, name: &str| case::Named { id, name: name.into() };
    Line {
        id: Id::new(12),
        receipt: "CS0000012".into(),
        noun: "诉求".into(),
        class: "物业与停车".into(),
        place: named(40, "青云镇东关社区"),
        place_words: "2号楼3单元".into(),
        words: words.into(),
        way: "居民扫码".into(),
        reported: moment("2026-11-20 09:10"),
        stage: Stage::Whistled,
        stage_says: Stage::Whistled.says(),
        due: Some(moment("2026-11-25 18:00")),
        timeliness: Timeliness::InTime,
        timeliness_says: Timeliness::InTime.says(),
        holder: "青云镇东关社区".into(),
        parts: vec![case::PartLine {
            number: 3,
            unit: named(9, "县住房和城乡建设局"),
            leads: true,
            claimed: false,
            replied: false,
            returned: false,
            due: Some(moment("2026-11-20 15:10")),
            timeliness: Timeliness::Overdue,
            timeliness_says: Timeliness::Overdue.says(),
            mine: true,
        }],
        reopened: true,
        merged: 2,
    }
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "cases/board.html";
    fn samples() -> Vec<Sample<Self>> {
        let lines = vec![sample_line("2号楼电梯坏了三天没人修")];
        let usual = BoardPage {
            title: "东关社区：今日看板".into(),
            figures: figures(&lines, &Asked::default()),
            below: [(41, "东关社区第一网格", 2), (42, "东关社区第二网格", 0)].map(|(id, name, late)| Below { count: case::Below { id, name: name.into(), own: false, open: 5, late, soon: 1, oldest: "2026-11-02 09:10".parse().ok(), kept_by: vec![crate::samples::LONG_NAME.into()] }, href: format!("/cases?place={id}") }).into(),
            lines,
            total: 1,
            more: String::new(),
            asked: vec![("已超期".into(), "/cases".into())],
            q: String::new(),
            may_report: true,
            department: false,
            systems: vec![("whistle-and-report".into(), "吹哨报到".into())],
            wall: Some(40),
            officer: true,
        };
        let empty = BoardPage { lines: vec![], total: 0, figures: vec![], below: vec![], asked: vec![], wall: None, ..usual.clone() };
        let long = "垃".repeat(400);
        let full = BoardPage { lines: (0..60).map(|_| sample_line(&long)).collect(), total: 900, more: "/cases?all=1".into(), ..usual.clone() };
        let department = BoardPage { department: true, below: vec![], may_report: false, ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(full), Sample { name: "department", ..Sample::usual(department) }]
    }
}
