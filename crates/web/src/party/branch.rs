//! 一个党组织: committee, term, this year's life, members with their dues, transfers.

use crate::duties::Row;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::{dissolution, duty};
use axum::extract::Path;
use axum::http::StatusCode;
use institution::Subject;
use registry::branch::{self, Dissolution, Party, Seated};
use registry::member::{self, Comrade, Departed, Transfer};
use registry::{Branch, Desk, organisation, person};
use serde::Serialize;
use vocabulary::{Day, Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct BranchPage {
    pub party: Party,
    pub above: Option<(String, String)>,
    pub below: Vec<(String, String)>,
    pub committee: Vec<Seated>,
    pub term_until: Option<String>,
    pub term_over: bool,
    pub owed: Vec<Row>,
    pub members: Vec<Line>,
    pub transfers: Vec<Transfer>,
    pub year: i16,
    /// 党小组 of this branch: number and name.
    pub groups: Vec<(String, String)>,
    /// Kinds that can be founded below this one.
    pub kinds: Vec<String>,
    pub member_kinds: Vec<String>,
    /// Are members entered here?
    pub holds_members: bool,
    pub departed: Vec<Departed>,
    /// Branches, or groups, to which the members can go when this one is dissolved.
    pub heirs: Vec<(String, String)>,
    /// Duties that are open.
    pub left: usize,
    pub form: Typed,
    pub findings: Vec<Finding>,
    pub mistake: Option<String>,
    pub may: bool,
    pub may_elect: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    #[serde(flatten)]
    pub comrade: Comrade,
    /// Months of the year that were paid.
    pub paid: usize,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Branch>>) -> Answer {
    let page = c.read(move |desk| BranchPage::of(desk, id)).await?;
    let may = c.may_now("party.work");
    // Its own result is not a branch's to record.
    c.page(&BranchPage { may, may_elect: may && c.actor.role != registry::Role::BranchSecretary, ..page })
}

impl BranchPage {
    pub(super) fn of(desk: &Desk, id: Id<Branch>) -> Result<BranchPage, Stop> {
        let party = branch::find(desk, id)?;
        let day = desk.day();
        let begin = Day::of(day.year(), 1, 1).unwrap_or(day);
        let units = duty::units(desk, Subject::Branch, &[id.number()])?;
        let mut owed: Vec<Row> = duty::of_units(desk, Subject::Branch, &units, begin, day.plus_days(40))?.iter().map(Row::of).collect();
        owed.reverse();
        let paid = member::paid(desk, id, day.year())?;
        let members = member::of(desk, id, day)?.into_iter().map(|m| Line { paid: paid.iter().filter(|(p, _)| *p == m.id).count(), comrade: m });
        let term = party.elected_on.zip(party.term_years).map(|(on, years)| on.earliest().plus_months(12 * years as i32));
        let below = branch::children(desk, Some(id))?;
        let (group, in_branch) = (party.kind == branch::GROUP, party.kind.ends_with("支部"));
        let kinds = super::tree::kinds(desk, "branch_kind").into_iter().filter(|k| !group && (k == branch::GROUP) == in_branch);
        let here = organisation::find(desk, party.organisation).map(|u| u.short_name).unwrap_or_default();
        let today = desk.today.to_string();
        let heirs = match (group, party.parent) {
            (true, above) => branch::children(desk, above)?.into_iter().filter(|p| p.kind == branch::GROUP).collect(),
            (false, _) if in_branch => branch::all(desk)?.into_iter().filter(|p| p.kind.ends_with("支部")).collect(),
            (false, _) => vec![],
        };
        Ok(BranchPage {
            departed: member::departed(desk, id)?,
            heirs: heirs.into_iter().filter(|p: &Party| p.id != id).map(|p| (p.id.to_string(), p.name)).collect(),
            left: dissolution::open(desk, id)?.len(),
            groups: below.iter().filter(|p| p.kind == branch::GROUP).map(|p| (p.id.to_string(), p.name.clone())).collect(),
            kinds: kinds.collect(),
            member_kinds: super::tree::kinds(desk, "membership_kind"),
            holds_members: in_branch,
            form: Typed::with([("in", here), ("founded", today.clone()), ("since", today.clone()), ("until", today)]),
            findings: vec![],
            mistake: None,
            above: match party.parent {
                Some(p) => branch::find(desk, p).ok().map(|p| (p.name, format!("/party/{}", p.id))),
                None => None,
            },
            below: below.into_iter().map(|p| (p.name, format!("/party/{}", p.id))).collect(),
            committee: branch::committee(desk, id)?,
            term_until: term.map(|d| d.to_string()),
            term_over: term.is_some_and(|d| d <= day),
            owed,
            members: members.collect(),
            transfers: member::transfers(desk, id)?,
            year: day.year(),
            may: false,
            may_elect: false,
            party,
        })
    }

    /// With a form as it was typed; the other form as it always begins.
    pub(super) fn again(mut self, form: Typed, findings: Vec<Finding>, mistake: Option<String>) -> BranchPage {
        self.form.values.extend(form.values);
        self.form.mistakes = form.mistakes;
        BranchPage { findings, mistake, may: true, ..self }
    }
}

/// 换届: `day`, and lines `姓名 职务`.
pub async fn elect(c: Ctx, Path(id): Path<Id<Branch>>, form: Form) -> Answer {
    if c.actor.role == registry::Role::BranchSecretary {
        return Err(Stop::Forbidden("换届结果由上级党委登记".into()));
    }
    let on = form.day("on", "选举日期").ok_or_else(|| Stop::Wrong("请填写选举日期，写成 2026-11-22".into()))?;
    let lines: Vec<(String, String)> = form.text("committee").lines().filter_map(|l| l.trim().split_once([' ', '　'])).map(|(n, r)| (n.to_owned(), r.trim().to_owned())).collect();
    c.write(move |desk| {
        if on > desk.today {
            return Err(Stop::Wrong(format!("选举日期 {on} 还没有到")));
        }
        if !lines.iter().any(|(_, role)| role == "书记") {
            return Err(Stop::Wrong("当选名单里没有书记。一行一人，写成“李明 书记”".into()));
        }
        let members = member::of(desk, id, on)?;
        let mut committee = Vec::new();
        for (name, role) in &lines {
            let one = members.iter().find(|m| m.name == *name).ok_or_else(|| Stop::Wrong(format!("{name}在 {on} 不是这个支部的党员")))?;
            if one.kind != "正式党员" {
                return Err(Stop::Wrong(format!("{name}是预备党员，没有被选举权")));
            }
            committee.push((one.person, role.clone()));
        }
        branch::elect(desk, id, on.into(), &committee)?;
        Ok(())
    })
    .await?;
    Ok(answer::see(&format!("/party/{id}")))
}

/// 撤销: by the committee above; the members go to the branch that is named.
pub async fn dissolve(c: Ctx, Path(id): Path<Id<Branch>>, form: Form) -> Answer {
    if c.actor.role == registry::Role::BranchSecretary {
        return Err(Stop::Forbidden("党组织由上级党委撤销".into()));
    }
    let (ending, document) = (form.required("ending", "撤销原因"), form.required("document", "批复文号"));
    let on = form.day("until", "撤销日期");
    if on.is_none() && form.text("until").is_empty() {
        form.mistake("until", "请填写撤销日期，写成 2026-11-22");
    }
    let to = form.number("heir", "党员去处").map(Id::new);
    let left_open = form.text("left").to_owned();
    let typed = form.typed();
    if !form.is_right() {
        return again(c, id, typed, vec![], None).await;
    }
    let done = c
        .write(move |desk| {
            let given = Dissolution { on: on.unwrap_or(desk.today), ending, document, to, left_open };
            Ok(dissolution::dissolve(desk, id, &given)?)
        })
        .await?;
    match done {
        // What is no more has no page of today; the tree lists it with where its members went.
        Outcome::Done(_) => Ok(answer::see("/party#dissolved")),
        Outcome::Refused(findings) => again(c, id, typed, findings.into_iter().collect(), None).await,
    }
}

/// 编入: a person of the registry becomes a member of this branch.
pub async fn enrol(c: Ctx, Path(id): Path<Id<Branch>>, form: Form) -> Answer {
    let (who, kind) = (form.required("who", "姓名"), form.required("as", "党员类别"));
    let grouped = form.number("group", "党小组").map(Id::new);
    let joined = form.date("joined", "入党日期");
    let from = form.day("since", "编入日期");
    if form.text("since").is_empty() {
        form.mistake("since", "请填写编入日期，写成 2026-11-22");
    }
    let fee = form.optional("fee").map(|text| super::member::fen(&text));
    if fee == Some(None) {
        form.mistake("fee", "金额读不懂，请写成 10.5");
    }
    let typed = form.typed();
    if !form.is_right() {
        return again(c, id, typed, vec![], None).await;
    }
    let missing = match c.may("person.edit") {
        true => "先在干部信息里录入这个人，或写他的编号、身份证号",
        false => "干部信息里没有这个人，或他的记录不在您这里。请把姓名和身份证号告诉组织部，由组织部录入并编入",
    };
    let done = c
        .write(move |desk| {
            let person = person::who(desk, &who).map_err(|error| match error {
                registry::Error::NotFound(_) => Stop::Wrong(format!("没有找到“{who}”。{missing}")),
                registry::Error::Wrong(says) => Stop::Wrong(says),
                other => other.into(),
            })?;
            let new = member::NewComrade { person, branch: id, grouped, kind, joined, fee: fee.flatten(), from: from.unwrap_or(desk.today) };
            Ok(member::enrol(desk, &new)?)
        })
        .await;
    match done {
        Ok(Outcome::Done(member)) => Ok(answer::see(&format!("/party/members/{member}"))),
        Ok(Outcome::Refused(findings)) => again(c, id, typed, findings.into_iter().collect(), None).await,
        Err(Stop::Wrong(says)) => again(c, id, typed, vec![], Some(says)).await,
        Err(other) => Err(other),
    }
}

/// The page with the form as it was typed.
async fn again(c: Ctx, id: Id<Branch>, form: Typed, findings: Vec<Finding>, mistake: Option<String>) -> Answer {
    let may_elect = c.actor.role != registry::Role::BranchSecretary;
    let page = c.read(move |desk| BranchPage::of(desk, id)).await?.again(form, findings, mistake);
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &BranchPage { may_elect, ..page })
}

