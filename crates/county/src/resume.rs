//! 简历: the same life in segments. Study before work, then every step; study beside work as 其间 notes.

use crate::book::{Book, Table};
use crate::career::Step;
use crate::month::Month;
use crate::oddity::Oddity;
use crate::row;
use crate::schooling::Study;
use vocabulary::Date;

struct Line {
    kind: &'static str,
    from: Date,
    until: Option<Date>,
    text: String,
    notes: Vec<String>,
}

pub fn write(book: &mut Book, person: i64, county: &str, studies: &[Study], steps: &[Step], oddity: Option<Oddity>) {
    let mut lines: Vec<Line> = studies.iter().filter(|s| s.full_time).map(full_time).collect();
    for step in steps {
        match lines.last_mut() {
            Some(last) if step.beside => {
                last.text.push('、');
                last.text.push_str(&step.title);
            }
            Some(last) if last.kind == "工作" && last.text.ends_with(&step.title) => last.until = step.until,
            _ => lines.push(Line { kind: "工作", from: step.from, until: step.until, text: placed(county, step), notes: Vec::new() }),
        }
    }
    for study in studies.iter().filter(|s| !s.full_time) {
        let started = study.started.date();
        let note = format!(
            "其间：{}--{}在{}{}专业在职学习", study.started.dotted(), study.finished.dotted(), study.school, study.major.unwrap_or("")
        );
        if let Some(line) = lines.iter_mut().rev().find(|l| l.kind == "工作" && l.from <= started) {
            line.notes.push(note);
        }
    }
    let mut lines = joined_up(lines);
    if oddity == Some(Oddity::Gap) && lines.len() > 2 {
        lines.remove(lines.len() / 2);
    }
    for (order, line) in (1i64..).zip(lines) {
        book.add(
            Table::ResumeLine,
            row![person, order, line.kind, line.from.to_string(), line.until.map(|u| u.to_string()), line.text, line.notes.join("\n")],
        );
    }
}

fn full_time(study: &Study) -> Line {
    let text = match study.major {
        Some(major) => format!("{}{major}专业学习", study.school),
        None => format!("{}学习", study.school),
    };
    Line { kind: "学习", from: study.started.date(), until: Some(study.finished.date()), text, notes: Vec::new() }
}

/// 青云县青云镇科员, 青云县委组织部干部股科员: the county is said once.
fn placed(county: &str, step: &Step) -> String {
    let here = step.unit.is_some() && !step.title.contains(county);
    match (here, step.title.strip_prefix('县')) {
        (true, Some(rest)) => format!("{county}{rest}"),
        (true, None) => format!("{county}{}", step.title),
        (false, _) => step.title.clone(),
    }
}

/// No gaps: a short one closes, a longer one is 待业.
fn joined_up(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        if let Some(last) = out.last_mut() {
            let months = last.until.map_or(0, |u| Month::of(u.earliest()).months_to(Month::of(line.from.earliest())));
            if months > 4
                && let Some(until) = last.until
            {
                out.push(Line { kind: "工作", from: until, until: Some(line.from), text: "待业".into(), notes: Vec::new() });
            } else if months > 0 {
                last.until = Some(line.from);
            }
        }
        out.push(line);
    }
    out
}
