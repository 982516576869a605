//! 包联责任: who looks after, contacts, is a member of or reports to which place; one is begun and ended here.

use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use registry::charge::{self, Held, Taker};
use registry::{Charge, Desk, organisation, person};
use serde::{Deserialize, Serialize};
use vocabulary::Id;

#[derive(Clone, Debug, Serialize)]
pub struct ChargesPage {
    /// Kind and number.
    pub kinds: Vec<(String, usize)>,
    pub kind: String,
    pub held: Vec<Held>,
    pub form: Typed,
    pub mistake: Option<String>,
    pub may: bool,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| ChargesPage::of(desk, &asked.kind, may)).await?;
    c.page(&page)
}

impl ChargesPage {
    fn of(desk: &Desk, kind: &str, may: bool) -> Result<ChargesPage, Stop> {
        let all = charge::all(desk)?;
        let names = desk.dictionary().table("charge_kind").map(|t| t.values.iter().map(|v| v.name.to_string()).collect::<Vec<_>>()).unwrap_or_default();
        Ok(ChargesPage {
            kinds: names.into_iter().map(|n| (n.clone(), all.iter().filter(|h| h.kind == n).count())).collect(),
            held: all.into_iter().filter(|h| kind.is_empty() || h.kind == kind).take(500).collect(),
            kind: kind.to_owned(),
            form: Typed::with([("from", desk.today.to_string()), ("kind", kind.to_owned())]),
            mistake: None,
            may,
        })
    }
}

/// 明确一项责任.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let typed = form.typed();
    let (kind, who, place) = (form.text("kind").to_owned(), form.text("who").to_owned(), form.text("place").to_owned());
    let from = form.day("from", "起始日期");
    let shown = kind.clone();
    let done = c
        .write(move |desk| {
            if desk.dictionary().table("charge_kind").is_none_or(|t| !t.values.iter().any(|v| *v.name == *kind)) {
                return Err(Stop::Wrong("请选择种类".into()));
            }
            let from = from.ok_or_else(|| Stop::Wrong("起始日期读不懂，请写成 2026-11-22".into()))?;
            let unit = organisation::named(desk, &place)?.ok_or_else(|| Stop::Wrong(format!("没有找到“{place}”，请写机构简称")))?;
            // A department by its name, or a person; who is both is asked about by the name of the department.
            let taker = match organisation::named(desk, &who)? {
                Some(found) => Taker::Department(found.id),
                None => Taker::Person(person::who(desk, &who).map_err(|error| match error {
                    registry::Error::NotFound(_) | registry::Error::Wrong(_) => Stop::Wrong(error.to_string()),
                    other => other.into(),
                })?),
            };
            if charge::of(desk, unit.id)?.iter().any(|h| h.kind == kind && h.who == who) {
                return Err(Stop::Wrong(format!("{who}在{}已有“{kind}”", unit.short_name)));
            }
            charge::begin(desk, &kind, &taker, unit.id, from)?;
            Ok(())
        })
        .await;
    match done {
        Ok(()) => Ok(answer::see(&format!("/charges?kind={}", crate::href::encode(&shown)))),
        Err(Stop::Wrong(says)) => {
            let page = c
                .read(move |desk| {
                    let mut page = ChargesPage::of(desk, "", true)?;
                    (page.form, page.mistake) = (typed, Some(says));
                    Ok(page)
                })
                .await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// 解除, with the reason.
pub async fn end(c: Ctx, Path(id): Path<Id<Charge>>, form: Form) -> Answer {
    let until = form.day("until", "解除日期").ok_or_else(|| Stop::Wrong("解除日期读不懂，请写成 2026-11-22".into()))?;
    let why = form.text("why").trim().to_owned();
    if why.is_empty() {
        return Err(Stop::Wrong("请写明解除的原因".into()));
    }
    c.write(move |desk| {
        let held = charge::find(desk, id)?;
        if until > desk.today || until.to_string() <= held.from_day {
            return Err(Stop::Wrong(format!("解除日期应在 {} 之后、今天以前", held.from_day)));
        }
        Ok(charge::end(desk, id, until, &why)?)
    })
    .await?;
    Ok(answer::see("/charges"))
}

impl Page for ChargesPage {
    const TEMPLATE: &'static str = "party/charges.html";
    fn samples() -> Vec<Sample<Self>> {
        let held = |who: &str| Held { id: Id::new(9), kind: "联盟成员单位".into(), person: None, organisation: Some(Id::new(7)), who: who.into(), place: Id::new(90), path: "/2/90/".into(), placed: "青云镇东关社区".into(), from_day: "2026-03-01".into(), until_day: None };
        let page = |held: Vec<Held>| ChargesPage { kinds: vec![("联盟成员单位".into(), held.len()), ("双报到单位".into(), 0)], kind: "联盟成员单位".into(), held, form: Typed::with([("from", "2026-11-22".to_owned())]), mistake: None, may: true };
        let usual = page(vec![held("县供销社")]);
        let wrong = ChargesPage { mistake: Some("没有找到“东关”，请写机构简称".into()), ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::usual(wrong), Sample::empty(page(vec![])), Sample::overfull(page((0..40).map(|_| held(crate::samples::LONG_TITLE)).collect())), Sample::reader(ChargesPage { may: false, ..usual })]
    }
}
