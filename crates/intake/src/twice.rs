//! 文件内重复: the same person twice in one file.

use crate::matching::Who;
use std::collections::HashMap;
use std::sync::Arc;

/// A record that went by before. Of a hundred thousand each is kept once.
struct Before {
    number: u32,
    name: Arc<str>,
    print: u64,
    has_id_number: bool,
}

#[derive(Default)]
pub(crate) struct Twice {
    /// In the order of their numbers.
    before: Vec<Before>,
    /// Places in `before`.
    by_id_number: HashMap<Box<str>, u32>,
    by_name: HashMap<(Arc<str>, Month), u32>,
    by_person: HashMap<i64, u32>,
}

/// `1985-04`, without room of its own.
type Month = [u8; 8];

fn month(born: &str) -> Month {
    let mut month = Month::default();
    month.iter_mut().zip(born.bytes()).for_each(|(to, from)| *to = from);
    month
}

/// What a second record of somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// Says the same: nothing is lost by passing over it.
    Equal(u32),
    Refused(String),
}

impl Twice {
    /// Was somebody of this ID number, or of this name and birth, in the file before? Remembers who was not.
    pub fn meet(&mut self, who: &Who, print: u64, told_apart: bool) -> Option<Again> {
        if let Some(before) = who.id_number.as_ref().and_then(|id| self.by_id_number.get(id.as_str())) {
            let before = &self.before[*before as usize];
            return Some(if *before.name != *who.name {
                Again::Refused(format!("身份证号与第 {} 条{}相同，而姓名不同", before.number, before.name))
            } else {
                again(before, print)
            });
        }
        let (place, name) = (self.before.len() as u32, Arc::<str>::from(who.name.as_str()));
        let has_id_number = who.id_number.is_some();
        let key = who.born.as_ref().map(|born| (name.clone(), month(born)));
        let named = key.as_ref().and_then(|key| self.by_name.get(key)).map(|before| &self.before[*before as usize]);
        // Two ID numbers that differ have told them apart already.
        let same = named.filter(|before| !told_apart && !(before.has_id_number && has_id_number));
        let (known, met) = (named.is_some(), same.map(|before| again(before, print)));
        if let Some(id) = &who.id_number {
            self.by_id_number.insert(id.as_str().into(), place);
        }
        if let Some(key) = key.filter(|_| !known) {
            self.by_name.insert(key, place);
        }
        self.before.push(Before { number: who.number, name, print, has_id_number });
        met
    }

    /// Two records of the file that both mean this person on record.
    pub fn person(&mut self, person: i64, who: &Who, print: u64) -> Option<Again> {
        if let Some(before) = self.by_person.get(&person) {
            return Some(again(&self.before[*before as usize], print));
        }
        // Whoever is asked about here was met before.
        if let Ok(place) = self.before.binary_search_by_key(&who.number, |before| before.number) {
            self.by_person.insert(person, place as u32);
        }
        None
    }
}

fn again(before: &Before, print: u64) -> Again {
    if before.print == print {
        Again::Equal(before.number)
    } else {
        Again::Refused(format!("与第 {} 条{}是同一人而内容不同，只按前一条导入；要用这一条，请把前一条设为不导入", before.number, before.name))
    }
}
