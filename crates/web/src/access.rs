//! 查阅控制: what somebody may see of what is protected, for which purpose, and the note of it.
//!
//! A purpose is stated once for a person (or for the ledgers) and remembered for that session for half an hour. Everything
//! that it opens is noted in the journal before it is shown.

use crate::{Answer, Ctx, Form, Stop, answer, locked};
use axum::extract::Path;
use policy::{Action, Ask, Class, Ground, Purpose, Relation, Verdict, decide};
use registry::consultation::{self, Consultation};
use registry::{Desk, Person, ticket};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Mutex;
use vocabulary::{Id, Moment};

/// A stated purpose holds for so many seconds.
pub const HOLDS_SECONDS: i64 = 30 * 60;
/// So many people's protected parts may be opened within an hour without approval.
pub const MOST_AN_HOUR: i64 = 30;

/// Parts of a person's page that are protected, as tickets name them.
pub const PERSONAL: [&str; 5] = ["身份证号和健康状况", "家庭", "考核", "奖惩", "使用"];
pub const HISTORY: &str = "全部变更记录";

/// What a purpose was stated for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum About {
    Person(i64),
    Ledgers,
}

/// Purposes stated of late, by session; nothing that outlives the program.
#[derive(Default)]
pub struct Stated(Mutex<HashMap<(i64, About), (Purpose, i64)>>);

/// The one control that stands before what is folded: `access` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Control {
    /// Where the purpose is sent; empty when stating one would not help.
    pub action: String,
    /// Where to go on afterwards.
    pub back: String,
    /// What lies behind it.
    pub parts: Vec<String>,
    pub purposes: Vec<(&'static str, &'static str)>,
    pub says: String,
    /// Asking for a ticket would help.
    pub ticket: Option<String>,
}

impl Control {
    pub fn sample() -> Control {
        Control {
            action: "/officials/7/consultation".into(),
            back: "/officials/7".into(),
            parts: PERSONAL.map(str::to_owned).to_vec(),
            purposes: purposes(),
            says: "这些内容受保护，说明用途后可以查看".into(),
            ticket: None,
        }
    }
}

fn purposes() -> Vec<(&'static str, &'static str)> {
    Purpose::ALL.map(|p| (p.id(), p.says())).to_vec()
}

/// How far somebody came with one wish to look.
#[derive(Clone, Debug)]
pub struct Look {
    pub verdict: Verdict,
    pub purpose: &'static str,
    pub ticket: Option<i64>,
}

impl Look {
    /// The note that must be written before anything is shown.
    pub fn note(&self, desk: &Desk, people: &[Id<Person>], parts: &[&str], class: Class) -> Result<(), Stop> {
        desk.consulted(&Consultation { people, parts, class, purpose: self.purpose, ticket: self.ticket })?;
        Ok(())
    }
}

/// The note of a look at what is S2 and needs no purpose of its own, because the work itself is the purpose; in the
/// transaction of the look. Of `people`, or of nobody in particular in a list of many.
pub fn noted(desk: &Desk, people: &[Id<Person>], part: &str, purpose: Purpose) -> Result<(), Stop> {
    desk.consulted(&Consultation { people, parts: &[part], class: Class::S2, purpose: purpose.says(), ticket: None })?;
    Ok(())
}

impl Ctx {
    fn state(&self, about: About, purpose: Purpose) {
        let now = self.app.office.clock.now().0;
        let mut stated = locked(&self.app.stated.0);
        stated.retain(|_, (_, at)| now - *at < HOLDS_SECONDS);
        stated.insert((self.session.id, about), (purpose, now));
    }

    /// The purpose that this session stated within the last half hour.
    pub fn stated(&self, about: About) -> Option<Purpose> {
        let now = self.app.office.clock.now().0;
        let stated = locked(&self.app.stated.0);
        stated.get(&(self.session.id, about)).filter(|(_, at)| now - at < HOLDS_SECONDS).map(|(p, _)| *p)
    }

    /// May `parts` of this record be shown here, and if not, what would help? All of them together, or none.
    pub fn look(&self, desk: &Desk, person: Id<Person>, action: &'static Action, class: Class, parts: &[&str]) -> Result<Look, Stop> {
        let mut ground = Ground::None;
        let mut look = Look { verdict: Verdict::Allowed, purpose: action.purpose.map_or("", Purpose::says), ticket: None };
        let mut tickets = vec![];
        for part in parts {
            tickets.push(ticket::ground(desk, person, part)?);
        }
        if !tickets.is_empty() && tickets.iter().all(|(g, _)| *g == Ground::Ticket) {
            (ground, look.ticket, look.purpose) = (Ground::Ticket, tickets[0].1, "查阅单");
        } else if affairs::procedure::stands_in(desk, person)? && self.actor.role.of_the_office() {
            (ground, look.purpose) = (Ground::Procedure, Purpose::Appointment.says());
        } else if let Some(purpose) = self.stated(About::Person(person.number())) {
            (ground, look.purpose) = (Ground::Stated, purpose.says());
        } else if let Some((found, _)) = tickets.iter().find(|(g, _)| *g != Ground::None) {
            ground = if *found == Ground::Ticket { Ground::OtherPurpose } else { *found };
        }
        let relation = if self.actor.recused.contains(&person) { Relation::Relative } else { Relation::None };
        let over_cap = ground == Ground::Stated && self.over_cap(desk, person)?;
        look.verdict = decide(&Ask { ground, relation, over_cap, stepped_up: self.stepped_up(), ..Ask::plain(self.actor.role, action, class) });
        if look.verdict == Verdict::NeedsStepUp {
            self.step_up(&action.title, &self.asked.address())?;
        }
        Ok(look)
    }

