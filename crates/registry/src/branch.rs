//! 党组织: committees, branches and groups, where they sit, who sits on their committee.

mod dissolution;

pub(crate) use dissolution::unseat;
pub use dissolution::{Dissolution, Dissolved, dissolve, dissolved};

use crate::dated::Column;
use crate::desk::Happened;
use crate::{Branch, Desk, Error, Organisation, Person, Result, organisation};
use institution::Subject;
use store::{Param, Row};
use vocabulary::{Citation, Date, Finding, Findings, Id, Outcome, Weight};

/// One party organisation on the day asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Party {
    pub id: Id<Branch>,
    pub parent: Option<Id<Branch>>,
    pub organisation: Id<Organisation>,
    pub path: String,
    pub name: String,
    /// Code branch_kind.
    pub kind: String,
    pub elected_on: Option<Date>,
    pub term_years: Option<i64>,
    pub order_no: i64,
    pub from_day: Date,
    pub until_day: Option<Date>,
}

/// A new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewParty {
    pub parent: Option<Id<Branch>>,
    pub organisation: Id<Organisation>,
    pub name: String,
    pub kind: String,
    pub elected_on: Option<Date>,
    pub term_years: Option<i64>,
    pub order_no: i64,
    pub from_day: Date,
}

/// 班子成员 of a branch.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Seated {
    pub person: Id<Person>,
    pub name: String,
    pub role: String,
    pub from_day: String,
}

const COLUMNS: &str = "d.branch, d.parent, d.organisation, d.path, d.name, d.kind, d.elected_on, d.term_years, d.order_no, d.from_day, d.until_day";

fn party(row: &Row) -> Result<Party> {
    const T: &str = "branch_details";
    Ok(Party {
        id: Id::new(row.int(0)),
        parent: row.opt_int(1).map(Id::new),
        organisation: Id::new(row.int(2)),
        path: row.text(3).into(),
        name: row.text(4).into(),
        kind: row.text(5).into(),
        elected_on: Column::take(row, 6, T, "elected_on")?,
        term_years: row.opt_int(7),
        order_no: row.int(8),
        from_day: Column::take(row, 9, T, "from_day")?,
        until_day: Column::take(row, 10, T, "until_day")?,
    })
}

fn select(desk: &Desk, test: &str, params: Vec<Param>, order: &str) -> Result<Vec<Party>> {
    let mut question = desk.question();
    question.params.extend(params);
    let visible = question.visible(Subject::Branch, desk.actor);
    let sql = format!("select {COLUMNS} from {} where {test} and {visible} order by {order}", question.from(Subject::Branch));
    desk.rows(&sql, &question.params)?.iter().map(party).collect()
}

/// The party organisation, if this desk may see it.
pub fn find(desk: &Desk, id: Id<Branch>) -> Result<Party> {
    select(desk, &format!("d.branch = {id}"), vec![], "1")?.pop().ok_or_else(|| Error::NotFound("这个党组织".into()))
}

/// Those directly under `parent`; the tops of what may be seen without one.
pub fn children(desk: &Desk, parent: Option<Id<Branch>>) -> Result<Vec<Party>> {
    let test = parent.map_or("d.parent is null".to_owned(), |p| format!("d.parent = {p}"));
    select(desk, &test, vec![], "d.order_no, d.branch")
}

/// All that may be seen, in order.
pub fn all(desk: &Desk) -> Result<Vec<Party>> {
    select(desk, "1 = 1", vec![], "d.order_no, d.branch")
}

/// 介绍信可以开往: branches in every town, by number and name. To whom a letter is written is no secret of a branch.
pub fn addresses(desk: &Desk) -> Result<Vec<(Id<Branch>, String)>> {
    let now = desk.question_of_rows().now_filter("d");
    let sql = format!("select d.branch, d.name from branch_details d where d.kind like '%支部' and {now} order by d.path, d.order_no, d.branch");
    Ok(desk.rows(&sql, &[])?.iter().map(|r| (Id::new(r.int(0)), r.text(1).to_owned())).collect())
}

