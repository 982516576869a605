//! 权限表: who may do what, as the program itself reads it, for whoever wants to know and for the auditor.

use crate::page::Sample;
use crate::{Answer, Ctx, Page};
use policy::{Action, Class, Kind, Reach, Role, actions};
use serde::Serialize;

/// One action as people read it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub upto: String,
    /// `组织部干部、组织部负责人：全县`
    pub who: Vec<String>,
    pub marks: Vec<&'static str>,
    pub source: &'static str,
    /// Mine to do?
    pub mine: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct RightsPage {
    pub role: &'static str,
    pub lines: Vec<Line>,
    pub classes: Vec<(Class, &'static str)>,
}

pub async fn show(c: Ctx) -> Answer {
    c.page(&RightsPage::of(c.actor.role))
}

impl RightsPage {
    fn of(role: Role) -> RightsPage {
        let lines = actions().iter().map(|a| Line::of(a, role)).collect();
        RightsPage { role: role.says(), lines, classes: Class::ALL.map(|c| (c, c.says())).to_vec() }
    }
}

impl Line {
    fn of(action: &'static Action, role: Role) -> Line {
        let reaches = [Reach::Any, Reach::County, Reach::Unit, Reach::Branch, Reach::Own, Reach::Ticketed];
        let who = reaches.into_iter().filter_map(|reach| {
            let roles: Vec<&str> = Role::ALL.into_iter().filter(|r| action.reach(*r) == Some(reach)).map(Role::says).collect();
            let roles = if roles.len() == Role::ALL.len() { "所有角色".to_owned() } else { roles.join("、") };
            (!roles.is_empty()).then(|| format!("{roles}：{}", reach.says()))
        });
        let marks = [(action.step_up, "再验身份"), (action.seals, "收下而不看"), (action.purpose.is_some(), "自带用途"), (action.kind == Kind::Approve, "另一人批准")];
        Line {
            id: &action.id,
            title: &action.title,
            kind: kind(action.kind),
            upto: format!("{:?} {}", action.upto, action.upto.says()),
            who: who.collect(),
            marks: marks.into_iter().filter(|(so, _)| *so).map(|(_, says)| says).collect(),
            source: &action.source,
            mine: action.reach(role).is_some(),
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Public => "公用",
        Kind::Own => "本人",
        Kind::See => "查看",
        Kind::Write => "办理",
        Kind::Export => "导出",
        Kind::Approve => "批准",
        Kind::Administer => "管理",
    }
}

impl Page for RightsPage {
    const TEMPLATE: &'static str = "access/show.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![Sample::usual(RightsPage::of(Role::Officer)), Sample::reader(RightsPage::of(Role::Auditor))]
    }
}
