//! The REST API, one file a resource: bodies into domain values, domain values into views.

pub(super) mod audit;
pub(super) mod cards;
pub(super) mod checkpoints;
pub(super) mod coverage;
pub(super) mod erasure;
pub(super) mod evidence;
pub(super) mod export;
pub(super) mod fits;
pub(super) mod gaps;
pub(super) mod groups;
pub(super) mod ideas;
pub(super) mod import_notes;
mod import_views;
pub(super) mod imports;
pub(super) mod invites;
pub(super) mod join;
pub(super) mod leading;
pub(super) mod links;
pub(super) mod map_imports;
pub(super) mod mappings;
pub(super) mod maps;
pub(super) mod me;
pub(super) mod mentions;
pub(super) mod oidc;
pub(super) mod participants;
pub(super) mod past;
mod record_schema;
mod records;
pub(super) mod replay;
mod report_views;
pub(super) mod reports;
pub(super) mod rounds;
pub(super) mod search;
pub(super) mod sessions;
pub(super) mod shapes;
pub(super) mod solutions;
pub(super) mod suggest;
pub(super) mod tags;
pub(super) mod templates;
pub(super) mod tokens;
pub(super) mod users;
pub(super) mod votes;
mod words;

use axum::http::header::{HOST, LOCATION};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::ApiError;
use super::extract::ListQuery;
use super::state::{App, Options};
use crate::base::id::{SessionId, UserId};
use crate::base::time::Timestamp;
use crate::store::{Page, PageRequest};

/// A list's answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageView<T> {
    /// The rows, newest first.
    items: Vec<T>,
    /// The `cursor` of the next page; null at the end.
    #[schema(required)]
    next: Option<String>,
}

impl<T> PageView<T> {
    fn of<D>(page: Page<D>, view: impl FnMut(D) -> T) -> axum::Json<Self> {
        axum::Json(Self {
            items: page.items.into_iter().map(view).collect(),
            next: page.next,
        })
    }
}

/// Which page of a session's list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfSession {
    /// Of which session.
    #[param(value_type = String, format = "uuid")]
    session: SessionId,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only rows that contain these words.
    q: Option<String>,
}

impl OfSession {
    /// The page; 404 when there is no such session, so that "not there" does not read as "empty".
    async fn page(&self, app: &App) -> Result<PageRequest, ApiError> {
        let page = PageRequest::new(self.limit, self.cursor.clone(), self.q.as_deref())?;
        app.store.session(self.session).await?;
        Ok(page)
    }
}

/// 201, with the address of what was made.
type Created<T> = (StatusCode, [(HeaderName, String); 1], axum::Json<T>);

fn created<T>(resource: &str, id: impl std::fmt::Display, view: T) -> Created<T> {
    let location = format!("/api/v1/{resource}/{id}");
    (
        StatusCode::CREATED,
        [(LOCATION, location)],
        axum::Json(view),
    )
}

/// Ends the sockets of an account whose tokens or sign-ins are no longer there.
async fn check_connections(app: &App, user: UserId) -> Result<(), ApiError> {
    for participant in app.store.participants_of_user(user).await? {
        app.hub.check(participant).await;
    }
    Ok(())
}

/// Tells everybody in the session's maps that something changed.
async fn tell_maps(app: &App, session: SessionId) -> Result<(), ApiError> {
    for map in app.store.maps_of(session).await? {
        app.hub.map_changed(map).await;
    }
    Ok(())
}

/// Reads what a change may say: null says something, and nothing says nothing. With
/// `#[serde(default)]`, for an option in an option.
fn null_or_value<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Where people reach this server: as it was set up, or as this request reached it.
fn base_url(options: &Options, headers: &HeaderMap) -> String {
    if let Some(url) = &options.public_url {
        return url.clone();
    }
    let host = headers.get(HOST).and_then(|it| it.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}

fn time(at: Timestamp) -> String {
    at.to_rfc3339()
}
