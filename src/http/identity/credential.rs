//! What a request shows of who it is: a token, or cookies.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;

use crate::base::time::Timestamp;
use crate::http::error::ApiError;
use crate::http::places::Who;
use crate::http::state::App;
use crate::store::SignedIn;
use crate::workshop::participant::Participant;

/// The cookie of a browser in which somebody signed in.
pub(crate) const USER_COOKIE: &str = "gapmap_user";
/// The cookie of a browser that takes part without an account.
pub(crate) const DEVICE_COOKIE: &str = "gapmap_device";

pub(super) const NOBODY: &str = "sign in, or join by an invite";
const NO_LONGER: &str = "this token is not valid, or no longer";

/// The token of an `Authorization: Bearer` header (RFC 6750, section 2.1).
pub(in crate::http) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// What a request shows of who it is; nothing of it is checked yet.
#[derive(Clone, Default)]
pub struct Credential {
    token: Option<String>,
    user: Option<String>,
    device: Option<String>,
}

impl Credential {
    /// Reads the `Authorization` header, then `?token=`, then the cookies. A token is said on
    /// purpose, so with one the cookies do not count.
    pub fn from_parts(headers: &HeaderMap, query_token: Option<&str>) -> Self {
        if let Some(token) = bearer(headers).or(query_token) {
            return Self {
                token: Some(token.to_owned()),
                ..Self::default()
            };
        }
        let cookies = CookieJar::from_headers(headers);
        let cookie = |name| cookies.get(name).map(|it| it.value().to_owned());
        Self {
            token: None,
            user: cookie(USER_COOKIE),
            device: cookie(DEVICE_COOKIE),
        }
    }

    /// Whether it is a token, and no browser.
    pub(super) fn is_token(&self) -> bool {
        self.token.is_some()
    }

    pub(crate) fn user_cookie(&self) -> Option<&str> {
        self.user.as_deref()
    }

    pub(crate) fn device_cookie(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// All that it shows, made up or not.
    pub(in crate::http) fn secrets(&self) -> impl Iterator<Item = &str> {
        let all = [&self.token, &self.user, &self.device];
        all.into_iter().flatten().map(String::as_str)
    }

    /// Who this is, and the secret that says so, where the database knows it.
    pub(in crate::http) async fn proven(&self, app: &App) -> Result<Option<(&str, Who)>, ApiError> {
        if let Some(signed_in) = self.account(app).await? {
            let secret = self.token.as_ref().or(self.user.as_ref());
            return Ok(secret.map(|it| (it.as_str(), Who::Account(signed_in.account.id))));
        }
        let participants = self.participants(app).await?;
        let secret = self.token.as_ref().or(self.device.as_ref());
        let found = secret.zip(participants.first());
        Ok(found.map(|(secret, it)| (secret.as_str(), Who::Participant(it.id, it.session))))
    }

    /// The account behind it, if there is one.
    pub(crate) async fn account(&self, app: &App) -> Result<Option<SignedIn>, ApiError> {
        let now = app.clock.now();
        Ok(match (&self.token, &self.user) {
            (Some(token), _) => app.store.token_owner(token, now).await?,
            (None, Some(user)) => app.store.signed_in(user, now).await?,
            (None, None) => None,
        })
    }

    /// The participant whose token it is, and until when it is good.
    pub(super) async fn token_participant(
        &self,
        app: &App,
    ) -> Result<Option<(Participant, Timestamp)>, ApiError> {
        match &self.token {
            Some(token) => {
                let now = app.clock.now();
                Ok(app.store.participant_of_token(token, now).await?)
            }
            None => Ok(None),
        }
    }

    /// The participants that it is: one by a token, one a session by a device's cookie.
    pub(crate) async fn participants(&self, app: &App) -> Result<Vec<Participant>, ApiError> {
        if let Some((participant, _)) = self.token_participant(app).await? {
            return Ok(vec![participant]);
        }
        let mut all = match &self.device {
            Some(device) => app.store.participants_of_device(device).await?,
            None => Vec::new(),
        };
        all.retain(|it| it.barred().is_none());
        Ok(all)
    }

    /// Refuses a token that is nobody's; a cookie that is nobody's only means that nobody is here.
    pub(crate) async fn checked(self, app: &App) -> Result<Self, ApiError> {
        let known = self.token.is_none()
            || self.account(app).await?.is_some()
            || self.token_participant(app).await?.is_some();
        if known {
            Ok(self)
        } else {
            Err(ApiError::unauthenticated(NO_LONGER))
        }
    }

    pub(in crate::http) fn refusal(&self) -> ApiError {
        ApiError::unauthenticated(if self.token.is_some() {
            NO_LONGER
        } else {
            NOBODY
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Credential {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self::from_parts(&parts.headers, None))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_token_that_is_said_outweighs_the_cookies() {
        let cookies = ("cookie", "gapmap_user=u; gapmap_device=d");

        let said =
            Credential::from_parts(&headers(&[cookies, ("authorization", "bearer t")]), None);
        let asked = Credential::from_parts(&headers(&[cookies]), Some("q"));
        let neither = Credential::from_parts(&headers(&[cookies]), None);

        assert_eq!(
            (said.token.as_deref(), said.user_cookie()),
            (Some("t"), None)
        );
        assert_eq!(
            (asked.token.as_deref(), asked.device_cookie()),
            (Some("q"), None)
        );
        assert_eq!(
            (
                neither.token.as_deref(),
                neither.user_cookie(),
                neither.device_cookie()
            ),
            (None, Some("u"), Some("d"))
        );
    }

    #[test]
    fn another_scheme_than_bearer_is_no_token() {
        let basic = Credential::from_parts(&headers(&[("authorization", "Basic YTpi")]), None);

        assert!(basic.token.is_none());
    }
}
