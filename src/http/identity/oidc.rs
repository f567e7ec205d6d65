//! Sign-in with OpenID Connect: the authorization code flow with PKCE, state and nonce.
//!
//! The provider says whose browser it is by an e-mail address that it has verified; an account has
//! that address, or gets made for it where the server is set up so. Nothing of the provider's is
//! kept afterwards.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse,
};

use crate::base::invalid::Invalid;
use crate::base::lock::lock;
use crate::base::time::Timestamp;
use crate::workshop::account::Email;
use crate::workshop::role::Role;

/// Everything that is asked of a provider is answered within this, or not at all.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a provider says of itself is asked for again after this.
const REMEMBERED: Duration = Duration::from_secs(600);

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that people may sign in with. Cheap to clone.
#[derive(Clone)]
pub struct Oidc(Arc<Provider>);

struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<ClientSecret>,
    new_role: Option<Role>,
    http: reqwest::Client,
    known: Mutex<Option<(Timestamp, CoreProviderMetadata)>>,
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oidc")
            .field("issuer", &self.0.issuer)
            .finish_non_exhaustive()
    }
}

/// What a browser keeps while it is away at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// Who the provider says it is.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) email: Email,
    pub(crate) name: Option<String>,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSignedIn {
    /// The provider does not answer, or not as a provider does.
    Unavailable,
    /// The provider did not let them in, or they turned back.
    Refused,
    /// The answer does not belong to what this browser began, or came too late.
    Expired,
    /// What the provider signed is not for this server, or is no longer good.
    Invalid,
    /// The provider has not verified the address.
    Unverified,
    /// No account has the address.
    Unknown,
    /// The account is shut.
    Disabled,
}

impl NotSignedIn {
    /// The word for it in the sign-in page's address.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::Unverified => "unverified",
            Self::Unknown => "unknown",
            Self::Disabled => "disabled",
        }
    }
}

impl Oidc {
    /// A provider, by its issuer's address. `new_role` is the role of accounts that are made for
    /// addresses that have none; without it those are refused.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `issuer` when it is no https address (http will do for this machine itself),
    /// or when the system's certificates cannot be read.
    pub fn new(
        issuer: &str,
        client_id: &str,
        client_secret: Option<String>,
        new_role: Option<Role>,
    ) -> Result<Self, Invalid> {
        let refused = || {
            Invalid::new(
                "issuer",
                "must be an address such as https://id.example.org",
            )
        };
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|_| refused())?;
        let is_local = matches!(
            issuer.url().host_str(),
            Some("127.0.0.1" | "localhost" | "[::1]")
        );
        if issuer.url().scheme() != "https" && !(is_local && issuer.url().scheme() == "http") {
            return Err(refused());
        }
        // A redirect would carry what is secret to wherever it leads.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|_| Invalid::new("issuer", "needs certificates that cannot be read"))?;
        Ok(Self(Arc::new(Provider {
            issuer,
            client_id: ClientId::new(client_id.to_owned()),
            client_secret: client_secret.map(ClientSecret::new),
            new_role,
            http,
            known: Mutex::default(),
        })))
    }

    /// The role of accounts that are made for addresses that have none.
    pub(crate) fn new_role(&self) -> Option<Role> {
        self.0.new_role
    }

    /// Where to send a browser, and what it keeps meanwhile.
    pub(crate) async fn begin(
        &self,
        callback: &str,
        now: Timestamp,
    ) -> Result<(String, Flow), NotSignedIn> {
        let known = lock(&self.0.known).clone();
        let metadata = match known {
            Some((at, metadata)) if now < at.after(REMEMBERED) => metadata,
            _ => self.discover(now).await?,
        };
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = self
            .client(metadata, callback)?
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let flow = Flow {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((url.into(), flow))
    }

    /// Who came back from the provider with this code.
    pub(crate) async fn finish(
        &self,
        callback: &str,
        code: String,
        flow: Flow,
        now: Timestamp,
    ) -> Result<Claimed, NotSignedIn> {
        // Asked for anew: the provider may have changed its keys since.
        let metadata = self.discover(now).await?;
        let client = self.client(metadata, callback)?;
        let asked = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| NotSignedIn::Unavailable)?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier))
            .request_async(&self.0.http)
            .await;
        let tokens = asked.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => NotSignedIn::Refused,
            error => no_provider(&error),
        })?;
        let token = tokens.id_token().ok_or(NotSignedIn::Invalid)?;
        let claims = token
            .claims(&client.id_token_verifier(), &Nonce::new(flow.nonce))
            .map_err(|error| {
                tracing::warn!(%error, "an identity provider's token was refused");
                NotSignedIn::Invalid
            })?;
        if claims.email_verified() != Some(true) {
            return Err(NotSignedIn::Unverified);
        }
        let email = claims.email().ok_or(NotSignedIn::Unverified)?;
        Ok(Claimed {
            email: Email::try_from(email.as_str()).map_err(|_| NotSignedIn::Unverified)?,
            name: claims
                .name()
                .and_then(|it| it.get(None))
                .map(|it| it.as_str().to_owned()),
        })
    }

    /// Asks the provider what it says of itself, its keys among that.
    async fn discover(&self, now: Timestamp) -> Result<CoreProviderMetadata, NotSignedIn> {
        let issuer = self.0.issuer.clone();
        let found = CoreProviderMetadata::discover_async(issuer, &self.0.http).await;
        let metadata = found.map_err(|error| no_provider(&error))?;
        let mut known = lock(&self.0.known);
        *known = Some((now, metadata.clone()));
        Ok(metadata)
    }

    fn client(
        &self,
        metadata: CoreProviderMetadata,
        callback: &str,
    ) -> Result<Client, NotSignedIn> {
        let callback = RedirectUrl::new(callback.to_owned());
        let (id, secret) = (self.0.client_id.clone(), self.0.client_secret.clone());
        Ok(CoreClient::from_provider_metadata(metadata, id, secret)
            .set_redirect_uri(callback.map_err(|_| NotSignedIn::Unavailable)?))
    }
}

/// Neither code nor token stands in these errors.
fn no_provider(error: &dyn std::error::Error) -> NotSignedIn {
    let cause = error.source().map(ToString::to_string);
    tracing::error!(%error, ?cause, "the identity provider does not answer as it should");
    NotSignedIn::Unavailable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_over_https_unless_it_is_this_machine() {
        let made = |issuer| Oidc::new(issuer, "gapmap", None, None);

        assert!(made("https://id.example.org").is_ok());
        assert!(made("http://127.0.0.1:9000").is_ok());
        for issuer in [
            "http://id.example.org",
            "ftp://127.0.0.1",
            "id.example.org",
            "",
        ] {
            assert_eq!(made(issuer).unwrap_err().field, "issuer", "{issuer}");
        }
    }

    #[test]
    fn the_secret_is_in_no_debugging_output() {
        let secret = Some("opensesame".to_owned());
        let oidc = Oidc::new("https://id.example.org", "gapmap", secret, None).unwrap();

        assert!(!format!("{oidc:?}").contains("opensesame"));
    }
}
