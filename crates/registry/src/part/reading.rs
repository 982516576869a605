//! 填写: what was typed for a row becomes its values, every mistake at once; and back to text for a form.

use super::{Control, Field, Part, Values, Verb};
use crate::{Desk, Error, Result, organisation, post};
use std::collections::BTreeMap;
use store::Param;
use vocabulary::{Date, Id, identity};

/// What was typed, by column. A picked post or organisation has its number beside its name: `post.number`.
pub type Texts = BTreeMap<String, String>;

/// One mistake: which column, and its own sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub column: &'static str,
    pub says: String,
}

/// The values of the columns that `verb` asks for; `old` is kept where a wording stands that the tables do not know.
pub fn read(desk: &Desk, part: &Part, verb: Verb, texts: &Texts, old: Option<&Values>) -> Result<(Values, Vec<Mistake>)> {
    let (mut values, mut mistakes) = (Values::new(), Vec::new());
    for field in part.fields_for(verb) {
        // A box that is not ticked is not sent; anything else that was not sent stays as it is.
        let nothing = (field.control == Control::Box || verb == Verb::Add).then_some("");
        let Some(typed) = texts.get(field.column).map(|t| t.trim()).or(nothing) else { continue };
        if typed.is_empty() && field.required {
            mistakes.push(Mistake { column: field.column, says: format!("请填写{}", field.label) });
        }
        let before = old.and_then(|o| o.get(field.column));
        match one(desk, field, typed, texts, before)? {
            Ok(value) => {
                values.insert(field.column, value);
            }
            Err(says) => mistakes.push(Mistake { column: field.column, says }),
        }
    }
    mistakes.extend(backwards(part, &values).into_iter().map(|(column, says)| Mistake { column, says }));
    Ok((values, mistakes))
}

fn one(desk: &Desk, field: &Field, typed: &str, texts: &Texts, before: Option<&Param>) -> Result<std::result::Result<Param, String>> {
    let unread = |help: &str| Ok(Err(format!("{}“{typed}”读不懂，{help}", field.label)));
    if field.control == Control::Box {
        return Ok(Ok(Param::from(!typed.is_empty())));
    }
    if typed.is_empty() {
        return Ok(Ok(Param::Null));
    }
    // What the record says already may stand, whatever it is.
    if before.is_some_and(|b| shown(Some(b)) == typed && !matches!(field.control, Control::Post | Control::Organisation)) {
        return Ok(Ok(before.cloned().unwrap_or(Param::Null)));
    }
    match field.control {
        Control::Text | Control::Long if field.column == "id_number" => {
            let number = identity::tidy(typed);
            // Only what cannot be such a number is refused: a wrong check digit or birth may stand on the card itself, and is told.
            Ok(match identity::read(&number) {
                Err(fault @ (identity::Fault::Length(_) | identity::Fault::Character(_))) => Err(fault.to_string()),
                _ => Ok(Param::from(&number)),
            })
        }
        Control::Text | Control::Long | Control::Box => Ok(Ok(typed.into())),
        Control::Date => match Date::read(typed) {
            Ok(date) => Ok(Ok(date.to_string().into())),
            Err(_) => unread("请写成 1982-04 或 1982-04-17"),
        },
        Control::Number => match typed.parse::<i64>() {
            Ok(n) if n >= 0 => Ok(Ok(n.into())),
            _ => unread("请填写数字"),
        },
        Control::YesNo => match typed {
            "是" => Ok(Ok(true.into())),
            "否" => Ok(Ok(false.into())),
            _ => unread("请选是或否"),
        },
        Control::Code(table) => match desk.dictionary().table(table).map(|t| t.read(typed)) {
            Some(Some(code)) => Ok(Ok((&*code.name).into())),
            Some(None) => unread("请从列表中选择"),
            None => Ok(Ok(typed.into())),
        },
        Control::One(words) if words.contains(&typed) => Ok(Ok(typed.into())),
        Control::One(_) => unread("请从列表中选择"),
        Control::Post => picked(texts, field, |id| post::find(desk, Id::new(id)).map(|s| (s.title, id)), || post::which(desk, typed).map(|id| id.number())),
        Control::Organisation => {
            let by_name = || match organisation::named(desk, typed)? {
                Some(unit) => Ok(unit.id.number()),
                None => Err(Error::NotFound(format!("机构“{typed}”"))),
            };
            picked(texts, field, |id| organisation::find(desk, Id::new(id)).map(|u| (u.name, id)), by_name)
        }
    }
}

