//! `/api/v1/me`, signing in and out.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::store::By;
use gapmap::workshop::role::Role;
use reqwest::Method;
use serde_json::json;

use crate::faults::saboteur::Saboteur;
use crate::harness::Database;
use crate::server::{PASSWORD, TestServer};

const ME: &str = "/api/v1/me";
const SIGN_IN: &str = "/api/v1/sign-in";

#[tokio::test]
async fn a_new_browser_is_nobody() {
    let server = TestServer::start().await;

    let me = server.browser().get(ME).await;

    assert_eq!(me.status, 200);
    assert_eq!(me.json, json!({ "participants": [] }));
}

#[tokio::test]
async fn a_password_signs_in_until_signing_out() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;
    let browser = server.browser();

    let body = json!({ "email": account.email.to_uppercase(), "password": PASSWORD });
    let signed_in = browser.post(SIGN_IN, body).await;
    let during = browser.get(ME).await.json;
    let out = browser.post("/api/v1/sign-out", json!({})).await;
    let after = browser.get(ME).await.json;

    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.starts_with("gapmap_user="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(during["user"]["email"], account.email);
    assert_eq!(during["user"]["role"], "analyst");
    assert_eq!(out.status, 200);
    assert!(after.get("user").is_none());
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_and_not_only_the_cookie() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;
    let browser = server.browser();
    let body = json!({ "email": account.email, "password": PASSWORD });
    let signed_in = browser.post(SIGN_IN, body).await;
    let cookie = signed_in
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();

    browser.post("/api/v1/sign-out", json!({})).await;

    let kept = [("cookie", cookie.as_str())];
    let me = server
        .browser()
        .send(reqwest::Method::GET, ME, &kept, None)
        .await;
    assert!(me.json.get("user").is_none(), "{}", me.text);
}

#[tokio::test]
async fn served_by_https_the_cookie_goes_no_other_way() {
    let url = Some("https://maps.example.org".to_owned());
    let server = TestServer::start_with(Options {
        public_url: url,
        ..Options::default()
    })
    .await;
    let account = server.account(Role::Analyst).await;

    let body = json!({ "email": account.email, "password": PASSWORD });
    let signed_in = server.browser().post(SIGN_IN, body).await;

    assert!(signed_in.header("set-cookie").contains("Secure"));
    assert!(
        signed_in
            .header("strict-transport-security")
            .contains("max-age")
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;

    let wrong = json!({ "email": account.email, "password": "battery staple" });
    let wrong = server.browser().post(SIGN_IN, wrong).await;
    let unknown = json!({ "email": "nobody@example.org", "password": PASSWORD });
    let unknown = server.browser().post(SIGN_IN, unknown).await;

    wrong.is_refused(401, "unauthenticated");
    unknown.is_refused(401, "unauthenticated");
    assert_eq!(wrong.json, unknown.json);
}

#[tokio::test]
async fn who_guesses_one_password_waits_and_the_others_do_not() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;
    let other = server.account(Role::Analyst).await;
    let wrong = json!({ "email": account.email, "password": "battery staple" });
    let right = |it: &str| json!({ "email": it, "password": PASSWORD });
    for _ in 0..10 {
        server
            .browser()
            .post(SIGN_IN, wrong.clone())
            .await
            .is_refused(401, "unauthenticated");
    }

    let guess = server.browser().post(SIGN_IN, right(&account.email)).await;
    let neighbour = server.browser().post(SIGN_IN, right(&other.email)).await;
    server.pass(Duration::from_secs(15 * 60));
    let later = server.browser().post(SIGN_IN, right(&account.email)).await;

    guess.is_refused(429, "busy");
    assert_eq!(guess.header("retry-after"), "900");
    assert_eq!((neighbour.status, later.status), (200, 200));
}

