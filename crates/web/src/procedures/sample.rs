//! A made-up procedure for the samples of the procedure pages.

use super::row::{Leave, Question, Row};
use super::show::{Effect, ProcedurePage, Stop, Told};
use super::step::{Field, ItemBrief, Lack, PaperAsked, QuestionAsked, StepForm};
use crate::form::Typed;
use crate::samples;
use affairs::TeamImpact;
use affairs::procedure::{AnswerKind, Done, Ending, FiledPaper, GivenAnswer, ItemState, PostToLeave, State, Status};
use affairs::team::{Figure, Share, Team, TeamMember};
use registry::person::Brief;
use vocabulary::{Citation, Findings, Id, Weight, day};

fn source() -> Citation {
    Citation { document: "党政领导干部选拔任用工作条例".into(), article: Some("第二十三条".into()), item: None }
}

pub fn row(at: usize) -> Row {
    let leave = Leave { tenure: 4, title: "青云镇副镇长".into(), main: true, ticked: true };
    let question = Question { fact: "exception.years".into(), label: "破任职年限".into(), value: String::new() };
    Row {
        at,
        person: 7,
        who: "李明".into(),
        post: 3,
        seat: "青云镇镇长".into(),
        leaves: vec![leave],
        reason: "工作需要".into(),
        exceptions: vec![question],
        ..Row::default()
    }
}

/// Two people bear the name.
pub fn unclear_row(at: usize) -> Row {
    let brief = |id| Brief { id: Id::new(id), name: "王芳".into(), sex: "女".into(), born: "1988-02".into(), post: "县教育局副局长".into() };
    Row { at, who: "王芳".into(), people: vec![brief(8), brief(9)], mistakes: vec!["叫“王芳”的有 2 人，请选定一人".into()], ..Row::default() }
}

pub fn long_row(at: usize) -> Row {
    let mut long = row(at);
    long.who = samples::LONG_NAME.into();
    long.seat = samples::LONG_TITLE.into();
    long.leaves = vec![Leave { tenure: 1, title: samples::LONG_TITLE.into(), main: true, ticked: true }; 4];
    long
}

pub fn item(n: i64, name: &str) -> ItemState {
    ItemState {
        id: Id::new(n),
        order_no: n,
        person: Id::new(7),
        name: name.into(),
        current_post: "青云镇副镇长".into(),
        post: Some(Id::new(3)),
        proposed_post: "青云镇镇长".into(),
        leaves: vec![PostToLeave { tenure: 4, title: "青云镇副镇长".into(), main: true }],
        reason: "工作需要".into(),
        exception: String::new(),
        facts: affairs::Fields::new(),
        ended: None,
        findings: Findings::new(samples::findings()),
        answers: vec![GivenAnswer {
            rule: "training-before-promotion".into(),
            kind: AnswerKind::Facts,
            approver: String::new(),
            reason: "培训档案".into(),
            facts: [("training.met".to_owned(), "是".to_owned())].into_iter().collect(),
            on: day!(2026 - 11 - 12),
            actor: "组织部 周敏".into(),
        }],
    }
}

pub fn impact() -> TeamImpact {
    let figure = |count: usize| Figure { count, people: (1..=count as i64).map(Id::new).collect() };
    let member = |name: &str, changes| TeamMember { person: Id::new(7), name: name.into(), post: "青云镇镇长".into(), age: Some(41), changes };
    let team = |members: Vec<TeamMember>, women| Team {
        seats: 9,
        vacant: 9 - members.len() as i64,
        average_age_tenths: Some(453),
        under_36: figure(1),
        women: figure(women),
        minority: figure(0),
        non_party: figure(0),
        education: vec![Share { name: "大学".into(), figure: figure(members.len()) }],
        specialities: vec![],
        vacancies: vec![("青云镇副镇长".into(), 1)],
        members,
    };
    TeamImpact {
        organisation: Id::new(9),
        name: "青云镇".into(),
        before: team(vec![member("赵强", true), member("王芳", false)], 1),
        after: team(vec![member("李明", true), member("王芳", false)], 1),
    }
}

fn field(id: &str, label: &str, kind: &'static str) -> Field {
    let each = vec![];
    let choices = if kind == "select" { vec!["票决".into(), "表决".into()] } else { vec![] };
    Field { name: format!("f.{id}"), label: label.into(), kind, required: true, hint: String::new(), choices, suggested: None, each }
}

