//! 公开: what a unit did, and who was there.

use super::sample;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::duty::{self, Held};
use axum::extract::Path;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct PublishedPage {
    pub title: String,
    pub held: Vec<Shown>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub held: Held,
    pub should: usize,
    pub present: usize,
}

impl Shown {
    fn of(held: Held) -> Shown {
        Shown { should: held.should(), present: held.present(), held }
    }
}

pub async fn show(c: Ctx, Path((subject, unit)): Path<(String, i64)>) -> Answer {
    let page = c
        .read(move |desk| {
            let of = duty::subject_of(&subject).ok_or_else(|| Stop::NotFound("这个单位".into()))?;
            let title = duty::published_by(desk, of, unit)?;
            let held = duty::published(desk, of, unit, desk.day().plus_months(-12))?.into_iter().map(Shown::of).collect();
            Ok(PublishedPage { title, held })
        })
        .await?;
    c.page(&page)
}

impl Page for PublishedPage {
    const TEMPLATE: &'static str = "duties/published.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = PublishedPage { title: "青云镇大王庄村党支部".into(), held: vec![Shown::of(sample::held())] };
        let full = PublishedPage { title: crate::samples::LONG_TITLE.into(), held: (0..30).map(|_| Shown::of(sample::held())).collect() };
        vec![Sample::usual(usual), Sample::empty(PublishedPage { title: "青云镇".into(), held: vec![] }), Sample::overfull(full)]
    }
}
