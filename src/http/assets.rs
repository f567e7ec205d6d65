//! The web app, from inside the binary.

use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

use super::error::{ApiError, Code};

/// What the front end's build wrote; a debug build reads it from disk at each request.
#[derive(Embed)]
#[folder = "frontend/dist/"]
struct Files;

const PAGE: &str = "index.html";
/// The build puts the hash of a file's content into the name of all files in here.
const HASHED: &str = "assets/";

/// Serves a file, or the page: the web app finds its own way from the address.
pub(super) async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return wrong_method().into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let is_file = !path.is_empty() && Files::get(path).is_some();
    // A missing file must not come as a page: a browser would keep the page as that script.
    if !is_file && (path.starts_with(HASHED) || is_ours(path)) {
        return ApiError::not_found("there is no such address").into_response();
    }
    file(if is_file { path } else { PAGE }, request.headers())
}

/// Addresses that the web app has no page for: they are the API's and the socket's.
fn is_ours(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    matches!(first, "api" | "sync")
}

/// 405, for whatever is there but not to be changed this way.
pub(super) fn wrong_method() -> ApiError {
    let detail = "this address does not take this method";
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, Code::Invalid, detail)
}

fn file(path: &str, asked: &HeaderMap) -> Response {
    let Some((file, encoding)) = best(path, asked) else {
        return ApiError::not_found("the web app is not built into this server").into_response();
    };
    let tag = tag_of(&file);
    let mut headers = HeaderMap::new();
    let cache = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if asked
        .get(IF_NONE_MATCH)
        .is_some_and(|it| it == tag.as_str())
    {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if let Ok(kind) = HeaderValue::from_str(&with_charset(kind.as_ref())) {
        headers.insert(CONTENT_TYPE, kind);
    }
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    (headers, file.data).into_response()
}

/// The smallest form that the browser takes: the build wrote `.br` and `.gz` beside large files.
fn best(path: &str, asked: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = asked
        .get(ACCEPT_ENCODING)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accepted, encoding)
            && let Some(file) = Files::get(&format!("{path}{ending}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn tag_of(file: &EmbeddedFile) -> String {
    use std::fmt::Write;

    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..12] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn with_charset(kind: &str) -> String {
    if kind.starts_with("text/") || kind == "application/javascript" {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_with_weight_zero_is_not_accepted() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "br"));
    }
}
