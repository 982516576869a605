//! What is on file of one procedure: read at once, asked many times.

use super::slate::GivenAnswer;
use super::{AnswerKind, Done, Effected, Ending, Member, Recusal, Vote};
use crate::{Error, Fields, Item, Procedure, Result};
use institution::Institution;
use registry::{Desk, Person, Post, Sees};
use store::Row;
use vocabulary::{Day, Id};

/// One line of the slate, as it was proposed.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: Id<Item>,
    pub order_no: i64,
    pub person: Id<Person>,
    pub post: Option<Id<Post>>,
    pub leaves: Vec<i64>,
    pub reason: String,
    pub exception: String,
    pub facts: Fields,
    pub ended: Option<Ending>,
    pub answers: Vec<GivenAnswer>,
}

/// What was entered at one step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entered {
    pub done: Option<Done>,
    pub fields: Fields,
    pub items: Vec<(Id<Item>, Fields)>,
    /// Number, kind, line.
    pub papers: Vec<(i64, String, Option<Id<Item>>)>,
    pub roll: Vec<Member>,
    pub recusals: Vec<Recusal>,
    pub votes: Vec<Vote>,
    /// The secret vote from which the step is counted.
    pub boxed: Option<super::Boxed>,
}

/// A running procedure, whole.
pub(crate) struct Recorded<'a> {
    pub id: Id<Procedure>,
    pub institution: &'a Institution,
    pub title: String,
    pub opened: Day,
    pub opened_by: String,
    pub version: String,
    pub ended: Option<Ending>,
    pub lines: Vec<Line>,
    /// In the order of the institution's steps.
    pub steps: Vec<Entered>,
    pub effects: Vec<Effected>,
    /// Highest journal number about it.
    pub head: i64,
}

