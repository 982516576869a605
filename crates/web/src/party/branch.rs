//! 一个党组织: committee, term, this year's life, members with their dues, transfers.

use crate::duties::Row;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::duty;
use axum::extract::Path;
use institution::Subject;
use registry::branch::{self, Party, Seated};
use registry::member::{self, Comrade, Transfer};
use registry::{Branch, Desk};
use serde::Serialize;
use vocabulary::{Day, Id};

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
    fn of(desk: &Desk, id: Id<Branch>) -> Result<BranchPage, Stop> {
        let party = branch::find(desk, id)?;
        let day = desk.day();
        let begin = Day::of(day.year(), 1, 1).unwrap_or(day);
        let units = duty::units(desk, Subject::Branch, &[id.number()])?;
        let mut owed: Vec<Row> = duty::of_units(desk, Subject::Branch, &units, begin, day.plus_days(40))?.iter().map(Row::of).collect();
        owed.reverse();
        let paid = member::paid(desk, id, day.year())?;
        let members = member::of(desk, id, day)?.into_iter().map(|m| Line { paid: paid.iter().filter(|(p, _)| *p == m.id).count(), comrade: m });
        let term = party.elected_on.zip(party.term_years).map(|(on, years)| on.earliest().plus_months(12 * years as i32));
        Ok(BranchPage {
            above: match party.parent {
                Some(p) => branch::find(desk, p).ok().map(|p| (p.name, format!("/party/{}", p.id))),
                None => None,
            },
            below: branch::children(desk, Some(id))?.into_iter().map(|p| (p.name, format!("/party/{}", p.id))).collect(),
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

impl Page for BranchPage {
    const TEMPLATE: &'static str = "party/branch.html";
    fn samples() -> Vec<Sample<Self>> {
        let comrade = |name: &str| Comrade {
            id: Id::new(4),
            person: Id::new(7),
            name: name.into(),
            branch: Id::new(12),
            path: "/2/90/".into(),
            kind: "正式党员".into(),
            joined: Some(vocabulary::day!(2007 - 07 - 01).into()),
            care: Some("生活困难".into()),
            fee: Some(1050),
            from_day: "2007-07-01".into(),
        };
        let page = |name: &str, n: usize| BranchPage {
            may: true,
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
        };
        let usual = page("李明", 3);
        let empty = BranchPage { committee: vec![], owed: vec![], members: vec![], transfers: vec![], term_until: None, term_over: false, above: None, ..usual.clone() };
        vec![Sample::usual(usual.clone()), Sample::empty(empty), Sample::overfull(page(crate::samples::LONG_NAME, 80)), Sample::another_day(usual.clone()), Sample::reader(usual)]
    }
}
