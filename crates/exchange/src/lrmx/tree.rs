//! Elements and their text, with limits.

use crate::form;
use crate::{Error, Result};
use quick_xml::Reader;
use quick_xml::events::Event;

/// A form is three deep; anything near this is no form.
const DEPTH: usize = 16;
/// A form has about forty elements and ten family members of five; a file of people has more.
const ELEMENTS: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    pub text: String,
    pub children: Vec<Node>,
    /// Bytes of the whole element in the text read.
    pub from: usize,
    pub until: usize,
    /// False when the text ended before the element did.
    pub closed: bool,
}

pub(super) struct Tree {
    pub root: Node,
    pub complete: bool,
}

/// Reads the tree. Ends that fit nothing are text; an element that was never closed ends where its parent's next begins.
pub(super) fn read(text: &str, name: &str) -> Result<Tree> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut stack = vec![Node::default()];
    let mut count = 0_usize;
    let mut complete = true;
    let at = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    loop {
        let from = at(&reader);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => {
                complete = false;
                break;
            }
        };
        match event {
            Event::Start(tag) => {
                open(&mut stack, tag.name().as_ref(), tag.as_ref(), from);
                count += 1;
            }
            Event::Empty(tag) => {
                open(&mut stack, tag.name().as_ref(), tag.as_ref(), from);
                close(&mut stack, tag.name().as_ref(), from, at(&reader));
                count += 1;
            }
            Event::End(tag) => close(&mut stack, tag.name().as_ref(), from, at(&reader)),
            Event::Text(piece) => push_text(&mut stack, &piece),
            Event::CData(piece) => push_text(&mut stack, &piece),
            Event::GeneralRef(reference) => {
                let one = match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                push_text(&mut stack, one.map(String::from).unwrap_or_default().as_str());
            }
            Event::DocType(_) => return Err(Error::Doctype { name: name.to_owned() }),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if stack.len() > DEPTH || count > ELEMENTS {
            let what = format!("元素超过 {ELEMENTS} 个或嵌套超过 {DEPTH} 层");
            return Err(Error::Bomb {
                name: name.to_owned(),
                what,
            });
        }
    }
    complete &= stack.len() == 1;
    while stack.len() > 1 {
        fold(&mut stack, text.len(), false);
    }
    Ok(Tree {
        root: stack.pop().unwrap_or_default(),
        complete,
    })
}

fn open(stack: &mut Vec<Node>, name: &str, tag: &str, from: usize) {
    if let Some(top) = stack.last_mut().filter(|top| form::is_leaf(&top.name)) {
        if form::is_known(name)
            || name == "JiaTingChengYuan"
            || (form::is_family_leaf(name) && form::is_family_leaf(&top.name))
        {
            // The element before was never closed.
            fold(stack, from, true);
        } else {
            top.text.push_str(&format!("<{tag}>"));
            return;
        }
    }
    stack.push(Node {
        name: name.to_owned(),
        from,
        ..Node::default()
    });
}

fn close(stack: &mut Vec<Node>, name: &str, from: usize, until: usize) {
    match stack.iter().skip(1).rposition(|node| node.name == name) {
        Some(depth) => {
            while stack.len() > depth + 2 {
                fold(stack, from, true);
            }
            fold(stack, until, true);
        }
        None => {
            if let Some(top) = stack.last_mut().filter(|top| form::is_leaf(&top.name)) {
                top.text.push_str(&format!("</{name}>"));
            }
        }
    }
}

/// The top element is finished and becomes its parent's child.
fn fold(stack: &mut Vec<Node>, until: usize, closed: bool) {
    if let Some(mut node) = stack.pop() {
        node.until = until;
        node.closed = closed;
        match stack.last_mut() {
            Some(parent) => parent.children.push(node),
            None => stack.push(node),
        }
    }
}

fn push_text(stack: &mut [Node], text: &str) {
    if let Some(top) = stack.last_mut() {
        top.text.push_str(text);
    }
}
