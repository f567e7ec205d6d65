//! Every refusal as `application/problem+json` (RFC 9457): the one place that knows status codes.

use std::borrow::Cow;
use std::error::Error;
use std::time::Duration;

use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value as Json;
use tokio::task::JoinError;
use utoipa::ToSchema;

use super::places::Full;
use crate::base::invalid::Invalid;
use crate::base::turns::Crowded;
use crate::catalogue::difference::StaleRecord;
use crate::catalogue::json;
use crate::hub::{ExportError, HubError, NotWritten, TypesetError};
use crate::store::StoreError;

/// After how long what could not be done for now may go well.
const MOMENT: Duration = Duration::from_secs(1);

/// What went wrong, as a word that programs may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request makes no sense, or a value in it was refused.
    Invalid,
    /// There is no such thing.
    NotFound,
    /// Nobody is signed in, or what was shown is no longer good.
    Unauthenticated,
    /// Whoever asks may not do this.
    Forbidden,
    /// Something else stands in the way.
    Conflict,
    /// The record was changed since it was read.
    Stale,
    /// It was there and can no longer be used.
    Gone,
    /// The body is too large.
    TooLarge,
    /// Not now: try again.
    Busy,
    /// A part of the server that this needs is not installed.
    NotInstalled,
    /// The server failed.
    Internal,
}

/// The body of every refusal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: what kind of problem it is stands in `code`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What went wrong, as a word that programs may rely on.
    code: Code,
    /// What went wrong, in words for whoever asked.
    detail: Cow<'static, str>,
    /// The field that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// With `stale`, for a record of the catalogue: the record as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    current: Option<Json>,
    /// With `stale`, for a record of the catalogue: where the refused change meets others' changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Clash>>)]
    differences: Option<Json>,
}

/// A field that others changed meanwhile.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Clash {
    /// Which: a field's name, `state` or `tlp`.
    field: &'static str,
    /// What the refused change says, or what its maker had before them.
    yours: Json,
    /// What it holds now.
    theirs: Json,
}

/// A refusal on its way out.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: Code,
    detail: Cow<'static, str>,
    field: Option<&'static str>,
    retry_after: Option<Duration>,
    stale: Option<Box<(Json, Json)>>,
}

impl ApiError {
    /// A refusal with a status, a code, and words for whoever asked.
    pub fn new(status: StatusCode, code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            field: None,
            retry_after: None,
            stale: None,
        }
    }

    /// The code that programs rely on.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The words for whoever asked.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// 401: sign in first.
    pub fn unauthenticated(detail: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, detail)
    }

    /// 403: not for whoever asks.
    pub fn forbidden(detail: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, Code::Forbidden, detail)
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, Code::NotFound, detail)
    }

    /// 429: too often; again after a while.
    pub(super) fn too_often(retry_after: Duration) -> Self {
        Self::too_much("too many wrong attempts: try again later", retry_after)
    }

    /// 429: more join than a workshop has people; again after a while.
    pub(super) fn crowded(retry_after: Duration) -> Self {
        Self::too_much("too many join at once: try again in a moment", retry_after)
    }

    /// 429: more than one may; again after this.
    fn too_much(detail: &'static str, retry_after: Duration) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, Code::Busy, detail).again(retry_after)
    }

    /// 503: not now.
    pub fn busy(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::Busy, detail).again(MOMENT)
    }

    /// 408: what was sent came too slowly; again after a moment.
    pub(super) fn too_slow() -> Self {
        let detail = "what you send came too slowly, or not at all";
        Self::new(StatusCode::REQUEST_TIMEOUT, Code::Busy, detail).again(MOMENT)
    }

    /// The same, and that it may go well when it is tried again after this.
    fn again(self, retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..self
        }
    }

    /// 412: the record as it stands, and where the changes meet.
    fn stale(stale: &StaleRecord) -> Self {
        let kind = stale.current.kind;
        let current = Json::Object(json::record(&stale.current));
        let differences = stale
            .clashes
            .iter()
            .map(|it| json::clash(kind, it))
            .collect();
        let detail = "the record was changed by somebody else in the meantime";
        Self {
            stale: Some(Box::new((current, differences))),
            ..Self::new(StatusCode::PRECONDITION_FAILED, Code::Stale, detail)
        }
    }

    /// A body that is not taken.
    fn body(status: StatusCode, detail: String) -> Self {
        let code = match status {
            StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
            _ => Code::Invalid,
        };
        Self::new(status, code, detail)
    }

    /// 500. The cause goes into the log, and nowhere else.
    fn internal(cause: &dyn Error) -> Self {
        tracing::error!(cause = %chain(cause), "a request failed");
        let detail = "the server failed; its log says why";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, detail)
    }
}