impl<'a> Recorded<'a> {
    /// Only whoever sees everything sees procedures: what is not decided yet is nobody else's.
    pub fn find(desk: &Desk<'a, '_>, id: Id<Procedure>) -> Result<Recorded<'a>> {
        let not_found = || Error::NotFound("这个程序".into());
        // 回避: nor is a procedure in which oneself or a relative stands.
        if desk.actor.sees != Sees::Everything || super::concerning(desk, &desk.actor.recused)?.contains(&id.number()) {
            return Err(not_found());
        }
        let sql = "select institution, version, title, opened, actor, edition from procedures where id = $1";
        let row = desk.first(sql, &[id.number().into()])?.ok_or_else(not_found)?;
        let opened = day(&row, 3, "procedures", "opened")?;
        let institution = crate::known::under(desk, row.text(0), row.opt_text(5), opened)?;
        let mut recorded = Recorded {
            id,
            institution,
            version: row.text(1).to_owned(),
            title: row.text(2).to_owned(),
            opened,
            opened_by: row.text(4).to_owned(),
            ended: None,
            lines: lines(desk, id)?,
            steps: vec![Entered::default(); institution.steps.len()],
            effects: super::effect::effects(desk, id)?,
            head: head(desk, id)?,
        };
        recorded.read_endings(desk)?;
        recorded.read_steps(desk)?;
        recorded.read_papers(desk)?;
        recorded.read_meeting(desk)?;
        recorded.read_answers(desk)?;
        super::boxed::read(desk, &mut recorded)?;
        Ok(recorded)
    }

    pub fn at(&self, step: &str) -> Option<usize> {
        self.institution.steps.iter().position(|s| &*s.id == step)
    }
    pub fn open_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|l| l.ended.is_none())
    }
    pub fn line(&self, item: Id<Item>) -> Result<&Line> {
        self.lines
            .iter()
            .find(|l| l.id == item)
            .ok_or_else(|| Error::NotFound("方案中的这一行".into()))
    }
    fn line_mut(&mut self, item: i64) -> Option<&mut Line> {
        self.lines.iter_mut().find(|l| l.id.number() == item)
    }
    fn entered_mut(&mut self, step: &str) -> Option<&mut Entered> {
        self.at(step).map(|at| &mut self.steps[at])
    }

    fn read_endings(&mut self, desk: &Desk) -> Result<()> {
        let sql = "select item, kind, reason, on_day, actor from procedure_endings where procedure = $1 order by id";
        for row in desk.rows(sql, &[self.id.number().into()])? {
            let ending = Ending {
                kind: row.text(1).to_owned(),
                reason: row.text(2).to_owned(),
                on: day(&row, 3, "procedure_endings", "on_day")?,
                actor: row.text(4).to_owned(),
            };
            match row.opt_int(0) {
                None => self.ended = Some(ending),
                Some(item) => {
                    if let Some(line) = self.line_mut(item) {
                        line.ended = Some(ending);
                    }
                }
            }
        }
        Ok(())
    }

    fn read_steps(&mut self, desk: &Desk) -> Result<()> {
        let sql = "select step, item, done_on, due, actor, at, data from procedure_steps
                    where procedure = $1 and superseded is null order by id";
        for row in desk.rows(sql, &[self.id.number().into()])? {
            let done = match row.opt_text(2) {
                Some(_) => Some(done(&row)?),
                None => None,
            };
            let fields = fields(&row, 6, "procedure_steps", "data")?;
            let Some(entered) = self.entered_mut(row.text(0)) else {
                continue;
            };
            match row.opt_int(1) {
                None => {
                    entered.done = done;
                    entered.fields = fields;
                }
                Some(item) => entered.items.push((Id::new(item), fields)),
            }
        }
        Ok(())
    }

    fn read_papers(&mut self, desk: &Desk) -> Result<()> {
        let sql = "select step, id, kind, item from procedure_papers
                    where procedure = $1 and superseded is null order by id desc";
        for row in desk.rows(sql, &[self.id.number().into()])? {
            if let Some(entered) = self.entered_mut(row.text(0)) {
                entered
                    .papers
                    .push((row.int(1), row.text(2).to_owned(), row.opt_int(3).map(Id::new)));
            }
        }
        Ok(())
    }

    fn read_meeting(&mut self, desk: &Desk) -> Result<()> {
        let number = [self.id.number().into()];
        let sql = "select step, person, name, post, present, why from procedure_roll
                    where procedure = $1 and superseded is null order by order_no, id";
        for row in desk.rows(sql, &number)? {
            if let Some(entered) = self.entered_mut(row.text(0)) {
                entered.roll.push(Member {
                    person: row.opt_int(1).map(Id::new),
                    name: row.text(2).to_owned(),
                    post: row.text(3).to_owned(),
                    present: row.yes(4),
                    why: row.text(5).to_owned(),
                });
            }
        }
        let sql = "select step, item, name, reason from procedure_recusals
                    where procedure = $1 and superseded is null order by id";
        for row in desk.rows(sql, &number)? {
            let recusal = Recusal {
                item: Id::new(row.int(1)),
                name: row.text(2).into(),
                reason: row.text(3).into(),
            };
            if let Some(entered) = self.entered_mut(row.text(0)) {
                entered.recusals.push(recusal);
            }
        }
        let sql = "select step, item, agree, against, defer from procedure_votes
                    where procedure = $1 and superseded is null order by id";
        for row in desk.rows(sql, &number)? {
            let vote = Vote {
                item: Id::new(row.int(1)),
                agree: row.int(2),
                against: row.int(3),
                defer: row.int(4),
            };
            if let Some(entered) = self.entered_mut(row.text(0)) {
                entered.votes.push(vote);
            }
        }
        Ok(())
    }

    fn read_answers(&mut self, desk: &Desk) -> Result<()> {
        let sql = "select item, rule, kind, approver, reason, facts, on_day, actor from procedure_answers
                    where procedure = $1 and superseded is null order by id";
        for row in desk.rows(sql, &[self.id.number().into()])? {
            let answer = GivenAnswer {
                rule: row.text(1).to_owned(),
                kind: AnswerKind::from_says(row.text(2)).unwrap_or(AnswerKind::Reason),
                approver: row.text(3).to_owned(),
                reason: row.text(4).to_owned(),
                facts: fields(&row, 5, "procedure_answers", "facts")?,
                on: day(&row, 6, "procedure_answers", "on_day")?,
                actor: row.text(7).to_owned(),
            };
            if let Some(line) = self.line_mut(row.int(0)) {
                line.answers.push(answer);
            }
        }
        Ok(())
    }
}

