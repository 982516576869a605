//! 步骤表单的填写: what is on file becomes fields of a form, and a form becomes what was entered.

use crate::Form;
use affairs::procedure::{Completion, Ended, ItemFields, Member, Recusal, State, StepState, Vote};
use affairs::{Fields, Item};
use std::collections::BTreeMap;
use vocabulary::{Day, Id};

/// Empty lines at the end of the roll, for members who hold no post of the body.
pub const BLANK_MEMBERS: usize = 1;

/// Everything on file of the present step, by the names of the form's fields.
pub fn on_file(state: &State, step: &StepState, today: Day) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut put = |name: String, value: &str| {
        values.insert(name, value.to_owned());
    };
    put("done_on".into(), &today.to_string());
    put("based_on".into(), &state.based_on.to_string());
    for field in &step.fields {
        put(of_field(&field.id), field.value.as_deref().unwrap_or_default());
        for (item, value) in &field.of_items {
            put(of_item(*item, &field.id), value);
        }
    }
    if step.takes_roll {
        put("members".into(), &(step.roll.len() + BLANK_MEMBERS).to_string());
        for (n, member) in step.roll.iter().enumerate() {
            put(format!("m{n}-person"), &member.person.map(|p| p.to_string()).unwrap_or_default());
            put(format!("m{n}-name"), &member.name);
            put(format!("m{n}-post"), &member.post);
            put(format!("m{n}-why"), &member.why);
            if member.present {
                put(format!("m{n}-present"), "1");
            }
        }
        for recusal in &step.recusals {
            if let Some(n) = step.roll.iter().position(|m| m.name == recusal.name) {
                put(format!("x{}-{n}", recusal.item), "1");
                put(format!("xw{}-{n}", recusal.item), &recusal.reason);
            }
        }
    }
    for vote in &step.votes {
        put(format!("v{}-agree", vote.item), &vote.agree.to_string());
        put(format!("v{}-against", vote.item), &vote.against.to_string());
        put(format!("v{}-defer", vote.item), &vote.defer.to_string());
    }
    values
}

pub fn of_field(id: &str) -> String {
    format!("f.{id}")
}
pub fn of_item(item: Id<Item>, id: &str) -> String {
    format!("i{item}.{id}")
}

/// What was typed, as the engine takes it. Mistakes are noted in the form; what cannot be read as a fact, the engine tells.
pub fn completion(form: &Form, state: &State, step: &StepState, today: Day) -> Completion {
    let done_on = form.day("done_on", "办结日期").unwrap_or(today);
    let sent = |name: &str| form.many(name).next().map(str::to_owned);
    let mut entry = Completion { based_on: form.number("based_on", "版本"), ..Completion::on(done_on) };
    for field in &step.fields {
        if let Some(text) = sent(&of_field(&field.id)) {
            entry.fields.insert(field.id.clone(), text);
        }
    }
    for item in state.open_items() {
        let noted = |id: &str| step.fields.iter().any(|f| f.id == id && f.of_items.iter().any(|(i, _)| *i == item.id));
        let mut own = Fields::new();
        for field in &step.fields {
            // An empty text says something only where something was noted.
            if let Some(text) = sent(&of_item(item.id, &field.id)).filter(|t| !t.trim().is_empty() || noted(&field.id)) {
                own.insert(field.id.clone(), text);
            }
        }
        if !own.is_empty() {
            entry.items.push(ItemFields { item: item.id, fields: own });
        }
        if form.ticked(&format!("e{}", item.id)) {
            entry.ended.push(Ended { item: item.id, reason: form.text(&format!("ew{}", item.id)).to_owned() });
        }
        entry.votes.extend(vote(form, item.id, &item.name));
    }
    if step.takes_roll {
        roll(form, state, &mut entry);
    }
    entry
}

fn vote(form: &Form, item: Id<Item>, name: &str) -> Option<Vote> {
    let count = |of: &str, says: &str| form.number::<i64>(&format!("v{item}-{of}"), &format!("{name}的{says}票"));
    let (agree, against, defer) = (count("agree", "同意"), count("against", "不同意"), count("defer", "缓议"));
    if agree.is_none() && against.is_none() && defer.is_none() {
        return None;
    }
    Some(Vote { item, agree: agree.unwrap_or(0), against: against.unwrap_or(0), defer: defer.unwrap_or(0) })
}

fn roll(form: &Form, state: &State, entry: &mut Completion) {
    let count: usize = form.number("members", "人数").unwrap_or(0).min(500);
    for n in 0..count {
        let text = |field: &str| form.text(&format!("m{n}-{field}")).to_owned();
        if text("name").is_empty() {
            continue;
        }
        let person = form.text(&format!("m{n}-person")).parse().ok().map(Id::new);
        let member = Member { person, name: text("name"), post: text("post"), present: form.ticked(&format!("m{n}-present")), why: text("why") };
        for item in state.open_items().filter(|i| form.ticked(&format!("x{}-{n}", i.id))) {
            entry.recusals.push(Recusal { item: item.id, name: member.name.clone(), reason: form.text(&format!("xw{}-{n}", item.id)).to_owned() });
        }
        entry.roll.push(member);
    }
}
