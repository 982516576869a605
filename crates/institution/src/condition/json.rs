//! Conditions in saved ledgers and in addresses: the same words as in the files, as JSON.

use super::Condition;
use super::read::written;
use crate::Dictionary;
use crate::reading::{Node, Sheet};
use serde_json::{Value, json};

impl Condition {
    /// `{"fact":"age","at_most":36}`, `{"all":[…]}`. The refusal is one Chinese sentence with its mend.
    pub fn from_json(dictionary: &Dictionary, json: &Value) -> Result<Condition, String> {
        let sheet = Sheet::new("", "");
        let read = Condition::read(&Node::of_json(json), dictionary, &sheet);
        match (read, sheet.into_faults().into_iter().next()) {
            (Some(condition), None) => Ok(condition),
            (_, Some(fault)) => Err(match fault.mend {
                Some(mend) => format!("{}，{mend}", fault.says),
                None => fault.says,
            }),
            (None, None) => Err("这个条件读不懂".into()),
        }
    }

    pub fn to_json(&self) -> Value {
        let list = |parts: &[Condition]| parts.iter().map(Condition::to_json).collect::<Value>();
        match self {
            Condition::All(parts) => json!({ "all": list(parts) }),
            Condition::Any(parts) => json!({ "any": list(parts) }),
            Condition::Not(part) => json!({ "not": part.to_json() }),
            Condition::Test(test) => {
                let (word, value) = written(test);
                json!({ "fact": &*test.id, word: value })
            }
        }
    }
}
