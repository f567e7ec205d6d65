//! `/api/v1/sign-in/oidc`, against a provider of our own.

use std::time::Duration;

use gapmap::http::{Oidc, Options};
use gapmap::workshop::role::Role;
use reqwest::Url;
use serde_json::json;

use super::provider::{Grant, Provider, SECRET};
use crate::server::{Client, Reply, TestServer};

const BEGIN: &str = "/api/v1/sign-in/oidc";

/// A server whose people sign in at this provider.
async fn server_with(provider: &Provider, new_role: Option<Role>) -> TestServer {
    let oidc = Oidc::new(
        &provider.issuer,
        "gapmap",
        Some(SECRET.to_owned()),
        new_role,
    );
    let options = Options {
        oidc: Some(oidc.unwrap()),
        ..Options::default()
    };
    TestServer::start_with(options).await
}

/// Makes a grant one that signs nobody in.
type Spoil = fn(&mut Grant);

/// Where a browser that wants to sign in is sent.
async fn begun(browser: &Client) -> Url {
    let reply = browser.get(&format!("{BEGIN}?next=/maps/1")).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    Url::parse(reply.header("location")).unwrap()
}

fn said(url: &Url, name: &str) -> String {
    let mut pairs = url.query_pairs();
    let pair = pairs.find(|(it, _)| it == name);
    pair.unwrap_or_else(|| panic!("{url} says no {name}"))
        .1
        .into_owned()
}

/// What the provider would remember of a browser that came this way, for somebody of this address.
fn grant(url: &Url, email: &str) -> Grant {
    Grant {
        email: email.to_owned(),
        nonce: said(url, "nonce"),
        challenge: said(url, "code_challenge"),
        ..Grant::default()
    }
}

/// The browser comes back with a code that the provider gave it.
async fn comes_back(browser: &Client, provider: &Provider, url: &Url, grant: Grant) -> Reply {
    let code = provider.give(grant);
    let state = said(url, "state");
    let path = format!("{BEGIN}/callback?code={code}&state={state}");
    browser.get(&path).await
}

/// Asserts that nobody was signed in, and that the sign-in page says why.
async fn is_sent_back(browser: &Client, reply: &Reply, problem: &str) {
    assert_eq!(reply.status, 303, "{}", reply.text);
    let to = reply.header("location");
    assert!(
        to.starts_with(&format!("/sign-in?problem={problem}")),
        "{to}"
    );
    assert!(browser.get("/api/v1/me").await.json["user"].is_null());
}

#[tokio::test]
async fn whose_address_the_provider_has_verified_is_signed_in() {
    let provider = Provider::start().await;
    let server = server_with(&provider, None).await;
    let account = server.account(Role::Facilitator).await;
    let browser = server.browser();

    let url = begun(&browser).await;
    let reply = comes_back(&browser, &provider, &url, grant(&url, &account.email)).await;

    assert_eq!((reply.status, reply.header("location")), (303, "/maps/1"));
    assert_eq!(said(&url, "code_challenge_method"), "S256");
    assert!(said(&url, "scope").split(' ').any(|it| it == "email"));
    let cookies: Vec<_> = reply.headers.get_all("set-cookie").iter().collect();
    let user = cookies.iter().map(|it| it.to_str().unwrap());
    let user: Vec<_> = user.filter(|it| it.starts_with("gapmap_user=")).collect();
    assert!(user.len() == 1 && user[0].contains("HttpOnly") && user[0].contains("SameSite=Lax"));
    let me = browser.get("/api/v1/me").await;
    assert_eq!(me.json["user"]["email"], account.email.as_str());
    // The same answer once more, as from the back button: the browser has forgotten what it began.
    let again = comes_back(
        &server.browser(),
        &provider,
        &url,
        grant(&url, &account.email),
    )
    .await;
    assert_eq!(again.header("location"), "/sign-in?problem=expired");
}

