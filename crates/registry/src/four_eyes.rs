//! 双人: what one person asks for another decides. Persons are told apart, not accounts.

use crate::{Account, Desk, Error, Person, Result};
use vocabulary::{Citation, Finding, Findings, Id, Outcome, Weight};

/// One of the two: the account, and who that is in the registry if it is anybody there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    pub account: Id<Account>,
    pub person: Option<Id<Person>>,
}

impl Party {
    /// Who sits at this desk. The program by itself asks for nothing and decides nothing.
    pub fn at(desk: &Desk) -> Result<Party> {
        let account = desk.actor.account.ok_or_else(|| Error::Wrong("这件事要由一个账户来办".into()))?;
        Ok(Party { account, person: desk.actor.person })
    }
    pub fn is(self, other: Party) -> bool {
        self.account == other.account || (self.person.is_some() && self.person == other.person)
    }
}

/// Every reason why not, gathered before anything is written.
pub struct Refusals {
    document: &'static str,
    article: &'static str,
    all: Vec<Finding>,
}

impl Refusals {
    pub fn under(document: &'static str, article: &'static str) -> Refusals {
        Refusals { document, article, all: vec![] }
    }
    pub fn when(&mut self, so: bool, rule: &str, says: impl Into<String>) {
        if so {
            let citation = Citation { document: self.document.into(), article: Some(self.article.into()), item: None };
            let finding = Finding {
                rule: rule.into(),
                weight: Weight::Refuse,
                says: says.into(),
                citation,
                saw: vec![],
                due: None,
                next: None,
                unsure: false,
            };
            self.all.push(finding);
        }
    }
    /// The refusal, if there is any reason for one.
    pub fn refused<T>(self) -> Option<Outcome<T>> {
        (!self.all.is_empty()).then(|| Outcome::Refused(Findings::new(self.all)))
    }
}
