//! What was typed: read with types, every mistake at once, and handed back as it was typed.

use crate::{Shared, Stop};
use axum::extract::FromRequest;
use axum::http::Request;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;
use vocabulary::{Date, Day};

/// The pairs of a urlencoded body; the door has read them already to check the token.
#[derive(Clone)]
pub struct Fields(pub Arc<Vec<(String, String)>>);

/// One mistake: which field, and its own sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    pub field: String,
    pub says: String,
}

/// What a template needs to show a form again: `form.values.name`, `form.mistakes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    pub values: BTreeMap<String, String>,
    pub mistakes: Vec<Mistake>,
}

impl Typed {
    /// A form that nobody has typed into yet.
    pub fn with<const N: usize>(values: [(&str, String); N]) -> Typed {
        Typed { values: values.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(), mistakes: vec![] }
    }
}

/// A form as it came. Reading a field notes its mistake and goes on, so that all are told together.
pub struct Form {
    pairs: Arc<Vec<(String, String)>>,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Form {
    pub fn new(pairs: Vec<(String, String)>) -> Form {
        Form { pairs: Arc::new(pairs), mistakes: RefCell::default() }
    }

    /// As typed, without blanks around; empty when missing.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }
    /// As [`Form::text`]; nothing when empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|t| !t.is_empty()).map(str::to_owned)
    }
    /// `label` names the field as the page does: `请填写姓名`.
    pub fn required(&self, name: &str, label: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.mistake(name, format!("请填写{label}"));
        }
        text.to_owned()
    }
    /// Everything that was typed, by its name; the first of several.
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.pairs.iter().rev().filter(|(n, _)| n != "csrf" && n != crate::once::FIELD).cloned().collect()
    }
    /// Everything as it came, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// Every value of a name that comes several times: check boxes.
    pub fn many<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.pairs.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Was the box ticked?
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
    /// Every way in which offices write a date; the year or the month alone will do.
    pub fn date(&self, name: &str, label: &str) -> Option<Date> {
        self.read(name, label, |text| Date::read(text).ok(), "请写成 1982-04 或 1982-04-17")
    }
    /// A date known to the day.
    pub fn day(&self, name: &str, label: &str) -> Option<Day> {
        self.read(name, label, |text| Date::read(text).ok().and_then(Date::exact), "请写成 2026-11-22")
    }
    /// A number or an id.
    pub fn number<T: FromStr>(&self, name: &str, label: &str) -> Option<T> {
        self.read(name, label, |text| text.parse().ok(), "请填写数字")
    }
    /// One of the names in a code table; other wordings of the table are read too.
    pub fn code(&self, name: &str, label: &str, table: &institution::dictionary::Table) -> Option<String> {
        self.read(name, label, |text| table.read(text).map(|code| code.name.to_string()), "请从列表中选择")
    }

    fn read<T>(&self, name: &str, label: &str, read: impl Fn(&str) -> Option<T>, help: &str) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.mistake(name, format!("{label}“{text}”读不懂，{help}"));
        }
        value
    }

    /// Notes a mistake that the page itself found.
    pub fn mistake(&self, field: &str, says: impl Into<String>) {
        self.mistakes.borrow_mut().push(Mistake { field: field.into(), says: says.into() });
    }
    pub fn is_right(&self) -> bool {
        self.mistakes.borrow().is_empty()
    }
    /// To show it again.
    pub fn typed(&self) -> Typed {
        Typed { values: self.texts(), mistakes: self.mistakes.borrow().clone() }
    }
}

impl FromRequest<Shared> for Form {
    type Rejection = Stop;
    async fn from_request(request: Request<axum::body::Body>, _: &Shared) -> Result<Form, Stop> {
        match request.extensions().get::<Fields>() {
            Some(fields) => Ok(Form { pairs: fields.0.clone(), mistakes: RefCell::default() }),
            None => Err(Stop::Wrong("没有收到表单内容".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Form {
        Form::new(pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect())
    }

    #[test]
    fn every_mistake_is_told_at_once_and_what_was_typed_is_kept() {
        let form = typed(&[("name", "  "), ("born", "198213"), ("seats", "三")]);
        form.required("name", "姓名");
        assert_eq!(form.date("born", "出生年月"), None);
        assert_eq!(form.number::<i64>("seats", "职数"), None);
        let back = form.typed();
        let fields: Vec<_> = back.mistakes.iter().map(|m| m.field.as_str()).collect();
        assert_eq!(fields, ["name", "born", "seats"]);
        assert_eq!(back.values["born"], "198213");
    }

    #[test]
    fn an_empty_field_is_not_a_mistake_and_a_date_is_read_as_offices_write_it() {
        let form = typed(&[("born", "1982年4月"), ("until", "")]);
        assert_eq!(form.date("born", "出生年月").map(|d| d.to_string()), Some("1982-04".into()));
        assert_eq!(form.day("until", "截止"), None);
        assert!(form.is_right());
    }
}
