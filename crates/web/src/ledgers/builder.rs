//! 条件编辑: a ledger put together without code. Every choice answers with the form again and a live count.

use super::columns::{Choice, ChoiceGroup, choice, dividing, grouped, listable};
use super::definition::{Definition, subject_id, unit_of};
use super::lines::{Draft, JOINTS, Line};
use super::operators::{self, Takes};
use super::view::View;
use super::{carry, refuse_recorded, view_of};
use registry::few;
use crate::answer::see;
use crate::ctx::pairs;
use crate::form::Typed;
use crate::{Answer, Ctx, Form, Stop};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use institution::{Book, Dictionary};
use registry::ledger::{Enquiry, Sort};
use serde::Serialize;
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct BuilderPage {
    pub name: String,
    pub title: String,
    pub of: &'static str,
    pub form: Typed,
    pub boxes: Vec<Inside>,
    pub joints: &'static [(&'static str, &'static str)],
    /// Facts to choose from.
    pub facts: Vec<ChoiceGroup>,
    pub chosen: Vec<Choice>,
    pub others: Vec<ChoiceGroup>,
    pub sort: Vec<(String, bool)>,
    pub sortable: Vec<ChoiceGroup>,
    pub group_by: Vec<Choice>,
    pub group: String,
    pub words: String,
    /// How many satisfy the lines that are complete; nothing before the first.
    pub count: Option<i64>,
    pub unit: &'static str,
    pub unfinished: usize,
    pub in_words: String,
    pub carried: Vec<(String, String)>,
    pub back: String,
}

/// A box of lines.
#[derive(Clone, Debug, Serialize)]
pub struct Inside {
    pub joint: String,
    pub lines: Vec<Shown>,
}

/// A line with what can be chosen in it.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub n: usize,
    pub line: Line,
    pub takes: Takes,
    pub operators: Vec<operators::Choice>,
    pub options: Vec<String>,
    pub unit: String,
    /// For a test that no line can show.
    pub says: String,
}

/// What stands in the form: the draft, and the view around it.
struct Asked {
    view: View,
    draft: Draft,
    enquiry: Enquiry,
    form: Form,
    act: String,
}

fn read(book: &Book, view: View, query: &str) -> Result<Asked, Stop> {
    let dictionary = &book.dictionary;
    let form = Form::new(pairs(query));
    let act = form.text("act").to_owned();
    if form.text("draft").is_empty() {
        let asked = view.asked();
        let draft = Draft::of_condition(&asked.tests);
        let enquiry = Enquiry { sort: view.enquiry.sort.clone(), ..asked };
        return Ok(Asked { view, draft, enquiry, form, act });
    }
    let wanted = super::definition::subject(form.text("of"))?;
    let mut draft = Draft::of_form(&form);
    let mut view = view;
    let anew = wanted != view.enquiry.of;
    if anew {
        // Another kind of subject has other facts: the tests begin anew.
        let definition = Definition::begun(dictionary, wanted);
        view = View::read(book, definition, "")?;
        draft = Draft { joints: vec!["all".into()], lines: vec![] };
    } else {
        for piece in &view.pieces {
            if let Some(condition) = &piece.condition {
                let read = Draft::of_condition(condition);
                draft.lines.extend(read.lines.into_iter().filter(|l| l.group == 0));
            }
        }
    }
    change_lines(&mut draft, &act);
    let mut enquiry = view.asked();
    enquiry.tests = draft.condition(dictionary, &form);
    let typed = form.many("s-0").next().is_some() && !anew;
    enquiry.sort = if typed { sort(dictionary, &form) } else { view.enquiry.sort.clone() };
    Ok(Asked { view, draft, enquiry, form, act })
}

fn sort(dictionary: &Dictionary, form: &Form) -> Vec<Sort> {
    let one = |n: usize| {
        let fact = dictionary.fact(form.text(&format!("s-{n}")))?;
        Some(Sort { fact: fact.index, descending: form.ticked(&format!("d-{n}")) })
    };
    (0..SORTS).filter_map(one).collect()
}

/// How many facts an order is made of in the form.
const SORTS: usize = 3;

/// `add-1`, `group`, `remove-3`, `ungroup-1`
fn change_lines(draft: &mut Draft, act: &str) {
    let number = |prefix: &str| act.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
    if let Some(group) = number("add-").filter(|g| *g < draft.joints.len()) {
        draft.lines.push(Line { group, ..Line::default() });
    } else if act == "group" {
        draft.joints.push("any".into());
        let group = draft.joints.len() - 1;
        draft.lines.extend(std::iter::repeat_n(Line { group, ..Line::default() }, 2));
    } else if let Some(at) = number("remove-").filter(|n| *n < draft.lines.len()) {
        draft.lines.remove(at);
    } else if let Some(gone) = number("ungroup-").filter(|g| *g > 0 && *g < draft.joints.len()) {
        draft.joints.remove(gone);
        draft.lines.retain(|l| l.group != gone);
        draft.lines.iter_mut().filter(|l| l.group > gone).for_each(|l| l.group -= 1);
    }
}

