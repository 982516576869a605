//! 历任: who held a post, one after another.

use crate::{Desk, Error, Person, Post, Result, post};
use vocabulary::{Date, Id};

/// One holder's time in the post.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Holding {
    pub person: Id<Person>,
    pub name: String,
    pub from: Date,
    pub until: Option<Date>,
    /// 任职 挂职 兼职
    pub kind: String,
    pub paper: Option<String>,
    pub end_reason: Option<String>,
    /// Journal number that entered it.
    pub entered: i64,
}

/// All holders of a post that the desk may see, the latest first, as known at the desk's moment.
pub fn of(desk: &Desk, id: Id<Post>) -> Result<Vec<Holding>> {
    post::find(desk, id)?;
    let question = desk.question_of_rows();
    let (t, n) = (question.known_filter("t"), question.known_filter("n"));
    let sql = format!(
        "select t.person, n.name, t.from_day, t.until_day, t.kind, t.paper, t.end_reason, t.entered, t.id
           from tenures t join person_details n on n.person = t.person and {n}
          where t.post = $1 and {t} order by t.until_day is null desc, t.from_day desc, t.id"
    );
    desk.rows(&sql, &[id.number().into()])?
        .iter()
        .map(|r| {
            let date = |at: usize, column| {
                let corrupt = |text: &str| Error::Corrupt { table: "tenures", row: r.int(8), column, value: text.into() };
                r.opt_text(at).map(|text| text.parse().map_err(|_| corrupt(text))).transpose()
            };
            Ok(Holding {
                person: Id::new(r.int(0)),
                name: r.text(1).into(),
                from: date(2, "from_day")?.ok_or_else(|| Error::NotFound("任职时间".into()))?,
                until: date(3, "until_day")?,
                kind: r.text(4).into(),
                paper: r.opt_string(5),
                end_reason: r.opt_string(6),
                entered: r.int(7),
            })
        })
        .collect()
}
