//! 党组织: the tree of committees, branches and groups.

use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use registry::Desk;
use registry::branch::{self, Dissolved, Party};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Serialize)]
pub struct TreePage {
    pub tops: Vec<Node>,
    pub branches: usize,
    pub committees: usize,
    pub groups: usize,
    /// Kinds of party organisations, for the form that founds one.
    pub kinds: Vec<String>,
    /// 已撤销的
    pub gone: Vec<Dissolved>,
    pub form: Typed,
    pub findings: Vec<vocabulary::Finding>,
    pub mistake: Option<String>,
    pub may: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Node {
    pub name: String,
    pub kind: String,
    pub href: String,
    pub below: Vec<Node>,
}

pub async fn show(c: Ctx) -> Answer {
    // A branch divides itself into groups; what stands above it founds the rest.
    let may = c.may_now("party.work") && c.actor.role != registry::Role::BranchSecretary;
    let page = c.read(|desk| TreePage::of(desk)).await?;
    c.page(&TreePage { may, ..page })
}

impl TreePage {
    pub(super) fn of(desk: &Desk) -> Result<TreePage, Stop> {
        let all = branch::all(desk)?;
        let mut under: BTreeMap<Option<i64>, Vec<&Party>> = BTreeMap::new();
        let there: std::collections::BTreeSet<i64> = all.iter().map(|p| p.id.number()).collect();
        for party in &all {
            // A top of what may be seen hangs under nobody here.
            under.entry(party.parent.map(|p| p.number()).filter(|p| there.contains(p))).or_default().push(party);
        }
        let count = |fits: &dyn Fn(&str) -> bool| all.iter().filter(|p| fits(&p.kind)).count();
        Ok(TreePage {
            tops: nodes(&under, None, 0),
            branches: count(&|k| k.ends_with("支部")),
            committees: count(&|k| k == "党委"),
            groups: count(&|k| k == branch::GROUP),
            kinds: kinds(desk, "branch_kind").into_iter().filter(|k| k != branch::GROUP).collect(),
            gone: branch::dissolved(desk)?,
            form: Typed::with([("founded", desk.today.to_string())]),
            findings: vec![],
            mistake: None,
            may: false,
        })
    }
}

/// The names in a code table.
pub(super) fn kinds(desk: &Desk, table: &str) -> Vec<String> {
    desk.dictionary().table(table).map(|t| t.values.iter().map(|v| v.name.to_string()).collect()).unwrap_or_default()
}

fn nodes(under: &BTreeMap<Option<i64>, Vec<&Party>>, at: Option<i64>, depth: usize) -> Vec<Node> {
    if depth > 12 {
        return vec![];
    }
    let node = |p: &&Party| Node { name: p.name.clone(), kind: p.kind.clone(), href: format!("/party/{}", p.id), below: nodes(under, Some(p.id.number()), depth + 1) };
    under.get(&at).map(|list| list.iter().map(node).collect()).unwrap_or_default()
}

impl Page for TreePage {
    const TEMPLATE: &'static str = "party/tree.html";
    fn samples() -> Vec<Sample<Self>> {
        let node = |name: &str, kind: &str, below| Node { name: name.into(), kind: kind.into(), href: "/party/3".into(), below };
        let gone = Dissolved { id: vocabulary::Id::new(9), name: "青云镇小王庄村党支部".into(), on: "2026-06-01".into(), ending: "村并入社区".into(), document: "青组〔2026〕12号".into(), went_to: Some("青云镇大王庄村党支部".into()), left_open: Some("三季度党课由接收支部补上".into()) };
        let usual = TreePage { tops: vec![node("中共青云县委员会", "党委", vec![node("青云镇党委", "党委", vec![node("大王庄村党支部", "党支部", vec![])])])], branches: 1, committees: 2, groups: 0, kinds: vec!["党委".into(), "党支部".into()], gone: vec![gone], form: Typed::with([("founded", "2026-11-22".to_owned())]), findings: vec![], mistake: None, may: true };
        let full = TreePage { tops: (0..60).map(|_| node(crate::samples::LONG_TITLE, "党支部", vec![])).collect(), ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::usual(TreePage { findings: crate::samples::findings(), mistake: Some("没有找到单位“大王庄”，请写机构简称".into()), ..usual.clone() }), Sample::empty(TreePage { tops: vec![], branches: 0, committees: 0, groups: 0, gone: vec![], ..usual.clone() }), Sample::reader(TreePage { may: false, ..usual.clone() }), Sample::overfull(full), Sample::another_day(usual)]
    }
}
