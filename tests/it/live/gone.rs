//! Whoever asks for a change and goes away: the change goes on to its end, and is told.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::store::{By, StoreError};
use gapmap::workshop::role::Role;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::scene::Scene;
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually};

/// An administrator's browser, which asks for this and does not wait for an answer.
async fn asks(scene: &Scene, what: &str) -> TcpStream {
    let admin = scene.server.account(Role::Admin).await;
    let by = By::command(scene.server.now());
    let hour = Duration::from_secs(3600);
    let store = &scene.server.store;
    let token = store.create_token(admin.id, "test", hour, &by).await;
    let token = token.unwrap().1;
    let address = scene.server.base.trim_start_matches("http://");
    let mut browser = TcpStream::connect(address).await.unwrap();
    let asked = format!(
        "{what} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {}\r\n\r\n",
        token.expose()
    );
    browser.write_all(asked.as_bytes()).await.unwrap();
    browser
}

#[tokio::test]
async fn an_account_that_is_erased_loses_its_connections_though_nobody_waits_for_the_answer() {
    let database = Database::sqlite().await;
    let mut reader = Saboteur::at(&database.url).await;
    let scene = Scene::on(database, Options::default()).await;
    let mut lead = scene.leader().await;
    let found = scene.server.admin().await.get("/api/v1/users?q=lead").await;
    let id = found.json["items"][0]["id"].as_str().unwrap();
    // Who reads the database as it was keeps what was erased from being cleared away for a while.
    reader.run("BEGIN").await;
    assert_eq!(reader.number("SELECT COUNT(*) FROM map").await, 1);

    let erase = format!("DELETE /api/v1/users/{id}");
    let browser = asks(&scene, &erase).await;
    let id = id.parse().unwrap();
    eventually("the account to be gone", async || {
        let there = scene.server.store.user(id).await;
        matches!(there, Err(StoreError::NotFound(_)))
    })
    .await;
    drop(browser);

    let code = lead.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
}
