//! `/healthz`, `/readyz`, `/metrics`

use crate::server::TestServer;

#[tokio::test]
async fn a_running_server_is_up_and_ready() {
    let server = TestServer::start().await;
    let browser = server.browser();

    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_server_whose_database_takes_no_commits_is_up_and_not_ready() {
    let server = TestServer::start().await;

    server.store.close().await;

    let browser = server.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    browser.get("/readyz").await.is_refused(503, "busy");
    assert_eq!(browser.get("/readyz").await.header("retry-after"), "1");
}

#[tokio::test]
async fn answers_are_counted_by_route_and_never_by_address() {
    let server = TestServer::start().await;
    let browser = server.browser();
    browser.get("/api/v1/join/23456789").await;

    let metrics = browser.get("/metrics").await.text;

    let line =
        "gapmap_http_requests_total{method=\"GET\",route=\"/api/v1/join/{code}\",status=\"404\"} 1";
    assert!(metrics.contains(line), "{metrics}");
    assert!(!metrics.contains("23456789"));
    assert!(metrics.contains("gapmap_http_seconds_bucket"));
}
