//! What the person who prints should look at once more.

use std::fmt;

/// 印制提示: one thing about one finished paper. Never stops the printing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Whose paper: the name on it.
    pub of: String,
    /// The printed label of the field: `简历`.
    pub field: String,
    pub kind: RemarkKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RemarkKind {
    /// Even the smallest size did not hold it; the end was cut and marked `…`.
    Clipped,
    /// All of it stands there, but in letters this small (points, tenths): hard to read.
    Small { tenths: u16 },
    /// These characters have no shape in any face that we have; a box stands in their place.
    Missing(Vec<char>),
    /// More rows than the form has: this many were squeezed in on the same page.
    RowsSqueezed(usize),
    /// More rows than can be squeezed in: this many went on to a continuation sheet.
    RowsContinued(usize),
    /// Not on record itself: set together from the tenures.
    FromTenures,
    /// The photo could not be read; its place stays empty.
    Photo(String),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}“{}”：", self.of, self.field)?;
        match &self.kind {
            RemarkKind::Clipped => f.write_str("内容过长，最小字号也放不下，已截断"),
            RemarkKind::Small { tenths } => {
                write!(f, "字号已缩至 {}.{} 磅，不便阅读，建议精简", tenths / 10, tenths % 10)
            }
            RemarkKind::Missing(characters) => {
                write!(
                    f,
                    "字库中没有 {}，请安装含此字的字体",
                    characters.iter().collect::<String>()
                )
            }
            RemarkKind::RowsSqueezed(rows) => write!(f, "共 {rows} 行，已压缩行高印在一页"),
            RemarkKind::RowsContinued(rows) => write!(f, "有 {rows} 行转印在续页"),
            RemarkKind::FromTenures => f.write_str("没有简历记载，由任职记载排成，请核对"),
            RemarkKind::Photo(why) => write!(f, "照片未能印出（{why}）"),
        }
    }
}
