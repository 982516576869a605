//! 简历: its lines stand in the order of time, whatever the order in which they are entered.

use super::Control::{Date, Long, One, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, field, held, needed, number, otherwise, text};
use crate::dated::Noun;
use crate::rows::ResumeLine;
use crate::{Desk, Result};

pub const PART: Part = Part {
    id: "resume_lines",
    noun: "resume",
    title: "简历",
    of: Of::Person,
    table: ResumeLine::TABLE,
    columns: ResumeLine::COLUMNS,
    order: ResumeLine::ORDER,
    corrects: false,
    single: false,
    fields: &[
        needed("kind", "类别", One(&["工作", "学习", "说明"])),
        field("from_day", "起", Date),
        field("until_day", "止", Date),
        needed("text", "经历", Text),
        super::Field { hint: "一行一条，不写括号", ..field("notes", "其间", Long) },
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Withdraw],
    named_by: &["from_day", "text"],
    own: Own { complete, follow: in_order_of_time, ..Own::NOTHING },
};

fn complete(desk: &Desk, whose: Whose, values: &mut Values) -> Result<()> {
    otherwise(values, "notes", "");
    if number(values, "order_no").is_none() {
        let last = desk.one("select coalesce(max(order_no), 0) from resume_lines where person = $1 and superseded is null", &[whose.number.into()])?;
        values.insert("order_no", (last.int(0) + 1).into());
    }
    Ok(())
}

/// Lines whose place has moved are entered anew with their place; 说明 stays below.
fn in_order_of_time(desk: &mut Desk, intended: &Intended, entry: i64) -> Result<()> {
    let mut lines = held::of(desk, intended.part, intended.whose)?;
    let note = |values: &Values| text(values, "kind").as_deref() == Some("说明");
    let sorted_before = lines.windows(2).all(|pair| (note(&pair[0].values), text(&pair[0].values, "from_day")) <= (note(&pair[1].values), text(&pair[1].values, "from_day")));
    if sorted_before {
        return Ok(());
    }
    // Stable: lines without a date, or of one month, keep their order.
    lines.sort_by_key(|l| (note(&l.values), text(&l.values, "from_day")));
    for (at, line) in lines.iter().enumerate() {
        let place = at as i64 + 1;
        if number(&line.values, "order_no") == Some(place) {
            continue;
        }
        let mut moved = line.values.clone();
        moved.insert("order_no", place.into());
        if line.entered == entry {
            // Nobody has seen this row before the commit.
            desk.execute("update resume_lines set order_no = $1 where id = $2", &[place.into(), line.id.into()])?;
        } else {
            held::supersede(desk, intended.part, intended.whose, line.id, entry)?;
            held::insert(desk, intended.part, intended.whose, &moved, entry, None)?;
        }
    }
    Ok(())
}
