//! 专项: a year's list of organisations, each with its plan, those who look after it and its acceptance. Data of
//! `[campaign]` in `matter.toml`; the steps themselves are the matter's.

use crate::dictionary::{Dictionary, Kind};
use crate::matter::{Place, place_of};
use crate::procedure::Step;
use crate::reading::Fields;
use crate::source::{citation, known_codes, known_id};
use std::sync::Arc;
use vocabulary::Citation;

/// What a county asks of the organisations on a year's list.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// `软弱涣散村党组织整顿`
    pub title: Arc<str>,
    /// In few letters, for menus and sentences: `整顿`.
    pub short: Arc<str>,
    /// What stands on the list, after a number: `个村党组织`.
    pub unit: Arc<str>,
    /// Kinds of organisations that may be listed; the share is counted of these.
    pub kinds: Vec<Arc<str>>,
    /// Title of one organisation's matter, `{}` for its name: `{}党组织整顿`.
    pub names: Arc<str>,
    /// What the list of tasks is called: `一村一策`.
    pub plan: Arc<str>,
    /// 包保: every organisation on the list has somebody of each.
    pub levels: Vec<Level>,
    /// What the levels are called together: `四级包保`.
    pub levels_title: Arc<str>,
    /// The step that is not done before every level has somebody.
    pub levels_by: Option<Arc<str>>,
    /// 验收: a yes asks for a finished plan; a no ends the matter, puts it on next year's list and leaves the levels as they are.
    pub passes: Option<Place>,
    /// 销号: the step with which the levels are let go.
    pub released_by: Option<Arc<str>>,
    /// The field that is written from the stars of the same institution.
    pub from_stars: Option<Place>,
    pub source: Citation,
}

/// One of those who look after an organisation on the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Level {
    /// Code charge_kind.
    pub kind: Arc<str>,
    pub taker: Taker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    Person,
    Department,
}

const TAKERS: [(&str, Taker); 2] = [("person", Taker::Person), ("department", Taker::Department)];

impl Campaign {
    pub fn level(&self, kind: &str) -> Option<&Level> {
        self.levels.iter().find(|l| &*l.kind == kind)
    }
    /// Is this the step, and did it say no?
    pub fn turns_down(&self, step: &str, value: impl Fn(&str) -> bool) -> bool {
        self.passes.as_ref().is_some_and(|p| *p.step == *step && !value(&p.field))
    }
}

pub(crate) fn read_campaign(table: Fields, steps: &[Step], dictionary: &Dictionary) -> Option<Campaign> {
    let ids = || steps.iter().map(|s| &*s.id);
    let kinds = table.texts("kinds");
    known_codes(&table, "kinds", &kinds, "organisation_kind", dictionary);
    let mut levels = Vec::new();
    for row in table.rows("levels", "包保层级") {
        let kind = row.text("kind");
        known_codes(&row, "kind", std::slice::from_ref(&kind), "charge_kind", dictionary);
        levels.push(Level { kind, taker: row.choice("taker", &TAKERS).unwrap_or(Taker::Person) });
        row.finish();
    }
    let names = table.text("names");
    if !names.is_empty() && names.matches("{}").count() != 1 {
        table.sheet.fault(table.maybe("names").map_or(table.at.clone(), |n| n.at.clone()), format!("`names` 里单位的名称写成一个 {{}}，这里是“{names}”"), None, Some("例如 names = \"{}党组织整顿\""));
    }
    let campaign = Campaign {
        title: table.text("title"),
        short: table.text("short"),
        unit: table.text("unit"),
        kinds,
        names,
        plan: table.text("plan"),
        levels,
        levels_title: table.maybe_text("levels_title").unwrap_or_else(|| "包保".into()),
        levels_by: known_id(&table, "levels_by", "步骤", ids()),
        passes: place_of(&table, "passes", Kind::YesNo, steps),
        released_by: known_id(&table, "released_by", "步骤", ids()),
        from_stars: place_of(&table, "from_stars", Kind::Text, steps),
        source: citation(&table)?,
    };
    let at = || table.key("passes").map_or(table.at.clone(), |k| k.at.clone());
    if let Some(place) = &campaign.passes {
        if steps.last().is_some_and(|s| s.id == place.step) {
            table.sheet.fault(at(), format!("验收 `{}` 不能是最后一步", place.step), None, Some("验收之后还要有销号或回头看"));
        }
        if steps.iter().any(|s| s.id == place.step && s.fields.iter().any(|f| f.id == place.field && !f.required)) {
            table.sheet.fault(at(), format!("验收的填写项 `{}` 要写 required = true", place.field), None, Some("没有填写不等于没有通过"));
        }
    }
    table.finish();
    Some(campaign)
}
