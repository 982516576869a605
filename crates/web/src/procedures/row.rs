//! 方案的一行: what was typed of one person, and what it means.

use crate::form::Form;
use crate::picks::{self, Meant, Place};
use affairs::procedure::{ProposedItem, suggest_leaves};
use registry::person::Brief;
use registry::{Desk, Result};
use serde::Serialize;
use vocabulary::Id;

/// One row of the form, with everything that helps to fill it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Names of its fields begin with it: `r0-`.
    pub at: usize,
    pub person: i64,
    pub who: String,
    pub post: i64,
    pub seat: String,
    /// Among whom she must choose.
    pub people: Vec<Brief>,
    pub posts: Vec<Place>,
    pub leaves: Vec<Leave>,
    pub reason: String,
    pub exception: String,
    pub exception_kind: String,
    /// Of the questions about an exception, those that are answered 是 or 否.
    pub exceptions: Vec<Question>,
    pub mistakes: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Leave {
    pub tenure: i64,
    pub title: String,
    pub main: bool,
    pub ticked: bool,
}

/// A question of yes or no about an exception.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    pub fact: String,
    pub label: String,
    pub value: String,
}

/// What is asked when somebody is promoted as an exception; labels are the dictionary's.
const EXCEPTION_FACTS: [&str; 4] = ["exception.years", "exception.basics", "exception.previous", "exception.skips_recommendation"];

impl Row {
    pub fn blank(desk: &Desk, at: usize) -> Row {
        Row { at, exceptions: questions(desk, &|_| String::new()), ..Row::default() }
    }

    /// Reads row number `from` of the form; it stands at `at` from now on.
    pub fn read(desk: &Desk, form: &Form, from: usize, at: usize) -> Result<Row> {
        let name = |field: &str| format!("r{from}-{field}");
        let text = |field: &str| form.text(&name(field)).to_owned();
        let number = |field: &str| form.text(&name(field)).parse::<i64>().ok();
        let mut row = Row {
            at,
            who: text("who"),
            seat: text("seat"),
            reason: text("reason"),
            exception: text("exception"),
            exception_kind: text("exception-kind"),
            exceptions: questions(desk, &|fact| form.text(&name(fact)).to_owned()),
            ..Row::default()
        };
        row.find(desk, number("person"), number("post"))?;
        let ticked: Vec<i64> = form.many(&name("leave")).filter_map(|n| n.parse().ok()).collect();
        // The same two as when the boxes were drawn: they stand as she left them. Otherwise all are suggested.
        let same = text("leaves-for") == row.pair();
        if row.person > 0 {
            let post = (row.post > 0).then(|| Id::new(row.post));
            let leave = |l: affairs::procedure::PostToLeave| Leave { ticked: !same || ticked.contains(&l.tenure), tenure: l.tenure, title: l.title, main: l.main };
            row.leaves = suggest_leaves(desk, Id::new(row.person), post).map_err(plain)?.into_iter().map(leave).collect();
        }
        Ok(row)
    }

    /// Which person and post the boxes were drawn for.
    pub fn pair(&self) -> String {
        format!("{}-{}", self.person, self.post)
    }

    fn find(&mut self, desk: &Desk, person: Option<i64>, post: Option<i64>) -> Result<()> {
        match picks::person(desk, person, &self.who)? {
            Meant::One((id, name)) => (self.person, self.who) = (id.number(), name),
            Meant::Several(people) => self.people = people,
            Meant::Nobody if self.who.is_empty() => {}
            Meant::Nobody => self.mistakes.push(format!("没有找到“{}”", self.who)),
        }
        match picks::post(desk, post, &self.seat)? {
            Meant::One(seat) => (self.post, self.seat) = (seat.id.number(), seat.title),
            Meant::Several(posts) => self.posts = posts,
            Meant::Nobody if self.seat.is_empty() => {}
            Meant::Nobody => self.mistakes.push(format!("没有找到岗位“{}”", self.seat)),
        }
        Ok(())
    }

    pub fn is_blank(&self) -> bool {
        self.who.is_empty() && self.seat.is_empty()
    }

    /// Notes what must be mended before the row can be proposed.
    pub fn check(&mut self) {
        if self.person == 0 && self.people.is_empty() && self.mistakes.is_empty() {
            self.mistakes.push("请选择人选".into());
        }
        if !self.people.is_empty() {
            self.mistakes.push(format!("叫“{}”的有 {} 人，请选定一人", self.who, self.people.len()));
        }
        if !self.posts.is_empty() {
            self.mistakes.push(format!("“{}”可能是 {} 个岗位，请选定一个", self.seat, self.posts.len()));
        }
    }

    pub fn item(&self) -> ProposedItem {
        let mut item = ProposedItem {
            person: Id::new(self.person),
            post: (self.post > 0).then(|| Id::new(self.post)),
            leaves: self.leaves.iter().filter(|l| l.ticked).map(|l| l.tenure).collect(),
            reason: self.reason.clone(),
            exception: self.exception.clone(),
            facts: affairs::Fields::new(),
        };
        if !self.exception_kind.is_empty() {
            item = item.stating("exception.kind", &self.exception_kind);
        }
        for question in self.exceptions.iter().filter(|q| !q.value.is_empty()) {
            item = item.stating(&question.fact, &question.value);
        }
        item
    }
}

fn questions(desk: &Desk, value: &dyn Fn(&str) -> String) -> Vec<Question> {
    let known = EXCEPTION_FACTS.iter().filter_map(|id| desk.dictionary().fact(id));
    known.map(|fact| Question { fact: fact.id.to_string(), label: fact.name.to_string(), value: value(&fact.id) }).collect()
}

/// Suggestions are read from the registry alone.
fn plain(error: affairs::Error) -> registry::Error {
    match error {
        affairs::Error::Registry(error) => error,
        affairs::Error::Store(error) => error.into(),
        other => registry::Error::Wrong(other.to_string()),
    }
}
