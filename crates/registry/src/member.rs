//! 党员: to which organisation the relation belongs, how it is moved, what was paid.

use crate::dated::Column;
use crate::desk::Happened;
use crate::{Branch, Desk, Error, Member, Person, Result, branch};
use institution::Subject;
use store::{Param, Row};
use vocabulary::{Citation, Date, Day, Finding, Findings, Id, Outcome, Weight};

/// One membership on the day asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Comrade {
    pub id: Id<Member>,
    pub person: Id<Person>,
    pub name: String,
    pub branch: Id<Branch>,
    pub path: String,
    /// 正式党员 预备党员
    pub kind: String,
    pub joined: Option<Date>,
    pub care: Option<String>,
    /// 分
    pub fee: Option<i64>,
    pub from_day: String,
}

/// 组织关系转接 under way or done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Transfer {
    pub id: i64,
    pub member: Id<Member>,
    pub name: String,
    pub from: String,
    pub to: String,
    pub sent_on: String,
    pub received_on: Option<String>,
    pub refused: Option<String>,
}

const COLUMNS: &str = "d.member, m.person, n.name, d.branch, d.path, d.kind, d.joined, d.care, d.fee, d.from_day";

fn comrade(row: &Row) -> Result<Comrade> {
    Ok(Comrade {
        id: Id::new(row.int(0)),
        person: Id::new(row.int(1)),
        name: row.text(2).into(),
        branch: Id::new(row.int(3)),
        path: row.text(4).into(),
        kind: row.text(5).into(),
        joined: Column::take(row, 6, "member_details", "joined")?,
        care: row.opt_string(7),
        fee: row.opt_int(8),
        from_day: row.text(9).into(),
    })
}

fn select(desk: &Desk, day: Day, test: &str, params: Vec<Param>) -> Result<Vec<Comrade>> {
    let mut question = crate::facts::Question::new(desk.dictionary(), day, desk.known(), false);
    question.params.extend(params);
    let visible = question.visible(Subject::Member, desk.actor);
    let known = question.known_filter("n");
    let sql = format!(
        "select {COLUMNS} from {} join members m on m.id = d.member join person_details n on n.person = m.person and {known}
          where {test} and {visible} order by n.strokes, n.pinyin, d.member",
        question.from(Subject::Member)
    );
    desk.rows(&sql, &question.params)?.iter().map(comrade).collect()
}

pub fn find(desk: &Desk, id: Id<Member>) -> Result<Comrade> {
    select(desk, desk.day(), &format!("d.member = {id}"), vec![])?.pop().ok_or_else(|| Error::NotFound("这名党员".into()))
}

/// The members of a branch on `day`: whom a roll of that day names.
pub fn of(desk: &Desk, branch: Id<Branch>, day: Day) -> Result<Vec<Comrade>> {
    select(desk, day, &format!("(d.branch = {branch} or d.grouped = {branch})"), vec![])
}

/// 编入: a person's relation comes to a branch.
pub fn add(desk: &mut Desk, person: Id<Person>, to: Id<Branch>, kind: &str, joined: Option<Date>, from: Date) -> Result<Id<Member>> {
    let target = branch::find(desk, to)?;
    let says = format!("编入{}：{}", target.name, crate::person::find(desk, person)?.row.name);
    let entry = desk.record(Happened { act: "member.add", subject: "branch", number: Some(to.number()), says })?;
    let id = desk.insert("members", &["person", "entered"], &[person.number().into(), entry.into()])?;
    let columns = ["member", "branch", "path", "kind", "joined", "why", "from_day", "entered"];
    let values = [
        id.into(),
        to.number().into(),
        (&target.path).into(),
        kind.into(),
        joined.map(|d| d.to_string()).into(),
        "编入".into(),
        from.to_string().into(),
        entry.into(),
    ];
    desk.insert("member_details", &columns, &values)?;
    Ok(Id::new(id))
}

