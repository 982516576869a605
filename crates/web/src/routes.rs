//! The whole map on one page, in the order of the menu.

use crate::{App, Settings, access, account, accounts, access_table, tickets, Shared, assets, ballots, campaigns, door, duties, examine, exports, facts_page, forms, health, home, imports, institutions, jobs, journal, ledgers, login, matters, me, officials, organisations, party, picks, posts, procedure_steps, procedures, purges, records, reports, rights, search, tasks, api, hooks};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::{get, post};
use registry::Office;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// Evidence of one duty: a few photos of a phone, each refused kindly when it is too large.
const DUTY_BYTES: usize = 48 * 1024 * 1024;

/// Every address of the program.
pub fn router(office: Arc<Office>, settings: Settings) -> Router {
    let app: Shared = Arc::new(App::new(office, settings));
    let pages = Router::new()
        // 进出
        .route("/login", get(login::new).post(login::create))
        .route("/login/factor", get(login::factor::show).post(login::factor::create))
        .route("/login/elsewhere", get(login::oidc::leave))
        .route("/login/elsewhere/back", get(login::oidc::back))
        .route("/logout", post(login::delete))
        .route("/account", get(account::show))
        .route("/account/password", get(account::password).post(account::change_password))
        .route("/account/factors", get(account::factors))
        .route("/account/factors/totp", get(account::totp).post(account::add_totp))
        .route("/account/factors/{id}/removal", post(account::remove_factor))
        .route("/account/passkeys/options", post(account::passkeys::adding))
        .route("/account/passkeys", post(account::passkeys::add))
        .route("/account/proof/passkey/options", post(account::passkeys::proving))
        .route("/account/proof/passkey", post(account::passkeys::prove))
        .route("/account/recovery", post(account::recovery))
        .route("/account/sessions/removal", post(account::end_other_sessions))
        .route("/account/sessions/{id}/removal", post(account::end_session))
        .route("/account/proof", get(account::proof::new).post(account::proof::create))
        // 首页
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/search/suggestions", get(search::suggest))
        // 本人
        .route("/me", get(me::show))
        .route("/me/photo", get(me::photo))
        .route("/me/corrections", post(rights::create))
        .route("/me/corrections/new", get(rights::new))
        .route("/me/corrections/{id}", get(rights::show))
        .route("/me/corrections/{id}/papers", post(rights::attach).layer(DefaultBodyLimit::max(app.settings.upload_bytes)))
        .route("/me/corrections/{id}/papers/{number}", get(rights::paper))
        .route("/me/corrections/{id}/appeal", post(rights::appeal))
        .route("/me/statements", post(rights::state))
        .route("/me/statements/new", get(rights::new_statement))
        .route("/me/statements/{id}/removal", post(rights::take_back))
        // 权利台
        .route("/rights", get(rights::list))
        .route("/rights/{id}", get(rights::desk_show))
        .route("/rights/{id}/papers/{number}", get(rights::desk_paper))
        .route("/rights/{id}/decision", post(rights::decide))
        // 干部
        .route("/officials", get(|_: crate::Ctx| async { Redirect::to("/ledgers/roster") }))
        .route("/officials/{id}", get(officials::show))
        .route("/officials/{id}/photo", get(officials::photo))
        .route("/officials/{id}/history", get(officials::history))
        .route("/officials/{id}/consultation", post(access::consult))
        .route("/officials/{id}/photo/new", get(records::new_photo).post(records::put_photo).layer(DefaultBodyLimit::max(app.settings.upload_bytes)))
        // 班子与岗位
        .route("/organisations", get(organisations::list))
        .route("/organisations/{id}", get(organisations::show))
        .route("/posts/{id}", get(posts::show))
        // 选任
        .route("/procedures", get(procedures::list).post(procedures::create))
        .route("/procedures/new", get(procedures::new))
        .route("/procedures/{id}", get(procedures::show))
        .route("/procedures/{id}/steps/{step}", post(procedure_steps::complete))
        .route("/procedures/{id}/answers", post(procedure_steps::answer))
        .route("/procedures/{id}/papers", post(procedure_steps::file).layer(DefaultBodyLimit::max(app.settings.upload_bytes)))
        .route("/procedures/{id}/papers/{file}", get(procedures::made))
        .route("/procedures/{id}/filed/{number}", get(procedures::filed))
        .route("/procedures/{id}/withdrawal", post(procedure_steps::withdraw))
        .route("/examine", get(examine::show))
        .route("/officials/{id}/examine", get(examine::of_official))
        .route("/officials/{id}/forms/{file}", get(forms::one))
        .route("/forms/batch", get(forms::batch).post(forms::create))
        .route("/forms/batch/{key}", get(forms::printed))
        .route("/forms/batch/{key}/file", get(forms::printed_file))
        .route("/forms/roster/{file}", get(forms::roster).post(forms::chosen))
        .route("/pick/people", get(picks::people))
        .route("/pick/posts", get(picks::posts))
        .route("/pick/organisations", get(picks::organisations))
        // 任务
        .route("/duties", get(duties::list))
        .route("/duties/calendar", get(duties::calendar))
        .route("/duties/overview", get(duties::overview))
        .route("/duties/overview/{institution}/{duty}", get(duties::overdue))
        .route("/duties/rows/{institution}/{duty}", get(duties::rows))
        .route("/duties/events", get(duties::events).post(duties::add_event))
        .route("/duties/excuses", get(duties::excuses))
        .route("/duties/excuses/{id}", post(duties::decide))
        .route("/duties/published/{subject}/{unit}", get(duties::published))
        .route("/duties/photos/{mark}/{id}", get(duties::photo))
        .route("/duties/feed", post(duties::open_feed))
        .route("/duties/feed/removal", post(duties::close_feed))
        .route("/duties/feed/{file}", get(duties::feed))
        .route("/duties/{subject}/{unit}/{institution}/{duty}", get(duties::one).post(duties::hand_in).layer(DefaultBodyLimit::max(DUTY_BYTES)))
        .route("/duties/{subject}/{unit}/{institution}/{duty}/draft", post(duties::draft))
        .route("/duties/{subject}/{unit}/{institution}/{duty}/letter/{kind}", get(duties::letter))
        .route("/duties/{subject}/{unit}/{institution}/{duty}/excuse", post(duties::ask))
        .route("/duties/{subject}/{unit}/{institution}/{duty}/make-up", post(duties::make_up))
        .route("/duties/{subject}/{unit}/{institution}/{duty}/withdrawal", post(duties::withdraw))
        // 党组织
        .route("/party", get(party::tree).post(party::found))
        .route("/party/{id}", get(party::branch))
        .route("/party/{id}/election", post(party::elect))
        .route("/party/{id}/dissolution", post(party::dissolve))
        .route("/party/{id}/members", post(party::enrol))
        .route("/party/members/{id}", get(party::member))
        .route("/party/members/{id}/transfer", post(party::send))
        .route("/party/members/{id}/confirmation", post(party::confirm))
        .route("/party/members/{id}/changes", post(party::change))
        .route("/party/members/{id}/ending", post(party::end_membership))
        .route("/party/members/{id}/fees", post(party::pay))
        .route("/party/members/{id}/points", post(party::earn))
        .route("/party/members/{id}/points/{move}/withdrawal", post(party::undo_points))
        .route("/party/members/{id}/vouchers", post(party::exchange))
        .route("/vouchers/{code}", get(party::voucher).post(party::spend_voucher))
        .route("/party/transfers/{id}", post(party::receive))
        .route("/charges", get(party::charges).post(party::begin_charge))
        .route("/charges/{id}", get(party::charge))
        .route("/charges/{id}/ending", post(party::end_charge))
        // 事项
        .route("/matters", get(matters::list).post(matters::create))
        .route("/matters/ledgers/{institution}", get(matters::ledger))
        .route("/matters/accounts/{institution}", get(matters::account))
        .route("/matters/{id}", get(matters::show))
        .route("/matters/{id}/steps/{step}", post(matters::step))
        .route("/matters/{id}/steps/{step}/withdrawal", post(matters::undo))
        .route("/matters/{id}/withdrawal", post(matters::withdraw))
        // 重点任务
        .route("/tasks", get(tasks::list).post(tasks::create))
        .route("/tasks/{id}", post(tasks::finish))
        .route("/duties/tasks/{id}", post(tasks::finish_own))
        // 总结专报
        .route("/reports", get(reports::list))
        .route("/reports/ratings/{system}", get(reports::ratings))
        .route("/reports/{institution}/{report}", get(reports::show))
        .route("/reports/{institution}/{report}/{file}", get(reports::file))
        // 整顿
        .route("/campaigns", get(campaigns::all))
        .route("/campaigns/{institution}", get(campaigns::list).post(campaigns::create))
        .route("/campaigns/{institution}/bulletin", get(campaigns::bulletin))
        .route("/campaigns/{institution}/bulletin/{file}", get(campaigns::bulletin_file))
        .route("/campaigns/{institution}/stars", get(campaigns::stars))
        .route("/matters/{id}/tasks", post(matters::task))
        .route("/matters/{id}/tasks/{task}", post(matters::finish))
        .route("/matters/{id}/charges", post(matters::charge))
        .route("/ballots", get(ballots::list).post(ballots::create))
        .route("/ballots/new", get(ballots::new))
        .route("/ballots/{id}", get(ballots::show))
        .route("/ballots/{id}/paper", get(ballots::paper).post(ballots::cast))
        .route("/ballots/{id}/closing", post(ballots::close))
        // 台账
        .route("/ledgers", get(ledgers::list).post(ledgers::save))
        .route("/ledgers/{name}", get(ledgers::show))
        .route("/ledgers/{name}/columns", get(ledgers::columns))
        .route("/ledgers/{name}/purpose", post(access::consult_ledgers))
        .route("/ledgers/{name}/change", get(ledgers::change))
        .route("/ledgers/{name}/export", get(ledgers::export).post(ledgers::chosen))
        .route("/ledgers/{name}/removal", post(ledgers::drop))
        .route("/ledgers/{name}/restoration", post(ledgers::restore))
        // 导入
        .route("/imports", get(imports::list).post(imports::upload).layer(DefaultBodyLimit::max(app.settings.upload_bytes)))
        .route("/imports/sources/{id}", get(imports::taken))
        .route("/imports/sources/{id}/file", get(imports::file))
        .route("/imports/{id}", get(imports::preview))
        .route("/imports/{id}/choices", post(imports::choose))
        .route("/imports/{id}/columns", get(imports::columns).post(imports::map))
        .route("/imports/{id}/apply", post(imports::apply))
        .route("/imports/{id}/removal", post(imports::drop))
        .route("/jobs/{name}", get(jobs::show))
        // 查阅单
        .route("/tickets", get(tickets::list).post(tickets::create))
        .route("/tickets/new", get(tickets::new))
        .route("/tickets/{id}", get(tickets::show))
        .route("/tickets/{id}/decision", post(tickets::decide))
        .route("/tickets/{id}/withdrawal", post(tickets::withdraw))
        // 账户与授权
        .route("/access", get(access_table::show))
        .route("/accounts", get(accounts::list).post(accounts::create))
        .route("/accounts/new", get(accounts::new))
        .route("/accounts/sessions", get(accounts::sessions))
        .route("/accounts/sessions/{id}/removal", post(account::end_session_of))
        .route("/accounts/{id}", get(accounts::show))
        .route("/accounts/{id}/sessions/removal", post(account::end_sessions))
        .route("/accounts/{id}/factors/removal", post(account::reset_factors))
        .route("/purges", get(purges::list).post(purges::create))
        .route("/purges/new", get(purges::new))
        .route("/purges/holds", post(purges::hold))
        .route("/purges/holds/{id}/removal", post(purges::lift))
        .route("/purges/{id}", get(purges::show))
        .route("/purges/{id}/decision", post(purges::decide))
        .route("/accounts/{id}/grant", get(accounts::wish))
        .route("/accounts/{id}/grants", post(accounts::ask))
        .route("/accounts/grants/{id}/decision", post(accounts::decide))
        .route("/accounts/{id}/revocation", post(accounts::revoke))
        // 诉求: the community's and departments' door, the resident's, the hall's
        .merge(crate::cases::routes())
        .merge(crate::resident::routes())
        .merge(crate::wall::routes())
        // 制度
        .route("/institutions", get(institutions::list))
        .route("/institutions/{id}", get(institutions::show))
        .route("/facts", get(facts_page::show))
        // 审计
        .route("/journal/exports", get(exports::list))
        // 接口
        .route("/interface", get(api::show))
        .route("/account/tokens", get(api::tokens).post(api::make_token))
        .route("/account/tokens/{id}/removal", post(api::revoke_token))
        .route("/hooks", get(hooks::list).post(hooks::create))
        .route("/hooks/{id}", get(hooks::show))
        .route("/hooks/{id}/removal", post(hooks::end))
        .route("/hooks/{id}/deliveries/{delivery}", post(hooks::decide))
        .route("/journal", get(journal::show))
        .route("/journal/verification", post(journal::check))
        .route("/journal/{number}", get(journal::entry))
        // 修改记录: a person, an organisation and a post alike
        .route("/officials/new", get(records::found).post(records::save_found))
        .route("/officials/{id}/edit", get(records::single).post(records::save_single))
        .route("/officials/{id}/records", get(records::list))
        .route("/officials/{id}/records/{part}/new", get(records::begin).post(records::save_new))
        .route("/officials/{id}/records/{part}/{row}", get(records::edit).post(records::save))
        .route("/officials/{id}/changes/{entry}", get(records::change).post(records::undo))
        .route("/organisations/new", get(records::found).post(records::save_found))
        .route("/organisations/{id}/edit", get(records::single).post(records::save_single))
        .route("/organisations/{id}/records", get(records::list))
        .route("/organisations/{id}/records/{part}/new", get(records::begin).post(records::save_new))
        .route("/organisations/{id}/records/{part}/{row}", get(records::edit).post(records::save))
        .route("/organisations/{id}/changes/{entry}", get(records::change).post(records::undo))
        .route("/posts/new", get(records::found).post(records::save_found))
        .route("/posts/{id}/edit", get(records::single).post(records::save_single))
        .route("/posts/{id}/records", get(records::list))
        .route("/posts/{id}/records/{part}/new", get(records::begin).post(records::save_new))
        .route("/posts/{id}/records/{part}/{row}", get(records::edit).post(records::save))
        .route("/posts/{id}/changes/{entry}", get(records::change).post(records::undo))
        .route("/drafts", post(records::draft));

    pages
        .fallback(|| async { crate::Stop::NotFound("这个页面".into()) })
        .layer(DefaultBodyLimit::max(app.settings.form_bytes))
        .layer(from_fn_with_state(app.clone(), door::door))
        .merge(api::router(&app))
        .route("/assets/{*name}", get(assets::show))
        .route("/health", get(health::show))
        .layer(axum::middleware::map_response(door::protect))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Serves until `stop` is over; requests that are under way are finished.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>()).with_graceful_shutdown(stop).await
}