/// The picked number when it still fits the name in the field; else whatever the name alone means.
fn picked(
    texts: &Texts,
    field: &Field,
    by_number: impl Fn(i64) -> Result<(String, i64)>,
    by_name: impl Fn() -> Result<i64>,
) -> Result<std::result::Result<Param, String>> {
    let typed = texts.get(field.column).map_or("", |t| t.trim());
    if let Some(number) = texts.get(&format!("{}.number", field.column)).and_then(|n| n.parse().ok())
        && let Ok((name, id)) = by_number(number)
        && name == typed
    {
        return Ok(Ok(id.into()));
    }
    match by_name() {
        Ok(id) => Ok(Ok(id.into())),
        Err(Error::NotFound(_)) => Ok(Err(format!("没有找到{}“{typed}”，请从列表中选", field.label))),
        Err(Error::Wrong(says)) => Ok(Err(says)),
        Err(error) => Err(error),
    }
}

/// Periods of the row that end before they begin: the column of the end, and what to say.
pub(crate) fn backwards(part: &Part, values: &Values) -> Vec<(&'static str, String)> {
    let label = |column| part.field(column).map_or("", |f| f.label);
    let wrong = |(first, last)| match (super::date(values, first), super::date(values, last)) {
        (Some(from), Some(until)) if until.latest() < from.earliest() => Some((last, format!("{}（{until}）早于{}（{from}）", label(last), label(first)))),
        _ => None,
    };
    [("from_day", "until_day"), ("started", "from_day")].into_iter().filter_map(wrong).collect()
}

/// A value as a form holds it.
pub fn shown(value: Option<&Param>) -> String {
    match value {
        Some(Param::Int(n)) => n.to_string(),
        Some(Param::Text(text)) => text.to_string(),
        Some(Param::Null | Param::Bytes(_)) | None => String::new(),
    }
}

/// A value as people read it: 是 and 否, the name of a post.
pub fn said(desk: &Desk, field: &Field, value: Option<&Param>) -> Result<String> {
    let number = match value {
        Some(Param::Int(n)) => *n,
        _ => return Ok(shown(value)),
    };
    Ok(match field.control {
        Control::Box | Control::YesNo => if number != 0 { "是" } else { "否" }.to_owned(),
        Control::Post => name(post::find(desk, Id::new(number)).map(|s| s.title))?,
        Control::Organisation => name(organisation::find(desk, Id::new(number)).map(|u| u.name))?,
        _ => number.to_string(),
    })
}

fn name(found: Result<String>) -> Result<String> {
    match found {
        Err(Error::NotFound(_)) => Ok("（已撤销）".into()),
        other => other,
    }
}

/// The texts of a form that shows `values`.
pub fn texts(desk: &Desk, part: &Part, values: &Values) -> Result<Texts> {
    let mut out = Texts::new();
    for field in part.fields {
        let value = values.get(field.column);
        let text = match (field.control, value) {
            (Control::Box, Some(Param::Int(0))) => String::new(),
            (Control::Box, _) => shown(value),
            (Control::Post | Control::Organisation, Some(Param::Int(n))) => {
                out.insert(format!("{}.number", field.column), n.to_string());
                said(desk, field, value)?
            }
            _ => said(desk, field, value)?,
        };
        out.insert(field.column.to_owned(), text);
    }
    Ok(out)
}
