//! Made-up ledgers that prove the pages.

use super::builder::{BuilderPage, Inside, Shown};
use super::cells::{Cell, Heading, Row};
use super::columns::{Choice, ChoiceGroup};
use super::lines::{JOINTS, Line};
use super::operators::{self, Takes};
use super::show::{Chip, Figure, Head, LedgerPage, Links};
use crate::form::Typed;
use crate::samples::{LONG_NAME, LONG_TITLE};
use crate::{Form, Page, Sample};

fn head(label: &str, set: &'static str) -> Head {
    Head { label: label.into(), set, sort: "/ledgers/roster?sort=born".into(), sorted: (label == "姓名").then_some("ascending") }
}

fn row(number: i64, name: &str, post: &str) -> Row {
    let cells = vec![
        Cell::Linked { href: format!("/officials/{number}"), text: name.into() },
        Cell::Text("女".into()),
        Cell::Text("1985.04（41岁）".into()),
        Cell::Text(post.into()),
        Cell::Toned { tone: "warn", text: "24".into() },
    ];
    Row { number, cells, heading: None }
}

fn page(rows: Vec<Row>) -> LedgerPage {
    let chip = |label: &str, typed: Option<&str>, understood| Chip {
        label: label.into(),
        typed: typed.map(str::to_owned),
        remove: "/ledgers/roster".into(),
        change: "/ledgers/roster/change#line-0".into(),
        understood,
    };
    let figure = |label: &str, text: &str, href: &str| Figure { label: label.into(), text: text.into(), href: href.into() };
    let link = || "/ledgers/roster?dense=1".to_owned();
    LedgerPage {
        name: "roster".into(),
        title: "干部花名册".into(),
        says: "现职干部，按单位和职务排列".into(),
        of: "official",
        count: rows.len() as i64,
        unit: "人",
        chips: vec![chip("任职状态为现职", None, true), chip("不满37周岁", Some("36岁以下"), true), chip("骨干", None, false)],
        q: "36岁以下 骨干".into(),
        hidden: vec![("dense".into(), "1".into())],
        columns: vec![head("姓名", "name"), head("性别", "text"), head("出生年月", "date"), head("职务", "text"), head("月数", "number")],
        rows,
        foot: vec![figure("人数", "2", "/ledgers/roster"), figure("女", "1", "/ledgers/roster?q=女"), figure("平均年龄", "42.3岁", "/ledgers/roster")],
        group: Some("所在机构".into()),
        shown: 2,
        next: Some("/ledgers/roster?from=50".into()),
        dense: false,
        links: Links {
            change: link(),
            columns: link(),
            dense: link(),
            clear: link(),
            workbook: link(),
            text: link(),
            pdf: link(),
        },
        definition: "{}".into(),
        own: false,
        access: None,
    }
}

fn group(label: &str, count: i64) -> Row {
    let heading = Heading { label: label.into(), count, href: "/ledgers/roster".into() };
    Row { heading: Some(heading), ..Row::default() }
}

impl Page for LedgerPage {
    const TEMPLATE: &'static str = "ledgers/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = || page(vec![group("青云镇", 2), row(7, "李明", "副镇长"), row(8, "陈晓燕", "党委委员、组织委员")]);
        let empty = LedgerPage { next: None, shown: 0, group: None, foot: vec![], ..page(vec![]) };
        let full: Vec<Row> = (0..50).map(|n| row(n, LONG_NAME, LONG_TITLE)).collect();
        let own = LedgerPage { own: true, name: "own-12".into(), title: LONG_TITLE.repeat(2), ..page(full) };
        vec![
            Sample::usual(usual()),
            Sample::empty(empty),
            Sample::overfull(own),
            Sample::with("withheld", LedgerPage { access: Some(crate::access::Control::sample()), ..usual() }),
            Sample::reader(usual()),
            Sample::another_day(usual()),
        ]
    }
}

impl Page for BuilderPage {
    const TEMPLATE: &'static str = "ledgers/builder.html";
    fn samples() -> Vec<Sample<Self>> {
        let choice = |id: &str, label: &str| Choice { id: id.into(), label: label.into() };
        let group = || vec![ChoiceGroup { name: "基本情况".into(), facts: vec![choice("sex", "性别"), choice("age", "年龄")] }];
        let operator = |id, label, takes| operators::Choice { id, label, takes };
        let line = |n: usize, fact: &str, takes: Takes| Shown {
            n,
            line: Line { fact: fact.into(), operator: "is".into(), value: "女".into(), values: vec!["女".into()], ..Line::default() },
            takes,
            operators: vec![operator("is", "是", takes), operator("known", "有记录", Takes::Nothing)],
            options: vec!["女".into(), LONG_TITLE.into()],
            unit: "岁".into(),
            says: String::new(),
        };
        let every = [
            Takes::Nothing,
            Takes::Text,
            Takes::Number,
            Takes::TwoNumbers,
            Takes::Date,
            Takes::TwoDates,
            Takes::Code,
            Takes::Codes,
            Takes::Group,
        ];
        let page = |lines: Vec<Shown>, form: Typed| BuilderPage {
            name: "new".into(),
            title: "干部查询".into(),
            of: "official",
            form,
            boxes: vec![Inside { joint: "all".into(), lines }, Inside { joint: "any".into(), lines: vec![line(90, "sex", Takes::Code)] }],
            joints: &JOINTS,
            facts: group(),
            chosen: vec![choice("name", "姓名")],
            others: group(),
            sort: vec![("age".into(), true), (String::new(), false)],
            sortable: group(),
            group_by: vec![choice("sex", "性别")],
            group: "sex".into(),
            words: "骨干".into(),
            count: Some(12),
            unit: "人",
            unfinished: 1,
            in_words: "性别为女".into(),
            carried: vec![],
            back: "/ledgers/new".into(),
        };
        let wrong = Form::new(vec![("draft".into(), "1".into())]);
        wrong.mistake("v-2", "第3条：“年龄”的“三十六岁”读不懂，请填整数");
        let kept = Shown { says: "副职月数不少于正职月数".into(), line: Line { kept: "{}".into(), ..Line::default() }, ..line(9, "", Takes::Nothing) };
        let all: Vec<Shown> = every.into_iter().enumerate().map(|(n, takes)| line(n, "sex", takes)).chain([kept]).collect();
        vec![
            Sample::usual(page(vec![line(0, "sex", Takes::Code)], Typed::default())),
            Sample::empty(BuilderPage { boxes: vec![Inside { joint: "all".into(), lines: vec![] }], count: None, ..page(vec![], Typed::default()) }),
            Sample::overfull(page(all, wrong.typed())),
        ]
    }
}
