//! What is wrong in a data file: where, and how to mend it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// 毛病: one fault at one place of one file.
///
/// Renders with miette (the program switches on the colours); [`Fault::place`] alone is `file:line:column`.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Path as the book names it: `institutions/selection/rules.toml`.
    pub file: Arc<str>,
    /// What is wrong, a Chinese sentence with the thing in backticks.
    pub says: String,
    /// `是不是 \`…\`？`; None when nothing is near.
    pub mend: Option<String>,
    /// What holds in general: `每个事实只在 institutions/facts.toml 里命名一次`.
    pub help: Option<String>,
    source: Arc<miette::NamedSource<Arc<str>>>,
    /// Bytes of the text.
    at: Range<usize>,
}

/// A place in a file, kept for what is found wrong later: an example that does not hold.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub file: Arc<str>,
    pub source: Arc<miette::NamedSource<Arc<str>>>,
    pub at: Range<usize>,
}

impl Fault {
    pub(crate) fn at(spot: Spot, says: String, mend: Option<String>, help: Option<&str>) -> Fault {
        Fault { file: spot.file, says, mend, help: help.map(str::to_owned), source: spot.source, at: spot.at }
    }
    /// Line and column, both from 1, columns counted in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let text = self.source.inner();
        let before = text.get(..self.at.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
    /// `institutions/facts.toml:12:7`
    pub fn place(&self) -> String {
        let (line, column) = self.line_and_column();
        format!("{}:{line}:{column}", self.file)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}
impl std::error::Error for Fault {}
impl miette::Diagnostic for Fault {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&*self.source)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        let label = miette::LabeledSpan::new(self.mend.clone(), self.at.start, self.at.len());
        Some(Box::new(std::iter::once(label)))
    }
}
impl serde::Serialize for Fault {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = s.serialize_struct("Fault", 4)?;
        row.serialize_field("place", &self.place())?;
        row.serialize_field("says", &self.says)?;
        row.serialize_field("mend", &self.mend)?;
        row.serialize_field("help", &self.help)?;
        row.end()
    }
}

/// Every fault of a reading at once, in the order of the files.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "制度文件有 {} 处毛病", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n{} {}", fault.place(), fault.says)?;
            if let Some(mend) = &fault.mend {
                write!(f, "，{mend}")?;
            }
        }
        Ok(())
    }
}
impl std::error::Error for Faults {}
impl miette::Diagnostic for Faults {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        Some(Box::new(self.0.iter().map(|f| f as &dyn miette::Diagnostic)))
    }
}

/// The nearest of `known` to what was written, when it is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    // A third of the letters may differ; of a short Chinese word, one.
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .map(|k| (distance(written, k), k))
        .filter(|(d, k)| *d <= allowed && *d < length.max(k.chars().count()))
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Edit distance in characters (insert, delete, replace).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_was_meant_is_the_nearest_one() {
        let known = ["tenure.months_as_deputy", "tenure.months_as_chief", "age"];
        assert_eq!(nearest("tenure.months_as_deputi", known), Some("tenure.months_as_deputy"));
        assert_eq!(nearest("agee", known), Some("age"));
        assert_eq!(nearest("salary", known), None, "nothing is near: no guess");
        assert_eq!(nearest("男性", ["男", "女"]), Some("男"));
    }
}
