//! 制度: one folder of `institutions/`, read and made ready.

use crate::ballot::{BallotKind, read_ballots};
use crate::campaign::Campaign;
use crate::derive::Derived;
use crate::dictionary::Dictionary;
use crate::example::{Example, read_examples};
use crate::examine::Ready;
use crate::duty::{Duty, DutyExample, read_duties};
use crate::ledger::{Ledger, read_ledgers};
use crate::matter::{Account, MatterLedger, read_matter};
use crate::paper::{Paper, read_papers};
use crate::points::{Points, PointsExample, read_points};
use crate::register::{Register, RegisterExample, read_registers};
use crate::report::{Report, read_reports};
use crate::stars::{Stars, read_stars};
use crate::tasks::{TaskLists, read_tasks};
use crate::procedure::{Step, read_steps, step_ids};
use crate::reading::{Fields, Sheet};
use crate::rule::{Around, JudgedByPeople, Rule, read_rules};
use crate::case::{Story, System, example::read_stories};
use crate::source::{InForce, citation, in_force};
use crate::{Calendar, Fault, Faults, Files};
use std::collections::BTreeMap;
use std::sync::Arc;
use vocabulary::{Citation, Day};

/// The files of one institution: `rules.toml` → its text.
pub type Texts = BTreeMap<String, String>;

/// One institution: its words, what the machine checks of them, its procedure, papers, ledgers and examples.
#[derive(Clone, Debug)]
pub struct Institution {
    /// The folder's name: `selection`.
    pub id: Arc<str>,
    pub title: Arc<str>,
    /// Rows of the systems catalogue that it carries: `A8`.
    pub systems: Vec<Arc<str>>,
    pub source: Citation,
    pub version: Arc<str>,
    pub in_force: InForce,
    /// Who filed it, and by when it is to be looked at again.
    pub filed_by: Arc<str>,
    pub review_by: Option<Day>,
    pub summary: Arc<str>,
    pub rules: Vec<Rule>,
    pub judged_by_people: Vec<JudgedByPeople>,
    pub derived: Vec<Derived>,
    /// The procedure, in the order of the law; empty when the institution has none.
    pub steps: Vec<Step>,
    /// The steps that a matter of one organisation takes; empty when the institution has none.
    pub matter: Vec<Step>,
    /// 台账 of its matters, and the account over them.
    pub matter_ledger: Option<MatterLedger>,
    pub account: Option<Account>,
    /// 专项: its matters of a year are a list, each with a plan and those who look after it.
    pub campaign: Option<Campaign>,
    /// 星级: how places are rated by what is on record.
    pub stars: Option<Stars>,
    /// 任务清单: how its tasks are looked at.
    pub tasks: Option<TaskLists>,
    /// 积分: what earns points and what they buy, and its examples.
    pub points: Option<Points>,
    pub points_examples: Vec<PointsExample>,
    /// 名册: what organisations keep a list of, and its examples.
    pub registers: Vec<Register>,
    pub register_examples: Vec<RegisterExample>,
    /// 总结、专报: what writes itself.
    pub reports: Vec<Report>,
    pub papers: Vec<Paper>,
    pub ballots: Vec<BallotKind>,
    pub ledgers: Vec<Ledger>,
    pub examples: Vec<Example>,
    /// The very texts it was read from, by file name.
    pub texts: Arc<Texts>,
    /// What recurs, and its examples.
    pub duties: Vec<Duty>,
    pub duty_examples: Vec<DutyExample>,
    /// How its cases are handled; None when it has none.
    pub cases: Option<System>,
    pub stories: Vec<Story>,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) ready: Ready,
}

