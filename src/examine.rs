//! `examine`: a person against a post, or stated facts against an institution.

use crate::command::ExamineWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use affairs::{Examination, Fields};
use registry::{AsOf, person, post};

pub fn run(settings: &Settings, json: bool, words: ExamineWords) -> Answer {
    let on = words.on.unwrap_or_else(|| settings.clock.today());
    let examination = match (&words.facts, &words.who, &words.post) {
        (Some(file), _, _) => {
            let text = std::fs::read_to_string(file).map_err(|e| Stop::wrong_use(format!("{}：{e}", file.display())))?;
            let facts = serde_json::from_str(&text).map_err(|e| Stop::wrong_use(format!("{} 不是 JSON：{e}", file.display())))?;
            affairs::examine_facts(&office::book(settings)?, &words.institution, &facts, on)?
        }
        (None, Some(who), Some(seat)) => {
            let office = office::open(settings)?;
            let acting = acting::at(&office, settings, "examine")?;
            office.consult(&acting.actor, AsOf::on(on), |desk| {
                let (person, seat) = (person::who(desk, who)?, post::which(desk, seat)?);
                acting.note(desk, &[person], &["资格审查所用事实"])?;
                Ok::<_, Stop>(affairs::examine::examine_under(desk, &words.institution, person, seat, on, &Fields::default())?)
            })?
        }
        _ => return Err(Stop::wrong_use("要写明审查谁、拟任什么岗位，或用 --facts 给出事实文件")),
    };
    if json {
        output::json(&examination)?;
    } else {
        print(&examination)?;
    }
    Ok(if examination.findings.refuse() { End::Refused } else { End::Done })
}

fn print(examination: &Examination) -> Result<(), Stop> {
    output::line(&format!("{}（{}），以 {} 为准", examination.title, examination.version, examination.on))?;
    if examination.findings.is_empty() {
        output::line("机器能核对的各项都符合")?;
    }
    for finding in examination.findings.iter() {
        let mark = if finding.unsure { "（条文待核对）" } else { "" };
        output::line(&format!("\n〔{}〕{}{mark}", finding.weight.says(), finding.says))?;
        output::line(&format!("    依据：{}", finding.citation))?;
        for saw in &finding.saw {
            let value = saw.value.as_ref().map_or_else(|| "没有记载".into(), ToString::to_string);
            let origin = saw.origin.as_ref().map_or_else(String::new, |o| format!("（{o}）"));
            output::line(&format!("    {}：要求{}，现为{value}{origin}", saw.name, saw.asked))?;
        }
        if let Some(due) = finding.due {
            output::line(&format!("    期限：{due}"))?;
        }
        if let Some(next) = &finding.next {
            output::line(&format!("    下一步：{next}"))?;
        }
    }
    if !examination.judged_by_people.is_empty() {
        output::line("\n须由人判断的：")?;
        for judged in &examination.judged_by_people {
            output::line(&format!("  · {}（{}）", judged.says, judged.source))?;
        }
    }
    Ok(())
}
