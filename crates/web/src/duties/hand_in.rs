//! 办理: what was typed becomes a record; or the page again with every reason and everything typed.

use super::one::{Named, Of, OnePage, named};
use crate::{Answer, Ctx, Form, Stop, answer};
use affairs::duty::{self, Attendee, Completion, Photo};
use axum::extract::{Multipart, Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use institution::duty::FieldKind;
use std::collections::BTreeMap;
use vocabulary::{Date, Day, Finding, Outcome, Weight};

pub async fn create(c: Ctx, Path(name): Path<Named>, Query(of): Query<Of>, mut sent: Multipart) -> Answer {
    if c.as_of != registry::AsOf::default() {
        return Err(Stop::Wrong("正在看另一天，不能办理。请先回到今天".into()));
    }
    let broken = |_| Stop::Wrong("照片没有传完，或太大。文字都在草稿里，请返回重新选择照片".into());
    let (mut pairs, mut photos) = (Vec::new(), Vec::new());
    while let Some(part) = sent.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) if !file.is_empty() => {
                let field = field.trim_start_matches("f-").to_owned();
                photos.push(Photo { field, name: file, bytes: part.bytes().await.map_err(broken)?.to_vec() });
            }
            Some(_) => {}
            None => pairs.push((field, part.text().await.map_err(broken)?)),
        }
    }
    let form = Form::new(pairs);
    let again = (name.clone(), of.of.clone(), form.typed());
    let (account, typed) = (c.actor.account, again.2.values.clone());
    let outcome = c
        .write(move |desk| {
            let duty = named(desk, &name)?;
            let address = duty::one(desk, duty, name.1, &of.of)?.address();
            let outcome = match read(desk, duty, &name, &of.of, &form, photos)? {
                Ok(given) => duty::complete(desk, &given)?,
                Err(finding) => Outcome::Refused(vocabulary::Findings::new(vec![finding])),
            };
            // Whoever looks elsewhere before it is put right finds it all again.
            match (&outcome, account) {
                (Outcome::Done(_), Some(account)) => registry::draft::drop(desk, account, &address)?,
                (Outcome::Refused(_), Some(account)) => registry::draft::keep(desk, account, &address, &typed)?,
                (_, None) => {}
            }
            Ok(match outcome {
                Outcome::Done(_) => Outcome::Done(address),
                Outcome::Refused(findings) => Outcome::Refused(findings),
            })
        })
        .await?;
    match outcome {
        Outcome::Done(address) => Ok(answer::see(&address)),
        Outcome::Refused(findings) => {
            let (name, of, typed) = again;
            let page = c
                .read(move |desk| {
                    let mut page = OnePage::of(desk, &name, &of, true)?;
                    page.form.values.extend(typed.values);
                    let said = page.form.values.clone();
                    for a in &mut page.roll {
                        let Some(person) = a.person else { continue };
                        a.present = said.get(&format!("roll-{person}")).is_some_and(|s| s == "present");
                        a.why = said.get(&format!("why-{person}")).cloned().unwrap_or_default();
                    }
                    page.asked = findings.has(Weight::Warn);
                    page.findings = findings.into_iter().collect();
                    Ok(page)
                })
                .await?;
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn read(desk: &registry::Desk, duty: &institution::Duty, name: &Named, of: &str, form: &Form, photos: Vec<Photo>) -> Result<Result<Completion, Finding>, Stop> {
    let on = Date::read(form.text("on")).ok().and_then(Date::exact);
    let Some(on) = on else {
        let says = format!("开展日期“{}”读不懂", form.text("on"));
        return Ok(Err(Finding { rule: "on".into(), weight: Weight::Refuse, says, citation: duty.source.clone(), saw: vec![], due: None, next: Some("写成 2026-11-22".into()), unsure: false }));
    };
    let mut given = Completion::of(&duty.key, name.1, of, on);
    for field in duty.fields.iter().filter(|f| f.kind != FieldKind::Photo) {
        given.fields.insert(field.id.to_string(), form.text(&format!("f-{}", field.id)).to_owned());
    }
    given.at = form.optional("at");
    given.person = form.text("person").parse().ok();
    given.explained = form.text("explained").to_owned();
    given.photos = photos;
    given.roll = roll(desk, duty, name.1, on, form)?;
    Ok(Ok(given))
}

/// Who was ticked, with names from the registry; guests as they were typed.
fn roll(desk: &registry::Desk, duty: &institution::Duty, unit: i64, on: Day, form: &Form) -> Result<Vec<Attendee>, Stop> {
    let mut out = duty::expected(desk, duty, unit, on)?;
    out.retain_mut(|a| {
        let Some(person) = a.person else { return false };
        let said = form.text(&format!("roll-{person}"));
        a.present = said == "present";
        a.why = form.text(&format!("why-{person}")).to_owned();
        !said.is_empty()
    });
    let guests = form.text("guests").split(['、', '，', ',', ' ']).map(str::trim).filter(|g| !g.is_empty());
    out.extend(guests.map(|g| Attendee { person: None, name: g.to_owned(), present: true, why: String::new(), guest: true, made_up: None }));
    Ok(out)
}

/// Keeps what is being typed, and says when; nothing is checked.
pub async fn draft(c: Ctx, Path(name): Path<Named>, Query(of): Query<Of>, form: Form) -> Answer {
    let Some(account) = c.actor.account else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let values: BTreeMap<String, String> = form.typed().values;
    let at = c
        .write(move |desk| {
            let duty = named(desk, &name)?;
            let address = duty::one(desk, duty, name.1, &of.of)?.address();
            registry::draft::keep(desk, account, &address, &values)?;
            Ok(desk.moment)
        })
        .await?;
    Ok(axum::response::Html(format!("草稿存于 {}", &at.to_string()[..16].replace('T', " "))).into_response())
}

/// 补课.
pub async fn make_up(c: Ctx, Path(name): Path<Named>, Query(of): Query<Of>, form: Form) -> Answer {
    let (person, day) = (form.number::<i64>("person", "补课的人"), form.day("day", "补课日期"));
    let (Some(person), Some(day)) = (person, day) else { return Err(Stop::Wrong("请填写补课日期，写成 2026-11-22".into())) };
    let address = c
        .write(move |desk| {
            let duty = named(desk, &name)?;
            if !duty::may_do(desk, duty, name.1)? {
                return Err(Stop::NotFound("这项任务".into()));
            }
            duty::make_up(desk, duty, name.1, &of.of, person, day)?;
            Ok(duty::one(desk, duty, name.1, &of.of)?.address())
        })
        .await?;
    Ok(answer::see(&address))
}
