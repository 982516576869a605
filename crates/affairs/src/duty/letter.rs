//! 函: the written notice to whoever owes a duty, with their own facts as they stand on the day it is written.

use super::unit;
use crate::{Error, Result};
use document::Paper;
use document::paper::{Block, Signature};
use institution::Duty;
use institution::paper::Piece;
use registry::Desk;
use vocabulary::{Date, Value};

/// The letter of a duty to one unit. Refuses while a fact that must stand on it is not on record.
pub fn letter(desk: &Desk, duty: &Duty, number: i64, office: &str) -> Result<Paper> {
    let institution = desk.book.institution(&duty.institution);
    let paper = duty.letter.as_ref().and_then(|id| institution?.paper(id)).ok_or_else(|| Error::NotFound(format!("“{}”的函", duty.title)))?;
    let mut wanted = paper.required.clone();
    wanted.extend(paper.text.iter().flatten().filter_map(|p| if let Piece::Fact(f) = p { Some(*f) } else { None }));
    wanted.sort_unstable();
    wanted.dedup();
    let facts: Vec<_> = wanted.iter().map(|f| &desk.book.dictionary.facts[*f]).collect();
    let id = desk.question_of_rows().id(duty.of);
    let who = unit::select(desk, duty.of, &facts, &format!("{id} = {number}"), vec![])?.pop().ok_or_else(|| Error::NotFound("承担这项任务的单位或人".into()))?;
    for fact in &paper.required {
        if who.facts.get(*fact).is_none() {
            return Err(Error::Wrong(format!("{}没有登记“{}”，函写不出来", who.title, desk.book.dictionary.facts[*fact].name)));
        }
    }
    let say = |piece: &Piece| match piece {
        Piece::Words(words) => words.to_string(),
        Piece::Fact(fact) => who.facts.get(*fact).map_or_else(|| "____".to_owned(), in_words),
    };
    Ok(Paper {
        title: paper.title.to_string(),
        addressee: Some(format!("{}：", who.title)),
        blocks: paper.text.iter().map(|line| Block::Paragraph(line.iter().map(say).collect())).collect(),
        signature: Some(Signature::of(office, desk.day().in_words())),
        ..Paper::default()
    })
}

fn in_words(value: &Value) -> String {
    let date = |d: &Date| match (d.month(), d.exact()) {
        (_, Some(day)) => day.in_words(),
        (Some(month), None) => format!("{}年{month}月", d.year()),
        (None, None) => format!("{}年", d.year()),
    };
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(n) | Value::Between { at: n, .. } => n.to_string(),
        Value::Date(d) => date(d),
        Value::Yes(yes) => if *yes { "是" } else { "否" }.into(),
    }
}