/// An error and its causes on one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl From<Invalid> for ApiError {
    fn from(refused: Invalid) -> Self {
        let detail = refused.to_string();
        Self {
            field: Some(refused.field),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid, detail)
        }
    }
}

impl From<NotWritten> for ApiError {
    fn from(why: NotWritten) -> Self {
        match why {
            NotWritten::Invalid(refused) => refused.into(),
            NotWritten::Refused(why) => Self::new(StatusCode::CONFLICT, Code::Conflict, why),
        }
    }
}

impl From<HubError> for ApiError {
    fn from(error: HubError) -> Self {
        match error {
            HubError::NotFound => Self::not_found("there is no such map"),
            HubError::WrongEpoch => Self::new(
                StatusCode::CONFLICT,
                Code::Conflict,
                "the map has begun another history meanwhile",
            ),
            HubError::Unavailable => Self::busy("the map cannot be opened at the moment"),
            HubError::Crowded(error) => error.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        match error {
            StoreError::NotFound(_) => Self::not_found(detail),
            StoreError::Gone { .. } => Self::new(StatusCode::GONE, Code::Gone, detail),
            StoreError::Conflict(_) => Self::new(StatusCode::CONFLICT, Code::Conflict, detail),
            StoreError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, Code::Stale, detail),
            StoreError::StaleRecord(stale) => Self::stale(&stale),
            StoreError::Taken(words) => Self::new(StatusCode::CONFLICT, Code::Conflict, words),
            StoreError::Invalid(refused) => refused.into(),
            StoreError::Crowded(error) => error.into(),
            StoreError::Unavailable(cause) => {
                tracing::error!(cause = %chain(&cause), "the database is not available");
                Self::busy("the database is not available")
            }
            other => Self::internal(&other),
        }
    }
}

impl From<TypesetError> for ApiError {
    fn from(error: TypesetError) -> Self {
        match error {
            TypesetError::Missing(_) => Self::new(
                StatusCode::NOT_IMPLEMENTED,
                Code::NotInstalled,
                "this server has no gapmap-typeset, which makes PDF and PNG: whoever runs it builds \
                 it with `make typeset`, or sets GAPMAP_TYPESET to where it is",
            ),
            TypesetError::TooLarge => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Code::TooLarge,
                error.to_string(),
            ),
            TypesetError::Crowded(error) => error.into(),
            TypesetError::Failed(_) => Self::internal(&error),
        }
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::Typeset(error) => error.into(),
        }
    }
}

impl From<JoinError> for ApiError {
    fn from(broken: JoinError) -> Self {
        Self::internal(&broken)
    }
}

impl From<Crowded> for ApiError {
    fn from(error: Crowded) -> Self {
        Self::busy(error.to_string())
    }
}

impl From<Full> for ApiError {
    fn from(full: Full) -> Self {
        match full {
            Full::Own => Self::too_much(
                "you ask for as much at once as one may: wait for an answer, then go on",
                MOMENT,
            ),
            Full::Others => Self::busy("the server works on as many requests as it can: try again"),
        }
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self::body(rejection.status(), rejection.body_text())
    }
}

impl From<BytesRejection> for ApiError {
    fn from(rejection: BytesRejection) -> Self {
        Self::body(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), Code::Invalid, rejection.body_text())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (current, differences) = self.stale.map(|it| *it).unzip();
        let problem = Problem {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail,
            field: self.field,
            current,
            differences,
        };
        let mut response = (self.status, axum::Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(
                header::RETRY_AFTER,
                HeaderValue::from(wait.as_secs().max(1)),
            );
        }
        response
    }
}
