//! A made-up preview for the samples of the import pages.

use crate::samples;
use exchange::{Fault, Place};
use intake::{Candidate, Change, Preview, RecordPreview, Staged, Summary, UnitPreview, Verdict};
use registry::source::Taken;
use vocabulary::Id;

pub fn staged() -> Staged {
    Staged { id: "a".repeat(32), name: "2026年度任免表.zip".into(), account: 1, since: 0, files: vec![] }
}

pub fn known() -> Option<Taken> {
    Some(Taken { id: Id::new(3), name: "2026年度任免表.zip".into(), received: "2026-11-20T09:12:31+08:00".into() })
}

fn change(number: u32, field: &str, old: Option<&str>, new: &str) -> Change {
    let place = Place::file("李明.lrmx").at_element("MinZu");
    Change { id: format!("{number}.{field}"), noun: "基本信息".into(), field: field.into(), old: old.map(str::to_owned), new: new.into(), place, left_out: false }
}

fn record(number: u32, name: &str, verdict: Verdict) -> RecordPreview {
    let place = Place::file("2026年度任免表.zip › 李明.lrmx");
    let candidate = |person| Candidate {
        person,
        name: name.into(),
        sex: Some("男".into()),
        born: Some("1985-04".into()),
        id_ends: Some("0023".into()),
        post: "青云镇副镇长".into(),
    };
    RecordPreview {
        number,
        name: name.into(),
        born: Some("198504".into()),
        post: "青云镇党委副书记、镇长".into(),
        place: place.clone(),
        verdict,
        because: (verdict == Verdict::Ambiguous).then(|| "在册有 2 人同名同出生年月".into()),
        person: (verdict == Verdict::Changes).then_some(7),
        candidates: if verdict == Verdict::Ambiguous { vec![candidate(7), candidate(8)] } else { vec![] },
        changes: if verdict == Verdict::Changes { vec![change(number, "健康状况", Some("健康"), "良好"), change(number, "专长", None, "基层治理")] } else { vec![] },
        brings: if verdict == Verdict::New { vec![("任职".into(), 3), ("学历学位".into(), 2)] } else { vec![] },
        absent: vec!["奖励 2 条".into()],
        faults: vec![Fault::error(place.at_element("ChuShengNianYue"), "198213", "不是有效的年月", "写成六位数字，如 198504")],
    }
}

pub fn preview() -> Preview {
    let verdicts = [Verdict::Changes, Verdict::New, Verdict::Ambiguous, Verdict::Refused, Verdict::Same];
    let records = verdicts.into_iter().enumerate().map(|(n, v)| record(n as u32 + 1, "李明", v)).collect();
    let unit = UnitPreview {
        number: 1,
        name: "青云镇便民服务中心".into(),
        place: Place::file("全国版.xlsx"),
        verdict: Verdict::New,
        parent: Some("青云镇".into()),
        changes: vec![],
        faults: vec![],
    };
    let summary =
        Summary { records: 5, new: 1, changed: 1, same: 1, ambiguous: 1, refused: 1, changes: 2, units: 1, units_new: 1, faults: 5, unread: 1, ..Summary::default() };
    let unread = vec!["照片/无法识别.heic：不认识的格式".into()];
    Preview { name: "2026年度任免表.zip".into(), head: 9, summary, records, units: vec![unit], unread, ..Preview::default() }
}

pub fn overfull() -> Preview {
    let mut all = preview();
    let long = |number| {
        let mut one = record(number, samples::LONG_NAME, Verdict::Changes);
        one.post = samples::LONG_TITLE.into();
        one.changes = (0..12).map(|_| change(number, "简历", Some(samples::LONG_TITLE), samples::LONG_TITLE)).collect();
        one
    };
    all.records = (1..=300).map(long).collect();
    all.summary.changed = 300;
    all
}
