//! 我的任务: overdue, today, this week, later; and what was done of late.

use super::row::Row;
use super::sample;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::duty::{self, Digest};
use affairs::task::{self, Light, Task};
use institution::duty::Standing;
use registry::Desk;
use serde::Serialize;
use vocabulary::Day;

#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    pub overdue: Vec<Row>,
    pub today: Vec<Row>,
    pub week: Vec<Row>,
    pub later: Vec<Row>,
    pub done: Vec<Row>,
    /// 重点任务 that I answer for.
    pub tasks: Vec<Task>,
    pub digest: Digest,
    /// The branch to which one belongs: name and where its published life stands.
    pub branches: Vec<(String, String)>,
    /// The office looks at everybody's as well.
    pub office: bool,
    pub feed: Option<String>,
}

/// How far the list looks ahead and back.
const AHEAD: i64 = 40;
const BACK: i64 = 200;

pub async fn show(c: Ctx) -> Answer {
    let office = c.actor.role.of_the_office();
    let feed = crate::ctx::pairs(&c.asked.query).into_iter().find(|(n, _)| n == "feed").map(|(_, v)| v).filter(|v| v.len() == 48 && v.bytes().all(|b| b.is_ascii_hexdigit()));
    let account = c.actor.account;
    let (page, told) = c
        .read(move |desk| {
            let told = match account {
                Some(account) => duty::is_digest_made(desk, account)?,
                None => true,
            };
            Ok((ListPage::of(desk, office, feed)?, told))
        })
        .await?;
    // The day's first look keeps the day's one digest; a gateway, once there is one, hands it over from there.
    if let (Some(account), false, true) = (account, told, c.as_of == registry::AsOf::default()) {
        keep_digest(&c, account).await?;
    }
    c.page(&page)
}

/// Keeps today's one digest of an account, unless it was kept before.
pub(crate) async fn keep_digest(c: &Ctx, account: vocabulary::Id<registry::Account>) -> Result<(), Stop> {
    if !c.read(move |desk| Ok(duty::is_digest_made(desk, account)?)).await? {
        c.write(move |desk| Ok(duty::make_digests(desk, account)?)).await?;
    }
    Ok(())
}

impl ListPage {
    pub fn of(desk: &Desk, office: bool, feed: Option<String>) -> Result<ListPage, Stop> {
        let today = desk.day();
        let owed = duty::mine(desk, today.plus_days(-BACK), today.plus_days(AHEAD))?;
        let week_ends = today.plus_days(7 - i64::from(today.weekday()));
        let pick = |fits: &dyn Fn(Standing, Day) -> bool| owed.iter().filter(|o| fits(o.standing, o.slot.due)).map(Row::of).collect::<Vec<_>>();
        let open = |s: Standing| matches!(s, Standing::Open | Standing::Ahead);
        let mut done = pick(&|s, _| matches!(s, Standing::Done | Standing::Late | Standing::Excused | Standing::Missed));
        done.reverse();
        done.truncate(12);
        Ok(ListPage {
            overdue: pick(&|s, _| s == Standing::Overdue),
            today: pick(&|s, due| open(s) && due == today),
            week: pick(&|s, due| open(s) && due > today && due <= week_ends),
            later: pick(&|s, due| open(s) && due > week_ends),
            done,
            tasks: task::mine(desk)?.into_iter().filter(|t| t.light != Light::Done).collect(),
            digest: duty::digest(desk)?,
            branches: duty::own_branch(desk)?.into_iter().map(|(id, name)| (name, format!("/duties/published/branch/{id}"))).collect(),
            office,
            feed,
        })
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "duties/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = sample::row;
        let day = vocabulary::day!(2026 - 11 - 22);
        let usual = ListPage {
            overdue: vec![row("支部委员会会议", "青云镇大王庄村党支部", Standing::Overdue)],
            today: vec![row("第一书记周记实", "赵强：青云镇大王庄村", Standing::Open)],
            week: vec![row("主题党日", "青云镇大王庄村党支部", Standing::Open)],
            later: vec![row("组织生活会和民主评议党员", "青云镇大王庄村党支部", Standing::Open)],
            done: vec![row("党课", "青云镇大王庄村党支部", Standing::Done), row("支部党员大会", "青云镇大王庄村党支部", Standing::Late)],
            tasks: vec![Task {
                id: 4,
                unit: 90,
                matter: None,
                path: "/2/90/".into(),
                problem: "活动场所漏雨".into(),
                measure: "完成村级活动场所改造".into(),
                owner: "李强".into(),
                owner_person: Some(7),
                owner_unit: None,
                institution: None,
                due: day,
                done_on: None,
                evidence: String::new(),
                light: Light::Yellow,
            }],
            digest: Digest { day, lines: vec!["逾期：支部委员会会议 1 项".into()] },
            branches: vec![("青云镇大王庄村党支部".into(), "/duties/published/branch/12".into())],
            office: false,
            feed: None,
        };
        let empty = ListPage { overdue: vec![], today: vec![], week: vec![], later: vec![], done: vec![], tasks: vec![], digest: Digest { day, lines: vec![] }, branches: vec![], office: true, feed: None };
        let full = ListPage {
            overdue: (0..30).map(|_| row(crate::samples::LONG_TITLE, crate::samples::LONG_NAME, Standing::Overdue)).collect(),
            feed: Some("0123456789abcdef0123456789abcdef0123456789abcdef".into()),
            ..usual.clone()
        };
        vec![Sample::usual(usual.clone()), Sample::empty(empty), Sample::overfull(full), Sample::another_day(usual.clone()), Sample::reader(usual)]
    }
}
