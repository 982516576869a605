//! 照片.

use crate::{Answer, Ctx, Stop};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use registry::{Person, photo};
use vocabulary::Id;

/// The picture itself; kept by this browser only, for an hour.
pub async fn show(c: Ctx, Path(id): Path<Id<Person>>) -> Answer {
    let photo = c.read(move |desk| Ok(photo::of(desk, id)?)).await?;
    let photo = photo.ok_or_else(|| Stop::NotFound("照片".into()))?;
    let kind = match photo.kind.as_str() {
        "png" => "image/png",
        "bmp" => "image/bmp",
        "gif" => "image/gif",
        _ => "image/jpeg",
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, photo.bytes).into_response())
}
