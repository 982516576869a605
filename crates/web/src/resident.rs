//! 居民的门: no account, one question a page, large print; a receipt number and a code, and the way to follow with them.

mod ask;
mod follow;
mod pace;

pub use ask::{AskPage, SentPage};
pub use follow::{FollowPage, StartPage};
pub use pace::Pace;

use crate::login::cookies::Cookie;
use crate::{Guest, Page, Shared, Stop};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{get, post};
use std::sync::Arc;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/r", get(follow::start))
        .route("/r/report", get(ask::show).post(ask::create))
        .route("/r/places", get(ask::places))
        .route("/r/receipt", get(follow::start).post(follow::show))
        .route("/r/receipt/rating", post(follow::rate))
        .route("/r/receipt/reopening", post(follow::reopen))
        .route("/r/receipt/photos", post(follow::photo).layer(DefaultBodyLimit::max(crate::cases::UPLOAD_BYTES)))
}

/// 128 bits that nobody can guess: what makes a report the same report when a phone sends it again.
pub fn new_key() -> String {
    rand::random::<[u8; 16]>().iter().map(|b| format!("{b:02x}")).collect()
}

/// The page, with the secret that the next form's token is bound to.
fn page<P: Page>(mut guest: Guest, page: &P) -> Result<Response, Stop> {
    let mut fresh = None;
    if guest.asked.secret.is_empty() {
        let secret = new_key();
        Arc::make_mut(&mut guest.asked).secret.clone_from(&secret);
        fresh = Some(secret);
    }
    let mut response = guest.page(page)?;
    if let Some(secret) = fresh {
        Cookie::Door.set(&guest.app, &mut response, &secret);
    }
    Ok(response)
}
