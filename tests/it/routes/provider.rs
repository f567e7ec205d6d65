//! A small OpenID Connect provider on this machine: what it says of itself, its keys, its tokens.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use rsa::pkcs1::{EncodeRsaPrivateKey, LineEnding};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// What the server shows to the provider.
pub(crate) const SECRET: &str = "opensesame";

/// The provider's key, and one that is not its.
static KEYS: LazyLock<[String; 2]> = LazyLock::new(|| [new_key(), new_key()]);

fn new_key() -> String {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
    key.to_pkcs1_pem(LineEnding::LF).unwrap().to_string()
}

fn signing_key(at: usize) -> CoreRsaPrivateSigningKey {
    let id = Some(JsonWebKeyId::new("key".to_owned()));
    CoreRsaPrivateSigningKey::from_pem(&KEYS[at], id).unwrap()
}

/// What a code stands for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) email: String,
    pub(crate) is_verified: bool,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) audience: String,
    /// Another issuer than the provider.
    pub(crate) issuer: Option<String>,
    /// For how long the token has been there; it is good for an hour.
    pub(crate) age: Duration,
    /// Signed with a key that is not the provider's.
    pub(crate) is_forged: bool,
}

impl Default for Grant {
    fn default() -> Self {
        Self {
            email: String::new(),
            is_verified: true,
            nonce: String::new(),
            challenge: String::new(),
            audience: "gapmap".to_owned(),
            issuer: None,
            age: Duration::ZERO,
            is_forged: false,
        }
    }
}

/// A running provider.
pub(crate) struct Provider {
    /// Its address.
    pub(crate) issuer: String,
    inside: Arc<Inside>,
    serving: JoinHandle<()>,
}

struct Inside {
    issuer: String,
    codes: Mutex<HashMap<String, Grant>>,
}

impl Provider {
    /// Starts one on a free port.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Inside {
            issuer: issuer.clone(),
            codes: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(inside.clone());
        let serving = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            issuer,
            inside,
            serving,
        }
    }

    /// A code that stands for this, once.
    pub(crate) fn give(&self, grant: Grant) -> String {
        let code = uuid::Uuid::now_v7().to_string();
        self.inside
            .codes
            .lock()
            .unwrap()
            .insert(code.clone(), grant);
        code
    }

    /// Goes away.
    pub(crate) async fn stop(self) {
        self.serving.abort();
        let _ = self.serving.await;
    }
}

async fn describe(State(inside): State<Arc<Inside>>) -> Json<Value> {
    let issuer = &inside.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [signing_key(0).as_verification_key()] }))
}

async fn token(
    State(inside): State<Arc<Inside>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let refused =
        |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    // The client and its secret, as RFC 6749 has them: gapmap:opensesame.
    let shown = headers.get("authorization").map(|it| it.to_str().unwrap());
    if shown != Some("Basic Z2FwbWFwOm9wZW5zZXNhbWU=") {
        return refused("invalid_client");
    }
    let Some(grant) = inside.codes.lock().unwrap().remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    if challenge.as_str() != grant.challenge {
        return refused("invalid_grant");
    }
    Json(json!({
        "access_token": "unused",
        "token_type": "Bearer",
        "id_token": signed(&inside.issuer, &grant),
    }))
    .into_response()
}

fn signed(issuer: &str, grant: &Grant) -> String {
    let begun = chrono::Utc::now() - grant.age;
    let subject = SubjectIdentifier::new("somebody".to_owned());
    let claims = StandardClaims::new(subject)
        .set_email(Some(EndUserEmail::new(grant.email.clone())))
        .set_email_verified(Some(grant.is_verified));
    let issuer = grant.issuer.clone().unwrap_or_else(|| issuer.to_owned());
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(issuer).unwrap(),
        vec![Audience::new(grant.audience.clone())],
        begun + Duration::from_secs(3600),
        begun,
        claims,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(grant.nonce.clone())));
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let key = signing_key(usize::from(grant.is_forged));
    let token = CoreIdToken::new(claims, &key, algorithm, None, None);
    token.unwrap().to_string()
}
