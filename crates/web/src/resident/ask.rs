//! 我要反映: one question a page. What was answered travels along in the form, so that nothing is kept of who goes away.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Form, Guest, Page, Stop};
use affairs::case::{self, Receipt, Report, Unit};
use axum::extract::Query;
use registry::{AsOf, Desk};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Id, Outcome};

/// The questions in order; the last is the look at everything.
const QUESTIONS: [&str; 6] = ["words", "place", "place_words", "named", "contact", "check"];
/// What travels along.
const FIELDS: [&str; 9] = ["system", "key", "words", "place", "place_name", "place_words", "named", "name", "phone"];

#[derive(Clone, Debug, Serialize)]
pub struct AskPage {
    pub question: &'static str,
    /// From 1.
    pub number: usize,
    pub of: usize,
    pub values: BTreeMap<String, String>,
    pub places: Vec<Unit>,
    pub searched: bool,
    pub mistakes: Vec<String>,
    pub noun: String,
}

/// 收到了
#[derive(Clone, Debug, Serialize)]
pub struct SentPage {
    pub receipt: Receipt,
    pub words: String,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    place: String,
    #[serde(default)]
    system: String,
    #[serde(default)]
    q: String,
}

/// Reads as the resident's door does: nobody in particular, and no case.
async fn read<T: Send + 'static>(guest: &Guest, work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
    let app = guest.app.clone();
    blocking(move || app.office.read(&case::resident(), AsOf::default(), work)).await
}

pub async fn show(guest: Guest, Query(asked): Query<Asked>) -> Answer {
    let page = read(&guest, move |desk| {
        let mut page = AskPage::at("words", BTreeMap::new());
        let open: Vec<_> = case::systems(desk).filter(|(_, s)| s.open_door).collect();
        let chosen = open.iter().find(|(i, _)| *i.id == *asked.system).or(open.iter().find(|(_, s)| s.first_at_door)).or(open.first());
        let Some((institution, system)) = chosen else { return Err(Stop::NotFound("可以在网上反映的事项".into())) };
        page.noun = system.noun.to_string();
        page.values.insert("system".into(), institution.id.to_string());
        page.values.insert("key".into(), super::new_key());
        if let Ok(place) = asked.place.parse()
            && let Ok(unit) = case::unit(desk, Id::new(place))
            && !unit.ended
        {
            page.values.insert("place".into(), unit.id.to_string());
            page.values.insert("place_name".into(), unit.name);
        }
        Ok(page)
    });
    let page = page.await?;
    super::page(guest, &page)
}

/// Names for the search while typing.
pub async fn places(guest: Guest, Query(asked): Query<Asked>) -> Answer {
    let found = read(&guest, move |desk| find_places(desk, &asked.system, &asked.q)).await?;
    let mut page = AskPage::at("place", BTreeMap::new());
    (page.places, page.searched) = (found, true);
    Ok(axum::response::IntoResponse::into_response(axum::response::Html(guest.app.pages.render_part(&page, "resident/places.html", &guest.frame())?)))
}

fn find_places(desk: &Desk, system: &str, words: &str) -> Result<Vec<Unit>, Stop> {
    let (_, system) = case::system(desk, system)?;
    let kinds: Vec<&str> = system.levels.first().map(|l| l.kinds.iter().map(|k| &**k).collect()).unwrap_or_default();
    let words = words.trim();
    Ok(if words.is_empty() { vec![] } else { case::search_units(desk, words, &kinds, 12)? })
}

/// The answer to one question: on to the next, back to the one before, or sent.
pub async fn create(guest: Guest, form: Form) -> Answer {
    let question = QUESTIONS.into_iter().find(|q| *q == form.text("question")).unwrap_or("words");
    let values: BTreeMap<String, String> = FIELDS.iter().map(|f| (f.to_string(), form.text(f).to_owned())).filter(|(_, v)| !v.is_empty()).collect();
    let act = form.text("act").to_owned();
    if question == "check" && act == "send" {
        return send(guest, values).await;
    }
    let at = QUESTIONS.iter().position(|q| *q == question).unwrap_or(0);
    let back = act.strip_prefix("to-").and_then(|to| QUESTIONS.into_iter().find(|q| *q == to));
    let words = form.text("place_search").to_owned();
    let page = read(&guest, move |desk| {
        let mut page = AskPage::at(question, values);
        page.noun = case::system(desk, page.values.get("system").map_or("", String::as_str))?.1.noun.to_string();
        if act == "search" || (question == "place" && back.is_none() && !words.is_empty() && !page.values.contains_key("place")) {
            page.places = find_places(desk, page.values.get("system").map_or("", String::as_str), &words)?;
            page.searched = true;
            page.values.insert("place_search".into(), words);
            return Ok(page);
        }
        page.mistakes = mistakes(question, &page.values);
        if let Some(back) = back {
            page.go(back);
        } else if page.mistakes.is_empty() {
            page.go(QUESTIONS[(at + 1).min(QUESTIONS.len() - 1)]);
        }
        if let Some(place) = page.values.get("place").and_then(|p| p.parse().ok()) {
            page.values.insert("place_name".into(), case::unit(desk, Id::new(place))?.name);
        }
        Ok(page)
    });
    let page = page.await?;
    super::page(guest, &page)
}

