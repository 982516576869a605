//! 时间线: a record's rows as lanes over the years.

use super::record::Record;
use crate::drawing::timeline::{Lane, Learned, Stretch, Timeline, draw};
use vocabulary::{Date, Day};

/// Posts, ranks and schools of `record`, as seen on `day`.
pub fn timeline(record: &Record, day: Day) -> Timeline {
    let title = |label: &str, from: Date, until: Option<Date>, entered: i64| {
        let until = until.map_or_else(|| "至今".to_owned(), |u| format!("至 {u}"));
        format!("{label}\n{from} {until}\n{}", record.origin(entered))
    };
    let mut posts = Vec::new();
    for (rows, struck) in [(&record.tenures.now, false), (&record.tenures.before, true)] {
        posts.extend(rows.iter().map(|t| Stretch {
            label: if t.row.kind == "任职" { t.row.title.clone() } else { format!("{}（{}）", t.row.title, t.row.kind) },
            from: t.row.from_day,
            until: t.row.until_day,
            title: title(&t.row.title, t.row.from_day, t.row.until_day, t.entered),
            kind: if t.row.kind == "任职" { "post" } else { "part" },
            struck,
        }));
    }
    let mut ranks = Vec::new();
    for (rows, struck) in [(&record.ranks.now, false), (&record.ranks.before, true)] {
        ranks.extend(rows.iter().map(|r| Stretch {
            label: r.row.rank.clone(),
            from: r.row.from_day,
            until: r.row.until_day,
            title: title(&r.row.rank, r.row.from_day, r.row.until_day, r.entered),
            kind: "rank",
            struck,
        }));
    }
    let schools = record.educations.now.iter().filter_map(|e| {
        let end = e.row.from_day?;
        let label = [e.row.school.as_deref(), e.row.education.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let from = e.row.started.unwrap_or(end);
        Some(Stretch { title: title(&label, from, Some(end), e.entered), label, from, until: Some(end), kind: "school", struck: false })
    });
    let lanes = vec![
        Lane { label: "任职", stretches: posts },
        Lane { label: "职级", stretches: ranks },
        Lane { label: "学习", stretches: schools.collect() },
    ];
    draw(lanes, learned(record), day)
}

/// The days on which posts, ranks and schools were entered.
fn learned(record: &Record) -> Vec<Learned> {
    let tenures = record.tenures.now.iter().chain(&record.tenures.before).map(|t| t.entered);
    let ranks = record.ranks.now.iter().chain(&record.ranks.before).map(|r| r.entered);
    let mut all: Vec<i64> = tenures.chain(ranks).chain(record.educations.now.iter().map(|e| e.entered)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().filter_map(|n| Some(Learned { day: record.learned(n).parse().ok()?, title: record.origin(n) })).collect()
}