impl Institution {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| &*s.id == id)
    }
    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.papers.iter().find(|p| &*p.id == id)
    }
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|d| &*d.id == id)
    }
    /// The wording of `rule` that is in force on `day`.
    pub fn rule(&self, id: &str, day: Day) -> Option<&Rule> {
        self.rules.iter().find(|r| &*r.id == id && r.in_force.holds_on(day))
    }

    /// An edition from its own texts, under the dictionary and the calendar of today: facts are one for all, and the days
    /// that people work are published yearly.
    pub fn from_texts(id: &str, texts: &Texts, dictionary: &Dictionary, calendar: Arc<Calendar>) -> Result<Institution, Faults> {
        let files: Files = texts.iter().map(|(name, text)| (format!("{id}/{name}"), text.clone())).collect();
        let mut faults = Vec::new();
        match Institution::read(id, &files, dictionary, calendar, &mut faults) {
            Some(institution) if faults.is_empty() => Ok(institution),
            _ => Err(Faults(faults)),
        }
    }

    /// Reads the files of `folder`; None when `institution.toml` itself cannot be read.
    pub(crate) fn read(
        folder: &str,
        files: &Files,
        dictionary: &Dictionary,
        calendar: Arc<Calendar>,
        faults: &mut Vec<Fault>,
    ) -> Option<Institution> {
        let sheet = |name: &str| {
            let path = format!("{folder}/{name}");
            files.get(&path).map(|text| Sheet::new(&format!("institutions/{path}"), text))
        };
        let head_sheet = sheet("institution.toml")?;
        let mut institution = read_head(folder, &head_sheet, calendar);
        faults.extend(head_sheet.into_faults());

        let rules_sheet = sheet("rules.toml");
        let procedure_sheet = sheet("procedure.toml");
        let papers_sheet = sheet("papers.toml");
        let found = institution.as_mut();
        if let Some(found) = found {
            if let Some(sheet) = &papers_sheet {
                found.papers = read_papers(sheet, dictionary);
            }
            if let Some(sheet) = sheet("ballots.toml") {
                found.ballots = read_ballots(&sheet);
                faults.extend(sheet.into_faults());
            }
            let steps = procedure_sheet.as_ref().map(step_ids).unwrap_or_default();
            let around = Around { dictionary, in_force: found.in_force, steps: &steps };
            if let Some(sheet) = &procedure_sheet {
                found.steps = read_steps(sheet, dictionary, &found.papers, &found.ballots);
            }
            if let Some(sheet) = &rules_sheet {
                (found.rules, found.judged_by_people, found.derived) = read_rules(sheet, &around);
            }
            if let Some(sheet) = sheet("ledgers.toml") {
                found.ledgers = read_ledgers(&sheet, folder, dictionary);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("matter.toml") {
                let read = read_matter(&sheet, dictionary, &found.papers);
                (found.matter, found.matter_ledger, found.account, found.campaign) = (read.steps, read.ledger, read.account, read.campaign);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("duties.toml") {
                (found.duties, found.duty_examples) = read_duties(&sheet, folder, dictionary, &found.papers, found.in_force);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("stars.toml") {
                found.stars = read_stars(&sheet, dictionary);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("tasks.toml") {
                found.tasks = read_tasks(&sheet);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("points.toml") {
                (found.points, found.points_examples) = read_points(&sheet, folder, found.in_force);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("register.toml") {
                (found.registers, found.register_examples) = read_registers(&sheet, folder, dictionary, found.in_force);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("reports.toml") {
                found.reports = read_reports(&sheet, folder);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("examples.toml") {
                found.examples = read_examples(&sheet, dictionary, &found.rules, &steps);
                faults.extend(sheet.into_faults());
            }
            found.texts = Arc::new(files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&format!("{folder}/"))?.to_owned(), text.clone()))).collect());
            if let Some(sheet) = sheet("case.toml") {
                found.cases = System::read(folder, &sheet, &found.calendar, dictionary);
                faults.extend(sheet.into_faults());
            }
            if let Some(sheet) = sheet("case-examples.toml") {
                found.stories = read_stories(&sheet);
                faults.extend(sheet.into_faults());
            }
            found.ready = Ready::of(&found.rules, &found.derived, dictionary);
        }
        for sheet in [rules_sheet, procedure_sheet, papers_sheet].into_iter().flatten() {
            faults.extend(sheet.into_faults());
        }
        institution
    }
}

fn read_head(folder: &str, sheet: &Sheet, calendar: Arc<Calendar>) -> Option<Institution> {
    let root = sheet.parse()?;
    let fields = Fields::of(&root, "制度", sheet)?;
    let id = fields.text("id");
    if !id.is_empty() && &*id != folder {
        let mend = Some(format!("`id` 应为 `{folder}`"));
        sheet.fault(fields.key("id")?.at.clone(), format!("制度 `{id}` 放在文件夹 `{folder}` 里"), mend, None);
    }
    let institution = Institution {
        title: fields.text("title"),
        systems: fields.texts("systems"),
        version: fields.text("version"),
        in_force: in_force(&fields, InForce::default()),
        filed_by: fields.text("filed_by"),
        review_by: fields.day("review_by"),
        summary: fields.text("summary"),
        source: citation(&fields).unwrap_or(Citation { document: String::new(), article: None, item: None }),
        rules: Vec::new(),
        judged_by_people: Vec::new(),
        derived: Vec::new(),
        steps: Vec::new(),
        texts: Arc::default(),
        matter: Vec::new(),
        matter_ledger: None,
        account: None,
        campaign: None,
        stars: None,
        tasks: None,
        registers: Vec::new(),
        register_examples: Vec::new(),
        points: None,
        points_examples: Vec::new(),
        reports: Vec::new(),
        papers: Vec::new(),
        ballots: Vec::new(),
        ledgers: Vec::new(),
        examples: Vec::new(),
        duties: Vec::new(),
        duty_examples: Vec::new(),
        cases: None,
        stories: Vec::new(),
        calendar,
        ready: Ready::default(),
        id,
    };
    fields.finish();
    Some(institution)
}

