//! 导出登记: every file of records that leaves is noted before its first byte, marked, and listed for the auditor.

use crate::ctx::pairs;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, samples};
use document::Mark;
use registry::rights::{self, Begun, Export, Marked};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Rows of one page of the list.
const SHOWN: usize = 100;

/// Longest purpose that is kept, in characters.
const PURPOSE: usize = 100;

/// Notes the export; nothing leaves when it cannot be noted. The purpose is the one that the address or form states.
pub async fn begin(c: &Ctx, what: &str, format: &str) -> Result<Marked, Stop> {
    let purpose = pairs(&c.asked.query).into_iter().find(|(n, _)| n == "purpose").map(|(_, v)| v).unwrap_or_default();
    begin_for(c, what, format, &purpose).await
}

pub async fn begin_for(c: &Ctx, what: &str, format: &str, purpose: &str) -> Result<Marked, Stop> {
    let (what, format) = (what.to_owned(), format.to_owned());
    let purpose: String = purpose.trim().chars().take(PURPOSE).collect();
    let address: String = c.asked.address().chars().take(2_000).collect();
    c.write(move |desk| Ok(rights::begin(desk, &Begun { what: &what, address: &address, format: &format, purpose: &purpose, ticket: None })?)).await
}

/// A file made in memory: sealed with the mark and noted as gone.
pub async fn whole(c: &Ctx, marked: &Marked, lines: usize, bytes: Vec<u8>) -> Result<Vec<u8>, Stop> {
    let bytes = Mark::of(marked.key).seal(bytes);
    let (number, length, checksum) = (marked.number, bytes.len() as u64, hex(&Sha256::digest(&bytes)));
    c.write(move |desk| Ok(rights::end(desk, number, lines as u64, length, &checksum)?)).await?;
    Ok(bytes)
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[derive(Clone, Debug, Serialize)]
pub struct ExportsPage {
    pub exports: Vec<Export>,
    pub from: usize,
    pub next: Option<usize>,
}

/// `/journal/exports`: for who audits. Titles and exporters only, no content.
pub async fn list(c: Ctx) -> Answer {
    let from: usize = pairs(&c.asked.query).iter().find(|(n, _)| n == "from").and_then(|(_, v)| v.parse().ok()).unwrap_or(0);
    let page = c
        .read(move |desk| {
            let mut exports = rights::list(desk, from, SHOWN + 1)?;
            let next = (exports.len() > SHOWN).then_some(from + SHOWN);
            exports.truncate(SHOWN);
            Ok(ExportsPage { exports, from, next })
        })
        .await?;
    c.page(&page)
}

impl Page for ExportsPage {
    const TEMPLATE: &'static str = "exports/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let export = Export {
            number: 17,
            at: "2026-11-22T09:30:00+08:00".into(),
            shown: "王主任".into(),
            what: "干部花名册".into(),
            address: "/ledgers/roster/export?format=xlsx".into(),
            format: "xlsx".into(),
            purpose: "班子分析".into(),
            ticket: None,
            lines: Some(312),
            bytes: Some(81_234),
            checksum: Some("0123456789abcdef".repeat(4)),
        };
        let broken = Export { lines: None, bytes: None, checksum: None, ..export.clone() };
        let long = Export { shown: samples::LONG_NAME.into(), what: samples::LONG_TITLE.into(), purpose: samples::LONG_TITLE.into(), ..export.clone() };
        vec![
            Sample::usual(ExportsPage { exports: vec![export, broken], from: 0, next: None }),
            Sample::empty(ExportsPage { exports: vec![], from: 0, next: None }),
            Sample::overfull(ExportsPage { exports: vec![long; 100], from: 100, next: Some(200) }),
        ]
    }
}