impl Entered {
    /// Fields of one line: what the whole slate says, and over it what the line says otherwise.
    pub fn fields_of(&self, item: Id<Item>) -> Fields {
        let mut fields = self.fields.clone();
        for (_, own) in self.items.iter().filter(|(i, _)| *i == item) {
            fields.extend(own.iter().map(|(k, v)| (k.clone(), v.clone())));
        }
        fields
    }
    pub fn vote(&self, item: Id<Item>) -> Option<Vote> {
        self.votes.iter().find(|v| v.item == item).copied()
    }
    /// Kinds of paper that are there for this line: its own and those of the whole slate.
    pub fn papers_of(&self, item: Id<Item>) -> Vec<&str> {
        self.papers
            .iter()
            .filter(|(_, _, of)| of.is_none_or(|i| i == item))
            .map(|(_, kind, _)| kind.as_str())
            .collect()
    }
}

fn lines(desk: &Desk, id: Id<Procedure>) -> Result<Vec<Line>> {
    let sql = "select id, order_no, person, post, leaves, reason, exception, facts from procedure_items
                where procedure = $1 order by order_no, id";
    desk.rows(sql, &[id.number().into()])?
        .iter()
        .map(|row| {
            Ok(Line {
                id: Id::new(row.int(0)),
                order_no: row.int(1),
                person: Id::new(row.int(2)),
                post: row.opt_int(3).map(Id::new),
                leaves: json(row, 4, "procedure_items", "leaves")?,
                reason: row.text(5).to_owned(),
                exception: row.text(6).to_owned(),
                facts: fields(row, 7, "procedure_items", "facts")?,
                ended: None,
                answers: vec![],
            })
        })
        .collect()
}

/// Highest journal number about this procedure.
pub(crate) fn head(desk: &Desk, id: Id<Procedure>) -> Result<i64> {
    let sql = "select coalesce(max(id), 0) from journal where subject = 'procedure' and number = $1";
    Ok(desk.one(sql, &[id.number().into()])?.int(0))
}

fn done(row: &Row) -> Result<Done> {
    let on = day(row, 2, "procedure_steps", "done_on")?;
    let due = row
        .opt_text(3)
        .map(|_| day(row, 3, "procedure_steps", "due"))
        .transpose()?;
    let at = row.text(5).to_owned();
    let entered_on = at.get(..10).and_then(|d| d.parse().ok());
    let entered_on = entered_on.ok_or(Error::Corrupt {
        table: "procedure_steps",
        row: row.int(0),
        column: "at",
    })?;
    Ok(Done {
        on,
        entered_on,
        at,
        actor: row.text(4).to_owned(),
        due,
        late: due.is_some_and(|due| on > due),
        entered_late: entered_on > on,
    })
}

pub(crate) fn day(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<Day> {
    row.text(at).parse().map_err(|_| Error::Corrupt {
        table,
        row: row.int(0),
        column,
    })
}

fn fields(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<Fields> {
    json(row, at, table, column)
}

fn json<T: serde::de::DeserializeOwned>(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<T> {
    serde_json::from_str(row.text(at)).map_err(|_| Error::Corrupt {
        table,
        row: row.int(0),
        column,
    })
}

/// What goes into a JSON column.
pub(crate) fn text_of(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::Wrong(e.to_string()))
}