/// 转出: the letter goes out; the old branch manages until the new one has received it.
pub fn send(desk: &mut Desk, id: Id<Member>, to: Id<Branch>) -> Result<Outcome<i64>> {
    let who = find(desk, id)?;
    let target = branch::find(desk, to)?;
    let waiting = desk.first("select id from member_transfers where member = $1 and received_on is null and refused is null and superseded is null", &[id.number().into()])?;
    let mut found = Vec::new();
    if waiting.is_some() {
        found.push(refusal("transfer-under-way", format!("{}的组织关系正在转接，尚未接收", who.name), "等待接收，或由接收方退回后再转"));
    }
    if who.branch == to {
        found.push(refusal("same-branch", format!("{}的组织关系就在{}", who.name, target.name), "选择另一个党组织"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}的组织关系转往{}", who.name, target.name);
    let entry = desk.record(Happened { act: "member.send", subject: "branch", number: Some(who.branch.number()), says })?;
    let columns = ["member", "from_branch", "to_branch", "sent_on", "actor", "entered"];
    let (actor, today) = (desk.actor.shown.clone(), desk.today.to_string());
    desk.insert("member_transfers", &columns, &[id.number().into(), who.branch.number().into(), to.number().into(), today.into(), actor.into(), entry.into()])
        .map(Outcome::Done)
}

/// 接收 or 退回 with a reason.
pub fn receive(desk: &mut Desk, transfer: i64, refused: Option<&str>) -> Result<()> {
    let row = desk
        .first("select member, from_branch, to_branch, sent_on from member_transfers where id = $1 and received_on is null and refused is null and superseded is null", &[transfer.into()])?
        .ok_or_else(|| Error::Changed("这次转接".into()))?;
    let (member, from, to, sent) = (Id::<Member>::new(row.int(0)), row.int(1), Id::<Branch>::new(row.int(2)), row.text(3).to_owned());
    let (who, target) = (find(desk, member)?, branch::find(desk, to)?);
    let says = match refused {
        Some(why) => format!("{}退回{}的组织关系：{why}", target.name, who.name),
        None => format!("{}接收{}的组织关系", target.name, who.name),
    };
    let entry = desk.record(Happened { act: "member.receive", subject: "branch", number: Some(to.number()), says })?;
    let today = desk.today.to_string();
    desk.execute("update member_transfers set superseded = $1 where id = $2", &[entry.into(), transfer.into()])?;
    let columns = ["member", "from_branch", "to_branch", "sent_on", "received_on", "refused", "actor", "entered"];
    let received = refused.is_none().then(|| today.clone());
    let actor = desk.actor.shown.clone();
    desk.insert("member_transfers", &columns, &[member.number().into(), from.into(), to.number().into(), sent.into(), received.into(), refused.into(), actor.into(), entry.into()])?;
    if refused.is_none() {
        let old = desk.one("select id, kind, joined, care, fee, from_day, why from member_details where member = $1 and until_day is null and superseded is null", &[member.number().into()])?;
        let columns = ["member", "branch", "path", "kind", "joined", "care", "fee", "why", "from_day", "until_day", "corrects", "entered"];
        desk.execute("update member_details set superseded = $1 where id = $2", &[entry.into(), old.int(0).into()])?;
        let (kind, joined, care, fee) = (old.text(1).to_owned(), old.opt_string(2), old.opt_string(3), old.opt_int(4));
        let ended = [member.number().into(), from.into(), (&who.path).into(), (&kind).into(), joined.clone().into(), care.clone().into(), fee.into(), old.opt_string(6).into(), old.text(5).into(), (&today).into(), old.int(0).into(), entry.into()];
        desk.insert("member_details", &columns, &ended)?;
        let begun = [member.number().into(), to.number().into(), (&target.path).into(), kind.into(), joined.into(), care.into(), fee.into(), "转入".into(), today.into(), Param::Null, Param::Null, entry.into()];
        desk.insert("member_details", &columns, &begun)?;
    }
    Ok(())
}

/// Transfers from or to a branch, newest first.
pub fn transfers(desk: &Desk, of: Id<Branch>) -> Result<Vec<Transfer>> {
    let question = desk.question_of_rows();
    let (known, t) = (question.known_filter("n"), question.known_filter("t"));
    let (a, b) = (question.known_filter("a"), question.known_filter("b"));
    let sql = format!(
        "select t.id, t.member, n.name, a.name, b.name, t.sent_on, t.received_on, t.refused from member_transfers t
           join members m on m.id = t.member join person_details n on n.person = m.person and {known}
           join branch_details a on a.branch = t.from_branch and {a} join branch_details b on b.branch = t.to_branch and {b}
          where (t.from_branch = $1 or t.to_branch = $1) and {t} order by t.id desc limit 50"
    );
    let rows = desk.rows(&sql, &[of.number().into()])?;
    let transfer = |r: &Row| Transfer {
        id: r.int(0),
        member: Id::new(r.int(1)),
        name: r.text(2).into(),
        from: r.text(3).into(),
        to: r.text(4).into(),
        sent_on: r.text(5).into(),
        received_on: r.opt_string(6),
        refused: r.opt_string(7),
    };
    Ok(rows.iter().map(transfer).collect())
}

/// 交纳党费 for one month; refused twice for the same month and ahead of the year.
pub fn pay(desk: &mut Desk, id: Id<Member>, month: &str, amount: i64) -> Result<Outcome<i64>> {
    let who = find(desk, id)?;
    let mut found = Vec::new();
    let readable = month.len() == 7 && format!("{month}-01").parse::<Day>().is_ok();
    if !readable {
        found.push(refusal("month-unreadable", format!("月份“{month}”读不懂"), "写成 2026-03"));
    } else if month > &format!("{}-12", desk.today.year())[..] {
        found.push(refusal("month-ahead", format!("{month} 还没有到"), "党费按月交纳，可以预交到今年年底"));
    }
    if amount <= 0 {
        found.push(refusal("amount", "党费应大于零".into(), "核对金额；经批准免交的不登记"));
    }
    if desk.first("select id from member_fees where member = $1 and month = $2 and superseded is null", &[id.number().into(), month.into()])?.is_some() {
        found.push(refusal("paid-already", format!("{}{month}的党费已经登记", who.name), "核对月份"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}交{month}党费 {}.{:02} 元", who.name, amount / 100, amount % 100);
    let entry = desk.record(Happened { act: "member.pay", subject: "branch", number: Some(who.branch.number()), says })?;
    let (actor, today) = (desk.actor.shown.clone(), desk.today.to_string());
    let columns = ["member", "month", "amount", "paid_on", "actor", "entered"];
    desk.insert("member_fees", &columns, &[id.number().into(), month.into(), amount.into(), today.into(), actor.into(), entry.into()]).map(Outcome::Done)
}

/// Months of `year` that each member of a branch paid: member → months.
pub fn paid(desk: &Desk, branch: Id<Branch>, year: i16) -> Result<Vec<(Id<Member>, String)>> {
    let question = desk.question_of_rows();
    let (f, d) = (question.known_filter("f"), question.now_filter("d"));
    let sql = format!(
        "select f.member, f.month from member_fees f join member_details d on d.member = f.member and {d}
          where d.branch = $1 and substr(f.month, 1, 4) = $2 and {f} order by 1, 2"
    );
    let rows = desk.rows(&sql, &[branch.number().into(), year.to_string().into()])?;
    Ok(rows.iter().map(|r| (Id::new(r.int(0)), r.text(1).to_owned())).collect())
}

fn refusal(rule: &str, says: String, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says,
        citation: Citation { document: "中国共产党党员教育管理工作条例".into(), article: None, item: None },
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }
}
