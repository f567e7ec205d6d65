//! `/api/v1/tokens`: one's own API tokens, for those who have signed in. A token makes no other.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Created, ListQuery, PageView, check_connections, created, time};
use crate::base::id::TokenId;
use crate::base::invalid::Invalid;
use crate::base::text::one_line;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path, Query};
use crate::http::identity::{ManageOwnTokens, May};
use crate::http::state::App;
use crate::store::ApiToken;

const DAYS: i64 = 30;
const MAX_DAYS: i64 = 3650;

/// An API token without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub(crate) struct TokenView {
    #[schema(value_type = String, format = "uuid")]
    id: TokenId,
    /// What it is for.
    name: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    expires_at: String,
    #[schema(required, format = "date-time")]
    revoked_at: Option<String>,
}

impl From<ApiToken> for TokenView {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            created_at: time(token.created_at),
            expires_at: time(token.expires_at),
            revoked_at: token.revoked_at.map(time),
        }
    }
}

/// A new API token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewToken {
    #[serde(flatten)]
    token: TokenView,
    /// What a script shows; it is told here and never again.
    secret: String,
}

/// A token to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenBody {
    /// What it is for.
    name: Option<String>,
    /// For how long it is good; 30 unless said.
    days: Option<i64>,
}

/// One's own tokens, newest first.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", params(ListQuery),
    responses((status = OK, body = PageView<TokenView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    user: May<ManageOwnTokens>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<PageView<TokenView>>, ApiError> {
    let tokens = app.store.tokens(user.account.id, &query.page()?).await?;
    Ok(PageView::of(tokens, TokenView::from))
}

/// Makes a token for oneself. One has to be signed in: a token makes no other.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = TokenBody,
    responses((status = CREATED, body = NewToken)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageOwnTokens>,
    Json(body): Json<TokenBody>,
) -> Result<Created<NewToken>, ApiError> {
    let name = one_line("name", body.name.as_deref().unwrap_or("token"), 100)?;
    let days = body.days.unwrap_or(DAYS);
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(Invalid::new("days", "must be from 1 to 3650").into());
    }
    let lifetime = Duration::from_secs(days.unsigned_abs() * 24 * 3600);
    let by = user.by();
    let (token, secret) = app
        .store
        .create_token(user.account.id, &name, lifetime, &by)
        .await?;
    let view = NewToken {
        secret: secret.expose().to_owned(),
        token: token.into(),
    };
    Ok(created("tokens", view.token.id, view))
}

/// Revokes one of one's own tokens.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", params(("id" = String, Path)),
    responses((status = NO_CONTENT)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    user: May<ManageOwnTokens>,
    Path(id): Path<TokenId>,
) -> Result<StatusCode, ApiError> {
    app.store
        .revoke_token(user.account.id, id, &user.by())
        .await?;
    check_connections(&app, user.account.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
