//! 岗位: posts with their 职数, and who holds them.

use crate::desk::Happened;
use crate::{Desk, Error, Organisation, Person, Post, Result};
use institution::Subject;
use store::Row;
use vocabulary::{Date, Id};

/// One post on the day asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Seat {
    pub id: Id<Post>,
    pub organisation: Id<Organisation>,
    /// 镇长
    pub name: String,
    /// 青云镇镇长
    pub title: String,
    /// 正职 副职 其他
    pub role: Option<String>,
    pub leading: bool,
    pub level: Option<String>,
    /// 职数
    pub seats: i64,
    pub special: bool,
    /// A promotion to it has a one-year probation.
    pub probation: bool,
    pub term_years: Option<i64>,
    pub order_no: i64,
    pub from_day: Date,
    pub until_day: Option<Date>,
}

/// A new post.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewSeat {
    pub name: String,
    pub title: String,
    pub role: Option<String>,
    pub leading: bool,
    pub level: Option<String>,
    pub seats: i64,
    pub special: bool,
    pub probation: bool,
    pub term_years: Option<i64>,
    pub order_no: i64,
    pub from_day: Option<Date>,
}

/// Somebody in a post.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Holder {
    pub post: Id<Post>,
    pub person: Id<Person>,
    pub tenure: i64,
    pub name: String,
    pub since: Date,
}

const COLUMNS: &str = "d.post, d.organisation, d.name, d.title, d.role, d.leading, d.level, d.seats, d.special, d.probation, d.term_years, d.order_no, d.from_day, d.until_day";

fn seat(row: &Row) -> Result<Seat> {
    let corrupt = |column, value: &str| Error::Corrupt { table: "post_details", row: row.int(0), column, value: value.into() };
    let date = |at: usize, column| row.opt_text(at).map(|t| t.parse().map_err(|_| corrupt(column, t))).transpose();
    Ok(Seat {
        id: Id::new(row.int(0)),
        organisation: Id::new(row.int(1)),
        name: row.text(2).into(),
        title: row.text(3).into(),
        role: row.opt_string(4),
        leading: row.yes(5),
        level: row.opt_string(6),
        seats: row.int(7),
        special: row.yes(8),
        probation: row.yes(9),
        term_years: row.opt_int(10),
        order_no: row.int(11),
        from_day: date(12, "from_day")?.ok_or_else(|| corrupt("from_day", ""))?,
        until_day: date(13, "until_day")?,
    })
}

fn select(desk: &Desk, test: &str, params: Vec<store::Param>, order: &str) -> Result<Vec<Seat>> {
    let mut question = desk.question();
    question.params.extend(params);
    let visible = question.visible(Subject::Post, desk.actor);
    let sql = format!("select {COLUMNS} from {} where {test} and {visible} order by {order}", question.from(Subject::Post));
    desk.rows(&sql, &question.params)?.iter().map(seat).collect()
}

/// The post, if this desk may see it.
pub fn find(desk: &Desk, id: Id<Post>) -> Result<Seat> {
    select(desk, &format!("s.id = {id}"), vec![], "1")?.pop().ok_or_else(|| Error::NotFound("这个岗位".into()))
}

/// Posts of one organisation, in order.
pub fn of(desk: &Desk, organisation: Id<Organisation>) -> Result<Vec<Seat>> {
    select(desk, &format!("d.organisation = {organisation}"), vec![], "d.order_no, s.id")
}

/// By number or by its exact title; POST of the command line.
pub fn which(desk: &Desk, post: &str) -> Result<Id<Post>> {
    if let Ok(number) = post.parse() {
        return find(desk, Id::new(number)).map(|s| s.id);
    }
    let found = select(desk, "d.title = $1", vec![post.into()], "d.order_no, s.id")?;
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Error::NotFound(format!("岗位“{post}”"))),
        several => {
            let numbers: Vec<String> = several.iter().map(|s| s.id.to_string()).collect();
            Err(Error::Wrong(format!("有 {} 个岗位叫“{post}”，请用编号：{}", several.len(), numbers.join("、"))))
        }
    }
}

/// Posts whose title contains `words`.
pub fn search(desk: &Desk, words: &str, most: usize) -> Result<Vec<Seat>> {
    let order = format!("length(d.title), d.order_no, s.id limit {most}");
    select(desk, "replace(d.title, $1, '') <> d.title", vec![words.into()], &order)
}

/// 任职: who holds these posts on the day asked, in order; nobody when vacant.
pub fn holders(desk: &Desk, posts: &[Id<Post>]) -> Result<Vec<Holder>> {
    if posts.is_empty() {
        return Ok(vec![]);
    }
    let question = desk.question_of_rows();
    let list: Vec<String> = posts.iter().map(|p| p.to_string()).collect();
    let now = question.now_filter("t");
    let known = question.known_filter("n");
    let sql = format!(
        "select t.post, t.person, t.id, n.name, t.from_day
           from tenures t join person_details n on n.person = t.person and {known}
          where t.post in ({}) and {now} and t.kind = '任职' order by t.post, t.order_no, t.id",
        list.join(", "),
    );
    desk.rows(&sql, &[])?
        .iter()
        .map(|r| {
            let since = r.text(4);
            Ok(Holder {
                post: Id::new(r.int(0)),
                person: Id::new(r.int(1)),
                tenure: r.int(2),
                name: r.text(3).into(),
                since: since.parse().map_err(|_| Error::Corrupt { table: "tenures", row: r.int(2), column: "from_day", value: since.into() })?,
            })
        })
        .collect()
}

/// 设置岗位.
pub fn add(desk: &mut Desk, organisation: Id<Organisation>, new: NewSeat) -> Result<Id<Post>> {
    let says = format!("设置岗位{}，职数{}", new.title, new.seats);
    let entry = desk.record(Happened { act: "post.add", subject: "organisation", number: Some(organisation.number()), says })?;
    add_under(desk, organisation, new, entry)
}

/// The same inside another operation whose journal entry is `entry`.
pub fn add_under(desk: &mut Desk, organisation: Id<Organisation>, new: NewSeat, entry: i64) -> Result<Id<Post>> {
    let from = new.from_day.map_or_else(|| desk.today.to_string(), |d| d.to_string());
    let id = desk.insert("posts", &["entered"], &[entry.into()])?;
    desk.insert(
        "post_details",
        &["post", "organisation", "name", "title", "role", "leading", "level", "seats", "special", "probation", "term_years", "order_no", "from_day", "entered"],
        &[
            id.into(),
            organisation.number().into(),
            (&new.name).into(),
            (&new.title).into(),
            new.role.as_deref().into(),
            new.leading.into(),
            new.level.as_deref().into(),
            new.seats.into(),
            new.special.into(),
            new.probation.into(),
            new.term_years.into(),
            new.order_no.into(),
            from.into(),
            entry.into(),
        ],
    )?;
    Ok(Id::new(id))
}
