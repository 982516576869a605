//! Rows with two times: how they are read, added, corrected and withdrawn. One way for all nouns.

use crate::facts::Question;
use crate::{Desk, Error, Person, Result};
use store::{Param, Row};
use vocabulary::{Date, Id};

/// A noun whose rows hang on a person and carry two times.
pub trait Noun: Sized {
    const TABLE: &'static str;
    /// Columns of its own, without id, person, corrects, entered, superseded.
    const COLUMNS: &'static [&'static str];
    /// Order in which people expect to read them.
    const ORDER: &'static str;
    /// Does the table say which row a row corrects?
    const CORRECTS: bool;
    fn read(row: &Row, first: usize) -> Result<Self>;
    fn params(&self) -> Vec<Param>;
}

/// A row as the table holds it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stored<T> {
    pub id: i64,
    pub person: Id<Person>,
    pub corrects: Option<i64>,
    /// Journal number since when we hold it to be true, and until when.
    pub entered: i64,
    pub superseded: Option<i64>,
    #[serde(flatten)]
    pub row: T,
}

fn select<T: Noun>() -> String {
    let corrects = if T::CORRECTS { "t.corrects" } else { "null" };
    let columns: Vec<String> = T::COLUMNS.iter().map(|c| format!("t.{c}")).collect();
    format!("select t.id, t.person, {corrects}, t.entered, t.superseded, {} from {} t", columns.join(", "), T::TABLE)
}

fn stored<T: Noun>(row: &Row) -> Result<Stored<T>> {
    Ok(Stored {
        id: row.int(0),
        person: Id::new(row.int(1)),
        corrects: row.opt_int(2),
        entered: row.int(3),
        superseded: row.opt_int(4),
        row: T::read(row, 5)?,
    })
}

/// All rows of a person as known at the desk's moment, past and present.
pub fn of<T: Noun>(desk: &Desk, person: Id<Person>) -> Result<Vec<Stored<T>>> {
    let known = known(&desk.question_of_rows());
    let sql = format!("{} where t.person = $1 and {known} order by {}", select::<T>(), T::ORDER);
    desk.rows(&sql, &[person.number().into()])?.iter().map(stored).collect()
}

/// Rows that were corrected or withdrawn as well: the whole story.
pub fn history<T: Noun>(desk: &Desk, person: Id<Person>) -> Result<Vec<Stored<T>>> {
    let sql = format!("{} where t.person = $1 order by {}, t.entered", select::<T>(), T::ORDER);
    desk.rows(&sql, &[person.number().into()])?.iter().map(stored).collect()
}

/// Of many people at once, for imports and batches of forms.
pub fn of_many<T: Noun>(desk: &Desk, people: &[i64]) -> Result<Vec<Stored<T>>> {
    let known = known(&desk.question_of_rows());
    let mut out = Vec::new();
    for chunk in people.chunks(500) {
        let list: Vec<String> = chunk.iter().map(i64::to_string).collect();
        let sql = format!("{} where t.person in ({}) and {known} order by t.person, {}", select::<T>(), list.join(", "), T::ORDER);
        for row in desk.rows(&sql, &[])? {
            out.push(stored(&row)?);
        }
    }
    Ok(out)
}

fn known(question: &Question) -> String {
    question.known_filter("t")
}

/// A new row, true from journal number `entry` on. Answers its number.
pub fn add<T: Noun>(desk: &mut Desk, person: Id<Person>, row: &T, entry: i64) -> Result<i64> {
    insert(desk, person, row, entry, None)
}

fn insert<T: Noun>(desk: &mut Desk, person: Id<Person>, row: &T, entry: i64, corrects: Option<i64>) -> Result<i64> {
    let mut columns = vec!["person"];
    columns.extend(T::COLUMNS);
    let mut values: Vec<Param> = vec![person.number().into()];
    values.extend(row.params());
    if T::CORRECTS {
        columns.push("corrects");
        values.push(corrects.into());
    }
    columns.push("entered");
    values.push(entry.into());
    desk.touch(person);
    store::fail::point("row.add")?;
    desk.insert(T::TABLE, &columns, &values)
}

/// Puts `row` in the place of row `id`: a correction, or the same row with its end. Refuses when somebody was faster.
pub fn replace<T: Noun>(desk: &mut Desk, id: i64, person: Id<Person>, row: &T, entry: i64) -> Result<i64> {
    withdraw::<T>(desk, id, person, entry)?;
    insert(desk, person, row, entry, Some(id))
}

/// We no longer hold row `id` to be true. It stays, as what was known until now.
pub fn withdraw<T: Noun>(desk: &mut Desk, id: i64, person: Id<Person>, entry: i64) -> Result<()> {
    let sql = format!("update {} set superseded = $1 where id = $2 and person = $3 and superseded is null", T::TABLE);
    if desk.execute(&sql, &[entry.into(), id.into(), person.number().into()])? != 1 {
        return Err(Error::Changed("这条记录".into()));
    }
    desk.touch(person);
    store::fail::point("row.withdraw")?;
    Ok(())
}

/// What a column can hold.
pub trait Column: Sized {
    fn take(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<Self>;
    fn param(&self) -> Param;
}
impl Column for String {
    fn take(row: &Row, at: usize, _: &'static str, _: &'static str) -> Result<Self> {
        Ok(row.text(at).to_owned())
    }
    fn param(&self) -> Param {
        self.as_str().into()
    }
}
impl Column for i64 {
    fn take(row: &Row, at: usize, _: &'static str, _: &'static str) -> Result<Self> {
        Ok(row.int(at))
    }
    fn param(&self) -> Param {
        (*self).into()
    }
}
impl Column for bool {
    fn take(row: &Row, at: usize, _: &'static str, _: &'static str) -> Result<Self> {
        Ok(row.yes(at))
    }
    fn param(&self) -> Param {
        (*self).into()
    }
}
impl Column for Date {
    fn take(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<Self> {
        let text = row.text(at);
        text.parse().map_err(|_| Error::Corrupt { table, row: row.int(0), column, value: text.to_owned() })
    }
    fn param(&self) -> Param {
        self.to_string().into()
    }
}
impl<T: Column> Column for Option<T> {
    fn take(row: &Row, at: usize, table: &'static str, column: &'static str) -> Result<Self> {
        if *row.param(at) == Param::Null { Ok(None) } else { T::take(row, at, table, column).map(Some) }
    }
    fn param(&self) -> Param {
        self.as_ref().map_or(Param::Null, Column::param)
    }
}

/// Declares a noun: its struct, its columns and how they travel.
macro_rules! noun {
    ($(#[$doc:meta])* $name:ident in $table:literal by $order:literal corrects $corrects:literal { $($(#[$fdoc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type,)* }

        impl $crate::dated::Noun for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            const ORDER: &'static str = $order;
            const CORRECTS: bool = $corrects;
            fn read(row: &store::Row, first: usize) -> $crate::Result<Self> {
                let mut at = first;
                let mut next = || { at += 1; at - 1 };
                Ok($name { $($field: $crate::dated::Column::take(row, next(), $table, stringify!($field))?),* })
            }
            fn params(&self) -> Vec<store::Param> {
                vec![$($crate::dated::Column::param(&self.$field)),*]
            }
        }
    };
}
pub(crate) use noun;
