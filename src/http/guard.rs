//! What every request passes through: where it comes from, what is noted of it, and what the
//! answer tells browsers not to do.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::request_id::RequestId;
use tracing::Instrument;

use super::error::ApiError;
use super::identity::bearer;
use super::state::{App, Options};

/// Scripts only from us and none inside pages; styles may stand inline, since the map places its
/// nodes that way; nobody may frame us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws: wss:; \
     manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

/// The web app's pages may be sent along inside this site: a join code stands in their address.
const REFERRER: &str = "same-origin";

/// Whether a request comes from a page of ours, or from no page at all.
///
/// Browsers say the origin with every request that changes something and with every socket, and no
/// page can forge it: so another site's page cannot use the cookies of whoever reads it.
pub fn origin_is_ours(headers: &HeaderMap, options: &Options) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        // Not a page's script; or a very old browser's form, which says where it is from here.
        return headers
            .get("sec-fetch-site")
            .is_none_or(|site| site == "same-origin" || site == "none");
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if options
        .public_url
        .as_deref()
        .is_some_and(|it| origin_of(it) == origin)
    {
        return true;
    }
    let asked = headers.get(HOST).and_then(|it| it.to_str().ok());
    let said = origin.split_once("://").map(|(_, authority)| authority);
    asked.is_some() && asked == said
}

/// Scheme and authority of an address.
fn origin_of(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    match url[after_scheme..].find('/') {
        Some(slash) => &url[..after_scheme + slash],
        None => url,
    }
}

/// Refuses changes that another site's page asks for. A token in a header is no such case: pages
/// of other sites do not know it.
pub(super) async fn refuse_foreign(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    // A proxy's Basic is sent by browsers by themselves.
    let by_token = bearer(request.headers()).is_some();
    if reads || by_token || origin_is_ours(request.headers(), &app.options) {
        return next.run(request).await;
    }
    ApiError::forbidden("this request comes from another site").into_response()
}

/// Tells browsers what they must not do with the answer.
pub(super) async fn harden(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/v1");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, REFERRER);
    if app.options.is_https() {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if is_api {
        set(CACHE_CONTROL, "no-store");
    }
    response
}

/// What people write alone and vote is counted for nobody: `/metrics` may be open to them, and in a
/// small group a number that grows says who it was.
const SECRET: [&str; 3] = [
    "/api/v1/rounds/{id}/ideas",
    "/api/v1/rounds/{id}/ideas/{idea}",
    "/api/v1/rounds/{id}/votes",
];

/// Notes and measures each request: by its route, never by its address, in which tokens and join
/// codes stand.
pub(super) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |it| it.as_str().to_owned());
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|it| it.header_value().to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let span = tracing::info_span!("request", %id, %method, %route);
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let took = start.elapsed();
    // That the server fails, whoever runs it has to know.
    if !SECRET.contains(&&*route) || response.status().is_server_error() {
        app.metrics.answered(&method, &route, status, took);
    }
    span.in_scope(|| tracing::debug!(status, took_us = took.as_micros(), "answered"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)], public_url: Option<&str>) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        let options = Options {
            public_url: public_url.map(str::to_owned),
            ..Options::default()
        };
        origin_is_ours(&headers, &options)
    }

    #[test]
    fn the_host_that_was_asked_is_ours_and_another_is_not() {
        let host = ("host", "127.0.0.1:8080");

        assert!(ours(&[host, ("origin", "http://127.0.0.1:8080")], None));
        assert!(!ours(&[host, ("origin", "http://127.0.0.1:9090")], None));
        assert!(!ours(&[host, ("origin", "null")], None));
        assert!(!ours(&[("origin", "http://127.0.0.1:8080")], None));
    }

    #[test]
    fn behind_a_proxy_the_public_address_is_ours() {
        let url = Some("https://maps.example.org/gapmap");
        let host = ("host", "10.0.0.7:8080");

        assert!(ours(&[host, ("origin", "https://maps.example.org")], url));
        assert!(!ours(&[host, ("origin", "http://maps.example.org")], url));
        assert!(!ours(
            &[host, ("origin", "https://maps.example.org.evil.net")],
            url
        ));
    }

    #[test]
    fn a_script_without_an_origin_is_no_page() {
        assert!(ours(&[("host", "a")], None));
        assert!(!ours(
            &[("host", "a"), ("sec-fetch-site", "cross-site")],
            None
        ));
    }
}
