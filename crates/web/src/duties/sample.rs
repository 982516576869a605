//! Made-up duties for the samples.

use super::row::Row;
use affairs::duty::{Attendee, Held, Withdrawn};
use institution::duty::Standing;

pub fn row(title: &str, unit: &str, standing: Standing) -> Row {
    Row {
        title: title.into(),
        unit_title: unit.into(),
        who: "支部书记".into(),
        due: "2026-11-27".into(),
        closes: "2026-12-07".into(),
        says: standing.says(),
        tone: standing.tone(),
        done_on: matches!(standing, Standing::Done | Standing::Late).then(|| "2026-11-29".into()),
        late: standing == Standing::Late,
        unsure: None,
        href: "/duties/branch/12/party-life/theme-day?of=2026-11-27".into(),
    }
}

pub fn held() -> Held {
    Held {
        mark: 5,
        duty: "party-life/theme-day".into(),
        title: "主题党日".into(),
        occurrence: "2026-10-27".into(),
        kind: "done".into(),
        on: "2026-10-29".into(),
        at_time: None,
        person: None,
        due: "2026-10-27".into(),
        late: true,
        fields: vec![("主题".into(), "秋收帮扶".into()), ("做了什么".into(), "帮困难户收割\n清理沟渠".into())],
        explained: String::new(),
        actor: "青云镇大王庄村 王书记".into(),
        at: "2026-10-29T19:20:00+08:00".into(),
        roll: vec![Attendee::here(1, "李明"), Attendee::away(2, "王芳", "外出务工")],
        files: vec![(1, "活动照片".into(), "秋收.jpg".into())],
    }
}

pub fn withdrawn() -> Withdrawn {
    Withdrawn {
        on: "2026-10-28".into(),
        actor: "青云镇大王庄村 王书记".into(),
        fields: vec![("主题".into(), "秋收".into())],
        says: "撤回青云镇大王庄村党支部办理的“主题党日”（2026-10-28）：日期填错".into(),
        by: "青云镇大王庄村 王书记".into(),
        at: "2026-10-29T19:10:00+08:00".into(),
    }
}
