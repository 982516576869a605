//! One entry with its proof: what an auditor takes along and checks at home.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use axum::extract::Path;
use registry::journal::checkpoint::Head;
use registry::journal::proof::{self, Proof};
use registry::journal::{self, Entry};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    pub entry: Entry,
    /// None while no checkpoint covers it.
    pub proof: Option<Proof>,
    /// What `zhiren` would print, for the clipboard.
    pub json: String,
}

pub async fn entry(c: Ctx, Path(number): Path<i64>) -> Answer {
    let entry = c.read(move |desk| Ok(journal::numbered(desk, number)?)).await?.ok_or_else(|| Stop::NotFound("这条经办记录".into()))?;
    let app = c.app.clone();
    let proof = crate::ctx::blocking(move || Ok(app.office.store.read(|tx| proof::prove(tx, &app.office.keys, number))?)).await?;
    let json = proof.as_ref().and_then(|p| serde_json::to_string_pretty(p).ok()).unwrap_or_default();
    c.page(&EntryPage { entry, proof, json })
}

pub(super) fn sample_head() -> Head {
    Head {
        size: 812,
        root: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328".into(),
        at: "2026-11-22T08:00:00+08:00".into(),
        reason: "每日".into(),
        note: "zhiren-0123456789abcdef\n812\nXcnaeacGWamtVZy3Ad7Zoqudgjqt0vSWDP43Dv9GBDI=\n2026-11-22T08:00:00+08:00\n\n— zhiren-0123456789abcdef AAAA\n".into(),
    }
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "journal/entry.html";
    fn samples() -> Vec<Sample<Self>> {
        let entry = Entry {
            number: 12,
            at: "2026-11-22T09:30:00+08:00".into(),
            actor: "王主任".into(),
            act: "tenure.begin".into(),
            says: "李明任青云镇镇长，自2026-11-22起".into(),
            source: None,
        };
        let proof = Proof {
            record: r#"{"act":"tenure.begin","actor":"王主任","at":"2026-11-22T09:30:00+08:00","commitment":"ab","entry":12,"position":11,"source":null,"subject":"person","v":1}"#.into(),
            position: 11,
            leaf: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328".into(),
            path: vec!["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328".into(); 10],
            checkpoint: sample_head(),
        };
        let json = serde_json::to_string_pretty(&proof).unwrap_or_default();
        vec![Sample::usual(EntryPage { entry: entry.clone(), proof: Some(proof), json }), Sample::empty(EntryPage { entry, proof: None, json: String::new() })]
    }
}
