//! 一个程序: the slate, the track, the present step with its form, and what it would change.

use super::step::{Lack, StepForm, links};
use super::values::on_file;
use super::{allowed, sample};
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, access, samples};
use affairs::procedure::{self, Effected, FiledPaper, ProposedItem, State, Status};
use affairs::{Procedure, TeamImpact, impact};
use axum::extract::Path;
use policy::Purpose;
use registry::Desk;
use serde::Serialize;
use std::collections::BTreeMap;
use vocabulary::{Day, Finding, Id};

#[derive(Clone, Debug, Serialize)]
pub struct ProcedurePage {
    pub state: State,
    pub track: Vec<Stop>,
    pub present: Option<StepForm>,
    pub form: Typed,
    /// Why the last attempt was refused.
    pub told: Told,
    pub impact: Vec<TeamImpact>,
    pub effects: Vec<Effect>,
    pub papers: Vec<FiledPaper>,
    /// Papers of the steps so far that can be made: kind, title, and whether each line has its own.
    pub made: Vec<(String, String, bool)>,
    /// Names of the facts that answers state.
    pub fact_names: BTreeMap<String, String>,
    pub may: bool,
}

/// What stands on top of the page after an attempt.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    pub title: String,
    pub findings: Vec<Finding>,
    /// The same as links to the fields, when the step's form was sent.
    pub links: Vec<Lack>,
    /// Somebody was faster: field, what she typed, what is on file now.
    pub differs: Vec<(String, String, String)>,
}

/// A step of the track.
#[derive(Clone, Debug, Serialize)]
pub struct Stop {
    pub id: String,
    pub title: String,
    pub status: Status,
    pub done: Option<procedure::Done>,
    pub due: Option<Day>,
    pub overdue: bool,
    /// Papers on file: number and title.
    pub papers: Vec<(i64, String)>,
    pub missing: usize,
}

/// 生效
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    pub kind: String,
    pub on: Day,
    pub person: i64,
    pub name: String,
    pub post: String,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Procedure>>) -> Answer {
    allowed(&c)?;
    let page = c
        .consult(move |desk| {
            let page = ProcedurePage::of(desk, id)?;
            let people: Vec<_> = page.state.items.iter().map(|item| item.person).collect();
            access::noted(desk, &people, super::PROCEDURE, Purpose::Appointment)?;
            Ok(page)
        })
        .await?;
    c.page(&ProcedurePage { may: c.may_write(), ..page })
}

impl ProcedurePage {
    pub fn of(desk: &Desk, id: Id<Procedure>) -> affairs::Result<ProcedurePage> {
        desk.remember();
        let state = procedure::state(desk, id)?;
        let papers = procedure::papers(desk, id)?;
        let effected = procedure::effects(desk, id)?;
        let impact = if effected.is_empty() && state.ended.is_none() { impact(desk, &proposed(&state))? } else { vec![] };
        let derived: Vec<usize> = procedure::runs_under(desk, id)?.derived.iter().map(|d| d.fact).collect();
        let present = state.present_step().map(|step| StepForm::of(&state, step, desk.dictionary(), &derived));
        let values = state.present_step().map(|step| on_file(&state, step, desk.today)).unwrap_or_default();
        Ok(ProcedurePage {
            track: track(&state, &papers),
            present,
            form: Typed { values, mistakes: vec![] },
            told: Told::default(),
            impact,
            effects: effected.iter().map(|e| effect(&state, e)).collect(),
            papers,
            made: made(&state),
            fact_names: fact_names(&state, desk),
            may: true,
            state,
        })
    }

    /// The page again after a refusal: what was typed stands in its fields.
    pub fn again(mut self, form: &Form, mut told: Told) -> ProcedurePage {
        let on_file = std::mem::take(&mut self.form.values);
        self.form = form.typed();
        if form.text("done_on").is_empty() {
            // Another form of the page was sent: the step's own fields stand as they were.
            self.form.values.extend(on_file.clone());
        }
        for name in ["based_on", "members"] {
            // Sent again, she has seen the present state.
            if let Some(value) = on_file.get(name) {
                self.form.values.insert(name.to_owned(), value.clone());
            }
        }
        if let (Some(present), false) = (&self.present, form.text("done_on").is_empty()) {
            told.links = links(&told.findings, present);
        }
        self.told = told;
        self
    }

