//! 总结、专报: papers that write themselves. Data of `reports.toml`: sentences with places for figures, and what each figure
//! counts. A figure names its rows, so that the page can open them.

use crate::reading::{Fields, Sheet};
use crate::source::citation;
use std::sync::Arc;
use vocabulary::Citation;

#[derive(Clone, Debug)]
pub struct Report {
    /// Unique in the whole book: `rectification/special`.
    pub key: Arc<str>,
    pub title: Arc<str>,
    pub says: Arc<str>,
    pub period: Period,
    pub sections: Vec<Section>,
    pub source: Citation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Month,
    Quarter,
    Half,
    Year,
}

const PERIODS: [(&str, Period); 4] = [("month", Period::Month), ("quarter", Period::Quarter), ("half", Period::Half), ("year", Period::Year)];

#[derive(Clone, Debug)]
pub struct Section {
    pub heading: Arc<str>,
    /// Sentences; `{id}` stands for a figure.
    pub text: Arc<str>,
    pub figures: Vec<Figure>,
    /// What is listed below the sentences.
    pub table: Option<Table>,
}

#[derive(Clone, Debug)]
pub struct Figure {
    pub id: Arc<str>,
    pub counts: Counts,
}

/// What a figure counts in the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Occurrences of a duty that were due: `owed` `done` `late` `excused` `lacking`.
    Duty { duty: Arc<str>, which: Arc<str> },
    /// Cases reported in the period that count as `which`.
    Cases { system: Arc<str>, which: Arc<str> },
    /// Matters opened in the period; with a step: those in which it was done in the period.
    Matters { institution: Arc<str>, step: Option<Arc<str>> },
    /// Numbers that were filled in with a step done in the period, added up.
    Sum { institution: Arc<str>, step: Arc<str>, field: Arc<str> },
    /// Rows of a ledger on the last day.
    Ledger { ledger: Arc<str> },
    /// Tasks on the lists: those that were finished in the period (`done`), or by their light on its last day: `red` `yellow`
    /// `green`. Of one institution's plans, or of all lists.
    Tasks { light: Arc<str>, of: Option<Arc<str>> },
    /// 双向评价: how often this word was said in the half-years of the period, by those who had cases with each other.
    Ratings { system: Arc<str>, word: Arc<str> },
}

/// A table below a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Table {
    /// What was owed and done of a duty, by part of the tree.
    Duty { duty: Arc<str> },
    /// Matters of an institution opened or moved in the period: title, organisation, where it stands.
    Matters { institution: Arc<str> },
    /// Departments that were called: received, in time, rated well.
    Departments { system: Arc<str> },
    /// 双向评价: what was said of each organisation in the half-years of the period, by word.
    Ratings { system: Arc<str> },
}

const WHICH: [&str; 5] = ["owed", "done", "late", "excused", "lacking"];
const LIGHTS: [&str; 4] = ["red", "yellow", "green", "done"];

pub(crate) fn read_reports(sheet: &Sheet, institution: &str) -> Vec<Report> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "总结文件", sheet)) else { return Vec::new() };
    let mut reports = Vec::new();
    for fields in file.rows("report", "总结") {
        let id = fields.text("id");
        fields.need("period");
        let report = Report {
            key: format!("{institution}/{id}").into(),
            title: fields.text("title"),
            says: fields.maybe_text("says").unwrap_or_default(),
            period: fields.choice("period", &PERIODS).unwrap_or(Period::Half),
            sections: fields.rows("section", "一节").into_iter().map(read_section).collect(),
            source: citation(&fields).unwrap_or(Citation { document: String::new(), article: None, item: None }),
        };
        fields.finish();
        reports.push(report);
    }
    file.finish();
    reports
}

fn read_section(fields: Fields) -> Section {
    let mut figures: Vec<Figure> = Vec::new();
    for row in fields.rows("figures", "数字") {
        let id = row.text("id");
        if figures.iter().any(|f| f.id == id) {
            row.sheet.fault(row.at.clone(), format!("数字 `{id}` 写了两次"), None, None);
        }
        if let Some(counts) = read_counts(&row) {
            figures.push(Figure { id, counts });
        }
        row.finish();
    }
    let text = fields.text("text");
    for name in places(&text) {
        if !figures.iter().any(|f| &*f.id == name) {
            let at = fields.maybe("text").map_or(fields.at.clone(), |n| n.at.clone());
            fields.sheet.unknown(at, format!("没有数字 `{name}`"), name, figures.iter().map(|f| &*f.id), Some("句子里的 {…} 要在 figures 里写明数什么"));
        }
    }
    let table = fields.maybe("table").and_then(|node| Fields::of(node, "附表", fields.sheet)).and_then(read_table);
    let section = Section { heading: fields.text("heading"), text, figures, table };
    fields.finish();
    section
}

/// The names between braces, in order.
pub fn places(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn word(fields: &Fields, key: &'static str, words: &[&str]) -> Arc<str> {
    let word = fields.text(key);
    if !words.contains(&&*word) {
        let at = fields.maybe(key).map_or(fields.at.clone(), |n| n.at.clone());
        fields.sheet.unknown(at, format!("`{key}` 没有 `{word}` 这个写法"), &word, words.iter().copied(), None);
    }
    word
}

fn read_counts(row: &Fields) -> Option<Counts> {
    if let Some(duty) = row.maybe_text("duty") {
        Some(Counts::Duty { duty, which: word(row, "count", &WHICH) })
    } else if let Some(system) = row.maybe_text("cases") {
        Some(Counts::Cases { system, which: row.text("count") })
    } else if let Some(institution) = row.maybe_text("matters") {
        match row.maybe_text("sum") {
            Some(place) => match place.split_once('.') {
                Some((step, field)) => Some(Counts::Sum { institution, step: step.into(), field: field.into() }),
                None => {
                    row.sheet.fault(row.at.clone(), format!("`sum` 写成 步骤.填写项，这里是 \"{place}\""), None, None);
                    None
                }
            },
            None => Some(Counts::Matters { institution, step: row.maybe_text("step") }),
        }
    } else if let Some(ledger) = row.maybe_text("ledger") {
        Some(Counts::Ledger { ledger })
    } else if row.maybe("tasks").is_some() {
        Some(Counts::Tasks { light: word(row, "tasks", &LIGHTS), of: row.maybe_text("of") })
    } else if let Some(system) = row.maybe_text("ratings") {
        Some(Counts::Ratings { system, word: row.text("word") })
    } else {
        row.sheet.fault(row.at.clone(), "读不懂这个数字".into(), None, Some("可以写：duty、cases、matters（和 step 或 sum）、ledger、tasks（和 of）、ratings（和 word）"));
        None
    }
}

fn read_table(table: Fields) -> Option<Table> {
    let found = if let Some(duty) = table.maybe_text("duty") {
        Some(Table::Duty { duty })
    } else if let Some(institution) = table.maybe_text("matters") {
        Some(Table::Matters { institution })
    } else if let Some(system) = table.maybe_text("departments") {
        Some(Table::Departments { system })
    } else if let Some(system) = table.maybe_text("ratings") {
        Some(Table::Ratings { system })
    } else {
        table.sheet.fault(table.at.clone(), "读不懂这张附表".into(), None, Some("可以写：duty、matters、departments、ratings"));
        None
    };
    table.finish();
    found
}
