//! 简历: its lines, and the tenures that it tells when the file has no rows of them.

use super::{Reading, Said, Wanted};
use exchange::resume::{Hint, ResumeLine as Line};
use exchange::{Fault, PersonRecord, Place};
use registry::rows::{ResumeLine, Tenure};
use vocabulary::Date;

/// A 简历 orders its titles and hints at the rest; rows that say it themselves stay as they are.
const SILENT: &[&str] = &["order_no", "main", "organisation", "kind"];

pub(crate) fn read(reading: &Reading, record: &PersonRecord, wanted: &mut Wanted) {
    let Some(resume) = &record.resume else { return };
    let place = record.fields.get(exchange::field::person::RESUME_TEXT).map_or(&record.place, |f| &f.place);
    let mut lines: Vec<ResumeLine> = Vec::new();
    for (order_no, line) in (1..).zip(&resume.lines) {
        lines.push(row(order_no, line));
    }
    for text in &resume.tail {
        let order_no = lines.len() as i64 + 1;
        lines.push(ResumeLine { order_no, kind: "说明".into(), from_day: None, until_day: None, text: text.clone(), notes: String::new() });
    }
    if !lines.is_empty() {
        wanted.resume = Some((lines, place.clone()));
    }
    if wanted.tenures.is_empty() && record.tenures.is_empty() {
        wanted.from_resume = true;
        tenures(reading, &resume.lines, wanted);
    }
}

fn row(order_no: i64, line: &Line) -> ResumeLine {
    let notes: Vec<&str> = line.notes.iter().map(|n| n.text.as_str()).collect();
    ResumeLine {
        order_no,
        kind: if is_study(line) { "学习" } else { "工作" }.into(),
        from_day: line.from,
        until_day: line.until,
        text: line.text.clone(),
        notes: notes.join("\n"),
    }
}

fn is_study(line: &Line) -> bool {
    matches!(line.hint, Hint::Study | Hint::Training)
}

fn tenures(reading: &Reading, lines: &[Line], wanted: &mut Wanted) {
    let work: Vec<&Line> = lines.iter().filter(|l| matches!(l.hint, Hint::Work | Hint::Military)).collect();
    for line in work.iter().filter(|l| !l.open) {
        let (Some(from), Some(until)) = (line.from, line.until) else { continue };
        if super::rank::ends_early(from, Some(until)) {
            wanted.faults.push(super::rank::early(&line.place, &line.text, "结束时间", "开始时间"));
            continue;
        }
        push(reading, &titles(&line.text), from, Some(until), &line.place, wanted);
    }
    let open: Vec<&&Line> = work.iter().filter(|l| l.open && l.from.is_some()).collect();
    let Some(last) = open.last() else {
        if let Some(post) = &wanted.post {
            let says = "简历没有写到现在的一段，现任职务没有任职时间，没有登记";
            wanted.faults.push(Fault::finding(post.place.clone(), &post.text, says, "简历最后一段写成“2021.05--”后接现任职务"));
        }
        return;
    };
    match wanted.post.clone() {
        // 现任职务 says the titles, the open segments since when.
        Some(post) => {
            let titles = titles(&post.text);
            for (order, title) in titles.iter().enumerate() {
                let segment = open.iter().rev().find(|l| l.text.contains(title.as_str())).unwrap_or(last);
                let from = segment.from.unwrap_or_else(|| reading.today.into());
                one(reading, title, titles.first(), (order, from, None), &post.place, wanted);
            }
        }
        None => {
            for line in &open {
                if let Some(from) = line.from {
                    push(reading, &titles(&line.text), from, None, &line.place, wanted);
                }
            }
        }
    }
}

fn push(reading: &Reading, titles: &[String], from: Date, until: Option<Date>, place: &Place, wanted: &mut Wanted) {
    for (order, title) in titles.iter().enumerate() {
        one(reading, title, titles.first(), (order, from, until), place, wanted);
    }
}

fn one(reading: &Reading, title: &str, first: Option<&String>, (order, from_day, until_day): (usize, Date, Option<Date>), place: &Place, wanted: &mut Wanted) {
    let beside = first.and_then(|f| reading.index.at_head(f)).map(|(id, _)| id);
    // A 职级 among the titles is no post and belongs to no organisation's list.
    let is_rank = reading.coding.maybe("rank", title).is_some();
    let placed = if is_rank { Default::default() } else { reading.index.place(title, beside) };
    let main = order == 0 && until_day.is_none() && !wanted.tenures.iter().any(|t| t.row.main);
    let row = Tenure {
        post: placed.post.map(|p| p.id),
        organisation: placed.organisation,
        title: title.to_owned(),
        kind: if title.contains("挂职") { "挂职" } else { "任职" }.into(),
        role: placed.post.and_then(|p| p.role.clone()),
        leading: if is_rank { Some(false) } else { placed.post.map(|p| p.leading) },
        level: placed.post.and_then(|p| p.level.clone()),
        main,
        order_no: order as i64 + 1,
        way: None,
        paper: None,
        end_paper: None,
        end_reason: None,
        probation_until: None,
        from_day,
        until_day,
    };
    let mut said = Said::new(row, place);
    said.silent = SILENT;
    wanted.tenures.push(said);
}

/// `青云镇党委副书记、镇长` → two titles; what stands in brackets stays whole.
pub(crate) fn titles(text: &str) -> Vec<String> {
    let mut titles = vec![String::new()];
    let mut depth = 0_i32;
    for c in text.trim().chars() {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        match c {
            '、' | '，' | ',' | '；' | ';' if depth <= 0 => titles.push(String::new()),
            c => titles.last_mut().into_iter().for_each(|t| t.push(c)),
        }
    }
    titles.into_iter().map(|t| t.trim().trim_end_matches('。').to_owned()).filter(|t| !t.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn titles_are_cut_at_the_enumeration_comma_but_not_inside_brackets() {
        assert_eq!(super::titles("青云镇党委副书记、镇长，一级主任科员"), ["青云镇党委副书记", "镇长", "一级主任科员"]);
        assert_eq!(super::titles("县委办公室主任（主持办公室、机要工作）"), ["县委办公室主任（主持办公室、机要工作）"]);
    }
}
