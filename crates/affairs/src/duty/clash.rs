//! 一人两处: the same person at two places within an hour. A question to the person, never an accusation.

use super::Completion;
use crate::Result;
use institution::Duty;
use registry::Desk;
use vocabulary::{Finding, Weight};

/// Minutes between two visits below which somebody is asked.
const CLOSE: i64 = 60;

/// `14:30` as minutes of the day.
pub(super) fn minutes(time: &str) -> Option<i64> {
    let (h, m) = time.trim().split_once([':', '：'])?;
    let (h, m) = (h.parse::<i64>().ok()?, m.parse::<i64>().ok()?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some(h * 60 + m)
}

/// What is to be asked before a visit is kept; nothing when it was answered already.
pub(super) fn question(desk: &Desk, duty: &Duty, unit: i64, given: &Completion) -> Result<Option<Finding>> {
    let (Some(person), Some(at)) = (given.person, given.at.as_deref().and_then(minutes)) else { return Ok(None) };
    if !given.explained.trim().is_empty() {
        return Ok(None);
    }
    let sql = "select m.at_time, m.unit, o.duty from duty_marks m join duty_occurrences o on o.id = m.slot
                where m.person = $1 and m.on_day = $2 and m.at_time is not null and m.superseded is null order by m.at_time, m.id";
    for row in desk.rows(sql, &[person.into(), given.on.to_string().into()])? {
        let other = row.text(0);
        if (row.int(1), row.text(2)) == (unit, &*duty.key) || minutes(other).is_none_or(|m| (m - at).abs() >= CLOSE) {
            continue;
        }
        let Some(there) = desk.book.duty(row.text(2)) else { continue };
        let place = super::unit(desk, there.of, row.int(1)).map_or_else(|_| "另一处".into(), |u| u.title);
        let says = format!("同一天 {other} 在“{place}”已有一次走访记录，与这一次（{}）相隔不到一小时", given.at.as_deref().unwrap_or_default());
        return Ok(Some(Finding {
            rule: "two-places".into(),
            weight: Weight::Warn,
            says,
            citation: duty.source.clone(),
            saw: vec![],
            due: None,
            next: Some("请核对时间；两处相邻等情况属实的，写一句说明再提交".into()),
            unsure: false,
        }));
    }
    Ok(None)
}
