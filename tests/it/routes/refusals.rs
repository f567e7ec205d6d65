//! What every call has in common: how it is refused, and from where it may come.

use gapmap::http::Options;
use gapmap::workshop::role::Role;
use reqwest::Method;
use serde_json::json;

use crate::harness::Database;
use crate::server::TestServer;

const GROUPS: &str = "/api/v1/groups";

#[tokio::test]
async fn what_is_no_json_is_refused_like_anything_else() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let send =
        async |kind: &str, body: &str| facilitator.post_raw(GROUPS, kind, body.to_owned()).await;

    send("application/json", "{\"name\":")
        .await
        .is_refused(400, "invalid");
    send("application/json", "")
        .await
        .is_refused(400, "invalid");
    send("application/json", "[1]")
        .await
        .is_refused(422, "invalid");
    send("text/plain", "{\"name\":\"x\"}")
        .await
        .is_refused(415, "invalid");
}

#[tokio::test]
async fn a_zero_byte_is_no_outage_on_either_database() {
    for database in [Database::sqlite().await, Database::postgres().await] {
        let server = TestServer::start_on(database, Options::default()).await;
        let admin = server.admin().await;

        for path in ["groups?cursor=%00", "groups?q=%00", "audit?actor=a%00"] {
            let reply = admin.get(&format!("/api/v1/{path}")).await;
            assert!(matches!(reply.status, 200 | 422), "{path}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let body = json!({ "name": "x".repeat(2 << 20) }).to_string();

    let reply = facilitator.post_raw(GROUPS, "application/json", body).await;

    reply.is_refused(413, "too_large");
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_are_problems_too() {
    let server = TestServer::start().await;
    let browser = server.browser();

    for path in [
        "/api",
        "/api/v1/nothing",
        "/api/v2/groups",
        "/sync",
        "/sync/",
    ] {
        browser.get(path).await.is_refused(404, "not_found");
    }
    browser.delete(GROUPS).await.is_refused(405, "invalid");
    browser.delete("/").await.is_refused(405, "invalid");
    browser
        .get("/api/v1/groups?limit=many")
        .await
        .is_refused(401, "unauthenticated");
    let facilitator = server.facilitator().await;
    facilitator
        .get("/api/v1/groups?limit=many")
        .await
        .is_refused(400, "invalid");
    facilitator
        .get("/api/v1/groups?limit=0")
        .await
        .is_refused(422, "invalid");
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Facilitator).await;
    let post = async |headers: &[(&str, &str)]| {
        let body = Some(json!({ "name": "Forensics" }));
        browser.send(Method::POST, GROUPS, headers, body).await
    };

    post(&[("origin", "https://evil.example")])
        .await
        .is_refused(403, "forbidden");
    post(&[("origin", "null")])
        .await
        .is_refused(403, "forbidden");
    post(&[("sec-fetch-site", "cross-site")])
        .await
        .is_refused(403, "forbidden");
    assert_eq!(browser.get(GROUPS).await.json["items"], json!([]));
    assert_eq!(post(&[("origin", &server.base)]).await.status, 201);
}

#[tokio::test]
async fn nobody_is_signed_in_or_made_a_participant_by_another_site() {
    let server = TestServer::start().await;
    let foreign = [("origin", "https://evil.example")];

    for path in [
        "/api/v1/sign-in",
        "/api/v1/sign-in/link",
        "/api/v1/join",
        "/api/v1/sign-out",
    ] {
        let reply = server
            .browser()
            .send(Method::POST, path, &foreign, Some(json!({})))
            .await;
        reply.is_refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_page_at_the_public_address_is_ours() {
    let url = Some("https://maps.example.org".to_owned());
    let server = TestServer::start_with(Options {
        public_url: url,
        ..Options::default()
    })
    .await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let ours = [("origin", "https://maps.example.org")];

    let body = json!({ "invite": invite["code"] });
    let reply = server
        .browser()
        .send(Method::POST, "/api/v1/join", &ours, Some(body))
        .await;

    assert_eq!(reply.status, 201, "{}", reply.text);
}

#[tokio::test]
async fn answers_forbid_what_no_page_of_ours_does() {
    let server = TestServer::start().await;
    let browser = server.browser();

    for path in ["/", "/api/v1/me", "/api/docs", "/api/v1/nothing"] {
        let reply = browser.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "same-origin");
        assert!(!reply.header("x-request-id").is_empty());
    }
    assert_eq!(
        browser.get("/api/v1/me").await.header("cache-control"),
        "no-store"
    );
}

#[tokio::test]
async fn no_call_passes_over_a_parameter_that_it_does_not_take() {
    let server = TestServer::start().await;
    let admin = server.signed_in(Role::Admin).await;
    let spec = admin.get("/api/v1/openapi.json").await.json;
    let mut n_calls = 0;

    for (path, item) in spec["paths"].as_object().unwrap() {
        // The identity provider's own parameters are passed over, as its protocol wants it.
        for (method, call) in item.as_object().unwrap() {
            if path.ends_with("/oidc/callback") {
                continue;
            }
            let address = format!("{path}?tpl=AMBER").replace(['{', '}'], "");
            let method: Method = method.to_uppercase().parse().unwrap();
            let reply = admin.send(method, &address, &[], None).await;
            let detail = reply.json["detail"].as_str().unwrap_or_default();
            assert!(detail.contains("\"tpl\""), "{path}: {}", reply.text);
            let known = call["parameters"].as_array().into_iter().flatten();
            for it in known.filter(|it| it["in"] == "query") {
                let name = it["name"].as_str().unwrap();
                assert!(detail.contains(name), "{path}, {name}: {detail}");
            }
            reply.is_refused(400, "invalid");
            n_calls += 1;
        }
    }
    assert!(100 < n_calls, "{n_calls}");
}

#[tokio::test]
async fn what_a_call_takes_it_takes_in_any_spelling_of_an_address() {
    let server = TestServer::start().await;
    let admin = server.signed_in(Role::Admin).await;

    for query in ["", "?", "?&", "?tlp=AMBER&limit=3", "?%74lp=AMBER"] {
        let reply = admin.get(&format!("/api/v1/gaps{query}")).await;
        assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    }
    for query in ["?limit=3&Limit=3", "?=3", "?tlp[]=AMBER"] {
        let reply = admin.get(&format!("/api/v1/gaps{query}")).await;
        reply.is_refused(400, "invalid");
    }
    let head = admin
        .send(Method::HEAD, "/api/v1/gaps?tpl=AMBER", &[], None)
        .await;
    assert_eq!(head.status, 400);
}
