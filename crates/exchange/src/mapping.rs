//! 列对应: which column of a roster holds which fact.

mod apply;
mod fingerprint;
mod guess;
mod shape;
mod usual;

pub use apply::apply;
pub(crate) use apply::yes;
pub use fingerprint::fingerprint;
pub use guess::guess;
pub use usual::usual_facts;

/// What the values of a fact look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Text,
    Date,
    Number,
    /// 是、否
    Yes,
    IdNumber,
}

/// A fact that a column may hold, as the dictionary names it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KnownFact {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub shape: Shape,
}

/// 列对应表: serialisable, so that people can correct it and the next file with the same heads finds it again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mapping {
    /// Of the heads: see [`fingerprint`].
    pub fingerprint: String,
    /// One for each column of the table, in its order.
    pub columns: Vec<ColumnMapping>,
}

/// One column and the fact it holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnMapping {
    /// Counted from 0.
    pub column: u16,
    pub head: String,
    /// None: the column is left out.
    pub fact: Option<String>,
    pub shape: Shape,
    /// 0–100: 100 said by a person or by our own ledger, 90 head and cells agree, below 60 worth a look.
    pub confidence: u8,
    /// Why, in Chinese: `表头“出生年月(岁)”即“出生年月”，30 个值中 30 个是日期`.
    pub why: String,
}

impl Mapping {
    /// A person's correction.
    pub fn set(&mut self, column: u16, fact: Option<&KnownFact>) {
        if let Some(found) = self.columns.iter_mut().find(|c| c.column == column) {
            found.fact = fact.map(|f| f.id.clone());
            found.shape = fact.map_or(Shape::Text, |f| f.shape);
            found.confidence = 100;
            found.why = "人工指定".to_owned();
        }
    }
    pub fn column_of(&self, fact: &str) -> Option<&ColumnMapping> {
        self.columns.iter().find(|c| c.fact.as_deref() == Some(fact))
    }
}