    /// Has this account opened the protected parts of as many people within the hour as go without approval? Whom it has
    /// looked at already is not counted twice.
    fn over_cap(&self, desk: &Desk, person: Id<Person>) -> Result<bool, Stop> {
        let Some(account) = self.actor.account else { return Ok(false) };
        let since = Moment(desk.moment.0 - 3600);
        if consultation::people_since(desk, account, since)? < MOST_AN_HOUR {
            return Ok(false);
        }
        Ok(!consultation::has_seen(desk, account, person, since)?)
    }

    /// The control that a page shows in the place of what is folded; nothing when no purpose opens it to this role.
    pub fn control(&self, person: Id<Person>, verdict: Verdict, parts: &[&str]) -> Option<Control> {
        let (says, helps, ticket) = match verdict {
            Verdict::NeedsPurpose => ("这些内容受保护，说明用途后可以查看", true, false),
            Verdict::NeedsApproval => ("一小时内查看的人已到上限，须经负责人批准：请申请查阅单", false, true),
            Verdict::NeedsTicket | Verdict::NeedsStepUp => ("这些内容须凭查阅单查看", false, true),
            _ => return None,
        };
        let ticket = ticket && policy::may_ever(self.actor.role, policy::action("ticket.ask"));
        Some(Control {
            action: if helps { format!("/officials/{person}/consultation") } else { String::new() },
            back: self.asked.address(),
            parts: parts.iter().map(|p| (*p).to_owned()).collect(),
            purposes: purposes(),
            says: says.into(),
            ticket: ticket.then(|| format!("/tickets/new?person={person}")),
        })
    }

    /// The highest class of facts that a ledger may show and ask about here.
    pub fn open_in_ledgers(&self) -> Class {
        let ground = if self.stated(About::Ledgers).is_some() { Ground::Stated } else { Ground::None };
        let ask = |class| Ask { ground, stepped_up: true, ..Ask::plain(self.actor.role, policy::action("ledger.see"), class) };
        [Class::S2, Class::S1].into_iter().find(|class| decide(&ask(*class)).allowed()).unwrap_or(Class::S0)
    }

    /// The control for protected columns of a ledger; nothing when this role never sees them.
    pub fn ledger_control(&self, name: &str, parts: Vec<String>) -> Option<Control> {
        let ask = Ask::plain(self.actor.role, policy::action("ledger.see"), Class::S2);
        (decide(&ask) == Verdict::NeedsPurpose).then(|| Control {
            action: format!("/ledgers/{}/purpose", crate::href::encode(name)),
            back: self.asked.address(),
            parts,
            purposes: purposes(),
            says: "这些栏目受保护，说明用途后可以使用".into(),
            ticket: None,
        })
    }

    /// A page that stands wholly behind the purpose: goes on when it is open, and notes the look.
    pub async fn opened(&self, person: Id<Person>, parts: &'static [&'static str]) -> Result<(), Stop> {
        let c = self.clone();
        let action = self.action;
        let look = self
            .consult(move |desk| {
                registry::person::find(desk, person)?;
                let look = c.look(desk, person, action, Class::S2, parts)?;
                if look.verdict.allowed() {
                    look.note(desk, &[person], parts, Class::S2)?;
                }
                Ok(look)
            })
            .await?;
        match self.control(person, look.verdict, parts) {
            None if look.verdict.allowed() => Ok(()),
            None => Err(Stop::Forbidden("这项内容超出您的角色可以查看的级别。".into())),
            Some(control) => Err(Stop::Purpose(Box::new(control))),
        }
    }
}

fn stated(form: &Form) -> Result<Purpose, Stop> {
    Purpose::from_id(form.text("purpose")).ok_or_else(|| Stop::Wrong("请从七种用途中选一种，再查看受保护的内容".into()))
}

/// A place of ours to go on to.
fn back(form: &Form, otherwise: String) -> String {
    let back = form.text("back");
    if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') { back.to_owned() } else { otherwise }
}

/// 说明用途: for one person.
pub async fn consult(c: Ctx, Path(id): Path<Id<Person>>, form: Form) -> Answer {
    let purpose = stated(&form)?;
    c.read(move |desk| Ok(registry::person::find(desk, id).map(|_| ())?)).await?;
    c.state(About::Person(id.number()), purpose);
    Ok(answer::see(&back(&form, crate::href::official(id))))
}

/// 说明用途: for the protected columns of ledgers.
pub async fn consult_ledgers(c: Ctx, Path(name): Path<String>, form: Form) -> Answer {
    let purpose = stated(&form)?;
    c.state(About::Ledgers, purpose);
    Ok(answer::see(&back(&form, format!("/ledgers/{}", crate::href::encode(&name)))))
}
