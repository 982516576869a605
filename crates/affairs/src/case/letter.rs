//! 函件: what is printed of a case, with its own words and days as they stand when it is printed.

use super::record::Held;
use super::{Record, find, sight, system, unit};
use crate::{Case, Error, Result};
use document::Paper;
use document::paper::{Block, Signature};
use institution::case::letter::{Piece, To, Word};
use institution::case::{Act, Deed, Letter, Part};
use registry::Desk;
use vocabulary::{Id, Moment};

/// A letter that can be printed now.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Printable {
    pub id: String,
    pub title: String,
    /// The department's part; None: to who reported.
    pub part: Option<i64>,
}

/// What whoever sits at the desk can print of this case now: to each department that was called and has not given it back, to the reporter
/// once there is an answer.
pub fn letters(desk: &Desk, record: &Record) -> Result<Vec<Printable>> {
    let mut out = Vec::new();
    let (_, system) = system(desk, &record.system)?;
    // In the name of who holds the case; a letter that its receiver must answer, in the office's alone.
    let writes = desk.actor.role.of_the_office() || (!system.named_answer && record.life.holder_is_covered(desk, &sight(desk)?)?);
    for letter in system.letters.iter().filter(|_| writes) {
        let one = |part| Printable { id: letter.id.to_string(), title: letter.title.to_string(), part };
        match letter.to {
            To::Department => out.extend(record.life.parts_now().filter(|p| p.is_live()).map(|p| one(Some(p.number)))),
            To::Reporter => out.extend(answer(record).map(|_| one(None))),
        }
    }
    Ok(out)
}

fn answer(record: &Record) -> Option<&Deed> {
    record.deeds.iter().rev().find(|d| d.act == Act::Answer)
}

/// The letter itself. One that cannot be printed now is not found.
pub fn letter(desk: &Desk, id: Id<Case>, kind: &str, part: Option<i64>, office: &str) -> Result<Paper> {
    let record = find(desk, id)?;
    let (_, system) = system(desk, &record.system)?;
    let missing = || Error::NotFound("这份函件".into());
    let letter = system.letter(kind).ok_or_else(missing)?;
    if !letters(desk, &record)?.iter().any(|p| p.id == kind && p.part == part) {
        return Err(missing());
    }
    let part = part.and_then(|n| record.life.part(n));
    let addressee = match part {
        Some(part) => unit::find(desk, Id::new(part.unit))?.name,
        None => format!("{}反映人", record.receipt),
    };
    // The organisation department writes as the office; everybody else for the organisation that holds the case.
    let holder = record.life.holder.map(|h| unit::find(desk, Id::new(h))).transpose()?.map_or_else(String::new, |u| u.name);
    let by = if desk.actor.role.of_the_office() { office.to_owned() } else { holder.clone() };
    let written = Written { desk, record: &record, part, holder, class: record.life.class.as_deref().and_then(|c| system.class(c)).map(|c| c.title.to_string()).unwrap_or_default() };
    Ok(Paper {
        title: letter.title.to_string(),
        number: Some(format!("编号：{}", record.receipt)),
        addressee: Some(format!("{addressee}：")),
        blocks: paragraphs(letter, &written)?.into_iter().map(Block::Paragraph).collect(),
        signature: Some(Signature::of(by, desk.day().in_words())),
        ..Paper::default()
    })
}

struct Written<'w, 'd, 'a, 't> {
    desk: &'w Desk<'a, 't>,
    record: &'d Record,
    part: Option<&'d Part>,
    holder: String,
    class: String,
}

fn paragraphs(letter: &Letter, written: &Written) -> Result<Vec<String>> {
    letter
        .text
        .iter()
        .map(|line| {
            line.iter()
                .map(|piece| match piece {
                    Piece::Words(words) => Ok(words.to_string()),
                    Piece::Of(word) => written.say(*word),
                })
                .collect()
        })
        .collect()
}

impl Written<'_, '_, '_, '_> {
    /// What is not known stays open, to be filled in by hand.
    fn say(&self, word: Word) -> Result<String> {
        let record = self.record;
        let day = |moment: Option<Moment>| moment.map_or_else(|| "____年__月__日".to_owned(), |m| m.day().in_words());
        // A deadline within a day is told with its hour.
        let by = |moment: Option<Moment>| match moment.map(|m| m.to_string()).filter(|text| text.get(11..16).is_some_and(|hour| hour != "23:59")) {
            Some(text) => format!("{}{}", day(moment), &text[11..16]),
            None => day(moment),
        };
        let due = match self.part {
            Some(part) => part.reply.due_moment(),
            None => record.due.and_then(institution::case::Due::moment),
        };
        Ok(match word {
            Word::Number => record.receipt.clone(),
            Word::Class => self.class.clone(),
            Word::Way => record.way.clone(),
            Word::Words => record.words.trim_end_matches(['。', '！', '？']).to_owned(),
            Word::Reported => record.reported.day().in_words(),
            Word::Place => unit::find(self.desk, record.place)?.name,
            Word::Unit => match self.part {
                Some(part) => unit::find(self.desk, Id::new(part.unit))?.name,
                None => String::new(),
            },
            Word::Holder => self.holder.clone(),
            Word::ClaimDue => by(self.part.and_then(|p| p.claim.due_moment())),
            Word::Due => by(due),
            Word::Answer => answer(record).map_or_else(String::new, |d| d.says.trim_end_matches('。').to_owned()),
            Word::Answered => day(answer(record).map(|d| d.at)),
        })
    }
}
