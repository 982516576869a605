//! 少数人: a free question whose tests read what is protected is answered about many persons or not at all (A17, T-85).
//!
//! Two answers that are each about many can still differ by one person. So what an account was answered is remembered, and
//! a question that differs from an earlier one by a few is refused as well.

use crate::ledger::Enquiry;
use crate::{AsOf, Desk, Result, saved};
use institution::dictionary::Class;
use institution::{Condition, Dictionary, Ledger, Subject};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use vocabulary::{Citation, Finding, Findings, Weight};

/// An answer about fewer is about persons.
pub const FEWEST: usize = 10;

/// So many answers are remembered of an account; the oldest gives way.
const REMEMBERED: usize = 64;

/// Why a question is not answered. None of them tells how many there are, not even whether there are any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Few {
    /// Fewer than ten, or none.
    Answer,
    /// All but fewer than ten of those whom the other tests mean, or all of them.
    Rest,
    /// Fewer than ten are in the one answer and not in the other.
    Between,
}

impl Few {
    pub fn says(self) -> &'static str {
        match self {
            Few::Answer => "按受保护的内容筛选，符合的不足10，不列出也不计数。请放宽条件，或在本人的记录里说明用途查看。",
            Few::Rest => "按受保护的内容筛选，不符合的不足10，等于说出了其余几个，不列出也不计数。请换一个条件，或在本人的记录里说明用途查看。",
            Few::Between => "这个条件与您先前问过的一个相差不足10，两个一比就知道是谁，不列出也不计数。请换一个条件，或在本人的记录里说明用途查看。",
        }
    }
}

impl Few {
    pub fn findings(self) -> Findings {
        let citation = Citation { document: "个人信息保护法".into(), article: Some("第二十八条".into()), item: None };
        let rule = match self {
            Few::Answer => "few-answer",
            Few::Rest => "few-rest",
            Few::Between => "few-between",
        };
        let finding = Finding { rule: rule.into(), weight: Weight::Refuse, says: self.says().into(), citation, saw: vec![], due: None, next: None, unsure: false };
        Findings::new(vec![finding])
    }
}

/// What was answered to whom.
#[derive(Default)]
pub struct Heard(Mutex<HashMap<i64, VecDeque<Answered>>>);

struct Answered {
    question: String,
    of: Subject,
    as_of: AsOf,
    /// In order.
    rows: Vec<i64>,
}

/// Does it choose its rows by what is protected, in words that no institution ships? The shipped ledgers were looked over
/// with the institution that they belong to: who sees the whole list sees every part of it that open facts pick out, and
/// the rows behind its totals.
pub fn is_guarded(desk: &Desk, asked: &Enquiry) -> bool {
    let dictionary = desk.dictionary();
    reads_protected(dictionary, &asked.tests) && !desk.book.ledgers().any(|l| l.of == asked.of && is_part_of(dictionary, l, &asked.tests))
}

/// Is this the shipped ledger itself, or a part of it that tells nothing more?
fn is_part_of(dictionary: &Dictionary, ledger: &Ledger, tests: &Condition) -> bool {
    let Some(filter) = &ledger.filter else { return false };
    let (own, all) = (parts(filter), parts(tests));
    let behind_a_total = |part: &Condition| ledger.totals.iter().any(|t| t.count.rows(dictionary).as_ref() == Some(part));
    own.iter().all(|part| all.contains(part)) && all.iter().all(|part| own.contains(part) || !reads_protected(dictionary, part) || behind_a_total(part))
}

fn parts(condition: &Condition) -> &[Condition] {
    match condition {
        Condition::All(parts) => parts,
        one => std::slice::from_ref(one),
    }
}

/// May it be answered? `numbers` is asked for whom it means, and for whom it would mean without its protected tests.
pub fn refused(heard: &Heard, desk: &Desk, asked: &Enquiry, numbers: impl Fn(&Enquiry) -> Result<Arc<[i64]>>) -> Result<Option<Few>> {
    if !is_guarded(desk, asked) {
        return Ok(None);
    }
    let dictionary = desk.dictionary();
    let bare = Enquiry { columns: vec![], sort: vec![], group: None, ..asked.clone() };
    let base = Enquiry { tests: without_protected(dictionary, &asked.tests), ..bare.clone() };
    let question = saved::to_json(dictionary, &bare).to_string();
    let account = desk.actor.account.map_or(0, |a| a.number());
    Ok(heard.judge(account, (question, asked.of, desk.as_of), &numbers(&base)?, &numbers(&bare)?))
}

impl Heard {
    /// The rule itself; what is answered is remembered. The same question again is the same answer, whatever was written
    /// in between.
    fn judge(&self, account: i64, asked: (String, Subject, AsOf), base: &[i64], answer: &[i64]) -> Option<Few> {
        let (question, of, as_of) = asked;
        let mut rows = answer.to_vec();
        rows.sort_unstable();
        if rows.len() < FEWEST {
            return Some(Few::Answer);
        }
        if base.len().saturating_sub(rows.len()) < FEWEST {
            return Some(Few::Rest);
        }
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = heard.entry(account).or_default();
        let again = |e: &Answered| e.question == question && e.of == of && e.as_of == as_of;
        let close = |n: usize| (1..FEWEST).contains(&n);
        if earlier.iter().any(|e| e.of == of && !again(e) && (close(missing(&rows, &e.rows)) || close(missing(&e.rows, &rows)))) {
            return Some(Few::Between);
        }
        earlier.retain(|e| !again(e));
        if earlier.len() == REMEMBERED {
            earlier.pop_front();
        }
        earlier.push_back(Answered { question, of, as_of, rows });
        None
    }
}

/// How many of the one are not in the other; both in order.
fn missing(of: &[i64], other: &[i64]) -> usize {
    of.iter().filter(|n| other.binary_search(n).is_err()).count()
}

fn reads_protected(dictionary: &Dictionary, condition: &Condition) -> bool {
    let mut facts = vec![];
    condition.facts(&mut facts);
    facts.into_iter().any(|f| dictionary.facts[f].class >= Class::S2)
}

/// What is left when every part that reads something protected is taken away: who would be meant anyhow.
fn without_protected(dictionary: &Dictionary, condition: &Condition) -> Condition {
    match condition {
        Condition::All(parts) => Condition::All(parts.iter().map(|p| without_protected(dictionary, p)).collect()),
        other if reads_protected(dictionary, other) => Condition::All(vec![]),
        other => other.clone(),
    }
}
