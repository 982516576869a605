//! 列对应: what each column of a roster is taken for, and why; corrected here, and remembered for the next file of that kind.

use super::waiting::{self, Looked, address, allowed};
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer, samples};
use axum::extract::Path;
use axum::http::StatusCode;
use exchange::mapping::{KnownFact, Mapping};
use institution::{Dictionary, Subject};
use intake::{Preview, Staged, known_facts};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct ColumnsPage {
    pub id: String,
    pub name: String,
    pub sheets: Vec<Sheet>,
    /// Names to pick from, by their group in the dictionary.
    pub facts: Vec<(String, Vec<String>)>,
    pub form: Typed,
}

#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    pub place: String,
    pub rows: usize,
    /// Said by a person, now or at an earlier import.
    pub remembered: bool,
    pub columns: Vec<Line>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// `fact-0-3`: sheet and column.
    pub field: String,
    pub letter: String,
    pub head: String,
    pub confidence: u8,
    /// `done` sure, `warn` worth a look, `plain` left out.
    pub tone: &'static str,
    pub why: String,
    /// Read, but nowhere to be kept.
    pub not_taken: bool,
}

async fn looked(c: &Ctx, id: &str) -> Result<(Staged, std::sync::Arc<Preview>), Stop> {
    allowed(c)?;
    let staged = waiting::find(c, id).await?;
    match waiting::preview(c, &staged).await? {
        Looked::Done(preview) => Ok((staged, preview)),
        Looked::Running(_) => Err(Stop::Wrong("文件还没有读完，请稍候".into())),
        Looked::Failed(stop) => Err(stop),
    }
}

pub async fn show(c: Ctx, Path(id): Path<String>) -> Answer {
    let (staged, preview) = looked(&c, &id).await?;
    let dictionary = &c.app.office.book.dictionary;
    c.page(&ColumnsPage::of(&staged, &preview, dictionary, None))
}

pub async fn create(c: Ctx, Path(id): Path<String>, form: Form) -> Answer {
    let (staged, preview) = looked(&c, &id).await?;
    let dictionary = &c.app.office.book.dictionary;
    let said = read(&form, &preview, &known_facts(dictionary));
    if !form.is_right() {
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &ColumnsPage::of(&staged, &preview, dictionary, Some(form.typed())));
    }
    let mut choices = waiting::choices(&c, &staged).await?;
    choices.mappings = said;
    waiting::keep_choices(&c, &staged, choices).await?;
    waiting::look_again(&c, &staged).await?;
    Ok(answer::see(&address(&id)))
}

/// What was said of each column; what was left as it stood keeps its reason.
fn read(form: &Form, preview: &Preview, known: &[KnownFact]) -> Vec<Mapping> {
    let mut said = Vec::new();
    for (at, roster) in preview.rosters.iter().enumerate() {
        let mut mapping = roster.mapping.clone();
        for column in &roster.mapping.columns {
            let field = field(at, column.column);
            let word = form.text(&field);
            let fact = known.iter().find(|k| k.name == word || k.aliases.iter().any(|a| a == word));
            if fact.is_none() && !word.is_empty() {
                form.mistake(&field, format!("没有名为“{word}”的项目，请从列表中选择，或留空不导入这一列"));
            } else if fact.map(|f| &f.id) != column.fact.as_ref() {
                mapping.set(column.column, fact);
            }
        }
        said.push(mapping);
    }
    said
}

fn field(sheet: usize, column: u16) -> String {
    format!("fact-{sheet}-{column}")
}

impl ColumnsPage {
    fn of(staged: &Staged, preview: &Preview, dictionary: &Dictionary, typed: Option<Typed>) -> ColumnsPage {
        let known = known_facts(dictionary);
        let name = |id: &str| known.iter().find(|k| k.id == id).map_or_else(|| id.to_owned(), |k| k.name.clone());
        let mut form = typed.unwrap_or_default();
        let mut sheets = Vec::new();
        for (at, roster) in preview.rosters.iter().enumerate() {
            let mut columns = Vec::new();
            for column in &roster.mapping.columns {
                let field = field(at, column.column);
                let guess = column.fact.as_deref().map(name).unwrap_or_default();
                form.values.entry(field.clone()).or_insert(guess);
                columns.push(Line {
                    letter: exchange::Column { number: column.column, head: "".into() }.letter(),
                    head: column.head.clone(),
                    confidence: column.confidence,
                    tone: match (&column.fact, column.confidence) {
                        (None, _) => "plain",
                        (_, 60..) => "done",
                        _ => "warn",
                    },
                    why: column.why.clone(),
                    not_taken: roster.not_taken.contains(&column.head),
                    field,
                });
            }
            sheets.push(Sheet { place: roster.place.to_string(), rows: roster.rows, remembered: roster.remembered, columns });
        }
        ColumnsPage { id: staged.id.clone(), name: staged.name.clone(), sheets, facts: groups(dictionary, &known), form }
    }
}

