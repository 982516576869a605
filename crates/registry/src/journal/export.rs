//! 导出: the journal as a stranger's verifier reads it: `journal.jsonl`, the checkpoints, the public key.

use super::tree::hash;
use crate::{Error, Result};
use std::io::Write;
use std::path::Path;
use store::Tx;
use vault::{Keys, hex};

/// Writes the three files into `folder`, which is made. Answers how many entries.
pub fn export(tx: &mut Tx, keys: &Keys, folder: &Path) -> Result<u64> {
    let failed = |e: std::io::Error| Error::Wrong(format!("不能写入 {}：{e}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::write(folder.join("key.pub"), format!("{}\n", keys.signer().verifier().line())).map_err(failed)?;
    let mut notes = String::new();
    for row in tx.rows("select note from checkpoints order by id", &[])? {
        notes.push_str(row.text(0));
        notes.push('\n');
    }
    std::fs::write(folder.join("checkpoints.txt"), notes).map_err(failed)?;
    let file = std::fs::File::create(folder.join("journal.jsonl")).map_err(failed)?;
    let mut out = std::io::BufWriter::new(file);
    let mut count = 0;
    tx.each(
        "select position, id, at, actor, act, subject, source, commitment, salt, number, says, detail from journal where position is not null order by position",
        &[],
        |row| {
            let payload = row.bytes(8).map(|_| serde_json::json!({ "detail": row.opt_text(11), "number": row.opt_int(9), "says": row.text(10) }));
            let line = serde_json::json!({
                "position": row.int(0),
                "entry": row.int(1),
                "at": row.text(2),
                "actor": row.text(3),
                "act": row.text(4),
                "subject": row.text(5),
                "source": row.opt_int(6),
                "commitment": hex(&hash(row.bytes(7))),
                "salt": row.bytes(8).map(hex),
                "payload": payload,
            });
            count += 1;
            writeln!(out, "{line}").map_err(failed)
        },
    )?;
    out.flush().map_err(failed)?;
    Ok(count)
}
