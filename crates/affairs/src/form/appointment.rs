//! 干部任免审批表.

use super::words::{listed, office_name};
use crate::procedure::state;
use crate::{Error, Item, Procedure, Result};
use document::{AppointmentForm, Education, Layout, Relative};
use exchange::Place;
use exchange::resume::{Hint, Note, Resume};
use institution::{Fact, Subject};
use registry::dated::{self, Stored};
use registry::rows::{self, Appraisal, Award, Details, FormText, Membership, ResumeLine, Sanction, Tenure};
use registry::{Desk, Person, person, photo};
use vocabulary::{Date, Day, Id};

/// 干部任免审批表 of one person as of the desk's day, to which ages count. With a line of a procedure its 拟任、拟免 and
/// 任免理由; else what an imported form proposed.
pub fn appointment_form(
    desk: &Desk,
    person: Id<Person>,
    item: Option<Id<Item>>,
    layout: Layout,
) -> Result<AppointmentForm> {
    let mut form = of_person(desk, person, layout)?;
    if let Some(item) = item {
        form.submitted_by = office_name(desk)?;
        proposal(desk, item, &mut form)?;
    }
    Ok(form)
}

/// The same of many, in the order given.
pub fn batch(desk: &Desk, people: &[Id<Person>], layout: Layout) -> Result<Vec<AppointmentForm>> {
    people.iter().map(|person| of_person(desk, *person, layout)).collect()
}

fn of_person(desk: &Desk, id: Id<Person>, layout: Layout) -> Result<AppointmentForm> {
    let details = person::find(desk, id)?.row;
    let facts = texts(desk, id, ["post", "qualification", "retirement.day"])?;
    let day = desk.day();
    let kept = dated::of::<FormText>(desk, id)?;
    let kept_text = |field: &str| kept.iter().find(|t| t.row.field == field).map(|t| t.row.text.clone());
    // A wording has no time of its own: one that names a later year was not so yet.
    let worded = |field: &str| kept_text(field).filter(|text| last_year(text) <= day.year());
    let mut educations = dated::of::<rows::Education>(desk, id)?;
    educations.retain(|e| begun(e.row.from_day, day));
    let (resume, resume_from_tenures) = resume(desk, id, day)?;
    let mut family: Vec<Relative> = dated::of::<rows::Relative>(desk, id)?.iter().map(relative).collect();
    document::appointment_form::put_in_order(&mut family);
    let [post, qualification, retires] = facts;
    Ok(AppointmentForm {
        layout,
        name: details.name.clone(),
        sex: details.sex.clone().unwrap_or_default(),
        born: compact(details.born),
        ethnicity: details.ethnicity.clone().unwrap_or_default(),
        native_place: details.native_place.clone().unwrap_or_default(),
        birthplace: details.birth_place.clone().unwrap_or_default(),
        party_joined: party(desk, id, &details)?,
        work_started: compact(details.joined_work),
        health: details.health.clone().unwrap_or_default(),
        technical_post: qualification,
        expertise: details.speciality.clone().unwrap_or_default(),
        full_time: education(&educations, "全日制"),
        in_service: education(&educations, "在职"),
        current_post: post,
        proposed_post: kept_text("NiRenZhiWu").unwrap_or_default(),
        removed_post: kept_text("NiMianZhiWu").unwrap_or_default(),
        resume,
        resume_from_tenures,
        honours: match worded("JiangChengQingKuang") {
            Some(text) => text,
            None => honours(desk, id)?,
        },
        appraisals: appraisals(desk, id, worded("NianDuKaoHeJieGuo"))?,
        reason: kept_text("RenMianLiYou").unwrap_or_default(),
        family,
        submitted_by: match kept_text("ChengBaoDanWei") {
            Some(text) => text,
            None => office_name(desk)?,
        },
        age_day: compact(Date::month_of(day.year(), day.month())),
        filled_on: compact(Some(day.into())),
        filled_by: desk.actor.shown.clone(),
        identity: details.id_number.clone().unwrap_or_default(),
        photo: photo::of(desk, id)?.map(|p| p.bytes),
        retires_on: Date::read(&retires).map(Date::compact).unwrap_or_default(),
        pre_reform_limit: details
            .retirement_limit
            .map(|n| format!("改革前任职年龄界限为{n}岁"))
            .unwrap_or_default(),
        extra: kept
            .iter()
            .filter_map(|t| Some((t.row.field.strip_prefix("extra:")?.to_owned(), t.row.text.clone())))
            .collect(),
        foot: stated(desk, id)?,
    })
}

/// What the person states to their record is said wherever the record is printed.
fn stated(desk: &Desk, id: Id<Person>) -> Result<String> {
    let labels: Vec<String> = registry::rights::statements(desk, id)?.into_iter().map(|s| s.label).collect();
    Ok(if labels.is_empty() { String::new() } else { format!("本人对{}作有说明，见本人记录", labels.join("、")) })
}

