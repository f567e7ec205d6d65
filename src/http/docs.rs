//! The description of the API, and a page that shows it: from our own origin, without any script
//! inside the page.

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, License, OpenApi, Ref, RefOr, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::error::{Clash, Code, Problem};
use super::identity::{DEVICE_COOKIE, USER_COOKIE};
use super::state::App;

const ABOUT: &str = "Live mind maps for Practitioners' Groups. Times are RFC 3339 in UTC, ids are \
     UUIDs. Lists answer {items, next}; give next as cursor to go on. A parameter that a call does \
     not take is refused with 400 and the names of those that it takes. Changes take the version \
     they were made from, in If-Match or in the body, and answer 412 when it is no longer the current \
     one. Every refusal is application/problem+json with a code.";

/// The page and its two files, and what they show. All of it stands in memory once, however many
/// ask and read none of it: so it is not compressed for each.
pub(super) fn router(description: &OpenApi) -> Router<App> {
    let description = serde_json::to_vec(description).expect("a description is JSON");
    let description = Bytes::from(description);
    let kind = HeaderValue::from_static("application/json");
    let described = async move || ([(CONTENT_TYPE, kind)], description);
    let html = async || file("text/html", include_str!("docs/index.html"));
    let script = async || file("text/javascript", include_str!("docs/docs.js"));
    let style = async || file("text/css", include_str!("docs/docs.css"));
    Router::new()
        .route("/api/v1/openapi.json", get(described))
        .route("/api/docs", get(html))
        .route("/api/docs/docs.js", get(script))
        .route("/api/docs/docs.css", get(style))
}

fn file(kind: &str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, format!("{kind}; charset=utf-8"))], text)
}

/// Adds what holds for every call: how to sign in, and how a refusal looks.
pub(super) fn describe(mut api: OpenApi) -> OpenApi {
    api.info = InfoBuilder::new()
        .title("Gapmap")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(License::new(env!("CARGO_PKG_LICENSE"))))
        .build();
    let components = api.components.get_or_insert_with(Components::new);
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme("token", bearer);
    components.add_security_scheme("account", cookie(USER_COOKIE));
    components.add_security_scheme("device", cookie(DEVICE_COOKIE));
    let schemas = &mut components.schemas;
    schemas.insert(Problem::name().into_owned(), Problem::schema());
    schemas.insert(Clash::name().into_owned(), Clash::schema());
    schemas.insert(Code::name().into_owned(), Code::schema());
    for item in api.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            name_apart(operation);
            add_refusal(operation);
        }
    }
    api
}

/// Handlers of different resources share names such as `list`; ids of operations must differ.
fn name_apart(operation: &mut Operation) {
    let tag = operation.tags.as_ref().and_then(|tags| tags.first());
    if let (Some(tag), Some(id)) = (tag, &operation.operation_id) {
        operation.operation_id = Some(format!("{tag}_{id}"));
    }
}

fn add_refusal(operation: &mut Operation) {
    let problem = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(problem)).build();
    let response = ResponseBuilder::new()
        .description("Why not")
        .content("application/problem+json", content)
        .build();
    let responses = &mut operation.responses.responses;
    responses.insert("default".to_owned(), RefOr::T(response));
}
