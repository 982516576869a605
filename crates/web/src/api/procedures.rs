//! 选任程序: where each stands, and the steps. Papers and inspection material stay on the page.

use super::caller::{Caller, Told, tag};
use super::people::{done, writes};
use super::problem::{Halt, Problem};
use crate::procedures::PROCEDURE;
use crate::{Stop, access};
use affairs::procedure::{self, Completion, ItemFields, Member, Vote};
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use policy::Purpose;
use registry::Desk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use vocabulary::{Day, Id};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// 连同已办结、撤回的
    #[serde(default)]
    pub all: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ProcedureBrief {
    pub id: i64,
    pub title: String,
    pub opened: String,
    pub names: Vec<String>,
    /// 走到哪一步；已结束的为空
    pub present: String,
    /// 办结、撤回、未通过
    pub ended: Option<String>,
}

/// 选任程序目录；这次查看会记入日志
#[utoipa::path(get, path = "/api/v1/procedures", params(Wanted), responses((status = 200, body = Vec<ProcedureBrief>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<Vec<ProcedureBrief>>, Halt> {
    caller
        .consult(move |desk| {
            let all = procedure::list(desk, wanted.all)?;
            access::noted(desk, &[], PROCEDURE, Purpose::Appointment)?;
            Ok(all
                .into_iter()
                .map(|p| ProcedureBrief {
                    id: p.id.number(),
                    title: p.title,
                    opened: p.opened.to_string(),
                    names: p.names,
                    present: p.present,
                    ended: p.ended.map(|e| e.kind),
                })
                .collect())
        })
        .await
}

#[derive(Serialize, ToSchema)]
pub struct ProcedureRecord {
    pub id: i64,
    pub title: String,
    pub institution: String,
    pub version: String,
    pub opened: String,
    pub present: Option<String>,
    pub steps: Vec<StepRecord>,
    /// 版本，即 ETag：办结一步时写进 If-Match
    pub revision: i64,
}

#[derive(Serialize, ToSchema)]
pub struct StepRecord {
    pub id: String,
    pub title: String,
    /// done, present, waiting, not_asked
    #[schema(value_type = String)]
    pub status: procedure::Status,
    pub done_on: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    /// 还缺什么
    pub missing: Vec<String>,
}

/// 一件选任程序走到哪里、还缺什么；这次查看会记入日志
#[utoipa::path(get, path = "/api/v1/procedures/{id}", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = ProcedureRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(caller: Caller, Path(id): Path<i64>) -> Told {
    let Json(record) = caller
        .consult(move |desk| {
            let state = procedure::state(desk, Id::new(id))?;
            let people: Vec<_> = state.items.iter().map(|item| item.person).collect();
            access::noted(desk, &people, PROCEDURE, Purpose::Appointment)?;
            Ok(record(state))
        })
        .await?;
    Ok(([(header::ETAG, tag(record.revision))], Json(record)).into_response())
}

fn record(state: procedure::State) -> ProcedureRecord {
    let step = |s: procedure::StepState| StepRecord {
        missing: s.missing.iter().map(|m| m.finding.says.clone()).collect(),
        done_on: s.done.as_ref().map(|d| d.on.to_string()),
        due: s.due.map(|d| d.to_string()),
        overdue: s.overdue,
        status: s.status,
        id: s.id,
        title: s.title,
    };
    ProcedureRecord {
        id: state.id.number(),
        title: state.title,
        institution: state.institution,
        version: state.version,
        opened: state.opened.to_string(),
        present: state.present,
        revision: state.based_on,
        steps: state.steps.into_iter().map(step).collect(),
    }
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepCompletion {
    /// 哪天办的：`2026-11-22`
    #[schema(format = Date)]
    pub done_on: String,
    /// 栏目编号 → 填写
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// 各人不同的填写
    #[serde(default)]
    pub items: Vec<StepItem>,
    /// 应到名单；空的沿用已登记的
    #[serde(default)]
    pub roll: Vec<StepMember>,
    #[serde(default)]
    pub votes: Vec<StepVote>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepItem {
    pub item: i64,
    pub fields: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepMember {
    pub person: Option<i64>,
    pub name: String,
    #[serde(default)]
    pub post: String,
    pub present: bool,
    /// 缺席原因
    #[serde(default)]
    pub why: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepVote {
    pub item: i64,
    #[schema(minimum = 0)]
    pub agree: i64,
    #[schema(minimum = 0)]
    pub against: i64,
    #[schema(minimum = 0)]
    pub defer: i64,
}

/// 办结一步：次序、材料、票数、工作日不合的不办，说明每条理由
#[utoipa::path(post, path = "/api/v1/procedures/{id}/steps/{step}", params(("id" = i64, Path, minimum = 1), ("step" = String, Path), ("if-match" = String, Header, pattern = "^\"[0-9]{1,19}\"$", description = "所依据的版本，即 ETag"), ("idempotency-key" = String, Header)), request_body = StepCompletion, responses((status = 200, body = ProcedureRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")))]
pub async fn complete(caller: Caller, Path((id, step)): Path<(i64, String)>, Json(sent): Json<StepCompletion>) -> Told {
    writes(&caller)?;
    let done_on: Day = sent
        .done_on
        .parse()
        .map_err(|_| Stop::Wrong(format!("办结日期“{}”不是日期，请写成 2026-11-22", sent.done_on)))?;
    if sent.votes.iter().any(|v| v.agree.min(v.against).min(v.defer) < 0) {
        return Err(Stop::Wrong("票数不能是负数".into()).into());
    }
    let completion = Completion {
        fields: sent.fields.clone(),
        items: sent
            .items
            .iter()
            .map(|i| ItemFields {
                item: Id::new(i.item),
                fields: i.fields.clone(),
            })
            .collect(),
        roll: sent
            .roll
            .iter()
            .map(|m| Member {
                person: m.person.map(Id::new),
                name: m.name.clone(),
                post: m.post.clone(),
                present: m.present,
                why: m.why.clone(),
            })
            .collect(),
        votes: sent
            .votes
            .iter()
            .map(|v| Vote {
                item: Id::new(v.item),
                agree: v.agree,
                against: v.against,
                defer: v.defer,
            })
            .collect(),
        ..Completion::on(done_on)
    };
    let at = step.clone();
    let present = move |desk: &Desk| {
        let state = procedure::state(desk, Id::new(id))?;
        if state.step(&at).is_none() {
            return Err(Stop::NotFound("程序的这一步".into()));
        }
        Ok(state.based_on)
    };
    caller
        .once_over(&sent, present, move |desk| {
            let outcome = procedure::complete(desk, Id::new(id), &step, &completion)?;
            done(desk, outcome, "还不能完成这一步")?;
            Ok(record(procedure::state(desk, Id::new(id))?))
        })
        .await
}
