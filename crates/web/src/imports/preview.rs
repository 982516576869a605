//! 导入预览: counts on top, then old beside new; what is left out here is not written.

use super::shown::{FaultLine, Shown, ShownUnit, taken, told_apart};
use super::waiting::{self, Looked, Written, address, allowed};
use super::{done, sample};
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, answer};
use axum::extract::{Path, Query};
use intake::{Choices, Preview, Staged, Verdict};
use serde::{Deserialize, Serialize};

/// Records on one page.
const SHOWN: usize = 40;
const FAULTS_SHOWN: usize = 200;

/// One of the counts on top; opens its records.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    pub key: &'static str,
    pub label: &'static str,
    pub count: u32,
    pub tone: &'static str,
    pub here: bool,
}

/// What the main button and its neighbours need; sent alone when a choice is made.
#[derive(Clone, Debug, Serialize)]
pub struct Acts {
    /// People and units that would be written.
    pub people: u32,
    pub units: u32,
    /// Told apart, but not compared yet.
    pub told: u32,
    /// Still cannot be told apart.
    pub open: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct PreviewPage {
    pub id: String,
    pub name: String,
    /// The same bytes came in before: when, and the number of that file.
    pub known: Option<(String, i64)>,
    pub says: String,
    pub tabs: Vec<Tab>,
    pub tab: &'static str,
    pub acts: Acts,
    pub records: Vec<Shown>,
    pub units: Vec<ShownUnit>,
    pub faults: Vec<FaultLine>,
    pub unread: Vec<String>,
    /// Sheets whose columns were read by their heads: name, how many columns are doubtful, and whether somebody said so before.
    pub rosters: Vec<(String, usize, bool)>,
    pub name_is_enough: bool,
    pub from: usize,
    pub total: usize,
    pub next: Option<String>,
    pub before: Option<String>,
}

#[derive(Deserialize, Default)]
pub struct View {
    #[serde(default)]
    pub tab: String,
    #[serde(default)]
    pub from: usize,
}

pub async fn show(c: Ctx, Path(id): Path<String>, Query(view): Query<View>) -> Answer {
    allowed(&c)?;
    match waiting::written(&c, &id) {
        Written::Running(job) => return c.page(&job),
        Written::Done(applied) => return done::of_applied(&c, &id, &applied).await,
        Written::Failed(stop) => return Err(stop),
        Written::Nothing => {}
    }
    let staged = match waiting::find(&c, &id).await {
        // Imported long ago, or swept: the list says what came of it.
        Err(Stop::Wrong(_)) => return Ok(answer::see("/imports")),
        other => other?,
    };
    match waiting::preview(&c, &staged).await? {
        Looked::Running(job) => c.page(&job),
        Looked::Failed(stop) => Err(stop),
        Looked::Done(preview) => {
            let choices = waiting::choices(&c, &staged).await?;
            c.page(&PreviewPage::of(&staged, &preview, &choices, &view))
        }
    }
}

const TABS: [(&str, &str, &str); 10] = [
    ("changes", "有变化", "plain"),
    ("new", "新增", "plain"),
    ("ambiguous", "分不清是谁", "warn"),
    ("refused", "不能导入", "refuse"),
    ("moved", "预览后又被改过", "warn"),
    ("units", "机构", "plain"),
    ("faults", "问题", "warn"),
    ("same", "相同", "plain"),
    ("repeated", "文件内重复", "plain"),
    ("left_out", "不导入", "plain"),
];

fn verdict(tab: &str) -> Option<Verdict> {
    Some(match tab {
        "changes" => Verdict::Changes,
        "new" => Verdict::New,
        "ambiguous" => Verdict::Ambiguous,
        "refused" => Verdict::Refused,
        "moved" => Verdict::Moved,
        "same" => Verdict::Same,
        "repeated" => Verdict::Repeated,
        "left_out" => Verdict::LeftOut,
        _ => return None,
    })
}

fn tabs(preview: &Preview, asked: &str) -> Vec<Tab> {
    let s = &preview.summary;
    let count = |key: &str| match key {
        "changes" => s.changed,
        "new" => s.new,
        "ambiguous" => s.ambiguous,
        "refused" => s.refused,
        "moved" => s.moved,
        "units" => s.units_new + s.units_changed,
        "faults" => s.faults + s.findings + s.unread,
        "same" => s.same,
        "repeated" => s.repeated,
        _ => s.left_out,
    };
    let all = TABS.map(|(key, label, tone)| Tab { key, label, count: count(key), tone, here: key == asked });
    let mut tabs: Vec<Tab> = all.into_iter().filter(|t| t.count > 0 || matches!(t.key, "changes" | "new" | "same")).collect();
    if !tabs.iter().any(|t| t.here) {
        let first = tabs.iter().position(|t| t.count > 0).unwrap_or(0);
        if let Some(tab) = tabs.get_mut(first) {
            tab.here = true;
        }
    }
    tabs
}

impl Acts {
    pub fn of(preview: &Preview, choices: &Choices) -> Acts {
        let (people, units) = taken(preview, choices);
        let told = told_apart(preview, choices);
        Acts { people, units, told, open: preview.summary.ambiguous.saturating_sub(told) }
    }
}

impl PreviewPage {
    pub fn of(staged: &Staged, preview: &Preview, choices: &Choices, view: &View) -> PreviewPage {
        let tabs = tabs(preview, &view.tab);
        let tab = tabs.iter().find(|t| t.here).map_or("changes", |t| t.key);
        let most = if tab == "faults" { FAULTS_SHOWN } else { SHOWN };
        let (mut records, mut units, mut faults) = (vec![], vec![], vec![]);
        let total = match (verdict(tab), tab) {
            (Some(verdict), _) => {
                let page = preview.page(Some(verdict), view.from, most);
                records = page.records.into_iter().map(|r| Shown::of(r, choices)).collect();
                page.total
            }
            (None, "units") => {
                let differs = |u: &&intake::UnitPreview| matches!(u.verdict, Verdict::New | Verdict::Changes);
                units = preview.units.iter().filter(differs).skip(view.from).take(most).map(|u| ShownUnit::of(u, choices)).collect();
                preview.units.iter().filter(differs).count()
            }
            (None, _) => {
                faults = preview.all_faults().skip(view.from).take(most).map(FaultLine::of).collect();
                preview.all_faults().count()
            }
        };
        let at = |from: usize| format!("{}?tab={tab}&from={from}", address(&staged.id));
        PreviewPage {
            id: staged.id.clone(),
            name: staged.name.clone(),
            known: preview.known.as_ref().map(|k| (k.received.clone(), k.id.number())),
            says: preview.summary.says(),
            acts: Acts::of(preview, choices),
            tabs,
            tab,
            records,
            units,
            faults,
            unread: preview.unread.clone(),
            rosters: preview.rosters.iter().map(|r| (r.place.to_string(), doubtful(r), r.remembered)).collect(),
            name_is_enough: choices.name_is_enough,
            from: view.from,
            total,
            next: (view.from + most < total).then(|| at(view.from + most)),
            before: (view.from > 0).then(|| at(view.from.saturating_sub(most))),
        }
    }
}

/// Columns that a person should look at.
fn doubtful(roster: &intake::RosterPreview) -> usize {
    roster.mapping.columns.iter().filter(|c| c.confidence < 60 && !c.head.is_empty()).count()
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "imports/preview.html";
    fn samples() -> Vec<Sample<Self>> {
        let staged = sample::staged();
        let page = |preview: &Preview, tab: &str| PreviewPage::of(&staged, preview, &Choices::default(), &View { tab: tab.into(), from: 0 });
        let usual = sample::preview();
        let empty = Preview { name: "任免表.lrmx".into(), known: sample::known(), ..Preview::default() };
        let full = sample::overfull();
        let names = ["usual-changes", "new", "ambiguous", "refused", "faults", "units"];
        let tabs = ["changes", "new", "ambiguous", "refused", "faults", "units"];
        let mut all: Vec<Sample<Self>> = names.iter().zip(tabs).map(|(name, tab)| Sample { name, ..Sample::usual(page(&usual, tab)) }).collect();
        all.push(Sample::empty(page(&empty, "")));
        all.push(Sample::overfull(page(&full, "changes")));
        all
    }
}
