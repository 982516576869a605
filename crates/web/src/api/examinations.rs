//! 资格审查: every finding with its article. Nothing is decided by it.

use super::caller::Caller;
use super::problem::{Halt, Problem};
use crate::Stop;
use affairs::Fields;
use axum::Json;
use axum::extract::Query;
use registry::{person, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vocabulary::{Finding, Id};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    #[param(minimum = 1)]
    pub person: i64,
    /// 拟任岗位
    #[param(minimum = 1)]
    pub post: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ExaminationRecord {
    pub institution: String,
    pub version: String,
    pub on: String,
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
}

/// 一人对一岗的资格审查
#[utoipa::path(get, path = "/api/v1/examination", params(Wanted), responses((status = 200, body = ExaminationRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn examine(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<ExaminationRecord>, Halt> {
    if !caller.c.actor.may_write() {
        return Err(Stop::Forbidden("资格审查由组织部门办理".into()).into());
    }
    caller
        .read(move |desk| {
            let (who, seat) = (person::find(desk, Id::new(wanted.person))?, post::find(desk, Id::new(wanted.post))?);
            let examination = affairs::examine(desk, who.person, seat.id, desk.day(), &Fields::new())?;
            let mut findings: Vec<Finding> = examination.findings.into_iter().collect();
            // What was seen of a fact above S1 is said on the page, after a consultation; here only that a rule speaks.
            for finding in &mut findings {
                finding.saw.retain(|saw| desk.dictionary().fact(&saw.fact).is_some_and(|f| f.class < institution::dictionary::Class::S2));
            }
            Ok(ExaminationRecord { institution: examination.institution, version: examination.version, on: examination.on.to_string(), findings })
        })
        .await
}
