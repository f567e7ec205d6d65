//! `/api/v1/me` and signing in: who this browser or script is.

use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check_connections;
use super::participants::PersonView;
use super::words::RoleWord;
use crate::base::id::UserId;
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::Json;
use crate::http::identity::{Credential, DEVICE_COOKIE, May, SetOwnPassword, USER_COOKIE};
use crate::http::state::{App, Options};
use crate::store::{By, Kept, SIGN_IN_LIFETIME, Secret, SignInBy};
use crate::workshop::account::{Account, Email, Password};

/// Said for a wrong password and for an unknown address alike.
const WRONG: &str = "the address or the password is wrong";
const DEVICE_DAYS: i64 = 365;

/// Who this browser or script is: an account, participants in sessions, both, or nobody yet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<AccountView>,
    participants: Vec<PersonView>,
}

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub(crate) struct AccountView {
    #[schema(value_type = String, format = "uuid")]
    id: UserId,
    email: String,
    name: String,
    /// admin, facilitator, analyst or reviewer.
    #[schema(value_type = RoleWord)]
    role: &'static str,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role.as_str(),
        }
    }
}

/// An address and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInBody {
    email: String,
    password: String,
}

/// The token of a sign-in link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkBody {
    token: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    /// The password so far, where there is one and one did not sign in by a link within the hour.
    current: Option<String>,
    /// At least 8 characters.
    new: String,
    /// Whether one's API tokens end too; they go on unless said.
    end_tokens: Option<bool>,
}

/// Who asks.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", responses((status = OK, body = Me)))]
pub(crate) async fn show(
    State(app): State<App>,
    credential: Credential,
) -> Result<axum::Json<Me>, ApiError> {
    let credential = credential.checked(&app).await?;
    let user = credential.account(&app).await?;
    me(&app, user.map(|it| it.account), &credential).await
}

async fn me(
    app: &App,
    user: Option<Account>,
    credential: &Credential,
) -> Result<axum::Json<Me>, ApiError> {
    let participants = credential.participants(app).await?;
    Ok(axum::Json(Me {
        user: user.map(AccountView::from),
        participants: participants.into_iter().map(PersonView::from).collect(),
    }))
}

/// Signs in with a password; the answer sets the cookie.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "me", request_body = SignInBody,
    responses((status = OK, body = Me)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    credential: Credential,
    cookies: CookieJar,
    Json(body): Json<SignInBody>,
) -> Result<(CookieJar, axum::Json<Me>), ApiError> {
    let email = Email::try_from(body.email.as_str())?;
    let password = Password::typed("password", &body.password)?;
    let account = check(&app, &email, password).await?;
    let account = account.ok_or_else(|| ApiError::unauthenticated(WRONG))?;
    welcome(&app, account, SignInBy::Own, &credential, cookies).await
}

/// Signs in with a link that works once; the answer sets the cookie.
#[utoipa::path(post, path = "/api/v1/sign-in/link", tag = "me", request_body = LinkBody,
    responses((status = OK, body = Me)))]
pub(crate) async fn sign_in_by_link(
    State(app): State<App>,
    credential: Credential,
    cookies: CookieJar,
    Json(body): Json<LinkBody>,
) -> Result<(CookieJar, axum::Json<Me>), ApiError> {
    let now = app.clock.now();
    let account = app.store.use_sign_in_link(&body.token, now).await?;
    let no_longer = "this link was used already, or is too old";
    let account = account.ok_or_else(|| ApiError::unauthenticated(no_longer))?;
    welcome(&app, account, SignInBy::Link, &credential, cookies).await
}

/// Checks a password, as long as not too many were wrong of late.
async fn check(app: &App, email: &Email, password: Password) -> Result<Option<Account>, ApiError> {
    app.attempts
        .begin(email.as_str(), app.clock.now())
        .map_err(ApiError::too_often)?;
    let account = app.store.check_password(email, password).await?;
    if account.is_some() {
        app.attempts.succeeded(email.as_str());
    }
    Ok(account)
}

async fn welcome(
    app: &App,
    account: Account,
    means: SignInBy,
    credential: &Credential,
    cookies: CookieJar,
) -> Result<(CookieJar, axum::Json<Me>), ApiError> {
    let by = By::account(account.id, app.clock.now());
    let secret = app.store.sign_in(account.id, means, &by).await?;
    let me = me(app, Some(account), credential).await?;
    Ok((cookies.add(user_cookie(&app.options, &secret)), me))
}

/// Signs this browser out. It stays the participant that it is.
#[utoipa::path(post, path = "/api/v1/sign-out", tag = "me", responses((status = OK, body = Me)))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    credential: Credential,
    cookies: CookieJar,
) -> Result<(CookieJar, axum::Json<Me>), ApiError> {
    if let Some(secret) = credential.user_cookie() {
        let signed_in = app.store.signed_in(secret, app.clock.now()).await?;
        if let Some(signed_in) = signed_in {
            app.store.sign_out(secret).await?;
            check_connections(&app, signed_in.account.id).await?;
        }
    }
    let gone = Cookie::build(USER_COOKIE).path("/");
    Ok((cookies.remove(gone), me(&app, None, &credential).await?))
}

/// Sets one's password and signs out everywhere else. One has to be signed in: no API token does
/// this. API tokens go on, unless they are to end too.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "me", request_body = PasswordBody,
    responses((status = NO_CONTENT)))]
pub(crate) async fn set_password(
    State(app): State<App>,
    user: May<SetOwnPassword>,
    credential: Credential,
    Json(body): Json<PasswordBody>,
) -> Result<StatusCode, ApiError> {
    let account = &user.account;
    let new = Password::chosen("new", &body.new)?;
    let here = credential.user_cookie();
    let came_by_link = match here {
        Some(here) => app.store.came_by_link(here, app.clock.now()).await?,
        None => false,
    };
    if !came_by_link && app.store.has_password(account.id).await? {
        let current = Password::typed("current", body.current.as_deref().unwrap_or_default())?;
        let email = Email::try_from(account.email.as_str())?;
        if check(&app, &email, current).await?.is_none() {
            return Err(Invalid::new("current", "is not your password").into());
        }
    }
    let kept = Kept {
        sign_in: here,
        tokens: body.end_tokens != Some(true),
    };
    let (id, by) = (account.id, user.by());
    app.store.set_password(id, new, kept, &by).await?;
    check_connections(&app, account.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The cookie of a browser in which somebody signed in.
pub(super) fn user_cookie(options: &Options, secret: &Secret) -> Cookie<'static> {
    let lifetime = time::Duration::try_from(SIGN_IN_LIFETIME).unwrap_or(time::Duration::DAY);
    cookie(options, USER_COOKIE, secret, lifetime)
}

/// The cookie by which a browser is the same participant tomorrow.
pub(super) fn device_cookie(options: &Options, secret: &Secret) -> Cookie<'static> {
    cookie(
        options,
        DEVICE_COOKIE,
        secret,
        time::Duration::days(DEVICE_DAYS),
    )
}

fn cookie(
    options: &Options,
    name: &'static str,
    secret: &Secret,
    lifetime: time::Duration,
) -> Cookie<'static> {
    Cookie::build((name, secret.expose().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(options.is_https())
        .max_age(lifetime)
        .build()
}
