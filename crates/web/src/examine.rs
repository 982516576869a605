//! 资格审查: one person and one post on one day; every rule's word with its article, what was seen and where it was read.

use crate::page::Sample;
use crate::picks::{self, Meant, Place};
use crate::{Answer, Ctx, Page, Stop, href, samples};
use affairs::examine::{Passed, passed};
use affairs::{Examination, Fields, examine};
use axum::extract::{Path, Query};
use registry::consultation::Consultation;
use registry::person::Brief;
use registry::{Desk, Person};
use serde::{Deserialize, Serialize};
use vocabulary::{Citation, Day, Finding, Id, Weight};

#[derive(Clone, Debug, Default, Serialize)]
pub struct ExaminePage {
    pub person: i64,
    pub who: String,
    pub post: i64,
    pub seat: String,
    /// Among whom she must choose; each with its address.
    pub people: Vec<(Brief, String)>,
    pub posts: Vec<(Place, String)>,
    pub mistakes: Vec<String>,
    pub on: Option<Day>,
    pub examined: Option<Examined>,
    /// May a procedure be opened from here?
    pub may_open: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Examined {
    pub title: String,
    pub version: String,
    /// Heaviest first; only those that have findings.
    pub groups: Vec<Group>,
    pub passed: Vec<Passed>,
    /// What the machine leaves to people: sentence and article.
    pub judged: Vec<(String, Citation)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Group {
    pub weight: Weight,
    pub says: &'static str,
    pub findings: Vec<Finding>,
}

#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    post: String,
    #[serde(default)]
    seat: String,
    #[serde(default)]
    on: String,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    answered(c, asked).await
}

/// The same, begun at a person's page.
pub async fn of_official(c: Ctx, Path(id): Path<Id<Person>>, Query(asked): Query<Asked>) -> Answer {
    // Who may not be seen is not found here either.
    c.read(move |desk| Ok::<_, Stop>(registry::person::find(desk, id).map(|_| ())?)).await?;
    let person = if asked.person.is_empty() && asked.who.is_empty() { id.to_string() } else { asked.person.clone() };
    answered(c, Asked { person, ..asked }).await
}

async fn answered(c: Ctx, asked: Asked) -> Answer {
    let on = match asked.on.trim() {
        "" => c.day(),
        text => text.parse().map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-11-22")))?,
    };
    let may_open = c.may_write() && c.actor.sees == registry::Sees::Everything;
    let page = c
        .consult(move |desk| {
            let page = ExaminePage::of(desk, &asked, on)?;
            if page.examined.is_some() {
                let purpose = policy::Purpose::Appointment.says();
                let people = [Id::new(page.person)];
                desk.consulted(&Consultation { people: &people, parts: &["资格审查所用事实"], class: policy::Class::S2, purpose, ticket: None })?;
            }
            Ok(page)
        })
        .await?;
    c.page(&ExaminePage { may_open, ..page })
}

impl ExaminePage {
    fn of(desk: &Desk, asked: &Asked, on: Day) -> Result<ExaminePage, Stop> {
        let mut page = ExaminePage { who: asked.who.trim().into(), seat: asked.seat.trim().into(), on: Some(on), ..ExaminePage::default() };
        let address = |person: &str, post: &str| format!("/examine?person={person}&post={post}&on={on}");
        match picks::person(desk, asked.person.parse().ok(), &page.who)? {
            Meant::One((id, name)) => (page.person, page.who) = (id.number(), name),
            Meant::Several(all) => {
                let to = |b: &Brief| format!("{}&seat={}", address(&b.id.to_string(), &asked.post), href::encode(&page.seat));
                page.people = all.into_iter().map(|b| (b.clone(), to(&b))).collect();
            }
            Meant::Nobody if page.who.is_empty() => {}
            Meant::Nobody => page.mistakes.push(format!("没有找到“{}”，或者您无权查看", page.who)),
        }
        match picks::post(desk, asked.post.parse().ok(), &page.seat)? {
            Meant::One(seat) => (page.post, page.seat) = (seat.id.number(), seat.title),
            Meant::Several(all) => {
                let to = |p: &Place| format!("{}&who={}", address(&asked.person, &p.seat.id.to_string()), href::encode(&page.who));
                page.posts = all.into_iter().map(|p| (p.clone(), to(&p))).collect();
            }
            Meant::Nobody if page.seat.is_empty() => {}
            Meant::Nobody => page.mistakes.push(format!("没有找到岗位“{}”", page.seat)),
        }
        if page.person > 0 && page.post > 0 {
            let examination = examine(desk, Id::new(page.person), Id::new(page.post), on, &Fields::new())?;
            let passed = passed(desk, &examination)?;
            page.examined = Some(Examined::of(examination, passed));
        }
        Ok(page)
    }
}

impl Examined {
    fn of(examination: Examination, passed: Vec<Passed>) -> Examined {
        let weights = [Weight::Refuse, Weight::NeedsApproval, Weight::CannotJudge, Weight::Warn, Weight::Due];
        let group = |weight: Weight| Group {
            weight,
            says: weight.says(),
            findings: examination.findings.iter().filter(|f| f.weight == weight).cloned().collect(),
        };
        Examined {
            groups: weights.map(group).into_iter().filter(|g| !g.findings.is_empty()).collect(),
            title: examination.title,
            version: examination.version,
            passed,
            judged: examination.judged_by_people.iter().map(|j| (j.says.to_string(), j.source.clone())).collect(),
        }
    }
}

impl Page for ExaminePage {
    const TEMPLATE: &'static str = "examine/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let article = |says: &str| Citation { document: "党政领导干部选拔任用工作条例".into(), article: Some(says.into()), item: None };
        let findings = samples::findings();
        let group = |f: &Finding| Group { weight: f.weight, says: f.weight.says(), findings: vec![f.clone()] };
        let met = Passed { rule: "age".into(), says: "提任乡科级正职，应当在副职岗位工作两年以上".into(), citation: article("第八条") };
        let examined = Examined {
            title: "党政领导干部选拔任用".into(),
            version: "2019".into(),
            groups: findings.iter().map(group).collect(),
            passed: vec![met; 12],
            judged: vec![("具有履行职责的政治素养和能力".into(), article("第七条"))],
        };
        let usual = ExaminePage {
            person: 7,
            who: "李明".into(),
            post: 3,
            seat: "青云镇镇长".into(),
            on: Some(vocabulary::day!(2026 - 11 - 22)),
            examined: Some(examined.clone()),
            may_open: true,
            ..ExaminePage::default()
        };
        let empty = ExaminePage { on: usual.on, may_open: true, ..ExaminePage::default() };
        let clean = ExaminePage { examined: Some(Examined { groups: vec![], ..examined.clone() }), ..usual.clone() };
        let groups = (0..5).map(|_| Group { findings: findings.iter().cloned().cycle().take(60).collect(), ..group(&findings[0]) }).collect();
        let long = Examined { groups, ..examined };
        let full = ExaminePage { who: samples::LONG_NAME.into(), seat: samples::LONG_TITLE.into(), examined: Some(long), ..usual.clone() };
        let picks = <crate::picks::PickPage as Page>::samples().swap_remove(0).page;
        let unclear = ExaminePage {
            person: 0,
            examined: None,
            people: picks.people.into_iter().map(|b| (b, "/examine?person=7".into())).collect(),
            posts: picks.posts.into_iter().map(|p| (p, "/examine?post=3".into())).collect(),
            mistakes: vec!["没有找到“李名”，或者您无权查看".into()],
            ..usual.clone()
        };
        let reader = ExaminePage { may_open: false, ..usual.clone() };
        vec![
            Sample::usual(usual),
            Sample::empty(empty),
            Sample { name: "nothing-found", ..Sample::usual(clean) },
            Sample { name: "unclear", ..Sample::usual(unclear) },
            Sample::overfull(full),
            Sample::another_day(reader.clone()),
            Sample::reader(reader),
        ]
    }
}
