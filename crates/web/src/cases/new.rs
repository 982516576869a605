//! 登记: a call, a paper slip, a visit, typed in for who reported, who gets the receipt on a slip.

use super::allowed;
use super::deeds::filled;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::case::{self, Receipt, Report};
use axum::http::StatusCode;
use institution::case::Act;
use institution::duty::{DutyField, FieldKind};
use registry::Desk;
use serde::Serialize;
use vocabulary::{Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct NewPage {
    pub systems: Vec<(String, String)>,
    pub ways: Vec<String>,
    pub places: Vec<(String, String)>,
    /// What the system asks besides.
    pub asks: Vec<DutyField>,
    pub form: Typed,
    pub refused: Vec<Finding>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SlipPage {
    pub receipt: Receipt,
    pub words: String,
    pub noun: String,
}

pub async fn show(c: Ctx) -> Answer {
    allowed(&c)?;
    let form = Form::new(crate::ctx::pairs(&c.asked.query)).typed();
    let page = c.read(move |desk| NewPage::of(desk, form)).await?;
    c.page(&page)
}

impl NewPage {
    fn of(desk: &Desk, mut form: Typed) -> Result<NewPage, Stop> {
        let mine: Vec<_> = case::systems(desk).filter(|(_, s)| s.may(Act::Report, desk.actor.role.id())).collect();
        let systems: Vec<(String, String)> = mine.iter().map(|(i, s)| (i.id.to_string(), format!("{}（{}）", i.title, s.noun))).collect();
        let chosen = form.values.get("system").cloned().or_else(|| mine.iter().find(|(_, s)| s.first_at_door).map(|(i, _)| i.id.to_string()))
            .or_else(|| systems.first().map(|(id, _)| id.clone())).unwrap_or_default();
        let system = mine.iter().find(|(i, _)| *i.id == *chosen).map(|(_, s)| *s);
        let ways = system.map(|s| s.ways.iter().map(ToString::to_string).collect()).unwrap_or_default();
        let kinds: Vec<&str> = system.map(|s| s.levels.iter().flat_map(|l| l.kinds.iter().map(|k| &**k)).collect()).unwrap_or_default();
        let sight = case::sight(desk)?;
        let places = case::places(desk, &kinds, sight.path.as_deref().filter(|_| sight.by_place))?;
        let places: Vec<(String, String)> = places.into_iter().map(|u| (u.id.to_string(), u.name)).collect();
        form.values.insert("system".into(), chosen);
        if let [only] = &places[..] {
            form.values.insert("place".into(), only.0.clone());
        }
        form.values.entry("key".into()).or_insert_with(crate::resident::new_key);
        let asks = system.map(|s| s.asked(Act::Report).to_vec()).unwrap_or_default();
        Ok(NewPage { systems, ways, places, asks, form, refused: vec![] })
    }
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    allowed(&c)?;
    if !form.text("change").is_empty() {
        // Another kind, with everything that was typed; nothing is registered.
        let mut typed = form.typed();
        typed.values.insert("system".into(), form.text("which").to_owned());
        let page = c.read(move |desk| NewPage::of(desk, typed)).await?;
        return c.page(&page);
    }
    let report = Report {
        system: form.text("system").into(),
        way: form.text("way").into(),
        words: form.text("words").into(),
        place: form.number("place", "地点").map(Id::new),
        place_words: form.text("place_words").into(),
        name: form.text("name").into(),
        phone: form.text("phone").into(),
        named: form.text("named").into(),
        key: form.text("key").into(),
        visit: None,
        fields: filled(&form),
    };
    let words = report.words.clone();
    let outcome = c.write(move |desk| {
        let noun = case::system(desk, &report.system)?.1.noun.to_string();
        Ok((case::report(desk, &report)?, noun))
    });
    match outcome.await? {
        (Outcome::Done(receipt), noun) => c.page(&SlipPage { receipt, words, noun }),
        (Outcome::Refused(findings), _) => {
            let typed = form.typed();
            let page = c.read(move |desk| NewPage::of(desk, typed)).await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { refused: findings.into_iter().collect(), ..page })
        }
    }
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "cases/new.html";
    fn samples() -> Vec<Sample<Self>> {
        let empty = NewPage {
            systems: vec![("whistle-and-report".into(), "吹哨报到（诉求）".into())],
            ways: vec!["来电".into(), "来访纸条".into()],
            places: vec![("40".into(), "青云镇东关社区".into())],
            asks: vec![DutyField { id: "seconded".into(), label: "联名的代表".into(), kind: FieldKind::Number, required: false, hint: "几人".into(), options: vec![] }],
            form: Typed::with([("system", "whistle-and-report".into())]),
            refused: vec![],
        };
        let refused = NewPage { refused: crate::samples::findings(), ..empty.clone() };
        vec![Sample::usual(empty), Sample { name: "refused", ..Sample::usual(refused) }]
    }
}

impl Page for SlipPage {
    const TEMPLATE: &'static str = "cases/slip.html";
    fn samples() -> Vec<Sample<Self>> {
        let receipt = Receipt { id: Id::new(12), number: "CS0000012".into(), code: "481516".into(), again: false };
        vec![Sample::usual(SlipPage { receipt, words: "2号楼电梯坏了".into(), noun: "诉求".into() })]
    }
}