impl Asked {
    /// The address of the ledger that was put together.
    fn address(&self, dictionary: &Dictionary, carry: &str) -> String {
        let mut view = self.view.clone();
        view.enquiry = self.enquiry.clone();
        (view.q, view.pieces) = (String::new(), vec![]);
        view.address(dictionary, carry).with(&[])
    }

    fn page(&self, dictionary: &Dictionary, count: Option<i64>, day: Day, carry: &str) -> BuilderPage {
        let (enquiry, definition) = (&self.enquiry, &self.view.definition);
        let mut boxes: Vec<Inside> = self.draft.joints.iter().map(|j| Inside { joint: j.clone(), lines: vec![] }).collect();
        for (n, line) in self.draft.lines.iter().enumerate() {
            boxes[line.group].lines.push(shown(dictionary, n, line));
        }
        let mut typed = self.form.typed();
        let unfinished = typed.mistakes.len();
        if self.act != "show" {
            // Only counted until the ledger is asked for: nobody is scolded while still choosing.
            typed.mistakes.clear();
        }
        let sort = enquiry.sort.iter().map(|s| (dictionary.facts[s.fact].id.to_string(), s.descending));
        let none = std::iter::repeat_n((String::new(), false), SORTS);
        let rest = listable(dictionary, enquiry.of).filter(|f| !enquiry.columns.contains(&f.index));
        BuilderPage {
            name: definition.name.clone(),
            title: definition.title.clone(),
            of: subject_id(enquiry.of),
            form: typed,
            boxes,
            joints: &JOINTS,
            facts: grouped(listable(dictionary, enquiry.of), day),
            chosen: enquiry.columns.iter().map(|c| choice(definition, dictionary, &dictionary.facts[*c], day)).collect(),
            others: grouped(rest, day),
            sort: sort.chain(none).take(SORTS).collect(),
            sortable: grouped(dictionary.of(enquiry.of).filter(|f| f.class < institution::dictionary::Class::S3), day),
            group_by: dividing(dictionary, enquiry.of).map(|f| choice(definition, dictionary, f, day)).collect(),
            group: enquiry.group.map_or_else(String::new, |g| dictionary.facts[g].id.to_string()),
            words: enquiry.words.join(" "),
            count,
            unit: unit_of(enquiry.of).1,
            unfinished,
            in_words: enquiry.tests.in_words(dictionary),
            carried: pairs(carry),
            back: self.view.address(dictionary, carry).with(&[]),
        }
    }
}

fn shown(dictionary: &Dictionary, n: usize, line: &Line) -> Shown {
    let mut shown = Shown {
        n,
        line: line.clone(),
        takes: Takes::Nothing,
        operators: vec![],
        options: vec![],
        unit: String::new(),
        says: String::new(),
    };
    if !line.kept.is_empty() {
        let json = serde_json::from_str(&line.kept).unwrap_or_default();
        shown.says = institution::Condition::from_json(dictionary, &json).map_or_else(|why| why, |c| c.in_words(dictionary));
    } else if let Some(fact) = dictionary.fact(&line.fact) {
        let operator = operators::operator(dictionary, fact, &line.operator);
        shown.line.operator = operator.id.into();
        shown.takes = operator.takes;
        shown.operators = operators::operators(dictionary, fact);
        shown.options = operators::options(dictionary, fact, operator);
        shown.unit = fact.unit.to_string();
    }
    shown
}

/// The form, and with `act=show` the way to the ledger.
pub async fn change(c: Ctx, Path(name): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let asking = c.clone();
    let (asked, page) = c
        .read(move |desk| {
            let dictionary = desk.dictionary();
            let query = &asking.asked.query;
            let drafted = Form::new(pairs(query));
            // The form says its kind itself; the view beneath it is of the ledger's own kind.
            let view = match view_of(&asking, desk, &name, query) {
                Err(Stop::Wrong(_)) if drafted.ticked("draft") => view_of(&asking, desk, &name, "")?,
                view => view?,
            };
            let asked = read(desk.book, view, query)?;
            let mut open = asked.enquiry.clone();
            let closed = !registry::protect::withhold(dictionary, &mut open, &mut vec![], asking.open_in_ledgers()).asked.is_empty();
            // How many satisfy a protected test is an answer too.
            let closed = closed || few::is_guarded(desk, &asked.enquiry);
            let count = if closed { None } else { Some(asking.app.answers.at(desk)?.count(&asked.enquiry)?) };
            let page = asked.page(dictionary, count, desk.day(), &carry(&asking));
            let address = (asked.act == "show" && asked.form.is_right()).then(|| asked.address(dictionary, &carry(&asking)));
            Ok((address, page))
        })
        .await?;
    match asked {
        Some(address) if c.asked.partial => Ok((StatusCode::OK, [("hx-redirect", address)]).into_response()),
        Some(address) => Ok(see(&address)),
        None => c.part("ledgers/builder_form.html", &page),
    }
}
