//! 封存: which columns are kept as tokens, and how they get there. Every insert passes here, below the desk, so nobody
//! can forget it; every select opens what it reads, so nobody needs to know it. What SQL itself would have to compare
//! (a condition on such a fact, an ID number) is asked otherwise: by the blind index, or natively (`ledger::sealed`).

use crate::Result;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Codec, Param, Tx};
use vault::Keys;
use vault::seal::{Sealer, Value};

/// Table and columns. Free texts, identifiers, answers about the family, files and photos; codes out of a closed table
/// and days stay in the clear, see decision 0017. Whoever makes a table with such a column adds it here.
pub const SEALED: &[(&str, &[&str])] = &[
    ("person_details", &["id_number", "health", "spouse_emigrated", "children_emigrated", "has_children", "remark"]),
    ("relatives", &["name", "born", "party", "work"]),
    ("sanctions", &["name", "organ"]),
    ("awards", &["name", "organ"]),
    ("form_texts", &["text"]),
    ("sources", &["bytes"]),
    ("photos", &["bytes"]),
    ("drafts", &["content"]),
    ("procedure_items", &["reason", "exception", "facts"]),
    ("procedure_steps", &["data"]),
    ("procedure_papers", &["bytes", "content"]),
    ("procedure_endings", &["reason"]),
    ("procedure_roll", &["why"]),
    ("procedure_recusals", &["reason"]),
    ("procedure_answers", &["reason", "facts"]),
    ("cases", &["words", "named", "place_words"]),
    ("case_deeds", &["data"]),
    ("case_reporters", &["name", "phone"]),
    ("case_files", &["bytes"]),
    ("ballots", &["tally_key", "result"]),
    ("corrections", &["old", "proposed", "typed", "reason"]),
    ("correction_papers", &["bytes"]),
    ("correction_appeals", &["reason"]),
    ("correction_decisions", &["reasons"]),
    ("statements", &["text"]),
    ("hooks", &["secret"]),
    ("duty_roll", &["why"]),
    ("duty_files", &["bytes"]),
    ("duty_excuses", &["note", "opinion"]),
    ("factors", &["secret"]),
    ("register_details", &["guarded"]),
    ("point_spendings", &["why"]),
];

/// Settings that are secrets. `settings` has no row number and holds much in the clear, so they are named one by one.
pub const SEALED_SETTINGS: &[&str] = &["export_mark_secret"];

/// Columns that were whole numbers before they were sealed, and where the old value lies.
const WERE_NUMBERS: [(&str, &str); 3] =
    [("spouse_emigrated", "spouse_emigrated_before"), ("children_emigrated", "children_emigrated_before"), ("has_children", "has_children_before")];

/// Columns that are looked up by equality, and what stands beside them for it.
const INDEXED: [(&str, &str, &str); 2] =
    [("person_details", "id_number", "id_number_index"), ("relatives", "name", "name_index")];

fn beside(table: &str, column: &str) -> Option<&'static str> {
    INDEXED.into_iter().find(|(t, c, _)| (*t, *c) == (table, column)).map(|(.., beside)| beside)
}

pub(crate) struct Sealing(pub Arc<Keys>);

impl Codec for Sealing {
    fn keeps(&self, table: &str, column: &str) -> bool {
        SEALED.iter().any(|(t, columns)| *t == table && columns.contains(&column))
    }
    fn beside(&self, table: &str, column: &str) -> Option<&'static str> {
        beside(table, column)
    }
    fn close(&self, value: &Param) -> Param {
        close(&self.0, value)
    }
    fn index(&self, table: &str, _: &str, value: &Param) -> Param {
        index(&self.0, table, value)
    }
    fn open(&self, value: Param) -> store::Result<Param> {
        open(&self.0, value)
    }
}

/// Blind index of an ID number, whatever the case of its last letter.
pub fn id_number_index(keys: &Keys, number: &str) -> String {
    keys.index("person_details.id_number", &number.trim().to_uppercase())
}

/// Blind index of the name of a relative.
pub fn relative_index(keys: &Keys, name: &str) -> String {
    keys.index("relatives.name", name.trim())
}

fn index(keys: &Keys, table: &str, value: &Param) -> Param {
    match (table, value) {
        ("relatives", Param::Text(name)) => relative_index(keys, name).into(),
        (_, Param::Text(number)) => id_number_index(keys, number).into(),
        _ => Param::Null,
    }
}

fn close(keys: &Keys, value: &Param) -> Param {
    match value {
        Param::Null => Param::Null,
        Param::Int(n) => keys.sealer().seal(&Value::Int(*n)).into(),
        Param::Text(text) => keys.sealer().seal(&Value::Text(text.to_string())).into(),
        Param::Bytes(bytes) => keys.sealer().seal_file(bytes)[..].into(),
    }
}

