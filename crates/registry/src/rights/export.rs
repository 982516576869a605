//! 导出登记: who took records out of the house, when, for what. The row is there before the first byte leaves.

use crate::desk::Happened;
use crate::{Desk, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What is about to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun<'a> {
    /// Title of the ledger or of the form.
    pub what: &'a str,
    /// The address that was asked, or the words of the command line.
    pub address: &'a str,
    pub format: &'a str,
    pub purpose: &'a str,
    pub ticket: Option<i64>,
}

/// What an export carries: its number, the key of its hidden mark, and the words of its visible one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub number: i64,
    pub key: [u8; 32],
    pub visible: String,
}

/// One export, for the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Export {
    pub number: i64,
    pub at: String,
    pub shown: String,
    pub what: String,
    pub address: String,
    pub format: String,
    pub purpose: String,
    pub ticket: Option<i64>,
    /// Subjects in it; none when it broke off.
    pub lines: Option<i64>,
    pub bytes: Option<i64>,
    pub checksum: Option<String>,
}

const SECRET: &str = "export_mark_secret";

/// The secret of this site from which every hidden mark is made; made at the first export, and kept sealed.
pub fn secret(desk: &mut Desk) -> Result<String> {
    if let Some(row) = desk.first("select value from settings where name = $1", &[SECRET.into()])? {
        return Ok(row.text(0).to_owned());
    }
    let bytes: [u8; 32] = rand::random();
    let secret: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let kept = desk.keys.sealer().seal(&vault::seal::Value::Text(secret.clone()));
    desk.execute("insert into settings (name, value) values ($1, $2)", &[SECRET.into(), kept.into()])?;
    Ok(secret)
}

fn key(secret: &str, number: i64) -> [u8; 32] {
    Sha256::digest(format!("export mark 1:{secret}:{number}").as_bytes()).into()
}

/// Notes the export and answers what marks it. If this cannot be written, nothing is exported.
pub fn begin(desk: &mut Desk, begun: &Begun) -> Result<Marked> {
    let secret = secret(desk)?;
    let says = format!("导出“{}”（{}）", begun.what, begun.format);
    let entry = desk.noted(Happened { act: "export.begin", subject: "export", number: None, says })?;
    let at = desk.moment.to_string();
    let number = desk.insert(
        "exports",
        &["at", "account", "shown", "what", "address", "format", "purpose", "ticket", "as_of", "entered"],
        &[
            at.as_str().into(),
            desk.actor.account.map(|a| a.number()).into(),
            desk.actor.shown.as_str().into(),
            begun.what.into(),
            begun.address.into(),
            begun.format.into(),
            begun.purpose.into(),
            begun.ticket.into(),
            desk.day().to_string().into(),
            entry.into(),
        ],
    )?;
    let why = if begun.purpose.is_empty() { String::new() } else { format!("　用途：{}", begun.purpose) };
    let visible = format!("导出编号 {number}　{}　{}{why}　内部资料，注意保管", desk.actor.shown, at.get(..16).unwrap_or(&at).replace('T', " "));
    Ok(Marked { number, key: key(&secret, number), visible })
}

/// The file has left whole. Not an entry of the journal: the export itself is one.
pub fn end(desk: &mut Desk, number: i64, lines: u64, bytes: u64, checksum: &str) -> Result<()> {
    let values = [number.into(), i64::try_from(lines).unwrap_or(i64::MAX).into(), i64::try_from(bytes).unwrap_or(i64::MAX).into(), checksum.into()];
    desk.insert("export_files", &["export", "lines", "bytes", "checksum"], &values)?;
    Ok(())
}

fn read(row: &store::Row) -> Export {
    Export {
        number: row.int(0),
        at: row.text(1).into(),
        shown: row.text(2).into(),
        what: row.text(3).into(),
        address: row.text(4).into(),
        format: row.text(5).into(),
        purpose: row.text(6).into(),
        ticket: row.opt_int(7),
        lines: row.opt_int(8),
        bytes: row.opt_int(9),
        checksum: row.opt_string(10),
    }
}

/// Exports, the newest first.
pub fn list(desk: &Desk, skip: usize, most: usize) -> Result<Vec<Export>> {
    let sql = format!(
        "select e.id, e.at, e.shown, e.what, e.address, e.format, e.purpose, e.ticket, f.lines, f.bytes, f.checksum
           from exports e left join export_files f on f.export = e.id
          order by e.id desc limit {most} offset {skip}"
    );
    Ok(desk.rows(&sql, &[])?.iter().map(read).collect())
}

/// Every export with the key of its mark: for whoever looks for the source of a file.
pub fn candidates(desk: &Desk) -> Result<Vec<(Export, [u8; 32])>> {
    let Some(secret) = desk.first("select value from settings where name = $1", &[SECRET.into()])? else { return Ok(vec![]) };
    let secret = secret.text(0).to_owned();
    Ok(list(desk, 0, 1_000_000)?.into_iter().map(|e| { let key = key(&secret, e.number); (e, key) }).collect())
}
