//! 文件内重复: the same person twice in one file.

use crate::matching::Who;
use std::collections::HashMap;

/// A record that went by before.
#[derive(Clone, Debug)]
struct Before {
    number: u32,
    name: String,
    print: u64,
    has_id_number: bool,
}

#[derive(Default)]
pub(crate) struct Twice {
    by_id_number: HashMap<String, Before>,
    by_name: HashMap<(String, String), Before>,
    by_person: HashMap<i64, Before>,
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
        let now = Before { number: who.number, name: who.name.clone(), print, has_id_number: who.id_number.is_some() };
        if let Some(id) = &who.id_number {
            if let Some(before) = self.by_id_number.get(id) {
                return Some(if before.name != who.name {
                    Again::Refused(format!("身份证号与第 {} 条{}相同，而姓名不同", before.number, before.name))
                } else {
                    again(before, print)
                });
            }
            self.by_id_number.insert(id.clone(), now.clone());
        }
        if let Some(born) = &who.born {
            let key = (who.name.clone(), born.clone());
            match self.by_name.get(&key) {
                // Two ID numbers that differ have told them apart already.
                Some(before) if told_apart || (before.has_id_number && now.has_id_number) => {}
                Some(before) => return Some(again(before, print)),
                None => {
                    self.by_name.insert(key, now);
                }
            }
        }
        None
    }

    /// Two records of the file that both mean this person on record.
    pub fn person(&mut self, person: i64, who: &Who, print: u64) -> Option<Again> {
        if let Some(before) = self.by_person.get(&person) {
            return Some(again(before, print));
        }
        let now = Before { number: who.number, name: who.name.clone(), print, has_id_number: who.id_number.is_some() };
        self.by_person.insert(person, now);
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
