//! 现状: today's answers to the facts that are kept, one row for each person.
//!
//! The only thing stored twice. It is filled by the facts' own SQL, refreshed in the transaction that changes a person,
//! rolled on when the day turns, rebuilt by `rebuild`, and a test holds it equal to the rows.

use super::question::{Question, column};
use super::{Implementation, implementations};
use institution::{Dictionary, Kind, Subject};
use store::{Result, Tx};
use vocabulary::Day;

/// Ways into the table that pages and searches take.
const INDEXES: &[(&str, &str)] = &[
    ("by_path", "organisation_path"),
    ("by_initials", "initials_index"),
    ("by_name", "name"),
    ("by_pinyin", "name_pinyin"),
    ("by_order", "organisation_order, post_order, name_strokes, person"),
    ("by_since", "post_since"),
    ("by_retirement", "retirement_day"),
    ("by_probation", "probation_until"),
    ("by_term", "term_until"),
];

/// Tables whose rows begin and end by day and so can change a kept answer overnight.
const DATED: &[&str] = &["tenures", "ranks", "memberships", "educations", "qualifications", "sanctions", "pools"];

fn kept() -> impl Iterator<Item = &'static Implementation> {
    implementations(Subject::Official).iter().filter(|i| i.kept)
}

fn sql_type(dictionary: &Dictionary, id: &str) -> &'static str {
    match dictionary.fact(id).map(|f| f.kind) {
        Some(Kind::Number | Kind::YesNo | Kind::Reference) => "bigint",
        None => "bigint", // an inner step: a row number
        _ => "text",
    }
}

/// What the table should look like: changes when the dictionary or the implementations do.
fn shape(dictionary: &Dictionary) -> String {
    use sha2::{Digest, Sha256};
    let mut all = String::new();
    for i in kept() {
        all.push_str(&format!("{} {} {:?}\n", i.id, sql_type(dictionary, i.id), i.answer));
    }
    // Codes are written into the SQL of some facts.
    for table in &dictionary.tables {
        for code in &table.values {
            all.push_str(&format!("{}{:?}{:?}", code.name, code.height, code.groups));
        }
    }
    Sha256::digest(all.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

fn setting(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(tx.first("select value from settings where name = $1", &[name.into()])?.map(|row| row.text(0).to_owned()))
}

fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    let sql = "insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    tx.execute(sql, &[name.into(), value.into()])?;
    Ok(())
}

/// Makes the table when it is missing or of another shape, and brings it to `today`.
pub fn prepare(tx: &mut Tx, dictionary: &Dictionary, today: Day) -> Result<()> {
    let shape = shape(dictionary);
    if tx.has_table("standing")? && setting(tx, "standing_shape")?.as_deref() == Some(&shape) {
        return roll(tx, dictionary, today);
    }
    create(tx, dictionary)?;
    set(tx, "standing_shape", &shape)?;
    rebuild(tx, dictionary, today)
}

fn create(tx: &mut Tx, dictionary: &Dictionary) -> Result<()> {
    let columns: Vec<String> = kept().map(|i| format!("{} {}", column(i.id), sql_type(dictionary, i.id))).collect();
    tx.batch(&format!("drop table if exists standing; create table standing (person bigint primary key, {})", columns.join(", ")))?;
    let names: Vec<String> = kept().map(|i| column(i.id)).collect();
    for (name, on) in INDEXES {
        let on = on.replace("initials_index", "name_initials");
        if on.split(", ").all(|c| c == "person" || names.iter().any(|n| n == c)) {
            tx.batch(&format!("create index standing_{name} on standing ({on})"))?;
        }
    }
    Ok(())
}

/// Asks every kept fact anew of everybody.
pub fn rebuild(tx: &mut Tx, dictionary: &Dictionary, today: Day) -> Result<()> {
    // First, because a database without statistics walks the wrong index: the time grew with the square of the people.
    tx.analyze()?;
    tx.execute("delete from standing", &[])?;
    fill(tx, dictionary, today, None)?;
    set(tx, "standing_day", &today.to_string())?;
    tx.analyze_table("standing")
}

fn fill(tx: &mut Tx, dictionary: &Dictionary, today: Day, only: Option<String>) -> Result<()> {
    let mut question = Question::new(dictionary, today, None, false);
    question.only = only;
    let (mut columns, mut values) = (vec!["person".to_owned()], vec!["s.id".to_owned()]);
    for i in kept() {
        columns.push(column(i.id));
        values.push(question.value(Subject::Official, i.id));
    }
    let sql = format!(
        "insert into standing ({}) select {} from {} where 1 = 1",
        columns.join(", "),
        values.join(", "),
        question.from(Subject::Official),
    );
    tx.execute(&sql, &[])?;
    Ok(())
}

/// Asks anew of these people, before the transaction that changed them commits.
pub fn keep(tx: &mut Tx, dictionary: &Dictionary, today: Day, people: &[i64]) -> Result<()> {
    for chunk in people.chunks(400) {
        let list: Vec<String> = chunk.iter().map(i64::to_string).collect();
        let list = list.join(", ");
        tx.execute(&format!("delete from standing where person in ({list})"), &[])?;
        fill(tx, dictionary, today, Some(list))?;
    }
    Ok(())
}

/// The day has turned: asks anew of everybody for whom something began or ended since.
pub fn roll(tx: &mut Tx, dictionary: &Dictionary, today: Day) -> Result<()> {
    let kept_day = setting(tx, "standing_day")?;
    let today_text = today.to_string();
    match kept_day.as_deref() {
        Some(day) if day == today_text => Ok(()),
        Some(day) if day[..4] == today_text[..4] && day < today_text.as_str() => {
            let mut people = Vec::new();
            for table in DATED {
                // A month that has just begun was written `2026-11` and begins on its first day: it sorts before it.
                let sql = format!(
                    "select distinct person from {table} where superseded is null and \
                     ((from_day > $1 and from_day <= $2) or (until_day > $1 and until_day <= $2))"
                );
                let rows = tx.rows(&sql, &[day.into(), today_text.as_str().into()])?;
                people.extend(rows.iter().map(|row| row.int(0)));
            }
            let probation = "select distinct person from tenures where superseded is null and probation_until > $1 and probation_until <= $2";
            people.extend(tx.rows(probation, &[day.into(), today_text.as_str().into()])?.iter().map(|row| row.int(0)));
            people.sort_unstable();
            people.dedup();
            keep(tx, dictionary, today, &people)?;
            set(tx, "standing_day", &today_text)
        }
        // Another year counts appraisals anew; going back is a test or a wrong clock: ask everybody.
        _ => rebuild(tx, dictionary, today),
    }
}
