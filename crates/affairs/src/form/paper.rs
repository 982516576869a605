//! Any other paper of an institution: what the step recorded, under the paper's own title, with room for people's words.

use super::words::{office_name, printed};
use crate::procedure::{self, ItemState, State, StepState, facts_of, state};
use crate::{Error, Fields, Item, Procedure, Result};
use document::{Block, Paper, PaperTable, Signature};
use institution::Dictionary;
use institution::paper::MadeAs;
use registry::Desk;
use vocabulary::Id;

/// The paper `kind` of the procedure, for one line or for the whole slate. Refuses what only comes from outside, and
/// what cannot be made because facts are missing, naming them.
pub fn paper(desk: &Desk, id: Id<Procedure>, kind: &str, item: Option<Id<Item>>) -> Result<Paper> {
    let state = state(desk, id)?;
    let institution = procedure::runs_under(desk, id)?;
    let not_found = || Error::NotFound(format!("材料 `{kind}`"));
    let paper = institution.paper(kind).ok_or_else(not_found)?;
    if paper.made_as == MadeAs::Filed {
        return Err(Error::Wrong(format!("《{}》由外单位出具，只需归档", paper.title)));
    }
    let step = state
        .steps
        .iter()
        .find(|s| s.papers.iter().any(|p| p.kind == kind))
        .ok_or_else(not_found)?;
    let of: Vec<&ItemState> = state
        .items
        .iter()
        .filter(|i| item.map_or(i.ended.is_none(), |item| i.id == item))
        .collect();
    if of.is_empty() {
        return Err(Error::NotFound("方案中的这一行".into()));
    }
    let mut blocks = Vec::new();
    for (at, line) in of.iter().enumerate() {
        let facts = facts_of(desk, id, line.id)?;
        let missing: Vec<&str> = paper
            .required
            .iter()
            .map(|index| &desk.dictionary().facts[*index])
            .filter(|fact| !facts.contains_key(&*fact.id))
            .map(|fact| fact.spoken())
            .collect();
        if !missing.is_empty() {
            return Err(Error::Wrong(format!(
                "《{}》还不能制作，缺少{}的{}",
                paper.title,
                line.name,
                missing.join("、")
            )));
        }
        person(line, &mut blocks, of.len() > 1, at);
        let required = paper
            .required
            .iter()
            .map(|index| desk.dictionary().facts[*index].id.to_string());
        recorded(desk.dictionary(), step, required.collect(), &facts, &mut blocks);
    }
    if step.takes_votes {
        blocks.push(Block::Table(votes(&state, step)));
    }
    // What it should tell stands on it while it is filled in, not on what is done.
    if !paper.says.is_empty() && step.done.is_none() {
        blocks.push(Block::Paragraph(format!("（{}）", paper.says)));
    }
    blocks.push(Block::Blank(4));
    let day = step.done.as_ref().map_or(desk.today, |d| d.on);
    Ok(Paper {
        secrecy: Some("注意保密".into()).filter(|_| !matches!(paper.made_as, MadeAs::Notice)),
        title: paper.title.to_string(),
        number: None,
        addressee: None,
        blocks,
        signature: Some(Signature {
            by: vec![office_name(desk)?],
            day: day.in_words(),
        }),
        note: None,
    })
}

fn person(line: &ItemState, blocks: &mut Vec<Block>, several: bool, at: usize) {
    if several {
        blocks.push(Block::Heading {
            level: 1,
            text: format!("{}、{}", numeral(at + 1), line.name),
        });
    } else {
        blocks.push(field("姓名", line.name.clone()));
    }
    blocks.push(field("现任职务", line.current_post.clone()));
    blocks.push(field("拟任免", super::slate::proposal(line)));
}

/// The facts that the paper must show, then what else the step recorded.
fn recorded(dictionary: &Dictionary, step: &StepState, required: Vec<String>, facts: &Fields, blocks: &mut Vec<Block>) {
    let own = step.fields.iter().filter_map(|f| f.fact.clone());
    let mut shown: Vec<String> = vec!["name".into(), "post".into()];
    for id in required.into_iter().chain(own) {
        if shown.contains(&id) {
            continue;
        }
        if let (Some(fact), Some(text)) = (dictionary.fact(&id), facts.get(&id)) {
            let value = crate::known::read_value(dictionary, fact, text).ok().flatten();
            let text = value.map_or_else(|| text.clone(), |v| printed(&v));
            blocks.push(field(fact.spoken(), format!("{text}{}", fact.unit)));
        }
        shown.push(id);
    }
}

fn votes(state: &State, step: &StepState) -> PaperTable {
    let heads = ["姓名", "拟任免", "应到", "实到", "同意", "不同意", "缓议"];
    let should = step.roll.len();
    let rows = step.votes.iter().filter_map(|vote| {
        let line = state.items.iter().find(|i| i.id == vote.item)?;
        let recused = step.recusals.iter().filter(|r| r.item == vote.item).count();
        let present = step.roll.iter().filter(|m| m.present).count().saturating_sub(recused);
        let numbers = [should as i64, present as i64, vote.agree, vote.against, vote.defer];
        let mut cells = vec![line.name.clone(), super::slate::proposal(line)];
        cells.extend(numbers.iter().map(i64::to_string));
        Some(cells)
    });
    PaperTable {
        heads: heads.iter().map(|h| h.to_string()).collect(),
        widths: vec![3, 8, 2, 2, 2, 2, 2],
        rows: rows.collect(),
    }
}

fn field(label: &str, text: String) -> Block {
    Block::Field {
        label: label.to_owned(),
        text,
    }
}

/// 一 … 九十九
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (n / 10, n % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS.get(tens).unwrap_or(&""), DIGITS[ones]),
    }
}
