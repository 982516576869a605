//! What goes into a statement and what comes out: texts, whole numbers, bytes, and nothing.

use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use std::sync::Arc;

/// One value bound to a `$n`, or read from a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    Null,
    Int(i64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
}

impl From<i64> for Param {
    fn from(n: i64) -> Param {
        Param::Int(n)
    }
}
impl From<bool> for Param {
    fn from(yes: bool) -> Param {
        Param::Int(yes.into())
    }
}
impl From<&str> for Param {
    fn from(text: &str) -> Param {
        Param::Text(text.into())
    }
}
impl From<&String> for Param {
    fn from(text: &String) -> Param {
        Param::Text(text.as_str().into())
    }
}
impl From<String> for Param {
    fn from(text: String) -> Param {
        Param::Text(text.into())
    }
}
impl From<Arc<str>> for Param {
    fn from(text: Arc<str>) -> Param {
        Param::Text(text)
    }
}
impl From<&[u8]> for Param {
    fn from(bytes: &[u8]) -> Param {
        Param::Bytes(bytes.into())
    }
}
impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(value: Option<T>) -> Param {
        value.map_or(Param::Null, Into::into)
    }
}

impl rusqlite::ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value, ValueRef};
        Ok(match self {
            Param::Null => ToSqlOutput::Owned(Value::Null),
            Param::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Param::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Param::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

impl ToSql for Param {
    fn to_sql(&self, ty: &Type, out: &mut postgres::types::private::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Param::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Param::Int(n) if *ty == Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
            Param::Int(n) if *ty == Type::BOOL => (*n != 0).to_sql(ty, out),
            Param::Int(n) => n.to_string().to_sql(&Type::TEXT, out),
            Param::Text(text) => (&**text).to_sql(&Type::TEXT, out),
            Param::Bytes(bytes) => (&**bytes).to_sql(&Type::BYTEA, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

/// One row of an answer. Columns are taken by position, in the order that the select names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub(crate) Vec<Param>);

impl Row {
    /// The number in column `at`; 0 when there is none.
    pub fn int(&self, at: usize) -> i64 {
        self.opt_int(at).unwrap_or(0)
    }
    pub fn opt_int(&self, at: usize) -> Option<i64> {
        match self.0.get(at) {
            Some(Param::Int(n)) => Some(*n),
            _ => None,
        }
    }
    /// The text in column `at`; empty when there is none.
    pub fn text(&self, at: usize) -> &str {
        self.opt_text(at).unwrap_or("")
    }
    pub fn opt_text(&self, at: usize) -> Option<&str> {
        match self.0.get(at) {
            Some(Param::Text(text)) => Some(text),
            _ => None,
        }
    }
    pub fn opt_string(&self, at: usize) -> Option<String> {
        self.opt_text(at).map(str::to_owned)
    }
    pub fn shared_text(&self, at: usize) -> Option<Arc<str>> {
        match self.0.get(at) {
            Some(Param::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }
    pub fn yes(&self, at: usize) -> bool {
        self.int(at) != 0
    }
    pub fn bytes(&self, at: usize) -> Option<&[u8]> {
        match self.0.get(at) {
            Some(Param::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }
    pub fn into_params(self) -> Vec<Param> {
        self.0
    }
    pub fn param(&self, at: usize) -> &Param {
        self.0.get(at).unwrap_or(&Param::Null)
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
