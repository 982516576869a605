//! 更正申请: the office's side of the rights desk. What is disputed may be S2, so its content stays on the page.

use super::caller::{Caller, Told};
use super::people::{done, writes};
use super::problem::{Halt, Problem};
use crate::access;
use crate::rights::PART;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use policy::Purpose;
use registry::rights::{self, Correction, CorrectionId, Decision, Stage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Id;

#[derive(Serialize, ToSchema)]
pub struct CorrectionRecord {
    pub id: i64,
    pub person: i64,
    /// mend, add, remove
    pub kind: String,
    /// 记录的哪一部分（表名）
    pub noun: String,
    pub asked_on: String,
    /// waiting, accepted, refused, appealed, appeal_accepted, appeal_refused
    #[schema(value_type = String)]
    pub stage: Stage,
    /// 答复期限
    pub due: Option<String>,
    pub overdue: bool,
}

fn record(c: Correction) -> CorrectionRecord {
    CorrectionRecord {
        id: c.id.number(),
        person: c.person.number(),
        kind: c.kind.id().into(),
        noun: c.noun,
        asked_on: c.asked_on.to_string(),
        stage: c.stage,
        due: c.due.map(|d| d.to_string()),
        overdue: c.overdue,
    }
}

/// 待答复的更正申请和申诉，先到期的在前；这次查看会记入日志
#[utoipa::path(get, path = "/api/v1/corrections", responses((status = 200, body = Vec<CorrectionRecord>), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller) -> Result<Json<Vec<CorrectionRecord>>, Halt> {
    writes(&caller)?;
    caller
        .consult(|desk| {
            access::noted(desk, &[], PART, Purpose::Daily)?;
            Ok(rights::waiting(desk, 0)?.open.into_iter().map(record).collect())
        })
        .await
}

/// 一份更正申请；这次查看会记入日志
#[utoipa::path(get, path = "/api/v1/corrections/{id}", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = CorrectionRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(caller: Caller, Path(id): Path<i64>) -> Result<Json<CorrectionRecord>, Halt> {
    writes(&caller)?;
    caller
        .consult(move |desk| {
            let correction = rights::find(desk, Id::new(id))?;
            access::noted(desk, &[correction.person], PART, Purpose::Daily)?;
            Ok(record(correction))
        })
        .await
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionOnCorrection {
    pub accepted: bool,
    /// 不采纳的必须说明
    #[serde(default)]
    pub reasons: String,
}

/// 答复：录入过、办理过的人不得办；采纳的随即更正记录
#[utoipa::path(post, path = "/api/v1/corrections/{id}/decision", params(("id" = i64, Path, minimum = 1), ("idempotency-key" = String, Header)), request_body = DecisionOnCorrection, responses((status = 200, body = CorrectionRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn decide(caller: Caller, Path(id): Path<i64>, Json(sent): Json<DecisionOnCorrection>) -> Told {
    writes(&caller)?;
    let (id, decision) = (
        Id::<CorrectionId>::new(id),
        Decision {
            accepted: sent.accepted,
            reasons: sent.reasons.clone(),
        },
    );
    caller
        .once(&sent, StatusCode::OK, move |desk| {
            let outcome = rights::decide(desk, id, &decision)?;
            done(desk, outcome, "没有答复")?;
            Ok(record(rights::find(desk, id)?))
        })
        .await
}
