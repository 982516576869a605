//! 体检: does the database answer? For whoever watches the service.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub async fn show(State(app): State<crate::Shared>) -> Response {
    let office = app.office.clone();
    let asked = tokio::task::spawn_blocking(move || office.store.read(|tx| tx.one("select 1", &[]).map(|_| ()))).await;
    match asked {
        Ok(Ok(())) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
