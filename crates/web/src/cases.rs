//! 联盟与诉求: the community's and the department's door to cases. One noun, one page; what is done is a deed.

mod board;
mod deeds;
mod figures;
mod files;
mod letters;
mod new;
mod ratings;
mod rehome;
mod reporter;
mod show;

pub use board::BoardPage;
pub use figures::FiguresPage;
pub(crate) use deeds::parts;
pub use new::{NewPage, SlipPage};
pub use reporter::ReporterPage;
pub use show::CasePage;

use crate::{Ctx, Shared, Stop};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use registry::Role;

/// Evidence and photos are refused above this size before they are read.
pub(crate) const UPLOAD_BYTES: usize = 10 << 20;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/cases", get(board::show).post(new::create))
        .route("/cases/new", get(new::show))
        .route("/cases/figures", get(figures::show))
        .route("/cases/figures/{file}", get(figures::paper))
        .route("/cases/ratings", get(ratings::show).post(ratings::create))
        .route("/cases/rehoming", get(rehome::show).post(rehome::create))
        .route("/cases/{id}", get(show::show))
        .route("/cases/{id}/deeds", post(deeds::create))
        .route("/cases/{id}/evidence", post(deeds::with_file).layer(DefaultBodyLimit::max(UPLOAD_BYTES)))
        .route("/cases/{id}/reporter", post(reporter::show))
        .route("/cases/{id}/files/{number}", get(files::show))
        .route("/cases/{id}/letters/{letter}/{kind}", get(letters::show))
}

pub use ratings::RatingsPage;
pub use rehome::RehomePage;

/// Who works with cases at all. What each sees is part of every query.
pub(crate) const ROLES: &[Role] =
    &[Role::Officer, Role::Head, Role::UnitHr, Role::CommunityWorker, Role::Liaison, Role::Delegate, Role::Leader, Role::BranchSecretary];

fn allowed(c: &Ctx) -> Result<(), Stop> {
    if ROLES.contains(&c.actor.role) { Ok(()) } else { Err(Stop::Forbidden("诉求由社区、部门联络员和组织部办理。".into())) }
}
