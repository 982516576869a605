//! 我的记录: what is written about me, by whom, and what I can do about it, in plain words.

use crate::officials::{OfficialPage, Record};
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, samples};
use axum::extract::Path;
use registry::{Actor, Person, Sees};
use serde::Serialize;
use std::sync::Arc;
use vocabulary::Id;

/// What a person sees of their own record: layer A of the dictionary always; layer B on request; never layer C.
#[derive(Clone, Debug, Serialize)]
pub struct MyPage {
    #[serde(flatten)]
    pub record: OfficialPage,
    /// Who entered what, by day.
    pub origins: Vec<String>,
}

/// Parts of the record that belong to layer B (考核、奖惩、家庭): shown on request, at the office.
const ON_REQUEST: [&str; 3] = ["奖励", "惩戒", "家庭主要成员及重要社会关系"];

pub async fn show(c: Ctx) -> Answer {
    let (c, id) = at_home(c)?;
    let page = c
        .read(move |desk| {
            let origins = Record::of(desk, id)?.origins();
            Ok(MyPage::of(OfficialPage::of(desk, id)?, origins))
        })
        .await?;
    c.page(&page)
}

/// The same visitor as the person of the own record: there one sees oneself, whatever the office, and nobody else.
fn at_home(mut c: Ctx) -> Result<(Ctx, Id<Person>), Stop> {
    let id = c.actor.person.ok_or_else(|| Stop::NotFound("您的记录（这个账户没有对应本人）".into()))?;
    let actor = Actor { sees: Sees::Oneself(id), recused: vec![], ..(*c.actor).clone() };
    c.actor = Arc::new(actor);
    Ok((c, id))
}

/// My own picture.
pub async fn photo(c: Ctx) -> Answer {
    let (c, id) = at_home(c)?;
    crate::officials::photo(c, Path(id)).await
}

impl MyPage {
    fn of(mut record: OfficialPage, origins: Vec<String>) -> MyPage {
        record.parts.retain(|p| !ON_REQUEST.contains(&p.title));
        record.marks.clear();
        record.findings.clear();
        for year in &mut record.years {
            year.grade = None;
        }
        // 备注 is the office's own note, as layer C is.
        record.items.retain(|i| i.label != "备注");
        record.soon.retain(|s| s.says != "影响期满");
        for item in record.items.iter_mut().chain(&mut record.glance) {
            item.history = None;
        }
        MyPage { record, origins }
    }
}

impl Page for MyPage {
    const TEMPLATE: &'static str = "me/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let origins = vec!["2026-11-02 由“李明.lrmx”导入".to_owned()];
        vec![
            Sample::reader(MyPage::of(samples::official("李明", 4), origins.clone())),
            Sample::empty(MyPage::of(samples::bare_official(), vec![])),
            Sample::overfull(MyPage::of(samples::official(samples::LONG_NAME, 40), origins)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_does_not_see_what_is_shown_only_on_request() {
        let page = MyPage::of(samples::official("李明", 4), vec![]);
        assert!(page.record.parts.iter().all(|p| !ON_REQUEST.contains(&p.title)));
        assert!(page.record.marks.is_empty() && page.record.years.iter().all(|y| y.grade.is_none()));
    }
}
