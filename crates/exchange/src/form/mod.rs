//! 任免审批表: what `.lrmx` and `.lrm` both hold, by the element names of `.lrmx`.

mod elements;
mod person;
mod photo;

pub(crate) use elements::{is_family_leaf, is_known, is_leaf, label};
pub(crate) use person::{education_pair, is_departed, person};
pub(crate) use photo::{from_base64, from_bytes};

use crate::{Extra, Fault, Photo, Place};

/// The texts of one form as they stood, before anyone read them.
pub(crate) struct Form {
    pub place: Place,
    texts: Vec<(String, String, Place)>,
    pub family: Vec<Member>,
    pub photo: Option<Photo>,
    pub extra: Vec<Extra>,
    pub faults: Vec<Fault>,
}

/// One family member's texts.
pub(crate) struct Member {
    place: Place,
    texts: Vec<(String, String, Place)>,
}

impl Form {
    pub fn new(place: Place) -> Form {
        Form {
            place,
            texts: Vec::new(),
            family: Vec::new(),
            photo: None,
            extra: Vec::new(),
            faults: Vec::new(),
        }
    }
    /// The first of two elements of one name counts, unless it was empty; the second is told.
    pub fn put(&mut self, name: &str, text: &str, place: Place) {
        match self.texts.iter_mut().find(|(n, _, _)| n == name) {
            None => self.texts.push((name.to_owned(), text.to_owned(), place)),
            Some(old) if old.1.trim().is_empty() => *old = (name.to_owned(), text.to_owned(), place),
            Some(old) if old.1.trim() == text.trim() || text.trim().is_empty() => {}
            Some(_) => self.faults.push(Fault::finding(
                place,
                text,
                "这一项出现了两次，取了第一次的",
                "请核对并删去多余的一项",
            )),
        }
    }
    pub fn get(&self, name: &str) -> Option<(&str, &Place)> {
        self.texts
            .iter()
            .find(|(n, _, _)| n == name)
            .map(|(_, text, place)| (text.as_str(), place))
    }
}

impl Member {
    pub fn new(place: Place) -> Member {
        Member {
            place,
            texts: Vec::new(),
        }
    }
    pub fn put(&mut self, name: &str, text: &str, place: Place) {
        self.texts.push((name.to_owned(), text.to_owned(), place));
    }
    pub fn get(&self, name: &str) -> Option<(&str, &Place)> {
        self.texts
            .iter()
            .find(|(n, _, _)| n == name)
            .map(|(_, text, place)| (text.as_str(), place))
    }
}
