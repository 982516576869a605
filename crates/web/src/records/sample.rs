//! Made-up changes for the samples of these pages.

use super::changes::ChangesPage;
use super::control::Shown;
use super::list::{Line, RecordsPage, Section};
use super::page::{Compared, FormPage, Preview, Tab};
use crate::form::{Mistake, Typed};
use crate::page::Sample;
use crate::samples::{LONG_NAME, LONG_TITLE, findings};
use registry::amendment::changed::{self, Changed};

fn form(name: &str) -> FormPage {
    let shown = |name, label, kind, from| Shown { name, label, kind, options: vec!["任职".into(), "挂职".into()], required: name == "from_day", hint: "", from };
    let tab = |label, here| Tab { label, href: "/officials/7/records/tenures/3?verb=correct".into(), here };
    FormPage {
        title: "更正任职".into(),
        name: name.into(),
        explains: "原来记错了，用正确的内容代替。",
        action: "/officials/7/records/tenures/3?verb=correct".into(),
        back: "/officials/7/records#tenures".into(),
        based_on: 3,
        verbs: vec![tab("更正", true), tab("变更", false)],
        row: vec![],
        fields: vec![
            shown("post", "岗位", "pick", "/pick/posts"),
            shown("kind", "任职方式", "select", ""),
            shown("from_day", "任职时间", "text", ""),
            shown("main", "主职务", "check", ""),
        ],
        asks_day: false,
        needs_basis: true,
        form: Typed::with([("post", "青云镇镇长".into()), ("kind", "任职".into()), ("from_day", "2025-07".into())]),
        preview: None,
        refused: vec![],
        compared: vec![],
        gone: false,
        draft: None,
        others: vec![],
    }
}

fn change(title: &str) -> Changed {
    let lines = vec![changed::Line { label: "任职时间", old: "2025-06".into(), new: "2025-07".into() }];
    Changed { title: "任职", what: "改为", row: title.into(), lines }
}

pub fn forms() -> Vec<Sample<FormPage>> {
    let preview = Preview {
        says: "更正李明的任职“青云镇镇长”：任职时间 2025-06 → 2025-07。依据：任职文件".into(),
        changed: vec![change("青云镇镇长")],
        findings: findings().split_off(3),
        seen: "00ff".into(),
    };
    let mut wrong = form("李明");
    wrong.form.mistakes.push(Mistake { field: "from_day".into(), says: "请填写任职时间".into() });
    wrong.draft = Some("2026-11-22 10:05".into());
    let late = FormPage {
        compared: vec![Compared { label: "任职时间", old: "2025-06".into(), hers: "2025-07".into(), now: "2025-08".into(), clash: true }],
        others: vec![("王主任".into(), "10:04".into())],
        ..form(LONG_NAME)
    };
    let ending = FormPage {
        title: "截止任职".into(),
        fields: vec![],
        asks_day: true,
        row: vec![("职务名称".into(), LONG_TITLE.into())],
        refused: findings(),
        gone: true,
        ..form("李明")
    };
    vec![Sample::usual(FormPage { preview: Some(preview), ..form("李明") }), Sample::empty(wrong), Sample::overfull(late), Sample::overfull(ending)]
}

pub fn changes() -> Vec<Sample<ChangesPage>> {
    let usual = ChangesPage {
        name: "李明".into(),
        subject: "/officials/7".into(),
        entry: 12,
        at: "2026-11-22 10:05".into(),
        actor: "王主任".into(),
        says: "更正李明的任职“青云镇镇长”：任职时间 2025-06 → 2025-07。依据：任职文件".into(),
        changed: vec![change("青云镇镇长")],
        findings: vec![],
        gone: false,
    };
    let full = ChangesPage { name: LONG_NAME.into(), changed: vec![change(LONG_TITLE); 4], findings: findings(), ..usual.clone() };
    let empty = ChangesPage { changed: vec![], ..usual.clone() };
    vec![Sample::usual(usual.clone()), Sample::empty(empty), Sample::overfull(full), Sample::reader(usual)]
}

pub fn lists() -> Vec<Sample<RecordsPage>> {
    let line = |name: &str| Line {
        name: name.into(),
        cells: vec![name.into(), "2025-07".into(), String::new()],
        acts: vec![("更正", "/officials/7/records/tenures/3?verb=correct".into()), ("截止", "/officials/7/records/tenures/3?verb=end".into())],
    };
    let part = |rows| Section { id: "tenures", title: "任职", heads: vec!["职务名称", "任职时间", "免职时间"], rows, add: Some("/officials/7/records/tenures/new".into()) };
    let page = |parts| RecordsPage { name: "李明".into(), subject: "/officials/7".into(), parts, photo: true };
    let full = RecordsPage { name: LONG_NAME.into(), ..page(vec![part(vec![line(LONG_TITLE); 40]), part(vec![]), part(vec![line("x")])]) };
    vec![Sample::usual(page(vec![part(vec![line("青云镇镇长")])])), Sample::empty(page(vec![part(vec![])])), Sample::overfull(full)]
}