    /// What somebody else entered meanwhile, where it is not what she typed.
    pub fn differences(&self, form: &Form) -> Vec<(String, String, String)> {
        let typed = form.typed().values;
        let label = |name: &str| {
            let present = self.present.as_ref()?;
            present.fields.iter().find(|f| f.name == name).map(|f| f.label.clone())
        };
        let differs = |(name, now): (&String, &String)| {
            let hers = typed.get(name)?;
            (hers.trim() != now.trim()).then(|| Some((label(name)?, hers.clone(), now.clone()))).flatten()
        };
        self.form.values.iter().filter_map(differs).collect()
    }
}

/// The lines as they were proposed, for the picture of the teams.
fn proposed(state: &State) -> Vec<ProposedItem> {
    let item = |i: &procedure::ItemState| ProposedItem {
        person: i.person,
        post: i.post,
        leaves: i.leaves.iter().map(|l| l.tenure).collect(),
        reason: i.reason.clone(),
        exception: i.exception.clone(),
        facts: BTreeMap::new(),
    };
    state.open_items().map(item).collect()
}

fn track(state: &State, papers: &[FiledPaper]) -> Vec<Stop> {
    let stop = |step: &procedure::StepState| Stop {
        id: step.id.clone(),
        title: step.title.clone(),
        status: step.status,
        done: step.done.clone(),
        due: step.due,
        overdue: step.overdue,
        papers: papers.iter().filter(|p| p.step == step.id).map(|p| (p.id, p.title.clone())).collect(),
        missing: step.missing.len(),
    };
    state.steps.iter().map(stop).collect()
}

fn fact_names(state: &State, desk: &Desk) -> BTreeMap<String, String> {
    let stated = state.items.iter().flat_map(|i| &i.answers).flat_map(|a| a.facts.keys());
    stated.filter_map(|id| Some((id.clone(), desk.dictionary().fact(id)?.name.to_string()))).collect()
}

fn made(state: &State) -> Vec<(String, String, bool)> {
    let so_far = state.steps.iter().filter(|s| matches!(s.status, Status::Done | Status::Present));
    let papers = so_far.flat_map(|s| &s.papers).filter(|p| p.made_as != "filed");
    papers.map(|p| (p.kind.clone(), p.title.clone(), super::papers::one_each(&p.kind))).collect()
}

fn effect(state: &State, effect: &Effected) -> Effect {
    let item = state.items.iter().find(|i| i.id == effect.item);
    let left = || item.map(|i| i.leaves.iter().map(|l| l.title.as_str()).collect::<Vec<_>>().join("、")).unwrap_or_default();
    Effect {
        kind: effect.kind.clone(),
        on: effect.on,
        person: item.map_or(0, |i| i.person.number()),
        name: item.map(|i| i.name.clone()).unwrap_or_default(),
        post: if effect.kind == "免职" { left() } else { item.map(|i| i.proposed_post.clone()).unwrap_or_default() },
    }
}

impl Page for ProcedurePage {
    const TEMPLATE: &'static str = "procedures/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = sample::page("李明", 1);
        let slate = sample::page("王芳", 6);
        let mut refused = usual.clone();
        refused.told = Told {
            title: "还不能完成".into(),
            findings: samples::findings(),
            links: links(&samples::findings(), &sample::step("李明", 1)),
            differs: vec![("考察组人数".into(), "3".into(), "2".into())],
        };
        let mut reader = usual.clone();
        reader.may = false;
        vec![
            Sample::usual(usual),
            Sample { name: "slate", ..Sample::usual(slate) },
            Sample { name: "refused", ..Sample::usual(refused) },
            Sample { name: "effect", ..Sample::usual(sample::effected()) },
            Sample::overfull(sample::page(samples::LONG_NAME, 30)),
            Sample::another_day(reader),
        ]
    }
}
