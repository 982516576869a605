//! 审计: what was done of late, by whom, from which file.

use crate::page::Sample;
use crate::{Answer, Ctx, Page};
use registry::journal::{self, Entry};
use serde::Serialize;

const MOST: i64 = 200;

#[derive(Clone, Debug, Serialize)]
pub struct JournalPage {
    pub entries: Vec<Entry>,
}

pub async fn show(c: Ctx) -> Answer {
    let entries = c.read(|desk| Ok(journal::latest(desk, MOST)?)).await?;
    c.page(&JournalPage { entries })
}

impl Page for JournalPage {
    const TEMPLATE: &'static str = "journal/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let entry = Entry {
            number: 12,
            at: "2026-11-22T09:30:00+08:00".into(),
            actor: "王主任".into(),
            act: "tenure.begin".into(),
            says: "李明任青云镇镇长，自2026-11-22起".into(),
            source: Some("全县干部.zip".into()),
        };
        vec![Sample::usual(JournalPage { entries: vec![entry; 3] }), Sample::empty(JournalPage { entries: vec![] })]
    }
}
