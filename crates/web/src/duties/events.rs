//! 登记事项: something happened that duties wait for; so many working days from its day on are theirs.

use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::duty::{self, Event};
use axum::http::StatusCode;
use institution::Subject;
use registry::{Desk, organisation};
use serde::Serialize;
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct EventsPage {
    pub kinds: Vec<String>,
    pub events: Vec<Shown>,
    pub form: Typed,
    pub mistake: Option<String>,
    pub may: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub event: Event,
    /// Whom it was about; everybody when it is empty.
    pub whose: String,
    /// Until when, by title of the duty.
    pub dues: Vec<(String, Day)>,
}

pub async fn show(c: Ctx) -> Answer {
    let may = c.may_now("duty.direct");
    let page = c.read(move |desk| EventsPage::of(desk, may)).await?;
    c.page(&page)
}

impl EventsPage {
    fn of(desk: &Desk, may: bool) -> Result<EventsPage, Stop> {
        let units = organisation::all(desk)?;
        let mut events = Vec::new();
        for (kind, of) in duty::event_kinds(desk) {
            for event in duty::events(desk, &kind, desk.day().plus_days(-400), desk.day())? {
                let on: Option<Day> = event.on.parse().ok();
                let dues = duty::in_force(desk, desk.today).filter_map(|d| match &d.cadence {
                    institution::duty::Cadence::Event { kind: k, within } if **k == *event.kind => Some((d.title.to_string(), within.after(on?, &desk.book.calendar).ok()?)),
                    _ => None,
                });
                let whose = event.unit.filter(|_| of == Subject::Organisation).and_then(|n| units.iter().find(|u| u.id.number() == n));
                events.push(Shown { dues: dues.collect(), whose: whose.map(|u| u.short_name.clone()).unwrap_or_default(), event });
            }
        }
        events.sort_by(|a, b| b.event.on.cmp(&a.event.on));
        let kinds = duty::event_kinds(desk).into_iter().map(|(k, _)| k).collect();
        Ok(EventsPage { kinds, events, form: Typed::with([("on", desk.today.to_string())]), mistake: None, may })
    }
}

/// 登记一件.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let on = form.day("on", "发生的日子");
    let (kind, unit, title) = (form.text("kind").to_owned(), form.text("unit").to_owned(), form.text("title").to_owned());
    let typed = form.typed();
    let outcome = match (on, title.trim().is_empty()) {
        (None, _) => Err(Stop::Wrong("日期读不懂，请写成 2026-11-22".into())),
        (_, true) => Err(Stop::Wrong("请写明是什么事".into())),
        (Some(on), false) => {
            c.write(move |desk| {
                let unit = match unit.trim() {
                    "" => None,
                    name => Some(organisation::named(desk, name)?.ok_or_else(|| Stop::Wrong(format!("没有找到单位“{name}”，请写机构简称")))?.id.number()),
                };
                Ok(duty::add_event(desk, &kind, unit, on, &title)?)
            })
            .await
        }
    };
    match outcome {
        Ok(_) => Ok(answer::see("/duties/events")),
        Err(Stop::Wrong(says)) => {
            let page = c
                .read(move |desk| {
                    let mut page = EventsPage::of(desk, true)?;
                    (page.form, page.mistake) = (typed, Some(says));
                    Ok(page)
                })
                .await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

impl Page for EventsPage {
    const TEMPLATE: &'static str = "duties/events.html";
    fn samples() -> Vec<Sample<Self>> {
        let shown = |title: &str| Shown {
            event: Event { id: 3, kind: "上级重要会议".into(), unit: None, on: "2026-11-10".into(), title: title.into() },
            whose: String::new(),
            dues: vec![("上级重要会议精神传达学习".into(), vocabulary::day!(2026 - 11 - 24))],
        };
        let page = |events: Vec<Shown>| EventsPage { kinds: vec!["上级重要会议".into(), "整顿重要情况".into()], events, form: Typed::with([("on", "2026-11-22".to_owned())]), mistake: None, may: true };
        let usual = page(vec![shown("省委全会")]);
        let wrong = EventsPage { mistake: Some("没有找到单位“青云”，请写机构简称".into()), ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::usual(wrong), Sample::empty(page(vec![])), Sample::overfull(page((0..40).map(|_| shown(crate::samples::LONG_TITLE)).collect())), Sample::reader(EventsPage { may: false, ..usual })]
    }
}
