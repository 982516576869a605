//! 栏目: which facts stand in a table, in which order, and by which they are grouped.

use super::definition::Definition;
use super::view::View;
use super::{carry, refuse_recorded, view_of};
use crate::{Answer, Ctx, Page, Sample};
use axum::extract::Path;
use institution::dictionary::Class;
use institution::{Dictionary, Fact, Kind, Subject};
use serde::Serialize;
use vocabulary::Day;

#[derive(Serialize)]
pub struct ColumnsPage {
    pub title: String,
    /// The ledger that the choice is for.
    pub action: String,
    pub back: String,
    pub hidden: Vec<(String, String)>,
    pub chosen: Vec<Choice>,
    pub groups: Vec<ChoiceGroup>,
    pub group_by: Vec<Choice>,
    pub grouped: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub id: String,
    pub label: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ChoiceGroup {
    pub name: String,
    pub facts: Vec<Choice>,
}

/// Facts that may stand in a list: whole numbers of ours are shown by another fact, and what is sealed is in no list.
pub fn listable(dictionary: &Dictionary, of: Subject) -> impl Iterator<Item = &Fact> {
    dictionary.of(of).filter(|f| f.kind != Kind::Reference && f.class < Class::S3 && !f.id.ends_with(".path") && !f.id.ends_with("order"))
}

/// Facts with few values, by which a list can be divided.
pub fn dividing(dictionary: &Dictionary, of: Subject) -> impl Iterator<Item = &Fact> {
    let named = ["organisation", "seat.organisation", "age"];
    listable(dictionary, of).filter(move |f| matches!(f.kind, Kind::Code | Kind::YesNo) || named.contains(&&*f.id))
}

pub fn choice(definition: &Definition, dictionary: &Dictionary, fact: &Fact, day: Day) -> Choice {
    Choice { id: fact.id.to_string(), label: definition.label(dictionary, fact.index, day) }
}

/// `facts` under the headings of the dictionary, in its order.
pub fn grouped<'d>(facts: impl Iterator<Item = &'d Fact>, day: Day) -> Vec<ChoiceGroup> {
    let mut groups: Vec<ChoiceGroup> = Vec::new();
    for fact in facts {
        let choice = Choice { id: fact.id.to_string(), label: fact.name_on(day) };
        match groups.iter_mut().find(|g| *g.name == *fact.group) {
            Some(group) => group.facts.push(choice),
            None => groups.push(ChoiceGroup { name: fact.group.to_string(), facts: vec![choice] }),
        }
    }
    groups
}

impl ColumnsPage {
    fn of(dictionary: &Dictionary, view: &View, day: Day, carry: &str) -> ColumnsPage {
        let (definition, enquiry) = (&view.definition, &view.enquiry);
        let address = view.address(dictionary, carry);
        let chosen = enquiry.columns.iter().map(|c| choice(definition, dictionary, &dictionary.facts[*c], day)).collect();
        let rest = listable(dictionary, enquiry.of).filter(|f| !enquiry.columns.contains(&f.index));
        ColumnsPage {
            title: definition.title.clone(),
            action: address.path.clone(),
            back: address.with(&[]),
            hidden: address.hidden(&["columns", "group"]),
            chosen,
            groups: grouped(rest, day),
            group_by: dividing(dictionary, enquiry.of).map(|f| choice(definition, dictionary, f, day)).collect(),
            grouped: enquiry.group.map_or_else(String::new, |g| dictionary.facts[g].id.to_string()),
        }
    }
}

pub async fn columns(c: Ctx, Path(name): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let asking = c.clone();
    let page = c
        .read(move |desk| {
            let view = view_of(&asking, desk, &name, &asking.asked.query)?;
            Ok(ColumnsPage::of(desk.dictionary(), &view, desk.day(), &carry(&asking)))
        })
        .await?;
    c.part("ledgers/columns_panel.html", &page)
}

impl Page for ColumnsPage {
    const TEMPLATE: &'static str = "ledgers/columns.html";
    fn samples() -> Vec<Sample<Self>> {
        let choice = |id: &str, label: &str| Choice { id: id.into(), label: label.into() };
        let page = |times: usize| ColumnsPage {
            title: "干部花名册".into(),
            action: "/ledgers/roster".into(),
            back: "/ledgers/roster".into(),
            hidden: vec![("q".into(), "女".into())],
            chosen: vec![choice("name", "姓名"); times],
            groups: vec![ChoiceGroup { name: "基本情况".into(), facts: vec![choice("age", crate::samples::LONG_TITLE)] }],
            group_by: vec![choice("organisation", "所在机构")],
            grouped: "organisation".into(),
        };
        vec![Sample::usual(page(1)), Sample::overfull(page(30))]
    }
}
