//! 撤销党组织: its members go to another branch in the same transaction, its groups and its committee end with it.

use super::{GROUP, Party, find, refusal};
use crate::desk::Happened;
use crate::{Branch, Desk, Member, Person, Result, member};
use store::Row;
use vocabulary::{Day, Finding, Findings, Id, Outcome};

/// How a party organisation is dissolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissolution {
    /// First day on which it is no more.
    pub on: Day,
    pub ending: String,
    /// 批复文号
    pub document: String,
    /// Branch to which its members go; of a group, another group of the branch.
    pub to: Option<Id<Branch>>,
    /// What was said of duties that were open.
    pub left_open: String,
}

/// One that is no more.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Dissolved {
    pub id: Id<Branch>,
    pub name: String,
    pub on: String,
    pub ending: String,
    pub document: String,
    /// The branch that took its members.
    pub went_to: Option<String>,
    pub left_open: Option<String>,
}

/// Everything that stands against it. The number of members that would go.
fn against(desk: &Desk, party: &Party, d: &Dissolution) -> Result<(Vec<Finding>, Vec<Id<Member>>)> {
    let mut found = Vec::new();
    let id = party.id.number();
    if d.ending.trim().is_empty() {
        found.push(refusal("ending", "没有写明撤销的原因".into(), "例如：村并入社区，合并设立"));
    }
    if d.document.trim().is_empty() {
        found.push(refusal("document", "没有填写批复文号".into(), "撤销由上级党委批准，写批复的文号"));
    }
    if d.on > desk.today {
        found.push(refusal("day-ahead", format!("撤销日期 {} 还没有到", d.on), "到了那一天再登记"));
    }
    if d.on <= party.from_day.earliest() {
        found.push(refusal("before-founded", format!("撤销日期 {} 不在设立日期 {} 之后", d.on, party.from_day), "核对日期"));
    }
    // Asked of all, not of those whom this desk sees: nothing is left without what stands above it.
    let below = desk.rows("select name from branch_details where parent = $1 and kind <> $2 and superseded is null and until_day is null order by order_no, branch", &[id.into(), GROUP.into()])?;
    if !below.is_empty() {
        let names: Vec<&str> = below.iter().take(5).map(|r| r.text(0)).collect();
        found.push(refusal("below", format!("下面还有 {} 个党组织：{}", below.len(), names.join("、")), "先撤销它们"));
    }
    let letters = "select n.name from member_transfers t join members m on m.id = t.member join person_details n on n.person = m.person and n.superseded is null
                    where (t.from_branch = $1 or t.to_branch = $1) and t.received_on is null and t.refused is null and t.superseded is null order by t.id";
    let letters = desk.rows(letters, &[id.into()])?;
    if !letters.is_empty() {
        let names: Vec<&str> = letters.iter().take(5).map(|r| r.text(0)).collect();
        found.push(refusal("letters", format!("还有 {} 封介绍信没有接收：{}", letters.len(), names.join("、")), "先由接收方接收或退回"));
    }
    let rows = desk.rows("select member, from_day from member_details where (branch = $1 or grouped = $1) and superseded is null and until_day is null order by id", &[id.into()])?;
    if let Some(late) = rows.iter().map(|r| r.text(1)).filter(|from| *from > &d.on.to_string()[..]).max() {
        found.push(refusal("moved-later", format!("党员的记录有 {late} 起的，晚于撤销日期 {}", d.on), "核对撤销日期"));
    }
    let members: Vec<Id<Member>> = rows.iter().map(|r| Id::new(r.int(0))).collect();
    match (d.to.map(|to| find(desk, to)).transpose()?, party.kind == GROUP) {
        (None, false) if !members.is_empty() => found.push(refusal("members", format!("还有 {} 名党员没有去处", members.len()), "写明并入哪个党支部，或先逐个转出")),
        (Some(to), _) if to.id == party.id => found.push(refusal("same-branch", "去处就是要撤销的党组织".into(), "选择另一个")),
        (Some(to), false) if !to.kind.ends_with("支部") => found.push(refusal("not-a-branch", format!("{}是{}，党员要在党支部", to.name, to.kind), "选择党支部")),
        (Some(to), true) if to.kind != GROUP || to.parent != party.parent => found.push(refusal("group", "党小组的党员去本支部的另一个小组".into(), "选择本支部的党小组，或空着")),
        _ => {}
    }
    Ok((found, members))
}

