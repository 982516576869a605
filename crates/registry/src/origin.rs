//! 来历: when and from where we learned what many rows say, asked at once for a page that shows all of them.

use crate::{Desk, Result};
use std::collections::BTreeMap;

/// One journal number, as the page says it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// The day on which it was learned.
    pub day: String,
    /// `2026-11-22 由“张三.lrmx”导入`
    pub says: String,
}

/// The origins of these journal numbers (`entered` of rows), in one statement.
pub fn of(desk: &Desk, entered: &[i64]) -> Result<BTreeMap<i64, Origin>> {
    let mut numbers: Vec<i64> = entered.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let mut out = BTreeMap::new();
    for chunk in numbers.chunks(500) {
        let list: Vec<String> = chunk.iter().map(i64::to_string).collect();
        let sql = format!(
            "select j.id, substr(j.at, 1, 10), j.actor, s.name, j.says
               from journal j left join sources s on s.id = j.source where j.id in ({})",
            list.join(", "),
        );
        for row in desk.rows(&sql, &[])? {
            let (day, actor) = (row.text(1), row.text(2));
            let says = match row.opt_text(3) {
                Some(file) => format!("{day} 由“{file}”导入"),
                None => format!("{day} {actor}：{}", row.text(4)),
            };
            out.insert(row.int(0), Origin { day: day.to_owned(), says });
        }
    }
    Ok(out)
}
