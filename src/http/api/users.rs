//! `/api/v1/users`: accounts, for administrators.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::RoleWord;
use super::{Created, PageView, base_url, check_connections, created, time};
use crate::base::id::{ParticipantId, UserId};
use crate::base::text::one_line;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{ManageUsers, May, ReadCatalogue};
use crate::http::state::App;
use crate::store::{Kept, LINK_LIFETIME, PageRequest};
use crate::workshop::account::{Account, AccountChange, NewAccount, Password};
use crate::workshop::role::Role;

/// An account, as an administrator sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserView {
    #[schema(value_type = String, format = "uuid")]
    id: UserId,
    email: String,
    name: String,
    /// admin, facilitator, analyst or reviewer.
    #[schema(value_type = RoleWord)]
    role: &'static str,
    #[schema(required, format = "date-time")]
    disabled_at: Option<String>,
    /// When somebody last signed in as it; null where that is not known.
    #[schema(required, format = "date-time")]
    signed_in_at: Option<String>,
    version: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    changed_at: String,
}

impl From<Account> for UserView {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role.as_str(),
            disabled_at: account.disabled_at.map(time),
            signed_in_at: account.signed_in_at.map(time),
            version: account.version,
            created_at: time(account.created_at),
            changed_at: time(account.changed_at),
        }
    }
}

/// An account to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserBody {
    email: String,
    name: Option<String>,
    /// admin, facilitator, analyst or reviewer.
    #[schema(value_type = RoleWord)]
    role: String,
    /// At least 8 characters. Without one the account cannot sign in yet.
    password: Option<String>,
}

/// What changes; the rest stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserPatch {
    name: Option<String>,
    /// admin, facilitator, analyst or reviewer.
    #[schema(value_type = Option<RoleWord>)]
    role: Option<String>,
    /// Whether it may no longer sign in.
    disabled: Option<bool>,
    /// A new password for somebody who lost theirs. It ends all their sign-ins and API tokens.
    password: Option<String>,
    /// The version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// Which page of which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsersQuery {
    /// Only those of this role.
    #[param(value_type = Option<RoleWord>)]
    role: Option<String>,
    /// Only those that are shut, or only those that are not.
    disabled: Option<bool>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only those whose name or address contains these words.
    q: Option<String>,
}

/// The accounts, newest first.
#[utoipa::path(get, path = "/api/v1/users", tag = "users", params(UsersQuery),
    responses((status = OK, body = PageView<UserView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ManageUsers>,
    Query(query): Query<UsersQuery>,
) -> Result<axum::Json<PageView<UserView>>, ApiError> {
    let role = query.role.as_deref().map(Role::try_from).transpose()?;
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    let users = app.store.users(role, query.disabled, &page).await?;
    Ok(PageView::of(users, UserView::from))
}

/// An account by its name alone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountName)]
pub(crate) struct NameView {
    #[schema(value_type = String, format = "uuid")]
    id: UserId,
    name: String,
}

/// Which page of the names; they cannot be searched, since a search would also tell addresses.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NamesQuery {
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The accounts by their names alone: who it was that wrote a record or judged it.
#[utoipa::path(get, path = "/api/v1/users/names", tag = "users", params(NamesQuery),
    responses((status = OK, body = PageView<NameView>)))]
pub(crate) async fn names(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<NamesQuery>,
) -> Result<axum::Json<PageView<NameView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor, None)?;
    let users = app.store.users(None, None, &page).await?;
    let name = |it: Account| NameView {
        id: it.id,
        name: it.name,
    };
    Ok(PageView::of(users, name))
}

/// One account.
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = OK, body = UserView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ManageUsers>,
    Path(id): Path<UserId>,
) -> Result<axum::Json<UserView>, ApiError> {
    Ok(axum::Json(app.store.user(id).await?.into()))
}

/// Makes an account.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = UserBody,
    responses((status = CREATED, body = UserView)))]
pub(crate) async fn create(
    State(app): State<App>,
    admin: May<ManageUsers>,
    Json(body): Json<UserBody>,
) -> Result<Created<UserView>, ApiError> {
    let role = Role::try_from(body.role.as_str())?;
    let account = NewAccount::new(&body.email, body.name.as_deref(), role)?;
    let password = body.password.as_deref();
    let password = password
        .map(|it| Password::chosen("password", it))
        .transpose()?;
    let account = app
        .store
        .create_user(&account, password, &admin.by())
        .await?;
    Ok(created("users", account.id, account.into()))
}

/// Changes an account.
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    request_body = UserPatch, responses((status = OK, body = UserView)))]
pub(crate) async fn update(
    State(app): State<App>,
    admin: May<ManageUsers>,
    Path(id): Path<UserId>,
    version: IfMatch,
    Json(body): Json<UserPatch>,
) -> Result<axum::Json<UserView>, ApiError> {
    let change = AccountChange {
        name: body
            .name
            .as_deref()
            .map(|it| one_line("name", it, 100))
            .transpose()?,
        role: body.role.as_deref().map(Role::try_from).transpose()?,
        disabled: body.disabled,
    };
    let password = body.password.as_deref();
    let password = password
        .map(|it| Password::chosen("password", it))
        .transpose()?;
    let version = version.or(body.version);
    let account = app
        .store
        .change_user(id, version, &change, &admin.by())
        .await?;
    if change.role.is_some() || change.disabled == Some(true) {
        let participants = app.store.participants_of_user(id).await?;
        end_connections(&app, participants).await;
    }
    let Some(password) = password else {
        return Ok(axum::Json(account.into()));
    };
    app.store
        .set_password(id, password, Kept::default(), &admin.by())
        .await?;
    check_connections(&app, id).await?;
    Ok(axum::Json(app.store.user(id).await?.into()))
}

/// Erases an account. What its participants wrote stays, as the words of a pseudonym.
#[utoipa::path(delete, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = NO_CONTENT)))]
pub(crate) async fn erase(
    State(app): State<App>,
    admin: May<ManageUsers>,
    Path(id): Path<UserId>,
) -> Result<StatusCode, ApiError> {
    let participants = app.store.participants_of_user(id).await?;
    app.store.erase_user(id, &admin.by()).await?;
    end_connections(&app, participants).await;
    Ok(StatusCode::NO_CONTENT)
}

/// A link that signs in once.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignInLink {
    /// To hand over to whoever the account is for, and to nobody else.
    url: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// Makes a link by which somebody signs in once and sets a password. Earlier ones stop working.
#[utoipa::path(post, path = "/api/v1/users/{id}/link", tag = "users",
    params(("id" = String, Path)), responses((status = CREATED, body = SignInLink)))]
pub(crate) async fn link(
    State(app): State<App>,
    admin: May<ManageUsers>,
    Path(id): Path<UserId>,
    headers: HeaderMap,
) -> Result<(StatusCode, axum::Json<SignInLink>), ApiError> {
    // Asked for first: there is no link for nobody.
    app.store.user(id).await?;
    let by = admin.by();
    let secret = app.store.create_sign_in_link(id, &by).await?;
    let base = base_url(&app.options, &headers);
    let link = SignInLink {
        url: format!("{base}/welcome?token={}", secret.expose()),
        expires_at: time(by.at.after(LINK_LIFETIME)),
    };
    Ok((StatusCode::CREATED, axum::Json(link)))
}

/// Ends the sockets that were opened with rights which are no longer there.
async fn end_connections(app: &App, participants: Vec<ParticipantId>) {
    for participant in participants {
        app.hub.revoke(participant).await;
    }
}
