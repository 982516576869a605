//! 随之而来: what the record makes of what the file says, before rows are compared.

use super::{Context, rows};
use crate::held::Held;
use crate::wanted::{PostText, Said, Undated, Wanted};
use crate::wanted::titles;
use exchange::Fault;
use registry::rows::{Education, RankHeld, Tenure};

pub(super) fn follow(context: &Context, wanted: &mut Wanted, held: Option<&Held>) {
    unit(wanted, held);
    if let Some(held) = held {
        resume_tenures(wanted, held);
        ranks_end(wanted, held);
        printed_once(wanted, held);
    }
    if wanted.tenures.is_empty() && !wanted.from_resume
        && let Some(post) = wanted.post.take()
    {
        post_text(context, &post, wanted, held);
    }
    for undated in std::mem::take(&mut wanted.undated_ranks) {
        undated_rank(undated, wanted, held);
    }
}

/// 统计关系所在单位 is kept only while no tenure says it.
fn unit(wanted: &mut Wanted, held: Option<&Held>) {
    let Some((unit, place)) = wanted.unit.take() else { return };
    let told_by_tenure = wanted.tenures.iter().any(|t| t.row.until_day.is_none() && t.row.organisation.is_some())
        || held.is_some_and(|h| h.open_tenures().iter().any(|t| t.organisation.is_some()));
    if !told_by_tenure {
        wanted.details.unit = Some(unit);
        wanted.places.push(("unit", place));
    }
}

/// Tenures told by a 简历 only add what is newer than the rows on record, and end what the 简历 shows ended.
fn resume_tenures(wanted: &mut Wanted, held: &Held) {
    if !wanted.from_resume || held.tenures.is_empty() {
        return;
    }
    let pairs = rows::pairs(&wanted.tenures, &held.tenures);
    let latest = held.tenures.iter().map(|t| t.row.from_day.earliest()).max();
    let mut keep = pairs.iter().zip(&wanted.tenures).map(|(pair, said)| pair.is_some() || latest.is_none_or(|l| said.row.from_day.earliest() > l)).collect::<Vec<_>>().into_iter();
    wanted.tenures.retain(|_| keep.next().unwrap_or(true));
}

/// A rank that begins later ends the one held until then.
fn ranks_end(wanted: &mut Wanted, held: &Held) {
    let mut ended: Vec<Said<RankHeld>> = Vec::new();
    for said in wanted.ranks.iter().filter(|s| s.row.until_day.is_none()) {
        for old in &held.ranks {
            let same_ladder = old.row.ladder == said.row.ladder && old.row.until_day.is_none();
            let spoken_of = wanted.ranks.iter().any(|w| w.row.ladder == old.row.ladder && w.row.rank == old.row.rank);
            if same_ladder && !spoken_of && old.row.from_day.earliest() < said.row.from_day.earliest() {
                let row = RankHeld { until_day: Some(said.row.from_day), ..old.row.clone() };
                ended.push(Said::new(row, &said.place));
            }
        }
    }
    wanted.ranks.append(&mut ended);
}

/// The form prints one education a mode: the one that was printed until now steps back.
fn printed_once(wanted: &mut Wanted, held: &Held) {
    let pairs = rows::pairs(&wanted.educations, &held.educations);
    let mut back: Vec<Said<Education>> = Vec::new();
    for (at, old) in held.educations.iter().enumerate() {
        let printed = wanted.educations.iter().find(|s| s.row.highest && !s.silent.contains(&"highest") && s.row.mode == old.row.mode);
        if let Some(printed) = printed.filter(|_| old.row.highest && !pairs.contains(&Some(at))) {
            back.push(Said::new(Education { highest: false, ..old.row.clone() }, &printed.place));
        }
    }
    wanted.educations.append(&mut back);
}

/// 现任职务 of a roster: nothing when it reads as on record; tenures when it names known posts and a day; else a finding.
fn post_text(context: &Context, post: &PostText, wanted: &mut Wanted, held: Option<&Held>) {
    let open: Vec<&Tenure> = held.map(Held::open_tenures).unwrap_or_default();
    let written = titles(&post.text);
    let beside = written.first().and_then(|t| context.index.at_head(t)).map(|(id, _)| id);
    let is_held = |title: &String| {
        let placed = context.index.place(title, beside).post.map(|p| p.id);
        open.iter().any(|t| t.title == *title || (placed.is_some() && t.post == placed))
    };
    let missing: Vec<&String> = written.iter().filter(|t| !is_held(t)).collect();
    if missing.is_empty() {
        return;
    }
    let all_known = missing.iter().all(|t| context.index.place(t, beside).post.is_some());
    let Some(since) = post.since.filter(|_| all_known || held.is_none()) else {
        let on_record: Vec<&str> = open.iter().map(|t| t.title.as_str()).collect();
        let says = match (held.is_some(), post.since) {
            (false, _) => "没有任现职时间，现任职务没有登记".to_owned(),
            (true, None) => format!("现任职务与在册不同（在册：{}），没有任现职时间，没有导入", on_record.join("、")),
            (true, Some(_)) => format!("现任职务与在册不同（在册：{}），岗位表里没有这个岗位，没有导入", on_record.join("、")),
        };
        let right = "职务变动请通过任免办理，或用信息采集表的 A02 导入";
        wanted.faults.push(Fault::finding(post.place.clone(), &post.text, says, right));
        return;
    };
    for (order, title) in (1..).zip(&missing) {
        let placed = context.index.place(title, beside);
        let row = Tenure {
            post: placed.post.map(|p| p.id),
            organisation: placed.organisation,
            title: (*title).clone(),
            kind: "任职".into(),
            role: placed.post.and_then(|p| p.role.clone()),
            leading: placed.post.map(|p| p.leading),
            level: placed.post.and_then(|p| p.level.clone()),
            main: order == 1 && open.is_empty(),
            order_no: placed.post.map_or(order, |p| p.order_no),
            way: None,
            paper: None,
            end_paper: None,
            end_reason: None,
            probation_until: None,
            from_day: since,
            until_day: None,
        };
        wanted.tenures.push(Said::new(row, &post.place));
    }
}

/// A level, rank or pool without its day: fine when it is on record so, else told.
fn undated_rank(undated: Undated, wanted: &mut Wanted, held: Option<&Held>) {
    let Undated { ladder, rank, place } = undated;
    let on_record = held.is_some_and(|h| match ladder {
        "入库" => h.pools.iter().any(|p| p.row.until_day.is_none()),
        ladder => {
            h.ranks.iter().any(|r| r.row.ladder == ladder && r.row.rank == rank && r.row.until_day.is_none())
                || (ladder == "职务层次" && h.open_tenures().iter().any(|t| t.level.as_deref() == Some(rank.as_str())))
        }
    });
    let told_by_post = ladder == "职务层次" && wanted.tenures.iter().any(|t| t.row.until_day.is_none() && t.row.level.as_deref() == Some(rank.as_str()));
    if !on_record && !told_by_post {
        let says = format!("{ladder}没有开始时间，没有登记");
        wanted.faults.push(Fault::finding(place, &rank, says, format!("加一栏{ladder}的起始时间，如 201903")));
    }
}
