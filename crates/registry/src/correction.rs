//! 更正机构: mends what was said of an organisation, by a new version that names the one it corrects.

use crate::organisation::Unit;
use crate::{Desk, Error, Result};
use store::Param;

/// Puts `unit` in the place of what is held of it now, inside an operation whose journal entry is `entry`.
/// Period, parent and path stay as they are. Refuses when somebody was faster.
pub fn of_organisation(desk: &mut Desk, unit: &Unit, entry: i64) -> Result<()> {
    let known = desk.question_of_rows().now_filter("d");
    let sql = format!("select d.id from organisation_details d where d.organisation = $1 and {known} order by d.id desc limit 1");
    let row = desk.first(&sql, &[unit.id.number().into()])?;
    let old = row.ok_or_else(|| Error::NotFound(format!("机构{}", unit.name)))?.int(0);
    let withdrawn = "update organisation_details set superseded = $1 where id = $2 and superseded is null";
    if desk.execute(withdrawn, &[entry.into(), old.into()])? != 1 {
        return Err(Error::Changed(format!("机构{}", unit.name)));
    }
    let columns = [
        "organisation", "parent", "path", "name", "short_name", "kind", "level", "code", "team_size", "order_no", "from_day",
        "until_day", "corrects", "entered",
    ];
    let values: [Param; 14] = [
        unit.id.number().into(),
        unit.parent.map(|p| p.number()).into(),
        (&unit.path).into(),
        (&unit.name).into(),
        (&unit.short_name).into(),
        unit.kind.as_deref().into(),
        unit.level.as_deref().into(),
        unit.code.as_deref().into(),
        unit.team_size.into(),
        unit.order_no.into(),
        unit.from_day.to_string().into(),
        unit.until_day.map(|d| d.to_string()).into(),
        old.into(),
        entry.into(),
    ];
    desk.insert("organisation_details", &columns, &values)?;
    Ok(())
}
