//! `/healthz`, `/readyz`, `/metrics`

use futures_util::future::join_all;
use sqlx::{AnyConnection, Connection, Executor};

use crate::harness::Database;
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
async fn however_many_ask_whether_it_is_ready_the_database_writes_a_few_times() {
    let database = Database::sqlite().await;
    let mut beside = AnyConnection::connect(&database.url).await.unwrap();
    for counts in [
        "CREATE TABLE counted (n BIGINT)",
        "CREATE TRIGGER counts AFTER UPDATE ON heartbeat
         BEGIN INSERT INTO counted VALUES (1); END",
    ] {
        beside.execute(counts).await.unwrap();
    }
    let server = TestServer::start_on(database, Default::default()).await;
    let browser = server.browser();

    let replies = join_all((0..60).map(|_| browser.get("/readyz"))).await;

    assert!(replies.iter().all(|it| it.status == 200));
    let counted = sqlx::query_as("SELECT COUNT(*) FROM counted");
    let (n,): (i64,) = counted.fetch_one(&mut beside).await.unwrap();
    assert!((1..20).contains(&n), "{n} commits");
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