/// Those in one organisation itself.
pub fn of(desk: &Desk, organisation: Id<Organisation>) -> Result<Vec<Party>> {
    select(desk, &format!("d.organisation = {organisation}"), vec![], "d.order_no, d.branch")
}

pub fn named(desk: &Desk, name: &str) -> Result<Option<Party>> {
    Ok(select(desk, "d.name = $1", vec![name.into()], "d.branch")?.into_iter().next())
}

/// 党小组: the one kind that lies in a branch.
pub const GROUP: &str = "党小组";

/// 设立党组织. A group lies in a branch, everything else under what is no branch.
pub fn found(desk: &mut Desk, new: &NewParty) -> Result<Outcome<Id<Branch>>> {
    organisation::find(desk, new.organisation)?;
    let above = new.parent.map(|p| find(desk, p)).transpose()?;
    let today = Date::from(desk.today);
    let mut found = Vec::new();
    if new.name.trim().is_empty() {
        found.push(refusal("name", "没有填写名称".into(), "写全称，例如“青云镇大王庄村党支部”"));
    }
    // Asked of all, not of those whom this desk sees.
    if desk.first("select id from branch_details where name = $1 and superseded is null and until_day is null", &[(&new.name).into()])?.is_some() {
        found.push(refusal("name-taken", format!("已经有一个“{}”", new.name), "核对名称；同名的写上所在单位"));
    }
    if desk.dictionary().table("branch_kind").is_none_or(|t| !t.values.iter().any(|v| *v.name == *new.kind)) {
        found.push(refusal("kind", "没有选择类别".into(), "从列表中选择"));
    }
    let in_branch = above.as_ref().is_some_and(|a| a.kind.ends_with("支部"));
    match &above {
        Some(a) if a.kind == GROUP => found.push(refusal("under-group", format!("{}是党小组，下面不设党组织", a.name), "在它所在的党支部设立")),
        Some(a) if in_branch && new.kind != GROUP => found.push(refusal("under-branch", format!("{}是党支部，下面只能划分党小组", a.name), "在上级党委、党总支设立")),
        _ if new.kind == GROUP && !in_branch => found.push(refusal("group-alone", "党小组划分在党支部里".into(), "打开党支部再设立")),
        _ => {}
    }
    if new.from_day > today {
        found.push(refusal("day-ahead", format!("设立日期 {} 还没有到", new.from_day), "批准设立以后再登记"));
    }
    match (new.elected_on, new.term_years) {
        (Some(on), _) if on > today => found.push(refusal("elected-ahead", format!("选举日期 {on} 还没有到"), "选举以后再登记")),
        (Some(on), _) if on < new.from_day => found.push(refusal("elected-before", format!("选举日期 {on} 早于设立日期 {}", new.from_day), "核对两个日期")),
        _ => {}
    }
    if new.term_years.is_some_and(|y| !(1..=10).contains(&y)) {
        found.push(refusal("term", format!("任期 {} 年不对", new.term_years.unwrap_or_default()), "写三年或五年"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    add(desk, new).map(Outcome::Done)
}

fn refusal(rule: &str, says: String, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says,
        citation: Citation { document: "中国共产党支部工作条例（试行）".into(), article: Some("第四条".into()), item: None },
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }
}

/// Writes one that was looked at.
pub fn add(desk: &mut Desk, new: &NewParty) -> Result<Id<Branch>> {
    let unit = organisation::find(desk, new.organisation)?;
    let entry = desk.record(Happened { act: "branch.add", subject: "branch", number: None, says: format!("设立{}", new.name) })?;
    let id = desk.insert("branches", &["entered"], &[entry.into()])?;
    let path = unit.path;
    write(desk, id, &path, new, None, None, entry)?;
    Ok(Id::new(id))
}

fn write(desk: &mut Desk, id: i64, path: &str, new: &NewParty, until: Option<Date>, corrects: Option<i64>, entry: i64) -> Result<()> {
    desk.insert(
        "branch_details",
        &["branch", "parent", "organisation", "path", "name", "kind", "elected_on", "term_years", "order_no", "from_day", "until_day", "corrects", "entered"],
        &[
            id.into(),
            new.parent.map(|p| p.number()).into(),
            new.organisation.number().into(),
            path.into(),
            (&new.name).into(),
            (&new.kind).into(),
            new.elected_on.map(|d| d.to_string()).into(),
            new.term_years.into(),
            new.order_no.into(),
            new.from_day.to_string().into(),
            until.map(|d| d.to_string()).into(),
            corrects.into(),
            entry.into(),
        ],
    )?;
    Ok(())
}

/// 换届: a new term begins with the election of `on`; the committee is the one that was elected.
pub fn elect(desk: &mut Desk, id: Id<Branch>, on: Date, committee: &[(Id<Person>, String)]) -> Result<()> {
    let old = find(desk, id)?;
    let says = format!("{}于{on}换届，选出 {} 人", old.name, committee.len());
    let entry = desk.record(Happened { act: "branch.elect", subject: "branch", number: Some(id.number()), says })?;
    let row = desk.one("select id from branch_details where branch = $1 and superseded is null order by id desc limit 1", &[id.number().into()])?.int(0);
    desk.execute("update branch_details set superseded = $1 where id = $2", &[entry.into(), row.into()])?;
    let new = NewParty {
        parent: old.parent,
        organisation: old.organisation,
        name: old.name.clone(),
        kind: old.kind.clone(),
        elected_on: Some(on),
        term_years: old.term_years,
        order_no: old.order_no,
        from_day: old.from_day,
    };
    write(desk, id.number(), &old.path, &new, old.until_day, Some(row), entry)?;
    let leaving = desk.rows("select id, person, role, from_day from branch_committee where branch = $1 and until_day is null and superseded is null", &[id.number().into()])?;
    for seat in leaving {
        desk.execute("update branch_committee set superseded = $1 where id = $2", &[entry.into(), seat.int(0).into()])?;
        seat_row(desk, id, seat.int(1), seat.text(2), seat.text(3), Some(&on.to_string()), entry)?;
    }
    for (person, role) in committee {
        seat_row(desk, id, person.number(), role, &on.to_string(), None, entry)?;
    }
    Ok(())
}

fn seat_row(desk: &mut Desk, branch: Id<Branch>, person: i64, role: &str, from: &str, until: Option<&str>, entry: i64) -> Result<()> {
    let columns = ["branch", "person", "role", "from_day", "until_day", "entered"];
    desk.insert("branch_committee", &columns, &[branch.number().into(), person.into(), role.into(), from.into(), until.into(), entry.into()])?;
    Ok(())
}

/// Who sits on the committee on the day asked, secretary first.
pub fn committee(desk: &Desk, id: Id<Branch>) -> Result<Vec<Seated>> {
    committee_on(desk, id, desk.day())
}

/// The same on `day`: whom a roll of that day names.
pub fn committee_on(desk: &Desk, id: Id<Branch>, day: vocabulary::Day) -> Result<Vec<Seated>> {
    let question = crate::facts::Question::new(desk.dictionary(), day, desk.known(), false);
    let (now, known) = (question.now_filter("c"), question.known_filter("n"));
    let sql = format!(
        "select c.person, n.name, c.role, c.from_day from branch_committee c
           join person_details n on n.person = c.person and {known}
          where c.branch = $1 and {now}
          order by case c.role when '书记' then 0 when '组长' then 0 when '副书记' then 1 else 2 end, c.id"
    );
    let rows = desk.rows(&sql, &[id.number().into()])?;
    Ok(rows.iter().map(|r| Seated { person: Id::new(r.int(0)), name: r.text(1).into(), role: r.text(2).into(), from_day: r.text(3).into() }).collect())
}

/// The branches in which this person is secretary, deputy or group leader on the day asked.
pub fn led_by(desk: &Desk, person: Id<Person>) -> Result<Vec<Id<Branch>>> {
    let now = desk.question_of_rows().now_filter("c");
    let sql = format!("select distinct c.branch from branch_committee c where c.person = $1 and c.role in ('书记', '副书记', '组长') and {now} order by 1");
    Ok(desk.rows(&sql, &[person.number().into()])?.iter().map(|r| Id::new(r.int(0))).collect())
}
