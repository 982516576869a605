//! Where a rule comes from.

use std::fmt;

/// 依据: document, article and item, and how sure we are that the wording was checked.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Citation {
    /// Title without book marks: `党政领导干部选拔任用工作条例`.
    pub document: String,
    /// `第八条`; empty when the whole document is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// `（三）`, written without brackets: `三`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.document)?;
        if let Some(article) = &self.article {
            f.write_str(article)?;
        }
        if let Some(item) = &self.item {
            write!(f, "第（{item}）项")?;
        }
        Ok(())
    }
}
