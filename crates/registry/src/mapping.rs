//! 列对应: what the columns of a kind of roster mean, remembered by the fingerprint of its heads.

use crate::{Desk, Result};

/// The mapping that was last said for these heads, as JSON.
pub fn remembered(desk: &Desk, fingerprint: &str) -> Result<Option<String>> {
    let sql = "select mapping from mappings where fingerprint = $1 and superseded is null order by id desc limit 1";
    Ok(desk.first(sql, &[fingerprint.into()])?.and_then(|r| r.opt_string(0)))
}

/// Remembers `mapping` (JSON) for these heads, true from journal number `entry` on. The same again changes nothing.
pub fn remember(desk: &mut Desk, fingerprint: &str, heads: &str, mapping: &str, entry: i64) -> Result<()> {
    if remembered(desk, fingerprint)?.as_deref() == Some(mapping) {
        return Ok(());
    }
    let old = "update mappings set superseded = $1 where fingerprint = $2 and superseded is null";
    desk.execute(old, &[entry.into(), fingerprint.into()])?;
    let values = [fingerprint.into(), heads.into(), mapping.into(), entry.into()];
    desk.insert("mappings", &["fingerprint", "heads", "mapping", "entered"], &values)?;
    Ok(())
}
