//! One ID number belongs to one person, once in a table.

use crate::{Fault, PersonRecord};
use std::collections::HashMap;

/// ID numbers met so far, with row and name.
#[derive(Default)]
pub(crate) struct Seen(HashMap<String, (u32, Box<str>)>);

impl Seen {
    /// Says when the number stood in an earlier row: the same person twice, or two people with one number.
    pub fn check(&mut self, person: &mut PersonRecord) {
        let Some(field) = person.fields.get(crate::field::person::ID_NUMBER) else {
            return;
        };
        let name = person.name();
        let fault = match self.0.get(&field.value) {
            Some((first, other)) if **other == *name => {
                let says = format!("同一个人在本表出现两次，第 {first} 行已有");
                Fault::error(person.place.clone(), name, says, "请删去多余的一行")
            }
            Some((first, other)) => {
                let says = format!("身份证号与第 {first} 行的{other}相同");
                Fault::error(
                    field.place.clone(),
                    &field.value,
                    says,
                    "两个人不会有同一个身份证号，请核对",
                )
            }
            None => {
                self.0
                    .insert(field.value.clone(), (person.place.row.unwrap_or(0), name.into()));
                return;
            }
        };
        person.faults.push(fault);
    }
}
