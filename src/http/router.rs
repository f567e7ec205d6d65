//! Every route on one page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::{RequestBodyDeadlineLayer, RequestBodyTimeoutLayer, TimeoutLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::api::{
    audit, cards, checkpoints, coverage, erasure, evidence, export, fits, gaps, groups, ideas,
    import_notes, imports, invites, join, leading, links, map_imports, mappings, maps, me,
    mentions, oidc, participants, past, replay, reports, rounds, search, sessions, shapes,
    solutions, suggest, tags, templates, tokens, users, votes,
};
use super::crowd::crowd;
use super::error::ApiError;
use super::finish::{arrive, finish};
use super::parameters::{self, Parameters};
use super::places::Places;
use super::state::App;
use super::{assets, docs, guard, health, socket};

/// Enough for every form; what takes whole files says so itself.
const BODY_BYTES: usize = 1 << 20;
/// No answer takes longer; a client that waits has tried again by then.
const PATIENCE: Duration = Duration::from_secs(30);

/// The description of the API, as it is served at `/api/v1/openapi.json`.
pub fn openapi() -> OpenApi {
    let mut description = api().into_openapi();
    for more in [sign_ins(), uploads(), downloads()] {
        description.merge(more.into_openapi());
    }
    docs::describe(description)
}

/// The whole server: API, web app and health.
pub fn router(app: App) -> Router {
    let (limits, places) = (app.options.connections, &app.places);
    let description = openapi();
    let known = Arc::new(Parameters::of(&description));
    let crowd = |places: &Arc<Places>| from_fn_with_state((app.clone(), places.clone()), crowd);
    let api = Router::from(api())
        .layer(from_fn(finish))
        .layer(from_fn(arrive));
    let api = in_time(api)
        .route_layer(crowd(&places.requests))
        .merge(in_time(sign_ins().into()).route_layer(crowd(&places.sign_ins)));
    let uploads = Router::from(uploads())
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(limits.patience))
        .layer(RequestBodyDeadlineLayer::new(limits.arriving))
        .route_layer(crowd(&places.uploads));
    let downloads = Router::from(downloads()).route_layer(crowd(&places.downloads));
    let request_id = HeaderName::from_static("x-request-id");
    Router::new()
        .merge(api)
        .merge(uploads)
        .merge(downloads)
        // So far only: whether the server is well can be asked of one that has too much to do.
        .route_layer(from_fn_with_state(known, parameters::refuse_unknown))
        .route("/sync/{map_id}", get(socket::sync))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        // Before what stands in memory is added, some of it compressed already.
        .layer(CompressionLayer::new())
        .merge(docs::router(&description))
        .method_not_allowed_fallback(async || assets::wrong_method())
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(app.clone(), guard::refuse_foreign))
        .layer(from_fn_with_state(app.clone(), guard::harden))
        .layer(from_fn_with_state(app.clone(), guard::observe))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .with_state(app)
}

/// These, each answered in time or not at all.
fn in_time(routes: Router<App>) -> Router<App> {
    routes
        .layer(map_response(timeouts_as_problems))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            PATIENCE,
        ))
}

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::show))
        .routes(routes!(me::sign_in_by_link))
        .routes(routes!(oidc::methods))
        .routes(routes!(me::sign_out))
        .routes(routes!(me::set_password))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::show, groups::update))
        .routes(routes!(sessions::list, sessions::create))
        .routes(routes!(sessions::show, sessions::update))
        .routes(routes!(rounds::show, rounds::change))
        .routes(routes!(rounds::step))
        .routes(routes!(ideas::list, ideas::create))
        .routes(routes!(ideas::update, ideas::delete))
        .routes(routes!(ideas::reveal))
        .routes(routes!(votes::show, votes::vote))
        .routes(routes!(templates::list, templates::save))
        .routes(routes!(templates::delete))
        .routes(routes!(invites::list, invites::create))
        .routes(routes!(invites::revoke))
        .routes(routes!(invites::qr))
        .routes(routes!(join::show))
        .routes(routes!(join::join))
        .routes(routes!(participants::leave))
        .routes(routes!(participants::list))
        .routes(routes!(participants::remove))
        .routes(routes!(participants::people))
        .routes(routes!(erasure::erase))
        .routes(routes!(users::list, users::create))
        .routes(routes!(users::show, users::update, users::erase))
        .routes(routes!(users::link))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
        .routes(routes!(maps::list, maps::create))
        .routes(routes!(maps::show, maps::update))
        .routes(routes!(maps::tree))
        .routes(routes!(maps::history))
        .routes(routes!(export::export_formats))
        .routes(routes!(maps::purge))
        .routes(routes!(erasure::redact))
        .routes(routes!(checkpoints::list, checkpoints::make))
        .routes(routes!(replay::replay))
        .routes(routes!(replay::authors))
        .routes(routes!(past::compare))
        .routes(routes!(past::restore))
        .routes(routes!(leading::lock))
        .routes(routes!(leading::call))
        .routes(routes!(leading::merge))
        .routes(routes!(leading::rollback))
        .routes(routes!(leading::follow))
        .merge(catalogue())
        .routes(routes!(audit::list))
        .routes(routes!(audit::check))
}

