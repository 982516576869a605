//! 比对一批: records become verdicts, lines and the rows that would be written.

use crate::change::Write;
use crate::coding::Coding;
use crate::compare;
use crate::held::{self, Held};
use crate::index::Index;
use crate::matching::{self, Match, Who};
use crate::preview::{RecordPreview, Verdict};
use crate::twice::{Again, Twice};
use crate::wanted::{Reading, Wanted};
use crate::{Choices, Result, printed, seats};
use exchange::field::person as f;
use exchange::{Fault, PersonRecord};
use registry::Desk;
use std::collections::{HashMap, HashSet};
use vocabulary::Day;

/// One record compared.
pub(crate) struct Examined {
    pub preview: RecordPreview,
    pub writes: Vec<Write>,
    pub seats: seats::Moves,
}

pub(crate) struct Examiner<'c> {
    choices: &'c Choices,
    /// People whom somebody changed after this journal number are passed over.
    moved_since: Option<i64>,
    twice: Twice,
}

impl<'c> Examiner<'c> {
    pub fn new(choices: &'c Choices, moved_since: Option<i64>) -> Examiner<'c> {
        Examiner { choices, moved_since, twice: Twice::default() }
    }

    /// Compares one batch, in the order of the file.
    pub fn batch(&mut self, desk: &Desk, index: &Index, records: Vec<(u32, PersonRecord)>) -> Result<Vec<Examined>> {
        let reading = Reading { coding: Coding { dictionary: desk.dictionary() }, index, today: desk.today };
        let mut all: Vec<(Who, RecordPreview, Wanted)> = Vec::with_capacity(records.len());
        let mut forms = HashSet::new();
        for (number, record) in records {
            if printed::is_form(&record) {
                forms.insert(number);
            }
            let who = Who::of(number, &record);
            let preview = blank(number, &record);
            all.push((who, preview, reading.wanted(record)));
        }
        for (who, preview, wanted) in &mut all {
            self.first_look(who, preview, wanted);
        }
        let open: Vec<Who> = all.iter().filter(|(_, p, _)| p.verdict == Verdict::Same).map(|(w, ..)| w.clone()).collect();
        let mut matches = matching::decide(desk, &open, self.choices)?;
        for (who, preview, wanted) in &mut all {
            if let Some(found) = matches.remove(&who.number) {
                self.meet(found, who, preview, wanted);
            }
        }
        let people: Vec<i64> = all.iter().filter_map(|(_, p, _)| p.person).collect();
        let mentioned: Vec<&Wanted> = all.iter().filter(|(_, p, _)| p.person.is_some()).map(|(.., w)| w).collect();
        let mut held = if people.is_empty() { HashMap::new() } else { held::load(desk, &people, &mentioned)? };
        let moved: HashSet<i64> = match self.moved_since {
            Some(since) if !people.is_empty() => held::changed_since(desk, &people, since)?.into_iter().collect(),
            _ => HashSet::new(),
        };
        let context = compare::Context { choices: self.choices, index };
        all.into_iter()
            .map(|(_, preview, mut wanted)| {
                let held = preview.person.and_then(|p| held.remove(&p));
                let mut echo = compare::Echo::new();
                if let (Some(held), Some(person), true) = (&held, preview.person, forms.contains(&preview.number)) {
                    printed::without_sheet(&mut wanted, &held.texts);
                    if let Some(told) = printed::of(desk, &reading, person)? {
                        echo = compare::echo(&context, preview.number, told, held);
                    }
                }
                Ok(finish(&context, preview, wanted, held, (&moved, reading.today), &echo))
            })
            .collect()
    }

    /// Without the record: left out, nameless, or in the file before.
    fn first_look(&mut self, who: &Who, preview: &mut RecordPreview, wanted: &Wanted) {
        if self.choices.leaves_out(&who.number.to_string()) {
            preview.verdict = Verdict::LeftOut;
        } else if who.name.is_empty() && who.own.is_none() && who.id_number.is_none() {
            preview.verdict = Verdict::Refused;
            preview.because = Some("没有姓名".into());
        } else {
            let told_apart = self.choices.treat_as_new.contains(&who.number) || self.choices.same_as.contains_key(&who.number);
            let again = self.twice.meet(who, wanted.print(), told_apart);
            self.again(again, preview);
        }
    }

    fn again(&self, again: Option<Again>, preview: &mut RecordPreview) {
        match again {
            None => {}
            Some(Again::Equal(first)) => {
                preview.verdict = Verdict::Repeated;
                preview.because = Some(format!("与第 {first} 条相同"));
            }
            Some(Again::Refused(because)) => {
                preview.verdict = Verdict::Refused;
                preview.faults.push(Fault::error(preview.place.clone(), &preview.name, because.clone(), "一人只留一条"));
                preview.because = Some(because);
            }
        }
    }

    fn meet(&mut self, found: Match, who: &Who, preview: &mut RecordPreview, wanted: &Wanted) {
        match found {
            Match::New if who.name.is_empty() => {
                preview.verdict = Verdict::Refused;
                preview.because = Some("没有姓名，在册也找不到这个身份证号".into());
            }
            Match::New => preview.verdict = Verdict::New,
            Match::Ambiguous(because, candidates) => {
                preview.verdict = Verdict::Ambiguous;
                preview.because = Some(because);
                preview.candidates = candidates;
            }
            Match::Person(person) => match self.twice.person(person, who, wanted.print()) {
                None => preview.person = Some(person),
                again => self.again(again, preview),
            },
        }
    }
}

fn blank(number: u32, record: &PersonRecord) -> RecordPreview {
    let post = record.fields.value(f::POST).or_else(|| record.fields.value(f::ORGANISATION)).map(str::to_owned);
    let first = record.tenures.first().map(|t| {
        let text = |c: &exchange::Text| c.as_ref().map_or("", |c| c.value.as_str()).to_owned();
        format!("{}{}", text(&t.organisation), text(&t.post))
    });
    RecordPreview {
        number,
        name: record.name().to_owned(),
        born: record.fields.value(f::BORN).map(str::to_owned),
        post: post.or(first).unwrap_or_default(),
        place: record.place.clone(),
        verdict: Verdict::Same,
        because: None,
        person: None,
        candidates: vec![],
        changes: vec![],
        brings: vec![],
        absent: vec![],
        faults: vec![],
    }
}

fn finish(context: &compare::Context, mut preview: RecordPreview, mut wanted: Wanted, held: Option<Held>, (moved, today): (&HashSet<i64>, Day), echo: &compare::Echo) -> Examined {
    let stays = matches!(preview.verdict, Verdict::Ambiguous | Verdict::Refused | Verdict::Repeated | Verdict::LeftOut);
    if stays {
        if preview.verdict != Verdict::Repeated {
            preview.faults.append(&mut wanted.faults);
        }
        return Examined { preview, writes: vec![], seats: vec![] };
    }
    let mut compared = compare::person(context, preview.number, wanted, held.as_ref(), echo);
    preview.faults.append(&mut compared.faults);
    let seats = seats::moves(&compared.writes, held.as_ref(), today);
    if preview.verdict == Verdict::New {
        preview.brings = compared.brings;
        return Examined { preview, writes: compared.writes, seats };
    }
    preview.changes = compared.changes;
    preview.absent = compared.absent;
    if preview.changes.iter().any(|c| !c.left_out) {
        preview.verdict = Verdict::Changes;
    }
    if preview.verdict == Verdict::Changes && preview.person.is_some_and(|p| moved.contains(&p)) {
        preview.verdict = Verdict::Moved;
        preview.because = Some("预览之后有人改过这份记录，没有写入；请核对这些变化后再导入".into());
        return Examined { preview, writes: vec![], seats: vec![] };
    }
    Examined { preview, writes: compared.writes, seats }
}
