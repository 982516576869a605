//! Made-up institutions that prove the pages.

use super::editions::{Difference, ShownEdition};
use super::{InstitutionPage, ListPage, ShownExample, ShownJudged, ShownPaper, ShownPoints, ShownRule, ShownStep, Summary};
use crate::samples::LONG_TITLE;
use crate::{Page, Sample};
use vocabulary::{Citation, Weight, day};

fn source() -> Citation {
    Citation { document: "党政领导干部选拔任用工作条例".into(), article: Some("第八条".into()), item: Some("三".into()) }
}

fn head(title: &str, failed: usize) -> Summary {
    Summary {
        id: "selection".into(),
        title: title.into(),
        summary: "从动议到任职".into(),
        systems: vec!["A8".into()],
        version: "2019-03".into(),
        source: source(),
        from: Some(day!(2019 - 3 - 3)),
        until: None,
        in_force: true,
        filed_by: "干部科".into(),
        review_by: Some(day!(2026 - 6 - 30)),
        review_late: true,
        rules: 40,
        unsure: 3,
        judged: 6,
        steps: 12,
        papers: 20,
        ledgers: 0,
        examples: 90,
        failed,
    }
}

fn page(times: usize, long: &str) -> InstitutionPage {
    let rule = ShownRule {
        id: "deputy-to-chief-two-years".into(),
        says: format!("由副职提任正职的，应当在副职岗位工作两年以上{long}"),
        source: source(),
        weight: Weight::Refuse,
        applies: Some("步骤为副职提任正职".into()),
        requires: "副职岗位任职月数不少于24月".into(),
        next: Some("任副职满两年后再提任".into()),
        from: Some(day!(2019 - 3 - 3)),
        until: None,
        in_force: true,
        checked: Some("张科长 2026-01-15".into()),
        unsure: false,
        overridable_by: Some("上级党委组织部".into()),
        step: Some("动议".into()),
        examples: 3,
    };
    let unsure = ShownRule { weight: Weight::Warn, applies: None, checked: None, unsure: true, examples: 0, ..rule.clone() };
    let judged = ShownJudged { says: "政治素质好".into(), source: source(), unsure: true, asked_in: Some("考察".into()) };
    let step = ShownStep {
        title: "考察".into(),
        says: format!("全面考察德能勤绩廉{long}"),
        who: "考察组".into(),
        team: Some(2),
        papers: vec!["考察材料".into()],
        fields: vec!["考察组成员（必填）".into()],
        applies: None,
        gate: Some("谈话人数不少于应谈人数的2/3".into()),
        source: source(),
    };
    let paper = ShownPaper { title: "考察材料".into(), says: "德才表现".into(), required: vec!["姓名".into()], archived: true };
    let example = ShownExample {
        name: "任副职一年半，不能提任正职".into(),
        on: day!(2024 - 6 - 1),
        facts: vec![("副职岗位任职月数".into(), "18月".into())],
        expects: vec!["不符合：由副职提任正职的，应当在副职岗位工作两年以上".into()],
        basis: "art 8(3)".into(),
        wrong: vec![],
    };
    let wrong = ShownExample { wrong: vec!["`deputy-to-chief-two-years` 应当通过".into()], ..example.clone() };
    let edition = |version: &str, first: bool| ShownEdition {
        version: version.into(),
        since: "2026-11-02".into(),
        running: 2,
        current: !first,
        changes: if first { vec![] } else { vec![Difference { kind: "规则", name: "任前公示".into(), old: "要求：不少于 5 个工作日".into(), new: format!("要求：不少于 7 个工作日{long}") }] },
        first,
    };
    InstitutionPage {
        editions: if times == 0 { vec![] } else { vec![edition("2026-11", false), edition("2019-03", true)] },
        head: head("选拔任用", 1),
        rules: std::iter::repeat_n([rule, unsure], times).flatten().collect(),
        judged: vec![judged; times],
        steps: vec![step; times],
        papers: vec![paper; times],
        points: vec![
            ShownPoints { title: "参加清洁家园".into(), says: "到场两小时以上".into(), points: 30, limits: "每月至多 60 分".into(), source: source() },
            ShownPoints { title: "维修券20元".into(), says: "城关维修铺，券用 180 天".into(), points: -200, limits: "全县每年至多 500 份".into(), source: source() },
        ],
        registers: vec![("志愿服务队名册".into(), "固定的队伍。".into(), source())],
        ledgers: vec![("roster".into(), "干部花名册".into())],
        examples: std::iter::repeat_n([example, wrong], times).flatten().collect(),
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "institutions/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |institutions| ListPage { institutions, facts: 266, words: 120, years: vec![2025, 2026] };
        vec![
            Sample::usual(page(vec![head("选拔任用", 0), head("登记与台账", 1)])),
            Sample::empty(page(vec![])),
            Sample::overfull(page(vec![head(LONG_TITLE, 90); 24])),
            Sample::reader(page(vec![head("选拔任用", 0)])),
        ]
    }
}

impl Page for InstitutionPage {
    const TEMPLATE: &'static str = "institutions/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let bare = InstitutionPage {
            head: Summary { until: Some(day!(2020 - 1 - 1)), in_force: false, review_by: None, ..head("旧办法", 0) },
            points: vec![],
            registers: vec![],
            ledgers: vec![],
            ..page(0, "")
        };
        vec![
            Sample::usual(page(1, "")),
            Sample::empty(bare),
            Sample::overfull(page(20, LONG_TITLE)),
            Sample::another_day(page(1, "")),
        ]
    }
}