/// 撤销. The answer is how many members went.
pub fn dissolve(desk: &mut Desk, id: Id<Branch>, d: &Dissolution) -> Result<Outcome<usize>> {
    let party = find(desk, id)?;
    let (found, members) = against(desk, &party, d)?;
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let target = d.to.map(|to| find(desk, to)).transpose()?;
    let went = match &target {
        Some(to) if !members.is_empty() => format!("，{} 名党员编入{}", members.len(), to.name),
        _ => String::new(),
    };
    let says = format!("撤销{}（{}，{}）：{}{went}", party.name, d.on, d.document.trim(), d.ending.trim());
    let entry = desk.record(Happened { act: "branch.dissolve", subject: "branch", number: Some(id.number()), says })?;
    for member in &members {
        match (&target, party.kind == GROUP) {
            (_, true) => member::regroup(desk, *member, target.as_ref().map(|t| t.id), d.on, entry)?,
            (Some(to), false) => member::rehome(desk, *member, to, d.on, entry)?,
            (None, false) => {}
        }
    }
    let groups = desk.rows("select branch from branch_details where parent = $1 and superseded is null and until_day is null order by branch", &[id.number().into()])?;
    for group in groups.iter().map(|r| Id::new(r.int(0))) {
        let named = Dissolution { to: None, left_open: String::new(), ending: format!("{}撤销", party.name), ..d.clone() };
        close(desk, group, &named, entry)?;
    }
    close(desk, id, d, entry)?;
    Ok(Outcome::Done(members.len()))
}

/// The row that holds ends, and who sits there sits no more.
fn close(desk: &mut Desk, id: Id<Branch>, d: &Dissolution, entry: i64) -> Result<()> {
    let old = find(desk, id)?;
    let row = desk.one("select id from branch_details where branch = $1 and superseded is null and until_day is null", &[id.number().into()])?.int(0);
    desk.execute("update branch_details set superseded = $1 where id = $2", &[entry.into(), row.into()])?;
    let text = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
    desk.insert(
        "branch_details",
        &[
            "branch", "parent", "organisation", "path", "name", "kind", "elected_on", "term_years", "order_no", "from_day", "until_day", "ending", "document", "went_to", "left_open",
            "corrects", "entered",
        ],
        &[
            id.number().into(),
            old.parent.map(|p| p.number()).into(),
            old.organisation.number().into(),
            old.path.into(),
            old.name.into(),
            old.kind.into(),
            old.elected_on.map(|d| d.to_string()).into(),
            old.term_years.into(),
            old.order_no.into(),
            old.from_day.to_string().into(),
            d.on.to_string().into(),
            text(&d.ending).into(),
            text(&d.document).into(),
            d.to.map(|t| t.number()).into(),
            text(&d.left_open).into(),
            row.into(),
            entry.into(),
        ],
    )?;
    unseat(desk, Some(id), None, d.on, entry)
}

/// The seats of a committee, or of one person on any, end on `on`; one that would begin later never was.
pub(crate) fn unseat(desk: &mut Desk, branch: Option<Id<Branch>>, person: Option<Id<Person>>, on: Day, entry: i64) -> Result<()> {
    let mut tests = vec!["until_day is null and superseded is null".to_owned()];
    tests.extend(branch.map(|b| format!("branch = {b}")));
    tests.extend(person.map(|p| format!("person = {p}")));
    let sql = format!("select id, branch, person, role, from_day from branch_committee where {} order by id", tests.join(" and "));
    for seat in desk.rows(&sql, &[])? {
        desk.execute("update branch_committee set superseded = $1 where id = $2", &[entry.into(), seat.int(0).into()])?;
        let until = on.to_string();
        if seat.text(4) < &until[..] {
            super::seat_row(desk, Id::new(seat.int(1)), seat.int(2), seat.text(3), seat.text(4), Some(&until), entry)?;
        }
    }
    Ok(())
}

/// Those that are no more, latest first.
pub fn dissolved(desk: &Desk) -> Result<Vec<Dissolved>> {
    let (low, high) = match desk.actor.own_path() {
        None if desk.actor.whole() => ("/".to_owned(), "0".to_owned()),
        Some(path) => (path.to_owned(), format!("{}0", path.trim_end_matches('/'))),
        None => return Ok(vec![]),
    };
    let question = desk.question_of_rows();
    let (d, t) = (question.known_filter("d"), question.known_filter("t"));
    let sql = format!(
        "select d.branch, d.name, d.until_day, d.ending, d.document, d.left_open,
                (select t.name from branch_details t where t.branch = d.went_to and {t} order by t.id desc limit 1)
           from branch_details d where d.ending is not null and d.path >= $1 and d.path < $2 and d.until_day <= $3 and {d}
          order by d.until_day desc, d.branch desc limit 200"
    );
    let rows = desk.rows(&sql, &[low.into(), high.into(), desk.day().to_string().into()])?;
    let one = |r: &Row| Dissolved {
        id: Id::new(r.int(0)),
        name: r.text(1).into(),
        on: r.text(2).into(),
        ending: r.text(3).into(),
        document: r.text(4).into(),
        left_open: r.opt_string(5),
        went_to: r.opt_string(6),
    };
    Ok(rows.iter().map(one).collect())
}
