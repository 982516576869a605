//! 成绩单: departments, classes and places over a half-year, on the page and as a report. Every figure opens its rows.

use super::allowed;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, answer};
use affairs::case::{self, Figures, Filter, UnitFigures};
use axum::extract::{Path, Query};
use document::font::Fonts;
use document::paper::{self, Block, Paper, PaperTable, Signature};
use registry::Desk;
use serde::{Deserialize, Serialize};
use vocabulary::{Day, day};

/// What can be counted, in the order of the table: the word of [`Filter::counted`] and its head.
const COUNTED: [(&str, &str); 8] = [
    ("received", "受理"),
    ("claimed_in_time", "按时报到"),
    ("answered", "已答复"),
    ("answered_in_time", "按期答复"),
    ("content", "好和较好"),
    ("reopened", "重办"),
    ("raised", "上报"),
    ("overdue", "超期未办"),
];

pub fn label(counted: &str) -> &'static str {
    let more = [("claims_due", "应报到"), ("claimed_late", "报到逾期"), ("rated", "已评价"), ("solved", "已解决"), ("closed", "已销号"), ("merged", "并案")];
    COUNTED.iter().chain(&more).find(|(id, _)| *id == counted).map_or("", |(_, label)| label)
}

#[derive(Clone, Debug, Serialize)]
pub struct FiguresPage {
    pub from: Day,
    pub until: Day,
    /// The day as of which a period that is over is told.
    pub as_of: Option<Day>,
    pub system: String,
    pub systems: Vec<(String, String)>,
    pub heads: Vec<&'static str>,
    pub all: Row,
    pub departments: Vec<Row>,
    pub classes: Vec<Row>,
    pub places: Vec<Row>,
    /// What was chosen in the fields of one system: label, and each option with its number and address.
    pub said: Vec<(String, Vec<(String, i64, String)>)>,
}

/// A line of figures, each with its address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub name: String,
    pub figures: Vec<(i64, String)>,
    /// 响应率, 解决率, 满意率
    pub rates: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    system: String,
}

fn read(c: &Ctx, asked: &Asked) -> Result<(Filter, Day, Day), Stop> {
    allowed(c)?;
    let (_, from, until) = case::half_year(c.app.office.today());
    let day = |text: &str, otherwise: Day| match text {
        "" => Ok(otherwise),
        text => text.parse().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01"))),
    };
    let (from, until) = (day(&asked.from, from)?, day(&asked.until, until)?);
    if until <= from {
        return Err(Stop::Wrong("截止日要晚于起始日".into()));
    }
    let system = Some(asked.system.clone()).filter(|s| !s.is_empty());
    Ok((Filter { system, from: Some(from), until: Some(until), closed: true, ..Filter::default() }, from, until))
}

/// Of a period that is over everything as it stood on its last day, whatever was answered later.
async fn written(c: &Ctx, asked: &Asked) -> Result<FiguresPage, Stop> {
    let (filter, from, until) = read(c, asked)?;
    c.read_on(c.as_of_end(until.plus_days(-1)), move |desk| FiguresPage::of(desk, filter, from, until)).await
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = written(&c, &asked).await?;
    c.page(&page)
}

fn percent(tenths: Option<i64>) -> String {
    tenths.map_or("—".into(), |t| format!("{}.{}%", t / 10, t % 10))
}

fn row(name: &str, figures: &UnitFigures, link: &str) -> Row {
    let value = |id: &str| match id {
        "received" => figures.received,
        "claimed_in_time" => figures.claimed_in_time,
        "answered" => figures.answered,
        "answered_in_time" => figures.answered_in_time,
        "content" => figures.content,
        "reopened" => figures.reopened,
        "raised" => figures.raised,
        _ => figures.overdue,
    };
    Row {
        name: name.into(),
        figures: COUNTED.iter().map(|(id, _)| (value(id), format!("{link}&counted={id}"))).collect(),
        rates: figures.rates().into_iter().map(percent).collect(),
    }
}

impl FiguresPage {
    fn of(desk: &Desk, filter: Filter, from: Day, until: Day) -> Result<FiguresPage, Stop> {
        let figures: Figures = case::figures(desk, &filter)?;
        let system = filter.system.unwrap_or_default();
        let as_of = desk.as_of.day.filter(|day| *day < desk.today);
        let mut base = format!("/cases?from={from}&until={until}");
        base.extend(as_of.map(|day| format!("&as_of={day}")));
        if !system.is_empty() {
            base.push_str(&format!("&system={system}"));
        }
        let class_id = |title: &str| case::systems(desk).find_map(|(_, s)| s.classes.iter().find(|c| *c.title == *title)).map(|c| c.id.to_string()).unwrap_or_default();
        Ok(FiguresPage {
            from,
            until,
            as_of,
            systems: case::systems(desk).map(|(i, _)| (i.id.to_string(), i.title.to_string())).collect(),
            heads: COUNTED.map(|(_, head)| head).to_vec(),
            all: row("全部", &figures.all, &base),
            departments: figures.departments.iter().map(|f| row(&f.name, f, &format!("{base}&unit={}", f.id))).collect(),
            classes: figures.classes.iter().map(|(title, f)| row(title, f, &format!("{base}&class={}", class_id(title)))).collect(),
            places: figures.places.iter().map(|f| row(&f.name, f, &format!("{base}&place={}", f.id))).collect(),
            said: figures.said.iter().map(|s| (s.label.clone(), s.counts.iter().map(|(text, n)| (text.clone(), *n, format!("{base}&said={}:{}", s.field, crate::href::encode(text)))).collect())).collect(),
            system,
        })
    }