#[tokio::test]
async fn a_sign_in_ends_by_itself() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Analyst).await;

    server.pass(Duration::from_secs(14 * 24 * 3600));

    assert!(browser.get(ME).await.json.get("user").is_none());
    browser
        .get("/api/v1/groups")
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_sign_in_link_works_once() {
    let server = TestServer::start().await;
    let account = server.account(Role::Admin).await;
    let by = By::command(server.now());
    let link = server
        .store
        .create_sign_in_link(account.id, &by)
        .await
        .unwrap();
    let body = json!({ "token": link.expose() });

    let first = server
        .browser()
        .post("/api/v1/sign-in/link", body.clone())
        .await;
    let second = server.browser().post("/api/v1/sign-in/link", body).await;

    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.json["user"]["role"], "admin");
    second.is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_the_other_sign_ins() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;
    let (here, there) = (server.browser(), server.browser());
    for browser in [&here, &there] {
        let body = json!({ "email": account.email, "password": PASSWORD });
        assert_eq!(browser.post(SIGN_IN, body).await.status, 200);
    }
    let path = "/api/v1/me/password";

    let wrong = here
        .post(path, json!({ "current": "guess", "new": "battery staple" }))
        .await;
    let short = here
        .post(path, json!({ "current": PASSWORD, "new": "short" }))
        .await;
    let done = here
        .post(
            path,
            json!({ "current": PASSWORD, "new": "battery staple" }),
        )
        .await;

    wrong.is_refused(422, "invalid");
    assert_eq!(wrong.json["field"], "current");
    short.is_refused(422, "invalid");
    assert_eq!(short.json["field"], "new");
    assert_eq!(done.status, 204, "{}", done.text);
    assert!(here.get(ME).await.json["user"].is_object());
    assert!(there.get(ME).await.json.get("user").is_none());
    let body = json!({ "email": account.email, "password": "battery staple" });
    assert_eq!(server.browser().post(SIGN_IN, body).await.status, 200);
    server
        .browser()
        .post(path, json!({ "new": "x" }))
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn who_lost_their_password_sets_a_new_one_once_within_the_hour_of_a_link() {
    let server = TestServer::start().await;
    let account = server.account(Role::Analyst).await;
    let by_link = async || {
        let by = By::command(server.now());
        let link = server.store.create_sign_in_link(account.id, &by);
        let body = json!({ "token": link.await.unwrap().expose() });
        let browser = server.browser();
        assert_eq!(browser.post("/api/v1/sign-in/link", body).await.status, 200);
        browser
    };
    let path = "/api/v1/me/password";
    let body = json!({ "new": "battery staple" });
    let late = by_link().await;
    server.pass(Duration::from_secs(3600));
    let soon = by_link().await;

    let too_late = late.post(path, body.clone()).await;
    let done = soon.post(path, body.clone()).await;
    let again = soon.post(path, body).await;

    for refused in [too_late, again] {
        refused.is_refused(422, "invalid");
        assert_eq!(refused.json["field"], "current");
    }
    assert_eq!(done.status, 204, "{}", done.text);
    let body = json!({ "email": account.email, "password": "battery staple" });
    assert_eq!(server.browser().post(SIGN_IN, body).await.status, 200);
}

#[tokio::test]
async fn a_browser_can_be_a_participant_and_an_account_at_once() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (browser, joined) = server.joined(&session, "viewer").await;
    let account = server.account(Role::Analyst).await;

    let body = json!({ "email": account.email, "password": PASSWORD });
    let me = browser.post(SIGN_IN, body).await.json;

    assert_eq!(me["user"]["email"], account.email);
    assert_eq!(me["participants"], json!([joined["participant"]]));
}

#[tokio::test]
async fn a_token_that_is_nobodys_is_refused() {
    let server = TestServer::start().await;

    let unknown = server.client(Some("gapmap_api_0000")).get(ME).await;

    unknown.is_refused(401, "unauthenticated");
    assert_eq!(unknown.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn who_is_nobody_is_told_so_while_nobody_can_write() {
    let database = Database::sqlite().await;
    let mut saboteur = Saboteur::at(&database.url).await;
    let server = TestServer::start_on(database, Options::default()).await;
    let browser = server.browser();
    saboteur.hold().await;

    let guess = json!({ "token": "made-up" });
    let by_link = browser.post("/api/v1/sign-in/link", guess).await;
    let made_up = [("cookie", "gapmap_user=made-up")];
    let out = browser.send(Method::POST, "/api/v1/sign-out", &made_up, None);
    let out = out.await;

    by_link.is_refused(401, "unauthenticated");
    assert_eq!(out.status, 200, "{}", out.text);
}
