//! 办理记录: what is on file of occurrences.

use crate::Result;
use institution::Duty;
use institution::duty::Mark;
use registry::Desk;
use std::collections::HashMap;

/// One mark that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub id: i64,
    pub mark: Mark,
}

/// Marks by duty, unit and occurrence.
pub(crate) type Marks = HashMap<(String, i64, String), Marked>;

/// Marks `t` that hold: as they were known, and of a day that is past only what was done by then.
pub(crate) fn holding(desk: &Desk, t: &str) -> String {
    let known = desk.question_of_rows().known_filter(t);
    if desk.day() < desk.today { format!("{known} and {t}.on_day <= '{}'", desk.day()) } else { known }
}

/// What these units did of these duties.
pub(crate) fn of(desk: &Desk, duties: &[&Duty], units: &[i64]) -> Result<Marks> {
    let mut found = Marks::new();
    if duties.is_empty() {
        return Ok(found);
    }
    let known = holding(desk, "m");
    let keys: Vec<String> = duties.iter().map(|d| format!("'{}'", d.key.replace('\'', "''"))).collect();
    for chunk in units.chunks(500) {
        let list: Vec<String> = chunk.iter().map(i64::to_string).collect();
        // From the few occurrences to the units, as the index stands.
        let sql = format!(
            "select o.duty, m.unit, o.occurrence, m.id, m.kind, m.on_day from duty_occurrences o
               join duty_marks m on m.slot = o.id and {known}
              where o.duty in ({}) and m.unit in ({})",
            keys.join(", "),
            list.join(", ")
        );
        for row in desk.rows(&sql, &[])? {
            let mark = match (row.text(4), row.text(5).parse()) {
                ("done", Ok(day)) => Mark::Done(day),
                _ => Mark::Excused,
            };
            found.insert((row.text(0).into(), row.int(1), row.text(2).into()), Marked { id: row.int(3), mark });
        }
    }
    Ok(found)
}

/// Number of an occurrence, if anybody was ever marked in it.
pub(crate) fn slot_number(desk: &Desk, duty: &str, occurrence: &str) -> Result<Option<i64>> {
    let row = desk.first("select id from duty_occurrences where duty = $1 and occurrence = $2", &[duty.into(), occurrence.into()])?;
    Ok(row.map(|r| r.int(0)))
}

/// The same, numbered now if nobody was.
pub(crate) fn number_slot(desk: &mut Desk, duty: &str, occurrence: &str) -> Result<i64> {
    if let Some(id) = slot_number(desk, duty, occurrence)? {
        return Ok(id);
    }
    Ok(desk.insert("duty_occurrences", &["duty", "occurrence"], &[duty.into(), occurrence.into()])?)
}
