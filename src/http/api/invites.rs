//! `/api/v1/invites`: join links, and the same as a picture for a wall.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ideas::tell_counts;
use super::words::InviteRoleWord;
use super::{Created, OfSession, PageView, base_url, created, time};
use crate::base::id::{InviteId, SessionId};
use crate::base::time::Timestamp;
use crate::http::error::{ApiError, Code};
use crate::http::extract::{Json, Path, Query};
use crate::http::identity::{ManageInvites, May};
use crate::http::state::App;
use crate::workshop::invite::{Invite, NewInvite};
use crate::workshop::role::MapRole;

/// A join link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invite)]
pub(crate) struct InviteView {
    #[schema(value_type = String, format = "uuid")]
    id: InviteId,
    /// What people type.
    code: String,
    /// What people open.
    url: String,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    /// editor or viewer.
    #[schema(value_type = InviteRoleWord)]
    role: &'static str,
    #[schema(format = "date-time")]
    expires_at: String,
    /// How many may come by it; null for any number.
    #[schema(required)]
    max_uses: Option<i64>,
    /// How many came.
    uses: i64,
    #[schema(required, format = "date-time")]
    revoked_at: Option<String>,
}

impl InviteView {
    fn of(invite: Invite, base: &str) -> Self {
        Self {
            url: link(base, &invite.code),
            id: invite.id,
            code: invite.code,
            session: invite.session,
            role: invite.role.as_str(),
            expires_at: time(invite.expires_at),
            max_uses: invite.max_uses,
            uses: invite.uses,
            revoked_at: invite.revoked_at.map(time),
        }
    }
}

/// A join link to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteBody {
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    /// editor or viewer.
    #[schema(value_type = InviteRoleWord)]
    role: String,
    /// Two weeks from now unless said.
    #[schema(format = "date-time")]
    expires_at: Option<String>,
    /// Any number unless said.
    max_uses: Option<i64>,
}

fn link(base: &str, code: &str) -> String {
    format!("{base}/join/{code}")
}

/// The invites of a session, newest first.
#[utoipa::path(get, path = "/api/v1/invites", tag = "invites", params(OfSession),
    responses((status = OK, body = PageView<InviteView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ManageInvites>,
    Query(query): Query<OfSession>,
    headers: HeaderMap,
) -> Result<axum::Json<PageView<InviteView>>, ApiError> {
    let base = base_url(&app.options, &headers);
    let invites = app
        .store
        .invites(query.session, &query.page(&app).await?)
        .await?;
    Ok(PageView::of(invites, |it| InviteView::of(it, &base)))
}

/// Makes an invite.
#[utoipa::path(post, path = "/api/v1/invites", tag = "invites", request_body = InviteBody,
    responses((status = CREATED, body = InviteView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageInvites>,
    headers: HeaderMap,
    Json(body): Json<InviteBody>,
) -> Result<Created<InviteView>, ApiError> {
    let by = user.by();
    let ends = body.expires_at.as_deref();
    let ends = ends
        .map(|it| Timestamp::from_rfc3339("expires_at", it))
        .transpose()?;
    let role = MapRole::try_from(body.role.as_str())?;
    let invite = NewInvite::new(body.session, role, ends, body.max_uses, by.at)?;
    let invite = app.store.create_invite(&invite, &by).await?;
    let view = InviteView::of(invite, &base_url(&app.options, &headers));
    Ok(created("invites", view.id, view))
}

/// What becomes of those who came by an invite that is revoked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RevokeQuery {
    /// Whether their connections end too, and they have to join again by another invite.
    sockets: Option<bool>,
}

/// Revokes an invite. Whoever came by it stays, unless the query says otherwise.
#[utoipa::path(delete, path = "/api/v1/invites/{id}", tag = "invites",
    params(("id" = String, Path), RevokeQuery), responses((status = NO_CONTENT)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    user: May<ManageInvites>,
    Path(id): Path<InviteId>,
    Query(query): Query<RevokeQuery>,
) -> Result<StatusCode, ApiError> {
    if query.sockets == Some(true) {
        let guests = app.store.revoke_invite_from_guests(id, &user.by()).await?;
        for guest in guests {
            app.hub.revoke(guest).await;
        }
        // They count as voters no more.
        tell_counts(&app, app.store.invite(id).await?.session).await?;
    } else {
        app.store.revoke_invite(id, &user.by()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The link as a QR code, in SVG.
#[utoipa::path(get, path = "/api/v1/invites/{id}/qr", tag = "invites",
    params(("id" = String, Path)),
    responses((status = OK, body = String, content_type = "image/svg+xml")))]
pub(crate) async fn qr(
    State(app): State<App>,
    _: May<ManageInvites>,
    Path(id): Path<InviteId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let invite = app.store.invite(id).await?;
    let link = link(&base_url(&app.options, &headers), &invite.code);
    // The link is short: only a public address of thousands of characters would not fit.
    let picture = QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M)
        .map_err(|_| {
            let detail = "the server's public address is too long for a QR code";
            ApiError::new(StatusCode::CONFLICT, Code::Conflict, detail)
        })?
        .render::<svg::Color<'_>>()
        .min_dimensions(320, 320)
        .build();
    Ok(([(CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}
