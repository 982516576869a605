//! 制度: what the machine checks and from which words, what is left to people, and whether the examples hold.

use crate::ledgers::refuse_recorded;
use crate::{Answer, Ctx, Stop};
use axum::extract::Path;
use institution::institution::Institution;
use institution::source::{InForce, Sure};
use institution::{Calendar, Dictionary, Kind};
use serde::Serialize;
use vocabulary::{Citation, Day, Weight};

#[derive(Serialize)]
pub struct ListPage {
    pub institutions: Vec<Summary>,
    pub facts: usize,
    pub words: usize,
    /// Years for which the calendar of workdays is known.
    pub years: Vec<i16>,
}

/// One line of the list, and the head of an institution's page.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub systems: Vec<String>,
    pub version: String,
    pub source: Citation,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub in_force: bool,
    pub filed_by: String,
    pub review_by: Option<Day>,
    /// The day by which it was to be looked at again has passed.
    pub review_late: bool,
    pub rules: usize,
    pub unsure: usize,
    pub judged: usize,
    pub steps: usize,
    pub papers: usize,
    pub ledgers: usize,
    pub examples: usize,
    pub failed: usize,
}

#[derive(Serialize)]
pub struct InstitutionPage {
    pub head: Summary,
    pub rules: Vec<ShownRule>,
    pub judged: Vec<ShownJudged>,
    pub steps: Vec<ShownStep>,
    pub papers: Vec<ShownPaper>,
    pub ledgers: Vec<(String, String)>,
    /// 得分项 and 兑换项: what, how much, up to how much, by which article.
    pub points: Vec<ShownPoints>,
    /// 名册: title, what it is for, article.
    pub registers: Vec<(String, String, Citation)>,
    pub examples: Vec<ShownExample>,
    pub editions: Vec<editions::ShownEdition>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownPoints {
    pub title: String,
    /// What counts, or where it is taken.
    pub says: String,
    /// Plus is earned, minus is spent.
    pub points: i64,
    pub limits: String,
    pub source: Citation,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownRule {
    pub id: String,
    pub says: String,
    pub source: Citation,
    pub weight: Weight,
    pub applies: Option<String>,
    pub requires: String,
    pub next: Option<String>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub in_force: bool,
    pub checked: Option<String>,
    pub unsure: bool,
    pub overridable_by: Option<String>,
    pub step: Option<String>,
    /// Examples that name it.
    pub examples: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownJudged {
    pub says: String,
    pub source: Citation,
    pub unsure: bool,
    pub asked_in: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownStep {
    pub title: String,
    pub says: String,
    pub who: String,
    pub team: Option<i64>,
    pub papers: Vec<String>,
    pub fields: Vec<String>,
    pub applies: Option<String>,
    pub gate: Option<String>,
    pub source: Citation,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownPaper {
    pub title: String,
    pub says: String,
    pub required: Vec<String>,
    pub archived: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownExample {
    pub name: String,
    pub on: Day,
    pub facts: Vec<(String, String)>,
    pub expects: Vec<String>,
    pub basis: String,
    /// What does not come out as expected; empty when it holds.
    pub wrong: Vec<String>,
}

fn summary(institution: &Institution, dictionary: &Dictionary, calendar: &Calendar, day: Day) -> Summary {
    let InForce { from, until } = institution.in_force;
    Summary {
        id: institution.id.to_string(),
        title: institution.title.to_string(),
        summary: institution.summary.to_string(),
        systems: institution.systems.iter().map(ToString::to_string).collect(),
        version: institution.version.to_string(),
        source: institution.source.clone(),
        from,
        until,
        in_force: institution.in_force.holds_on(day),
        filed_by: institution.filed_by.to_string(),
        review_by: institution.review_by,
        review_late: institution.review_by.is_some_and(|by| by < day),
        rules: institution.rules.len(),
        unsure: institution.rules.iter().filter(|r| r.unsure()).count(),
        judged: institution.judged_by_people.len(),
        steps: institution.steps.len(),
        papers: institution.papers.len(),
        ledgers: institution.ledgers.len(),
        examples: institution::check::examples(institution),
        failed: institution::check::failing(institution, dictionary, calendar).len(),
    }
}

fn points(institution: &Institution) -> Vec<ShownPoints> {
    let Some(points) = &institution.points else { return vec![] };
    let joined = |parts: [(&str, String); 2]| parts.into_iter().filter(|(_, t)| !t.is_empty()).map(|(who, t)| format!("{who}{t}")).collect::<Vec<_>>().join("；");
    let earned = points.earnings.iter().map(|e| ShownPoints { title: e.title.to_string(), says: e.counts.to_string(), points: e.points, limits: e.most.in_words("分"), source: e.source.clone() });
    let spent = points.goods.iter().map(|g| ShownPoints {
        title: g.title.to_string(),
        says: format!("{}，券用 {} 天", g.partner, g.good_for_days),
        points: -g.points,
        limits: joined([("每人", g.most.in_words("份")), ("全县", g.stock.in_words("份"))]),
        source: g.source.clone(),
    });
    let all = ShownPoints { title: "各项合计".into(), says: String::new(), points: 0, limits: points.most.in_words("分"), source: points.source.clone() };
    earned.chain(std::iter::once(all)).chain(spent).collect()
}

impl InstitutionPage {
    fn of(institution: &Institution, dictionary: &Dictionary, calendar: &Calendar, day: Day) -> InstitutionPage {
        let words = |c: &institution::Condition| c.in_words(dictionary);
        let step = |id: &str| institution.step(id).map_or_else(|| id.to_owned(), |s| s.title.to_string());
        let named = |id: &str| institution.examples.iter().filter(|e| names(e, id)).count();
        let rule = |r: &institution::Rule| ShownRule {
            id: r.id.to_string(),
            says: r.says.to_string(),
            source: r.source.clone(),
            weight: r.weight,
            applies: r.applies.as_ref().map(words),
            requires: words(&r.requires),
            next: r.next.as_ref().map(ToString::to_string),
            from: r.in_force.from,
            until: r.in_force.until,
            in_force: r.in_force.holds_on(day),
            checked: r.checked.as_ref().map(|c| format!("{} {}", c.by, c.on)),
            unsure: r.unsure(),
            overridable_by: r.overridable_by.as_ref().map(ToString::to_string),
            step: r.step.as_deref().map(step),
            examples: named(&r.id),
        };
        let fields = |s: &institution::Step| {
            s.fields.iter().map(|f| format!("{}{}", f.label, if f.required { "（必填）" } else { "" })).collect()
        };
        let paper = |id: &str| institution.paper(id).map_or_else(|| id.to_owned(), |p| p.title.to_string());
        InstitutionPage {
            editions: vec![],
            head: summary(institution, dictionary, calendar, day),
            rules: institution.rules.iter().map(rule).collect(),
            judged: institution
                .judged_by_people
                .iter()
                .map(|j| ShownJudged {
                    says: j.says.to_string(),
                    source: j.source.clone(),
                    unsure: j.sure >= Sure::C,
                    asked_in: j.asked_in.as_deref().map(step),
                })
                .collect(),
            steps: institution
                .steps
                .iter()
                .map(|s| ShownStep {
                    title: s.title.to_string(),
                    says: s.says.to_string(),
                    who: s.who.to_string(),
                    team: s.team_of_at_least,
                    papers: s.papers.iter().map(|p| paper(p)).collect(),
                    fields: fields(s),
                    applies: s.applies.as_ref().map(words),
                    gate: s.gate.as_ref().map(words),
                    source: s.source.clone(),
                })
                .collect(),
            papers: institution
                .papers
                .iter()
                .map(|p| ShownPaper {
                    title: p.title.to_string(),
                    says: p.says.to_string(),
                    required: p.required.iter().map(|f| dictionary.facts[*f].spoken().to_owned()).collect(),
                    archived: p.archived,
                })
                .collect(),
            points: points(institution),
            registers: institution.registers.iter().map(|r| (r.title.to_string(), r.says.to_string(), r.source.clone())).collect(),
            ledgers: institution.ledgers.iter().map(|l| (l.id.to_string(), l.title.to_string())).collect(),
            examples: institution.examples.iter().map(|e| example(e, institution, dictionary)).collect(),
        }
    }
}

fn names(example: &institution::example::Example, rule: &str) -> bool {
    let lists = [&example.expect, &example.warns, &example.approvals, &example.passes, &example.cannot_judge];
    lists.iter().any(|l| l.iter().any(|r| **r == *rule)) || example.dues.iter().any(|(r, _)| **r == *rule)
}

fn example(example: &institution::example::Example, institution: &Institution, dictionary: &Dictionary) -> ShownExample {
    let says = |id: &str| institution.rules.iter().find(|r| *r.id == *id).map_or_else(|| id.to_owned(), |r| r.says.to_string());
    let value = |fact: &institution::Fact, v: &vocabulary::Value| match fact.kind {
        Kind::Number => format!("{v}{}", fact.unit),
        _ => v.to_string(),
    };
    let mut expects = Vec::new();
    let lists = [
        ("不符合", &example.expect),
        ("须经批准", &example.approvals),
        ("提醒", &example.warns),
        ("通过", &example.passes),
        ("无法判断", &example.cannot_judge),
    ];
    for (word, rules) in lists {
        expects.extend(rules.iter().map(|r| format!("{word}：{}", says(r))));
    }
    expects.extend(example.dues.iter().map(|(r, day)| format!("限期 {day}：{}", says(r))));
    expects.extend(example.derived.iter().map(|(f, v)| format!("推算{}为{v}", dictionary.facts[*f].spoken())));
    if expects.is_empty() {
        expects.push("没有不符合的".into());
    }
    ShownExample {
        name: example.name.to_string(),
        on: example.on,
        facts: example.facts.known().map(|(i, v)| (dictionary.facts[i].spoken().to_owned(), value(&dictionary.facts[i], v))).collect(),
        expects,
        basis: example.basis.to_string(),
        wrong: example.run(institution, dictionary),
    }
}

pub async fn list(c: Ctx) -> Answer {
    refuse_recorded(&c)?;
    let (book, day) = (&c.app.office.book, c.day());
    c.page(&ListPage {
        institutions: book.institutions.iter().map(|i| summary(i, &book.dictionary, &book.calendar, day)).collect(),
        facts: book.dictionary.facts.len(),
        words: book.words.len(),
        years: book.calendar.years().collect(),
    })
}

pub async fn show(c: Ctx, Path(id): Path<String>) -> Answer {
    refuse_recorded(&c)?;
    let day = c.day();
    let page = c
        .read(move |desk| {
            let institution = desk.book.institution(&id).ok_or_else(|| Stop::NotFound("这项制度".into()))?;
            Ok(InstitutionPage { editions: editions::of(desk, institution)?, ..InstitutionPage::of(institution, desk.dictionary(), &desk.book.calendar, day) })
        })
        .await?;
    c.page(&page)
}

#[path = "institutions_editions.rs"]
mod editions;
#[path = "institutions_samples.rs"]
mod samples;