fn open(keys: &Keys, value: Param) -> store::Result<Param> {
    let broken = |e: vault::Error| store::Error::Kept(format!("封存的内容{e}"));
    Ok(match &value {
        Param::Text(text) => match keys.sealer().open(text).map_err(broken)? {
            Some(Value::Text(text)) => text.into(),
            Some(Value::Int(n)) => n.into(),
            None => value,
        },
        Param::Bytes(bytes) => match keys.sealer().open_file(bytes).map_err(broken)? {
            Some(bytes) => bytes[..].into(),
            None => value,
        },
        _ => value,
    })
}

/// Number of the key by which a value is sealed; 0 in the clear.
fn key_of(value: &Param) -> u32 {
    match value {
        Param::Text(text) => Sealer::key_of(text).unwrap_or(0),
        Param::Bytes(bytes) => Sealer::key_of_file(bytes).unwrap_or(0),
        _ => 0,
    }
}

/// Seals what is in the clear or under an older key. Answers how many values. Every row once, in steps that memory holds.
pub fn seal_all(tx: &mut Tx, keys: &Keys) -> Result<u64> {
    let newest = keys.sealer().newest();
    let mut sealed = numbers(tx, keys)? + settings(tx, keys, newest)?;
    for (table, columns) in SEALED {
        let select = format!("select id, {} from {table} where id > $1 order by id limit 200", columns.join(", "));
        let mut last = i64::MIN;
        loop {
            let mut rows = Vec::new();
            tx.each_as_kept(&select, &[last.into()], |row| {
                rows.push(row);
                Ok::<(), store::Error>(())
            })?;
            let Some(end) = rows.last() else { break };
            last = end.int(0);
            for row in &rows {
                for (at, column) in columns.iter().enumerate() {
                    let value = row.param(at + 1);
                    if *value == Param::Null || key_of(value) == newest {
                        continue;
                    }
                    let plain = of_its_kind(column, open(keys, value.clone())?);
                    let id = row.int(0);
                    tx.execute(&format!("update {table} set {column} = $1 where id = $2"), &[close(keys, &plain), id.into()])?;
                    if let Some(beside) = beside(table, column) {
                        tx.execute(&format!("update {table} set {beside} = $1 where id = $2"), &[index(keys, table, &plain), id.into()])?;
                    }
                    sealed += 1;
                }
            }
        }
    }
    Ok(sealed)
}

/// A text column that holds yes or no in the clear gave it back as a text.
fn of_its_kind(column: &str, plain: Param) -> Param {
    match &plain {
        Param::Text(text) if WERE_NUMBERS.iter().any(|(c, _)| *c == column) => text.parse::<i64>().map_or(plain.clone(), Param::Int),
        _ => plain,
    }
}

/// The answers that were numbers move into their new columns.
fn numbers(tx: &mut Tx, keys: &Keys) -> Result<u64> {
    let mut moved = 0;
    for (column, before) in WERE_NUMBERS {
        for row in tx.rows(&format!("select id, {before} from person_details where {before} is not null"), &[])? {
            let token = close(keys, row.param(1));
            tx.execute(&format!("update person_details set {column} = $1, {before} = null where id = $2"), &[token, row.int(0).into()])?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// The secrets among the settings.
fn settings(tx: &mut Tx, keys: &Keys, newest: u32) -> Result<u64> {
    let mut sealed = 0;
    for name in SEALED_SETTINGS {
        let mut found = None;
        tx.each_as_kept("select value from settings where name = $1", &[(*name).into()], |row| {
            found = Some(row.param(0).clone());
            Ok::<(), store::Error>(())
        })?;
        let Some(value) = found.filter(|value| key_of(value) != newest) else { continue };
        let plain = open(keys, value)?;
        tx.execute("update settings set value = $1 where name = $2", &[close(keys, &plain), (*name).into()])?;
        sealed += 1;
    }
    Ok(sealed)
}

/// What is sealed, in one word: another list means that there is something to seal.
fn print() -> String {
    let columns = SEALED.iter().flat_map(|(table, columns)| columns.iter().map(move |column| format!("{table}.{column}")));
    let mut all: Vec<String> = columns.chain(SEALED_SETTINGS.iter().map(|name| format!("settings:{name}"))).collect();
    all.sort();
    format!("{} {}", all.len(), vault::hex(&Sha256::digest(all.join(" "))[..8]))
}

/// At the start: seals everything, once for each list of what is sealed. True when anything was sealed, so that what was
/// kept of it is asked anew.
pub(crate) fn prepare(tx: &mut Tx, keys: &Keys) -> Result<bool> {
    let print = print();
    let known = tx.first("select value from settings where name = 'sealed'", &[])?.map(|row| row.text(0).to_owned());
    if known.as_ref() == Some(&print) {
        return Ok(false);
    }
    let sealed = seal_all(tx, keys)?;
    match known {
        Some(_) => tx.execute("update settings set value = $1 where name = 'sealed'", &[print.into()])?,
        None => tx.execute("insert into settings (name, value) values ('sealed', $1)", &[print.into()])?,
    };
    Ok(sealed > 0)
}
