//! `.lrmx`: the appointment form as a flat XML `<Person>`, all text and no codes.

mod repair;
mod tree;

use crate::decode::{Written, clean, decode};
use crate::form::{self, Form};
use crate::{Error, Extra, Fault, PersonRecord, Place, Result};
use tree::Node;

/// People and faults of one `.lrmx`. Usually one person; a file of several `<Person>` gives them all.
///
/// Order of elements does not matter, missing ones are nothing, unknown ones are kept. Refuses a DOCTYPE.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<(Vec<PersonRecord>, Vec<Fault>)> {
    let place = Place::file(name);
    let mut faults = Vec::new();
    let decoded = decode(bytes);
    let declared_utf8 = !decoded
        .text
        .get(..decoded.text.len().min(200))
        .unwrap_or("")
        .to_lowercase()
        .contains("encoding=\"gb");
    if decoded.written == Written::Gb18030 && declared_utf8 {
        let says = "文件声明为 UTF-8，内容却是 GBK 编码，已按 GBK 读取";
        faults.push(Fault::finding(
            place.clone(),
            "",
            says,
            "请用任免表编辑器打开后重新保存",
        ));
    }
    let (text, gone) = clean(&decoded.text);
    if gone > 0 {
        let says = format!("文件里有 {gone} 个不能显示的控制字符或乱码字符，已去掉");
        faults.push(Fault::finding(
            place.clone(),
            "",
            says,
            "请核对姓名、简历等文字有无缺字",
        ));
    }
    if has_doctype(&text) {
        return Err(Error::Doctype { name: name.to_owned() });
    }
    let repaired = repair::repair(&text);
    if repaired.leaked > 0 || repaired.loose > 0 {
        let says = match (repaired.leaked, repaired.loose) {
            (0, loose) => format!("有 {loose} 处 & 或 < 没有按规定转义，已按原字读取"),
            (leaked, 0) => format!("有 {leaked} 处 &1lt; 之类的残留转义，已还原"),
            (leaked, loose) => format!("有 {leaked} 处残留转义已还原，{loose} 处 & 或 < 没有转义，已按原字读取"),
        };
        faults.push(Fault::finding(place.clone(), "", says, "请核对含这些符号的文字"));
    }
    let read = tree::read(&repaired.text, name)?;
    if !read.complete {
        faults.push(Fault::error(
            place.clone(),
            "",
            "文件不完整，后面的内容缺失，已读出前面的部分",
            "请重新导出或重新复制这个文件",
        ));
    }
    let mut people = Vec::new();
    collect(&read.root, &mut people);
    if people.is_empty() {
        return Err(Error::UnknownKind { name: name.to_owned() });
    }
    let people = people
        .into_iter()
        .map(|node| person(node, &place, &repaired.text, read.complete))
        .collect();
    Ok((people, faults))
}

/// A form never has one; entities are where bombs and stolen files come from.
fn has_doctype(text: &str) -> bool {
    text.match_indices("<!").any(|(at, _)| {
        let word: String = text.get(at + 2..).unwrap_or("").trim_start().chars().take(8).collect();
        let word = word.to_ascii_uppercase();
        word.starts_with("DOCTYPE") || word.starts_with("ENTITY") || word.starts_with("ELEMENT")
    })
}

fn collect<'a>(node: &'a Node, people: &mut Vec<&'a Node>) {
    if node.name == "Person"
        || node
            .children
            .iter()
            .any(|c| c.name == "XingMing" && node.name != "Item")
    {
        people.push(node);
    } else {
        for child in &node.children {
            collect(child, people);
        }
    }
}

fn person(node: &Node, place: &Place, text: &str, complete: bool) -> PersonRecord {
    let mut form = Form::new(place.clone());
    for child in &node.children {
        match child.name.as_str() {
            "JiaTingChengYuan" => {
                for (number, item) in (1..).zip(child.children.iter().filter(|c| c.name == "Item")) {
                    family(item, number, place, &mut form);
                }
            }
            name if form::is_known(name) => {
                let cut_short = !complete && name == "ZhaoPian" && !child.closed;
                if !cut_short {
                    form.put(name, &child.text, place.at_element(name));
                }
            }
            name => {
                let raw = text.get(child.from..child.until).unwrap_or("").to_owned();
                form.extra.push(Extra {
                    element: name.to_owned(),
                    raw,
                });
            }
        }
    }
    form::person(form)
}

fn family(item: &Node, number: usize, place: &Place, form: &mut Form) {
    let mut member = form::Member::new(place.at_element(&format!("JiaTingChengYuan/Item[{number}]")));
    for child in &item.children {
        let place = place.at_element(&format!("JiaTingChengYuan/Item[{number}]/{}", child.name));
        member.put(&child.name, &child.text, place);
    }
    form.family.push(member);
}