    /// 半年小结, written by itself from the same figures.
    fn paper(&self, office: &str, today: Day) -> Paper {
        let last = self.until.plus_days(-1);
        let figure = |row: &Row, at: usize| row.figures.get(at).map_or(0, |f| f.0);
        let summary = format!(
            "{}至{}，共受理 {} 件，已答复 {} 件，其中按期答复 {} 件；重办 {} 件，上报上一级 {} 件，超期未办 {} 件。响应率 {}，解决率 {}，满意率 {}。",
            self.from.in_words(),
            last.in_words(),
            figure(&self.all, 0),
            figure(&self.all, 2),
            figure(&self.all, 3),
            figure(&self.all, 5),
            figure(&self.all, 6),
            figure(&self.all, 7),
            self.all.rates.first().map_or("—", String::as_str),
            self.all.rates.get(1).map_or("—", String::as_str),
            self.all.rates.get(2).map_or("—", String::as_str),
        );
        let table = |rows: &[Row]| {
            let mut heads = vec!["名称".to_owned()];
            heads.extend(self.heads.iter().map(ToString::to_string));
            heads.push("满意率".into());
            let line = |r: &Row| {
                let mut cells = vec![r.name.clone()];
                cells.extend(r.figures.iter().map(|f| f.0.to_string()));
                cells.push(r.rates.get(2).cloned().unwrap_or_default());
                cells
            };
            Block::Table(PaperTable { heads, widths: vec![4, 1, 1, 1, 1, 1, 1, 1, 1, 1], rows: rows.iter().map(line).collect() })
        };
        let late: Vec<&str> = self.departments.iter().filter(|r| figure(r, 7) > 0).map(|r| r.name.as_str()).collect();
        let mut blocks = vec![Block::Paragraph(summary)];
        if !late.is_empty() {
            blocks.push(Block::Paragraph(format!("有超期未办事项的部门：{}。", late.join("、"))));
        }
        if !self.said.is_empty() {
            let line = |(label, options): &(String, Vec<(String, i64, String)>)| {
                let all: Vec<String> = options.iter().map(|(text, n, _)| format!("{text} {n} 件")).collect();
                format!("{label}：{}。", all.join("，"))
            };
            blocks.push(Block::Paragraph(self.said.iter().map(line).collect()));
        }
        for (title, rows) in [("一、部门办理情况", &self.departments), ("二、问题类别", &self.classes), ("三、社区（村）", &self.places)] {
            blocks.push(Block::Heading { level: 1, text: title.into() });
            blocks.push(table(rows));
        }
        Paper {
            title: format!("诉求办理情况小结\n（{}—{}）", self.from, last),
            blocks,
            signature: Some(Signature::of(office, today.in_words())),
            ..Paper::default()
        }
    }
}

/// `summary.docx`, `summary.pdf`
pub async fn paper(c: Ctx, Path(file): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = written(&c, &asked).await?;
    let from = page.from;
    let paper = page.paper(&c.app.settings.office_name, c.app.office.today());
    let made = crate::ctx::blocking(move || {
        Ok(match file.as_str() {
            "summary.docx" => ("docx", paper::docx(&paper)?),
            "summary.pdf" => ("pdf", paper::pdf(Fonts::of_site()?, &paper)?),
            _ => return Err(Stop::NotFound("这份材料".into())),
        })
    });
    let (kind, bytes) = made.await?;
    let name = format!("诉求办理情况小结{from}.{kind}");
    Ok(match kind {
        "pdf" => answer::shown(&name, "application/pdf", bytes),
        _ => answer::file(&name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes),
    })
}

impl Page for FiguresPage {
    const TEMPLATE: &'static str = "cases/figures.html";
    fn samples() -> Vec<Sample<Self>> {
        let counts = UnitFigures { received: 65, claims_due: 60, claimed_in_time: 55, answered: 58, answered_in_time: 50, rated: 40, content: 36, solved: 57, ..UnitFigures::default() };
        let of = |name: &str| row(name, &counts, "/cases?unit=9");
        let usual = FiguresPage {
            from: day!(2026 - 7 - 1),
            until: day!(2027 - 1 - 1),
            as_of: None,
            system: "whistle-and-report".into(),
            systems: vec![("whistle-and-report".into(), "吹哨报到".into())],
            heads: COUNTED.map(|(_, head)| head).to_vec(),
            all: of("全部"),
            departments: vec![of("县住房和城乡建设局"), of("县公安局")],
            classes: vec![of("物业与停车")],
            places: vec![of("青云镇东关社区")],
            said: vec![("主要根源".into(), vec![("看责任落实".into(), 12, "/cases?said=root".into()), ("看制度执行".into(), 3, "/cases?said=root".into())])],
        };
        let none = row("全部", &UnitFigures::default(), "/cases?from=2026-07-01");
        let empty = FiguresPage { all: none, departments: vec![], classes: vec![], places: vec![], said: vec![], ..usual.clone() };
        let full = FiguresPage { departments: (0..40).map(|_| of(crate::samples::LONG_TITLE)).collect(), ..usual.clone() };
        let over = FiguresPage { until: day!(2026 - 10 - 1), as_of: Some(day!(2026 - 9 - 30)), ..usual.clone() };
        vec![Sample::usual(usual), Sample::usual(over), Sample::empty(empty), Sample::overfull(full)]
    }
}
