//! 机构与岗位.

use super::caller::Caller;
use super::people::paging;
use super::problem::{Halt, Problem};
use axum::Json;
use axum::extract::{Path, Query};
use registry::organisation::{self, Unit};
use registry::post::{self, Seat};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vocabulary::Id;

#[derive(Serialize, ToSchema)]
pub struct UnitRecord {
    pub id: i64,
    pub parent: Option<i64>,
    pub name: String,
    pub short_name: String,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub code: Option<String>,
    /// 领导职数
    pub team_size: Option<i64>,
}

fn unit(u: Unit) -> UnitRecord {
    UnitRecord {
        id: u.id.number(),
        parent: u.parent.map(|p| p.number()),
        name: u.name,
        short_name: u.short_name,
        kind: u.kind,
        level: u.level,
        code: u.code,
        team_size: u.team_size,
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// 名称中的字
    #[serde(default)]
    pub q: String,
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
    /// 从第几个起
    #[param(minimum = 0, maximum = 1000000)]
    pub offset: Option<usize>,
}

/// 机构
#[utoipa::path(get, path = "/api/v1/organisations", params(Wanted), responses((status = 200, body = Vec<UnitRecord>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<Vec<UnitRecord>>, Halt> {
    let (limit, offset) = paging(wanted.limit, wanted.offset)?;
    caller
        .read(move |desk| {
            let found = if wanted.q.trim().is_empty() {
                organisation::all(desk)?
            } else {
                organisation::search(desk, wanted.q.trim(), offset + limit)?
            };
            Ok(found.into_iter().skip(offset).take(limit).map(unit).collect())
        })
        .await
}

/// 一个机构
#[utoipa::path(get, path = "/api/v1/organisations/{id}", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = UnitRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(caller: Caller, Path(id): Path<i64>) -> Result<Json<UnitRecord>, Halt> {
    caller
        .read(move |desk| Ok(unit(organisation::find(desk, Id::new(id))?)))
        .await
}

#[derive(Serialize, ToSchema)]
pub struct PostRecord {
    pub id: i64,
    pub organisation: i64,
    pub title: String,
    pub level: Option<String>,
    pub leading: bool,
    /// 职数
    pub seats: i64,
    pub holders: Vec<HolderRecord>,
}

#[derive(Serialize, ToSchema)]
pub struct HolderRecord {
    pub person: i64,
    pub name: String,
    pub since: String,
    pub tenure: i64,
}

fn posts_with_holders(desk: &registry::Desk, seats: Vec<Seat>) -> Result<Vec<PostRecord>, crate::Stop> {
    let ids: Vec<_> = seats.iter().map(|s| s.id).collect();
    let holders = post::holders(desk, &ids)?;
    let of = |id| {
        let mine = holders.iter().filter(move |h| h.post == id);
        mine.map(|h| HolderRecord {
            person: h.person.number(),
            name: h.name.clone(),
            since: h.since.to_string(),
            tenure: h.tenure,
        })
        .collect()
    };
    Ok(seats
        .into_iter()
        .map(|s| PostRecord {
            holders: of(s.id),
            id: s.id.number(),
            organisation: s.organisation.number(),
            title: s.title,
            level: s.level,
            leading: s.leading,
            seats: s.seats,
        })
        .collect())
}

/// 一个机构的岗位和任职的人
#[utoipa::path(get, path = "/api/v1/organisations/{id}/posts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Vec<PostRecord>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn posts(caller: Caller, Path(id): Path<i64>) -> Result<Json<Vec<PostRecord>>, Halt> {
    caller
        .read(move |desk| {
            let unit = organisation::find(desk, Id::new(id))?;
            posts_with_holders(desk, post::of(desk, unit.id)?)
        })
        .await
}

/// 一个岗位
#[utoipa::path(get, path = "/api/v1/posts/{id}", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = PostRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn post(caller: Caller, Path(id): Path<i64>) -> Result<Json<PostRecord>, Halt> {
    caller
        .read(move |desk| {
            let seat = post::find(desk, Id::new(id))?;
            posts_with_holders(desk, vec![seat])?
                .pop()
                .ok_or_else(|| crate::Stop::NotFound("这个岗位".into()))
        })
        .await
}
