//! 更正: a few mistakes that were entered and mended later, so that "as known on that day" has something to show.

use crate::book::{self, Table};
use crate::chance::{Chance, For};
use crate::error::Result;
use crate::Plan;
use store::Tx;
use vocabulary::Moment;

/// One kind of mistake: the column that was wrong, what it said, the sentence of the journal.
struct Mistake {
    days_before: i64,
    table: Table,
    column: &'static str,
    wrong: &'static str,
    says: &'static str,
    /// Which of the person's rows.
    row: &'static str,
}

const MISTAKES: [Mistake; 6] = [
    Mistake { days_before: 12, table: Table::PersonDetail, column: "joined_work", wrong: "2016-11", says: "更正参加工作时间：原录入 2016.11，与档案不符", row: "true" },
    Mistake { days_before: 12, table: Table::PersonDetail, column: "native_place", wrong: "云岭", says: "更正籍贯：原录入不完整", row: "true" },
    Mistake { days_before: 9, table: Table::PersonDetail, column: "born", wrong: "1981-01", says: "更正出生年月：按最早材料认定", row: "true" },
    Mistake { days_before: 5, table: Table::Appraisal, column: "grade", wrong: "称职", says: "更正年度考核等次：原录入为称职", row: "grade = '优秀'" },
    Mistake { days_before: 2, table: Table::Education, column: "school", wrong: "云岭学院", says: "更正毕业院校：学校名称有误", row: "school is not null" },
    Mistake { days_before: 1, table: Table::Relative, column: "work", wrong: "待业", says: "更正家庭成员工作单位", row: "true" },
];

/// Two of each kind among the first county's people from number `first` on; answers how many were mended.
pub fn mend(tx: &mut Tx, plan: &Plan, first: i64, last: i64) -> Result<u64> {
    let mut mended = 0;
    for (kind, mistake) in MISTAKES.iter().enumerate() {
        let at = Moment(plan.moment.0 - mistake.days_before * 86_400);
        for n in 0..2 {
            let mut chance = Chance::of(plan.seed, 0, For::Correction, (kind * 2 + n) as u64);
            let person = first + chance.below((last - first).max(1) as usize) as i64;
            mended += u64::from(one(tx, mistake, person, last, at)?);
        }
    }
    Ok(mended)
}

/// The first fitting row of somebody from `person` on.
fn one(tx: &mut Tx, mistake: &Mistake, person: i64, last: i64, at: Moment) -> Result<bool> {
    let (table, columns) = book::sheet(mistake.table);
    let condition = if mistake.row == "true" { "1 = 1" } else { mistake.row };
    // People with an odd record are left to the checks; the named ones have numbers below `first` or fixed rows.
    let find = format!(
        "select id, person from {table} where person >= $1 and person < $2 and superseded is null and corrects is null and {condition} \
         and {column} is not null order by person, id limit 1",
        column = mistake.column
    );
    let Some(row) = tx.first(&find, &[person.into(), last.into()])? else { return Ok(false) };
    let (id, person) = (row.int(0), row.int(1));
    let journal = tx.insert(
        "journal",
        &["at", "actor", "act", "subject", "number", "says"],
        &[at.to_string().into(), "程序".into(), "person.correct".into(), "person".into(), person.into(), mistake.says.into()],
    )?;
    let columns = columns.join(", ");
    tx.execute(&format!("update {table} set superseded = $1 where id = $2"), &[journal.into(), id.into()])?;
    tx.execute(
        &format!("insert into {table} ({columns}, corrects, entered) select {columns}, id, cast($1 as bigint) from {table} where id = $2"),
        &[journal.into(), id.into()],
    )?;
    let wrong = tx.closed(table, mistake.column, mistake.wrong);
    // What was entered at first was wrong: only now, when the right row has been copied.
    tx.execute(&format!("update {table} set {} = $1 where id = $2", mistake.column), &[wrong, id.into()])?;
    Ok(true)
}
