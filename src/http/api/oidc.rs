//! `/api/v1/sign-in/methods` and `/api/v1/sign-in/oidc`: signing in at an identity provider.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::base_url;
use super::me::user_cookie;
use crate::http::error::ApiError;
use crate::http::extract::Query;
use crate::http::identity::{Claimed, Flow, NotSignedIn, Oidc};
use crate::http::state::{App, Options};
use crate::store::{By, SignInBy, StoreError};
use crate::workshop::account::{Account, NewAccount};

/// What a browser keeps while it is at the provider: state, nonce, PKCE verifier and where it
/// wanted to go. Only its own browser reads it, and only the callback gets it.
const COOKIE: &str = "gapmap_oidc";
const PATH: &str = "/api/v1/sign-in/oidc";
const MINUTES: i64 = 10;

/// How one may sign in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Methods {
    /// With an address and a password: always.
    password: bool,
    /// At an identity provider.
    oidc: bool,
}

/// How one may sign in here.
#[utoipa::path(get, path = "/api/v1/sign-in/methods", tag = "me",
    responses((status = OK, body = Methods)))]
pub(crate) async fn methods(State(app): State<App>) -> axum::Json<Methods> {
    axum::Json(Methods {
        password: true,
        oidc: app.options.oidc.is_some(),
    })
}

/// Where to go after signing in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BeginQuery {
    /// A path of this site; the start page unless said.
    next: Option<String>,
}

/// Sends the browser to the identity provider.
#[utoipa::path(get, path = "/api/v1/sign-in/oidc", tag = "me", params(BeginQuery),
    responses((status = SEE_OTHER, description = "to the provider, or back with a problem")))]
pub(crate) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    cookies: CookieJar,
    Query(query): Query<BeginQuery>,
) -> Result<(CookieJar, Redirect), ApiError> {
    let oidc = provider(&app)?;
    let callback = callback(&app.options, &headers);
    let next = query.next.filter(|it| is_ours(it)).unwrap_or_default();
    Ok(match oidc.begin(&callback, app.clock.now()).await {
        Ok((url, flow)) => (
            cookies.add(kept(&app.options, &flow, &next)),
            Redirect::to(&url),
        ),
        Err(why) => (cookies, back_to_sign_in(why, &next)),
    })
}

/// What the provider sends a browser back with.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    /// Why the provider did not let them in.
    error: Option<String>,
}

/// Where the provider sends browsers back to: signs in, or says why not on the sign-in page.
#[utoipa::path(get, path = "/api/v1/sign-in/oidc/callback", tag = "me", params(CallbackQuery),
    responses((status = SEE_OTHER, description = "into the site, or back with a problem")))]
pub(crate) async fn finish(
    State(app): State<App>,
    headers: HeaderMap,
    cookies: CookieJar,
    Query(query): Query<CallbackQuery>,
) -> Result<(CookieJar, Redirect), ApiError> {
    let oidc = provider(&app)?;
    let flow = cookies.get(COOKIE).and_then(|it| read(it.value()));
    let cookies = cookies.remove(Cookie::build(COOKIE).path(PATH));
    let Some((flow, next)) = flow else {
        return Ok((cookies, back_to_sign_in(NotSignedIn::Expired, "")));
    };
    let callback = callback(&app.options, &headers);
    let claimed = match (query.code, query.state) {
        (_, state) if state.as_deref() != Some(&flow.state) => Err(NotSignedIn::Expired),
        (Some(code), _) if query.error.is_none() => {
            oidc.finish(&callback, code, flow, app.clock.now()).await
        }
        _ => Err(NotSignedIn::Refused),
    };
    let account = match claimed {
        Ok(claimed) => account_of(&app, oidc, claimed).await?,
        Err(why) => Err(why),
    };
    match account {
        Err(why) => Ok((cookies, back_to_sign_in(why, &next))),
        Ok(account) => {
            let by = By::account(account.id, app.clock.now());
            let secret = app.store.sign_in(account.id, SignInBy::Own, &by).await?;
            let into = if next.is_empty() { "/" } else { &next };
            Ok((
                cookies.add(user_cookie(&app.options, &secret)),
                Redirect::to(into),
            ))
        }
    }
}

/// The account that has the address; where the server is set up so, one is made for it.
async fn account_of(
    app: &App,
    oidc: &Oidc,
    claimed: Claimed,
) -> Result<Result<Account, NotSignedIn>, ApiError> {
    match app.store.user_by_email(&claimed.email).await {
        Ok(account) if account.disabled_at.is_some() => Ok(Err(NotSignedIn::Disabled)),
        Ok(account) => Ok(Ok(account)),
        Err(StoreError::NotFound(_)) => {
            let Some(role) = oidc.new_role() else {
                return Ok(Err(NotSignedIn::Unknown));
            };
            let (email, name) = (claimed.email.as_str(), claimed.name.as_deref());
            // A name that is none of ours is left out; the address makes one.
            let account = NewAccount::new(email, name, role);
            let account = account.or_else(|_| NewAccount::new(email, None, role))?;
            let by = By::server(app.clock.now());
            Ok(Ok(app.store.create_user(&account, None, &by).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn provider(app: &App) -> Result<&Oidc, ApiError> {
    let oidc = app.options.oidc.as_ref();
    oidc.ok_or_else(|| ApiError::not_found("this server has no identity provider"))
}

fn callback(options: &Options, headers: &HeaderMap) -> String {
    format!("{}{PATH}/callback", base_url(options, headers))
}

/// Whether a path stays on this site, whatever a browser makes of it.
fn is_ours(next: &str) -> bool {
    let odd = |it: char| it == '\\' || it == '|' || it.is_control() || !it.is_ascii();
    next.starts_with('/') && !next.starts_with("//") && !next.contains(odd)
}

fn back_to_sign_in(why: NotSignedIn, next: &str) -> Redirect {
    let mut query = format!("problem={}", why.as_str());
    if !next.is_empty() {
        query.push_str("&next=");
        query.extend(url::form_urlencoded::byte_serialize(next.as_bytes()));
    }
    Redirect::to(&format!("/sign-in?{query}"))
}

/// The cookie; none of its parts has a bar in it.
fn kept(options: &Options, flow: &Flow, next: &str) -> Cookie<'static> {
    let Flow {
        state,
        nonce,
        verifier,
    } = flow;
    Cookie::build((COOKIE, format!("{state}|{nonce}|{verifier}|{next}")))
        .path(PATH)
        .http_only(true)
        // The provider's page leads back here, which `Strict` would not count as ours.
        .same_site(SameSite::Lax)
        .secure(options.is_https())
        .max_age(time::Duration::minutes(MINUTES))
        .build()
}

fn read(cookie: &str) -> Option<(Flow, String)> {
    let mut parts = cookie.splitn(4, '|').map(str::to_owned);
    let flow = Flow {
        state: parts.next()?,
        nonce: parts.next()?,
        verifier: parts.next()?,
    };
    let next = parts.next().filter(|it| is_ours(it)).unwrap_or_default();
    Some((flow, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for next in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\nb",
            "",
        ] {
            assert!(!is_ours(next), "{next}");
        }
        assert!(is_ours("/sessions/1?screen=2"));
    }

    #[test]
    fn what_a_browser_keeps_reads_back() {
        let flow = Flow {
            state: "s".to_owned(),
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
        };

        let cookie = kept(&Options::default(), &flow, "/maps/1");

        assert_eq!(read(cookie.value()), Some((flow, "/maps/1".to_owned())));
        assert_eq!(read("s|n"), None);
    }
}
