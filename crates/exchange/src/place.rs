//! Where a value stood in the file it came from.

use std::fmt;
use std::sync::Arc;

/// 位置: file, then sheet, row and column, or element and line: as much as the kind of file has.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// File name as people know it; inside an archive `批次.zip › 张三.lrmx`.
    pub file: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// Counted from 1, as the spreadsheet shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// XML element or `.lrm` field: `JianLi`, `JiaTingChengYuan/Item[2]/ChuShengRiQi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Arc<str>>,
    /// Line inside a text of several lines, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// 列: number from 0 and the wording of its head.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Column {
    pub number: u16,
    pub head: Arc<str>,
}

impl Column {
    /// `A`, `Z`, `AA`: as the spreadsheet shows it.
    pub fn letter(&self) -> String {
        let mut rest = u32::from(self.number) + 1;
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        letters.iter().rev().collect()
    }
}

impl Place {
    pub fn file(name: &str) -> Place {
        Place {
            file: name.into(),
            ..Place::default()
        }
    }
    pub fn in_sheet(&self, sheet: &Arc<str>) -> Place {
        Place {
            sheet: Some(sheet.clone()),
            ..self.clone()
        }
    }
    pub fn at_row(&self, row: u32) -> Place {
        Place {
            row: Some(row),
            ..self.clone()
        }
    }
    pub fn at_column(&self, number: u16, head: &Arc<str>) -> Place {
        Place {
            column: Some(Column {
                number,
                head: head.clone(),
            }),
            ..self.clone()
        }
    }
    pub fn at_element(&self, element: &str) -> Place {
        Place {
            element: Some(element.into()),
            ..self.clone()
        }
    }
    pub fn at_line(&self, line: u32) -> Place {
        Place {
            line: Some(line),
            ..self.clone()
        }
    }
}

impl fmt::Display for Place {
    /// `名册.xlsx「Sheet1」第 5 行 C 列（出生年月）`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "「{sheet}」")?;
        }
        if let Some(row) = self.row {
            write!(f, "第 {row} 行")?;
        }
        if let Some(column) = &self.column {
            write!(f, " {} 列", column.letter())?;
            if !column.head.is_empty() {
                write!(f, "（{}）", column.head)?;
            }
        }
        if let Some(element) = &self.element {
            write!(f, "【{}】", crate::form::label(element))?;
        }
        if let Some(line) = self.line {
            write!(f, "第 {line} 行")?;
        }
        Ok(())
    }
}

/// 值与位置: a value together with where it stood.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cell<T> {
    pub value: T,
    pub place: Place,
}

impl<T> Cell<T> {
    pub fn new(value: T, place: Place) -> Cell<T> {
        Cell { value, place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_the_spreadsheet_shows_it() {
        let place = Place::file("名册.xlsx")
            .in_sheet(&"Sheet1".into())
            .at_row(5)
            .at_column(27, &"出生年月".into());
        assert_eq!(place.to_string(), "名册.xlsx「Sheet1」第 5 行 AB 列（出生年月）");
        assert_eq!(
            Column {
                number: 25,
                head: "".into()
            }
            .letter(),
            "Z"
        );
        assert_eq!(
            Place::file("甲.lrmx").at_element("JianLi").at_line(3).to_string(),
            "甲.lrmx【简历】第 3 行"
        );
    }
}
