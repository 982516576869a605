//! 资格审查: every finding with its article. Nothing is decided by it.

use super::caller::Caller;
use super::people::tellable;
use super::problem::{Halt, Problem};
use affairs::Fields;
use axum::Json;
use axum::extract::Query;
use registry::consultation::Consultation;
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

/// 一人对一岗的资格审查；所见的受保护内容不经接口提供，这次查看会记入日志
#[utoipa::path(get, path = "/api/v1/examination", params(Wanted), responses((status = 200, body = ExaminationRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn examine(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<ExaminationRecord>, Halt> {
    // The same look as on the page: noted before anything is told.
    let record = caller
        .c
        .consult(move |desk| {
            let (who, seat) = (
                person::find(desk, Id::new(wanted.person))?,
                post::find(desk, Id::new(wanted.post))?,
            );
            let examination = affairs::examine(desk, who.person, seat.id, desk.day(), &Fields::new())?;
            let purpose = policy::Purpose::Appointment.says();
            desk.consulted(&Consultation {
                people: &[who.person],
                parts: &["资格审查所用事实"],
                class: policy::Class::S2,
                purpose,
                ticket: None,
            })?;
            let findings = tellable(desk, examination.findings.into_iter().collect());
            Ok(ExaminationRecord {
                institution: examination.institution,
                version: examination.version,
                on: examination.on.to_string(),
                findings,
            })
        })
        .await?;
    Ok(Json(record))
}