#[tokio::test]
async fn what_the_provider_signed_for_something_else_signs_nobody_in() {
    let provider = Provider::start().await;
    let server = server_with(&provider, None).await;
    let account = server.account(Role::Facilitator).await;
    let spoilt: [(&str, Spoil); 7] = [
        ("invalid", |it| it.nonce = "another".to_owned()),
        ("invalid", |it| it.audience = "another".to_owned()),
        ("invalid", |it| {
            it.issuer = Some("http://127.0.0.1:1".to_owned())
        }),
        ("invalid", |it| it.age = Duration::from_secs(7200)),
        ("invalid", |it| it.is_forged = true),
        ("refused", |it| it.challenge = "another".to_owned()),
        ("unverified", |it| it.is_verified = false),
    ];

    for (n, (problem, spoil)) in spoilt.into_iter().enumerate() {
        let browser = server.browser();
        let url = begun(&browser).await;
        let mut grant = grant(&url, &account.email);
        spoil(&mut grant);
        let reply = comes_back(&browser, &provider, &url, grant).await;
        assert!(reply.header("location").contains("next=%2Fmaps%2F1"), "{n}");
        is_sent_back(&browser, &reply, problem).await;
    }
}

#[tokio::test]
async fn an_answer_to_what_this_browser_did_not_begin_signs_nobody_in() {
    let provider = Provider::start().await;
    let server = server_with(&provider, None).await;
    let account = server.account(Role::Facilitator).await;
    let (browser, other) = (server.browser(), server.browser());
    let url = begun(&browser).await;
    let elsewhere = begun(&other).await;

    let mixed = grant(&elsewhere, &account.email);
    let mixed = comes_back(&browser, &provider, &elsewhere, mixed).await;
    let stranger = server.browser();
    let nothing = comes_back(&stranger, &provider, &url, grant(&url, &account.email)).await;

    is_sent_back(&browser, &mixed, "expired").await;
    is_sent_back(&stranger, &nothing, "expired").await;
}

#[tokio::test]
async fn who_turned_back_at_the_provider_is_told_so() {
    let provider = Provider::start().await;
    let server = server_with(&provider, None).await;
    let browser = server.browser();
    let state = said(&begun(&browser).await, "state");

    let path = format!("{BEGIN}/callback?error=access_denied&state={state}");
    let reply = browser.get(&path).await;

    is_sent_back(&browser, &reply, "refused").await;
}

#[tokio::test]
async fn an_address_without_an_account_is_let_in_only_where_the_server_says_so() {
    let provider = Provider::start().await;
    let (strict, open) = (
        server_with(&provider, None).await,
        server_with(&provider, Some(Role::Analyst)).await,
    );

    let browser = strict.browser();
    let url = begun(&browser).await;
    let refused = grant(&url, "bo@example.org");
    let refused = comes_back(&browser, &provider, &url, refused).await;
    is_sent_back(&browser, &refused, "unknown").await;

    let browser = open.browser();
    let url = begun(&browser).await;
    comes_back(&browser, &provider, &url, grant(&url, "bo@example.org")).await;
    let me = browser.get("/api/v1/me").await;
    assert_eq!(me.json["user"]["role"], "analyst");
    assert_eq!(me.json["user"]["email"], "bo@example.org");
}

#[tokio::test]
async fn a_shut_account_stays_shut() {
    let provider = Provider::start().await;
    let server = server_with(&provider, Some(Role::Admin)).await;
    let account = server.account(Role::Analyst).await;
    let path = format!("/api/v1/users/{}", account.id);
    let shut = server
        .admin()
        .await
        .patch(&path, json!({ "disabled": true }))
        .await;
    assert_eq!(shut.status, 200);
    let browser = server.browser();

    let url = begun(&browser).await;
    let reply = comes_back(&browser, &provider, &url, grant(&url, &account.email)).await;

    is_sent_back(&browser, &reply, "disabled").await;
}

#[tokio::test]
async fn a_provider_that_is_away_is_said_to_be() {
    let provider = Provider::start().await;
    let server = server_with(&provider, None).await;
    provider.stop().await;
    let browser = server.browser();

    let reply = browser.get(BEGIN).await;

    is_sent_back(&browser, &reply, "unavailable").await;
}

#[tokio::test]
async fn the_sign_in_page_is_told_whether_there_is_a_provider() {
    let provider = Provider::start().await;
    let (with, without) = (
        server_with(&provider, None).await,
        TestServer::start().await,
    );

    let asked = async |server: &TestServer| {
        let methods = server.browser().get("/api/v1/sign-in/methods").await;
        methods.json["oidc"].clone()
    };

    assert_eq!(
        (asked(&with).await, asked(&without).await),
        (json!(true), json!(false))
    );
    without
        .browser()
        .get(BEGIN)
        .await
        .is_refused(404, "not_found");
}
