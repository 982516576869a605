//! 一个人的全部: which rows a person's record is made of, in every table, and what stays and why.

use super::row::{self, Found, How};
use crate::four_eyes::Refusals;
use crate::{Desk, Person, Result};
use vocabulary::Id;

/// Tables whose column `person` says whose row it is: the row goes.
pub const OF_PERSON: &[&str] = &[
    "person_details", "photos", "tenures", "resume_lines", "ranks", "memberships", "educations", "qualifications", "appraisals", "awards", "sanctions",
    "trainings", "relatives", "pools", "form_texts", "branch_committee", "statements", "corrections",
];

/// Rows that belong to one of theirs, with the test that finds them (`$1` is the person). Children first.
pub const CHILDREN: &[(&str, &str)] = &[
    ("correction_papers", "t.correction in (select c.id from corrections c where c.person = $1)"),
    ("correction_appeals", "t.correction in (select c.id from corrections c where c.person = $1)"),
    ("correction_decisions", "t.correction in (select c.id from corrections c where c.person = $1)"),
    ("member_transfers", "t.member in (select m.id from members m where m.person = $1)"),
    ("member_fees", "t.member in (select m.id from members m where m.person = $1)"),
    ("member_details", "t.member in (select m.id from members m where m.person = $1)"),
    ("tickets", "t.person = $1"),
    ("ticket_decisions", "t.ticket in (select k.id from tickets k where k.person = $1)"),
    ("ticket_endings", "t.ticket in (select k.id from tickets k where k.person = $1)"),
    ("procedure_papers", "t.item in (select i.id from procedure_items i where i.person = $1)"),
    ("procedure_steps", "t.item in (select i.id from procedure_items i where i.person = $1)"),
    ("procedure_recusals", "t.item in (select i.id from procedure_items i where i.person = $1)"),
    ("procedure_answers", "t.item in (select i.id from procedure_items i where i.person = $1)"),
    ("procedure_endings", "t.item in (select i.id from procedure_items i where i.person = $1)"),
    ("procedure_items", "t.person = $1"),
    ("duty_roll", "t.person = $1"),
    ("charge_details", "t.person = $1"),
    ("accounts", "t.person = $1"),
    ("drafts", "t.page = '/officials/' || cast($1 as text) or t.page like '/officials/' || cast($1 as text) || '/%'"),
    ("exports", "t.address = '/officials/' || cast($1 as text) or t.address like '/officials/' || cast($1 as text) || '/%'"),
];

/// Columns that name a person and stay: a number without a record says nothing of anybody.
pub const KEPT: &[(&str, &str, &str)] = &[
    ("members", "person", "积分的两条账要配平；只有编号"),
    ("duty_marks", "person", "谁去走访是经办留痕；只有编号"),
    ("case_subjects", "person", "诉求是别人的记录；只有编号"),
    ("consulted", "person", "查阅留痕；只有编号"),
    ("consultations", "reader", "谁查阅，经办留痕"),
    ("ballot_items", "person", "票面是选任文书的一部分"),
    ("procedure_roll", "person", "会议名单是集体的文书"),
    ("correction_decisions", "person", "谁答复，经办留痕；随申请一并清除"),
    ("role_grants", "asker_person", "谁提请，经办留痕"),
    ("purges", "person", "清除的证明；只有编号"),
    ("purges", "asker_person", "谁提请，经办留痕"),
    ("task_details", "owner_person", "任务清单是单位的文书；完成满三年清除内容"),
    ("standing", "person", "算出来的，随之重算"),
];

/// Something is still going on, or it is held.
pub fn refuse(desk: &Desk, person: Id<Person>, why: &mut Refusals) -> Result<()> {
    let is = |sql: &str| -> Result<bool> { Ok(desk.first(sql, &[person.number().into()])?.is_some()) };
    why.when(!is("select 1 from person_details where person = $1")?, "purge-nobody", "没有这个人的记录，或已经清除");
    why.when(is("select 1 from tenures where person = $1 and superseded is null and until_day is null")?, "purge-in-office", "还有现任职务，记录应当保存");
    let running = "select 1 from procedure_items i where i.person = $1
                      and not exists (select 1 from procedure_endings e where e.item = i.id or (e.procedure = i.procedure and e.item is null))";
    why.when(is(running)?, "purge-procedure", "有正在进行的选拔任用程序");
    let asked = "select 1 from corrections c where c.person = $1 and not exists (select 1 from correction_decisions d where d.correction = c.id)";
    why.when(is(asked)?, "purge-correction", "本人的更正申请还没有答复");
    let member = "select 1 from member_details d join members m on m.id = d.member where m.person = $1 and d.superseded is null and d.until_day is null";
    why.when(is(member)?, "purge-member", "党员组织关系还在本县");
    let charge = "select 1 from charge_details where person = $1 and superseded is null and until_day is null";
    why.when(is(charge)?, "purge-charge", "还有包联责任没有结束");
    why.when(is("select 1 from branch_committee where person = $1 and superseded is null and until_day is null")?, "purge-committee", "还在支部委员会任职");
    why.when(is("select 1 from accounts where person = $1 and closed is null")?, "purge-account", "账户还没有关闭");
    why.when(is("select 1 from purge_holds where subject = 'person' and number = $1 and superseded is null")?, "purge-held", "设了保留，不能清除；先解除保留");
    Ok(())
}

/// Every row of the record; what was emptied before is not found again.
pub fn rows(desk: &Desk, person: Id<Person>) -> Result<Vec<Found>> {
    let number = [person.number().into()];
    let mut out = Vec::new();
    for (table, test) in CHILDREN {
        let still = format!("({test}) and not exists (select 1 from purged_rows r where r.name = '{table}' and r.number = t.id)");
        out.extend(row::rows(desk, table, if row::emptied(table).is_some() { &still } else { test }, &number)?);
    }
    for table in OF_PERSON {
        // What the schedule only empties goes here with the rest.
        out.extend(row::rows_that(desk, table, "t.person = $1", &number, How::Delete)?);
    }
    Ok(out)
}
