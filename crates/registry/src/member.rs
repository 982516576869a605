//! 党员: to which organisation the relation belongs, how it is moved, what was paid.

mod departure;

pub use departure::{Departed, Departure, departed, end};

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
    /// 党小组
    pub grouped: Option<Id<Branch>>,
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

const COLUMNS: &str = "d.member, m.person, n.name, d.branch, d.path, d.kind, d.joined, d.care, d.fee, d.from_day, d.grouped";

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
        grouped: row.opt_int(10).map(Id::new),
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

/// Somebody who is to be entered with a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComrade {
    pub person: Id<Person>,
    pub branch: Id<Branch>,
    pub grouped: Option<Id<Branch>>,
    /// Code membership_kind
    pub kind: String,
    pub joined: Option<Date>,
    /// 分
    pub fee: Option<i64>,
    pub from: Day,
}

/// 预备党员: the kind that is confirmed.
pub const PROBATION: &str = "预备党员";
const FULL: &str = "正式党员";

/// 编入: a person's relation comes to a branch. Who is a member already is transferred, not entered twice.
pub fn enrol(desk: &mut Desk, new: &NewComrade) -> Result<Outcome<Id<Member>>> {
    let target = branch::find(desk, new.branch)?;
    let who = crate::person::find(desk, new.person)?.row.name;
    let today = desk.today;
    let mut found = Vec::new();
    // Asked of all, not of those whom this desk sees: nobody is a member twice.
    let there = desk.first(
        "select b.name from members m join member_details d on d.member = m.id and d.superseded is null and d.until_day is null
           join branch_details b on b.branch = d.branch and b.superseded is null where m.person = $1",
        &[new.person.number().into()],
    )?;
    if let Some(row) = there {
        found.push(refusal("member-already", format!("{who}已经是党员，组织关系在{}", row.text(0)), "在那个支部办理组织关系转接"));
    }
    if !target.kind.ends_with("支部") {
        found.push(refusal("not-a-branch", format!("{}是{}，党员编入党支部", target.name, target.kind), "打开党支部再编入；分到党小组的在“党小组”里选"));
    }
    if desk.dictionary().table("membership_kind").is_none_or(|t| !t.values.iter().any(|v| *v.name == *new.kind)) {
        found.push(refusal("kind", "没有选择是正式党员还是预备党员".into(), "选择党员类别"));
    }
    if new.from > today {
        found.push(refusal("day-ahead", format!("编入日期 {} 还没有到", new.from), "到了那一天再编入"));
    }
    match new.joined {
        Some(joined) if joined.earliest() > today => found.push(refusal("joined-ahead", format!("入党日期 {joined} 还没有到"), "核对入党日期")),
        Some(joined) if joined.earliest() > new.from => found.push(refusal("joined-later", format!("入党日期 {joined} 在编入日期 {} 之后", new.from), "核对两个日期")),
        None if new.kind == PROBATION => found.push(refusal("joined", "预备党员要写明入党日期，预备期从这一天算".into(), "填写支部党员大会通过的日期")),
        _ => {}
    }
    found.extend(wrong_fee(new.fee));
    found.extend(wrong_group(desk, new.branch, new.grouped)?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    add(desk, new).map(Outcome::Done)
}

/// Writes one that was looked at.
pub fn add(desk: &mut Desk, new: &NewComrade) -> Result<Id<Member>> {
    let target = branch::find(desk, new.branch)?;
    let says = format!("编入{}：{}，{}", target.name, crate::person::find(desk, new.person)?.row.name, new.kind);
    let entry = desk.record(Happened { act: "member.add", subject: "branch", number: Some(new.branch.number()), says })?;
    let id = desk.insert("members", &["person", "entered"], &[new.person.number().into(), entry.into()])?;
    let kept = Kept {
        branch: new.branch.number(),
        grouped: new.grouped.map(|g| g.number()),
        path: target.path,
        kind: new.kind.clone(),
        joined: new.joined.map(|d| d.to_string()),
        care: None,
        fee: new.fee,
        why: Some("编入".into()),
        ..Kept::default()
    };
    kept.write(desk, id, &new.from.to_string(), None, None, entry)?;
    Ok(Id::new(id))
}

/// 转正: at the earliest one year after the probation began.
pub fn confirm(desk: &mut Desk, id: Id<Member>, on: Day) -> Result<Outcome<()>> {
    let who = find(desk, id)?;
    let mut found = Vec::new();
    if who.kind != PROBATION {
        found.push(refusal("not-on-probation", format!("{}已经是{}", who.name, who.kind), "无须再办"));
    }
    if on > desk.today {
        found.push(refusal("day-ahead", format!("转正日期 {on} 还没有到"), "支部党员大会通过、上级党委批准以后再登记"));
    }
    if let Some(full) = who.joined.map(|j| j.earliest().plus_months(12)).filter(|full| on < *full) {
        found.push(refusal("probation", format!("{}的预备期一年，到 {full} 才满", who.name), "预备期满后再办转正"));
    }
    if on.to_string() < who.from_day {
        found.push(refusal("before-last", format!("转正日期 {on} 早于现在这条记录的 {}", who.from_day), "核对日期"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}转为{FULL}（{on}）", who.name);
    let entry = desk.record(Happened { act: "member.confirm", subject: "branch", number: Some(who.branch.number()), says })?;
    turn(desk, id, on, entry, |kept| Kept { kind: FULL.into(), why: Some("转正".into()), ..kept })?;
    Ok(Outcome::Done(()))
}

/// What of a membership changes without moving it: group, care and fee, from today on.
pub fn change(desk: &mut Desk, id: Id<Member>, grouped: Option<Id<Branch>>, care: Option<&str>, fee: Option<i64>) -> Result<Outcome<()>> {
    let who = find(desk, id)?;
    let mut found = Vec::new();
    if care.is_some_and(|c| desk.dictionary().table("care_kind").is_none_or(|t| !t.values.iter().any(|v| *v.name == *c))) {
        found.push(refusal("care", format!("关怀对象没有“{}”这一类", care.unwrap_or_default()), "从列表中选择"));
    }
    if (who.grouped, who.care.as_deref(), who.fee) == (grouped, care, fee) {
        found.push(refusal("same", "没有改动".into(), "改了再保存"));
    }
    found.extend(wrong_fee(fee));
    found.extend(wrong_group(desk, who.branch, grouped)?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("改{}的党小组、关怀或党费", who.name);
    let entry = desk.record(Happened { act: "member.change", subject: "branch", number: Some(who.branch.number()), says })?;
    let (care, grouped) = (care.map(str::to_owned), grouped.map(|g| g.number()));
    turn(desk, id, desk.today, entry, |kept| Kept { grouped, care, fee, ..kept })?;
    Ok(Outcome::Done(()))
}

fn wrong_fee(fee: Option<i64>) -> Option<Finding> {
    fee.filter(|f| *f <= 0).map(|_| refusal("amount", "月党费应大于零".into(), "核对金额；经批准免交的空着"))
}

fn wrong_group(desk: &Desk, branch: Id<Branch>, grouped: Option<Id<Branch>>) -> Result<Option<Finding>> {
    let Some(group) = grouped else { return Ok(None) };
    let of_it = branch::children(desk, Some(branch))?.iter().any(|p| p.id == group && p.kind == branch::GROUP);
    Ok((!of_it).then(|| refusal("group", "这个党小组不在这个支部".into(), "选择本支部的党小组")))
}

/// What a row of a membership keeps beside its days.
#[derive(Clone, Default)]
struct Kept {
    branch: i64,
    grouped: Option<i64>,
    path: String,
    kind: String,
    joined: Option<String>,
    care: Option<String>,
    fee: Option<i64>,
    why: Option<String>,
    ending: Option<String>,
    document: Option<String>,
}

impl Kept {
    fn write(&self, desk: &mut Desk, member: i64, from: &str, until: Option<&str>, corrects: Option<i64>, entry: i64) -> Result<()> {
        let columns = ["member", "branch", "grouped", "path", "kind", "joined", "care", "fee", "why", "ending", "document", "from_day", "until_day", "corrects", "entered"];
        let k = self.clone();
        let values = [
            member.into(),
            k.branch.into(),
            k.grouped.into(),
            k.path.into(),
            k.kind.into(),
            k.joined.into(),
            k.care.into(),
            k.fee.into(),
            k.why.into(),
            k.ending.into(),
            k.document.into(),
            from.into(),
            until.into(),
            corrects.into(),
            entry.into(),
        ];
        desk.insert("member_details", &columns, &values)?;
        Ok(())
    }
}

/// The row that holds: its number, its first day and what it keeps.
fn holding(desk: &Desk, id: Id<Member>) -> Result<(i64, String, Kept)> {
    let row = desk
        .first(
            "select id, branch, grouped, path, kind, joined, care, fee, why, from_day from member_details where member = $1 and until_day is null and superseded is null",
            &[id.number().into()],
        )?
        .ok_or_else(|| Error::Changed("这名党员".into()))?;
    let kept = Kept {
        branch: row.int(1),
        grouped: row.opt_int(2),
        path: row.text(3).into(),
        kind: row.text(4).into(),
        joined: row.opt_string(5),
        care: row.opt_string(6),
        fee: row.opt_int(7),
        why: row.opt_string(8),
        ..Kept::default()
    };
    Ok((row.int(0), row.text(9).to_owned(), kept))
}

/// The row that holds ends on `day` and another begins. What began that day is corrected: nothing holds for no time.
fn turn(desk: &mut Desk, id: Id<Member>, day: Day, entry: i64, change: impl FnOnce(Kept) -> Kept) -> Result<()> {
    let (old, from, kept) = holding(desk, id)?;
    desk.execute("update member_details set superseded = $1 where id = $2", &[entry.into(), old.into()])?;
    let day = day.to_string();
    let member = id.number();
    if from < day {
        kept.write(desk, member, &from, Some(&day), Some(old), entry)?;
        change(kept).write(desk, member, &day, None, None, entry)
    } else {
        change(kept).write(desk, member, &from, None, Some(old), entry)
    }
}

/// 并入: the relation goes with a branch that is dissolved, under the entry of that.
pub(crate) fn rehome(desk: &mut Desk, id: Id<Member>, to: &branch::Party, on: Day, entry: i64) -> Result<()> {
    let (branch, path) = (to.id.number(), to.path.clone());
    turn(desk, id, on, entry, |kept| Kept { branch, grouped: None, path, why: Some("并入".into()), ..kept })
}

/// The same of a group that is no more.
pub(crate) fn regroup(desk: &mut Desk, id: Id<Member>, to: Option<Id<Branch>>, on: Day, entry: i64) -> Result<()> {
    turn(desk, id, on, entry, |kept| Kept { grouped: to.map(|t| t.number()), ..kept })
}

/// 转出: the letter goes out, to whichever town; the old branch manages until the new one has received it.
pub fn send(desk: &mut Desk, id: Id<Member>, to: Id<Branch>) -> Result<Outcome<i64>> {
    let who = find(desk, id)?;
    let Some((_, target)) = branch::addresses(desk)?.into_iter().find(|(branch, _)| *branch == to) else { return Err(Error::NotFound("这个党支部".into())) };
    let waiting = desk.first("select id from member_transfers where member = $1 and received_on is null and refused is null and superseded is null", &[id.number().into()])?;
    let mut found = Vec::new();
    if waiting.is_some() {
        found.push(refusal("transfer-under-way", format!("{}的组织关系正在转接，尚未接收", who.name), "等待接收，或由接收方退回后再转"));
    }
    if who.branch == to {
        found.push(refusal("same-branch", format!("{}的组织关系就在{target}", who.name), "选择另一个党组织"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}的组织关系转往{target}", who.name);
    let entry = desk.record(Happened { act: "member.send", subject: "branch", number: Some(who.branch.number()), says })?;
    let columns = ["member", "from_branch", "to_branch", "sent_on", "actor", "entered"];
    let (actor, today) = (desk.actor.shown.clone(), desk.today.to_string());
    desk.insert("member_transfers", &columns, &[id.number().into(), who.branch.number().into(), to.number().into(), today.into(), actor.into(), entry.into()])
        .map(Outcome::Done)
}

/// 接收 or 退回 with a reason. Of whom the letter names, this desk learns what the letter says; the record is its own only
/// when it has received.
pub fn receive(desk: &mut Desk, transfer: i64, refused: Option<&str>) -> Result<Outcome<()>> {
    let known = desk.question_of_rows().known_filter("n");
    let sql = format!(
        "select t.member, t.from_branch, t.to_branch, t.sent_on, n.name, m.person from member_transfers t
           join members m on m.id = t.member join person_details n on n.person = m.person and {known}
          where t.id = $1 and t.received_on is null and t.refused is null and t.superseded is null"
    );
    let row = desk.first(&sql, &[transfer.into()])?.ok_or_else(|| Error::Changed("这次转接".into()))?;
    let (member, from, to, sent) = (Id::<Member>::new(row.int(0)), row.int(1), Id::<Branch>::new(row.int(2)), row.text(3).to_owned());
    let (name, person) = (row.text(4).to_owned(), Id::<Person>::new(row.int(5)));
    let target = branch::find(desk, to)?;
    if desk.actor.recused.contains(&person) {
        let says = "本人和亲属的组织关系，由支部其他人接收".to_owned();
        return Ok(Outcome::Refused(Findings::new(vec![refusal("recused", says, "请副书记或组织委员办理")])));
    }
    let says = match refused {
        Some(why) => format!("{}退回{name}的组织关系：{why}", target.name),
        None => format!("{}接收{name}的组织关系", target.name),
    };
    let entry = desk.record(Happened { act: "member.receive", subject: "branch", number: Some(to.number()), says })?;
    let today = desk.today.to_string();
    desk.execute("update member_transfers set superseded = $1 where id = $2", &[entry.into(), transfer.into()])?;
    let columns = ["member", "from_branch", "to_branch", "sent_on", "received_on", "refused", "actor", "entered"];
    let received = refused.is_none().then(|| today.clone());
    let actor = desk.actor.shown.clone();
    desk.insert("member_transfers", &columns, &[member.number().into(), from.into(), to.number().into(), sent.into(), received.into(), refused.into(), actor.into(), entry.into()])?;
    if refused.is_none() {
        let (branch, path) = (to.number(), target.path);
        // A group is the old branch's own.
        turn(desk, member, desk.today, entry, |kept| Kept { branch, grouped: None, path, why: Some("转入".into()), ..kept })?;
    }
    Ok(Outcome::Done(()))
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