pub fn step(name: &str, items: i64) -> StepForm {
    let lack = |says: &str, href: &str| Lack { says: says.into(), href: href.into(), next: None, weight: Weight::Refuse };
    let question = QuestionAsked {
        place: "answer-1-education".into(),
        item: Some(Id::new(1)),
        name: name.into(),
        finding: samples::findings().swap_remove(3),
        kind: "理由",
        facts: vec![],
    };
    let mut fields = vec![
        field("decision.day", "讨论决定日期", "date"),
        field("meeting.on_agenda", "议题会前审核", "yes_no"),
        field("vote.form", "表决方式", "select"),
        field("inspection.team_size", "考察组人数", "number"),
        field("initiation.opinion", "意见", "text"),
    ];
    if items > 1 {
        fields[0].each = (1..=items).map(|i| (format!("i{i}.decision.day"), name.to_owned())).collect();
    }
    StepForm {
        id: "discussion".into(),
        title: "讨论决定".into(),
        who: "党委（党组）集体讨论".into(),
        says: "三分之二以上成员到会；逐个介绍、逐一表态、主要负责人末位；应到会成员过半数同意".into(),
        source: source(),
        due: Some(day!(2026 - 11 - 30)),
        overdue: false,
        effect: None,
        notice: None,
        fields,
        papers: vec![PaperAsked { kind: "vote-count".into(), title: "表决票统计".into(), says: "应到、实到、表决方式".into(), made: true, on_file: vec![(5, None)] }],
        takes_roll: true,
        takes_votes: true,
        takes_ballot: true,
        boxed: Some(affairs::procedure::Boxed { ballot: Id::new(4), title: "调整青云镇镇长（讨论决定）".into(), closed: true, counted: vec![] }),
        members: 3,
        items: (1..=items).map(|i| ItemBrief { id: Id::new(i), name: name.into(), proposal: "拟任青云镇镇长".into() }).collect(),
        missing: vec![lack("“讨论决定日期”尚未填写", "#f.decision.day"), lack("到会名单尚未登记", "#roll"), lack("缺少材料《表决票统计》", "#paper-vote-count")],
        questions: vec![question],
    }
}

pub fn page(name: &str, items: i64) -> ProcedurePage {
    let done = Done {
        on: day!(2026 - 11 - 10),
        entered_on: day!(2026 - 11 - 12),
        at: "2026-11-12T09:00:00+08:00".into(),
        actor: "组织部 周敏".into(),
        due: Some(day!(2026 - 11 - 8)),
        late: true,
        entered_late: true,
    };
    let stop = |id: &str, title: &str, status| Stop { id: id.into(), title: title.into(), status, done: None, due: None, overdue: false, papers: vec![], missing: 0 };
    let track = vec![
        Stop { done: Some(done), papers: vec![(5, "考察材料".into())], ..stop("inspection", "考察", Status::Done) },
        Stop { missing: 3, due: Some(day!(2026 - 11 - 1)), overdue: true, ..stop("discussion", "讨论决定", Status::Present) },
        stop("notice", "任前公示", Status::NotAsked),
        stop("talk", "任职谈话", Status::Waiting),
    ];
    let mut all: Vec<ItemState> = (1..=items).map(|n| item(n, name)).collect();
    if let (Some(last), true) = (all.last_mut(), items > 1) {
        last.ended = Some(Ending { kind: "撤回".into(), reason: "本人申请".into(), on: day!(2026 - 11 - 15), actor: "组织部 周敏".into() });
    }
    let state = State {
        id: Id::new(3),
        institution: "selection".into(),
        institution_title: "党政领导干部选拔任用".into(),
        version: "2019".into(),
        earlier: true,
        title: format!("{name}拟任青云镇镇长"),
        opened: day!(2026 - 11 - 2),
        opened_by: "组织部 周敏".into(),
        ended: None,
        items: all,
        steps: vec![],
        present: Some("discussion".into()),
        based_on: 12,
    };
    let paper = FiledPaper {
        id: 5,
        step: "discussion".into(),
        item: None,
        kind: "vote-count".into(),
        title: "表决票统计".into(),
        file_name: Some("表决票.pdf".into()),
        actor: "组织部 周敏".into(),
        at: "2026-11-18T09:00:00+08:00".into(),
        bytes: None,
        content: None,
    };
    let values = [("done_on", "2026-11-22"), ("m0-name", "赵强"), ("m0-post", "县委书记"), ("m0-present", "1"), ("x1-0", "1"), ("xw1-0", "本人"), ("v1-agree", "7")];
    ProcedurePage {
        state,
        track,
        present: Some(step(name, items)),
        form: Typed { values: values.map(|(k, v)| (k.to_owned(), v.to_owned())).into_iter().collect(), mistakes: vec![] },
        told: Told::default(),
        impact: vec![impact()],
        effects: vec![],
        papers: vec![paper],
        made: vec![("meeting-slate".into(), "常委会议题材料".into(), false), ("talk-record".into(), "任职谈话记录".into(), true)],
        fact_names: [("training.met".to_owned(), "达到教育培训要求".to_owned())].into_iter().collect(),
        may: true,
    }
}

/// The appointment has taken effect and the procedure is over.
pub fn effected() -> ProcedurePage {
    let mut page = page("李明", 1);
    let effect = |kind: &str, post: &str| Effect { kind: kind.into(), on: day!(2026 - 11 - 20), person: 7, name: "李明".into(), post: post.into() };
    page.effects = vec![effect("免职", "青云镇副镇长"), effect("任职", "青云镇镇长")];
    page.present = None;
    page.impact = vec![];
    page.state.ended = Some(Ending { kind: "办结".into(), reason: "各步均已完成".into(), on: day!(2026 - 11 - 20), actor: "组织部 周敏".into() });
    page.state.present = None;
    page
}
