//! 档案核查: what a record says against itself (三龄两历一身份). Findings for people to look at, never verdicts.

use crate::dated::{self, Noun};
use crate::part::reading;
use crate::rows::{Appraisal, Details, Education, Membership, ResumeLine, Tenure};
use crate::{Desk, Person, Result, person, sealing};
use std::collections::BTreeMap;
use vocabulary::{Citation, Date, Day, Finding, Findings, Id, Saw, Value, Weight, identity};

/// Everything that does not fit together in one record, heaviest first.
pub fn check(desk: &Desk, id: Id<Person>) -> Result<Findings> {
    let details = person::find(desk, id)?.row;
    let mut found = Found(Vec::new());
    number_and_age(&details, &mut found);
    same_number(desk, id, &details, &mut found)?;
    sources(desk, id, &mut found)?;
    work_and_party(&details, &dated::of::<Membership>(desk, id)?, desk.day(), &mut found);
    schooling(&details, &dated::of::<Education>(desk, id)?, &mut found);
    let lines = dated::of::<ResumeLine>(desk, id)?;
    let lines: Vec<ResumeLine> = lines.into_iter().map(|l| l.row).filter(|l| l.kind != "说明").collect();
    resume(&details, &lines, &mut found);
    let tenures: Vec<Tenure> = dated::of::<Tenure>(desk, id)?.into_iter().map(|t| t.row).collect();
    posts(&tenures, &lines, desk.day(), &mut found);
    appraisals(&details, &tenures, &dated::of::<Appraisal>(desk, id)?, desk.day(), &mut found);
    if details.official_kind.is_none() {
        found.say("status-missing", Weight::CannotJudge, "干部身份（人员类别）没有记载", "补录人员类别", &[]);
    }
    Ok(Findings::new(found.0))
}

struct Found(Vec<Finding>);

impl Found {
    fn say(&mut self, rule: &str, weight: Weight, says: impl Into<String>, next: &str, saw: &[(&str, &str, String)]) {
        self.0.push(Finding {
            rule: rule.into(),
            weight,
            says: says.into(),
            citation: Citation { document: "干部人事档案工作条例".into(), article: None, item: None },
            saw: saw
                .iter()
                .map(|(fact, name, value)| Saw {
                    fact: (*fact).into(),
                    name: (*name).into(),
                    value: Some(Value::text(value)),
                    asked: "前后一致".into(),
                    origin: None,
                })
                .collect(),
            due: None,
            next: Some(next.into()),
            unsure: false,
        });
    }
}

impl Found {
    /// Two files, two values. A date that only says more than the other agrees with it.
    fn differ(&mut self, files: &BTreeMap<i64, String>, (fact, label): (&str, &str), before: &(String, i64), now: &(String, i64)) {
        let (Some(first), Some(second)) = (files.get(&before.1), files.get(&now.1)) else { return };
        let agree = match (before.0.parse::<Date>(), now.0.parse::<Date>()) {
            (Ok(a), Ok(b)) => a.earliest() <= b.latest() && b.earliest() <= a.latest(),
            _ => before.0 == now.0,
        };
        if !agree {
            let says = format!("{label}：“{first}”记为 {}，“{second}”记为 {}", before.0, now.0);
            let saw = [(fact, "先导入的", before.0.clone()), (fact, "后导入的", now.0.clone())];
            self.say("sources-differ", Weight::Warn, says, "对照档案核对，以更正写明以哪份为准和依据", &saw);
        }
    }
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "无记载".into(), |d| d.to_string())
}

fn number_and_age(details: &Details, found: &mut Found) {
    if details.born.is_none() {
        found.say("birth-missing", Weight::CannotJudge, "出生年月没有记载，年龄无法计算", "补录出生年月", &[]);
    }
    let Some(number) = &details.id_number else {
        found.say("id-number-missing", Weight::CannotJudge, "身份证号没有记载", "补录身份证号", &[]);
        return;
    };
    let saw = |born: Option<Date>| [("id_number", "身份证号", number.clone()), ("born", "出生年月", shown(born))];
    match identity::read(number) {
        Err(fault) => found.say("id-number-faulty", Weight::Warn, fault.to_string(), "对照身份证原件核对", &saw(details.born)[..1]),
        Ok(told) => {
            if let Some(born) = details.born
                && (told.born < born.earliest() || told.born > born.latest())
            {
                let says = format!("出生年月记载为 {born}，身份证号中为 {}", told.born);
                found.say("birth-differs", Weight::Warn, says, "以档案认定的出生日期为准，写明认定依据", &saw(details.born));
            }
            let sex = if told.female { "女" } else { "男" };
            if details.sex.as_deref().is_some_and(|s| s != sex) {
                let says = format!("性别记载为{}，身份证号第 17 位表示{sex}", details.sex.as_deref().unwrap_or(""));
                found.say("sex-differs", Weight::Warn, says, "对照身份证原件核对", &saw(None)[..1]);
            }
        }
    }
}