impl Page for BranchPage {
    const TEMPLATE: &'static str = "party/branch.html";
    fn samples() -> Vec<Sample<Self>> {
        let comrade = |name: &str| Comrade {
            id: Id::new(4),
            person: Id::new(7),
            name: name.into(),
            branch: Id::new(12),
            grouped: None,
            path: "/2/90/".into(),
            kind: "正式党员".into(),
            joined: Some(vocabulary::day!(2007 - 07 - 01).into()),
            care: Some("生活困难".into()),
            fee: Some(1050),
            from_day: "2007-07-01".into(),
        };
        let page = |name: &str, n: usize| BranchPage {
            may_elect: true,
            party: Party {
                id: Id::new(12),
                parent: Some(Id::new(2)),
                organisation: Id::new(90),
                path: "/2/90/".into(),
                name: "青云镇大王庄村党支部".into(),
                kind: "党支部".into(),
                elected_on: Some(vocabulary::day!(2021 - 03 - 01).into()),
                term_years: Some(5),
                order_no: 1,
                from_day: vocabulary::day!(1990 - 01 - 01).into(),
                until_day: None,
            },
            above: Some(("青云镇党委".into(), "/party/2".into())),
            below: vec![],
            committee: vec![Seated { person: Id::new(7), name: name.into(), role: "书记".into(), from_day: "2021-03-01".into() }],
            term_until: Some("2026-03-01".into()),
            term_over: true,
            owed: vec![crate::duties::sample_row()],
            members: (0..n).map(|_| Line { comrade: comrade(name), paid: 10 }).collect(),
            transfers: vec![Transfer { id: 1, member: Id::new(4), name: name.into(), from: "柳河镇机关党支部".into(), to: "青云镇大王庄村党支部".into(), sent_on: "2026-11-20".into(), received_on: None, refused: None }],
            year: 2026,
            departed: vec![Departed { name: name.into(), ending: "转出县外".into(), on: "2026-09-01".into(), document: Some("组介〔2026〕7号".into()) }],
            heirs: vec![("3".into(), "柳河镇机关党支部".into())],
            left: 2,
            groups: vec![("13".into(), "第一党小组".into())],
            kinds: vec!["党小组".into()],
            member_kinds: vec!["正式党员".into(), "预备党员".into()],
            holds_members: true,
            form: Typed::with([("in", "大王庄村".to_owned()), ("founded", "2026-11-22".to_owned()), ("since", "2026-11-22".to_owned()), ("until", "2026-11-22".to_owned())]),
            findings: vec![],
            mistake: None,
            may: true,
        };
        let usual = page("李明", 3);
        let empty = BranchPage { departed: vec![], heirs: vec![], left: 0, committee: vec![], owed: vec![], members: vec![], transfers: vec![], term_until: None, term_over: false, above: None, ..usual.clone() };
        let refused = BranchPage { findings: crate::samples::findings(), mistake: Some("有 2 人叫“李明”，请用编号：7、31".into()), ..usual.clone() };
        let reader = BranchPage { may: false, ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::usual(refused), Sample::empty(empty), Sample::overfull(page(crate::samples::LONG_NAME, 80)), Sample::another_day(reader.clone()), Sample::reader(reader)]
    }
}
