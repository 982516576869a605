//! HTTP 接口 /api/v1: the operations of the pages for programs. Same accounts, same policy, same journal; the description
//! (OpenAPI) is made from the handlers themselves, so that no address is without one.

mod caller;
mod corrections;
mod examinations;
mod ledgers;
mod page;
mod people;
mod problem;
mod procedures;
mod tokens;
mod units;

pub use page::{ApiPage, show};
pub use tokens::{TokensPage, create as make_token, list as tokens, revoke as revoke_token};

use crate::Shared;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "知人 HTTP 接口",
        version = "1",
        description = "用令牌（Authorization: Bearer）办网页上的事：同样的权限，同样的留痕。出错一律为 RFC 9457 的 application/problem+json。写操作须带 Idempotency-Key；同一个键重发，只办一次，答复相同。",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    security(("token" = [])),
    modifiers(&Security)
)]
struct Description;

struct Security;
impl utoipa::Modify for Security {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

fn described() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(caller::me))
        .routes(routes!(people::search))
        .routes(routes!(people::show, people::amend))
        .routes(routes!(people::tenures, people::begin))
        .routes(routes!(people::end))
        .routes(routes!(units::list))
        .routes(routes!(units::show))
        .routes(routes!(units::posts))
        .routes(routes!(units::post))
        .routes(routes!(ledgers::list))
        .routes(routes!(ledgers::rows))
        .routes(routes!(examinations::examine))
        .routes(routes!(procedures::list))
        .routes(routes!(procedures::show))
        .routes(routes!(procedures::complete))
        .routes(routes!(corrections::list))
        .routes(routes!(corrections::show))
        .routes(routes!(corrections::decide))
}

/// The description alone: `zhiren openapi`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().split_for_parts().1
}

/// Everything under `/api/v1`. No cookie is read here, so no other site can use one.
pub fn router(app: &Shared) -> Router<Shared> {
    let (routes, openapi) = described().split_for_parts();
    let text = openapi.to_json().unwrap_or_default();
    routes
        .route("/api/v1/openapi.json", get(move || async move { ([("content-type", "application/json")], text) }))
        .route("/api/v1/{*rest}", any(|| async { Err::<(), _>(crate::Stop::NotFound("这个接口".into())) }))
        .layer(from_fn_with_state(app.clone(), problem::door))
}
