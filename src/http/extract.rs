//! Our own ways to read a request, so that a bad one is answered like any other refusal.

use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::error::{ApiError, Code};
use crate::base::id::MapId;
use crate::base::invalid::Invalid;
use crate::catalogue::handle::Target;
use crate::mindmap::schema::is_id;
use crate::store::PageRequest;

/// A JSON body. Its type refuses fields that it does not know.
pub(super) struct Json<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let axum::Json(body) = axum::Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// The parameters after the question mark.
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let axum::extract::Query(query) =
            axum::extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}

/// The one id or code in the path. What cannot be one names nothing: 404.
pub(super) struct Path<T>(pub(super) T);

impl<S: Send + Sync, T: FromStr<Err = Invalid>> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let nothing = || ApiError::not_found("there is no such thing");
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        let axum::extract::Path(text) = path.map_err(|_| nothing())?;
        text.parse().map(Self).map_err(|_| nothing())
    }
}

/// The two ids in the path: of a record, and of one that belongs to it.
pub(super) struct PathPair<A, B>(pub(super) A, pub(super) B);

impl<S, A, B> FromRequestParts<S> for PathPair<A, B>
where
    S: Send + Sync,
    A: FromStr<Err = Invalid>,
    B: FromStr<Err = Invalid>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let nothing = || ApiError::not_found("there is no such thing");
        let path = axum::extract::Path::<(String, String)>::from_request_parts(parts, state).await;
        let axum::extract::Path((one, other)) = path.map_err(|_| nothing())?;
        match (one.parse(), other.parse()) {
            (Ok(one), Ok(other)) => Ok(Self(one, other)),
            _ => Err(nothing()),
        }
    }
}

/// The map and the node in the path.
pub(super) struct PathNode(pub(super) MapId, pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for PathNode {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let PathPair(map, NodeId(node)) = PathPair::from_request_parts(parts, state).await?;
        Ok(Self(map, node))
    }
}

/// The map, the node and what it is linked to in the path.
pub(super) struct PathNodeTarget(pub(super) MapId, pub(super) String, pub(super) Target);

impl<S: Send + Sync> FromRequestParts<S> for PathNodeTarget {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let nothing = || ApiError::not_found("there is no such thing");
        type Three = axum::extract::Path<(String, String, String)>;
        let path = Three::from_request_parts(parts, state).await;
        let axum::extract::Path((map, node, target)) = path.map_err(|_| nothing())?;
        match (map.parse(), node.parse(), target.parse()) {
            (Ok(map), Ok(NodeId(node)), Ok(target)) => Ok(Self(map, node, target)),
            _ => Err(nothing()),
        }
    }
}

struct NodeId(String);

impl FromStr for NodeId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match is_id(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(Invalid::new("node", "must be the id of a node")),
        }
    }
}

/// The version that a change was made from, out of `If-Match: "3"`.
pub(super) struct IfMatch(Option<i64>);

impl IfMatch {
    /// The version from here or from the body; with neither, the change overwrites what it finds.
    pub(super) fn or(self, in_body: Option<i64>) -> Option<i64> {
        self.0.or(in_body)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            return Ok(Self(None));
        };
        let value = value.to_str().unwrap_or_default().trim();
        if value == "*" {
            return Ok(Self(None));
        }
        let version = value.strip_prefix("W/").unwrap_or(value).trim_matches('"');
        version.parse().map(|it| Self(Some(it))).map_err(|_| {
            let detail = "If-Match must be a record's version, such as \"3\"";
            ApiError::new(StatusCode::BAD_REQUEST, Code::Invalid, detail)
        })
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only rows that contain these words.
    q: Option<String>,
}

impl ListQuery {
    pub(super) fn page(self) -> Result<PageRequest, Invalid> {
        PageRequest::new(self.limit, self.cursor, self.q.as_deref())
    }
}
