//! 设立: a committee, branch or group below the one whose page is open; the first one of a county on the tree's page.

use super::{BranchPage, TreePage};
use crate::{Answer, Ctx, Form, Stop, answer};
use axum::http::StatusCode;
use registry::branch::{self, NewParty};
use registry::{Branch, organisation};
use vocabulary::{Id, Outcome};

pub async fn found(c: Ctx, form: Form) -> Answer {
    let above: Option<Id<Branch>> = form.number("above", "上级").map(Id::new);
    let (name, kind) = (form.required("name", "名称"), form.required("kind", "类别"));
    if c.actor.role == registry::Role::BranchSecretary && kind != branch::GROUP {
        return Err(Stop::Forbidden("党支部由上级党委设立；党小组由支部划分".into()));
    }
    let place = form.required("in", "所在单位");
    let from = form.day("founded", "设立日期");
    let (elected, years) = (form.day("elected", "选举日期"), form.number::<i64>("years", "任期"));
    if from.is_none() && form.text("founded").is_empty() {
        form.mistake("founded", "请填写设立日期，写成 2026-11-22");
    }
    let typed = form.typed();
    if !form.is_right() {
        return again(c, above, typed, vec![], None).await;
    }
    let done = c
        .write(move |desk| {
            let unit = organisation::named(desk, &place)?.ok_or_else(|| Stop::Wrong(format!("没有找到单位“{place}”，请写机构简称")))?;
            let order = branch::children(desk, above)?.iter().map(|p| p.order_no).max().unwrap_or_default() + 1;
            let new = NewParty {
                parent: above,
                organisation: unit.id,
                name: name.trim().to_owned(),
                kind,
                elected_on: elected.map(Into::into),
                term_years: years,
                order_no: order,
                from_day: from.unwrap_or(desk.today).into(),
            };
            Ok(branch::found(desk, &new)?)
        })
        .await;
    match done {
        Ok(Outcome::Done(id)) => Ok(answer::see(&format!("/party/{id}"))),
        Ok(Outcome::Refused(findings)) => again(c, above, typed, findings.into_iter().collect(), None).await,
        Err(Stop::Wrong(says)) => again(c, above, typed, vec![], Some(says)).await,
        Err(other) => Err(other),
    }
}

/// The page with the form as it was typed.
async fn again(c: Ctx, above: Option<Id<Branch>>, form: crate::form::Typed, findings: Vec<vocabulary::Finding>, mistake: Option<String>) -> Answer {
    let Some(id) = above else {
        let page = c.read(|desk| TreePage::of(desk)).await?;
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &TreePage { form, findings, mistake, may: true, ..page });
    };
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &c.read(move |desk| BranchPage::of(desk, id)).await?.again(form, findings, mistake))
}
