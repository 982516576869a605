//! A made-up person for the samples of the pages that show one.

use super::show::{Item, Line, OfficialPage, Part, Soon, Year};
use crate::crumbs::Crumb;
use crate::drawing::timeline::{Lane, Learned, Stretch, Timeline, draw};
use crate::samples;
use registry::dated::Stored;
use registry::rows::ResumeLine;
use vocabulary::{Date, Id, day};

fn item(label: &'static str, value: &str) -> Item {
    Item { label, value: Some(value.into()), note: String::new(), origin: "2026-11-02 由“李明.lrmx”导入".into(), history: Some("/officials/7/history?field=born".into()) }
}

/// Somebody called `name` with so many posts behind them.
pub fn official(name: &str, posts: i16) -> OfficialPage {
    let title = if posts > 10 { samples::LONG_TITLE } else { "青云镇党委副书记、镇长" };
    let year = |n: i16| Date::month_of(n, 7).unwrap_or(day!(2020 - 7 - 1).into());
    let stretches = (0..posts).map(|i| {
        let (from, last) = (2026 - posts + i, i == posts - 1);
        let until = (!last).then(|| year(from + 1));
        Stretch { label: title.into(), from: year(from), until, title: title.into(), kind: "post", struck: i == 1 }
    });
    let lanes = vec![Lane { label: "任职", stretches: stretches.collect() }];
    let learned = vec![Learned { day: day!(2026 - 11 - 2), title: "2026-11-02 由“李明.lrmx”导入".into() }];
    let line = |cells: &[&str]| Line { cells: cells.iter().map(|c| c.to_string()).collect(), origin: "2026-11-02 由“李明.lrmx”导入".into() };
    let part = |title, heads: &[&'static str], row: &[&str]| Part {
        title,
        edit: "tenures",
        heads: heads.to_vec(),
        rows: vec![line(row); posts as usize],
        before: vec![line(row)],
        empty: "没有记录",
    };
    let resume = ResumeLine {
        order_no: 1,
        kind: "工作".into(),
        from_day: Some(year(2008)),
        until_day: None,
        text: title.into(),
        notes: "2012.09--2015.06 在省委党校学习".into(),
    };
    OfficialPage {
        id: Id::new(7),
        name: name.into(),
        photo: true,
        post: Some(title.into()),
        post_since: Some(year(2025)),
        crumbs: vec![Crumb { name: "青云县".into(), href: "/organisations/2".into() }, Crumb { name: "青云镇".into(), href: "/organisations/9".into() }],
        marks: vec![("试用期".into(), "warn"), ("处在影响期".into(), "refuse")],
        glance: vec![item("出生年月", "1985.04"), item("政治面貌", "中共党员"), item("职级", "一级主任科员")],
        items: vec![item("性别", "男"), item("籍贯", "云岭青云"), item("备注", title), Item { value: None, ..item("健康状况", "") }],
        id_number: item("身份证号", "990000198504120023"),
        timeline: draw(lanes, learned, day!(2026 - 11 - 22)),
        years: (2021..=2026).map(|year| Year { year, grade: (year < 2026).then(|| "称职".into()), tone: "plain", hours: i64::from(year - 2000) * 4 }).collect(),
        soon: vec![Soon { says: "试用期满", on: day!(2026 - 12 - 1).into(), near: true }],
        parts: vec![
            part("任职", &["时间", "职务"], &["2025.07 — 今", title]),
            part("家庭主要成员及重要社会关系", &["称谓", "姓名"], &["妻子", name]),
            part("奖励", &["时间", "名称"], &["2021.07", "全县优秀共产党员"]),
            part("惩戒", &["生效", "名称"], &["2020-03-01", "诫勉"]),
            part("文件带来的其他内容", &["栏目", "内容", "来源"], &["是否选调生", "是", "2026-11-02 由“李明.lrmx”导入"]),
        ],
        resume: vec![Stored { id: 1, person: Id::new(7), corrects: None, entered: 1, superseded: None, row: resume }; posts as usize],
        findings: samples::findings(),
        access: None,
        statements: vec![registry::rights::Statement {
            id: 1,
            person: Id::new(7),
            noun: "person_details".into(),
            number: Some(7),
            field: Some("born".into()),
            label: "出生年月".into(),
            fact: "born".into(),
            text: "户口簿为 1985 年 6 月。".into(),
            stated_on: "2026-11-02".into(),
        }],
    }
}

/// Only a name is on record.
pub fn bare_official() -> OfficialPage {
    let nothing = |label| Item { value: None, origin: String::new(), ..item(label, "") };
    OfficialPage {
        photo: false,
        post: None,
        post_since: None,
        crumbs: vec![],
        marks: vec![],
        glance: vec![nothing("出生年月")],
        items: vec![nothing("性别")],
        id_number: nothing("身份证号"),
        timeline: Timeline::default(),
        years: vec![],
        soon: vec![],
        parts: vec![Part { title: "任职", edit: "tenures", heads: vec!["时间", "职务"], rows: vec![], before: vec![], empty: "没有任职记录" }],
        resume: vec![],
        findings: vec![],
        statements: vec![],
        ..official("王芳", 1)
    }
}