/// Names to pick from, each once, in the dictionary's order; what rosters hold besides stands last.
fn groups(dictionary: &Dictionary, known: &[KnownFact]) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for fact in known {
        let group = dictionary.of(Subject::Official).find(|f| *f.id == *fact.id).map_or("其他", |f| &*f.group).to_owned();
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, names)) if names.contains(&fact.name) => {}
            Some((_, names)) => names.push(fact.name.clone()),
            None => groups.push((group, vec![fact.name.clone()])),
        }
    }
    groups
}

impl Page for ColumnsPage {
    const TEMPLATE: &'static str = "imports/columns.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |n: u16, head: &str, confidence, why: &str| Line {
            field: field(0, n),
            letter: "B".into(),
            head: head.into(),
            confidence,
            tone: if confidence < 60 { "warn" } else { "done" },
            why: why.into(),
            not_taken: false,
        };
        let columns = vec![
            line(0, "姓名", 95, "表头“姓名”即“姓名”，30 个值中 30 个像姓名"),
            line(1, "出生年月(岁)", 90, "表头“出生年月(岁)”即“出生年月”，30 个值中 30 个是日期"),
            Line { not_taken: true, ..line(2, "备注二", 30, "表头不认识，30 个值中 12 个是数字") },
        ];
        let sheet = Sheet { place: "名册.xlsx「Sheet1」".into(), rows: 30, remembered: false, columns };
        let form = Typed::with([("fact-0-0", "姓名".into()), ("fact-0-1", "出生年月".into())]);
        let facts = vec![("基本信息".to_owned(), vec!["姓名".to_owned(), "出生年月".to_owned()])];
        let usual = ColumnsPage { id: "a".repeat(32), name: "名册.xlsx".into(), sheets: vec![sheet.clone()], facts, form };
        let mut wrong = usual.clone();
        wrong.form.mistakes.push(crate::form::Mistake { field: "fact-0-2".into(), says: "没有名为“备注二”的项目".into() });
        let empty = ColumnsPage { sheets: vec![], ..usual.clone() };
        let wide = Sheet { columns: (0..60).map(|n| line(n, samples::LONG_TITLE, 40, samples::LONG_TITLE)).collect(), remembered: true, ..sheet };
        let full = ColumnsPage { sheets: vec![wide; 3], ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(full), Sample { name: "wrong", ..Sample::usual(wrong) }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::mapping::{ColumnMapping, Shape};
    use intake::RosterPreview;

    #[test]
    fn a_name_that_is_no_fact_is_a_mistake_and_an_empty_field_leaves_the_column_out() {
        let fact = |id: &str, name: &str| KnownFact { id: id.into(), name: name.into(), aliases: vec![], shape: Shape::Text };
        let column = |n: u16| ColumnMapping { column: n, head: "列".into(), fact: Some("name".into()), shape: Shape::Text, confidence: 50, why: String::new() };
        let mapping = Mapping { fingerprint: "f".into(), columns: vec![column(0), column(1)] };
        let roster = RosterPreview { place: exchange::Place::default(), rows: 1, mapping, remembered: false, not_taken: vec![] };
        let preview = Preview { rosters: vec![roster], ..Preview::default() };
        let known = [fact("name", "姓名"), fact("born", "出生年月")];
        let form = Form::new(vec![("fact-0-0".into(), "出生年月".into()), ("fact-0-1".into(), "".into())]);
        let said = read(&form, &preview, &known);
        assert_eq!(said[0].columns[0].fact.as_deref(), Some("born"));
        assert_eq!(said[0].columns[1].fact, None);
        let form = Form::new(vec![("fact-0-0".into(), "出生".into()), ("fact-0-1".into(), "姓名".into())]);
        read(&form, &preview, &known);
        assert_eq!(form.typed().mistakes.len(), 1);
    }
}