/// Facts as texts, empty when not known.
fn texts<const N: usize>(desk: &Desk, id: Id<Person>, ids: [&str; N]) -> Result<[String; N]> {
    let facts: Vec<&Fact> = ids.iter().filter_map(|id| desk.dictionary().fact(id)).collect();
    let row = registry::facts::about(desk, Subject::Official, &[id.number()], &facts)?.pop();
    let mut out = [const { String::new() }; N];
    for (at, fact) in facts.iter().enumerate() {
        let place = ids.iter().position(|id| *id == &*fact.id);
        let value = row.as_ref().and_then(|r| r.values.get(at)).and_then(Option::as_ref);
        if let (Some(place), Some(value)) = (place, value) {
            out[place] = value.to_string();
        }
    }
    Ok(out)
}

fn compact(date: Option<Date>) -> String {
    date.map(Date::compact).unwrap_or_default()
}

/// Had it begun by `day`? What has no beginning on record always was.
fn begun(from: Option<Date>, day: Day) -> bool {
    from.is_none_or(|from| from.earliest() <= day)
}

/// The end, when `day` had seen it.
fn ended(until: Option<Date>, day: Day) -> Option<Date> {
    until.filter(|until| until.earliest() <= day)
}

/// The latest year that a text names; 0 when it names none.
fn last_year(text: &str) -> i16 {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.get(..4)?.parse().ok())
        .filter(|year| (1900..2100).contains(year))
        .max()
        .unwrap_or(0)
}

/// 入党时间: the wording on record, else the month of joining, else the party's name.
fn party(desk: &Desk, id: Id<Person>, details: &Details) -> Result<String> {
    let day = desk.day();
    if let Some(text) = details.party_text.as_ref().filter(|t| !t.is_empty() && last_year(t) <= day.year()) {
        return Ok(text.clone());
    }
    let memberships = dated::of::<Membership>(desk, id)?;
    let now = memberships.iter().find(|m| begun(m.row.from_day, day) && ended(m.row.until_day, day).is_none());
    let ours = |party: &str| {
        desk.dictionary()
            .table("party")
            .is_some_and(|t| t.within("中共").contains(&party))
    };
    Ok(now.map_or_else(String::new, |m| match m.row.from_day {
        Some(day) if ours(&m.row.party) => day.compact(),
        _ => m.row.party.clone(),
    }))
}

/// The printed 学历 and 学位 of one mode; where they were earned together, the school is said once.
fn education(all: &[Stored<rows::Education>], mode: &str) -> Education {
    let printed: Vec<&rows::Education> = all
        .iter()
        .map(|e| &e.row)
        .filter(|e| e.mode == mode && e.highest)
        .collect();
    let whole: Vec<&rows::Education> = if printed.is_empty() {
        all.iter().map(|e| &e.row).filter(|e| e.mode == mode).take(1).collect()
    } else {
        printed
    };
    let school = |e: &rows::Education| {
        e.school_text.clone().unwrap_or_else(|| {
            format!(
                "{}{}",
                e.school.as_deref().unwrap_or_default(),
                e.major.as_deref().unwrap_or_default()
            )
        })
    };
    let schooling = whole.iter().find(|e| e.education.is_some());
    let degree = whole.iter().find(|e| e.degree.is_some());
    let first = schooling.or(degree).map(|e| school(e)).unwrap_or_default();
    let second = degree.map(|e| school(e)).unwrap_or_default();
    Education {
        schooling: schooling.and_then(|e| e.education.clone()).unwrap_or_default(),
        degree: degree.and_then(|e| e.degree.clone()).unwrap_or_default(),
        degree_school: if second == first { String::new() } else { second },
        school: first,
    }
}

/// 简历 in the official wording, as far as `day` knew it; from the tenures when no line is on record, and whether it is so.
fn resume(desk: &Desk, id: Id<Person>, day: Day) -> Result<(String, bool)> {
    let note = |text: &str| Note {
        text: text.trim_matches(['（', '）', '(', ')']).to_owned(),
        own_line: false,
    };
    let mut resume = Resume::default();
    let lines = dated::of::<ResumeLine>(desk, id)?;
    for line in lines.iter().map(|l| &l.row).filter(|l| begun(l.from_day, day)) {
        if line.kind == "说明" {
            resume.tail.push(line.text.clone());
            continue;
        }
        let notes = line.notes.lines().filter(|n| !n.trim().is_empty()).map(note).collect();
        resume.lines.push(segment(line.from_day, ended(line.until_day, day), line.text.clone(), notes));
    }
    let from_tenures = lines.iter().all(|l| l.row.kind == "说明");
    if from_tenures {
        resume.lines = segments(dated::of::<Tenure>(desk, id)?, day);
    }
    Ok((resume.print(), from_tenures && !resume.lines.is_empty()))
}

