//! A TOML value with its place; inline tables, sections and rows of sections look alike.

use super::Sheet;
use std::ops::Range;
use std::sync::Arc;
use vocabulary::Date;

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub at: Range<usize>,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub text: Arc<str>,
    pub at: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Text(Arc<str>),
    Number(i64),
    YesNo(bool),
    Date(Date),
    List(Vec<Node>),
    Table(Vec<(Key, Node)>),
}

impl Node {
    pub fn of_table(table: &toml_edit::Table, at: Range<usize>, sheet: &Sheet) -> Node {
        let mut entries = Vec::new();
        for (name, _) in table.iter() {
            let Some((key, item)) = table.get_key_value(name) else { continue };
            let key = Key { text: name.into(), at: key.span().unwrap_or_else(|| at.clone()) };
            let node = Node::of_item(item, key.at.clone(), sheet);
            entries.push((key, node));
        }
        Node { at: table.span().unwrap_or(at), shape: Shape::Table(entries) }
    }

    fn of_item(item: &toml_edit::Item, key_at: Range<usize>, sheet: &Sheet) -> Node {
        match item {
            toml_edit::Item::Table(table) => Node::of_table(table, key_at, sheet),
            toml_edit::Item::ArrayOfTables(rows) => {
                let list = rows.iter().map(|row| Node::of_table(row, key_at.clone(), sheet)).collect();
                Node { at: key_at, shape: Shape::List(list) }
            }
            toml_edit::Item::Value(value) => Node::of_value(value, key_at, sheet),
            toml_edit::Item::None => Node { at: key_at, shape: Shape::List(Vec::new()) },
        }
    }

    fn of_value(value: &toml_edit::Value, fallback: Range<usize>, sheet: &Sheet) -> Node {
        use toml_edit::Value as V;
        let at = value.span().unwrap_or(fallback);
        let shape = match value {
            V::String(text) => Shape::Text(text.value().as_str().into()),
            V::Integer(number) => Shape::Number(*number.value()),
            V::Boolean(yes) => Shape::YesNo(*yes.value()),
            V::Datetime(moment) => match moment.value().date.filter(|_| moment.value().time.is_none()) {
                Some(d) => match vocabulary::Day::of(d.year as i16, d.month, d.day) {
                    Some(day) => Shape::Date(day.into()),
                    None => {
                        sheet.fault(at.clone(), format!("`{d}` 不是有效的日期"), None, None);
                        Shape::Text("".into())
                    }
                },
                None => {
                    sheet.fault(at.clone(), "这里只写日期，不写时刻".into(), None, None);
                    Shape::Text("".into())
                }
            },
            V::Float(number) => {
                let help = "数都是整数；份额写成 \"2/3\"";
                sheet.fault(at.clone(), format!("`{}` 不是整数", number.value()), None, Some(help));
                Shape::Number(0)
            }
            V::Array(list) => {
                Shape::List(list.iter().map(|v| Node::of_value(v, at.clone(), sheet)).collect())
            }
            V::InlineTable(table) => {
                let mut entries = Vec::new();
                for (name, _) in table.iter() {
                    let Some((key, item)) = table.get_key_value(name) else { continue };
                    let key = Key { text: name.into(), at: key.span().unwrap_or_else(|| at.clone()) };
                    let node = Node::of_item(item, key.at.clone(), sheet);
                    entries.push((key, node));
                }
                Shape::Table(entries)
            }
        };
        Node { at, shape }
    }

    /// The same without places, for what comes out of a saved ledger or a URL.
    pub fn of_json(json: &serde_json::Value) -> Node {
        use serde_json::Value as J;
        let shape = match json {
            J::String(text) => Shape::Text(text.as_str().into()),
            J::Number(n) => n.as_i64().map_or_else(|| Shape::Text(n.to_string().into()), Shape::Number),
            J::Bool(yes) => Shape::YesNo(*yes),
            J::Null => Shape::Text("".into()),
            J::Array(list) => Shape::List(list.iter().map(Node::of_json).collect()),
            J::Object(map) => Shape::Table(
                map.iter().map(|(k, v)| (Key { text: k.as_str().into(), at: 0..0 }, Node::of_json(v))).collect(),
            ),
        };
        Node { at: 0..0, shape }
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.shape {
            Shape::Table(entries) => entries.iter().find(|(k, _)| &*k.text == key).map(|(_, n)| n),
            _ => None,
        }
    }
    /// What stands there, for a sentence: `文字 "女"`.
    pub fn described(&self) -> String {
        match &self.shape {
            Shape::Text(text) => format!("文字 \"{text}\""),
            Shape::Number(n) => format!("数 {n}"),
            Shape::YesNo(yes) => format!("是否 {yes}"),
            Shape::Date(date) => format!("日期 {date}"),
            Shape::List(_) => "一个列表".into(),
            Shape::Table(_) => "一个表".into(),
        }
    }
}