fn same_number(desk: &Desk, id: Id<Person>, details: &Details, found: &mut Found) -> Result<()> {
    let Some(number) = &details.id_number else { return Ok(()) };
    let known = desk.question_of_rows().known_filter("d");
    let sql = format!("select count(*) from person_details d where d.id_number_index = $1 and d.person <> {id} and {known}");
    let others = desk.one(&sql, &[sealing::id_number_index(desk.keys, number).into()])?.int(0);
    if others > 0 {
        let says = format!("另有 {others} 人登记了同一个身份证号");
        found.say("id-number-shared", Weight::Warn, says, "核对是否同一人重复登记", &[("id_number", "身份证号", number.clone())]);
    }
    Ok(())
}

/// What does not change in a life: two files that say it differently cannot both be right.
const LASTING: [(&str, &str); 5] =
    [("sex", "性别"), ("born", "出生年月"), ("id_number", "身份证号"), ("ethnicity", "民族"), ("joined_work", "参加工作时间")];

/// A value that one file replaced with another's. Who corrects it by hand afterwards has decided, and nothing is said.
fn sources(desk: &Desk, id: Id<Person>, found: &mut Found) -> Result<()> {
    let known = desk.known().unwrap_or(i64::MAX);
    let mut versions = dated::history::<Details>(desk, id)?;
    versions.retain(|v| v.entered <= known);
    let mut memberships = dated::history::<Membership>(desk, id)?;
    memberships.retain(|m| m.entered <= known);
    let entered: Vec<i64> = versions.iter().map(|v| v.entered).chain(memberships.iter().map(|m| m.entered)).collect();
    // One version of everything contradicts nothing.
    if versions.len() < 2 && memberships.iter().all(|m| m.corrects.is_none()) {
        return Ok(());
    }
    let files = files(desk, &entered)?;
    for (column, label) in LASTING {
        let Some(at) = Details::COLUMNS.iter().position(|c| *c == column) else { continue };
        // Each value with the entry that first brought it; a gap between two values is no third.
        let mut said: Vec<(String, i64)> = Vec::new();
        for version in &versions {
            let value = reading::shown(version.row.params().get(at));
            if !value.is_empty() && said.last().is_none_or(|(last, _)| *last != value) {
                said.push((value, version.entered));
            }
        }
        if let [.., before, now] = said.as_slice() {
            found.differ(&files, (column, label), before, now);
        }
    }
    for now in memberships.iter().filter(|m| m.superseded.is_none_or(|s| s > known)) {
        let before = memberships.iter().find(|m| Some(m.id) == now.corrects && m.row.party == now.row.party);
        if let Some((before, from, until)) = before.and_then(|b| Some((b, b.row.from_day?, now.row.from_day?))) {
            found.differ(&files, ("party.joined", "入党时间"), &(from.to_string(), before.entered), &(until.to_string(), now.entered));
        }
    }
    Ok(())
}

/// The file behind each of these entries, where there was one.
fn files(desk: &Desk, entered: &[i64]) -> Result<BTreeMap<i64, String>> {
    let numbers: Vec<String> = entered.iter().map(i64::to_string).collect();
    let sql = format!("select j.id, s.name from journal j join sources s on s.id = j.source where j.id in ({})", numbers.join(", "));
    Ok(desk.rows(&sql, &[])?.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect())
}

fn work_and_party(details: &Details, memberships: &[dated::Stored<Membership>], day: Day, found: &mut Found) {
    let years_at = |date: Date| details.born.map(|b| b.earliest().years_until(date.latest()));
    if let Some(joined) = details.joined_work {
        let saw = [("joined_work", "参加工作时间", joined.to_string()), ("born", "出生年月", shown(details.born))];
        if years_at(joined).is_some_and(|y| y < 16) {
            found.say("work-before-16", Weight::Warn, "参加工作时未满 16 周岁", "核对参加工作时间与招录材料", &saw);
        }
        if joined.earliest() > day {
            found.say("work-in-future", Weight::Warn, "参加工作时间在将来", "核对参加工作时间", &saw[..1]);
        }
    } else {
        found.say("work-missing", Weight::CannotJudge, "参加工作时间没有记载，工龄无法计算", "补录参加工作时间", &[]);
    }
    for membership in memberships {
        let row = &membership.row;
        let communist = matches!(row.party.as_str(), "中共党员" | "预备党员");
        match row.from_day {
            Some(joined) if communist && years_at(joined).is_some_and(|y| y < 18) => {
                let saw = [("party.joined", "入党时间", joined.to_string()), ("born", "出生年月", shown(details.born))];
                found.say("party-before-18", Weight::Warn, "入党时未满 18 周岁", "核对入党志愿书", &saw);
            }
            None if communist => {
                found.say("party-date-missing", Weight::CannotJudge, "入党时间没有记载，党龄无法计算", "补录入党时间", &[]);
            }
            _ => {}
        }
    }
}

