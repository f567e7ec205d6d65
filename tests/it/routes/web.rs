//! The web app, served from the binary.

use reqwest::Method;

use crate::server::TestServer;

#[tokio::test]
async fn every_address_of_the_app_is_its_page() {
    let server = TestServer::start().await;
    let browser = server.browser();

    let root = browser.get("/").await;

    assert_eq!(root.status, 200);
    assert!(root.header("content-type").starts_with("text/html"));
    assert_eq!(root.header("cache-control"), "no-cache");
    for path in [
        "/maps/0",
        "/join/23456789",
        "/welcome?token=x",
        "/admin/users",
    ] {
        assert_eq!(browser.get(path).await.text, root.text, "{path}");
    }
}

#[tokio::test]
async fn a_missing_script_is_not_answered_with_the_page() {
    let server = TestServer::start().await;

    let missing = server.browser().get("/assets/app-00000000.js").await;

    missing.is_refused(404, "not_found");
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = TestServer::start().await;
    let browser = server.browser();
    let tag = browser.get("/").await.header("etag").to_owned();

    let again = browser
        .send(Method::GET, "/", &[("if-none-match", &tag)], None)
        .await;

    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn nobody_leaves_the_folder_of_the_app() {
    let server = TestServer::start().await;
    let browser = server.browser();
    let page = browser.get("/").await.text;

    for path in [
        "/..%2f..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/../../Cargo.toml",
    ] {
        assert_eq!(browser.get(path).await.text, page, "{path}");
    }
}