/// What one answer lacks. Everything else is judged when it is sent.
fn mistakes(question: &str, values: &BTreeMap<String, String>) -> Vec<String> {
    let empty = |field: &str| values.get(field).is_none_or(|v| v.is_empty());
    let mut out = Vec::new();
    match question {
        "words" if empty("words") => out.push("请写下您要反映的事，一两句话就可以".to_owned()),
        "words" if values.get("words").is_some_and(|w| w.chars().count() > 2_000) => out.push("写得太长了，最多两千字；照片可以后面再补".to_owned()),
        "place" if empty("place") => out.push("请选择是哪个社区或村".to_owned()),
        "contact" if values.get("phone").is_some_and(|p| !p.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c))) => {
            out.push("电话只写数字；不想留可以空着".to_owned())
        }
        _ => {}
    }
    out
}

async fn send(guest: Guest, values: BTreeMap<String, String>) -> Answer {
    let text = |name: &str| values.get(name).cloned().unwrap_or_default();
    let report = Report {
        system: text("system"),
        way: String::new(),
        words: text("words"),
        place: text("place").parse().ok().map(Id::new),
        place_words: text("place_words"),
        name: text("name"),
        phone: text("phone"),
        named: text("named"),
        key: text("key"),
        visit: None,
        // The door asks for words alone; the loader lets nothing else be required here.
        fields: affairs::Fields::new(),
    };
    let words = report.words.clone();
    let now = guest.app.office.clock.now().0;
    // Slowed before the work, so that many at once do not hold the writer.
    tokio::time::sleep(guest.app.pace.next(&guest.asked.secret, now)).await;
    let app = guest.app.clone();
    let outcome = blocking(move || {
        app.office.write(&case::resident(), |desk| {
            let way = case::system(desk, &report.system)?.1.ways.first().map(ToString::to_string).unwrap_or_default();
            Ok::<_, Stop>(case::report(desk, &Report { way, ..report })?)
        })
    });
    match outcome.await? {
        Outcome::Done(receipt) => super::page(guest, &SentPage { receipt, words }),
        Outcome::Refused(findings) => {
            let mut page = AskPage::at("check", values);
            page.mistakes = findings.iter().map(|f| match &f.next {
                Some(next) => format!("{}。{next}", f.says),
                None => f.says.clone(),
            }).collect();
            super::page(guest, &page)
        }
    }
}

impl AskPage {
    fn at(question: &'static str, values: BTreeMap<String, String>) -> AskPage {
        let mut page = AskPage { question, number: 1, of: QUESTIONS.len(), values, places: vec![], searched: false, mistakes: vec![], noun: "诉求".into() };
        page.go(question);
        page
    }
    fn go(&mut self, question: &'static str) {
        self.question = question;
        self.number = QUESTIONS.iter().position(|q| *q == question).unwrap_or(0) + 1;
    }
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "resident/report.html";
    fn samples() -> Vec<Sample<Self>> {
        let values: BTreeMap<String, String> = [("words", "2号楼电梯坏了"), ("place_name", "青云镇东关社区"), ("place", "40"), ("system", "whistle-and-report")]
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect();
        let unit = Unit { id: Id::new(40), parent: None, path: "/1/40/".into(), name: "青云镇东关社区".into(), kind: "社区".into(), ended: false };
        let mut samples: Vec<Sample<Self>> = QUESTIONS.into_iter().map(|q| Sample { name: q, ..Sample::guest(AskPage::at(q, values.clone())) }).collect();
        let searched = AskPage { places: vec![unit], searched: true, ..AskPage::at("place", BTreeMap::new()) };
        let nobody = AskPage { searched: true, mistakes: vec!["请选择是哪个社区或村".into()], ..AskPage::at("place", BTreeMap::new()) };
        samples.push(Sample { name: "searched", ..Sample::guest(searched) });
        samples.push(Sample { name: "not-found", ..Sample::guest(nobody) });
        samples
    }
}

impl Page for SentPage {
    const TEMPLATE: &'static str = "resident/sent.html";
    fn samples() -> Vec<Sample<Self>> {
        let receipt = Receipt { id: Id::new(12), number: "CS0000012".into(), code: "481516".into(), again: false };
        let page = SentPage { receipt, words: "2号楼电梯坏了".into() };
        let again = SentPage { receipt: Receipt { again: true, ..page.receipt.clone() }, ..page.clone() };
        vec![Sample::guest(page), Sample { name: "again", ..Sample::guest(again) }]
    }
}
