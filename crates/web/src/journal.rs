//! 审计: what was done of late, by whom, from which file; and whether the journal still is what it was.

mod entry;

use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page};
use axum::response::{IntoResponse, Redirect};
use registry::journal::checkpoint::{self, Head};
use registry::journal::{self, Entry, verify};
use serde::Serialize;

pub use entry::{EntryPage, entry};

const MOST: i64 = 200;

#[derive(Clone, Debug, Serialize)]
pub struct JournalPage {
    pub entries: Vec<Entry>,
    /// The last signed head.
    pub head: Option<Head>,
    /// Does a copy of it leave the house?
    pub leaves: bool,
    pub verified: Option<Verified>,
    pub profile: &'static str,
    pub origin: String,
}

/// 上次核对
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    pub at: String,
    pub size: i64,
    pub faults: i64,
    pub says: String,
}

pub async fn show(c: Ctx) -> Answer {
    let page = c
        .read(|desk| {
            let verified = verify::last(desk)?.map(|(at, size, faults, says)| Verified { at, size, faults, says });
            let verifier = desk.keys.signer().verifier();
            Ok(JournalPage {
                entries: journal::latest(desk, MOST)?,
                head: checkpoint::latest(desk, 1)?.pop(),
                leaves: false,
                verified,
                profile: desk.keys.profile.says(),
                origin: verifier.origin().to_owned(),
            })
        })
        .await?;
    c.page(&JournalPage { leaves: c.app.office.checkpoints.is_some(), ..page })
}

/// 核对: from the first entry to the last, now.
pub async fn check(c: Ctx, _: Form) -> Answer {
    let app = c.app.clone();
    crate::ctx::blocking(move || {
        app.office.checkpoint_daily()?;
        app.office.verify(&[])?;
        Ok(())
    })
    .await?;
    Ok(Redirect::to("/journal").into_response())
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
        let usual = JournalPage {
            entries: vec![entry; 3],
            head: Some(entry::sample_head()),
            leaves: true,
            verified: Some(Verified { at: "2026-11-22T08:00:00+08:00".into(), size: 812, faults: 0, says: "日志完整：812 条，与 9 个检查点相符（其中库外 4 个）".into() }),
            profile: vault::Profile::Intl.says(),
            origin: "zhiren-0123456789abcdef".into(),
        };
        let broken = Verified { at: "2026-11-22T08:00:00+08:00".into(), size: 812, faults: 2, says: "日志有 2 处不对，第一处：条目 17 与它的叶子不一样：被改过".into() };
        vec![
            Sample::usual(usual.clone()),
            Sample::overfull(JournalPage { verified: Some(broken), leaves: false, ..usual.clone() }),
            Sample::empty(JournalPage { entries: vec![], head: None, verified: None, leaves: false, ..usual }),
        ]
    }
}