/// Posts held over the same time are one segment; the main one is named first.
fn segments(tenures: Vec<Stored<Tenure>>, day: Day) -> Vec<exchange::resume::ResumeLine> {
    let mut tenures: Vec<Tenure> = tenures.into_iter().map(|t| t.row).filter(|t| begun(Some(t.from_day), day)).collect();
    tenures.sort_by_key(|t| (t.from_day, !t.main, t.order_no));
    let mut all: Vec<exchange::resume::ResumeLine> = Vec::new();
    for tenure in tenures {
        let until = ended(tenure.until_day, day);
        match all.last_mut() {
            Some(last) if last.from == Some(tenure.from_day) && last.until == until => {
                last.text.push('、');
                last.text.push_str(&tenure.title);
            }
            _ => all.push(segment(Some(tenure.from_day), until, tenure.title, vec![])),
        }
    }
    all
}

fn segment(from: Option<Date>, until: Option<Date>, text: String, notes: Vec<Note>) -> exchange::resume::ResumeLine {
    exchange::resume::ResumeLine {
        from,
        until,
        open: until.is_none(),
        text,
        notes,
        hint: Hint::Work,
        place: Place::default(),
    }
}

/// 奖惩情况 from the rows: awards, then sanctions, oldest first; `无` when there is none.
fn honours(desk: &Desk, id: Id<Person>) -> Result<String> {
    let day = desk.day();
    let mut all: Vec<(Option<Date>, String)> = Vec::new();
    for award in dated::of::<Award>(desk, id)?.into_iter().filter(|a| begun(a.row.from_day, day)) {
        let organ = award.row.organ.map(|o| format!("经{o}批准，")).unwrap_or_default();
        let when = award
            .row
            .from_day
            .map(|d| format!("{}，", d.dotted_month()))
            .unwrap_or_default();
        all.push((award.row.from_day, format!("{when}{organ}获{}", award.row.name)));
    }
    for sanction in dated::of::<Sanction>(desk, id)?.into_iter().filter(|s| begun(Some(s.row.from_day), day)) {
        let organ = sanction.row.organ.map(|o| format!("经{o}决定，")).unwrap_or_default();
        let from = sanction.row.from_day;
        all.push((
            Some(from),
            format!("{}，{organ}受{}", from.dotted_month(), sanction.row.name),
        ));
    }
    all.sort_by_key(|(day, _)| *day);
    let says: Vec<String> = all.into_iter().map(|(_, says)| says).collect();
    Ok(if says.is_empty() {
        "无".into()
    } else {
        format!("{}。", says.join("；"))
    })
}

/// 年度考核结果 of the last three years that were over by the desk's day: `2023年、2024年称职，2025年优秀。`; else the wording on record.
fn appraisals(desk: &Desk, id: Id<Person>, kept: Option<String>) -> Result<String> {
    let day = desk.day();
    let mut rows: Vec<Appraisal> = dated::of::<Appraisal>(desk, id)?.into_iter().map(|a| a.row).collect();
    rows.retain(|a| begun(Some(a.from_day), day));
    if rows.is_empty() {
        return Ok(kept.unwrap_or_default());
    }
    rows.sort_by_key(|a| a.year);
    let last = rows.split_off(rows.len().saturating_sub(3));
    let mut runs: Vec<(String, Vec<String>)> = Vec::new();
    for one in last {
        let year = format!("{}年", one.year);
        match runs.last_mut() {
            Some((grade, years)) if *grade == one.grade => years.push(year),
            _ => runs.push((one.grade, vec![year])),
        }
    }
    let says: Vec<String> = runs
        .iter()
        .map(|(grade, years)| format!("{}{grade}", years.join("、")))
        .collect();
    Ok(format!("{}。", says.join("，")))
}

fn relative(stored: &Stored<rows::Relative>) -> Relative {
    let row = &stored.row;
    Relative {
        relation: row.relation.clone(),
        name: row.name.clone(),
        born: compact(row.born),
        party: row.party.clone().unwrap_or_default(),
        work: row.work.clone(),
    }
}

/// 拟任、拟免、任免理由 of the line.
fn proposal(desk: &Desk, item: Id<Item>, form: &mut AppointmentForm) -> Result<()> {
    let row = desk.first(
        "select procedure from procedure_items where id = $1",
        &[item.number().into()],
    )?;
    let procedure: Id<Procedure> = Id::new(row.ok_or_else(|| Error::NotFound("方案中的这一行".into()))?.int(0));
    let state = state(desk, procedure)?;
    let line = state
        .items
        .iter()
        .find(|i| i.id == item)
        .ok_or_else(|| Error::NotFound("方案中的这一行".into()))?;
    form.current_post = line.current_post.clone();
    form.proposed_post = line.proposed_post.clone();
    form.removed_post = listed(line.leaves.iter().map(|l| l.title.as_str()));
    form.reason = line.reason.clone();
    Ok(())
}

/// What a candidate's paragraph or row needs, as texts: empty when not known.
pub(super) fn facts<const N: usize>(desk: &Desk, id: Id<Person>, ids: [&str; N]) -> Result<[String; N]> {
    texts(desk, id, ids)
}

/// A date fact of a person.
pub(super) fn born(desk: &Desk, id: Id<Person>) -> Result<Option<Date>> {
    Ok(person::find(desk, id)?.row.born)
}