/// What anybody may ask for, and takes long: it has places of its own, so that whoever asks for all
/// of it keeps nobody from joining.
fn sign_ins() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::sign_in))
        .routes(routes!(oidc::begin))
        .routes(routes!(oidc::finish))
}

/// What takes whole files: these bound their size themselves.
fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(imports::upload))
        .routes(routes!(map_imports::into_map))
        .routes(routes!(map_imports::as_map))
}

/// What makes whole files, which lasts as long as they are large.
fn downloads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export::export))
        .routes(routes!(reports::download))
}

fn catalogue() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(gaps::list, gaps::create))
        .routes(routes!(gaps::show, gaps::update))
        .routes(routes!(gaps::history))
        .routes(routes!(gaps::merge))
        .routes(routes!(solutions::list, solutions::create))
        .routes(routes!(solutions::show, solutions::update))
        .routes(routes!(solutions::history))
        .routes(routes!(solutions::merge))
        .routes(routes!(fits::list, fits::create))
        .routes(routes!(fits::show, fits::update))
        .routes(routes!(fits::history))
        .routes(routes!(fits::scores, fits::score))
        .routes(routes!(evidence::list, evidence::create))
        .routes(routes!(evidence::show, evidence::update))
        .routes(routes!(evidence::history))
        .routes(routes!(imports::list))
        .routes(routes!(imports::show))
        .routes(routes!(imports::sample))
        .routes(routes!(imports::preview))
        .routes(routes!(imports::rows))
        .routes(routes!(imports::decide))
        .routes(routes!(imports::apply))
        .routes(routes!(imports::cancel))
        .routes(routes!(imports::undo))
        .routes(routes!(import_notes::notes))
        .routes(routes!(import_notes::table))
        .routes(routes!(mappings::list, mappings::save))
        .routes(routes!(mappings::delete))
        .routes(routes!(mappings::fields))
        .routes(routes!(tags::list, tags::create))
        .routes(routes!(tags::update, tags::delete))
        .routes(routes!(shapes::list))
        .routes(routes!(users::names))
        .routes(routes!(coverage::totals))
        .routes(routes!(coverage::matrix))
        .routes(routes!(coverage::table))
        .routes(routes!(coverage::watch))
        .merge(reports())
        .routes(routes!(mentions::of_gap))
        .routes(routes!(mentions::of_solution))
        .routes(routes!(cards::list))
        .routes(routes!(links::board))
        .routes(routes!(links::judge))
        .routes(routes!(links::make_gap))
        .routes(routes!(search::search))
        .routes(routes!(suggest::suggest))
}

fn reports() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(reports::list, reports::create))
        .routes(routes!(reports::show, reports::update, reports::delete))
        .routes(routes!(reports::step))
        .routes(routes!(reports::preview))
        .routes(routes!(reports::namings))
        .routes(routes!(reports::formats))
}

/// The timeout layer answers with an empty body; everybody else here explains what went wrong.
async fn timeouts_as_problems(response: Response) -> Response {
    if response.status() == StatusCode::REQUEST_TIMEOUT {
        return ApiError::busy("this took too long").into_response();
    }
    response
}
