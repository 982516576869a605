//! What in a resume should be looked at: gaps, overlaps, an end before its beginning.

use super::{Hint, Resume, ResumeLine};
use crate::{Fault, Place};
use vocabulary::Date;

/// 任免审批表填写要求: segments meet without gaps, the last one is open.
pub(super) fn check(lines: &[ResumeLine], place: &Place, faults: &mut Vec<Fault>) {
    let dated: Vec<&ResumeLine> = lines.iter().filter(|l| l.from.is_some()).collect();
    for line in lines.iter().filter(|l| l.from.is_none()) {
        faults.push(Fault::finding(
            line.place.clone(),
            &line.text,
            "简历这一行没有起止时间",
            "每段以 年.月--年.月 开头，如 2001.09--2005.07",
        ));
    }
    for (at, line) in dated.iter().enumerate() {
        ends_before_it_begins(line, faults);
        if let Some(next) = dated.get(at + 1) {
            between(line, next, faults);
        }
    }
    if let Some(last) = dated.last().filter(|l| !l.open) {
        faults.push(Fault::finding(
            last.place.clone(),
            &last.text,
            "简历最后一段有截止时间，看不出现在的工作",
            "最后一段只写起始时间，如 2019.03--",
        ));
    }
    if let Some(first) = dated.first().filter(|l| l.hint == Hint::Waiting) {
        faults.push(Fault::finding(
            first.place.clone(),
            &first.text,
            "简历没有从学习或参加工作开始",
            "第一段应为学习或参加工作",
        ));
    }
    if dated.is_empty() && !lines.is_empty() {
        faults.push(Fault::finding(
            place.clone(),
            "",
            "简历中没有一段能读出起止时间",
            "每段一行，以 年.月--年.月 开头",
        ));
    }
}

impl Resume {
    /// Does the resume reach back to the day of first work? Finding beside [`super::parse`]'s own.
    pub fn check_start(&self, joined_work: Date) -> Option<Fault> {
        let first = self.lines.iter().find(|l| l.from.is_some())?;
        let from = first.from?;
        (from.earliest() > joined_work.latest()).then(|| {
            Fault::finding(
                first.place.clone(),
                &from.dotted_month(),
                format!(
                    "简历从 {} 开始，晚于参加工作时间 {}",
                    from.dotted_month(),
                    joined_work.dotted_month()
                ),
                "简历应从学习或参加工作开始，不间断",
            )
        })
    }
}

fn ends_before_it_begins(line: &ResumeLine, faults: &mut Vec<Fault>) {
    if let (Some(from), Some(until)) = (line.from, line.until)
        && until.latest() < from.earliest()
    {
        faults.push(Fault::finding(
            line.place.clone(),
            &format!("{}--{}", from.dotted_month(), until.dotted_month()),
            "这一段的结束时间早于开始时间",
            "请核对起止年月",
        ));
    }
}

/// Two neighbours: a gap of more than one month, an overlap, or the open line not last.
fn between(line: &ResumeLine, next: &ResumeLine, faults: &mut Vec<Fault>) {
    let (Some(from), Some(next_from)) = (line.from, next.from) else {
        return;
    };
    if next_from.latest() < from.earliest() {
        faults.push(Fault::finding(
            next.place.clone(),
            &next.text,
            "这一段开始得比上一段早，次序不对",
            "各段按开始时间先后排列",
        ));
        return;
    }
    if line.until.is_some_and(|until| until.latest() < from.earliest()) {
        // Its own finding says enough; the wrong end tells nothing of its neighbour.
        return;
    }
    let Some(until) = line.until else {
        faults.push(Fault::finding(
            line.place.clone(),
            &line.text,
            "这一段没有截止时间，后面却还有一段",
            "请补上截止年月",
        ));
        return;
    };
    if months(until, true) + 1 < months(next_from, false) {
        faults.push(Fault::finding(
            next.place.clone(),
            &format!("{}--{}", until.dotted_month(), next_from.dotted_month()),
            "两段之间有间断",
            "各段应首尾相接，不留间断",
        ));
    } else if months(next_from, true) < months(until, false) {
        faults.push(Fault::finding(
            next.place.clone(),
            &format!("{}--{}", next_from.dotted_month(), until.dotted_month()),
            "与上一段时间重叠",
            "请核对两段的起止年月；兼任的委员等另起一段写在最后",
        ));
    }
}

/// Months since year 0, at the latest or the earliest that the date can mean.
fn months(date: Date, latest: bool) -> i32 {
    let day = if latest { date.latest() } else { date.earliest() };
    i32::from(day.year()) * 12 + i32::from(day.month())
}
