//! 一份更正申请, as the person and the office see it.

use crate::form::Typed;
use crate::page::Sample;
use crate::{Page, Stop, samples};
use registry::rights::{self, Correction, CorrectionId, Decided, Kind, Paper, Stage};
use registry::Desk;
use serde::Serialize;
use std::collections::BTreeMap;
use vocabulary::{Finding, Id, day};

#[derive(Clone, Debug, Serialize)]
pub struct CorrectionPage {
    pub correction: Correction,
    /// `内容不对`
    pub kind: &'static str,
    /// `待办理`
    pub stage: &'static str,
    pub waits: bool,
    pub papers: Vec<Paper>,
    /// Seen by the person themselves.
    pub mine: bool,
    /// `/me/corrections/3` or `/rights/3`
    pub base: String,
    pub may_appeal: bool,
    pub may_decide: bool,
    /// Why what was just tried is refused.
    pub findings: Vec<Finding>,
    pub form: Typed,
}

impl CorrectionPage {
    pub fn of(desk: &Desk, id: Id<CorrectionId>, mine: bool) -> Result<CorrectionPage, Stop> {
        let correction = rights::find(desk, id)?;
        let papers = rights::papers(desk, id)?;
        Ok(CorrectionPage::from(correction, papers, mine, desk.actor.may_write()))
    }

    fn from(correction: Correction, papers: Vec<Paper>, mine: bool, office: bool) -> CorrectionPage {
        let base = if mine { format!("/me/corrections/{}", correction.id) } else { format!("/rights/{}", correction.id) };
        CorrectionPage {
            kind: correction.kind.says(),
            stage: correction.stage.says(),
            waits: correction.stage.waits(),
            may_appeal: mine && correction.stage == Stage::Refused,
            may_decide: !mine && office && correction.stage.waits(),
            correction,
            papers,
            mine,
            base,
            findings: vec![],
            form: Typed::default(),
        }
    }
}

pub fn sample(name: &str, stage: Stage) -> Correction {
    let decided = Decided {
        appeal: false,
        accepted: false,
        reasons: "档案中的出生证明与现有记录一致，所附材料不足以改变认定。".into(),
        decided_on: day!(2026 - 11 - 10),
        shown: "组织部 周敏".into(),
        account: None,
        person: None,
    };
    let appealed = matches!(stage, Stage::Appealed | Stage::AppealRefused);
    let due = stage.waits().then_some(if appealed { day!(2026 - 12 - 12) } else { day!(2026 - 11 - 2) });
    Correction {
        id: Id::new(3),
        person: Id::new(7),
        name: name.into(),
        kind: Kind::Mend,
        noun: "person_details".into(),
        number: Some(7),
        field: Some("born".into()),
        label: "出生年月".into(),
        old: "1985-04".into(),
        proposed: "1985-06".into(),
        typed: BTreeMap::new(),
        reason: "户口簿和出生证明都是六月，当年录入时看错了。".into(),
        asked_on: day!(2026 - 10 - 3),
        account: None,
        stage,
        due,
        overdue: stage == Stage::Waiting,
        appealed_on: appealed.then_some(day!(2026 - 11 - 12)),
        appeal_reason: appealed.then(|| "答复没有看我附上的出生证明原件。".into()),
        decisions: if stage == Stage::Waiting { vec![] } else { vec![decided] },
    }
}

impl Page for CorrectionPage {
    const TEMPLATE: &'static str = "rights/correction.html";
    fn samples() -> Vec<Sample<Self>> {
        let papers = vec![Paper { id: 1, name: "出生证明.jpg".into() }];
        let waiting = CorrectionPage::from(sample("李明", Stage::Waiting), papers.clone(), false, true);
        let mut refused = waiting.clone();
        refused.findings = samples::findings();
        let mine = CorrectionPage::from(sample("李明", Stage::Refused), papers.clone(), true, false);
        let full = CorrectionPage::from(Correction { label: samples::LONG_TITLE.into(), reason: samples::LONG_TITLE.repeat(20), ..sample(samples::LONG_NAME, Stage::Appealed) }, vec![papers[0].clone(); 20], true, false);
        vec![Sample::usual(waiting), Sample { name: "refused", ..Sample::usual(refused) }, Sample::reader(mine), Sample::overfull(full)]
    }
}
