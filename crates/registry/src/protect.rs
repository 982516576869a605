//! 受保护的事实: what of a ledger may be shown and asked, when facts up to a class are open to who asks.

use crate::ledger::Enquiry;
use institution::dictionary::Class;
use institution::ledger::{Counted, Total};
use institution::{Condition, Dictionary};

/// What had to stay out, as indexes into the dictionary; each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Columns, orders, groups and figures that were left out.
    pub shown: Vec<usize>,
    /// Facts that the tests ask about: these cannot be left out without another answer.
    pub asked: Vec<usize>,
}

impl Withheld {
    /// Their Chinese names, as the day asked reads them.
    pub fn names(&self, dictionary: &Dictionary, day: vocabulary::Day) -> Vec<String> {
        self.asked.iter().chain(&self.shown).map(|f| dictionary.facts[*f].name_on(day)).collect()
    }
}

/// Takes what is above `open` out of the enquiry and its figures, and answers what that was.
pub fn withhold(dictionary: &Dictionary, enquiry: &mut Enquiry, totals: &mut Vec<Total>, open: Class) -> Withheld {
    let mut out = Withheld::default();
    let closed = |fact: usize| dictionary.facts[fact].class > open;
    let mut note = |fact: usize| {
        let keep = !closed(fact);
        if !keep && !out.shown.contains(&fact) {
            out.shown.push(fact);
        }
        keep
    };
    enquiry.columns.retain(|c| note(*c));
    enquiry.sort.retain(|s| note(s.fact));
    enquiry.group = enquiry.group.filter(|g| note(*g));
    totals.retain(|t| match &t.count {
        Counted::Rows => true,
        Counted::Sum(fact) | Counted::Average(fact) => note(*fact),
        Counted::Where(condition) => facts(condition).into_iter().all(&mut note),
    });
    out.asked = facts(&enquiry.tests).into_iter().filter(|f| closed(*f)).collect();
    out
}

/// The protected facts (S2 and above) that an enquiry shows or asks about: what a look at it is noted with.
pub fn protected(dictionary: &Dictionary, enquiry: &Enquiry) -> Vec<usize> {
    let mut all = enquiry.columns.clone();
    all.extend(enquiry.sort.iter().map(|s| s.fact));
    all.extend(enquiry.group);
    all.extend(facts(&enquiry.tests));
    all.retain(|f| dictionary.facts[*f].class >= Class::S2);
    all.sort_unstable();
    all.dedup();
    all
}

fn facts(condition: &Condition) -> Vec<usize> {
    let mut found = vec![];
    condition.facts(&mut found);
    found.sort_unstable();
    found.dedup();
    found
}