fn schooling(details: &Details, educations: &[dated::Stored<Education>], found: &mut Found) {
    if educations.is_empty() {
        found.say("education-missing", Weight::CannotJudge, "学历没有记载", "补录学历学位", &[]);
    }
    for education in educations {
        let row = &education.row;
        let name = row.education.as_deref().or(row.degree.as_deref()).unwrap_or("学历");
        let saw = [("education", "学历", name.to_owned()), ("education.school", "毕业时间", shown(row.from_day))];
        if let (Some(from), Some(until)) = (row.started, row.from_day)
            && until.latest() < from.earliest()
        {
            found.say("education-backwards", Weight::Warn, format!("{name}毕业时间 {until} 早于入学时间 {from}"), "核对毕业证书", &saw);
        }
        if let (Some(born), Some(until)) = (details.born, row.from_day)
            && born.earliest().years_until(until.latest()) < 14
        {
            found.say("education-too-early", Weight::Warn, format!("取得{name}时未满 14 周岁"), "核对毕业证书与出生年月", &saw);
        }
    }
}

/// Gaps of more than a month and overlaps between the segments of the 简历.
fn resume(details: &Details, lines: &[ResumeLine], found: &mut Found) {
    let dated: Vec<&ResumeLine> = lines.iter().filter(|l| l.from_day.is_some()).collect();
    if dated.is_empty() {
        found.say("resume-missing", Weight::CannotJudge, "简历没有记载", "补录简历", &[]);
        return;
    }
    for pair in dated.windows(2) {
        let (Some(until), Some(next)) = (pair[0].until_day, pair[1].from_day) else {
            if pair[0].until_day.is_none() {
                let says = format!("简历“{}”没有写明止于何时，其后还有经历", pair[0].text);
                found.say("resume-open-in-middle", Weight::Warn, says, "补写起止年月", &[]);
            }
            continue;
        };
        let saw = [("resume", "前一段止", until.to_string()), ("resume", "后一段起", next.to_string())];
        let gap = until.latest().next().months_until(next.earliest());
        if gap >= 1 {
            let says = format!("简历 {} 至 {} 之间有 {gap} 个月没有经历", until.dotted_month(), next.dotted_month());
            found.say("resume-gap", Weight::Warn, says, "补写这段经历或说明情况", &saw);
        } else if next.latest() < until.earliest() {
            let says = format!("简历“{}”与“{}”时间重叠", pair[0].text, pair[1].text);
            found.say("resume-overlap", Weight::Warn, says, "核对两段经历的起止年月", &saw);
        }
    }
    if let (Some(first), Some(joined)) = (dated.iter().find(|l| l.kind == "工作").and_then(|l| l.from_day), details.joined_work)
        && joined.latest().next() < first.earliest()
    {
        let says = format!("参加工作时间 {joined} 早于简历中第一段工作经历 {first}");
        found.say("resume-begins-late", Weight::Warn, says, "补写参加工作后的经历", &[("joined_work", "参加工作时间", joined.to_string())]);
    }
}

/// Current posts against the open line of the 简历; seats held at once.
fn posts(tenures: &[Tenure], lines: &[ResumeLine], day: Day, found: &mut Found) {
    let now = |t: &&Tenure| t.kind == "任职" && t.from_day.earliest() <= day && t.until_day.is_none_or(|u| u.earliest() > day);
    let current: Vec<&Tenure> = tenures.iter().filter(now).collect();
    if current.iter().filter(|t| t.main).count() > 1 {
        let names: Vec<&str> = current.iter().filter(|t| t.main).map(|t| t.title.as_str()).collect();
        found.say("two-main-posts", Weight::Warn, format!("同时有 {} 个主职务：{}", names.len(), names.join("、")), "只保留一个主职务", &[]);
    }
    let open: Vec<&ResumeLine> = lines.iter().filter(|l| l.until_day.is_none() && l.from_day.is_some()).collect();
    if let (Some(main), Some(open)) = (current.iter().find(|t| t.main), open.last())
        && let Some(from) = open.from_day
        && (from.latest() < main.from_day.earliest() || from.earliest() > main.from_day.latest())
        && !open.text.contains(&main.title)
    {
        let says = format!("简历现任经历自 {from} 起，任职记载自 {} 起", main.from_day);
        found.say("resume-and-tenure-differ", Weight::Warn, says, "对照任职文件核对", &[("post.since", "任现职时间", main.from_day.to_string())]);
    }
}

fn appraisals(details: &Details, tenures: &[Tenure], appraisals: &[dated::Stored<Appraisal>], day: Day, found: &mut Found) {
    let (Some(joined), false) = (details.joined_work, tenures.is_empty()) else { return };
    if details.official_state.as_deref().is_some_and(|s| s != "现职") {
        return;
    }
    let last = i64::from(day.year()) - 1;
    let missing: Vec<String> = (last - 2..=last)
        .filter(|y| *y > i64::from(joined.year()) && !appraisals.iter().any(|a| a.row.year == *y))
        .map(|y| y.to_string())
        .collect();
    if !missing.is_empty() {
        found.say("appraisal-missing", Weight::CannotJudge, format!("{}年度考核结果没有记载", missing.join("、")), "补录年度考核结果", &[]);
    }
}
